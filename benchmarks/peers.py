"""Compares booklet with Platypus, WeasyPrint and Typst on the same pamphlet: time, size, conformance.

    python -m benchmarks.peers

Each program works in a process of its own, and they take turns: one document each, round after round.
Prints a table in Markdown; README.md says what stands in it.
"""

from __future__ import annotations

import argparse
import os
import platform
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib import import_module
from importlib.metadata import version
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from statistics import median
from time import perf_counter

from benchmarks import pamphlet
from benchmarks.pamphlet import DOCUMENT, EDITION, LAYOUT, LOCALE
from booklet.project import Project

ROOT = Path(__file__).parent.parent
ENGINES = ("booklet", "typst", "weasyprint", "platypus")
TITLES = {
    "booklet": "booklet",
    "typst": "Typst (`ua-1`)",
    "weasyprint": "WeasyPrint (`pdf/ua-1`)",
    "platypus": "Platypus (untagged, unshaped)",
}
PACKAGES = ("reportlab", "typst", "weasyprint", "jinja2", "uharfbuzz", "icu4py", "pydantic", "pyyaml")
WARM_UP = 5
"""Documents that each process makes before the clock is looked at."""
JUDGES = {"verapdf": "veraPDF", "page-validation": "page-validation"}


@dataclass
class Result:
    """What was measured of one program. Times in milliseconds."""

    same: list[float] = field(default_factory=list)
    changed: list[float] = field(default_factory=list)
    cold: list[float] = field(default_factory=list)
    data: bytes = b""
    pages: int = 0
    read_back: str = ""
    verdicts: dict[str, str] = field(default_factory=dict)


class Worker:
    """A process of its own in which one program is kept warm."""

    def __init__(self, engine: str, folder: Path) -> None:
        context = get_context("spawn")
        self.pipe, other = context.Pipe()
        self.process = context.Process(target=_serve, args=(engine, folder, other), daemon=True)
        self.process.start()

    def make(self) -> tuple[float, bytes]:
        """Milliseconds and PDF of one document. Raises what the program raised."""
        self.pipe.send("make")
        answer: tuple[float, bytes] | Exception = self.pipe.recv()
        if isinstance(answer, Exception):
            raise answer
        return answer

    def stop(self) -> None:
        self.pipe.send("stop")
        self.process.join()


def _serve(engine: str, folder: Path, pipe: Connection) -> None:
    make = import_module(f"benchmarks.with_{engine}").maker(folder)
    while pipe.recv() == "make":
        start = perf_counter()
        try:
            made = make()
        except Exception as error:
            pipe.send(RuntimeError(f"{engine}: {error!r}"))
            return
        pipe.send(((perf_counter() - start) * 1000, made))


@contextmanager
def _workers(folder: Path) -> Iterator[dict[str, Worker]]:
    workers = {engine: Worker(engine, folder) for engine in ENGINES}
    yield workers
    for worker in workers.values():
        worker.stop()


def same_again(folder: Path, project: Project, rounds: int, results: dict[str, Result]) -> None:
    """The same document in every round."""
    pamphlet.write_data(project, folder, None)
    with _workers(folder) as workers:
        for number in range(-WARM_UP, rounds):
            for engine, worker in workers.items():
                time, results[engine].data = worker.make()
                if number >= 0:
                    results[engine].same.append(time)


def changed(folder: Path, project: Project, rounds: int, results: dict[str, Result]) -> None:
    """Another site in every round: its name, address and phone. Raises RuntimeError if one is not printed."""
    made: dict[str, bytes] = {}
    with _workers(folder) as workers:
        for number in range(-WARM_UP, rounds):
            pamphlet.write_site(project, number + WARM_UP)
            data = pamphlet.write_data(project, folder, pamphlet.SITE)
            for engine, worker in workers.items():
                time, made[engine] = worker.make()
                if number >= 0:
                    results[engine].changed.append(time)
    for engine, pages in _read(folder, made).items():
        if _squeezed(data["author"]) not in _squeezed("".join(pages)):
            raise RuntimeError(f"{engine} has not set the name of the last site.")


def run_python(arguments: Sequence[str], bytecode: Path) -> float:
    """Milliseconds that a new Python takes, from start to end. Compiled modules are kept in `bytecode`,
    as they are beside an installed package."""
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    environment["PYTHONPYCACHEPREFIX"] = str(bytecode)
    start = perf_counter()
    subprocess.run(
        [sys.executable, *arguments], cwd=ROOT, env=environment, check=True, stdout=subprocess.DEVNULL
    )
    return (perf_counter() - start) * 1000


def cold(folder: Path, rounds: int, results: dict[str, Result]) -> None:
    """The whole command in a new process, imports and all."""
    out = folder / "cold.pdf"
    build = ["build", DOCUMENT, "--locale", LOCALE, "--layout", LAYOUT, "--edition", EDITION]
    for number in range(-1, rounds):
        for engine in ENGINES:
            command = ["-m", f"benchmarks.with_{engine}", str(folder), str(out)]
            if engine == "booklet":
                command = ["-m", "booklet", *build, "--out", str(folder / "output")]
            time = run_python(command, folder / "bytecode")
            if number >= 0:
                results[engine].cold.append(time)


def judge(folder: Path, data: dict[str, object], results: dict[str, Result]) -> None:
    """Pages, text that can be read back, and what the validators say."""
    from tests import tools

    wanted = [_squeezed(text) for text in pamphlet.texts(data)]
    for engine, pages in _read(folder, {engine: result.data for engine, result in results.items()}).items():
        text = _squeezed("".join(pages))
        results[engine].pages = len(pages)
        results[engine].read_back = f"{sum(one in text for one in wanted)} of {len(wanted)}"
    files = {engine: folder / f"{engine}.pdf" for engine in results}
    for name in JUDGES:
        if not tools.TOOLS[name].available():
            print(tools.TOOLS[name].absence, file=sys.stderr)
            continue
        found = tools.VALIDATORS[name](files.values())
        for engine, result in results.items():
            rules = {finding.rule for finding in found[files[engine]]}
            result.verdicts[name] = f"{len(rules)} rules broken" if rules else "passes"


def _read(folder: Path, made: dict[str, bytes]) -> dict[str, list[str]]:
    """Write the PDFs into `folder`; the text of their pages, as PDFium reads it."""
    from tests import tools

    files = {engine: folder / f"{engine}.pdf" for engine in made}
    for engine, file in files.items():
        file.write_bytes(made[engine])
    texts = tools.pdfium(files.values())
    return {engine: texts[file] for engine, file in files.items()}


def _squeezed(text: str) -> str:
    """Without white space: programs break lines at different places."""
    return "".join(text.split())


def _times(values: list[float]) -> str:
    if not values:
        return "–"
    digits = 0 if median(values) >= 100 else 1
    return f"{median(values):.{digits}f} / {min(values):.{digits}f}"


def table(results: dict[str, Result]) -> str:
    """Medians and minima in Markdown."""
    heads = [
        "",
        "warm, same again",
        "warm, new site each",
        "cold command",
        "size",
        "pages",
        "texts read back",
    ]
    rows = [[*heads, *JUDGES.values()], ["---", *["---:"] * 6, *["---"] * len(JUDGES)]]
    for engine, result in results.items():
        row = [TITLES[engine], _times(result.same), _times(result.changed), _times(result.cold)]
        row += [f"{len(result.data) / 1000:.0f} kB", str(result.pages), result.read_back]
        rows.append([*row, *(result.verdicts.get(name, "not asked") for name in JUDGES)])
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def machine(packages: Sequence[str] = PACKAGES) -> str:
    """Cores, system, Python and the versions of what was compared."""
    versions = ", ".join(f"{name} {version(name)}" for name in packages)
    python = f"{platform.python_implementation()} {platform.python_version()}"
    return f"{os.cpu_count()} cores ({platform.machine()}), {platform.system()}, {python}; {versions}"


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rounds", type=int, default=40, help="warm documents for each program (default 40)")
    parser.add_argument("--cold", type=int, default=10, help="cold commands for each program (default 10)")
    parser.add_argument("--keep", type=Path, help="a folder to keep the four PDFs in")
    options = parser.parse_args()
    results = {engine: Result() for engine in ENGINES}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        pamphlet.prepare(folder)
        project = Project.at(folder / "project")
        same_again(folder, project, options.rounds, results)
        data = pamphlet.write_data(project, folder, None)
        cold(folder, options.cold, results)
        judge(folder, data, results)
        changed(folder, project, options.rounds, results)
    if options.keep:
        options.keep.mkdir(parents=True, exist_ok=True)
        for engine, result in results.items():
            (options.keep / f"{engine}.pdf").write_bytes(result.data)
    print(machine())
    print(f"Milliseconds, median / minimum of {options.rounds} warm and {options.cold} cold rounds.\n")
    print(table(results))


if __name__ == "__main__":
    main()
