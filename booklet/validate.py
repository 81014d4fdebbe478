"""Checks what a YAML file says against a model, and tells every fault in plain words at its place."""

from __future__ import annotations

import types
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Annotated, Any, TypeVar, Union, get_args, get_origin

from booklet.problems import Place, Problem, ProblemsFound
from booklet.wording import listed, quoted, suggestion
from booklet.yamlfile import MOST_PROBLEMS, Data, KeyPath, Mistake, Tree

if TYPE_CHECKING:
    from pydantic import BaseModel
    from pydantic_core import ErrorDetails

    Model = TypeVar("Model", bound=BaseModel)

KIND = "\x1f"
"""Begins the tags by which models tell the kinds of a block apart. No key in a file can hold it."""

MODIFIERS = ("sources", "keep", "columns")
"""Keys that can stand beside the one that names a block's kind."""


def validate(tree: Tree, model: type[Model]) -> Model:
    """The model that `tree` describes. Raises ProblemsFound with all that is wrong in it."""
    from pydantic import ValidationError

    try:
        return model.model_validate(tree.data)
    except ValidationError as error:
        errors = [details for details in error.errors(include_url=False) if not _echo(details)]
        raise ProblemsFound(_problems(tree, model, errors)) from None


def _problems(tree: Tree, model: type[BaseModel], errors: Sequence[ErrorDetails]) -> list[Problem]:
    found = [(details, _problem(tree, model, details)) for details in errors[:MOST_PROBLEMS]]
    misspelt = {problem.hint for details, problem in found if details["type"] == "extra_forbidden"}
    problems = {
        problem: None
        for details, problem in found
        if details["type"] != "missing" or _meant(str(details["loc"][-1])) not in misspelt
    }
    ordered = sorted(problems, key=lambda problem: problem.place)
    if len(errors) > MOST_PROBLEMS:
        message = f"There are {len(errors) - MOST_PROBLEMS:,} more problems in this file."
        ordered.append(Problem(Place(tree.file), message, "Mend these first."))
    return ordered


def _echo(error: ErrorDetails) -> bool:
    """Whether pydantic calls a list too short only because some of its items are wrong."""
    return error["type"] == "too_short" and len(error["input"]) >= error["ctx"]["min_length"]


def _meant(key: str) -> str:
    """The hint to a misspelt `key`: it is then not told of as missing as well."""
    return suggestion(key, [key])


def _problem(tree: Tree, model: type[BaseModel], error: ErrorDetails) -> Problem:
    path: KeyPath = tuple(part for part in error["loc"] if not str(part).startswith(KIND))
    kind = error["type"]
    if kind == "missing" and isinstance(path[-1], int):
        return tree.problem(path[:-1], f"{_subject(path)} is missing.", "Add it to the list.")
    if kind == "missing":
        place = tree.key_place(path[:-1])
        message = f"{quoted(str(path[-1]))} is missing here."
        return Problem(place, message, f'Add "{path[-1]}: …".', tree.excerpt(place))
    if kind == "extra_forbidden":
        known = [name for _, each in _models_at(model, error["loc"][:-1]) for name in _keys(each)]
        message = f"The key {quoted(str(path[-1]))} is not known here."
        return tree.problem(path, message, suggestion(str(path[-1]), known, "Known keys"), at_key=True)
    if kind == "kind":
        tags = [tag for tag, _ in _models_at(model, error["loc"]) if tag]
        return _kind_problem(tree, path, tags, elsewhere=_kinds(model))
    if kind == "value_error" and isinstance(mistake := error["ctx"]["error"], Mistake):
        if path[-1:] == ("[key]",):  # pydantic's name for a key of a mapping
            return tree.problem(path[:-1], mistake.message, mistake.hint, at_key=True)
        at = (*path, *mistake.at)
        return tree.problem(at, mistake.message, mistake.hint, fragment=mistake.fragment)
    value = error["input"]
    if value is None:
        message, hint = f"{_subject(path)} is empty.", "Write its value after the colon, or take it away."
        return tree.problem(path, message, hint, at_key=True)
    if kind in ("too_short", "too_long"):
        return tree.problem(path, *_count(_subject(path), len(value), error["ctx"]))
    expected, hint = _expectation(kind, error.get("ctx", {}), value)
    if kind.startswith("model") and (keys := _first_keys(model, error["loc"])):
        hint = f'Write it with its keys, such as "{keys[0]}: …".'
    message = f"{_subject(path)} must be {expected}, but this is {_described(value)}."
    return tree.problem(path, message, hint)


def _count(subject: str, length: int, context: Mapping[str, Any]) -> tuple[str, str]:
    """Message and hint for a list of the wrong length."""
    if not length:
        return f"{subject} is an empty list.", "Add an item, or take the key away."
    items = "1 item" if length == 1 else f"{length} items"
    if "max_length" in context:
        most = context["max_length"]
        return f"{subject} has {items}, and can have at most {most}.", "Take some away."
    return f"{subject} has {items}, and needs at least {context['min_length']}.", "Add another one."


def _subject(path: KeyPath) -> str:
    if not path:
        return "The file"
    if isinstance(path[-1], int):
        return f"Item {path[-1] + 1} of {_subject(path[:-1])}"
    return quoted(path[-1])


def _described(value: Data) -> str:
    if isinstance(value, str):
        return quoted(value)
    if isinstance(value, list):
        return "a list" if value else "an empty list"
    return "a group of keys" if value else "nothing"


_TEXT_HINT = 'A text that holds a colon needs quotation marks: "Note: call first."'
_EXPECTED: Mapping[str, Callable[[Any], str]] = {
    "text": lambda c: "a text",
    "string_type": lambda c: "a text",
    "list_type": lambda c: "a list",
    "tuple_type": lambda c: "a list",
    "dict_type": lambda c: "a group of keys",
    "model_type": lambda c: "a group of keys",
    "model_attributes_type": lambda c: "a group of keys",
    "bool_type": lambda c: '"true" or "false"',
    "bool_parsing": lambda c: '"true" or "false"',
    "int_type": lambda c: "a whole number",
    "int_parsing": lambda c: "a whole number",
    "int_parsing_size": lambda c: "a whole number",
    "int_from_float": lambda c: "a whole number",
    "date_type": lambda c: "a date",
    "float_type": lambda c: "a number",
    "float_parsing": lambda c: "a number",
    "finite_number": lambda c: "a number",
    "greater_than": lambda c: f"more than {c['gt']:g}",
    "less_than": lambda c: f"less than {c['lt']:g}",
    "greater_than_equal": lambda c: f"at least {c['ge']:g}",
    "less_than_equal": lambda c: f"at most {c['le']:g}",
}


def _expectation(kind: str, context: Mapping[str, Any], value: Data) -> tuple[str, str]:
    """What should stand here, and a hint, for one of pydantic's error types."""
    if kind == "literal_error":
        choices: list[str] = [
            part.strip("'") for part in context["expected"].replace(" or ", ", ").split(", ")
        ]
        hint = suggestion(value, choices) if isinstance(value, str) and len(choices) > 1 else ""
        return listed(choices), hint if hint.startswith("Did") else ""
    expected = _EXPECTED[kind](context) if kind in _EXPECTED else "something else"
    if expected == "a text" and isinstance(value, dict):
        return expected, _TEXT_HINT
    if expected == "a list" and isinstance(value, str):
        return expected, f"Put it into brackets: [{quoted(value)[1:-1]}]." if value else ""
    return expected, ""


def _kind_problem(tree: Tree, path: KeyPath, kinds: Sequence[str], *, elsewhere: Collection[str]) -> Problem:
    """A block whose kind cannot be told: no key names one, or two do, or one that stands `elsewhere`."""
    value = tree.data
    for part in path:
        value = value[part]  # type: ignore[index]
    can_stand = f"What can stand here: {listed(kinds, 'and')}."
    if not value:
        return tree.problem(path, f"{_subject(path)} is empty.", can_stand)
    if not isinstance(value, dict):
        message = f"{_subject(path)} must be a block, but this is {_described(value)}."
        return tree.problem(path, message, f'Begin it with its kind: "- {kinds[0]}: …". {can_stand}')
    named = [key for key in value if key in kinds]
    if len(named) > 1:
        message = f"This block has {len(named)} kinds at once: {listed(named, 'and')}."
        return tree.problem((*path, named[1]), message, 'Begin each block with "- ".', at_key=True)
    stranger = next((key for key in value if key not in MODIFIERS), None)
    if stranger is None:
        return tree.problem(path, "This block does not name its kind.", can_stand)
    message = f"{quoted(stranger)} is not a block that can stand here."
    hint = "" if stranger in elsewhere else suggestion(stranger, kinds)
    return tree.problem((*path, stranger), message, hint if hint[:3] == "Did" else can_stand, at_key=True)


def _keys(model: type[BaseModel]) -> list[str]:
    return [info.alias or name for name, info in model.model_fields.items()]


def _first_keys(model: type[BaseModel], loc: Sequence[str | int]) -> list[str]:
    return [name for _, each in _models_at(model, loc)[:1] for name in _keys(each)]


def _models_at(model: type[BaseModel], loc: Sequence[str | int]) -> list[tuple[str, type[BaseModel]]]:
    """The models that can stand at `loc`, each with the kind that chooses it."""
    found: list[tuple[str, type[BaseModel]]] = [("", model)]
    for part in loc:
        if isinstance(part, int):
            continue
        if part.startswith(KIND):
            found = [each for each in found if each[0] == part[len(KIND) :]]
            continue
        found = [
            inner
            for _, each in found
            for name, info in each.model_fields.items()
            if part == (info.alias or name)
            for inner in _models_in(info.annotation)
        ] or found
    return found


def misnamed(tree: Tree, key: str, name: str, stem: str) -> Iterator[Problem]:
    """A problem if the file, named `stem` without its ending, calls itself otherwise under `key`."""
    if name != stem:
        message = f"The {key} {quoted(name)} is not the name of the file."
        hint = f'Write "{key}: {stem}", or rename the file to "{name}.yaml".'
        yield tree.problem((key,), message, hint)


def _kinds(model: type[BaseModel]) -> set[str]:
    """Every kind of block that can stand anywhere in a file."""
    kinds, waiting = set(), [model]
    seen = {model}
    while waiting:
        for info in waiting.pop().model_fields.values():
            for tag, inner in _models_in(info.annotation):
                kinds.add(tag)
                if inner not in seen:
                    seen.add(inner)
                    waiting.append(inner)
    return kinds


def _models_in(annotation: Any, tag: str = "") -> Iterator[tuple[str, type[BaseModel]]]:
    """Every model named in a type, with the tag it stands under."""
    from pydantic import BaseModel, Tag

    origin = get_origin(annotation)
    if origin is Annotated:
        inner, *notes = get_args(annotation)
        tags = [note.tag.removeprefix(KIND) for note in notes if isinstance(note, Tag)]
        yield from _models_in(inner, tags[0] if tags else tag)
    elif origin in (Union, types.UnionType, tuple, list, dict):
        for inner in get_args(annotation):
            yield from _models_in(inner, tag)
    elif isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield tag, annotation
