"""Makes docs/reference.md: every command and every key of the YAML files, from the program itself.

    python -m tools.make_reference

The commands come from booklet/cli.py, the keys from the JSON Schemas that `booklet schema` prints, what a key
means from the docstring under it in its model. A test holds the page to be up to date.
"""

from __future__ import annotations

import ast
import inspect
import json
import re
import textwrap
from collections.abc import Iterable, Iterator
from enum import Enum
from itertools import pairwise
from pathlib import Path
from typing import Any, Literal, get_args, get_origin, get_type_hints

import typer
from pydantic import BaseModel

from booklet import cli
from booklet.content.base import Strict
from booklet.content.model import Content
from booklet.layout.model import Layout
from booklet.layout.theme import Theme
from booklet.locales.glossary import GlossaryFile
from booklet.locales.region import Region
from booklet.locales.site import Site
from booklet.locales.variant import Variant
from booklet.schema import SCHEMAS
from booklet.validate import MODIFIERS

ROOT = Path(__file__).resolve().parent.parent
REFERENCE = ROOT / "docs" / "reference.md"

HEAD = """\
# Reference

Every command and every key, made from the program itself by `python -m tools.make_reference`: do not edit
this page. How to use them is told in [content.md](content.md), [sites.md](sites.md),
[regions.md](regions.md) and [layouts.md](layouts.md).
"""
FILES: dict[str, tuple[type[BaseModel], str, str]] = {
    "content": (Content, "Documents", "content/ID.yaml"),
    "site": (Site, "Sites", "sites/ID.yaml"),
    "region": (Region, "Regions", "content/regions/NAME.yaml"),
    "glossary": (GlossaryFile, "Glossaries", "content/glossary/TAG.yaml"),
    "layout": (Layout, "Layouts", "layouts/ID.yaml"),
    "theme": (Theme, "Themes", "layouts/themes/ID.yaml"),
    "locale": (Variant, "Locales", "content/locales/TAG/locale.yaml"),
}
"""For each kind of schema its model, a heading, and where such files stand."""

BLOCK = "Block"
"""How the names of the blocks' models end."""
Schema = dict[str, Any]


def reference() -> str:
    """The whole page."""
    parts = [HEAD, "## Commands\n"]
    parts += [_command(info) for info in cli.app.registered_commands]
    for group in cli.app.registered_groups:
        assert group.typer_instance
        parts += [_command(info, f"{group.name} ") for info in group.typer_instance.registered_commands]
    told: set[str] = set()
    for kind, (root, heading, place) in FILES.items():
        parts.append(f"## {heading}\n\n`{place}`. The schema for editors: `booklet schema {kind}`.\n")
        parts += _models(root, SCHEMAS[kind](), told)
    parts.append(_values_icons_and_typefaces())
    return "\n".join(parts)


def _values_icons_and_typefaces() -> str:
    from booklet.content.values import NAMES
    from booklet.iconset import icons
    from booklet.typeset.fonts import FONT_FOLDER, font_files

    values = _listed(f"{{{{ {group}.{name} }}}}" for group, names in NAMES.items() for name in names)
    families = dict.fromkeys(file.family for file in font_files(FONT_FOLDER))
    return (
        f"## Values\n\nWhat a text can ask for: {values}.\n\n"
        f"## Icons\n\n{', '.join(f'`{name}`' for name in icons())}.\n\n"
        f"## Typefaces\n\nThe families that a theme can name: {', '.join(families)}.\n"
    )


# --- commands ------------------------------------------------------------------------------------


def _command(info: typer.models.CommandInfo, group: str = "") -> str:
    assert info.callback
    name = group + (info.name or info.callback.__name__)
    hints = get_type_hints(info.callback, include_extras=True)
    found = [(key, *get_args(hint)) for key, hint in hints.items() if key != "return"]
    arguments = [each for each in found if isinstance(each[2], typer.models.ArgumentInfo)]
    options = [each for each in found if isinstance(each[2], typer.models.OptionInfo)]
    usage = " ".join(["booklet", name, *(_argument(*each) for each in arguments)])
    lines = [f"### {name}\n", f"```text\n{usage}{' [OPTIONS]' if options else ''}\n```\n"]
    lines += [f"{paragraph}\n" for paragraph in _paragraphs(inspect.getdoc(info.callback) or "")]
    for key, hint, about in arguments:
        choices = f" {_listed(words).capitalize()}." if (words := _choices(hint)) else ""
        lines.append(f"`{about.metavar or key.upper()}`: {about.help}{choices}\n")
    if options:
        rows = [
            (_flags(key, about), _choices_or(hint, about), about.help or "") for key, hint, about in options
        ]
        lines.append(_table(("option", "value", "meaning"), rows))
    return "\n".join(lines)


def _argument(key: str, hint: Any, about: Any) -> str:
    word = about.metavar or key.upper()
    return f"[{word}]..." if _several(hint) else word


def _several(hint: Any) -> bool:
    return any(getattr(each, "__origin__", None) is list for each in (hint, *get_args(hint)))


def _flags(key: str, about: Any) -> str:
    """The spellings of an option. Typer keeps the first as a default, and makes one up if there is none."""
    told = [each for each in (about.default, *(about.param_decls or ())) if isinstance(each, str)]
    return _listed(told or [f"--{key.replace('_', '-')}"])


def _choices(hint: Any) -> list[str]:
    if isinstance(hint, type):
        return [str(each.value) for each in hint] if issubclass(hint, Enum) else []
    if get_origin(hint) is Literal:
        return list(get_args(hint))
    return [choice for each in get_args(hint) for choice in _choices(each)]


def _choices_or(hint: Any, about: Any) -> str:
    value = _listed(_choices(hint)) or (f"`{about.metavar}`" if about.metavar else "")
    return f"{value}; may be given several times" if _several(hint) else value


def _paragraphs(text: str) -> Iterator[str]:
    """The help in Markdown. Lines after a backspace are kept as they stand: examples."""
    for paragraph in text.split("\n\n"):
        if not paragraph.startswith("\b"):
            yield paragraph
            continue
        title, *lines = paragraph.removeprefix("\b").strip("\n").splitlines()
        yield f"{title}\n\n```console\n" + "\n".join(f"$ {line.strip()}" for line in lines) + "\n```"


# --- files ---------------------------------------------------------------------------------------

_PATTERNS = {
    r"^[a-z0-9]+(?:-[a-z0-9]+)*$": "name in small letters, digits and hyphens",
    r"^[a-z][a-z0-9-]*$": "name in small letters, digits and hyphens",
    r"^[A-Za-z0-9]+(?:[-.][A-Za-z0-9]+)*$": "id of a source",
    r"^[a-z]{2,3}(?:-[A-Z][a-z]{3})?(?:-(?:[A-Z]{2}|[0-9]{3}))?$": "language tag, such as `en`",
    r"^[A-Z]{2}$": "code of a country, such as `US`",
    r"^[0-9]{2,6}$": 'digits, such as `"911"`',
    r"^(?:true|false)$": "`true` or `false`",
    r"(-?\d+(?:\.\d+)?)\s*(pt|mm|cm|in)?": "length, such as `18pt`, `5mm` or `0.25in`",
    r"#[0-9a-fA-F]{6}": 'colour, such as `"#12484f"`',
}
"""Patterns of the schemas in words."""


def _models(root: type[BaseModel], schema: Schema, told: set[str]) -> Iterator[str]:
    """The file's own keys, its blocks, then each group of keys in the order in which they are first met."""
    classes = {each.__name__: each for each in _subclasses(Strict)}
    definitions: dict[str, Schema] = schema.get("$defs", {})
    yield _keys(root, schema)
    if any(name.endswith(BLOCK) for name in definitions):
        yield _blocks(definitions)
    waiting = list(_references(schema["properties"]))
    while waiting:
        name = waiting.pop(0)
        if name in told:
            continue
        told.add(name)
        waiting = [*_references(definitions[name]["properties"]), *waiting]
        if not name.endswith(BLOCK):
            schema = definitions[name]
            yield f"### {_words(name)}\n\n{_about(schema)}\n\n{_keys(classes[name], schema)}"


def _blocks(definitions: dict[str, Schema]) -> str:
    """Every kind of block, and what may stand beside the key that names the kind."""
    rows = []
    beside: dict[str, str] = {}
    for name, schema in definitions.items():
        if name.endswith(BLOCK):
            kind = kind_of(name)
            keys = schema["properties"]
            rows.append(
                (f"`{kind}`", _holds(keys[kind]), _about(schema), _listed(k for k in keys if k != kind))
            )
            beside |= {key: _holds(each) for key, each in keys.items() if key in MODIFIERS and key != kind}
    kinds = _table(("kind", "holds", "what it is", "may stand beside it"), rows)
    more = _table(
        ("beside the kind", "holds"), [(f"`{key}`", beside[key]) for key in MODIFIERS if key in beside]
    )
    return f"### Blocks\n\n{kinds}\n{more}"


def kind_of(name: str) -> str:
    """The key that names the kind of a block: `yes-no` of YesNoBlock."""
    return re.sub(r"(?<!^)([A-Z])", r"-\1", name.removesuffix(BLOCK)).lower()


def _about(schema: Schema) -> str:
    return " ".join((schema.get("description") or "").split())


def _subclasses(kind: type[BaseModel]) -> Iterator[type[BaseModel]]:
    for each in kind.__subclasses__():
        yield each
        yield from _subclasses(each)


def _references(schema: Any) -> Iterator[str]:
    """The names of all groups of keys that a schema leads to, in order."""
    if isinstance(schema, dict):
        if isinstance(target := schema.get("$ref"), str):
            yield target.rpartition("/")[2]
        for each in schema.values():
            yield from _references(each)
    elif isinstance(schema, list):
        for each in schema:
            yield from _references(each)


def _words(name: str) -> str:
    """`ListItem` as a heading: List item."""
    return re.sub(r"(?<!^)([A-Z])", r" \1", name).capitalize()


def _keys(kind: type[BaseModel], schema: Schema) -> str:
    notes = _notes(kind)
    required = schema.get("required", ())
    rows = [
        (f"`{key}`", _value(key, each), "needed" if key in required else _default(each), notes.get(key, ""))
        for key, each in schema["properties"].items()
    ]
    heads = ("key", "holds", "if left out", "meaning")
    if not any(notes for *_, notes in rows):
        return _table(heads[:3], [row[:3] for row in rows])
    return _table(heads, rows)


def _notes(kind: type[BaseModel]) -> dict[str, str]:
    """The docstring under each field, by the key that the file knows it by."""
    found = {}
    for each in reversed(kind.__mro__):
        if not issubclass(each, BaseModel) or each is BaseModel:
            continue
        body = ast.parse(textwrap.dedent(inspect.getsource(each))).body[0]
        assert isinstance(body, ast.ClassDef)
        for statement, after in pairwise(body.body):
            match statement, after:
                case ast.AnnAssign(target=ast.Name(id=name)), ast.Expr(value=ast.Constant(value=str(text))):
                    found[kind.model_fields[name].alias or name] = " ".join(text.split())
    return found


def _value(key: str, schema: Schema) -> str:
    return "name of an [icon](#icons)" if key == "icon" else _holds(schema)


def _default(schema: Schema) -> str:
    value = schema.get("default")
    if value is None or value in ([], {}, ""):
        return "none"
    if isinstance(value, list):
        return f"`[{', '.join(map(str, value))}]`"
    return f"`{json.dumps(value)}`" if isinstance(value, bool) else f"`{value}`"


def _holds(schema: Schema) -> str:
    """What can stand behind a key, in words."""
    if "$ref" in schema:
        return _link(schema["$ref"].rpartition("/")[2])
    if "enum" in schema or "const" in schema:
        return _listed(schema.get("enum") or [schema["const"]])
    if choices := schema.get("anyOf") or schema.get("oneOf"):
        return _one_of([each for each in choices if each.get("type") != "null"])
    if schema["type"] == "array":
        if "prefixItems" in schema:
            return " and ".join(_holds(each) for each in schema["prefixItems"])
        return f"list of: {_holds(schema['items'])}"
    if schema["type"] == "object":
        (each,) = (schema.get("patternProperties") or {"": schema["additionalProperties"]}).values()
        return f"groups by name, each {_holds(each)}"
    return _scalar(schema)


def _one_of(choices: list[Schema]) -> str:
    names = [str(each.get("$ref", "")).rpartition("/")[2] for each in choices]
    blocks = [kind_of(name) for name in names if name.endswith(BLOCK)]
    if len(blocks) == len(choices):
        return f"[blocks](#blocks): {_listed(blocks)}"
    return ", or ".join(dict.fromkeys(map(_holds, choices)))


def _scalar(schema: Schema) -> str:
    types: set[str] = {schema["type"]} if isinstance(schema["type"], str) else set(schema["type"])
    if "minimum" in schema or "exclusiveMinimum" in schema:
        return ("whole number" if "integer" in types else "number") + _limits(schema)
    if (pattern := schema.get("pattern")) is not None:
        return _PATTERNS.get(pattern, f"text like `{pattern}`")
    if "format" in schema:
        return {"date": "date, such as `2026-11-22`", "uri": "web address"}[schema["format"]]
    if "null" in types:
        return "text, or nothing"
    if "string" in types:
        return "text"
    return "`true` or `false`" if "boolean" in types else "number"


def _limits(schema: Schema) -> str:
    most = f"{schema['maximum']:g}" if "maximum" in schema else ""
    if "exclusiveMinimum" in schema:
        return f", more than {schema['exclusiveMinimum']:g}" + (f", at most {most}" if most else "")
    return f", {schema['minimum']:g} to {most}" if most else f", at least {schema['minimum']:g}"


def _link(name: str) -> str:
    words = _words(name)
    return f"[{words.lower()}](#{words.lower().replace(' ', '-')})"


def _listed(words: Iterable[str]) -> str:
    quoted = [f"`{word}`" for word in words]
    return " or ".join(filter(None, (", ".join(quoted[:-1]), quoted[-1]))) if quoted else ""


def _table(heads: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = [heads, tuple("---" for _ in heads), *rows]
    return (
        "\n".join("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |" for line in lines)
        + "\n"
    )


def main() -> None:
    REFERENCE.write_text(reference(), encoding="utf-8")


if __name__ == "__main__":
    main()
