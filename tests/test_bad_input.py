"""Every file in tests/bad is wrong in one way, and says in its first lines what must be told of it.

    # expect: 12:9 error "The key "titel" is not known here." hint "Did you mean "title"?"

is line, column, severity, message and hint. A place of 0:0 means the file as a whole. Each file is
one of a project: in `content`, `sites`, `regions`, `glossary`, or `catalogues` (translations of visit.yaml).
"""

from __future__ import annotations

import dataclasses
import re
from pathlib import Path

import pytest

from booklet import inputs, resolve
from booklet.inputs import Inputs
from booklet.locales import catalogue, glossary, region
from booklet.problems import Problem, ProblemsFound
from booklet.project import Project

HERE = Path(__file__).parent
PROJECT = Project(HERE / "bad", HERE / "project")
CASES = sorted(path for path in (HERE / "bad").glob("*/*") if path.suffix in (".yaml", ".po"))
EXPECT = re.compile(r'# expect: (\d+):(\d+) (error|warning) "(.*)" hint "(.*)"$', re.MULTILINE)


def told_of(case: Path) -> tuple[Problem, ...]:
    """The problems that a user is told when the file is part of a build."""
    try:
        return resolve.resolve(_inputs(case)).warnings
    except ProblemsFound as found:
        return found.problems


def _inputs(case: Path) -> Inputs:
    if case.parent.name == "content":
        return inputs.read(PROJECT, case.stem, "en")
    if case.parent.name == "sites":
        return inputs.read(PROJECT, "good", "en", site=case.stem)
    shown = PROJECT.shown(case)
    if case.parent.name == "glossary":
        read = inputs.read(PROJECT, "visit", "es")
        return dataclasses.replace(read, glossary=glossary.read(case.read_bytes(), shown, "es"))
    if case.parent.name == "regions":
        read = inputs.read(PROJECT, "good", "en")
        return dataclasses.replace(read, region=region.read(case.read_bytes(), shown, "us"))
    read = inputs.read(PROJECT, "visit", "es")
    assert read.catalogues
    own = catalogue.parse(case.read_bytes(), shown, "es")
    return dataclasses.replace(read, catalogues=dataclasses.replace(read.catalogues, document=own))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.stem)
def test_bad_file_yields_the_problem_it_announces(case: Path) -> None:
    expected = [
        (int(line), int(column), severity, message, hint)
        for line, column, severity, message, hint in EXPECT.findall(case.read_text(encoding="utf-8"))
    ]
    assert expected, "the file does not say what it expects"
    told = told_of(case)
    assert expected == [(p.place.line, p.place.column, p.severity, p.message, p.hint) for p in told]
    lines = case.read_text(encoding="utf-8").splitlines()
    for problem in told:
        assert problem.message.endswith((".", "?"))
        if "content/visit.yaml" not in problem.place.file:
            assert problem.place.file == PROJECT.shown(case)
            assert bool(problem.excerpt) == bool(problem.place.line and lines[problem.place.line - 1].strip())


def test_the_corpus_is_large_enough() -> None:
    assert len(CASES) >= 60
