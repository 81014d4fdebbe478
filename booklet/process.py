"""What is set for a whole process: what only a program may decide, not a library."""

from __future__ import annotations

import gc


def collect_less() -> None:
    """Look for circles of objects less often. What is made is kept or small; at the usual rate the search
    takes a third of the time."""
    gc.set_threshold(50_000, 20, 100)
