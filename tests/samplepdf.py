"""Makes a small PDF without a fault, by hand, for tests that then put one into it.

It is valid PDF/UA-1 and has a bit of everything: two pages with an element over both, a language
change, a link, a figure, a list, a table, a right-to-left line, a check box, an artifact.
"""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from typing import Any

import pikepdf
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from pikepdf import Array, Dictionary, Name, Object, Pdf

TITLE = "A sample"
SUBJECT = "What a sound file looks like"
SHALOM, YOM = "\u05e9\u05dc\u05d5\u05dd", "\u05d9\u05d5\u05dd"
"""Two Hebrew words."""
CHARACTERS = sorted({*map(chr, range(0x20, 0x7F)), *SHALOM, *YOM, "\u2022", "\u00f1"})
GLYPHS = {char: number for number, char in enumerate(CHARACTERS, 1)}
ADVANCE = 600
"""Of every glyph, in thousandths of an em."""

XMP = f"""<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
 <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
  <rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"
    xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
   <dc:title><rdf:Alt><rdf:li xml:lang="x-default">{TITLE}</rdf:li></rdf:Alt></dc:title>
   <dc:description><rdf:Alt><rdf:li xml:lang="x-default">{SUBJECT}</rdf:li></rdf:Alt></dc:description>
   <pdfuaid:part>1</pdfuaid:part>
  </rdf:Description>
 </rdf:RDF>
</x:xmpmeta>
<?xpacket end="w"?>"""

FIRST_PAGE = f"""
/H1 <</MCID 0>> BDC BT /F1 20 Tf 72 700 Td {{A sample}} Tj ET EMC
/P <</MCID 1>> BDC BT /F1 12 Tf 72 660 Td {{Read }} Tj ET EMC
/Span <</MCID 2>> BDC BT /F1 12 Tf 108 660 Td {{ma\u00f1ana}} Tj ET EMC
/P <</MCID 3>> BDC BT /F1 12 Tf 151.2 660 Td {{ or see }} Tj ET EMC
/Link <</MCID 4>> BDC BT /F1 12 Tf 208.8 660 Td {{a page}} Tj ET EMC
/P <</MCID 5>> BDC BT /F1 12 Tf 252 660 Td {{ }} Tj 0 -16 TD {{of }} Tj T* {{our }} Tj ET EMC
/Figure <</MCID 6>> BDC q 1 0 0 1 72 500 cm 0 0 80 60 re f Q EMC
/Lbl <</MCID 7>> BDC BT /F1 12 Tf 72 470 Td {{\u2022 }} Tj ET EMC
/LBody <</MCID 8>> BDC BT /F1 12 Tf 90 470 Td [{{an }} -50 {{item}}] TJ ET EMC
/P <</MCID 9>> BDC BT /F1 12 Tf 400 440 Td {{{SHALOM[::-1]} 12 ,{YOM[::-1]}}} Tj ET EMC
/TH <</MCID 10>> BDC BT /F1 12 Tf 72 400 Td {{Agree}} Tj ET EMC
/Artifact <</Type /Layout>> BDC 72 390 100 20 re S EMC
"""
SECOND_PAGE = """
/P <</MCID 0>> BDC BT /F1 12 Tf 72 700 Td {own.} Tj ET EMC
/Artifact <</Type /Pagination /Subtype /Footer>> BDC BT /F1 9 Tf 72 40 Td {2} Tj ET EMC
"""


@dataclass(frozen=True, slots=True)
class Sample:
    """The file and those of its objects that tests spoil."""

    pdf: Pdf
    elements: dict[str, Object]
    """By type; of several paragraphs "P" is the long one and "P he" the Hebrew one."""
    link: Object
    box: Object
    """The check box's widget annotation."""

    def edit(self, old: str, new: str, page: int = 1) -> None:
        """Replace `old`, which must be there, in the content stream of a page."""
        stream = self.pdf.pages[page - 1].obj.Contents
        content = stream.read_bytes().decode("ascii")
        assert old in content, f"{old} is not in {content}"
        stream.write(content.replace(old, new, 1).encode("ascii"))


def sample() -> Sample:
    """The sound file, made anew."""
    pdf = pikepdf.new()
    font = _font(pdf)
    for content in (FIRST_PAGE, SECOND_PAGE):
        page = pdf.add_blank_page(page_size=(612, 792)).obj
        page.Contents = pdf.make_stream(_with_glyphs(content).encode("ascii"))
        page.Resources = Dictionary(Font=Dictionary(F1=font))
        page.StructParents = len(pdf.pages) - 1
    first, second = (page.obj for page in pdf.pages)
    link = _link(pdf, first)
    box = _check_box(pdf, first)
    first.Annots, first.Tabs = Array([link, box]), Name.S
    pdf.Root.AcroForm = Dictionary(Fields=Array([box]))
    elements = _structure(pdf, first, second, link, box)
    _describe(pdf)
    return Sample(pdf, elements, link, box)


def glyphs(text: str) -> str:
    """`text` as a hexadecimal string of the sample's font."""
    return "<" + "".join(f"{GLYPHS[char]:04x}" for char in text) + ">"


def _with_glyphs(content: str) -> str:
    """The content with each text in braces replaced by its glyphs."""
    before, *rest = content.split("{")
    pieces = [piece.split("}") for piece in rest]
    return before + "".join(glyphs(text) + after for text, after in pieces)


def _font(pdf: Pdf) -> Object:
    """A TrueType font in which every character is a box, with glyph numbers for codes."""
    name = Name("/AAAAAA+Boxes")
    to_unicode = "\n".join(f"<{number:04x}> <{ord(char):04x}>" for char, number in GLYPHS.items())
    cmap = (
        "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n"
        "/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n"
        "1 begincodespacerange\n<0000> <ffff>\nendcodespacerange\n"
        f"{len(GLYPHS)} beginbfchar\n{to_unicode}\nendbfchar\n"
        "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n"
    )
    descriptor = Dictionary(
        Type=Name.FontDescriptor, FontName=name, Flags=4, FontBBox=Array([0, 0, 500, 700]), ItalicAngle=0,
        Ascent=800, Descent=-200, CapHeight=700, StemV=80, FontFile2=pdf.make_stream(_truetype()),
    )  # fmt: skip
    descendant = Dictionary(
        Type=Name.Font, Subtype=Name.CIDFontType2, BaseFont=name, DW=ADVANCE, CIDToGIDMap=Name.Identity,
        CIDSystemInfo=Dictionary(Registry=b"Adobe", Ordering=b"Identity", Supplement=0),
        FontDescriptor=pdf.make_indirect(descriptor),
    )  # fmt: skip
    font = Dictionary(
        Type=Name.Font, Subtype=Name.Type0, BaseFont=name, Encoding=Name("/Identity-H"),
        DescendantFonts=Array([pdf.make_indirect(descendant)]),
        ToUnicode=pdf.make_stream(cmap.encode("ascii")),
    )  # fmt: skip
    return pdf.make_indirect(font)


def _truetype() -> bytes:
    pen = TTGlyphPen(None)
    for move, point in zip("mlll", ((50, 0), (50, 700), (500, 700), (500, 0)), strict=True):
        (pen.moveTo if move == "m" else pen.lineTo)(point)
    pen.closePath()
    box = pen.glyph()
    names = [".notdef", *(f"glyph{number}" for number in GLYPHS.values())]
    builder = FontBuilder(1000, isTTF=True)
    builder.setupGlyphOrder(names)
    builder.setupGlyf(dict.fromkeys(names, box))
    builder.setupHorizontalMetrics(dict.fromkeys(names, (ADVANCE, 50)))
    builder.setupHorizontalHeader(ascent=800, descent=-200)
    file = BytesIO()
    builder.save(file)
    return file.getvalue()


def _link(pdf: Pdf, page: Object) -> Object:
    return pdf.make_indirect(
        Dictionary(
            Type=Name.Annot, Subtype=Name.Link, Rect=Array([208, 656, 253, 672]), F=4, P=page, StructParent=2,
            Border=Array([0, 0, 0]), Contents="Web page: example.org",
            A=Dictionary(S=Name.URI, URI=b"https://example.org"),
        )
    )  # fmt: skip


def _check_box(pdf: Pdf, page: Object) -> Object:
    def drawn(content: bytes) -> Object:
        stream = pdf.make_stream(content)
        stream.Type, stream.Subtype, stream.BBox = Name.XObject, Name.Form, Array([0, 0, 12, 12])
        return stream

    states = Dictionary(Off=drawn(b"0 0 12 12 re S"), Yes=drawn(b"0 0 12 12 re S 2 2 m 10 10 l S"))
    return pdf.make_indirect(
        Dictionary(
            Type=Name.Annot, Subtype=Name.Widget, Rect=Array([150, 394, 162, 406]), F=4, P=page,
            StructParent=3, FT=Name.Btn, T="agree", TU="I agree", V=Name.Off, AS=Name.Off,
            AP=Dictionary(N=states),
        )
    )  # fmt: skip


def _structure(pdf: Pdf, first: Object, second: Object, link: Object, box: Object) -> dict[str, Object]:
    """The structure tree, with its ParentTree; the elements by type."""
    root = pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot))
    made: dict[str, Object] = {}

    def element(parent: Object, name: str, *kids: object, **entries: Any) -> Object:
        tag = name.split()[0]
        made[name] = pdf.make_indirect(
            Dictionary(Type=Name.StructElem, S=Name(f"/{tag}"), P=parent, Pg=first, K=Array(kids), **entries)
        )
        if "/K" in parent:
            parent.K.append(made[name])
        else:
            parent.K = Array([made[name]])
        return made[name]

    document = element(root, "Document")
    heading = element(document, "H1", 0)
    paragraph = element(document, "P", 1)
    span = element(paragraph, "Span", 2, Lang="es")
    paragraph.K.append(3)
    anchor = element(paragraph, "Link", 4, Dictionary(Type=Name.OBJR, Obj=link))
    paragraph.K.append(5)
    paragraph.K.append(Dictionary(Type=Name.MCR, Pg=second, MCID=0))
    layout = Dictionary(O=Name.Layout, BBox=Array([72, 500, 152, 560]), Placement=Name.Block)
    figure = element(document, "Figure", 6, Alt="A black box", A=layout)
    item = element(element(document, "L", A=Dictionary(O=Name.List, ListNumbering=Name.Disc)), "LI")
    label = element(item, "Lbl", 7)
    body = element(item, "LBody", 8)
    hebrew = element(document, "P he", 9, Lang="he")
    row = element(element(element(document, "Table"), "TBody"), "TR")
    head = element(row, "TH", 10, A=Dictionary(O=Name.Table, Scope=Name.Row))
    form = element(element(row, "TD"), "Form", Dictionary(Type=Name.OBJR, Obj=box))
    element(row, "TD empty")

    owners = (heading, paragraph, span, paragraph, anchor, paragraph, figure, label, body, hebrew, head)
    numbers = Array([0, Array(owners), 1, Array([paragraph]), 2, anchor, 3, form])
    root.ParentTree, root.ParentTreeNextKey = pdf.make_indirect(Dictionary(Nums=numbers)), 4
    pdf.Root.StructTreeRoot = root
    return made


def _describe(pdf: Pdf) -> None:
    pdf.Root.Lang = "en-US"
    pdf.Root.MarkInfo = Dictionary(Marked=True)
    pdf.Root.ViewerPreferences = Dictionary(
        DisplayDocTitle=True, Duplex=Name.DuplexFlipShortEdge, PrintScaling=Name("/None")
    )
    pdf.Root.Metadata = pdf.make_stream(XMP.encode(), Type=Name.Metadata, Subtype=Name.XML)
    pdf.docinfo["/Title"] = TITLE
    pdf.docinfo["/Subject"] = SUBJECT
