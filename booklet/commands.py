"""What the commands share: choices, and how a command ends."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from datetime import UTC, date, datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import typer

if TYPE_CHECKING:
    from booklet.locales.tags import Locale
    from booklet.problems import Problem
    from booklet.project import Project


class EditionName(StrEnum):
    screen = "screen"
    print = "print"
    press = "press"


class PaperName(StrEnum):
    letter = "letter"
    legal = "legal"
    tabloid = "tabloid"
    a3 = "a3"
    a4 = "a4"
    a5 = "a5"


def epoch() -> datetime | None:
    """The moment that SOURCE_DATE_EPOCH asks for (reproducible-builds.org), if it is set."""
    asked = os.environ.get("SOURCE_DATE_EPOCH")
    if not asked:
        return None
    try:
        return datetime.fromtimestamp(int(asked), UTC)
    except (ValueError, OverflowError, OSError):
        fail(f'SOURCE_DATE_EPOCH is "{asked}", which is not a number of seconds.', 2)


def today() -> date:
    """The day on which something is written, or the one that SOURCE_DATE_EPOCH asks for."""
    return (epoch() or datetime.now(UTC)).date()


def language(tag: str) -> Locale:
    """The locale of a tag that was typed; ends the program if there is none."""
    from booklet.locales import tags
    from booklet.yamlfile import Mistake

    try:
        return tags.parse(tag)
    except Mistake as mistake:
        fail(f"{mistake.message} {mistake.hint}", 2)


def translated_language(tag: str) -> Locale:
    """The same for a language that can have catalogues; ends the program for a pseudo-locale."""
    locale = language(tag)
    if locale.pseudo:
        fail(f'"{locale.tag}" is a pseudo-locale and has no catalogues: booklet makes its words up.', 2)
    return locale


def languages(project: Project, named: Sequence[str] | None) -> tuple[list[Locale], list[Problem]]:
    """The locales of the tags that were typed, or of all folders that hold catalogues; and the folders whose
    names are no tags."""
    from booklet.locales import tags
    from booklet.problems import Place, Problem
    from booklet.yamlfile import Mistake

    if named:
        return [translated_language(tag) for tag in named], []
    found: list[Locale] = []
    misnamed: list[Problem] = []
    for name in project.locales():
        try:
            found.append(tags.parse(name))
        except Mistake as mistake:
            hint = f"Rename the folder. {mistake.hint}"
            misnamed.append(Problem(Place(f"content/locales/{name}"), mistake.message, hint))
    return found, misnamed


def write(path: Path, data: bytes) -> None:
    """Write a file, or end with a sentence that says why not."""
    from booklet.files import write_whole

    try:
        write_whole(path, data)
    except OSError as error:
        unwritten(path, error)


def unwritten(path: Path, error: OSError) -> NoReturn:
    """End with a sentence that says why the file could not be written."""
    fail(f"The file {path} could not be written: {error.strerror}.", 1)


def tell(problems: Sequence[Problem]) -> None:
    """Show problems."""
    from booklet import report

    report.problems(problems)


def stop(problems: Sequence[Problem]) -> typer.Exit:
    """Show problems; the exit that goes with them."""
    from booklet import report

    tell(problems)
    print(report.count(problems), file=sys.stderr)
    return typer.Exit(1)


def fail(message: str, status: int) -> NoReturn:
    """End with a sentence and an exit status."""
    print(f"booklet: {message}", file=sys.stderr)
    raise typer.Exit(status)
