"""PDF objects that write themselves: ReportLab's own classes format every value in Python."""

from __future__ import annotations

import zlib
from collections.abc import Callable
from typing import Any

from reportlab.pdfbase.pdfdoc import PDFObject, PDFString


class Raw(PDFObject):  # type: ignore[misc]  # ReportLab has no types
    """An indirect object of ready bytes."""

    __RefOnly__ = 1

    def __init__(self, data: bytes) -> None:
        self.data = data

    def format(self, document: Any) -> bytes:
        return self.data


class Late(PDFObject):  # type: ignore[misc]  # ReportLab has no types
    """An indirect object whose bytes are made when the file is written, once all numbers are known."""

    __RefOnly__ = 1

    def __init__(self, make: Callable[[], bytes]) -> None:
        self.make = make

    def format(self, document: Any) -> bytes:
        return self.make()


def stream(data: bytes, entries: str = "", *, compress: bool = True) -> Raw:
    """A stream object; `entries` go into its dictionary."""
    packed = zlib.compress(data, 6) if compress else data
    filters = "/Filter/FlateDecode" if compress else ""
    head = f"<<{entries}{filters}/Length {len(packed)}>>\nstream\n".encode("ascii")
    return Raw(head + packed + b"\nendstream")


def string(text: str, document: Any) -> str:
    """A text string in PDF syntax."""
    return bytes(PDFString(text).format(document)).decode("latin-1")
