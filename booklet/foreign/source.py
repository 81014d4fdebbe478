"""Opens a foreign PDF to be imposed, measures its pages, and says in one sentence why it cannot be."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pikepdf
from pikepdf import Dictionary, String

from booklet.foreign.leaf import Leaf, measured
from booklet.untrusted import BROKEN, DAMAGED, Wanted, complaint, parse, reading

PDF = Wanted(
    1_000_000_000,
    "Name a PDF. Other files become one where they are opened: print them into a PDF.",
    "Cut it into parts, or save it with smaller pictures.",
)
MOST_PAGES = 5_000
"""A thick book has a thousand."""
_PACKED = (
    "A part of the file would unpack to more than any page holds.",
    "Such files are made to do harm. Print it into a new PDF if you trust who sent it.",
)


@dataclass(slots=True)
class Source:
    """A foreign PDF that is open, and its pages."""

    name: str
    pdf: pikepdf.Pdf
    leaves: tuple[Leaf, ...]
    title: str
    mended: bool
    """Whether parts of the file had to be pieced together."""


@contextmanager
def opened(path: Path, *, trimmed: bool = False) -> Iterator[Source]:
    """Open the PDF at `path`. With `trimmed` a page ends at its trim box, not at its crop box.

    What goes wrong with the file while it is open is told as damage. Raises ProblemsFound.
    """
    name = str(path)
    with reading(path, name, PDF) as file:
        pdf, mended = parse(file, name)
        with pdf:
            try:
                _check(pdf, name)
                yield Source(name, pdf, _leaves(pdf, name, trimmed), _title(pdf), mended)
            except BROKEN:
                check_unpacked(pdf, name)
                raise complaint(name, *DAMAGED) from None


def check_unpacked(pdf: pikepdf.Pdf, name: str) -> bool:
    """Whether reading has met with damage so far. Parts that cannot be unpacked read as if they were not
    there, and only the warnings tell: then it raises ProblemsFound."""
    warnings = pdf.get_warnings()
    if any("memory limit" in warning for warning in warnings):
        raise complaint(name, *_PACKED)
    return bool(warnings)


def _check(pdf: pikepdf.Pdf, name: str) -> None:
    allowed = pdf.allow
    if pdf.is_encrypted and not (allowed.print_highres and allowed.modify_assembly and allowed.extract):
        raise complaint(
            name,
            "Whoever made the file does not allow it to be put together anew, and booklet keeps to that.",
            "Ask them for a copy without protection, or print it with the booklet setting of your printer.",
        )
    if bool(pdf.Root.get("/NeedsRendering", False)):
        raise complaint(
            name,
            "This is an XFA form, which makes its pages only while a few programs show it.",
            "Open it in a program that can, such as Adobe Reader, and print it into a PDF.",
        )
    if not len(pdf.pages):
        raise complaint(name, "The file has no pages.", DAMAGED[1])
    if len(pdf.pages) > MOST_PAGES:
        raise complaint(
            name,
            f"The file has {len(pdf.pages):,} pages, more than the {MOST_PAGES:,} that booklet imposes.",
            "Cut it into parts.",
        )


def _leaves(pdf: pikepdf.Pdf, name: str, trimmed: bool) -> tuple[Leaf, ...]:
    leaves = []
    for number, page in enumerate(pdf.pages, 1):
        leaf = measured(page.obj, trimmed=trimmed)
        if leaf is None:
            raise complaint(
                name,
                f"Page {number} has no size, or one that no paper has.",
                "The file is damaged. Print it into a new PDF.",
            )
        leaves.append(leaf)
    return tuple(leaves)


def _title(pdf: pikepdf.Pdf) -> str:
    """The title in the metadata; empty if there is none."""
    about = pdf.trailer.get("/Info")
    title = about.get("/Title") if isinstance(about, Dictionary) else None
    if isinstance(title, String) and str(title).strip():
        return str(title)
    try:
        found = pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False).get("dc:title")
    except (*BROKEN, SyntaxError):  # what XML parsers raise is a SyntaxError
        return ""
    return found if isinstance(found, str) else ""
