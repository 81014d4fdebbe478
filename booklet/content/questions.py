"""What a document asks, as plain data: it goes into the PDF, so that answers can be filled in and read back.

It names questions, fields and allowed answers, never a person.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Literal

from pydantic import BaseModel, ConfigDict, model_validator

from booklet.content import document as doc
from booklet.content.document import Block, Document, plain

Kind = Literal[
    "rating", "score", "choice", "menu", "choices", "text", "multiline", "number", "phone", "date", "grid"
]
NAMESPACE = "http://ns.booklet/1.0/"
"""The name of booklet's own metadata (XMP, ISO 16684-1); nothing is to be found at that address."""


class Asked(BaseModel):
    """One question: its kind, its fields in the form, and what may be answered."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    kind: Kind
    label: str = ""
    fields: tuple[str, ...]
    """The names of its form fields. For `choices` there is one for each of `values`."""
    values: tuple[str, ...] = ()
    """The answers to choose from: the options of a choice, the steps of a rating's scale."""
    points: tuple[str, ...] = ()
    """What the form stores for each step of a rating: its points."""
    words: tuple[str, ...] = ()
    """What the form stores for each answer of a menu: its words, which all programs show as they are."""
    parts: tuple[Literal["year", "month", "day"], ...] = ()
    """What each field of a date holds."""
    most: int | None = None
    """The longest answer, in characters."""
    terms: tuple[str, ...] = ()
    """The fields that a score adds up."""

    @model_validator(mode="after")
    def _matched(self) -> Asked:
        pairs = {
            "rating": (self.values, self.points),
            "choices": (self.fields, self.values),
            "menu": (self.values, self.words),
        }
        ones, others = pairs.get(self.kind, (self.fields, self.parts if self.kind == "date" else self.fields))
        if len(ones) != len(others) or not self.fields:
            raise ValueError("lists that go together differ in length")
        return self


class Form(BaseModel):
    """Which document a form is, and what it asks, in order."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    version: str
    lang: str
    title: str
    questions: tuple[Asked, ...]

    @property
    def identity(self) -> str:
        """What tells it from other forms: document, version, language."""
        return f"{self.id}/{self.version}/{self.lang}"

    def json_text(self) -> str:
        """The form as JSON; `model_validate_json` reads it back."""
        return self.model_dump_json(exclude_defaults=True)


def form(document: Document) -> Form | None:
    """What `document` asks; None if it asks nothing that has a field."""
    asked = tuple(
        _asked(question)
        for section in document.sections
        for question in _questions(section.blocks)
        if not (isinstance(question, doc.Entry) and question.kind in ("initials", "signature"))
    )
    if not asked:
        return None
    return Form(
        id=document.id, version=document.version, lang=document.lang, title=document.title, questions=asked
    )


def _questions(blocks: Iterable[Block]) -> Iterator[doc.Question]:
    for block in blocks:
        if isinstance(block, doc.Question):
            yield block
        elif isinstance(block, doc.Callout):
            yield from _questions(block.blocks)


def _asked(question: doc.Question) -> Asked:
    name, label = question.name, plain(question.label)
    match question:
        case doc.Rating():
            return Asked(
                name=name,
                kind="rating",
                label=label,
                fields=_items(question),
                values=tuple(option.value for option in question.scale),
                points=tuple(map(str, question.points)),
            )
        case doc.Score():
            return Asked(name=name, kind="score", label=label, fields=(name,), terms=_items(question.of))
        case doc.Choice():
            values = tuple(option.value for option in question.options)
            if question.many:
                fields = tuple(f"{name}.{value}" for value in values)
                return Asked(name=name, kind="choices", label=label, fields=fields, values=values)
            if question.menu:
                words = tuple(option.words for option in question.options)
                return Asked(name=name, kind="menu", label=label, fields=(name,), values=values, words=words)
            return Asked(name=name, kind="choice", label=label, fields=(name,), values=values)
        case doc.Grid():
            cells = tuple(
                f"{name}.{row.value}.{column.value}" for row in question.rows for column in question.columns
            )
            return Asked(name=name, kind="grid", label=label, fields=cells)
        case doc.Entry():
            return _entry(question, label)
    raise AssertionError(f"no such question: {question!r}")


def _entry(entry: doc.Entry, label: str) -> Asked:
    if entry.kind == "date":
        order = tuple(part for part, _, _ in entry.order)
        fields = tuple(f"{entry.name}.{part}" for part in order)
        return Asked.model_validate(
            {"name": entry.name, "kind": "date", "label": label, "fields": fields, "parts": order}
        )
    kind = "multiline" if entry.kind == "text" and entry.lines > 1 else entry.kind
    return Asked.model_validate(
        {"name": entry.name, "kind": kind, "label": label, "fields": (entry.name,), "most": entry.most}
    )


def _items(rating: doc.Rating) -> tuple[str, ...]:
    return tuple(f"{rating.name}.{item.value}" for item in rating.items)
