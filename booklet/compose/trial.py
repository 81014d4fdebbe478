"""One trial of the copyfitter: all sections set in one size, all flows poured into their columns."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import count
from typing import NamedTuple

from booklet.compose.items import Slab, Tag
from booklet.compose.kinds import KINDS
from booklet.compose.pour import even, fill, height, level_height, opened, pages
from booklet.compose.setter import Setter, Setting
from booklet.compose.space import Column, Space, columns_of, flows_of
from booklet.content.document import Document, Section
from booklet.layout.model import Frame
from booklet.layout.theme import Theme
from booklet.problems import Place, Problem

SPLIT = {"flow": 0.12, "whole": 2.0}
"""How much an awkward cut weighs against an uneven column."""
STRIDE = 100_000
"""Nodes that a section may have: its tags are numbered from its place in the document on."""

HEADING = re.compile("H[2-6]")

Takes = tuple[str, ...]
"""The roles that a flow takes."""


class SectionSet(NamedTuple):
    """A section set at one width in one setting, and what was found wrong with it."""

    slabs: tuple[Slab, ...]
    tag: Tag
    problems: tuple[Problem, ...]
    wide: tuple[tuple[str, float, Place], ...]


def set_section(section: Section, place: int, width: float, frame: Frame, setting: Setting) -> SectionSet:
    """Set the section that is number `place` of its document."""
    setter = Setter(setting, KINDS, nodes=count(place * STRIDE + 1))
    slabs, (tag,) = setter.section(section, width, frame)
    return SectionSet(tuple(slabs), tag, tuple(setter.problems.values()), tuple(setter.wide))


_known = lru_cache(maxsize=1024)(set_section)
"""The same for sections that were set before: a second site changes only those in which its values stand."""


@dataclass(frozen=True, slots=True)
class Trial:
    """What stands where, or by how much it does not fit."""

    setting: Setting
    columns: tuple[Column, ...]
    flows: Mapping[Takes, Sequence[Slab]]
    placed: Mapping[Takes, Sequence[tuple[int, int]]]
    """The cuts of each flow, a (start, end) pair a column."""
    rooms: Sequence[Sequence[float]]
    """The height of each row of each panel."""
    copies: Sequence[int]
    """How often each panel stands."""
    tags: Tag
    overset: tuple[tuple[str, str, float], ...]
    """(panel, block, points) of what does not fit."""
    problems: tuple[Problem, ...]
    wide: tuple[tuple[str, float, Place], ...]


def pour(document: Document, space: Space, setting: Setting, *, fresh: bool = False) -> Trial:
    """Set all sections and pour all flows. `fresh` sets them anew, so that places in messages are right:
    a section that was set before may have stood elsewhere in its file."""
    make = set_section if fresh else _known
    columns = columns_of(space, setting.theme)
    flows: dict[Takes, list[Slab]] = {}
    tags: dict[int, Tag] = {}
    problems: list[Problem] = []
    wide: list[tuple[str, float, Place]] = []
    for takes in flows_of(space):
        mine = [c for c in columns if c.frame.takes == takes]
        width = min(c.width for c in mine)
        own = replace(setting, body=setting.body * mine[0].frame.scale)
        flows[takes] = []
        for place, section in enumerate(document.sections):
            if section.role in takes:
                shown = section if space.numbers else replace(section, number=None)
                made = make(shown, place, width, mine[0].frame, own)
                flows[takes] += made.slabs
                tags[place] = made.tag
                problems += made.problems
                wide += made.wide
    root = Tag("Document", 0, tuple(tags[place] for place in sorted(tags)))
    if "cover" in space.leaves_out:
        root = raised(root)
    overset: list[tuple[str, str, float]] = []
    theme = setting.theme
    rooms = [_row_heights(space, theme, index, flows, overset) for index in range(len(space.specs))]
    placed: dict[Takes, list[tuple[int, int]]] = {}
    copies = [1] * len(space.specs)
    if not overset:  # else the room that the flows would have is not known
        for takes, slabs in flows.items():
            mine = [c for c in columns if c.frame.takes == takes]
            placed[takes] = _pour_flow(space, theme, slabs, mine, rooms, copies, overset)
    return Trial(
        setting,
        tuple(columns),
        flows,
        placed,
        rooms,
        copies,
        root,
        tuple(overset),
        tuple(problems),
        tuple(wide),
    )


def raised(tag: Tag) -> Tag:
    """The tags with every heading a level higher: without the cover and its H1, H2 is the highest."""
    name = f"H{int(tag.name[1:]) - 1}" if HEADING.fullmatch(tag.name) else tag.name
    return replace(tag, name=name, kids=tuple(raised(kid) for kid in tag.kids))


def _pour_flow(
    space: Space,
    theme: Theme,
    slabs: Sequence[Slab],
    mine: Sequence[Column],
    rooms: Sequence[Sequence[float]],
    copies: list[int],
    overset: list[tuple[str, str, float]],
) -> list[tuple[int, int]]:
    """Cut one flow into its columns; what does not fit goes to `overset`."""
    heights = [rooms[c.panel][c.row] - 2 * theme.looks[c.frame.look].padding for c in mine]
    split = SPLIT[space.sections]
    between = next((c.panel for c in mine[:-1] if space.specs[c.panel].repeat), None)
    if space.specs[mine[-1].panel].repeat:
        cuts = pages(slabs, heights[:-1], max(heights[-1], 0.0), split)
        fixed = len(mine) - 1
        copies[mine[-1].panel] = max(
            0 if fixed or mine[-1].frame.takes == ("notes",) else 1, len(cuts) - fixed
        )
    elif between is not None:
        inner = [c.panel == between for c in mine]
        first, end = inner.index(True), len(inner) - inner[::-1].index(True)
        cuts, copies[between] = opened(slabs, heights, slice(first, end), split)
    else:
        cuts = fill(slabs, heights)
        if cuts and cuts[-1][1] == len(slabs) and (found := even(slabs, heights, split)):
            cuts = found.cuts
    if slabs and (not cuts or cuts[-1][1] < len(slabs)):
        rest = slabs[cuts[-1][1] if cuts else 0 :]
        overset.append((space.specs[mine[-1].panel].name, rest[0].name, height(rest)))
    return cuts


def _row_heights(
    space: Space,
    theme: Theme,
    index: int,
    flows: Mapping[Takes, Sequence[Slab]],
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
            level_height(flows[f.takes], f.columns) + 2 * theme.looks[f.look].padding
            if flows[f.takes]
            else 0.0
            for f in row.frames
        )
        for row in spec.rows
    ]
    left = room - sum(heights)
    if left < 0:
        name = next((s.name for row in spec.rows for f in row.frames for s in flows[f.takes][:1]), spec.name)
        overset.append((spec.name, name, -left))
    return [max(left, 0.0) if row.height == "rest" else h for row, h in zip(spec.rows, heights, strict=True)]
