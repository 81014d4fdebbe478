"""Opens a form that came from anywhere, and finds its fields and what it says of itself.

The file may be damaged, or made to do harm. Whatever is wrong with it becomes one sentence; no script in
it is run, and what is unpacked from it is limited.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal
from xml.etree import ElementTree

import pikepdf
from pikepdf import Array, Dictionary, Name, Stream, String
from pydantic import ValidationError

from booklet.content.questions import NAMESPACE, Form
from booklet.problems import ProblemsFound
from booklet.untrusted import BROKEN, DAMAGED, Wanted, complaint, parse, reading

FORM = Wanted(
    25_000_000,
    "Name a form that booklet has made, filled in or not.",
    "A filled form is far smaller. Is it the right file?",
)
"""A filled form takes 0.2 million bytes; a program that puts its own fonts in may add ten."""
MOST_FIELDS = 5_000
LONGEST_ABOUT = 500_000
"""Characters of what a form says of itself; 40 questions take 8,000."""
DEEPEST = 12
"""Parts of a field's name. Ours have three at the most."""
LONGEST_VALUE = 20_000
"""Characters of one answer; ours take 2,000 at the most."""
RADIO, PUSH = 1 << 15, 1 << 16
"""Field flags of buttons (ISO 32000-1, table 226)."""

_SUM = re.compile(r'AFSimple_Calculate\("SUM", new Array\([\w". ,-]*\)\);')
"""The one script that booklet puts into a form."""
_PACKED = (
    "A part of the file would unpack to more than any form holds.",
    "Such files are made to do harm. Do not use it.",
)


@dataclass(slots=True)
class Field:
    """A form field: its full name, its kind, its value as the file has it, and the places it is shown."""

    name: str
    kind: Literal["text", "check", "radio"]
    node: pikepdf.Object
    value: str | None
    """The text, or the name of a button's state; None if nothing is filled in."""
    widgets: list[pikepdf.Object] = field(default_factory=list)

    @property
    def menu(self) -> bool:
        """Whether its text is chosen from a list."""
        return bool(self.node.get("/FT") == Name.Ch)


@dataclass(slots=True)
class OpenForm:
    """A form whose PDF is open. `about` is what it says it asks; None if it does not say."""

    name: str
    """What problems call the file."""
    pdf: pikepdf.Pdf
    about: Form | None
    fields: dict[str, Field]
    damaged: bool
    """Whether parts of the file had to be pieced together."""


@contextmanager
def opened(path: Path, name: str = "") -> Iterator[OpenForm]:
    """Open the PDF form at `path`; problems call it `name`. Raises ProblemsFound."""
    name = name or str(path)
    with reading(path, name, FORM) as file:
        data = io.BytesIO(file.read())
    pdf, mended = parse(data, name)
    with pdf:
        try:
            catalog = pdf.Root
            about = _about(catalog)
            fields = _fields(catalog, about, name)
            _check_scripts(catalog, fields, name)
            trouble = None
        except BROKEN:
            trouble = complaint(name, *DAMAGED)
        except ProblemsFound as found:
            trouble = found
        # Parts that cannot be unpacked read as if they were not there; only the warnings tell.
        warnings = pdf.get_warnings()
        if any("memory limit" in warning for warning in warnings):
            trouble = complaint(name, *_PACKED)
        if trouble:
            raise trouble
        yield OpenForm(name, pdf, about, fields, mended or bool(warnings))


# --- what it says of itself ----------------------------------------------------------------------


def _about(catalog: pikepdf.Object) -> Form | None:
    """What the form says it asks, from its metadata (XMP)."""
    packet = catalog.get("/Metadata")
    if not isinstance(packet, Stream):
        return None
    try:
        data = packet.read_bytes()
        if b"<!DOCTYPE" in data or b"<!ENTITY" in data:
            return None
        root = ElementTree.fromstring(data)
    except (*BROKEN, ElementTree.ParseError):
        return None
    key = f"{{{NAMESPACE}}}form"
    for element in root.iter():
        # Programs that write the metadata anew may make an attribute of it.
        text = element.text if element.tag == key else element.get(key)
        if text and len(text) <= LONGEST_ABOUT:
            try:
                return Form.model_validate_json(text)
            except ValidationError:
                return None
    return None


# --- its fields ----------------------------------------------------------------------------------


def _fields(catalog: pikepdf.Object, about: Form | None, name: str) -> dict[str, Field]:
    form = catalog.get("/AcroForm")
    if not isinstance(form, Dictionary):
        if about:
            raise complaint(
                name,
                "The answers in this copy are fixed: its form fields were turned into plain text.",
                "Use the copy that can still be filled in.",
            )
        raise complaint(name, "This PDF has no form fields.", "Name a form that booklet has made.")
    if "/XFA" in form:
        raise complaint(
            name,
            "This is an XFA form, which few programs can show and booklet cannot read.",
            "Name a form that booklet has made.",
        )
    found: dict[str, Field] = {}
    _Walk(name, found).kids(form.get("/Fields"), "", {}, 0)
    if not found:
        raise complaint(name, "This PDF has no form fields.", "Name a form that booklet has made.")
    return found


class _Walk:
    """Down the tree of fields (ISO 32000-1, 12.7.3)."""

    def __init__(self, file: str, found: dict[str, Field]) -> None:
        self.file = file
        self.found = found
        self.seen: set[tuple[int, int]] = set()
        self.steps = 0

    def kids(self, kids: Any, name: str, inherited: dict[str, Any], depth: int) -> None:
        if not isinstance(kids, Array):
            return
        for kid in kids:
            if isinstance(kid, Dictionary):
                self.node(kid, name, inherited, depth)

    def node(self, node: pikepdf.Object, name: str, inherited: dict[str, Any], depth: int) -> None:
        self.steps += 1
        if node.is_indirect:
            if node.objgen in self.seen:
                raise complaint(self.file, "The form's fields refer to each other in a circle.", DAMAGED[1])
            self.seen.add(node.objgen)
        if depth > DEEPEST or self.steps > MOST_FIELDS:
            raise complaint(
                self.file,
                "The form has more fields than any that booklet makes.",
                "Name a form that booklet has made.",
            )
        if "/T" in node:
            name = f"{name}.{_text(node.T)}".lstrip(".")
        own = {**inherited, **{key: node[key] for key in ("/FT", "/Ff", "/V") if key in node}}
        kids = node.get("/Kids")
        if isinstance(kids, Array) and any(isinstance(kid, Dictionary) and "/T" in kid for kid in kids):
            self.kids(kids, name, own, depth + 1)
            return
        self.terminal(node, name, own)

    def terminal(self, node: pikepdf.Object, name: str, entries: dict[str, Any]) -> None:
        flags = entries.get("/Ff", 0)
        flags = flags if isinstance(flags, int) else 0
        kind = entries.get("/FT")
        if not name or (kind == Name.Btn and flags & PUSH) or kind not in (Name.Btn, Name.Tx, Name.Ch):
            return
        kids = node.get("/Kids")
        widgets: list[pikepdf.Object] = [node]
        if isinstance(kids, Array):
            widgets = [kid for kid in kids if isinstance(kid, Dictionary)]
        if name in self.found:  # a field written twice: one with two widgets
            self.found[name].widgets += widgets[:MOST_FIELDS]
            return
        value = _value(entries.get("/V"))
        if kind == Name.Btn:
            made = Field(name, "radio" if flags & RADIO else "check", node, None, widgets)
            made.value = _state(made, value)
        else:
            made = Field(name, "text", node, value or None, widgets)
        self.found[name] = made


def on_state(widget: pikepdf.Object) -> str:
    """The name of the state in which a button's widget is on."""
    appearances = widget.get("/AP")
    normal = appearances.get("/N") if isinstance(appearances, Dictionary) else None
    if isinstance(normal, Dictionary):
        for key in normal.keys():  # noqa: SIM118  # a pikepdf object iterates over values
            if key != "/Off":
                return str(key)[1:]
    return ""


def _state(button: Field, value: str | None) -> str | None:
    """The state that a button is in. Some programs set only what is shown (AS), and no value."""
    if value and value != "Off":
        return value
    for widget in button.widgets:
        shown = widget.get("/AS")
        if isinstance(shown, Name) and shown != Name.Off:
            return str(shown)[1:]
    return None


def _value(value: Any) -> str | None:
    """A field's value as text, with `\\n` for a line's end."""
    if isinstance(value, Name):
        return str(value)[1:]
    if isinstance(value, Stream):
        value = String(value.read_bytes()[: 4 * LONGEST_VALUE])
    if isinstance(value, Array) and len(value) == 1:
        value = value[0]
    if not isinstance(value, String):
        return None
    return _text(value)[:LONGEST_VALUE].replace("\r\n", "\n").replace("\r", "\n")


def _text(value: Any) -> str:
    return str(value) if isinstance(value, String) else ""


# --- what it would do ----------------------------------------------------------------------------


def _check_scripts(catalog: pikepdf.Object, fields: dict[str, Field], name: str) -> None:
    """Refuse a form that would do something by itself, beside adding up its own numbers."""
    names = catalog.get("/Names")
    active = "/AA" in catalog or (isinstance(names, Dictionary) and "/JavaScript" in names)
    opening = catalog.get("/OpenAction")
    active = active or (isinstance(opening, Dictionary) and opening.get("/S") != Name.GoTo)
    for each in fields.values():
        for node in (each.node, *each.widgets):
            active = active or "/A" in node or ("/AA" in node and not _adds_up(node.AA))
    if active:
        raise complaint(
            name,
            "The file holds a script or an action that booklet did not put there. It was not run.",
            "Do not open the file in another program unless you trust who sent it.",
        )


def _adds_up(actions: Any) -> bool:
    if not isinstance(actions, Dictionary) or set(actions.keys()) != {"/C"}:
        return False
    action = actions.C
    script = action.get("/JS") if isinstance(action, Dictionary) else None
    return isinstance(script, String) and "/Next" not in action and bool(_SUM.fullmatch(str(script)))
