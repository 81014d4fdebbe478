"""Turns a filled form into plain pages: what its fields show becomes tagged content.

The Form elements stay where they are in the structure tree, as ISO 32000-1 (14.8.5.6, PrintField) provides
for forms that are no longer filled in: each says what kind of field it was, what it asked, and whether it
is ticked. Elements of fields that were left blank go.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Literal

import pikepdf
from pikepdf import Array, Dictionary, Name, NumberTree, Stream, String

from booklet.forms.widget import placement
from booklet.pdf.syntax import number

ROLES = {"text": Name.tv, "check": Name.cb, "radio": Name.rb}
MAY_BE_EMPTY = (Name.TD, Name.Document, Name.StructTreeRoot)
_RULES = re.compile(rb"q [\d. ]+ RG [\d.]+ w (?:[\d.]+ [\d.]+ m [\d.]+ [\d.]+ l S )*Q (?=/Tx BMC EMC)")
"""The lines to write on in an empty field of several lines."""


@dataclass(frozen=True, slots=True)
class Shown:
    """What one widget shows: `text` are operators in its own corner's coordinates, empty for nothing."""

    widget: pikepdf.Object
    kind: Literal["text", "check", "radio"]
    tip: str
    text: str
    on: bool = False


@dataclass(slots=True)
class _Page:
    """What is added to a page: `after` marked content with an MCID, or at the end."""

    page: pikepdf.Page
    after: dict[int, list[str]] = field(default_factory=dict)
    last: list[str] = field(default_factory=list)


def flatten(pdf: pikepdf.Pdf, shown: Iterable[Shown], fonts: dict[str, pikepdf.Object]) -> None:
    """Make page content of what the widgets of `pdf` show, and take the form away. `fonts` are those that
    the operators name."""
    by_widget = {one.widget.objgen: one for one in shown}
    root = pdf.Root.get("/StructTreeRoot")
    tree, order = None, {}
    if isinstance(root, Dictionary) and "/ParentTree" in root:
        tree, order = NumberTree(root.ParentTree), _reading_order(root)
    for page in pdf.pages:
        made = _Page(page)
        annotations = [one for one in page.obj.get("/Annots", []) if isinstance(one, Dictionary)]
        annotations = [one for one in annotations if isinstance(one, Dictionary)]
        widgets = [one for one in annotations if one.get("/Subtype") == Name.Widget]
        for widget in sorted(widgets, key=lambda one: order.get(one.objgen, _LAST)):
            if one := by_widget.get(widget.objgen):
                _place(made, one, tree, order.get(widget.objgen, _LAST)[1])
        if widgets:
            gone = {one.objgen for one in widgets}
            _finish(pdf, made, [one for one in annotations if one.objgen not in gone], fonts)
    del pdf.Root.AcroForm


_LAST = (1 << 30, -1)


def _reading_order(root: pikepdf.Object) -> dict[tuple[int, int], tuple[int, int]]:
    """For each widget its place in the tree, and the MCID of what is read before it on its page."""
    found: dict[tuple[int, int], tuple[int, int]] = {}
    latest: dict[tuple[int, int], int] = {}
    seen: set[tuple[int, int]] = set()
    waiting: list[tuple[object, pikepdf.Object]] = [(root, root)]
    while waiting:
        kid, holder = waiting.pop()
        if isinstance(kid, int):
            latest[_page_of(holder)] = kid
        elif not isinstance(kid, Dictionary):
            continue
        elif "/MCID" in kid:
            latest[_page_of(kid)] = int(kid.MCID)
        elif isinstance(target := kid.get("/Obj"), Dictionary):
            found[target.objgen] = (len(found), latest.get(_page_of(target), -1))
        elif kid.objgen not in seen:
            seen.add(kid.objgen)
            kids: object = kid.get("/K")
            listed = list(kids) if isinstance(kids, Array) else [kids]
            waiting += [(one, kid) for one in reversed(listed)]
    return found


def _page_of(thing: pikepdf.Object) -> tuple[int, int]:
    page = thing.get("/Pg", thing.get("/P"))
    return page.objgen if isinstance(page, Dictionary) else (0, 0)


def _place(made: _Page, shown: Shown, tree: NumberTree | None, before: int) -> None:
    """Put what a widget shows onto its page, and into the element that held the widget."""
    element = None
    if tree is not None and isinstance(key := shown.widget.get("/StructParent"), int) and key in tree:
        element = tree[key]
        del tree[key]
    start = f"q {' '.join(map(number, placement(shown.widget).matrix))} cm"
    if not shown.text:
        if rules := _rules(shown.widget):
            made.last.append(f"/Artifact <</Type/Layout>> BDC {start} {rules} Q EMC")
        if element is not None:
            _prune(element)
        return
    if tree is None or element is None:
        made.last.append(f"/Artifact BMC {start} {shown.text} Q EMC")
        return
    owners = tree[int(made.page.obj.StructParents)]
    mcid = len(owners)
    owners.append(element)
    element.Pg = made.page.obj
    element.K = Array([mcid])
    element.A = _role(shown)
    made.after.setdefault(before, []).append(f"/Form <</MCID {mcid}>> BDC {start} {shown.text} Q EMC")


def _role(shown: Shown) -> Dictionary:
    """The PrintField attributes (ISO 32000-1, table 348)."""
    role = Dictionary(O=Name.PrintField, Role=ROLES[shown.kind], Desc=String(shown.tip))
    if shown.kind != "text":
        role["/checked"] = Name.on if shown.on else Name.off
    return role


def _rules(widget: pikepdf.Object) -> str:
    """The operators of the writing lines in an empty field."""
    appearances = widget.get("/AP")
    normal = appearances.get("/N") if isinstance(appearances, Dictionary) else None
    found = _RULES.match(normal.read_bytes()) if isinstance(normal, Stream) else None
    return found[0].decode("ascii") if found else ""


def _prune(element: pikepdf.Object) -> None:
    """Take an element without content out of the tree, and what is empty without it."""
    while (parent := element.get("/P")) is not None:
        kids = parent.get("/K")
        rest = [kid for kid in kids if not _same(kid, element)] if isinstance(kids, Array) else []
        if rest or parent.get("/S") in MAY_BE_EMPTY or parent.get("/Type") in MAY_BE_EMPTY:
            parent.K = Array(rest)
            return
        element = parent


def _same(one: object, other: pikepdf.Object) -> bool:
    return isinstance(one, pikepdf.Object) and one.objgen == other.objgen


def _finish(
    pdf: pikepdf.Pdf, made: _Page, annotations: list[pikepdf.Object], fonts: dict[str, pikepdf.Object]
) -> None:
    """Write the page: its content with what is new, and the annotations that stay."""
    page = made.page
    if annotations:
        page.obj.Annots = Array(annotations)
    else:
        del page.obj["/Annots"]
    for name, font in fonts.items():
        page.add_resource(font, Name.Font, Name(name), replace_existing=True)
    page.obj.Contents = Stream(pdf, _woven(page, made))


def _woven(page: pikepdf.Page, made: _Page) -> bytes:
    """The page's content with each answer behind what is read before it, and behind the boxes drawn for it.

    Some viewers, and what is copied from them, go by the order of the content and not by the tags.
    """
    out: list[bytes] = [b"q"]
    part: list[pikepdf.ContentStreamInstruction | pikepdf.ContentStreamInlineImage] = []
    waiting: list[str] = []
    marks: list[int] = []
    depth = 0
    moved = False
    for instruction in pikepdf.parse_content_stream(page):
        operator = str(instruction.operator)
        if operator in ("BDC", "BMC"):
            mcid = _mcid(list(instruction.operands))
            if waiting and mcid >= 0 and not (marks or depth or moved):
                out += [pikepdf.unparse_content_stream(part), *map(str.encode, waiting)]
                part, waiting = [], []
            marks.append(mcid)
        elif operator in ("q", "Q"):
            depth += 1 if operator == "q" else -1
        elif operator == "cm" and not depth:
            moved = moved or [float(value) for value in instruction.operands] != [1, 0, 0, 1, 0, 0]
        elif operator == "EMC" and marks:
            waiting += made.after.pop(marks.pop(), [])
        part.append(instruction)
    rest = waiting + [text for texts in made.after.values() for text in texts] + made.last
    return b"\n".join([*out, pikepdf.unparse_content_stream(part), b"Q", *map(str.encode, rest)])


def _mcid(operands: Sequence[object]) -> int:
    properties = operands[1] if len(operands) == 2 else None
    return int(properties.MCID) if isinstance(properties, Dictionary) and "/MCID" in properties else -2
