"""The imposition schemes by name, and the plan that each makes of a number of panels."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Literal, get_args

from booklet.impose import cards, folds, stapled
from booklet.impose.model import Duplex, Placement, Plan, Side
from booklet.impose.papers import Orientation, paper_size

Name = Literal[
    "one-up", "half-fold", "tri-fold", "z-fold", "accordion", "gate-fold", "quarter-fold", "zine", "saddle",
    "signatures", "cut-stack", "card", "us-card", "eu-card", "bookmark", "poster",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Job:
    """What a plan is made for.

    `thickness` is that of a sheet of paper in points, for the creep of what is stapled; `sheets` how many
    go into a signature; `columns` and `rows` the cells of a cut stack.
    """

    paper: str
    panels: int
    rtl: bool = False
    orientation: Orientation = "portrait"
    duplex: Duplex = "long-edge"
    thickness: float = 0.0
    sheets: int = 4
    columns: int = 2
    rows: int = 2


@dataclass(frozen=True, slots=True)
class Scheme:
    """How panels become sheets.

    `panels` is how many panels make one piece; with `repeats` there may be any number and more sheets are
    taken for more panels. `orientation` and `duplex` are None where a job may choose.
    """

    make: Callable[[Job], Plan]
    says: str
    """What it is, for `--help` and the reference."""
    panels: int | None = None
    orientation: Orientation | None = None
    duplex: Duplex | None = None


def plan(name: str, job: Job) -> Plan:
    """The sheets of a job in the scheme of that name. A folded piece of n panels is begun anew for each n.

    Raises ValueError where cards do not go on the paper.
    """
    scheme = SCHEMES[name]
    if scheme.panels is None or job.panels <= scheme.panels:
        return scheme.make(job) if scheme.panels is None else _cut_short(scheme.make(job), 0, job.panels)
    sides: list[Side] = []
    for first in range(0, job.panels, scheme.panels):
        sides += _cut_short(scheme.make(job), first, job.panels).sides
    return Plan(tuple(sides), scheme.make(job).duplex)


def _cut_short(made: Plan, first: int, panels: int) -> Plan:
    """The plan for the panels from `first` on, those at and after `panels` left blank."""
    sides = (
        replace(
            side,
            placements=tuple(
                replace(p, panel=p.panel + first) for p in side.placements if p.panel + first < panels
            ),
        )
        for side in made.sides
    )
    return replace(made, sides=tuple(sides))


def one_up(job: Job) -> Plan:
    """Each panel fills a side. With duplex, sheets are front and back in turn."""
    sheet = paper_size(job.paper, job.orientation)
    return _full_pages((sheet,) * job.panels, job.duplex)


def single_pages(sizes: tuple[tuple[float, float], ...]) -> Plan:
    """The screen edition: a page a panel, in reading order."""
    return _full_pages(sizes, "none")


def _full_pages(sizes: tuple[tuple[float, float], ...], duplex: Duplex) -> Plan:
    sides = (Side(w, h, (Placement(i, 0.0, 0.0, w, h),)) for i, (w, h) in enumerate(sizes))
    return Plan(tuple(sides), duplex)


def _folded(make: Callable[[str, bool], Plan]) -> Callable[[Job], Plan]:
    return lambda job: make(job.paper, job.rtl)


def _cut_stack(job: Job) -> Plan:
    card = cards.n_up(job.paper, job.columns, job.rows, job.orientation)
    return cards.cut_stack(card, job.paper, job.rtl, job.panels)


SCHEMES: Mapping[str, Scheme] = MappingProxyType(
    {
        "one-up": Scheme(one_up, "a panel on each side"),
        "half-fold": Scheme(_folded(folds.half_fold), "4 panels, folded once", 4, "landscape", "short-edge"),
        "tri-fold": Scheme(
            _folded(folds.tri_fold),
            "6 panels, both sides folded in like a letter",
            6,
            "landscape",
            "short-edge",
        ),
        "z-fold": Scheme(_folded(folds.z_fold), "6 panels, folded to and fro", 6, "landscape", "short-edge"),
        "accordion": Scheme(
            _folded(folds.accordion), "8 panels, folded to and fro", 8, "landscape", "short-edge"
        ),
        "gate-fold": Scheme(
            _folded(folds.gate_fold), "6 panels, two gates over a centre", 6, "landscape", "short-edge"
        ),
        "quarter-fold": Scheme(
            _folded(folds.quarter_fold),
            "4 panels on one side, folded down and across",
            4,
            "portrait",
            "none",
        ),
        "zine": Scheme(_folded(folds.zine), "8 panels on one side, slit and folded", 8, "landscape", "none"),
        "saddle": Scheme(
            lambda job: stapled.saddle(job.paper, job.rtl, job.panels, job.thickness),
            "any number of panels, folded into each other and stapled",
            None,
            "landscape",
            "short-edge",
        ),
        "signatures": Scheme(
            lambda job: stapled.signatures(job.paper, job.rtl, job.panels, job.thickness, job.sheets),
            "the same in several bundles, to be sewn or glued",
            None,
            "landscape",
            "short-edge",
        ),
        "cut-stack": Scheme(_cut_stack, "cut apart and piled up in order"),
        "card": Scheme(
            lambda job: cards.business_card(job.paper, job.rtl, job.panels),
            "wallet cards, ten of each on a sheet, of the paper's part of the world",
            None,
            "portrait",
            "long-edge",
        ),
        "us-card": Scheme(
            lambda job: cards.business_card(job.paper, job.rtl, job.panels, False),
            "wallet cards of 3.5 × 2 in",
            None,
            "portrait",
            "long-edge",
        ),
        "eu-card": Scheme(
            lambda job: cards.business_card(job.paper, job.rtl, job.panels, True),
            "wallet cards of 85 × 55 mm",
            None,
            "portrait",
            "long-edge",
        ),
        "bookmark": Scheme(
            lambda job: cards.bookmark(job.paper, job.rtl, job.panels),
            "bookmarks, five of each on a sheet",
            None,
            "landscape",
            "short-edge",
        ),
        "poster": Scheme(
            lambda job: one_up(replace(job, duplex="none")), "one panel on a sheet", None, None, "none"
        ),
    }
)
assert set(SCHEMES) == set(get_args(Name))
