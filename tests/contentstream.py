"""Reads a page's content stream: what is marked as what, and which text each tag shows.

"ISO" is ISO 32000-1:2008 (PDF 1.7).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import pikepdf

SHOWING = frozenset({"Tj", "TJ", "'", '"'})
PAINTING = SHOWING | {"S", "s", "f", "F", "f*", "B", "B*", "b", "b*", "sh", "INLINE IMAGE"}
UNREADABLE = "\ufffd"
"""Stands for a code that the font's ToUnicode does not map."""


@dataclass(slots=True)
class Marked:
    """An artifact (`mcid` is None) or a piece of tagged content, as the page's stream marks it."""

    tag: str
    mcid: int | None = None
    lang: str | None = None
    lines: list[str] = field(default_factory=list)
    """The text shown, in the order of the content stream: a string for each stretch that is placed anew,
    which is a line or, in a line of two directions, what runs one way."""


@dataclass(frozen=True, slots=True)
class PageContent:
    """A page's marked content in painting order, and what is wrong with the marking."""

    marked: tuple[Marked, ...]
    problems: tuple[str, ...]

    def mcids(self) -> list[int]:
        return [one.mcid for one in self.marked if one.mcid is not None]


def read_page(page: pikepdf.Page) -> PageContent:
    """Interpret the page's content: text, marks and the graphics state they need."""
    interpreter = _Interpreter()
    interpreter.run(page.obj, page.obj.get("/Resources", pikepdf.Dictionary()))
    interpreter.finish()
    problems = (
        text + (f" ({times} times)" if times > 1 else "") for text, times in interpreter.problems.items()
    )
    return PageContent(tuple(interpreter.marked), tuple(problems))


# --- text of a font ------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Decoder:
    """Turns the codes of one font into text by its ToUnicode CMap (ISO 9.10.3)."""

    texts: dict[bytes, str]
    width: int
    """Bytes of a code."""

    @classmethod
    def of(cls, font: pikepdf.Object) -> Decoder:
        width = 2 if font.get("/Subtype") == "/Type0" else 1
        stream = font.get("/ToUnicode")
        if not isinstance(stream, pikepdf.Stream):
            return cls({}, width)
        return cls(dict(_cmap_entries(stream.read_bytes().decode("latin-1"))), width)

    def text(self, codes: bytes) -> str:
        pieces = (codes[i : i + self.width] for i in range(0, len(codes), self.width))
        return "".join(self.texts.get(piece, UNREADABLE) for piece in pieces)


def _cmap_entries(cmap: str) -> Iterator[tuple[bytes, str]]:
    for block in re.findall(r"beginbfchar(.*?)endbfchar", cmap, re.DOTALL):
        for code, text in re.findall(r"<([^>]*)>\s*<([^>]*)>", block):
            yield _unhex(code), _utf16(text)
    ranges = re.compile(r"<([^>]*)>\s*<([^>]*)>\s*(?:<([^>]*)>|\[([^\]]*)\])")
    for block in re.findall(r"beginbfrange(.*?)endbfrange", cmap, re.DOTALL):
        for first, last, start, each in ranges.findall(block):
            yield from _cmap_range(_unhex(first), _unhex(last), start, each)


def _cmap_range(first: bytes, last: bytes, start: str, each: str) -> Iterator[tuple[bytes, str]]:
    """A bfrange: texts one by one, or counted up from `start` in its last UTF-16 unit."""
    listed = re.findall(r"<([^>]*)>", each)
    begin = int.from_bytes(first, "big")
    for offset in range(int.from_bytes(last, "big") - begin + 1):
        code = (begin + offset).to_bytes(len(first), "big")
        if each:
            yield code, _utf16(listed[offset]) if offset < len(listed) else UNREADABLE
        else:
            unit = int(start[-4:], 16) + offset
            yield code, _utf16(start[:-4] + f"{unit:04x}")


def _unhex(digits: str) -> bytes:
    return bytes.fromhex("".join(digits.split()))


def _utf16(digits: str) -> str:
    return _unhex(digits).decode("utf-16-be", "replace")


# --- the interpreter -----------------------------------------------------------------------------


@dataclass(slots=True)
class _Open:
    """A marked-content sequence that has not ended yet."""

    tag: str
    properties: pikepdf.Object
    counts: bool
    """True for artifacts and for content with an MCID, the two that must not nest."""
    inside_text: bool
    saved: int


class _Interpreter:
    """Runs the operators that matter; all others are passed over."""

    def __init__(self) -> None:
        self.marked: list[Marked] = []
        self.problems: Counter[str] = Counter()
        self._decoder: Decoder | None = None
        self._saved: list[Decoder | None] = []
        self._open: list[_Open] = []
        self._inside_text = False
        self._placed_anew = True
        self._in_form = False
        self._decoders: dict[tuple[int, int], Decoder] = {}

    def run(self, stream: pikepdf.Object, resources: pikepdf.Object) -> None:
        """Interpret the content of a page or of a form XObject."""
        for instruction in pikepdf.parse_content_stream(stream):
            name = str(instruction.operator)
            operands = list(instruction.operands)
            if name in PAINTING and not self._current():
                self.problems[f"{name} paints outside of every tag and artifact"] += 1
            if name in ("BDC", "BMC"):
                self._begin_mark(operands, resources)
            elif name == "EMC":
                self._end_mark()
            elif name == "Do":
                self._draw(operands[0], resources)
            elif name == "Tf":
                self._set_font(operands, resources)
            elif name in SHOWING:
                self._show(name, operands)
            else:
                self._move(name)

    def finish(self) -> None:
        for mark in self._open:
            self.problems[f"{mark.tag} is never ended"] += 1
        if self._saved:
            self.problems["a saved graphics state is never restored"] += 1

    # marks

    def _current(self) -> _Open | None:
        return next((mark for mark in self._open if mark.counts), None)

    def _begin_mark(self, operands: Sequence[Any], resources: pikepdf.Object) -> None:
        tag = str(operands[0])[1:]
        properties = operands[1] if len(operands) > 1 else pikepdf.Dictionary()
        if isinstance(properties, pikepdf.Name):
            properties = resources["/Properties"][str(properties)]
        counts = tag == "Artifact" or "/MCID" in properties
        if counts and (around := self._current()):
            self.problems[f"{tag} begins inside {around.tag}"] += 1
        if counts and self._in_form:
            self.problems[f"{tag} begins inside a form XObject, where this reader does not follow it"] += 1
        elif counts:
            mcid = properties.get("/MCID")
            self.marked.append(Marked(tag, None if mcid is None else int(mcid), _text(properties, "/Lang")))
            self._placed_anew = True
        self._open.append(_Open(tag, properties, counts, self._inside_text, len(self._saved)))

    def _end_mark(self) -> None:
        if not self._open:
            self.problems["EMC ends nothing"] += 1
            return
        mark = self._open[-1]
        if mark.inside_text != self._inside_text:
            self.problems[f"{mark.tag} begins and ends on different sides of BT or ET"] += 1
        if mark.saved != len(self._saved):
            self.problems[f"{mark.tag} does not restore the graphics states that it saves"] += 1
        replacement = _text(mark.properties, "/ActualText")
        if replacement is not None and not self._replaced(self._open[:-1]):
            self._add(replacement)
        self._open.pop()

    def _replaced(self, marks: Sequence[_Open]) -> bool:
        return any("/ActualText" in mark.properties for mark in marks)

    # text

    def _set_font(self, operands: Sequence[Any], resources: pikepdf.Object) -> None:
        font = resources.get("/Font", pikepdf.Dictionary()).get(str(operands[0]))
        if font is None:
            self.problems[f"font {operands[0]} is not among the page's resources"] += 1
            decoder = None
        else:
            decoder = self._decoders.get(font.objgen) or Decoder.of(font)
            if font.is_indirect:
                self._decoders[font.objgen] = decoder
        self._decoder = decoder

    def _show(self, name: str, operands: Sequence[Any]) -> None:
        if name in ("'", '"'):
            self._placed_anew = True
        if self._replaced(self._open):
            return
        shown = operands[-1] if name == "TJ" else [operands[-1]]
        codes = b"".join(bytes(part) for part in shown if isinstance(part, pikepdf.String))
        self._add(UNREADABLE * len(codes) if self._decoder is None else self._decoder.text(codes))

    def _add(self, text: str) -> None:
        """Append to the current stretch of what is being marked, or begin one if text was placed anew."""
        if not self.marked or not self._current():
            return
        lines = self.marked[-1].lines
        if lines and not self._placed_anew:
            lines[-1] += text
        else:
            lines.append(text)
        self._placed_anew = False

    # state

    def _move(self, name: str) -> None:
        """Follow what the graphics state (ISO 8.4.4) and text positioning (ISO 9.4.2) do to text."""
        match name:
            case "q":
                self._saved.append(self._decoder)
            case "Q" if not self._saved:
                self.problems["Q restores nothing"] += 1
            case "Q":
                self._decoder = self._saved.pop()
            case "BT" | "ET":
                self._inside_text = name == "BT"
                self._placed_anew = True
            case "Tm" | "Td" | "TD" | "T*":
                self._placed_anew = True

    def _draw(self, name: Any, resources: pikepdf.Object) -> None:
        """Paint an image, or the content of a form XObject where the page puts it."""
        xobject = resources["/XObject"][str(name)]
        if xobject.get("/Subtype") != "/Form":
            if not self._current():
                self.problems["Do paints outside of every tag and artifact"] += 1
            return
        outer, was_in_form, inside_text = self._decoder, self._in_form, self._inside_text
        self._in_form, self._inside_text = True, False
        self.run(xobject, xobject.get("/Resources", resources))
        self._decoder, self._in_form, self._inside_text = outer, was_in_form, inside_text


def _text(properties: pikepdf.Object, key: str) -> str | None:
    value = properties.get(key)
    return None if value is None else str(value)
