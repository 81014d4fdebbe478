"""What lies on a foreign page beside its content: links, which go along, and what has a printed picture."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Matrix, Name, NameTree, Rectangle, Stream, String

from booklet.foreign.leaf import bounds, box_of
from booklet.impose.model import Box
from booklet.untrusted import BROKEN

HIDDEN, PRINTED = 1 << 1, 1 << 2
"""Flags of annotations (ISO 32000-1, table 165)."""
MOST = 5_000
"""Annotations of a page that are looked at; a page to read has a few dozen."""
BORDER = ("/Border", "/BS", "/C", "/H")
"""How a link shows that it is one."""


@dataclass(frozen=True, slots=True)
class Spot:
    """A place in the file: the number of a page from 0, and the point to show there, where one is named."""

    page: int
    x: float | None = None
    y: float | None = None


@dataclass(frozen=True, slots=True)
class Link:
    """A link: its box on its page, where it leads (a web address, or a spot), and how it looks."""

    box: Box
    target: str | Spot
    quads: tuple[float, ...] = ()
    says: str = ""
    looks: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Picture:
    """The printed picture of an annotation, and the matrix that puts it onto its page."""

    form: pikepdf.Object
    matrix: Matrix


@dataclass(slots=True)
class Beside:
    """All of a page's links and pictures, and how much there was that becomes no such thing."""

    links: list[Link] = field(default_factory=list)
    pictures: list[Picture] = field(default_factory=list)
    fields: int = 0
    """Form fields, printed as they look."""
    unseen: int = 0
    """Form fields that are filled in and have no picture of it."""
    lost: int = 0
    """Notes, attached files, films and the like, without a printed picture."""


class Annotations:
    """Reads the annotations of one file. `pages` gives the number of each page by its object."""

    def __init__(self, pdf: pikepdf.Pdf, pages: Mapping[tuple[int, int], int]) -> None:
        self.pages = pages
        self.old = pdf.Root.get("/Dests")
        names = pdf.Root.get("/Names")
        tree = names.get("/Dests") if isinstance(names, Dictionary) else None
        self.named = NameTree(tree) if isinstance(tree, Dictionary) else None
        form = pdf.Root.get("/AcroForm")
        self.resources = form.get("/DR") if isinstance(form, Dictionary) else None

    def of(self, page: pikepdf.Object) -> Beside:
        """What lies on a page; it is taken off the page."""
        found = Beside()
        annotations = page.get("/Annots")
        if not isinstance(annotations, Array):
            return found
        del page["/Annots"]
        for number, one in enumerate(annotations):
            if number == MOST:
                break
            if isinstance(one, Dictionary) and not _flags(one) & HIDDEN:
                self._sort(one, found)
        return found

    def _sort(self, one: pikepdf.Object, found: Beside) -> None:
        kind = one.get("/Subtype")
        box = box_of(one.get("/Rect"))
        if kind == Name.Popup or box is None:
            return
        found.fields += kind == Name.Widget
        if kind == Name.Link and (target := self._target(one)):
            found.links.append(_link(one, box, target))
        picture = self._picture(one, box)
        if picture and _flags(one) & PRINTED:
            found.pictures.append(picture)
        elif not picture and kind == Name.Widget:
            found.unseen += _holds_something(one)
        elif not picture and kind != Name.Link:
            found.lost += 1

    def _target(self, link: pikepdf.Object) -> str | Spot | None:
        """Where a link leads, if that is a web address or a page of this file."""
        action = link.get("/A")
        if not isinstance(action, Dictionary):
            return self._spot(link.get("/Dest"))
        if action.get("/S") == Name.GoTo:
            return self._spot(action.get("/D"))
        uri = action.get("/URI")
        if action.get("/S") != Name.URI or not isinstance(uri, String):
            return None
        address = str(uri)
        return None if address.strip().lower().startswith("javascript:") else address

    def _spot(self, destination: Any) -> Spot | None:
        """The page and the point of a destination (ISO 32000-1, 12.3.2)."""
        try:
            destination = self._by_name(destination)
            if isinstance(destination, Dictionary):
                destination = destination.get("/D")
            if not isinstance(destination, Array) or not len(destination):
                return None
            page = destination[0]
            number = self.pages.get(page.objgen) if isinstance(page, Dictionary) else None
            return None if number is None else Spot(number, *_point(list(destination)[1:]))
        except BROKEN:
            return None

    def _by_name(self, destination: Any) -> Any:
        if isinstance(destination, String) and self.named is not None:
            return self.named.get(str(destination))
        if isinstance(destination, Name) and isinstance(self.old, Dictionary):
            return self.old.get(str(destination))
        return destination

    def _picture(self, one: pikepdf.Object, box: Box) -> Picture | None:
        """The appearance, moved and scaled into the annotation's box (ISO 32000-1, algorithm 8.1)."""
        shown = _appearance(one)
        extent = box_of(shown.get("/BBox")) if shown is not None else None
        if shown is None or extent is None:
            return None
        if "/Resources" not in shown and isinstance(self.resources, Dictionary):
            shown.Resources = self.resources
        own = _matrix(shown.get("/Matrix"))
        left, bottom, right, top = bounds(own, extent)
        if right - left <= 0 or top - bottom <= 0:
            return None
        across, up = (box[2] - box[0]) / (right - left), (box[3] - box[1]) / (top - bottom)
        shown.Subtype = Name.Form
        return Picture(shown, Matrix(across, 0, 0, up, box[0] - left * across, box[1] - bottom * up))


def _appearance(one: pikepdf.Object) -> pikepdf.Object | None:
    """What an annotation looks like in the state that it is in."""
    appearances = one.get("/AP")
    normal = appearances.get("/N") if isinstance(appearances, Dictionary) else None
    if isinstance(normal, Stream):
        return normal
    state = one.get("/AS")
    if isinstance(normal, Dictionary) and isinstance(state, Name):
        shown = normal.get(str(state))
        return shown if isinstance(shown, Stream) else None
    return None


def _link(one: pikepdf.Object, box: Box, target: str | Spot) -> Link:
    quads = one.get("/QuadPoints")
    numbers: tuple[float, ...] = ()
    if isinstance(quads, Array) and 8 <= len(quads) <= 800 and len(quads) % 8 == 0:
        numbers = tuple(_float(value) for value in quads)
    says = one.get("/Contents")
    looks = {key: one[key] for key in BORDER if key in one}
    return Link(box, target, numbers, str(says) if isinstance(says, String) else "", looks)


def _holds_something(widget: pikepdf.Object) -> bool:
    value = widget.get("/V", widget["/Parent"].get("/V") if "/Parent" in widget else None)
    return isinstance(value, String) and bool(str(value).strip())


def _flags(one: pikepdf.Object) -> int:
    flags = one.get("/F", 0)
    return flags if isinstance(flags, int) else 0


def _point(rest: list[Any]) -> tuple[float | None, float | None]:
    """The left and upper edge that a destination wants to show."""
    numbers = [_float(each) if each is not None else None for each in rest[1:]]
    match rest[:1], numbers:
        case [Name.XYZ], [x, y, *_]:
            return x, y
        case [Name.FitR], [x, _, _, y]:
            return x, y
        case [Name.FitH | Name.FitBH], [y, *_]:
            return None, y
        case [Name.FitV | Name.FitBV], [x, *_]:
            return x, None
    return None, None


def _float(value: Any) -> float:
    try:
        return float(value)
    except (TypeError, ValueError):
        return 0.0


def _matrix(value: Any) -> Matrix:
    if isinstance(value, Array) and len(value) == 6:
        return Matrix(*(_float(each) for each in value))
    return Matrix()


def moved_quads(matrix: Matrix, quads: tuple[float, ...]) -> list[float]:
    """The corners of a link's parts after `matrix`."""
    points = zip(quads[::2], quads[1::2], strict=True)
    return [round(value, 3) for point in points for value in matrix.transform(point)]


def moved_box(matrix: Matrix, box: Box) -> list[float]:
    """The box around a box after `matrix`."""
    moved = matrix.transform(Rectangle(*box))
    return [round(value, 3) for value in (moved.llx, moved.lly, moved.urx, moved.ury)]
