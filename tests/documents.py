"""Makes resolved documents out of chance: every kind of block, in several scripts, of any length."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from types import MappingProxyType
from typing import Any, Literal

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from booklet.content import document as doc
from booklet.content.document import Direction, Document, Rich, Span

WORDS: Mapping[str, str] = MappingProxyType(
    {
        "en": "call help now the clinic 911 breathing? person, naloxone loved-one “calm” wait… Ask fi",
        "es": "llame ya al 911 ¿respira? persona naloxona señal tranquilo, atención niño aquí él y",
        "vi": "gọi 911 ngay thở không? người thân bình tĩnh, thuốc phòng khám và ở",
        "ru": "позвоните сейчас 911 дышит? человек, налоксон помощь спокойно врач и в",
        "he": "התקשרו עכשיו 911 נושם? אדם, נלוקסון עזרה (רגוע) מרפאה או naloxone",
        "ar": "اتصل الآن 911 يتنفس؟ شخص، نالوكسون مساعدة (هادئ) عيادة أو naloxone",
        "hi": "अभी 911 पर कॉल करें साँस? व्यक्ति, नालोक्सोन मदद क्लिनिक और",
        "th": "โทร911ทันที หายใจไหม บุคคล นาล็อกโซน ช่วยเหลือ คลินิก และ",
        "am": "አሁን 911 ይደውሉ ይተነፍሳል? ሰው፣ ናሎክሶን እርዳታ ክሊኒክ",
    }
)
RIGHT_TO_LEFT = ("he", "ar")
PICTURE = (
    b'<svg xmlns="http://www.w3.org/2000/svg" width="60" height="40" viewBox="0 0 60 40">'
    b'<rect x="5" y="5" width="50" height="30" fill="#0f4c53"/></svg>'
)
LABELS = doc.Labels(
    draft="Draft",
    page_of="{page} / {pages}",
    link_phone="Call {number}",
    link_web="Web {address}",
    step="{number}",
)


_STYLES: tuple[Mapping[str, Any], ...] = (
    {}, {"bold": True}, {"italic": True}, {"url": "https://example.org/a"}, {"lang": "en"},
)  # fmt: skip


@st.composite
def texts(draw: st.DrawFn, lang: str, most: int, *, links: bool = True) -> Rich:
    """Up to `most` words, the second half of them in another style or language, or linked."""
    words = WORDS[lang].split()
    first, count = draw(st.integers(0, len(words) - 1)), draw(st.integers(1, most))
    chosen = [words[(first + place) % len(words)] for place in range(count)]
    style = draw(st.sampled_from(_STYLES[: 5 if links else 3]))
    if not style or count == 1:
        return (Span(" ".join(chosen), **style),)
    half = (count + 1) // 2
    return (Span(" ".join(chosen[:half]) + " "), Span(" ".join(chosen[half:]), **style))


def pictures(lang: str) -> SearchStrategy[doc.Picture]:
    return st.builds(
        doc.Picture,
        data=st.just(PICTURE),
        format=st.just("svg"),
        size=st.just((60.0, 40.0)),
        alt=st.sampled_from([None, "A box"]),
        width=st.sampled_from([0.2, 0.5]),
        caption=st.just(()) | texts(lang, 5),
    )


def _contacts(lang: str) -> SearchStrategy[doc.Contact]:
    phone = st.builds(
        doc.Phone,
        text=st.just("(206) 555-0100"),
        uri=st.just("tel:+12065550100"),
        label=st.just(()) | texts(lang, 1),
    )
    web = st.sampled_from([{}, {"url": "https://example.org/b", "url_text": "example.org/b"}])
    return st.builds(
        lambda web, **rest: doc.Contact(**web, **rest),
        web=web,
        name=texts(lang, 4, links=False),
        phones=st.lists(phone, max_size=2).map(tuple),
        hours=st.just(()) | texts(lang, 4),
        note=st.just(()) | texts(lang, 9),
        qr=st.booleans(),
    )


def _tables(lang: str) -> SearchStrategy[doc.Table]:
    cell = texts(lang, 3)

    def rows(columns: int) -> SearchStrategy[doc.Table]:
        row = st.tuples(*[cell] * columns)
        return st.builds(
            doc.Table,
            header=row,
            rows=st.lists(row, min_size=1, max_size=4).map(tuple),
            caption=st.just(()) | cell,
            row_headers=st.booleans(),
        )

    return st.integers(1, 3).flatmap(rows)


def blocks(lang: str, *, inner: bool = False, last: bool = False) -> SearchStrategy[doc.Block]:
    """One block of any kind that can stand in a body section; no heading if it is the `last` there."""
    keep: SearchStrategy[Literal["together", "with-next"] | None] = st.sampled_from(
        [None, None, None, "together", "with-next"]
    )
    columns = st.integers(1, 3)
    some = texts(lang, 12)
    kinds: list[SearchStrategy[doc.Block]] = [
        st.builds(doc.Paragraph, text=texts(lang, 40), keep=keep),
        st.builds(doc.Paragraph, text=texts(lang, 90)),
        st.builds(
            doc.Bullets, items=st.lists(some, min_size=1, max_size=5).map(tuple), keep=keep, columns=columns
        ),
        st.builds(
            doc.Steps,
            items=st.lists(
                st.builds(
                    doc.Step, do=texts(lang, 3), how=st.just(()) | some, icon=st.sampled_from([None, "phone"])
                ),
                min_size=1,
                max_size=4,
            ).map(tuple),
            columns=columns,
        ),
    ]
    if not last:
        kinds.append(st.builds(doc.Heading, text=texts(lang, 4)))
    if not inner:
        kinds += [
            st.builds(
                doc.Callout,
                kind=st.sampled_from(["note", "warning", "emergency"]),
                title=st.just(()) | texts(lang, 4),
                icon=st.sampled_from([None, "phone"]),
                blocks=st.lists(blocks(lang, inner=True, last=True), min_size=1, max_size=2).map(tuple),
                keep=keep,
            ),
            st.builds(doc.Quote, text=some, by=st.just(()) | texts(lang, 3)),
            st.builds(
                doc.Definitions,
                items=st.lists(st.tuples(texts(lang, 3), some), min_size=1, max_size=4).map(tuple),
                columns=columns,
            ),
            _tables(lang),
            pictures(lang),
            st.builds(
                doc.Contacts,
                items=st.lists(_contacts(lang), max_size=3).map(tuple),
                empty=texts(lang, 5, links=False),
                columns=columns,
            ),
        ]
    return st.one_of(kinds)


@st.composite
def documents(draw: st.DrawFn, langs: tuple[str, ...] = tuple(WORDS)) -> Document:
    """A cover, one to four sections of body, sources and imprint."""
    lang = draw(st.sampled_from(langs))
    cover = doc.Cover(
        title=draw(texts(lang, 5, links=False)),
        subtitle=draw(st.just(()) | texts(lang, 6)),
        note=draw(st.just(()) | texts(lang, 6)),
        picture=draw(st.none() | pictures(lang).map(lambda picture: replace(picture, caption=()))),
        stamp=draw(texts(lang, 3)),
    )
    body = [
        doc.Section(
            id=f"part-{number}",
            role="body",
            heading=draw(texts(lang, 4, links=False)),
            icon=draw(st.sampled_from([None, "phone"])),
            number=number,
            blocks=(*draw(st.lists(blocks(lang), min_size=1, max_size=4)), draw(blocks(lang, last=True))),
        )
        for number in range(1, draw(st.integers(2, 4)) + 1)
    ]
    sources = doc.Sources(
        items=tuple(
            doc.Source(
                id=f"S{place}", text=draw(texts(lang, 9, links=False)), short=(Span(f"S {place}"),), url=url
            )
            for place, url in enumerate(
                draw(st.lists(st.sampled_from([None, "https://example.org/c"]), min_size=1, max_size=3))
            )
        )
    )
    imprint = doc.Imprint(stamp=draw(texts(lang, 3)), notes=(draw(texts(lang, 12)), draw(texts(lang, 4))))
    return Document(
        id="chance",
        version="1.0",
        lang=lang,
        direction="rtl" if lang in RIGHT_TO_LEFT else "ltr",
        title="Chance",
        description="Made of chance",
        keywords=(),
        author="",
        sections=(
            doc.Section(id="cover", role="cover", blocks=(cover,)),
            *body,
            doc.Section(id="sources", role="sources", heading=draw(texts(lang, 3)), blocks=(sources,)),
            doc.Section(id="imprint", role="imprint", heading=(), blocks=(imprint,)),
        ),
        labels=LABELS,
        draft=draw(st.booleans()),
        modified=date(2026, 1, 1),
    )


def article(
    *sections: doc.Section, lang: str = "en", direction: Direction = "ltr", draft: bool = False
) -> Document:
    """A document of the sections given, with nothing else in it."""
    return Document(
        id="article",
        version="1.0",
        lang=lang,
        direction=direction,
        title="Article",
        description="",
        keywords=(),
        author="",
        sections=sections,
        labels=LABELS,
        draft=draft,
        modified=date(2026, 1, 1),
        file="content/article.yaml",
    )


def body(
    heading: str, *inside: doc.Block, id: str = "part", number: int | None = 1, icon: str | None = None
) -> doc.Section:
    """A section of body under a heading."""
    return doc.Section(id=id, role="body", heading=(Span(heading),), blocks=inside, number=number, icon=icon)


def section(role: doc.Role, block: doc.Block, heading: str = "") -> doc.Section:
    """A section of one block."""
    return doc.Section(id=role, role=role, heading=(Span(heading),) if heading else (), blocks=(block,))


def paragraph(text: str) -> doc.Paragraph:
    """Running text."""
    return doc.Paragraph(text=(Span(text),))
