"""Reads pictures (SVG, PNG, JPEG) that stand inside the content folder, and refuses hostile ones."""

from __future__ import annotations

import re
import struct
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path, PurePosixPath
from typing import Literal

from booklet.wording import nearest, quoted
from booklet.yamlfile import Mistake

LARGEST_PICTURE = 10_000_000
"""Bytes."""
MOST_PIXELS = 50_000_000
"""More than an A3 page at 400 dpi; a small file can unpack to much more."""
MOST_ELEMENTS = 20_000
DEEPEST = 60
"""Elements of an SVG inside each other."""

_POINTS_PER_PIXEL = 72 / 96
"""A pixel is 1/96 inch (CSS), a point 1/72."""
_UNITS = {"": 0.75, "px": 0.75, "pt": 1.0, "pc": 12.0, "in": 72.0, "cm": 72 / 2.54, "mm": 7.2 / 2.54}
_SVG = "http://www.w3.org/2000/svg"


@dataclass(frozen=True, slots=True)
class PictureFile:
    """A checked picture. `size` is its natural width and height in points."""

    data: bytes = field(repr=False)
    format: Literal["svg", "png", "jpeg"]
    size: tuple[float, float]


def read(name: str, folders: Sequence[Path]) -> PictureFile:
    """The picture `name` in the first of `folders` that has it. Raises Mistake."""
    path = _find(name, folders)
    if path.stat().st_size > LARGEST_PICTURE:
        raise Mistake(
            f"The picture {quoted(name)} has more than {LARGEST_PICTURE:,} bytes.",
            "Save it smaller: 300 pixels per inch of its printed size are enough.",
        )
    try:
        return inspect(path.read_bytes())
    except Mistake as mistake:
        raise Mistake(f"The picture {quoted(name)} {mistake.message}", mistake.hint) from None
    except OSError:
        raise Mistake(f"The picture {quoted(name)} cannot be read.", "Check its permissions.") from None


def _find(name: str, folders: Sequence[Path]) -> Path:
    parts = PurePosixPath(name).parts
    if name.startswith(("/", "~")) or "\\" in name or ":" in name or ".." in parts:
        raise Mistake(
            f"The picture {quoted(name)} does not stand in the content folder.",
            "Put the file there and name it from there, such as art/hands.svg.",
        )
    for folder in folders:
        path = folder / name
        try:
            if not path.exists():
                continue
            inside = path.resolve(strict=True).is_relative_to(folder.resolve())
        except (OSError, RuntimeError, ValueError):
            continue
        if not inside:
            message = f"The picture {quoted(name)} is a link that leads out of the content folder."
            raise Mistake(message, "Put the file itself there.")
        if not path.is_file():
            raise Mistake(f"{quoted(name)} is not a file.", "Name the picture in that folder.")
        return path
    near = nearest(name, _pictures_beside(name, folders))
    hint = f"Did you mean {quoted(near)}?" if near else "Check the name, capitals too, and the folder."
    raise Mistake(f"There is no picture {quoted(name)}.", hint)


def _pictures_beside(name: str, folders: Sequence[Path]) -> list[str]:
    """What lies in folders of the same name, for a suggestion. Not deeper: folders can be large."""
    found = []
    for folder in folders:
        beside = (folder / name).parent
        if beside.is_dir():
            found += [each.relative_to(folder).as_posix() for each in sorted(beside.iterdir())[:500]]
    return found


@lru_cache(maxsize=16)
def inspect(data: bytes) -> PictureFile:
    """Format and size of a picture, from its own first bytes. Raises Mistake ("is …", "holds …")."""
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        width, height = _png_size(data)
        return PictureFile(data, "png", _natural(width, height))
    if data.startswith(b"\xff\xd8\xff"):
        width, height = _jpeg_size(data)
        return PictureFile(data, "jpeg", _natural(width, height))
    if data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        return PictureFile(data, "svg", _svg_size(data))
    raise Mistake("is not an SVG, PNG or JPEG file.", "Save it in one of these formats.")


def _natural(width: int, height: int) -> tuple[float, float]:
    if not (width and height):
        raise Mistake("has no size.", "Save it again.")
    if width * height > MOST_PIXELS:
        raise Mistake(f"has {width:,} × {height:,} pixels, too many.", "Save it with fewer.")
    return width * _POINTS_PER_PIXEL, height * _POINTS_PER_PIXEL


def _damaged() -> Mistake:
    return Mistake("is damaged or cut short.", "Save or copy it again.")


def _png_size(data: bytes) -> tuple[int, int]:
    """From the IHDR chunk; every chunk must be whole (PNG, third edition, 5.3 and 11.2.1)."""
    import zlib

    position, kinds = 8, []
    while position + 12 <= len(data):
        length = int.from_bytes(data[position : position + 4])
        kind, body = data[position + 4 : position + 8], data[position + 8 : position + 8 + length]
        check = data[position + 8 + length : position + 12 + length]
        if len(check) != 4 or int.from_bytes(check) != zlib.crc32(kind + body):
            raise _damaged()
        kinds.append(kind)
        position += 12 + length
        if kind == b"IEND":
            break
    if len(data) < 33 or kinds[:1] != [b"IHDR"] or kinds[-1:] != [b"IEND"] or b"IDAT" not in kinds:
        raise _damaged()
    width, height = struct.unpack(">II", data[16:24])
    return width, height


def _jpeg_size(data: bytes) -> tuple[int, int]:
    """From the frame header (ITU-T T.81, B.2.2)."""
    if b"\xff\xd9" not in data[-1024:]:
        raise _damaged()
    position = 2
    while position + 9 < len(data) and data[position] == 0xFF:
        marker = data[position + 1]
        if marker == 0xFF:  # a fill byte
            position += 1
            continue
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            height, width = struct.unpack(">HH", data[position + 5 : position + 9])
            return width, height
        position += 2 + int.from_bytes(data[position + 2 : position + 4])
    raise _damaged()


_PLAIN = "Save it as a plain SVG."
_REFUSED_ELEMENTS = {
    "text": (
        "holds text, whose typeface may be missing.",
        "Turn the text into paths (outlines), or write it as a caption.",
    ),
    "script": ("holds a script.", _PLAIN),
    "foreignObject": ("holds a part that is not SVG.", _PLAIN),
    "iframe": ("holds a part that is not SVG.", _PLAIN),
    "image": ("holds another picture.", "Use that picture itself."),
    "animate": ("is animated.", _PLAIN),
    "animateTransform": ("is animated.", _PLAIN),
    "animateMotion": ("is animated.", _PLAIN),
    "set": ("is animated.", _PLAIN),
    "a": ("holds a link.", "Take it out, and put the link into a text."),
}


def _outside() -> Mistake:
    return Mistake("refers to something outside itself.", "Save it as a plain SVG, with all its parts in it.")


_REFERENCE = re.compile(r"url\(\s*['\"]?\s*(?!#)|@import", re.IGNORECASE)


class _SVGReader:
    """Looks at each element and attribute of an SVG as expat meets it."""

    def __init__(self) -> None:
        self.depth = self.elements = 0
        self.root: dict[str, str] = {}
        self.in_style = False

    def doctype(self, *_: object) -> None:
        message = "begins with a DOCTYPE, which can hide other files in it."
        raise Mistake(message, "Save it as a plain SVG, or delete the DOCTYPE.")

    def instruction(self, target: str, _: str) -> None:
        if target == "xml-stylesheet":
            raise _outside()

    def start(self, name: str, attributes: dict[str, str]) -> None:
        space, _, local = name.rpartition(" ")
        self.depth += 1
        self.elements += 1
        if self.elements == 1:
            if local != "svg" or space != _SVG:
                raise Mistake("is not an SVG file.", "Save it as SVG, PNG or JPEG.")
            self.root = attributes
        if self.elements > MOST_ELEMENTS or self.depth > DEEPEST:
            raise Mistake("has too many parts.", "Simplify it, or save it as PNG.")
        if space in ("", _SVG) and local in _REFUSED_ELEMENTS:
            raise Mistake(*_REFUSED_ELEMENTS[local])
        self.in_style = local == "style"
        for key, value in attributes.items():
            self._attribute(key.rpartition(" ")[2], value)

    def _attribute(self, name: str, value: str) -> None:
        if name.lower().startswith("on"):
            raise Mistake(*_REFUSED_ELEMENTS["script"])
        if name in ("href", "base") and not value.startswith("#"):
            raise _outside()
        if _REFERENCE.search(value):
            raise _outside()

    def end(self, _: str) -> None:
        self.depth -= 1
        self.in_style = False

    def characters(self, text: str) -> None:
        if self.in_style and _REFERENCE.search(text):
            raise _outside()


def _svg_size(data: bytes) -> tuple[float, float]:
    """Natural size from `width` and `height`, else from `viewBox` (SVG 2, section 8.1)."""
    from xml.parsers import expat

    reader = _SVGReader()
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True  # a rule in a style sheet comes in one piece
    parser.StartDoctypeDeclHandler = reader.doctype
    parser.ProcessingInstructionHandler = reader.instruction
    parser.StartElementHandler = reader.start
    parser.EndElementHandler = reader.end
    parser.CharacterDataHandler = reader.characters
    try:
        parser.Parse(data, True)
    except expat.ExpatError as error:
        raise Mistake(f"is not well-formed in line {error.lineno}.", "Save it again as SVG.") from None
    box = [_length(part) for part in re.split(r"[\s,]+", reader.root.get("viewBox", "").strip())]
    width, height = _length(reader.root.get("width", "")), _length(reader.root.get("height", ""))
    if not (width and height):
        width, height = (box[2], box[3]) if len(box) == 4 else (0.0, 0.0)
    if not (0 < width < 20_000 and 0 < height < 20_000):
        raise Mistake('has no size: "width" and "height", or "viewBox".', "Save it again as SVG.")
    return width, height


def _length(text: str) -> float:
    """Points, or 0 for what is no absolute length."""
    match = re.fullmatch(r"\s*\+?([0-9]*\.?[0-9]+)([a-z]*)\s*", text)
    return float(match[1]) * _UNITS.get(match[2], 0.0) if match else 0.0
