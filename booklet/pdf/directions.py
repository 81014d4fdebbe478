"""Marks the directions of lines that run both ways, so that programs which read a page find their way.

A PDF says where a character stands, not in which direction its text runs. Every reader guesses, each in its
own way: Poppler and PDFium go by the place on the page, PDF.js and MuPDF by the order in the file. Line by
line they are told, in a language that all of them understand:

- Runs stand in the file as they are read, each of them written from left to right. That is the order of
  PDF.js and of MuPDF, which turn each run by themselves, and no matter to the other two.
- The invisible marks LRM and RLM (Unicode's own, UAX #9) stand where a reader would mistake a sign's
  direction or carry a space to the wrong side of a word; `_leftward` says which reader needs which.
- In right-to-left runs the signs that readers take for something else stand in runs of their own.

Lines of plain left-to-right text are left as they are.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import groupby
from unicodedata import bidirectional, category, mirrored, normalize

from booklet.typeset.paragraph import Line, Run
from booklet.typeset.shape import Cluster

LRM, RLM = "\u200e", "\u200f"
MARKS = (LRM, RLM)
NUMBER_SIGNS = ("ES", "ET")
"""Bidi classes of + - $ % # and the like."""


def marked(line: Line, rtl: bool) -> tuple[Run, ...]:
    """The runs of a line of a paragraph that runs from right to left or not, with the marks they need.

    A mark becomes a cluster of its own, or the head of a cluster's text: then it stands to the left of it.
    """
    if not rtl and not any(run.rtl for run in line.runs):
        return line.runs
    runs = [part for run in line.runs for part in (_apart(run) if run.rtl else (run,))]
    out = []
    for place, run in enumerate(runs):
        before = runs[place - 1] if place else None
        after = runs[place + 1] if place + 1 < len(runs) else None
        if not run.rtl:
            made = _rightward(run, before, inside=rtl)
        elif _sign(run):
            made = _kept(run)
        else:
            made = _leftward(run, before, after)
        ends = [RLM] if any(_apart_from(run, other) for other in (before, after)) else []
        if after and _read_as_rtl(made.clusters[-1].text[-1] if not ends else RLM) and _read_as_rtl_first(after):
            ends.append(LRM)
        out.append(replace(made, clusters=(*made.clusters, *map(_mark, ends))))
    return tuple(out)


def _read_as_rtl(char: str) -> bool:
    return bidirectional(char) in ("R", "AL", "AN", "NSM")


def _read_as_rtl_first(run: Run) -> bool:
    return _leftwards(run) or bidirectional(run.clusters[0].text[0]) == "AN"


def _leftwards(run: Run) -> bool:
    return run.rtl and not _sign(run)


def _apart_from(run: Run, other: Run | None) -> bool:
    """Whether two runs that readers take for left-to-right are read one after the other, yet the second
    stands to the left."""
    return other is not None and not _leftwards(run) and not _leftwards(other) and (run.rtl or other.rtl)


def _apart(run: Run) -> Iterator[Run]:
    """A right-to-left run cut at the signs that stand alone."""
    groups: list[list[Cluster]] = [[]]
    for cluster in reversed(run.clusters):
        if _alone(cluster):
            groups += [[cluster], []]
        else:
            groups[-1].append(cluster)
    right = run.x + run.width
    for group in groups:
        for part in _parts(group):
            width = sum(cluster.advance for cluster in part) / run.face.upem
            right -= width
            yield replace(run, clusters=tuple(reversed(part)), x=right, width=width)


def _parts(group: list[Cluster]) -> list[list[Cluster]]:
    # PDF.js turns what has too few letters the wrong way.
    text = "".join(cluster.text for cluster in group)
    letters = sum(map(_right_to_left, text))
    if letters and (letters >= 0.3 * len(text) or len(text) < 5):
        return [group]
    out = []
    for lettered, some in groupby(group, lambda cluster: _right_to_left(cluster.text[0])):
        out += [list(some)] if lettered else [[c] for c in some]
    return out


def _alone(cluster: Cluster) -> bool:
    """Whether readers need a sign of a right-to-left run on its own.

    PDFium turns brackets and quotation marks round that follow right-to-left text, although the text has
    them unturned already, and takes others apart. MuPDF takes the signs beside numbers for left-to-right.
    """
    return len(cluster.text) == 1 and (_turned(cluster.text) or bidirectional(cluster.text) in NUMBER_SIGNS)


def _turned(char: str) -> bool:
    return bool(mirrored(char)) or category(char) in ("Pi", "Pf") or (bidirectional(char) not in ("R", "AL") and not char.isspace() and normalize("NFKC", char) != char)


def _sign(run: Run) -> bool:
    return run.rtl and len(run.clusters) == 1 and _alone(run.clusters[0])


def _kept(run: Run) -> Run:
    cluster = run.clusters[0]
    if not _turned(cluster.text):
        return run
    return replace(run, clusters=(replace(cluster, text=LRM + cluster.text + LRM, rtl=False),))


def _leftward(run: Run, before: Run | None, after: Run | None) -> Run:
    """A right-to-left run with its marks."""
    read = run.clusters[::-1]
    out = [] if before is None or _leftwards(before) or _right_to_left(read[0].text[0]) else [_mark(RLM)]
    for place, cluster in enumerate(read):
        following = read[place + 1] if place + 1 < len(read) else None
        accented = category(cluster.text[-1]) == "Mn"
        if cluster.text == " ":
            border = (place == 0 and before) or (following is None and (before or after))
            after_mark = place > 0 and category(read[place - 1].text[-1]) == "Mn"
            out.append(replace(cluster, text=RLM + " ") if border or after_mark else cluster)
            continue
        out.append(cluster)
        if _right_to_left(cluster.text[-1]) or (following and _right_to_left(following.text[0])):
            continue
        if not (accented and following and following.text == " "):
            out.append(_mark(RLM))
    return replace(run, clusters=tuple(reversed(out)))


def _rightward(run: Run, before: Run | None, *, inside: bool) -> Run:
    """A left-to-right run with its marks: `inside` a paragraph of the other direction, `after` such a run."""
    clusters = run.clusters
    if before and before.rtl and not _left_to_right(clusters[0].text[0]) and bidirectional(clusters[0].text[0]) not in NUMBER_SIGNS:
        if inside:
            clusters = (replace(clusters[0], text=LRM + clusters[0].text), *clusters[1:])
        else:
            clusters = (_mark(LRM), *clusters)
    if inside and not _left_to_right(clusters[-1].text[-1]):
        clusters = (*clusters, _mark(LRM))
    return replace(run, clusters=clusters)


def _right_to_left(char: str) -> bool:
    return bidirectional(char) in ("R", "AL")


def _left_to_right(char: str) -> bool:
    return bidirectional(char) in ("L", "EN", "AN")


def _mark(char: str) -> Cluster:
    return Cluster(char, (), 0, rtl=char == RLM)
