"""Builds many orders, in several processes where that is quicker."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from pathlib import Path

from booklet.build import Made, Order, make, save
from booklet.problems import Place, Problem, ProblemsFound
from booklet.process import collect_less
from booklet.project import Project

TOGETHER = 3
"""Orders of a language that a process is given at a time."""
FEW = 150
"""Files up to which one process is as quick: another one takes a moment to start."""


@dataclass(frozen=True, slots=True)
class Result:
    """One PDF that was written. `body` is the body size that fitted, in points; `size` is in bytes."""

    name: str
    pages: int
    body: float
    size: int

    @classmethod
    def of(cls, made: Made) -> Result:
        return cls(made.name, made.pages, made.body, len(made.data))


@dataclass(frozen=True, slots=True)
class Report:
    """What became of an order. `unwritten` is the error of the file that could not be written."""

    results: tuple[Result, ...]
    problems: tuple[Problem, ...]
    unwritten: OSError | None = None


class WorkerLost(Exception):
    """A process was ended from outside before its work was done."""


Tell = Callable[[str, int], None]


def build_all(
    project: Project,
    orders: Sequence[Order],
    folder: Path,
    stamp: datetime | None,
    advance: Tell,
    jobs: int | None = None,
    today: date | None = None,
) -> Iterator[Report]:
    """The reports of all orders, in their order. `advance` is told a text and a number of files done.

    `jobs` is the number of processes; if None, as many as there are processors, or one for a few files.
    `stamp` and `today` are those of `make`. Raises WorkerLost.
    """
    if jobs is None:
        few = sum(order.files() for order in orders) <= FEW
        jobs = 1 if few else os.cpu_count() or 1
    work = partial(_one, project, folder=folder, stamp=stamp, today=today)
    if jobs == 1 or len(orders) < 2:
        for order in orders:
            advance(f"{order.document} ({order.locale})", 0)
            yield _told(work(order), order, advance)
        return
    yield from _shared(work, orders, min(jobs, len(orders)), advance)


def _shared(
    work: Callable[[Order], Report], orders: Sequence[Order], jobs: int, advance: Tell
) -> Iterator[Report]:
    """The same with several processes. A few documents of a language stay with one of them, which then knows
    its words."""
    from concurrent.futures import ProcessPoolExecutor, as_completed
    from concurrent.futures.process import BrokenProcessPool
    from multiprocessing import get_context

    # A new interpreter for each: to fork a process with threads, such as the progress bar's, is not safe.
    with ProcessPoolExecutor(jobs, mp_context=get_context("spawn"), initializer=collect_less) as pool:
        running = {
            pool.submit(_in_turn, work, [orders[place] for place in places]): places
            for places in _groups(orders, jobs)
        }
        done: dict[int, Report] = {}
        for future in as_completed(running):
            try:
                reports = future.result()
            except BrokenProcessPool:
                raise WorkerLost from None
            for place, report in zip(running[future], reports, strict=True):
                done[place] = _told(report, orders[place], advance)
        yield from (done[place] for place in range(len(orders)))


def _groups(orders: Sequence[Order], jobs: int) -> Iterator[list[int]]:
    """The places of the orders that a process is given at a time: of one language, and of none too many."""
    most = min(TOGETHER, -(-len(orders) // jobs))
    by_locale: dict[str, list[int]] = {}
    for place, order in enumerate(orders):
        by_locale.setdefault(order.locale, []).append(place)
    for places in by_locale.values():
        for first in range(0, len(places), most):
            yield places[first : first + most]


def _in_turn(work: Callable[[Order], Report], orders: Sequence[Order]) -> list[Report]:
    return [work(order) for order in orders]


def _told(report: Report, order: Order, advance: Tell) -> Report:
    advance(f"{order.document} ({order.locale})", order.files())
    return report


def _one(
    project: Project, order: Order, *, folder: Path, stamp: datetime | None, today: date | None
) -> Report:
    """Build one order and write its files."""
    results: list[Result] = []
    problems: list[Problem | None] = []
    try:
        for made in make(project, order, stamp, today):
            if isinstance(made, Made):
                save(folder, made)
                results.append(Result.of(made))
            else:
                problems.append(made)
    except ProblemsFound as found:
        problems += found.problems
    except OSError as error:
        return Report(tuple(results), tuple(problem for problem in problems if problem), error)
    written = {result.name for result in results}
    problems += (_older(project, folder / name) for name in order.names() if name not in written)
    return Report(tuple(results), tuple(problem for problem in problems if problem))


def _older(project: Project, path: Path) -> Problem | None:
    """A file of an earlier build that could not be made anew: it looks like the new one, and is not."""
    if not path.is_file():
        return None
    message = "This file is from an earlier build and was not made anew."
    return Problem(
        Place(project.shown(path)), message, "Mend what is wrong, and build again.", severity="warning"
    )
