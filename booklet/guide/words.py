"""The words of the guides in one language."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from booklet.content.document import Labels, Rich, Span
from booklet.inputs import GuideInputs
from booklet.locales import formats
from booklet.locales.catalogue import Catalogue
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

    def plain(self, *path: str, **values: str) -> str:
        """The words at a path in `content/guide.yaml`, with what stands in braces filled in."""
        words: Any = self.inputs.texts
        for key in path:
            words = words[key] if isinstance(words, dict) else getattr(words, key.replace("-", "_"))
        text = self._translated(self.inputs.tree, self.inputs.catalogue, CONTEXT, path, words)
        for name, value in values.items():
            text = text.replace(f"{{{name}}}", value)
        return text

    def rich(self, *path: str, **values: str) -> Rich:
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
        self, tree: Tree, catalogue: Catalogue | None, context: str, path: KeyPath, words: str
    ) -> str:
        if catalogue is None:
            return words
        entry = catalogue.find(context, words)
        if entry is None:
            message = f"This text has no {self.inputs.locale.name} translation in {quoted(catalogue.file)}."
            hint = f"Add an entry with msgctxt {quoted(context)}, and this text as msgid."
            self.problems.append(tree.problem(path, message, hint))
            return words
        problems = catalogue.check(entry, markup=False)
        self.problems.extend(problems)
        return words if problems else entry.translation

    def stop(self) -> None:
        """Raises ProblemsFound if any words were missing or wrong."""
        if self.problems:
            raise ProblemsFound(sorted(dict.fromkeys(self.problems), key=lambda problem: problem.place))
