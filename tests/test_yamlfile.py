"""YAML is read as the author wrote it, each value knows its place, and hostile files get nowhere."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from booklet.problems import Place, Problem, ProblemsFound
from booklet.yamlfile import LARGEST_FILE, MOST_PROBLEMS, Data, KeyPath, Tree, parse, read_bytes


def tree(text: str) -> Tree:
    return parse(text.encode(), "a.yaml")


def problems(data: bytes) -> tuple[Problem, ...]:
    with pytest.raises(ProblemsFound) as found:
        parse(data, "a.yaml")
    return found.value.problems


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("no", "no"),
        ("yes", "yes"),
        ("on", "on"),
        ("1.0", "1.0"),
        ("12:30", "12:30"),
        ("0800", "0800"),
        ("988", "988"),
        ("1_000", "1_000"),
        ("0x1F", "0x1F"),
        (".inf", ".inf"),
        ("2026-11-22", "2026-11-22"),
        ("+1 206 555 0100", "+1 206 555 0100"),
        ('"null"', "null"),
        ("~", None),
        ("null", None),
        ("", None),
        ("!!str 988", "988"),
        ('"tab\\there"', "tab\there"),
    ],
)
def test_a_scalar_stays_the_text_that_was_written(written: str, read: str | None) -> None:
    assert tree(f"key: {written}\n").data == {"key": read}


@pytest.mark.parametrize("style", ["|", "|-", "|+", ">", ">-"])
def test_lines_of_a_block_scalar_become_one_line(style: str) -> None:
    assert tree(f"key: {style}\n  Bring a pen\n  and paper.\n\nother: x\n").data == {
        "key": "Bring a pen and paper.",
        "other": "x",
    }


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_value_knows_its_line_and_column(end: str) -> None:
    text = end.join(
        ["# first", "a: é", "b:", "  - c: [x, {d: 'y'}]", "    e: >-", "      one", "      two", ""]
    )
    found = tree(text)
    assert found.data == {"a": "é", "b": [{"c": ["x", {"d": "y"}], "e": "one two"}]}
    places: dict[KeyPath, tuple[int, int]] = {
        (): (2, 1),
        ("a",): (2, 4),
        ("b",): (4, 3),
        ("b", 0): (4, 5),
        ("b", 0, "c", 0): (4, 9),
        ("b", 0, "c", 1, "d"): (4, 16),
        ("b", 0, "e"): (5, 8),
    }
    assert {path: found.place(path) for path in places} == {
        path: Place("a.yaml", *place) for path, place in places.items()
    }
    assert found.key_place(("b", 0, "e")) == Place("a.yaml", 5, 5)
    assert found.place(("b", 0, "e"), "two") == Place("a.yaml", 7, 7)
    assert found.place(("b", 0, "e"), "not there") == Place("a.yaml", 5, 8)
    assert found.excerpt(Place("a.yaml", 7, 7)) == "      two"


def test_the_excerpt_shows_what_cannot_be_seen() -> None:
    (problem,) = problems("a: Take 1 \u202e01 pills".encode())
    assert problem.excerpt == "a: Take 1 \ufffd01 pills"
    assert problem.place == Place("a.yaml", 1, 4)


@pytest.mark.parametrize(
    ("data", "place", "message"),
    [
        (b"a: b\nc: \xff\xfe\n", (2, 4), "The file is not UTF-8 text from here on."),
        (b"a: caf\xe9\n", (1, 7), "The file is not UTF-8 text from here on."),
        ("a: é\nb: x\0y\n".encode(), (2, 5), "There is a control character here (U+0000)."),
        (b"a: b\nb: \x1b[31mred\n", (2, 4), "There is a control character here (U+001B)."),
        ("a: one\u2028two\n".encode(), (1, 7), "There is a control character here (U+2028)."),
        ("a: b\n".encode("utf-16"), (0, 0), "The file is saved as UTF-16."),
        (b"", (0, 0), "The file is empty."),
        (b" \n\n", (0, 0), "The file is empty."),
    ],
)
def test_bytes_that_are_no_plain_text_are_refused(data: bytes, place: tuple[int, int], message: str) -> None:
    (problem,) = problems(data)
    assert (problem.place, problem.message) == (Place("a.yaml", *place), message)
    assert problem.hint


def test_a_byte_order_mark_does_no_harm() -> None:
    tree = parse("a: b\n".encode("utf-8-sig"), "a.yaml")
    assert tree.data == {"a": "b"}
    assert tree.place(("a",)) == Place("a.yaml", 1, 4)


def test_a_file_that_is_too_large_is_not_even_read(tmp_path: Path) -> None:
    large = tmp_path / "large.yaml"
    large.write_bytes(b"a: " + b"x" * LARGEST_FILE)
    with pytest.raises(ProblemsFound, match="more than the 1,000,000 that booklet reads"):
        read_bytes(large, "large.yaml")


def test_what_is_no_file_is_a_problem(tmp_path: Path) -> None:
    with pytest.raises(ProblemsFound, match="does not exist"):
        read_bytes(tmp_path / "a.yaml", "a.yaml")
    (tmp_path / "b.yaml").mkdir()
    with pytest.raises(ProblemsFound, match="not a file"):
        read_bytes(tmp_path / "b.yaml", "b.yaml")
    (tmp_path / "c.yaml").symlink_to("c.yaml")
    with pytest.raises(ProblemsFound, match=r"cannot be read|does not exist"):
        read_bytes(tmp_path / "c.yaml", "c.yaml")


def test_a_wide_and_a_deep_file_end_in_time() -> None:
    assert len(problems(b"- " * 20_000)) == 1
    assert len(problems(b"[" * 500_000)) == 1
    assert len(problems(b"{" * 500_000)) == 1
    assert len(problems(b"a: &a [x]\n" + b"b: *a\n" * 50_000)) >= 1


def test_no_more_problems_are_told_than_anybody_reads() -> None:
    assert len(problems(b"{" + b"a: 1, " * 100_000 + b"}")) == MOST_PROBLEMS


def test_all_problems_of_form_are_told_at_once() -> None:
    found = problems(b"a: 1\na: 2\nb: !x 3\nb: 4\n")
    assert [(problem.place.line, problem.message) for problem in found] == [
        (2, 'The key "a" is given twice.'),
        (3, '"!x" is a tag of YAML, which booklet does not use.'),
        (4, 'The key "b" is given twice.'),
    ]


@settings(deadline=None)
@given(st.binary(max_size=200))
def test_any_bytes_give_a_tree_or_a_problem(data: bytes) -> None:
    try:
        found = parse(data, "a.yaml")
    except ProblemsFound:
        return
    assert found.data is not None


words = st.text(st.characters(min_codepoint=32, max_codepoint=0x2FF, exclude_categories=["Cc"]))
trees = st.recursive(
    words,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(words, inner, max_size=4),
    max_leaves=20,
)


def flow(data: Data) -> str:
    """`data` as YAML in double quotation marks and brackets."""
    if isinstance(data, dict):
        return "{" + ", ".join(f"{flow(key)}: {flow(value)}" for key, value in data.items()) + "}"
    if isinstance(data, list):
        return "[" + ", ".join(map(flow, data)) + "]"
    return '"' + re.sub(r'(["\\])', r"\\\1", data or "") + '"'


def paths(data: Data, path: KeyPath = ()) -> list[KeyPath]:
    if isinstance(data, dict):
        return [path, *(deep for key, value in data.items() for deep in paths(value, (*path, key)))]
    if isinstance(data, list):
        return [path, *(deep for index, value in enumerate(data) for deep in paths(value, (*path, index)))]
    return [path]


@settings(deadline=None)
@given(trees.filter(lambda data: "<<" not in str(data)))
def test_the_place_of_each_value_is_where_it_is_written(data: Data) -> None:
    written = flow(data)
    found = tree(written)
    assert found.data == data
    for path in paths(data):
        value = data
        for part in path:
            value = value[part]  # type: ignore[index]
        place = found.place(path)
        assert place.line == 1
        assert written[place.column - 1 :].startswith(flow(value))
