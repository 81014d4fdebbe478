"""What a file says of itself: title, dates, the PDF/UA identifier, viewer preferences."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from xml.sax.saxutils import escape

from reportlab.pdfbase import pdfdoc

from booklet import __version__
from booklet.content import questions
from booklet.content.document import Document
from booklet.pdf.canvas import TaggedCanvas
from booklet.pdf.objects import Raw, stream, string
from booklet.pdf.syntax import DUPLEX

CREATOR = f"booklet {__version__}"

XMP = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
 <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
  <rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"
    xmlns:pdf="http://ns.adobe.com/pdf/1.3/" xmlns:xmp="http://ns.adobe.com/xap/1.0/"
    xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
   <pdfuaid:part>1</pdfuaid:part>
   <dc:format>application/pdf</dc:format>
   <dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
   <dc:description><rdf:Alt><rdf:li xml:lang="x-default">{description}</rdf:li></rdf:Alt></dc:description>
   <dc:language><rdf:Bag><rdf:li>{lang}</rdf:li></rdf:Bag></dc:language>{author}
   <pdf:Producer>{producer}</pdf:Producer>
   <pdf:Keywords>{keywords}</pdf:Keywords>
   <xmp:CreatorTool>{creator}</xmp:CreatorTool>
   <xmp:CreateDate>{date}</xmp:CreateDate>
   <xmp:ModifyDate>{date}</xmp:ModifyDate>{form}
  </rdf:Description>
 </rdf:RDF>
</x:xmpmeta>
<?xpacket end="r"?>"""


def describe(canvas: TaggedCanvas, document: Document, made: datetime, *, duplex: str | None) -> None:
    """Write the metadata. `made` is the file's only date; `duplex` is set for the print edition: a key
    of DUPLEX."""
    title = f"{document.title} ({document.labels.draft})" if document.draft else document.title
    rl = canvas._doc
    rl.info = _Info(document, title, made)
    author = (
        f"\n   <dc:creator><rdf:Seq><rdf:li>{escape(document.author)}</rdf:li></rdf:Seq></dc:creator>"
        if document.author
        else ""
    )
    asked = questions.form(document)
    form = (
        f'\n   <bk:form xmlns:bk="{questions.NAMESPACE}">{escape(asked.json_text())}</bk:form>'
        if asked
        else ""
    )
    packet = XMP.format(
        title=escape(title),
        description=escape(document.description),
        lang=document.lang,
        author=author,
        producer=f"ReportLab with {CREATOR}",
        keywords=escape(", ".join(document.keywords)),
        creator=CREATOR,
        date=made.strftime("%Y-%m-%dT%H:%M:%SZ"),
        form=form,
    )
    catalog = rl.Catalog
    catalog.Metadata = stream(packet.encode("utf-8"), "/Type/Metadata/Subtype/XML", compress=False)
    catalog.MarkInfo = Raw(b"<</Marked true>>")
    preferences = "/DisplayDocTitle true"
    if document.direction == "rtl":
        preferences += "/Direction/R2L"
    if duplex:
        preferences += f"/PrintScaling/None/Duplex/{DUPLEX[duplex]}"
    catalog.ViewerPreferences = Raw(f"<<{preferences}>>".encode("ascii"))


class _Info(pdfdoc.PDFInfo):  # type: ignore[misc]  # ReportLab has no types
    """The document information dictionary, with nothing in it that was not said."""

    def __init__(self, document: Document, title: str, made: datetime) -> None:
        super().__init__()
        self.document, self.title, self.made = document, title, made

    def digest(self, md5object: Any) -> None:
        """The id of the file is a hash of all of it, made elsewhere."""

    def format(self, rl: Any) -> bytes:
        date = self.made.strftime("(D:%Y%m%d%H%M%SZ)")
        entries = [f"/Title {string(self.title, rl)}", f"/CreationDate {date}/ModDate {date}"]
        entries.append(f"/Producer {string(f'ReportLab with {CREATOR}', rl)}/Creator {string(CREATOR, rl)}")
        for key, value in (
            ("Author", self.document.author),
            ("Subject", self.document.description),
            ("Keywords", ", ".join(self.document.keywords)),
        ):
            if value:
                entries.append(f"/{key} {string(value, rl)}")
        return f"<<{''.join(entries)}>>".encode("latin-1")
