"""`booklet preview`: one picture of all sheets and panels, and again when a file changes."""

from __future__ import annotations

import io
import select
import signal
import subprocess
import sys
from pathlib import Path
from threading import Timer

import pytest
from PIL import Image, ImageChops, ImageFilter, ImageStat

from booklet import build, preview
from booklet.build import Made, Order
from booklet.impose.editions import Edition
from booklet.pagepictures import EDGE, GAP, drawn
from booklet.preview import CUT, FOLD, HEAD, SCALE, TRIM
from booklet.project import Project
from tests.guides import every_scheme
from tests.shipped import DOCUMENT, LIBRARY, ROOT
from tests.test_cli import VISIT, booklet

TOP = HEAD + EDGE


def made(project: Project, document: str, layout: str, edition: Edition = "print") -> Made:
    order = Order(document, "en", (layout,), (edition,))
    (one,) = (each for each in build.make(project, order) if isinstance(each, Made))
    return one


def picture(one: Made) -> Image.Image:
    return Image.open(io.BytesIO(preview.png(one)))


def rgb(color: str) -> tuple[int, ...]:
    return tuple(int(color[at : at + 2], 16) for at in (1, 3, 5))


def share(image: Image.Image, color: str, x: float, y1: float, y2: float) -> float:
    """How much of an upright line is of a colour, give or take a pixel: the dashes of a line drawn there."""
    rows = range(round(y1), round(y2))
    near = [{image.getpixel((round(x) + side, y)) for side in (-1, 0, 1)} for y in rows]
    return sum(rgb(color) in spots for spots in near) / len(near)


@pytest.fixture(scope="module")
def trifold() -> Made:
    return made(LIBRARY, DOCUMENT, "trifold")


def test_both_sides_stand_beside_each_other_over_all_panels(trifold: Made) -> None:
    image = picture(trifold)
    side = round(792 * SCALE), round(612 * SCALE)
    panels = sum(round(place.width * SCALE) for each in trifold.plan.sides for place in each.placements)
    assert abs(image.width - (2 * EDGE + panels + 5 * GAP)) <= 6  # pixels lost in rounding
    assert abs(image.height - (TOP + 2 * side[1] + GAP + EDGE)) <= 2


def test_the_folds_are_drawn_where_the_paper_folds(trifold: Made) -> None:
    image = picture(trifold)
    width, bottom = round(792 * SCALE), TOP + 612 * SCALE
    for number, side in enumerate(trifold.plan.sides):
        left = EDGE + number * (width + GAP)
        assert len(side.folds) == 2
        for fold in side.folds:
            assert 0.5 < share(image, FOLD, left + fold.x1 * SCALE, TOP, bottom) < 0.75
        assert share(image, FOLD, left + 100 * SCALE, TOP, bottom) == 0


def test_the_trim_of_the_press_edition_is_drawn() -> None:
    one = made(LIBRARY, DOCUMENT, "trifold", "press")
    side = one.plan.sides[0]
    assert side.trim
    left, low, _, high = side.trim
    ends = TOP + (side.height - high) * SCALE, TOP + (side.height - low) * SCALE
    assert 0.5 < share(picture(one), TRIM, EDGE + left * SCALE, *ends) < 0.75


def test_cuts_have_a_colour_of_their_own(tmp_path: Path) -> None:
    project = every_scheme(tmp_path)
    content = tmp_path / "content"
    content.mkdir()
    (content / "visit.yaml").write_text(VISIT, encoding="utf-8")
    one = made(project, "visit", "cut-stack")
    (cut,) = (line for line in one.plan.sides[0].cuts if line.vertical)
    image = picture(one)
    assert 0.5 < share(image, CUT, EDGE + cut.x1 * SCALE, TOP, TOP + 792 * SCALE) < 0.75


def apart(one: Image.Image, other: Image.Image) -> float:
    """How unlike two pictures are, edges of letters softened: they may lie half a pixel apart."""
    soft = [each.convert("L").filter(ImageFilter.GaussianBlur(2)) for each in (one, other)]
    return ImageStat.Stat(ImageChops.difference(*soft)).mean[0]


def test_panels_stand_upright_as_one_reads_them(tmp_path: Path) -> None:
    """Each looks like its page of the screen edition, though two of them are printed upside down."""
    project = every_scheme(tmp_path)
    content = tmp_path / "content"
    content.mkdir()
    section = VISIT[VISIT.index("  - section") :]
    more = "".join(section.replace("id: visit", f"id: visit-{n}") for n in range(27))
    (content / "visit.yaml").write_text(VISIT + more, encoding="utf-8")
    printed, screen = made(project, "visit", "quarter-fold"), made(project, "visit", "quarter-fold", "screen")
    assert [place.turn for place in printed.plan.sides[0].placements] == [0, 180, 180, 0]
    pages = drawn(screen.data, SCALE)
    image, left = picture(printed), EDGE
    for page in pages:
        wide = page.width
        top = TOP + round(792 * SCALE) + GAP
        panel = image.crop((left, top, left + wide, top + page.height))
        for each in (panel, page):
            each.paste("white", (0, 0, 40, 40))  # the number
        assert 2 * apart(panel, page) < apart(panel.rotate(180), page)
        left += wide + GAP


def test_where_a_panel_is_a_side_it_is_drawn_once() -> None:
    one = made(LIBRARY, DOCUMENT, "handout")
    assert picture(one).height <= TOP + round(792 * SCALE) + EDGE + 1


# --- the command ---------------------------------------------------------------------------------


def test_the_picture_goes_to_where_it_is_wanted(tmp_path: Path) -> None:
    ran = booklet(tmp_path, "preview", DOCUMENT, "--layout", "trifold", "--locale", "es")
    usual = tmp_path / "output" / "es" / f"{DOCUMENT}.trifold.print.png"
    assert (ran.status, ran.out) == (0, f"Written: {usual}\n")
    ran = booklet(tmp_path, "preview", DOCUMENT, "--layout", "trifold", "--locale", "es", "--out", "look.png")
    assert ran.status == 0
    assert (tmp_path / "look.png").read_bytes() == usual.read_bytes()


def test_problems_are_told_and_no_picture_is_written(tmp_path: Path) -> None:
    ran = booklet(tmp_path, "preview", "visti", "--out", "look.png")
    assert (ran.status, ran.out) == (1, "")
    assert 'There is no document "visti".' in ran.err
    assert not (tmp_path / "look.png").exists()


def test_without_the_extra_it_says_what_to_install(tmp_path: Path) -> None:
    code = (
        "import sys; sys.modules['pypdfium2'] = None; from booklet.cli import main; "
        f"sys.argv = ['booklet', 'preview', '{DOCUMENT}']; main()"
    )
    command, path = [sys.executable, "-c", code], {"PYTHONPATH": str(ROOT)}
    done = subprocess.run(command, cwd=tmp_path, env=path, capture_output=True, text=True)
    assert done.returncode == 2
    assert "Install booklet[preview] to see pictures" in done.stderr
    assert "Traceback" not in done.stderr


class Watching:
    """`booklet preview --watch` in a process of its own."""

    def __init__(self, folder: Path) -> None:
        command = [sys.executable, "-m", "booklet", "preview", "visit", "--layout", "handout", "--watch"]
        self.errors = folder / "errors.txt"
        self.process = subprocess.Popen(
            [*command, "--out", "look.png"], cwd=folder, env={"PYTHONPATH": str(ROOT)},
            stdout=subprocess.PIPE, stderr=self.errors.open("w"), text=True,
        )  # fmt: skip
        self.guard = Timer(120, self.process.kill)
        self.guard.start()

    def line(self) -> str:
        """What it says next."""
        assert self.process.stdout
        return self.process.stdout.readline()

    def quiet(self) -> bool:
        """Whether it says nothing for two seconds."""
        assert self.process.stdout
        return not select.select([self.process.stdout], [], [], 2)[0]

    def stop(self) -> int:
        self.process.send_signal(signal.SIGINT)
        status = self.process.wait()
        self.guard.cancel()
        return status


@pytest.mark.skipif(sys.platform == "win32", reason="Ctrl-C is no signal there that a test could send.")
def test_it_draws_again_when_a_file_changes_and_stops_on_ctrl_c(tmp_path: Path) -> None:
    source, look = tmp_path / "content" / "visit.yaml", tmp_path / "look.png"
    source.parent.mkdir()
    source.write_text(VISIT, encoding="utf-8")
    watching = Watching(tmp_path)
    try:
        assert watching.line() == "Written: look.png\n"
        assert watching.line().startswith("Watching for changes.")
        before = look.read_bytes()
        source.write_text(VISIT.replace("Bring this", "Please bring that"), encoding="utf-8")
        while watching.quiet():  # it may just have begun to look
            source.touch()
        assert watching.line() == "Written: look.png\n"
        assert look.read_bytes() != before
        source.write_text(VISIT.replace("blocks:", "bloks:"), encoding="utf-8")
        while "bloks" not in watching.errors.read_text():
            assert watching.process.poll() is None
        source.write_text(VISIT, encoding="utf-8")
        assert watching.line() == "Written: look.png\n"
        assert look.read_bytes() == before
    finally:
        status = watching.stop()
    assert status == 0
    assert "Traceback" not in watching.errors.read_text()
