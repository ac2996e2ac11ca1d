"""Learn mtcheck/data/names/operations.tsv: how each script spells the sounds of the others.

Run from the root of the repository; twenty minutes on two cores::

    MTCHECK_DATA=... python -m training.names.operations --output mtcheck/data/names/operations.tsv

Six tables hold Latin against a script. ``pinyin`` holds Latin against Mandarin syllables, for Han
characters that no name of the data has. ``roman`` holds Latin against romanized words of all
scripts, for scripts without a table. ``pivot`` holds romanized words against each other (an Arabic
and a Russian form of one Latin name), ``latin`` two Latin spellings that other scripts do not tell
apart.
"""

from __future__ import annotations

import argparse
import itertools
import math
import random
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from mtcheck.names.romanize import pinyin, romanize
from mtcheck.names.scripts import HAN, LATIN, LEARNED, base_letter, script_of, symbols
from training.names.pairs import (
    FILES,
    DataMissingError,
    NamePair,
    data_folder,
    is_kanji,
    read_pairs,
)
from training.names.transducer import SHAPES, Pair, Table, fit

SEED = 11
MOST = {HAN: 34_000, "pinyin": 16_000, "latin": 16_000, "pivot": 16_000, "roman": 20_000}
USUAL = 22_000
LETTERS = 100
"""A Latin letter with a diacritic is a symbol of its own from this many occurrences."""


class Syllables:
    """One symbol for each Mandarin syllable, from the private use area, and back."""

    def __init__(self) -> None:
        self._known: list[str] = []

    def symbol(self, syllable: str) -> str:
        """The symbol of a syllable; a new one for a new syllable."""
        if syllable not in self._known:
            self._known.append(syllable)
        return chr(0xE000 + self._known.index(syllable))

    def spelled(self, chunk: str) -> str:
        """A chunk with the syllables spelled out, each with a space behind."""
        return "".join(
            self._known[ord(c) - 0xE000] + " " if 0xE000 <= ord(c) < 0xF000 else c for c in chunk
        )


SYLLABLES = Syllables()

HEADER = """\
# Operations between chunks of names: table, other chunk, Latin chunk, log-odds times 100.
# Learned by training/names/operations.py (EM with a noise model) from name pairs of Wikidata
# collected by Merhav and Ash 2018 (CC0 1.0). The learned table is in the public domain too.
# An empty chunk is a silent letter. Lines "@" give the Latin symbols of a table.
"""


def usable(pair: Pair) -> bool:
    """Whether a pair is long enough to teach and short enough to be a word."""
    return 2 <= len(pair[0]) <= 14 and 1 <= len(pair[1]) <= 18


def alphabet(words: Iterable[Sequence[str]]) -> frozenset[str]:
    """Latin symbols that occur often enough, and a to z."""
    counts = Counter(symbol for word in words for symbol in word)
    frequent = {symbol for symbol, n in counts.items() if n >= LETTERS}
    return frozenset(frequent | set("abcdefghijklmnopqrstuvwxyz"))


def folded(word: Sequence[str], letters: frozenset[str]) -> tuple[str, ...]:
    """A word with rare letters replaced by their base."""
    return tuple(s if s in letters else base_letter(s) for s in word)


def variants(pairs: Sequence[NamePair]) -> list[tuple[str, str]]:
    """Latin names that two scripts or more write alike: likely spellings of one name."""
    groups: dict[tuple[str, str], list[str]] = defaultdict(list)
    for pair in pairs:
        script = script_of(pair.other) or ""
        groups[script, "".join(symbols(pair.other, script))].append(pair.latin)
    shared: dict[tuple[str, str], set[str]] = defaultdict(set)
    for (script, other), names in groups.items():
        if len(other) >= (2 if script == HAN else 3) and len(set(names)) <= 8:
            for a, b in itertools.combinations(sorted(set(names)), 2):
                if symbols(a, LATIN) != symbols(b, LATIN):
                    shared[a, b].add(script)
    return [names for names, scripts in sorted(shared.items()) if len(scripts) >= 2]


def pivots(pairs: Sequence[NamePair]) -> list[tuple[str, str]]:
    """Romanized forms in two scripts of the same Latin name."""
    forms: dict[str, dict[str, str]] = defaultdict(dict)
    for pair in sorted(pairs, key=lambda p: -p.count):
        script = script_of(pair.other) or ""
        word = "".join(symbols(pair.other, script))
        forms[pair.latin].setdefault(script, romanize(word, script))
    found = []
    for by_script in forms.values():
        for (_, a), (_, b) in itertools.combinations(sorted(by_script.items()), 2):
            found.append((a, b))
    return found


def training_pairs(pairs: Sequence[NamePair]) -> dict[str, list[Pair]]:
    """Symbols of the pairs that teach each table, Latin letters folded, in random order."""
    raw: dict[str, list[Pair]] = {table: [] for table in SHAPES}
    for pair in pairs:
        script = script_of(pair.other) or ""
        if script not in LEARNED or is_kanji(pair):
            continue
        latin, other = symbols(pair.latin, LATIN), symbols(pair.other, script)
        raw[script].append((latin, other))
        raw["roman"].append((latin, tuple(romanize("".join(other), script))))
        if script == HAN:
            syllables = [next(iter(pinyin(c)), "") for c in other]
            if all(syllables):
                raw["pinyin"].append((latin, tuple(SYLLABLES.symbol(s) for s in syllables)))
    for table, both in (("latin", variants(pairs)), ("pivot", pivots(pairs))):
        for a, b in both:
            x, y = symbols(a, LATIN), symbols(b, LATIN)
            raw[table] += [(x, y), (y, x)]
    chooser = random.Random(SEED)
    result = {}
    for table, rows in raw.items():
        letters = alphabet(x for x, _ in rows)
        chooser.shuffle(rows)
        both_latin = table in ("latin", "pivot", "roman")
        kept = [
            (folded(x, letters), folded(y, letters) if both_latin else y)
            for x, y in rows
            if usable((x, y))
        ]
        result[table] = kept[: MOST.get(table, USUAL)]
    return result


def learn(table: str, pairs: Sequence[Pair]) -> tuple[str, Table, int, float]:
    """One table: its name, operations, number of pairs and share of noise."""
    odds, posterior = fit(pairs, SHAPES[table], rare=1.5)
    return table, odds, len(pairs), sum(p < 0.5 for p in posterior) / len(posterior)


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the table; the exit code is 2 where the data is missing."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--output", type=Path, required=True)
    parser.add_argument("--processes", type=int, default=2)
    options = parser.parse_args(arguments)
    try:
        data = data_folder()
    except DataMissingError as error:
        print(error, file=sys.stderr)
        return 2
    pairs = [p for name in FILES for p in read_pairs(data, name) if p.part == "learn"]
    jobs = sorted(training_pairs(pairs).items(), key=lambda job: -len(job[1]))
    lines = []
    with ProcessPoolExecutor(options.processes) as pool:
        for table, odds, n, noise in pool.map(learn, *zip(*jobs, strict=True)):
            letters = sorted({s for row in odds.values() for chunk in row for s in chunk})
            rows = [
                (SYLLABLES.spelled(other), latin, round(100 * math.log(value)))
                for other, row in odds.items()
                for latin, value in row.items()
            ]
            rows = sorted(row for row in rows if row[2] > -800)
            lines.append(f"@\t{table}\t{''.join(letters)}\t0")
            lines += [f"{table}\t{other}\t{latin}\t{score}" for other, latin, score in rows]
            print(f"{table}: {n} pairs, {len(rows)} operations, {noise:.1%} noise", flush=True)
    options.output.write_text(HEADER + "\n".join(lines) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
