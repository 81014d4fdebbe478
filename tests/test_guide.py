"""The printing guides: a front desk with a sheet of paper succeeds by them."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator, Mapping
from itertools import product
from pathlib import Path

import pikepdf
import pytest

from booklet import inputs
from booklet.content import document as doc
from booklet.content.document import Document, plain
from booklet.guide.page import described, guide, printed
from booklet.guide.scenes import Scene, Table, lines_of, scenes
from booklet.guide.steps import STEPS, Do, Fold, steps
from booklet.guide.words import Words
from booklet.impose.schemes import SCHEMES
from booklet.layout import load
from booklet.layout.load import LayoutSource
from booklet.problems import ProblemsFound
from booklet.project import Project
from tests.guides import RIGHT_TO_LEFT, every_scheme, turned_words
from tests.readability import grade
from tests.shipped import LIBRARY, ROOT
from tests.tools import VALIDATORS, Finding, pdftotext

PAPERS = ("letter", "a4")
LOCALES = ("en", "es", RIGHT_TO_LEFT)
each_scheme = pytest.mark.parametrize("scheme", list(SCHEMES))
each_way = pytest.mark.parametrize("rtl", [False, True], ids=["ltr", "rtl"])
FOLDED_FLAT = ("half-fold", "tri-fold", "z-fold", "accordion", "gate-fold", "quarter-fold", "saddle")
"""Schemes whose last step leaves a folded piece with the cover on top."""


@pytest.fixture(scope="session")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    made = every_scheme(tmp_path_factory.mktemp("guides"))
    turned_words(made.folder)
    return made


@pytest.fixture(scope="session")
def made(project: Project) -> Mapping[tuple[str, str, str], Path]:
    """The guide of every scheme in every language on every paper."""
    files = {}
    for scheme, locale, paper in product(SCHEMES, LOCALES, PAPERS):
        path = project.output / f"{scheme}.{locale}.{paper}.pdf"
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(guide(project, scheme, locale, paper).data)
        files[scheme, locale, paper] = path
    return files


def source(project: Project, scheme: str) -> LayoutSource:
    return load.read(project, scheme)


def told(project: Project, scheme: str, locale: str, paper: str = "letter") -> Document:
    return described(Words(inputs.guide(project, locale)), source(project, scheme), paper)


def played(project: Project, scheme: str, *, rtl: bool, paper: str = "letter") -> tuple[Scene, ...]:
    """The steps of a scheme, done one after the other."""
    plan = printed(source(project, scheme), paper, rtl=rtl)
    what = steps(scheme, rtl=rtl, both_sides=plan.duplex != "none", several=True)
    return scenes(what, plan, rtl)


# --- the steps are right -------------------------------------------------------------------------


def test_every_scheme_has_steps() -> None:
    assert set(STEPS) == set(SCHEMES)
    assert all(STEPS.values())


@each_way
@each_scheme
@pytest.mark.parametrize("paper", PAPERS)
def test_the_sheet_is_folded_once_on_each_of_the_plans_lines(
    project: Project, scheme: str, rtl: bool, paper: str
) -> None:
    plan = printed(source(project, scheme), paper, rtl=rtl)
    table, folded, creased = Table(plan, rtl), set(), 0
    for step in steps(scheme, rtl=rtl, both_sides=plan.duplex != "none", several=True):
        if isinstance(step, Fold):
            line = table._line(step)
            assert (line.x1, line.y1, line.x2, line.y2) not in folded
            folded.add((line.x1, line.y1, line.x2, line.y2))
        creased += 2 * (step == Do("crease-ends"))
        table.do(step)
    wanted = [line for level in (False, True) for line in lines_of(plan.sides[0], level=level)]
    assert len(folded) + creased == len(wanted)


@each_way
@pytest.mark.parametrize("scheme", FOLDED_FLAT)
@pytest.mark.parametrize("paper", PAPERS)
def test_by_the_steps_the_cover_comes_to_lie_on_top(
    project: Project, scheme: str, rtl: bool, paper: str
) -> None:
    last = played(project, scheme, rtl=rtl, paper=paper)[-1]
    assert last.after == ((1, 2) if scheme == "gate-fold" else (1,))


@each_way
@pytest.mark.parametrize(
    ("scheme", "seen"),
    [
        ("half-fold", [(2, 3), (1,)]),
        ("tri-fold", [(3, 4, 5), (3, 2), (1,)]),
        ("z-fold", [(5, 6, 1), (2, 1), (1,)]),
        ("accordion", [(2, 7, 8, 1), (7, 8, 1), (2, 1), (1,)]),
        ("gate-fold", [(3, 4, 5), (1, 4, 5), (1, 2)]),
        ("quarter-fold", [(3, 2, 4, 1), (4, 1), (1,)]),
        ("saddle", [(4, 5), (1,), (8, 1), (1,)]),
    ],
)
def test_after_each_step_one_sees_these_pages(
    project: Project, scheme: str, rtl: bool, seen: list[tuple[int, ...]]
) -> None:
    """In the order in which the language is read. (Right to left, only the halves of the gate fold's cover
    keep their places, and are counted the other way.)"""
    shown = [scene.after or scene.before for scene in played(project, scheme, rtl=rtl)]
    assert shown == seen


@each_way
@pytest.mark.parametrize(
    ("scheme", "turns"),
    [
        # What one sees, opening the folded sheet again from the cover: the reverse of the steps.
        ("half-fold", {1: 0, 2: 0, 3: 0}),
        ("tri-fold", {1: 0, 2: 0, 3: 0, 4: 0, 5: 0}),
        ("z-fold", {1: 0, 2: 0, 5: 0, 6: 0}),
        ("accordion", {1: 0, 2: 0, 7: 0, 8: 0}),
        ("quarter-fold", {1: 0, 4: 0, 2: 180, 3: 180}),
    ],
)
def test_no_page_is_seen_upside_down_that_is_not_printed_so(
    project: Project, scheme: str, rtl: bool, turns: dict[int, int]
) -> None:
    plan = printed(source(project, scheme), "letter", rtl=rtl)
    table, found = Table(plan, rtl), {}
    for step in steps(scheme, rtl=rtl, both_sides=plan.duplex != "none", several=False):
        table.do(step)
        for leaf in table.paper.seen():
            if leaf.up.panel is not None:
                found[leaf.up.panel + 1] = leaf.up.turn
    assert found == turns


@each_way
def test_the_slit_of_a_zine_is_cut_from_the_fold_to_the_crease(project: Project, rtl: bool) -> None:
    plan = printed(source(project, "zine"), "letter", rtl=rtl)
    (slit,) = plan.sides[0].slits
    table = Table(plan, rtl)
    for step in steps("zine", rtl=rtl, both_sides=False, several=False):
        if step == Do("slit"):
            left, _, right, _ = table.paper.box
            assert (left, right) == ((0, 396) if rtl else (396, 792))  # two layers: half a sheet
            assert (slit.x1 + slit.x2) / 2 == (right if rtl else left)  # the fold halves the slit
        table.do(step)


# --- what the page says --------------------------------------------------------------------------


def texts(document: Document, name: str) -> str:
    (found,) = (section for section in document.sections if section.id == name)
    return "\n".join(_said(found.blocks))


def _said(blocks: tuple[doc.Block, ...]) -> Iterator[str]:
    for block in blocks:
        match block:
            case doc.Table():
                yield from (plain(cell) for row in block.rows for cell in row)
            case doc.Steps():
                yield from (plain(item.do) for item in block.items)
            case doc.Paragraph():
                yield plain(block.text)


@pytest.mark.parametrize(
    ("scheme", "sides"),
    [
        ("one-up", "Both sides. Flip on the long edge."),
        ("tri-fold", "Both sides. Flip on the short edge."),
        ("saddle", "Both sides. Flip on the short edge."),
        ("card", "Both sides. Flip on the long edge."),
        ("zine", "One side only"),
        ("poster", "One side only"),
    ],
)
def test_the_printers_settings_are_told_in_words(project: Project, scheme: str, sides: str) -> None:
    said = texts(told(project, scheme, "en", "a4"), "printer").splitlines()
    assert said[1::2] == [
        f"The one that ends in .{scheme}.print.pdf",
        "A4, 210 × 297 mm",
        "“Actual size” or 100\u00a0%. Not “Fit” and not “Shrink”.",
        sides,
    ]


@each_scheme
def test_printing_by_hand_is_told_where_there_are_two_sides(project: Project, scheme: str) -> None:
    document = told(project, scheme, "en")
    both = printed(source(project, scheme), "letter", rtl=False).duplex != "none"
    assert any(section.id == "by-hand" for section in document.sections) == both
    if both:
        said = texts(document, "by-hand")
        assert said.index("odd") < said.index("Turn the stack") < said.index("even") < said.index("one sheet")


@each_scheme
@pytest.mark.parametrize("locale", LOCALES)
def test_every_step_has_words_and_a_drawing_that_is_told_in_words(
    project: Project, scheme: str, locale: str
) -> None:
    found = [section for section in told(project, scheme, locale).sections if section.role == "body"]
    assert [section.number for section in found] == list(range(1, len(found) + 1))
    for section in found:
        assert plain(section.heading)
        text, picture = section.blocks
        assert isinstance(text, doc.Paragraph)
        assert plain(text.text)
        assert isinstance(picture, doc.Picture)
        assert picture.alt


def test_a_drawing_says_what_one_sees_before_and_after(project: Project) -> None:
    document = told(project, "tri-fold", "en")
    alts = [
        block.alt
        for section in document.sections
        for block in section.blocks
        if isinstance(block, doc.Picture)
    ]
    assert alts[1:] == [
        "In the drawing, one can see these pages of the paper: 3, 4, and 5.",
        "Before this step, one can see these pages of the paper: 3, 4, and 5. "
        "After it, one can see these pages: 3 and 2.",
        "Before this step, one can see these pages of the paper: 3 and 2. "
        "After it, one can see these pages: 1.",
    ]


def test_right_to_left_guides_are_mirrored(project: Project) -> None:
    latin, arabic = (told(project, "tri-fold", locale) for locale in ("en", RIGHT_TO_LEFT))
    heads = [[plain(s.heading) for s in each.sections if s.role == "body"] for each in (latin, arabic)]
    assert heads[0][1:] == ["Fold the right part over.", "Fold the left part over."]
    assert heads[1][1:] == ["Fold the left part over.", "Fold the right part over."]
    drawn = [
        [b.data for s in each.sections for b in s.blocks if isinstance(b, doc.Picture)]
        for each in (latin, arabic)
    ]
    assert all(one != other for one, other in zip(*drawn, strict=True) if one is not drawn[0][1])


def test_a_printer_that_turns_the_other_edge_is_told_so(project: Project) -> None:
    turned = load.read(project, "tri-fold")
    layout = turned.layout.model_copy(update={"backs": "turned"})
    other = LayoutSource(turned.tree, layout, turned.theme_tree, turned.theme)
    document = described(Words(inputs.guide(project, "en")), other, "letter")
    assert "Flip on the long edge" in texts(document, "printer")
    assert "head first" in texts(document, "by-hand")
    plain_one = told(project, "tri-fold", "en")
    assert [s for s in document.sections if s.role == "body"] == [
        s for s in plain_one.sections if s.role == "body"
    ]


def test_the_words_are_easy_to_read() -> None:
    words = inputs.guide(LIBRARY, "en").texts
    said = [
        text
        for step in words.steps.values()
        for text in (step.do if isinstance(step.do, str) else step.do.other, step.how)
    ]
    said += [words.try_one, words.subtitle, words.legend, *words.by_hand_steps.model_dump().values()]
    assert grade(said) <= 6


# --- the files -----------------------------------------------------------------------------------


def test_every_guide_is_one_page_of_its_paper(made: Mapping[tuple[str, str, str], Path]) -> None:
    sizes = {"letter": (612, 792), "a4": (595, 842)}
    for (_, _, paper), path in made.items():
        with pikepdf.open(path) as pdf:
            (page,) = pdf.pages
            assert tuple(round(float(value)) for value in page.mediabox[2:]) == sizes[paper]


@pytest.mark.parametrize("judge", [pytest.param(name, marks=pytest.mark.needs(name)) for name in VALIDATORS])
def test_no_judge_finds_a_fault(judge: str, made: Mapping[tuple[str, str, str], Path]) -> None:
    judged = [
        path for (_, *where), path in made.items() if where in (["en", "letter"], ["es", "a4"], ["ar", "a4"])
    ]
    found: dict[Path, list[Finding]] = VALIDATORS[judge](judged)
    assert {path.name: list(map(str, faults)) for path, faults in found.items() if faults} == {}
    assert len(found) == len(judged) == 3 * len(SCHEMES)


@pytest.mark.needs("pdftotext")
def test_a_translated_guide_bears_the_draft_mark(made: Mapping[tuple[str, str, str], Path]) -> None:
    mark = "Borrador de traducción, sin revisión humana"
    for (_, locale, _), path in made.items():
        (text,) = pdftotext([path])[path]
        assert text.count(mark) == (2 if locale == "es" else 0)  # at the foot, and in what is read aloud


def test_the_names_of_the_layouts_that_ship_are_translated() -> None:
    spanish = inputs.guide(LIBRARY, "es")
    assert spanish.catalogue
    for name in LIBRARY.layouts():
        assert spanish.catalogue.find("guide", load.read(LIBRARY, name).layout.name), name


def test_the_same_input_gives_the_same_bytes(project: Project) -> None:
    assert guide(project, "zine", "es").data == guide(project, "zine", "es").data


def test_a_missing_translation_is_named(tmp_path: Path) -> None:
    turned_words(tmp_path)
    catalogue = tmp_path / "content" / "locales" / RIGHT_TO_LEFT / "guide.po"
    whole = catalogue.read_text(encoding="utf-8")
    entry = 'msgctxt "guide"\nmsgid "Set the printer"\nmsgstr "Set the printer"\n'
    assert entry in whole
    catalogue.write_text(whole.replace(entry, ""), encoding="utf-8")
    with pytest.raises(ProblemsFound) as found:
        guide(Project(tmp_path, ROOT), "handout", RIGHT_TO_LEFT)
    (problem,) = found.value.problems
    assert problem.message == ('This text has no Arabic translation in "content/locales/ar/guide.po".')


def test_the_command_writes_a_guide_for_each_layout(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "booklet", "guide", "--locale", "es", "--out", "guides"],
        cwd=tmp_path, env={"PYTHONPATH": str(ROOT), "PATH": ""}, capture_output=True, encoding="utf-8",
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
    written = {path.name for path in (tmp_path / "guides" / "es").iterdir()}
    assert written == {f"{name}.guide.pdf" for name in LIBRARY.layouts()}


def test_an_unknown_layout_is_told_and_the_others_are_made(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "booklet", "guide", "handuot", "trifold"],
        cwd=tmp_path, env={"PYTHONPATH": str(ROOT), "PATH": ""}, capture_output=True, encoding="utf-8",
    )  # fmt: skip
    assert done.returncode == 1
    assert 'There is no layout "handuot".' in done.stderr
    assert 'Did you mean "handout"?' in done.stderr
    assert (tmp_path / "output" / "en" / "trifold.guide.pdf").is_file()
