"""Blocks of every kind pour into panels: nothing lost, nothing outside, in one size, in good places."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, Phase, event, given, settings

from booklet.compose.items import ARTIFACT, CircleItem, Composition, IconItem, RectItem, TextItem
from booklet.compose.setter import LEAST_TITLE
from booklet.compose.space import Space
from booklet.content import document as doc
from booklet.content.document import Document, Span
from booklet.layout.model import Row
from booklet.problems import Place, ProblemsFound
from tests import spoken
from tests.composing import (
    FOOT,
    MARGIN,
    THEME,
    columns,
    composed,
    frame,
    heard,
    lines,
    one_frame,
    panel,
    paragraphs,
    space,
    spaces,
    tags,
)
from tests.documents import PICTURE, article, body, documents, paragraph, section

LEAST, FOOTER_LEAST = 10.0, 8.0
"""Points under which no text, and no furniture, may go."""
CLOSE = 0.02

# --- what holds of any document in any space -----------------------------------------------------


def nothing_is_lost_or_doubled(document: Document, where: Space, made: Composition) -> None:
    expected = spoken.sayings(document, spoken.first_frames(where.specs))
    assert spoken.misheard(heard(made), expected) == ""


def all_of_it_lies_inside_its_panel(document: Document, where: Space, made: Composition) -> None:
    for each in made.panels:
        for item in each.items:
            height = 0.0 if isinstance(item, TextItem) else getattr(item, "height", item.width)
            furniture = isinstance(item, TextItem) and item.node == ARTIFACT
            foot = each.height - (0.0 if furniture else FOOT)
            assert MARGIN - CLOSE <= item.x <= item.x + item.width <= each.width - MARGIN + CLOSE
            assert MARGIN - CLOSE <= item.y <= item.y + height <= foot + CLOSE


def no_two_lines_of_text_overlap(document: Document, where: Space, made: Composition) -> None:
    placed = [one for group in lines(made).values() for one in group]
    placed.sort(key=lambda one: (one.panel, one.top))
    for place, one in enumerate(placed):
        for other in placed[place + 1 :]:
            if other.panel != one.panel or other.top >= one.bottom:
                break
            left, right = sorted((one.item, other.item), key=lambda item: item.x)
            assert left.x + left.width <= right.x + CLOSE, (one, other)


def the_sizes_are_those_of_one_hand(document: Document, where: Space, made: Composition) -> None:
    low, high = THEME.spacing
    assert where.body.floor <= made.body <= where.body.ceiling
    assert low <= made.spacing <= high
    sizes = {name: max(style.size * made.body, style.least) for name, style in THEME.type.items()}
    placed = lines(made)
    titles = {tag.node for tag in tags(made.tags) if tag.name == "H1"}
    for one in (one for group in placed.values() for one in group):
        if one.item.node in titles:  # it may shrink for a long word
            assert LEAST_TITLE * sizes["title-wide"] <= one.item.size <= sizes["title"]
            continue
        assert one.item.size in sizes.values()
        assert one.item.size >= (FOOTER_LEAST if one.item.node == ARTIFACT else LEAST)
    listed = {tag.node for tag in tags(made.tags) if tag.name == "LBody"}
    running = {one.item.size for node, group in placed.items() if node in listed for one in group}
    assert running <= {sizes["body"], sizes["small"]}
    assert sizes["body"] == made.body


def headings_stay_with_what_follows(document: Document, where: Space, made: Composition) -> None:
    kinds = {tag.node: tag.name for tag in tags(made.tags)}
    for each in made.panels:
        for item, after in pairwise(item for item in each.items if not isinstance(item, IconItem)):
            if isinstance(item, TextItem) and kinds.get(item.node) in ("H2", "H3"):
                assert after.y >= item.y - item.size, "a heading ends a column"
                if isinstance(after, TextItem) and after.node != item.node:
                    assert kinds.get(after.node, "furniture") not in ("H2", "furniture")


def no_line_of_a_paragraph_stands_alone(document: Document, where: Space, made: Composition) -> None:
    placed = lines(made)
    for tag in tags(made.tags):
        for group in paragraphs(placed.get(tag.node, [])):
            parts = columns(group)
            if len(parts) > 1:
                event("a paragraph is split")
                assert min(len(parts[0]), len(parts[-1])) >= 2


def a_lower_space_never_has_larger_type(document: Document, where: Space, made: Composition) -> None:
    lower = replace(where, sizes=tuple((width, height - 25) for width, height in where.sizes))
    try:
        tight = composed(document, lower)
    except ProblemsFound:
        event("does not fit a lower space")
        return
    assert (tight.body, tight.spacing) <= (made.body, made.spacing)


PROMISES = (
    nothing_is_lost_or_doubled,
    all_of_it_lies_inside_its_panel,
    no_two_lines_of_text_overlap,
    the_sizes_are_those_of_one_hand,
    headings_stay_with_what_follows,
    no_line_of_a_paragraph_stands_alone,
    a_lower_space_never_has_larger_type,
)


@settings(
    max_examples=40,
    deadline=None,
    derandomize=True,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.generate, Phase.shrink],
)
@given(documents(), spaces())
def test_any_document_in_any_space_keeps_the_promises(document: Document, where: Space) -> None:
    try:
        made = composed(document, where)
    except ProblemsFound as found:
        for problem in found.problems:
            assert re.search(r" does not fit in | pt wider than its column ", problem.message), problem
            assert problem.hint
        event("does not fit")
        return
    for promise in PROMISES:
        promise(document, where, made)


# --- right to left -------------------------------------------------------------------------------

EVERY_KIND = article(
    doc.Section(
        id="cover",
        role="cover",
        blocks=(
            doc.Cover(title=(Span("Every kind"),), subtitle=(Span("of block"),), stamp=(Span("Stamp"),)),
        ),
    ),
    body(
        "Kinds",
        paragraph("these are words without digits or marks " * 4),
        doc.Heading(text=(Span("Lists"),)),
        doc.Bullets(items=((Span("one"),), (Span("two and three and four and five and six"),))),
        doc.Steps(items=(doc.Step(do=(Span("Call"),), how=(Span("now"),), icon="phone"),)),
        doc.Definitions(items=(((Span("term"),), (Span("meaning"),)),)),
        doc.Callout(kind="warning", title=(Span("Box"),), icon="phone", blocks=(paragraph("inside"),)),
        doc.Quote(text=(Span("said"),), by=(Span("Sam"),)),
        doc.Table(header=((Span("day"),), (Span("open"),)), rows=(((Span("today"),), (Span("yes"),)),)),
        doc.Picture(data=PICTURE, format="svg", size=(60.0, 40.0), alt="A box", width=0.5),
        doc.Contacts(
            items=(
                doc.Contact(name=(Span("Clinic"),), url="https://example.org", url_text="example", qr=True),
            )
        ),
        icon="phone",
    ),
    section("sources", doc.Sources(items=(doc.Source(id="A", text=(Span("Source"),), short=(Span("S"),)),))),
    section("imprint", doc.Imprint(stamp=(Span("Stamp"),), notes=((Span("note"),),))),
)


@pytest.mark.parametrize("width", [200.0, 560.0])
def test_right_to_left_is_the_mirror_image(width: float) -> None:
    """Places turn about the panel's middle; pictures, codes and words are not turned."""
    where = one_frame((width, 400.0), repeat=True, side_by_side=2, look="alert", stamp=True)
    ltr = composed(EVERY_KIND, where)
    rtl = composed(replace(EVERY_KIND, direction="rtl"), where)
    assert ltr.tags == rtl.tags
    for one, other in zip(ltr.panels, rtl.panels, strict=True):
        for item, mirror in zip(one.items, other.items, strict=True):
            assert (type(mirror), mirror.y, mirror.width) == (type(item), item.y, item.width)
            assert one.width - mirror.x - mirror.width == pytest.approx(item.x, abs=0.001)


def test_hebrew_runs_from_the_right_edge() -> None:
    """In points, for a body of 10 on a panel 300 wide with margins of 18."""
    made = composed(
        article(
            body(
                "כותרת",
                paragraph("מילים שממלאות שורה אחת ועוד שורה ועוד אחת כדי שיהיה מה לשבור כאן"),
                doc.Bullets(items=((Span("פריט"),),)),
                doc.Steps(items=(doc.Step(do=(Span("צעד"),), icon="phone"),)),
                icon="phone",
            ),
            lang="he",
            direction="rtl",
        ),
        one_frame((300.0, 400.0), repeat=True),
    )
    right, size = 300 - 18, 10.0
    named = {tag.node: tag.name for tag in tags(made.tags)}
    texts = [item for item in made.panels[0].items if isinstance(item, TextItem)]
    ends = {item.paragraph.text.split()[0]: round(item.x + item.width, 3) for item in texts}
    number, heading = (item for item in texts if named[item.node] == "H2")
    assert number.x + number.width == right - 1.75 * size - 0.5 * size  # behind the icon's tile
    assert heading.x + heading.width < number.x
    assert [item.x + item.width for item in texts if named[item.node] == "P"] == pytest.approx([right] * 2)
    assert ends["•"] == right - 0.1 * size
    assert ends["פריט"] == right - 0.95 * size
    assert ends["צעד"] == right - 1.6 * size - 0.5 * size
    (disc,) = (item for item in made.panels[0].items if isinstance(item, CircleItem))
    assert (disc.x, disc.x + disc.width) == (right - 1.6 * size, right)
    tile = next(item for item in made.panels[0].items if isinstance(item, RectItem))
    assert (tile.x, tile.x + tile.width) == (right - 1.75 * size, right)
    step = [item for item in made.panels[0].items if isinstance(item, IconItem)][-1]
    assert step.x == pytest.approx(18)  # at the end of the line


# --- what does not fit ---------------------------------------------------------------------------

LONG = "words that go on and on until there is no room left for them at all " * 6
OVERSET = re.compile(
    r'"(?P<block>.*)" does not fit in (?P<lang>[\w-]+), layout "small", panel "(?P<panel>.*)": '
    r"at the least size \(10 pt\) it needs (?P<points>\d+) pt more, about \d+ lines?\."
)


def told(document: Document, where: Space) -> list[str]:
    with pytest.raises(ProblemsFound) as found:
        composed(document, where)
    assert all(problem.hint and problem.severity == "error" for problem in found.value.problems)
    return [problem.message for problem in found.value.problems]


def tall(by: float) -> Space:
    return one_frame((220.0, 120.0 + by))


def columned(by: float) -> Space:
    row = Row(frames=(frame("body", columns=2, gutter=10),))
    return space(panel(row, name="panel"), size=(360.0, 90.0 + by), ceiling=10.0)


def automatic(by: float) -> Space:
    rows = (Row(frames=(frame("body"),), height="auto"), Row(frames=(frame("imprint"),)))
    return space(panel(*rows, name="panel"), size=(220.0, 120.0 + by), ceiling=10.0)


@pytest.mark.parametrize("where", [tall, columned, automatic])
def test_overset_text_is_told_with_layout_locale_panel_block_and_points(
    where: Callable[[float], Space],
) -> None:
    part = body("Too long", paragraph(LONG), doc.Bullets(items=((Span(LONG),),)))
    document = article(replace(part, place=Place("content/a.yaml", 7, 3)), lang="es-US")
    with pytest.raises(ProblemsFound) as found:
        composed(document, where(0.0))
    (problem,) = found.value.problems
    match = OVERSET.fullmatch(problem.message)
    assert match, problem.message
    assert (match["block"], match["lang"], match["panel"]) == ("Too long", "es-US", "panel")
    assert problem.place == Place("content/a.yaml", 7, 3)
    # That much more is enough, and half of it is not.
    short = float(match["points"])
    assert composed(document, where(short + 1))
    if where is not columned:  # there the points go into either column
        assert told(document, where(short / 2))


def test_a_block_that_cannot_be_split_must_fit_a_panel() -> None:
    box = doc.Callout(kind="note", title=(Span("Box"),), blocks=(paragraph(LONG),))
    (message,) = told(article(body("Boxes", box)), one_frame((220.0, 200.0), repeat=True))
    assert OVERSET.fullmatch(message)


def test_every_flow_that_does_not_fit_is_told_of_at_once() -> None:
    rows = (Row(frames=(frame("body"), frame("sources"))),)
    where = space(panel(*rows, name="spread"), size=(420.0, 90.0), ceiling=10.0)
    source = doc.Source(id="A", text=(Span(LONG),), short=(Span("A"),))
    both = article(body("Words", paragraph(LONG)), section("sources", doc.Sources(items=(source,)), "Facts"))
    assert ['"Words"' in message or '"Facts"' in message for message in told(both, where)] == [True, True]


def test_a_row_that_is_too_high_is_told_of_though_the_rest_would_fit() -> None:
    rows = (Row(frames=(frame("cover"),), height="auto"), Row(frames=(frame("body"),)))
    where = space(
        panel(*rows, name="front"), panel(Row(frames=(frame("body"),)), name="back"), size=(300, 300)
    )
    cover = doc.Section(id="cover", role="cover", blocks=(doc.Cover(title=(Span("word " * 80),)),))
    (message,) = told(article(cover, body("Head", paragraph("a few words"))), where)
    assert '"cover" does not fit' in message
    assert 'panel "front"' in message


@pytest.mark.parametrize(
    "block",
    [
        paragraph("It is Donaudampfschifffahrtsgesellschaftskapitän who knows."),
        doc.Heading(text=(Span("Donaudampfschifffahrtsgesellschaftskapitän"),)),
        doc.Bullets(items=((Span("Donaudampfschifffahrtsgesellschaftskapitän"),),)),
        doc.Quote(text=(Span("Donaudampfschifffahrtsgesellschaftskapitän"),)),
        doc.Table(
            header=((Span("day"),), (Span("word"),)),
            rows=(((Span("today"),), (Span("Donaudampfschifffahrtsgesellschaftskapitän"),)),),
        ),
    ],
    ids=lambda block: type(block).__name__,
)
def test_a_word_wider_than_its_column_is_told_of(block: doc.Block) -> None:
    placed = replace(block, place=Place("content/a.yaml", 9, 5))
    with pytest.raises(ProblemsFound) as found:
        composed(article(body("Words", placed, paragraph("end")), lang="de-US"), one_frame((130.0, 400.0)))
    words = [problem for problem in found.value.problems if "Donau" in problem.message]
    assert [problem.place for problem in words] == [Place("content/a.yaml", 9, 5)]
    assert re.fullmatch(
        r'The word "Donaudampfschifffahrtsgesellschaftskapitän" is \d+ pt wider than its column in de-US, '
        r'layout "small"\.',
        words[0].message,
    )


def test_a_title_gives_way_to_a_long_word_but_not_without_end() -> None:
    def sized(title: str) -> float:
        cover = section("cover", doc.Cover(title=(Span(title),)))
        made = composed(article(cover, lang="ru-US"), one_frame((200.0, 300.0)))
        (node,) = (tag.node for tag in tags(made.tags) if tag.name == "H1")
        placed = lines(made)[node]
        assert all(one.item.x + one.item.width <= 200.0 - MARGIN + CLOSE for one in placed)
        return placed[0].item.size

    whole = sized("Что делать")
    assert LEAST_TITLE * whole < sized("Передозировка: что делать") < whole
    with pytest.raises(ProblemsFound, match="wider than its column"):
        sized("Donaudampfschifffahrtsgesellschaftskapitän")


def test_a_character_without_a_glyph_is_told_of_with_its_place() -> None:
    block = replace(paragraph("A smile: \N{GRINNING FACE}"), place=Place("content/a.yaml", 9, 5))
    with pytest.raises(ProblemsFound) as found:
        composed(article(body("Words", block)), one_frame((300.0, 400.0)))
    (problem,) = found.value.problems
    assert problem.place == Place("content/a.yaml", 9, 5)
    assert problem.message == 'No font has the character "😀" (U+1F600).'


def test_a_role_without_a_place_is_told_of() -> None:
    where = space(panel(Row(frames=(frame("body"),))), size=(300.0, 400.0))
    (message,) = told(article(body("Words", paragraph("a")), section("imprint", doc.Imprint())), where)
    assert message == 'The layout "small" has no place for a section of the role "imprint".'


# --- columns, panels, sections -------------------------------------------------------------------


def _column_heights(made: Composition, count: int) -> list[float]:
    """How far down the text of each column of the first panel reaches."""
    each = made.panels[0]
    wide = (each.width - 2 * MARGIN) / count
    lows = [0.0] * count
    for item in each.items:
        if isinstance(item, TextItem) and item.node != ARTIFACT:
            column = int((item.x - MARGIN) / wide)
            lows[column] = max(lows[column], item.y)
    return lows


@pytest.mark.parametrize("count", [2, 3])
@pytest.mark.parametrize("size", [4, 7, 12, 25])
def test_columns_are_filled_alike(count: int, size: int) -> None:
    short = [paragraph("one line") for _ in range(size)]
    where = one_frame((700.0, 80.0 + 32 * size / count), columns=count, gutter=0)
    lows = _column_heights(composed(article(body("Even", *short)), where), count)
    a_line = 1.35 * 12 + 0.5 * 12
    assert max(lows) - min(lows) <= 2 * a_line


@pytest.mark.parametrize(
    ("width", "side_by_side", "expected"),
    [(560.0, 1, 1), (560.0, 2, 2), (560.0, 3, 3), (300.0, 3, 1), (400.0, 3, 2)],
)
def test_entries_stand_side_by_side_where_they_are_not_too_narrow(
    width: float, side_by_side: int, expected: int
) -> None:
    steps = doc.Steps(items=tuple(doc.Step(do=(Span(f"Do {n}"),), how=(Span("now"),)) for n in range(6)))
    made = composed(article(body("Steps", steps)), one_frame((width, 500.0), side_by_side=side_by_side))
    marks = [item for item in made.panels[0].items if isinstance(item, CircleItem)]
    assert len({item.x for item in marks}) == expected
    # Read down the first column, then down the next one; the columns begin at one height.
    assert [(item.x, item.y) for item in marks] == sorted((item.x, item.y) for item in marks)
    assert len({item.y for item in marks}) == 6 / expected


def test_a_panel_repeats_as_often_as_need_be_and_counts_its_pages() -> None:
    parts = [body(f"Part {n}", paragraph(LONG), id=f"part-{n}", number=n) for n in range(1, 9)]
    where = space(
        panel(Row(frames=(frame("body"),)), name="page", repeat=True), size=(260.0, 300.0), ceiling=10.0
    )
    made = composed(article(*parts), where)
    count = len(made.panels)
    assert count > 4
    assert [each.name for each in made.panels] == [f"page {n}" for n in range(1, count + 1)]
    feet = [
        [item.paragraph.text for item in each.items if isinstance(item, TextItem) and item.node == ARTIFACT]
        for each in made.panels
    ]
    assert feet == [["Article", f"{n} / {count}"] for n in range(1, count + 1)]


def test_whole_sections_are_not_cut_where_another_panel_keeps_them_whole() -> None:
    parts = [body(f"Part {n}", paragraph(LONG), id=f"part-{n}", number=n) for n in range(1, 4)]
    one = panel(Row(frames=(frame("body"),)), name="page", repeat=True)
    flowing, whole = (
        composed(article(*parts), space(one, size=(260.0, 240.0), ceiling=10.0, sections=sections))
        for sections in ("flow", "whole")
    )
    assert len(flowing.panels) <= len(whole.panels) == 3
    for number, each in enumerate(whole.panels, 1):
        shown = {item.paragraph.text.strip() for item in each.items if isinstance(item, TextItem)}
        assert {f"Part {n}" for n in range(1, 4)} & shown == {f"Part {number}"}


def test_a_document_in_review_is_marked_on_every_panel_without_a_footer_too() -> None:
    parts = [body(f"Part {n}", paragraph(LONG), id=f"part-{n}", number=n) for n in range(1, 5)]
    made = composed(article(*parts, draft=True), one_frame((260.0, 300.0), repeat=True))
    assert len(made.panels) > 1
    for each in made.panels:
        feet = [item for item in each.items if isinstance(item, TextItem) and item.node == ARTIFACT]
        assert [item.paragraph.text for item in feet] == ["Draft"]


def test_what_is_to_stay_together_does() -> None:
    block = replace(paragraph(LONG), keep="together")
    lead = replace(paragraph("This leads to the next."), keep="with-next")
    follow = doc.Bullets(items=((Span("follows"),), (Span("after it"),)))
    for filler in range(1, 12):
        fill = [paragraph("one line") for _ in range(filler)]
        where = one_frame((260.0, 330.0), repeat=True)
        made = composed(article(body("Kept", *fill, block, lead, follow)), where)
        placed = list(lines(made).values())
        (long,) = (group for group in placed if group[0].item.paragraph.text == LONG)
        assert len(columns(long)) == 1
        panels = {group[0].item.paragraph.text: group[0].panel for group in placed}
        assert panels["This leads to the next."] == panels["follows"]
