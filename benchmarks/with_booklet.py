"""Sets the pamphlet with booklet, from its YAML files: reading, resolving, composing, writing."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from benchmarks.pamphlet import DOCUMENT, EDITION, LAYOUT, LOCALE, SITE


def maker(folder: Path) -> Callable[[], bytes]:
    """A function from the files of `folder`/project and the library to a PDF, for the site if it is there."""
    from booklet.build import Made, Order, make
    from booklet.cli import prepare
    from booklet.project import Project

    prepare()
    project = Project.at(folder / "project")

    def make_one() -> bytes:
        site = SITE if SITE in project.sites() else None
        order = Order(DOCUMENT, LOCALE, (LAYOUT,), (EDITION,), site)
        return next(made.data for made in make(project, order) if isinstance(made, Made))

    return make_one
