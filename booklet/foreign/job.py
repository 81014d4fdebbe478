"""What is not said of a job is chosen by its pages: the paper, and which way up it lies."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from booklet.foreign.leaf import Leaf
from booklet.foreign.source import Source
from booklet.impose.editions import press
from booklet.impose.model import Plan
from booklet.impose.papers import INCH, LARGER, MM
from booklet.impose.schemes import SCHEMES, Job, Name, plan
from booklet.untrusted import complaint

MOST_CREEP = 0.1
"""Of a page's width: further inward its middle would be cut by the fold."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked for. Without a paper one is chosen; `thickness` is that of a sheet, in points."""

    scheme: Name
    paper: str | None = None
    rtl: bool = False
    marks: bool = False
    turn_backs: bool = False
    thickness: float = 0.0
    sheets: int = 4
    columns: int = 2
    rows: int = 2


def usual_size(leaves: Sequence[Leaf]) -> tuple[float, float]:
    """The width and height that most pages have, to a point."""
    counted = Counter((round(width), round(height)) for width, height in (leaf.size for leaf in leaves))
    usual = counted.most_common(1)[0][0]
    return next(leaf.size for leaf in leaves if (round(leaf.size[0]), round(leaf.size[1])) == usual)


def paper(scheme: str, leaves: Sequence[Leaf]) -> str:
    """The office paper of the pages' part of the world: letter if their sides are nearer to sixteenths of
    an inch than to whole millimetres, else A4. A poster is twice as large."""

    def off(unit: float) -> float:
        return max(abs(side / unit - round(side / unit)) for side in usual_size(leaves))

    found = "letter" if off(INCH / 16) <= off(MM) else "a4"
    found = {"us-card": "letter", "eu-card": "a4"}.get(scheme, found)
    return LARGER[found] if scheme == "poster" else found


def planned(source: Source, asked: Asked) -> tuple[str, Plan]:
    """The paper, and the sheets for these pages. Raises ProblemsFound if they do not go together."""
    sheet = asked.paper or paper(asked.scheme, source.leaves)
    job = Job(
        sheet,
        len(source.leaves),
        asked.rtl,
        thickness=asked.thickness,
        sheets=asked.sheets,
        columns=asked.columns,
        rows=asked.rows,
    )
    try:
        made = _sheets(asked.scheme, job, source.leaves)
    except ValueError as error:
        raise complaint(source.name, f"{error}.", "Choose a larger paper with --paper.") from None
    _check_creep(source.name, made, asked)
    if asked.turn_backs:
        made = made.backs_turned()
    return sheet, press(made) if asked.marks else made


def _sheets(scheme: str, job: Job, leaves: Sequence[Leaf]) -> Plan:
    """The plan for these pages. Where the scheme leaves it open, sheets lie so that pages are larger."""
    if SCHEMES[scheme].orientation is not None:
        return plan(scheme, job)
    upright = plan(scheme, replace(job, orientation="portrait", duplex="long-edge"))
    lying = plan(scheme, replace(job, orientation="landscape", duplex="short-edge"))
    return max(upright, lying, key=lambda made: _scale(made, leaves))


def _scale(made: Plan, leaves: Sequence[Leaf]) -> float:
    """How much larger than itself a page of the usual size is printed."""
    width, height = usual_size(leaves)
    wide, tall = made.panel_sizes()[0]
    return min(wide / width, tall / height)


def _check_creep(name: str, made: Plan, asked: Asked) -> None:
    """Refuse a bundle so thick that its inner pages would lose what is printed on them."""
    if not asked.thickness:
        return
    together = asked.sheets if asked.scheme == "signatures" else made.sheets
    if (together - 1) * asked.thickness > MOST_CREEP * made.panel_sizes()[0][0]:
        raise complaint(
            name,
            f"{together} sheets of that thickness cannot be folded into each other.",
            "Make bundles: --scheme signatures --sheets 8.",
        )
