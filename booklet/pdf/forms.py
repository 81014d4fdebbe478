"""Form fields: widgets with appearances of their own, their names as a tree, the sum."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from booklet.compose.items import Field, FieldItem
from booklet.content.document import Document
from booklet.impose.model import Box, Placement, Turn
from booklet.pdf.entryfont import RESOURCE, entry_font
from booklet.pdf.objects import Late, Raw, stream, string
from booklet.pdf.structure import Element, Kid, Structure
from booklet.pdf.syntax import number
from booklet.pdf.type0 import embed
from booklet.typeset.scripts import default_script

MULTILINE, READ_ONLY, RADIO, COMBO = 1 << 12, 1 << 0, 1 << 15, 1 << 17
"""Field flags (ISO 32000-1, tables 221, 226, 228 and 230). A radio button may be taken back by a second
press: leaving a line blank is an answer too."""
INK = "0.114 0.169 0.184"
RULE = "0.725 0.78 0.784"


@dataclass(slots=True)
class _Name:
    """A node of the field tree: a part of a name between dots. Terminal nodes hold their own entries."""

    part: str
    entries: str = ""
    kids: dict[str, _Name] = field(default_factory=dict)
    widgets: list[Any] = field(default_factory=list)
    reference: Any = None
    parent: _Name | None = None


class Form:
    """The fields of one file. Its objects are numbered as they come and written at the end."""

    def __init__(self, document: Document, rl: Any, structure: Structure) -> None:
        self.document = document
        self.rl = rl
        self.structure = structure
        self.root = _Name("")
        self.totals: list[_Name] = []
        self._marks: dict[tuple[str, float, Turn], str] = {}

    def add(self, item: FieldItem, element: Element, page: int, box: Box, order: Any, turn: Turn = 0) -> Any:
        """A widget over `box` (in points from the page's lower left corner), tied to its Form element, and
        turned like its panel."""
        spec = item.field
        node = self._node(spec)
        index = len(self.structure.annotations)
        rect = " ".join(map(number, box))
        own = self._widget(item, turn)

        def make() -> bytes:
            parent = node if spec.kind == "radio" else node.parent
            entries = "" if spec.kind == "radio" else node.entries
            if parent is not None and parent is not self.root:
                entries += f"/Parent {self._ref(parent)}"
            place = f"/Rect[{rect}]/P {self.structure.page_ref(page)}"
            number_ = len(self.structure.pages) + index
            return (f"<</Type/Annot/Subtype/Widget/F 4{place}/StructParent {number_}{entries}{own}>>").encode(
                "latin-1"
            )

        reference = self.rl.Reference(Late(make))
        self.structure.annotations.append((reference, element, page))
        element.kids.append(Kid((*order, 1), page, annotation=index))
        node.widgets.append(reference)
        return reference

    def _node(self, spec: Field) -> _Name:
        """The field's place in the tree of names, made when its first widget comes."""
        node = self.root
        for part in spec.name.split("."):
            if part not in node.kids:
                node.kids[part] = _Name(part, parent=node)
            node = node.kids[part]
        if node.entries:
            return node
        tip = string(spec.question if spec.kind == "radio" else spec.tip, self.rl)
        node.entries = f"/T {string(node.part, self.rl)}/TU {tip}"
        match spec.kind:
            case "radio":
                node.entries += f"/FT/Btn/Ff {RADIO}/V/Off"
            case "check":
                node.entries += "/FT/Btn/V/Off"
            case "menu":
                # The first entry is empty: an answer can be taken back. Each is stored as it is shown.
                entries = "".join(string(option, self.rl) for option in ("", *spec.options))
                node.entries += f"/FT/Ch/Ff {COMBO}/Opt[{entries}]"
            case _:
                flags = MULTILINE if spec.kind == "multiline" else READ_ONLY if spec.kind == "total" else 0
                node.entries += f"/FT/Tx/Ff {flags}"
                node.entries += f"/MaxLen {spec.most}" if spec.most else ""
        if spec.kind == "total":
            self.totals.append(node)
            names = ", ".join(f'"{name}"' for name in spec.terms)
            script = string(f'AFSimple_Calculate("SUM", new Array({names}));', self.rl)
            node.entries += f"/Q 1/AA<</C<</S/JavaScript/JS {script}>>>>"
        return node

    def _widget(self, item: FieldItem, turn: Turn) -> str:
        """What belongs to the widget itself: its appearance, and the type that viewers draw in."""
        spec, width, height = item.field, item.width, item.height
        turned = f"/R {turn}" if turn else ""
        if spec.kind in ("radio", "check"):
            on = self._mark(spec.kind, width, turn)
            off = self._mark("off", width, turn)
            sign = "l" if spec.kind == "radio" else "4"
            tip = f"/TU {string(spec.tip, self.rl)}" if spec.kind == "radio" else ""
            return f"{tip}/AS/Off/MK<<{turned}/CA({sign})>>/AP<</N<</{spec.value} {on}/Off {off}>>>>"
        rules = "".join(
            f"2 {number(height - at)} m {number(width - 2)} {number(height - at)} l S " for at in item.rules
        )
        drawn = f"q {RULE} RG 0.6 w {rules}Q " if rules else ""
        appearance = self._appearance(f"{drawn}/Tx BMC EMC", width, height, turn)
        # In menus too few viewers heed it, and those that do would write over the arrow.
        rightward = self.document.direction == "rtl" and spec.kind not in ("total", "menu")
        quad = "/Q 2" if rightward else ""
        look = f"/MK<<{turned}>>" if turned else ""
        return f"{quad}{look}/DA(/{RESOURCE} {number(item.size)} Tf {INK} rg)/AP<</N {appearance}>>"

    def _mark(self, kind: str, side: float, turn: Turn) -> str:
        """The appearance of a button: a tick, a dot, or nothing."""
        if (kind, side, turn) not in self._marks:
            self._marks[kind, side, turn] = self._appearance(drawn_mark(kind, side), side, side, turn)
        return self._marks[kind, side, turn]

    def _appearance(self, operators: str, width: float, height: float, turn: Turn) -> str:
        box = f"/Type/XObject/Subtype/Form/BBox[0 0 {number(width)} {number(height)}]/Resources<<>>"
        if turn:
            # Viewers fit the turned box into the widget's rectangle (ISO 32000-1, 12.5.5).
            matrix = Placement(0, 0.0, 0.0, *_sides(width, height, turn), turn).matrix
            box += f"/Matrix[{' '.join(map(number, matrix))}]"
        return self._reference(stream(operators.encode("ascii"), box))

    def _reference(self, thing: Any) -> str:
        return bytes(self.rl.Reference(thing).format(self.rl)).decode("ascii")

    def _ref(self, node: _Name) -> str:
        assert node.reference is not None
        return bytes(node.reference.format(self.rl)).decode("ascii")

    def finish(self) -> None:
        """Hang the form into the catalog, if there are fields."""
        if not self.root.kids:
            return
        fields = " ".join(self._write(node) for node in self.root.kids.values())
        script = default_script(self.document.lang)
        font = bytes(embed(self.rl, entry_font(script)).format(self.rl)).decode("ascii")
        order = " ".join(self._ref(node) for node in self.totals)
        self.rl.Catalog.AcroForm = Raw(
            f"<</Fields[{fields}]/DR<</Font<</{RESOURCE} {font}>>>>/DA(/{RESOURCE} 12 Tf {INK} rg)"
            f"{f'/CO[{order}]' if order else ''}>>".encode("latin-1")
        )

    def _write(self, node: _Name) -> str:
        """Give a node its object: the widget itself for a single one, a parent of its kids else."""
        if node.widgets and "/FT/Btn/Ff" not in node.entries:
            node.reference = node.widgets[0]
            return self._ref(node)
        holder = Raw(b"")
        node.reference = self.rl.Reference(holder)
        if node.widgets:
            kids = [bytes(widget.format(self.rl)).decode("ascii") for widget in node.widgets]
            entries = node.entries
        else:
            kids = [self._write(kid) for kid in node.kids.values()]
            entries = f"/T {string(node.part, self.rl)}"
        if node.parent is not None and node.parent is not self.root:
            entries += f"/Parent {self._ref(node.parent)}"
        holder.data = f"<<{entries}/Kids[{' '.join(kids)}]>>".encode("latin-1")
        return self._ref(node)


def _sides(width: float, height: float, turn: Turn) -> tuple[float, float]:
    """Width and height of what stands upright after the turn."""
    return (height, width) if turn in (90, 270) else (width, height)


def drawn_mark(kind: str, side: float) -> str:
    """The operators of a button's appearance in a square of `side` points."""
    if kind == "check":
        points = ((0.3, 0.5), (0.45, 0.34), (0.72, 0.7))
        (x1, y1), (x2, y2), (x3, y3) = ((number(x * side), number(y * side)) for x, y in points)
        return f"q {INK} RG 2.2 w 1 J 1 j {x1} {y1} m {x2} {y2} l {x3} {y3} l S Q"
    if kind == "radio":
        middle = number(side / 2)
        # A line of no length with round caps is a disc.
        return f"q {INK} RG {number(0.4 * side)} w 1 J {middle} {middle} m {middle} {middle} l S Q"
    return "q Q"
