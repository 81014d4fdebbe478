"""Says which way each character of a paragraph runs: the Unicode Bidirectional Algorithm (UAX #9).

A paragraph goes through `levels` once. Each line that the breaker makes of it goes through `line_levels` and
then `visual_runs` (to shape and paint run by run) or `visual_order` (character by character). An even level
runs from left to right, an odd one from right to left. Mirroring (L4) is left to the shaper, which does it
for odd levels.

Inside, a paragraph is a string with one code for the class of each character, so that a rule is a replacement
in that string. The names of rules (P2, W1, N0) and definitions (BD16) are those of
https://unicode.org/reports/tr9/.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect
from collections.abc import Iterable
from functools import cache, lru_cache
from itertools import compress, groupby

_MAX_DEPTH = 125  # BD2
_BRACKET_DEPTH = 63  # BD16

_CLASSES = """
    L=L R=R AL=A EN=1 AN=9 ES=- ET=% CS=, NSM=m BN=z B=B S=S WS=w ON=o
    LRE=e RLE=f LRO=g RLO=h PDF=p LRI=i RLI=j FSI=k PDI=q
"""
_CODES = dict(entry.split("=") for entry in _CLASSES.split())
_FORMATTING = re.compile("([e-kpq])")
_INITIATORS = "ijk"  # LRI, RLI, FSI
_RIGHT_TO_LEFT = "fhj"  # RLE, RLO, RLI
_OVERRIDES = {"g": "L", "h": "R"}
_REMOVED_BY_X9 = "zefghp"
_REMOVED = "z"  # the code of all of them after X9
_BLANK = _REMOVED_BY_X9 + "wijkq"  # what L1 resets, with what X9 removed (5.2)

_PARAGRAPH_SEPARATORS = re.compile("([\n\r\x1c-\x1e\x85\u2029]+)")
_SEPARATORS = re.compile("[\t\n\v\r\x1c-\x1f\x85\u2029]")

# A superset of R, AL and AN (their blocks), and the explicit formatting characters. Without any of them a
# left-to-right paragraph is level 0 from end to end.
_NOT_PLAIN = re.compile(
    "[\u0590-\u08ff\u200f\u202a-\u202e\u2066-\u2069\ufb1d-\ufdff\ufe70-\ufefe"
    "\U00010800-\U00010fff\U0001e800-\U0001efff]"
)

# From DerivedBidiClass.txt: from which code point on the characters that this Python does not know have which
# class. So letters of scripts to come run the right way.
_UNKNOWN = """
    0000=L 0590=R 0600=A 07C0=R 0860=A 0900=L 2065=z 2066=L 20A0=% 20D0=L FB1D=R FB50=A FDD0=z FDF0=A FE00=L
    FE70=A FF00=L FFF0=z FFF9=L 10800=R 10D00=A 10D40=R 10EC0=A 10F00=R 10F30=A 10F70=R 11000=L 1E800=R
    1EC70=A 1ECC0=R 1ED00=A 1ED50=R 1EE00=A 1EF00=R 1F000=L E0000=z E1000=L
"""
_UNKNOWN_FROM = [int(entry[:-2], 16) for entry in _UNKNOWN.split()]
_UNKNOWN_CODES = [entry[-1] for entry in _UNKNOWN.split()]

# From BidiBrackets.txt: the opening brackets. The closing one is the next code point unless it is named.
_OPENING_BRACKETS = """
    0028 005B:005D 007B:007D 0F3A 0F3C 169B 2045 207D 208D 2308 230A 2768 276A 276C 276E 2770 2772 2774 27C5
    27E6 27E8 27EA 27EC 27EE 2983 2985 2987 2989 298B 298D:2990 298F:298E 2991 2993 2995 2997 29D8 29DA 29FC
    2E22 2E24 2E26 2E28 2E55 2E57 2E59 2E5B 3008 300A 300C 300E 3010 3014 3016 3018 301A FE59 FE5B FE5D FF08
    FF3B:FF3D FF5B:FF5D FF5F FF62
"""


def _bracket_codes() -> dict[str, str]:
    """The brackets, each pair with codes of its own: 0x80 to 0xBF opens, 0x40 more closes."""
    codes = {}
    for number, entry in enumerate(_OPENING_BRACKETS.split()):
        opening, _, closing = entry.partition(":")
        codes[chr(int(opening, 16))] = chr(0x80 + number)
        codes[chr(int(closing, 16) if closing else int(opening, 16) + 1)] = chr(0xC0 + number)
    # BD16: canonical equivalents pair with each other.
    codes["\u2329"], codes["\u232a"] = codes["\u3008"], codes["\u3009"]
    return codes


_BRACKET_CODES = _bracket_codes()
_BRACKET = re.compile("[\x80-\xff]")


@cache  # never more entries than Unicode has characters
def _code(char: str) -> str:
    """The code of a character: its class, or which bracket it is (brackets are all of class ON)."""
    bracket = _BRACKET_CODES.get(char)
    if bracket:
        return bracket
    known = unicodedata.bidirectional(char)
    if known:
        return _CODES[known]
    if ord(char) & 0xFFFE == 0xFFFE:  # a noncharacter
        return _REMOVED
    return _UNKNOWN_CODES[bisect(_UNKNOWN_FROM, ord(char)) - 1]


def paragraph_level(text: str) -> int:
    """The level of the paragraph that `text` begins with (P2, P3).

    1 if its first strong letter runs from right to left, otherwise 0. What stands inside isolates does not
    count.
    """
    return _first_strong(map(_code, text), inside_isolate=False)


def _first_strong(codes: Iterable[str], *, inside_isolate: bool) -> int:
    """P2 and P3 for a paragraph, or X5c for what follows an FSI, which ends with the matching PDI (BD9)."""
    depth = 0
    for code in codes:
        if code in _INITIATORS:
            depth += 1
        elif code == "q":
            if depth:
                depth -= 1
            elif inside_isolate:
                break
        elif code == "B":
            break
        elif not depth and code in "LRA":
            return int(code != "L")
    return 0


@lru_cache(maxsize=2048)
def levels(text: str, base: int | None = None) -> bytes:
    """The level of every character of a paragraph, a byte each (rules X1 to I2; `line_levels` does the rest).

    `base` is the paragraph's level, 0 or 1; None takes it from the text (`paragraph_level`). Characters that
    rule X9 removes (embeddings, ZWJ, soft hyphens ...) have the level of the character before them, so that
    they never split a run.

    `text` should be one paragraph. If there is a paragraph separator in it, embeddings and isolates end there
    (X8) and what follows has the same `base` (HL1), since a block of text is set from one side.
    """
    if not base and not _NOT_PLAIN.search(text):
        return bytes(len(text))
    if base is None:
        base = paragraph_level(text)
    pieces = _PARAGRAPH_SEPARATORS.split(text)
    return b"".join(
        bytes([base]) * len(piece) if number % 2 else _paragraph(piece, base)
        for number, piece in enumerate(pieces)
    )


def _paragraph(text: str, base: int) -> bytes:
    """X1 to I2 for a text without paragraph separators."""
    classes = "".join(map(_code, text))
    if not _FORMATTING.search(classes):
        types = classes.replace(_REMOVED, "")
        resolved = _resolve(types, base, "LR"[base], "LR"[base])
        return resolved if len(types) == len(classes) else _put_back(classes, resolved, base)
    types, embedded = _embed(classes, base)
    if _REMOVED not in types:
        return _resolve_sequences(classes, types, embedded, base)
    kept = [code != _REMOVED for code in types]
    classes = "".join(compress(classes, kept))
    resolved = _resolve_sequences(classes, types.replace(_REMOVED, ""), bytes(compress(embedded, kept)), base)
    return _put_back(types, resolved, base)


def _put_back(types: str, resolved: bytes, base: int) -> bytes:
    """The levels with those of the removed characters, which take the level before them (5.2)."""
    result = bytearray()
    kept = iter(resolved)
    level = base
    for code in types:
        if code != _REMOVED:
            level = next(kept)
        result.append(level)
    return bytes(result)


class _Directions:
    """The directional status stack of rules X1 to X8, with its three counters."""

    def __init__(self, base: int) -> None:
        self.stack = [(base, "", False)]  # level, override, is an isolate
        self.isolates = 0
        self.overflow_isolates = 0
        self.overflow_embeddings = 0

    def begin(self, code: str, *, right_to_left: bool) -> None:
        """X2 to X5b: an embedding, override or isolate."""
        level = self.stack[-1][0]
        level = (level + 1) | 1 if right_to_left else (level + 2) & ~1
        isolate = code in _INITIATORS
        if level <= _MAX_DEPTH and not self.overflow_isolates and not self.overflow_embeddings:
            self.stack.append((level, _OVERRIDES.get(code, ""), isolate))
            self.isolates += isolate
        elif isolate:
            self.overflow_isolates += 1
        elif not self.overflow_isolates:
            self.overflow_embeddings += 1

    def end_isolate(self) -> None:
        """X6a: a PDI, which also ends the embeddings left open inside the isolate."""
        if self.overflow_isolates:
            self.overflow_isolates -= 1
        elif self.isolates:
            self.overflow_embeddings = 0
            while not self.stack.pop()[2]:
                pass
            self.isolates -= 1

    def end_embedding(self) -> None:
        """X7: a PDF, which never ends an isolate."""
        if self.overflow_isolates:
            return
        if self.overflow_embeddings:
            self.overflow_embeddings -= 1
        elif len(self.stack) > 1 and not self.stack[-1][2]:
            self.stack.pop()


def _embed(classes: str, base: int) -> tuple[str, bytes]:
    """X1 to X9: the types, overridden or marked as removed, and the explicit levels."""
    directions = _Directions(base)
    types: list[str] = []
    embedded = bytearray()
    for number, piece in enumerate(_FORMATTING.split(classes)):
        level, override, _ = directions.stack[-1]
        if number % 2 == 0:  # between two formatting characters: X6
            types.append(re.sub("[^z]", override, piece) if override else piece)
            embedded += bytes([level]) * len(piece)
            continue
        if piece == "q":
            directions.end_isolate()
            level, override, _ = directions.stack[-1]
        elif piece == "p":
            directions.end_embedding()
        elif piece == "k":
            # Past the deepest level the direction makes no difference, and looking for it would take long.
            inside = "" if directions.overflow_isolates else classes[len(embedded) + 1 :]
            directions.begin(piece, right_to_left=_first_strong(inside, inside_isolate=True) == 1)
        else:
            directions.begin(piece, right_to_left=piece in _RIGHT_TO_LEFT)
        types.append(_REMOVED if piece in _REMOVED_BY_X9 else override or piece)
        embedded.append(level)
    return "".join(types), bytes(embedded)


def _resolve_sequences(classes: str, types: str, embedded: bytes, base: int) -> bytes:
    """X10: the W, N and I rules for each isolating run sequence (BD13), after X9."""
    sequences: list[list[tuple[int, int]]] = []
    interrupted: list[list[tuple[int, int]]] = []
    for start, end in _level_runs(embedded):
        if classes[start] == "q" and interrupted:
            sequence = interrupted.pop()
        else:
            sequence = []
            sequences.append(sequence)
        sequence.append((start, end))
        if classes[end - 1] in _INITIATORS:
            interrupted.append(sequence)
    resolved = bytearray(embedded)
    for sequence in sequences:
        first, last = sequence[0][0], sequence[-1][1]
        level = embedded[first]
        before = embedded[first - 1] if first else base
        unclosed = classes[last - 1] in _INITIATORS
        after = base if unclosed or last == len(embedded) else embedded[last]
        codes = "".join([types[start:end] for start, end in sequence])
        found = _resolve(codes, level, "LR"[max(level, before) % 2], "LR"[max(level, after) % 2])
        for start, end in sequence:
            resolved[start:end], found = found[: end - start], found[end - start :]
    return bytes(resolved)


def _level_runs(values: bytes) -> list[tuple[int, int]]:
    """BD7: where runs of equal level start and end."""
    if values and values.count(values[0]) == len(values):  # by far the most frequent case
        return [(0, len(values))]
    runs = []
    start = 0
    for _, run in groupby(values):
        end = start + len(list(run))
        runs.append((start, end))
        start = end
    return runs


def _resolve(types: str, level: int, sos: str, eos: str) -> bytes:
    """W1 to I2 for one isolating run sequence: the level of each character.

    `sos` and `eos` stand at the two ends of the string, so that no rule has to treat the ends as special.
    """
    before_w1 = codes = sos + types + eos
    if "m" in codes:
        codes = _MARKS.sub(_w1, codes)
    has_numbers = "1" in codes or "9" in codes
    codes = _resolve_numbers(codes) if has_numbers else codes.replace("A", "R")  # W3 is all there is to do
    if _BRACKET.search(codes):
        codes = _resolve_brackets(codes, before_w1, "LR"[level % 2])
    # N1 only where it differs from N2: all other neutrals (codes but L, R, 1 and 9) take the level as it is.
    codes = _LEFT_NEUTRALS.sub(_left, codes) if level % 2 else _RIGHT_NEUTRALS.sub(_right, codes)
    return codes[1:-1].encode("latin-1").translate(_implicit_levels(level))


_MARKS = re.compile("(.)(m+)")
_TERMINATORS = re.compile("%+")
_AFTER_ARABIC = re.compile("A[^LR]*")
_AFTER_LEFT = re.compile("L[^R]*")
_LEFT_NEUTRALS = re.compile("L[^LR19]++(?=L)")
_RIGHT_NEUTRALS = re.compile("[R19][^LR19]++(?=[R19])")


def _w1(found: re.Match[str]) -> str:
    """W1: marks take the type before them; a bracket's is ON."""
    before, marks = found.groups()
    return before + ("o" if before in "ijkq" or before >= "\x80" else before) * len(marks)


def _resolve_numbers(codes: str) -> str:
    """W2 to W7. W6 needs no step of its own: separators and terminators left over count as neutrals."""
    if "1" in codes and "A" in codes:
        codes = _AFTER_ARABIC.sub(lambda found: found[0].replace("1", "9"), codes)  # W2
    codes = codes.replace("A", "R")  # W3
    codes = re.sub("1[-,](?=1)", "11", codes)  # W4
    codes = re.sub("9,(?=9)", "99", codes)
    if "1" in codes:
        codes = _TERMINATORS.sub(_w5, codes)
        codes = _AFTER_LEFT.sub(lambda found: found[0].replace("1", "L"), codes)  # W7
    return codes


def _w5(found: re.Match[str]) -> str:
    """W5: terminators beside a European number belong to it."""
    beside = found.string[found.start() - 1] + found.string[found.end()]
    return ("1" if "1" in beside else "%") * len(found[0])


def _left(found: re.Match[str]) -> str:
    """N1: neutrals between left-to-right text."""
    return "L" * len(found[0])


def _right(found: re.Match[str]) -> str:
    """N1: neutrals between right-to-left text, numbers counting as such."""
    return found[0][0] + "R" * (len(found[0]) - 1)


@cache  # one table for each of the 126 levels
def _implicit_levels(level: int) -> bytes:
    """N2, I1 and I2 as a table from codes to levels."""
    table = bytearray([level]) * 256
    if level % 2:
        table[ord("L")] = table[ord("1")] = table[ord("9")] = level + 1
    else:
        table[ord("R")] = level + 1
        table[ord("1")] = table[ord("9")] = level + 2
    return bytes(table)


def _resolve_brackets(codes: str, before_w1: str, embedding: str) -> str:
    """N0: the two brackets of a pair take one direction, by what stands inside them and before them."""
    result = list(codes)
    strong = list(codes.replace("1", "R").replace("9", "R"))
    opposite = "R" if embedding == "L" else "L"
    for opening, closing in _bracket_pairs(codes):
        inside = strong[opening + 1 : closing]
        if embedding in inside:
            direction = embedding
        elif opposite in inside:
            before = opening - 1
            while strong[before] not in "LR":
                before -= 1
            direction = strong[before]
        else:
            continue
        for bracket in (opening, closing):
            place = bracket
            while place == bracket or before_w1[place] == "m":
                strong[place] = result[place] = direction
                place += 1
    return "".join(result)


def _bracket_pairs(codes: str) -> list[tuple[int, int]]:
    """BD16: where the brackets of each pair stand, in the order of the opening ones."""
    pairs = []
    opened: list[tuple[str, int]] = []
    for found in _BRACKET.finditer(codes):
        bracket = found[0]
        if bracket < "\xc0":
            if len(opened) == _BRACKET_DEPTH:
                return []
            opened.append((chr(ord(bracket) + 0x40), found.start()))
            continue
        for depth in range(len(opened) - 1, -1, -1):
            if opened[depth][0] == bracket:
                pairs.append((opened[depth][1], found.start()))
                del opened[depth:]
                break
    return sorted(pairs)


def line_levels(text: str, levels: bytes, base: int, start: int, end: int) -> bytes:
    """The levels of the line `text[start:end]` (rule L1), one byte for each of its characters.

    `levels` are those of the whole `text`. Tabs, separators, and the blanks before them or at the line's end
    go back to the paragraph's level `base`: a trailing space hangs at the line's end, not in its middle.
    What X9 removed goes with the blanks, but right after a word it stays there: a soft hyphen or a joiner
    belongs to the word.
    """
    line = bytearray(levels[start:end])
    if line.count(base) == len(line):
        return bytes(line)
    stops = [found.start() for found in _SEPARATORS.finditer(text, start, end)]
    for stop in [*stops, end]:
        first = stop
        while first > start and _code(text[first - 1]) in _BLANK:
            first -= 1
        while start < first < stop and _code(text[first]) in _REMOVED_BY_X9:
            first += 1
        past = min(stop + 1, end)
        line[first - start : past - start] = bytes([base]) * (past - first)
    return bytes(line)


def visual_runs(levels: bytes) -> list[tuple[int, int, int]]:
    """A line's runs of equal level from left to right (rule L2), each as start, end and level.

    Start and end count the line's characters as they are read. In a run of odd level the last character is
    the leftmost one.
    """
    runs = [(start, end, levels[start]) for start, end in _level_runs(levels)]
    if len(runs) < 2:
        return runs
    lowest_odd = min(levels) | 1
    for level in range(max(levels), lowest_odd - 1, -1):
        first = 0
        while first < len(runs):
            past = first
            while past < len(runs) and runs[past][2] >= level:
                past += 1
            runs[first:past] = runs[first:past][::-1]
            first = past + 1
    return runs


def visual_order(levels: bytes) -> list[int]:
    """The indices of a line's characters from left to right (rule L2)."""
    order: list[int] = []
    for start, end, level in visual_runs(levels):
        order.extend(range(end - 1, start - 1, -1) if level % 2 else range(start, end))
    return order
