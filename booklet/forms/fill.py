"""Writes answers into a copy of a form, each with an appearance of its own."""

from __future__ import annotations

import io
import re
import warnings
from collections.abc import Iterator
from dataclasses import dataclass, replace

import pikepdf
from pikepdf import Array, Dictionary, Name, Stream, String

from booklet.compose.items import ARROW
from booklet.content.questions import Form
from booklet.forms import draw
from booklet.forms.acroform import Field, OpenForm, on_state
from booklet.forms.answers import Checked, check
from booklet.forms.flatten import Shown, flatten
from booklet.forms.read import added_up
from booklet.forms.widget import placement
from booklet.problems import Problem, ProblemsFound
from booklet.typeset import cjk
from booklet.typeset.itemize import script_of
from booklet.typeset.scripts import HAN
from booklet.untrusted import BROKEN, DAMAGED, complaint
from booklet.wording import listed, quoted
from booklet.yamlfile import KeyPath, Tree

MULTILINE = 1 << 12
"""Field flag of a text field (ISO 32000-1, table 228)."""
NO_SIZE = 12.0
"""Points of type in a field that does not say."""
_SIZE = re.compile(r"/\S+ +(\d{1,3}(?:\.\d+)?) +Tf")


@dataclass(frozen=True, slots=True)
class Filled:
    """The finished file, and what its maker should know."""

    data: bytes
    warnings: tuple[Problem, ...]


def fill(form: OpenForm, tree: Tree, *, flat: bool = False) -> Filled:
    """The form with the answers of a YAML file; what it held already stays, unless it is answered anew.

    Sums are worked out. With `flat` the answers become text of the pages, and there are no fields any
    more. The same form and answers give the same bytes. Raises ProblemsFound with every problem there is.
    """
    about = form.about
    if about is None:
        raise complaint(
            form.name,
            "The form does not say what it asks, so answers cannot be matched with it.",
            "Use a copy as booklet has made it.",
        )
    if form.pdf.is_encrypted:
        raise complaint(form.name, "The form is protected.", "Use a copy as booklet has made it.")
    filler = _Filler(form, about, tree, flat)
    try:
        filler.work_out()
        if any(problem.severity == "error" for problem in filler.problems):
            raise ProblemsFound(filler.problems)
        filler.write()
        data = _saved(form.pdf)
    except BROKEN as error:
        raise complaint(form.name, *DAMAGED) from error
    if form.damaged or form.pdf.get_warnings():
        raise complaint(form.name, *DAMAGED)
    return Filled(data, tuple(filler.problems))


def _saved(pdf: pikepdf.Pdf) -> bytes:
    out = io.BytesIO()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # pikepdf warns programmers of fields that the form does not list
        pdf.save(
            out,
            deterministic_id=True,
            fix_metadata_version=False,
            stream_decode_level=pikepdf.StreamDecodeLevel.none,
        )
    return out.getvalue()


class _Filler:
    """One form and one file of answers."""

    def __init__(self, form: OpenForm, about: Form, tree: Tree, flat: bool) -> None:
        self.form, self.about, self.tree, self.flat = form, about, tree, flat
        self.checked: Checked = check(tree, about, _longest(form))
        self.problems = list(self.checked.problems)
        self.values = {name: field.value for name, field in form.fields.items()}
        self.set: dict[str, KeyPath] = {}
        self.drawings: dict[str, list[tuple[float, list[draw.Row | None], draw.Box]]] = {}
        self.pen = draw.Pen()

    def work_out(self) -> None:
        """What every field is to hold and how it looks there; collects problems."""
        for name, entered in self.checked.entered.items():
            if name not in self.values:
                self.complain(
                    name,
                    entered.path,
                    f"The PDF has lost its field {quoted(name)}.",
                    "Use a fresh copy of it.",
                )
                continue
            self.values[name] = entered.value
            self.set[name] = entered.path
        for asked in self.about.questions:
            if asked.kind == "score" and asked.name in self.values:
                self.total(asked.name, added_up(asked, self.values))
        for name, field in self.form.fields.items():
            if field.kind == "text" and (text := self.values[name]):
                self.typeset(field, text)

    def total(self, name: str, total: int | None) -> None:
        """A sum is worked out here, whatever the answers claim."""
        self.values[name] = None if total is None else str(total)
        claim, path = self.checked.totals.get(name, (None, ()))
        if claim is not None and claim.strip() != str(total or 0):
            message = f"{quoted(name)} is added up from the other answers, to {total or 0}. That is written."
            hint = "Take this line away, or check the answers."
            self.problems.append(self.tree.problem(path, message, hint, severity="warning"))

    def typeset(self, field: Field, text: str) -> None:
        """Set an answer in each place that shows it."""
        path = self.set.get(field.name)
        lang = self.about.lang
        if lacking := draw.missing(text, lang):
            if path is not None or self.flat:
                self.complain(field.name, path, *_unknown(lacking))
            return
        made = []
        for widget in field.widgets:
            box = _box(field, widget, self.form.pdf)
            fitted = draw.fitting(text, box, lang)
            if fitted is None:
                if path is not None or self.flat:
                    self.complain(
                        field.name,
                        path,
                        f"The answer does not fit its field, not even in type of {draw.SMALLEST:g} points.",
                        "Shorten it, or fill in the other edition: its fields may be wider.",
                    )
                return
            made.append((*fitted, box))
        self.drawings[field.name] = made

    def complain(self, name: str, path: KeyPath | None, message: str, hint: str) -> None:
        """A problem with an answer of the file; or with one that the PDF held already."""
        if path is None:
            self.problems += complaint(self.form.name, f"{quoted(name)}: {message}", hint).problems
        else:
            self.problems.append(self.tree.problem(path, message, hint))

    # -- writing ----------------------------------------------------------------------------------

    def write(self) -> None:
        pdf = self.form.pdf
        shown = list(self.shown())
        fonts = self.pen.embed(pdf)
        if self.flat:
            flatten(pdf, shown, fonts)
            return
        resources = pdf.make_indirect(Dictionary(Font=Dictionary(fonts)))
        for name, field in self.form.fields.items():
            _store(field, self.values[name])
        for one in shown:
            if one.text:
                one.widget.AP = Dictionary(N=_appearance(pdf, one, resources))
        acroform = pdf.Root.AcroForm
        if "/NeedAppearances" in acroform:
            del acroform.NeedAppearances

    def shown(self) -> Iterator[Shown]:
        """What each widget shows, with the text that booklet draws."""
        for name, field in self.form.fields.items():
            value = self.values[name]
            if field.kind != "text":
                for widget in field.widgets:
                    on = bool(value) and on_state(widget) == value
                    mark = self.tick(field, widget, on) if self.flat else ""
                    yield Shown(widget, field.kind, _tip(field, widget), mark, on)
            elif name in self.drawings:
                for widget, (size, rows, box) in zip(field.widgets, self.drawings[name], strict=True):
                    yield Shown(widget, "text", _tip(field, widget), self.pen.text(rows, size, box))
            elif value is None:
                emptied = field.value is not None and not self.flat
                for widget in field.widgets:
                    yield Shown(widget, "text", _tip(field, widget), " " if emptied else "")

    def tick(self, field: Field, widget: pikepdf.Object, on: bool) -> str:
        """A tick box or a button that can no longer be pressed; a reader hears a ballot box."""
        from booklet.pdf.forms import drawn_mark

        side = _size(widget)[0]
        sign = self.pen.unseen(draw.TICKED if on else draw.UNTICKED, 0.1 * side, 0.2 * side, 0.8 * side)
        return f"{drawn_mark(field.kind, side)} {sign}" if on else sign


def _unknown(lacking: tuple[str, ...]) -> tuple[str, str]:
    """Message and hint on characters that no font has."""
    one = len(lacking) == 1
    hint = "Write it in words. Emoji and other small pictures cannot stand in a form."
    if any(script_of(char) in HAN for char in lacking) and not cjk.font_files():
        hint = cjk.HINT
    shown = listed(lacking[:5], "and") + (", and more," if len(lacking) > 5 else "")
    return (
        f"{shown} cannot be shown: no font that comes with booklet has {'it' if one else 'them'}.",
        hint,
    )


def _longest(form: OpenForm) -> dict[str, int]:
    """How many characters each text field takes, where it says."""
    found: dict[str, int] = {}
    for name, field in form.fields.items():
        most = field.node.get("/MaxLen")
        if isinstance(most, int) and most > 0:
            found[name] = most
    return found


def _size(widget: pikepdf.Object) -> tuple[float, float]:
    """Width and height of a widget as it is read, in points."""
    return placement(widget).panel_size


def _box(field: Field, widget: pikepdf.Object, pdf: pikepdf.Pdf) -> draw.Box:
    node, form = field.node, pdf.Root.AcroForm
    style = next((str(one.DA) for one in (widget, node, form) if "/DA" in one), "")
    found = _SIZE.search(style)
    size = float(found[1]) if found else 0.0
    flags = node.get("/Ff", 0)
    align = next((one.Q for one in (widget, node, form) if "/Q" in one), 0)
    width, height = _size(widget)
    return draw.Box(
        width,
        height,
        size or NO_SIZE,
        1 if align == 1 else 2 if align == 2 else 0,
        not field.menu and isinstance(flags, int) and bool(flags & MULTILINE),
        ARROW if field.menu else 0,
    )


def _store(field: Field, value: str | None) -> None:
    """The value in the field, and the state that a button shows."""
    if field.kind == "text":
        if value is None:
            if "/V" in field.node:
                del field.node.V
        elif value != field.value:
            field.node.V = String(value)
        if "/I" in field.node:  # the place of a menu's answer, which some programs store beside it
            del field.node.I
        return
    field.node.V = Name(f"/{value}") if value else Name.Off
    for widget in field.widgets:
        widget.AS = Name(f"/{value}") if value and on_state(widget) == value else Name.Off


def _appearance(pdf: pikepdf.Pdf, shown: Shown, resources: pikepdf.Object) -> Stream:
    width, height = _size(shown.widget)
    text = shown.text.strip()
    clip = f"q 0 0 {width:g} {height:g} re W n {text} Q " if text else ""
    place = placement(shown.widget)
    # Viewers fit the turned box into the widget's rectangle (ISO 32000-1, 12.5.5).
    turned = {"Matrix": Array(replace(place, x=0.0, y=0.0).matrix)} if place.turn else {}
    return Stream(
        pdf,
        f"/Tx BMC {clip}EMC".encode("ascii"),
        **turned,
        Type=Name.XObject,
        Subtype=Name.Form,
        BBox=Array([0, 0, round(width, 3), round(height, 3)]),
        Resources=resources if text else Dictionary(),
    )


def _tip(field: Field, widget: pikepdf.Object) -> str:
    """What a screen reader calls the field."""
    return next((str(one.TU) for one in (widget, field.node) if "/TU" in one), "")
