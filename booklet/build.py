"""A build: the stages in order, for every document, locale, layout and edition asked for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from booklet import inputs, resolve
from booklet.files import write_whole
from booklet.impose import schemes
from booklet.layout import load
from booklet.problems import Problem, ProblemsFound
from booklet.project import Project

if TYPE_CHECKING:
    from booklet.compose.items import Composition
    from booklet.compose.space import Space
    from booklet.content.document import Document
    from booklet.layout.load import LayoutSource

Edition = Literal["screen", "print"]
EDITIONS: tuple[Edition, ...] = ("screen", "print")


@dataclass(frozen=True, slots=True)
class Order:
    """One document in one locale: what is resolved once and set in several layouts and editions."""

    document: str
    locale: str
    layouts: tuple[str, ...]
    editions: tuple[Edition, ...]
    site: str | None = None
    paper: str | None = None
    """A key of `schemes.PAPERS`; by default the region's."""

    def files(self) -> int:
        return len(self.layouts) * len(self.editions)


@dataclass(frozen=True, slots=True)
class Made:
    """One PDF. `body` is the body size that fitted, in points."""

    name: str
    """The path under the output folder."""
    data: bytes
    pages: int
    body: float


def orders(
    project: Project,
    documents: Iterable[str],
    locales: Iterable[str] | None,
    layouts: Iterable[str] | None,
    editions: tuple[Edition, ...],
    site: str | None,
    paper: str | None,
) -> list[Order]:
    """What to build: for each document the locales it has and the layouts that suit it, unless named.

    Raises ProblemsFound for documents and layouts that cannot be read.
    """
    layouts = list(layouts or ())
    locales = list(locales or ())
    out = []
    suits = {} if layouts else {name: load.read(project, name).layout.suits for name in project.layouts()}
    for document in documents:
        content = inputs.document(project, document).content
        found = tuple(layouts or (name for name, kinds in suits.items() if content.kind in kinds))
        for locale in locales or [content.language, *project.languages(document)]:
            out.append(Order(document, locale, found, editions, site, paper))
    return out


def make(project: Project, order: Order, stamp: datetime | None = None) -> Iterator[Made | Problem]:
    """The PDFs of an order, and its warnings. `stamp` overrides the date in the metadata.

    Raises ProblemsFound, with the problems of all its layouts, once those without are made.
    """
    read = inputs.read(project, order.document, order.locale, site=order.site)
    resolved = resolve.resolve(read)
    yield from resolved.warnings
    document = resolved.document
    made = stamp or datetime.combine(document.modified, time(), UTC)
    paper = order.paper or read.region.region.paper
    problems: list[Problem] = []
    for name in order.layouts:
        source = load.read(project, name)
        composed: dict[Space, Composition | None] = {}
        for edition in order.editions:
            try:
                data, pages, body = _one(document, source, edition, paper, made, composed)
            except ProblemsFound as found:
                tree = read.source.tree
                problems += (
                    replace(problem, excerpt=tree.excerpt(problem.place)) for problem in found.problems
                )
                continue
            place = f"{order.site}/" if order.site else ""
            file = f"{place}{order.locale}/{order.document}.{name}.{edition}.pdf"
            yield Made(file, data, pages, body)
    if problems:
        raise ProblemsFound(dict.fromkeys(problems))


def _one(
    document: Document,
    source: LayoutSource,
    edition: Edition,
    paper: str,
    made: datetime,
    composed: dict[Space, Composition | None],
) -> tuple[bytes, int, float]:
    """Bytes, pages and body size of one edition; editions of the same panels are composed once."""
    from booklet.compose.copyfit import compose
    from booklet.pdf.write import write
    from booklet.typeset.fonts import FontBook

    rtl = document.direction == "rtl"
    space = _space(source, edition, plan(source, paper, rtl, len(source.layout.panels)))
    if space not in composed:
        composed[space] = None
        composed[space] = compose(document, space, source.theme, FontBook(source.theme.families))
    composition = composed[space]
    if composition is None:
        raise ProblemsFound([])  # reported with the first edition
    if edition == "screen":
        sides = schemes.single_pages(tuple((p.width, p.height) for p in composition.panels))
    else:
        sides = plan(source, paper, rtl, len(composition.panels))
    data = write(document, composition, sides, made, printed=edition == "print")
    return data, len(sides.sides), composition.body


def plan(source: LayoutSource, paper: str, rtl: bool, panels: int) -> schemes.Plan:
    """The print run of a layout on a paper. A folding scheme has a number of panels of its own."""
    layout = source.layout
    if layout.scheme == "tri-fold":
        return schemes.tri_fold(paper, rtl)
    sheet = schemes.paper_size(paper, layout.orientation)
    return schemes.one_up(sheet, panels, layout.duplex)


def _space(source: LayoutSource, edition: Edition, printed: schemes.Plan) -> Space:
    """What the edition is poured into: the printed panels, or the layout's own for the screen."""
    from booklet.compose.space import Space

    layout = source.layout
    own = layout.screen if edition == "screen" else None
    return Space(
        specs=own.panels if own else layout.panels,
        sizes=((own.width, own.height),) * len(own.panels) if own else printed.panel_sizes(),
        margins=own.margins if own else layout.margins,
        body=own.body if own else layout.body,
        gap=layout.gap,
        sections=own.sections if own else layout.sections,
        fewest=not own and any(spec.repeat for spec in layout.panels),
        numbers=layout.numbers,
        name=f'"{layout.id}" (screen edition)' if own else f'"{layout.id}"',
    )


def save(folder: Path, made: Made) -> Path:
    """Write a PDF into the output folder, whole or not at all."""
    path = folder / made.name
    write_whole(path, made.data)
    return path
