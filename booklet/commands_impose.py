"""The command for other people's PDFs: their pages on sheets to fold, staple or cut."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from booklet.commands import PaperName, fail, stop, tell, unwritten
from booklet.impose.schemes import Name

FOR_PRINTING = (
    "Imposed sheets are for printing: they have no tags, no outline and no fields. "
    "Give the original to people who read with a screen reader."
)
FLIPS = {
    "long-edge": "Print on both sides, turned over the long edge, at actual size (100 %).",
    "short-edge": "Print on both sides, turned over the short edge, at actual size (100 %).",
    "none": "Print on one side, at actual size (100 %).",
}
MOST_SHEETS = 100
THICKEST = 1.0
"""Millimetres. Heavy card has half of that."""
MOST_CELLS = 20
"""Columns or rows of a sheet that is cut apart."""


def register(app: typer.Typer) -> None:
    """Add the command to the program."""
    app.command()(impose)


def impose(
    file: Annotated[Path, typer.Argument(metavar="ANY.pdf", help="A PDF with a page for each panel.")],
    scheme: Annotated[
        Name,
        typer.Option(
            "--scheme",
            "-s",
            help="saddle: folded and stapled, any number of pages. signatures: the same in bundles, to be "
            "sewn or glued. cut-stack: cut apart and piled up. The others are folds, and cards of which each "
            "sheet holds many.",
        ),
    ],
    paper: Annotated[
        PaperName | None,
        typer.Option(
            help="If not given, letter for pages measured in inches, a4 for others; twice that for a poster."
        ),
    ] = None,
    creep: Annotated[
        str | None,
        typer.Option(
            metavar="THICKNESS",
            help="How thick a sheet is, such as 0.1mm: pages of stapled sheets move inward by so much.",
        ),
    ] = None,
    rtl: Annotated[bool, typer.Option("--rtl", help="The pages are read from right to left.")] = False,
    marks: Annotated[
        bool,
        typer.Option("--marks", help="For a print shop: larger sheets, with bleed, crop and fold marks."),
    ] = False,
    sheets: Annotated[
        int | None, typer.Option(metavar="N", help="Sheets in a bundle of signatures; 4 if not given.")
    ] = None,
    columns: Annotated[
        int | None, typer.Option(metavar="C", help="Pages side by side in a cut-stack; 2 if not given.")
    ] = None,
    rows: Annotated[
        int | None, typer.Option(metavar="R", help="Pages one over the other in a cut-stack; 2 if not given.")
    ] = None,
    turn_backs: Annotated[
        bool,
        typer.Option("--turn-backs", help="For a printer that turns sheets over the other edge only."),
    ] = False,
    out: Annotated[
        Path | None,
        typer.Option("--out", "-o", metavar="FILE", help="The sheets; ANY.SCHEME.pdf if not given."),
    ] = None,
) -> None:
    """Put the pages of any PDF onto sheets to print, fold, staple or cut.

    Each page is made as large as its panel allows, upright and undistorted. A booklet of too few pages gets
    blank ones before its last. Links go along; forms and notes are printed as they look.

    The sheets are for printing. Give the original to people who read with a screen reader.

    \b
    Examples:
      booklet impose guide.pdf --scheme saddle
      booklet impose guide.pdf --scheme saddle --paper tabloid --creep 0.1mm --marks
      booklet impose card.pdf --scheme us-card --out cards.pdf
    """
    from booklet.files import whole
    from booklet.foreign.job import Asked, planned
    from booklet.foreign.sheets import write
    from booklet.foreign.source import opened
    from booklet.problems import ProblemsFound
    from booklet.untrusted import little_memory

    _check_options(scheme, creep, sheets, columns, rows)
    asked = Asked(
        scheme,
        paper.value if paper else None,
        rtl,
        marks,
        turn_backs,
        _thickness(creep),
        **{key: value for key, value in (("sheets", sheets), ("columns", columns), ("rows", rows)) if value},
    )
    target = out or file.with_name(f"{file.stem}.{scheme}.pdf")
    if target.resolve() == file.resolve():
        fail(f"{target} is the file to read. Name another one with --out.", 2)
    try:
        with little_memory(), opened(file, trimmed=marks) as source:
            sheet, plan = planned(source, asked)
            with whole(target) as output:
                warnings = write(source, plan, output, rtl=rtl)
    except ProblemsFound as found:
        raise stop(found.problems) from None
    except OSError as error:
        unwritten(target, error)
    tell(warnings)
    print(f"Written: {target}")
    print(f"{plan.sheets} {'sheet' if plan.sheets == 1 else 'sheets'} of {sheet}. {FLIPS[plan.duplex]}")
    print(FOR_PRINTING)


def _check_options(
    scheme: Name, creep: str | None, sheets: int | None, columns: int | None, rows: int | None
) -> None:
    """End if an option says something that the scheme knows nothing of, or an impossible number."""
    for option, value, schemes in (
        ("--creep", creep, ("saddle", "signatures")),
        ("--sheets", sheets, ("signatures",)),
        ("--columns", columns, ("cut-stack",)),
        ("--rows", rows, ("cut-stack",)),
    ):
        if value is not None and scheme not in schemes:
            fail(f"{option} is for --scheme {' and '.join(schemes)}; {scheme} has no use for it.", 2)
    for option, number, most in (
        ("--sheets", sheets, MOST_SHEETS),
        ("--columns", columns, MOST_CELLS),
        ("--rows", rows, MOST_CELLS),
    ):
        if number is not None and not 1 <= number <= most:
            fail(f"{option} is {number}. Give a number from 1 to {most}.", 2)


def _thickness(creep: str | None) -> float:
    """The thickness of paper in points."""
    if creep is None:
        return 0.0
    from booklet.layout.units import POINTS, length
    from booklet.yamlfile import Mistake

    try:
        points = length(creep)
    except Mistake as mistake:
        fail(f"{mistake.message} {mistake.hint}", 2)
    if points > THICKEST * POINTS["mm"]:
        fail(f"--creep is how thick one sheet is. {creep} is more than any paper; 0.1mm is usual.", 2)
    return points
