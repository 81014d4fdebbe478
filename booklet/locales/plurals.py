"""Which form of a text a number wants, by CLDR's plural rules."""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass
from functools import lru_cache
from gettext import c2py
from itertools import permutations
from typing import TYPE_CHECKING

from booklet.locales.tags import Locale

if TYPE_CHECKING:
    from babel.plural import PluralRule

_ORDER = ("zero", "one", "two", "few", "many", "other")
HEADER = "Plural-Forms"
"""The field of a catalogue's header that says which number wants which `msgstr[…]`."""
_HEADER = re.compile(r"\s*nplurals\s*=\s*([1-9])\s*;\s*plural\s*=([-+*/%()<>=!&|?:n0-9\s]{1,500}?);?\s*")
_COMPARED = (*range(201), 1_000_000)
"""By these numbers two orders of forms are told apart; in some languages a million has a form of its own."""
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


@dataclass(frozen=True, slots=True)
class Order:
    """How a catalogue with another Plural-Forms is to be put in the order of the language's own.

    `count` is how many forms its entries have. `taken` has for each form of the language which of them it
    takes, None for none. If it is not `exact`, some numbers had another form: all must be read again.
    """

    count: int
    taken: tuple[int | None, ...]
    exact: bool

    def applied(self, forms: tuple[str, ...]) -> tuple[str, ...]:
        """The forms of an entry in their new order; those that the language has no use for come last."""
        left = (form for index, form in enumerate(forms) if index not in self.taken)
        return (*("" if index is None else forms[index] for index in self.taken), *left)


@lru_cache(maxsize=64)
def reordering(header: str, forms: Forms) -> Order | None:
    """What is to be done with forms that stand as a `header` Plural-Forms says; None if nothing is.

    A header that cannot be understood, such as that of a template, says nothing about the order: the
    forms stay, and are to be read again.
    """
    count, found = _indices(header)
    wanted = [forms.index(number) for number in _COMPARED]
    size = len(forms.names)
    if found == wanted and count == size:
        return None
    if found is None:
        return Order(size, tuple(range(size)), exact=False)
    pairs = list(zip(wanted, found, strict=True))
    agreeing = {(own, theirs): pairs.count((own, theirs)) for own, theirs in set(pairs)}
    slots: list[int | None] = [*range(count), *[None] * (size - count)]
    taken = max(
        permutations(slots, size),
        key=lambda each: sum(
            agreeing.get((own, theirs), 0) for own, theirs in enumerate(each) if theirs is not None
        ),
    )
    exact = count == size and all(taken[own] == theirs for own, theirs in pairs)
    return Order(count, taken, exact)


def _indices(header: str) -> tuple[int, list[int] | None]:
    """How many forms a Plural-Forms tells apart, and the form of each number; None if it makes no sense.

    It comes from strangers: nothing but a short sum of n is looked at, and gettext refuses all but its own
    small language.
    """
    if not (match := _HEADER.fullmatch(header)):
        return 0, None
    count = int(match[1])
    try:
        chosen = c2py(match[2].strip())
        found = [int(chosen(number)) for number in _COMPARED]
    except (ValueError, ArithmeticError, SyntaxError, RecursionError, MemoryError, StopIteration):
        return count, None
    return count, found if all(0 <= index < count for index in found) else None


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
