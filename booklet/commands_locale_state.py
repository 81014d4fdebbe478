"""The commands that say how far a language is, and who has reviewed it: `booklet locale status`, `review`."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any

import typer

from booklet.commands import fail, languages, stop, tell, today, translated_language, write

if TYPE_CHECKING:
    from booklet.problems import Problem
    from booklet.project import Project
    from booklet.translation_state import Language

COUNTS = ("translated", "fuzzy", "missing", "wrong", "to avoid", "old numbers", "review")
HEADS = ("language", "documents", *COUNTS, "ready")
DETAILS = ("file", *COUNTS, "waits for")


class StateName(StrEnum):
    in_translation = "in-translation"
    machine_draft = "machine-draft"
    in_review = "in-review"


def register(app: typer.Typer) -> None:
    """Add the commands to the program."""
    app.command()(status)
    app.command()(review)


def status(
    tags: Annotated[
        list[str] | None,
        typer.Argument(metavar="TAG", help="Languages by tag; all that there are if none is named."),
    ] = None,
    details: Annotated[
        bool, typer.Option("--details", "-d", help="A row for each file, and what is wrong in it.")
    ] = False,
    fit: Annotated[
        bool, typer.Option("--fit", help="Also set every document in every layout: what does not fit?")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="For programs.")] = False,
    strict: Annotated[
        bool,
        typer.Option("--strict", help="End with 1 if anything is missing, fuzzy, wrong or does not fit."),
    ] = False,
) -> None:
    """Show how far each language is.

    documents: how many are begun, of all. translated: texts with a finished translation, of all. fuzzy: the
    English has changed, so the translation must be read again. missing: no translation yet. wrong: a number,
    a link or a value differs from the English. to avoid: words that the glossary avoids. old numbers:
    helplines that nobody has checked for a year. review: how far, or by whom. ready: documents that can be
    handed out. Files that are not begun are shown with --details alone.

    \b
    Examples:
      booklet locale status
      booklet locale status es --details
    """
    from booklet import translation_state
    from booklet.project import Project

    project, day = Project.at(), today()
    wanted, misnamed = languages(project, tags)
    found = [translation_state.language(project, locale, day) for locale in wanted]
    unfit = [problem for each in found for problem in _unfit(project, each)] if fit else []
    problems = [problem for each in found for state in each.states for problem in state.problems]
    if as_json:
        _print_json(found, unfit)
    else:
        _show(found, details=details)
        _explain(found, details=details)
        unreadable = [
            problem
            for each in found
            for state in each.states
            if not state.readable
            for problem in state.problems
        ]
        tell(list(dict.fromkeys([*misnamed, *(problems if details else unreadable), *unfit])))
        if fit:
            _tell_left_out(project, found)
            if not unfit:
                print("All that is translated fits in every layout that it is built in.")
    if strict and (misnamed or unfit or not all(state.complete for each in found for state in each.begun)):
        raise typer.Exit(1)


def review(
    tag: Annotated[str, typer.Argument(metavar="TAG", help="The language's tag.")],
    documents: Annotated[
        list[str] | None,
        typer.Argument(metavar="DOCUMENT", help="Documents by id, labels, guide, region-us; all if none."),
    ] = None,
    role: Annotated[
        str, typer.Option(metavar="ROLE", help='What qualifies the person, such as "certified translator".')
    ] = "",
    by: Annotated[str, typer.Option(metavar="NAME", help="Name or initials, if the person agrees.")] = "",
    on: Annotated[
        str, typer.Option("--date", metavar="DATE", help="The day of the review; today if not given.")
    ] = "",
    state: Annotated[StateName | None, typer.Option(help="Only say how far it is, without a review.")] = None,
) -> None:
    """Record that a qualified person has reviewed a translation, or how far it is.

    The draft mark goes once a document, booklet's own words (labels) and the region's helplines are all
    reviewed. Anything that is still missing, fuzzy or wrong must be mended first. A later change of the
    English or of the translation opens the review again, and the draft mark comes back.

    \b
    Examples:
      booklet locale review es --role "certified translator" --by "M. L."
      booklet locale review es overdose-steps labels region-us --role "certified translator"
      booklet locale review es --state in-review
    """
    from booklet import translation, translation_state
    from booklet.problems import ProblemsFound
    from booklet.project import Project

    project, locale = Project.at(), translated_language(tag)
    if state and (role or by or on):
        fail("--state says how far it is, --role, --by and --date record a review: give one of both.", 2)
    who = None if state else translation_state.Signature(_plain(role, "--role"), _plain(by, "--by"), _day(on))
    if who and not who.role:
        fail('Say in --role what qualifies the person, such as "certified translator".', 2)
    try:
        names = translation.all_names(project, documents) if documents else project.catalogues(locale.tag)
    except ProblemsFound as found:
        raise stop(found.problems) from None
    if not names:
        fail(f'There is no catalogue of "{locale.tag}". Begin it: booklet locale new {locale.tag}', 1)
    problems: list[Problem] = []
    signed: dict[str, bytes] = {}
    for name in names:
        try:
            if who:
                signed[name] = translation_state.signed(project, name, locale, who)
            elif state:
                signed[name] = translation_state.moved(project, name, locale, state.value.replace("-", " "))
        except ProblemsFound as found:
            problems += found.problems
    if problems:
        raise stop(list(dict.fromkeys(problems)))
    for name, data in signed.items():
        place = f"{translation.LOCALES}/{locale.tag}/{name}.po"
        write(project.folder / place, data)
        print(f"{place}  {_said(who) if who else state and state.value.replace('-', ' ')}")


# --- what is typed -------------------------------------------------------------------------------


def _plain(words: str, option: str) -> str:
    """Words that can stand in a header; ends the program if they cannot."""
    words = " ".join(words.split())
    if re.search(r'[()\[\]"\\\x00-\x1f]', words) or len(words) > 80:
        fail(f"{option} takes plain words without brackets and quotation marks, 80 letters at most.", 2)
    return words


def _day(text: str) -> date:
    if not text:
        return today()
    try:
        if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
            day = date.fromisoformat(text)
            if day > today():
                fail(f"--date says {text}, which is in the future.", 2)
            return day
    except ValueError:
        pass
    fail(f'--date takes a day as year-month-day, such as 2026-11-27, not "{text}".', 2)


def _said(who: Any) -> str:
    return f"reviewed by {who.by + ', ' if who.by else ''}{who.role}, {who.date.isoformat()}"


# --- what is shown -------------------------------------------------------------------------------


def _show(found: list[Language], *, details: bool) -> None:
    from booklet import report

    for each in found if details else ():
        waits = dict(each.waits)
        rows = []
        for state in each.states:
            counts = (state.fuzzy, state.missing, state.wrong, state.avoided, state.old)
            whole = f"{state.translated} of {state.total}"
            waiting = waits.get(state.name, "")
            rows.append((state.name, whole, *map(_count, counts), state.review, waiting))
        report.table(f"{each.locale.name} ({each.locale.tag})", DETAILS, rows)
    if not details:
        report.table("Languages", HEADS, [_row(each) for each in found])


def _row(each: Language) -> tuple[str, ...]:
    def total(name: str) -> int:
        return sum(getattr(state, name) for state in each.begun)

    name = f"{each.locale.name} ({each.locale.tag})"
    counts = (total(key) for key in ("fuzzy", "missing", "wrong", "avoided", "old"))
    reviews = Counter(state.review for state in each.begun)
    whole = f"{total('translated')} of {total('total')}"
    told = (f"{number} {review}" for review, number in reviews.items())
    said = next(iter(reviews), "not begun") if len(reviews) < 2 else ", ".join(told)
    documents = f"{each.documents} of {len(each.waits)}"
    return (name, documents, whole, *map(_count, counts), said, f"{each.ready} of {each.documents}")


def _count(number: int) -> str:
    return str(number) if number else "-"


def _explain(found: list[Language], *, details: bool) -> None:
    """What to do next, in sentences."""
    if not found:
        print("There is no language but English yet. Begin one: booklet locale new TAG")
        return
    if not details:
        print("To see each file and what is wrong: booklet locale status TAG --details")
    states = [state for each in found for state in each.states]
    if any(state.review == "review reopened" for state in states):
        print(
            "Review reopened: a text or its translation has changed since. Have it read, and review it again."
        )
    if any(state.wrong for state in states):
        print("Mend what is wrong first: a lost digit in a dose or a phone number can harm.")


def _tell_left_out(project: Project, found: list[Language]) -> None:
    """Where a language leaves a layout out, because its words do not fit there."""
    from booklet import inputs
    from booklet.problems import ProblemsFound

    for each in found:
        try:
            own = inputs.variant(project, each.locale.tag)
        except ProblemsFound:
            continue  # told with what does not fit
        if own is None:
            continue
        for document, layouts in own.variant.leaves_out.items():
            print(f"{each.locale.name} leaves out, by {own.tree.file}: {document} in {', '.join(layouts)}")


def _print_json(found: list[Language], unfit: list[Problem]) -> None:
    import json

    keys = ("there", "total", "translated", "fuzzy", "missing", "wrong", "avoided", "old", "review")
    languages = [
        {
            "tag": each.locale.tag,
            "name": each.locale.name,
            "files": {state.name: {key: getattr(state, key) for key in keys} for state in each.states},
            "documents": {name: {"ready": not reason, "waits-for": reason} for name, reason in each.waits},
        }
        for each in found
    ]
    unfitting = [{"place": str(problem.place), "message": problem.message} for problem in unfit]
    print(json.dumps({"languages": languages, "does-not-fit": unfitting}, indent=2, ensure_ascii=False))


def _unfit(project: Project, each: Language) -> list[Problem]:
    """What does not fit: every document that has a catalogue, in every layout that suits it; what is not
    translated yet is set in English."""
    from booklet import build, report
    from booklet.problems import ProblemsFound

    documents = [name for name, _ in each.waits if name in project.catalogues(each.locale.tag)]
    asked = build.orders(
        project, documents, [each.locale.tag], None, build.EDITIONS, None, None, incomplete=True
    )
    found: list[Problem] = []
    orders: list[build.Order] = []
    for one in asked:
        if isinstance(one, build.Order):
            orders.append(one)
        else:
            found.append(one)
    with report.progress(sum(order.files() for order in orders)) as advance:
        for order in orders:
            advance(f"{order.document} ({order.locale})", 0)
            try:
                for _ in build.make(project, order):
                    advance("", 1)
            except ProblemsFound as problems:
                found += problems.problems
    return list(dict.fromkeys(found))
