"""Sets the pamphlet with WeasyPrint: Jinja2 makes HTML, which becomes PDF/UA-1.

python -m benchmarks.with_weasyprint FOLDER FILE.pdf
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any


def maker(folder: Path) -> Callable[[], bytes]:
    """A function from the data in `folder` to a PDF. Template, style sheet, fonts and images are kept."""
    from jinja2 import Environment, FileSystemLoader
    from weasyprint import CSS, HTML
    from weasyprint.text.fonts import FontConfiguration

    template = Environment(loader=FileSystemLoader(folder), autoescape=True).get_template("pamphlet.html")
    fonts = FontConfiguration()
    style = CSS(folder / "pamphlet.css", font_config=fonts)
    images: dict[str, Any] = {}

    def make() -> bytes:
        data = json.loads((folder / "pamphlet.json").read_bytes())
        page = HTML(string=template.render(data), base_url=f"{folder}/")
        made = page.write_pdf(stylesheets=[style], font_config=fonts, cache=images, pdf_variant="pdf/ua-1")
        return bytes(made)

    return make


if __name__ == "__main__":
    Path(sys.argv[2]).write_bytes(maker(Path(sys.argv[1]))())
