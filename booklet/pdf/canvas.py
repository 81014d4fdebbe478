"""ReportLab's canvas without what it does unasked: no stock fonts, no clock, no anonymous author."""

from __future__ import annotations

import io
from typing import Any

from reportlab import rl_config
from reportlab.pdfbase import pdfdoc
from reportlab.pdfgen.canvas import Canvas

PDF_VERSION = (1, 7)
"""ISO 14289-1 builds on PDF 1.7; a header of 2.0 would break conformance."""


class TaggedCanvas(Canvas):  # type: ignore[misc]  # ReportLab has no types
    """A canvas for tagged pages. `annotations` are references for the page being drawn."""

    def __init__(self, *, lang: str) -> None:
        self.annotations: list[Any] = []
        super().__init__(
            io.BytesIO(),
            pagesize=(612, 792),
            pageCompression=1,
            invariant=1,
            pdfVersion=PDF_VERSION,
            lang=lang,
        )

    def _make_preamble(self) -> None:
        # The stock preamble sets Helvetica on every page, which would then be in the file unembedded.
        self._preamble = "1 0 0 1 0 0 cm"

    def setFont(self, psfontname: str, size: float, leading: float | None = None) -> None:
        """Do nothing: SVG pictures hold no text, yet their renderer sets a stock font that would stay
        in the file unembedded."""

    def _setAnnotations(self, page: Any) -> None:
        if not isinstance(page, pdfdoc.PDFPage):
            return  # a form XObject has none
        page.Annots = self.annotations
        # PDFPage writes only the keys that it knows. The list is the page's own, not the class's.
        page.__NoDefault__ = [*page.__NoDefault__, "StructParents", "Tabs"]
        page.StructParents = self.getPageNumber() - 1
        page.Tabs = pdfdoc.PDFName("S")
        self.annotations = []

    def data(self) -> bytes:
        """The file's bytes."""
        # ASCII85 is ReportLab's default for images and would add a quarter to their size.
        rl_config.useA85 = 0
        return bytes(self.getpdfdata())
