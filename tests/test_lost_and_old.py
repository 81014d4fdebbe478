"""What a run leaves undone it tells of: files of earlier builds, misnamed folders, unreadable regions."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from rich.console import Console

from booklet import report
from tests.test_cli import VISIT, booklet, files, write

LETTERS = "[/b] [bold]"


def test_a_file_of_an_earlier_build_is_told_of(tmp_path: Path) -> None:
    write(tmp_path, "content/visit.yaml")
    options = ("--layout", "handout", "--edition", "print")
    assert booklet(tmp_path, "build", "visit", *options).status == 0
    write(tmp_path, "content/visit.yaml", VISIT.replace("paper.", "😀"))
    ran = booklet(tmp_path, "build", "visit", *options)
    assert ran.status == 1
    older = "This file is from an earlier build and was not made anew."
    assert ran.err.count(f"output/en/visit.handout.print.pdf: warning: {older}") == 1
    assert files(tmp_path / "output") == ["en/visit.handout.print.pdf"]


def test_many_processes_for_nothing_are_none(tmp_path: Path) -> None:
    ran = booklet(tmp_path, "build", "nonsense", "--jobs", "2")
    assert ran.status == 1
    assert 'There is no document "nonsense".' in ran.err


def test_a_folder_that_is_no_tag_is_told_of_and_the_others_are_shown(tmp_path: Path) -> None:
    write(tmp_path, "content/locales/es_MX/labels.po", "")
    ran = booklet(tmp_path, "locale", "status")
    assert "Spanish (es)" in ran.out
    assert 'content/locales/es_MX: error: "es_MX" is not a language tag.' in ran.err
    assert booklet(tmp_path, "locale", "status", "--strict").status == 1
    ran = booklet(tmp_path, "locale", "update")
    assert ran.status == 1
    assert 'content/locales/es_MX: error: "es_MX" is not a language tag.' in ran.err
    assert "es/labels.po" in ran.out


def test_a_broken_region_does_not_hide_the_rest(tmp_path: Path) -> None:
    write(tmp_path, "content/regions/us.yaml", "id: US\n")
    ran = booklet(tmp_path, "locale", "status", "es")
    assert "Spanish (es)" in ran.out
    assert "1 cannot be read" in ran.out
    assert 'content/regions/us.yaml:1:1: error: "emergency" is missing here.' in ran.err


def test_what_is_not_built_for_a_broken_file_does_not_count_as_fitting(tmp_path: Path) -> None:
    write(tmp_path, "content/locales/am/locale.yaml", "leaves-out:\n  overdose-steps: [card]\n")
    ran = booklet(tmp_path, "locale", "status", "am", "--fit", "--strict")
    assert ran.status == 1
    assert 'content/locales/am/locale.yaml:2:20: error: There is no layout "card".' in ran.err
    assert "fits in every layout" not in ran.out


def test_english_is_not_translated_into_english(tmp_path: Path) -> None:
    for options in ((), ("overdose-steps",)):
        ran = booklet(tmp_path, "locale", "new", "en", *options)
        assert ran.status == 2
        assert "written in English already." in ran.err
    assert booklet(tmp_path, "locale", "new", "so", "nope").status == 1
    assert files(tmp_path) == []


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--role", "translator", "--date", "2999-01-01"), "which is in the future"),
        (("--role", "a translator", "--state", "in-review"), "give one of both"),
        (("--role", "[bold]"), "plain words without brackets"),
    ],
)
def test_a_review_says_what_can_be_true(options: tuple[str, ...], said: str, tmp_path: Path) -> None:
    ran = booklet(tmp_path, "locale", "review", "es", *options)
    assert ran.status == 2
    assert said in ran.err
    assert files(tmp_path) == []


def test_a_code_of_three_letters_leads_to_that_of_two(tmp_path: Path) -> None:
    ran = booklet(tmp_path, "locale", "new", "swa")
    assert 'There is no language "swa". Write "sw".' in ran.err


def test_words_of_strangers_are_no_markup(monkeypatch: pytest.MonkeyPatch) -> None:
    """A terminal is shown the words of a catalogue's header as they are."""
    out = io.StringIO()
    monkeypatch.setattr("sys.stdout.isatty", lambda: True, raising=False)
    monkeypatch.setattr("rich.console.Console", lambda: Console(file=out, width=200))
    report.table(LETTERS, ("head", "other"), [(LETTERS, "1")])
    assert out.getvalue().count(LETTERS) == 2
