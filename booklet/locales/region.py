"""The YAML format of a region: its paper, its emergency number, and whom to call there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Annotated, Literal

from pydantic import AfterValidator, WithJsonSchema, model_validator

from booklet.content.base import Bare, Day, Id, LanguageTag, Strict
from booklet.content.model import ContactCard
from booklet.locales.tags import Locale
from booklet.problems import Problem, ProblemsFound
from booklet.validate import validate
from booklet.wording import quoted
from booklet.yamlfile import KeyPath, Mistake, Tree, parse

OLD = 365
"""Days after which what a region file says must be checked again."""
EMERGENCY = "the emergency number"
"""What `stale` calls it; no contact can have such an id."""
LETTER = frozenset("BZ CA CL CO CR GT MX NI PA PH PR SV US VE".split())
"""Countries whose office paper is letter; that of all others is A4 (CLDR, supplemental data, paper sizes)."""
Paper = Literal["letter", "a4"]


def _country(code: str) -> str:
    if not (len(code) == 2 and code.isascii() and code.isalpha() and code.isupper()):
        raise Mistake(
            f"{quoted(code)} is not the code of a country.", "Write two capitals, such as US or NO."
        )
    return code


def _emergency(number: str) -> str:
    if not (number.isascii() and number.isdigit() and 2 <= len(number) <= 6):
        raise Mistake(f"{quoted(number)} is not an emergency number.", "Write only its digits, such as 911.")
    return number


Country = Annotated[
    str, AfterValidator(_country), WithJsonSchema({"type": "string", "pattern": "^[A-Z]{2}$"})
]
Emergency = Annotated[
    str,
    AfterValidator(_emergency),
    WithJsonSchema({"type": ["string", "integer"], "pattern": "^[0-9]{2,6}$"}),
]


class SpokenContact(ContactCard):
    """A contact that serves readers of some languages: they alone see it.

    `languages` lists them; `but-not` lists those that are left out; without both, all are served.
    """

    languages: tuple[LanguageTag, ...] = ()
    but_not: tuple[LanguageTag, ...] = ()

    @model_validator(mode="after")
    def _one_list(self) -> SpokenContact:
        if self.languages and self.but_not:
            raise Mistake(
                'A contact has "languages" or "but-not", not both.',
                'Keep "languages" to name each language, or "but-not" to name the few that are left out.',
                at=("but-not",),
            )
        return self

    def serves(self, locale: Locale) -> bool:
        """Whether readers of the locale's language find somebody there who speaks it."""
        if self.languages:
            return any(tag in locale.fallbacks or tag == locale.language for tag in self.languages)
        return not any(tag in locale.fallbacks or tag == locale.language for tag in self.but_not)


class Helpline(SpokenContact):
    """A line or a group that serves the whole region. An unverified one is never printed.

    `source` says where the facts were read, `checked` when. `written-in` is the language of its
    texts, if that is not the file's.
    """

    id: Id
    written_in: LanguageTag | None = None
    status: Literal["verified", "partly", "unverified"]
    source: Bare
    checked: Day | None = None

    @model_validator(mode="after")
    def _dated(self) -> Helpline:
        if self.status != "unverified" and self.checked is None:
            raise Mistake(
                f"{quoted(self.id)} does not say when it was checked.",
                'Add "checked" with a date, or set status to "unverified".',
            )
        return self


class Region(Strict):
    """A region file. `source` and `checked` say where and when the emergency number was read.

    `paper` is the country's usual one if left out. `language` is the one that the texts are written in.
    """

    id: Country
    name: Bare
    language: LanguageTag = "en"
    paper: Paper | None = None
    emergency: Emergency
    source: Bare
    checked: Day
    contacts: tuple[Helpline, ...] = ()

    @property
    def office_paper(self) -> Paper:
        """The paper in the region's office printers."""
        return self.paper or ("letter" if self.id in LETTER else "a4")

    def language_of(self, line: Helpline) -> str:
        """The language that the texts of one of its contacts are written in."""
        return line.written_in or self.language

    def printed(self, locale: Locale) -> tuple[tuple[int, Helpline], ...]:
        """The contacts that a document in the locale may name, each with its place in the file.

        Unverified ones are left out, and those where nobody speaks the language: a number at which
        nobody understands the caller is no help.
        """
        lines = enumerate(self.contacts)
        return tuple((n, one) for n, one in lines if one.status != "unverified" and one.serves(locale))

    def untranslated(self, locale: Locale) -> tuple[tuple[int, Helpline], ...]:
        """Those of `printed` that need a translation, since their texts are in another language."""
        return tuple(
            (n, one)
            for n, one in self.printed(locale)
            if self.language_of(one).split("-")[0] != locale.language
        )


@dataclass(frozen=True, eq=False)
class RegionSource:
    """A region file that holds together."""

    name: str
    """The file's name without its ending; several regions of a country can have its code as id."""
    tree: Tree
    region: Region


@dataclass(frozen=True, slots=True)
class Old:
    """A fact that was checked too long ago. `path` leads to its "checked" in the file."""

    name: str
    """The contact's id, or `EMERGENCY`."""
    path: KeyPath
    checked: date
    days: int


def stale(region: Region, on: date) -> tuple[Old, ...]:
    """What in a region file was checked more than `OLD` days before a day, in the order of the file."""
    facts: list[tuple[str, KeyPath, date | None]] = [(EMERGENCY, ("checked",), region.checked)]
    facts += (
        (line.id, ("contacts", place, "checked"), line.checked)
        for place, line in enumerate(region.contacts)
        if line.status != "unverified"
    )
    return tuple(
        Old(name, path, day, (on - day).days) for name, path, day in facts if day and (on - day).days > OLD
    )


@lru_cache(maxsize=16)
def read(data: bytes, name: str, stem: str) -> RegionSource:
    """The region in the bytes of the file `name`. Raises ProblemsFound."""
    tree = parse(data, name)
    region = validate(tree, Region)
    if problems := list(_check(tree, region)):
        raise ProblemsFound(problems)
    return RegionSource(stem, tree, region)


def _check(tree: Tree, region: Region) -> Iterator[Problem]:
    first: dict[str, int] = {}
    for index, contact in enumerate(region.contacts):
        at = ("contacts", index, "id")
        if contact.id in first:
            message = f"Two contacts have the id {quoted(contact.id)}."
            yield tree.problem(at, message, f"The first stands in line {first[contact.id]}. Rename one.")
        first.setdefault(contact.id, tree.place(at).line)
