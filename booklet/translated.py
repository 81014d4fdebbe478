"""Looks texts up in their catalogues, fills values in, and gathers what is wrong with them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from booklet.content import inline
from booklet.content.document import LRI, PDI, Direction, Rich, Span, plain
from booklet.content.values import Values, fill
from booklet.inputs import WRITTEN_IN, Inputs
from booklet.locales import tags
from booklet.locales.catalogue import Catalogue
from booklet.locales.spacing import kept_whole, spaced
from booklet.problems import Place, Problem
from booklet.wording import quoted
from booklet.yamlfile import KeyPath, Mistake, Tree

_MOST_MISSING, _FIRST_MISSING = 8, 3
"""If more texts of a catalogue have no translation, so many are told of."""
_Missing = tuple[Catalogue, str, str]
"""A text without any translation: the catalogue that lacks it, its context, its words."""


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a text comes from: its file, the catalogue that translates it, its context there."""

    tree: Tree
    catalogue: Catalogue | None
    context: str
    lang: str | None = None
    """Set where the text stays in another language than the document's."""
    written: str = WRITTEN_IN
    """The language of the text in its file."""


class Translator:
    """Problems gather in `problems`; the walk through a document goes on after each."""

    def __init__(self, inputs: Inputs, *, incomplete: bool = False, waiting: int = 0) -> None:
        self.inputs = inputs
        self.incomplete = incomplete
        self.waiting = waiting
        """How many texts are known to have no translation."""
        self.untranslated: dict[tuple[str, str, str], Catalogue] = {}
        self.missing: dict[Problem, _Missing] = {}
        """Which of the problems tell of a text without any translation."""
        self.locale = inputs.locale
        self.problems: list[Problem] = []
        self.used: set[tuple[str | None, str]] = set()
        self.values: Values = {}
        """What texts can ask for."""

    # --- texts ---------------------------------------------------------------------------------

    def text(self, origin: Origin, path: KeyPath, words: str | None) -> Rich:
        """The spans of a text with markup, translated and filled in; none for None."""
        return self._spans(origin, path, words, inline.parse, markup=True)

    def plain(self, origin: Origin, path: KeyPath, words: str | None) -> str:
        """A text without markup, translated and filled in."""
        return plain(self._spans(origin, path, words, inline.parse_plain, markup=False))

    def _spans(
        self,
        origin: Origin,
        path: KeyPath,
        words: str | None,
        parse: Callable[[str], inline.Marked],
        *,
        markup: bool,
    ) -> Rich:
        if words is None:
            return ()
        translated, foreign = self._translation(origin, path, words, markup)
        if translated is None:
            return ()
        try:
            marked = parse(inline.tidy(translated))
            spans = fill(marked.spans, marked.placeholders, self.values, self.locale.direction)
            for span in spans:
                if span.url:
                    inline.check_address(span.url)
        except Mistake as mistake:
            self.complain(origin.tree, path, mistake)
            return ()
        if foreign:
            return _untranslated(spans, foreign, self.locale.direction)
        return in_language(spans if origin.lang else self._spaced(spans), origin.lang)

    def _spaced(self, spans: Rich) -> Rich:
        """The text with the line ends that its language forbids."""
        glossary = self.inputs.glossary
        return kept_whole(spaced(spans, self.locale), glossary.whole if glossary else (), self.locale)

    def _translation(
        self, origin: Origin, path: KeyPath, words: str, markup: bool
    ) -> tuple[str | None, str | None]:
        """The translation of a text, or its own words and the language they are in, or nothing."""
        catalogue = origin.catalogue
        if catalogue is None:
            return words, None
        entry = catalogue.find(origin.context, words)
        if self.incomplete and (entry is None or catalogue.waiting(entry)):
            self.untranslated[catalogue.file, origin.context, words] = catalogue
            self.used.update([(entry.context, entry.source)] if entry else ())
            return words, origin.written
        if entry is None:
            message = f"This text has no {self.locale.name} translation in {quoted(catalogue.file)}."
            hint = f'Run "booklet locale update {catalogue.tag}", then translate it there.'
            problem = origin.tree.problem(path, message, hint)
            self.problems.append(problem)
            self.missing[problem] = (catalogue, origin.context, words)
            return None, None
        self.used.add((entry.context, entry.source))
        problems = catalogue.check(entry, markup=markup)
        if not (entry.translation or any(entry.forms)):
            self.missing |= dict.fromkeys(problems, (catalogue, origin.context, words))
        self.problems.extend(problems or catalogue.avoided(entry, self.inputs.glossary))
        return (None if problems else entry.translation), None

    def complain(self, tree: Tree, path: KeyPath, mistake: Mistake) -> None:
        self.problems.append(tree.problem(path, mistake.message, mistake.hint, fragment=mistake.fragment))

    def warn(self, tree: Tree, path: KeyPath, message: str, hint: str) -> None:
        self.problems.append(tree.problem(path, message, hint, severity="warning"))

    # --- words of booklet's own ----------------------------------------------------------------

    def label(self, key: str) -> str:
        """One of the words in `labels.yaml`, in the document's language."""
        return plain(self.own(key))

    def own(self, key: str, **values: str) -> Rich:
        """The same as spans, with what stands in braces filled in."""
        words = getattr(self.inputs.labels, key)
        catalogues = self.inputs.catalogues
        origin = Origin(self.inputs.labels_tree, catalogues.labels if catalogues else None, "label")
        translated, foreign = self._translation(origin, (key.replace("_", "-"),), words, False)
        text = translated or words
        for name, value in values.items():
            text = text.replace(f"{{{name}}}", value)
        spans = (Span(text),)
        return _untranslated(spans, foreign, self.locale.direction) if foreign else spans

    def foot_mark(self) -> str:
        """What stands at the foot of every panel of a translation that is not reviewed, or not whole."""
        return plain(self._incomplete() if self.waiting else self.own("draft"))

    def draft_marks(self) -> Iterator[Rich]:
        """What the imprint says of such a translation."""
        if self.waiting:
            yield self._incomplete()
        if self.waiting or (self.inputs.catalogues and self.inputs.catalogues.draft):
            yield self.own("draft")

    def _incomplete(self) -> Rich:
        """In English, for who builds it: there may be no words for it in the language."""
        texts = "1 text" if self.waiting == 1 else f"{self.waiting} texts"
        mark = f"Incomplete draft: {texts} not translated"
        if self.locale.direction == "rtl":
            mark = f"{LRI}{mark}{PDI}"
        return (Span(mark, lang=WRITTEN_IN),)

    def warn_of_untranslated(self) -> None:
        """A warning for each catalogue that is not whole."""
        for catalogue in dict.fromkeys(self.untranslated.values()):
            count = sum(each is catalogue for each in self.untranslated.values())
            what = "1 text is" if count == 1 else f"{count} texts are"
            message = f"{what} not translated here, and printed as written."
            problem = catalogue.problem(0, message, "Translate all before you hand anything out.")
            self.problems.append(replace(problem, severity="warning"))


def shortened(problems: Sequence[Problem], missing: Mapping[Problem, _Missing]) -> tuple[Problem, ...]:
    """The problems without most of those that tell of missing texts, where a catalogue lacks many: what is
    wrong elsewhere would be lost among them. One problem in their place tells how many more there are."""
    told: dict[Catalogue, dict[_Missing, None]] = {}
    for problem in problems:
        if text := missing.get(problem):
            told.setdefault(text[0], {})[text] = None
    found = []
    for problem in problems:
        text = missing.get(problem)
        if text and len(texts := list(told[text[0]])) > _MOST_MISSING and text in texts[_FIRST_MISSING:]:
            problem = _more_missing(text[0], len(texts) - _FIRST_MISSING)
        found.append(problem)
    return tuple(dict.fromkeys(found))


def _more_missing(catalogue: Catalogue, count: int) -> Problem:
    message = f"{count} more texts have no translation."
    hint = f'See "booklet locale status {catalogue.tag} --details", or build with --allow-incomplete.'
    return Problem(Place(catalogue.file), message, hint)


def in_language(spans: Rich, lang: str | None) -> Rich:
    return tuple(replace(span, lang=lang) for span in spans) if lang else spans


def _untranslated(spans: Rich, lang: str, direction: Direction) -> Rich:
    """Spans that stay in the language `lang` for want of a translation, marked as such.

    In a text that runs the other way they are an isolate, so that full stops stay at their end.
    """
    if spans and tags.parse(lang).direction != direction:
        spans = (replace(spans[0], text=LRI + spans[0].text), *spans[1:])
        spans = (*spans[:-1], replace(spans[-1], text=spans[-1].text + PDI))
    return tuple(replace(span, lang=lang, untranslated=True) for span in spans)
