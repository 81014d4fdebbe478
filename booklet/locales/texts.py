"""The one list of all texts to translate: those of a document, of booklet's own words, of a region.

What is extracted for translators, what `status` counts and what a review vouches for is this list. That a
build looks up the same texts is held by tests.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from booklet.content import inline
from booklet.content.base import Strict
from booklet.content.document import plain
from booklet.content.fields import Named
from booklet.content.labels import Counted
from booklet.content.model import Content, CoverBlock
from booklet.content.source import DocumentSource
from booklet.content.values import without_marks
from booklet.locales import tags
from booklet.locales.region import Helpline, Region, RegionSource
from booklet.locales.roles import Role, role
from booklet.problems import Place
from booklet.wording import quoted
from booklet.yamlfile import KeyPath, Mistake, Tree

LABEL = "label"
GUIDE = "guide"
FOR_TRANSLATORS = "Translators:"
"""Begins a YAML comment above a text that is meant for its translators."""
UNPRINTED = ("What a screen reader says", "Not printed")
"""Begin the comment over words of booklet's own whose length does not matter."""
_NUMBER = "988"
"""Stands in for a value where letters are counted."""


@dataclass(frozen=True, slots=True)
class Text:
    """A text to translate: its context, its words (as the author's file has them), and what to know of it.

    `limit` is about how many letters a translation may have, `letters` how many the text has. `plural` is
    set where the words depend on a number: then `words` are those for one.
    """

    context: str
    words: str
    places: tuple[Place, ...]
    notes: tuple[str, ...] = ()
    markup: bool = False
    plural: str | None = None
    letters: int = 0
    limit: int | None = None
    optional: bool = False
    """Printed in English if there is no translation: the name of a layout."""

    @property
    def key(self) -> tuple[str, str]:
        return self.context, self.words


# --- what there is -------------------------------------------------------------------------------


@lru_cache(maxsize=512)
def of_document(source: DocumentSource) -> tuple[Text, ...]:
    """The texts of a document, in its order; each once for each section that it stands in."""
    content, tree = source.content, source.tree
    found = list(_walk(content, (), "document", tree))
    for index, part in enumerate(content.body):
        if isinstance(part, CoverBlock):
            path: KeyPath = ("body", index, "cover")
            found += _walk(part.cover, path, "cover", tree)
        else:
            section = part.section
            where = f"In the section {quoted(section.heading)}."
            found += _walk(section, ("body", index, "section"), section.id, tree, where)
    return _merged(found)


def of_words(tree: Tree, model: Strict, context: str) -> tuple[Text, ...]:
    """The texts of booklet's own: `content/labels.yaml`, `content/guide.yaml`."""
    return _merged(_own_words(model, (), tree, context))


@lru_cache(maxsize=512)
def of_region(source: RegionSource, tag: str) -> tuple[Text, ...]:
    """The texts of a region's contacts for the catalogue of the language `tag`; without one, of all."""
    return _merged(
        text
        for index, line in _lines(source.region, tag)
        for text in _walk(line, ("contacts", index), f"contact:{line.id}", source.tree)
    )


def _lines(region: Region, tag: str) -> Iterator[tuple[int, Helpline]]:
    """The contacts that any document may print for which this catalogue serves, if they need translation."""
    needed = region.untranslated(tags.parse(tag)) if tag else ()
    for place, line in enumerate(region.contacts):
        if (place, line) in needed or (
            line.status != "unverified"
            and (not tag or any(each.startswith(f"{tag}-") for each in line.languages))
            and region.language_of(line).split("-")[0] != tag
        ):
            yield place, line


def names(named: Iterable[tuple[str, Place]]) -> tuple[Text, ...]:
    """The names of layouts, each with its place."""
    note = ("Name of a layout.",)
    return _merged(
        Text(
            GUIDE,
            words,
            (place,),
            note,
            letters=len(words),
            limit=_limit(len(words), short=True),
            optional=True,
        )
        for words, place in named
    )


def _walk(
    model: Strict,
    path: KeyPath,
    context: str,
    tree: Tree,
    where: str = "",
    inside: str = "",
    number: int = 0,
) -> Iterator[Text]:
    """The texts of a model and of those in it. `number` is its own in the list `inside` that it stands in."""
    kind = type(model)
    label = model.label if isinstance(model, Named) else None
    under = f"{where} Under {quoted(label)}." if label else where
    for name, info in kind.model_fields.items():
        if kind is Content and name in ("body", "sources"):
            continue  # parts have contexts of their own; names and titles of sources stay as published
        at, what = (*path, info.alias or name), role(kind, name, inside)
        value = getattr(model, name)
        if isinstance(value, Strict):
            yield from _walk(value, at, context, tree, where)
        elif isinstance(value, str) and what:
            yield _text(value, at, context, tree, what, where, {"n": number})
        elif isinstance(value, tuple):
            owner = f"{[each.__name__ for each in kind.__mro__ if name in _fields(each)][-1]}.{name}"
            for index, each in enumerate(value):
                if isinstance(each, Strict):
                    yield from _walk(each, (*at, index), context, tree, under, owner, index + 1)
                elif what:
                    yield from _items(each, (*at, index), context, tree, what, where)


def _fields(kind: type) -> Mapping[str, Any]:
    found: Mapping[str, Any] = getattr(kind, "model_fields", {})
    return found


def _items(item: Any, path: KeyPath, context: str, tree: Tree, what: Role, where: str) -> Iterator[Text]:
    """The text that a list holds, or those of a table's row."""
    if isinstance(item, str):
        yield _text(item, path, context, tree, what, where, {"n": int(path[-1]) + 1})
        return
    for index, cell in enumerate(item):
        if cell is not None:
            numbers = {"row": int(path[-1]) + 1, "column": index + 1}
            yield _text(cell, (*path, index), context, tree, what, where, numbers)


def _text(
    words: str, path: KeyPath, context: str, tree: Tree, what: Role, where: str, numbers: Mapping[str, int]
) -> Text:
    letters = _letters(words, what.markup)
    limit = None if what.unprinted else _limit(letters, what.short)
    place = "" if path[-1] == "heading" and path[-2] == "section" else where
    notes = [f"{what.words.format(**numbers)} {place}".strip(), *_said_above(tree, path), *_kept(words, what)]
    return Text(context, words, (tree.key_place(path),), tuple(notes), what.markup, None, letters, limit)


def _own_words(model: Strict, path: KeyPath, tree: Tree, context: str) -> Iterator[Text]:
    for name, info in type(model).model_fields.items():
        value, at = getattr(model, name), (*path, info.alias or name)
        pairs = value.items() if isinstance(value, dict) else [(None, value)]
        for key, each in pairs:
            here = at if key is None else (*at, key)
            if isinstance(each, str | Counted):
                yield _own(each, here, tree, context)
            elif isinstance(each, Strict):
                yield from _own_words(each, here, tree, context)


def _own(value: str | Counted, path: KeyPath, tree: Tree, context: str) -> Text:
    words, plural = (value.one, value.other) if isinstance(value, Counted) else (value, None)
    notes = _said_above_all(tree, path)
    notes += [f"Keep {each} as it is: it is filled in." for each in _BRACES.findall(plural or words)]
    letters = len(_BRACES.sub(_NUMBER, plural or words))
    limit = None if notes and notes[0].startswith(UNPRINTED) else _limit(letters, short=True)
    return Text(context, words, (tree.key_place(path),), tuple(notes), False, plural, letters, limit)


def _merged(found: Iterable[Text]) -> tuple[Text, ...]:
    """Each text of a context once, with all its places and notes; the narrowest limit counts."""
    made: dict[tuple[str, str], Text] = {}
    for text in found:
        if (known := made.get(text.key)) is None:
            made[text.key] = text
            continue
        limits = [each for each in (known.limit, text.limit) if each is not None]
        made[text.key] = replace(
            known,
            places=tuple(dict.fromkeys(known.places + text.places)),
            notes=tuple(dict.fromkeys(known.notes + text.notes)),
            markup=known.markup or text.markup,
            limit=min(limits, default=None),
        )
    return tuple(made.values())


_BRACES = re.compile(r"\{[a-z]+\}")
_BECOMES = {
    "region.emergency": "the emergency number",
    "site.name": "the clinic's name",
    "site.phone": "the clinic's phone number",
    "site.url": "the clinic's web address",
    "site.hours": "the clinic's hours",
    "site.address": "the clinic's address",
}

# --- notes ---------------------------------------------------------------------------------------


def _comments_above(tree: Tree, line: int) -> list[str]:
    """The comment lines directly above a line, without their signs."""
    found: list[str] = []
    for written in reversed(tree.lines[: line - 1]):
        if not written.lstrip().startswith("#"):
            break
        found.insert(0, written.lstrip().lstrip("#").strip())
    return found


def _said_above(tree: Tree, path: KeyPath) -> list[str]:
    """What an author says to the translators of a text, in a comment above it."""
    lines = _comments_above(tree, tree.key_place(path).line)
    start = next((index for index, line in enumerate(lines) if line.startswith(FOR_TRANSLATORS)), None)
    if start is None:
        return []
    return [" ".join(lines[start:]).removeprefix(FOR_TRANSLATORS).strip()]


def _said_above_all(tree: Tree, path: KeyPath) -> list[str]:
    """The comment over a group of booklet's own words: it holds for all of them, to the next one or to an
    empty line."""
    line = tree.key_place(path).line
    while line > 1 and (above := tree.lines[line - 2].strip()) and not above.startswith("#"):
        line -= 1
    said = " ".join(_comments_above(tree, line)).removeprefix(FOR_TRANSLATORS).strip()
    return [said] if said else []


def _kept(words: str, what: Role) -> Iterator[str]:
    """What a translator must leave as it is."""
    for value in dict.fromkeys(re.findall(r"\{\{ *(\w+\.\w+) *\}\}", words)):
        yield f"Keep {{{{ {value} }}}} as it is: it becomes {_BECOMES.get(value, 'a value')}."
    if what.markup and "**" in words:
        yield "Two stars on each side make words bold."
    if what.markup and re.search(r"(?<!\*)\*(?!\*)", words):
        yield "A star on each side makes words italic."
    if what.markup and "](" in words:
        yield "A link: translate the words in [ ], keep the address in ( )."


# --- lengths -------------------------------------------------------------------------------------

_GROWTH = ((10, 2.0), (20, 1.8), (30, 1.6), (50, 1.4), (70, 1.4))
"""The shorter a text, the more it grows in translation from English: the lower ends of IBM's table, in
https://www.w3.org/International/articles/article-text-size. Above 70 letters: 1.3."""
_LONG = 1.3
_SHORT = 1.25
"""For what has little room: the growth of Spanish and French, for which the layouts that ship are made."""


def _letters(words: str, markup: bool) -> int:
    """How many letters are printed; a value counts as three."""
    try:
        marked = (inline.parse if markup else inline.parse_plain)(words)
    except Mistake:
        return len(words)
    return len(without_marks(plain(marked.spans), _NUMBER))


def _limit(letters: int, short: bool) -> int:
    """About how many letters a translation may have."""
    if short:
        return max(letters + 4, int(letters * _SHORT))
    factor = next((growth for most, growth in _GROWTH if letters <= most), _LONG)
    return max(letters + 4, int(letters * factor))
