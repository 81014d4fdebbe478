"""A worksheet becomes questions whose fields have the same names in every language."""

from __future__ import annotations

import dataclasses
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from booklet import inputs, resolve
from booklet.content import source
from booklet.content.document import (
    Callout,
    Choice,
    Document,
    Entry,
    Grid,
    Option,
    Paragraph,
    Question,
    Rating,
    Score,
    plain,
)
from booklet.locales import catalogue, formats, tags
from booklet.problems import Problem, ProblemsFound
from booklet.project import Project

PROJECT = Project(Path(__file__).parent / "project", Path(__file__).parent / "project")
SHIPPED = Project.at(Path(__file__).parent)
DOCUMENTS = [(project, name) for project in (PROJECT, SHIPPED) for name in project.documents()]
CHECK = (PROJECT.folder / "content/check.yaml").read_text()


def check(tag: str = "en") -> Document:
    return resolve.document(PROJECT, "check", tag).document


def questions(document: Document) -> dict[str, Question]:
    blocks = [block for section in document.sections for block in section.blocks]
    return {block.name: block for block in blocks if isinstance(block, Question)}


def texts(options: tuple[Option, ...]) -> dict[str, str]:
    return {option.value: plain(option.text) for option in options}


def names(question: Question) -> list[str]:
    """The fields that a form has for the question."""
    match question:
        case Rating():
            return [f"{question.name}.{item.value}" for item in question.items]
        case Choice(many=True):
            return [f"{question.name}.{option.value}" for option in question.options]
        case Entry(kind="date"):
            return [f"{question.name}.{part}" for part, *_ in question.order]
        case Grid():
            return [
                f"{question.name}.{row.value}.{column.value}"
                for row in question.rows
                for column in question.columns
            ]
    return [question.name]


# --- the blocks ----------------------------------------------------------------------------------


def test_a_worksheet_keeps_every_kind_of_question_in_its_order() -> None:
    assert [(name, type(each)) for name, each in questions(check()).items()] == [
        ("waits", Rating),
        ("total", Score),
        ("calm", Choice),
        ("helps", Choice),
        ("way", Choice),
        ("again", Choice),
        ("first-words", Entry),
        ("limits", Entry),
        ("beds", Entry),
        ("clinic-phone", Entry),
        ("next", Entry),
        ("mine", Entry),
        ("sign", Entry),
        ("programs", Grid),
        ("compare", Grid),
        ("people", Grid),
        ("again-total", Score),
    ]
    assert [section.number for section in check().sections] == [None, 1, 2]
    hash(check())


def test_questions_keep_their_labels_hints_and_places() -> None:
    lines = CHECK.splitlines()
    for question in questions(check()).values():
        assert plain(question.label)
        assert lines[question.place.line - 1][: question.place.column - 1].strip() == "-"
    found = questions(check())
    assert plain(found["next"].label) == "Next visit"
    assert plain(found["next"].hint) == "In figures."
    assert (found["waits"].keep, found["calm"].columns, found["helps"].columns) == ("together", 2, 1)


def test_a_rating_counts_each_step_of_its_scale() -> None:
    rating = questions(check())["waits"]
    assert isinstance(rating, Rating)
    assert texts(rating.scale) == {"never": "Never", "sometimes": "Sometimes", "often": "Often"}
    assert rating.points == (0, 1, 3)
    assert texts(rating.items) == {"seat": "found a seat.", "quiet": "could call 911."}


@pytest.mark.parametrize("tag", ["en", "es"])
def test_a_score_adds_up_the_rating_as_it_stands_in_its_own_section(tag: str) -> None:
    found = questions(check(tag))
    total, again = found["total"], found["again-total"]
    assert isinstance(total, Score)
    assert isinstance(again, Score)
    assert total.of == again.of == found["waits"]


def test_the_bands_of_a_score_reach_from_0_to_the_highest_sum_without_a_gap() -> None:
    total = questions(check())["total"]
    assert isinstance(total, Score)
    assert [(low, high, plain(text)) for low, high, text in total.bands] == [
        (0, 2, "A calm day."),
        (3, 6, "A long day."),
    ]


def test_a_score_is_labelled_with_its_highest_sum_if_the_author_says_nothing() -> None:
    assert plain(questions(check())["total"].label) == "My total (0 to 6)"
    assert plain(questions(check("es"))["total"].label) == "Mi total (de 0 a 6)"
    assert plain(questions(check())["again-total"].label) == "Once more"


@pytest.mark.parametrize(
    ("name", "many", "options"),
    [
        ("calm", False, {"morning": "Morning", "noon": "Noon"}),
        ("helps", True, {"good": "A good chair", "tea": "Tea"}),
        ("way", False, {"foot": "On foot", "bus": "By bus or train", "lift": "A friend drove me"}),
        ("again", False, {"yes": "Yes", "no": "No"}),
    ],
)
def test_a_choice_is_of_one_or_of_any(name: str, many: bool, options: dict[str, str]) -> None:
    choice = questions(check())[name]
    assert isinstance(choice, Choice)
    assert (choice.many, texts(choice.options), choice.menu) == (many, options, name == "way")


@pytest.mark.parametrize(
    ("name", "kind", "lines", "most"),
    [
        ("first-words", "text", 1, 80),
        ("limits", "text", 4, 400),
        ("beds", "number", 1, 6),
        ("clinic-phone", "phone", 1, None),
        ("next", "date", 1, None),
        ("mine", "initials", 1, None),
        ("sign", "signature", 1, None),
    ],
)
def test_an_entry_tells_its_kind_its_room_and_its_longest_answer(
    name: str, kind: str, lines: int, most: int | None
) -> None:
    entry = questions(check())[name]
    assert isinstance(entry, Entry)
    assert (entry.kind, entry.lines, entry.most) == (kind, lines, most)
    assert bool(entry.order) == (kind == "date")


def test_a_table_has_empty_rows_or_rows_that_ask_something() -> None:
    found = questions(check())
    numbered, named = found["programs"], found["compare"]
    assert isinstance(numbered, Grid)
    assert isinstance(named, Grid)
    assert texts(numbered.columns) == {"ask": "Question", "said": "Answer"}
    assert numbered.widths == pytest.approx((2 / 3, 1 / 3))
    assert texts(numbered.rows) == {"1": "", "2": ""}
    assert texts(named.rows) == {"light": "Is it light?", "loud": "Is it loud?"}
    assert not numbered.cards


def test_people_to_call_have_a_card_each() -> None:
    people = questions(check("es"))["people"]
    assert isinstance(people, Grid)
    assert people.cards
    assert texts(people.columns) == {"name": "Nombre", "phone": "Teléfono", "when": "Cuándo llamar"}
    assert len(people.widths) == len(people.columns)
    assert names(people) == [f"people.{row}.{column}" for row in "12" for column in ("name", "phone", "when")]


def test_a_private_note_is_a_callout() -> None:
    note = check().sections[1].blocks[0]
    assert isinstance(note, Callout)
    assert (note.kind, plain(note.title)) == ("private", "For my eyes only")
    (text,) = note.blocks
    assert isinstance(text, Paragraph)
    assert plain(text.text) == "Keep this sheet where you keep your own things."


def test_a_pamphlet_can_ask_too() -> None:
    text = (PROJECT.folder / "content/visit.yaml").read_text()
    text += "        - line: {id: first-words, label: What will you say?}\n"
    read = inputs.read(PROJECT, "visit", "en")
    changed = dataclasses.replace(read, source=source.read(text.encode(), "visit.yaml", "visit"))
    assert list(questions(resolve.resolve(changed).document)) == ["first-words"]


# --- languages -----------------------------------------------------------------------------------


def test_a_spanish_worksheet_asks_in_spanish() -> None:
    found = questions(check("es"))
    again, rating, table = found["again"], found["waits"], found["compare"]
    assert isinstance(again, Choice)
    assert isinstance(rating, Rating)
    assert isinstance(table, Grid)
    assert texts(again.options) == {"yes": "Sí", "no": "No"}
    assert texts(rating.scale) == {"never": "Nunca", "sometimes": "A veces", "often": "A menudo"}
    assert texts(rating.items)["quiet"] == "pude llamar al 911."
    assert texts(table.rows) == {"light": "¿Tiene luz?", "loud": "¿Hay ruido?"}
    assert plain(found["next"].hint) == "En números."
    labels = check("es").labels
    assert (labels.total, labels.points, labels.option) == (
        "Mi total (de 0 a {most})",
        "puntos: {points}",
        "{question}: {answer}",
    )


def stored(question: Question) -> list[tuple[str, ...]]:
    """The names of the question's fields, and what they can store beside free text."""
    found = [tuple(sorted(names(question)))]
    match question:
        case Rating():
            found += [tuple(step.value for step in question.scale), tuple(map(str, question.points))]
        case Choice():
            found += [tuple(option.value for option in question.options)]
    return found


@pytest.mark.parametrize(("project", "name"), DOCUMENTS, ids=[name for _, name in DOCUMENTS])
def test_fields_and_what_they_store_are_the_same_in_every_language(project: Project, name: str) -> None:
    english = questions(resolve.document(project, name, "en").document)
    fields = [field for question in english.values() for field in names(question)]
    assert len(fields) == len(set(fields))
    assert all(re.fullmatch(r"[a-z0-9-]+(?:\.[a-z0-9-]+){0,2}", field) for field in fields)
    for tag in project.languages(name):
        translated = questions(resolve.document(project, name, tag).document)
        assert [stored(each) for each in translated.values()] == [stored(each) for each in english.values()]


@pytest.mark.parametrize(
    ("tag", "order"),
    [
        ("en", "month day year"),
        ("en-GB", "day month year"),
        ("es", "day month year"),
        ("ar", "day month year"),
        ("bg", "day month year"),
        ("hu", "year month day"),
        ("zh-Hant", "year month day"),
        ("fa", "year month day"),
        ("fr-CA", "year month day"),
        ("tl", "month day year"),
    ],
)
def test_a_date_is_asked_for_in_the_order_of_the_language(tag: str, order: str) -> None:
    assert formats.date_order(tags.parse(tag)) == tuple(order.split())


def test_each_language_that_is_known_writes_a_date_in_three_parts() -> None:
    from babel.localedata import locale_identifiers

    languages = {name.split("_")[0] for name in locale_identifiers()} - {"root"}
    assert len(languages) > 100
    for language in languages:
        assert sorted(formats.date_order(tags.parse(language))) == ["day", "month", "year"], language


def test_the_parts_of_a_date_are_named_in_the_language() -> None:
    english, spanish = questions(check())["next"], questions(check("es"))["next"]
    assert isinstance(english, Entry)
    assert isinstance(spanish, Entry)
    assert english.order == (("month", "Month", 2), ("day", "Day", 2), ("year", "Year", 4))
    assert spanish.order == (("day", "Día", 2), ("month", "Mes", 2), ("year", "Año", 4))


@pytest.mark.parametrize(
    "lost", ["Noon", "found a seat.", "A calm day.", "Is it loud?", "In figures.", "Answer"]
)
def test_a_question_that_is_not_translated_is_a_problem_at_its_place(lost: str) -> None:
    read = inputs.read(PROJECT, "check", "es")
    assert read.catalogues
    text = Path(PROJECT.folder / "content/locales/es/check.po").read_text()
    text = re.sub(f'msgctxt "[a-z]+"\nmsgid "{re.escape(lost)}"\nmsgstr ".*"\n', "", text)
    own = catalogue.parse(text.encode(), "check.po", "es")
    changed = dataclasses.replace(read, catalogues=dataclasses.replace(read.catalogues, document=own))
    with pytest.raises(ProblemsFound) as found:
        resolve.resolve(changed)
    (problem,) = found.value.problems
    assert problem.message == 'This text has no Spanish translation in "check.po".'
    assert lost in problem.excerpt[problem.place.column - 1 :]


# --- what is wrong -------------------------------------------------------------------------------


def told_of(text: str) -> tuple[Problem, ...]:
    try:
        found = source.read(text.encode(), "check.yaml", "check")
        return resolve.resolve(
            dataclasses.replace(inputs.read(PROJECT, "check", "en"), source=found)
        ).warnings
    except ProblemsFound as problems:
        return problems.problems


PUT = "|1|0|-1|{}|[]|null|{id: x}|[x]|waits|9999999999999999999999|1e9|.nan|{{|**".split("|")


@settings(deadline=None)
@given(
    st.sampled_from(sorted(set(re.findall(r"[{ ]([a-z]+): ", CHECK)) - {"id"})),
    st.data(),
    st.sampled_from(PUT),
)
def test_any_value_under_any_key_is_taken_or_told_of_at_its_line(
    key: str, data: st.DataObject, put: str
) -> None:
    spots = [match.end() for match in re.finditer(rf"[{{ ]{key}: ", CHECK)]
    where = data.draw(st.sampled_from(spots))
    rest = re.sub(r"^(?:[^\n,{}\[\]]+|\{[^{}]*\}|\[[^\[\]]*\])", lambda _: put, CHECK[where:])
    for problem in told_of(CHECK[:where] + rest):
        assert problem.message.endswith(".")
        assert problem.place.line <= CHECK.count("\n") + 1


def test_a_large_worksheet_is_read_without_delay() -> None:
    head, _, _ = CHECK.partition("        - private:")
    rating = (
        "        - rating: {id: r%d, label: I, scale: [{id: a, text: A}, {id: b, text: B}], points: [0, 1], "
        "items: [{id: i, text: I}]}\n"
        "        - score: {id: s%d, of: r%d, bands: [{to: 1, text: Well}]}\n"
    )
    text = head + "".join(rating % (n, n, n) for n in range(1000))
    text += "        - choice: {id: c, label: C, options: ["
    text += ", ".join(f"{{id: o{n}, text: O}}" for n in range(10_000)) + "]}\n"
    assert told_of(text) == ()
