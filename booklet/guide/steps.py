"""What hands do with the printed sheets: a short list of steps for each scheme, as data.

Sentences (content/guide.yaml) and drawings (`draw.py`) are both made of a step, so they cannot disagree.
Lines are counted from the edge where the language begins; all is told for documents that run from left to
right and mirrored for others.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from booklet.content.guide import StepName
from booklet.guide.paper import Part, Way


@dataclass(frozen=True, slots=True)
class Do:
    """A step that its name says all of."""

    kind: StepName

    @property
    def key(self) -> StepName:
        return self.kind


@dataclass(frozen=True, slots=True)
class Fold:
    """Fold `part` along a line, over the rest or behind it. `line` counts the sheet's upright folds from the
    starting edge, or with part "top" its level folds from the top."""

    line: int
    part: Part
    way: Way

    @property
    def key(self) -> str:
        """The name of its words."""
        return f"fold-{self.part}-{self.way}"

    @property
    def level(self) -> bool:
        return self.part in ("top", "bottom")


Step = Do | Fold
_SEWN = (Do("lay-bundles"), Fold(0, "left", "over"), Do("bundles"), Do("sew"))
_CARDS = (Do("draw-lines"), Do("cut"))

STEPS: Mapping[str, tuple[Step, ...]] = MappingProxyType(
    {
        "one-up": (Do("check-back"), Do("corner")),
        "half-fold": (Do("lay-cover-under"), Fold(0, "left", "over")),
        "tri-fold": (Do("lay-cover-under"), Fold(1, "right", "over"), Fold(0, "left", "over")),
        "z-fold": (Do("lay-cover-up"), Fold(0, "left", "over"), Fold(1, "left", "behind")),
        "accordion": (
            Do("lay-cover-up"),
            Fold(0, "left", "behind"),
            Fold(1, "left", "over"),
            Fold(2, "left", "behind"),
        ),
        "gate-fold": (Do("lay-cover-under"), Fold(0, "left", "over"), Fold(1, "right", "over")),
        "quarter-fold": (Do("lay-printed-up"), Fold(0, "top", "behind"), Fold(0, "left", "behind")),
        "zine": (
            Do("lay-printed-up"),
            Do("crease-ends"),
            Fold(1, "left", "behind"),
            Do("slit"),
            Do("open"),
            Fold(0, "top", "behind"),
            Do("push"),
            Do("wrap"),
        ),
        "saddle": (Do("lay-stack"), Fold(0, "left", "over"), Do("staple"), Do("close")),
        "signatures": _SEWN,
        "cut-stack": (Do("cut-stack"), Do("pile")),
        "card": _CARDS,
        "us-card": _CARDS,
        "eu-card": _CARDS,
        "bookmark": _CARDS,
        "poster": (Do("check-sheet"), Do("hang")),
    }
)
"""For each scheme what is done with the sheets once they are printed."""


def steps(scheme: str, *, rtl: bool, both_sides: bool, several: bool) -> tuple[Step, ...]:
    """The steps of a scheme. `several` is whether one copy may be more than one sheet."""
    return tuple(_told(scheme, rtl, both_sides, several))


def _told(scheme: str, rtl: bool, both_sides: bool, several: bool) -> Iterator[Step]:
    for step in STEPS[scheme]:
        if step == Do("check-back") and not both_sides:
            yield Do("check-sheet")
        elif step != Do("corner") or several:
            yield mirrored(step) if rtl else step


def mirrored(step: Step) -> Step:
    """The step for documents that run from right to left."""
    other: dict[Part, Part] = {"left": "right", "right": "left"}
    return replace(step, part=other.get(step.part, step.part)) if isinstance(step, Fold) else step
