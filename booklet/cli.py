"""The commands: what is typed is parsed, the work is called, the result is shown."""

from __future__ import annotations

import io
import os
import sys
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, get_args

import typer

from booklet import commands_forms, commands_guide, commands_impose, commands_locale, commands_preview
from booklet.commands import EditionName, PaperName, epoch, fail, stop, today
from booklet.process import collect_less

if TYPE_CHECKING:
    from booklet.build import Order
    from booklet.problems import Problem
    from booklet.project import Project

app = typer.Typer(
    name="booklet",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    help="Make printable, accessible PDF pamphlets from YAML.\n\n"
    "Run it in a folder of your own with content/, layouts/ or sites/ in it, or in an empty one: "
    "the documents that come with booklet are always there.",
)


class SchemaName(StrEnum):
    content = "content"
    site = "site"
    region = "region"
    glossary = "glossary"
    layout = "layout"
    theme = "theme"
    locale = "locale"


@app.command()
def build(
    documents: Annotated[
        list[str] | None,
        typer.Argument(metavar="DOCUMENT", help="Documents by id; all if none is named."),
    ] = None,
    locale: Annotated[
        list[str] | None,
        typer.Option("--locale", "-l", metavar="TAG", help="A language tag such as es; all if not given."),
    ] = None,
    layout: Annotated[
        list[str] | None,
        typer.Option("--layout", metavar="ID", help="A layout by id; all that suit if not given."),
    ] = None,
    edition: Annotated[
        list[EditionName] | None,
        typer.Option(
            "--edition",
            "-e",
            help="screen: a page a panel. print: sheets. press: sheets with bleed and marks for a "
            "print shop. The first two if not given.",
        ),
    ] = None,
    paper: Annotated[PaperName | None, typer.Option(help="The region's paper if not given.")] = None,
    site: Annotated[
        str | None, typer.Option("--site", "-s", metavar="ID", help="Who hands this out: a file in sites/.")
    ] = None,
    region: Annotated[
        str | None,
        typer.Option(
            "--region",
            metavar="NAME",
            help="Where this is handed out: a file in content/regions/. If not given, it is the site's, or "
            "the locale's, or us.",
        ),
    ] = None,
    gray: Annotated[
        bool, typer.Option("--gray", help="Print in shades of gray, for a printer with black ink alone.")
    ] = False,
    incomplete: Annotated[
        bool,
        typer.Option(
            "--allow-incomplete",
            help="Print texts that have no translation in English, underlined with dots, on a draft.",
        ),
    ] = False,
    out: Annotated[
        Path | None, typer.Option("--out", "-o", metavar="FOLDER", help="The folder for the PDFs.")
    ] = None,
    jobs: Annotated[
        int | None,
        typer.Option(
            "--jobs",
            "-j",
            metavar="NUMBER",
            min=1,
            help="How many processes share the work. If not given, as many as there are processors, or one "
            "for up to 150 files.",
        ),
    ] = None,
) -> None:
    """Build PDFs into output/.

    Every file is output/LOCALE/DOCUMENT.LAYOUT.EDITION.pdf, with the site's id or the region's name
    before the locale when one is given. A document with problems is not written; what is wrong is
    listed with file and line.

    \b
    Examples:
      booklet build
      booklet build loved-one-uses-heroin --locale es --layout trifold
      booklet build --edition print --site riverside --paper a4
      booklet build overdose-steps --locale es-MX
      booklet build overdose-steps --region ca --locale en
      booklet build loved-one-uses-heroin --layout booklet --edition press
    """
    from booklet.build import EDITIONS, Order, orders
    from booklet.impose.editions import Edition
    from booklet.project import Project

    project = Project.at()
    editions = tuple(one for one in get_args(Edition) if one in (edition or EDITIONS))
    stamp = epoch()
    names = documents or None
    sheet = paper.value if paper else None
    options = {"gray": gray, "incomplete": incomplete}
    asked = list(orders(project, names, locale, layout, editions, site, sheet, **options, region=region))
    wanted = [one for one in asked if isinstance(one, Order)]
    problems = [one for one in asked if not isinstance(one, Order)]
    _build_all(project, wanted, problems, out or project.output, stamp, jobs)


def _build_all(
    project: Project,
    wanted: list[Order],
    problems: list[Problem],
    folder: Path,
    stamp: datetime | None,
    jobs: int | None,
) -> None:
    """Build what is wanted, and tell of the problems that there were already and of those found."""
    from booklet import report
    from booklet.many import Result, WorkerLost, build_all

    results: list[Result] = []
    with report.progress(sum(order.files() for order in wanted)) as advance:
        try:
            for one in build_all(project, wanted, folder, stamp, advance, jobs, today()):
                results += one.results
                problems += one.problems
                if error := one.unwritten:
                    where = error.filename2 or error.filename  # the second is what a file was to be moved to
                    fail(f"The file {where} could not be written: {error.strerror}.", 1)
        except WorkerLost:
            fail("A process was ended before its work was done, perhaps for want of memory. Try --jobs 1.", 1)
    report.results(results, folder)
    told = list(dict.fromkeys(problems))
    if any(problem.severity == "error" for problem in told):
        raise stop(told)
    report.problems(told)


@app.command("list")
def list_() -> None:
    """List the documents with their locales, the layouts, the regions and the sites that there are."""
    from booklet import inputs
    from booklet.layout import load
    from booklet.problems import ProblemsFound
    from booklet.project import Project

    project = Project.at()
    problems: list[Problem] = []
    print("Documents")
    for name in project.documents():
        try:
            content = inputs.document(project, name).content
            locales = [content.language, *project.languages(name)]
            print(f"  {name}  ({', '.join(locales)})\n      {content.title}")
        except ProblemsFound as found:
            problems += found.problems
    print("Layouts")
    for name in project.layouts():
        try:
            layout = load.read(project, name).layout
            print(f"  {name}\n      {layout.description or layout.name}")
        except ProblemsFound as found:
            problems += found.problems
    print("Regions")
    print(f"  {', '.join(project.files(inputs.REGIONS))}")
    print("Sites")
    for name in project.sites():
        print(f"  {name}")
    if not project.sites():
        print("  none; docs/sites.md says how to add your clinic")
    if problems:
        raise stop(problems)


@app.command()
def schema(kind: Annotated[SchemaName, typer.Argument(help="Which kind of file.")]) -> None:
    """Print the JSON Schema of a kind of file, for editors that complete and check YAML.

    Example: booklet schema content > content.schema.json
    """
    import json

    from booklet.schema import SCHEMAS

    print(json.dumps(SCHEMAS[kind.value](), indent=2, ensure_ascii=False))


commands_forms.register(app)
commands_impose.register(app)
commands_guide.register(app)
commands_preview.register(app)
commands_locale.register(app)


def _version(wanted: bool) -> None:
    if wanted:
        from booklet import __version__

        print(f"booklet {__version__}")
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version and stop.")
    ] = False,
) -> None:
    pass


def prepare() -> None:
    """Set the process up for building: what only a program may decide, not a library."""
    # Pydantic would search all installed packages for plugins of its own: 40 ms, and none is wanted.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    collect_less()
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")  # a title may hold what an old terminal cannot show


def main() -> None:
    """The `booklet` command. Exit status 0 is fine, 1 problems in the content, 2 wrong usage."""
    prepare()
    app()
