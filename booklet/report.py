"""How problems and results are shown on a terminal, and in a log."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from booklet.problems import Problem

if TYPE_CHECKING:
    from booklet.many import Result

RED, YELLOW, BOLD, DIM, CYAN, PLAIN = "\x1b[31m", "\x1b[33m", "\x1b[1m", "\x1b[2m", "\x1b[36m", "\x1b[0m"


def problems(found: Iterable[Problem], stream: TextIO | None = None) -> None:
    """Print each problem: place and message, the line with a mark under the spot, how to mend it."""
    out = stream or sys.stderr
    color = out.isatty()
    for problem in found:
        print(_text(problem, color), file=out)


def _text(problem: Problem, color: bool) -> str:
    shade = RED if problem.severity == "error" else YELLOW
    kind = f"{shade}{problem.severity}{PLAIN}" if color else problem.severity
    place = f"{BOLD}{problem.place}{PLAIN}" if color else str(problem.place)
    lines = [f"{place}: {kind}: {problem.message}"]
    if problem.excerpt and problem.place.line:
        number = f"{problem.place.line:>6}"
        lines.append(f"{number} | {problem.excerpt}")
        if problem.place.column:
            lines.append(f"{' ' * len(number)} | {' ' * (problem.place.column - 1)}^")
    if problem.hint:
        hint = f"{CYAN}hint{PLAIN}" if color else "hint"
        lines.append(f"       {hint}: {problem.hint}")
    return "\n".join(lines)


def count(found: Sequence[Problem]) -> str:
    """How many there are, as a sentence."""
    errors = sum(problem.severity == "error" for problem in found)
    warnings = len(found) - errors
    parts = [f"{n} {word}{'s' * (n != 1)}" for n, word in ((errors, "error"), (warnings, "warning")) if n]
    return f"{' and '.join(parts)} found." if parts else ""


@contextmanager
def progress(total: int) -> Iterator[Callable[[str, int], None]]:
    """A bar on a terminal, nothing elsewhere. Call what it yields with a text and a number of steps."""
    if not sys.stderr.isatty():
        yield lambda text, steps: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    columns = (BarColumn(), MofNCompleteColumn(), TextColumn("{task.description}", markup=False))
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=total)
        yield lambda text, steps: bar.update(task, advance=steps, description=text or None)


def results(made: Sequence[Result], folder: Path) -> None:
    """The closing table: file, pages, body size, size of the file."""
    if not made:
        return
    heads = ("file", "pages", "type", "size")
    rows = [(one.name, str(one.pages), f"{one.body:g} pt", f"{one.size / 1000:.0f} kB") for one in made]
    shown = os.path.relpath(folder) if folder.is_relative_to(Path().absolute()) else str(folder)
    table(f"In {shown}/", heads, rows)


def table(title: str, heads: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """A table on the standard output: with rich on a terminal, in plain columns elsewhere."""
    numbers = [
        place > 0 and all(re.match(r"[-0-9]", row[place]) for row in rows) for place in range(len(heads))
    ]
    if sys.stdout.isatty():
        from rich.console import Console
        from rich.table import Table
        from rich.text import Text  # words as they are: those of rich's markup could come from anyone

        made = Table(title=Text(title), title_justify="left", box=None, pad_edge=False)
        for head, number in zip(heads, numbers, strict=True):
            made.add_column(head, justify="right" if number else "left", overflow="fold")
        for row in rows:
            made.add_row(*map(Text, row))
        Console().print(made)
        return
    widths = [max(len(row[place]) for row in [heads, *rows]) for place in range(len(heads))]
    print(title)
    for row in [heads, *rows]:
        cells = [
            cell.rjust(width) if number else cell.ljust(width)
            for cell, width, number in zip(row, widths, numbers, strict=True)
        ]
        print("  ".join(cells).rstrip())
