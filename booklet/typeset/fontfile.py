"""A font file as it is listed, not opened yet."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class FontFile:
    """One font file, as `fonts.json` lists it, or one weight of a variable font."""

    family: str
    path: Path
    weight: int
    italic: bool
    scripts: tuple[str, ...]
    """ISO 15924 codes."""
    variable: bool = False
    """Whether the weight is a place on the font's weight axis."""
