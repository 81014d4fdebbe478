"""The commands that begin a language and keep it up to date: `booklet locale new`, `extract`, `update`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from booklet import commands_locale_state
from booklet.commands import fail, languages, stop, today, translated_language, write

if TYPE_CHECKING:
    from booklet.locales.tags import Locale
    from booklet.problems import Problem
    from booklet.project import Project

app = typer.Typer(
    no_args_is_help=True,
    rich_markup_mode=None,
    help="Begin a language, keep it up to date, and see how far it is.\n\n"
    "docs/translating.md tells the whole way, for people who have never done it.",
)


def register(program: typer.Typer) -> None:
    """Add the commands to the program."""
    app.command()(new)
    app.command()(extract)
    app.command()(update)
    commands_locale_state.register(app)
    program.add_typer(app, name="locale")


def new(
    tag: Annotated[
        str, typer.Argument(metavar="TAG", help="The language's tag, such as so for Somali or zh-Hant.")
    ],
    documents: Annotated[
        list[str] | None,
        typer.Argument(metavar="DOCUMENT", help="Documents by id; all if none is named."),
    ] = None,
) -> None:
    """Begin a language: a catalogue for each document, for booklet's own words and for the helplines.

    The files are content/locales/TAG/NAME.po, to be translated with Poedit, Weblate or a text editor, and
    content/glossary/TAG.yaml, the words that the language uses and those it avoids, unless there is one
    that serves already, as es.yaml serves es-MX. What is there already is never changed, so the command can
    be run again when there are new documents.

    \b
    Examples:
      booklet locale new so
      booklet locale new so overdose-steps first-talk
    """
    from booklet import inputs, translation
    from booklet.locales import pofile
    from booklet.problems import ProblemsFound
    from booklet.project import Project

    project, locale = Project.at(), translated_language(tag)
    try:
        wanted = translation.names(project, locale, documents)
    except ProblemsFound as found:
        raise stop(found.problems) from None
    needless = [name for name in project.documents() if inputs.written_in(project, name, locale)]
    if documents and (same := [name for name in documents if name in needless]):
        fail(f'"{same[0]}" is written in {locale.name} already.', 2)
    if len(needless) == len(project.documents()):
        fail(f"All documents are written in {locale.name} already.", 2)
    problems: list[Problem] = []
    made = glossary = _glossary_begun(project, locale)
    day = today()
    for name in wanted:
        if project.catalogue(locale.tag, name):
            continue
        try:
            file = translation.blank(project, name, locale, day)
        except ProblemsFound as found:
            problems += found.problems
            continue
        place = f"{translation.LOCALES}/{locale.tag}/{name}.po"
        write(project.folder / place, pofile.write(file))
        made = [*made, f"  {place}  {_texts(len(file.messages))} to translate"]
    if made:
        print("\n".join(["Written:", *made]))
        first = f'fill in the glossary, run "booklet locale update {locale.tag}", and ' if glossary else ""
        print(f"Next: {first}translate the .po files.")
    else:
        print(f"Nothing is missing: {locale.name} has all its files.")
    if problems:
        raise stop(list(dict.fromkeys(problems)))


def _glossary_begun(project: Project, locale: Locale) -> list[str]:
    """Writes an empty glossary and says so; not where it would hide one that serves the language already."""
    from booklet import inputs, translation

    if any(project.find(f"{inputs.GLOSSARIES}/{each}.yaml") for each in locale.fallbacks):
        return []
    place = f"{inputs.GLOSSARIES}/{locale.tag}.yaml"
    write(project.folder / place, translation.glossary_skeleton(locale).encode())
    return [f"  {place}  words to use and words to avoid; fill it in first"]


def extract(
    documents: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="DOCUMENT", help="Documents by id, labels, guide, or region-us; all if none is named."
        ),
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option("--out", "-o", metavar="FOLDER", help="content/locales/templates if not given."),
    ] = None,
) -> None:
    """Write templates of all texts: NAME.pot, for Weblate and for translators' own tools.

    A template has each text with its context, its place in the content and notes for translators. It belongs
    to no language; "booklet locale new" is the shorter way to one.

    \b
    Examples:
      booklet locale extract
      booklet locale extract overdose-steps --out for-the-agency
    """
    from booklet import translation
    from booklet.locales import pofile
    from booklet.problems import ProblemsFound
    from booklet.project import Project

    project = Project.at()
    folder = out or project.folder / translation.TEMPLATES
    problems: list[Problem] = []
    try:
        wanted = translation.all_names(project, documents)
    except ProblemsFound as found:
        raise stop(found.problems) from None
    for name in wanted:
        try:
            file = translation.template(project, name)
        except ProblemsFound as found:
            problems += found.problems
            continue
        write(folder / f"{name}.pot", pofile.write(file))
        print(f"{folder / name}.pot  {_texts(len(file.messages))}")
    if problems:
        raise stop(list(dict.fromkeys(problems)))


def update(
    language_tags: Annotated[
        list[str] | None,
        typer.Argument(metavar="TAG", help="Languages by tag; all that there are if none is named."),
    ] = None,
) -> None:
    """Bring catalogues up to their texts, after a document has changed.

    What is translated stays. New texts are added. Where a text has changed, its old translation is marked
    fuzzy, with the old text beside it: read it again, mend it, and take the mark away. Translations of texts
    that are gone are put aside at the end of the file.

    Example: booklet locale update es
    """
    from booklet import translation
    from booklet.locales import pofile
    from booklet.problems import ProblemsFound
    from booklet.project import Project

    project = Project.at()
    wanted, problems = languages(project, language_tags)
    for tag in (locale.tag for locale in wanted):
        found_any = False
        for name in project.catalogues(tag):
            found_any = True
            try:
                change = translation.updated(project, name, tag, today())
            except ProblemsFound as found:
                problems += found.problems
                continue
            data = pofile.write(change.new)
            if data != change.data:
                write(project.folder / translation.LOCALES / tag / f"{name}.po", data)
            print(f"{tag}/{name}.po  {change.said}")
        if not found_any:
            fail(f'There is no catalogue of "{tag}". Begin it: booklet locale new {tag}', 1)
    if problems:
        raise stop(list(dict.fromkeys(problems)))


def _texts(count: int) -> str:
    return f"{count} text{'s' * (count != 1)}"
