"""Asks programs that are not ours what they find wrong with a PDF, and what text they read in it.

Every judge in `VALIDATORS` and every reader in `READERS` takes several files at once, because some
of them (veraPDF, PDF.js) cost a second to start and next to nothing per file. To ask them by hand:

    python -m tests.tools output

judges every PDF under the folder `output` and exits with 1 if one of them is found wanting.
"""

from __future__ import annotations

import importlib.util
import json
import os
import re
import shutil
import subprocess
import sys
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal

import pytest

ROOT = Path(__file__).resolve().parent.parent
VERAPDF_FOLDER = ROOT / ".tools" / "verapdf"
PDFJS_FOLDER = ROOT / "tools" / "pdfjs"
OLDEST_NODE = (20, 19)
"""What package.json of tools/pdfjs asks for."""

Severity = Literal["error", "warning"]
Texts = dict[Path, list[str]]
"""For each file the text of each of its pages, as the reader gave it."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that a validator holds against a file: its own name for the rule, its own words."""

    rule: str
    message: str
    severity: Severity = "error"

    def __str__(self) -> str:
        return f"{self.severity} {self.rule}: {self.message}"


Findings = dict[Path, list[Finding]]
"""For each file what was found; an empty list is a clean bill."""


class ToolFailed(RuntimeError):
    """A tool is installed and could not do its work; the message is what it wrote."""


# --- what is installed ---------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Tool:
    """Somebody else's program: its name, how to get it, and how to see that it is here."""

    name: str
    install: str
    found: Callable[[], bool]

    def available(self) -> bool:
        return self.found()

    @property
    def absence(self) -> str:
        """The sentence that says loudly why a test did not run."""
        return f"{self.name} is not installed: {self.install}"


def _module(name: str) -> Callable[[], bool]:
    return lambda: importlib.util.find_spec(name) is not None


def _program(name: str) -> Callable[[], bool]:
    return lambda: shutil.which(name) is not None


def _verapdf_found() -> bool:
    return shutil.which("java") is not None and any(VERAPDF_FOLDER.glob("*.jar"))


@cache
def _node_found() -> bool:
    if shutil.which("node") is None:
        return False
    version = re.match(r"v(\d+)\.(\d+)", _run("node", "--version").stdout)
    return version is not None and (int(version[1]), int(version[2])) >= OLDEST_NODE


def _pdfjs_found() -> bool:
    return (PDFJS_FOLDER / "node_modules" / "pdfjs-dist").is_dir() and _node_found()


_WITH_PIP = "run pip install -e '.[test]'"
TOOLS: Mapping[str, Tool] = {
    "page-validation": Tool("page-validation", _WITH_PIP, _module("page")),
    "outloud": Tool("outloud", _WITH_PIP, _module("outloud")),
    "verapdf": Tool("veraPDF", "install Java and Maven and run tools/get_verapdf.sh", _verapdf_found),
    "qpdf": Tool("qpdf", "install the system package qpdf", _program("qpdf")),
    "pdftotext": Tool("pdftotext", "install the system package poppler-utils", _program("pdftotext")),
    "msgfmt": Tool("msgfmt", "install the system package gettext", _program("msgfmt")),
    "pdffonts": Tool("pdffonts", "install the system package poppler-utils", _program("pdffonts")),
    "pdfium": Tool("PDFium", _WITH_PIP, _module("pypdfium2")),
    "mupdf": Tool("MuPDF", _WITH_PIP, _module("pymupdf")),
    "chromium": Tool("Chromium", "install the system package chromium", _program("chromium")),
    "pdfjs": Tool("PDF.js", "install Node 20.19 or newer and run npm ci --prefix tools/pdfjs", _pdfjs_found),
}
"""Every tool by the short name that the marker `needs` and the tables below use."""


def _run(*command: str | Path, good: Iterable[int] = (0,)) -> subprocess.CompletedProcess[str]:
    """Run a program to its end; any exit status not in `good` raises ToolFailed with what it wrote."""
    done = subprocess.run([str(part) for part in command], capture_output=True, text=True, encoding="utf-8")
    if done.returncode not in good:
        raise ToolFailed(f"{command[0]} ended with status {done.returncode}: {done.stderr or done.stdout}")
    return done


def msgfmt(path: Path) -> str:
    """What gettext's own compiler says against a PO file; nothing if all is well."""
    done = _run("msgfmt", "--check", "--output-file", os.devnull, path, good=(0, 1))
    return done.stderr


# --- validators ----------------------------------------------------------------------------------


def verapdf(paths: Iterable[Path]) -> Findings:
    """PDF/UA-1 by veraPDF, the reference validator: one Java process for all files."""
    by_name = {str(path.resolve()): path for path in paths}
    if not by_name:
        return {}
    java = ("java", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")  # halves the start
    classpath = os.pathsep.join(str(jar) for jar in sorted(VERAPDF_FOLDER.glob("*.jar")))
    options = ("--flavour", "ua1", "--format", "json", "--maxfailuresdisplayed", "5")
    main_class = "org.verapdf.apps.GreenfieldCliWrapper"
    # 1: a file does not conform. 7, 8: a file could not be read. Both are told in the report.
    done = _run(*java, "-cp", classpath, main_class, *options, *by_name, good=(0, 1, 7, 8))
    report = json.loads(done.stdout)["report"]
    found = {by_name[job["itemDetails"]["name"]]: _verapdf_job(job) for job in report["jobs"]}
    if missed := [name for name, path in by_name.items() if path not in found]:
        raise ToolFailed(f"veraPDF said nothing of {', '.join(missed)}: {done.stderr}")
    return found


def _verapdf_job(job: dict[str, Any]) -> list[Finding]:
    if "taskException" in job:
        return [Finding("unreadable", job["taskException"]["exceptionMessage"])]
    findings = []
    for result in job["validationResult"]:
        if result["jobEndStatus"] != "normal":
            findings.append(Finding("incomplete", f"the check ended as {result['jobEndStatus']}"))
        for rule in result["details"]["ruleSummaries"]:
            where = "; ".join(f"{check['context']}: {check['errorMessage']}" for check in rule["checks"])
            findings.append(Finding(f"{rule['clause']}-{rule['testNumber']}", where or rule["description"]))
        if not result["compliant"] and not findings:
            findings.append(Finding("non-compliant", result["statement"]))
    return findings


def page_validation(paths: Iterable[Path]) -> Findings:
    """PDF/UA-1 by page-validation: veraPDF's rules without Java, a few milliseconds a file."""
    import page

    found: Findings = {}
    for path in paths:
        try:
            report = page.validate_pdf(path, profile="ua1")
        except page.PageError as error:
            found[path] = [Finding("unreadable", str(error))]
            continue
        found[path] = [
            Finding(failure.rule_id, failure.message + _in_object(failure.object_id))
            for failure in report.failures
        ]
        if not report.is_compliant and not found[path]:
            found[path] = [Finding("non-compliant", "the file fails and no rule is named")]
    return found


def _in_object(object_id: Any) -> str:
    return "" if object_id is None else f" (object {object_id.object_number})"


def outloud(paths: Iterable[Path]) -> Findings:
    """PDF/UA-1 and what a reader would hear, by outloud: errors and warnings, no remarks.

    A rule that crashed is told as a warning: it is outloud's own fault, but it has not checked. TAG-002
    (prose that is no element's) is left out where `only_repeats` holds: it cannot know that ten cards on a
    sheet say the same, and that one of them is read.
    """
    import outloud as checker

    found: Findings = {}
    for path in paths:
        result = checker.check(str(path))
        if result.error:
            found[path] = [Finding("unreadable", result.error)]
            continue
        found[path] = [
            Finding(one.rule, "; ".join(map(str, filter(None, (one.message, one.evidence)))), one.severity)
            for one in result.sorted_findings()
            if one.severity in ("error", "warning") and not (one.rule == "TAG-002" and only_repeats(path))
        ]
        for run in result.runs:
            if run.status == "crashed":
                found[path].append(Finding(run.rule, f"the rule crashed: {run.reason}", "warning"))
    return found


def only_repeats(path: Path) -> bool:
    """Whether all text in artifacts is read elsewhere in the file, or is furniture: a slug line, or on many
    panels."""
    from tests.pdfmodel import PdfFile

    tagged: set[str] = set()
    loose: Counter[str] = Counter()
    with PdfFile.open(path) as file:
        for content in file.pages.values():
            for marked in content.marked:
                lines = [line.strip() for line in marked.lines]
                if marked.mcid is None:
                    loose.update(lines)
                else:
                    tagged.update(lines)
    slug = re.compile(r"Sheet \d+ of \d+(, (front|back))?|.*·\s+version .*")
    return all(line in tagged or count > 1 or slug.fullmatch(line) for line, count in loose.items())


def qpdf(paths: Iterable[Path]) -> Findings:
    """The file's syntax by `qpdf --check`: a warning of qpdf's is a finding too."""
    found: Findings = {}
    for path in paths:
        done = _run("qpdf", "--check", path, good=(0, 2, 3))
        if done.returncode == 0:
            found[path] = []
        else:
            found[path] = [Finding("syntax", line) for line in done.stderr.splitlines() if line.strip()]
    return found


Validator = Callable[[Iterable[Path]], Findings]
VALIDATORS: Mapping[str, Validator] = {
    "page-validation": page_validation,
    "outloud": outloud,
    "verapdf": verapdf,
    "qpdf": qpdf,
}


# --- text, as viewers read it --------------------------------------------------------------------


def pdftotext(paths: Iterable[Path]) -> Texts:
    """Text by Poppler, in the reading order that it works out from the page.

    Poppler marks right-to-left lines with embedding characters: see `plain`.
    """
    texts: Texts = {}
    for path in paths:
        pages = _run("pdftotext", "-enc", "UTF-8", path, "-").stdout.split("\f")
        texts[path] = pages[:-1]  # a form feed ends every page, the last one too
    return texts


def pdfium(paths: Iterable[Path]) -> Texts:
    """Text by PDFium, the engine in Chromium, with its line ends made newlines."""
    import pypdfium2

    texts: Texts = {}
    for path in paths:
        with pypdfium2.PdfDocument(path) as pdf:
            texts[path] = [page.get_textpage().get_text_range().replace("\r\n", "\n") for page in pdf]
    return texts


def mupdf(paths: Iterable[Path]) -> Texts:
    """Text by MuPDF, in content order, as `Page.get_text` of PyMuPDF gives it without options.

    PyMuPDF carries its own MuPDF; Debian's mutool 1.21 turns nobody's right-to-left text back.
    """
    import pymupdf

    texts: Texts = {}
    for path in paths:
        with pymupdf.open(path) as pdf:
            texts[path] = [page.get_text() for page in pdf]
    return texts


def pdfjs(paths: Iterable[Path]) -> Texts:
    """Text by PDF.js, the engine in Firefox: one Node process for all files, see extract.mjs."""
    by_name = {str(path.resolve()): path for path in paths}
    if not by_name:
        return {}
    pages = json.loads(_run("node", PDFJS_FOLDER / "extract.mjs", *by_name).stdout)
    return {path: pages[name] for name, path in by_name.items()}


Reader = Callable[[Iterable[Path]], Texts]
READERS: Mapping[str, Reader] = {
    "pdftotext": pdftotext,
    "pdfium": pdfium,
    "mupdf": mupdf,
    "pdfjs": pdfjs,
}


def plain(text: str) -> str:
    """`text` without what readers add or lose harmlessly, to compare it with the source's.

    Direction marks and other format characters (category Cf, but not the joiners, which belong to
    the spelling of many languages) go, and every stretch of white space becomes one space.
    """
    joiners = "\u200c\u200d"
    kept = (char for char in text if char in joiners or unicodedata.category(char) != "Cf")
    return " ".join("".join(kept).split())


@dataclass(frozen=True, slots=True)
class Font:
    """A line of pdffonts: a font of the file, and whether it is embedded and can be read back."""

    name: str
    kind: str
    embedded: bool
    subset: bool
    to_unicode: bool


def pdffonts(path: Path) -> list[Font]:
    """The fonts that Poppler finds in a file's resources, those of annotations included."""
    line = re.compile(
        r"(?P<name>\S.*?)\s+(?P<kind>(?:CID |Type |TrueType|unknown).*?)\s+\S+\s+"
        r"(?P<emb>yes|no)\s+(?P<sub>yes|no)\s+(?P<uni>yes|no)\s+\d+\s+\d+"
    )
    fonts = []
    for text in _run("pdffonts", path).stdout.splitlines()[2:]:
        match = line.fullmatch(text.strip())
        if match is None:
            raise ToolFailed(f"pdffonts wrote a line that is not understood: {text}")
        facts = match.groupdict()
        fonts.append(
            Font(
                facts["name"],
                facts["kind"],
                embedded=facts["emb"] == "yes",
                subset=facts["sub"] == "yes",
                to_unicode=facts["uni"] == "yes",
            )
        )
    return fonts


# --- for tests and for the command line ----------------------------------------------------------


def require(*names: str, need_all: bool) -> None:
    """Skip the running test, or fail it with `need_all`, unless all these TOOLS are installed."""
    absent = [TOOLS[name].absence for name in names if not TOOLS[name].available()]
    if absent and need_all:
        pytest.fail("; ".join(absent), pytrace=False)
    if absent:
        pytest.skip("; ".join(absent))


def main(arguments: list[str]) -> int:
    """Judge the PDFs named, and those under the folders named, with every validator."""
    named = [Path(argument) for argument in arguments]
    files = sorted(file for path in named for file in (path.rglob("*.pdf") if path.is_dir() else [path]))
    if not files:
        print("No PDF was found to judge.", file=sys.stderr)
        return 1
    status = 0
    for name, judge in VALIDATORS.items():
        if not TOOLS[name].available():
            print(f"{name}: NOT ASKED. {TOOLS[name].absence}")
            status = 1
            continue
        findings = [(path, one) for path, found in judge(files).items() for one in found]
        errors = sum(one.severity == "error" for _, one in findings)
        print(f"{name}: {len(files)} files, {errors} errors, {len(findings) - errors} warnings")
        for path, finding in findings:
            print(f"  {path}: {finding}")
        status = 1 if errors else status
    return status


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
