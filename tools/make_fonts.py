"""Makes the typefaces in booklet/fonts from their published files.

    python tools/make_fonts.py FOLDER

FOLDER holds the unpacked npm packages of the scope `@expo-google-fonts`, each in a folder of its own name, as
`npm install` leaves them in `node_modules/@expo-google-fonts`:

    atkinson-hyperlegible-next  noto-sans  noto-sans-symbols  noto-sans-symbols-2  noto-sans-math
    noto-sans-arabic  noto-sans-hebrew  noto-sans-devanagari  noto-sans-bengali  noto-sans-tamil
    noto-sans-thai  noto-sans-lao  noto-sans-khmer  noto-sans-myanmar  noto-sans-ethiopic
    noto-nastaliq-urdu

What is done to each font stands in the text of booklet/fonts/README.md, at the end of this file. The same
packages give the same bytes. No font here has a reserved name in its licence.
"""

from __future__ import annotations

import argparse
import copy
import json
from collections.abc import Iterable
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import uharfbuzz as hb
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.ttLib.tables._g_l_y_f import Glyph

from booklet.pdf.entryfont import ENTRY_FONT, characters_of

ROOT = Path(__file__).resolve().parent.parent
FONTS = ROOT / "booklet" / "fonts"


@dataclass(frozen=True, slots=True)
class Style:
    """One static member of a family: the folder that its package keeps it in, and what it is."""

    name: str
    folder: str
    weight: int
    italic: bool = False


REGULAR = Style("Regular", "400Regular", 400)
BOLD = Style("Bold", "700Bold", 700)
ITALIC = Style("Italic", "400Regular_Italic", 400, italic=True)
BOLD_ITALIC = Style("BoldItalic", "700Bold_Italic", 700, italic=True)
EXTRA_BOLD = Style("ExtraBold", "800ExtraBold", 800)


@dataclass(frozen=True, slots=True)
class Family:
    """A typeface to ship; `sample` holds words that must be shaped as they were in the published file."""

    name: str
    scripts: tuple[str, ...]
    sample: str
    styles: tuple[Style, ...] = (REGULAR, BOLD)
    own_latin: bool = True
    """Whether its Latin letters and figures suit Noto Sans. Those of Nastaliq have serifs."""

    @property
    def package(self) -> str:
        return self.name.lower().replace(" ", "-")

    @property
    def stem(self) -> str:
        return self.name.replace(" ", "")


ATKINSON = Family(
    "Atkinson Hyperlegible Next",
    ("Latn",),
    "Llame al 911. ¿Respira? Aviso: «Ñandú», pingüino, Tomé AVATAR, fjord, Łódź, Türkiye.",
    (REGULAR, ITALIC, BOLD, BOLD_ITALIC, EXTRA_BOLD),
)
NOTO_SANS = Family(
    "Noto Sans",
    ("Latn", "Grek", "Cyrl"),
    "Người thân Tệ AVATAR ɓaŋ. Позвоните ещё раз, їжак Ђорђе. Καλέστε αμέσως, ἄνθρωπος Ά ΐ. a\u0328\u0301",
)
SCRIPTS = (
    Family("Noto Sans Arabic", ("Arab",), "اتصل بالرقم ٩١١، لا تتركه وحدَهُ. الله پچگ ٹھیک ہے إلاّ مُحَمَّد"),
    Family("Noto Sans Hebrew", ("Hebr",), "הישארו איתו. שָׁלוֹם בְּרֵאשִׁית ״צה״ל״"),
    Family("Noto Sans Devanagari", ("Deva",), "कृपया मदद के लिए फ़ोन करें। हिन्दी क्षत्रिय ज्ञान स्त्री र्कि ट्ठा मराठी"),
    Family("Noto Sans Bengali", ("Beng",), "জরুরি সাহায্যের জন্য ফোন করুন। ক্ষ র্কি স্ত্রী কো হৃদয় জ্ঞান"),
    Family("Noto Sans Tamil", ("Taml",), "உதவிக்கு அழைக்கவும். க்ஷ ஸ்ரீ கொ கௌ நீங்கள்"),
    Family("Noto Sans Thai", ("Thai",), "โทรขอความช่วยเหลือทันที น้ำ ที่ กี่ ป้า ฐู ญุ ผู้"),
    Family("Noto Sans Lao", ("Laoo",), "ໂທຂໍຄວາມຊ່ວຍເຫຼືອ ນ້ຳ ທີ່ ຫຼື ກຸ້ມ"),
    Family("Noto Sans Khmer", ("Khmr",), "សូមទូរស័ព្ទរកជំនួយ។ ខ្មែរ ស្ត្រី ក្រោម គ្រួសារ ញ៉ាំ"),
    Family("Noto Sans Myanmar", ("Mymr",), "အကူအညီအတွက် ဖုန်းဆက်ပါ။ မြန်မာ ကြွ သင်္ဘော ပုဂ္ဂိုလ်"),
    Family("Noto Sans Ethiopic", ("Ethi",), "እባክዎ ለእርዳታ ይደውሉ፤ አማርኛ ትግርኛ።"),
)
NASTALIQ = Family(
    "Noto Nastaliq Urdu",
    ("Arab",),
    "مدد کے لیے فون کریں۔ ٹھیک ہے، سانس نہیں لے رہا؟ پہلے ٩١١ کو بتائیں، ڈاکٹر گھبراہٹ",
    own_latin=False,
)
FAMILIES = (ATKINSON, NOTO_SANS, *SCRIPTS, NASTALIQ)


def characters(*ranges: tuple[int, int] | int) -> tuple[int, ...]:
    """The code points of inclusive ranges and of single numbers, in the order given."""
    pairs = [(r, r) if isinstance(r, int) else r for r in ranges]
    return tuple(point for first, last in pairs for point in range(first, last + 1))


# Widths of spaces as parts of the em (Unicode Standard, 6.2), or as that of another character.
SPACES: dict[int, float | str] = {
    0x2000: 1 / 2, 0x2001: 1, 0x2002: 1 / 2, 0x2003: 1, 0x2004: 1 / 3, 0x2005: 1 / 4, 0x2006: 1 / 6,
    0x2007: "0", 0x2008: ".", 0x2009: 1 / 6, 0x200A: 1 / 10, 0x202F: 1 / 6, 0x205F: 4 / 18,
}  # fmt: skip
# Joiners, direction marks, embeddings, isolates: no width and no ink.
FORMAT_CHARACTERS = characters((0x200B, 0x200F), (0x202A, 0x202E), 0x2060, (0x2066, 0x2069), 0xFEFF)
LATIN = characters(
    (0x20, 0x7E), (0xA0, 0xFF), (0x2010, 0x2027), (0x2030, 0x203A), 0x2044, 0x20AC, 0x2122, 0x2212,
    # The rest of WinAnsiEncoding, so that a form field in any of these fonts takes all of it.
    0x0152, 0x0153, 0x0160, 0x0161, 0x0178, 0x017D, 0x017E, 0x0192, 0x02C6, 0x02DC,
)  # fmt: skip
ARROWS = characters((0x2190, 0x2199))
RELATIONS = characters(0x221A, 0x221E, 0x2248, 0x2260, 0x2264, 0x2265)
SHAPES = characters(
    0x25A0, 0x25A1, 0x25AA, 0x25B2, 0x25B6, 0x25BC, 0x25C0, 0x25C6, 0x25CB, 0x25CF, 0x25E6,
    0x2605, 0x2606, 0x260E, (0x2610, 0x2612), 0x2709, 0x2713, 0x2714, 0x2717, 0x2718,
)  # fmt: skip
# Noto Sans draws none of these; its sister fonts do, on the same em.
NOTO_SISTERS = (
    ("noto-sans-symbols", ARROWS),
    ("noto-sans-math", RELATIONS),
    ("noto-sans-symbols-2", SHAPES),
)
NOTO_SANS_KEPT = characters(
    (0x20, 0x7E), (0xA0, 0x24F),  # Latin, Latin-1, Extended A and B
    # Letters of African languages that Unicode keeps among the phonetic ones: Hausa, Ewe, Twi, Fula.
    0x253, 0x254, 0x256, 0x257, 0x259, 0x25B, 0x260, 0x263, 0x268, 0x269, 0x272, 0x289, 0x28A, 0x28B, 0x292,
    (0x2B9, 0x2DD), (0x300, 0x36F),  # modifier letters, combining marks
    (0x370, 0x3FF), (0x400, 0x52F),  # Greek, Cyrillic
    (0x1E00, 0x1EFF), (0x1F00, 0x1FFF),  # Vietnamese, Greek with all its accents
    (0x2000, 0x206F), (0x2070, 0x209F), (0x20A0, 0x20CF), (0x2100, 0x218F),  # punctuation to fractions
    0x2212, 0x25CC, 0xFEFF, 0xFFFD,
)  # fmt: skip
# A character that looks the same as another, which the font does have.
ALIKE = {0x2010: 0x2D, 0x2011: 0x2D, 0xAD: 0x2D, 0xA0: 0x20, 0xB5: 0x3BC}

NAMES_KEPT = {0, 1, 2, 3, 4, 5, 6, 7, 13, 14, 16, 17}
TABLES_DROPPED = (
    *("DSIG", "STAT", "meta", "BASE", "vhea", "vmtx", "VORG"),  # signature, variation, vertical setting
    *("prep", "fpgm", "cvt ", "gasp", "hdmx", "VDMX", "LTSH"),  # hinting: print and PDF do without
)


def published(folder: Path, package: str, style: Style) -> Path:
    """The file of one style in an unpacked package. Raises FileNotFoundError, naming the package."""
    found = sorted((folder / package / style.folder).glob("*.ttf"))
    if not found:
        raise FileNotFoundError(f"No font in {folder / package / style.folder}: is that package unpacked?")
    return found[0]


def opened(path: Path) -> TTFont:
    return TTFont(path, recalcTimestamp=False)


def subset(font: TTFont, kept: Iterable[int]) -> None:
    """Drops every character but `kept`, with the glyphs and layout rules that only the others need."""
    options = Options()
    options.glyph_names = True
    options.notdef_outline = True
    options.hinting = False
    options.name_IDs = ["*"]
    options.layout_scripts = ["DFLT", "latn", "grek", "cyrl", "hani"]
    options.layout_features = [*Options().layout_features, "tnum"]
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=list(kept))
    subsetter.subset(font)


def map_character(font: TTFont, point: int, glyph: str) -> None:
    for table in font["cmap"].tables:
        if table.isUnicode() and table.format != 14:  # 14: variation sequences only
            table.cmap[point] = glyph


def add_alike(font: TTFont) -> None:
    """Lets characters that the font lacks share the glyph of one that looks the same."""
    for point, like in ALIKE.items():
        cmap = font.getBestCmap()
        if point not in cmap and like in cmap:
            map_character(font, point, cmap[like])


def add_blanks(font: TTFont) -> None:
    """Adds the spaces and format characters that the font lacks, as glyphs without ink."""
    cmap = font.getBestCmap()
    blanks: dict[int, float | str] = {**SPACES, **dict.fromkeys(FORMAT_CHARACTERS, 0)}
    for point, width in blanks.items():
        if point not in cmap:
            if isinstance(width, str):
                advance = font["hmtx"][cmap[ord(width)]][0]
            else:
                advance = round(width * font["head"].unitsPerEm)
            map_character(font, point, append_glyph(font, f"uni{point:04X}", Glyph(), (advance, 0)))


def add_missing(font: TTFont, donor: TTFont, wanted: Iterable[int], *, anew: bool = False) -> None:
    """Copies from `donor` the glyphs of those characters that `font` lacks; with `anew` of all.

    New glyphs follow the old ones, so glyph ids and names of the font stay what they were, and no layout rule
    of it can name a new glyph. Raises ValueError if the two fonts are not drawn on the same em.
    """
    if font["head"].unitsPerEm != donor["head"].unitsPerEm:
        raise ValueError("Only fonts with the same units per em can be merged.")
    copied: dict[str, str] = {}
    have, source = font.getBestCmap(), donor.getBestCmap()
    for point in wanted:
        if (anew or point not in have) and point in source:
            map_character(font, point, copy_glyph(font, donor, source[point], copied))


def copy_glyph(font: TTFont, donor: TTFont, name: str, copied: dict[str, str]) -> str:
    """Copies one glyph and what it is composed of; returns its name in `font`."""
    if name in copied:
        return copied[name]
    glyph = copy.deepcopy(donor["glyf"][name])
    glyph.removeHinting()
    for component in glyph.components if glyph.isComposite() else ():
        component.glyphName = copy_glyph(font, donor, component.glyphName, copied)
    copied[name] = append_glyph(font, name, glyph, donor["hmtx"][name])
    return copied[name]


def append_glyph(font: TTFont, name: str, glyph: Glyph, metrics: tuple[int, int]) -> str:
    """Puts a glyph behind all others; returns its name, which differs from `name` if that is taken."""
    new = f"{name}.added" if name in font.getReverseGlyphMap() else name
    font.setGlyphOrder([*font.getGlyphOrder(), new])
    font["glyf"].glyphOrder = font.getGlyphOrder()
    font["glyf"][new] = glyph
    font["hmtx"][new] = metrics
    font["GDEF"].table.GlyphClassDef.classDefs[new] = 1  # a base glyph
    return new


def strip(font: TTFont) -> None:
    for tag in TABLES_DROPPED:
        if tag in font:
            del font[tag]
    for name in font.getGlyphOrder():
        font["glyf"][name].removeHinting()


def sign(font: TTFont, donors: Iterable[TTFont], change: str) -> None:
    """Cuts the name table to the needful, adds the donors' copyright lines, and says what was changed."""
    table = font["name"]
    table.names = [n for n in table.names if n.nameID in NAMES_KEPT and n.platformID == 3]
    lines = dict.fromkeys(f["name"].getDebugName(0).rstrip() for f in (font, *donors))
    table.setName("; ".join(lines), 0, 3, 1, 0x409)
    table.setName(f"{table.getDebugName(3)};booklet", 3, 3, 1, 0x409)
    table.setName(f"{table.getDebugName(5)}; changed for booklet", 5, 3, 1, 0x409)
    table.setName(change, 10, 3, 1, 0x409)


def shaped(data: bytes, text: str) -> list[tuple[str, int, int, int, int, int]]:
    """Each word of `text` as HarfBuzz shapes it: glyph name, cluster, advance and offset."""
    font = hb.Font(hb.Face(data))
    names = TTFont(BytesIO(data), lazy=True).getGlyphOrder()
    glyphs = []
    for word in text.split(" "):
        buffer = hb.Buffer()
        buffer.add_str(word)
        buffer.guess_segment_properties()
        hb.shape(font, buffer)
        for info, at in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True):
            place = (at.x_advance, at.y_advance, at.x_offset, at.y_offset)
            glyphs.append((names[info.codepoint], info.cluster, *place))
    return glyphs


def save(font: TTFont, path: Path, original: Path, sample: str) -> None:
    """Writes the font once it is sure that the sample is shaped as with the published file."""
    font.save(file := BytesIO())
    before, after = shaped(original.read_bytes(), sample), shaped(file.getvalue(), sample)
    if before != after:
        raise ValueError(f"{path.name} no longer shapes its sample as {original.name} does.")
    if any(name == ".notdef" for name, *_ in after):
        raise ValueError(f"{path.name} lacks a character of its sample.")
    path.write_bytes(file.getvalue())


def make_atkinson(folder: Path) -> list[TTFont]:
    made = []
    for style in ATKINSON.styles:
        original = published(folder, ATKINSON.package, style)
        font = opened(original)
        add_alike(font)
        add_blanks(font)
        strip(font)
        sign(font, [], "Hinting dropped; spaces and format characters added.")
        save(font, FONTS / f"{ATKINSON.stem}-{style.name}.ttf", original, ATKINSON.sample)
        made.append(font)
    return made


def make_noto_sans(folder: Path) -> dict[str, TTFont]:
    """Writes Noto Sans and returns it by style, to lend its Latin to the other fonts."""
    made = {}
    for style in NOTO_SANS.styles:
        original = published(folder, NOTO_SANS.package, style)
        font = opened(original)
        subset(font, NOTO_SANS_KEPT)
        add_blanks(font)
        donors = []
        for package, wanted in NOTO_SISTERS:
            # Mathematics and Symbols 2 come in one weight.
            has_style = (folder / package / style.folder).is_dir()
            donors.append(opened(published(folder, package, style if has_style else REGULAR)))
            add_missing(font, donors[-1], wanted)
        strip(font)
        sign(font, donors, "Subset; hinting dropped; arrows, relations and shapes added from sister fonts.")
        path = FONTS / f"{NOTO_SANS.stem}-{style.name}.ttf"
        save(font, path, original, NOTO_SANS.sample)
        made[style.name] = opened(path)
    return made


def make_script(folder: Path, family: Family, noto: dict[str, TTFont]) -> list[TTFont]:
    made = []
    for style in family.styles:
        original = published(folder, family.package, style)
        font, donor = opened(original), noto[style.name]
        add_alike(font)
        add_blanks(font)
        add_missing(font, donor, (*LATIN, *ARROWS, *RELATIONS, *SHAPES))
        if not family.own_latin:
            add_missing(font, donor, filter(lambda point: chr(point).isalnum(), LATIN), anew=True)
        strip(font)
        sign(font, [donor], "Hinting dropped; missing Latin, punctuation and symbols added from Noto Sans.")
        save(font, FONTS / f"{family.stem}-{style.name}.ttf", original, family.sample)
        made.append(font)
    return made


def make_entry_font() -> None:
    """Writes the font that forms bring for what people type, from the Regular fonts made before it.

    Viewers show what is typed letter by letter, so it has no layout rules.
    """
    donors = [opened(FONTS / f"{family.stem}-Regular.ttf") for family in SCRIPTS]
    font = opened(FONTS / f"{NOTO_SANS.stem}-Regular.ttf")
    for family, donor in zip(SCRIPTS, donors, strict=True):
        add_missing(font, donor, sorted(characters_of(family.scripts[0])))
    wanted = set().union(*(characters_of(script) for family in FAMILIES for script in family.scripts))
    subset(font, wanted & set(font.getBestCmap()))
    for tag in ("GSUB", "GPOS", "GDEF"):
        if tag in font:
            del font[tag]
    sign(font, donors, "Letters of many scripts in one font; layout rules dropped.")
    for number, text in ((1, "Noto Sans Entry"), (4, "Noto Sans Entry Regular"), (6, ENTRY_FONT.stem)):
        font["name"].setName(text, number, 3, 1, 0x409)
    ENTRY_FONT.parent.mkdir(exist_ok=True)
    font.save(ENTRY_FONT)


def write_licence(path: Path, folder: Path, packages: Iterable[str], fonts: Iterable[TTFont]) -> None:
    """Writes the Open Font License under the copyright lines of the packages and of the fonts themselves."""
    texts = [(folder / p / "LICENSE_FONT").read_text(encoding="utf-8").strip() for p in packages]
    lines = {text.splitlines()[0].strip() for text in texts}
    for font in fonts:
        lines.update(font["name"].getDebugName(0).split("; "))
    terms = texts[0].split("\n", 1)[1]
    clean = "\n".join(line.rstrip() for line in terms.splitlines())
    path.write_text("\n".join(sorted(lines)) + "\n" + clean + "\n", encoding="utf-8")


def registry() -> list[dict[str, object]]:
    """What booklet/fonts/fonts.json says: one entry a file, in order of preference for a script."""
    return [
        {
            "family": family.name,
            "file": f"{family.stem}-{style.name}.ttf",
            "weight": style.weight,
            "italic": style.italic,
            "scripts": list(family.scripts),
        }
        for family in FAMILIES
        for style in family.styles
    ]


def version(folder: Path, package: str) -> str:
    """The package and its version, with that of the font inside."""
    number = json.loads((folder / package / "package.json").read_text(encoding="utf-8"))["version"]
    inside = TTFont(published(folder, package, REGULAR), lazy=True)["name"].getDebugName(5)
    return f"| `{package}` {number} | {inside.removeprefix('Version ').split(';')[0]} |"


def write_readme(folder: Path) -> None:
    packages = [*(f.package for f in FAMILIES), *(package for package, _ in NOTO_SISTERS)]
    table = "\n".join(version(folder, package) for package in packages)
    (FONTS / "README.md").write_text(README.replace("TABLE", table), encoding="utf-8")


README = """# The typefaces that booklet ships

Static TrueType files under the SIL Open Font License, made by `tools/make_fonts.py`. `fonts.json` lists them
in order of preference; `LICENSE-*.txt` are the licence texts with all copyright lines. To make the files
again, install the npm packages below (scope `@expo-google-fonts`) and give the script their folder.

| package | version of the font |
|---|---|
TABLE

## What was changed

- **All**: hinting and the tables for variation and vertical setting were dropped, the name table cut down.
  Line metrics and layout rules are as published, and so are glyph names and ids where nothing was cut out.
  The script refuses to write a font that shapes its sample words otherwise than the published one.
- **Atkinson Hyperlegible Next** (Regular, Italic, Bold, Bold Italic, ExtraBold): no outline is new. Spaces of
  fixed width, joiners and direction marks were added; the hyphens U+2010 and U+2011 share the hyphen's glyph.
  It has no Vietnamese, Greek or Cyrillic: those are set in Noto Sans.
- **Noto Sans** (Regular, Bold): cut down to Latin with Vietnamese, Greek, Cyrillic, punctuation, currency and
  letter-like symbols. Arrows were added from Noto Sans Symbols, ≈ ≠ ≤ ≥ √ ∞ from Noto Sans Math, and check
  boxes, stars and simple shapes from Noto Sans Symbols 2; the last two have one weight, so Bold has the same.
- **Noto Sans Arabic, Hebrew, Devanagari, Bengali, Tamil, Thai, Lao, Khmer, Myanmar, Ethiopic, Noto Nastaliq
  Urdu** (Regular, Bold): what each lacked of Latin-1, WinAnsi, general punctuation and the symbols above was
  added from Noto Sans of the same weight, so that a line with digits and Latin words stays in one font. In
  Noto Nastaliq Urdu all Latin letters and the digits 0 to 9 were replaced: its own have serifs.
- **Noto Sans Entry** (Regular, in `entry/`; not a family to set documents in): the letters that people type,
  taken from the Regular fonts above into one, without layout rules. Forms embed a subset of it.

Typefaces for Chinese, Japanese and Korean are too large to ship: `pip install "booklet[cjk]"` brings them.
"""


def main() -> None:
    parser = argparse.ArgumentParser(description="Make the typefaces that booklet ships.")
    parser.add_argument("folder", type=Path, help="where the packages of @expo-google-fonts are unpacked")
    folder = parser.parse_args().folder
    noto = make_noto_sans(folder)
    atkinson = make_atkinson(folder)
    scripts = [font for family in (*SCRIPTS, NASTALIQ) for font in make_script(folder, family, noto)]
    write_licence(FONTS / "LICENSE-atkinson-hyperlegible-next.txt", folder, [ATKINSON.package], atkinson)
    packages = [f.package for f in (NOTO_SANS, *SCRIPTS, NASTALIQ)] + [package for package, _ in NOTO_SISTERS]
    write_licence(FONTS / "LICENSE-noto-sans.txt", folder, packages, [*noto.values(), *scripts])
    make_entry_font()
    (FONTS / "fonts.json").write_text(json.dumps(registry(), indent=2) + "\n", encoding="utf-8")
    write_readme(folder)


if __name__ == "__main__":
    main()
