"""The text engine loses nothing, breaks lines where a language may be broken, and chooses fitting faces."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise
from unicodedata import bidirectional, category

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from booklet.content.document import Rich, Span
from booklet.typeset import bidi
from booklet.typeset.breaks import opportunities
from booklet.typeset.fonts import Face, FontBook
from booklet.typeset.paragraph import (
    EPSILON,
    Paragraph,
    TypeStyle,
    balance_lines,
    break_lines,
    line,
    typeset,
)
from booklet.typeset.scripts import default_script
from booklet.typeset.shape import UNPAINTED, Cluster, shape

STYLE = TypeStyle(FontBook(("Atkinson Hyperlegible Next", "Noto Sans")))
FSI, PDI, NBSP, SOFT_HYPHEN = "\u2068", "\u2069", "\u00a0", "\u00ad"

WORDS = """
    Call for help 911 50% 2.5 (988) follow-up office “calm” 5\u00a0mg naïve Đừng để họ Позовите помощь Καλέστε
    اتصل الآن فورًا ٩٠ ،«لا» وَحْدَهُ הזעיקו עזרה! שָׁלוֹם תַּשְׁאִירוּ (ב-3) می‌شنوید मदद के श्वास क्षमा
    সাহায্যের அழைக்கவும் ความช่วยเหลือ น้ำเสียงที่ ຊ່ວຍເຫຼືອ ជំនួយភ្លាមៗ ချက်ချင်း ይደውሉ።
    \u2068+1\u00a0555-0199\u2069 \u200fא\u200e x\u00ady a\u200bb
""".replace("\n", " ").split(" ")
WORDS = list(filter(None, WORDS))
texts = st.lists(st.sampled_from(WORDS), min_size=1, max_size=12).map(" ".join)
LETTERS = "".join(char for char in "".join(WORDS) if category(char) != "Mn")
CONTROLS = "\u2066\u2067\u2068\u2069\u202a\u202b\u202c\u061c"
wild_texts = st.text(st.sampled_from(LETTERS + " -/.,:;!?…–()[]'\"" + CONTROLS), min_size=1, max_size=60)
languages = st.sampled_from(["en", "ar", "he", "hi", "th", "km", "my", "vi", "zh"])
widths = st.floats(min_value=1, max_value=40)
some = settings(max_examples=150, deadline=None, derandomize=True)


def set_text(text: str | Rich, lang: str = "en", *, rtl: bool = False, style: TypeStyle = STYLE) -> Paragraph:
    return typeset((Span(text),) if isinstance(text, str) else text, style, lang, rtl)


def faces(paragraph: Paragraph) -> list[tuple[str, str]]:
    """The text of a paragraph in one line, cut where the face changes."""
    runs = line(paragraph, 0, len(paragraph.segments)).runs
    return [
        ("".join(c.text for c in (run.clusters[::-1] if run.rtl else run.clusters)), run.face.name)
        for run in runs
    ]


# --- nothing is lost, nothing stands out ---------------------------------------------------------


@some
@given(st.one_of(texts, wild_texts), languages, st.booleans(), widths)
def test_every_character_is_in_the_lines_once_and_in_order(
    text: str, lang: str, rtl: bool, width: float
) -> None:
    paragraph = set_text(text, lang, rtl=rtl)
    told = "".join(line(paragraph, start, end).text for start, end in break_lines(paragraph, width))
    assert told == text.translate(UNPAINTED)


@some
@given(texts, st.data(), languages, st.booleans(), widths)
def test_styles_take_nothing_away(text: str, data: st.DataObject, lang: str, rtl: bool, width: float) -> None:
    cuts = sorted(data.draw(st.lists(st.integers(0, len(text)), max_size=3)))
    parts = [text[start:end] for start, end in pairwise([0, *cuts, len(text)])]
    rich = tuple(
        Span(part, bold=place % 2 == 1, url="https://x.org" if place == 2 else None)
        for place, part in enumerate(parts)
        if part
    )
    paragraph = set_text(rich, lang, rtl=rtl)
    told = "".join(line(paragraph, start, end).text for start, end in break_lines(paragraph, width))
    assert told == text.translate(UNPAINTED)


@some
@given(texts, languages, st.booleans(), widths)
def test_no_line_is_too_wide_unless_it_cannot_be_broken(
    text: str, lang: str, rtl: bool, width: float
) -> None:
    paragraph = set_text(text, lang, rtl=rtl)
    for start, end in break_lines(paragraph, width):
        assert end - start == 1 or line(paragraph, start, end).width <= width + EPSILON


@some
@given(texts, languages, st.lists(widths, min_size=2, max_size=5))
def test_wider_lines_are_never_more(text: str, lang: str, many: list[float]) -> None:
    paragraph = set_text(text, lang)
    counts = [len(break_lines(paragraph, width)) for width in sorted(many)]
    assert counts == sorted(counts, reverse=True)


@some
@given(texts, languages, st.booleans(), widths)
def test_runs_stand_side_by_side_and_fill_the_line(text: str, lang: str, rtl: bool, width: float) -> None:
    paragraph = set_text(text, lang, rtl=rtl)
    for start, end in break_lines(paragraph, width):
        made = line(paragraph, start, end)
        pen = 0.0
        for run in sorted(made.runs, key=lambda run: run.x):
            assert run.x == pytest.approx(pen)
            assert run.width == pytest.approx(sum(c.advance for c in run.clusters) / run.face.upem)
            pen += run.width
        assert made.width <= pen + EPSILON
        assert made.hang <= pen - made.width + EPSILON


@some
@given(st.one_of(texts, wild_texts), languages, st.booleans(), widths)
def test_lines_are_in_the_order_of_the_bidi_algorithm(text: str, lang: str, rtl: bool, width: float) -> None:
    """Piece by piece as character by character."""
    paragraph = set_text(text, lang, rtl=rtl)
    cuts = opportunities(text, lang)
    kinds = set(map(bidirectional, text))
    if bool(kinds & {"R", "AL"}) + ("L" in kinds) == 1 and rtl == ("L" in kinds):
        # All of it runs the other way: it is isolated as a whole.
        text = FSI + text + PDI
        cuts = [(start + 1, end + 1) for start, end in cuts]
    levels = bidi.levels(text, int(rtl))
    for start, end in break_lines(paragraph, width):
        first, last = cuts[start][0], cuts[end - 1][1]
        order = bidi.visual_order(bidi.line_levels(text, levels, int(rtl), first, last))
        expected = "".join(text[first + place] for place in order).translate(UNPAINTED)
        # A no-break space at the end of a line counts for nothing here, and stands where the others do.
        assert painted(paragraph, start, end).strip(NBSP) == expected.strip(NBSP)


def painted(paragraph: Paragraph, start: int, end: int) -> str:
    """The characters of a line from left to right."""
    runs = sorted(line(paragraph, start, end).runs, key=lambda run: (round(run.x, 6), run.width))
    return "".join(c.text[::-1] if run.rtl else c.text for run in runs for c in run.clusters)


# --- line breaks ---------------------------------------------------------------------------------


def segments(text: str, lang: str = "en") -> list[str]:
    return [text[start:end] for start, end in opportunities(text, lang)]


@pytest.mark.parametrize(
    "text",
    [
        "1-800-662-4357", "+1\u00a0555-010-0199", "(555)\u00a0010-0199", "50%", "$4.50", "€20", "5\u00a0mg",
        "12:30", "10,000", "24/7", "Dr.\u00a0Smith", "(988)", "“Help!”", "don’t", "7\u202f%",
        "well\u2011being",
    ],
)  # fmt: skip
def test_what_belongs_together_is_never_broken(text: str) -> None:
    assert segments(text) == [text]
    assert len(break_lines(set_text(text), 1)) == 1


@pytest.mark.parametrize(
    ("text", "lang", "expected"),
    [
        ("Call 911 now", "en", ["Call ", "911 ", "now"]),
        ("follow-up visit", "en", ["follow-", "up ", "visit"]),
        ("wait — then call", "en", ["wait ", "— ", "then ", "call"]),
        ("a\u200bb", "en", ["a\u200b", "b"]),
        ("โทรขอความช่วยเหลือทันที", "th", ["โทร", "ขอ", "ความ", "ช่วย", "เหลือ", "ทันที"]),
        ("សូមទូរស័ព្ទ", "km", ["សូម", "ទូរស័ព្ទ"]),
        ("ຊ່ວຍຫາຍໃຈ", "lo", ["ຊ່ວຍ", "ຫາຍໃຈ"]),
        ("ဖုန်းဆက်ပါ", "my", ["ဖုန်း", "ဆက်", "ပါ"]),
        ("हैं? अगर", "hi", ["हैं? ", "अगर"]),
        # No line begins with a repeat sign, nor with the last letter of a word that no dictionary has.
        ("ถูแรง ๆ ที่กระดูก", "th", ["ถู", "แรง ๆ ", "ที่", "กระดูก"]),
        ("ពាក្យងាយៗ ឬអ្នក", "km", ["ពាក្យ", "ងាយៗ ", "ឬ", "អ្នក"]),
        ("អូភីអូអ៊ីតលើសកម្រិត", "km", ["អូ", "ភី", "អូ", "អ៊ីត", "លើសកម្រិត"]),
        # Where the author has put a space of no width there may be a break, and nowhere else if he joins.
        ("សូម\u200bទូរស័ព្ទ", "km", ["សូម\u200b", "ទូរស័ព្ទ"]),
        ("ทัน\u200bที", "th", ["ทัน\u200b", "ที"]),
        ("ខ្ញុំ\u200bត", "km", ["ខ្ញុំ\u200b", "ត"]),
        ("โทร\u2060ขอ", "th", ["โทร\u2060ขอ"]),
    ],
)  # fmt: skip
def test_lines_break_between_words(text: str, lang: str, expected: list[str]) -> None:
    assert segments(text, lang) == expected


def test_chinese_lines_begin_and_end_as_they_may() -> None:
    text = "《家人手册》：“什么时候打电话？”——任何时候，一天24小时、每周7天（都可以）！"
    for piece in segments(text, "zh-Hans"):
        assert piece[0] not in "》：？”，、）！"
        assert piece[-1] not in "《“（"


def test_characters_beyond_the_first_plane_count_once() -> None:
    assert segments("\U0001f4de call \U0001f6d1 now") == ["\U0001f4de ", "call ", "\U0001f6d1 ", "now"]


def test_line_ends_of_the_author_are_kept() -> None:
    paragraph = set_text("one two\nthree four")
    assert [line(paragraph, *pair).text for pair in break_lines(paragraph, 100)] == ["one two", "three four"]


def test_letters_do_not_join_over_the_end_of_a_line() -> None:
    paragraph = set_text("سلم\nسلم", "ar", rtl=True)
    first, second = (line(paragraph, *pair).runs[0].clusters for pair in break_lines(paragraph, 100))
    assert first == second


@pytest.mark.parametrize("text", ["Call now ", f"Call {FSI}now {PDI}", "Call now \u200e", "Call now\u00a0 "])
def test_space_at_the_end_of_a_line_counts_for_nothing(text: str) -> None:
    assert set_text(text).natural == set_text("Call now").natural


def test_last_word_does_not_stand_alone() -> None:
    paragraph = set_text("Stay with them until the ambulance comes, and do not leave them on their own")
    saved = 0
    for width in (tenths / 10 for tenths in range(80, 400)):
        broken = break_lines(paragraph, width)
        full = [line(paragraph, start, end + 1).width > width for start, end in broken[:-1]]
        assert all(full[:-1])  # the lines above are as full as they can be
        if not all(full):
            saved += 1
            assert broken[-1][1] - broken[-1][0] == 2
        elif len(broken) > 1 and broken[-1][1] - broken[-1][0] == 1:
            # The line above would be left with one word, or the two words do not fit.
            start, end = broken[-2]
            assert end - start == 2 or line(paragraph, end - 1, broken[-1][1]).width > width
    assert saved


HEADINGS = (
    "How to wake someone who does not answer you",
    "What to do first",
    "நீங்கள் முதலில் என்ன செய்ய வேண்டும்",
    "מה עושים קודם כול",
)


@pytest.mark.parametrize("text", HEADINGS)
def test_headings_are_balanced_at_no_cost(text: str) -> None:
    paragraph = set_text(text)
    for width in range(6, 30):
        if paragraph.widest > width:
            continue
        balanced = balance_lines(paragraph, width)
        assert len(balanced) == len(break_lines(paragraph, width))
        widest = max(line(paragraph, *pair).width for pair in balanced)
        # No narrower column would do.
        if len(balanced) > 1 and widest - 0.2 > paragraph.widest:
            assert len(break_lines(paragraph, widest - 0.2)) > len(balanced)


# --- directions ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rich", "lang", "shown"),
    [
        # A title in English on an Arabic page: its full stop and its number stand where they do in English.
        ((Span("988 Suicide & Crisis Lifeline."),), "ar", "988 Suicide & Crisis Lifeline."),
        ((Span("Narcan (4 mg)"),), "ar", "Narcan (4 mg)"),
        ((Span("1-800-662-4357"),), "ar", "1-800-662-4357"),
        ((Span("العربية."),), "en", ".ةيبرعلا"),
        # A phrase whose language is known, in a sentence.
        ((Span("انظر "), Span("Heroin. CDC", lang="en"), Span(".")), "ar", ".Heroin. CDC رظنا"),
        ((Span("See "), Span("دليل (2025).", lang="ar"), Span(" today")), "en", "See .)2025( ليلد today"),
        # As before: one paragraph of two directions runs as the page does.
        ((Span("دواء Narcan (4 mg)."),), "ar", ".Narcan (4 mg) ءاود"),
    ],
)
def test_a_foreign_phrase_has_a_direction_of_its_own(rich: Rich, lang: str, shown: str) -> None:
    paragraph = set_text(rich, lang, rtl=lang == "ar")
    assert painted(paragraph, 0, len(paragraph.segments)) == shown


# --- shaping -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("First find the office, then sniffle: AVATAR, To Yo. “fjord”", "en"),
        ("Hãy gọi người giúp ngay. Ở lại với họ", "vi"),
        ("اِبْقَ هَادِئًا وَلَا تَتْرُكْهُ وَحْدَهُ. كُلُّ دَقِيقَةٍ مُهِمَّةٌ", "ar"),
        ("הִשָּׁאֲרוּ רְגוּעִים וְאַל תַּשְׁאִירוּ אוֹתוֹ לְבַד.", "he"),
        ("कृपया प्रशिक्षित स्वास्थ्य कार्यकर्ता से पूछें। क्षमा करें", "hi"),
        ("প্রশিক্ষিত স্বাস্থ্যকর্মীকে জিজ্ঞাসা করুন। বৃহস্পতিবার", "bn"),
        ("உடனே உதவிக்கு அழைக்கவும். ஸ்ரீ லக்ஷ்மி", "ta"),
        ("พูดด้วยน้ำเสียงที่นุ่มนวลและถามว่าได้ยินไหม", "th"),
        ("ເວົ້າດ້ວຍນ້ຳສຽງອ່ອນໂຍນ", "lo"),
        ("សូមទូរស័ព្ទរកជំនួយភ្លាមៗ។ ស្ត្រីក៏អាចសួរបាន", "km"),
        ("ဆေးခန်းသည် အင်္ဂါနေ့နှင့် သောကြာနေ့တွင် ဖွင့်သည်", "my"),
        ("ለእርዳታ ይደውሉ። ከእሱ ጋር ይቆዩ፣", "am"),
    ],
)  # fmt: skip
def test_words_are_shaped_alone_as_in_their_sentence(text: str, lang: str) -> None:
    """So shapes can be kept by the word, and lines broken without shaping again."""
    rtl = lang in ("ar", "he")
    (run,) = line(set_text(text, lang, rtl=rtl), 0, len(opportunities(text, lang))).runs
    whole = shape(run.face, text, default_script(lang), rtl, lang)
    assert glyphs(run.clusters) == glyphs(whole.clusters)


def glyphs(clusters: Iterable[Cluster]) -> list[int]:
    return [glyph for cluster in clusters for glyph, _, _ in cluster.glyphs]


def test_ligatures_and_kerning_are_on() -> None:
    office = shape(face("ru"), "office", "Latn", False, "en")
    assert "ffi" in [cluster.text for cluster in office.clusters]
    pair = shape(face("en"), "To", "Latn", False, "en")
    assert pair.advance < sum(shape(face("en"), char, "Latn", False, "en").advance for char in "To")


def face(lang: str) -> Face:
    return STYLE.book.chain(default_script(lang), 400, False, lang)[0]


def test_arabic_letters_join_and_isolated_ones_do_not() -> None:
    joined = shape(face("ar"), "سلم", "Arab", True, "ar").clusters
    alone = [shape(face("ar"), char, "Arab", True, "ar").clusters[0] for char in "ملس"]
    assert all(one.glyphs != other.glyphs for one, other in zip(joined, alone, strict=True))


# --- faces ---------------------------------------------------------------------------------------


def test_a_text_without_faults_misses_nothing() -> None:
    assert set_text("Call 911. ¿Respira? → ☐ Đừng để họ một mình. Ещё раз").missing == ()


def test_characters_without_glyph_are_named_once_each() -> None:
    assert set_text("a \U0001f9b7 b \U0001f9b7\u2695 c").missing == ("\U0001f9b7", "\u2695")


@pytest.mark.parametrize(
    "text", ["Đừng để họ một mình", "Xin chào, 911", "Gọi cấp cứu (miễn phí)", "Call 911"]
)
def test_vietnamese_is_set_in_one_face(text: str) -> None:
    assert faces(set_text(text, "vi")) == [(text, "NotoSans-Regular")]


def test_a_foreign_name_changes_the_face_of_its_words_only() -> None:
    assert faces(set_text("Tell Nguyễn Thị Hương, or Łukasz.")) == [
        ("Tell ", "AtkinsonHyperlegibleNext-Regular"),
        ("Nguyễn", "NotoSans-Regular"),
        (" ", "AtkinsonHyperlegibleNext-Regular"),
        ("Thị", "NotoSans-Regular"),
        (" ", "AtkinsonHyperlegibleNext-Regular"),
        ("Hương", "NotoSans-Regular"),
        (", or Łukasz.", "AtkinsonHyperlegibleNext-Regular"),
    ]


def test_brackets_are_a_pair_in_one_face() -> None:
    assert faces(set_text("Thai (ภาษาไทย), Arabic (العربية), and so on.")) == [
        ("Thai (", "AtkinsonHyperlegibleNext-Regular"),
        ("ภาษาไทย", "NotoSansThai-Regular"),
        ("), Arabic (", "AtkinsonHyperlegibleNext-Regular"),
        ("العربية", "NotoSansArabic-Regular"),
        ("), and so on.", "AtkinsonHyperlegibleNext-Regular"),
    ]


def test_what_follows_a_word_of_the_other_direction_is_set_as_the_text_around() -> None:
    assert faces(set_text("In Arabic العربية, and so on.")) == [
        ("In Arabic ", "AtkinsonHyperlegibleNext-Regular"),
        ("العربية", "NotoSansArabic-Regular"),
        (", and so on.", "AtkinsonHyperlegibleNext-Regular"),
    ]


@pytest.mark.parametrize(
    ("text", "lang", "name"),
    [
        ("دواء Narcan 4 mg (988).", "ar", "NotoSansArabic-Regular"),
        ("โทร 1800 (Narcan)", "th", "NotoSansThai-Regular"),
        ("Спросите Narcan — 988", "ru", "NotoSans-Regular"),
        ("+1 555-0199", "hi", "NotoSansDevanagari-Regular"),
    ],
)
def test_foreign_words_take_the_paragraphs_own_face_if_they_can(text: str, lang: str, name: str) -> None:
    assert {face for _, face in faces(set_text(text, lang, rtl=lang == "ar"))} == {name}


def test_bold_and_italic_have_faces_of_their_own() -> None:
    rich = (Span("Call "), Span("now", bold=True), Span(" and "), Span("stay", italic=True))
    assert [name for _, name in faces(set_text(rich))] == [
        "AtkinsonHyperlegibleNext-Regular", "AtkinsonHyperlegibleNext-Bold",
        "AtkinsonHyperlegibleNext-Regular", "AtkinsonHyperlegibleNext-Italic",
    ]  # fmt: skip


def test_nothing_is_slanted_that_has_no_italic() -> None:
    assert faces(set_text((Span("сейчас", italic=True),), "ru")) == [("сейчас", "NotoSans-Regular")]


@pytest.mark.parametrize(
    ("tag", "script"),
    [
        ("en-US", "Latn"),
        ("zh-Hans", "Hani"),
        ("zh-Hant-TW", "Hani"),
        ("sr", "Cyrl"),
        ("sr-Latn", "Latn"),
        ("ur", "Arab"),
    ],
)
def test_language_tags_tell_the_script(tag: str, script: str) -> None:
    assert default_script(tag) == script


def test_a_foreign_word_does_not_move_lines_apart() -> None:
    plain = set_text("The leaflet has a name in Arabic.")
    for name in ("العربية", "עברית", "Русский", "ไทย"):
        other = set_text(f"The leaflet has a name ({name}) in Arabic.")
        assert (other.ascent, other.descent) == (plain.ascent, plain.descent)


def test_tall_foreign_letters_have_room() -> None:
    plain, other = set_text("Burmese"), set_text("Burmese (မြန်မာ)")
    assert other.descent > plain.descent


def test_controls_are_honoured_and_not_set() -> None:
    paragraph = set_text(f"חייגו {FSI}+1{NBSP}555{PDI} עכ{SOFT_HYPHEN}שיו", "he", rtl=True)
    assert line(paragraph, 0, len(paragraph.segments)).text == f"חייגו +1{NBSP}555 עכשיו"
    assert painted(paragraph, 0, len(paragraph.segments)) == f"וישכע +1{NBSP}555 וגייח"


def test_the_longest_word_is_told_as_it_is_read() -> None:
    assert set_text("ask the multidisciplinary team").longest_word() == "multidisciplinary"
    assert set_text("שאלו את הפסיכותרפיסטית שלכם", "he", rtl=True).longest_word() == "הפסיכותרפיסטית"
    assert set_text("").longest_word() == ""
