"""Reads a finished PDF as a strict viewer would, for the checks that no validator makes.

    with PdfFile.open(path) as file:
        assert problems(file) == []
        assert [block.text for block in blocks(file)] == [...]

Functions named `…_problems` return sentences, none when all is well; the others return facts.
"ISO" is ISO 32000-1:2008 (PDF 1.7). Lengths are points in the page's own space.

It is made for the PDFs that booklet writes: it knows no encryption, and reports marked content
inside a form XObject as a problem instead of following it.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from itertools import groupby
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pikepdf
from bidi import get_display

from tests.contentstream import Marked, PageContent, read_page

Rect = tuple[float, float, float, float]
"""Left, bottom, right, top."""
ObjectId = tuple[int, int]

INLINE = frozenset({"Annot", "BibEntry", "Code", "Form", "Link", "Quote", "Reference", "Span"})
"""The inline-level structure types (ISO 14.8.4.4); `blocks` folds their text into the block around."""
MAY_BE_EMPTY = frozenset({"TD"})
RIGHT_TO_LEFT = frozenset({"ar", "ckb", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi"})
INFO_KEYS = frozenset(
    {"/Title", "/Subject", "/Keywords", "/Creator", "/Producer", "/CreationDate", "/ModDate"}
)
LEFT_OVER = frozenset({"anonymous", "unspecified", "untitled"})
"""What ReportLab writes where nobody said anything."""


# --- the file, read once -------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ContentKid:
    """A kid of an element that is marked content of a page; pages count from 1."""

    page: int
    mcid: int


@dataclass(frozen=True, slots=True)
class ObjectKid:
    """A kid of an element that is a whole object, an annotation for us (OBJR, ISO 14.7.4.3)."""

    obj: pikepdf.Object


@dataclass(slots=True, eq=False)
class Element:
    """A structure element, with its type traced through the RoleMap and the language it inherits."""

    obj: pikepdf.Object
    tag: str
    path: str
    """The types from the root down: "Document/Sect/P"."""
    lang: str
    kids: list[Element | ContentKid | ObjectKid] = field(default_factory=list)

    def descendants(self) -> Iterator[Element]:
        """The element and all elements under it, in K order."""
        yield self
        for kid in self.kids:
            if isinstance(kid, Element):
                yield from kid.descendants()

    def content(self) -> list[ContentKid]:
        """The marked content of the element and of those under it, element by element."""
        return [kid for one in self.descendants() for kid in one.kids if isinstance(kid, ContentKid)]


class PdfFile:
    """An open PDF and what several checks need of it, each read once."""

    def __init__(self, pdf: pikepdf.Pdf) -> None:
        self.pdf = pdf

    @classmethod
    @contextmanager
    def open(cls, path: Path) -> Iterator[PdfFile]:
        with pikepdf.open(path) as pdf:
            yield cls(pdf)

    @cached_property
    def pages(self) -> dict[int, PageContent]:
        """The marked content of each page, pages counting from 1."""
        return {number: read_page(page) for number, page in enumerate(self.pdf.pages, 1)}

    @cached_property
    def root(self) -> Element | None:
        """The top of the structure tree: an element for the StructTreeRoot itself, its path empty."""
        tree = self.pdf.Root.get("/StructTreeRoot")
        return None if tree is None else _TreeWalk(self, tree).root

    @cached_property
    def elements(self) -> list[Element]:
        """All structure elements in K order."""
        return [] if self.root is None else list(self.root.descendants())[1:]

    @cached_property
    def parent_tree(self) -> dict[int, pikepdf.Object]:
        tree = self.pdf.Root.get("/StructTreeRoot", pikepdf.Dictionary()).get("/ParentTree")
        return {} if tree is None else dict(_number_tree(tree))

    @cached_property
    def page_numbers(self) -> dict[ObjectId, int]:
        return {page.obj.objgen: number for number, page in enumerate(self.pdf.pages, 1)}

    def annotations(self) -> Iterator[tuple[int, pikepdf.Object]]:
        """Each annotation with the number of its page."""
        for number, page in enumerate(self.pdf.pages, 1):
            for annotation in page.obj.get("/Annots", []):
                yield number, annotation

    def visible_box(self, page: int) -> Rect:
        """What a viewer shows of the page."""
        return _rect(self.pdf.pages[page - 1].cropbox)


class _TreeWalk:
    """Follows /K from the StructTreeRoot down. An element met again is not followed again."""

    def __init__(self, file: PdfFile, tree: pikepdf.Object) -> None:
        self._file = file
        self._roles = tree.get("/RoleMap", pikepdf.Dictionary())
        self._seen: set[ObjectId] = set()
        self.root = Element(tree, "", "", str(file.pdf.Root.get("/Lang", "")))
        self._add_kids(self.root)

    def _add_kids(self, parent: Element) -> None:
        parent.kids.extend(self._kid(parent, kid) for kid in _listed(parent.obj.get("/K")))

    def _kid(self, parent: Element, kid: Any) -> Element | ContentKid | ObjectKid:
        own_page = parent.obj.get("/Pg")
        if not isinstance(kid, pikepdf.Object):
            return ContentKid(self._number(own_page), int(kid))
        if kid.get("/Type") == "/MCR":
            return ContentKid(self._number(kid.get("/Pg", own_page)), int(kid.MCID))
        if kid.get("/Type") == "/OBJR":
            return ObjectKid(kid.Obj)
        return self._element(parent, kid)

    def _element(self, parent: Element, obj: pikepdf.Object) -> Element:
        tag = self._standard(str(obj.S))
        lang = str(obj.get("/Lang", parent.lang))
        element = Element(obj, tag, f"{parent.path}/{tag}".lstrip("/"), lang)
        if not obj.is_indirect or obj.objgen not in self._seen:
            self._seen.add(obj.objgen)
            self._add_kids(element)
        return element

    def _standard(self, name: str) -> str:
        for _ in range(len(self._roles) + 1):
            if name not in self._roles:
                break
            name = str(self._roles[name])
        return name[1:]

    def _number(self, page: pikepdf.Object | None) -> int:
        return 0 if page is None else self._file.page_numbers.get(page.objgen, 0)


def _number_tree(node: pikepdf.Object) -> Iterator[tuple[int, pikepdf.Object]]:
    """The pairs of a number tree (ISO 7.9.7)."""
    numbers = list(node.get("/Nums", []))
    for key, value in zip(numbers[::2], numbers[1::2], strict=False):
        yield int(key), value
    for kid in node.get("/Kids", []):
        yield from _number_tree(kid)


def _listed(value: Any) -> list[Any]:
    """The items of a value that is an array, or one item, or not there at all."""
    return [] if value is None else list(value) if isinstance(value, pikepdf.Array) else [value]


def _rect(numbers: Any) -> Rect:
    """A rectangle with its corners put in order (ISO 7.9.5)."""
    a, b, c, d = (float(number) for number in numbers)
    return min(a, c), min(b, d), max(a, c), max(b, d)


def _said(obj: pikepdf.Object, key: str) -> str:
    """The text under `key`, without white space around it; empty if there is none."""
    return str(obj.get(key, "")).strip()


# --- (a) MCID, ParentTree and K agree ------------------------------------------------------------


def mcid_problems(file: PdfFile) -> list[str]:
    """Does every tag know its content, every content its tag, and every element its parent?

    No validator looks at this from both sides (ISO 14.7.4 and 14.7.2).
    """
    if file.root is None:
        return ["The file has no structure tree."]
    return [
        *_claim_problems(file),
        *_page_entry_problems(file),
        *_object_entry_problems(file),
        *_element_problems(file, file.root),
    ]


def _claims(file: PdfFile) -> dict[ContentKid, list[Element]]:
    claims: dict[ContentKid, list[Element]] = defaultdict(list)
    for element in file.elements:
        for kid in element.kids:
            if isinstance(kid, ContentKid):
                claims[kid].append(element)
    return claims


def _claim_problems(file: PdfFile) -> Iterator[str]:
    """K against the pages' content."""
    claims = _claims(file)
    shown = Counter(
        ContentKid(page, mcid) for page, content in file.pages.items() for mcid in content.mcids()
    )
    for kid, times in shown.items():
        if times > 1:
            yield f"Page {kid.page} uses MCID {kid.mcid} {times} times."
        if kid not in claims:
            yield f"No element claims MCID {kid.mcid} of page {kid.page}."
    for kid, elements in claims.items():
        paths = " and ".join(element.path for element in elements)
        if len(elements) > 1:
            yield f"MCID {kid.mcid} of page {kid.page} is claimed by {paths}."
        if kid not in shown:
            yield f"{paths} claims MCID {kid.mcid} of page {kid.page}, which that page does not show."


def _page_entry_problems(file: PdfFile) -> Iterator[str]:
    """ParentTree against K, for the content of pages."""
    claims = _claims(file)
    users: dict[int, int] = {}
    for number, page in enumerate(file.pdf.pages, 1):
        mcids = set(file.pages[number].mcids())
        if "/StructParents" not in page.obj:
            if mcids:
                yield f"Page {number} has tagged content and no StructParents."
            continue
        key = int(page.obj.StructParents)
        if key in users:
            yield f"Pages {users[key]} and {number} share StructParents {key}."
        users[key] = number
        entry = file.parent_tree.get(key)
        if not isinstance(entry, pikepdf.Array):
            yield f"The ParentTree has no array for page {number}, under {key}."
            continue
        named = {mcid: element for mcid, element in enumerate(entry) if element is not None}
        for mcid in sorted(mcids - named.keys()):
            yield f"The ParentTree names no element for MCID {mcid} of page {number}."
        for mcid, element in named.items():
            owners = [owner.obj.objgen for owner in claims.get(ContentKid(number, mcid), [])]
            if element.objgen not in owners:
                yield (
                    f"The ParentTree gives MCID {mcid} of page {number} to a {element.get('/S')} element "
                    f"(object {element.objgen[0]}) whose K does not claim it."
                )


def _object_entry_problems(file: PdfFile) -> Iterator[str]:
    """ParentTree against OBJR, for annotations; and entries that nothing leads to."""
    keys = {int(page.obj.StructParents) for page in file.pdf.pages if "/StructParents" in page.obj}
    for element in file.elements:
        for kid in element.kids:
            if not isinstance(kid, ObjectKid):
                continue
            if "/StructParent" not in kid.obj:
                yield f"{element.path} refers to an object without StructParent."
                continue
            key = int(kid.obj.StructParent)
            if key in keys:
                yield f"StructParent {key} of an object of {element.path} is used twice."
            keys.add(key)
            entry = file.parent_tree.get(key)
            if not isinstance(entry, pikepdf.Dictionary) or entry.objgen != element.obj.objgen:
                yield f"The ParentTree does not lead from StructParent {key} to its element {element.path}."
    for unused in sorted(file.parent_tree.keys() - keys):
        yield f"The ParentTree has an entry {unused} that no page and no object uses."
    following = file.pdf.Root.StructTreeRoot.get("/ParentTreeNextKey")
    if following is not None and file.parent_tree and int(following) <= max(file.parent_tree):
        yield f"ParentTreeNextKey is {following} and that key is already used."


def _element_problems(file: PdfFile, root: Element) -> Iterator[str]:
    """Each element once, with its real parent in /P, and with something in it."""
    times = Counter(element.obj.objgen for element in file.elements)
    for parent in root.descendants():
        for kid in parent.kids:
            if not isinstance(kid, Element):
                continue
            if not kid.obj.is_indirect:
                yield f"{kid.path} is a direct object, so that no kid of its can name it."
            elif times[kid.obj.objgen] > 1:
                yield f"{kid.path} stands in the tree {times[kid.obj.objgen]} times."
            up = kid.obj.get("/P")
            if up is None or up.objgen != parent.obj.objgen:
                yield f"{kid.path} names another parent than the one that holds it."
            if not kid.kids and kid.tag not in MAY_BE_EMPTY:
                yield f"{kid.path} has neither content nor children."


# --- (b) text in the order of the tree -----------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Tagged:
    """Text as a screen reader meets it: the types down to it, the words, their language."""

    path: str
    text: str
    """In reading order; see `logical` for what that can mean in right-to-left text."""
    lang: str
    painted: tuple[str, ...]
    """In the order of the content stream, a string for each stretch placed anew. A stretch stands there
    from left to right."""


def runs(file: PdfFile) -> list[Tagged]:
    """The text of every piece of marked content, in K order; inline elements are runs of their own."""
    return [run for _, run in _runs(file)]


def blocks(file: PdfFile) -> list[Tagged]:
    """Like `runs`, with inline elements folded into the block around them.

    A block with another block in its middle (an LBody with an L) is told in two parts.
    """
    joined = []
    for _, group in groupby(_runs(file), key=lambda pair: pair[0]):
        parts = [run for _, run in group]
        path = _block_path(parts[0].path)
        lang = next((part.lang for part in parts if part.path == path), parts[0].lang)
        text = "".join(part.text for part in parts)
        joined.append(Tagged(path, text, lang, tuple(line for part in parts for line in part.painted)))
    return joined


def _block_path(path: str) -> str:
    tags = path.split("/")
    while len(tags) > 1 and tags[-1] in INLINE:
        tags.pop()
    return "/".join(tags)


def _runs(file: PdfFile) -> Iterator[tuple[ObjectId, Tagged]]:
    """Each run with the identity of its block."""
    shown = {
        ContentKid(page, marked.mcid): marked
        for page, content in file.pages.items()
        for marked in content.marked
        if marked.mcid is not None
    }
    if file.root is not None:
        yield from _element_runs(file.root, shown, file.root.obj.objgen)


def _element_runs(
    element: Element, shown: dict[ContentKid, Marked], block: ObjectId
) -> Iterator[tuple[ObjectId, Tagged]]:
    if element.tag not in INLINE:
        block = element.obj.objgen
    if "/ActualText" in element.obj:  # stands for the element and all under it (ISO 14.9.4)
        text = str(element.obj.ActualText)
        yield block, Tagged(element.path, text, element.lang, (text,))
        return
    for kid in element.kids:
        if isinstance(kid, Element):
            yield from _element_runs(kid, shown, block)
        elif isinstance(kid, ContentKid) and (marked := shown.get(kid)):
            lang = marked.lang or element.lang
            text = "".join(logical(stretch, lang) for stretch in marked.lines)
            if text:
                yield block, Tagged(element.path, text, lang, tuple(marked.lines))


def logical(stretch: str, lang: str) -> str:
    """A stretch of a content stream, which stands in visual order, put into reading order.

    Reordering a second time by the Unicode bidirectional algorithm undoes the first time where text of
    one direction holds plain numbers or single words of the other one. It does not for every mixture
    (signs beside numbers, isolates): compare `Tagged.painted` there.
    """
    leftward = any(unicodedata.bidirectional(char) in ("R", "AL") for char in stretch)
    base = "R" if leftward and lang.split("-")[0].lower() in RIGHT_TO_LEFT else "L"
    return str(get_display(stretch, base_dir=base))


# --- (c) everything is marked, nothing is nested -------------------------------------------------


def content_problems(file: PdfFile) -> list[str]:
    """Is all that is painted either tagged or an artifact, and neither inside the other (ISO 14.6)?"""
    return [f"Page {number}: {text}." for number, page in file.pages.items() for text in page.problems]


# --- (d) annotations -----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Link:
    """A place to click, with where it leads and what a screen reader says of it."""

    page: int
    rect: Rect
    uri: str
    """Empty for a link inside the file."""
    contents: str


def links(file: PdfFile) -> list[Link]:
    """All link annotations in the order of the pages."""
    return [
        Link(
            page, _rect(one.Rect), _said(one.get("/A", pikepdf.Dictionary()), "/URI"), _said(one, "/Contents")
        )
        for page, one in file.annotations()
        if one.Subtype == "/Link"
    ]


def annotation_problems(file: PdfFile) -> list[str]:
    """Has every annotation its tag, its words and a sound place; and every field its appearance?"""
    holders: dict[ObjectId, list[Element]] = defaultdict(list)
    for element in file.elements:
        for kid in element.kids:
            if isinstance(kid, ObjectKid):
                holders[kid.obj.objgen].append(element)
    found = []
    for page, annotation in file.annotations():
        kind = str(annotation.Subtype)[1:]
        name = f"The {kind} annotation (object {annotation.objgen[0]}) on page {page}"
        found += [
            f"{name} {text}."
            for text in (
                *_holder_problems(kind, holders.pop(annotation.objgen, [])),
                *_place_problems(file, page, annotation),
                *_word_problems(kind, annotation),
            )
        ]
    for elements in holders.values():
        found.append(f"{elements[0].path} refers to an annotation that no page shows.")
    for number, leaf in enumerate(file.pdf.pages, 1):
        if leaf.obj.get("/Annots") and leaf.obj.get("/Tabs") != "/S":
            found.append(f"Page {number} does not let the tab key follow the structure.")
    return found


def _holder_problems(kind: str, elements: list[Element]) -> Iterator[str]:
    expected = {"Link": "Link", "Widget": "Form"}.get(kind, "Annot")
    if len(elements) != 1:
        yield f"is referred to by {len(elements)} elements instead of one"
    for element in elements:
        if element.tag != expected:
            yield f"is tagged {element.tag} instead of {expected}"
        if kind == "Link" and not element.content():
            yield "belongs to a Link element without visible content"


def _place_problems(file: PdfFile, page: int, annotation: pikepdf.Object) -> Iterator[str]:
    left, bottom, right, top = _rect(annotation.Rect)
    if right - left <= 0 or top - bottom <= 0:
        yield "has a rectangle without area"
    box = file.visible_box(page)
    if left < box[0] or bottom < box[1] or right > box[2] or top > box[3]:
        yield "reaches out of the page"
    flags = int(annotation.get("/F", 0))
    if not flags & 4 or flags & (1 | 2 | 32):  # Print; Invisible, Hidden, NoView (ISO 12.5.3)
        yield f"is not both seen and printed (its flags are {flags})"
    if "/StructParent" not in annotation:
        yield "has no StructParent"


def _word_problems(kind: str, annotation: pikepdf.Object) -> Iterator[str]:
    if kind == "Widget":
        field_ = annotation.get("/Parent", annotation)
        if not (_said(annotation, "/TU") or _said(field_, "/TU")):
            yield "has no TU to tell its name"
        if "/N" not in annotation.get("/AP", pikepdf.Dictionary()):
            yield "has no appearance of its own"
    elif not _said(annotation, "/Contents"):
        yield "has no Contents to tell what it is"
    if kind == "Link" and "/Dest" not in annotation and not annotation.get("/A"):
        yield "leads nowhere"


# --- (e) figures ---------------------------------------------------------------------------------


def figure_problems(file: PdfFile) -> list[str]:
    """Has every Figure words in its place, and a BBox on its page (ISO 14.8.5.4.3)?"""
    found = []
    for element in file.elements:
        if element.tag != "Figure":
            continue
        if not _said(element.obj, "/Alt"):
            found.append(f"{element.path} has no Alt.")
        box = _layout_attribute(element.obj, "/BBox")
        if box is None or len(box) != 4:
            found.append(f"{element.path} has no BBox.")
            continue
        left, bottom, right, top = _rect(box)
        if right - left <= 0 or top - bottom <= 0:
            found.append(f"{element.path} has a BBox without area.")
        for page in {kid.page for kid in element.content() if kid.page}:
            seen = file.visible_box(page)
            if right <= seen[0] or top <= seen[1] or left >= seen[2] or bottom >= seen[3]:
                found.append(f"{element.path} has a BBox that lies outside of page {page}.")
    return found


def _layout_attribute(element: pikepdf.Object, key: str) -> Any:
    """An attribute of owner Layout; /A is one dictionary or an array that also holds revisions."""
    for attributes in _listed(element.get("/A")):
        if isinstance(attributes, pikepdf.Dictionary) and attributes.get("/O") == "/Layout":
            return attributes.get(key)
    return None


# --- (f) fonts -----------------------------------------------------------------------------------


def font_problems(file: PdfFile) -> list[str]:
    """Is every font of the file embedded, those included that are only listed in some resources?"""
    found = []
    for number, dictionary in _dictionaries(file.pdf):
        if dictionary.get("/Type") != "/Font" or dictionary.get("/Subtype") in ("/Type0", "/Type3"):
            continue  # Type0 is embedded through its descendant, Type3 by its nature
        descriptor = dictionary.get("/FontDescriptor", pikepdf.Dictionary())
        if not {"/FontFile", "/FontFile2", "/FontFile3"} & set(descriptor.keys()):
            found.append(f"{str(dictionary.get('/BaseFont'))[1:]} (object {number}) is not embedded.")
    return found


def _dictionaries(pdf: pikepdf.Pdf) -> Iterator[tuple[int, pikepdf.Object]]:
    """Every dictionary of the file, with the number of the object that it stands in."""
    for obj in pdf.objects:
        for dictionary in _direct(obj):
            yield obj.objgen[0], dictionary


def _direct(value: Any, depth: int = 0) -> Iterator[pikepdf.Object]:
    """`value` and what stands inside of it, without following references."""
    if depth and isinstance(value, pikepdf.Object) and value.is_indirect:
        return
    if isinstance(value, pikepdf.Array):
        inside = list(value)
    elif isinstance(value, pikepdf.Dictionary | pikepdf.Stream):
        yield value
        inside = [one for _, one in value.items()]
    else:
        return
    for one in inside:
        yield from _direct(one, depth + 1)


# --- (g) nothing active, nobody's name -----------------------------------------------------------


_SUM = re.compile(r'AFSimple_Calculate\("SUM", new Array\("[a-z0-9.-]+"(, "[a-z0-9.-]+")*\)\);')


def active_problems(file: PdfFile) -> list[str]:
    """Does the file do anything by itself, or ask the viewer to draw its fields anew?"""
    found = []
    if file.pdf.Root.get("/AcroForm", pikepdf.Dictionary()).get("/NeedAppearances"):
        found.append("The form asks viewers to draw its fields anew (NeedAppearances).")
    for number, dictionary in _dictionaries(file.pdf):
        script = str(dictionary.get("/JS", ""))
        if dictionary.get("/S") == "/JavaScript" and _SUM.fullmatch(script):
            continue  # the sum of a rating: the one kind of script that viewers run reliably
        if dictionary.get("/S") == "/JavaScript" or "/JS" in dictionary or "/JavaScript" in dictionary:
            found.append(f"Object {number} holds JavaScript.")
        if dictionary.get("/S") in ("/Launch", "/SubmitForm", "/ImportData"):
            found.append(f"Object {number} holds a {dictionary.S} action.")
    return found


def personal_problems(file: PdfFile, author: str = "") -> list[str]:
    """Does the metadata tell anything but the document's own facts?

    `author` is who may stand as the author: the site that hands the document out.
    """
    found = []
    for key, value in file.pdf.docinfo.items():
        if str(value).strip("()").lower() in LEFT_OVER:
            found.append(f"Info {key} says {str(value)!r}, which nobody wrote.")
        elif key == "/Author":
            if str(value) != author:
                found.append(f"Info /Author is {str(value)!r} instead of {author!r}.")
        elif key not in INFO_KEYS:
            found.append(f"Info has an entry {key}.")
    creators = _xmp_texts(file, "{http://purl.org/dc/elements/1.1/}creator")
    if any(creator != author for creator in creators):
        found.append(f"XMP dc:creator is {creators} instead of {author!r}.")
    return found


# --- (h) title and language ----------------------------------------------------------------------


def title_problems(file: PdfFile) -> list[str]:
    """Is the title there, shown, and the same in Info and XMP; has the file a language?"""
    found = []
    preferences = file.pdf.Root.get("/ViewerPreferences", pikepdf.Dictionary())
    if not preferences.get("/DisplayDocTitle"):
        found.append("Viewers are not told to show the title (DisplayDocTitle).")
    if not _said(file.pdf.Root, "/Lang"):
        found.append("The file has no language (Lang).")
    title = _said(file.pdf.docinfo, "/Title")
    if not title:
        found.append("Info has no Title.")
    titles = _xmp_texts(file, "{http://purl.org/dc/elements/1.1/}title")
    if titles != [title]:
        found.append(f"XMP dc:title is {titles} and Info Title is {title!r}.")
    descriptions = _xmp_texts(file, "{http://purl.org/dc/elements/1.1/}description")
    subject = _said(file.pdf.docinfo, "/Subject")
    if descriptions != ([subject] if subject else []):
        found.append(f"XMP dc:description is {descriptions} and Info Subject is {subject!r}.")
    return found


def _xmp_texts(file: PdfFile, name: str) -> list[str]:
    """What an XMP property holds: the items of its array, of a language array only x-default."""
    stream = file.pdf.Root.get("/Metadata")
    if stream is None:
        return []
    item = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}li"
    language = "{http://www.w3.org/XML/1998/namespace}lang"
    return [
        (entry.text or "").strip()
        for prop in ElementTree.fromstring(stream.read_bytes()).iter(name)
        for entry in prop.iter(item)
        if entry.get(language, "x-default") == "x-default"
    ]


# --- (i) how the file asks to be printed ---------------------------------------------------------


@dataclass(frozen=True, slots=True)
class PrintPreferences:
    """The ViewerPreferences that concern a printer (ISO 12.2), None where the file says nothing."""

    duplex: str | None
    """Simplex, DuplexFlipShortEdge or DuplexFlipLongEdge."""
    scaling: str | None
    """None (the word) or AppDefault."""
    tray_by_size: bool | None
    direction: str | None
    """L2R or R2L: how facing pages are laid."""


def print_preferences(file: PdfFile) -> PrintPreferences:
    """What the file asks of a printer; whether it is right depends on the layout."""
    preferences = file.pdf.Root.get("/ViewerPreferences", pikepdf.Dictionary())

    def name(key: str) -> str | None:
        return str(preferences[key])[1:] if key in preferences else None

    tray = preferences.get("/PickTrayByPDFSize")
    return PrintPreferences(
        duplex=name("/Duplex"),
        scaling=name("/PrintScaling"),
        tray_by_size=None if tray is None else bool(tray),
        direction=name("/Direction"),
    )


# --- all of it -----------------------------------------------------------------------------------


def problems(file: PdfFile, author: str = "") -> list[str]:
    """Every problem that the checks above know of; `author` as in `personal_problems`."""
    return [
        *mcid_problems(file),
        *content_problems(file),
        *annotation_problems(file),
        *figure_problems(file),
        *font_problems(file),
        *active_problems(file),
        *personal_problems(file, author),
        *title_problems(file),
    ]
