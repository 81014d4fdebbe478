"""The words of the guides in one language."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from booklet.content.document import Labels, Rich, Span
from booklet.content.labels import Counted
from booklet.inputs import WRITTEN_IN, GuideInputs
from booklet.locales import formats, tags
from booklet.locales.catalogue import Catalogue
from booklet.locales.plurals import forms
from booklet.locales.spacing import spaced
from booklet.problems import Problem, ProblemsFound
from booklet.wording import quoted
from booklet.yamlfile import KeyPath, Tree

CONTEXT = "guide"
"""Of all entries in `guide.po`: the words of `content/guide.yaml` and the names of layouts."""


@dataclass(frozen=True, eq=False)
class Words:
    """Looks words up by their keys, translated. Problems gather, so that all are told at once."""

    inputs: GuideInputs
    problems: list[Problem] = field(default_factory=list)

    def plain(self, *path: str, **values: str | int) -> str:
        """The words at a path in `content/guide.yaml`, with what stands in braces filled in.

        A value that is a number chooses the form of words that depend on it.
        """
        words: Any = self.inputs.texts
        for key in path:
            words = words[key] if isinstance(words, dict) else getattr(words, key.replace("-", "_"))
        count = next((value for value in values.values() if isinstance(value, int)), 0)
        text = self._translated(self.inputs.tree, self.inputs.catalogue, CONTEXT, path, words, count)
        for name, value in values.items():
            text = text.replace(f"{{{name}}}", str(value))
        return text

    def rich(self, *path: str, **values: str | int) -> Rich:
        """The same, ready to be set."""
        return self.spans(self.plain(*path, **values))

    def spans(self, text: str) -> Rich:
        return spaced((Span(text),), self.inputs.locale)

    def layout(self, name: str) -> str:
        """A layout's name, translated if the catalogue has it: a user's own layout keeps its own name."""
        entry = self.inputs.catalogue.find(CONTEXT, name) if self.inputs.catalogue else None
        return entry.translation if entry and entry.translation else name

    def pages(self, pages: tuple[int | None, ...]) -> str:
        """Numbers of pages as a list in a sentence."""
        return formats.sequence(
            [self.plain("blank") if page is None else str(page) for page in pages], self.inputs.locale
        )

    def labels(self) -> Labels:
        """The words that the PDF itself needs."""
        return Labels(
            draft=self._label("draft"),
            page_of=self._label("page-of"),
            link_phone=self._label("link-phone"),
            link_web=self._label("link-web"),
            step=self._label("step"),
        )

    def _label(self, key: str) -> str:
        words = getattr(self.inputs.labels, key.replace("-", "_"))
        return self._translated(self.inputs.labels_tree, self.inputs.labels_catalogue, "label", (key,), words)

    def _translated(
        self,
        tree: Tree,
        catalogue: Catalogue | None,
        context: str,
        path: KeyPath,
        words: str | Counted,
        count: int = 0,
    ) -> str:
        own = _own_form(words, count)
        first, plural = (words.one, words.other) if isinstance(words, Counted) else (words, None)
        if catalogue is None:
            return own
        entry = catalogue.find(context, first)
        if entry is None:
            message = f"This text has no {self.inputs.locale.name} translation in {quoted(catalogue.file)}."
            hint = f'Run "booklet locale update {catalogue.tag}", then translate it there.'
            self.problems.append(tree.problem(path, message, hint))
            return own
        problems = catalogue.check(entry, markup=False, plural=plural)
        self.problems.extend(problems)
        if problems:
            return own
        return entry.forms[catalogue.forms().index(count)] if entry.forms else entry.translation

    def stop(self) -> None:
        """Raises ProblemsFound if any words were missing or wrong."""
        if self.problems:
            raise ProblemsFound(sorted(dict.fromkeys(self.problems), key=lambda problem: problem.place))


def _own_form(words: str | Counted, count: int) -> str:
    """The English words for a number."""
    if isinstance(words, str):
        return words
    return (words.one, words.other)[forms(tags.parse(WRITTEN_IN)).index(count)]
