"""Makes docs/gallery: pictures of the PDFs that ship, and two pages that show them.

    python -m tools.make_gallery
    python -m tools.make_gallery languages

Needs the `test` extra, for PDFium. Builds every document of the library in English and Spanish in all its
layouts and editions in memory, draws the pages of each PDF on one sheet, and writes docs/gallery/README.md
beside them. Sheets that are printed and folded are also shown in gray, as a copier would. Of every other
language some pages are shown, in docs/gallery/languages.md; the second command makes these alone. The same
versions of the libraries give the same bytes.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import reduce
from io import BytesIO
from pathlib import Path
from typing import cast

from PIL import Image, ImageChops, ImageFilter
from PIL.Image import Dither, Resampling

from booklet import build, inputs
from booklet.layout import load
from booklet.locales import tags
from booklet.pagepictures import EDGE, GAP, TABLE, drawn, lay, sizes
from booklet.problems import Problem, ProblemsFound
from booklet.project import Project

ROOT = Path(__file__).resolve().parent.parent
GALLERY = ROOT / "docs" / "gallery"

WHOLE = ("en", "es")
"""Locales of which everything is shown."""
WIDTH = 820
"""Pixels across a sheet, at most. All measures here are in pixels."""
WIDER = 1100
"""The same where pages are shown to be read."""
PAMPHLET, STEPS = "loved-one-uses-heroin", "overdose-steps"
PHONE = 350
"""Points up to which a page is as narrow as a phone's, or a leaf of a folded sheet."""
SHARPER = 3
"""Pages are drawn this many times too large and scaled down, which keeps small print readable."""
LARGEST = 400_000
"""Bytes of a picture. Colours are given up until it is smaller."""
PALETTES = (128, 96, 64, 48, 32)
FLAT = 24
"""Of these, colours kept exactly as they are."""


@dataclass(frozen=True, slots=True)
class Shown:
    """One PDF of the gallery: what it is, and what it says of itself."""

    document: str
    title: str
    locale: str
    layout: str
    edition: str
    pages: int
    body: float
    folded: bool
    data: bytes = field(repr=False)

    @property
    def stem(self) -> str:
        return f"{self.locale}.{self.document}.{self.layout}.{self.edition}"

    @property
    def gray(self) -> bool:
        """Whether a gray copy is shown too."""
        return self.folded and self.edition == "print"


def everything() -> Iterator[Shown]:
    """All PDFs of the library in the locales of WHOLE, without a site. Raises ProblemsFound."""
    project = Project.at(ROOT)
    for order in build.orders(project, project.documents(), WHOLE, None, build.EDITIONS, None, None):
        if isinstance(order, Problem):
            raise ProblemsFound([order])
        for made in build.make(project, order):
            if isinstance(made, build.Made):
                yield _shown(project, order, made)


def languages() -> Iterator[Shown]:
    """Of every other locale one PDF for a phone: the pamphlet, or the overdose steps where there is only
    that. Raises ProblemsFound."""
    project = Project.at(ROOT)
    for locale in project.languages(STEPS):
        if locale in WHOLE:
            continue
        whole = locale in project.languages(PAMPHLET)
        document, layout = (PAMPHLET, "handout") if whole else (STEPS, "bifold")
        order = build.Order(document, locale, (layout,), ("screen",))
        for made in build.make(project, order):
            if isinstance(made, build.Made):
                yield _shown(project, order, made)


def _shown(project: Project, order: build.Order, made: build.Made) -> Shown:
    _, layout, edition = Path(made.name).stem.rsplit(".", 2)
    return Shown(
        document=order.document,
        title=inputs.document(project, order.document).content.title,
        locale=order.locale,
        layout=layout,
        edition=edition,
        pages=made.pages,
        body=made.body,
        folded=load.read(project, layout).layout.scheme != "one-up",
        data=made.data,
    )


# --- pictures ------------------------------------------------------------------------------------

Color = tuple[int, int, int]


def png(data: bytes, *, gray: bool = False, some: bool = False) -> bytes:
    """All pages of a PDF on a light gray ground, as a PNG of few colours; or `some` of them: what to do in
    an overdose, what comes next, and whom to call.

    Raises ValueError if no palette makes it small enough.
    """
    large, across = _some(data) if some else _pages(data, gray)
    sheet = _sheet(large, across)
    flat = _flat_colors(large)
    for colors in PALETTES:
        _few_colors(sheet, flat, colors).save(out := BytesIO(), "PNG", optimize=True)
        if out.tell() <= LARGEST:
            return out.getvalue()
    raise ValueError(f"A picture of {sheet.width} by {sheet.height} pixels cannot be made small enough.")


def _pages(data: bytes, gray: bool) -> tuple[list[Image.Image], int]:
    """The pages, drawn `SHARPER` times as large as they will be shown; how many stand side by side."""
    found = sizes(data)
    across = _across(found)
    width = (WIDTH - 2 * EDGE - GAP * (across - 1)) // across
    pages = drawn(data, SHARPER * width / max(wide for wide, _ in found))
    return [page.convert("L").convert("RGB") if gray else page for page in pages], across


def _some(data: bytes) -> tuple[list[Image.Image], int]:
    """Three pages side by side, large enough to read: the second, the third, and that of the helplines."""
    import pypdfium2

    with pypdfium2.PdfDocument(data) as pdf:
        told = [page.get_textpage().get_text_range() for page in pdf]
    helplines = max(number for number, text in enumerate(told) if "988" in text)
    width = (WIDER - 2 * EDGE - 2 * GAP) // 3
    pages = drawn(data, SHARPER * width / max(wide for wide, _ in sizes(data)))
    return [pages[number] for number in (1, 2, helplines)], 3


def _across(sizes: list[tuple[float, float]]) -> int:
    """How many pages stand side by side: one if they lie on their side, four narrow ones, else two."""
    wide, tall = sizes[0]
    most = 1 if wide > tall else 4 if wide < PHONE else 2
    rows = -(-len(sizes) // most)
    return -(-len(sizes) // rows)


def _sheet(large: list[Image.Image], across: int) -> Image.Image:
    """The pages beside and under each other, each with a soft shadow."""
    pages = [
        each.resize((each.width // SHARPER, each.height // SHARPER), Resampling.LANCZOS) for each in large
    ]
    wide, tall = max(page.width for page in pages), max(page.height for page in pages)
    rows = -(-len(pages) // across)
    size = (2 * EDGE + across * (wide + GAP) - GAP, 2 * EDGE + rows * (tall + GAP) - GAP)
    sheet = Image.new("RGB", size, TABLE)
    for place, page in enumerate(pages):
        row, column = divmod(place, across)
        lay(sheet, page, EDGE + column * (wide + GAP), EDGE + row * (tall + GAP))
    return sheet


def _flat_colors(pages: list[Image.Image]) -> list[Color]:
    """The colours of plain areas, the largest first. A palette alone would trade them for letters' shades."""
    counted: Counter[Color] = Counter()
    for page in pages:
        low, high = page.filter(ImageFilter.MinFilter(3)), page.filter(ImageFilter.MaxFilter(3))
        plain = (
            ImageChops.invert(ImageChops.difference(low, high)).convert("L").point(lambda even: even == 255)
        )
        areas = page.convert("RGBA")
        areas.putalpha(plain)
        for count, color in areas.getcolors(page.width * page.height) or []:
            red, green, blue, seen = cast("tuple[int, int, int, int]", color)
            counted[red, green, blue] += count * seen
    return [color for color, count in counted.most_common(FLAT) if count]


def _few_colors(sheet: Image.Image, flat: list[Color], colors: int) -> Image.Image:
    """The sheet in a palette of the flat colours and shades for the rest.

    Pillow takes the nearest colour only roughly, and white paper would not stay white: so the flat ones are
    put in place one by one.
    """
    palette = Image.new("P", (1, 1))
    shades = sheet.quantize(colors - len(flat), Image.Quantize.MEDIANCUT).getpalette() or []
    palette.putpalette([channel for color in flat for channel in color] + shades)
    small = sheet.quantize(palette=palette, dither=Dither.NONE)
    for index, color in enumerate(flat):
        apart = ImageChops.difference(sheet, Image.new("RGB", sheet.size, color)).split()
        small.paste(index, None, reduce(ImageChops.lighter, apart).point(lambda step: 255 * (step == 0)))
    return small


# --- the page that shows them --------------------------------------------------------------------

HEAD = """\
# Gallery

Every PDF that `booklet build` makes of the documents that ship, in English and Spanish, without a site. The
[other languages](languages.md) have a page of their own. Made by `python -m tools.make_gallery`: do not edit
this page.
"""
LANGUAGES = """\
# Languages

Three pages of each language that ships besides [English and Spanish](README.md), as they look on a phone. All
of them are machine drafts, and say so at the foot of each page: do not hand them out before a qualified
translator has read them. Made by `python -m tools.make_gallery languages`: do not edit this page.
"""


def page(all_shown: list[Shown]) -> str:
    """README.md of the gallery: a table, then the pictures."""
    heads = ("document", "locale", "layout", "edition", "pages", "body size")
    rows = [
        (
            f"[{one.title}](#{_anchor(one)})", one.locale, one.layout, one.edition,
            str(one.pages), f"{one.body:g} pt",
        )
        for one in all_shown
    ]  # fmt: skip
    lines = [HEAD, _row(heads), "| --- | --- | --- | --- | ---: | ---: |", *map(_row, rows)]
    for one in all_shown:
        lines += ["", f"## {_heading(one)}", "", _picture(one, "")]
        if one.gray:
            lines += ["", "The same on a copier without colour:", "", _picture(one, ".gray")]
    return "\n".join(lines) + "\n"


def languages_page(all_shown: list[Shown]) -> str:
    """languages.md of the gallery."""
    lines = [LANGUAGES]
    for one in all_shown:
        name = tags.parse(one.locale)
        lines += ["", f"## {name.name} ({one.locale}, {name.script})", "", _picture(one, "")]
    return "\n".join(lines) + "\n"


def _row(cells: tuple[str, ...]) -> str:
    return f"| {' | '.join(cells)} |"


def _heading(one: Shown) -> str:
    return f"{one.document}, {one.locale}, {one.layout}, {one.edition}"


def _anchor(one: Shown) -> str:
    """The name that GitHub gives the heading."""
    return _heading(one).replace(",", "").replace(" ", "-")


def _picture(one: Shown, ending: str) -> str:
    what = "in gray" if ending else "in colour"
    alt = f"The pages of the {one.edition} edition, layout {one.layout}, locale {one.locale}, {what}"
    return f"![{alt}]({one.stem}{ending}.png)"


def files() -> Iterator[tuple[str, bytes]]:
    """Every file about the locales of WHOLE, by its name."""
    all_shown = list(everything())
    yield "README.md", page(all_shown).encode()
    for one in all_shown:
        yield f"{one.stem}.png", png(one.data)
        if one.gray:
            yield f"{one.stem}.gray.png", png(one.data, gray=True)


def files_of_languages() -> Iterator[tuple[str, bytes]]:
    """Every file about the other locales, by its name."""
    all_shown = list(languages())
    yield "languages.md", languages_page(all_shown).encode()
    for one in all_shown:
        yield f"{one.stem}.png", png(one.data, some=True)


def main(arguments: list[str]) -> None:
    GALLERY.mkdir(parents=True, exist_ok=True)
    made = dict(files_of_languages())
    if arguments != ["languages"]:
        made |= dict(files())
        for path in GALLERY.glob("*.png"):
            if path.name not in made:
                path.unlink()
    for name, data in made.items():
        (GALLERY / name).write_bytes(data)
        print(f"{len(data) / 1000:6.0f} kB  docs/gallery/{name}")


if __name__ == "__main__":
    main(sys.argv[1:])
