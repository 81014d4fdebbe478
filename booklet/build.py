"""A build: the stages in order, for every document, locale, layout and edition asked for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING

from booklet import inputs, resolve
from booklet.files import write_whole
from booklet.impose import editions, schemes
from booklet.impose.editions import Edition
from booklet.impose.model import Plan
from booklet.impose.papers import LARGER
from booklet.layout import load
from booklet.locales import tags
from booklet.problems import Place, Problem, ProblemsFound
from booklet.project import Project
from booklet.wording import quoted, suggestion
from booklet.yamlfile import Mistake

if TYPE_CHECKING:
    from booklet.compose.items import Composition
    from booklet.compose.space import Space
    from booklet.content.document import Document
    from booklet.inputs import Inputs
    from booklet.layout.load import LayoutSource

EDITIONS: tuple[Edition, ...] = ("screen", "print")
"""The editions that are built where none is named."""
STAPLED = ("saddle", "signatures")
"""Schemes of which each sheet has four panels."""


@dataclass(frozen=True, slots=True)
class Order:
    """One document in one locale: what is resolved once and set in several layouts and editions."""

    document: str
    locale: str
    layouts: tuple[str, ...]
    editions: tuple[Edition, ...]
    site: str | None = None
    paper: str | None = None
    """A key of `papers.PAPERS`; by default the region's."""
    gray: bool = False
    """Whether all is printed in shades of gray."""
    incomplete: bool = False
    """Whether texts without a translation are set in the document's own language, and marked."""
    region: str | None = None
    """The name of a region; by default the site's or the locale's."""
    named: bool = True
    """Whether somebody asked for this locale, or wrote the document in it. If not, it is left out where its
    typefaces are not installed."""

    def folder(self) -> str:
        """Where its PDFs are, under the output folder."""
        return "/".join(part for part in (self.site, self.region, self.locale) if part)

    def files(self) -> int:
        return len(self.layouts) * len(self.editions)

    def names(self) -> Iterator[str]:
        """The paths of its PDFs under the output folder."""
        for layout in self.layouts:
            for edition in self.editions:
                yield f"{self.folder()}/{self.document}.{layout}.{edition}.pdf"


@dataclass(frozen=True, slots=True)
class Made:
    """One PDF. `body` is the body size that fitted, in points."""

    name: str
    """The path under the output folder."""
    data: bytes
    pages: int
    body: float
    plan: Plan = field(repr=False)
    """Where each panel stands on the pages."""


def orders(
    project: Project,
    documents: Iterable[str] | None,
    locales: Iterable[str] | None,
    layouts: Iterable[str] | None,
    editions: tuple[Edition, ...],
    site: str | None,
    paper: str | None,
    *,
    gray: bool = False,
    incomplete: bool = False,
    region: str | None = None,
) -> Iterator[Order | Problem]:
    """What to build: for each document the locales it has and the layouts that suit it, unless named.

    If no documents are named, they are all that there are, in a locale those that it has a catalogue of.
    Problems of documents and layouts that cannot be read come among the orders for the others.
    """
    layouts = list(layouts or ())
    locales = list(locales or ())
    lacking = _lacking(project, locales) if documents is None else frozenset()
    suits = {}
    for name in () if layouts else project.layouts():
        try:
            suits[name] = load.read(project, name).layout.suits
        except ProblemsFound as found:
            yield from found.problems
    for document in project.documents() if documents is None else documents:
        try:
            read = inputs.document(project, document)
        except ProblemsFound as found:
            yield from found.problems
            continue
        content = read.content
        unknown = [name for name in content.layouts if name not in project.layouts()]
        for name in unknown:
            at = ("layouts", content.layouts.index(name))
            hint = suggestion(name, list(project.layouts()), "The layouts are")
            yield read.tree.problem(at, f"There is no layout {quoted(name)}.", hint)
        own = [name for name in content.layouts if name not in unknown]
        fitting = tuple(layouts or own or (name for name, kinds in suits.items() if content.kind in kinds))
        for locale in locales or [content.language, *project.languages(document)]:
            if (document, locale) in lacking:
                continue
            try:
                left_out = _left_out(project, locale, document)
            except ProblemsFound as found:
                yield from found.problems
                continue
            mine = fitting if layouts else tuple(name for name in fitting if name not in left_out)
            named = bool(locales) or locale == content.language
            yield Order(document, locale, mine, editions, site, paper, gray, incomplete, region, named)


def _lacking(project: Project, locales: Iterable[str]) -> frozenset[tuple[str, str]]:
    """The documents that have no catalogue in a locale which has one of another document."""
    found: set[tuple[str, str]] = set()
    for locale in locales:
        try:
            known = tags.parse(locale)
        except Mistake:
            continue  # told when its catalogues are read
        written = {name: inputs.written_in(project, name, known) for name in project.documents()}
        served = {name for name in written if not set(known.fallbacks).isdisjoint(project.languages(name))}
        if (served or any(written.values())) and not known.pseudo:
            found |= {(name, locale) for name, own in written.items() if own is False and name not in served}
    return frozenset(found)


def _left_out(project: Project, locale: str, document: str) -> tuple[str, ...]:
    """The layouts in which the words of a locale do not fit, as its file says. Raises ProblemsFound."""
    own = inputs.variant(project, locale)
    return own.left_out(document) if own else ()


def make(
    project: Project, order: Order, stamp: datetime | None = None, today: date | None = None
) -> Iterator[Made | Problem]:
    """The PDFs of an order, and its warnings. `stamp` overrides the date in the metadata.

    What is too old on the day `today` is warned of; the PDFs do not change with it. Raises
    ProblemsFound, with the problems of all its layouts, once those without are made.
    """
    from booklet.typeset import cjk

    read = inputs.read(project, order.document, order.locale, site=order.site, region=order.region)
    resolved = resolve.resolve(read, today, incomplete=order.incomplete)
    yield from resolved.warnings
    document = resolved.document
    if name := cjk.lacking(document.lang):
        message = f"{name} needs typefaces that are not installed."
        if order.named:
            raise ProblemsFound([Problem(Place(read.source.tree.file), message, cjk.HINT)])
        place = Place(f"content/locales/{order.locale}")
        yield Problem(place, f"Left out: {message}", cjk.HINT, severity="warning")
        return
    made = stamp or datetime.combine(document.modified, time(), UTC)
    paper = order.paper or read.paper
    problems: list[Problem] = []
    for name in order.layouts:
        try:
            source = load.read(project, name)
        except ProblemsFound as found:
            problems += found.problems
            continue
        problems += _unknown_families(source)
        composed: dict[Space, Composition | None] = {}
        for edition in order.editions:
            try:
                data, sides, body = _one(document, source, edition, paper, made, composed, order.gray)
            except ProblemsFound as found:
                problems += (_shown(problem, read) for problem in found.problems)
                continue
            file = f"{order.folder()}/{order.document}.{name}.{edition}.pdf"
            yield Made(file, data, len(sides.sides), body, sides)
    if problems:
        raise ProblemsFound(dict.fromkeys(problems))


def _shown(problem: Problem, read: Inputs) -> Problem:
    """A problem of composing, with the line of the content file that it points to. A translator cannot change
    that file, so what does not fit is to be mended in the catalogue."""
    from booklet.compose import copyfit

    tree = read.source.tree
    if problem.place.file != tree.file:
        return problem
    hint = problem.hint
    if read.catalogues and hint == copyfit.SHORTEN:
        own = quoted(read.catalogues.document.file)
        left_out = quoted(f"content/locales/{read.catalogues.document.tag}/locale.yaml")
        hint = f'Shorten its translation in {own}, or name the layout under "leaves-out" in {left_out}.'
    return replace(problem, excerpt=tree.excerpt(problem.place), hint=hint)


def _unknown_families(source: LayoutSource) -> Iterator[Problem]:
    """Typefaces that the theme names and that are not there: others would stand in for them unseen."""
    from booklet.typeset.fonts import families

    known = families()
    named: list[tuple[tuple[str, ...], tuple[str, ...]]] = [(("families",), source.theme.families)]
    named += [(("scripts", key, "families"), one.families) for key, one in source.theme.scripts.items()]
    for at, names in named:
        for place, family in enumerate(names):
            if family not in known:
                hint = suggestion(family, known, "There are")
                yield source.theme_tree.problem((*at, place), f"There is no typeface {quoted(family)}.", hint)


def _no_room(source: LayoutSource, edition: Edition, space: Space) -> Iterator[Problem]:
    """Panels of the layout in which a column has no width left for text."""
    from booklet.compose.space import columns_of

    part = ("screen", "panels") if edition == "screen" and source.layout.screen else ("panels",)
    narrow = {c.panel: c.width for c in columns_of(space, source.theme) if c.width < 2 * space.body.floor}
    for index, width in narrow.items():
        left = f"{width:.0f} pt are left" if width > 0 else "nothing is left"
        message = f"There is no room for text on this panel: {left} of the width of a column."
        hint = "Make its margins, its gutters or the padding of its look smaller, or take fewer columns."
        yield source.tree.problem((*part, index), message, hint)


def _one(
    document: Document,
    source: LayoutSource,
    edition: Edition,
    paper: str,
    made: datetime,
    composed: dict[Space, Composition | None],
    gray: bool = False,
) -> tuple[bytes, Plan, float]:
    """Bytes, sides and body size of one edition; editions of the same panels are composed once."""
    from booklet.compose.copyfit import compose
    from booklet.pdf.write import write
    from booklet.typeset.fonts import book_of

    rtl = document.direction == "rtl"
    space = _space(source, edition, plan(source, paper, rtl, len(source.layout.panels)))
    if space not in composed:
        composed[space] = None
        if unfit := list(_no_room(source, edition, space)):
            raise ProblemsFound(unfit)
        composed[space] = compose(document, space, source.theme, book_of(source.theme))
    composition = composed[space]
    if composition is None:
        raise ProblemsFound([])  # reported with the first edition
    if edition == "screen":
        sides = schemes.single_pages(tuple((p.width, p.height) for p in composition.panels))
    else:
        sides = plan(source, paper, rtl, len(composition.panels))
    if edition == "press":
        sides = editions.press(sides)
    data = write(document, composition, sides, made, edition=edition, gray=gray)
    return data, sides, composition.body


def plan(source: LayoutSource, paper: str, rtl: bool, panels: int) -> Plan:
    """The print run of a layout on a paper. A folding scheme has a number of panels of its own."""
    layout = source.layout
    job = schemes.Job(
        LARGER.get(paper, paper) if layout.sheet == "large" else paper,
        panels,
        rtl,
        layout.orientation or "portrait",
        layout.duplex or "long-edge",
        layout.thickness,
        layout.sheets,
    )
    made = schemes.plan(layout.scheme, job)
    return made.backs_turned() if layout.backs == "turned" else made


def _space(source: LayoutSource, edition: Edition, printed: Plan) -> Space:
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
        leaves_out=layout.leaves_out,
        numbers=layout.numbers,
        furniture="sheet" if edition == "screen" else layout.furniture,
        multiple=4 if layout.scheme in STAPLED and not own else 1,
        name=f'"{layout.id}" (screen edition)' if own else f'"{layout.id}"',
    )


def save(folder: Path, made: Made) -> Path:
    """Write a PDF into the output folder, whole or not at all."""
    path = folder / made.name
    write_whole(path, made.data)
    return path
