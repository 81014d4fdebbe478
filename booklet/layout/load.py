"""Layout and theme files, read and checked against each other."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from booklet.layout.model import Layout
from booklet.layout.theme import Theme
from booklet.problems import Place, Problem, ProblemsFound
from booklet.project import Project
from booklet.validate import validate
from booklet.wording import quoted, suggestion
from booklet.yamlfile import Tree, parse, read_bytes


@dataclass(frozen=True, eq=False, slots=True)
class LayoutSource:
    """A layout with its theme, and the file for messages."""

    tree: Tree
    layout: Layout
    theme: Theme


def read(project: Project, name: str) -> LayoutSource:
    """The layout of this id with its theme. Raises ProblemsFound."""
    path = project.layouts().get(name)
    if path is None:
        raise _missing("layout", f"layouts/{name}.yaml", name, project.layouts())
    shown = project.shown(path)
    tree, layout = _layout(read_bytes(path, shown), shown)
    if layout.id != path.stem:
        message = f"The id {quoted(layout.id)} is not the name of the file."
        raise ProblemsFound([tree.problem(("id",), message, f'Write "id: {path.stem}", or rename the file.')])
    themes = project.themes()
    if layout.theme not in themes:
        message = f"There is no theme {quoted(layout.theme)}."
        raise ProblemsFound(
            [tree.problem(("theme",), message, suggestion(layout.theme, list(themes), "The themes are"))]
        )
    shown = project.shown(themes[layout.theme])
    theme = _theme(read_bytes(themes[layout.theme], shown), shown)
    unknown = [
        tree.problem(
            (*at, "look"),
            f"The theme {quoted(theme.id)} has no look {quoted(look)}.",
            suggestion(look, list(theme.looks), "Its looks are"),
        )
        for at, look in layout.looks()
        if look not in theme.looks
    ]
    if unknown:
        raise ProblemsFound(unknown)
    return LayoutSource(tree, layout, theme)


@lru_cache(maxsize=32)
def _layout(data: bytes, shown: str) -> tuple[Tree, Layout]:
    tree = parse(data, shown)
    return tree, validate(tree, Layout)


@lru_cache(maxsize=8)
def _theme(data: bytes, shown: str) -> Theme:
    return validate(parse(data, shown), Theme)


def _missing(what: str, file: str, name: str, known: Iterable[str]) -> ProblemsFound:
    message = f"There is no {what} {quoted(name)}."
    return ProblemsFound([Problem(Place(file), message, suggestion(name, list(known), f"The {what}s are"))])
