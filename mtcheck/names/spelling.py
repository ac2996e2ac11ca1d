"""How well one word can be the spelling of another: best cut into learned operations.

``data/names/operations.tsv`` holds, for each pair of scripts, the log-odds of a chunk of Latin
letters standing for a chunk of the other script, against two unrelated spellers. Two words are
cut together so that the sum is highest (Viterbi). What matters is not the sum alone but how far
it stays below the best that each word could reach with *any* partner, and its worst operation:
one wrong letter hides in a sum, not in the worst place.
"""

from __future__ import annotations

import itertools
from collections import defaultdict
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources

from mtcheck.names.romanize import pinyin, romanize
from mtcheck.names.scripts import HAN, LATIN, LEARNED, base_letter, symbols

UNSEEN = -6.0
"""Log-odds of a replacement that the data does not show; the rarest learned one is at -8."""
UNSEEN_SILENT = -5.0
"""Log-odds of a letter without counterpart that the data does not show."""
WEAK = -1.5
"""Operations below speak against the pair."""
_BY_SYLLABLE = -1.5
"""Taken off where only the syllable of a Han character is known, not its use in names."""
LONGEST = 40
"""Symbols of a word that are looked at; the longest Latin word of the data has 24."""

_BAND = 0.4
"""Share of the Latin word by which two matching places may be apart."""

_Row = dict[str, float]
_Chunks = tuple[tuple[tuple[int, _Row], ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Spelling:
    """How two words fit each other.

    Attributes:
        table: The table of operations that was used.
        odds: Sum of the log-odds of the best cut.
        left_best: Sum that the left word reaches with its best partner.
        right_best: Sum that the right word reaches with its best partner.
        worst: Lowest log-odds of an operation.
        weak: How many operations are below ``WEAK``.
        n_left: Symbols of the left word.
        n_right: Symbols of the right word.
        where: Chunks of the worst operation, left and right; empty where nothing is weak.
    """

    table: str
    odds: float
    left_best: float
    right_best: float
    worst: float
    weak: int
    n_left: int
    n_right: int
    where: tuple[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Operations of one pair of scripts.

    Attributes:
        rows: Log-odds by other chunk, then Latin chunk.
        best_latin: Highest log-odds of each Latin chunk.
        letters: Latin symbols it knows.
        longest_latin: Symbols of the longest Latin chunk.
        longest_other: Symbols of the longest other chunk.
    """

    rows: dict[str, _Row]
    best_latin: _Row
    letters: frozenset[str]
    longest_latin: int
    longest_other: int


@cache
def tables() -> dict[str, Table]:
    """All tables of the shipped file."""
    rows: dict[str, dict[str, _Row]] = defaultdict(lambda: defaultdict(dict))
    letters: dict[str, str] = {}
    path = resources.files("mtcheck").joinpath("data/names/operations.tsv")
    for line in path.read_text("utf-8").splitlines():
        if line.startswith("#"):
            continue
        table, other, latin, score = line.split("\t")
        if table == "@":
            letters[other] = latin
        else:
            rows[table][other][latin] = int(score) / 100
    found = {}
    for name, table_rows in rows.items():
        best: _Row = {}
        for row in table_rows.values():
            for latin, odds in row.items():
                if latin and odds > best.get(latin, UNSEEN):
                    best[latin] = odds
        found[name] = Table(
            rows=dict(table_rows),
            best_latin=best,
            letters=frozenset(letters[name]),
            longest_latin=max(len(chunk) for chunk in best),
            # A syllable of the pinyin table is one symbol.
            longest_other=1 if name == "pinyin" else max(len(chunk) for chunk in table_rows),
        )
    return found


def compare_words(left: str, left_script: str, right: str, right_script: str) -> Spelling | None:
    """Fit two words; the result depends on their order only through the names of its fields.

    Args:
        left: One word, any case.
        left_script: Its script.
        right: The other word.
        right_script: Its script.

    Returns:
        The best cut; ``None`` where a word has no symbol that sounds.
    """
    if left_script != LATIN and right_script == LATIN:
        turned = compare_words(right, right_script, left, left_script)
        return None if turned is None else _turn(turned)
    table, latin, other = _table_for(left, left_script, right, right_script)
    if not latin or not other:
        return None
    return cut(table, latin, other)


def _table_for(
    left: str, left_script: str, right: str, right_script: str
) -> tuple[str, tuple[str, ...], tuple[str, ...]]:
    """The table for two scripts, and both words in its symbols."""
    if left_script == LATIN:
        table = right_script if right_script in LEARNED else "roman"
        table = "latin" if right_script == LATIN else table
        latin = symbols(left, LATIN)
    else:
        table = "pivot"
        latin = tuple(romanize("".join(symbols(left, left_script)), left_script))
    other = symbols(right, right_script)
    if table in ("pivot", "roman"):
        other = tuple(romanize("".join(other), right_script))
    letters = tables()[table].letters
    latin = tuple(s if s in letters else base_letter(s) for s in latin[:LONGEST])
    if table in ("latin", "pivot", "roman"):
        other = tuple(s if s in letters else base_letter(s) for s in other)
    return table, latin, other[:LONGEST]


@lru_cache(maxsize=32768)
def _latin_places(table: str, word: tuple[str, ...]) -> dict[str, tuple[tuple[int, int], ...]]:
    """(start, length) of every Latin chunk of a word."""
    places: dict[str, list[tuple[int, int]]] = defaultdict(list)
    longest = tables()[table].longest_latin
    for i in range(len(word)):
        for k in range(1, min(longest, len(word) - i) + 1):
            places["".join(word[i : i + k])].append((i, k))
    return {chunk: tuple(found) for chunk, found in places.items()}


@lru_cache(maxsize=32768)
def _other_chunks(table: str, word: tuple[str, ...]) -> _Chunks:
    """Learned rows of the chunks that start at each position: (length, row)."""
    known = tables()[table]
    return tuple(
        tuple(
            (k, row)
            for k in range(1, min(known.longest_other, len(word) - j) + 1)
            if (row := _row(table, "".join(word[j : j + k])))
        )
        for j in range(len(word) + 1)
    )


@lru_cache(maxsize=32768)
def _row(table: str, chunk: str) -> _Row | None:
    """Operations of one chunk; a Han character also has those of its syllables."""
    row = tables()[table].rows.get(chunk)
    if table != HAN or len(chunk) != 1:
        return row
    merged: _Row = {}
    for syllable in pinyin(chunk):
        for latin, odds in (tables()["pinyin"].rows.get(syllable + " ") or {}).items():
            merged[latin] = max(odds + _BY_SYLLABLE, merged.get(latin, UNSEEN))
    for latin, odds in (row or {}).items():
        merged[latin] = max(odds, merged.get(latin, UNSEEN))
    return merged or None


@lru_cache(maxsize=32768)
def best_latin(table: str, word: tuple[str, ...]) -> float:
    """Sum of log-odds of a Latin word with the best partner it could have."""
    known = tables()[table].best_latin
    longest = tables()[table].longest_latin
    best = [0.0] + [-1e9] * len(word)
    for i in range(len(word)):
        for k in range(1, min(longest, len(word) - i) + 1):
            odds = known.get("".join(word[i : i + k]), UNSEEN if k == 1 else -1e9)
            best[i + k] = max(best[i + k], best[i] + odds)
    return best[-1]


@lru_cache(maxsize=32768)
def best_other(table: str, word: tuple[str, ...]) -> float:
    """Sum of log-odds of a word of another script with the best partner it could have."""
    best = [0.0] + [-1e9] * len(word)
    for j, chunks in enumerate(_other_chunks(table, word)[:-1]):
        best[j + 1] = max(best[j + 1], best[j] + UNSEEN_SILENT)
        for k, row in chunks:
            best[j + k] = max(best[j + k], best[j] + max(row.values()))
    return best[-1]


def cut(table: str, latin: tuple[str, ...], other: tuple[str, ...]) -> Spelling:
    """The best cut of two words into operations.

    Args:
        table: Name of the table.
        latin: Latin symbols, all in the table's alphabet.
        other: Symbols of the other script.
    """
    n, m = len(latin), len(other)
    silent = tables()[table].rows.get("", {})
    places = _latin_places(table, latin)
    low = -1e9
    silents = [silent.get(letter, UNSEEN_SILENT) for letter in latin]
    pairs = [silent.get(a + b, low) for a, b in itertools.pairwise(latin)]
    width = n + 1
    # Wide enough that the band of each symbol meets that of the next.
    band = max(3, round(_BAND * n), -(-n // (2 * m)))
    score = [low] * ((m + 1) * width)
    back = [0] * ((m + 1) * width)
    score[0] = 0.0
    for j, rows in enumerate(_other_chunks(table, other)):
        # Only chunks that both words have are looked at: for each, where it may lead.
        steps: dict[int, list[tuple[int, float]]] = {}
        unheard = UNSEEN_SILENT
        for k, row in rows:
            for chunk in sorted(row.keys() & places.keys()):  # sets have no order of their own
                odds = row[chunk]
                for i, size in places[chunk]:
                    steps.setdefault(i, []).append((k * width + size, odds))
            if k == 1 and "" in row:
                unheard = max(row[""], UNSEEN_SILENT)
        # A band around the diagonal: sounds keep their order and nearly their pace.
        first = max(0, j * n // m - band)
        last = min(n, -(-j * n // m) + band)
        for i in range(first, last + 1):
            here = j * width + i
            value = score[here]
            if value == low:
                continue
            if i < n and value + silents[i] > score[here + 1]:
                score[here + 1] = value + silents[i]
                back[here + 1] = here
            if i < n - 1 and value + pairs[i] > score[here + 2]:
                score[here + 2] = value + pairs[i]
                back[here + 2] = here
            for step, odds in steps.get(i, ()):
                if value + odds > score[here + step]:
                    score[here + step] = value + odds
                    back[here + step] = here
            if j < m:
                there = here + width
                if value + unheard > score[there]:
                    score[there] = value + unheard
                    back[there] = here
                if i < n and value + UNSEEN > score[there + 1]:
                    score[there + 1] = value + UNSEEN
                    back[there + 1] = here
    here = (m + 1) * width - 1
    worst, weak, where = 99.0, 0, (0, 0, 0, 0)
    total = score[here]
    while here:
        before = back[here]
        gain = score[here] - score[before]
        if gain < WEAK:
            weak += 1
        if gain < worst:
            worst = gain
            where = (before % width, here % width, before // width, here // width)
        here = before
    i, i_end, j, j_end = where
    chunk_pair = ("".join(latin[i:i_end]), "".join(other[j:j_end])) if worst < WEAK else ("", "")
    return Spelling(
        table=table,
        odds=total,
        left_best=best_latin(table, latin),
        right_best=best_other(table, other),
        worst=worst,
        weak=weak,
        n_left=n,
        n_right=m,
        where=chunk_pair,
    )


def _turn(spelling: Spelling) -> Spelling:
    return Spelling(
        table=spelling.table, odds=spelling.odds, left_best=spelling.right_best,
        right_best=spelling.left_best, worst=spelling.worst, weak=spelling.weak,
        n_left=spelling.n_right, n_right=spelling.n_left,
        where=(spelling.where[1], spelling.where[0]),
    )  # fmt: skip
