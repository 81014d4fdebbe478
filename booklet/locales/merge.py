"""Brings a catalogue up to its texts: keeps what stands, adds what is new, marks what has changed."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace

from booklet.locales import plurals
from booklet.locales.plurals import Forms
from booklet.locales.pofile import Message, PoFile
from booklet.locales.texts import Text

NEAR = 0.6
"""How alike an old and a new wording are, from 0 to 1, for the old translation to be offered (gettext's)."""

Notes = Callable[[Text], tuple[str, ...]]
"""Gives what translators are told of a text."""


def template(
    texts: Iterable[Text], notes: Notes, comment: Sequence[str], headers: Mapping[str, str], forms: int = 2
) -> PoFile:
    """A catalogue without any translation, for a language with so many plural forms."""
    return PoFile(tuple(comment), headers, tuple(_blank(text, notes, forms) for text in texts))


def update(po: PoFile, texts: Sequence[Text], notes: Notes, forms: Forms) -> PoFile:
    """The catalogue with an entry for each of the texts, in their order.

    A translation stays with its text. Where the text has changed, the old translation is offered as fuzzy,
    with the old text beside it. What no text wants any more goes below, as obsolete: no translation is lost.
    Plural forms that stand in another order than that of the language (CLDR's) are put in order.
    """
    po = _in_order(po, forms)
    exact = {text.key: _exact(po, text) for text in texts}
    used = {id(message) for message in exact.values()}
    spare = [each for each in (*po.messages, *po.obsolete) if each.begun and id(each) not in used]
    made: list[Message] = []
    apart: list[Message] = []
    for text in texts:
        blank = _blank(text, notes, len(forms.names))
        found = exact[text.key]
        if found is None and (near := _near(text, spare, po.messages)):
            if (near.plural is None) or blank.plural is not None:  # else a form would be lost
                spare = [each for each in spare if each is not near]
            made.append(_offered(blank, near))
        elif found and found.begun and (found.plural is None) != (blank.plural is None):
            made.append(_offered(blank, found))
            apart += [found] if found.plural is not None else []
        else:
            made.append(_kept(blank, found) if found else blank)
            apart += (
                [found]
                if found and found.begun and len(found.translations) > len(made[-1].translations)
                else []
            )
    gone = {id(message) for message in (*spare, *apart)}
    obsolete = [each for each in po.obsolete if id(each) in gone]
    obsolete += [replace(each, notes=(), places=()) for each in po.messages if id(each) in gone]
    once = {(each.key, each.plural, each.translations): each for each in reversed(obsolete)}
    obsolete = list(reversed(once.values()))
    headers = {**po.headers, plurals.HEADER: forms.header}
    return replace(po, headers=headers, messages=tuple(made), obsolete=tuple(obsolete))


def _in_order(po: PoFile, forms: Forms) -> PoFile:
    """The catalogue with the forms of each entry in the language's own order, as its header tells them."""
    header = po.headers.get(plurals.HEADER)
    order = plurals.reordering(header, forms) if header else None
    if not order:
        return po

    def ordered(message: Message) -> Message:
        if message.plural is None or not message.begun:
            return message
        if len(message.translations) != order.count:
            return replace(message, fuzzy=True)
        translations = order.applied(message.translations)
        return replace(message, translations=translations, fuzzy=message.fuzzy or not order.exact)

    messages, obsolete = (tuple(map(ordered, each)) for each in (po.messages, po.obsolete))
    return replace(po, messages=messages, obsolete=obsolete)


def _blank(text: Text, notes: Notes, forms: int) -> Message:
    """The entry of a text, without a translation."""
    return Message(
        context=text.context,
        source=text.words,
        translations=("",) * (forms if text.plural else 1),
        plural=text.plural,
        notes=notes(text),
        places=tuple(f"{place.file}:{place.line}" for place in text.places),
    )


def _exact(po: PoFile, text: Text) -> Message | None:
    """The entry of these very words; an obsolete one comes back if it has the only translation."""
    found = [each for each in po.messages if each.key == text.key]
    found += [each for each in po.messages if each.key == (None, text.words)]
    found += [each for each in po.obsolete if each.key == text.key]
    return next((each for each in found if each.begun), found[0] if found else None)


def _near(text: Text, spare: Iterable[Message], messages: Iterable[Message]) -> Message | None:
    """An entry whose translation may serve: like words in the same section, or the same words elsewhere."""
    best, how = None, NEAR
    for each in spare:
        if each.context == text.context:
            matcher = difflib.SequenceMatcher(None, each.source, text.words, autojunk=False)
            if matcher.quick_ratio() > how and (alike := matcher.ratio()) > how:
                best, how = each, alike
    same = (each for each in (*spare, *messages) if each.source == text.words and each.begun)
    return best or next(same, None)


def _kept(blank: Message, old: Message) -> Message:
    """A text that stands as it did, with what its translators wrote."""
    translations, fuzzy = old.translations, old.fuzzy
    if (old.plural is None) != (blank.plural is None):
        translations, fuzzy = blank.translations, False
    elif len(translations) < len(blank.translations):
        translations, fuzzy = _spread(translations, len(blank.translations)), old.begun
    elif len(translations) > len(blank.translations):
        translations, fuzzy = translations[: len(blank.translations)], old.begun
    previous = old.previous
    if old.begun and old.plural != blank.plural:
        fuzzy, previous = True, old.previous or (old.context, old.source, old.plural)
    return replace(
        blank,
        translations=translations,
        fuzzy=fuzzy,
        flags=old.flags,
        comments=old.comments,
        previous=previous if fuzzy else None,
    )


def _offered(blank: Message, old: Message) -> Message:
    """A new text with the translation of an old one, to be read again."""
    if blank.plural is None:
        translations = old.translations[-1:]
    elif old.plural is None:
        translations = old.translations * len(blank.translations)
    else:
        translations = _spread(old.translations, len(blank.translations))
    previous = old.previous or (old.context, old.source, old.plural)
    return replace(
        blank,
        translations=translations,
        fuzzy=True,
        flags=old.flags,
        comments=old.comments,
        previous=previous,
    )


def _spread(forms: tuple[str, ...], count: int) -> tuple[str, ...]:
    """As many forms as the language has: the last one of all, "other", stays the last."""
    if len(forms) >= count:
        return forms
    return (*forms[:-1], *("",) * (count - len(forms)), forms[-1])
