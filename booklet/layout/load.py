"""Layout and theme files, read and checked against each other."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from booklet.layout.model import Layout
from booklet.layout.theme import Theme
from booklet.problems import Place, Problem, ProblemsFound
from booklet.project import Project
from booklet.validate import misnamed, validate
from booklet.wording import quoted, suggestion
from booklet.yamlfile import Tree, parse, read_bytes


@dataclass(frozen=True, eq=False, slots=True)
class LayoutSource:
    """A layout with its theme, and both files for messages."""

    tree: Tree
    layout: Layout
    theme_tree: Tree
    theme: Theme


def read(project: Project, name: str) -> LayoutSource:
    """The layout of this id with its theme. Raises ProblemsFound."""
    path = project.layouts().get(name)
    if path is None:
        raise _missing("layout", f"layouts/{name}.yaml", name, project.layouts())
    shown = project.shown(path)
    tree, layout = _layout(read_bytes(path, shown), shown)
    _same_name(tree, layout.id, path)
    themes = project.themes()
    if layout.theme not in themes:
        message = f"There is no theme {quoted(layout.theme)}."
        raise ProblemsFound(
            [tree.problem(("theme",), message, suggestion(layout.theme, list(themes), "The themes are"))]
        )
    theme_tree, made = read_theme(project, layout.theme)
    unknown = [
        tree.problem(
            (*at, "look"),
            f"The theme {quoted(made.id)} has no look {quoted(look)}.",
            suggestion(look, list(made.looks), "Its looks are"),
        )
        for at, look in layout.looks()
        if look not in made.looks
    ]
    if unknown:
        raise ProblemsFound(unknown)
    return LayoutSource(tree, layout, theme_tree, made)


def read_theme(project: Project, name: str) -> tuple[Tree, Theme]:
    """The theme of this id. Raises ProblemsFound."""
    path = project.themes().get(name)
    if path is None:
        raise _missing("theme", f"layouts/themes/{name}.yaml", name, project.themes())
    shown = project.shown(path)
    tree, made = _theme(read_bytes(path, shown), shown)
    _same_name(tree, made.id, path)
    return tree, made


@lru_cache(maxsize=32)
def _layout(data: bytes, shown: str) -> tuple[Tree, Layout]:
    tree = parse(data, shown)
    return tree, validate(tree, Layout)


@lru_cache(maxsize=8)
def _theme(data: bytes, shown: str) -> tuple[Tree, Theme]:
    tree = parse(data, shown)
    return tree, theme(tree)


def theme(tree: Tree) -> Theme:
    """The theme that a file describes. Raises ProblemsFound with all that is wrong in it."""
    made = validate(tree, Theme)
    if faults := made.faults():
        raise ProblemsFound(tree.problem(at, message, hint, at_key=key) for at, message, hint, key in faults)
    return made


def _same_name(tree: Tree, name: str, path: Path) -> None:
    if problems := list(misnamed(tree, "id", name, path.stem)):
        raise ProblemsFound(problems)


def _missing(what: str, file: str, name: str, known: Iterable[str]) -> ProblemsFound:
    message = f"There is no {what} {quoted(name)}."
    return ProblemsFound([Problem(Place(file), message, suggestion(name, list(known), f"The {what}s are"))])
