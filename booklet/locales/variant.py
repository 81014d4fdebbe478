"""The YAML format of a locale's own file: the layouts in which its words do not fit."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from booklet.content.base import Id, Strict
from booklet.problems import Problem
from booklet.validate import validate
from booklet.wording import quoted, suggestion
from booklet.yamlfile import Tree, parse


class Variant(Strict):
    """`content/locales/TAG/locale.yaml`."""

    leaves_out: Mapping[Id, tuple[Id, ...]] = {}
    """By document, the layouts that are not built unless they are asked for."""


@dataclass(frozen=True, eq=False)
class VariantSource:
    """A locale's file that holds together."""

    tree: Tree
    variant: Variant

    def left_out(self, document: str) -> tuple[str, ...]:
        """The layouts in which the document is not built."""
        return self.variant.leaves_out.get(document, ())

    def check(self, documents: Collection[str], layouts: Collection[str]) -> Iterator[Problem]:
        """Documents and layouts that there are not."""
        for document, left_out in self.variant.leaves_out.items():
            at = ("leaves-out", document)
            if document not in documents:
                hint = suggestion(document, list(documents), "The documents are")
                yield self.tree.problem(at, f"There is no document {quoted(document)}.", hint)
            for index, layout in enumerate(left_out):
                if layout not in layouts:
                    hint = suggestion(layout, list(layouts), "The layouts are")
                    yield self.tree.problem((*at, index), f"There is no layout {quoted(layout)}.", hint)


@lru_cache(maxsize=64)
def read(data: bytes, name: str) -> VariantSource:
    """The locale's file in the bytes of the file `name`. Raises ProblemsFound."""
    tree = parse(data, name)
    return VariantSource(tree, validate(tree, Variant))
