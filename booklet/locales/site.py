"""The YAML format of a site: who hands the documents out, and whom to call there."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from pydantic import model_validator

from booklet.content.base import Address, Bare, Id, LanguageTag, Strict
from booklet.content.model import PictureFile
from booklet.locales.region import Paper, SpokenContact
from booklet.problems import ProblemsFound
from booklet.validate import misnamed, validate
from booklet.yamlfile import Mistake, Tree, parse


class SitePhone(Strict):
    """A number of the site's own, with what it is for."""

    label: Bare | None = None
    number: Bare


class Logo(PictureFile):
    """The site's mark. It always tells something: whose paper this is."""

    @model_validator(mode="after")
    def _named(self) -> Logo:
        if self.decoration:
            raise Mistake("A logo is not a decoration.", 'Say in "alt" whose logo it is.', at=("decoration",))
        return self


class SiteContact(SpokenContact):
    """Somebody near. `instead-of` is the id of the region's contact in whose place it stands."""

    instead_of: Id | None = None


class Site(Strict):
    """A site file. `language` is the one that its texts are written in.

    `without` lists the ids of the region's contacts that are left out. `paper` is taken instead of
    the region's.
    """

    id: Id
    name: Bare
    language: LanguageTag = "en"
    address: tuple[Bare, ...] = ()
    url: Address | None = None
    hours: Bare | None = None
    phones: tuple[SitePhone, ...] = ()
    logo: Logo | None = None
    region: Id = "us"
    paper: Paper | None = None
    without: tuple[Id, ...] = ()
    contacts: tuple[SiteContact, ...] = ()


@dataclass(frozen=True, eq=False)
class SiteSource:
    """A site file that holds together."""

    tree: Tree
    site: Site


@lru_cache(maxsize=16)
def read(data: bytes, name: str, stem: str) -> SiteSource:
    """The site in the bytes of the file `name`, whose id must be `stem`. Raises ProblemsFound."""
    tree = parse(data, name)
    site = validate(tree, Site)
    if problems := list(misnamed(tree, "id", site.id, stem)):
        raise ProblemsFound(problems)
    return SiteSource(tree, site)
