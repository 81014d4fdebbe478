"""How problems and results are shown on a terminal, and in a log."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from typing import TextIO

from booklet.problems import Problem

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
