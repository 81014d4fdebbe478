"""The guide of a layout as a document, and that document as a PDF of one page."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, time
from typing import Any

from booklet import __version__, build, inputs
from booklet.build import Made
from booklet.content import document as doc
from booklet.content import pictures
from booklet.content.document import Document, Role, Section
from booklet.guide import draw, steps
from booklet.guide.scenes import Scene, scenes
from booklet.guide.steps import Fold
from booklet.guide.words import Words
from booklet.impose import schemes
from booklet.impose.model import Plan
from booklet.impose.papers import LARGER, METRIC
from booklet.impose.schemes import SCHEMES
from booklet.layout import load
from booklet.layout.load import LayoutSource
from booklet.layout.model import Layout
from booklet.problems import Place, ProblemsFound
from booklet.project import Project

THEME = "calm"
EXAMPLE = 8
"""Panels of the piece that is drawn, in schemes that take any number of them."""
MARGINS = {"top": "24pt", "bottom": "36pt", "start": "36pt", "end": "36pt"}
BOTH: Role = "sources"
"""Roles only say what stands where on this page: this one is printing on both sides by hand."""
PRINTER: Role = "contacts"
MANY = 6
"""Steps that go into two columns; more are set in three."""


def guide(
    project: Project, name: str, tag: str, paper: str | None = None, stamp: datetime | None = None
) -> Made:
    """The guide of a layout in the language of a tag: for the region's paper unless one is named, and itself
    on letter or A4.

    Raises ProblemsFound.
    """
    words = Words(inputs.guide(project, tag))
    source = load.read(project, name)
    document = described(words, source, paper or words.inputs.paper)
    words.stop()
    return _made(project, document, name, tag, paper or words.inputs.paper, stamp)


def printed(source: LayoutSource, paper: str, *, rtl: bool) -> Plan:
    """The print run of a piece of the layout, to be drawn. Raises ProblemsFound if the paper is too small."""
    layout = source.layout
    least = 0 if layout.panels[-1].repeat else sum(not panel.repeat for panel in layout.panels)
    fixed = SCHEMES[layout.scheme].panels or least
    panels = max(fixed, EXAMPLE) if layout.scheme in ("saddle", "signatures", "cut-stack") else fixed or 2
    try:
        return build.plan(source, paper, rtl, panels)
    except ValueError as error:
        message = f"This layout cannot be printed on this paper: {error}."
        raise ProblemsFound([source.tree.problem(("scheme",), message, "Choose another paper.")]) from None


def described(words: Words, source: LayoutSource, paper: str) -> Document:
    """The guide's text and drawings. Problems of the words gather in `words`."""
    layout, locale = source.layout, words.inputs.locale
    rtl = locale.direction == "rtl"
    plan = printed(source, paper, rtl=rtl)
    both = plan.duplex != "none"
    upright = plan.backs_turned() if layout.backs == "turned" else plan
    several = any(panel.repeat for panel in layout.panels) or len(plan.sides) > 2
    what = steps.steps(layout.scheme, rtl=rtl, both_sides=both, several=several)
    shown = scenes(what, upright, rtl)
    folded = any(isinstance(step, Fold) for step in what)
    title = words.plain("title", layout=words.layout(layout.name))
    sections: list[Section] = [_cover(words, title), _printer(words, layout, paper, plan, legend=folded)]
    if both:
        sections.append(_by_hand(words, plan))
    for number, scene in enumerate(shown, 1):
        share = 1.0 if len(shown) > 1 else 0.5
        sections.append(_step(words, scene, number, layout, share))
    labels = words.labels()
    if words.inputs.draft:
        note = doc.Imprint(notes=(words.spans(labels.draft),))
        sections.append(Section(id="imprint", role="imprint", blocks=(note,)))
    return Document(
        id=f"guide-{layout.id}",
        version=__version__,
        lang=locale.lang,
        direction=locale.direction,
        title=title,
        description=words.plain("description"),
        keywords=(),
        author="",
        sections=tuple(replace(section, place=Place(words.inputs.tree.file)) for section in sections),
        labels=labels,
        draft=words.inputs.draft,
        modified=words.inputs.texts.revised,
        file=words.inputs.tree.file,
    )


# --- sections ------------------------------------------------------------------------------------


def _cover(words: Words, title: str) -> Section:
    cover = doc.Cover(title=words.spans(title), subtitle=words.rich("subtitle"))
    return Section(id="cover", role="cover", blocks=(cover,))


def _printer(words: Words, layout: Layout, paper: str, plan: Plan, *, legend: bool) -> Section:
    """What to choose in the print dialog; and what the drawings below mean, where there is room for it."""
    sheet = LARGER.get(paper, paper) if layout.sheet == "large" else paper
    sides = {"long-edge": "both-long", "short-edge": "both-short", "none": "one"}[plan.duplex]
    rows = (
        (_bold(words.rich("file")), words.rich("file-is", name=f".{layout.id}.print.pdf")),
        (_bold(words.rich("paper")), words.rich("papers", sheet)),
        (_bold(words.rich("size")), words.rich("actual")),
        (_bold(words.rich("sides")), words.rich(sides)),
    )
    table = doc.Table(header=(words.rich("setting"), words.rich("choose")), rows=rows)
    more = (doc.Paragraph(text=words.rich("legend")),) if legend else ()
    return _section("printer", PRINTER, words.rich("printer"), table, *more)


def _by_hand(words: Words, plan: Plan) -> Section:
    """Both sides with a printer that prints on one, and the way the stack is turned."""
    side = plan.sides[0]
    # As one looks at it, upright: most backs stand head to head, whatever the edge is called.
    sideways = (plan.duplex == "long-edge") == (side.width < side.height)
    turn = "turn" if sideways else "turn-head"
    items = tuple(doc.Step(do=words.rich("by-hand-steps", key)) for key in ("odd", turn, "even"))
    svg = draw.turned_stack(
        side.width, side.height, sideways=sideways, rtl=words.inputs.locale.direction == "rtl"
    )
    picture = _picture(svg, words.plain(f"{turn}-alt"), 0.7)
    note = doc.Paragraph(text=words.rich("try-one"))
    return _section("by-hand", BOTH, words.rich("by-hand"), doc.Steps(items=items), picture, note)


def _step(words: Words, scene: Scene, number: int, layout: Layout, share: float) -> Section:
    """A numbered step: what to do, how, and a drawing."""
    name = scene.step.key
    do = words.plain("steps", name, "do", sheets=layout.sheets)
    alt = do
    if scene.before and scene.after:
        alt = words.plain("alt-two", before=words.pages(scene.before), after=words.pages(scene.after))
    elif scene.before:
        alt = words.plain("alt-one", before=words.pages(scene.before))
    how = doc.Paragraph(text=words.rich("steps", name, "how"), keep="with-next")
    heading = words.spans(do)
    return replace(_section(name, "body", heading, how, _picture(scene.svg, alt, share)), number=number)


def _section(name: str, role: Role, heading: doc.Rich, *blocks: doc.Block) -> Section:
    return Section(id=name, role=role, heading=heading, blocks=blocks)


def _bold(rich: doc.Rich) -> doc.Rich:
    return tuple(replace(span, bold=True) for span in rich)


def _picture(svg: bytes, alt: str, width: float = 1.0) -> doc.Picture:
    made = pictures.inspect(svg)
    return doc.Picture(data=made.data, format=made.format, size=made.size, alt=alt, width=width)


# --- the PDF -------------------------------------------------------------------------------------


def _page(document: Document) -> Layout:
    """The guide's own page: the printer's settings, beside them printing by hand, under both the steps."""
    both = any(section.role == BOTH for section in document.sections)
    count = sum(section.role == "body" for section in document.sections)
    columns = 1 if count == 1 else 3 if count > MANY else 2
    above: list[dict[str, Any]] = [{"takes": [PRINTER], "look": "tint"}]
    if both:
        above.append({"takes": [BOTH], "look": "tint"})
    rows = [
        {"frames": [{"takes": ["cover"], "look": "band"}], "height": "auto"},
        {"frames": above, "height": "auto"},
        {"frames": [{"takes": ["body"], "columns": columns, "gutter": "20pt"}]},
        {"frames": [{"takes": ["imprint"], "short": True}], "height": "auto"},
    ]
    return Layout.model_validate(
        {
            "id": "guide",
            "name": "Guide",
            "scheme": "one-up",
            "theme": THEME,
            "body": {"floor": "10pt", "ceiling": "13pt"},
            "margins": MARGINS,
            "gap": "10pt",
            "panels": [{"name": "guide", "footer": False, "rows": rows}],
        }
    )


def _made(
    project: Project, document: Document, name: str, tag: str, paper: str, stamp: datetime | None
) -> Made:
    from booklet.compose.copyfit import compose
    from booklet.compose.space import Space
    from booklet.pdf.write import write
    from booklet.typeset.fonts import book_of

    _, theme = load.read_theme(project, THEME)
    layout = _page(document)
    sheet = "a4" if paper in METRIC else "letter"
    plan = schemes.plan("one-up", schemes.Job(sheet, 1, duplex="none"))
    space = Space(
        specs=layout.panels,
        sizes=plan.panel_sizes(),
        margins=layout.margins,
        body=layout.body,
        gap=layout.gap,
        sections="whole",
        fewest=False,
        numbers=True,
        name=f'the guide of "{name}"',
    )
    composition = compose(document, space, theme, book_of(theme))
    when = stamp or datetime.combine(document.modified, time(), UTC)
    data = write(document, composition, plan, when, edition="print")
    return Made(f"{tag}/{name}.guide.pdf", data, len(plan.sides), composition.body, plan)
