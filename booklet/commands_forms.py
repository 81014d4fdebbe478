"""The commands for filled forms: answers into a PDF, and out of it again."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from booklet.commands import fail, stop, tell, write

if TYPE_CHECKING:
    from booklet.forms.read import Answers
    from booklet.problems import Problem


class FormatName(StrEnum):
    yaml = "yaml"
    json = "json"
    csv = "csv"


def register(app: typer.Typer) -> None:
    """Add the commands to the program."""
    app.command()(fill)
    app.command()(read)


def fill(
    form: Annotated[Path, typer.Argument(metavar="FORM.pdf", help="A worksheet that booklet has made.")],
    answers: Annotated[Path, typer.Argument(metavar="ANSWERS.yaml", help="The answers, by name.")],
    out: Annotated[
        Path | None,
        typer.Option("--out", "-o", metavar="FILE", help="The filled copy; FORM.filled.pdf if not given."),
    ] = None,
    flatten: Annotated[
        bool, typer.Option("--flatten", help="Make plain text of the answers: nobody can change them.")
    ] = False,
) -> None:
    """Write answers into a copy of a form.

    The answers are a YAML file of lines such as "limits: I will listen." Names are those of the form's
    fields; "booklet read FORM.pdf" lists them all, and its output can be filled in and used here. Dates are
    written 2026-12-01, several ticks as a list: [calm, told]. Sums are worked out.

    A form that holds answers already keeps those that the file does not name. Nothing is written while any
    answer is impossible, too long, or in characters that no font has.

    \b
    Examples:
      booklet read support-plan.worksheet.screen.pdf --out answers.yaml
      booklet fill support-plan.worksheet.screen.pdf answers.yaml
      booklet fill support-plan.worksheet.print.pdf answers.yaml --flatten --out plan.pdf
    """
    from booklet import yamlfile
    from booklet.forms.acroform import opened
    from booklet.forms.fill import fill as filled
    from booklet.problems import ProblemsFound
    from booklet.untrusted import little_memory

    target = out or form.with_name(f"{form.stem}.filled.pdf")
    if target.resolve() in (form.resolve(), answers.resolve()):
        fail(f"{target} is one of the files to read. Name another one with --out.", 2)
    try:
        tree = yamlfile.parse(yamlfile.read_bytes(answers, str(answers)), str(answers), lines=True)
        with little_memory(), opened(form) as source:
            made = filled(source, tree, flat=flatten)
    except ProblemsFound as found:
        raise stop(found.problems) from None
    write(target, made.data)
    tell(made.warnings)
    print(f"Written: {target}")


def read(
    forms: Annotated[list[Path], typer.Argument(metavar="FORM.pdf…", help="Forms, filled in or not.")],
    format_: Annotated[
        FormatName | None,
        typer.Option("--format", "-f", help="yaml if not given, or what the name after --out ends in."),
    ] = None,
    out: Annotated[
        Path | None, typer.Option("--out", "-o", metavar="FILE", help="A file instead of the terminal.")
    ] = None,
    bom: Annotated[
        bool, typer.Option("--bom", help="Begin a CSV with a byte order mark: Excel needs it for accents.")
    ] = False,
) -> None:
    """Read the answers out of filled forms, with whatever program they were filled in.

    Many copies of one form become one CSV table: a line for each file, a column for each field. A score is
    added up anew; if the form shows another sum, a warning says so. A cell that a spreadsheet would take for
    a formula begins with an apostrophe.

    Files that cannot be read are named and left out, and the exit status is 1.

    \b
    Examples:
      booklet read plan.pdf
      booklet read plan.pdf --format json
      booklet read returned/*.pdf --out answers.csv --bom
    """
    from booklet.forms import output
    from booklet.untrusted import little_memory

    suffix = out.suffix[1:].lower() if out else ""
    kind = format_ or FormatName(suffix if suffix in list(FormatName) else "yaml")
    if out and out.resolve() in [form.resolve() for form in forms]:
        fail(f"{out} is one of the files to read. Name another one with --out.", 2)
    with little_memory():
        many, problems = _all(forms)
    if many and kind == FormatName.csv:
        many, more = output.apart(many)
        problems += more
    if many:
        text = {"yaml": output.yaml_text, "json": output.json_text, "csv": output.csv_text}[kind](many)
        data = text.encode("utf-8-sig" if bom and kind == FormatName.csv else "utf-8", "surrogatepass")
        if out:
            write(out, data)
        else:
            sys.stdout.buffer.write(data)
            sys.stdout.buffer.flush()
    if any(problem.severity == "error" for problem in problems):
        raise stop(problems)
    tell(problems)


def _all(forms: list[Path]) -> tuple[list[Answers], list[Problem]]:
    """What could be read, and all problems."""
    from booklet.forms.read import read as answers
    from booklet.problems import ProblemsFound

    many: list[Answers] = []
    problems: list[Problem] = []
    for form in forms:
        try:
            one = answers(form)
        except ProblemsFound as found:
            problems += found.problems
            continue
        many.append(one)
        problems += one.notes
    return many, problems
