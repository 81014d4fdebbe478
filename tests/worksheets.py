"""Builds the tests' own worksheet, which has every kind of question, in three languages and two editions.

    python -m tests.worksheets FORM.pdf…

prints what a screen reader finds of each form's fields.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import pikepdf

from booklet import build, resolve
from booklet.impose.editions import Edition as Edition
from booklet.layout import load
from booklet.project import Project
from tests.pdfmodel import Element, ObjectKid, PdfFile

ROOT = Path(__file__).resolve().parent.parent
PROJECT = Project(ROOT / "tests" / "project", ROOT)
LANGS = ("en", "es", "ar")


@cache
def worksheet(lang: str, edition: Edition) -> bytes:
    """The PDF of "check". In Arabic its words are English, set from right to left: typing is what counts."""
    document = resolve.document(PROJECT, "check", lang if lang != "ar" else "en").document
    if lang == "ar":
        document = replace(document, lang="ar", direction="rtl")
    source = load.read(PROJECT, "worksheet")
    made = datetime(2026, 11, 22, tzinfo=UTC)
    return build._one(document, source, edition, "letter", made, {})[0]


# --- what a screen reader finds ------------------------------------------------------------------


def controls(file: PdfFile) -> Iterator[str]:
    """Each field in the order of the structure tree: page, role, name, value, and its name as data."""
    for element in file.elements:
        if element.tag == "Form":
            yield from _fields(file, element)


def _fields(file: PdfFile, element: Element) -> Iterator[str]:
    for kid in element.kids:
        if not isinstance(kid, ObjectKid):
            continue
        widget = kid.obj
        page = file.page_numbers[widget.P.objgen]
        role, state = _role(widget)
        yield f"{page} {role}: {_said(widget)} = {state} [{_name(widget)}]"


def _role(widget: pikepdf.Object) -> tuple[str, str]:
    flags = int(_inherited(widget, "/Ff") or 0)
    if _inherited(widget, "/FT") == "/Btn":
        role = "radio button" if flags & 1 << 15 else "check box"
        return role, "off" if widget.AS == "/Off" else f"on ({str(widget.AS)[1:]})"
    if _inherited(widget, "/FT") == "/Ch":
        entries = ", ".join(repr(str(entry)) for entry in widget.Opt)
        return f"menu of {entries}", repr(str(_inherited(widget, "/V") or ""))
    role = "text of several lines" if flags & 1 << 12 else "read-only text" if flags & 1 else "text"
    most = _inherited(widget, "/MaxLen")
    return f"{role}, up to {most}" if most else role, repr(str(_inherited(widget, "/V") or ""))


def _said(widget: pikepdf.Object) -> str:
    own = str(_inherited(widget, "/TU") or "")
    parent = widget.get("/Parent", pikepdf.Dictionary())
    return f"{parent.TU} | {own}" if "/TU" in widget and "/TU" in parent else own


def _name(node: pikepdf.Object) -> str:
    above = _name(node.Parent) if "/Parent" in node else ""
    return ".".join(filter(None, (above, str(node.get("/T", "")))))


def _inherited(node: pikepdf.Object, key: str) -> pikepdf.Object | int | None:
    if key in node:
        found: pikepdf.Object | int = node[key]
        return found
    return _inherited(node.Parent, key) if "/Parent" in node else None


if __name__ == "__main__":
    for argument in sys.argv[1:]:
        with PdfFile.open(Path(argument)) as form:
            print("\n".join(controls(form)))
