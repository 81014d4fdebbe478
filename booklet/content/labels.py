"""The YAML format of the few words that booklet itself adds to a page."""

from __future__ import annotations

import re
from typing import Annotated, Any

from pydantic import AfterValidator, Discriminator, Tag, WithJsonSchema

from booklet.content.base import Strict
from booklet.validate import KIND
from booklet.wording import listed, quoted
from booklet.yamlfile import Mistake


def holds(*names: str) -> AfterValidator:
    """A label in which exactly these words stand in braces."""

    def check(text: str) -> str:
        found = re.findall(r"\{([^{}]*)\}", text)
        if sorted(found) != sorted(names):
            wanted = listed([f"{{{name}}}" for name in names], "and") if names else "no braces"
            raise Mistake(f"{quoted(text)} must hold {wanted}.", "Copy the words in braces exactly.")
        return text

    return AfterValidator(check)


class Counted(Strict):
    """Words that depend on a number. Other languages have as many forms as they tell numbers apart."""

    one: str
    other: str


def _text_or_forms(value: Any) -> str:
    return KIND + ("forms" if isinstance(value, dict) else "text")


Counting = Annotated[
    Annotated[str, Tag(KIND + "text")] | Annotated[Counted, Tag(KIND + "forms")],
    Discriminator(_text_or_forms),
]
"""Words, or with a number in them those for one and for others."""

_SCHEMA = WithJsonSchema({"type": "string"})
Label = Annotated[str, holds(), _SCHEMA]


class LabelTexts(Strict):
    """`content/labels.yaml`, in English; other languages have a `labels.po`."""

    draft: Label
    unreviewed: Label
    version: Annotated[str, holds("version"), _SCHEMA]
    reviewed: Annotated[str, holds("reviewed", "next"), _SCHEMA]
    stamp: Label
    text_message: Label
    page_of: Annotated[str, holds("page", "pages"), _SCHEMA]
    link_phone: Annotated[str, holds("number"), _SCHEMA]
    link_web: Annotated[str, holds("address"), _SCHEMA]
    step: Annotated[str, holds("number"), _SCHEMA]
    yes: Label
    no: Label
    year: Label
    month: Label
    day: Label
    name: Label
    phone: Label
    when: Label
    total: Annotated[str, holds("most"), _SCHEMA]
    points: Annotated[str, holds("points"), _SCHEMA]
    option: Annotated[str, holds("question", "answer"), _SCHEMA]
    contents: Label
    notes: Label
