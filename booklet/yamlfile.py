"""Reads one YAML file into plain texts, lists and mappings, and knows where each of them stands.

YAML is read as its plain core: no tags, anchors, aliases or merge keys, one document a file. No
scalar is guessed at: `no`, `1.0`, `12:30` and `0800` stay the texts that the author wrote, and the
model that a file is checked against turns a text into a number or a date where it wants one.
"""

from __future__ import annotations

import re
from codecs import BOM_UTF8
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any, TypeAlias

from booklet.problems import Place, Problem, ProblemsFound, Severity
from booklet.wording import UNSEEN, quoted, visible
from booklet.yamlsyntax import STRANGE_KEY, TEMPLATE_FIRST, Mark, explain

Data: TypeAlias = "str | list[Data] | dict[str, Data] | None"
KeyPath: TypeAlias = tuple[str | int, ...]
"""The keys and list positions that lead to a value."""

LARGEST_FILE = 1_000_000
"""Bytes. The text of a pamphlet takes about 15,000."""
DEEPEST = 40
"""Lists and mappings inside each other. A table in a callout in a section lies 12 deep."""
LONGEST_EXCERPT = 240
MOST_PROBLEMS = 100
"""Told of one file. Who has more does not read them, and a hostile file could hold a million."""

_NOTHING = ("", "~", "null")

_LINE_END = re.compile(r"\r\n|\r|\n")
_REFUSED_IN_FILE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
_CORE_TAGS = frozenset(f"tag:yaml.org,2002:{name}" for name in "str int float bool null seq map".split())


class Mistake(ValueError):
    """Something wrong in one value, raised where its place in a file is not known yet.

    `fragment` is the piece of the value at fault, so that its place can be found more closely;
    `at` leads from a group of keys to the one at fault.
    """

    def __init__(self, message: str, hint: str = "", fragment: str = "", at: KeyPath = ()) -> None:
        self.message, self.hint, self.fragment, self.at = message, hint, fragment, at
        super().__init__(message)


@dataclass(frozen=True, slots=True)
class _Spot:
    """Where a value starts (line and column from 1) and which characters of the file it covers."""

    line: int
    column: int
    start: int
    end: int
    inside: list[_Spot] | dict[str, tuple[_Spot, _Spot]] | None = None
    """A list's items; a mapping's keys, each with the spots of key and value."""


@dataclass(frozen=True, eq=False)
class Tree:
    """What a YAML file says (`data`), and where. Treat as frozen; compared by identity."""

    file: str
    text: str = field(repr=False)
    data: Data = field(repr=False)
    spots: _Spot = field(repr=False)

    @cached_property
    def lines(self) -> list[str]:
        return _LINE_END.split(self.text)

    def excerpt(self, place: Place) -> str:
        """The line that `place` points into, with unseen characters made visible."""
        return excerpt_of(self.lines, place.line)

    def _spots(self, path: KeyPath) -> tuple[_Spot, _Spot]:
        """The key and the value at `path`, as far down as the file has it."""
        key = value = self.spots
        for part in path:
            if isinstance(value.inside, dict) and isinstance(part, str) and part in value.inside:
                key, value = value.inside[part]
            elif isinstance(value.inside, list) and isinstance(part, int) and part < len(value.inside):
                key = value = value.inside[part]
            else:
                break
        return key, value

    def place(self, path: KeyPath, fragment: str = "") -> Place:
        """Where the value at `path` starts, or `fragment` inside it if it is written as such."""
        spot = self._spots(path)[1]
        found = self.text.find(fragment, spot.start, spot.end) if fragment else -1
        if found < 0:
            return Place(self.file, spot.line, spot.column)
        before = _LINE_END.split(self.text[spot.start : found])
        column = len(before[-1]) + (spot.column if len(before) == 1 else 1)
        return Place(self.file, spot.line + len(before) - 1, column)

    def key_place(self, path: KeyPath) -> Place:
        """Where the last key of `path` stands."""
        spot = self._spots(path)[0]
        return Place(self.file, spot.line, spot.column)

    def problem(
        self,
        path: KeyPath,
        message: str,
        hint: str = "",
        *,
        fragment: str = "",
        at_key: bool = False,
        severity: Severity = "error",
    ) -> Problem:
        """A problem with the value at `path`, or with its key."""
        place = self.key_place(path) if at_key else self.place(path, fragment)
        return Problem(place, message, hint, self.excerpt(place), severity)


def read_bytes(path: Path, name: str) -> bytes:
    """The bytes of a file that can be read and is not too large; problems call it `name`."""
    try:
        if not path.exists():
            raise _whole_file(name, "The file does not exist.", "Check the name and the folder.")
        if not path.is_file():
            raise _whole_file(name, "This is not a file.", "Put a file here, or take this name away.")
        if (size := path.stat().st_size) > LARGEST_FILE:
            raise _whole_file(
                name,
                f"The file has {size:,} bytes, more than the {LARGEST_FILE:,} that booklet reads.",
                "Split it into several documents.",
            )
        return path.read_bytes()
    except OSError as error:
        reason = error.strerror or "unknown reason"
        raise _whole_file(name, f"The file cannot be read: {reason}.", "Check its permissions.") from None


def _whole_file(name: str, message: str, hint: str) -> ProblemsFound:
    return ProblemsFound([Problem(Place(name), message, hint)])


def decode(data: bytes, name: str) -> str:
    """UTF-8 text without control characters, from the bytes of the file `name`."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise _whole_file(name, "The file is saved as UTF-16.", "Save it again as UTF-8.")
    data = data.removeprefix(BOM_UTF8)  # Windows editors put it there, and nobody can see it
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8")
        raise _at_character(
            name,
            before + data[error.start :].decode("utf-8", "replace"),
            len(before),
            "The file is not UTF-8 text from here on.",
            "Open it in a text editor and save it again as UTF-8.",
        ) from None
    if bad := _REFUSED_IN_FILE.search(text):
        raise _at_character(
            name,
            text,
            bad.start(),
            f"There is a control character here (U+{ord(bad[0]):04X}).",
            "Delete it. It often comes along when text is copied from another program.",
        )
    return text


def _at_character(name: str, text: str, index: int, message: str, hint: str) -> ProblemsFound:
    before = _LINE_END.split(text[:index])
    place = Place(name, len(before), len(before[-1]) + 1)
    return ProblemsFound([Problem(place, message, hint, excerpt_of(_LINE_END.split(text), place.line))])


def excerpt_of(lines: list[str], line: int) -> str:
    """The line of that number, with unseen characters made visible; nothing if there is none."""
    if not 1 <= line <= len(lines):
        return ""
    return visible(lines[line - 1][:LONGEST_EXCERPT].replace("\t", " ")).rstrip()


@lru_cache(maxsize=64)
def parse(data: bytes, name: str, *, lines: bool = False) -> Tree:
    """The tree of a YAML file's bytes. Raises ProblemsFound with every problem of its form.

    With `lines` a literal block (`|`) keeps its lines, as answers to a form need it.
    """
    import yaml

    text = decode(data, name)
    builder = _Builder(name, text, lines)
    try:
        for event in yaml.parse(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader)):
            builder.take(event)
    except _Stop:
        pass
    except yaml.MarkedYAMLError as error:
        if not builder.problems:
            builder.complain(*explain(error, text))
    if builder.problems:
        raise ProblemsFound(builder.problems)
    if builder.root is None or builder.root[0] is None:
        raise _whole_file(name, "The file is empty.", "Write what it is to say, or delete it.")
    return Tree(name, text, *builder.root)


class _Stop(Exception):
    """Nothing sensible can be read after this."""


@dataclass(slots=True)
class _Open:
    """A list or mapping whose end has not been read yet."""

    mark: Mark
    data: Any
    spots: Any
    key: tuple[str, _Spot] | None = None


class _Builder:
    """Puts a tree together from the events of a YAML parser.

    Events instead of PyYAML's node graph, since only they show an anchor that nothing uses, and
    since the graph is composed by recursion, which a hostile file could exhaust.
    """

    def __init__(self, name: str, text: str, keep: bool) -> None:
        self.name, self.text, self.keep = name, text, keep
        self.lines = _LINE_END.split(text)
        self.problems: list[Problem] = []
        self.open: list[_Open] = []
        self.root: tuple[Data, _Spot] | None = None
        self.references = False

    def complain(self, mark: Mark, message: str, hint: str) -> None:
        place = Place(self.name, mark.line + 1, mark.column + 1)
        self.problems.append(Problem(place, message, hint, excerpt_of(self.lines, place.line)))
        if len(self.problems) == MOST_PROBLEMS:
            raise _Stop

    def take(self, event: Any) -> None:
        """One step: the event's class name says what begins or ends here."""
        kind = type(event).__name__
        if kind == "ScalarEvent":
            self._check_reference(event, "&")
            self._add(_scalar(event, self.keep), event.start_mark, event.end_mark)
        elif kind == "MappingStartEvent":
            self._begin(event, {}, {})
        elif kind == "SequenceStartEvent":
            self._begin(event, [], [])
        elif kind in ("MappingEndEvent", "SequenceEndEvent"):
            self._end(event.end_mark)
        elif kind == "AliasEvent":
            self._check_reference(event, "*")
            self._add(None, event.start_mark, event.end_mark)
        elif kind == "DocumentStartEvent" and self.root is not None:
            self.complain(
                event.start_mark,
                'A second document begins here, after the line "---".',
                "Put each document into a file of its own.",
            )
            raise _Stop

    def _check_reference(self, event: Any, sign: str) -> None:
        """Anchors, aliases and tags are programmers' tools, and the way in for hostile files."""
        anchor, tag = event.anchor, getattr(event, "tag", None)
        if anchor is not None and not self.references:
            self.references = True  # one is told of: a file full of them makes one point
            what = "an alias" if sign == "*" else "an anchor"
            self.complain(
                event.start_mark,
                f"{quoted(sign + anchor)} is {what} of YAML, which booklet does not use.",
                f"If the text is to begin with {sign}, put it into quotation marks.",
            )
        if tag is not None and tag != "!" and tag not in _CORE_TAGS:
            short = tag.replace("tag:yaml.org,2002:", "!!")
            self.complain(
                event.start_mark,
                f"{quoted(short)} is a tag of YAML, which booklet does not use.",
                "Take it away. If the text is to begin with !, put it into quotation marks.",
            )

    def _begin(self, event: Any, data: Any, spots: Any) -> None:
        self._check_reference(event, "&")
        if len(self.open) >= DEEPEST:
            self.complain(
                event.start_mark,
                f"Lists and mappings lie more than {DEEPEST} deep in each other here.",
                "Check the brackets and the spaces at the beginning of the lines.",
            )
            raise _Stop
        self.open.append(_Open(event.start_mark, data, spots))

    def _end(self, end: Mark) -> None:
        done = self.open.pop()
        self._add(done.data, done.mark, end, done.spots)

    def _add(self, data: Data, mark: Mark, end: Mark, inside: Any = None) -> None:
        spot = _Spot(mark.line + 1, mark.column + 1, mark.index, end.index, inside)
        if not self.open:
            self.root = (data, spot)
            return
        parent = self.open[-1]
        if isinstance(data, str):
            self._check_characters(data, mark)
        if isinstance(parent.data, list):
            parent.data.append(data)
            parent.spots.append(spot)
        elif parent.key is None:
            parent.key = (self._key(data, mark, parent), spot)
        else:
            key, key_spot = parent.key
            parent.key = None
            if key not in parent.data:
                parent.data[key] = data
                parent.spots[key] = (key_spot, spot)

    def _key(self, data: Data, mark: Mark, parent: _Open) -> str:
        if not isinstance(data, str):
            template = self.text.startswith("{{", max(0, mark.index - 1))
            self.complain(mark, *(TEMPLATE_FIRST if template else STRANGE_KEY))
            raise _Stop
        if data == "<<":
            self.complain(
                mark, '"<<" is a merge key of YAML, which booklet does not use.', "Write the keys out."
            )
        elif data in parent.data:
            first = parent.spots[data][0].line
            self.complain(
                mark,
                f"The key {quoted(data)} is given twice.",
                f"It stands in line {first} already. Keep one of the two.",
            )
        return data

    def _check_characters(self, text: str, mark: Mark) -> None:
        if trouble := unseen(text):
            self.complain(mark, *trouble)


def unseen(text: str) -> tuple[str, str] | None:
    """Message and hint on the first character in `text` that could deceive a reader, if any.

    Overrides and embeddings of direction can make a text read otherwise than it is stored
    ("Trojan source", CVE-2021-42574). Isolates serve translators and may stay if they are closed.
    """
    depth = 0
    for found in UNSEEN.finditer(text):
        character = found[0]
        if character in "\u2066\u2067\u2068":
            depth += 1
        elif character == "\u2069" and depth:
            depth -= 1
        else:
            return (
                f"The text holds a character that nobody can see (U+{ord(character):04X}).",
                "Delete it, or write the text again by hand.",
            )
    if depth:
        return (
            "The text opens an isolate of direction (U+2066 to U+2068) that it does not close.",
            "Add U+2069 where it ends, or delete it.",
        )
    if "\ufffd" in text:
        return (
            "The text holds the mark of a lost letter (U+FFFD).",
            "Write the word again. A program has once misread this text.",
        )
    return None


def _scalar(event: Any, keep: bool) -> str | None:
    """The text as written; None where nothing is written.

    A literal block (`|`) is folded as `>` is, unless it is to `keep` its lines: the text of a pamphlet has
    paragraphs.
    """
    value = str(event.value)
    if not event.style and value in _NOTHING:
        return None
    if event.style == "|" and not keep:
        value = re.sub(r"(?<!\n)\n(?!\n)", " ", value.strip("\n"))
    return value.rstrip("\n") if event.style in ("|", ">") else value
