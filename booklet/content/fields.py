"""The YAML format of what is filled in: ratings and scores, choices, lines to write on, tables."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any

from pydantic import Discriminator, Field, Tag, model_validator

from booklet.content.base import Block, ColumnBlock, Flag, Id, Strict, Text, number_schema
from booklet.validate import KIND
from booklet.yamlfile import Mistake

MOST_ITEMS = 40
"""Lines of a rating. With the highest points its sum still has three digits."""
MOST_POINTS = 20

Points = Annotated[int, Field(ge=0, le=MOST_POINTS), number_schema("integer", 0, MOST_POINTS, "^[0-9]{1,2}$")]
Sum = Annotated[
    int,
    Field(ge=0, le=MOST_ITEMS * MOST_POINTS),
    number_schema("integer", 0, MOST_ITEMS * MOST_POINTS, "^[0-9]{1,3}$"),
]
Lines = Annotated[int, Field(ge=1, le=20), number_schema("integer", 1, 20, "^[0-9]{1,2}$")]
Most = Annotated[int, Field(ge=1, le=2000), number_schema("integer", 1, 2000, "^[0-9]{1,4}$")]
RowCount = Annotated[int, Field(ge=1, le=12), number_schema("integer", 1, 12, "^[0-9]{1,2}$")]
Share = Annotated[float, Field(ge=1, le=10, allow_inf_nan=False), number_schema("number", 1, 10, "^[0-9.]+$")]


class Named(Strict):
    """What all blocks to fill in have."""

    id: Id
    """The field's name in the form, the same in every language. Keep it once sheets are out."""
    label: Text | None = None
    hint: Text | None = None
    """Small print under the label: how to fill it in."""


class Asked(Named):
    """A question."""

    label: Text


class Answer(Strict):
    """An answer to choose, or a line or column of a table."""

    id: Id
    """Its name in the form, behind the question's own: `habits.money`."""
    text: Text


def _check_apart(key: str, answers: Sequence[Answer]) -> None:
    """Raise Mistake if two answers under `key` would be the same to the form."""
    known: set[str] = set()
    for index, answer in enumerate(answers):
        if answer.id in known:
            message = f'The id "{answer.id}" stands twice in "{key}".'
            raise Mistake(message, "Give each an id of its own.", at=(key, index, "id"))
        known.add(answer.id)


class RatingBody(Asked):
    """A grid of items, each rated on the same scale."""

    scale: Annotated[tuple[Answer, ...], Field(min_length=2, max_length=7)]
    """The steps, from the first column to the last."""
    points: tuple[Points, ...]
    """What each step counts, in the order of the scale."""
    items: Annotated[tuple[Answer, ...], Field(min_length=1, max_length=MOST_ITEMS)]
    """The lines of the grid. A label that leads to them makes a sentence of each."""

    @property
    def highest(self) -> int:
        """The highest sum that the answers can reach."""
        return len(self.items) * max(self.points)

    @model_validator(mode="after")
    def _counted(self) -> RatingBody:
        if len(self.points) != len(self.scale):
            raise Mistake(
                f"The scale has {len(self.scale)} steps, but there are points for {len(self.points)}.",
                'Write as many numbers in "points" as there are steps.',
                at=("points",),
            )
        for index, points in enumerate(self.points):
            if points in self.points[:index]:
                message = f"Two steps of the scale count {points}: the form could not tell them apart."
                raise Mistake(message, "Give each step another number.", at=("points", index))
        _check_apart("scale", self.scale)
        _check_apart("items", self.items)
        return self


class Band(Strict):
    """What sums up to a certain height can mean, in kind words."""

    to: Sum
    """The highest sum of the band. The first begins at 0, each other one where the one before it ended."""
    text: Text


class ScoreBody(Named):
    """The sum of a rating. The form adds it up; on paper there is a box for it.

    If `label` is left out, it is "My total", with the lowest and the highest sum.
    """

    of: Id
    """The id of the rating."""
    bands: Annotated[tuple[Band, ...], Field(min_length=1)]
    """From the lowest to the highest. The last one ends at the highest sum."""

    @model_validator(mode="after")
    def _ascending(self) -> ScoreBody:
        for index, band in enumerate(self.bands[1:], 1):
            if band.to <= (before := self.bands[index - 1].to):
                raise Mistake(
                    f"This band ends at {band.to}, but the one before it ends at {before} already.",
                    "Write the bands from the lowest sum to the highest.",
                    at=("bands", index, "to"),
                )
        return self


class ChoicesBody(Asked):
    """A question with the answers to choose from."""

    options: Annotated[tuple[Answer, ...], Field(min_length=2)]

    @model_validator(mode="after")
    def _apart(self) -> ChoicesBody:
        _check_apart("options", self.options)
        return self


class ChoiceBody(ChoicesBody):
    """A question with the answers of which one is to be chosen."""

    menu: Flag = False
    """Show a menu that opens, for many short answers. On paper there is a line, and the answers under it."""


class LineBody(Asked):
    """A question that is answered on one line."""

    most: Most | None = None
    """The longest answer that the form takes, in characters."""


class AnswerBody(LineBody):
    """A question that is answered on several lines."""

    lines: Lines = 3
    """Room for a pen, in lines. The form takes more."""


class GridColumn(Answer):
    """A column of a table to fill in."""

    width: Share = 1
    """Its width beside the others': 2 is twice as wide as 1."""


def _count_or_list(value: Any) -> str:
    return KIND + ("list" if isinstance(value, list) else "count")


class GridBody(Asked):
    """A table to fill in."""

    columns: Annotated[tuple[GridColumn, ...], Field(min_length=1, max_length=5)]
    rows: Annotated[
        Annotated[RowCount, Tag(KIND + "count")]
        | Annotated[tuple[Answer, ...], Tag(KIND + "list"), Field(min_length=1, max_length=12)],
        Discriminator(_count_or_list),
    ]
    """How many empty rows, or a list of rows that each ask something."""

    @model_validator(mode="after")
    def _apart(self) -> GridBody:
        _check_apart("columns", self.columns)
        if not isinstance(self.rows, int):
            _check_apart("rows", self.rows)
        return self


class PeopleBody(Asked):
    """Cards for people to call: name, phone, when to call."""

    rows: RowCount
    """How many cards."""


class PrivateBody(Strict):
    """The note that a sheet is for one's own eyes."""

    title: Text | None = None
    text: Text


class FieldBlock(Block):
    """A block to fill in: the key that names its kind holds what is asked."""

    @property
    def asked(self) -> tuple[str, Named]:
        """The key that names the block's kind, and what it holds."""
        (key,) = type(self).model_fields.keys() - ColumnBlock.model_fields.keys()
        found: Named = getattr(self, key)
        return type(self).model_fields[key].alias or key, found


class RatingBlock(FieldBlock):
    """Items to rate on a scale."""

    rating: RatingBody


class ScoreBlock(FieldBlock):
    """The sum of a rating."""

    score: ScoreBody


class ChoiceBlock(FieldBlock, ColumnBlock):
    """One of several answers."""

    choice: ChoiceBody

    @model_validator(mode="after")
    def _no_columns(self) -> ChoiceBlock:
        if self.choice.menu and "columns" in self.model_fields_set:
            raise Mistake(
                "A menu has no columns.",
                'Take "columns" away, or "menu": then the answers stand side by side.',
                at=("columns",),
            )
        return self


class ChoicesBlock(FieldBlock, ColumnBlock):
    """Any of several answers, or a checklist."""

    choices: ChoicesBody


class YesNoBlock(FieldBlock, ColumnBlock):
    """Yes or no."""

    yes_no: Asked


class LineBlock(FieldBlock):
    """A line to write on."""

    line: LineBody


class AnswerBlock(FieldBlock):
    """Several lines to write on."""

    answer: AnswerBody


class NumberBlock(FieldBlock):
    """A number to write."""

    number: LineBody


class PhoneBlock(FieldBlock):
    """A phone number to write."""

    phone: LineBody


class DateBlock(FieldBlock):
    """A day to write: month, day and year in the order of the language."""

    date: Asked


class InitialsBlock(FieldBlock):
    """A short line for a pen. It has no field in the form."""

    initials: Asked


class SignatureBlock(FieldBlock):
    """A line to sign on, with a pen. It has no field in the form."""

    signature: Asked


class GridBlock(FieldBlock):
    """A table to fill in."""

    grid: GridBody


class PeopleBlock(FieldBlock):
    """Cards for people to call."""

    people: PeopleBody


class PrivateBlock(Block):
    """A note that what is written is for one's own eyes."""

    private: PrivateBody
