"""The YAML format of the words of the printing guides."""

from __future__ import annotations

from typing import Annotated, Literal, Self, get_args

from pydantic import model_validator

from booklet.content.base import Day, Strict
from booklet.content.labels import Counting, Label, holds
from booklet.wording import listed
from booklet.yamlfile import Mistake

StepName = Literal[
    "lay-cover-under", "lay-cover-up", "lay-printed-up", "lay-stack", "lay-bundles", "fold-left-over",
    "fold-right-over", "fold-left-behind", "fold-right-behind", "fold-top-behind", "crease-ends", "slit",
    "open", "push", "wrap", "staple", "close", "bundles", "sew", "draw-lines", "cut", "cut-stack", "pile",
    "check-back", "check-sheet", "corner", "hang",
]  # fmt: skip
"""What hands can do with printed sheets."""


class StepText(Strict):
    """`do` is the step in a few words, `how` what else one must know."""

    do: Counting
    how: Label


class Papers(Strict):
    """What people call the papers that booklet knows."""

    letter: Label
    legal: Label
    tabloid: Label
    a3: Label
    a4: Label
    a5: Label


class ByHand(Strict):
    """Printing on both sides with a printer that cannot."""

    odd: Label
    turn: Label
    turn_head: Label
    even: Label


class GuideTexts(Strict):
    """`content/guide.yaml`, in English; other languages have a `guide.po`."""

    revised: Day
    """The day on which these words were last changed: the date in the guides' metadata."""
    title: Annotated[str, holds("layout")]
    subtitle: Label
    description: Label
    printer: Label
    setting: Label
    choose: Label
    file: Label
    file_is: Annotated[str, holds("name")]
    paper: Label
    papers: Papers
    size: Label
    actual: Label
    sides: Label
    both_long: Label
    both_short: Label
    one: Label
    by_hand: Label
    by_hand_steps: ByHand
    try_one: Label
    turn_alt: Label
    turn_head_alt: Label
    legend: Label
    alt_one: Annotated[str, holds("before")]
    alt_two: Annotated[str, holds("before", "after")]
    blank: Label
    steps: dict[StepName, StepText]

    @model_validator(mode="after")
    def _whole(self) -> Self:
        if missing := sorted({*get_args(StepName)} - {*self.steps}):
            raise Mistake(
                f"Here {listed(missing, 'and')} is missing.",
                "Copy the lines from booklet's own content/guide.yaml.",
                at=("steps",),
            )
        return self
