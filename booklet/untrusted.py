"""Opens PDFs that came from anywhere: whatever is wrong becomes one sentence, and memory is limited.

The file may be damaged, or made to do harm. Nothing in it is run.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

import pikepdf

from booklet.problems import Place, Problem, ProblemsFound

MEMORY = 1 << 30
"""Bytes. What reading a hostile file may take at the most, where the system can hold a program to it."""
LARGEST_STREAM = 32_000_000
"""Bytes that a part of the file may take when it is unpacked."""
BROKEN = (
    pikepdf.PdfError,
    RuntimeError,
    ValueError,
    TypeError,
    AttributeError,
    KeyError,
    IndexError,
    MemoryError,
)
"""What pikepdf raises over parts of a file that are not what they ought to be."""
DAMAGED = (
    "The file is damaged or incomplete.",
    "Save, download or send it once more, and try the new copy.",
)

_LOG = logging.getLogger("pikepdf")
_LOG.addHandler(logging.NullHandler())  # else Python shows on the terminal what pikepdf says to programmers


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a command wants to read: the largest file in bytes, and hints for who names something else."""

    largest: int
    name_one: str
    too_large: str


def complaint(name: str, message: str, hint: str = "") -> ProblemsFound:
    """A problem with the whole file `name`."""
    return ProblemsFound([Problem(Place(name), message, hint)])


@contextmanager
def little_memory() -> Iterator[None]:
    """Hold this program to MEMORY, so that a file made to do harm cannot take all there is."""
    try:
        import resource
    except ImportError:  # Windows
        yield
        return
    before = resource.getrlimit(resource.RLIMIT_AS)
    known = [limit for limit in before if limit != resource.RLIM_INFINITY]
    resource.setrlimit(resource.RLIMIT_AS, (min([*known, MEMORY]), before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_AS, before)


@contextmanager
def reading(path: Path, name: str, wanted: Wanted) -> Iterator[BinaryIO]:
    """The file at `path`, which says that it is a PDF and is not too large; problems call it `name`.

    Raises ProblemsFound.
    """
    try:
        if not path.exists():
            raise complaint(name, "The file does not exist.", "Check the name and the folder.")
        if not path.is_file():
            raise complaint(name, "This is not a file.", wanted.name_one)
        if (size := path.stat().st_size) > wanted.largest:
            raise complaint(
                name,
                f"The file has {size:,} bytes, more than the {wanted.largest:,} that booklet reads.",
                wanted.too_large,
            )
        file = path.open("rb")
    except OSError as error:
        reason = error.strerror or "unknown reason"
        raise complaint(name, f"The file cannot be read: {reason}.", "Check its permissions.") from None
    with file:
        if b"%PDF-" not in file.read(1024):
            raise complaint(name, "This is not a PDF.", wanted.name_one)
        file.seek(0)
        yield file


def parse(file: BinaryIO, name: str) -> tuple[pikepdf.Pdf, bool]:
    """The open PDF, and whether it had to be mended. A file that breaks off is not mended: nobody could
    see what was lost. Raises ProblemsFound."""
    pikepdf.settings.set_qpdf_limits(
        flate_max_memory=LARGEST_STREAM,
        run_length_max_memory=LARGEST_STREAM,
        png_max_memory=LARGEST_STREAM,
        tiff_max_memory=LARGEST_STREAM,
        max_stream_filters=2,
    )
    for attempt in (False, True) if _whole(file) else (False,):
        try:
            with _listening() as ear:
                pdf = pikepdf.open(file, attempt_recovery=attempt, access_mode=pikepdf.AccessMode.stream)
            return pdf, attempt or ear.heard
        except pikepdf.PasswordError:
            raise complaint(
                name,
                "The file is locked with a password.",
                "Open it in the program that locked it, take the password away, and save it.",
            ) from None
        except BROKEN:
            continue
    raise complaint(name, *DAMAGED)


class _Ear(logging.Handler):
    """Hears what pikepdf logs: of pages that are missing it says nothing elsewhere."""

    def __init__(self) -> None:
        super().__init__()
        self.heard = False

    def emit(self, record: logging.LogRecord) -> None:
        self.heard = True


@contextmanager
def _listening() -> Iterator[_Ear]:
    ear = _Ear()
    _LOG.addHandler(ear)
    try:
        yield ear
    finally:
        _LOG.removeHandler(ear)


def _whole(file: BinaryIO) -> bool:
    size = file.seek(0, 2)
    file.seek(max(0, size - 1024))
    end = file.read()
    file.seek(0)
    return b"%%EOF" in end
