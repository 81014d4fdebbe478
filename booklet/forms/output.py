"""Answers that were read, as YAML, JSON or one CSV table."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from booklet.content.questions import Asked
from booklet.forms.answers import FORM_KEY, ON
from booklet.forms.read import Answer, Answers
from booklet.problems import Place, Problem
from booklet.wording import quoted

FACTS = ("File", "Form", "Version", "Language")
"""The first columns of a table. No question has a name with capital letters."""
FORMULA = tuple("=+-@\t\r\n＝＋－＠")
"""What a spreadsheet takes for the beginning of a formula (OWASP, "CSV Injection")."""


def yaml_text(many: Sequence[Answers]) -> str:
    """One file's answers as `booklet fill` takes them; those of several as a list."""
    if len(many) == 1:
        return _dumped(_flat(many[0]))
    return _dumped([{"file": one.file, **_named(one), "answers": _dated(one)} for one in many])


def _flat(one: Answers) -> dict[str, Any]:
    return {**_named(one), **_dated(one)}


def _named(one: Answers) -> dict[str, Any]:
    return {FORM_KEY: one.form.identity} if one.form else {}


def _dated(one: Answers) -> dict[str, Any]:
    """The answers, with days as dates, which YAML writes without quotation marks."""
    days = {asked.name for asked in one.form.questions if asked.kind == "date"} if one.form else set()
    return {
        name: date.fromisoformat(value) if name in days and isinstance(value, str) else value
        for name, value in one.values.items()
    }


def _dumped(data: Any) -> str:
    import yaml

    class Dumper(yaml.SafeDumper):
        """Nothing for no answer, and lines as lines."""

    def nothing(dumper: yaml.SafeDumper, value: None) -> yaml.Node:
        return dumper.represent_scalar("tag:yaml.org,2002:null", "")

    def text(dumper: yaml.SafeDumper, value: str) -> yaml.Node:
        # A block loses line ends at its own end.
        style = "|" if "\n" in value.strip("\n") and value == value.strip() else None
        return dumper.represent_scalar("tag:yaml.org,2002:str", value, style=style)

    Dumper.add_representer(type(None), nothing)
    Dumper.add_representer(str, text)
    return yaml.dump(data, Dumper=Dumper, allow_unicode=True, sort_keys=False, width=1 << 30)


def json_text(many: Sequence[Answers]) -> str:
    """An object for one file, a list of objects for several."""
    made = [
        {
            "file": one.file,
            "form": one.form.model_dump(include={"id", "version", "lang", "title"}) if one.form else None,
            "answers": dict(one.values),
            "notes": [note.message for note in one.notes],
        }
        for one in many
    ]
    return json.dumps(made[0] if len(made) == 1 else made, ensure_ascii=False, indent=2) + "\n"


def apart(many: Sequence[Answers]) -> tuple[list[Answers], list[Problem]]:
    """Those that belong into one table with the first, and a problem for each of the others."""
    first = many[0].form
    together: list[Answers] = []
    problems: list[Problem] = []
    for one in many:
        here = Place(one.file)
        if (one.form and one.form.id) != (first and first.id):
            name = f"form {quoted(one.form.id)}" if one.form else "a form that does not say which it is"
            other = quoted(first.id) if first else "does not say which it is"
            problems.append(
                Problem(
                    here, f"This is {name}; the first file is {other}.", "Read them into tables of their own."
                )
            )
            continue
        if one.form and first and one.form.version != first.version:
            message = (
                f"This is version {one.form.version} of the form; the first file is version {first.version}."
            )
            problems.append(Problem(here, message, "Questions may have changed.", severity="warning"))
        together.append(one)
    return together, problems


def csv_text(many: Sequence[Answers]) -> str:
    """A table: a line for each file, a column for each field, a date in one column.

    What a spreadsheet would take for a formula has an apostrophe before it.
    """
    rows = [{**_facts(one), **_row(one)} for one in many]
    columns = list(dict.fromkeys([*FACTS, *(name for row in rows for name in row)]))
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(map(_safe, columns))
    writer.writerows([_safe(row.get(column, "")) for column in columns] for row in rows)
    return out.getvalue()


def _facts(one: Answers) -> dict[str, str]:
    form = one.form
    known = (one.file, form.id, form.version, form.lang) if form else (one.file, "", "", "")
    return dict(zip(FACTS, known, strict=True))


def _row(one: Answers) -> dict[str, str]:
    """Cells by column."""
    asked = one.form.questions if one.form else ()
    several = {each.name: each for each in asked if each.kind == "choices"}
    cells: dict[str, str] = {}
    for name, value in one.values.items():
        cells.update(_ticks(several[name], value) if name in several else {name: _cell(value)})
    return cells


def _ticks(asked: Asked, value: Answer) -> Iterable[tuple[str, str]]:
    chosen = value if isinstance(value, list) else []
    return [
        (name, ON if option in chosen else "")
        for name, option in zip(asked.fields, asked.values, strict=True)
    ]


def _cell(value: Answer) -> str:
    if isinstance(value, Mapping):
        return "/".join(value.values())
    return "" if value is None else str(value)


def _safe(cell: str) -> str:
    return f"'{cell}" if cell.startswith(FORMULA) else cell
