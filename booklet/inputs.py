"""Reads all the files that one document in one locale for one site is made of."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TypeVar

from booklet.content import source as content_source
from booklet.content.base import Strict
from booklet.content.guide import GuideTexts
from booklet.content.labels import LabelTexts
from booklet.content.source import DocumentSource
from booklet.locales import catalogue as catalogues
from booklet.locales import glossary as glossaries
from booklet.locales import pseudo, tags, texts
from booklet.locales import region as regions
from booklet.locales import review as reviews
from booklet.locales import site as sites
from booklet.locales import variant as variants
from booklet.locales.catalogue import Catalogue
from booklet.locales.glossary import Glossary
from booklet.locales.region import RegionSource
from booklet.locales.site import SiteSource
from booklet.locales.tags import Locale
from booklet.locales.texts import Text
from booklet.locales.variant import VariantSource
from booklet.problems import Place, Problem, ProblemsFound
from booklet.project import Project
from booklet.validate import validate
from booklet.wording import quoted, suggestion
from booklet.yamlfile import Mistake, Tree, parse, read_bytes

LABELS = "content/labels.yaml"
GUIDE = "content/guide.yaml"
WRITTEN_IN = "en"
"""The language of booklet's own words."""
REGIONS = "content/regions"
GLOSSARIES = "content/glossary"
_Made = TypeVar("_Made")
_Words = TypeVar("_Words", bound=Strict)


@dataclass(frozen=True, eq=False)
class Catalogues:
    """The translations that a document needs: its own, booklet's words, the region's contacts."""

    document: Catalogue
    labels: Catalogue
    region: Catalogue | None
    draft: bool = True
    """True until a person has reviewed all of them, and as long as they stay as they were reviewed."""
    warnings: tuple[Problem, ...] = ()


@dataclass(frozen=True, eq=False)
class Inputs:
    """What `resolve` needs. `catalogues` is None in the language that the document is written in."""

    source: DocumentSource
    locale: Locale
    region: RegionSource
    site: SiteSource | None
    labels_tree: Tree
    labels: LabelTexts
    catalogues: Catalogues | None
    picture_folders: tuple[Path, ...]
    logo_folders: tuple[Path, ...]
    glossary: Glossary | None = None

    @property
    def paper(self) -> str:
        """The site's, else the region's: a key of `papers.PAPERS`."""
        return (self.site.site.paper if self.site else None) or self.region.region.office_paper


class _Reader:
    """Reads one file after the other and keeps the problems of all."""

    def __init__(self, project: Project) -> None:
        self.project = project
        self.problems: list[Problem] = []

    def attempt(self, make: Callable[[], _Made]) -> _Made | None:
        try:
            return make()
        except ProblemsFound as found:
            self.problems.extend(found.problems)
            return None

    def complain(self, file: str, message: str, hint: str) -> None:
        self.problems.append(Problem(Place(file), message, hint))

    def path(self, what: str, folder: str, known: dict[str, Path], name: str) -> Path | None:
        """The file `name` among those that there are."""
        if name not in known:
            hint = suggestion(name, list(known), f"The {what}s are") or f"Put the file of a {what} there."
            self.complain(f"{folder}/{name}.yaml", f"There is no {what} {quoted(name)}.", hint)
        return known.get(name)

    def document(self, name: str) -> DocumentSource | None:
        path = self.path("document", "content", self.project.documents(), name)
        return self.attempt(partial(_read, content_source.read, self.project, path)) if path else None

    def site(self, name: str) -> SiteSource | None:
        path = self.path("site", "sites", self.project.sites(), name)
        return self.attempt(partial(_read, sites.read, self.project, path)) if path else None

    def place(self, locale: Locale | None, own: Locale | None = None) -> str:
        """The name of the region for which a locale is made if neither site nor user names one.

        A tag's country can be the place (es-MX) or only tell how the language is written (pt-BR in a
        clinic in Boston). It is the place if it has a region file. If not, a tag that is the name of a
        translation, or of the document's own language, is a kind of language.
        """
        if not locale or not locale.place:
            return tags.DEFAULT_REGION.lower()
        name = locale.place.lower()
        kind = self.project.folders(f"content/locales/{locale.tag}") or (own and own.tag == locale.tag)
        return name if name in self.project.files(REGIONS) or not kind else tags.DEFAULT_REGION.lower()

    def region(
        self, name: str, site: SiteSource | None = None, locale: Locale | None = None
    ) -> RegionSource | None:
        """The region `name`; if a site asks for one that is not there, its file is to be mended."""
        path = self.path("region", REGIONS, self.project.files(REGIONS), name)
        if path is None and site:
            problem = self.problems.pop()
            self.problems.append(site.tree.problem(("region",), problem.message, problem.hint))
        elif path is None and locale and locale.place == name.upper():
            found = self.problems.pop()
            hint = (
                "If it is handed out elsewhere, say where, such as --region us. "
                f"If not, write {found.place.file} with the emergency number there."
            )
            self.problems.append(replace(found, hint=hint))
        return self.attempt(partial(_read, regions.read, self.project, path)) if path else None

    def locale(self, tag: str, file: str) -> Locale | None:
        try:
            return tags.parse(tag)
        except Mistake as mistake:
            self.complain(file, mistake.message, mistake.hint)
            return None

    def own_locale(self, source: DocumentSource) -> Locale | None:
        """The one that the document is written in."""
        try:
            return tags.parse(source.content.language)
        except Mistake as mistake:
            self.problems.append(source.tree.problem(("language",), mistake.message, mistake.hint))
            return None

    def labels(self) -> tuple[Tree, LabelTexts] | None:
        return self.words(LABELS, LabelTexts)

    def words(self, name: str, model: type[_Words]) -> tuple[Tree, _Words] | None:
        """A file of booklet's own words."""
        path = self.project.find(name)
        if path is None:
            self.complain(name, "The file does not exist.", "Copy it from booklet's own content folder.")
            return None
        shown = self.project.shown(path)

        def read() -> tuple[Tree, _Words]:
            tree = parse(read_bytes(path, shown), shown)
            return tree, validate(tree, model)

        return self.attempt(read)

    def catalogue(self, locale: Locale, name: str) -> Catalogue | None:
        """The catalogue for the exact tag, else for the nearest of its fallbacks."""
        if locale.pseudo:
            words = self.labels()
            return pseudo.catalogue(locale, words[1].draft) if words else None
        for tag in locale.fallbacks:
            if path := self.project.catalogue(tag, name):
                return self.attempt(partial(_catalogue, path, self.project.shown(path), tag))
        near = [tag for tag in locale.fallbacks if self.project.folders(f"content/locales/{tag}")]
        tag = near[0] if near else locale.written
        self.complain(
            f"content/locales/{tag}/{name}.po",
            f"There is no {locale.name} catalogue of {quoted(name)}.",
            f'Run "booklet locale new {tag}", or choose another locale.',
        )
        return None

    def catalogues(
        self,
        locale: Locale,
        source: DocumentSource | None,
        document: str,
        labels: tuple[Tree, LabelTexts] | None,
        region: RegionSource | None,
    ) -> Catalogues | None:
        own = self.catalogue(locale, document)
        words = self.catalogue(locale, "labels")
        helplines = None
        if region and (locale.pseudo or region.region.untranslated(locale)):
            helplines = self.catalogue(locale, f"region-{region.name}")
        if not (own and words and source and labels):
            return None
        read = [(own, texts.of_document(source)), (words, texts.of_words(*labels, texts.LABEL))]
        if region and helplines:
            read.append((helplines, texts.of_region(region, helplines.tag)))
        return Catalogues(own, words, helplines, *reviewed(read))


def reviewed(read: Iterable[tuple[Catalogue, Sequence[Text]]]) -> tuple[bool, tuple[Problem, ...]]:
    """Whether these catalogues make a draft, and a warning for each that has changed since its review."""
    draft, warnings = False, []
    for catalogue, wanted in read:
        standing = reviews.standing(catalogue, wanted)
        draft = draft or not standing.holds
        if standing.review.reviewed and not standing.holds:
            line = catalogue.po.header_line(reviews.STATE)
            message = "What was reviewed has changed since, so the draft mark is printed."
            hint = 'Have the changes read, and run "booklet locale review" again.'
            warnings.append(replace(catalogue.problem(line, message, hint), severity="warning"))
    return draft, tuple(warnings)


def document(project: Project, name: str) -> DocumentSource:
    """The content file of a document by its id. Raises ProblemsFound."""
    reader = _Reader(project)
    return _whole(reader, reader.document(name))


def written_in(project: Project, name: str, locale: Locale) -> bool | None:
    """Whether a document is written in the language and script of a locale, so that it needs no catalogue.

    None for one that cannot be read, which is told of later.
    """
    try:
        return locale.alike(tags.parse(document(project, name).content.language))
    except (ProblemsFound, Mistake):
        return None


def _whole(reader: _Reader, found: _Made | None) -> _Made:
    if found is None:
        raise ProblemsFound(reader.problems)
    return found


def label_words(project: Project) -> tuple[Tree, LabelTexts]:
    """The words that booklet adds to a page. Raises ProblemsFound."""
    reader = _Reader(project)
    return _whole(reader, reader.labels())


def guide_words(project: Project) -> tuple[Tree, GuideTexts]:
    """The words of the printing guides. Raises ProblemsFound."""
    reader = _Reader(project)
    return _whole(reader, reader.words(GUIDE, GuideTexts))


def region(project: Project, name: str) -> RegionSource:
    """The region of a file in `content/regions`. Raises ProblemsFound."""
    reader = _Reader(project)
    return _whole(reader, reader.region(name, None, None))


def usual_region(project: Project, locale: Locale) -> str:
    """The name of the region for which documents in a locale are made if nobody names one."""
    name = _Reader(project).place(locale)
    return name if name in project.files(REGIONS) else tags.DEFAULT_REGION.lower()


def glossary(project: Project, tag: str) -> Glossary | None:
    """The glossary of a language, if it has one. Raises ProblemsFound."""
    for each in tags.parse(tag).fallbacks:
        if path := project.find(f"{GLOSSARIES}/{each}.yaml"):
            return _read(glossaries.read, project, path)
    return None


def catalogue(project: Project, tag: str, name: str) -> Catalogue | None:
    """The catalogue `name` in the folder of a tag, if there is one. Raises ProblemsFound."""
    path = project.catalogue(tag, name)
    return _catalogue(path, project.shown(path), tag) if path else None


def variant(project: Project, tag: str) -> VariantSource | None:
    """The own file of the locale of a tag, or of its language, if there is one. Raises ProblemsFound."""
    try:
        locale = tags.parse(tag)
    except Mistake:
        return None  # told when its catalogues are read
    for each in locale.fallbacks:
        if path := project.find(f"content/locales/{each}/locale.yaml"):
            shown = project.shown(path)
            found = variants.read(read_bytes(path, shown), shown)
            if problems := list(found.check(project.documents(), project.layouts())):
                raise ProblemsFound(problems)
            return found
    return None


def _read(read: Callable[[bytes, str, str], _Made], project: Project, path: Path) -> _Made:
    shown = project.shown(path)
    return read(read_bytes(path, shown), shown, path.stem)


def _catalogue(path: Path, shown: str, tag: str) -> Catalogue:
    return catalogues.parse(read_bytes(path, shown), shown, tag)


def read(
    project: Project, document: str, tag: str, *, site: str | None = None, region: str | None = None
) -> Inputs:
    """The inputs of a document by its id, in the language of a tag, for a site by its id or for none.

    If no region is named, it is the site's, else that of the tag if the tag names a place, else the
    United States. Raises ProblemsFound with the problems of all files.
    """
    reader = _Reader(project)
    source = reader.document(document)
    site_source = reader.site(site) if site is not None else None
    labels = reader.labels()
    locale = reader.locale(tag, f"content/locales/{tag}")
    own = reader.own_locale(source) if source else tags.parse("en")
    usual = site_source.site.region if site_source else reader.place(locale, own)
    region_source = reader.region(region or usual, None if region else site_source, locale)
    if locale and region_source:
        locale = tags.parse(tag, region_source.region.id)
    translated = None
    if locale and own and (locale.pseudo or not locale.alike(own)):
        translated = reader.catalogues(locale, source, document, labels, region_source)
    words = reader.attempt(partial(glossary, project, translated.document.tag)) if translated else None
    if reader.problems or not (source and labels and locale and region_source):
        found = dict.fromkeys(reader.problems)
        raise ProblemsFound(sorted(found, key=lambda problem: problem.place))
    return Inputs(
        source=source,
        locale=locale,
        region=region_source,
        site=site_source,
        labels_tree=labels[0],
        labels=labels[1],
        catalogues=translated,
        picture_folders=project.folders("content"),
        logo_folders=project.folders("sites"),
        glossary=words,
    )


@dataclass(frozen=True, eq=False)
class GuideInputs:
    """What a printing guide is made of. The catalogues are None in English."""

    locale: Locale
    paper: str
    """The region's: a key of `papers.PAPERS`."""
    tree: Tree
    texts: GuideTexts
    labels_tree: Tree
    labels: LabelTexts
    catalogue: Catalogue | None
    labels_catalogue: Catalogue | None
    draft: bool = False
    """True until a person has reviewed the translations."""


def guide(project: Project, tag: str) -> GuideInputs:
    """The words of the printing guides in the language of a tag. Raises ProblemsFound."""
    reader = _Reader(project)
    words, labels = reader.words(GUIDE, GuideTexts), reader.labels()
    locale = reader.locale(tag, f"content/locales/{tag}")
    region = reader.region(reader.place(locale), None, locale) if locale else None
    own = other = None
    if locale and (locale.pseudo or locale.language != WRITTEN_IN):
        own, other = reader.catalogue(locale, "guide"), reader.catalogue(locale, "labels")
    if reader.problems or not (words and labels and locale and region):
        raise ProblemsFound(sorted(dict.fromkeys(reader.problems), key=lambda problem: problem.place))
    read = [(own, guide_texts(project, *words))] if own else []
    read += [(other, texts.of_words(*labels, texts.LABEL))] if other else []
    return GuideInputs(locale, region.region.office_paper, *words, *labels, own, other, reviewed(read)[0])


def guide_texts(project: Project, tree: Tree, words: GuideTexts) -> tuple[Text, ...]:
    """The texts of the printing guides, and the layouts' names."""
    return texts.of_words(tree, words, texts.GUIDE) + texts.names(_layout_names(project))


def _layout_names(project: Project) -> Iterator[tuple[str, Place]]:
    """The name of each layout that can be read, with its place."""
    for path in project.layouts().values():
        shown = project.shown(path)
        try:
            tree = parse(read_bytes(path, shown), shown)
        except ProblemsFound:
            continue
        name = tree.data.get("name") if isinstance(tree.data, dict) else None
        if isinstance(name, str):
            yield name, tree.key_place(("name",))
