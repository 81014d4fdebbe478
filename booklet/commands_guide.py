"""The command for printed guides: how to print a layout, and how to fold, cut or staple it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from booklet.commands import PaperName, stop, unwritten

if TYPE_CHECKING:
    from booklet.build import Made
    from booklet.problems import Problem


def register(app: typer.Typer) -> None:
    """Add the command to the program."""
    app.command()(guide)


def guide(
    layouts: Annotated[
        list[str] | None,
        typer.Argument(metavar="LAYOUT", help="Layouts by id; all if none is named."),
    ] = None,
    paper: Annotated[PaperName | None, typer.Option(help="The region's paper if not given.")] = None,
    locale: Annotated[
        list[str] | None,
        typer.Option("--locale", "-l", metavar="TAG", help="A language tag such as es; en if not given."),
    ] = None,
    out: Annotated[
        Path | None, typer.Option("--out", "-o", metavar="FOLDER", help="The folder for the PDFs.")
    ] = None,
) -> None:
    """Make a page for each layout that says and shows how to print and fold it.

    It names the paper and the printer's settings, tells how to print on both sides with a printer that
    cannot, and shows each fold, cut and staple in a drawing. Every file is output/LOCALE/LAYOUT.guide.pdf.

    \b
    Examples:
      booklet guide
      booklet guide trifold --locale es
      booklet guide handout trifold --paper a4 --out guides
    """
    from booklet import report
    from booklet.build import save
    from booklet.guide.page import guide as page
    from booklet.many import Result
    from booklet.problems import ProblemsFound
    from booklet.project import Project

    project = Project.at()
    folder = out or project.output
    made: list[Made] = []
    problems: list[Problem] = []
    for tag in locale or ["en"]:
        for name in layouts or project.layouts():
            try:
                made.append(page(project, name, tag, paper.value if paper else None))
                save(folder, made[-1])
            except ProblemsFound as found:
                problems += found.problems
            except OSError as error:
                unwritten(error.filename2 or error.filename, error)
    report.results([Result.of(one) for one in made], folder)
    if problems:
        raise stop(list(dict.fromkeys(problems)))
