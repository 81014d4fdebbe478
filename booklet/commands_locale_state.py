"""The commands that say how far a language is, and who has reviewed it: `booklet locale status`, `review`."""

from __future__ import annotations

import typer


def register(app: typer.Typer) -> None:
    """Add the commands to the program."""
