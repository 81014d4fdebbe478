"""The JSON Schemas take what booklet takes, as an editor reads it, and see what it would refuse."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from booklet import schema
from booklet.project import NO_DOCUMENTS

HERE = Path(__file__).parent
LIBRARY = HERE.parent / "content"
CONTENT = [path for path in LIBRARY.glob("*.yaml") if path.stem not in NO_DOCUMENTS]


class Editor(yaml.CSafeLoader):
    """Reads YAML 1.2 as editors do: `no` is a text, a date is a text, `true` and 988 are not.

    (An editor reads `0800` as 800; PyYAML could not, and to both schemas it is all the same.)
    """

    yaml_implicit_resolvers: dict[str, list[tuple[str, re.Pattern[str]]]] = {}  # noqa: RUF012


for tag, pattern, first in (
    ("bool", "true|True|TRUE|false|False|FALSE", "tTfF"),
    ("null", "null|Null|NULL|~|", "nN~\0"),
    ("int", "[-+]?(?:0|[1-9][0-9]*)", "-+0123456789"),
    ("float", r"[-+]?(?:\.[0-9]+|[0-9]+\.[0-9]*)", "-+.0123456789"),
):
    Editor.add_implicit_resolver(f"tag:yaml.org,2002:{tag}", re.compile(f"(?:{pattern})$"), list(first))


def errors(make: Callable[[], dict[str, Any]], path: Path) -> list[str]:
    validator = Draft202012Validator(make())
    instance = yaml.load(path.read_text(encoding="utf-8"), Editor)
    return [error.message for error in validator.iter_errors(instance)]


@pytest.mark.parametrize("make", [schema.content, schema.site, schema.region])
def test_a_schema_is_a_schema(make: Callable[[], dict[str, Any]]) -> None:
    Draft202012Validator.check_schema(make())


@pytest.mark.parametrize(
    "path",
    [*CONTENT, HERE / "project/content/good.yaml", HERE / "project/content/check.yaml"],
    ids=lambda path: path.stem,
)
def test_content_that_booklet_takes_is_valid(path: Path) -> None:
    assert errors(schema.content, path) == []


@pytest.mark.parametrize(
    "path", [*LIBRARY.glob("regions/*.yaml"), *HERE.glob("project/content/regions/*.yaml")]
)
def test_regions_that_booklet_takes_are_valid(path: Path) -> None:
    assert errors(schema.region, path) == []


def test_a_site_that_booklet_takes_is_valid() -> None:
    assert errors(schema.site, HERE / "project/sites/riverside.yaml") == []


@pytest.mark.parametrize(
    "name",
    [
        "body-empty", "callout-kind", "columns-many", "columns-word", "definition-half", "id-capitals",
        "keep-typo", "kind-unknown", "list-empty", "list-is-text", "missing-heading", "missing-title",
        "no-blocks", "only-modifiers", "picture-width", "review-status", "role-unknown", "section-in-section",
        "source-year", "sources-everything", "steps-texts", "table-no-header", "text-in-body", "title-list",
        "two-kinds", "underscore-key", "unknown-block", "unknown-key-in-callout", "unknown-modifier",
        "unknown-top-key",
        "answer-lines-many", "answer-lines-none", "answer-most-many", "choice-many", "choice-no-options",
        "choice-one-option", "choices-texts", "date-most", "field-id-capitals", "field-id-dot",
        "field-in-body", "field-in-callout", "field-in-columns", "field-is-text", "field-kind-near",
        "field-no-id", "field-no-label", "grid-column-width", "grid-columns-many", "grid-columns-none",
        "grid-columns-number", "grid-no-rows", "grid-rows-list-many", "grid-rows-many", "grid-rows-none",
        "grid-rows-texts", "line-lines", "line-most-none", "menu-choices", "menu-word", "number-most-words",
        "people-columns", "people-rows-many", "private-is-text", "private-no-text", "rating-item-id",
        "rating-items-empty", "rating-items-many", "rating-no-points", "rating-points-half",
        "rating-points-high", "rating-points-negative", "rating-points-words", "rating-scale-long",
        "rating-scale-short", "rating-scale-texts", "score-band-from", "score-band-words", "score-no-bands",
        "yes-no-options", "yes-no-underscore",
    ],
)  # fmt: skip
def test_an_editor_sees_what_booklet_would_refuse(name: str) -> None:
    assert errors(schema.content, HERE / f"bad/content/{name}.yaml")
