"""The YAML format of the few words that booklet itself adds to a page."""

from __future__ import annotations

import re
from typing import Annotated

from pydantic import AfterValidator, WithJsonSchema

from booklet.content.base import Strict
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
