"""Writes the sheets of a plan with the pages of a foreign PDF on them, inside that PDF itself."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import BinaryIO

import pikepdf
from pikepdf import Array, Dictionary, Matrix, Name, Stream, String

from booklet import __version__
from booklet.foreign.annotations import Annotations, Beside, Link, Spot, moved_box, moved_quads
from booklet.foreign.leaf import Leaf, bounds, form
from booklet.foreign.source import Source, check_unpacked
from booklet.impose.editions import ground
from booklet.impose.marks import marks, registration
from booklet.impose.model import EPSILON, Box, Placement, Plan, Side
from booklet.pdf.printmarks import stroke, target
from booklet.pdf.syntax import DUPLEX, number
from booklet.problems import Place, Problem

KEPT = ("/Type", "/Pages", "/OCProperties", "/OutputIntents", "/Extensions", "/Version")
"""Of the catalog: what pages need to look as they did. Outlines, tags, forms, scripts and attachments go."""


@dataclass(slots=True)
class _Panel:
    """A page that is ready to be placed."""

    leaf: Leaf
    form: pikepdf.Object
    beside: Beside


def write(source: Source, plan: Plan, out: BinaryIO, *, rtl: bool) -> tuple[Problem, ...]:
    """Write the plan's sheets into `out`; what its maker should know. The source cannot be used after it.

    Pages become form XObjects, so what is packed in the source stays packed and is copied from file to file.
    The same source and plan give the same bytes. Raises ProblemsFound, or what pikepdf
    raises over damaged parts.
    """
    pdf = source.pdf
    pages = {page.obj.objgen: number for number, page in enumerate(pdf.pages)}
    annotations = Annotations(pdf, pages)
    panels = [
        _Panel(leaf, form(pdf, page, leaf), annotations.of(page.obj))
        for leaf, page in zip(source.leaves, pdf.pages, strict=True)
    ]
    _describe(pdf, source.title, plan, rtl)
    _Writer(pdf, panels, plan).all()
    pdf.save(
        out,
        deterministic_id=True,
        fix_metadata_version=False,
        stream_decode_level=pikepdf.StreamDecodeLevel.none,
        object_stream_mode=pikepdf.ObjectStreamMode.generate,
    )
    damaged = check_unpacked(pdf, source.name) or source.mended
    return tuple(_notes(source.name, [panel.beside for panel in panels], damaged))


def _describe(pdf: pikepdf.Pdf, title: str, plan: Plan, rtl: bool) -> None:
    """What the file says of itself: the title, and how to print it. Claims of the source, such as PDF/UA,
    would no longer hold."""
    for key in [key for key in pdf.Root.keys() if key not in KEPT]:  # noqa: SIM118  # values otherwise
        del pdf.Root[key]
    preferences = Dictionary(PrintScaling=Name("/None"), Duplex=Name(f"/{DUPLEX[plan.duplex]}"))
    if rtl:
        preferences.Direction = Name.R2L
    creator = f"booklet {__version__}"
    about = Dictionary(Creator=String(creator), Producer=String(f"pikepdf with {creator}"))
    if title:
        about.Title = String(title)
        preferences.DisplayDocTitle = True
    pdf.Root.ViewerPreferences = preferences
    for key in [key for key in pdf.trailer.keys() if key not in ("/Root", "/Size")]:  # noqa: SIM118
        del pdf.trailer[key]
    pdf.trailer.Info = pdf.make_indirect(about)


class _Writer:
    """Puts panels onto new pages, and these into the file in place of its own."""

    def __init__(self, pdf: pikepdf.Pdf, panels: list[_Panel], plan: Plan) -> None:
        self.pdf, self.panels, self.plan = pdf, panels, plan
        tree = pdf.make_indirect(Dictionary(Type=Name.Pages, Count=len(plan.sides)))
        self.tree = tree
        self.pages = [pdf.make_indirect(Dictionary(Type=Name.Page, Parent=tree)) for _ in plan.sides]
        self.first: dict[int, tuple[int, Placement]] = {}
        """For each panel the side on which it is met first, and its place there."""
        for at, side in enumerate(plan.sides):
            for place in side.placements:
                self.first.setdefault(place.panel, (at, place))

    def all(self) -> None:
        for side, page in zip(self.plan.sides, self.pages, strict=True):
            self.side(side, page)
        self.tree.Kids = Array(self.pages)
        self.pdf.Root.Pages = self.tree

    def side(self, side: Side, page: pikepdf.Object) -> None:
        page.MediaBox = Array([0, 0, round(side.width, 4), round(side.height, 4)])
        if side.trim:
            left, bottom, right, top = side.trim
            bleed = side.bleed
            page.TrimBox = _array(side.trim)
            page.BleedBox = _array((left - bleed, bottom - bleed, right + bleed, top + bleed))
        objects, links = Dictionary(), []
        parts: list[str] = []
        for place in side.placements:
            panel = self.panels[place.panel]
            matrix = panel.leaf.matrix(place)
            parts += self._placed(panel, place, side, matrix, objects)
            links += [self._link(link, matrix) for link in panel.beside.links]
        parts += _marks(side)
        page.Resources = Dictionary(XObject=objects)
        page.Contents = Stream(self.pdf, "\n".join(parts).encode("ascii"))
        if links := [link for link in links if link is not None]:
            page.Annots = Array(self.pdf.make_indirect(link) for link in links)

    def _placed(
        self, panel: _Panel, place: Placement, side: Side, matrix: Matrix, objects: pikepdf.Object
    ) -> Iterator[str]:
        """The operators of a page, and of what lies on it, in its place."""
        yield "q"
        area = ground(side, place)
        if _sticks_out(bounds(matrix, panel.leaf.visible), area):
            yield f"{_box(area)} re W n"
        yield f"{_operands(matrix)} cm"
        yield _do(objects, f"/P{place.panel + 1}", panel.form)
        if panel.beside.pictures:
            yield f"{_box(panel.leaf.visible)} re W n"
        for at, picture in enumerate(panel.beside.pictures, 1):
            name = f"/P{place.panel + 1}A{at}"
            yield f"q {_operands(picture.matrix)} cm {_do(objects, name, picture.form)} Q"
        yield "Q"

    def _link(self, link: Link, matrix: Matrix) -> pikepdf.Object | None:
        """A link in its new place, leading to the same page in its new place."""
        made = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=Array(moved_box(matrix, link.box)), F=4)
        for key, value in link.looks.items():
            made[key] = value
        if link.quads:
            made.QuadPoints = Array(moved_quads(matrix, link.quads))
        if link.says:
            made.Contents = String(link.says)
        if isinstance(link.target, str):
            made.A = Dictionary(S=Name.URI, URI=String(link.target))
            return made
        destination = self._destination(link.target)
        if destination is None:
            return None
        made.Dest = destination
        return made

    def _destination(self, spot: Spot) -> pikepdf.Object | None:
        if spot.page not in self.first:
            return None
        at, place = self.first[spot.page]
        leaf = self.panels[spot.page].leaf
        left, _, _, top = leaf.finished
        x, y = leaf.matrix(place).transform(
            (left if spot.x is None else spot.x, top if spot.y is None else spot.y)
        )
        return Array([self.pages[at], Name.XYZ, round(x, 3), round(y, 3), None])


def _marks(side: Side) -> Iterator[str]:
    """A print shop's marks; on an office sheet only where to cut: folds would be marked on the pages."""
    shown = side if side.trim else replace(side, folds=())
    yield from (stroke(mark, press=side.trim is not None) for mark in marks(shown))
    yield from (target(x, y) for x, y in registration(side))


def _sticks_out(box: Box, area: Box) -> bool:
    return (
        box[0] < area[0] - EPSILON
        or box[1] < area[1] - EPSILON
        or box[2] > area[2] + EPSILON
        or box[3] > area[3] + EPSILON
    )


def _do(objects: pikepdf.Object, name: str, form: pikepdf.Object) -> str:
    objects[name] = form
    return f"{name} Do"


def _operands(matrix: Matrix) -> str:
    """Six numbers, finer than `number` gives them: they are multiplied with whole pages."""
    return " ".join(f"{value:.7f}".rstrip("0").rstrip(".") for value in matrix.shorthand)


def _box(box: Box) -> str:
    left, bottom, right, top = box
    return " ".join(map(number, (left, bottom, right - left, top - bottom)))


def _array(box: Box) -> pikepdf.Object:
    return Array(round(edge, 4) for edge in box)


def _notes(name: str, found: Iterable[Beside], damaged: bool) -> Iterator[Problem]:
    """What is not on the sheets as it was in the file, a sentence each."""

    def note(message: str, hint: str) -> Problem:
        return Problem(Place(name), message, hint, severity="warning")

    found = list(found)
    if damaged:
        yield note(
            "The file is damaged. The sheets hold what could still be read.",
            "Compare them with what the screen shows.",
        )
    if sum(beside.fields for beside in found):
        yield note(
            "The form fields are printed as they look, and cannot be filled in on the sheets.",
            "Fill the form in first, or by hand.",
        )
    if unseen := sum(beside.unseen for beside in found):
        yield note(
            f"What is filled into {unseen} of the form fields has no picture in the file and is missing.",
            "Print the form into a PDF in the program that fills it, and impose that.",
        )
    if lost := sum(beside.lost for beside in found):
        yield note(
            f"{lost} of the notes or attachments on the pages cannot be printed and are left out.",
            "Look at them in the file itself.",
        )
