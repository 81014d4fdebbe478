"""What a document is poured into: panels, the frames on them, the columns of the frames."""

from __future__ import annotations

from dataclasses import dataclass

from booklet.layout.model import Frame, Furniture, Margins, PanelSpec, Range
from booklet.layout.theme import Theme


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
    leaves_out: tuple[str, ...] = ()
    """Roles of sections that are left out on purpose."""
    furniture: Furniture = "sheet"
    multiple: int = 1
    """Panels come in multiples of this: 4 where sheets are folded once and stapled."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a frame on a panel, with its place in it."""

    panel: int
    row: int
    frame: Frame
    x: float
    width: float
    first: bool


def flows_of(space: Space) -> list[tuple[str, ...]]:
    """The groups of roles that frames take, in reading order."""
    takes = [frame.takes for spec in space.specs for row in spec.rows for frame in row.frames]
    return list(dict.fromkeys(takes))


def tallest(space: Space) -> float:
    """The height of the tallest panel within its margins."""
    return max(
        height - (spec.margins or space.margins).top - (spec.margins or space.margins).bottom
        for spec, (_, height) in zip(space.specs, space.sizes, strict=True)
    )


def columns_of(space: Space, theme: Theme) -> list[Column]:
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
