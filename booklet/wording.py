"""Builds the phrases in which problems are told."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

UNSEEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f"  # controls
    "\u2028\u2029"  # line and paragraph separators
    "\u202a-\u202e\u2066-\u2069"  # embeddings, overrides and isolates of direction
    "\ufdd0-\ufdef\ufeff\ufff9-\ufffb\ufffe\uffff"  # noncharacters, byte order mark, annotations
    "\ud800-\udfff\U000e0000-\U000e007f]"  # half characters, tags
)
"""Characters that nobody sees, and that could garble a message or a terminal."""

LONGEST = 60
"""Characters of an author's text that a message quotes at most."""


def visible(text: str) -> str:
    """`text` with each unseen character replaced by one that shows; the length stays the same."""
    return UNSEEN.sub("\ufffd", text)


def quoted(text: str) -> str:
    """`text` in straight double quotes, on one line, shortened if it is long."""
    line = visible(" ".join(text.split()))
    if len(line) > LONGEST:
        line = line[: LONGEST - 1].rstrip() + "…"
    return f'"{line}"'


def listed(words: Iterable[str], last: str = "or") -> str:
    """Words in quotes as a phrase: `"a", "b" or "c"`."""
    parts = [quoted(word) for word in words]
    if len(parts) < 2:
        return "".join(parts)
    return f"{', '.join(parts[:-1])} {last} {parts[-1]}"


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known word that `word` most likely stands for."""
    import difflib

    by_lower = {name.lower(): name for name in known}
    found = difflib.get_close_matches(word.lower()[:80], by_lower, 1, 0.6)
    return by_lower[found[0]] if found else None


def suggestion(word: str, known: Sequence[str], what: str = "") -> str:
    """A hint for an unknown `word`: the nearest known one, else all that `what` can be."""
    if near := nearest(word, known):
        return f"Did you mean {quoted(near)}?"
    if not known:
        return ""
    return f"{what or 'Known here'}: {listed(known, 'and')}."
