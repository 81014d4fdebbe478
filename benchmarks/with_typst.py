"""Sets the pamphlet with Typst, as PDF/UA-1.

python -m benchmarks.with_typst FOLDER FILE.pdf
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path


def maker(folder: Path) -> Callable[[], bytes]:
    """A function from the data in `folder` to a PDF. The compiler is kept, and with it all its caches."""
    import typst

    fonts = typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[folder / "fonts"]
    )
    compiler = typst.Compiler(folder / "pamphlet.typ", root=folder, font_paths=fonts)

    def make() -> bytes:
        made = compiler.compile(format="pdf", pdf_standards=["ua-1"])
        assert isinstance(made, bytes)
        return made

    return make


if __name__ == "__main__":
    Path(sys.argv[2]).write_bytes(maker(Path(sys.argv[1]))())
