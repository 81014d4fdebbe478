"""The YAML format of a region: its paper, its emergency number, and whom to call there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Annotated, Literal

from pydantic import AfterValidator, WithJsonSchema, model_validator

from booklet.content.base import Bare, Day, Id, LanguageTag, Strict
from booklet.content.model import ContactCard
from booklet.problems import Problem, ProblemsFound
from booklet.validate import validate
from booklet.wording import quoted
from booklet.yamlfile import Mistake, Tree, parse


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


class Helpline(ContactCard):
    """A line or a group that serves the whole region. An unverified one is never printed.

    `languages`: those of the documents that name it; all if left out. `source` says where the
    facts were read, `checked` when.
    """

    id: Id
    languages: tuple[LanguageTag, ...] = ()
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
    """A region file."""

    id: Country
    name: Bare
    paper: Literal["letter", "a4"]
    emergency: Emergency
    contacts: tuple[Helpline, ...] = ()


@dataclass(frozen=True, eq=False)
class RegionSource:
    """A region file that holds together."""

    name: str
    """The file's name without its ending; several regions of a country can have its code as id."""
    tree: Tree
    region: Region


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
