"""The structure tree: elements, what they hold on which page, and the parent tree back to them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from reportlab.pdfbase.pdfdoc import PDFObject, PDFObjectReference

from booklet.compose.items import Tag
from booklet.pdf.objects import Raw, string
from booklet.pdf.syntax import number


@dataclass(frozen=True, slots=True, order=True)
class Kid:
    """Marked content, or an annotation, at a place in the reading order."""

    order: tuple[int, ...]
    page: int
    mcid: int = -1
    annotation: int = -1
    """The object's number among the file's annotations."""


@dataclass(slots=True, eq=False)
class Element:
    """One structure element; `kids` of both kinds are sorted by reading order when it is written."""

    tag: Tag
    parent: Element | None
    reference: Any = None
    children: list[tuple[tuple[int, ...], Element]] = field(default_factory=list)
    kids: list[Kid] = field(default_factory=list)
    box: tuple[float, float, float, float] | None = None
    """The figure's box on its page, for the BBox attribute."""


class Structure:
    """All elements of a file by node, with references that can be written at once."""

    def __init__(self, document: Any, root: Tag) -> None:
        self.document = document
        self.elements: dict[int, Element] = {}
        self.order: list[Element] = []
        self.annotations: list[tuple[Any, Element, int]] = []
        self.pages: list[list[Element]] = []
        self.root = self._grow(root, None)

    def _grow(self, tag: Tag, parent: Element | None) -> Element:
        element = self.new(tag, parent)
        self.elements[tag.node] = element
        for place, kid in enumerate(tag.kids):
            # Kids of the tag tree are in reading order already; nodes hold either kids or content.
            element.children.append(((place,), self._grow(kid, element)))
        return element

    def new(self, tag: Tag, parent: Element | None) -> Element:
        """Make an element. Its object is written at the end of the file, its number is fixed now."""
        element = Element(tag, parent)
        element.reference = self.document.Reference(_Writer(self, element))
        self.order.append(element)
        return element

    def inline(self, parent: Element, tag: Tag, order: tuple[int, ...]) -> Element:
        """An element among the content of another: a link, a stretch in another language."""
        element = self.new(tag, parent)
        parent.children.append((order, element))
        return element

    def ref(self, element: Element) -> str:
        return bytes(element.reference.format(self.document)).decode("ascii")

    def page_ref(self, page: int) -> str:
        return bytes(PDFObjectReference(f"Page{page + 1}").format(self.document)).decode("ascii")

    def finish(self) -> None:
        """Hang the tree into the catalog. Call once all pages are drawn."""
        document = self.document
        nums = [
            f"{page} [{' '.join(self.ref(element) for element in owners)}]"
            for page, owners in enumerate(self.pages)
        ]
        first = len(self.pages)
        nums += [f"{first + i} {self.ref(owner)}" for i, (_, owner, _) in enumerate(self.annotations)]
        tree = document.Reference(Raw(f"<</Nums[{' '.join(nums)}]>>".encode("ascii")))
        parents = bytes(tree.format(document)).decode("ascii")
        following = first + len(self.annotations)
        root = Raw(
            f"<</Type/StructTreeRoot/K {self.ref(self.root)}/ParentTree {parents}"
            f"/ParentTreeNextKey {following}>>".encode("ascii")
        )
        document.Catalog.StructTreeRoot = root
        self.tree_root = bytes(document.Reference(root).format(document)).decode("ascii")

    def write(self, element: Element) -> bytes:
        """The element's dictionary."""
        tag = element.tag
        parent = self.ref(element.parent) if element.parent else self.tree_root
        entries = [f"/Type/StructElem/S/{tag.name}/P {parent}"]
        content: list[tuple[tuple[int, ...], str]] = [
            (order, self.ref(child)) for order, child in element.children
        ]
        pages = {kid.page for kid in element.kids}
        own = min(pages) if pages else None
        if own is not None:
            entries.append(f"/Pg {self.page_ref(own)}")
        for kid in element.kids:
            if kid.annotation >= 0:
                target = bytes(self.annotations[kid.annotation][0].format(self.document)).decode("ascii")
                content.append((kid.order, f"<</Type/OBJR/Obj {target}/Pg {self.page_ref(kid.page)}>>"))
            elif kid.page == own:
                content.append((kid.order, str(kid.mcid)))
            else:
                content.append((kid.order, f"<</Type/MCR/Pg {self.page_ref(kid.page)}/MCID {kid.mcid}>>"))
        content.sort(key=lambda pair: pair[0])
        entries.append(f"/K[{' '.join(text for _, text in content)}]")
        if tag.alt is not None:
            entries.append(f"/Alt {string(tag.alt, self.document)}")
        if tag.lang:
            entries.append(f"/Lang {string(tag.lang, self.document)}")
        if tag.title and tag.name.startswith("H"):
            entries.append(f"/T {string(tag.title, self.document)}")
        if attributes := _attributes(element):
            entries.append(f"/A {attributes}")
        return f"<<{''.join(entries)}>>".encode("latin-1")


def _attributes(element: Element) -> str:
    tag = element.tag
    if tag.scope:
        return f"<</O/Table/Scope/{tag.scope}>>"
    if tag.numbering:
        return f"<</O/List/ListNumbering/{tag.numbering}>>"
    if tag.bbox and element.box:
        box = " ".join(number(value) for value in element.box)
        return f"<</O/Layout/Placement/Block/BBox[{box}]>>"
    return ""


class _Writer(PDFObject):  # type: ignore[misc]  # ReportLab has no types
    """Formats an element when the file is written, once all page numbers are known."""

    __RefOnly__ = 1

    def __init__(self, structure: Structure, element: Element) -> None:
        self.structure = structure
        self.element = element

    def format(self, document: Any) -> bytes:
        return self.structure.write(self.element)
