"""A content file becomes blocks: its markup parsed, its values filled in, its pictures checked."""

from __future__ import annotations

import dataclasses
import os
import struct
import zlib
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from booklet import inputs, resolve
from booklet.content import inline, pictures, source
from booklet.content.document import (
    Bullets,
    Callout,
    Contacts,
    Cover,
    Definitions,
    Direction,
    Document,
    Heading,
    Imprint,
    Paragraph,
    Picture,
    Quote,
    Rich,
    Section,
    Sources,
    Span,
    Steps,
    Table,
    plain,
)
from booklet.content.values import fill
from booklet.problems import ProblemsFound
from booklet.project import Project
from booklet.yamlfile import MOST_PROBLEMS, Mistake

PROJECT = Project(Path(__file__).parent / "project", Path(__file__).parent / "project")
SHIPPED = Project.at(Path(__file__).parent)
GOOD = (PROJECT.folder / "content/good.yaml").read_text()
VALUES = {"site": {"name": "Riverside"}, "region": {"emergency": "911"}}


def spans(text: str, direction: Direction = "ltr", **site: str) -> Rich:
    marked = inline.parse(text)
    values = {**VALUES, "site": {**VALUES["site"], **site}}
    return fill(marked.spans, marked.placeholders, values, direction)


def good(site: str | None = None) -> Document:
    return resolve.document(PROJECT, "good", "en", site=site).document


def section(document: Document, name: str) -> Section:
    return next(each for each in document.sections if each.id == name)


# --- markup ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Bring a pen.", [Span("Bring a pen.")]),
        ("**Bring** a pen.", [Span("Bring", bold=True), Span(" a pen.")]),
        ("*Bring* a _pen_.", [Span("Bring", italic=True), Span(" a "), Span("pen", italic=True), Span(".")]),
        ("***Go***", [Span("Go", bold=True, italic=True)]),
        ("**a *b***", [Span("a ", bold=True), Span("b", bold=True, italic=True)]),
        (r"5 \* 3 \[x\] \_", [Span("5 * 3 [x] _")]),
        ("snake_case_word __", [Span("snake_case_word __")]),
        ("Wait... 'now' -- (c)", [Span("Wait... 'now' -- (c)")]),
        ("a < b & c", [Span("a < b & c")]),
        ("1. First, - then", [Span("1. First, - then")]),
        ("[map](https://a.org/x?y=1#z).", [Span("map", url="https://a.org/x?y=1#z"), Span(".")]),
        ("[a **big** map](tel:988)", [
            Span("a ", url="tel:988"),
            Span("big", bold=True, url="tel:988"),
            Span(" map", url="tel:988"),
        ]),
        ("[write](mailto:desk@example.org)", [Span("write", url="mailto:desk@example.org")]),
        ("[نص](https://example.org/نص)", [Span("نص", url="https://example.org/نص")]),
    ],
)  # fmt: skip
def test_bold_italic_and_links_are_parsed_and_nothing_else(text: str, expected: list[Span]) -> None:
    assert list(spans(text)) == expected


@settings(deadline=None)
@given(st.text(st.sampled_from("ab *_[]()!<>`\\{}#%&;:/.\n-")))
@example("[a](https://example.org) ![x](y)")
@example("*" * 400)
@example("[" * 400)
def test_any_text_is_parsed_or_refused_in_plain_words(text: str) -> None:
    try:
        found = inline.parse(inline.tidy(text)).spans
    except Mistake:
        return
    assert all(span.text for span in found)
    assert len(plain(found)) <= len(text)


# --- values ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Call {{ region.emergency }}.", [Span("Call 911.")]),
        ("Call {{region.emergency}} **{{ site.name }}**", [Span("Call 911 "), Span("Riverside", bold=True)]),
        ("[Call](tel:{{ region.emergency }})", [Span("Call", url="tel:911")]),
        (
            "[See](https://example.org/?at={{ site.name }})",
            [Span("See", url="https://example.org/?at=Riverside")],
        ),
        ("*{{ site.name }}*'s", [Span("Riverside", italic=True), Span("'s")]),
    ],
)
def test_values_are_filled_into_texts_and_links(text: str, expected: list[Span]) -> None:
    assert list(spans(text)) == expected


@settings(deadline=None)
@given(
    st.text(max_size=30), st.sampled_from(["Ask {{ site.name }}.", "**{{ site.name }}** [x](https://a.org)"])
)
@example("**bold** [a](javascript:alert(1))", "Ask {{ site.name }}.")
@example("{{ region.emergency }}", "Ask {{ site.name }}.")
def test_a_value_never_becomes_markup(value: str, text: str) -> None:
    usual, hostile = spans(text), spans(text, name=value)
    assert [(span.bold, span.italic, span.url) for span in usual] == [
        (span.bold, span.italic, span.url) for span in hostile
    ]
    assert value in plain(hostile)


def test_a_link_that_is_a_value_is_judged_when_the_value_is_known() -> None:
    assert spans("[Map]({{ site.url }})", url="https://a.org")[0].url == "https://a.org"
    with pytest.raises(Mistake) as found:
        inline.parse("[Map](javascript:{{ site.url }})")
    assert found.value.message == 'A link cannot lead to "javascript:{{ site.url }}".'
    assert found.value.fragment == "javascript:{{ site.url }}"


def test_a_value_in_a_link_cannot_change_where_it_leads() -> None:
    (link,) = spans("[See](https://example.org/{{ site.name }})", name="../../?x=1&y#z@evil.example/")
    assert link.url == "https://example.org/..%2F..%2F%3Fx%3D1%26y%23z%40evil.example%2F"
    (call,) = spans("[Call](tel:{{ site.phone }})", phone="(206) 555-0100")
    assert call.url == "tel:2065550100"


def test_a_value_that_runs_the_other_way_is_isolated() -> None:
    assert plain(spans("Ask {{ site.name }}.", name="عيادة")) == "Ask \u2068عيادة\u2069."
    assert plain(spans("Ask {{ site.name }}.", name="Ärzte")) == "Ask Ärzte."
    assert plain(spans("اتصل {{ region.emergency }}", "rtl")) == "اتصل \u2068911\u2069"
    (call,) = spans("[اتصل](tel:{{ region.emergency }})", "rtl")
    assert call.url == "tel:911"


# --- pictures ----------------------------------------------------------------------------------


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(width: int, height: int) -> bytes:
    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    rows = zlib.compress(b"\0" * (width + 1) * height)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def svg(attributes: str, body: str = "") -> bytes:
    return f'<svg xmlns="http://www.w3.org/2000/svg" {attributes}>{body}</svg>'.encode()


USE = '<path id="a"/><use href="#a"/>'
JPEG = bytes.fromhex("ffd8 ffe0 0004 0000 ffc0 000b 08 0010 0020 01 01 11 00 ffd9")
"""The markers of a JPEG of 32 by 16 pixels."""


@pytest.mark.parametrize(
    ("data", "kind", "size"),
    [
        (png(96, 48), "png", (72.0, 36.0)),
        (JPEG, "jpeg", (24.0, 12.0)),
        (svg('width="96" height="48px"'), "svg", (72.0, 36.0)),
        (svg('width="1in" height="25.4mm"'), "svg", (72.0, 72.0)),
        (svg('width="100%" viewBox="-5 -5, 40 20"'), "svg", (30.0, 15.0)),
        (b'\xef\xbb\xbf<?xml version="1.0"?>\n' + svg('viewBox="0 0 4 4"', USE), "svg", (3.0, 3.0)),
    ],
)
def test_a_picture_tells_its_format_and_its_size_in_points(
    data: bytes, kind: str, size: tuple[float, float]
) -> None:
    found = pictures.inspect(data)
    assert (found.format, found.data) == (kind, data)
    assert found.size == pytest.approx(size)


@settings(deadline=None)
@given(st.sampled_from([png(4, 4), JPEG, svg('width="9" height="9"', "<g/>")]), st.data())
def test_a_damaged_picture_is_refused_in_plain_words(data: bytes, draw: st.DataObject) -> None:
    cut = draw.draw(st.integers(0, len(data) - 1))
    with pytest.raises(Mistake):
        pictures.inspect(data[:cut])


def test_a_picture_cannot_be_reached_through_a_link_out_of_the_folder(tmp_path: Path) -> None:
    (tmp_path / "content" / "art").mkdir(parents=True)
    (tmp_path / "secret.png").write_bytes(png(1, 1))
    (tmp_path / "content" / "inside.png").write_bytes(png(1, 1))
    (tmp_path / "content" / "link.png").symlink_to(tmp_path / "secret.png")
    (tmp_path / "content" / "up").symlink_to(tmp_path)
    (tmp_path / "content" / "art" / "near.png").symlink_to(tmp_path / "content" / "inside.png")
    folders = [tmp_path / "content"]
    assert pictures.read("art/near.png", folders).format == "png"
    for name in ("link.png", "up/secret.png"):
        with pytest.raises(Mistake, match="leads out of the content folder"):
            pictures.read(name, folders)


def test_a_picture_that_is_too_large_is_not_read(tmp_path: Path) -> None:
    with (tmp_path / "a.png").open("wb") as file:
        os.truncate(file.fileno(), pictures.LARGEST_PICTURE + 1)
    with pytest.raises(Mistake, match="more than 10,000,000 bytes"):
        pictures.read("a.png", [tmp_path])


def test_a_picture_of_the_user_comes_before_the_one_that_ships(tmp_path: Path) -> None:
    for name, width in (("own", 4), ("shipped", 8)):
        (tmp_path / name).mkdir()
        (tmp_path / name / "a.png").write_bytes(png(width, 4))
    (tmp_path / "shipped" / "b.png").write_bytes(png(8, 4))
    folders = [tmp_path / "own", tmp_path / "shipped"]
    assert pictures.read("a.png", folders).size == (3.0, 3.0)
    assert pictures.read("b.png", folders).size == (6.0, 3.0)


# --- documents ---------------------------------------------------------------------------------


def test_a_document_keeps_every_kind_of_block() -> None:
    document = good()
    assert [(each.id, each.role, each.number) for each in document.sections] == [
        ("cover", "cover", None),
        ("bring", "body", 1),
        ("know", "body", 2),
        ("call", "contacts", None),
        ("facts", "sources", None),
        ("about", "imprint", None),
    ]
    kinds = [[type(block) for block in each.blocks] for each in document.sections]
    assert kinds == [
        [Cover],
        [Paragraph, Heading, Bullets, Steps, Callout],
        [Callout, Quote, Definitions, Table, Picture],
        [Contacts],
        [Sources],
        [Imprint],
    ]
    hash(document)


def test_blocks_keep_their_claims_hints_and_places() -> None:
    text, _, points, steps, callout = section(good(), "bring").blocks
    assert (text.claims, text.keep, text.columns) == (("WHO-1",), "with-next", 1)
    assert (points.claims, points.columns) == (("ZOO",), 2)
    assert steps.claims == ("WHO-1",)
    assert isinstance(callout, Callout)
    assert [type(block) for block in callout.blocks] == [Paragraph, Bullets]
    lines = (PROJECT.folder / "content/good.yaml").read_text().splitlines()
    for block in section(good(), "bring").blocks:
        assert lines[block.place.line - 1][: block.place.column - 1].strip() == "-"


def test_a_table_keeps_what_yaml_would_have_guessed_at() -> None:
    table = section(good(), "know").blocks[3]
    assert isinstance(table, Table)
    assert [[plain(cell) for cell in row] for row in table.rows] == [
        ["Monday", "8"],
        ["Norway", "no"],
        ["Noon", "12:30"],
        ["", "0800"],
    ]
    assert table.row_headers


def test_pictures_are_described_or_mere_decoration() -> None:
    document = good()
    cover, picture = document.sections[0].blocks[0], section(document, "know").blocks[4]
    assert isinstance(cover, Cover)
    assert cover.picture is not None
    assert cover.picture.alt is None
    assert isinstance(picture, Picture)
    assert (picture.alt, picture.width, picture.size, plain(picture.caption)) == (
        "A dot",
        0.5,
        (72, 36),
        "One dot",
    )


def test_without_a_site_a_box_is_left_for_a_stamp() -> None:
    imprint = section(good(), "about").blocks[0]
    assert isinstance(imprint, Imprint)
    assert (imprint.name, plain(imprint.stamp)) == ((), "Your clinic")
    assert [plain(note) for note in imprint.notes] == [
        "This is not medical advice.",
        "Version 1.0",
        "Reviewed November 22, 2026. Next review November 22, 2027.",
    ]


def test_a_site_fills_the_imprint_and_leads_the_contacts() -> None:
    document = good("riverside")
    assert (document.author, document.site) == ("Riverside Clinic", "riverside")
    imprint, contacts = section(document, "about").blocks[0], section(document, "call").blocks[0]
    assert isinstance(imprint, Imprint)
    assert [plain(line) for line in imprint.lines] == [
        "12 River Street",
        "Seattle, WA 98101",
        "Monday to Friday, 8 to 5",
    ]
    assert [(plain(phone.label), phone.text, phone.uri) for phone in imprint.phones] == [
        ("Front desk", "(206)\u00a0555-0100", "tel:+12065550100")
    ]
    assert (imprint.url, imprint.url_text) == ("https://riverside.example.org/", "riverside.example.org")
    assert imprint.logo is not None
    assert imprint.logo.alt == "Riverside Clinic"
    assert isinstance(contacts, Contacts)
    assert [plain(contact.name) for contact in contacts.items] == [
        "Riverside nurse line",
        "Crisis line",
        "Old line",
        "Library",
    ]


def test_sources_are_listed_as_their_publishers_name_them() -> None:
    listed = section(good(), "facts").blocks[0]
    assert isinstance(listed, Sources)
    assert [(plain(each.text), plain(each.short), each.url) for each in listed.items] == [
        ("World Health Organization. Safe visits. 2024.", "WHO 2024", "https://example.org/who"),
        ("Zoo Press. What is a visit?", "Zoo Press", None),
    ]


def test_the_same_file_gives_an_equal_document() -> None:
    first = good("riverside")
    source.read.cache_clear()
    assert good("riverside") == first


def test_the_user_overrides_what_ships(tmp_path: Path) -> None:
    (tmp_path / "content").mkdir()
    text = (PROJECT.folder / "content/visit.yaml").read_text()
    (tmp_path / "content/visit.yaml").write_text(text.replace("A short visit", "My visit"))
    project = Project(tmp_path, PROJECT.library)
    assert list(project.documents()) == ["check", "good", "visit"]
    assert resolve.document(project, "visit", "en").document.title == "My visit"


def test_of_a_thousand_problems_the_first_are_told_and_the_rest_counted() -> None:
    with pytest.raises(ProblemsFound) as found:
        source.read(GOOD.encode() + b"".join(b"key%d: x\n" % n for n in range(1000)), "a.yaml", "good")
    assert len(found.value.problems) == MOST_PROBLEMS + 1
    assert found.value.problems[-1].message == "There are 900 more problems in this file."


PUT = "|\t|\n|- |{|]|: |**|&a|!!x |{{|{%|'|>|\0|\u202e|\ufdd0|null|999999999999999999999".split("|")


@settings(deadline=None)
@given(st.integers(0, len(GOOD)), st.integers(0, 12), st.sampled_from(PUT))
def test_a_mutilated_file_gives_a_document_or_problems(where: int, cut: int, put: str) -> None:
    changed = GOOD[:where] + put + GOOD[where + cut :]
    read = inputs.read(PROJECT, "good", "en")
    try:
        found = source.read(changed.encode(), "a.yaml", "good")
        resolved = resolve.resolve(dataclasses.replace(read, source=found))
    except ProblemsFound as problems:
        told = problems.problems
    else:
        told = resolved.warnings
    for problem in told:
        assert problem.message.endswith(".")
        assert problem.place.line <= changed.count("\n") + 1


@pytest.mark.parametrize("name", sorted(SHIPPED.documents()))
def test_each_shipped_document_resolves_in_each_of_its_languages_without_a_warning(name: str) -> None:
    for tag in ("en", *SHIPPED.languages(name)):
        found = resolve.document(SHIPPED, name, tag)
        assert not found.warnings
        assert found.document.draft == (tag != "en")
