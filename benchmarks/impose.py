"""Compares `booklet impose` with pdfimpose on a thousand pages: time, memory, size.

    python -m benchmarks.impose

Each run is a new process, and they take turns. Prints a table in Markdown; README.md says what stands in it.
"""

from __future__ import annotations

import argparse
import random
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median
from time import perf_counter

import pikepdf
from pikepdf import Dictionary, Name
from reportlab.lib.pagesizes import A5
from reportlab.pdfgen.canvas import Canvas

from benchmarks.peers import ROOT, machine

PAGES = 1000
PICTURE = 300
"""Pixels of a side of the picture on each page: 90 kB of shades that do not pack."""
PEAK = (
    "import re, runpy, sys\n"
    "from pathlib import Path\n"
    "sys.argv = sys.argv[1:]\n"
    "try: runpy.run_module(sys.argv[0], run_name='__main__', alter_sys=True)\n"
    "except SystemExit as end:\n"
    "    if end.code: raise\n"
    "finally: print(re.search('VmHWM: *(.*) kB', Path('/proc/self/status').read_text())[1])\n"
)
"""Runs a module as a command, then prints the most memory that the process has had, in kilobytes."""


def text(path: Path) -> None:
    """Pages of forty lines each."""
    canvas = Canvas(str(path), pagesize=A5, invariant=True)
    for page in range(PAGES):
        for line in range(40):
            canvas.drawString(40, 560 - 13 * line, f"Page {page + 1}, line {line + 1}: call if you need us.")
        canvas.showPage()
    canvas.save()


def pictures(path: Path) -> None:
    """The same with a picture under the text."""
    text(path)
    noise = random.Random(1)
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        for page in pdf.pages:
            image = pdf.make_stream(
                noise.randbytes(PICTURE * PICTURE),
                Type=Name.XObject,
                Subtype=Name.Image,
                Width=PICTURE,
                Height=PICTURE,
                ColorSpace=Name.DeviceGray,
                BitsPerComponent=8,
            )
            page.obj.Resources.XObject = Dictionary(Im=image)
            page.contents_add(b"q 300 0 0 300 60 60 cm /Im Do Q", prepend=True)
        pdf.save(path)


FILES = {"text": text, "text and pictures": pictures}


def commands(source: Path, out: Path) -> dict[str, list[str]]:
    """Both programs make a stapled booklet: two pages on a side, all sheets in one bundle."""
    saddle = ["--scheme", "saddle", "--paper", "a4", "--out", str(out)]
    one_bundle = ["--signature", "2x1", "--group", "0", "--output", str(out)]
    return {
        "booklet": ["booklet", "impose", str(source), *saddle],
        "pdfimpose": ["pdfimpose", "saddle", *one_bundle, str(source)],
    }


def run(command: list[str]) -> tuple[float, int]:
    """Seconds and kilobytes of a command in a new process."""
    start = perf_counter()
    done = subprocess.run(
        [sys.executable, "-c", PEAK, *command], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return perf_counter() - start, int(done.stdout.split()[-1])


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rounds", type=int, default=5, help="runs of each program (default 5)")
    rounds = parser.parse_args().rounds
    print(f"{machine(('pikepdf', 'pdfimpose', 'pymupdf'))}\n")
    print("| pages of | program | ms a page, median | minimum | peak memory, MB | source, MB | sheets, MB |")
    print("| --- | --- | ---: | ---: | ---: | ---: | ---: |")
    with tempfile.TemporaryDirectory() as folder:
        for name, make in FILES.items():
            make(source := Path(folder) / "source.pdf")
            found: dict[str, list[tuple[float, int]]] = {}
            sizes = {}
            for _ in range(rounds):
                for program, command in commands(source, out := Path(folder) / "out.pdf").items():
                    found.setdefault(program, []).append(run(command))
                    sizes[program] = out.stat().st_size
            for program, runs in found.items():
                times = [1000 * seconds / PAGES for seconds, _ in runs]
                memory = max(kilobytes for _, kilobytes in runs) / 1000
                print(
                    f"| {name} | {program} | {median(times):.2f} | {min(times):.2f} | {memory:.0f} "
                    f"| {source.stat().st_size / 1e6:.1f} | {sizes[program] / 1e6:.1f} |"
                )


if __name__ == "__main__":
    main()
