"""What several commands let one choose from."""

from __future__ import annotations

from enum import StrEnum


class EditionName(StrEnum):
    screen = "screen"
    print = "print"
    press = "press"


class PaperName(StrEnum):
    letter = "letter"
    legal = "legal"
    tabloid = "tabloid"
    a3 = "a3"
    a4 = "a4"
    a5 = "a5"
