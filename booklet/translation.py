"""Makes the catalogues of a language: new ones, and those that stand brought up to their texts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from booklet import inputs
from booklet.locales import merge, plurals, pofile, tags, texts
from booklet.locales.glossary import Glossary
from booklet.locales.plurals import Forms
from booklet.locales.pofile import PoFile
from booklet.locales.review import STATE
from booklet.locales.tags import Locale
from booklet.locales.texts import Text
from booklet.problems import Place, Problem, ProblemsFound
from booklet.project import Project
from booklet.wording import quoted, suggestion
from booklet.yamlfile import read_bytes

LOCALES = "content/locales"
TEMPLATES = f"{LOCALES}/templates"
"""Where `extract` writes. No language has this name."""
BEGUN = "in translation"
"""The state of a new catalogue."""
WORDS = ("labels", "guide")


@dataclass(frozen=True, slots=True)
class Part:
    """What one catalogue translates. `version` is the document's, or the day of the last change, or ""."""

    name: str
    title: str
    version: str
    texts: tuple[Text, ...]


@dataclass(frozen=True, eq=False)
class Change:
    """A catalogue brought up to its texts: the bytes that stand, and what is to stand."""

    data: bytes
    old: PoFile
    new: PoFile

    @property
    def said(self) -> str:
        """What has changed, in a few words."""
        before = {message.key for message in (*self.old.messages, *self.old.obsolete)}
        aside = len(self.new.obsolete) - len(self.old.obsolete)
        fresh = [message for message in self.new.messages if message.key not in before]
        stood = {message.key: message.translations for message in self.old.messages if message.plural}
        moved = [
            each for each in self.new.messages if each.translations != stood.get(each.key, each.translations)
        ]
        parts = [
            f"{sum(not message.begun for message in fresh)} new",
            f"{sum(message.fuzzy for message in fresh)} changed, now fuzzy",
            f"{max(aside, 0)} put aside",
            f"{len(moved)} with plural forms put in order",
        ]
        told = [part for part in parts if not part.startswith("0 ")]
        same = "up to date" if self.data == pofile.write(self.new) else "notes and places written anew"
        return ", ".join(told) or same


# --- what there is to translate ------------------------------------------------------------------


def all_names(project: Project, wanted: Sequence[str] | None = None) -> list[str]:
    """The names of all catalogues that a language can have, or the `wanted` ones. Raises ProblemsFound."""
    regions = [f"region-{name}" for name in project.files(inputs.REGIONS)]
    known = [*project.documents(), *WORDS, *regions]
    problems = []
    for name in wanted or ():
        if name not in known:
            hint = suggestion(name, known, "There are")
            message = f"There is no document {quoted(name)}."
            problems.append(Problem(Place(f"content/{name}.yaml"), message, hint))
    if problems:
        raise ProblemsFound(problems)
    return list(dict.fromkeys(wanted or known))


def names(project: Project, locale: Locale, documents: Sequence[str] | None = None) -> list[str]:
    """The names of the catalogues that a language needs for these documents, or for all that there are.

    Raises ProblemsFound.
    """
    wanted = all_names(project, documents)
    if not documents:
        wanted = [name for name in project.documents() if not inputs.written_in(project, name, locale)]
    words = WORDS if not documents else WORDS[:1]
    return list(dict.fromkeys([*wanted, *words, *_regions(project, locale)]))


def _regions(project: Project, locale: Locale) -> Iterator[str]:
    """The language's usual region and those of all sites, if they have contacts for it."""
    from booklet.locales import site as sites

    wanted = {inputs.usual_region(project, locale)}
    for path in project.sites().values():
        shown = project.shown(path)
        try:
            wanted.add(sites.read(read_bytes(path, shown), shown, path.stem).site.region)
        except ProblemsFound:
            continue  # told of when it is built
    for name in project.files(inputs.REGIONS):
        if name not in wanted:
            continue
        try:
            needed = bool(texts.of_region(inputs.region(project, name), locale.tag))
        except ProblemsFound:
            needed = True  # its state tells why it cannot be read
        if needed:
            yield f"region-{name}"


def part(project: Project, name: str, tag: str) -> Part:
    """What the catalogue `name` of the language `tag` translates. Raises ProblemsFound."""
    found = _part(project, name, tag)
    return replace(found, texts=tuple(_from_root(project, text) for text in found.texts))


def _from_root(project: Project, text: Text) -> Text:
    """A text whose places are told from the project's folder or the library's: the same on any machine."""
    files = [Path(place.file).absolute() for place in text.places]
    roots = [next((root for root in project.roots() if file.is_relative_to(root)), Path()) for file in files]
    places = [
        replace(place, file=file.relative_to(root).as_posix())
        for place, file, root in zip(text.places, files, roots, strict=True)
    ]
    return replace(text, places=tuple(places))


def part_of(project: Project, name: str, tag: str) -> Part:
    """What the catalogue `name` of a language translates. Raises ProblemsFound, also if that is gone."""
    path = project.catalogue(tag, name)
    if path and name not in all_names(project):
        message = f"There is no {quoted(name)} any more for this to translate."
        what = "contacts" if name.startswith("region-") else "document"
        hint = f"Delete this file, or bring its {what} back."
        raise ProblemsFound([Problem(Place(project.shown(path)), message, hint)])
    return part(project, name, tag)


def _part(project: Project, name: str, tag: str) -> Part:
    if name == "labels":
        tree, labels = inputs.label_words(project)
        return Part(name, "booklet's own words", "", texts.of_words(tree, labels, texts.LABEL))
    if name == "guide":
        tree, guide = inputs.guide_words(project)
        found = inputs.guide_texts(project, tree, guide)
        return Part(name, "the printing guides", guide.revised.isoformat(), found)
    if name.startswith("region-") and name not in project.documents():
        region = inputs.region(project, name.removeprefix("region-"))
        return Part(name, f"the contacts in {region.region.name}", "", texts.of_region(region, tag))
    source = inputs.document(project, name)
    kind = source.content.kind
    title = f"the {kind} “{source.content.title}”"
    return Part(name, title, source.content.version, texts.of_document(source))


# --- catalogues ----------------------------------------------------------------------------------


def notes(text: Text, glossary: Glossary | None = None, forms: Forms | None = None) -> tuple[str, ...]:
    """What a translator is told of a text."""
    told = list(text.notes)
    if text.plural and forms:
        told += [f"msgstr[{index}] is for {numbers}." for index, numbers in enumerate(forms.examples())]
    if text.limit is not None:
        told.append(f"At most about {text.limit} letters; the English has {text.letters}.")
    if glossary:
        told += glossary.told(f"{text.words} {text.plural or ''}")
    return tuple(told)


def template(project: Project, name: str) -> PoFile:
    """The catalogue `name` without a language, for translators' own tools. Raises ProblemsFound."""
    found = part(project, name, "")
    return merge.template(found.texts, notes, _comment(found, None), _headers(found, None, None))


def blank(project: Project, name: str, locale: Locale, today: date) -> PoFile:
    """A new catalogue without any translation. Raises ProblemsFound."""
    found, glossary = part(project, name, locale.tag), inputs.glossary(project, locale.tag)
    forms = plurals.forms(locale)
    return merge.template(
        found.texts,
        lambda text: notes(text, glossary, forms),
        _comment(found, locale),
        {**_headers(found, locale, today), plurals.HEADER: forms.header, STATE: BEGUN},
        len(forms.names),
    )


def updated(project: Project, name: str, tag: str, today: date) -> Change:
    """The catalogue `name` of a language with all texts that it is to have. Raises ProblemsFound.

    Fields that its header lacks are filled in; `today` is the date where there is none.
    """
    path = project.catalogue(tag, name)
    assert path, f"{tag} has no {name}"
    shown = project.shown(path)
    data = read_bytes(path, shown)
    old = pofile.read(data, shown)
    found, glossary = part_of(project, name, tag), inputs.glossary(project, tag)
    locale = tags.parse(tag)
    forms = plurals.forms(locale)
    usual = {**_headers(found, locale, today), plurals.HEADER: forms.header, STATE: BEGUN}
    old = replace(old, headers={**usual, **old.headers} if usual.keys() - old.headers.keys() else old.headers)
    new = merge.update(old, found.texts, lambda text: notes(text, glossary, forms), forms)
    return Change(data, old, new)


def _comment(found: Part, locale: Locale | None) -> list[str]:
    if not locale:
        return [f"Words of {found.title}, to be translated."]
    return [
        f"{locale.name} words of {found.title}.",
        "Write each translation after msgstr. Lines with #. tell what the text is for.",
    ]


def _headers(found: Part, locale: Locale | None, today: date | None) -> dict[str, str]:
    """The header that gettext's tools want."""
    return {
        "Project-Id-Version": f"{found.name} {found.version}".strip() + ("" if found.version else " 1"),
        "PO-Revision-Date": f"{today.isoformat()} 00:00+0000" if today else "YEAR-MO-DA HO:MI+ZONE",
        "Last-Translator": "none yet",
        "Language-Team": locale.name if locale else "none yet",
        "Language": locale.tag.replace("-", "_") if locale else "",
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
    }


def glossary_skeleton(locale: Locale) -> str:
    """A glossary to fill in, with the terms that matter most in the library that ships."""
    terms = "".join(f"  - term: {term}\n    use:\n    avoid: []\n" for term in FIRST_TERMS)
    return (
        f'# How booklet speaks {locale.name}: write after each "use" the word that translations use, and in\n'
        '# "avoid" words that hurt or mislead, such as [adicto, "abuso de drogas"].\n'
        f"language: {locale.tag}\n"
        "review: not begun\n"
        "style: Polite and plain. Write here how readers are addressed, and for which country.\n"
        f"terms:\n{terms}"
    )


FIRST_TERMS = (
    "naloxone",
    "overdose",
    "opioid use disorder",
    "person who uses heroin",
    "loved one",
    "drug use",
    "treatment",
    "recovery",
    "return to use",
    "clinic",
    "stigma",
)
