"""Tells how far the translation of a language is, and records that a person has reviewed it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from booklet import inputs, translation
from booklet.locales import pofile
from booklet.locales import region as regions
from booklet.locales import review as reviews
from booklet.locales.catalogue import Catalogue, Entry
from booklet.locales.review import Review, Standing
from booklet.locales.tags import Locale
from booklet.locales.texts import Text
from booklet.problems import Place, Problem, ProblemsFound
from booklet.project import Project
from booklet.wording import quoted


@dataclass(frozen=True, slots=True)
class State:
    """How far one catalogue is: of `total` texts so many are translated, to be read again, missing, wrong.

    `avoided` counts words that the glossary wants avoided, `old` the helplines not checked for a year.
    `problems` tells of what is wrong, avoided or changed since the review.
    """

    name: str
    total: int = 0
    translated: int = 0
    fuzzy: int = 0
    missing: int = 0
    wrong: int = 0
    avoided: int = 0
    old: int = 0
    standing: Standing = field(default_factory=lambda: Standing(Review("not begun"), holds=False))
    problems: tuple[Problem, ...] = ()
    readable: bool = True
    there: bool = True
    """Whether there is such a file."""

    @property
    def complete(self) -> bool:
        return self.readable and not (self.fuzzy or self.missing or self.wrong)

    @property
    def review(self) -> str:
        """How far its review is, in a few words."""
        if not self.readable:
            return "cannot be read"
        if self.total and self.missing == self.total:
            return "not begun"
        return self.standing.words


@dataclass(frozen=True, slots=True)
class Language:
    """How far a language is: the state of each of its catalogues, and of each document what it waits for."""

    locale: Locale
    states: tuple[State, ...]
    waits: tuple[tuple[str, str], ...]
    """Each document with the reason why it cannot be handed out; "" if it can."""

    @property
    def begun(self) -> tuple[State, ...]:
        """The states of the catalogues that there are."""
        return tuple(state for state in self.states if state.there)

    @property
    def documents(self) -> int:
        """How many documents are begun."""
        there = {state.name for state in self.begun}
        return sum(name in there for name, _ in self.waits)

    @property
    def ready(self) -> int:
        return sum(not reason for _, reason in self.waits)


def language(project: Project, locale: Locale, today: date) -> Language:
    """How far a language is. What cannot be read is told of in its state."""
    names = translation.names(project, locale)
    names += [name for name in project.catalogues(locale.tag) if name not in names]
    states = {name: state(project, name, locale, today) for name in names}
    shared = [state for name, state in states.items() if name == "labels" or name.startswith("region-")]
    waits = [
        (name, _waits_for(project, name, each, shared))
        for name, each in states.items()
        if name in project.documents()
    ]
    return Language(locale, tuple(states.values()), tuple(waits))


def _waits_for(project: Project, name: str, own: State, shared: Sequence[State]) -> str:
    """Why a document cannot be handed out yet, or ""."""
    for each in (own, *shared):
        who = "its" if each is own else f"{each.name}:"
        if not each.complete:
            return f"{who} translation"
        if not each.standing.holds:
            return f"{who} review"
    status = inputs.document(project, name).content.review.status
    return "a clinician's review of the English" if status == "draft" else ""


def state(project: Project, name: str, locale: Locale, today: date) -> State:
    """How far the catalogue `name` is."""
    try:
        texts = translation.part_of(project, name, locale.tag).texts
        catalogue = inputs.catalogue(project, locale.tag, name)
        glossary = inputs.glossary(project, locale.tag)
    except ProblemsFound as found:
        return State(name, problems=found.problems, readable=False)
    old = _old(project, name, locale, today)
    needed = [text for text in texts if not text.optional]
    if catalogue is None:
        return State(name, total=len(needed), missing=len(needed), old=old, there=False)
    counts = dict.fromkeys(("translated", "fuzzy", "missing", "wrong", "avoided"), 0)
    problems: list[Problem] = []
    for text in texts:
        entry = catalogue.find(text.context, text.words)
        if text.optional and (entry is None or not entry.translation):
            continue
        kind, wrong = _judged(catalogue, text, entry)
        counts[kind] += 1
        avoided = catalogue.avoided(entry, glossary) if entry else []
        counts["avoided"] += len(avoided)
        problems += [*wrong, *avoided]
    standing = reviews.standing(catalogue, texts)
    problems += _reopened(catalogue, standing)
    return State(
        name,
        total=sum(counts.values()) - counts["avoided"],
        translated=counts["translated"],
        fuzzy=counts["fuzzy"],
        missing=counts["missing"],
        wrong=counts["wrong"],
        avoided=counts["avoided"],
        old=old,
        standing=standing,
        problems=tuple(problems),
    )


def _judged(catalogue: Catalogue, text: Text, entry: Entry | None) -> tuple[str, list[Problem]]:
    """What a text counts as, and what is wrong with its translation."""
    if entry is None:
        return "missing", []
    if catalogue.waiting(entry):
        return ("fuzzy" if entry.fuzzy else "missing"), []
    wrong = catalogue.wrong(entry, markup=text.markup, plural=text.plural)
    return ("wrong", wrong) if wrong else ("translated", [])


def _reopened(catalogue: Catalogue, standing: Standing) -> list[Problem]:
    if not standing.review.reviewed or standing.holds:
        return []
    line = catalogue.po.header_line(reviews.STATE)
    if not standing.review.marks:
        message = "The header says that this was reviewed, but not which texts."
        return [replace(catalogue.problem(line, message, 'Run "booklet locale review".'), severity="warning")]
    found = []
    for text in standing.changed:
        entry = catalogue.find(text.context, text.words)
        message = f"{quoted(text.words)} is new or has changed since the review."
        found.append(catalogue.problem(entry.line if entry else line, message, "Have it read again."))
    if standing.gone:
        count = f"{standing.gone} reviewed text{'s are' if standing.gone > 1 else ' is'} gone."
        found.append(catalogue.problem(line, count, "Have the document read again."))
    return [replace(problem, severity="warning") for problem in found]


def _old(project: Project, name: str, locale: Locale, today: date) -> int:
    """How many of a region's numbers for this language were last checked more than a year ago."""
    if not name.startswith("region-") or name in project.documents():
        return 0
    region = inputs.region(project, name.removeprefix("region-")).region
    printed = {regions.EMERGENCY, *(line.id for _, line in region.printed(locale))}
    return sum(fact.name in printed for fact in regions.stale(region, today))


# --- review --------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Signature:
    """Who has reviewed a catalogue: in which role, by name or initials if they want, and when."""

    role: str
    by: str
    date: date


def signed(project: Project, name: str, locale: Locale, who: Signature) -> bytes:
    """The catalogue with the mark of a review. Raises ProblemsFound while anything is missing or wrong."""
    now = state(project, name, locale, who.date)
    catalogue = _catalogue(project, name, locale)
    errors = [problem for problem in now.problems if problem.severity == "error"]
    for count, what in ((now.missing, "missing"), (now.fuzzy, "fuzzy")):
        if count:
            message = f"{count} text{'s are' if count > 1 else ' is'} {what}, so this cannot be reviewed yet."
            errors.append(
                catalogue.problem(0, message, f'See "booklet locale status {locale.tag} --details".')
            )
    if errors:
        raise ProblemsFound(errors)
    part = translation.part_of(project, name, locale.tag)
    headers = reviews.headers(
        catalogue, part.texts, role=who.role, by=who.by, date=who.date.isoformat(), version=part.version
    )
    return pofile.write(replace(catalogue.po, headers=headers))


def moved(project: Project, name: str, locale: Locale, to: str) -> bytes:
    """The catalogue with another state than "reviewed": one of `review.WAITING`. Raises ProblemsFound."""
    catalogue = _catalogue(project, name, locale)
    gone = (reviews.BY, reviews.VERSION, reviews.MARKS)
    kept = {field: value for field, value in catalogue.po.headers.items() if field not in gone}
    return pofile.write(replace(catalogue.po, headers={**kept, reviews.STATE: to}))


def _catalogue(project: Project, name: str, locale: Locale) -> Catalogue:
    found = inputs.catalogue(project, locale.tag, name)
    if found is None:
        file = f"{translation.LOCALES}/{locale.tag}/{name}.po"
        hint = f'Run "booklet locale new {locale.tag}".'
        raise ProblemsFound(
            [Problem(Place(file), f"There is no {locale.name} catalogue of {quoted(name)}.", hint)]
        )
    return found
