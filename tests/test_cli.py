"""The commands, as one types them: what they write, what they say, and the status they end with."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pikepdf
import pytest
import yaml
from jsonschema import Draft202012Validator

from booklet import __version__
from booklet.layout import load
from booklet.project import NO_DOCUMENTS
from booklet.schema import SCHEMAS
from tests.shipped import DOCUMENT, LIBRARY, ROOT

HERE = ROOT / "tests"
VISIT = """\
id: visit
kind: pamphlet
version: "1.0"
language: en
review: {status: reviewed, last: 2026-11-22, next: 2027-11-22}
title: A short visit
description: What to know.
body:
  - cover: {subtitle: For families}
  - section:
      id: visit
      heading: Your visit
      blocks:
        - text: Bring this paper.
"""
ONE = ("--locale", "en", "--layout", "handout", "--edition", "print")
"""Options that leave one file of a document."""
ESCAPE = "\x1b["


class Ran:
    """A command that has ended."""

    def __init__(self, done: subprocess.CompletedProcess[str]) -> None:
        self.status, self.out, self.err = done.returncode, done.stdout, done.stderr


TODAY = "1795824000"
"""2026-11-28: what ships was checked lately, whenever the tests run."""


def booklet(folder: Path, *arguments: str, **environment: str) -> Ran:
    """Run `booklet` in a folder, as a script would: no terminal is there to see it."""
    done = subprocess.run(
        [sys.executable, "-m", "booklet", *arguments],
        cwd=folder,
        env=os.environ
        | {"PYTHONPATH": str(ROOT), "COLUMNS": "100", "SOURCE_DATE_EPOCH": TODAY}
        | environment,
        capture_output=True,
        encoding="utf-8",
    )
    assert "Traceback" not in done.stderr, done.stderr
    return Ran(done)


def write(folder: Path, name: str, text: str = VISIT) -> Path:
    """A file of a user's own."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def files(folder: Path) -> list[str]:
    """All files under a folder, hidden ones too."""
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


# --- building ------------------------------------------------------------------------------------


def test_an_empty_folder_is_enough(tmp_path: Path) -> None:
    ran = booklet(tmp_path, "build", DOCUMENT, "--locale", "es", "--layout", "trifold", "-e", "print")
    assert (ran.status, ran.err) == (0, "")
    assert files(tmp_path) == [f"output/es/{DOCUMENT}.trifold.print.pdf"]
    assert (tmp_path / "output/es" / f"{DOCUMENT}.trifold.print.pdf").read_bytes().startswith(b"%PDF-1.7")
    # What is told is a plain table: no progress, no colours.
    head, titles, row = ran.out.splitlines()
    assert head == "In output/"
    assert titles.split() == ["file", "pages", "type", "size"]
    assert re.fullmatch(rf"es/{DOCUMENT}\.trifold\.print\.pdf +2 +11(\.\d)? pt +\d+ kB", row)


def test_numbers_that_were_checked_long_ago_are_warned_of_and_printed(tmp_path: Path) -> None:
    ran = booklet(
        tmp_path, "build", "overdose-steps", "-l", "en", "--layout", "zine", SOURCE_DATE_EPOCH="1900000000"
    )
    assert ran.status == 0
    assert "warning: The emergency number was last checked more than a year ago." in ran.err
    assert (tmp_path / "output/en/overdose-steps.zine.print.pdf").is_file()


def test_a_region_is_named_and_a_wrong_one_is_told_of(tmp_path: Path) -> None:
    ran = booklet(tmp_path, "build", "overdose-steps", "-l", "en", "--layout", "zine", "--region", "gb")
    assert (ran.status, ran.err) == (0, "")
    assert (tmp_path / "output/gb/en/overdose-steps.zine.print.pdf").is_file()
    ran = booklet(tmp_path, "build", "overdose-steps", "-l", "en", "--layout", "zine", "--region", "uk")
    assert ran.status == 1
    assert 'There is no region "uk".' in ran.err
    told = booklet(tmp_path, "list").out
    assert "Regions\n  au, ca, gb, ie, mx, nz, us\n" in told


def test_a_folder_of_ones_own_adds_to_the_library_and_overrides_it(tmp_path: Path) -> None:
    write(tmp_path, "content/visit.yaml")
    write(tmp_path, f"content/{DOCUMENT}.yaml", VISIT.replace("id: visit\nkind", f"id: {DOCUMENT}\nkind"))
    layout = (ROOT / "layouts/handout.yaml").read_text(encoding="utf-8")
    write(tmp_path, "layouts/handout.yaml", re.sub("description: .*", "description: My own.", layout))
    write(tmp_path, "layouts/mine.yaml", layout.replace("id: handout", "id: mine"))
    shutil.copytree(HERE / "project/sites", tmp_path / "sites")

    told = booklet(tmp_path, "list").out
    locales = ", ".join(["en", *LIBRARY.languages(DOCUMENT)])
    assert told.count(f"  {DOCUMENT}  ({locales})\n      A short visit\n") == 1
    assert "  visit  (en)\n      A short visit\n" in told
    assert "  handout\n      My own.\n" in told
    assert "  mine\n" in told
    assert "  trifold\n" in told
    assert told.endswith("Sites\n  riverside\n")

    options = ("--locale", "en", "--layout", "mine", "--edition", "print", "--site", "riverside")
    ran = booklet(tmp_path, "build", DOCUMENT, "visit", *options, "--paper", "a4", "--out", "made/here")
    assert (ran.status, ran.err) == (0, "")
    assert ran.out.startswith("In made/here/\n")
    made = [f"riverside/en/{name}.mine.print.pdf" for name in (DOCUMENT, "visit")]
    assert files(tmp_path / "made/here") == made
    with pikepdf.open(tmp_path / "made/here" / made[0]) as file:
        assert file.docinfo["/Title"] == "A short visit"
        assert float(file.pages[0].mediabox[3]) == pytest.approx(841.89, abs=0.01)


def test_several_processes_make_the_same_files_and_tell_the_same(tmp_path: Path) -> None:
    write(tmp_path, "content/broken.yaml", VISIT.replace("id: visit\nkind", "id: broken\nkimd"))
    write(
        tmp_path, "content/smile.yaml", VISIT.replace("id: visit\nk", "id: smile\nk").replace("paper.", "😀")
    )
    told = []
    for jobs in ("1", "2"):
        ran = booklet(tmp_path, "build", "broken", "smile", "overdose-steps", "--jobs", jobs, "--out", jobs)
        told.append((ran.status, ran.out.splitlines()[1:], ran.err))
    assert told[0] == told[1]
    assert told[0][0] == 1
    assert files(tmp_path / "1") == files(tmp_path / "2")
    for name in files(tmp_path / "1"):
        assert (tmp_path / "1" / name).read_bytes() == (tmp_path / "2" / name).read_bytes()


def test_a_locale_leaves_out_layouts_that_its_words_do_not_fit(tmp_path: Path) -> None:
    own = "content/locales/es/locale.yaml"
    write(tmp_path, own, "leaves-out:\n  overdose-steps: [zine, wallet-card, poster]\n")
    ran = booklet(tmp_path, "build", "overdose-steps", "--locale", "es", "--edition", "print")
    assert (ran.status, ran.err) == (0, "")
    assert files(tmp_path / "output") == ["es/overdose-steps.bifold.print.pdf"]
    # Whoever asks for one gets it, or is told what does not fit.
    options = ("--locale", "es", "--layout", "zine", "--edition", "print")
    assert booklet(tmp_path, "build", "overdose-steps", *options).status == 0
    assert "es/overdose-steps.zine.print.pdf" in files(tmp_path / "output")

    write(tmp_path, own, "leaves-out:\n  overdose-steps: [zines]\n  overdose: [zine]\nmore: 1\n")
    ran = booklet(tmp_path, "build", "overdose-steps", "--locale", "es")
    assert ran.status == 1
    assert f'{own}:4:1: error: The key "more" is not known here.' in ran.err
    write(tmp_path, own, "leaves-out:\n  overdose-steps: [zines]\n  overdose: [zine]\n")
    ran = booklet(tmp_path, "build", "overdose-steps", "--locale", "es")
    assert ran.status == 1
    assert f'{own}:2:20: error: There is no layout "zines".' in ran.err
    assert f'{own}:3:13: error: There is no document "overdose".' in ran.err


def test_a_document_with_problems_is_not_written_and_the_others_are(tmp_path: Path) -> None:
    write(tmp_path, "content/visit.yaml")
    write(tmp_path, "content/broken.yaml", VISIT.replace("id: visit\nkind", "id: broken\nkimd"))
    write(
        tmp_path, "content/smile.yaml", VISIT.replace("id: visit\nk", "id: smile\nk").replace("paper.", "😀")
    )
    write(tmp_path, "layouts/faulty.yaml", "id: faulty\n")
    names = ("broken", "smile", "visit")
    ran = booklet(tmp_path, "build", *names, "--edition", "print")
    assert ran.status == 1
    fitting = [name for name in LIBRARY.layouts() if "pamphlet" in load.read(LIBRARY, name).layout.suits]
    assert files(tmp_path / "output") == [f"en/visit.{name}.print.pdf" for name in sorted(fitting)]
    assert "en/visit.handout.print.pdf" in ran.out
    # All of it in one go: file, line and column, what, the line itself, how to mend it.
    assert 'content/broken.yaml:2:1: error: The key "kimd" is not known here.\n' in ran.err
    assert '     2 | kimd: pamphlet\n       | ^\n       hint: Did you mean "kind"?\n' in ran.err
    assert "content/smile.yaml:14:11: error: No font has the character" in ran.err
    assert "layouts/faulty.yaml:1:1: error: " in ran.err
    assert ran.err.endswith(" errors found.\n")
    assert ESCAPE not in ran.err + ran.out


def test_a_warning_stops_nothing(tmp_path: Path) -> None:
    shutil.copytree(HERE / "bad/content", tmp_path / "content")
    ran = booklet(tmp_path, "build", "source-unused", *ONE)
    assert ran.status == 0
    assert ': warning: No claim rests on the source "WHO-1".\n' in ran.err
    assert files(tmp_path / "output") == ["en/source-unused.handout.print.pdf"]


def test_no_bad_file_ends_in_a_traceback(tmp_path: Path) -> None:
    """The whole corpus as one project: told of file by file, and built where only a warning is told."""
    for part in ("project", "bad"):
        for folder in ("content", "sites"):
            shutil.copytree(HERE / part / folder, tmp_path / folder, dirs_exist_ok=True)
    shutil.copytree(HERE / "sink/layouts", tmp_path / "layouts")
    ran = booklet(tmp_path, "build", "--locale", "en", "--layout", "narrow", "--edition", "print")
    assert ran.status == 1
    cases = list((HERE / "bad/content").glob("*.yaml"))
    untold = [path.stem for path in cases if f"content/{path.name}:" not in ran.err]
    assert untold == []
    built = {Path(name).name.split(".")[0] for name in files(tmp_path / "output")}
    wrong = {
        path.stem for path in cases if "# expect" in (text := path.read_text("utf-8")) and " error " in text
    }
    assert built.isdisjoint(wrong)
    assert {"good", "visit", DOCUMENT} <= built


def test_problems_of_a_site_are_told_once(tmp_path: Path) -> None:
    write(tmp_path, "sites/mine.yaml", "id: mine\nname: Mine\nfone: 1\n")
    ran = booklet(tmp_path, "build", DOCUMENT, "--site", "mine")
    assert ran.status == 1
    assert ran.err.count("sites/mine.yaml:3:1: error: ") == 1
    assert files(tmp_path) == ["sites/mine.yaml"]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("loved-one",), f'There is no document "loved-one".\n       hint: Did you mean "{DOCUMENT}"?'),
        (
            (DOCUMENT, "--layout", "tri-fold"),
            'There is no layout "tri-fold".\n       hint: Did you mean "trifold"?',
        ),
        ((DOCUMENT, "--site", "nowhere"), 'There is no site "nowhere".'),
        ((DOCUMENT, "--locale", "sw"), f'There is no Swahili catalogue of "{DOCUMENT}".'),
        ((DOCUMENT, "--locale", "../en"), '"../en"'),
    ],
)
def test_what_is_not_there_is_told_of(arguments: tuple[str, ...], message: str, tmp_path: Path) -> None:
    ran = booklet(tmp_path, "build", *arguments)
    assert (ran.status, ran.out) == (1, "")
    assert message in ran.err
    assert files(tmp_path) == []


# --- files, whole or not at all ------------------------------------------------------------------


def test_a_build_that_fails_leaves_the_last_good_file(tmp_path: Path) -> None:
    path = write(tmp_path, "content/visit.yaml")
    assert booklet(tmp_path, "build", "visit", *ONE).status == 0
    before = (tmp_path / "output/en/visit.handout.print.pdf").read_bytes()
    path.write_text(VISIT.replace("paper", "😀"), encoding="utf-8")
    assert booklet(tmp_path, "build", "visit", *ONE).status == 1
    assert files(tmp_path / "output") == ["en/visit.handout.print.pdf"]
    assert (tmp_path / "output/en/visit.handout.print.pdf").read_bytes() == before


def test_a_file_in_the_way_of_the_folder_is_told_of(tmp_path: Path) -> None:
    write(tmp_path, "content/visit.yaml")
    write(tmp_path, "output", "mine")
    ran = booklet(tmp_path, "build", "visit", *ONE)
    assert ran.status == 1
    assert re.fullmatch(r"booklet: The file \S*output\S* could not be written: .+\.\n", ran.err)
    assert (tmp_path / "output").read_text() == "mine"


def test_a_folder_in_the_way_of_the_file_is_told_of(tmp_path: Path) -> None:
    name = "en/visit.handout.print.pdf"
    write(tmp_path, "content/visit.yaml")
    write(tmp_path, f"output/{name}/keep.txt", "mine")
    ran = booklet(tmp_path, "build", "visit", *ONE)
    assert ran.status == 1
    assert re.fullmatch(rf"booklet: The file \S*{re.escape(name)} could not be written: .+\.\n", ran.err)
    assert files(tmp_path / "output") == [f"{name}/keep.txt"]


@pytest.mark.skipif(sys.platform == "win32", reason="folders there are not closed by their mode")
def test_a_folder_that_cannot_be_written_to_is_told_of(tmp_path: Path) -> None:
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o555)
    folder = "/proc/self" if os.access(closed, os.W_OK) else str(closed)  # nobody, not even root, can there
    write(tmp_path, "content/visit.yaml")
    ran = booklet(tmp_path, "build", "visit", *ONE, "--out", folder)
    assert ran.status == 1
    assert re.fullmatch(r"booklet: The file \S+ could not be written: .+\.\n", ran.err)
    assert files(closed) == []


# --- usage ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("bake",), "bake"),
        (("build", "--colour", "red"), "--colour"),
        (("build", "--edition", "paper"), "'screen', 'print', 'press'"),
        (("build", "--paper", "a6"), "'letter', 'legal', 'tabloid', 'a3', 'a4', 'a5'"),
        (("schema",), "content"),
        (("schema", "sheet"), "'content'"),
    ],
)
def test_wrong_usage_is_status_2(arguments: tuple[str, ...], told: str, tmp_path: Path) -> None:
    ran = booklet(tmp_path, *arguments)
    assert (ran.status, ran.out) == (2, "")
    assert told in ran.err
    assert files(tmp_path) == []


def test_a_date_that_is_none_is_wrong_usage(tmp_path: Path) -> None:
    ran = booklet(tmp_path, "build", DOCUMENT, *ONE, SOURCE_DATE_EPOCH="yesterday")
    assert ran.status == 2
    assert ran.err == 'booklet: SOURCE_DATE_EPOCH is "yesterday", which is not a number of seconds.\n'
    assert files(tmp_path) == []


def test_help_teaches_the_commands(tmp_path: Path) -> None:
    told = booklet(tmp_path, "--help")
    assert told.status == 0
    for command in ("build", "list", "schema"):
        assert re.search(rf"^  {command} +[A-Z]", told.out, re.MULTILINE), command
    assert "folder of your own" in " ".join(told.out.split())


def test_help_of_build_shows_every_option_and_examples_to_copy(tmp_path: Path) -> None:
    told = booklet(tmp_path, "build", "--help").out
    for option in ("--locale", "--layout", "--edition", "--paper", "--site", "--out"):
        assert re.search(rf"{option}\b.*\n?.*[a-z]{{3}}", told), option
    examples = re.findall(r"^ +(booklet build.*)$", told, re.MULTILINE)
    assert len(examples) >= 3
    assert "output/LOCALE/DOCUMENT.LAYOUT.EDITION.pdf" in " ".join(told.split())


def test_without_a_command_the_help_is_shown(tmp_path: Path) -> None:
    ran = booklet(tmp_path)
    assert "Usage:" in ran.out + ran.err
    assert "build" in ran.out + ran.err


def test_the_version_is_told(tmp_path: Path) -> None:
    assert booklet(tmp_path, "--version").out == f"booklet {__version__}\n"


def test_an_old_terminal_sees_what_it_can_show(tmp_path: Path) -> None:
    title = VISIT.replace("title: A short visit", "title: Un año 日本")
    write(tmp_path, "content/visit.yaml", title)
    ran = booklet(tmp_path, "list", PYTHONIOENCODING="ascii")
    assert ran.status == 0
    assert "Un a?o ??" in ran.out


@pytest.mark.skipif(sys.platform == "win32", reason="there are no pseudo-terminals")
def test_a_terminal_sees_progress_and_colours(tmp_path: Path) -> None:
    import pty

    write(tmp_path, "content/visit.yaml", VISIT.replace("paper", "😀"))
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "booklet", "build", "visit", DOCUMENT, *ONE],
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": str(ROOT), "TERM": "xterm-256color", "NO_COLOR": ""},
        stdout=theirs,
        stderr=theirs,
    )
    os.close(theirs)
    seen = b""
    while True:
        try:
            part = os.read(ours, 65536)
        except OSError:  # Linux's way of saying that the other end is closed
            break
        if not part:
            break
        seen += part
    os.close(ours)
    assert process.wait() == 1
    told = seen.decode()
    assert f"{ESCAPE}31merror{ESCAPE}0m" in told
    assert "2/2" in told
    assert f"en/{DOCUMENT}.handout.print.pdf" in told


# --- schemas -------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", list(SCHEMAS))
def test_a_schema_is_json_schema_and_takes_what_ships(kind: str, tmp_path: Path) -> None:
    ran = booklet(tmp_path, "schema", kind)
    assert (ran.status, ran.err) == (0, "")
    schema = json.loads(ran.out)
    Draft202012Validator.check_schema(schema)
    shipped = {
        "content": [*ROOT.glob("content/*.yaml")],
        "region": [*ROOT.glob("content/regions/*.yaml")],
        "site": [*HERE.glob("project/sites/*.yaml")],
        "glossary": [*ROOT.glob("content/glossary/*.yaml")],
        "layout": [*ROOT.glob("layouts/*.yaml"), *HERE.glob("sink/layouts/*.yaml")],
        "theme": [*ROOT.glob("layouts/themes/*.yaml")],
        "locale": [*ROOT.glob("content/locales/*/locale.yaml")],
    }[kind]
    taken = [path for path in shipped if path.stem not in NO_DOCUMENTS]
    assert taken
    validator = Draft202012Validator(schema)
    for path in taken:
        assert [error.message for error in validator.iter_errors(_as_an_editor(path))] == []


REFUSED = {
    "layout": (
        "unknown-key", "unknown-frame-key", "underscore-key", "length-pixels", "length-words",
        "margins-three", "unknown-scheme", "unknown-role", "unknown-align", "no-panels", "columns-many",
        "columns-words", "width-zero", "takes-nothing", "id-capitals",
    ),
    "theme": ("color-name", "color-short", "weight-heavy", "size-words", "unknown-key"),
}  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "name"), [(kind, name) for kind, names in REFUSED.items() for name in names]
)
def test_an_editor_sees_what_booklet_would_refuse(kind: str, name: str) -> None:
    folder = HERE / "unfit/layouts" / ("themes" if kind == "theme" else "")
    validator = Draft202012Validator(SCHEMAS[kind]())
    assert list(validator.iter_errors(_as_an_editor(folder / f"{name}.yaml")))


def _as_an_editor(path: Path) -> object:
    """The file as JSON knows it: a date is a text."""
    read = yaml.safe_load(path.read_text(encoding="utf-8"))
    return json.loads(json.dumps(read, default=str))
