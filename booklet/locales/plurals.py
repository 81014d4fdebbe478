"""Which form of a text a number wants, by CLDR's plural rules."""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass
from functools import lru_cache
from gettext import c2py
from typing import TYPE_CHECKING

from booklet.locales.tags import Locale

if TYPE_CHECKING:
    from babel.plural import PluralRule

_ORDER = ("zero", "one", "two", "few", "many", "other")
_TRIED = 1000
"""Numbers up to here tell whether a form serves one number alone."""


@dataclass(frozen=True, slots=True)
class Forms:
    """The plural forms of a language, in the order of `msgstr[0]`, `msgstr[1]` …

    `header` is the field Plural-Forms that says the same to gettext. `alone` has, for each form, whether
    it is for one number only, such as 1: its text need not hold the number.
    """

    names: tuple[str, ...]
    header: str
    alone: tuple[bool, ...]
    locale: str

    def index(self, number: int) -> int:
        """The form for a number."""
        return self.names.index(_rule(self.locale)(number))

    def examples(self) -> list[str]:
        """For each form some of its numbers: "1", "2, 3, 4 …"."""
        found: list[list[int]] = [[] for _ in self.names]
        for number in (*range(1, 130), 1_000_000):
            found[self.index(number)].append(number)
        return [
            ", ".join(map(str, each[:3])) + " …" * (len(each) > 3) or "numbers that never occur"
            for each in found
        ]


@lru_cache(maxsize=64)
def forms(locale: Locale) -> Forms:
    """Those of the locale's language; English ones for a language that CLDR does not know."""
    from babel.plural import to_gettext

    name = _known(locale)
    rule = _rule(name)
    names = tuple(each for each in _ORDER if each in rule.tags or each == "other")
    counts = dict.fromkeys(names, 0)
    for number in range(_TRIED):
        counts[rule(number)] += 1
    header = _shortened(str(to_gettext(rule)))
    return Forms(names, header, tuple(counts[each] == 1 for each in names), name)


def _known(locale: Locale) -> str:
    from babel import Locale as CLDRLocale
    from babel import UnknownLocaleError

    for name in (locale.cldr, locale.language):
        try:
            return str(CLDRLocale.parse(name))
        except UnknownLocaleError:
            continue
    return "en"


@lru_cache(maxsize=64)
def _rule(name: str) -> PluralRule:
    from babel import Locale as CLDRLocale

    return CLDRLocale.parse(name).plural_form


# --- the header ----------------------------------------------------------------------------------


def _shortened(header: str) -> str:
    """Babel's Plural-Forms without what is the same for every whole number, and without `e`.

    In CLDR `e` is the power of ten in a number written short, as in "1 million". gettext does not know it,
    and booklet prints whole numbers in full.
    """
    count, expression = header.rstrip(";").split("; plural=")
    pieces = re.sub(r"\be\b", "0", expression.strip()).removeprefix("(").removesuffix(")").split(" : ")
    branches = []
    for piece in pieces[:-1]:
        condition, _, index = piece.rpartition(" ? ")
        python = condition.replace("&&", " and ").replace("||", " or ")
        folded = _fold(ast.parse(re.sub(r"!(?!=)", " not ", python).strip(), mode="eval").body)
        if folded is not False:
            branches.append(f"{_written(folded)} ? {index}")
    chosen = " : ".join([*branches, pieces[-1]])
    return f"{count}; plural=({chosen});" if branches else f"{count}; plural={chosen};"


def _fold(node: ast.expr) -> ast.expr | bool:
    """A condition without its constant parts."""
    if isinstance(node, ast.UnaryOp):
        inner = _fold(node.operand)
        return not inner if isinstance(inner, bool) else ast.UnaryOp(ast.Not(), inner)
    if isinstance(node, ast.BoolOp):
        final = isinstance(node.op, ast.Or)
        parts = [_fold(each) for each in node.values]
        if final in parts:
            return final
        left = [each for each in parts if not isinstance(each, bool)]
        return (left[0] if len(left) == 1 else ast.BoolOp(node.op, left)) if left else not final
    if not any(isinstance(each, ast.Name) for each in ast.walk(node)):
        return bool(c2py(ast.unparse(node))(0))
    return node


def _written(node: ast.expr | bool) -> str:
    """A condition in the language C, as gettext reads it."""
    if isinstance(node, bool):
        return str(int(node))
    if isinstance(node, ast.BoolOp):
        sign = " || " if isinstance(node.op, ast.Or) else " && "
        parts = [
            f"({_written(each)})" if isinstance(each, ast.BoolOp) else _written(each) for each in node.values
        ]
        return sign.join(parts)
    if isinstance(node, ast.UnaryOp):
        if isinstance(node.operand, ast.Compare) and isinstance(node.operand.ops[0], ast.Eq):
            return ast.unparse(node.operand).replace("==", "!=")
        return f"!({_written(node.operand)})"
    return ast.unparse(node)
