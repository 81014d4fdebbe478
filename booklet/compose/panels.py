"""A trial that fits becomes panels: every slab in its place, mirrored for right-to-left documents."""

from __future__ import annotations

from collections.abc import Sequence

from booklet.compose.furniture import furniture, running_head
from booklet.compose.items import Item, Panel, RectItem, Slab, mirrored, moved
from booklet.compose.kinds import KINDS
from booklet.compose.pour import height
from booklet.compose.setter import Setter, Setting
from booklet.compose.space import Column, Space
from booklet.compose.trial import Takes, Trial
from booklet.content.document import Document

LEAST_STRETCH = 0.3
"""By what share of itself a gap may always grow in a frame whose room is spread; where the copyfitter
has closed the spacing up, it may grow to the loosest that the theme allows."""


def panels_of(document: Document, space: Space, trial: Trial) -> tuple[Panel, ...]:
    """The panels of a trial that fits."""
    flows, placed, rooms, copies = trial.flows, trial.placed, trial.rooms, trial.copies
    setter = Setter(trial.setting, KINDS)
    used: dict[Takes, int] = dict.fromkeys(flows, 0)
    out: list[Panel] = []
    begun: set[int] = set()
    total = sum(copies)
    for index, spec in enumerate(space.specs):
        margins = spec.margins or space.margins
        width, tall = space.sizes[index]
        for copy in range(copies[index]):
            items: list[Item] = []
            y = margins.top
            for number in range(len(spec.rows)):
                row = [c for c in trial.columns if c.panel == index and c.row == number]
                for column in row:
                    takes = column.frame.takes
                    cuts = placed[takes]
                    start, end = cuts[used[takes]] if used[takes] < len(cuts) else (0, 0)
                    used[takes] += 1
                    items += _column_items(
                        trial.setting, column, flows[takes][start:end], y, rooms[index][number]
                    )
                y += rooms[index][number] + space.gap
            running = running_head(document, items, begun)
            items += furniture(document, setter, space, spec, width, tall, len(out) + 1, total, running)
            if document.direction == "rtl":
                items = [mirrored(item, width) for item in items]
            name = spec.name if copies[index] == 1 else f"{spec.name} {copy + 1}"
            ground = trial.setting.theme.colors[spec.ground] if spec.ground else None
            out.append(Panel(name, width, tall, tuple(items), ground))
    return tuple(out)


def _column_items(
    setting: Setting, column: Column, slabs: Sequence[Slab], y: float, room: float
) -> list[Item]:
    """A column's slabs in place, on the frame's ground."""
    theme = setting.theme
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
            opened = theme.spacing[1] / setting.spacing - 1
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
