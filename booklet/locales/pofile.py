"""Reads a PO file whole, comments and all, and writes one: the same entries give the same bytes."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from io import StringIO
from typing import Any

from booklet.problems import Place, Problem, ProblemsFound
from booklet.wording import quoted
from booklet.yamlfile import decode, excerpt_of

WIDTH = 79
"""Columns of a line, as gettext's own tools write it."""
MOST_FORMS = 6
"""Arabic has as many plural forms; no language in CLDR has more."""

_LINE = re.compile(r'\s*(?:#.*|(?:(?:msgctxt|msgid|msgid_plural|msgstr(?:\[[0-9]\])?)\s*)?".*"\s*)?')
_KEYWORD = re.compile(r"\s*(?:#~\s*)?(msgctxt|msgid_plural|msgid|msgstr(?:\[[0-9]\])?)")
_FORMER = re.compile(r"^[ \t]*#~\|", re.MULTILINE)
_PREVIOUS = re.compile(r"\|\s*(?:(msgctxt|msgid_plural|msgid)\s*)?(\".*\")\s*")


@dataclass(frozen=True, slots=True)
class Message:
    """One entry. `translations` is one text, or one for each plural form where `plural` is set.

    `comments` are the translators' own (`#`), `notes` are written for them (`#.`), `places` say where the
    text stands (`#:`), `previous` is what it once was (`#|`): context, text, plural. `flags` are those for
    other tools (`#,`), such as no-wrap; `fuzzy` is a field of its own.
    """

    context: str | None
    source: str
    translations: tuple[str, ...] = ("",)
    plural: str | None = None
    fuzzy: bool = False
    flags: tuple[str, ...] = ()
    comments: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    previous: tuple[str | None, str, str | None] | None = None
    line: int = 0
    """Where the translation begins in the file that was read; 0 if in none."""

    @property
    def key(self) -> tuple[str | None, str]:
        return self.context, self.source

    @property
    def begun(self) -> bool:
        """Whether there is any translation, fuzzy or not."""
        return any(self.translations)


@dataclass(frozen=True, eq=False)
class PoFile:
    """A PO file. `comment` stands above the header; `obsolete` entries wait for their text to return;
    `tail` are comments below the last entry, line by line."""

    comment: tuple[str, ...]
    headers: Mapping[str, str]
    messages: tuple[Message, ...]
    obsolete: tuple[Message, ...] = ()
    tail: tuple[str, ...] = ()
    name: str = ""
    lines: list[str] = field(default_factory=list, repr=False)

    def problem(self, line: int, message: str, hint: str = "") -> Problem:
        """A problem with the line of that number in the file that was read."""
        return Problem(Place(self.name, line, 1 if line else 0), message, hint, excerpt_of(self.lines, line))

    def header_line(self, name: str) -> int:
        """The line of a header field, or 0."""
        numbered = enumerate(self.lines, 1)
        return next((number for number, line in numbered if line.startswith(f'"{name}:')), 0)


# --- reading -------------------------------------------------------------------------------------


@lru_cache(maxsize=512)
def read(data: bytes, name: str) -> PoFile:
    """The PO file in these bytes; problems call it `name`. Raises ProblemsFound."""
    from babel.messages.pofile import PoFileError, PoFileParser

    text = decode(data, name)
    lines = text.splitlines()
    file = PoFile((), {}, (), name=name, lines=lines)
    if stray := _stray(lines):
        raise ProblemsFound([file.problem(*stray)])
    # msgmerge writes the former text of an obsolete entry after `#~|`, where Babel wants a keyword.
    text = _FORMER.sub("#|", text)
    lines = text.splitlines()
    collector = _collector()
    try:
        PoFileParser(collector, abort_invalid=True).parse(StringIO(text))
    except (PoFileError, ValueError, LookupError, AttributeError) as error:
        line = getattr(error, "lineno", -1) + 1
        message = "The catalogue cannot be read here."
        hint = "Each entry is msgctxt, msgid, msgstr, in this order."
        raise ProblemsFound([file.problem(line, message, hint)]) from None
    current = [re.sub(r"^\s*#~ ?", "", line) for line in lines]  # with the obsolete ones as if they were not
    found = [_message(each, lines) for each in collector.found]
    header = next((each for each in found if each.key == (None, "")), None)
    made = replace(
        file,
        comment=header.comments if header else (),
        headers=_headers(header.translations[0]) if header else {},
        messages=tuple(each for each in found if each.source),
        obsolete=tuple(replace(_message(each, current), line=0) for each in collector.obsolete.kept),
        tail=_tail(lines),
    )
    if problems := [*_twice(made), *_forms_written(made)]:
        raise ProblemsFound(problems)
    return made


def _stray(lines: list[str]) -> tuple[int, str, str] | None:
    """Line, message and hint of what is no PO file, or of a translation that Babel would drop silently."""
    before, joined = "", False
    for number, line in enumerate(lines, 1):
        if not _LINE.fullmatch(line):
            hint = "A line is a comment after #, a keyword with a text in quotation marks, or such a text."
            return number, "This line does not belong in a PO file.", hint
        if found := _KEYWORD.match(line):
            keyword = found[1]
            if keyword in ("msgstr", "msgstr[0]") and before.startswith("msgstr"):
                message = "This text has a second translation, which would be lost."
                return number, message, "Keep the right one of the two."
            if keyword.startswith("msgstr[") and before.startswith("msgstr[") and not joined:
                message = "This plural form is cut off from its text, and would be lost."
                return number, message, "Delete the empty line or the comment above it."
            before, joined = keyword, True
        elif not line.removeprefix("#~").lstrip().startswith('"'):
            joined = False
    return None


def _tail(lines: list[str]) -> tuple[str, ...]:
    """The comments below the last entry; those of a file without any stand above its header."""
    found: list[str] = []
    for line in reversed(lines):
        text = line.strip()
        if text and (not text.startswith("#") or text.startswith("#~")):
            return tuple(found)
        if text:
            found.insert(0, text)
    return ()


class _Every(dict[Any, Any]):
    """Where Babel puts obsolete entries: it keeps each of them, also of the same text."""

    def __init__(self) -> None:
        super().__init__()
        self.kept: list[Any] = []

    def __setitem__(self, key: Any, message: Any) -> None:
        self.kept.append(message)


def _collector() -> Any:  # Babel's class, made where Babel is first needed
    """A catalogue of Babel's that keeps each entry as it was written."""
    from babel.messages.catalog import Catalog

    class Collector(Catalog):
        num_plurals = MOST_FORMS  # so that Babel neither refuses a form nor fills any up

        def __init__(self) -> None:
            super().__init__()
            self.found: list[Any] = []
            self.obsolete = _Every()

        def __setitem__(self, id: object, message: object) -> None:
            self.found.append(message)

    return Collector()


def _message(message: Any, lines: list[str]) -> Message:  # from one of Babel's
    several = isinstance(message.id, (tuple, list))
    strings = tuple(message.string) if several else (str(message.string or ""),)
    line = _translation_line(lines, message.lineno or 1)
    if several:
        strings = strings[: max(_forms(lines, line), 1)]
    comments = _comments(lines, message.lineno or 1)
    return Message(
        context=message.context,
        source=folded(message.id[0] if several else message.id),
        plural=folded(message.id[1]) if several else None,
        translations=tuple(folded(each) for each in strings) if message.id else strings,
        fuzzy="fuzzy" in message.flags,
        flags=_flags(comments),
        comments=tuple(each[1:] for each in comments if each.startswith(" ")),
        notes=tuple(message.auto_comments),
        places=tuple(f"{file}:{at}" if at else file for file, at in message.locations),
        previous=_previous(comments),
        line=line,
    )


def _comments(lines: list[str], line: int) -> list[str]:
    """What stands after # over the entry whose msgid is in that line: Babel leaves out lines that repeat.

    A translator's own words begin with a space here.
    """
    found: list[str] = []
    place = line - 1
    while place and (lines[place - 1].lstrip().startswith(("msgctxt", '"')) or not lines[place - 1].strip()):
        place -= 1
    for written in reversed(lines[:place]):
        text = written.strip()
        if text and (not text.startswith("#") or text.startswith("#~")):
            break
        if text:
            own = text[1:2] not in (",", ".", ":", "|")
            found.insert(0, " " + text[1:].removeprefix(" ") if own else text[1:])
    return found


def _flags(comments: list[str]) -> tuple[str, ...]:
    """The flags as they were written; Babel adds some of its own."""
    found = (flag.strip() for each in comments if each.startswith(",") for flag in each[1:].split(","))
    return tuple(dict.fromkeys(flag for flag in found if flag not in ("", "fuzzy")))


def _previous(comments: list[str]) -> tuple[str | None, str, str | None] | None:
    """What the lines after `#|` say; Babel takes them for comments."""
    from babel.messages.pofile import unescape

    parts: dict[str, str] = {}
    keyword = ""
    for comment in comments:
        if found := _PREVIOUS.fullmatch(comment):
            keyword = found[1] or keyword
            parts[keyword] = parts.get(keyword, "") + unescape(found[2])
    if "msgid" not in parts:
        return None
    return parts.get("msgctxt"), parts["msgid"], parts.get("msgid_plural")


def _headers(text: str) -> dict[str, str]:
    pairs = [line.partition(":") for line in text.splitlines() if ":" in line]
    return {name.strip(): value.strip() for name, _, value in pairs}


def _translation_line(lines: list[str], start: int) -> int:
    """The line of the first msgstr at or after an entry's own line."""
    for number in range(start, len(lines) + 1):
        if lines[number - 1].lstrip().startswith("msgstr"):
            return number
    return start


def _forms(lines: list[str], start: int) -> int:
    """How many `msgstr[…]` an entry has whose first stands in line `start`."""
    count = 0
    for line in lines[start - 1 :]:
        word = line.lstrip()
        if not word.startswith(("msgstr[", '"')):
            break
        count += word.startswith("msgstr[")
    return count


def _twice(file: PoFile) -> Iterator[Problem]:
    first: dict[tuple[str | None, str], int] = {}
    for message in file.messages:
        if message.key in first:
            text = f"{quoted(message.source)} stands twice in this catalogue."
            hint = f"The first entry stands at line {first[message.key]}. Keep one of the two."
            yield file.problem(message.line, text, hint)
        first.setdefault(message.key, message.line)


def _forms_written(file: PoFile) -> Iterator[Problem]:
    """Forms must be numbered from 0 on, without a gap: which number is which form, the header says."""
    for message in file.messages:
        if message.plural is None:
            continue
        numbers = []
        for line in file.lines[message.line - 1 :]:
            if found := re.match(r"\s*msgstr\[([0-9])\]", line):
                numbers.append(int(found[1]))
            elif not line.lstrip().startswith('"'):
                break
        if numbers != list(range(len(numbers))):
            text = f"The plural forms of {quoted(message.source)} are not numbered one after the other."
            yield file.problem(message.line, text, "Write msgstr[0], msgstr[1] and so on.")


def folded(text: str) -> str:
    """Spaces count as they do in a content file; a line end stays, for `tidy` to judge."""
    return re.sub("[ \t]+", " ", text).strip()


# --- writing -------------------------------------------------------------------------------------


def write(file: PoFile) -> bytes:
    """The bytes of a PO file: comment, header, entries in their order, then obsolete ones, then the tail."""
    header = Message(None, "", ("".join(f"{name}: {value}\n" for name, value in file.headers.items()),))
    parts = ["\n".join([*(f"# {line}".rstrip() for line in file.comment), *_texts(header, "")])]
    parts += ["\n".join(_entry(message)) for message in file.messages]
    parts += ["\n".join([*_remarks(message, "#~| "), *_texts(message, "#~ ")]) for message in file.obsolete]
    parts += ["\n".join(file.tail)] if file.tail else []
    return ("\n\n".join(parts) + "\n").encode("utf-8")


def _entry(message: Message) -> Iterator[str]:
    yield from (f"# {line}".rstrip() for line in message.comments)
    for note in message.notes:
        yield from _wrapped("#. ", note)
    if message.places:
        yield from _wrapped("#: ", " ".join(message.places))
    yield from _remarks(replace(message, comments=()))
    yield from _texts(message, "")


def _remarks(message: Message, former: str = "#| ") -> Iterator[str]:
    """Comments, flags and former text."""
    yield from (f"# {line}".rstrip() for line in message.comments)
    if flags := (*(("fuzzy",) if message.fuzzy else ()), *message.flags):
        yield f"#, {', '.join(flags)}"
    if message.previous:
        context, source, plural = message.previous
        for keyword, text in (("msgctxt", context), ("msgid", source), ("msgid_plural", plural)):
            if text is not None:
                yield from _text(keyword, text, former)


def _wrapped(prefix: str, words: str) -> Iterator[str]:
    room = WIDTH - len(prefix)
    for line in textwrap.wrap(words, room, break_long_words=False, break_on_hyphens=False):
        yield prefix + line


def _texts(message: Message, prefix: str) -> Iterator[str]:
    if message.context is not None:
        yield from _text("msgctxt", message.context, prefix)
    yield from _text("msgid", message.source, prefix)
    if message.plural is None:
        yield from _text("msgstr", message.translations[0], prefix)
        return
    yield from _text("msgid_plural", message.plural, prefix)
    for number, form in enumerate(message.translations):
        yield from _text(f"msgstr[{number}]", form, prefix)


def _text(keyword: str, text: str, prefix: str) -> Iterator[str]:
    """A keyword and its text, on one line if it goes there."""
    from babel.messages.pofile import escape, normalize

    line = f"{prefix}{keyword} {escape(text)}"
    if len(line) <= WIDTH and "\n" not in text:
        yield line
        return
    lines = normalize(text, width=WIDTH - len(prefix)).splitlines()
    if lines[0] != '""':
        lines.insert(0, '""')
    yield f"{prefix}{keyword} {lines[0]}"
    yield from (prefix + each for each in lines[1:])
