"""The command that draws a document as one picture, and again whenever a file changes."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from booklet.commands import EditionName, PaperName, unwritten

if TYPE_CHECKING:
    from booklet.build import Order
    from booklet.problems import Problem
    from booklet.project import Project

WATCHED = ("content", "layouts", "sites")
SUFFIXES = (".yaml", ".po", ".svg", ".png", ".jpg", ".jpeg")
MISSING = 'Install booklet[preview] to see pictures: pip install "booklet[preview]"'


def register(app: typer.Typer) -> None:
    """Add the command to the program."""
    app.command()(preview)


def preview(
    document: Annotated[str, typer.Argument(metavar="DOCUMENT", help="A document by id.")],
    locale: Annotated[
        str | None,
        typer.Option("--locale", "-l", metavar="TAG", help="The document's own language if not given."),
    ] = None,
    layout: Annotated[
        str | None,
        typer.Option("--layout", metavar="ID", help="A layout by id; the first that suits if not given."),
    ] = None,
    edition: Annotated[
        EditionName, typer.Option("--edition", "-e", help="print if not given.")
    ] = EditionName.print,
    site: Annotated[
        str | None, typer.Option("--site", "-s", metavar="ID", help="Who hands this out: a file in sites/.")
    ] = None,
    paper: Annotated[PaperName | None, typer.Option(help="The region's paper if not given.")] = None,
    region: Annotated[
        str | None,
        typer.Option("--region", metavar="NAME", help="Where it is handed out: a file in content/regions/."),
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option("--out", "-o", metavar="FILE.png", help="The picture; in output/ if not given."),
    ] = None,
    incomplete: Annotated[
        bool,
        typer.Option(
            "--allow-incomplete", help="Show texts without a translation in English, underlined with dots."
        ),
    ] = False,
    watch: Annotated[
        bool,
        typer.Option("--watch", "-w", help="Draw it again whenever a file changes, until Ctrl-C."),
    ] = False,
) -> None:
    """Draw a document as one picture: the sheets with their folds and cuts, and the panels as they are read.

    Folds, cuts and the trim are dashed lines in colours, panels are numbered. With --watch it draws again
    whenever a file in content/, layouts/ or sites/ changes, and tells of problems without stopping.

    \b
    Examples:
      booklet preview loved-one-uses-heroin --layout trifold
      booklet preview loved-one-uses-heroin --layout trifold --locale es --out look.png
    """
    from booklet.project import Project

    try:
        import booklet.preview  # noqa: F401
    except ImportError:
        print(f"booklet: {MISSING}", file=sys.stderr)
        raise typer.Exit(2) from None
    project = Project.at()

    def draw() -> bool:
        order = _order(project, document, locale, layout, edition, site, paper, region)
        order = replace(order, incomplete=incomplete) if order else None
        return order is not None and _draw(project, order, out)

    fine = draw()
    if watch:
        _watch(project, draw)
    elif not fine:
        raise typer.Exit(1)


def _order(
    project: Project,
    document: str,
    locale: str | None,
    layout: str | None,
    edition: EditionName,
    site: str | None,
    paper: PaperName | None,
    region: str | None,
) -> Order | None:
    """What to build: one locale, one layout, one edition; None if that cannot be told."""
    from booklet.build import Order, orders
    from booklet.impose.editions import Edition

    wanted: tuple[Edition, ...] = (edition.value,)
    asked = orders(
        project, [document], [locale] if locale else None, [layout] if layout else None, wanted, site,
        paper.value if paper else None, region=region,
    )  # fmt: skip
    problems: list[Problem] = []
    for one in asked:
        if not isinstance(one, Order):
            problems.append(one)
        elif one.layouts:
            return replace(one, layouts=one.layouts[:1])
        else:
            print(f'booklet: No layout suits "{document}". Name one with --layout.', file=sys.stderr)
    _tell(problems)
    return None


def _draw(project: Project, order: Order, out: Path | None) -> bool:
    """Build, draw and write once. All that is wrong is told; whether a picture was written."""
    from booklet import build
    from booklet.files import write_whole
    from booklet.preview import png
    from booklet.problems import ProblemsFound

    written = False
    problems: list[Problem] = []
    try:
        for made in build.make(project, order):
            if not isinstance(made, build.Made):
                problems.append(made)
                continue
            path = out or project.output / Path(made.name).with_suffix(".png")
            write_whole(path, png(made))
            print(f"Written: {path}", flush=True)
            written = True
    except ProblemsFound as found:
        problems += found.problems
    except OSError as error:
        unwritten(error.filename2 or error.filename, error)
    _tell(problems)
    return written


def _tell(problems: list[Problem]) -> None:
    from booklet import report

    report.problems(dict.fromkeys(problems))
    if problems:
        print(report.count(problems), file=sys.stderr, flush=True)


def _watch(project: Project, draw: Callable[[], bool]) -> None:
    """Draw after each change, until Ctrl-C. The library's folders are watched too, where one may write."""
    try:
        from watchfiles import watch
    except ImportError:
        print(f"booklet: {MISSING}", file=sys.stderr)
        raise typer.Exit(2) from None
    folders = [folder for name in WATCHED for folder in project.folders(name)]
    print("Watching for changes. Press Ctrl-C to stop.", flush=True)
    try:
        for _ in watch(*folders, watch_filter=_matters):
            draw()
    except KeyboardInterrupt:
        print()


def _matters(_: object, path: str) -> bool:
    """Whether a changed file can change a document: not what editors leave beside it for a moment."""
    return Path(path).suffix in SUFFIXES and not Path(path).name.startswith(".")
