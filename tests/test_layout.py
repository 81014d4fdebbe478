"""Layouts, themes and texts that cannot be set are told of, each at its place, with how to mend it.

Every file in tests/unfit is wrong in one way and says in its first lines what must be told of it, like
those in tests/bad; a place in another file has that file's name before it, and amounts of points are
written as …. It is read as part of a project: a layout with the document VISIT, a theme with the
layout `narrow`, a content file with the layout that it names in a line `# layout: …`.
"""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from booklet import build
from booklet.build import EDITIONS, Order, make
from booklet.compose.copyfit import compose
from booklet.compose.items import CircleItem, Composition, IconItem, Item, RectItem, TextItem
from booklet.layout import load, units
from booklet.problems import Place, Problem, ProblemsFound
from booklet.project import Project
from booklet.typeset.fonts import book_of
from booklet.yamlfile import Mistake
from tests.shipped import LIBRARY, ROOT, SHIPPED, Key, Pdf, Pdfs

UNFIT = ROOT / "tests" / "unfit"
CASES = sorted(UNFIT.rglob("*.yaml"))
EXPECT = re.compile(r'# expect: (?:(\S+?):)?(\d+):(\d+) (error|warning) "(.*)" hint "(.*)"$', re.MULTILINE)
AMOUNT = re.compile(r"\d+ pt (more|wider)|about \d+ lines?")
"""What a change of the theme may change; test_compose holds it to be true."""
LAYOUT = re.compile(r"# layout: (\S+)$", re.MULTILINE)
VISIT = """\
id: visit
kind: pamphlet
version: "1.0"
language: en
review: {status: reviewed, last: 2026-11-22, next: 2027-11-22}
title: A short visit
description: What to know.
body:
  - cover: {subtitle: For families}
  - section:
      id: urgent
      role: emergency
      heading: When it is urgent
      blocks:
        - text: Call for help.
  - section:
      id: visit
      heading: Your visit
      blocks:
        - text: Bring this paper.
"""
NARROW = ROOT / "tests" / "sink" / "layouts" / "narrow.yaml"


def told_of(case: Path, folder: Path) -> list[Problem]:
    """What a user is told when the file is part of a build."""
    place = folder / case.relative_to(UNFIT)
    (folder / "content").mkdir()
    (folder / "layouts" / "themes").mkdir(parents=True)
    shutil.copy(case, place)
    shutil.copy(NARROW, folder / "layouts")
    document, layout = "visit", case.stem
    if case.parent.name == "content":
        document = case.stem
        named = LAYOUT.search(case.read_text(encoding="utf-8"))
        assert named, "the file does not name its layout"
        layout = named[1]
    else:
        (folder / "content" / "visit.yaml").write_text(VISIT, encoding="utf-8")
    if case.parent.name == "themes":
        layout = "probe"
        text = NARROW.read_text(encoding="utf-8").replace("id: narrow", f"id: probe\ntheme: {case.stem}")
        (folder / "layouts" / "probe.yaml").write_text(text, encoding="utf-8")
    problems: list[Problem] = []
    try:
        for made in make(Project(folder, ROOT), Order(document, "en", (layout,), EDITIONS)):
            if isinstance(made, Problem):
                problems.append(made)
    except ProblemsFound as found:
        problems += found.problems
    return problems


def without_amounts(message: str) -> str:
    return AMOUNT.sub(lambda found: re.sub(r"\d+", "…", found[0]).removesuffix("s"), message)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.relative_to(UNFIT).with_suffix("").as_posix())
def test_an_unfit_file_yields_the_problem_it_announces(case: Path, tmp_path: Path) -> None:
    own = case.relative_to(UNFIT).as_posix()
    expected = [
        (Place(file or own, int(line), int(column)), severity, message, hint)
        for file, line, column, severity, message, hint in EXPECT.findall(case.read_text(encoding="utf-8"))
    ]
    told = told_of(case, tmp_path)
    assert expected == [(p.place, p.severity, without_amounts(p.message), p.hint) for p in told]
    assert expected, "the file does not say what it expects"
    for problem in told:
        lines = (tmp_path / problem.place.file).read_text(encoding="utf-8").splitlines()
        shown = lines[problem.place.line - 1].replace("\t", " ") if problem.place.line else ""
        assert shown.startswith(problem.excerpt)
        assert bool(problem.excerpt) == bool(shown)


def test_the_corpus_is_large_enough() -> None:
    assert len(CASES) >= 60


def test_all_faults_of_a_theme_are_told_of_at_once(tmp_path: Path) -> None:
    text = (ROOT / "layouts" / "themes" / "calm.yaml").read_text(encoding="utf-8")
    (tmp_path / "layouts" / "themes").mkdir(parents=True)
    for old, new in (
        ("  quote: {size", "  qoute: {size"),
        ("fill: sand", "fill: snad"),
        ("ink: muted", "ink: mutd"),
    ):
        text = text.replace(old, new)
    (tmp_path / "layouts" / "themes" / "calm.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(ProblemsFound) as found:
        load.read(Project(tmp_path, ROOT), "handout")
    assert [problem.message for problem in found.value.problems] == [
        'The theme lacks "quote".',
        'The theme has no colour "snad".',
        'The theme has no colour "snad".',
        'The theme has no colour "mutd".',
    ]


def test_a_layout_that_is_not_there_is_told_of() -> None:
    with pytest.raises(ProblemsFound) as found:
        load.read(LIBRARY, "trifol")
    (problem,) = found.value.problems
    assert (problem.message, problem.hint) == ('There is no layout "trifol".', 'Did you mean "trifold"?')


# --- lengths and colours -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "points"),
    [("18", 18), ("18pt", 18), (18, 18), ("5 mm", 14.1732), ("1cm", 28.3465), ("0.25in", 18), ("0", 0)],
)
def test_lengths_are_points_unless_they_say_otherwise(written: object, points: float) -> None:
    assert units.length(written) == pytest.approx(points, abs=0.0001)


@pytest.mark.parametrize(
    "written", ["", "x", "1,5mm", "5 m", "--5", "1e3", "nan", "inf", "-1", "99999mm", None]
)
def test_what_is_no_length_is_refused(written: object) -> None:
    with pytest.raises(Mistake):
        units.length(written)


# --- contrast ------------------------------------------------------------------------------------

Rgb = tuple[float, float, float]


def _rgb(color: str) -> Rgb:
    red, green, blue = (int(color[place : place + 2], 16) / 255 for place in (1, 3, 5))
    return red, green, blue


def _light(color: Rgb) -> float:
    """Relative luminance as WCAG 2.1 defines it, written down once more."""
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in color]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _gray_by_light(color: Rgb) -> Rgb:
    """The gray of the same luminance, in one of 256 steps: a good printer."""
    light = _light(color)
    shade = 12.92 * light if light <= 0.0031308 else 1.055 * light ** (1 / 2.4) - 0.055
    return (round(shade * 255) / 255,) * 3


def _gray_by_eye(color: Rgb) -> Rgb:
    """ITU-R BT.601 luma, in one of 256 steps: what most drivers and copiers make of a colour."""
    return (round(255 * (0.299 * color[0] + 0.587 * color[1] + 0.114 * color[2])) / 255,) * 3


def _ratio(one: Rgb, other: Rgb) -> float:
    dark, light = sorted((_light(one), _light(other)))
    return (light + 0.05) / (dark + 0.05)


def test_the_contrast_formula_is_that_of_the_standard() -> None:
    assert units.contrast("#000000", "#ffffff") == pytest.approx(21)
    assert units.contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.005)  # WCAG's own example
    assert units.contrast("#9b2226", "#fdf0ec") == pytest.approx(_ratio(_rgb("#9b2226"), _rgb("#fdf0ec")))


@pytest.mark.parametrize("key", [key for key in SHIPPED if key.locale == "en"], ids=str)
def test_all_text_that_is_printed_stands_out_from_its_ground(key: Key, shipped: Pdfs) -> None:
    """Of each line the ground is the last box painted under it; read off what is really drawn."""
    pdf = shipped[key]
    pairs = {
        (item.color, _ground(each.items[:place], item))
        for each in composition(pdf).panels
        for place, item in enumerate(each.items)
        if isinstance(item, TextItem | IconItem)
    }
    assert len(pairs) > 4
    for ink, ground in pairs:
        for seen in (lambda rgb: rgb, _gray_by_light, _gray_by_eye):
            assert _ratio(seen(_rgb(ink)), seen(_rgb(ground))) >= 4.5, (ink, ground)


def _ground(painted: tuple[Item, ...], item: TextItem | IconItem) -> str:
    x = item.x + item.width / 2
    y = item.y - 0.3 * item.size if isinstance(item, TextItem) else item.y + item.width / 2
    color = "#ffffff"
    for box in painted:
        if isinstance(box, RectItem | CircleItem) and box.fill:
            height = box.height if isinstance(box, RectItem) else box.width
            if box.x <= x <= box.x + box.width and box.y <= y <= box.y + height:
                color = box.fill
    return color


def composition(pdf: Pdf) -> Composition:
    """The panels that the file was made of."""
    panels = len(pdf.source.layout.panels)
    sides = build.plan(pdf.source, pdf.key.paper, pdf.document.direction == "rtl", panels)
    space = build._space(pdf.source, pdf.key.edition, sides)
    return compose(pdf.document, space, pdf.source.theme, book_of(pdf.source.theme))
