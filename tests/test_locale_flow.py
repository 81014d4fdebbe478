"""A language from its first file to its review: what is extracted, kept, checked, counted and signed."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from gettext import c2py
from pathlib import Path
from typing import Any, get_args, get_type_hints

import pikepdf
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from booklet import build, inputs, resolve, translation, translation_state
from booklet.content import base, fields, model
from booklet.content.base import Strict
from booklet.locales import merge, plurals, pofile, tags, texts
from booklet.locales.catalogue import Catalogue, Entry
from booklet.locales.catalogue import parse as read_catalogue
from booklet.locales.glossary import read as read_glossary
from booklet.locales.pofile import Message, PoFile
from booklet.locales.review import Review
from booklet.locales.roles import ROLES, role
from booklet.locales.texts import Text
from booklet.problems import Place, ProblemsFound
from booklet.project import Project
from tests import tools
from tests.pdfmodel import PdfFile, runs
from tests.shipped import LIBRARY, ROOT
from tests.test_cli import VISIT, booklet, files, write

SINK = Project(ROOT / "tests" / "sink", ROOT)
TODAY = date(2026, 11, 27)
EPOCH = {"SOURCE_DATE_EPOCH": "1795780800"}
"""2026-11-27."""
LANGUAGES = ("so", "es", "ar", "fr", "ru", "pl", "zh-Hans", "vi", "ht", "pt-BR", "km", "tl", "ur", "cy")
DOCUMENTS = [(LIBRARY, name) for name in LIBRARY.documents()] + [(SINK, "sink")]


# --- what is extracted is what a build looks up --------------------------------------------------


@dataclass(frozen=True, eq=False)
class Recorder(Catalogue):
    """A catalogue that has every text translated by itself, and remembers what it was asked for."""

    asked: set[tuple[str, str]] = field(default_factory=set)

    def find(self, context: str, source: str) -> Entry | None:
        self.asked.add((context, source))
        return Entry(context, source, source, 0, fuzzy=False)


def recorder() -> Recorder:
    return Recorder("x.po", "es", Review("machine draft"), {}, PoFile((), {}, ()))


@pytest.mark.parametrize(("project", "name"), DOCUMENTS, ids=[name for _, name in DOCUMENTS])
def test_what_is_extracted_of_a_document_is_what_its_build_looks_up(project: Project, name: str) -> None:
    own, words, helplines = recorder(), recorder(), recorder()
    read = inputs.read(project, name, "en")
    read = replace(
        read, locale=tags.parse("es"), catalogues=inputs.Catalogues(own, words, helplines, draft=True)
    )
    resolve.resolve(read)
    assert own.asked == {text.key for text in texts.of_document(read.source)}
    assert words.asked <= {text.key for text in texts.of_words(read.labels_tree, read.labels, texts.LABEL)}
    if helplines.asked:
        assert helplines.asked == {text.key for text in texts.of_region(read.region, "es")}


def test_every_text_of_a_document_model_says_what_it_is_for() -> None:
    """A field that holds a text must have a role, and a role a field."""
    roles = set()
    for kind in [*_subclasses(Strict)]:
        if kind.__module__ not in (model.__name__, fields.__name__) or kind is model.SourceEntry:
            continue
        hints = get_type_hints(kind, include_extras=True)
        for name in kind.model_fields:
            if _holds_text(hints[name]):
                insides = {key.partition(":")[0] for key in ROLES if ":" in key} | {""}
                found = [role(kind, name, inside) for inside in insides]
                bare = kind in (fields.Answer, fields.GridColumn)  # named by the list that holds it
                assert bare or role(kind, name), f"{kind.__name__}.{name} is no text to translate?"
                roles |= {key for key, value in ROLES.items() if value in found}
    assert set(ROLES) - roles == set()


def _holds_text(hint: Any) -> bool:
    """Whether a type is a Text or a Plain, or a list or row of them."""
    marks = [get_args(kind)[1] for kind in (base.Text, base.Plain)]
    return any(mark in get_args(hint) for mark in marks) or any(
        _holds_text(part) for part in get_args(hint) if not isinstance(part, type)
    )


def _subclasses(kind: Any) -> Iterator[Any]:
    for each in kind.__subclasses__():
        yield each
        yield from _subclasses(each)


def test_the_words_of_guides_and_layouts_are_extracted() -> None:
    found = {text.words: text for text in translation.part(LIBRARY, "guide", "es").texts}
    assert found["Tri-fold pamphlet"].optional
    assert found["Make bundles of {sheets} sheet."].plural == "Make bundles of up to {sheets} sheets."
    assert found["Print the odd pages only."].notes[0].startswith("Heading, and steps for a printer")


def test_an_author_can_speak_to_the_translators(tmp_path: Path) -> None:
    text = VISIT.replace(
        "        - text:", "        # Translators: “This” is\n        # the sheet.\n        - text:"
    )
    write(tmp_path, "content/visit.yaml", text.replace("\ntitle:", "\n# Not for them.\ntitle:"))
    found = {
        text.words: text.notes for text in translation.part(Project(tmp_path, ROOT), "visit", "so").texts
    }
    assert found["Bring this paper."] == ('Paragraph. In the section "Your visit".', "“This” is the sheet.")
    assert found["A short visit"] == ("Title of the document, in large type on the cover.",)


def test_a_template_is_what_translators_need() -> None:
    """The golden template: `python -m booklet locale extract visit` in tests/project makes it anew."""
    project = Project(ROOT / "tests/project", ROOT / "tests/project")
    made = pofile.write(translation.template(project, "visit"))
    assert made.decode() == (ROOT / "tests/project/visit.pot").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("words", "letters", "limit"),
    [
        ("Wake them.", 10, 20),
        ("**Do not** [go](https://a.org) {{ region.emergency }}", 13, 23),
        ("x" * 100, 100, 130),
    ],
)
def test_a_limit_counts_what_is_printed(words: str, letters: int, limit: int) -> None:
    assert (texts._letters(words, True), texts._limit(letters, False)) == (letters, limit)


# --- PO files ------------------------------------------------------------------------------------


@pytest.mark.needs("msgfmt")
@pytest.mark.parametrize(
    "path", sorted(ROOT.glob("content/locales/*/*.po")), ids=lambda p: f"{p.parent.name}/{p.stem}"
)
def test_gettext_takes_every_catalogue_that_ships(path: Path) -> None:
    assert tools.msgfmt(path) == ""


def test_a_build_of_all_languages_reads_each_catalogue_once() -> None:
    def read_all() -> None:
        for tag in LIBRARY.locales():
            for name in LIBRARY.catalogues(tag):
                inputs.catalogue(LIBRARY, tag, name)

    read_all()
    before = read_catalogue.cache_info().misses, pofile.read.cache_info().misses
    read_all()
    assert (read_catalogue.cache_info().misses, pofile.read.cache_info().misses) == before


@pytest.mark.parametrize("tag", LIBRARY.locales())
def test_a_catalogue_that_ships_has_the_texts_that_there_are(tag: str) -> None:
    for name in LIBRARY.catalogues(tag):
        change = translation.updated(LIBRARY, name, tag, TODAY)
        same = ("up to date", "notes and places written anew")
        assert change.said in same, f"run booklet locale update {tag}"


@pytest.mark.needs("msgfmt")
@pytest.mark.parametrize("tag", LANGUAGES)
def test_gettext_takes_new_catalogues_and_templates(tag: str, tmp_path: Path) -> None:
    locale = tags.parse(tag)
    for name in translation.all_names(LIBRARY):
        path = tmp_path / f"{name}.po"
        path.write_bytes(pofile.write(translation.blank(LIBRARY, name, locale, TODAY)))
        assert tools.msgfmt(path) == ""
        path.write_bytes(pofile.write(translation.template(LIBRARY, name)))
        told = tools.msgfmt(path).splitlines()
        assert [line for line in told if "still has the initial default value" not in line] == []


@pytest.mark.parametrize("tag", LANGUAGES)
def test_the_plural_forms_of_a_header_are_those_of_cldr(tag: str) -> None:
    forms = plurals.forms(tags.parse(tag))
    count, expression = re.fullmatch(r"nplurals=(\d); plural=(.*);", forms.header).groups()  # type: ignore[union-attr]
    assert int(count) == len(forms.names)
    by_gettext = c2py(expression)
    for number in (*range(1200), 10**6, 10**6 + 1, 2 * 10**6):
        assert by_gettext(number) == forms.index(number)


def test_the_number_of_plural_forms_is_that_of_the_language() -> None:
    counts = {tag: len(plurals.forms(tags.parse(tag)).names) for tag in ("zh-Hans", "so", "es", "pl", "ar")}
    assert counts == {"zh-Hans": 1, "so": 2, "es": 3, "pl": 4, "ar": 6}


WORDS = st.sampled_from(
    "call help now the clinic two breathing person naloxone {{ region.emergency }} “a” \\ 911".split(" ")
)
SENTENCE = st.lists(WORDS, min_size=1, max_size=30).map(" ".join)
LINE = st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z")), max_size=200)


@st.composite
def catalogues(draw: st.DrawFn) -> PoFile:
    """PO files as translators leave them."""
    keys = st.tuples(st.sampled_from((None, "cover", "visit")), SENTENCE)

    def message(key: tuple[str | None, str]) -> Message:
        plural = draw(st.none() | SENTENCE)
        forms = draw(st.lists(LINE, min_size=1, max_size=4)) if plural else [draw(LINE)]
        return Message(
            *key,
            translations=tuple(pofile.folded(form) for form in forms),
            plural=plural,
            fuzzy=draw(st.booleans()),
            flags=draw(st.sampled_from(((), ("python-format",), ("no-wrap", "x-own")))),
            comments=tuple(draw(st.lists(SENTENCE, max_size=2))),
            previous=draw(st.none() | st.tuples(st.sampled_from((None, "cover")), SENTENCE, st.none())),
        )

    live = [message(key) for key in draw(st.lists(keys, max_size=6, unique=True))]
    gone = [message(key) for key in draw(st.lists(keys, max_size=3, unique=True))]
    headers = {"Language": "so", "Content-Type": "text/plain; charset=UTF-8", "X-Own": "kept"}
    tail = draw(st.sampled_from(((), ("# The end.", "#. of it"), ("#, fuzzy",))))
    return PoFile(("Own words.",), headers, tuple(live), tuple(gone), tail)


@st.composite
def wanted(draw: st.DrawFn) -> list[Text]:
    keys = draw(st.lists(st.tuples(st.sampled_from(("cover", "visit")), SENTENCE), max_size=6, unique=True))
    place = (Place("content/visit.yaml", 3),)
    return [Text(*key, place, plural=draw(st.none() | SENTENCE)) for key in keys]


def _translations(po: PoFile) -> set[str]:
    return {form for each in (*po.messages, *po.obsolete) for form in each.translations if form}


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(catalogues())
def test_a_catalogue_is_read_as_it_was_written(po: PoFile) -> None:
    again = pofile.read(pofile.write(po), "x.po")
    bare = [replace(each, line=0) for each in again.messages]
    assert (again.comment, dict(again.headers), again.tail) == (po.comment, dict(po.headers), po.tail)
    assert [each.previous for each in again.obsolete] == [each.previous for each in po.obsolete]
    assert bare == [replace(each, notes=(), places=()) for each in po.messages]
    assert _translations(again) == _translations(po)
    assert pofile.write(again) == pofile.write(po)


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(catalogues(), wanted())
@example(
    PoFile((), {}, (Message("visit", "now", ("a", "b"), "help"),)), [Text("visit", "now", (Place("x", 1),))]
)
def test_an_update_loses_no_translation_and_a_second_one_changes_nothing(
    po: PoFile, want: list[Text]
) -> None:
    forms = plurals.forms(tags.parse("pl"))
    once = merge.update(po, want, lambda text: ("A note.",), forms)
    assert _translations(once) == _translations(po)
    assert [each.key for each in once.messages] == [text.key for text in want]
    assert (once.comment, once.headers["X-Own"] if po.headers else "kept") == (po.comment, "kept")
    assert once.tail == po.tail
    standing = {each.key: each for each in po.messages if each.begun}
    for text, each in zip(want, once.messages, strict=True):
        old = standing.get(text.key)
        if old and old.plural == text.plural and text.plural is None:
            kept = (old.translations, old.fuzzy, old.comments, old.flags)
            assert (each.translations, each.fuzzy, each.comments, each.flags) == kept
        elif each.begun and not old and (None, text.words) not in standing:
            returned = any(gone.key == text.key for gone in po.obsolete)
            assert each.fuzzy or returned, "what was not translated is to be read again"
    written = pofile.write(once)
    again = merge.update(pofile.read(written, "x.po"), want, lambda text: ("A note.",), forms)
    assert pofile.write(again) == written


def test_an_update_offers_the_old_translation_of_a_changed_text(tmp_path: Path) -> None:
    so = begin(tmp_path)
    before = so.read_text(encoding="utf-8")
    write(tmp_path, "content/visit.yaml", VISIT.replace("Bring this paper.", "Bring this paper with you."))
    ran = booklet(tmp_path, "locale", "update", "so")
    assert ran.out.splitlines()[-1] == "so/visit.po  1 changed, now fuzzy"
    after = so.read_text(encoding="utf-8")
    assert after.endswith(
        "#, fuzzy\n"
        '#| msgctxt "visit"\n#| msgid "Bring this paper."\n'
        'msgctxt "visit"\nmsgid "Bring this paper with you."\nmsgstr "SO Bring this paper."\n'
    )
    assert after.partition('"visit"')[0].count("msgstr") == before.partition('"visit"')[0].count("msgstr")
    assert booklet(tmp_path, "locale", "update", "so").out.splitlines()[-1] == "so/visit.po  up to date"
    assert so.read_text(encoding="utf-8") == after


@pytest.mark.needs("msgfmt")  # the same package
def test_a_catalogue_that_msgmerge_has_changed_can_be_read(tmp_path: Path) -> None:
    """It writes the former text of an obsolete entry after `#~|`."""
    so = begin(tmp_path)
    template, changed = tmp_path / "visit.pot", "Bring this paper with you."
    found = translation.template(Project(tmp_path, ROOT), "visit")

    def merged(*texts: Message) -> None:
        template.write_bytes(pofile.write(replace(found, messages=texts)))
        command = ["msgmerge", "--quiet", "--previous", "--update", "--backup=none", str(so), str(template)]
        subprocess.run(command, check=True)

    merged(
        *(replace(each, source=each.source.replace("Bring this paper.", changed)) for each in found.messages)
    )
    merged(*(each for each in found.messages if each.context != "visit"))
    assert '#~| msgid "Bring this paper."' in so.read_text(encoding="utf-8")
    po = pofile.read(so.read_bytes(), "visit.po")
    (gone,) = (each for each in po.obsolete if each.source == changed)
    assert gone.previous == ("visit", "Bring this paper.", None)
    assert booklet(tmp_path, "locale", "update", "so").status == 0
    assert "SO Bring this paper." in so.read_text(encoding="utf-8")
    assert tools.msgfmt(so) == ""
    (back,) = (each for each in pofile.read(so.read_bytes(), "visit.po").messages if "Bring" in each.source)
    assert (back.translations, back.fuzzy) == (("SO Bring this paper.",), True)


@pytest.mark.parametrize("command", [("update", "so"), ("review", "so", "visit", "--state", "in-review")])
def test_flags_and_comments_at_the_end_stay(tmp_path: Path, command: tuple[str, ...]) -> None:
    so = begin(tmp_path)
    change(so, 'msgctxt "cover"', '#, no-wrap, x-own\nmsgctxt "cover"')
    with so.open("a", encoding="utf-8") as file:
        file.write("\n# Kept by the agency.\n#. To the end.\n")
    assert booklet(tmp_path, "locale", *command).status == 0
    after = so.read_text(encoding="utf-8")
    assert '#, no-wrap, x-own\nmsgctxt "cover"' in after
    assert after.endswith("\n\n# Kept by the agency.\n#. To the end.\n")


def test_an_update_puts_a_bare_catalogue_in_order(tmp_path: Path) -> None:
    """What comes back from a tool that knows no header and no sections, such as one for XLIFF."""
    so = begin(tmp_path)
    whole = so.read_text(encoding="utf-8")
    bare = re.sub(r"^(?:#.*|msgctxt .*)\n", "", whole, flags=re.MULTILINE)
    bare = re.sub(r'^"(?!Language:|Content-Type|X-Review).*: .*\n', "", bare, flags=re.MULTILINE)
    so.write_text(bare, encoding="utf-8")
    assert booklet(tmp_path, "locale", "update", "so", **EPOCH).status == 0
    comment = "".join(line for line in whole.splitlines(keepends=True)[:2])
    assert sorted(so.read_text(encoding="utf-8").splitlines()) == sorted(
        whole.removeprefix(comment).splitlines()
    )


def test_an_update_puts_aside_what_is_gone_and_brings_it_back(tmp_path: Path) -> None:
    so = begin(tmp_path)
    before = so.read_text(encoding="utf-8")
    path = tmp_path / "content/visit.yaml"
    path.write_text(VISIT.replace("cover: {subtitle: For families}", "cover: {}"), encoding="utf-8")
    assert "1 put aside" in booklet(tmp_path, "locale", "update", "so").out
    assert '#~ msgstr "SO For families"' in so.read_text(encoding="utf-8")
    path.write_text(VISIT, encoding="utf-8")
    booklet(tmp_path, "locale", "update", "so")
    assert so.read_text(encoding="utf-8") == before


def test_a_catalogue_whose_document_is_gone_is_named(tmp_path: Path) -> None:
    so = begin(tmp_path)
    write(tmp_path, "content/locales/so/gone.po", so.read_text(encoding="utf-8"))
    change(tmp_path / "content/visit.yaml", "Bring this paper.", "Bring this paper now.")
    message = 'There is no "gone" any more for this to translate.'
    for command in (("update",), ("update", "so"), ("status", "so"), ("review", "so", "--role", "x")):
        ran = booklet(tmp_path, "locale", *command)
        assert f"content/locales/so/gone.po: error: {message}" in ran.err
        assert "Delete this file, or bring its document back." in ran.err
        assert "content/gone.yaml:" not in ran.err
    assert "Bring this paper now." in so.read_text(encoding="utf-8"), "the others are brought up to date"


# --- in a folder of one's own --------------------------------------------------------------------


def begin(folder: Path, *, review: str = "in translation") -> Path:
    """A project with one document, and its Somali catalogues, in which SO stands before each text."""
    write(folder, "content/visit.yaml")
    ran = booklet(folder, "locale", "new", "so", "visit", **EPOCH)
    assert ran.status == 0, ran.err
    for path in (folder / "content/locales/so").glob("*.po"):
        po = pofile.read(path.read_bytes(), path.name)
        done = [
            replace(each, translations=tuple(f"SO {each.source}" for _ in each.translations))
            for each in po.messages
        ]
        headers = {**po.headers, "X-Review": review}
        path.write_bytes(pofile.write(replace(po, messages=tuple(done), headers=headers)))
    return folder / "content/locales/so/visit.po"


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def status(folder: Path, *more: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(booklet(folder, "locale", "status", "--json", *more).out)
    return found


def test_a_new_language_has_all_its_files_and_nothing_is_overwritten(tmp_path: Path) -> None:
    ran = booklet(tmp_path, "locale", "new", "so", **EPOCH)
    assert (ran.status, ran.err) == (0, "")
    names = [
        f"content/locales/so/{name}.po" for name in (*LIBRARY.documents(), "guide", "labels", "region-us")
    ]
    assert files(tmp_path) == sorted([*names, "content/glossary/so.yaml"])
    mine = write(tmp_path, "content/locales/so/labels.po", "mine")
    write(tmp_path, "content/visit.yaml")
    ran = booklet(tmp_path, "locale", "new", "so")
    assert "content/locales/so/visit.po  5 texts to translate" in ran.out
    assert mine.read_text() == "mine"
    assert "Nothing is missing" in booklet(tmp_path, "locale", "new", "so").out


def test_a_glossary_that_serves_a_language_already_is_not_hidden(tmp_path: Path) -> None:
    ran = booklet(tmp_path, "locale", "new", "es-MX", "overdose-steps", **EPOCH)
    assert (ran.status, "glossary" in ran.out) == (0, False)
    assert "content/glossary/es-MX.yaml" not in files(tmp_path)
    po = (tmp_path / "content/locales/es-MX/overdose-steps.po").read_text(encoding="utf-8")
    assert "#. Glossary: naloxone" in po


def test_a_new_catalogue_is_a_draft_in_translation(tmp_path: Path) -> None:
    booklet(tmp_path, "locale", "new", "pt-PT", "overdose-steps", **EPOCH)
    po = pofile.read((tmp_path / "content/locales/pt-PT/overdose-steps.po").read_bytes(), "x.po")
    assert dict(po.headers) == {
        "Project-Id-Version": "overdose-steps 1.0",
        "PO-Revision-Date": "2026-11-27 00:00+0000",
        "Last-Translator": "none yet",
        "Language-Team": "Portuguese",
        "Language": "pt_PT",
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": plurals.forms(tags.parse("pt-PT")).header,
        "X-Review": "in translation",
    }
    assert all(each.places[0].startswith("content/overdose-steps.yaml:") for each in po.messages)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("new", "xx-zz"), 'There is no language "xx".'),
        (("new", "en-XA"), '"en-XA" is a pseudo-locale and has no catalogues'),
        (("status", "en-XA"), '"en-XA" is a pseudo-locale and has no catalogues'),
        (("update", "en-XA"), '"en-XA" is a pseudo-locale and has no catalogues'),
        (("review", "ar-XB", "--role", "x"), '"ar-XB" is a pseudo-locale and has no catalogues'),
        (("new", "so", "visti"), 'There is no document "visti".'),
        (("extract", "../labels"), 'There is no document "../labels".'),
        (("update", "so"), 'There is no catalogue of "so". Begin it: booklet locale new so'),
        (("review", "so", "--role", "x"), 'There is no catalogue of "so".'),
        (("review", "es"), "Say in --role what qualifies the person"),
        (("review", "es", "--role", "a)"), "--role takes plain words"),
        (("review", "es", "--role", "a", "--date", "today"), "--date takes a day"),
    ],
)
def test_a_wrong_command_is_told_in_a_sentence(tmp_path: Path, arguments: tuple[str, ...], said: str) -> None:
    ran = booklet(tmp_path, "locale", *arguments)
    assert ran.status in (1, 2)
    assert said in ran.err
    assert files(tmp_path) in ([], ["content/glossary/so.yaml"])


def test_templates_go_where_they_are_wanted(tmp_path: Path) -> None:
    write(tmp_path, "content/visit.yaml")
    assert booklet(tmp_path, "locale", "extract", "visit").status == 0
    assert booklet(tmp_path, "locale", "extract", "visit", "--out", "agency").status == 0
    assert files(tmp_path)[:2] == ["agency/visit.pot", "content/locales/templates/visit.pot"]
    assert Project(tmp_path, ROOT).locales() == LIBRARY.locales(), "the templates are no language"


def test_a_complete_translation_builds_with_the_draft_mark(tmp_path: Path) -> None:
    begin(tmp_path)
    ran = booklet(tmp_path, "build", "visit", "--locale", "so", "--layout", "handout")
    assert (ran.status, ran.err) == (0, "")
    with pikepdf.open(tmp_path / "output/so/visit.handout.print.pdf") as pdf:
        title = "SO A short visit (SO Draft translation, not yet reviewed by a person)"
        assert str(pdf.docinfo["/Title"]) == title
        assert title in bytes(pdf.Root.Metadata.read_bytes()).decode()


# --- incomplete drafts ---------------------------------------------------------------------------


def test_what_is_not_translated_is_an_error_unless_it_is_allowed(tmp_path: Path) -> None:
    so = begin(tmp_path)
    change(so, 'msgstr "SO Bring this paper."', 'msgstr ""')
    change(so, 'msgctxt "visit"\nmsgid "Your visit"', '#, fuzzy\nmsgctxt "visit"\nmsgid "Your visit"')
    one = ("visit", "--locale", "so", "--layout", "handout", "--edition", "print")
    ran = booklet(tmp_path, "build", *one)
    assert (ran.status, ran.err.count("error:")) == (1, 2)
    ran = booklet(tmp_path, "build", *one, "--allow-incomplete")
    assert (ran.status, ran.err.count("error:")) == (0, 0)
    assert "2 texts are not translated here" in ran.err
    path = tmp_path / "output/so/visit.handout.print.pdf"
    with PdfFile.open(path) as file:
        heard = {run.text: run.lang for run in runs(file)}
    assert {heard["Bring this paper."], heard["Your visit"]} == {"en"}
    assert heard["SO For families"] == "so-US"
    with pikepdf.open(path) as pdf:
        assert "(Incomplete draft: 2 texts not translated)" in str(pdf.docinfo["/Title"])


def test_every_sheet_of_an_incomplete_draft_says_so(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "content/locales/es", tmp_path / "content/locales/es")
    change(tmp_path / "content/locales/es/overdose-steps.po", 'msgstr "Siete pasos"', 'msgstr ""')
    project = Project(tmp_path, ROOT)
    for layout in ("zine", "bifold", "wallet-card", "poster"):
        order = build.Order("overdose-steps", "es", (layout,), ("print",), incomplete=True)
        (made,) = (each for each in build.make(project, order) if isinstance(each, build.Made))
        path = build.save(tmp_path, made)
        for page in tools.READERS["mupdf"]([path])[path]:
            assert "Incomplete draft: 1 text not translated" in " ".join(page.split())
        assert tools.page_validation([path]) == {path: []}


def test_a_preview_shows_an_incomplete_draft_too(tmp_path: Path) -> None:
    so = begin(tmp_path)
    change(so, 'msgstr "SO Bring this paper."', 'msgstr ""')
    ran = booklet(tmp_path, "preview", "visit", "--locale", "so", "--layout", "handout", "--out", "x.png")
    assert ran.status == 1
    ran = booklet(
        tmp_path, "preview", "visit", "--locale", "so", "--layout", "handout", "--out", "x.png",
        "--allow-incomplete",
    )  # fmt: skip
    assert ran.status == 0
    assert (tmp_path / "x.png").read_bytes().startswith(b"\x89PNG")


def test_untranslated_words_are_underlined_with_dots_as_artifacts(tmp_path: Path) -> None:
    so = begin(tmp_path)
    change(so, 'msgstr "SO Bring this paper."', 'msgstr ""')
    project = Project(tmp_path, ROOT)
    order = build.Order("visit", "so", ("handout",), ("print",), incomplete=True)
    (made,) = (each for each in build.make(project, order) if isinstance(each, build.Made))
    path = build.save(tmp_path, made)
    with pikepdf.open(path) as pdf:
        drawn = bytes(pdf.pages[0].Contents.read_bytes()).decode("latin-1")
    dotted = re.findall(r"/Artifact <<[^>]*>> BDC\nq [^\n]*\[([0-9.]+) [0-9.]+\] 0 d [^\n]* l S Q", drawn)
    assert [0 < float(dot) < 1.5 for dot in dotted] == [True]


def test_a_wrong_number_stays_an_error_in_an_incomplete_draft(tmp_path: Path) -> None:
    so = begin(tmp_path)
    change(so, 'msgstr "SO Bring this paper."', 'msgstr "SO 12"')
    ran = booklet(tmp_path, "build", "visit", "--locale", "so", "--allow-incomplete")
    assert ran.status == 1
    assert 'adds "12"' in ran.err


def test_untranslated_words_in_a_language_that_runs_the_other_way_are_isolated(tmp_path: Path) -> None:
    write(tmp_path, "content/visit.yaml")
    booklet(tmp_path, "locale", "new", "ar", "visit")
    read = inputs.read(Project(tmp_path, ROOT), "visit", "ar")
    found = resolve.resolve(read, incomplete=True).document
    (block,) = found.sections[1].blocks
    (span,) = getattr(block, "text")  # noqa: B009
    assert (span.text, span.lang, span.untranslated) == ("\u2066Bring this paper.\u2069", "en", True)


def test_of_many_missing_texts_the_first_are_told_and_how_many_more(tmp_path: Path) -> None:
    """What is wrong elsewhere must be seen, and the first build of a language must say what to do."""
    booklet(tmp_path, "locale", "new", "sw", "overdose-steps")
    steps, labels = (tmp_path / f"content/locales/sw/{name}.po" for name in ("overdose-steps", "labels"))
    change(steps, 'msgid "Seven steps"\nmsgstr ""', 'msgid "Seven steps"\nmsgstr "SW 12"')
    one = ("build", "overdose-steps", "--locale", "sw", "--layout", "zine", "--edition", "print")
    ran = booklet(tmp_path, *one)
    texts = {path.stem: pofile.read(path.read_bytes(), path.name).messages for path in (steps, labels)}
    shown = [line for line in ran.err.splitlines() if " error: " in line and "overdose-steps.po" in line]
    empty = [line for line in shown if "is empty" in line]
    more = f"content/locales/sw/overdose-steps.po: error: {len(texts['overdose-steps']) - 4} more texts have"
    assert (ran.status, len(empty), len(shown)) == (1, 3, 5)
    lines = [int(line.split(":")[1]) for line in empty]
    assert lines == sorted(each.line for each in texts["overdose-steps"] if not each.begun)[:3]
    assert shown.index(empty[2]) + 1 == next(n for n, line in enumerate(shown) if line.startswith(more))
    assert 'adds "12"' in ran.err, "a wrong number is told"
    assert 'See "booklet locale status sw --details", or build with --allow-incomplete.' in ran.err
    assert "content/locales/sw/labels.po: error:" in ran.err
    assert ran.err.count(" error: ") < 20
    steps.write_text(steps.read_text(encoding="utf-8").partition("msgctxt")[0], encoding="utf-8")
    ran = booklet(tmp_path, *one)
    shown = [line for line in ran.err.splitlines() if " error: " in line and "overdose-steps." in line]
    assert ["has no Swahili translation" in line for line in shown] == [True, True, True, False]
    assert f"{len(texts['overdose-steps']) - 3} more texts have no translation." in shown[3]


@pytest.mark.parametrize("count", [8, 9])
def test_a_few_missing_texts_are_all_told(tmp_path: Path, count: int) -> None:
    path = tmp_path / "content/locales/es/overdose-steps.po"
    path.parent.mkdir(parents=True)
    po = pofile.read((ROOT / "content/locales/es/overdose-steps.po").read_bytes(), "x.po")
    done = [replace(each, translations=("",)) if n < count else each for n, each in enumerate(po.messages)]
    path.write_bytes(pofile.write(replace(po, messages=tuple(done))))
    with pytest.raises(ProblemsFound) as found:
        resolve.document(Project(tmp_path, ROOT), "overdose-steps", "es")
    assert len(found.value.problems) == (8 if count == 8 else 4)


# --- numbers and forms ---------------------------------------------------------------------------

PLURAL = """\
msgid ""
msgstr ""
"Language: {tag}\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"X-Review: machine draft\\n"

msgctxt "guide"
msgid "Make bundles of {{sheets}} sheet."
msgid_plural "Make bundles of up to {{sheets}} sheets."
{forms}
"""


def judged(tag: str, *forms: str) -> list[tuple[int, str]]:
    """What is said of a translation into plural forms."""
    written = "\n".join(f'msgstr[{index}] "{form}"' for index, form in enumerate(forms))
    catalogue = read_catalogue(PLURAL.format(tag=tag, forms=written).encode(), "guide.po", tag)
    (entry,) = catalogue.entries.values()
    found = catalogue.check(entry, markup=False, plural=entry.plural)
    return [(each.place.line, each.message) for each in found]


def test_plural_forms_must_be_as_many_as_the_language_has() -> None:
    assert judged("so", "{sheets} a", "{sheets} b") == []
    assert judged("km", "{sheets} a") == []
    said = 'The translation of "Make bundles of {sheets} sheet." has 2 forms, but the language has 4.'
    assert judged("pl", "{sheets} a", "{sheets} b") == [(10, said)]
    said = 'The translation of "Make bundles of {sheets} sheet." has 3 forms, but the language has 2.'
    assert judged("so", "{sheets} a", "{sheets} b", "{sheets} c") == [(10, said)]


def test_a_form_for_one_number_alone_may_say_it_in_words() -> None:
    assert judged("so", "hal xaashi", "{sheets} b") == []
    assert judged("ru", "{sheets} a", "{sheets} b", "{sheets} c", "{sheets} d") == []
    told = judged("ru", "a", "{sheets} b", "{sheets} c", "{sheets} d")
    assert ["loses" in message for _, message in told] == [True], "in Russian it also serves 21"
    assert ["adds" in message for _, message in judged("so", "{sheet} a", "{sheets} b")] != []


def test_a_form_that_is_missing_is_named() -> None:
    said = 'The translation of "Make bundles of {sheets} sheet." lacks the plural form msgstr[1].'
    assert judged("so", "{sheets} a", "") == [(10, said)]


@pytest.mark.parametrize(
    ("tag", "count", "expected"),
    [
        ("en", 1, "Make bundles of 1 sheet."),
        ("en", 4, "Make bundles of up to 4 sheets."),
        ("es", 1, "Haga grupos de 1 hoja."),
        ("es", 4, "Haga grupos de hasta 4 hojas."),
    ],
)
def test_a_number_chooses_its_form(tag: str, count: int, expected: str) -> None:
    from booklet.guide.words import Words

    words = Words(inputs.guide(LIBRARY, tag))
    assert words.plain("steps", "lay-bundles", "do", sheets=count) == expected
    assert words.problems == []


LATVIAN = "nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n != 0 ? 1 : 2);"
RUSSIAN = (
    "nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2);"
)
"""The headers that gettext's own manual gives."""


@pytest.mark.parametrize(
    ("tag", "header", "old", "new", "fuzzy"),
    [
        ("lv", LATVIAN, "one other zero", "zero one other", True),  # gettext's zero is for 0 alone
        ("ru", RUSSIAN, "one few many", "one few many -", True),
        ("es", "nplurals=2; plural=(n != 1);", "one other", "one - other", True),
        ("so", "nplurals=2; plural=n==1;", "other one", "one other", False),
        ("so", "nplurals=2; plural=(n != 1);", "one other", "one other", False),
        ("so", "nplurals=2; plural=n>1;", "one other", "one other", True),  # 0 has the other form
        ("so", "nplurals=INTEGER; plural=EXPRESSION;", "one other", "one other", True),
        ("so", "nplurals=2; plural=n/0;", "one other", "one other", True),
        ("so", "nplurals=2; plural=n + !n;", "one other", "one other", True),
        ("so", "nplurals=2; plural=__import__('os').abort();", "one other", "one other", True),
        ("so", f"nplurals=2; plural={'(' * 400}n{')' * 90};", "one other", "one other", True),
        ("so", f"nplurals=2; plural={'!' * 490}n;", "one other", "one other", True),
        ("so", "nplurals=3; plural=n;", "one other", "one other", True),
        ("km", "nplurals=2; plural=(n != 1);", "one other", "other", True),
    ],
)
def test_plural_forms_in_another_order_are_put_in_order(
    tag: str, header: str, old: str, new: str, fuzzy: bool
) -> None:
    message = Message("guide", "a {n}", tuple(old.split()), "b {n}")
    po = PoFile((), {"Plural-Forms": header}, (message,), (replace(message, source="c"),))
    forms = plurals.forms(tags.parse(tag))
    text = Text("guide", "a {n}", (Place("x", 1),), plural="b {n}")
    once = merge.update(po, [text], lambda text: (), forms)
    expected = (tuple(new.replace("-", "").split(" ")), fuzzy)
    assert [(each.translations, each.fuzzy) for each in once.messages] == [expected]
    assert once.headers["Plural-Forms"] == forms.header
    assert _translations(once) == _translations(po)
    assert pofile.write(merge.update(once, [text], lambda text: (), forms)) == pofile.write(once)


def test_a_build_takes_no_forms_in_another_order(tmp_path: Path) -> None:
    booklet(tmp_path, "locale", "new", "lv")
    path = tmp_path / "content/locales/lv/guide.po"
    po = pofile.read(path.read_bytes(), path.name)
    done = [
        replace(each, translations=tuple(each.plural or each.source for _ in each.translations))
        for each in po.messages
    ]
    headers = {**po.headers, "Plural-Forms": LATVIAN}
    path.write_bytes(pofile.write(replace(po, headers=headers, messages=tuple(done))))
    said = 'The header field "Plural-Forms" is not the one of Latvian (CLDR).'
    ran = booklet(tmp_path, "locale", "status", "lv")
    assert (said in ran.err, "booklet locale update lv" in ran.err) == (True, True)
    counted = sum(each.plural is not None for each in po.messages)
    updated = booklet(tmp_path, "locale", "update", "lv").out
    assert "lv/guide.po  up to date" not in updated
    assert said not in booklet(tmp_path, "locale", "status", "lv").err
    assert path.read_text(encoding="utf-8").count("#, fuzzy") == counted


@pytest.mark.parametrize("forms", ["Llame ya.", "Llame ya al {{ region.emergency }}."])
def test_a_plural_that_the_text_does_not_have_is_refused_everywhere(tmp_path: Path, forms: str) -> None:
    """A form for one number may leave its number out: so an added plural could take the 911 away."""
    so = begin(tmp_path)
    text = "Life in danger? Call {{ region.emergency }} now."
    write(tmp_path, "content/visit.yaml", VISIT.replace("Bring this paper.", f'"{text}"'))
    change(
        so,
        'msgid "Bring this paper."\nmsgstr "SO Bring this paper."',
        f'msgid "{text}"\nmsgid_plural "{text}"\nmsgstr[0] "{forms}"\nmsgstr[1] "SO {text}"',
    )
    said = "has plural forms, but the text does not depend on a number."
    for command in (("build", "visit", "--locale", "so"), SIGN):
        ran = booklet(tmp_path, *command)
        assert ran.status == 1
        assert said in ran.err
    assert said in booklet(tmp_path, "locale", "status", "so", "--details").err
    assert booklet(tmp_path, "locale", "update", "so").status == 0
    assert "\nmsgid_plural" not in so.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (
            r"msgid_plural .*\nmsgstr\[0\] (.*)\nmsgstr\[1\] .*",
            r"msgstr \1",
            "has no plural forms, but the text",
        ),
        (
            'msgid_plural "Make bundles',
            'msgid_plural "Build bundles',
            "belongs to an older plural of the text.",
        ),
    ],
)
def test_an_entry_needs_the_plural_of_its_text(tmp_path: Path, old: str, new: str, said: str) -> None:
    from booklet.guide.words import Words

    booklet(tmp_path, "locale", "new", "so")
    path = tmp_path / "content/locales/so/guide.po"
    po = pofile.read(path.read_bytes(), path.name)
    done = [replace(each, translations=tuple(each.source for _ in each.translations)) for each in po.messages]
    path.write_bytes(pofile.write(replace(po, messages=tuple(done))))
    path.write_text(re.sub(old, new, path.read_text(encoding="utf-8")), encoding="utf-8")
    project = Project(tmp_path, ROOT)
    words = Words(inputs.guide(project, "so"))
    words.plain("steps", "lay-bundles", "do", sheets=4)
    assert [said in each.message for each in words.problems if "guide.po" in each.place.file] == [True]
    state = translation_state.state(project, "guide", tags.parse("so"), TODAY)
    assert state.wrong >= 1
    assert any(said in each.message for each in state.problems)


# --- review --------------------------------------------------------------------------------------

SIGN = ("locale", "review", "so", "--role", "certified translator", "--by", "M. L.", "--date", "2026-11-27")
SIGNED = "reviewed by M. L., certified translator, 2026-11-27"


def reviewed(folder: Path) -> Path:
    so = begin(folder)
    ran = booklet(folder, *SIGN)
    assert (ran.status, ran.err) == (0, "")
    assert ran.out.splitlines() == [
        f"content/locales/so/{name}.po  {SIGNED}" for name in ("labels", "region-us", "visit")
    ]
    return so


def drafts(folder: Path) -> tuple[bool, list[str]]:
    """Whether the Somali document is a draft, and the warnings."""
    made = resolve.document(Project(folder, ROOT), "visit", "so")
    return made.document.draft, [each.message for each in made.warnings]


def test_a_review_takes_the_draft_mark_away_and_is_told(tmp_path: Path) -> None:
    so = reviewed(tmp_path)
    assert drafts(tmp_path) == (False, [])
    headers = pofile.read(so.read_bytes(), "x.po").headers
    assert headers["X-Review"] == "reviewed (certified translator, 2026-11-27)"
    assert (headers["X-Reviewed-By"], headers["X-Reviewed-Version"]) == ("M. L.", "1.0")
    (language,) = (each for each in status(tmp_path)["languages"] if each["tag"] == "so")
    assert language["files"]["visit"]["review"] == SIGNED
    assert language["documents"]["visit"] == {"ready": True, "waits-for": ""}


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("content/locales/so/visit.po", 'msgstr "SO Bring this paper."', 'msgstr "SO Bring that paper."'),
        ("content/locales/so/labels.po", 'msgstr "SO Yes"', 'msgstr "SO Yea"'),
        ("content/visit.yaml", "  - cover: {subtitle: For families}", "  - cover: {}"),
    ],
)
def test_any_change_opens_the_review_again(tmp_path: Path, file: str, old: str, new: str) -> None:
    reviewed(tmp_path)
    change(tmp_path / file, old, new)
    draft, told = drafts(tmp_path)
    assert draft
    assert "What was reviewed has changed since, so the draft mark is printed." in told
    table = booklet(tmp_path, "locale", "status", "so", "--details")
    assert table.out.count("review reopened") == 1
    if file.endswith(".po"):
        assert "is new or has changed since the review." in table.err
    else:
        assert "1 reviewed text is gone." in table.err


def test_a_changed_source_opens_the_review_again_also_after_the_update(tmp_path: Path) -> None:
    so = reviewed(tmp_path)
    change(tmp_path / "content/visit.yaml", "Bring this paper.", "Bring this paper now.")
    booklet(tmp_path, "locale", "update", "so")
    change(so, "#, fuzzy\n", "")
    assert drafts(tmp_path)[0]
    ran = booklet(tmp_path, *SIGN)
    assert ran.status == 0
    assert drafts(tmp_path) == (False, [])


def test_spaces_and_notes_do_not_open_a_review_again(tmp_path: Path) -> None:
    so = reviewed(tmp_path)
    change(so, 'msgstr "SO Bring this paper."', 'msgstr ""\n"SO Bring "\n"this paper."')
    change(so, "#. Paragraph.", "#. Some other note.")
    assert drafts(tmp_path) == (False, [])


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('msgstr "SO Bring this paper."', 'msgstr ""', "1 text is missing, so this cannot be reviewed yet."),
        ('msgctxt "cover"', '#, fuzzy\nmsgctxt "cover"', "1 text is fuzzy, so this cannot be reviewed yet."),
        (
            'msgstr "SO Bring this paper."',
            'msgstr "SO 3"',
            'The translation of "Bring this paper." adds "3".',
        ),
    ],
)
def test_what_is_not_finished_cannot_be_reviewed(tmp_path: Path, old: str, new: str, said: str) -> None:
    so = begin(tmp_path)
    change(so, old, new)
    before = {path: (tmp_path / path).read_bytes() for path in files(tmp_path)}
    ran = booklet(tmp_path, *SIGN)
    assert (ran.status, ran.out) == (1, "")
    assert said in ran.err
    assert before == {path: (tmp_path / path).read_bytes() for path in files(tmp_path)}


def test_a_review_that_names_no_texts_does_not_count(tmp_path: Path) -> None:
    begin(tmp_path, review="reviewed (translator, 2026-11-20)")
    assert drafts(tmp_path)[0]
    said = booklet(tmp_path, "locale", "status", "so", "--details")
    assert "The header says that this was reviewed, but not which texts." in said.err


def test_a_reviewed_guide_is_no_draft(tmp_path: Path) -> None:
    assert inputs.guide(Project(tmp_path, ROOT), "es").draft
    sign = ("locale", "review", "es", "guide", "labels", "--role", "translator")
    assert booklet(tmp_path, *sign).status == 0
    assert files(tmp_path) == [f"content/locales/es/{name}.po" for name in ("guide", "labels")]
    assert not inputs.guide(Project(tmp_path, ROOT), "es").draft


def test_a_layout_without_a_name_in_the_language_does_not_reopen_the_review(tmp_path: Path) -> None:
    """Its name may stay English: whether the catalogue has an empty entry for it says nothing."""
    path = tmp_path / "content/locales/es/guide.po"
    path.parent.mkdir(parents=True)
    po = pofile.read((ROOT / "content/locales/es/guide.po").read_bytes(), "guide.po")
    named = tuple(each for each in po.messages if each.source != "Tri-fold pamphlet")
    assert len(named) == len(po.messages) - 1
    path.write_bytes(pofile.write(replace(po, messages=named)))
    for command in (("review", "es", "guide", "labels", "--role", "translator"), ("update", "es")):
        assert booklet(tmp_path, "locale", *command).status == 0
    assert 'msgid "Tri-fold pamphlet"\nmsgstr ""' in path.read_text(encoding="utf-8")
    assert not inputs.guide(Project(tmp_path, ROOT), "es").draft


def test_a_state_can_be_set_without_a_review(tmp_path: Path) -> None:
    so = reviewed(tmp_path)
    ran = booklet(tmp_path, "locale", "review", "so", "visit", "--state", "in-review")
    assert ran.out == "content/locales/so/visit.po  in review\n"
    assert "X-Reviewed" not in so.read_text(encoding="utf-8")
    assert drafts(tmp_path) == (True, [])


# --- status --------------------------------------------------------------------------------------


def test_the_table_is_plain_and_whole(tmp_path: Path) -> None:
    begin(tmp_path)
    write(tmp_path, "content/glossary/so.yaml", GLOSSARY)
    so = tmp_path / "content/locales/so/visit.po"
    change(so, 'msgstr "SO Bring this paper."', 'msgstr "SO 3 BAD"')
    change(so, 'msgstr "SO For families"', 'msgstr ""')
    change(so, 'msgctxt "visit"\nmsgid "Your visit"', '#, fuzzy\nmsgctxt "visit"\nmsgid "Your visit"')
    ran = booklet(tmp_path, "locale", "status", "so", "--details")
    rows = {line.split()[0]: line.split()[1:] for line in ran.out.splitlines() if line}
    assert rows["visit"] == "2 of 5 1 1 1 1 - in translation its translation".split()
    assert rows["labels"] == "23 of 23 - - - - - in translation".split()
    assert 'holds "bad", which the glossary avoids' in ran.err
    assert 'adds "3"' in ran.err
    assert "Mend what is wrong first" in ran.out
    assert ran.status == 0
    assert booklet(tmp_path, "locale", "status", "so", "--strict").status == 1
    (line,) = [
        each for each in booklet(tmp_path, "locale", "status", "so").out.splitlines() if "Somali" in each
    ]
    assert re.match(r"Somali \(so\) +1 of \d+ +28 of \d+ +1 ", line)


def test_the_languages_that_ship_are_complete() -> None:
    for tag in LIBRARY.locales():
        found = translation_state.language(LIBRARY, tags.parse(tag), TODAY)
        for state in found.states:
            if state.name in LIBRARY.catalogues(tag):
                assert state.complete, f"{tag}/{state.name}"
                assert [str(each) for each in state.problems] == []


def test_helplines_that_nobody_checked_for_a_year_are_counted() -> None:
    def old(day: date) -> int:
        found = translation_state.language(LIBRARY, tags.parse("es"), day)
        return sum(state.old for state in found.states)

    printed = inputs.region(LIBRARY, "us").region.printed(tags.parse("es"))
    assert (old(TODAY), old(date(2028, 1, 1))) == (0, len(printed) + 1), "and the emergency number"


def test_what_does_not_fit_is_told_by_status(tmp_path: Path) -> None:
    so = begin(tmp_path)
    write(tmp_path, "content/visit.yaml", VISIT.replace("\ntitle:", "\nlayouts: [trifold]\ntitle:"))
    assert "fits in every layout" in booklet(tmp_path, "locale", "status", "so", "--fit").out
    own = write(tmp_path, "content/locales/so/locale.yaml", "leaves-out: {visit: [trifold]}\n")
    told = booklet(tmp_path, "locale", "status", "so", "--fit").out
    assert "leaves out, by content/locales/so/locale.yaml: visit in trifold" in told
    own.unlink()
    change(so, 'msgstr "SO Bring this paper."', f'msgstr "{"xaashi " * 2000}"')
    ran = booklet(tmp_path, "locale", "status", "so", "--fit", "--strict")
    assert ran.status == 1
    assert 'layout "trifold"' in ran.err
    assert "at the least size" in ran.err


# --- glossaries ----------------------------------------------------------------------------------

GLOSSARY = """\
language: so
review: machine draft
style: Plain.
terms:
  - {term: paper, use: xaashi, avoid: [bad, "very bad"]}
  - {term: visit, use: booqasho}
"""


def test_the_terms_of_the_glossary_stand_with_the_texts_that_hold_them(tmp_path: Path) -> None:
    begin(tmp_path)
    write(tmp_path, "content/glossary/so.yaml", GLOSSARY)
    booklet(tmp_path, "locale", "update", "so")
    po = pofile.read((tmp_path / "content/locales/so/visit.po").read_bytes(), "x.po")
    told = {each.source: [note for note in each.notes if "Glossary" in note] for each in po.messages}
    assert told["Bring this paper."] == ["Glossary: paper → xaashi"]
    assert told["Your visit"] == ["Glossary: visit → booqasho"]
    assert told["For families"] == []


@pytest.mark.parametrize(
    ("text", "avoid", "found"),
    [
        ("Un adicto no es.", "adicto", True),
        ("Un ADICTO no es.", "adicto", True),
        ("adictos", "adicto", False),
        ("exadicto", "adicto", False),
        ("他是瘾君子。", "瘾君子", True),
        ("คนติดยาเสพติด", "ติดยา", True),
        ("هو مدمن.", "مدمن", True),
        ("المدمنين", "مدمن", False),
        ("return to use", "use", False),
    ],
)
def test_a_word_to_avoid_is_found_as_the_script_writes_words(text: str, avoid: str, found: bool) -> None:
    file = (
        f"language: so\nreview: x\nstyle: x\nterms: [{{term: a, use: return to use, avoid: ['{avoid}']}}]\n"
    )
    glossary = read_glossary(file.encode(), "so.yaml", "so")
    assert bool([*glossary.avoided(text)]) == found


@pytest.mark.parametrize(
    ("use", "avoid", "text", "found"),
    [
        ("употребление", "злоупотребление", "Это злоупотребление.", True),
        ("używanie", "nadużywanie", "To nadużywanie.", True),
        ("مصرف", "سوءمصرف", "این سوءمصرف است.", True),
        ("مصرف", "سوء مصرف", "این سوء مصرف است.", True),
        ("ប្រើ", "ការប្រើខុស", "នេះជាការប្រើខុស។", True),
        ("usage", "mésusage", "un mésusage, un usage", True),
        ("return to use, use again", "use", "They use again.", False),
        ("a；药物使用", "药物", "药物使用", False),
        ("a；药物使用", "药物", "药物", True),
        ("脱毒（药物治疗）", "药物", "药物治疗", False),
        ("use (return to use)", "use", "A return to use.", False),
        ("con", "contra todo", "contra todo", True),
    ],
)
def test_a_word_to_use_does_not_hide_a_word_to_avoid(use: str, avoid: str, text: str, found: bool) -> None:
    file = f"language: so\nreview: x\nstyle: x\nterms: [{{term: a, use: '{use}', avoid: ['{avoid}']}}]\n"
    glossary = read_glossary(file.encode(), "so.yaml", "so")
    assert bool([*glossary.avoided(text)]) == found


def test_every_word_to_avoid_that_ships_can_be_found() -> None:
    for path in sorted(ROOT.glob("content/glossary/*.yaml")):
        glossary = read_glossary(path.read_bytes(), path.name, path.stem)
        for term in glossary.file.terms:
            for word in term.avoid:
                assert word in [found for found, _ in glossary.avoided(word)], f"{path.stem}: {word}"


def test_a_build_warns_of_words_to_avoid(tmp_path: Path) -> None:
    so = begin(tmp_path)
    write(tmp_path, "content/glossary/so.yaml", GLOSSARY)
    change(so, 'msgstr "SO Bring this paper."', 'msgstr "SO bad paper."')
    assert 'The translation holds "bad", which the glossary avoids.' in drafts(tmp_path)[1]


def test_a_new_glossary_can_be_read(tmp_path: Path) -> None:
    booklet(tmp_path, "locale", "new", "so", "overdose-steps")
    path = tmp_path / "content/glossary/so.yaml"
    assert read_glossary(path.read_bytes(), "so.yaml", "so").file.terms[0].use is None


@pytest.mark.parametrize("path", sorted(ROOT.glob("content/glossary/*.yaml")), ids=lambda path: path.stem)
def test_a_glossary_that_ships_uses_no_word_that_it_avoids(path: Path) -> None:
    glossary = read_glossary(path.read_bytes(), path.name, path.stem)
    assert [word for term in glossary.file.terms for word in glossary.avoided(term.use or "")] == []
