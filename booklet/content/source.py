"""Reads one content file and checks it as a whole: its ids, its cover, the sources it rests on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TypeAlias

from booklet.content import fields, model
from booklet.content.model import AnyBlock, Content, CoverBlock, InnerBlock, SectionBlock
from booklet.problems import Problem, ProblemsFound
from booklet.validate import misnamed, validate
from booklet.wording import quoted, suggestion
from booklet.yamlfile import KeyPath, Tree, parse

RESERVED = ("cover", "document")
"""Names under which translators find what belongs to no section."""

Blocks: TypeAlias = "tuple[AnyBlock, ...] | tuple[InnerBlock, ...]"


@dataclass(frozen=True, eq=False)
class DocumentSource:
    """A content file that holds together. `warnings` need not stop a build."""

    tree: Tree
    content: Content
    warnings: tuple[Problem, ...] = field(default=())


@lru_cache(maxsize=64)
def read(data: bytes, name: str, stem: str) -> DocumentSource:
    """The document in the bytes of the file `name`, whose id must be `stem`. Raises ProblemsFound."""
    tree = parse(data, name)
    content = validate(tree, Content)
    problems = [*_check_names(tree, content, stem), *_check_cover(tree, content)]
    problems += [*_check_sources(tree, content), *_check_placement(tree, content)]
    problems += _check_questions(tree, content)
    problems.sort(key=lambda problem: problem.place)
    if any(problem.severity == "error" for problem in problems):
        raise ProblemsFound(problems)
    return DocumentSource(tree, content, tuple(problems))


def sections(content: Content) -> Iterator[tuple[KeyPath, model.SectionBody]]:
    """Every section with its path in the file."""
    for index, part in enumerate(content.body):
        if isinstance(part, SectionBlock):
            yield ("body", index, "section"), part.section


def blocks_in(blocks: Blocks, path: KeyPath) -> Iterator[tuple[KeyPath, AnyBlock | InnerBlock]]:
    """Every block of a section, and every block in its callouts, with its path in the file."""
    for index, block in enumerate(blocks):
        here = (*path, index)
        yield here, block
        if isinstance(block, model.CalloutBlock) and block.callout.blocks:
            yield from blocks_in(block.callout.blocks, (*here, "callout", "blocks"))


def questions(content: Content) -> Iterator[tuple[KeyPath, model.SectionBody, fields.FieldBlock]]:
    """Every block to fill in with its path in the file and its section."""
    for section_path, section in sections(content):
        for path, block in blocks_in(section.blocks, (*section_path, "blocks")):
            if isinstance(block, fields.FieldBlock):
                yield path, section, block


def _check_names(tree: Tree, content: Content, stem: str) -> Iterator[Problem]:
    yield from misnamed(tree, "id", content.id, stem)
    first: dict[str, int] = {}
    for path, section in sections(content):
        at = (*path, "id")
        if section.id in RESERVED:
            message = f"A section cannot have the id {quoted(section.id)}, which booklet uses itself."
            yield tree.problem(at, message, "Choose another one.")
        elif section.id in first:
            message = f"Two sections have the id {quoted(section.id)}."
            yield tree.problem(at, message, f"The first stands in line {first[section.id]}. Rename one.")
        first.setdefault(section.id, tree.place(at).line)


def _check_cover(tree: Tree, content: Content) -> Iterator[Problem]:
    covers = [index for index, part in enumerate(content.body) if isinstance(part, CoverBlock)]
    if not covers:
        hint = 'Begin the body with "- cover: {subtitle: …}".'
        yield tree.problem(("body",), "The document has no cover.", hint, at_key=True)
        return
    if covers[0] != 0:
        message = "The cover must be the first part of the body."
        yield tree.problem(("body", covers[0], "cover"), message, "Move it up.", at_key=True)
    for index in covers[1:]:
        yield tree.problem(("body", index, "cover"), "This is a second cover.", "Keep one.", at_key=True)


def _check_sources(tree: Tree, content: Content) -> Iterator[Problem]:
    used = set()
    known = list(content.sources)
    for section_path, section in sections(content):
        for path, block in blocks_in(section.blocks, (*section_path, "blocks")):
            for at, source in _named_sources(block):
                used.add(source)
                if source not in content.sources:
                    message = f"There is no source with the id {quoted(source)}."
                    hint = suggestion(source, known, "The sources are")
                    hint = hint or 'Describe it under "sources" at the top of the file.'
                    yield tree.problem((*path, *at), message, hint)
    for source in known:
        if source not in used:
            yield tree.problem(
                ("sources", source),
                f"No claim rests on the source {quoted(source)}.",
                "Name it beside the claim, or delete it here.",
                at_key=True,
                severity="warning",
            )


def _named_sources(block: AnyBlock | InnerBlock) -> tuple[tuple[KeyPath, str], ...]:
    if not isinstance(block, model.SourcesBlock):
        return block.own_sources
    if isinstance(block.sources, str):
        return ()
    return tuple((("sources", index), source) for index, source in enumerate(block.sources))


def _check_placement(tree: Tree, content: Content) -> Iterator[Problem]:
    """Blocks that only one kind of section can hold."""
    for section_path, section in sections(content):
        for index, block in enumerate(section.blocks):
            path = (*section_path, "blocks", index)
            if isinstance(block, model.SourcesBlock) and section.role != "sources":
                message = "The list of sources must stand in a section of its own."
                yield tree.problem(path, message, 'Give the section "role: sources".')
            if isinstance(block, model.ImprintBlock) and section.role != "imprint":
                message = "The imprint must stand in a section of its own."
                yield tree.problem(path, message, 'Give the section "role: imprint".')


def _check_questions(tree: Tree, content: Content) -> Iterator[Problem]:
    """Names of fields are different, and each score has a rating and reaches as high.

    An id holds no dot, so a name derived from it (`habits.money`) is nobody else's id.
    """
    first: dict[str, int] = {}
    for path, _, block in questions(content):
        key, asked = block.asked
        at = (*path, key, "id")
        if asked.id in first:
            message = f"Two questions have the id {quoted(asked.id)}."
            yield tree.problem(at, message, f"The first stands in line {first[asked.id]}. Rename one.")
        first.setdefault(asked.id, tree.place(at).line)
    ratings = {
        block.rating.id: block.rating
        for _, _, block in questions(content)
        if isinstance(block, fields.RatingBlock)
    }
    for path, _, block in questions(content):
        if isinstance(block, fields.ScoreBlock):
            yield from _check_score(tree, (*path, "score"), block.score, ratings)


def _check_score(
    tree: Tree, path: KeyPath, score: fields.ScoreBody, ratings: Mapping[str, fields.RatingBody]
) -> Iterator[Problem]:
    rating = ratings.get(score.of)
    if rating is None:
        hint = suggestion(score.of, list(ratings), "The ratings are")
        hint = hint or f'Add it: "- rating: {{id: {score.of}, …}}".'
        yield tree.problem((*path, "of"), f"There is no rating with the id {quoted(score.of)}.", hint)
    elif score.bands[-1].to != rating.highest:
        yield tree.problem(
            (*path, "bands", len(score.bands) - 1, "to"),
            f"The last band ends at {score.bands[-1].to}, but the highest sum is {rating.highest}.",
            f'Write "to: {rating.highest}" here, or mend the points or the items of the rating.',
        )
