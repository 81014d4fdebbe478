"""Reads the answers out of a filled form, whatever program it was filled with."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from booklet.content.questions import Asked, Form
from booklet.forms.acroform import OpenForm, opened
from booklet.problems import Place, Problem
from booklet.wording import listed, quoted

Answer = str | int | list[str] | dict[str, str] | None
"""A text, an id, a date (ISO 8601) or a sum; the ids of what is ticked; a date's parts as they were
written where they make no date. None where nothing is filled in."""


@dataclass(frozen=True, slots=True)
class Answers:
    """What one file holds: answers by name, in the form's order."""

    file: str
    form: Form | None
    """None if the file does not say which form it is. Then answers are given as the fields hold them."""
    values: Mapping[str, Answer]
    notes: tuple[Problem, ...]
    """What a person should look at, as warnings."""


def read(path: Path, name: str = "") -> Answers:
    """The answers in the PDF at `path`; problems call it `name`. Raises ProblemsFound."""
    with opened(path, name) as form:
        return answers(form)


def answers(form: OpenForm) -> Answers:
    """The answers in an open form."""
    reader = _Reader(form)
    values = dict(reader.all())
    return Answers(form.name, form.about, values, tuple(reader.notes))


def added_up(asked: Asked, values: Mapping[str, str | None]) -> int | None:
    """The sum of a score's terms, from the fields' values. A blank counts nothing; None if all are blank."""
    points = [value for name in asked.terms if (value := values.get(name))]
    return sum(int(value) for value in points if value.isdecimal() and len(value) < 5) if points else None


def iso_date(parts: Mapping[str, str]) -> str | None:
    """The day that year, month and day make, as ISO 8601 writes it; None if there is no such day."""
    try:
        year, month, day = (parts[part].strip() for part in ("year", "month", "day"))
        return date(int(year), int(month), int(day)).isoformat() if len(year) == 4 else None
    except (KeyError, ValueError):
        return None


class _Reader:
    """Goes through the questions of one form; collects notes."""

    def __init__(self, form: OpenForm) -> None:
        self.form = form
        self.notes: list[Problem] = []
        self.stored = {name: field.value for name, field in form.fields.items()}

    def note(self, message: str, hint: str = "") -> None:
        self.notes.append(Problem(Place(self.form.name), message, hint, severity="warning"))

    def all(self) -> Iterator[tuple[str, Answer]]:
        if self.form.damaged:
            self.note(
                "The file is damaged. These answers are what could still be read.",
                "Compare them with what the screen shows, or ask for another copy.",
            )
        about = self.form.about
        if about is None:
            self.note(
                "The form does not say what it asks. Its fields are given as they stand.",
                "Either booklet did not make it, or the program that saved it dropped that.",
            )
            yield from ((name, field.value) for name, field in self.form.fields.items())
            return
        if lost := [name for asked in about.questions for name in asked.fields if name not in self.stored]:
            self.note(
                f"The form has lost {len(lost)} of its fields, such as {listed(lost[:3], 'and')}.",
                "The program that saved it may have dropped them. Look at the file.",
            )
        for asked in about.questions:
            yield from self.question(asked)

    def question(self, asked: Asked) -> Iterator[tuple[str, Answer]]:
        match asked.kind:
            case "rating":
                for name in asked.fields:
                    yield name, self.chosen(name, dict(zip(asked.points, asked.values, strict=True)))
            case "choice":
                yield asked.name, self.chosen(asked.name, {value: value for value in asked.values})
            case "menu":
                yield asked.name, self.chosen(asked.name, dict(zip(asked.words, asked.values, strict=True)))
            case "choices":
                pairs = zip(asked.fields, asked.values, strict=True)
                yield asked.name, [value for name, value in pairs if self.stored.get(name)]
            case "date":
                yield asked.name, self.date(asked)
            case "score":
                yield asked.name, self.score(asked)
            case _:
                yield from ((name, self.stored.get(name)) for name in asked.fields)

    def chosen(self, name: str, ids: Mapping[str, str]) -> str | None:
        """The id of the answer whose button is pressed, or whose words are chosen in a menu."""
        state = self.stored.get(name)
        if state and state not in ids:
            self.note(
                f"{quoted(name)} is answered with {quoted(state)}, which is none of its answers.",
                "The answer is given as it stands.",
            )
        return ids.get(state, state) if state else None

    def date(self, asked: Asked) -> Answer:
        parts: dict[str, str] = {
            part: value
            for part, name in zip(asked.parts, asked.fields, strict=True)
            if (value := self.stored.get(name))
        }
        if not parts:
            return None
        if found := iso_date(parts):
            return found
        written = ", ".join(f"{part} {quoted(value)}" for part, value in parts.items())
        self.note(f"{quoted(asked.name)} is no date: {written}.", "Its parts are given as they were written.")
        return parts

    def score(self, asked: Asked) -> int | None:
        """The sum, added up here: not every program that shows a form can do it."""
        total = added_up(asked, self.stored)
        shown = (self.stored.get(asked.name) or "").strip()
        if shown and _number(shown) != (total or 0):
            self.note(
                f"{quoted(asked.name)} says {quoted(shown)}, but the answers add up to {total or 0}.",
                f"{total or 0} is given. Someone may have changed an answer where nothing adds up.",
            )
        return total if total is not None or not shown else 0


def _number(text: str) -> float | None:
    try:
        return float(text.replace(",", "."))
    except ValueError:
        return None
