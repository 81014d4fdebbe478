"""Marks the directions of lines that run both ways, so that programs which read a page find their way.

A PDF says where a character stands, not which way its text runs. Every reader guesses, each by rules of its
own: Poppler and PDFium from the places on the page, MuPDF and PDF.js from the order in the file. What is
written here leads all four to the same text:

- Runs stand in the file as they are read, each of them written from left to right.
- Signs that a reader takes for something else stand in runs of their own.
- Unicode's invisible marks LRM and RLM (UAX #9, 2.6) stand beside what a reader would take along into the
  other direction. They have no width and no ink.

Each rule names the reader that needs it: `tests/test_readback.py` fails without it. Lines of plain
left-to-right text are left as they are.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from itertools import groupby
from unicodedata import bidirectional, category, mirrored, normalize

from booklet.typeset.paragraph import Line, Run
from booklet.typeset.shape import Cluster

LRM, RLM = "\u200e", "\u200f"
MARKS = (LRM, RLM)
LEAST_LETTERS = 0.3
"""The share of right-to-left letters in a run from which PDF.js takes it for right-to-left, whatever its
length; it asks nothing of runs of up to four characters with a letter."""


@lru_cache(maxsize=8192)
def marked(line: Line, rtl: bool) -> tuple[Run, ...]:
    """The runs of a line of a paragraph that runs from right to left or not, with the marks they need.

    A mark is a cluster of its own, or the head of a cluster's text: then it stands to the left of it.
    """
    if not rtl and not any(run.rtl for run in line.runs):
        return _hyphen_kept(line.runs)
    runs = [part for run in line.runs for part in (_apart(run) if run.rtl else [run])]
    out = []
    for place, run in enumerate(runs):
        before = runs[place - 1] if place else None
        after = runs[place + 1] if place + 1 < len(runs) else None
        if not run.rtl:
            clusters = _rightward(run, before, inside=rtl)
        elif _is_sign(run):
            clusters = _sign(run.clusters[0])
        else:
            clusters = _leftward(run, before, after)
        out.append(replace(run, clusters=(*clusters, *_joint(clusters, before, run, after))))
    return tuple(out)


def _hyphen_kept(runs: tuple[Run, ...]) -> tuple[Run, ...]:
    """A line from left to right whose last sign may be a hyphen.

    Poppler and PDFium take it for the trace of a broken word and drop it, unless a mark comes after it.
    """
    if not runs:
        return runs
    *before, run = runs
    end = len(run.clusters) - (run.clusters[-1].text == " ")
    if not end or run.clusters[end - 1].text != "-":
        return runs
    clusters = (*run.clusters[:end], _mark(LRM), *run.clusters[end:])
    return (*before, replace(run, clusters=clusters))


def _joint(
    clusters: tuple[Cluster, ...], before: Run | None, run: Run, after: Run | None
) -> Iterator[Cluster]:
    """The marks at the right end of a run."""
    # Poppler would read two such runs from left to right as if they were one.
    jump = (before and _goes_back(before, run)) or (after and _goes_back(run, after))
    hyphen = before is None and clusters[-1].text == "-"  # see `_hyphen_kept`
    if jump or hyphen:
        yield _mark(RLM)
    # MuPDF begins a new line where text jumps to the left, unless its direction changes there.
    if after and (jump or hyphen or _ends_leftward(clusters)) and _begins_leftward(after):
        yield _mark(LRM)


def _goes_back(first: Run, then: Run) -> bool:
    """Whether two runs that readers take for left-to-right stand in the other order."""
    return not _is_leftward(first) and not _is_leftward(then) and then.x < first.x


# -- cutting ------------------------------------------------------------------------------------


def _apart(run: Run) -> Iterator[Run]:
    """A right-to-left run cut into those that readers turn as a whole, in the order of reading."""
    right = run.x + run.width
    for clusters in _groups(run.clusters[::-1]):
        width = sum(cluster.advance for cluster in clusters) / run.face.upem * run.scale
        right -= width
        yield replace(run, clusters=tuple(reversed(clusters)), x=right, width=width)


def _groups(read: tuple[Cluster, ...]) -> Iterator[list[Cluster]]:
    """Clusters as they are read, in groups."""
    groups: list[list[Cluster]] = [[]]
    for cluster in read:
        if _stands_alone(cluster):
            groups += [[cluster], []]
        else:
            groups[-1].append(cluster)
    for group in groups:
        letters = sum(_is_rtl(char) for cluster in group for char in cluster.text)
        # A space may yet get a mark.
        length = sum(2 if cluster.text == " " else len(cluster.text) for cluster in group)
        if letters and (letters >= LEAST_LETTERS * length or length < 5):
            yield group
            continue
        # PDF.js would not turn the group: then there must be nothing in it to turn.
        for _, some in groupby(group, lambda cluster: _is_rtl(cluster.text[0]) or cluster.text):
            yield list(some)


def _stands_alone(cluster: Cluster) -> bool:
    """Signs for which MuPDF or PDF.js has another direction than the bidi algorithm.

    MuPDF takes those beside numbers for left-to-right, and PDF.js all that it does not know: it knows
    Latin-1, Hebrew and Arabic. For the turned ones see `_sign`.
    """
    char = cluster.text[0]
    if len(cluster.text) > 1 or _is_rtl(char) or char.isspace() or category(char) == "Cf":
        return False
    return _is_turned(char) or _is_number_sign(char) or (char > "\xff" and not "\u0590" <= char <= "\u06ff")


# -- marking ------------------------------------------------------------------------------------


def _sign(cluster: Cluster) -> tuple[Cluster, ...]:
    """PDFium turns brackets and quotation marks that come after right-to-left text, although the text has
    them unturned already, and takes ellipses and fractions apart. After an LRM it does not."""
    if not _is_turned(cluster.text):
        return (cluster,)
    # One is in the same code as the sign: Poppler takes a second character at the same place for a shadow.
    return (cluster._replace(text=LRM + cluster.text), _mark(LRM))


def _leftward(run: Run, before: Run | None, after: Run | None) -> tuple[Cluster, ...]:
    """A right-to-left run with its marks."""
    read = run.clusters[::-1]
    out: list[Cluster] = []
    if before and not _is_rtl(read[0].text[0]):
        # Poppler takes the space beside a number or a foreign word for a part of it.
        out.append(_mark(RLM))
    for place, cluster in enumerate(read):
        following = read[place + 1] if place + 1 < len(read) else None
        if cluster.text == " ":
            # PDF.js drops a space where text jumps, and makes two of one before a mark above a letter.
            # It does neither if the space is not alone in its code.
            border = (before and not place) or ((before or after) and not following)
            accented = place and category(read[place - 1].text[-1]) == "Mn"
            out.append(cluster._replace(text=RLM + " ") if border or accented else cluster)
            continue
        out.append(cluster)
        if _is_rtl(cluster.text[-1]):
            continue
        if following and (_is_rtl(following.text[0]) or following.text == cluster.text):
            continue
        # Poppler takes a full stop for left-to-right, and the space behind it along. PDFium swaps two such
        # signs, or a mark above a letter and a sign. MuPDF has them go on as the text before.
        if not following or following.text != " " or category(cluster.text[-1]) != "Mn":
            out.append(_mark(RLM))
    return tuple(reversed(out))


def _rightward(run: Run, before: Run | None, *, inside: bool) -> tuple[Cluster, ...]:
    """A left-to-right run with its marks; `inside` a paragraph of the other direction or not."""
    clusters = run.clusters
    head, tail = clusters[0].text[0], clusters[-1].text[-1]
    if before and before.rtl and not _is_ltr(head):
        # MuPDF goes on from right to left until it meets a letter; Poppler and PDFium leave it to the
        # letter before.
        clusters = (_mark(LRM), *clusters)
    if inside and not _is_ltr(tail):
        clusters = (*clusters, _mark(LRM))  # Poppler takes the sign for a part of the text around
    return clusters


def _mark(char: str) -> Cluster:
    return Cluster(char, (), 0, rtl=char == RLM)


# -- what readers see ---------------------------------------------------------------------------


def _is_sign(run: Run) -> bool:
    """Whether a right-to-left run is a sign that readers take for left-to-right."""
    text = run.clusters[0].text
    return run.rtl and len(run.clusters) == len(text) == 1 and (_is_turned(text) or _is_number_sign(text))


def _is_leftward(run: Run) -> bool:
    return run.rtl and not _is_sign(run)


def _begins_leftward(run: Run) -> bool:
    """MuPDF's view: Arabic digits run from right to left, as letters do."""
    return _is_leftward(run) or bidirectional(run.clusters[0].text[0]) == "AN"


def _ends_leftward(clusters: tuple[Cluster, ...]) -> bool:
    """MuPDF's view of where clusters end: the last letter or number tells."""
    for cluster in reversed(clusters):
        classes = {bidirectional(char) for char in cluster.text}
        if classes & {"R", "AL", "AN"}:
            return True
        if classes & {"L", "EN", "ES", "ET"}:
            return False
    return True


def _is_rtl(char: str) -> bool:
    return bidirectional(char) in ("R", "AL")


def _is_ltr(char: str) -> bool:
    return bidirectional(char) in ("L", "EN", "AN")


def _is_number_sign(char: str) -> bool:
    """+ - $ % # and the like."""
    return bidirectional(char) in ("ES", "ET")


def _is_turned(char: str) -> bool:
    """What PDFium replaces in right-to-left text: its mirror image, or what it is made of."""
    if _is_rtl(char) or char.isspace():
        return False
    return bool(mirrored(char)) or category(char) in ("Pi", "Pf") or normalize("NFKC", char) != char
