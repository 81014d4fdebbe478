"""A document becomes panels: frames are laid out, and the size is found at which everything fits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from booklet.compose.furniture import footer
from booklet.compose.items import Composition, Item, Panel, RectItem, Slab, Tag, mirrored, moved
from booklet.compose.kinds import KINDS
from booklet.compose.pour import MOST_COLUMNS, even, fill, height, level_height, pages
from booklet.compose.setter import Setter, Setting
from booklet.content.document import Document, Section, plain
from booklet.layout.model import Frame, Margins, PanelSpec, Range
from booklet.layout.theme import Theme
from booklet.problems import Place, Problem, ProblemsFound
from booklet.typeset.fonts import FontBook

STEP = 0.1
"""Points between the body sizes that are tried."""
SPLIT = {"flow": 0.12, "whole": 2.0}
"""How much an awkward cut weighs against an uneven column."""
LEAST_STRETCH = 0.3
"""By what share of itself a gap may always grow in a frame whose room is spread; where the copyfitter
has closed the spacing up, it may grow to the loosest that the theme allows."""


@dataclass(frozen=True, slots=True)
class Space:
    """What a document is poured into: panels with their sizes in reading order, and what may vary."""

    specs: tuple[PanelSpec, ...]
    sizes: tuple[tuple[float, float], ...]
    """Width and height a panel; a repeated panel uses its own for every copy."""
    margins: Margins
    body: Range
    gap: float
    sections: str
    fewest: bool
    """Whether panels that repeat should be as few as can be, for paper's sake, even if set smaller."""
    numbers: bool
    """Whether body sections are numbered."""
    name: str
    """For messages: the layout and the edition."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a frame on a panel, with its place in it."""

    panel: int
    row: int
    frame: Frame
    x: float
    width: float
    first: bool


@dataclass(frozen=True, slots=True)
class Poured:
    """One trial: what stands where, or by how much it does not fit."""

    panels: tuple[Panel, ...]
    tags: Tag
    overset: tuple[tuple[str, str, float], ...]
    """(panel, block, points) a flow that does not fit."""
    problems: tuple[Problem, ...]
    wide: tuple[tuple[str, float, Place], ...]


def compose(document: Document, space: Space, theme: Theme, book: FontBook) -> Composition:
    """Set `document` into `space`, as large as it fits.

    The same body size and spacing serve all panels, so that the document looks set by one hand. First
    the size is as large as the range allows at a spacing of 1; if even the floor does not fit, the
    spacing is closed up; if there is room left at the ceiling, it is opened.
    Raises ProblemsFound: overset text, words wider than their frame, characters without a glyph.
    """
    missing = [s for s in document.sections if not any(s.role in takes for takes in _flows(space))]
    if missing:
        raise ProblemsFound(_no_place(section, space) for section in missing)

    tried: dict[tuple[float, float], Poured] = {}

    def attempt(size: float, spacing: float) -> Poured:
        if (size, spacing) not in tried:
            tried[size, spacing] = pour(document, space, theme, book, size, spacing)
        return tried[size, spacing]

    low, high = theme.spacing
    fewest = len(attempt(space.body.floor, low).panels) if space.fewest else 0

    def fits(poured: Poured) -> bool:
        return not poured.overset and not poured.wide and len(poured.panels) <= (fewest or MOST_COLUMNS)

    steps = int((space.body.ceiling - space.body.floor) / STEP + 1e-6)  # never above the ceiling
    sizes = [round(space.body.floor + i * STEP, 3) for i in range(steps + 1)]
    best = attempt(sizes[0], 1.0)
    if best.problems:
        raise ProblemsFound(best.problems)
    if not fits(best):
        tight = attempt(sizes[0], low)
        if not fits(tight):
            raise ProblemsFound(_overset(tight, document, space, sizes[0]))
        spacing = _largest([low + (1 - low) * i / 8 for i in range(8)], lambda s: fits(attempt(sizes[0], s)))
        return _composition(attempt(sizes[0], spacing), sizes[0], spacing)
    size = _largest(sizes, lambda s: fits(attempt(s, 1.0)))
    if any(spec.repeat for spec in space.specs):
        high = 1.0  # there is always another panel: more room would only mean more of them
    spacing = _largest([1.0 + (high - 1) * i / 6 for i in range(7)], lambda s: fits(attempt(size, s)))
    return _composition(attempt(size, spacing), size, spacing)


def _composition(poured: Poured, size: float, spacing: float) -> Composition:
    return Composition(poured.panels, poured.tags, size, spacing)


def _largest(values: Sequence[float], fits: object) -> float:
    """The last value that fits, by bisection; the first one is known to fit."""
    assert callable(fits)
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


def _flows(space: Space) -> list[tuple[str, ...]]:
    """The groups of roles that frames take, in reading order."""
    takes = [frame.takes for spec in space.specs for row in spec.rows for frame in row.frames]
    return list(dict.fromkeys(takes))


# -- one trial ----------------------------------------------------------------------------------


def pour(
    document: Document, space: Space, theme: Theme, book: FontBook, size: float, spacing: float
) -> Poured:
    """Lay out all panels in one size."""
    low, high = theme.spacing
    share = (spacing - low) / (high - low) if high > low else 1.0
    leading = theme.leading[0] + (theme.leading[1] - theme.leading[0]) * share
    rtl = document.direction == "rtl"
    setting = Setting(theme, book, size, spacing, leading, document.lang, rtl, document.labels)
    setter = Setter(setting, KINDS)
    columns = list(_columns(space, theme))
    flows: dict[tuple[str, ...], list[Slab]] = {}
    tags: dict[int, Tag] = {}
    for takes in _flows(space):
        mine = [c for c in columns if c.frame.takes == takes]
        width = min(c.width for c in mine)
        flows[takes] = []
        for place, section in enumerate(document.sections):
            if section.role in takes:
                shown = section if space.numbers else replace(section, number=None)
                slabs, (tag,) = setter.section(shown, width, mine[0].frame)
                flows[takes] += slabs
                tags[place] = tag
    root = Tag("Document", 0, tuple(tags[place] for place in sorted(tags)))
    panels, overset = _place(document, space, setter, columns, flows)
    return Poured(panels, root, overset, tuple(setter.problems.values()), tuple(setter.wide))


def _columns(space: Space, theme: Theme) -> list[Column]:
    """All columns of all frames in reading order, with their widths."""
    out = []
    for index, (spec, (width, _)) in enumerate(zip(space.specs, space.sizes, strict=True)):
        margins = spec.margins or space.margins
        for number, row in enumerate(spec.rows):
            x = margins.start
            gaps = space.gap * (len(row.frames) - 1)
            unit = (width - margins.start - margins.end - gaps) / sum(f.width for f in row.frames)
            for frame in row.frames:
                pad = theme.looks[frame.look].padding
                inner = frame.width * unit - 2 * pad
                wide = (inner - frame.gutter * (frame.columns - 1)) / frame.columns
                for column in range(frame.columns):
                    out.append(
                        Column(
                            index, number, frame, x + pad + column * (wide + frame.gutter), wide, column == 0
                        )
                    )
                x += frame.width * unit + space.gap
    return out


def _place(
    document: Document,
    space: Space,
    setter: Setter,
    columns: list[Column],
    flows: dict[tuple[str, ...], list[Slab]],
) -> tuple[tuple[Panel, ...], tuple[tuple[str, str, float], ...]]:
    """Find every row's height, pour every flow, and gather each panel's items."""
    overset: list[tuple[str, str, float]] = []
    rooms = [_row_heights(space, setter, index, flows, overset) for index in range(len(space.specs))]
    if overset:
        return (), tuple(overset)  # what room the flows would have is not known
    placed: dict[tuple[str, ...], list[tuple[int, int]]] = {}
    copies = [1] * len(space.specs)
    for takes, slabs in flows.items():
        mine = [c for c in columns if c.frame.takes == takes]
        heights = [rooms[c.panel][c.row] - 2 * _padding(setter, c.frame) for c in mine]
        split = SPLIT[space.sections]
        if space.specs[mine[-1].panel].repeat:
            cuts = pages(slabs, heights[:-1], max(heights[-1], 0.0), split)
            fixed = len(mine) - 1
            copies[mine[-1].panel] = max(0 if fixed else 1, len(cuts) - fixed)
        else:
            cuts = fill(slabs, heights)
            if cuts and cuts[-1][1] == len(slabs) and (found := even(slabs, heights, split)):
                cuts = found.cuts
        if slabs and (not cuts or cuts[-1][1] < len(slabs)):
            rest = slabs[cuts[-1][1] if cuts else 0 :]
            overset.append((space.specs[mine[-1].panel].name, rest[0].name, height(rest)))
        placed[takes] = cuts
    if overset:
        return (), tuple(overset)
    return _panels(document, space, setter, columns, flows, placed, rooms, copies), ()


def _padding(setter: Setter, frame: Frame) -> float:
    return setter.setting.theme.looks[frame.look].padding


def _row_heights(
    space: Space,
    setter: Setter,
    index: int,
    flows: dict[tuple[str, ...], list[Slab]],
    overset: list[tuple[str, str, float]],
) -> list[float]:
    """The height of each row of a panel: automatic ones by their content, the rest by what is left."""
    spec = space.specs[index]
    margins = spec.margins or space.margins
    room = space.sizes[index][1] - margins.top - margins.bottom - space.gap * (len(spec.rows) - 1)
    heights = [
        0.0
        if row.height == "rest"
        else max(
            level_height(flows[f.takes], f.columns) + 2 * _padding(setter, f) if flows[f.takes] else 0.0
            for f in row.frames
        )
        for row in spec.rows
    ]
    left = room - sum(heights)
    if left < 0:
        name = next((s.name for row in spec.rows for f in row.frames for s in flows[f.takes][:1]), spec.name)
        overset.append((spec.name, name, -left))
    return [max(left, 0.0) if row.height == "rest" else h for row, h in zip(spec.rows, heights, strict=True)]


def _panels(
    document: Document,
    space: Space,
    setter: Setter,
    columns: list[Column],
    flows: dict[tuple[str, ...], list[Slab]],
    placed: dict[tuple[str, ...], list[tuple[int, int]]],
    rooms: list[list[float]],
    copies: list[int],
) -> tuple[Panel, ...]:
    used: dict[tuple[str, ...], int] = dict.fromkeys(flows, 0)
    out: list[Panel] = []
    total = sum(copies)
    for index, spec in enumerate(space.specs):
        margins = spec.margins or space.margins
        width, tall = space.sizes[index]
        for copy in range(copies[index]):
            items: list[Item] = []
            y = margins.top
            for number in range(len(spec.rows)):
                row = [c for c in columns if c.panel == index and c.row == number]
                for column in row:
                    takes = column.frame.takes
                    cuts = placed[takes]
                    start, end = cuts[used[takes]] if used[takes] < len(cuts) else (0, 0)
                    used[takes] += 1
                    items += _column_items(setter, column, flows[takes][start:end], y, rooms[index][number])
                y += rooms[index][number] + space.gap
            items += footer(document, setter, spec, margins, width, tall, len(out) + 1, total)
            if document.direction == "rtl":
                items = [mirrored(item, width) for item in items]
            name = spec.name if copies[index] == 1 else f"{spec.name} {copy + 1}"
            out.append(Panel(name, width, tall, tuple(items)))
    return tuple(out)


def _column_items(setter: Setter, column: Column, slabs: list[Slab], y: float, room: float) -> list[Item]:
    """A column's slabs in place, on the frame's ground."""
    theme = setter.setting.theme
    look = theme.looks[column.frame.look]
    inner = room - 2 * look.padding
    items: list[Item] = []
    if column.first and (look.fill or look.stroke):
        wide = column.width * column.frame.columns + column.frame.gutter * (column.frame.columns - 1)
        items.append(
            RectItem(
                column.x - look.padding,
                y,
                wide + 2 * look.padding,
                room,
                theme.colors[look.fill] if look.fill else None,
                theme.colors[look.stroke] if look.stroke else None,
                look.stroke_width,
                look.radius,
            )
        )
    left = inner - height(slabs)
    top = y + look.padding
    stretch = 0.0
    match column.frame.align:
        case "middle":
            top += left / 2
        case "bottom":
            top += left
        case "spread" | "fill" if len(slabs) > 1:
            gaps = sum(slab.gap for slab in slabs[1:])
            opened = theme.spacing[1] / setter.setting.spacing - 1
            most = max(LEAST_STRETCH, opened) if column.frame.align == "spread" else left
            stretch = min(left / gaps, most) if gaps else 0.0
    for place, slab in enumerate(slabs):
        if place:
            top += slab.gap * (1 + stretch)
        elif slab.head:
            items += [moved(item, column.x, top) for item in slab.head[1]]
            top += slab.head[0]
        items += [moved(item, column.x, top) for item in slab.items]
        top += slab.height
    return items


# -- what went wrong ----------------------------------------------------------------------------


def _no_place(section: Section, space: Space) -> Problem:
    return Problem(
        section.place,
        f'The layout {space.name} has no place for a section of the role "{section.role}".',
        f'Give the section another role, or add "{section.role}" to what one of the layout\'s frames takes.',
    )


def _overset(poured: Poured, document: Document, space: Space, size: float) -> list[Problem]:
    """Each overset as a problem that names document, locale, layout, panel, block and by how much."""
    places = {plain(s.heading) or s.id: s.place for s in document.sections}
    where = f"in {document.lang}, layout {space.name}"
    out = [
        Problem(
            places.get(block, Place(document.file)),
            f'"{block}" does not fit {where}, panel "{panel}": at the least size ({size:g} pt) it needs '
            f"{points:.0f} pt more, about {max(1, round(points / size / 1.35))} lines.",
            "Shorten the text, lower the floor of the body size in the layout, or take another layout.",
        )
        for panel, block, points in poured.overset
    ]
    words = {word: (points, place) for word, points, place in poured.wide}
    out += [
        Problem(
            place,
            f'The word "{word if len(word) < 60 else word[:57] + "…"}" is {points:.0f} pt wider than its '
            f"column {where}.",
            "Break the word up or choose a shorter one.",
        )
        for word, (points, place) in words.items()
    ]
    return out
