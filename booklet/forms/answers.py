"""Checks answers written in YAML against what a form asks, and says what each field is to hold."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from booklet.content.questions import Asked, Form
from booklet.problems import Problem, Severity
from booklet.wording import listed, nearest, quoted, suggestion
from booklet.yamlfile import Data, KeyPath, Tree

FORM_KEY = "form"
"""The one key that is no answer: it says which form the answers belong to."""
ON = "yes"
"""The state of a check box that is ticked."""
YES, NO = ("yes", "true"), ("no", "false")
_NUMBER = re.compile(r"[+\-−]?\d[\d.,٫٬'’\s]*")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Entered:
    """What a field is to hold (a text, a button's state, or nothing), and where that is written."""

    value: str | None
    path: KeyPath


@dataclass(frozen=True, slots=True)
class Checked:
    """Every answer of a file by field; `totals` are the sums that it claims."""

    entered: Mapping[str, Entered]
    totals: Mapping[str, tuple[str, KeyPath]]
    problems: tuple[Problem, ...]


def check(tree: Tree, form: Form, most: Mapping[str, int]) -> Checked:
    """The answers of a YAML file; `most` are the longest texts that fields take, in characters."""
    checker = _Checker(tree, form, most)
    checker.all()
    return Checked(checker.entered, checker.totals, tuple(checker.problems))


class _Checker:
    """Goes through one file of answers; collects every problem."""

    def __init__(self, tree: Tree, form: Form, most: Mapping[str, int]) -> None:
        self.tree, self.form, self.most = tree, form, most
        self.entered: dict[str, Entered] = {}
        self.totals: dict[str, tuple[str, KeyPath]] = {}
        self.problems: list[Problem] = []
        self.questions = {asked.name: asked for asked in form.questions}
        self.fields = {name: asked for asked in form.questions for name in asked.fields}
        self.names = list(dict.fromkeys([*self.questions, *self.fields]))

    def complain(
        self,
        path: KeyPath,
        message: str,
        hint: str = "",
        *,
        at_key: bool = False,
        severity: Severity = "error",
    ) -> None:
        self.problems.append(self.tree.problem(path, message, hint, at_key=at_key, severity=severity))

    def all(self) -> None:
        data = self.tree.data
        if not isinstance(data, dict):
            self.complain(
                (),
                "The answers must be lines of a name, a colon and an answer.",
                f"Such as: {self.names[0]}: …" if self.names else "",
            )
            return
        rest = dict(data)
        if FORM_KEY in rest and FORM_KEY not in self.questions:
            self.identity(rest.pop(FORM_KEY))
        self.group("", rest, ())

    def identity(self, said: Data) -> None:
        """Whether the answers belong to this form."""
        form = self.form
        parts = said.split("/") if isinstance(said, str) else [""]
        if parts[0] != form.id:
            self.complain(
                (FORM_KEY,),
                f'These answers belong to another form: this one is "{form.id}".',
                'Name the right PDF, or take the line "form" away if you know what you do.',
            )
        elif len(parts) > 1 and parts[1] != form.version:
            self.complain(
                (FORM_KEY,),
                f"These answers belong to version {parts[1]} of the form; the PDF is version {form.version}.",
                "Questions may have changed. Look the filled form through.",
                severity="warning",
            )

    def group(self, prefix: str, data: dict[str, Data], path: KeyPath) -> None:
        """Answers whose names begin with `prefix`."""
        for key, value in data.items():
            name = f"{prefix}.{key}" if prefix else key
            here = (*path, key)
            if name in self.questions and not self.holds_fields(name, value):
                self.question(self.questions[name], value, here)
            elif name in self.fields and name not in self.questions:
                self.field(name, value, here)
            elif isinstance(value, dict) and any(known.startswith(f"{name}.") for known in self.names):
                self.group(name, value, here)
            else:
                self.unknown(name, here)

    def holds_fields(self, name: str, value: Data) -> bool:
        """Whether a question is answered field by field."""
        return isinstance(value, dict) and self.questions[name].fields != (name,)

    def unknown(self, name: str, path: KeyPath) -> None:
        below = [known for known in self.names if known.startswith(f"{name}.")]
        if below:
            self.complain(
                path, f"{quoted(name)} has several fields.", f"Answer each: {listed(below[:8], 'and')}."
            )
            return
        choice = nearest(name, self.names)
        hint = (
            f"Did you mean {quoted(choice)}?" if choice else suggestion(name, list(self.questions), "It asks")
        )
        self.complain(path, f"The form does not ask {quoted(name)}.", hint, at_key=True)

    # -- one answer -------------------------------------------------------------------------------

    def question(self, asked: Asked, value: Data, path: KeyPath) -> None:
        """An answer under a question's own name."""
        match asked.kind:
            case "choice":
                self.set(asked.name, self.one_of(asked.values, asked.values, value, path), path)
            case "menu":
                self.set(asked.name, self.one_of(asked.values, asked.words, value, path), path)
            case "choices":
                self.ticked(asked, value, path)
            case "date":
                self.date(asked, value, path)
            case "score":
                if (text := self.scalar(value, path)) is not None:
                    self.totals[asked.name] = (text, path)
            case "rating" | "grid":
                if value is None:
                    for name in asked.fields:
                        self.set(name, None, path)
                else:
                    self.unknown(asked.name, path)
            case _:
                self.text(asked, asked.name, value, path)

    def field(self, name: str, value: Data, path: KeyPath) -> None:
        """An answer under the name of a field that is a part of a question."""
        asked = self.fields[name]
        if asked.kind == "rating":
            self.set(name, self.one_of(asked.values, asked.points, value, path), path)
        elif asked.kind == "choices":
            self.set(name, self.one_of((*YES, *NO), (*[ON] * len(YES), *[None] * len(NO)), value, path), path)
        else:
            self.text(asked, name, value, path)

    def set(self, name: str, value: str | None, path: KeyPath) -> None:
        if name in self.entered:
            before = self.tree.key_place(self.entered[name].path)
            self.complain(
                path,
                f"{quoted(name)} is answered twice.",
                f"It stands in line {before.line} already.",
                at_key=True,
            )
        self.entered[name] = Entered(value, path)

    def scalar(self, value: Data, path: KeyPath) -> str | None:
        """A single text; None, perhaps with a problem, for anything else."""
        if isinstance(value, list | dict):
            self.complain(path, "There can be one answer here, not several.", "Write a single text.")
            return None
        return value or None

    def one_of(
        self, known: Sequence[str], states: Sequence[str | None], value: Data, path: KeyPath
    ) -> str | None:
        """The state that goes with one of the `known` answers."""
        text = self.scalar(value, path)
        if text is None:
            return None
        if text in known:
            return states[list(known).index(text)]
        self.impossible(text, known, path)
        return None

    def impossible(self, text: str, known: Sequence[str], path: KeyPath) -> None:
        near = nearest(text, known)
        hint = f"Did you mean {quoted(near)}? " if near else ""
        self.complain(
            path,
            f"{quoted(text)} is none of the possible answers.",
            f"{hint}Possible are {listed(known, 'and')}.",
        )

    def ticked(self, asked: Asked, value: Data, path: KeyPath) -> None:
        """Any of several: a list of ids, or one id."""
        chosen: set[str] = set()
        many = value if isinstance(value, list) else [] if value is None else [value]
        for index, one in enumerate(many):
            here = (*path, index) if isinstance(value, list) else path
            text = self.scalar(one, here)
            if text in asked.values:
                chosen.add(text)
            elif text is not None:
                self.impossible(text, asked.values, here)
        for name, option in zip(asked.fields, asked.values, strict=True):
            self.set(name, ON if option in chosen else None, path)

    def date(self, asked: Asked, value: Data, path: KeyPath) -> None:
        """A day as ISO 8601 writes it, spread over the date's fields."""
        text = self.scalar(value, path)
        parts: dict[str, str] = {}
        if text is not None:
            try:
                if not _DAY.fullmatch(text):
                    raise ValueError
                date.fromisoformat(text)
                parts = dict(zip(("year", "month", "day"), text.split("-"), strict=True))
            except ValueError:
                self.complain(
                    path, f"{quoted(text)} is not a date.", "Write year-month-day, such as 2026-12-01."
                )
        for name, part in zip(asked.fields, asked.parts, strict=True):
            self.set(name, parts.get(part), path)

    def text(self, asked: Asked, name: str, value: Data, path: KeyPath) -> None:
        """Something written."""
        text = self.scalar(value, path)
        for message, hint in self.faults(asked, text or "", self.most.get(name, asked.most)):
            self.complain(path, message, hint)
        self.set(name, text, path)

    @staticmethod
    def faults(asked: Asked, text: str, most: int | None) -> Iterator[tuple[str, str]]:
        if most and len(text) > most:
            yield (
                f"The answer has {len(text):,} characters, and the field takes {most:,}.",
                f"Take {len(text) - most:,} away.",
            )
        if "\n" in text and asked.kind != "multiline":
            yield "The answer has several lines, and the field has one.", "Write it in one line."
        if asked.kind == "number" and text and not _NUMBER.fullmatch(text.strip()):
            yield f"{quoted(text)} is not a number.", "Write digits."
