"""Builds, once a session, every PDF that ships; and those on A4 paper and for a clinic beside them."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import NamedTuple

import pytest

from booklet import build, resolve
from booklet.build import EDITIONS, Made, Order
from booklet.content.document import Document
from booklet.impose.editions import Edition
from booklet.impose.model import Plan
from booklet.impose.schemes import SCHEMES
from booklet.layout import load
from booklet.layout.load import LayoutSource
from booklet.project import Project

ROOT = Path(__file__).resolve().parent.parent
LIBRARY = Project(ROOT, ROOT)
DOCUMENT = "loved-one-uses-heroin"
LOCALES = ("en", "es")
LAYOUTS = ("handout", "trifold")
SITE = "riverside"
"""A clinic of the tests' own, in project/sites."""


class Key(NamedTuple):
    """What was asked for."""

    locale: str
    layout: str
    edition: Edition
    paper: str = "letter"
    site: str | None = None

    def __str__(self) -> str:
        return "-".join(filter(None, self))


SHIPPED = tuple(Key(*parts) for parts in product(LOCALES, LAYOUTS, EDITIONS))
"""The eight that `booklet build` makes."""
ON_A4 = tuple(Key(locale, layout, "print", "a4") for locale, layout in product(LOCALES, LAYOUTS))
FOR_A_CLINIC = tuple(
    Key(locale, layout, edition, site=SITE) for locale, layout, edition in product(LOCALES, LAYOUTS, EDITIONS)
)
KEYS = (*SHIPPED, *ON_A4, *FOR_A_CLINIC)
PRINTED = tuple(key for key in KEYS if key.edition == "print")
ON_SCREEN = tuple(key for key in KEYS if key.edition == "screen")


@dataclass(frozen=True, slots=True)
class Pdf:
    """A finished file, and what it was made of."""

    key: Key
    path: Path
    document: Document
    source: LayoutSource
    pages: int

    @property
    def plan(self) -> Plan:
        """The print run, whatever the edition."""
        folded = SCHEMES[self.source.layout.scheme].panels
        return build.plan(self.source, self.key.paper, self.document.direction == "rtl", folded or self.pages)


Pdfs = Mapping[Key, Pdf]


@pytest.fixture(scope="session")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> Pdfs:
    """Every PDF of KEYS."""
    folder = tmp_path_factory.mktemp("shipped")
    shutil.copytree(ROOT / "tests" / "project" / "sites", folder / "sites")
    project = Project(folder, ROOT)
    pdfs: dict[Key, Pdf] = {}
    for locale, paper, site in dict.fromkeys((key.locale, key.paper, key.site) for key in KEYS):
        document = resolve.document(project, DOCUMENT, locale, site=site).document
        for layout, edition in product(LAYOUTS, EDITIONS):
            key = Key(locale, layout, edition, paper, site)
            if key in KEYS:
                pdfs[key] = _make(project, key, document)
    return pdfs


def _make(project: Project, key: Key, document: Document) -> Pdf:
    order = Order(DOCUMENT, key.locale, (key.layout,), (key.edition,), key.site, key.paper)
    (made,) = (made for made in build.make(project, order) if isinstance(made, Made))
    path = build.save(project.output / key.paper, made)
    return Pdf(key, path, document, load.read(project, key.layout), made.pages)
