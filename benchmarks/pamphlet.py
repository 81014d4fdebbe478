"""The shipped English pamphlet as plain data, so that every program sets the same words."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterable
from dataclasses import fields, is_dataclass
from datetime import date
from pathlib import Path
from typing import Any

from booklet import resolve
from booklet.content import document as doc
from booklet.content.document import Document, Rich
from booklet.iconset import icons
from booklet.impose.editions import Edition
from booklet.project import Project
from booklet.typeset.fonts import FONT_FOLDER

DOCUMENT, LOCALE, LAYOUT = "loved-one-uses-heroin", "en", "trifold"
EDITION: Edition = "screen"
SITE = "clinic"
TEMPLATES = Path(__file__).parent
DATA = "pamphlet.json"
INKS = {"brand": "#0f4c53", "alert": "#9b2226", "amber": "#8a4b00", "paper": "#ffffff"}
"""The colours of the theme that icons are drawn in."""
SITE_FILE = """id: {site}
name: Riverside Clinic {number}
address: ["{number} Mill Lane, Springfield"]
phones: [{{number: "+1 217 555 {number:04}"}}]
"""


def write_site(project: Project, number: int) -> None:
    """Write the site's file into the project, with a name, an address and a phone of its own."""
    folder = project.folder / "sites"
    folder.mkdir(parents=True, exist_ok=True)
    text = SITE_FILE.format(site=SITE, number=100 + number % 100)
    (folder / f"{SITE}.yaml").write_text(text, encoding="utf-8")


def prepare(folder: Path) -> None:
    """Fill `folder` with what the peers read beside the data: their templates and the fonts."""
    for name in ("pamphlet.html", "pamphlet.css", "pamphlet.typ"):
        shutil.copy(TEMPLATES / name, folder)
    (folder / "fonts").mkdir()
    for font in FONT_FOLDER.glob("Atkinson*.ttf"):
        shutil.copy(font, folder / "fonts")


def write_data(project: Project, folder: Path, site: str | None) -> dict[str, Any]:
    """Write the pamphlet's data, and the drawings that it names, into `folder`."""
    document = resolve.document(project, DOCUMENT, LOCALE, site=site).document
    made = data(document, folder)
    (folder / DATA).write_text(json.dumps(made, ensure_ascii=False), encoding="utf-8")
    return made


def data(document: Document, folder: Path) -> dict[str, Any]:
    """The resolved document as JSON values, its sections gathered by panel; its drawings go into `folder`."""
    sections = [(section, _value(section, folder)) for section in document.sections]

    def panel(*roles: str) -> list[Any]:
        return [value for section, value in sections if section.role in roles]

    return {
        "lang": document.lang,
        "title": document.title,
        "description": document.description,
        "author": document.author,
        "keywords": list(document.keywords),
        "cover": panel("cover")[0]["blocks"][0],
        "emergency": panel("emergency"),
        "body": panel("body"),
        "back": panel("contacts", "sources", "imprint"),
    }


def texts(value: Any) -> Iterable[str]:
    """Every rich text of the data that stands on the pages: to see that no program loses one."""
    if isinstance(value, dict):
        for key, part in value.items():
            if key not in ("stamp", "empty"):  # shown only where there is no site, or no contact
                yield from texts(part)
    elif isinstance(value, list) and value and isinstance(value[0], dict) and value[0]["kind"] == "span":
        yield "".join(span["text"] for span in value)
    elif isinstance(value, list):
        for part in value:
            yield from texts(part)


def _value(value: Any, folder: Path) -> Any:
    match value:
        case doc.Picture():
            name = f"picture.{value.format}"
            (folder / name).write_bytes(value.data)
            return {"file": name, "width": value.size[0], "height": value.size[1]}
        case doc.Sources():
            return {"kind": "sources", "text": _value(_short(value), folder)}
        case date():
            return value.isoformat()
        case tuple():
            return [_value(part, folder) for part in value]
    if not is_dataclass(value):
        return value
    made: dict[str, Any] = {"kind": type(value).__name__.lower()}
    for field in fields(value):
        if field.name == "icon":
            _draw(getattr(value, field.name), folder)
        if field.name not in ("place", "claims", "keep", "kind"):
            made[field.name] = _value(getattr(value, field.name), folder)
    if isinstance(value, doc.Callout):
        made["tone"] = value.kind
    return made


def _short(block: doc.Sources) -> Rich:
    """Publishers and years in one line, as booklet's tri-fold sets them."""
    rich: Rich = ()
    for short in dict.fromkeys(source.short for source in block.items):
        rich = (*rich, *((doc.Span("; "),) if rich else ()), *short)
    return (*rich, doc.Span("."))


def _draw(name: str | None, folder: Path) -> None:
    """Write an icon as SVG files, one for each ink."""
    if not name:
        return
    # PDF's operators are SVG's, but for the one that closes a path.
    names = {"m": "M", "l": "L", "c": "C", "h": "Z"}
    steps = " ".join(f"{names[op]}{' '.join(map(str, numbers))}" for op, numbers in icons()[name])
    (folder / "icons").mkdir(exist_ok=True)
    for ink, color in INKS.items():
        svg = (
            '<svg xmlns="http://www.w3.org/2000/svg" width="24" height="24" viewBox="0 0 24 24">'
            f'<path d="{steps}" fill="none" stroke="{color}" stroke-width="2" '
            'stroke-linecap="round" stroke-linejoin="round"/></svg>'
        )
        (folder / "icons" / f"{name}-{ink}.svg").write_text(svg, encoding="utf-8")
