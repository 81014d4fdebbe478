"""The same input gives the same bytes: wherever, whenever and in whatever environment it is built."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from itertools import product
from pathlib import Path

import pikepdf
import pytest

from tests.shipped import DOCUMENT, ROOT, SHIPPED, Pdfs

WORKSHEETS = ("enabling-self-check", "first-talk", "support-plan", "treatment-questions")
EVERYTHING = {
    DOCUMENT: ("trifold", "zfold", "booklet", "handout", "large-print"),
    "overdose-steps": ("wallet-card", "zine", "bifold", "poster"),
    **dict.fromkeys(WORKSHEETS, ("worksheet", "large-print")),
}
"""What ships: each document with the layouts that suit it."""

LOCALES = ("en", "es", "ar", "hi", "km", "zh-Hans")
"""Locales of six scripts; all of them take minutes."""

Files = dict[str, bytes]
HERE = {"TZ": "UTC", "LANG": "C.UTF-8", "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "0", "HOME": "/nowhere"}
THERE = {
    "TZ": "Pacific/Kiritimati",
    "LANG": "tr_TR.ISO-8859-9",
    "LC_ALL": "tr_TR.ISO-8859-9",
    "PYTHONHASHSEED": "4242",
    "USER": "somebody",
    "COLUMNS": "40",
}


def build(folder: Path, environment: Mapping[str, str], *options: str) -> Files:
    """What `booklet build` leaves in the output folder of an empty folder."""
    folder.mkdir(parents=True)
    bare = {key: os.environ[key] for key in ("PATH", "SYSTEMROOT") if key in os.environ}
    done = subprocess.run(
        [sys.executable, "-m", "booklet", "build", *options],
        cwd=folder,
        env=bare | {"PYTHONPATH": str(ROOT)} | dict(environment),
        capture_output=True,
    )
    assert (done.returncode, done.stderr) == (0, b"")
    output = folder / "output"
    return {
        path.relative_to(output).as_posix(): path.read_bytes()
        for path in sorted(output.rglob("*"))
        if path.is_file()
    }


@pytest.fixture(scope="module")
def two_builds(tmp_path_factory: pytest.TempPathFactory) -> tuple[Files, Files]:
    folder = tmp_path_factory.mktemp("two-builds")
    places = (folder / "one", folder / "another place" / "año")
    options = [part for locale in LOCALES for part in ("--locale", locale)]
    with ThreadPoolExecutor(2) as pool:
        one, other = pool.map(lambda place, where: build(place, where, *options), places, (HERE, THERE))
    return one, other


def test_two_builds_in_different_surroundings_are_the_same(two_builds: tuple[Files, Files]) -> None:
    one, other = two_builds
    expected = {
        f"{locale}/{document}.{layout}.{edition}.pdf"
        for document, layouts in EVERYTHING.items()
        for locale, layout, edition in product(LOCALES, layouts, ("screen", "print"))
    }
    assert set(one) == expected
    assert one == other


def test_a_build_in_another_process_is_the_same(two_builds: tuple[Files, Files], shipped: Pdfs) -> None:
    for key in SHIPPED:
        name = f"{key.locale}/{DOCUMENT}.{key.layout}.{key.edition}.pdf"
        assert two_builds[0][name] == shipped[key].path.read_bytes()


def test_the_date_is_the_documents_or_what_source_date_epoch_says(
    two_builds: tuple[Files, Files], tmp_path: Path, shipped: Pdfs
) -> None:
    only = (DOCUMENT, "--locale", "en", "--layout", "trifold", "--edition", "print")
    ((name, data),) = build(tmp_path / "epoch", HERE | {"SOURCE_DATE_EPOCH": "1000000000"}, *only).items()
    path = tmp_path / "epoch" / "output" / name
    with pikepdf.open(path) as file:
        assert file.docinfo["/CreationDate"] == file.docinfo["/ModDate"] == "D:20010909014640Z"
        assert b"<xmp:ModifyDate>2001-09-09T01:46:40Z</xmp:ModifyDate>" in file.Root.Metadata.read_bytes()
    assert data != two_builds[0][name]
    reviewed = shipped[SHIPPED[0]].document.modified
    assert f"(D:{reviewed:%Y%m%d}000000Z)".encode() in two_builds[0][name]


def test_different_files_have_different_ids(two_builds: tuple[Files, Files]) -> None:
    ids = {data[data.rindex(b"/ID") :].split(b"<")[1] for data in two_builds[0].values()}
    assert len(ids) == len(two_builds[0])
