"""Makes the resolved document: translated, numbered, values filled in, contacts and sources gathered."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from booklet import inputs as reading
from booklet import questions
from booklet.content import document as made
from booklet.content import fields, inline, model, pictures, source
from booklet.content.document import LRI, PDI, Contact, Document, Phone, Rich, Span, plain
from booklet.content.values import Values
from booklet.inputs import Inputs
from booklet.locales import formats
from booklet.locales import region as regions
from booklet.locales.region import Helpline
from booklet.locales.site import SiteContact
from booklet.problems import Problem, ProblemsFound
from booklet.project import Project
from booklet.translated import Origin, Translator, in_language, shortened
from booklet.wording import quoted, suggestion
from booklet.yamlfile import KeyPath, Mistake, Tree


@dataclass(frozen=True, slots=True)
class Resolved:
    """A document, and warnings that need not stop its build."""

    document: Document
    warnings: tuple[Problem, ...]


def document(
    project: Project, name: str, tag: str, *, site: str | None = None, region: str | None = None
) -> Resolved:
    """The document `name` in the locale `tag` (see `inputs.read`). Raises ProblemsFound."""
    return resolve(reading.read(project, name, tag, site=site, region=region))


def resolve(inputs: Inputs, today: date | None = None, *, incomplete: bool = False) -> Resolved:
    """The document that `inputs` add up to. Raises ProblemsFound with all that is wrong.

    The warnings tell which of the region's facts are too old on the day `today` (by default that of
    the document's last review); the document is the same on every day. If it may be `incomplete`, texts
    without a finished translation stay in the language that they are written in, marked as such, and the
    draft mark tells how many they are.
    """
    resolver = _Resolver(inputs, incomplete=incomplete)
    result = resolver.document()
    if waiting := len(resolver.untranslated):
        resolver = _Resolver(inputs, incomplete=True, waiting=waiting)
        result = resolver.document()
        resolver.warn_of_untranslated()
    resolver.warn_of_old_facts(today or inputs.source.content.review.last)
    reopened = inputs.catalogues.warnings if inputs.catalogues else ()
    found = dict.fromkeys([*inputs.source.warnings, *reopened, *resolver.problems])
    problems = shortened(sorted(found, key=lambda problem: problem.place), resolver.missing)
    if any(problem.severity == "error" for problem in problems):
        raise ProblemsFound(problems)
    return Resolved(result, problems)


class _Resolver(Translator):
    """Walks through a document once."""

    def __init__(self, inputs: Inputs, *, incomplete: bool = False, waiting: int = 0) -> None:
        super().__init__(inputs, incomplete=incomplete, waiting=waiting)
        self.named = {regions.EMERGENCY}
        """Which of the region's facts are printed."""
        self.values = self._values()
        self.ratings = {
            block.rating.id: (block, section.id, path)
            for path, section, block in source.questions(inputs.source.content)
            if isinstance(block, fields.RatingBlock)
        }

    # --- values --------------------------------------------------------------------------------

    def _values(self) -> Values:
        values = {"region": {"emergency": self.inputs.region.region.emergency}}
        if self.inputs.site:
            site = self.inputs.site.site
            phones = self._site_phones()
            found = {
                "name": site.name,
                "url": site.url,
                "hours": site.hours,
                "phone": phones[0].text.strip(LRI + PDI) if phones else None,
                "address": ", ".join(site.address),
            }
            values["site"] = {key: value for key, value in found.items() if value}
        return values

    # --- the document --------------------------------------------------------------------------

    def origin(self, context: str) -> Origin:
        """Of a text in the content file itself."""
        catalogues = self.inputs.catalogues
        translations = catalogues.document if catalogues else None
        written = self.inputs.source.content.language
        return Origin(self.inputs.source.tree, translations, context, written=written)

    def document(self) -> Document:
        content, site = self.inputs.source.content, self.inputs.site
        about = self.origin("document")
        result = Document(
            id=content.id,
            version=content.version,
            lang=self.locale.lang,
            direction=self.locale.direction,
            title=self.plain(about, ("title",), content.title),
            description=self.plain(about, ("description",), content.description),
            keywords=tuple(
                self.plain(about, ("keywords", index), word) for index, word in enumerate(content.keywords)
            ),
            author=site.site.name if site else "",
            sections=tuple(self._parts()),
            labels=made.Labels(
                draft=self.foot_mark(),
                page_of=self.label("page_of"),
                link_phone=self.label("link_phone"),
                link_web=self.label("link_web"),
                step=self.label("step"),
                total=self.label("total"),
                points=self.label("points"),
                option=self.label("option"),
                contents=self.label("contents"),
                notes=self.label("notes"),
            ),
            draft=any(self.draft_marks()),
            modified=content.review.last,
            site=site.site.id if site else None,
            file=self.inputs.source.tree.file,
        )
        self._warn_of_unused_translations()
        return result

    def _warn_of_unused_translations(self) -> None:
        if not self.inputs.catalogues:
            return
        catalogue = self.inputs.catalogues.document
        for key, entry in catalogue.entries.items():
            if key not in self.used:
                message = f"No text in the document is {quoted(entry.source)} any more."
                problem = catalogue.problem(
                    entry.line,
                    message,
                    f'Run "booklet locale update {catalogue.tag}": it puts old entries aside.',
                )
                self.problems.append(replace(problem, severity="warning"))

    def _parts(self) -> Iterator[made.Section]:
        number = 0
        for index, part in enumerate(self.inputs.source.content.body):
            path: KeyPath = ("body", index)
            if isinstance(part, model.CoverBlock):
                yield self._cover(part.cover, (*path, "cover"))
            else:
                number += part.section.role == "body"
                yield self._section(part.section, (*path, "section"), number)

    def _cover(self, cover: model.CoverBody, path: KeyPath) -> made.Section:
        origin = self.origin("cover")
        site = self.inputs.site
        if cover.title is None:
            words = self.inputs.source.content.title
            title = self._spans(self.origin("document"), ("title",), words, inline.parse_plain, markup=False)
        else:
            title = self.text(origin, (*path, "title"), cover.title)
        block = made.Cover(
            title=title,
            subtitle=self.text(origin, (*path, "subtitle"), cover.subtitle),
            note=self.text(origin, (*path, "note"), cover.note),
            picture=self._picture(cover.picture, origin, (*path, "picture")) if cover.picture else None,
            name=(Span(site.site.name),) if site else (),
            logo=self._logo(),
            stamp=self.own("stamp"),
            place=origin.tree.key_place(path),
        )
        return made.Section(id="cover", role="cover", blocks=(block,), place=block.place)

    def _section(self, section: model.SectionBody, path: KeyPath, number: int) -> made.Section:
        origin = self.origin(section.id)
        return made.Section(
            id=section.id,
            role=section.role,
            heading=self.text(origin, (*path, "heading"), section.heading),
            icon=section.icon,
            number=number if section.role == "body" else None,
            blocks=self._blocks(section.blocks, origin, (*path, "blocks")),
            place=origin.tree.key_place(path),
        )

    # --- blocks --------------------------------------------------------------------------------

    def _blocks(self, blocks: source.Blocks, origin: Origin, path: KeyPath) -> tuple[made.Block, ...]:
        return tuple(self._block(block, origin, (*path, index)) for index, block in enumerate(blocks))

    def _block(self, block: model.AnyBlock | model.InnerBlock, origin: Origin, path: KeyPath) -> made.Block:
        claims = () if isinstance(block, model.SourcesBlock) else block.own_sources
        common: dict[str, Any] = {
            "keep": block.keep,
            "claims": tuple(dict.fromkeys(name for _, name in claims)),
            "place": origin.tree.place(path),
        }
        if isinstance(block, fields.FieldBlock):
            return self._question(block, origin, path, common)
        if isinstance(block, fields.PrivateBlock):
            return self._private(block.private, origin, (*path, "private"), common)
        common["columns"] = block.columns
        match block:
            case model.TextBlock():
                return made.Paragraph(text=self.text(origin, (*path, "text"), block.text), **common)
            case model.HeadingBlock():
                return made.Heading(text=self.text(origin, (*path, "heading"), block.heading), **common)
            case model.ListBlock():
                return made.Bullets(items=self._items(block, origin, (*path, "list")), **common)
            case model.StepsBlock():
                return made.Steps(items=self._steps(block, origin, (*path, "steps")), **common)
            case model.CalloutBlock():
                return self._callout(block.callout, origin, (*path, "callout"), common)
            case model.QuoteBlock():
                return self._quote(block.quote, origin, (*path, "quote"), common)
            case model.DefinitionsBlock():
                return self._definitions(block, origin, (*path, "definitions"), common)
            case model.TableBlock():
                return self._table(block.table, origin, (*path, "table"), common)
            case model.PictureBlock():
                return self._picture(block.picture, origin, (*path, "picture"), common)
            case model.ContactsBlock():
                return self._contacts(block.contacts, origin, (*path, "contacts"), common)
            case model.SourcesBlock():
                return made.Sources(items=tuple(self._sources(block)), **common)
            case model.ImprintBlock():
                return self._imprint(block.imprint, origin, (*path, "imprint"), common)

    def _question(
        self, block: fields.FieldBlock, origin: Origin, path: KeyPath, common: dict[str, Any]
    ) -> made.Question:
        words = questions.Words(lambda at, text: self.text(origin, (*path, *at), text), self.own, self.locale)
        question = questions.question(block, words, self._rating, common)
        if isinstance(question, made.Choice) and question.menu:
            self._check_menu(question, origin, path)
        return question

    def _check_menu(self, menu: made.Choice, origin: Origin, path: KeyPath) -> None:
        """A menu stores the words of an answer, so no two may have the same."""
        known: set[str] = set()
        for index, option in enumerate(menu.options):
            text = option.words
            if text and text in known:
                message = f"{quoted(text)} stands twice in the menu."
                hint = "Word each answer differently. In a translation, change the catalogue."
                self.complain(
                    origin.tree, (*path, "choice", "options", index, "text"), Mistake(message, hint)
                )
            known.add(text)

    def _rating(self, name: str) -> made.Rating:
        """The rating that a score adds up, wherever in the document it stands."""
        block, section, path = self.ratings[name]
        found = self._block(block, self.origin(section), path)
        assert isinstance(found, made.Rating)
        return found

    def _items(self, block: model.ListBlock, origin: Origin, path: KeyPath) -> tuple[Rich, ...]:
        return tuple(
            self.text(origin, (*path, index, "text"), item.text)
            if isinstance(item, model.ListItem)
            else self.text(origin, (*path, index), item)
            for index, item in enumerate(block.list)
        )

    def _steps(self, block: model.StepsBlock, origin: Origin, path: KeyPath) -> tuple[made.Step, ...]:
        return tuple(
            made.Step(
                do=self.text(origin, (*path, index, "do"), step.do),
                how=self.text(origin, (*path, index, "how"), step.how),
                brief=self.text(origin, (*path, index, "brief"), step.brief),
                icon=step.icon,
            )
            for index, step in enumerate(block.steps)
        )

    def _callout(
        self, callout: model.CalloutBody, origin: Origin, path: KeyPath, common: dict[str, Any]
    ) -> made.Callout:
        if callout.text is None:
            blocks = self._blocks(callout.blocks or (), origin, (*path, "blocks"))
        else:
            blocks = (self._paragraph(callout.text, origin, (*path, "text")),)
        title = self.text(origin, (*path, "title"), callout.title)
        return made.Callout(kind=callout.kind, title=title, icon=callout.icon, blocks=blocks, **common)

    def _private(
        self, note: fields.PrivateBody, origin: Origin, path: KeyPath, common: dict[str, Any]
    ) -> made.Callout:
        title = self.text(origin, (*path, "title"), note.title)
        blocks = (self._paragraph(note.text, origin, (*path, "text")),)
        return made.Callout(kind="private", title=title, blocks=blocks, **common)

    def _paragraph(self, words: str, origin: Origin, path: KeyPath) -> made.Paragraph:
        return made.Paragraph(text=self.text(origin, path, words), place=origin.tree.place(path))

    def _quote(
        self, quote: model.QuoteBody, origin: Origin, path: KeyPath, common: dict[str, Any]
    ) -> made.Quote:
        by = self.text(origin, (*path, "by"), quote.by)
        return made.Quote(text=self.text(origin, (*path, "text"), quote.text), by=by, **common)

    def _definitions(
        self, block: model.DefinitionsBlock, origin: Origin, path: KeyPath, common: dict[str, Any]
    ) -> made.Definitions:
        pairs = tuple(
            (
                self.text(origin, (*path, index, "term"), each.term),
                self.text(origin, (*path, index, "meaning"), each.meaning),
            )
            for index, each in enumerate(block.definitions)
        )
        return made.Definitions(items=pairs, **common)

    def _table(
        self, table: model.TableBody, origin: Origin, path: KeyPath, common: dict[str, Any]
    ) -> made.Table:
        def cells(row: tuple[str | None, ...], at: KeyPath) -> tuple[Rich, ...]:
            return tuple(self.text(origin, (*at, index), cell) for index, cell in enumerate(row))

        return made.Table(
            caption=self.text(origin, (*path, "caption"), table.caption),
            header=cells(table.header, (*path, "header")),
            rows=tuple(cells(row, (*path, "rows", index)) for index, row in enumerate(table.rows)),
            row_headers=table.row_headers,
            **common,
        )

    def _picture(
        self, picture: model.PictureFile, origin: Origin, path: KeyPath, common: dict[str, Any] | None = None
    ) -> made.Picture:
        wide = picture.width / 100 if isinstance(picture, model.PictureBody) else 1.0
        caption = picture.caption if isinstance(picture, model.PictureBody) else None
        is_logo = origin.tree is not self.inputs.source.tree
        folders = self.inputs.logo_folders if is_logo else self.inputs.picture_folders
        try:
            file = pictures.read(picture.file, folders)
        except Mistake as mistake:
            self.complain(origin.tree, (*path, "file"), mistake)
            file = pictures.PictureFile(b"", "svg", (1.0, 1.0))
        return made.Picture(
            data=file.data,
            format=file.format,
            size=file.size,
            alt=self.plain(origin, (*path, "alt"), picture.alt) if picture.alt else None,
            width=wide,
            caption=self.text(origin, (*path, "caption"), caption),
            **(common or {"place": origin.tree.place(path)}),
        )

    # --- whom to call --------------------------------------------------------------------------

    def _contacts(
        self, contacts: model.ContactsBody, origin: Origin, path: KeyPath, common: dict[str, Any]
    ) -> made.Contacts:
        items: list[Contact] = []
        for place in contacts.from_:
            items += self._site_contacts() if place == "site" else self._helplines()
        for index, card in enumerate(contacts.also):
            items.append(self._contact(card, origin, (*path, "also", index)))
        empty = self.text(origin, (*path, "empty"), contacts.empty)
        return made.Contacts(items=tuple(items), empty=empty, **common)

    def _site_origin(self) -> Origin:
        assert self.inputs.site
        language = self.inputs.site.site.language
        lang = None if language.split("-")[0] == self.locale.language else language
        return Origin(self.inputs.site.tree, None, "", lang)

    def _site_contacts(self) -> Iterator[Contact]:
        """The contacts that the site names, or the site itself if it names none."""
        if not self.inputs.site:
            return
        site, origin = self.inputs.site.site, self._site_origin()
        for index, card in enumerate(site.contacts):
            if card.serves(self.locale) and not card.instead_of:
                yield self._contact(card, origin, ("contacts", index))
        if not site.contacts and (site.phones or site.url):
            yield Contact(
                name=(Span(site.name),),
                phones=self._site_phones(),
                url=site.url,
                url_text=formats.printed_address(site.url or ""),
                hours=self.text(origin, ("hours",), site.hours),
            )

    def _helplines(self) -> Iterator[Contact]:
        """The region's contacts that serve readers of this language, or what the site has instead."""
        without, instead = self._site_changes()
        for index, line in self.inputs.region.region.printed(self.locale):
            for place, card in instead.get(line.id, ()):
                yield self._contact(card, self._site_origin(), ("contacts", place))
            if line.id not in without and line.id not in instead:
                self.named.add(line.id)
                yield self._contact(line, self._helpline_origin(line), ("contacts", index))

    def _helpline_origin(self, line: Helpline) -> Origin:
        """Of the texts of a contact: translated, or in the language that they are written in."""
        tree, catalogues = self.inputs.region.tree, self.inputs.catalogues
        written = self.inputs.region.region.language_of(line)
        if written.split("-")[0] == self.locale.language and not self.locale.pseudo:
            return Origin(tree, None, "")
        if catalogues:
            return Origin(tree, catalogues.region, f"contact:{line.id}", written=written)
        return Origin(tree, None, "", written)

    def _site_changes(self) -> tuple[frozenset[str], dict[str, list[tuple[int, SiteContact]]]]:
        """Which of the region's contacts the site leaves out, and which of its own stand in their place."""
        if not self.inputs.site:
            return frozenset(), {}
        site, tree = self.inputs.site.site, self.inputs.site.tree
        known = [line.id for line in self.inputs.region.region.contacts]
        asked: list[tuple[KeyPath, str]] = [(("without", n), name) for n, name in enumerate(site.without)]
        instead: dict[str, list[tuple[int, SiteContact]]] = {}
        for n, card in enumerate(site.contacts):
            if card.instead_of:
                asked.append((("contacts", n, "instead-of"), card.instead_of))
                instead.setdefault(card.instead_of, []).append((n, card))
        for path, name in asked if site.region == self.inputs.region.name else ():
            if name not in known:
                hint = suggestion(name, known, "They are") or "It has none."
                message = f"The region {quoted(site.region)} has no contact {quoted(name)}."
                self.complain(tree, path, Mistake(message, hint))
        return frozenset(site.without), instead

    def warn_of_old_facts(self, on: date) -> None:
        """A warning for each fact of the region that is printed and too old."""
        region, tree = self.inputs.region.region, self.inputs.region.tree
        for old in regions.stale(region, on):
            if old.name not in self.named:
                continue
            what = "The emergency number" if old.name == regions.EMERGENCY else quoted(old.name)
            message = f"{what} was last checked more than a year ago."
            self.warn(tree, old.path, message, "Check it at its source, dial it, and write the new date.")

    def _contact(self, card: model.ContactCard, origin: Origin, path: KeyPath) -> Contact:
        phones = [self._phone(card.phone, origin.tree, (*path, "phone"))]
        if card.sms:
            label = self.own("text_message")
            phones.append(self._phone(card.sms, origin.tree, (*path, "sms"), label, text_message=True))
        name = self.text(replace(origin, lang=None), (*path, "name"), card.name)
        if isinstance(card, Helpline) and origin.catalogue and plain(name) == card.name:
            # A name that the translation keeps is read aloud in the language that it is in.
            name = in_language(name, self.inputs.region.region.language_of(card))
        return Contact(
            name=name,
            phones=tuple(phone for phone in phones if phone),
            url=card.url,
            url_text=formats.printed_address(card.url or ""),
            hours=self.text(origin, (*path, "hours"), card.hours),
            note=self.text(origin, (*path, "note"), card.note),
            qr=card.qr,
        )

    def _phone(
        self, number: str | None, tree: Tree, path: KeyPath, label: Rich = (), *, text_message: bool = False
    ) -> Phone | None:
        if number is None:
            return None
        region = self.inputs.region.region.id
        try:
            phone = (
                formats.text_message(number, region, label) if text_message else formats.phone(number, region)
            )
        except Mistake as mistake:
            self.complain(tree, path, mistake)
            return None
        if not formats.in_use(number, region):
            message = f"No phone can have the number {quoted(number)}, as far as is known."
            self.warn(tree, path, message, "Compare it with its source, and dial it.")
        return replace(phone, label=label, text=formats.isolated(phone.text, self.locale))

    def _site_phones(self) -> tuple[Phone, ...]:
        assert self.inputs.site
        origin, found = self._site_origin(), []
        for index, phone in enumerate(self.inputs.site.site.phones):
            label = () if phone.label is None else in_language((Span(phone.label),), origin.lang)
            found.append(self._phone(phone.number, origin.tree, ("phones", index, "number"), label))
        return tuple(phone for phone in found if phone)

    # --- sources and imprint -------------------------------------------------------------------

    def _sources(self, block: model.SourcesBlock) -> Iterator[made.Source]:
        """In the order of the file, or of the list. Names and titles stay as the publisher wrote them."""
        content = self.inputs.source.content
        language = content.language
        lang = None if language.split("-")[0] == self.locale.language else language
        for name in content.sources if block.sources == "all" else block.sources:
            entry = content.sources[name]
            year = f" {entry.year}." if entry.year else ""
            text = (Span(_sentence(entry.publisher) + " "), Span(_sentence(entry.title), italic=True))
            short = entry.short or entry.publisher
            yield made.Source(
                id=name,
                text=in_language((*text, Span(year)) if year else text, lang),
                short=in_language((Span(f"{short} {entry.year}" if entry.year else short),), lang),
                url=entry.url,
            )

    def _logo(self) -> made.Picture | None:
        """The site's logo."""
        site = self.inputs.site
        if not site or not site.site.logo:
            return None
        return self._picture(site.site.logo, replace(self._site_origin(), lang=None), ("logo",))

    def _imprint(
        self, imprint: model.ImprintBody, origin: Origin, path: KeyPath, common: dict[str, Any]
    ) -> made.Imprint:
        notes = [self.text(origin, (*path, "notes", index), note) for index, note in enumerate(imprint.notes)]
        notes += self._small_print()
        stamp = self.text(origin, (*path, "stamp"), imprint.stamp) or self.own("stamp")
        if not self.inputs.site:
            return made.Imprint(stamp=stamp, notes=tuple(notes), **common)
        site, own = self.inputs.site.site, self._site_origin()
        lines = [
            self.text(replace(own, lang=None), ("address", n), line) for n, line in enumerate(site.address)
        ]
        return made.Imprint(
            name=(Span(site.name),),
            lines=tuple([*lines, self.text(own, ("hours",), site.hours)] if site.hours else lines),
            phones=self._site_phones(),
            url=site.url,
            url_text=formats.printed_address(site.url or ""),
            logo=self._logo(),
            stamp=stamp,
            notes=tuple(notes),
            **common,
        )

    def _small_print(self) -> Iterator[Rich]:
        """Version, dates of review, and what has not been reviewed yet."""
        content = self.inputs.source.content
        last = self._day(content.review.last)
        if content.review.status == "draft":
            yield self.own("version", version=f"{content.version} ({last})")
            yield self.own("unreviewed")
        else:
            yield self.own("version", version=content.version)
            yield self.own("reviewed", reviewed=last, next=self._day(content.review.next))
        yield from self.draft_marks()

    def _day(self, when: date) -> str:
        return formats.day(when, self.locale)


def _sentence(words: str) -> str:
    return words if words[-1] in ".?!" else words + "."
