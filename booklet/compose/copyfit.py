"""The size is found at which everything fits: one size and one spacing for the whole document."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from booklet.compose.added import with_contents, with_notes, with_pages
from booklet.compose.items import Composition
from booklet.compose.panels import panels_of
from booklet.compose.pour import MOST_COLUMNS
from booklet.compose.setter import Setting
from booklet.compose.space import Space, flows_of, tallest
from booklet.compose.trial import Trial, pour
from booklet.content.document import Document, Section, plain
from booklet.layout.theme import Theme
from booklet.problems import Place, Problem, ProblemsFound
from booklet.typeset.fonts import FontBook

STEP = 0.1
"""Points between the body sizes that are tried."""

SHORTEN = "Shorten the text, lower the floor of the body size in the layout, or take another layout."
"""How to mend text that does not fit."""


def compose(document: Document, space: Space, theme: Theme, book: FontBook) -> Composition:
    """Set `document` into `space`, as large as it fits.

    The same body size and spacing serve all panels, so that the document looks set by one hand. First
    the size is as large as the range allows at a spacing of 1; if even the floor does not fit, the
    spacing is closed up; if there is room left at the ceiling, it is opened.
    Raises ProblemsFound: overset text, words wider than their frame, characters without a glyph.
    """
    takes = flows_of(space)
    placed = {role for roles in takes for role in roles} | set(space.leaves_out)
    missing = [section for section in document.sections if section.role not in placed]
    if missing:
        raise ProblemsFound(_no_place(section, space) for section in missing)
    document = with_contents(document, space)

    def setting(size: float, spacing: float) -> Setting:
        low, high = theme.spacing
        share = (spacing - low) / (high - low) if high > low else 1.0
        leading = theme.leading[0] + (theme.leading[1] - theme.leading[0]) * share
        rtl = document.direction == "rtl"
        return Setting(
            theme, book, size, spacing, leading, document.lang, rtl, document.labels, tallest(space)
        )

    tried: dict[tuple[float, float], Trial] = {}

    def attempt(size: float, spacing: float) -> Trial:
        if (size, spacing) not in tried:
            tried[size, spacing] = pour(document, space, setting(size, spacing))
        return tried[size, spacing]

    low, high = theme.spacing
    fewest = MOST_COLUMNS
    if space.fewest:
        least = sum(attempt(space.body.floor, low).copies)
        fewest = least + -least % space.multiple  # what a sheet has over is there to be used

    def fits(size: float, spacing: float) -> bool:
        trial = attempt(size, spacing)
        return not trial.overset and not trial.wide and sum(trial.copies) <= fewest

    steps = int((space.body.ceiling - space.body.floor) / STEP + 1e-6)  # never above the ceiling
    sizes = [round(space.body.floor + i * STEP, 3) for i in range(steps + 1)]
    size = sizes[0]
    if attempt(size, 1.0).problems:
        raise ProblemsFound(pour(document, space, setting(size, 1.0), fresh=True).problems)
    if fits(size, 1.0):
        size = _largest(sizes, lambda one: fits(one, 1.0))
        stand = zip(space.specs, attempt(size, 1.0).copies, strict=True)
        if any(spec.repeat and copies for spec, copies in stand):
            high = 1.0  # there is always another panel: more room would only mean more of them
        spacing = _largest([1.0 + (high - 1) * i / 6 for i in range(7)], lambda one: fits(size, one))
    elif fits(size, low):
        spacing = _largest([low + (1 - low) * i / 8 for i in range(8)], lambda one: fits(size, one))
    else:
        raise ProblemsFound(
            _overset(pour(document, space, setting(size, low), fresh=True), document, space, size)
        )
    return _finished(document, space, attempt(size, spacing))


def _finished(document: Document, space: Space, trial: Trial) -> Composition:
    """The panels of a trial that fits, with the sections that need to know how many there are and where."""
    setting = trial.setting
    whole = with_notes(document, space, -sum(trial.copies) % space.multiple, setting.body)
    if whole is not document:
        trial = pour(whole, space, setting)
    panels = panels_of(whole, space, trial)
    numbered = with_pages(whole, space, trial.tags, panels)
    if numbered != whole:
        trial = pour(numbered, space, setting)
        panels = panels_of(numbered, space, trial)
    return Composition(panels, trial.tags, setting.body, setting.spacing)


def _largest(values: Sequence[float], fits: Callable[[float], bool]) -> float:
    """The last value that fits, by bisection; the first one is known to fit."""
    low, high = 0, len(values) - 1
    if fits(values[high]):
        return values[high]
    while high - low > 1:
        middle = (low + high) // 2
        if fits(values[middle]):
            low = middle
        else:
            high = middle
    return values[low]


def _no_place(section: Section, space: Space) -> Problem:
    return Problem(
        section.place,
        f'The layout {space.name} has no place for a section of the role "{section.role}".',
        f'Give the section another role, or add "{section.role}" to what one of the layout\'s frames takes.',
    )


def _overset(trial: Trial, document: Document, space: Space, size: float) -> list[Problem]:
    """Each overset as a problem that names document, locale, layout, panel, block and by how much."""
    places = {plain(s.heading) or s.id: s.place for s in document.sections}
    where = f"in {document.lang}, layout {space.name}"
    out = [
        Problem(
            places.get(block, Place(document.file)),
            f'"{block}" does not fit {where}, panel "{panel}": at the least size ({size:g} pt) it needs '
            f"{points:.0f} pt more, about {_lines(points, size)}.",
            SHORTEN,
        )
        for panel, block, points in trial.overset
    ]
    words = {word: (points, place) for word, points, place in trial.wide}
    out += [_too_wide(word, points, place, where) for word, (points, place) in words.items()]
    return out


def _too_wide(words: str, points: float, place: Place, where: str) -> Problem:
    shown = words if len(words) < 60 else words[:57] + "…"
    if " " in words:
        return Problem(
            place,
            f'The answer "{shown}" is {points:.0f} pt wider than its menu {where}.',
            'Shorten it, or take "menu" away: answers with a circle may have several lines.',
        )
    return Problem(
        place,
        f'The word "{shown}" is {points:.0f} pt wider than its column {where}.',
        "Break the word up or choose a shorter one.",
    )


def _lines(points: float, size: float) -> str:
    lines = max(1, round(points / size / 1.35))
    return f"{lines} line{'s' * (lines != 1)}"
