"""Answers go into a form and come out of it unchanged, whoever has filled it in, and whatever the file is."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
import tempfile
import warnings
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pytest
import yaml
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy
from PIL import Image
from pypdfium2 import raw as pdfium

from booklet.build import EDITIONS
from booklet.content.questions import Asked, Form
from booklet.forms import output
from booklet.forms.acroform import OpenForm, on_state, opened
from booklet.forms.draw import BOOK
from booklet.forms.fill import Filled, fill
from booklet.forms.read import Answer, Answers, read
from booklet.forms.widget import placement
from booklet.problems import ProblemsFound
from booklet.wording import UNSEEN
from booklet.yamlfile import parse
from tests import chromium, pdfmodel, tools
from tests.hostile import HOSTILE
from tests.pdfmodel import PdfFile
from tests.worksheets import LANGS, Edition, controls, worksheet

ROOT = Path(__file__).resolve().parent.parent
GOLDEN = ROOT / "tests" / "golden"
CASES: list[tuple[str, Edition]] = [(lang, edition) for lang in LANGS for edition in EDITIONS]
JUDGES = [
    pytest.param(judge, id=name, marks=pytest.mark.needs(name)) for name, judge in tools.VALIDATORS.items()
]
READERS = [pytest.param(read, id=name, marks=pytest.mark.needs(name)) for name, read in tools.READERS.items()]

ANSWERS: Mapping[str, Mapping[str, Any]] = {
    "en": {
        "waits.seat": "often",
        "waits.quiet": "sometimes",
        "calm": "noon",
        "helps": ["tea"],
        "way": "lift",
        "again": "no",
        "first-words": "Łukasz, it’s me: Nguyễn Ольга.",
        "limits": "I will not shout.\n\nI will not pay the debt again, whatever the reason may be that I am given.",  # noqa: E501
        "beds": "12",
        "clinic-phone": "+1 206 555 0100",
        "next": "2026-12-01",
        "programs.1.ask": "Is there a waiting list?",
        "compare.light.first": "Yes, all day",
        "people.1.name": "Ana",
        "people.1.phone": "206 555 0100",
        "people.2.when": "Evenings after seven",
    },
    "es": {
        "waits.seat": "never",
        "waits.quiet": "often",
        "helps": ["good", "tea"],
        "way": "bus",
        "again": "yes",
        "first-words": "Señora Ibáñez, ¿me oye?",
        "limits": "No voy a gritar.\nNo voy a pagar.",
        "next": "1999-02-28",
        "people.1.name": "Mamá y tía Úrsula",
    },
    "ar": {
        "waits.seat": "sometimes",
        "calm": "morning",
        "helps": ["good"],
        "way": "foot",
        "first-words": "مرحبا، أنا ليلى (أم سامي)",
        "limits": "لن أصرخ في وجهه.\nسأتصل بالعيادة قبل الساعة 12 ظهرا.",
        "clinic-phone": "206 555 0100",
        "next": "2026-12-31",
        "people.1.name": "سامي",
        "people.1.when": "مساء الاثنين",
    },
}
"""Answers as a person of each language may give them."""


def path_of(folder: Path, lang: str = "en", edition: Edition = "print") -> Path:
    """A blank form as a file."""
    path = folder / f"{lang}.{edition}.pdf"
    if not path.exists():
        path.write_bytes(worksheet(lang, edition))
    return path


@pytest.fixture
def blank(tmp_path: Path) -> Path:
    return path_of(tmp_path)


def written(answers: Mapping[str, Any]) -> str:
    return yaml.safe_dump(dict(answers), allow_unicode=True, sort_keys=False)


def filled(form: Path, answers: Mapping[str, Any] | str, *, flat: bool = False) -> Filled:
    text = answers if isinstance(answers, str) else written(answers)
    with opened(form) as source:
        return fill(source, parse(text.encode(), "answers.yaml", lines=True), flat=flat)


def told(form: Path, answers: Mapping[str, Any] | str, *, flat: bool = False) -> list[str]:
    """The problems with some answers: place, message, hint."""
    with pytest.raises(ProblemsFound) as found:
        filled(form, answers, flat=flat)
    return [f"{problem.place}: {problem.message} {problem.hint}" for problem in found.value.problems]


def save(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path


@cache
def about(lang: str = "en") -> Form:
    with pikepdf.open(io.BytesIO(worksheet(lang, "print"))) as pdf:
        text = pdf.Root.Metadata.read_bytes().decode()
    start, end = text.index("bk:form"), text.index("</bk:form>")
    return Form.model_validate_json(text[text.index(">", start) + 1 : end].replace("&amp;", "&"))


def everything(answers: Mapping[str, Any]) -> dict[str, Answer]:
    """What must be read back: the answers, nothing for the rest, and the sums."""
    points = {"never": 0, "sometimes": 1, "often": 3}
    given_ = [points[value] for name, value in answers.items() if name.startswith("waits.") and value]
    expected: dict[str, Answer] = {}
    for asked in about().questions:
        match asked.kind:
            case "score":
                expected[asked.name] = sum(given_) if given_ else None
            case "choices":
                expected[asked.name] = answers.get(asked.name, [])
            case "rating" | "grid":
                expected.update({name: answers.get(name) or None for name in asked.fields})
            case _:
                expected[asked.name] = answers.get(asked.name) or None
    return expected


# --- what the file says of itself ----------------------------------------------------------------


def test_the_pdf_says_what_it_asks() -> None:
    form = about()
    assert form.identity == "check/1.0/en-US"
    assert form.title == "How the visit went"
    kinds = {asked.name: asked.kind for asked in form.questions}
    assert list(kinds.items()) == [
        ("waits", "rating"), ("total", "score"), ("calm", "choice"), ("helps", "choices"), ("way", "menu"),
        ("again", "choice"),
        ("first-words", "text"), ("limits", "multiline"), ("beds", "number"), ("clinic-phone", "phone"),
        ("next", "date"), ("programs", "grid"), ("compare", "grid"), ("people", "grid"), ("again-total", "score"),  # noqa: E501
    ]  # fmt: skip
    by_name = {asked.name: asked for asked in form.questions}
    waits = by_name["waits"]
    assert dict(zip(waits.values, waits.points, strict=True)) == {
        "never": "0",
        "sometimes": "1",
        "often": "3",
    }
    way = by_name["way"]
    assert dict(zip(way.values, way.words, strict=True)) == {
        "foot": "On foot",
        "bus": "By bus or train",
        "lift": "A friend drove me",
    }
    assert by_name["total"].terms == waits.fields == ("waits.seat", "waits.quiet")
    assert by_name["next"].fields == ("next.month", "next.day", "next.year")
    assert by_name["first-words"].most == 80


def test_what_it_says_names_every_field_and_no_other() -> None:
    with opened_bytes(worksheet("es", "screen")) as form:
        assert form.about is not None
        assert {name for asked in form.about.questions for name in asked.fields} == set(form.fields)


@contextmanager
def opened_bytes(data: bytes) -> Iterator[OpenForm]:
    """A form that is not in a file yet."""
    with tempfile.TemporaryDirectory() as folder, opened(save(Path(folder) / "form.pdf", data)) as form:
        yield form


def test_a_document_that_asks_nothing_says_nothing(shipped: Any) -> None:
    for pdf in shipped.values():
        assert b"bk:form" not in pdf.path.read_bytes()


# --- round trips ---------------------------------------------------------------------------------


def letters() -> str:
    """The characters that a form shows: those that a font has, and some that need no glyph."""
    faces = {face for script in ("Latn", "Cyrl") for face in BOOK.chain(script, 400, False)}
    covered = {chr(code) for face in faces for code in face.coverage}
    hidden = {"\u200b", "\u200c", "\u200d", "\u200e", "\u200f", "\u00ad"}
    return "".join(
        sorted(char for char in covered | hidden if not UNSEEN.match(char) and char not in "\n\r\t\ufffd")
    )


LETTERS = letters()
SCRIPTS = ("aeiou ŁłÑñ ’“”", "жЯ щё", "سلام ة ئ،", "שלום ־", "नमस्ते क्ष", "ไทย ที่", "ខ្មែរ", "မြန်မာ", "አማርኛ")


def texts(most: int) -> SearchStrategy[str]:
    anything = st.text(LETTERS, max_size=most)
    words = st.sampled_from(SCRIPTS).flatmap(lambda script: st.text(script, max_size=most))
    return st.one_of(
        words, anything, st.sampled_from(["", "=1+1", "no", "1.0", " a ", "- x", "#", "''", "null", "x: y"])
    )


def answer_sets() -> SearchStrategy[dict[str, Any]]:
    """Any answers to the worksheet, short enough for its smallest fields."""
    fields: dict[str, SearchStrategy[Any]] = {}
    for asked in about().questions:
        fields.update(_answers_to(asked))
    return st.fixed_dictionaries({}, optional=fields)


def _answers_to(asked: Asked) -> dict[str, SearchStrategy[Any]]:
    match asked.kind:
        case "score":
            return {}
        case "rating":
            return {name: st.sampled_from([None, *asked.values]) for name in asked.fields}
        case "choice" | "menu":
            return {asked.name: st.sampled_from([None, *asked.values])}
        case "choices":
            options = st.sets(st.sampled_from(asked.values))
            return {asked.name: options.map(lambda some: [one for one in asked.values if one in some])}
        case "date":
            return {asked.name: st.none() | st.dates().map(lambda day: day.isoformat())}
        case "number":
            return {asked.name: st.none() | st.integers(0, 999_999).map(str)}
        case "multiline":
            return {asked.name: st.lists(texts(60), max_size=4).map("\n".join)}
    return {name: texts(10) for name in asked.fields}


@settings(max_examples=200, deadline=None, suppress_health_check=list(HealthCheck))
@given(answer_sets())
@example(dict(ANSWERS["en"]))
@example(dict(ANSWERS["ar"]))
@example({"limits": "\n\n a\n\n"})
def test_what_is_filled_in_is_read_back(
    tmp_path_factory: pytest.TempPathFactory, answers: dict[str, Any]
) -> None:
    folder = tmp_path_factory.getbasetemp()
    form = path_of(folder)
    copy = save(folder / "round.pdf", filled(form, answers).data)
    got = read(copy)
    expected = everything(answers)
    assert dict(got.values) == expected
    assert got.notes == ()
    # The YAML that is read out can be filled in again, and gives the same file.
    again = filled(form, output.yaml_text([got]))
    assert again.warnings == ()
    assert again.data == copy.read_bytes()


@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    st.sampled_from(CASES),
    st.lists(st.text("abcdefghij", min_size=1, max_size=12), min_size=12, max_size=30).map(" ".join),
    st.integers(300, 400),
)
def test_long_answers_are_read_back_from_every_edition(
    tmp_path_factory: pytest.TempPathFactory, case: tuple[str, Edition], line: str, most: int
) -> None:
    folder = tmp_path_factory.getbasetemp()
    answers = {
        "first-words": line[:80],
        "limits": ("Ein Satz mit Wörtern, die nicht gezählt sind. " * 9)[:most],
    }
    copy = save(folder / "long.pdf", filled(path_of(folder, *case), answers).data)
    assert dict(read(copy).values) == everything(answers)


def test_the_same_answers_give_the_same_bytes(blank: Path) -> None:
    for flat in (False, True):
        assert filled(blank, ANSWERS["en"], flat=flat).data == filled(blank, ANSWERS["en"], flat=flat).data


def test_answers_may_be_nested(blank: Path, tmp_path: Path) -> None:
    text = """
    form: check/1.0
    waits: {seat: often, quiet: never}
    helps.tea: yes
    people:
      1: {name: Ana}
    next: {month: "12", day: "24"}
    limits: |
      one
      two
    """
    got = read(save(tmp_path / "copy.pdf", filled(blank, text).data)).values
    assert (got["waits.seat"], got["waits.quiet"], got["total"]) == ("often", "never", 3)
    assert (got["helps"], got["people.1.name"], got["limits"]) == (["tea"], "Ana", "one\ntwo")
    assert got["next"] == {"month": "12", "day": "24"}


def test_a_filled_form_keeps_what_is_not_answered_anew(blank: Path, tmp_path: Path) -> None:
    first = save(tmp_path / "first.pdf", filled(blank, ANSWERS["en"]).data)
    second = save(
        tmp_path / "second.pdf", filled(first, {"waits.seat": None, "beds": "3", "limits": ""}).data
    )
    changed = {**ANSWERS["en"], "waits.seat": None, "beds": "3", "limits": None}
    assert dict(read(second).values) == everything(changed)


# --- answers that cannot be ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("answers", "message"),
    [
        ("waits.seat: ofen", '1:13: "ofen" is none of the possible answers. Did you mean "often"? Possible are'  # noqa: E501
                             ' "never", "sometimes" and "often".'),
        ("waits: often", '1:8: "waits" has several fields. Answer each: "waits.seat" and "waits.quiet".'),
        ("calm: [noon]", "1:7: There can be one answer here, not several."),
        ("helps: [tea, cake]", '1:14: "cake" is none of the possible answers. Possible are "good" and "tea".'),  # noqa: E501
        ("helps.tea: often", '1:12: "often" is none of the possible answers.'),
        ("way: train", '1:6: "train" is none of the possible answers. Possible are "foot", "bus" and "lift".'),  # noqa: E501
        ("way: [foot, bus]", "1:6: There can be one answer here, not several."),
        ("first-word: x", '1:1: The form does not ask "first-word". Did you mean "first-words"?'),
        ("zzz: x", '1:1: The form does not ask "zzz". It asks: "waits", "total", "calm"'),
        ("{people: {1: {nam: x}}}", '1:15: The form does not ask "people.1.nam". Did you mean "people.1.name"?'),  # noqa: E501
        ("first-words: " + "x" * 81, "1:14: The answer has 81 characters, and the field takes 80. Take 1 away."),  # noqa: E501
        ("next.day: '123'", "1:11: The answer has 3 characters, and the field takes 2."),
        ('first-words: "a\\nb"', "1:14: The answer has several lines, and the field has one."),
        ("first-words: sad 😢", '1:14: "😢" cannot be shown: no font that comes with booklet has it. Write it in'  # noqa: E501
                               " words."),
        ("first-words: კი", '1:14: "კ" and "ი" cannot be shown: no font that comes with booklet has them.'),
        ('first-words: "a\\tb"', "cannot be shown"),
        ("people.1.name: " + "Anna " * 60, "1:16: The answer does not fit its field, not even in type of 8 points."),  # noqa: E501
        ("beds: many", '1:7: "many" is not a number. Write digits.'),
        ("next: 12/01/2026", '1:7: "12/01/2026" is not a date. Write year-month-day, such as 2026-12-01.'),
        ("next: 2026-02-30", '1:7: "2026-02-30" is not a date.'),
        ("beds: 1\n{beds: 2}", "answers.yaml"),
        ("waits.seat: often\nwaits: {seat: never}", '2:9: "waits.seat" is answered twice. It stands in line 1'
                                                    " already."),
        ("- beds", "1:1: The answers must be lines of a name, a colon and an answer."),
        ("form: other/1.0\nbeds: 1", '1:7: These answers belong to another form: this one is "check".'),
    ],
)  # fmt: skip
def test_an_impossible_answer_is_told_with_its_place(blank: Path, answers: str, message: str) -> None:
    assert any(message in line for line in told(blank, answers))


def test_all_problems_are_told_at_once_and_nothing_is_written(blank: Path, tmp_path: Path) -> None:
    answers = "waits.seat: x\nbeds: y\nnext: z\nfirst-words: 😢\nsecond-words: a\n"
    assert [line.split(":")[1] for line in sorted(told(blank, answers))] == ["1", "2", "3", "4", "5"]
    source = save(tmp_path / "answers.yaml", answers.encode())
    done = booklet("fill", blank, source, "--out", tmp_path / "copy.pdf")
    assert (done.returncode, (tmp_path / "copy.pdf").exists()) == (1, False)
    assert done.stderr.count("error:") == 5


def test_answers_to_another_version_are_filled_in_with_a_warning(blank: Path) -> None:
    (warning,) = filled(blank, "form: check/0.9/en-US\nbeds: 1").warnings
    assert warning.message == "These answers belong to version 0.9 of the form; the PDF is version 1.0."
    assert (warning.severity, warning.place.line) == ("warning", 1)


def test_a_wrong_sum_is_added_up_anew_with_a_warning(blank: Path, tmp_path: Path) -> None:
    made = filled(blank, "waits.seat: often\ntotal: 5")
    assert [warning.message for warning in made.warnings] == [
        '"total" is added up from the other answers, to 3. That is written.'
    ]
    assert read(save(tmp_path / "copy.pdf", made.data)).values["total"] == 3


# --- the files that are made ---------------------------------------------------------------------


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Filled and fixed copies in every language and edition, by name."""
    folder = tmp_path_factory.mktemp("made")
    files = {}
    for lang, edition in CASES:
        for flat in (False, True):
            name = f"{lang}.{edition}.{'flat' if flat else 'filled'}"
            data = filled(path_of(folder, lang, edition), ANSWERS[lang], flat=flat).data
            files[name] = save(folder / f"{name}.pdf", data)
    return files


@pytest.mark.parametrize("judge", JUDGES)
def test_no_validator_finds_an_error(judge: tools.Validator, made: dict[str, Path]) -> None:
    errors = {
        name: [str(one) for one in judged if one.severity == "error"]
        for judged, name in ((judge([path])[path], name) for name, path in made.items())
    } if judge is not tools.verapdf else {
        path.stem: [str(one) for one in judged] for path, judged in judge(made.values()).items()
    }  # fmt: skip
    assert {name: found for name, found in errors.items() if found} == {}


def test_what_no_validator_looks_at_is_in_order(made: dict[str, Path]) -> None:
    for name, path in made.items():
        with PdfFile.open(path) as file:
            found = [one for one in pdfmodel.problems(file) if "JavaScript" not in one]
            assert (name, found) == (name, [])
            assert "/NeedAppearances" not in file.pdf.Root.get("/AcroForm", {})


@pytest.mark.needs("pdffonts")
def test_all_fonts_are_embedded(made: dict[str, Path]) -> None:
    for path in made.values():
        assert all(font.embedded and font.to_unicode for font in tools.pdffonts(path))


def test_a_filled_form_says_the_same_of_itself(made: dict[str, Path]) -> None:
    for name, path in made.items():
        with pikepdf.open(path) as copy, pikepdf.open(io.BytesIO(worksheet(*name.split(".")[:2]))) as form:
            assert copy.Root.Metadata.read_bytes() == form.Root.Metadata.read_bytes()


@pytest.mark.parametrize("reader", READERS)
def test_fixed_answers_are_read_back_as_text(reader: tools.Reader, made: dict[str, Path]) -> None:
    flat = {name: path for name, path in made.items() if name.endswith("flat")}
    pages = reader(flat.values())
    for name, path in flat.items():
        text = tools.plain(" ".join(pages[path])).replace(" ", "")
        for answer in _texts_of(ANSWERS[name.split(".")[0]]):
            for word in answer.split() if name.startswith("ar") else [answer]:
                assert word.replace(" ", "") in text, (name, word)
        assert text.count("☑") == _ticks_of(ANSWERS[name.split(".")[0]])


def _texts_of(answers: Mapping[str, Any]) -> list[str]:
    """What is written, without what a reader may order otherwise: brackets beside Arabic."""
    chosen = ("waits", "calm", "way", "again", "next")
    texts_ = [
        value for name, value in answers.items() if isinstance(value, str) and not name.startswith(chosen)
    ]
    return [
        part.translate({ord(sign): " " for sign in "()،."}) for text in texts_ for part in text.split("\n")
    ]


def _ticks_of(answers: Mapping[str, Any]) -> int:
    pressed = sum(name.startswith(("waits.", "calm", "again")) for name in answers)
    return pressed + len(answers.get("helps", []))


def test_a_fixed_form_has_no_fields_but_says_what_they_were(made: dict[str, Path]) -> None:
    with PdfFile.open(made["en.print.flat"]) as file:
        assert "/AcroForm" not in file.pdf.Root
        assert not [one for _, one in file.annotations() if one.Subtype == "/Widget"]
        roles = [one.obj.A for one in file.elements if one.tag == "Form"]
        said = [(str(role.Role)[1:], str(role.get("/checked", "/-"))[1:], str(role.Desc)) for role in roles]
    assert ("rb", "on", "In the waiting room, I … found a seat: Often (points: 3)") in said
    assert ("rb", "off", "In the waiting room, I … found a seat: Never (points: 0)") in said
    assert ("cb", "on", "What helped? Tick all that did: Tea") in said
    assert ("tv", "-", "Whom I can call. 1. Name") in said
    assert ("tv", "-", "Whom I can call. 2. Name") not in said  # left blank


@pytest.mark.parametrize("name", ["en.print.flat", "en.screen.flat"])
def test_fixed_answers_are_said_where_they_were_asked(made: dict[str, Path], name: str) -> None:
    with PdfFile.open(made[name]) as file:
        said = [block.text for block in pdfmodel.blocks(file)]
        painted = [mcid for page in file.pages.values() for mcid in page.mcids()]
        in_tree = [kid.mcid for element in file.elements for kid in element.kids if hasattr(kid, "mcid")]
    place = said.index("What will you say first?")
    answer = ANSWERS[name[:2]]["first-words"]
    assert any(answer.split()[0] in text for text in said[place + 1 : place + 4])
    assert sorted(painted) == sorted(in_tree)


@pytest.mark.parametrize("lang", LANGS)
def test_answers_can_be_seen(lang: str, made: dict[str, Path], tmp_path: Path) -> None:
    """Poppler and PDFium paint each answer in its field, and a filled and a fixed copy look the same."""
    for viewer in (_poppler, _pdfium):
        empty = viewer(path_of(tmp_path, lang), tmp_path)
        for kind in ("filled", "flat"):
            images = viewer(made[f"{lang}.print.{kind}"], tmp_path)
            inked = {name for name, box in _boxes(lang) if _ink(images, box) > _ink(empty, box) + 4}
            assert (viewer.__name__, kind, inked) == (viewer.__name__, kind, _answered(lang))


Images = list[Image.Image]
DPI = 108
Box = tuple[int, tuple[float, float, float, float]]


def _answered(lang: str) -> set[str]:
    """The fields that hold something, each button by its state."""
    answers = {name: value for name, value in everything(ANSWERS[lang]).items() if value not in (None, [])}
    names: set[str] = set()
    for name, value in answers.items():
        if name == "helps":
            names |= {f"helps.{one}=yes" for one in ANSWERS[lang]["helps"]}
        elif name == "next":
            names |= {f"next.{part}" for part in ("year", "month", "day")}
        elif name.startswith("waits."):
            names.add(f"{name}={ {'never': 0, 'sometimes': 1, 'often': 3}[str(value)] }".replace(" ", ""))
        elif name in ("calm", "again"):
            names.add(f"{name}={value}")
        else:
            names.add(name)
    return names


@cache
def _boxes(lang: str) -> list[tuple[str, Box]]:
    """Each place of the printed form that shows something, in points."""
    boxes: list[tuple[str, Box]] = []
    with opened_bytes(worksheet(lang, "print")) as form:
        pages = {page.obj.objgen: number for number, page in enumerate(form.pdf.pages)}
        for name, field in form.fields.items():
            for widget in field.widgets:
                key = name if field.kind == "text" else f"{name}={on_state(widget)}"
                boxes.append((key, (pages[widget.P.objgen], placement(widget).box)))
    return boxes


def _ink(images: Images, box: Box) -> int:
    """Dark pixels inside a field, its own frame left out."""
    number, (left, bottom, right, top) = box
    image, scale = images[number], DPI / 72
    inner = (
        (left + 5, top - 5, right - 5, bottom + 5)
        if top - bottom < 21 < right - left + 2
        else (left + 2, top - 2, right - 2, bottom + 2)
    )
    x1, y1, x2, y2 = (
        inner[0] * scale,
        image.height - inner[1] * scale,
        inner[2] * scale,
        image.height - inner[3] * scale,
    )
    part = image.crop((round(x1), round(y1), round(x2), round(y2))).convert("L")
    return sum(part.histogram()[:110])


def _poppler(path: Path, folder: Path) -> Images:
    tools.require("pdftotext", need_all=False)
    subprocess.run(["pdftoppm", "-r", str(DPI), path, folder / path.stem], check=True, capture_output=True)
    return [Image.open(page) for page in sorted(folder.glob(f"{path.stem}-*.ppm"))]


def _pdfium(path: Path, folder: Path) -> Images:
    with pypdfium2.PdfDocument(path) as pdf:
        if pdf.get_formtype():
            pdf.init_forms()
        return [page.render(scale=DPI / 72).to_pil() for page in pdf]


def test_a_text_that_is_too_wide_becomes_smaller_but_not_too_small(blank: Path, tmp_path: Path) -> None:
    sizes = []
    for count in (5, 60, 80):
        with pikepdf.open(io.BytesIO(filled(blank, {"first-words": "mw " * (count // 3)}).data)) as pdf:
            field = next(one for one in pdf.Root.AcroForm.Fields if one.T == "first-words")
            content = field.AP.N.read_bytes().decode()
            sizes.append(float(content.split(" Tf")[0].split()[-1]))
            meant = float(str(field.DA).split(" Tf")[0].split()[-1])
    assert sizes[0] == meant
    assert sizes == sorted(sizes, reverse=True)
    assert sizes[-1] >= 8


# --- what a screen reader finds ------------------------------------------------------------------


@pytest.mark.parametrize("state", ["blank", "filled"])
def test_every_control_is_as_a_person_has_read_it(state: str, blank: Path, tmp_path: Path) -> None:
    """tests/golden holds what `python -m tests.worksheets FORM.pdf` printed; read it before changing it."""
    path = blank if state == "blank" else save(tmp_path / "filled.pdf", filled(blank, ANSWERS["en"]).data)
    with PdfFile.open(path) as file:
        assert list(controls(file)) == (GOLDEN / f"check.en.{state}.txt").read_text().splitlines()


# --- filled in by others -------------------------------------------------------------------------

BY_HAND: Mapping[str, str] = {
    "waits.seat": "3",
    "waits.quiet": "1",
    "helps.tea": "yes",
    "calm": "noon",
    "way": "By bus or train",
    "first-words": "Łukasz, it’s Ольга.",
    "limits": "one\ntwo",
    "next.month": "2",
    "next.day": "3",
    "next.year": "2027",
    "clinic-phone": "+1 206",
    "people.1.name": "عربي 中文",
}
"""What is typed or chosen from a menu, and the states of the buttons that are pressed."""
READ_BACK: Mapping[str, Answer] = {
    "waits.seat": "often",
    "waits.quiet": "sometimes",
    "total": 4,
    "calm": "noon",
    "helps": ["tea"],
    "way": "bus",
    "first-words": "Łukasz, it’s Ольга.",
    "limits": "one\ntwo",
    "clinic-phone": "+1 206",
    "next": "2027-02-03",
    "people.1.name": "عربي 中文",
    "again-total": 4,
}


def by_pdfium(form: Path, copy: Path) -> None:
    """With mouse and keys, as PDFium's own events; this build of it runs no scripts."""
    typed_in_pdfium(form, BY_HAND, copy)


def typed_in_pdfium(form: Path, values: Mapping[str, str], copy: Path) -> Images:
    """Fill in a form in PDFium and save it; gives the pages as the screen showed them before."""
    with opened(form) as file:
        places = dict(_spots(file))
        menus = {name: [str(one) for one in each.node.Opt] for name, each in file.fields.items() if each.menu}
    with pypdfium2.PdfDocument(form) as pdf:
        pdf.init_forms()
        environment = pdf.formenv.raw
        pages = [pdf[number] for number in range(len(pdf))]
        for name, value in values.items():
            number, x, y = places.get(name) or places[f"{name}={value}"]
            page = pages[number].raw
            for event in (pdfium.FORM_OnMouseMove, pdfium.FORM_OnLButtonDown, pdfium.FORM_OnLButtonUp):
                event(environment, page, 0, x, y)
            for _ in range(menus[name].index(value) + 1 if name in menus else 0):
                pdfium.FORM_OnKeyDown(environment, page, pdfium.FWL_VKEY_Down, 0)
            for char in value if name in places and name not in menus else "":
                pdfium.FORM_OnChar(environment, page, 13 if char == "\n" else ord(char), 0)
            pdfium.FORM_ForceToKillFocus(environment)
        images = [page.render(scale=DPI / 72).to_pil() for page in pages]
        pdf.save(copy)
    return images


def _spots(file: OpenForm) -> Any:
    numbers = {page.obj.objgen: number for number, page in enumerate(file.pdf.pages)}
    for name, field in file.fields.items():
        for widget in field.widgets:
            left, bottom, right, top = placement(widget).box
            key = name if field.kind == "text" else f"{name}={on_state(widget)}"
            yield key, (numbers[widget.P.objgen], (left + right) / 2, (bottom + top) / 2)


def by_pikepdf(form: Path, copy: Path) -> None:
    """Bare values, as a program writes them that knows no appearances; one button by what it shows alone."""
    with opened(form) as file:
        for name, value in BY_HAND.items():
            field = file.fields[name]
            if field.kind == "text":
                field.node.V = pikepdf.String(value.replace("\n", "\r"))
            elif name == "waits.quiet":
                for widget in field.widgets:
                    widget.AS = pikepdf.Name(f"/{value}" if on_state(widget) == value else "/Off")
            else:
                field.node.V = pikepdf.Name(f"/{value}")
        file.pdf.save(copy, object_stream_mode=pikepdf.ObjectStreamMode.generate)


def by_pikepdf_form(form: Path, copy: Path) -> None:
    """With pikepdf's own class for forms, which leaves it to viewers to draw the answers."""
    from pikepdf.form import Form as PikepdfForm

    with warnings.catch_warnings(), pikepdf.open(form) as pdf:
        warnings.simplefilter("ignore")
        fields = PikepdfForm(pdf)
        for name, value in BY_HAND.items():
            field: Any = fields[name]
            if name in ("waits.seat", "waits.quiet", "calm"):
                field.value = pikepdf.Name(f"/{value}")
            elif name == "helps.tea":
                field.checked = True
            else:
                field.value = value
        pdf.save(copy)


def by_pdfjs(form: Path, copy: Path) -> None:
    # Its scripts have added up.
    assert typed_in_pdfjs(form, BY_HAND, copy) == {"total": "4", "again-total": "4"}


def typed_in_pdfjs(form: Path, values: Mapping[str, str], copy: Path) -> Any:
    """Fill in a form in PDF.js and save it; gives what its scripts have written into other fields."""
    source = save(copy.with_suffix(".json"), json.dumps(dict(values)).encode())
    done = subprocess.run(
        ["node", ROOT / "tools" / "pdfjs" / "fill.mjs", form, source, copy],
        capture_output=True,
        text=True,
        check=True,
    )
    return json.loads(done.stdout)


def by_chromium(form: Path, copy: Path) -> None:
    chromium.fill(form, BY_HAND, copy)


@pytest.mark.parametrize(
    ("by", "adds_up"),
    [
        pytest.param(by_pdfium, False, id="pdfium"),
        pytest.param(by_pikepdf, False, id="pikepdf"),
        pytest.param(by_pikepdf_form, False, id="pikepdf-form"),
        pytest.param(by_pdfjs, True, id="pdfjs", marks=pytest.mark.needs("pdfjs")),
        pytest.param(by_chromium, True, id="chromium", marks=pytest.mark.needs("chromium")),
    ],
)
@pytest.mark.parametrize("lang", ["en", "ar"])
def test_a_form_filled_in_by_others_is_read(
    by: Callable[[Path, Path], None], adds_up: bool, lang: str, tmp_path: Path
) -> None:
    copy = tmp_path / "copy.pdf"
    by(path_of(tmp_path, lang), copy)
    got = read(copy)
    assert {name: value for name, value in got.values.items() if value not in (None, [])} == READ_BACK
    assert got.notes == ()
    with opened(copy) as form:
        assert form.fields["total"].value == ("4" if adds_up else None)


@pytest.mark.needs("pdftotext")
@pytest.mark.parametrize("by", [by_pdfium, pytest.param(by_pdfjs, marks=pytest.mark.needs("pdfjs"))])
def test_what_others_fill_in_is_printed(by: Callable[[Path, Path], None], tmp_path: Path) -> None:
    """Their copies show what the entry font has, without a viewer that draws fields anew."""
    copy = tmp_path / "copy.pdf"
    by(path_of(tmp_path), copy)
    empty, images = _poppler(path_of(tmp_path), tmp_path), _poppler(copy, tmp_path)
    inked = {name for name, box in _boxes("en") if _ink(images, box) > _ink(empty, box) + 4}
    expected = {f"{name}={value}" if name in ("waits.seat", "waits.quiet", "helps.tea", "calm") else name
                for name, value in BY_HAND.items()} - {"people.1.name"}  # fmt: skip
    assert expected <= inked


NAMES: Mapping[str, str] = {
    "people.1.name": "Łukasz",
    "people.1.phone": "Nguyễn",
    "people.1.when": "Ольга",
    "people.2.name": "ليلى",
    "people.2.phone": "עדי",
    "people.2.when": "Ελένη",
    "programs.1.ask": "नेहा",
    "programs.2.ask": "สมชาย",
}
"""Names in scripts that are not that of an English form, or need more than English letters."""


@pytest.mark.needs("verapdf")
def test_a_name_in_any_script_shows_when_typed_in_pdfium(tmp_path: Path) -> None:
    form, copy = path_of(tmp_path), tmp_path / "copy.pdf"
    empty = _pdfium(form, tmp_path)
    shown = {"typed": typed_in_pdfium(form, NAMES, copy), "saved": _pdfium(copy, tmp_path)}
    for when, images in (shown | {"by Poppler": _poppler(copy, tmp_path)}).items():
        inked = {name for name, box in _boxes("en") if _ink(images, box) > _ink(empty, box) + 8}
        assert (when, inked) == (when, set(NAMES))
    assert tools.verapdf([copy])[copy] == []


@pytest.mark.needs("chromium")
@pytest.mark.needs("verapdf")
def test_a_name_in_any_script_shows_when_typed_in_chromium(tmp_path: Path) -> None:
    form, copy = path_of(tmp_path), tmp_path / "copy.pdf"
    pictures = chromium.fill(form, {**NAMES, "first-words": "", "way": "On foot"}, copy)
    seen = {name for name, picture in pictures.items() if _dark(picture) > 20}
    assert seen == {*NAMES, "way"}
    images, empty = _pdfium(copy, tmp_path), _pdfium(form, tmp_path)
    boxes = dict(_boxes("en"))
    assert all(_ink(images, boxes[name]) > _ink(empty, boxes[name]) + 8 for name in NAMES)
    assert tools.verapdf([copy])[copy] == []


def _dark(picture: bytes) -> int:
    """Pixels of letters: Chromium lays a light colour over fields."""
    return sum(Image.open(io.BytesIO(picture)).convert("L").histogram()[:150])


@pytest.mark.needs("pdfjs")
@pytest.mark.needs("verapdf")
def test_a_name_in_any_script_is_drawn_by_pdfjs(tmp_path: Path) -> None:
    form, copy = path_of(tmp_path), tmp_path / "copy.pdf"
    typed_in_pdfjs(form, NAMES, copy)
    images, empty = _pdfium(copy, tmp_path), _pdfium(form, tmp_path)
    assert {name for name, box in _boxes("en") if _ink(images, box) > _ink(empty, box) + 8} == set(NAMES)
    with pikepdf.open(copy) as pdf:
        assert "/NeedAppearances" not in pdf.Root.AcroForm
    assert tools.verapdf([copy])[copy] == []


# --- menus ---------------------------------------------------------------------------------------


def test_an_answer_can_be_taken_back_in_a_menu(tmp_path: Path) -> None:
    first, second = tmp_path / "first.pdf", tmp_path / "second.pdf"
    typed_in_pdfium(path_of(tmp_path), {"way": "On foot"}, first)
    assert read(first).values["way"] == "foot"
    # The empty entry stands over the others.
    with pypdfium2.PdfDocument(first) as pdf, opened(first) as file:
        number, x, y = dict(_spots(file))["way"]
        pdf.init_forms()
        page = pdf[number]
        for event in (pdfium.FORM_OnMouseMove, pdfium.FORM_OnLButtonDown, pdfium.FORM_OnLButtonUp):
            event(pdf.formenv.raw, page.raw, 0, x, y)
        pdfium.FORM_OnKeyDown(pdf.formenv.raw, page.raw, pdfium.FWL_VKEY_Up, 0)
        pdfium.FORM_ForceToKillFocus(pdf.formenv.raw)
        pdf.save(second)
    assert read(second).values["way"] is None
    third = save(tmp_path / "third.pdf", filled(first, "way:").data)
    assert read(third).values["way"] is None


def test_an_answer_changed_here_is_the_one_that_viewers_take(tmp_path: Path) -> None:
    """PDFium stores an answer's place in the menu too."""
    first = tmp_path / "first.pdf"
    typed_in_pdfium(path_of(tmp_path), {"way": "On foot"}, first)
    second = save(tmp_path / "second.pdf", filled(first, {"way": "lift"}).data)
    with opened(second) as file:
        assert "/I" not in file.fields["way"].node
    third = tmp_path / "third.pdf"
    typed_in_pdfium(second, {"beds": "1"}, third)
    assert read(third).values["way"] == "lift"


@pytest.mark.parametrize("lang", LANGS)
def test_a_menu_stores_its_words_and_is_read_as_ids(lang: str, tmp_path: Path) -> None:
    copy = save(tmp_path / "copy.pdf", filled(path_of(tmp_path, lang), {"way": "bus"}).data)
    with opened(copy) as file:
        field = file.fields["way"]
        entries = [str(entry) for entry in field.node.Opt]
        assert field.value == ("En autobús o en tren" if lang == "es" else "By bus or train")
        assert (field.value in entries, entries[0]) == (True, "")
        field.node.V = pikepdf.String("By balloon")
        file.pdf.save(tmp_path / "other.pdf")
    assert read(copy).values["way"] == "bus"
    other = read(tmp_path / "other.pdf")
    assert other.values["way"] == "By balloon"
    assert [note.message for note in other.notes] == [
        '"way" is answered with "By balloon", which is none of its answers.'
    ]


# --- filled in by others, and looked at again ----------------------------------------------------


def test_a_form_filled_in_by_others_can_be_filled_in_further(tmp_path: Path) -> None:
    copy = tmp_path / "copy.pdf"
    by_pdfium(path_of(tmp_path), copy)
    again = save(tmp_path / "again.pdf", filled(copy, {"beds": "7", "people.1.name": "عربي"}).data)
    expected = {**READ_BACK, "beds": "7", "people.1.name": "عربي"}
    assert {name: value for name, value in read(again).values.items() if value not in (None, [])} == expected
    # The viewer showed nothing of the Chinese that was typed; on paper it is there.
    flat = save(tmp_path / "flat.pdf", filled(copy, {"beds": "7"}, flat=True).data)
    assert "中文" in "".join(tools.READERS["pdfium"]([flat])[flat])


def test_a_date_that_is_none_is_given_as_it_was_written(blank: Path, tmp_path: Path) -> None:
    copy = save(tmp_path / "copy.pdf", filled(blank, "{next.month: '13', next.day: 5th, next.year: '26'}"
                                              .replace("5th", "'5'")).data)  # fmt: skip
    got = read(copy)
    assert got.values["next"] == {"month": "13", "day": "5", "year": "26"}
    assert [note.message for note in got.notes] == ['"next" is no date: month "13", day "5", year "26".']
    assert "13/5/26" in output.csv_text([got])
    assert dict(read(save(copy, filled(blank, output.yaml_text([got])).data)).values) == dict(got.values)


def test_digits_of_any_script_make_a_date(blank: Path, tmp_path: Path) -> None:
    copy = save(tmp_path / "copy.pdf", filled(blank, "next: {year: ٢٠٢٦, month: '٤', day: '٣'}").data)
    assert read(copy).values["next"] == "2026-04-03"


def test_a_sum_that_disagrees_is_a_warning(blank: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.pdf"
    with pikepdf.open(io.BytesIO(filled(blank, {"waits.seat": "often"}).data)) as pdf:
        next(one for one in pdf.Root.AcroForm.Fields if one.T == "total").V = pikepdf.String("5")
        pdf.save(copy)
    got = read(copy)
    assert got.values["total"] == 3
    assert [(note.message, note.severity) for note in got.notes] == [
        ('"total" says "5", but the answers add up to 3.', "warning")
    ]


def test_a_form_that_has_forgotten_what_it_asks_is_read_as_it_stands(tmp_path: Path, blank: Path) -> None:
    copy = tmp_path / "copy.pdf"
    with pikepdf.open(io.BytesIO(filled(blank, ANSWERS["en"]).data)) as pdf:
        del pdf.Root.Metadata
        pdf.save(copy)
    got = read(copy)
    assert (got.form, got.values["waits.seat"], got.values["people.1.name"]) == (None, "3", "Ana")
    assert [note.message for note in got.notes] == [
        "The form does not say what it asks. Its fields are given as they stand."
    ]
    assert "The form does not say what it asks" in told(copy, {"beds": "1"})[0]


def test_what_it_says_is_found_when_the_metadata_is_written_anew(tmp_path: Path, blank: Path) -> None:
    """Adobe's toolkit writes simple properties as attributes."""
    copy = tmp_path / "copy.pdf"
    with pikepdf.open(blank) as pdf:
        text = pdf.Root.Metadata.read_bytes().decode()
        start, end = text.index("<bk:form"), text.index("</bk:form>") + len("</bk:form>")
        said = text[text.index(">", start) + 1 : end - len("</bk:form>")].replace('"', "&quot;")
        anew = text[:start] + text[end:]
        anew = anew.replace('rdf:about=""', f'rdf:about="" xmlns:x="http://ns.booklet/1.0/" x:form="{said}"')
        pdf.Root.Metadata.write(anew.encode())
        pdf.save(copy, fix_metadata_version=False)
    assert read(copy).form == read(blank).form


# --- as data -------------------------------------------------------------------------------------


def answers_of(folder: Path, name: str, answers: Mapping[str, Any], lang: str = "en") -> Answers:
    return read(save(folder / name, filled(path_of(folder, lang), answers).data), name)


def test_many_files_become_one_table(tmp_path: Path) -> None:
    many = [answers_of(tmp_path, f"{lang}.filled.pdf", ANSWERS[lang], lang) for lang in LANGS]
    rows = list(csv.DictReader(io.StringIO(output.csv_text(many), newline="")))
    assert [(row["File"], row["Form"], row["Version"], row["Language"]) for row in rows] == [
        ("en.filled.pdf", "check", "1.0", "en-US"),
        ("es.filled.pdf", "check", "1.0", "es-US"),
        ("ar.filled.pdf", "check", "1.0", "ar"),
    ]
    assert [row["total"] for row in rows] == ["4", "3", "1"]
    assert [(row["helps.good"], row["helps.tea"]) for row in rows] == [
        ("", "yes"),
        ("yes", "yes"),
        ("yes", ""),
    ]
    assert [row["next"] for row in rows] == ["2026-12-01", "1999-02-28", "2026-12-31"]
    assert rows[0]["limits"] == ANSWERS["en"]["limits"]
    columns = set(rows[0]) - {"File", "Form", "Version", "Language", "next"}
    fields = {name for asked in about().questions for name in asked.fields if asked.kind != "date"}
    assert columns == fields


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "＝", "＋", "－", "＠"])
def test_no_cell_is_a_formula(start: str, tmp_path: Path) -> None:
    nasty = (
        f'{start}HYPERLINK("x")'.replace("＠", "@").replace("＝", "=").replace("＋", "+").replace("－", "-")
    )
    got = answers_of(tmp_path, "=x.pdf", {"people.1.name": nasty})
    row = next(csv.DictReader(io.StringIO(output.csv_text([got]))))
    assert row["people.1.name"] == f"'{nasty}"
    assert row["File"] == "'=x.pdf"
    assert json.loads(output.json_text([got]))["answers"]["people.1.name"] == nasty


def test_a_form_of_another_kind_is_left_out_of_the_table(tmp_path: Path) -> None:
    one = answers_of(tmp_path, "one.pdf", ANSWERS["en"])
    assert one.form is not None
    newer = Answers("newer.pdf", one.form.model_copy(update={"version": "2.0"}), one.values, ())
    other = Answers("other.pdf", one.form.model_copy(update={"id": "plan"}), one.values, ())
    lost = Answers("lost.pdf", None, one.values, ())
    together, problems = output.apart([one, newer, other, lost])
    assert [each.file for each in together] == ["one.pdf", "newer.pdf"]
    assert [(problem.place.file, problem.severity) for problem in problems] == [
        ("newer.pdf", "warning"), ("other.pdf", "error"), ("lost.pdf", "error"),
    ]  # fmt: skip
    assert problems[1].message == 'This is form "plan"; the first file is "check".'


def test_json_and_yaml_say_the_same(tmp_path: Path) -> None:
    got = answers_of(tmp_path, "one.pdf", ANSWERS["en"])
    as_json = json.loads(output.json_text([got]))
    assert as_json["answers"] == dict(got.values)
    assert as_json["form"] == {
        "id": "check",
        "version": "1.0",
        "lang": "en-US",
        "title": "How the visit went",
    }
    as_yaml = yaml.load(output.yaml_text([got]), yaml.BaseLoader)
    assert as_yaml.pop("form") == "check/1.0/en-US"
    assert as_yaml == {
        name: value if isinstance(value, list) else "" if value is None else str(value)
        for name, value in got.values.items()
    }
    assert (
        len(json.loads(output.json_text([got, got])))
        == len(yaml.safe_load(output.yaml_text([got, got])))
        == 2
    )


# --- the commands --------------------------------------------------------------------------------


def booklet(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "booklet", *map(str, arguments)],
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"},
    )


def test_the_commands_fill_in_and_read(blank: Path, tmp_path: Path) -> None:
    answers = save(tmp_path / "answers.yaml", written(ANSWERS["en"]).encode())
    done = booklet("fill", blank, answers)
    assert (done.returncode, done.stderr) == (0, "")
    copy = tmp_path / "en.print.filled.pdf"
    assert done.stdout == f"Written: {copy}\n"
    assert copy.read_bytes() == filled(blank, ANSWERS["en"]).data
    assert booklet("read", copy).stdout == output.yaml_text([read(copy)])
    assert booklet("read", copy, "--format", "json").stdout == output.json_text([read(copy)])
    table = tmp_path / "all.csv"
    assert booklet("read", copy, blank, "--out", table, "--bom").returncode == 0
    assert table.read_bytes() == output.csv_text([read(copy), read(blank)]).encode("utf-8-sig")
    flat = tmp_path / "flat.pdf"
    assert booklet("fill", blank, answers, "--flatten", "--out", flat).returncode == 0
    done = booklet("read", flat)
    assert done.returncode == 1
    assert "The answers in this copy are fixed" in done.stderr


def test_the_forms_own_file_is_never_written_over(blank: Path, tmp_path: Path) -> None:
    answers = save(tmp_path / "answers.yaml", b"beds: 1")
    before = blank.read_bytes()
    for out in (blank, answers):
        assert booklet("fill", blank, answers, "--out", out).returncode == 2
    assert booklet("read", blank, "--out", blank).returncode == 2
    assert blank.read_bytes() == before


def test_what_can_be_read_is_and_the_rest_is_named(blank: Path, tmp_path: Path) -> None:
    bad = save(tmp_path / "bad.pdf", b"x")
    done = booklet("read", bad, blank, tmp_path / "none.pdf", "--format", "csv")
    assert done.returncode == 1
    assert done.stdout.count("\n") == 2
    assert f"{bad}: error: This is not a PDF." in done.stderr
    assert "none.pdf: error: The file does not exist." in done.stderr


# --- files made to do harm -----------------------------------------------------------------------


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_gets_one_sentence(name: str, tmp_path: Path) -> None:
    make, message = HOSTILE[name]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        path = save(tmp_path / "hostile.pdf", make(worksheet("en", "print")))
    for work in (read, lambda path: filled(path, {"beds": "1"})):
        with pytest.raises(ProblemsFound) as found:
            work(path)
        (problem,) = found.value.problems
        assert message in problem.message
        assert problem.place.file == str(path)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells how much memory a program took")
def test_hostile_files_take_little_memory_and_time(tmp_path: Path) -> None:
    files = []
    for number, (make, _) in enumerate(HOSTILE.values()):
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            files.append(save(tmp_path / f"{number}.pdf", make(worksheet("en", "print"))))
    script = (
        "import re; from pathlib import Path; from booklet.cli import app\n"
        "try: app()\n"
        "except SystemExit as end: status = end.code\n"
        # Not getrusage: on Linux its peak is no less than that of the process which started this one.
        "took = re.search('VmHWM:[^0-9]*([0-9]+)', Path('/proc/self/status').read_text())\n"
        "print(status, int(took[1]) // 1024)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, "read", *map(str, files)],
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    status, megabytes = map(int, done.stdout.split())
    assert (status, done.stderr.count("error:")) == (1, len(files))
    assert "Traceback" not in done.stderr
    assert megabytes < 750  # a gigabyte of nothing is not unpacked


@settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.data())
def test_a_damaged_file_is_read_or_told_of(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    folder = tmp_path_factory.getbasetemp()
    good = bytearray(filled(path_of(folder), ANSWERS["en"]).data)
    for _ in range(data.draw(st.integers(1, 12))):
        place = data.draw(st.integers(0, len(good) - 1))
        junk = data.draw(
            st.binary(min_size=0, max_size=8) | st.sampled_from([b"/Kids", b"null", b"<<", b"]", b" 1 0 R"])
        )
        good[place : place + data.draw(st.integers(0, 8))] = junk
    path = save(folder / "damaged.pdf", bytes(good))
    for work in (
        lambda: read(path),
        lambda: filled(path, {"beds": "1"}),
        lambda: filled(path, {"beds": "1"}, flat=True),
    ):
        try:
            work()
        except ProblemsFound as found:
            assert found.problems  # noqa: PT017
