"""The one way booklet says that something is wrong: where, what, and how to mend it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

Severity = Literal["error", "warning"]


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A spot in a file of the author's. Lines and columns count from 1; 0 means the whole file."""

    file: str
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        parts = [self.file]
        if self.line:
            parts.append(str(self.line))
            if self.column:
                parts.append(str(self.column))
        return ":".join(parts)


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to mend.

    `message` and `hint` are whole sentences. `excerpt` is the line of the file that the place
    points into, shown under the message. An "error" stops the build, a "warning" does not.
    """

    place: Place
    message: str
    hint: str = ""
    excerpt: str = ""
    severity: Severity = "error"


class ProblemsFound(Exception):
    """Raised by a stage once it has collected every problem it can find; never empty."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems: tuple[Problem, ...] = tuple(problems)
        super().__init__("; ".join(f"{p.place}: {p.message}" for p in self.problems))
