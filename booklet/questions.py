"""Resolves what is filled in: names of fields, answers to choose from, dates in the language's order."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from booklet.content import document as made
from booklet.content import fields
from booklet.content.document import Option, Rich, Span, plain
from booklet.locales import formats
from booklet.locales.tags import Locale
from booklet.yamlfile import KeyPath

_DIGITS = {"year": 4, "month": 2, "day": 2}
_PERSON = ("name", "phone", "when")


@dataclass(frozen=True, slots=True)
class Words:
    """Gives the words of one block in the document's language."""

    text: Callable[[KeyPath, str | None], Rich]
    """Of the author's text at a path in the block."""
    own: Callable[[str], Rich]
    """Of one of the words in `labels.yaml`."""
    locale: Locale

    def label(self, key: str) -> str:
        """The same as a plain text."""
        return plain(self.own(key))

    def options(self, path: KeyPath, answers: Sequence[fields.Answer]) -> tuple[Option, ...]:
        """The answers that stand under a path in the block."""
        return tuple(
            Option(value=answer.id, text=self.text((*path, index, "text"), answer.text))
            for index, answer in enumerate(answers)
        )

    def own_options(self, keys: Sequence[str]) -> tuple[Option, ...]:
        """Answers in booklet's own words, each by its key in `labels.yaml`."""
        return tuple(Option(value=key, text=self.own(key)) for key in keys)


def question(
    block: fields.FieldBlock, words: Words, rating: Callable[[str], made.Rating], common: dict[str, Any]
) -> made.Question:
    """The question of `block`. `rating` finds one by its id; `common` is what all blocks have."""
    key, asked = block.asked
    common = {
        **common,
        "name": asked.id,
        "label": words.text((key, "label"), asked.label),
        "hint": words.text((key, "hint"), asked.hint),
    }
    match block:
        case fields.RatingBlock():
            return _rating(block.rating, words, common)
        case fields.ScoreBlock():
            return _score(block.score, words, rating(block.score.of), common)
        case fields.ChoiceBlock():
            options = words.options(("choice", "options"), block.choice.options)
            menu = block.choice.menu
            return made.Choice(options=options, menu=menu, columns=block.columns, **common)
        case fields.ChoicesBlock():
            options = words.options(("choices", "options"), block.choices.options)
            return made.Choice(options=options, many=True, columns=block.columns, **common)
        case fields.YesNoBlock():
            return made.Choice(options=words.own_options(("yes", "no")), columns=block.columns, **common)
        case fields.GridBlock():
            return _grid(block.grid, words, common)
        case fields.PeopleBlock():
            return _people(block.people, words, common)
        case _:
            return _entry(block, words, common)


def _rating(body: fields.RatingBody, words: Words, common: dict[str, Any]) -> made.Rating:
    return made.Rating(
        scale=words.options(("rating", "scale"), body.scale),
        points=body.points,
        items=words.options(("rating", "items"), body.items),
        **common,
    )


def _score(body: fields.ScoreBody, words: Words, of: made.Rating, common: dict[str, Any]) -> made.Score:
    starts = [0, *(band.to + 1 for band in body.bands)]
    bands = tuple(
        (start, band.to, words.text(("score", "bands", index, "text"), band.text))
        for index, (start, band) in enumerate(zip(starts, body.bands, strict=False))
    )
    if body.label is None:
        total = words.label("total").replace("{most}", str(body.bands[-1].to))
        common = {**common, "label": (Span(total),)}
    return made.Score(of=of, bands=bands, **common)


def _entry(block: fields.FieldBlock, words: Words, common: dict[str, Any]) -> made.Entry:
    match block:
        case fields.LineBlock():
            return made.Entry(kind="text", most=block.line.most, **common)
        case fields.AnswerBlock():
            return made.Entry(kind="text", lines=block.answer.lines, most=block.answer.most, **common)
        case fields.NumberBlock():
            return made.Entry(kind="number", most=block.number.most, **common)
        case fields.PhoneBlock():
            return made.Entry(kind="phone", most=block.phone.most, **common)
        case fields.DateBlock():
            order = formats.date_order(words.locale)
            parts = tuple((part, words.label(part), _DIGITS[part]) for part in order)
            return made.Entry(kind="date", order=parts, **common)
        case fields.InitialsBlock():
            return made.Entry(kind="initials", **common)
        case fields.SignatureBlock():
            return made.Entry(kind="signature", **common)
    raise AssertionError(f"no such block: {block!r}")


def _grid(body: fields.GridBody, words: Words, common: dict[str, Any]) -> made.Grid:
    whole = sum(column.width for column in body.columns)
    at = ("grid", "rows")
    rows = _numbered(body.rows) if isinstance(body.rows, int) else words.options(at, body.rows)
    return made.Grid(
        columns=words.options(("grid", "columns"), body.columns),
        widths=tuple(column.width / whole for column in body.columns),
        rows=rows,
        **common,
    )


def _people(body: fields.PeopleBody, words: Words, common: dict[str, Any]) -> made.Grid:
    columns = words.own_options(_PERSON)
    widths = (1 / len(columns),) * len(columns)
    return made.Grid(columns=columns, widths=widths, rows=_numbered(body.rows), cards=True, **common)


def _numbered(count: int) -> tuple[Option, ...]:
    """Empty rows, which have nothing but their number."""
    return tuple(Option(value=str(number), text=()) for number in range(1, count + 1))
