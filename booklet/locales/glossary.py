"""The YAML format of a glossary: which words a language uses here, which it avoids, and in what style."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from booklet.content.base import Bare, LanguageTag, Strict
from booklet.problems import ProblemsFound
from booklet.validate import misnamed, validate
from booklet.yamlfile import Tree, parse

_UNSPACED_LETTERS = re.compile(
    "[\u0e00-\u0eff\u0f00-\u0fff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003ffff]"
)


class Term(Strict):
    """An English word, the words that translations `use` for it, and those that they `avoid`."""

    term: Bare
    use: Bare | None = None
    avoid: tuple[Bare, ...] = ()
    whole: bool = False
    """Whether no line ends inside the word to use: for scripts without spaces. In Thai, Lao, Khmer and
    Burmese lines end where a dictionary says, which lacks foreign words such as that for naloxone; in Chinese
    and Japanese they may end after any letter."""
    note: Bare | None = None


class GlossaryFile(Strict):
    """A glossary file. `style` and the notes are in English."""

    language: LanguageTag
    review: Bare
    """How far it is: "machine draft", or who has read it."""
    style: Bare
    terms: tuple[Term, ...] = ()


@dataclass(frozen=True, eq=False)
class Glossary:
    """A glossary file that holds together."""

    tree: Tree
    file: GlossaryFile

    def told(self, words: str) -> Iterator[str]:
        """A note to the translators for each term that occurs in an English text."""
        for term in self.file.terms:
            if term.use and any(_holds(words, each, plural=True) for each in _variants(term.term)):
                yield f"Glossary: {term.term} → {term.use}"

    @property
    def whole(self) -> tuple[str, ...]:
        """The words inside which no line ends."""
        found = [_listed(term.use) for term in self.file.terms if term.whole and term.use]
        return tuple(word for words in found for word in words if not word.isascii())

    def avoided(self, translation: str) -> Iterator[tuple[str, str]]:
        """Each word to avoid that a translation holds, and what to use instead."""
        for term in self.file.terms:
            for word in term.avoid:
                if _holds(_without(translation, term.use, word), word):
                    yield word, term.use or ""


@lru_cache(maxsize=64)
def read(data: bytes, name: str, stem: str) -> Glossary:
    """The glossary in the bytes of the file `name`, for the language `stem`. Raises ProblemsFound."""
    tree = parse(data, name)
    file = validate(tree, GlossaryFile)
    if problems := list(misnamed(tree, "language", file.language, stem)):
        raise ProblemsFound(problems)
    return Glossary(tree, file)


def _variants(words: str) -> list[str]:
    """The words of an entry such as "clean / dirty" or "blue (lips)": what stands in brackets explains."""
    parts = re.split(r"[,،、/;]", re.sub(r"\([^()]*\)", "", words))
    return [part.strip() for part in parts if part.strip()]


def _listed(words: str) -> list[str]:
    """The words to use of an entry such as "a, b" or "a (b)"."""
    return [word.strip() for word in re.split("[,،、/;；，()（）]", words) if word.strip()]


def _without(text: str, allowed: str | None, avoided: str) -> str:
    """A text without what may be used: it may hold a word to avoid, as "return to use" holds "use".

    Only whole words go. What is a part of the word to avoid stays, or that would never be found.
    """
    text = _same(text)
    for each in sorted(map(_same, _listed(allowed or "")), key=len, reverse=True):
        if each not in _same(avoided):
            text = re.sub(_pattern(each), " ", text)
    return text


def _same(text: str) -> str:
    """Letters that count as the same: of either case, composed or not."""
    return unicodedata.normalize("NFC", text).casefold()


def _holds(text: str, word: str, *, plural: bool = False) -> bool:
    """Whether a text holds a word: a whole one, or any stretch in a script without spaces. With `plural`
    also with an English -s at its end."""
    return re.search(_pattern(_same(word), "(?:e?s)?" if plural else ""), _same(text)) is not None


def _pattern(word: str, ending: str = "") -> str:
    """Finds a word: a whole one with that ending, or any stretch in a script without spaces."""
    if _UNSPACED_LETTERS.search(word):
        return re.escape(word)
    return rf"(?<!\w){re.escape(word)}{ending}(?!\w)"
