"""Times booklet's own commands in new processes, and the stages of a build inside one.

    python -m benchmarks.commands

Prints two tables in Markdown; README.md says what stands in them.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

from benchmarks.pamphlet import DOCUMENT, EDITION, LAYOUT, LOCALE
from benchmarks.peers import ROOT, WARM_UP, machine, run_python

ONE = ("build", DOCUMENT, "--locale", LOCALE, "--layout", LAYOUT, "--edition", EDITION)
COMMANDS = {
    "nothing but Python": None,
    "`booklet --help`": ("--help",),
    "`booklet list`": ("list",),
    "`booklet build` of one PDF": ONE,
    "`booklet build` of everything": ("build",),
}
STAGES = {
    "read YAML, catalogues, pictures": ("booklet.inputs", "read"),
    "resolve": ("booklet.resolve", "resolve"),
    "compose": ("booklet.compose.copyfit", "compose"),
    "write the PDF": ("booklet.pdf.write", "write"),
}


def commands(rounds: int) -> str:
    """Milliseconds of each command in a new process, taking turns."""
    times: dict[str, list[float]] = {name: [] for name in COMMANDS}
    with tempfile.TemporaryDirectory() as folder:
        for number in range(-1, rounds):
            for name, arguments in COMMANDS.items():
                command = ["-m", "booklet", *arguments] if arguments else ["-c", ""]
                if arguments and arguments[0] == "build":
                    command += ["--out", folder]
                time = run_python(command, Path(folder) / "bytecode")
                if number >= 0:
                    times[name].append(time)
    rows = [f"| {name} | {median(each):.0f} | {min(each):.0f} |" for name, each in times.items()]
    return "\n".join(["| command, in a new process | median | minimum |", "| --- | ---: | ---: |", *rows])


class Stopwatch:
    """Sums up the time spent in functions that it stands in for."""

    def __init__(self) -> None:
        self.spent = dict.fromkeys(STAGES, 0.0)

    def watch(self) -> None:
        """Put a timed function in the place of every stage. Importing the stages is not timed."""
        for stage, (module, name) in STAGES.items():
            home = import_module(module)
            setattr(home, name, self._timed(stage, getattr(home, name)))

    def _timed(self, stage: str, work: Callable[..., Any]) -> Callable[..., Any]:
        def timed(*arguments: Any, **options: Any) -> Any:
            start = perf_counter()
            try:
                return work(*arguments, **options)
            finally:
                self.spent[stage] += (perf_counter() - start) * 1000

        return timed

    def laps(self) -> dict[str, float]:
        """Milliseconds a stage since the last call. Raises RuntimeError if a stage was not passed."""
        if missed := [stage for stage, spent in self.spent.items() if not spent]:
            raise RuntimeError(f"The build no longer passes through: {', '.join(missed)}.")
        spent = self.spent
        self.spent = dict.fromkeys(STAGES, 0.0)
        return spent


def stages(rounds: int) -> str:
    """Milliseconds of each stage for one PDF: the first in a process, and later ones."""
    from booklet.build import Order, make
    from booklet.project import Project

    stopwatch = Stopwatch()
    stopwatch.watch()
    laps = []
    order = Order(DOCUMENT, LOCALE, (LAYOUT,), (EDITION,))
    for _ in range(1 + WARM_UP + rounds):
        start = perf_counter()
        list(make(Project.at(ROOT), order))
        total = (perf_counter() - start) * 1000
        lap = stopwatch.laps()
        laps.append({**lap, "the rest": total - sum(lap.values()), "together": total})
    rows = [
        f"| {stage} | {first:.1f} | {median(later := [lap[stage] for lap in laps[1 + WARM_UP :]]):.1f}"
        f" | {min(later):.1f} |"
        for stage, first in laps[0].items()
    ]
    heads = "| stage | first in a process | warm, median | warm, minimum |"
    return "\n".join([heads, "| --- | ---: | ---: | ---: |", *rows])


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rounds", type=int, default=10, help="rounds of commands (default 10)")
    parser.add_argument("--warm", type=int, default=40, help="warm documents (default 40)")
    options = parser.parse_args()
    print(f"{machine()}\n\nMilliseconds.\n")
    print(commands(options.rounds), stages(options.warm), sep="\n\n")


if __name__ == "__main__":
    main()
