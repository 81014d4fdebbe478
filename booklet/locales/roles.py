"""What each text of a document is for, in plain words for its translators.

Keys are a model and its field; `List.field:Model` where a model's text means something else in that list.
In the words, {n} is the item's number, {row} and {column} are a cell's. What is not listed here is no text to
translate; tests/test_locale_flow.py compares the table with the models.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class Role:
    """What a text is for.

    `short` texts have little room: their translation should hardly be longer. `unprinted` ones are heard or
    searched, so their length does not matter. `markup`: whether bold, italic and links can stand in it.
    """

    words: str
    short: bool = False
    unprinted: bool = False
    markup: bool = True


def _r(words: str, *, short: bool = False, unprinted: bool = False, markup: bool = True) -> Role:
    return Role(words, short, unprinted, markup)


ROLES: Mapping[str, Role] = MappingProxyType(
    {
        "Content.title": _r("Title of the document, in large type on the cover.", short=True, markup=False),
        "Content.description": _r(
            "Not printed: the description in the PDF's properties.", unprinted=True, markup=False
        ),
        "Content.keywords": _r("Not printed: keyword in the PDF's properties.", unprinted=True, markup=False),
        "CoverBody.title": _r("Title on the cover, in large type.", short=True),
        "CoverBody.subtitle": _r("Under the title on the cover.", short=True),
        "CoverBody.note": _r("Note on the cover. It must be seen at once.", short=True),
        "SectionBody.heading": _r("Heading of a section.", short=True),
        "TextBlock.text": _r("Paragraph."),
        "HeadingBlock.heading": _r("Heading inside a section.", short=True),
        "ListBlock.list": _r("Item {n} of a list."),
        "ListItem.text": _r("Item {n} of a list."),
        "StepItem.do": _r("Step {n}: what to do, in bold.", short=True),
        "StepItem.how": _r("Step {n}: how to do it."),
        "StepItem.brief": _r("Step {n} in a few words, for cards and posters.", short=True),
        "CalloutBody.title": _r("Title of a box that stands out.", short=True),
        "CalloutBody.text": _r("Text of a box that stands out."),
        "QuoteBody.text": _r("Words that somebody says."),
        "QuoteBody.by": _r("Who says the words above.", short=True),
        "Definition.term": _r("Word {n} of those that are explained.", short=True),
        "Definition.meaning": _r("What word {n} means."),
        "TableBody.caption": _r("Title of a table."),
        "TableBody.header": _r("Table: head of column {n}. Narrow.", short=True),
        "TableBody.rows": _r("Table: row {row}, column {column}. Narrow.", short=True),
        "PictureFile.alt": _r(
            "Not printed: what a screen reader says of a picture.", unprinted=True, markup=False
        ),
        "PictureBody.caption": _r("Under a picture."),
        "ContactsBody.empty": _r("In an empty box, where a clinic's numbers are missing."),
        "ContactCard.name": _r("Name of somebody to turn to. Never change a group's own name."),
        "ContactCard.hours": _r("When one can call.", short=True),
        "ContactCard.note": _r("Note on somebody to turn to.", short=True),
        "ImprintBody.stamp": _r("Label of an empty box for a clinic's stamp.", short=True),
        "ImprintBody.notes": _r("Small print at the end."),
        # What is filled in.
        "Named.label": _r("Label of what is filled in.", short=True),
        "Named.hint": _r("Small print under a label: how to fill it in."),
        "RatingBody.label": _r("Label over a grid of lines to rate. It may begin the sentence of each line."),
        "ScoreBody.label": _r("Label of the sum.", short=True),
        "ChoiceBody.label": _r("Question with answers, of which one is chosen.", short=True),
        "ChoicesBody.label": _r("Question with answers, of which several can be chosen.", short=True),
        "LineBody.label": _r("Label of an answer line.", short=True),
        "AnswerBody.label": _r("Label of several lines to write on.", short=True),
        "GridBody.label": _r("Label of a table to fill in.", short=True),
        "PeopleBody.label": _r("Label over cards for people to call.", short=True),
        "RatingBody.scale:Answer.text": _r("Answer {n} of a scale, over a narrow column.", short=True),
        "RatingBody.items:Answer.text": _r("Line {n} of a grid to rate."),
        "ChoicesBody.options:Answer.text": _r("Answer {n} to choose."),
        "GridBody.columns:GridColumn.text": _r(
            "Head of column {n} of a table to fill in. Narrow.", short=True
        ),
        "GridBody.rows:Answer.text": _r("Line {n} of a table to fill in.", short=True),
        "Band.text": _r("What a sum can mean, from the lowest ({n}) to the highest. Kind words."),
        "PrivateBody.title": _r("Title of the note that a sheet is for one's own eyes.", short=True),
        "PrivateBody.text": _r("Note that a sheet is for one's own eyes."),
    }
)


def role(model: type, field: str, inside: str = "") -> Role | None:
    """The role of a model's field, if it is a text to translate; `inside` names the list it stands in."""
    names = [each.__name__ for each in model.__mro__]
    for name in names:
        for owner in (f"{inside}:{name}.{field}", f"{name}.{field}"):
            if found := ROLES.get(owner):
                return found
    return None
