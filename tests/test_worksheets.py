"""The worksheets that ship: sound as PDFs, the same fields in every locale, controls told apart by name."""

from __future__ import annotations

from itertools import product
from pathlib import Path

import pikepdf
import pytest

from booklet.build import Made, Order, make
from tests import tools
from tests.pdfmodel import PdfFile, problems
from tests.shipped import LIBRARY
from tests.worksheets import controls

WORKSHEETS = ("enabling-self-check", "first-talk", "support-plan", "treatment-questions")
LOCALES = ("en", "es")
GOLDEN = Path(__file__).parent / "golden"

Paths = dict[tuple[str, str, str], Path]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Paths:
    folder = tmp_path_factory.mktemp("worksheets")
    paths = {}
    for document, locale in product(WORKSHEETS, LOCALES):
        for one in make(LIBRARY, Order(document, locale, ("worksheet",), ("screen", "print"))):
            assert isinstance(one, Made), f"a warning: {one}"
            path = folder / one.name.replace("/", ".")
            path.write_bytes(one.data)
            paths[document, locale, one.name.split(".")[-2]] = path
    return paths


@pytest.mark.parametrize(
    "judge", [pytest.param(name, marks=pytest.mark.needs(name)) for name in tools.VALIDATORS]
)
def test_no_validator_finds_an_error(judge: str, made: Paths) -> None:
    found = tools.VALIDATORS[judge](list(made.values()))
    assert [fault for faults in found.values() for fault in faults if fault.severity == "error"] == []


def test_what_no_validator_looks_at_is_in_order(made: Paths) -> None:
    for path in made.values():
        with PdfFile.open(path) as file:
            assert problems(file) == []


def names(path: Path) -> set[str]:
    """The full names of a form's fields."""
    with pikepdf.open(path) as file:
        return {field.fully_qualified_name for field in file.acroform.fields}


@pytest.mark.parametrize("document", WORKSHEETS)
def test_fields_have_the_same_names_in_every_locale_and_edition(document: str, made: Paths) -> None:
    sets = [names(path) for (which, _, _), path in made.items() if which == document]
    assert len(sets) == 4
    assert all(one == sets[0] for one in sets)
    assert len(sets[0]) > 10


@pytest.mark.parametrize(("document", "locale"), list(product(WORKSHEETS, LOCALES)))
def test_every_control_is_as_a_person_has_read_it(document: str, locale: str, made: Paths) -> None:
    """Role, name and value of every control in the order of a screen reader. A change wants a reader: run
    with the golden file deleted, read the new one, and commit it."""
    with PdfFile.open(made[document, locale, "print"]) as file:
        said = "\n".join(controls(file)) + "\n"
    golden = GOLDEN / f"{document}.{locale}.txt"
    if not golden.exists():
        golden.parent.mkdir(exist_ok=True)
        golden.write_text(said, encoding="utf-8")
        pytest.fail(f"{golden.name} is new: read it, then run again.")
    assert said == golden.read_text(encoding="utf-8")


@pytest.mark.parametrize(("document", "locale"), list(product(WORKSHEETS, LOCALES)))
def test_no_two_controls_have_the_same_name(document: str, locale: str, made: Paths) -> None:
    with PdfFile.open(made[document, locale, "screen"]) as file:
        said = list(controls(file))
    assert len(said) == len(set(said))
