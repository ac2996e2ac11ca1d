"""Labelled pairs of names: true ones, and wrong ones that are hard to tell from them.

Wrong pairs are made the way translations go wrong: the nearest name of others (of forty), one or
two letters changed, another given name with the same surname, another character of the same
script, a wrong initial. The benchmark makes its own from the part of the data held back for it.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from mtcheck.names.romanize import romanize
from mtcheck.names.scripts import HAN, KANA, LATIN, LEARNED, script_of, symbols
from mtcheck.names.spelling import Spelling, compare_words, cut, tables
from training.names.operations import folded, pivots, variants
from training.names.pairs import NamePair, is_kanji

NOISE = -4.0
"""Log-odds below which a pair of the data is two names that were aligned by mistake."""
RIVALS = 40
VOWELS = frozenset("aeiouyäöüаеиоуыэюя")


@dataclass(frozen=True, slots=True, kw_only=True)
class WordExample:
    """Two words with the verdict; ``kind`` says how a wrong pair was made."""

    left: str
    right: str
    table: str
    same: bool
    kind: str
    spelling: Spelling


@dataclass(frozen=True, slots=True, kw_only=True)
class NameExample:
    """Two names of several words with the verdict."""

    left: str
    right: str
    left_lang: str | None
    right_lang: str | None
    script: str
    same: bool
    kind: str


class Changer:
    """Changes letters of words into others of the same script.

    Args:
        words: Words whose letters are used, the more often they occur the more often.
        chooser: Source of chance.
    """

    def __init__(self, words: Sequence[str], chooser: random.Random) -> None:
        self._letters = sorted(c for word in words[:4000] for c in word if c.isalpha())
        self._vowels = [c for c in self._letters if c in VOWELS]
        self._consonants = [c for c in self._letters if c not in VOWELS]
        self._chooser = chooser

    def change(self, word: str) -> str:
        """The word with one or two letters replaced, dropped, doubled elsewhere or exchanged."""
        new = word
        for _ in range(20):
            new = self._once(word)
            if self._chooser.random() < 0.3:
                new = self._once(new)
            if new and new != word:
                return new
        return new + self._chooser.choice(self._letters)

    def _once(self, word: str) -> str:
        k = self._chooser.randrange(len(word))
        kind = self._chooser.random()
        pool = self._vowels if word[k] in VOWELS else self._consonants
        other = self._chooser.choice(pool if pool and kind < 0.45 else self._letters)
        if kind < 0.65 or len(word) < 3:
            return word[:k] + other + word[k + 1 :]
        if kind < 0.78:
            return word[:k] + word[k + 1 :]
        if kind < 0.92:
            return word[:k] + other + word[k:]
        return word[:k] + word[k + 1 : k + 2] + word[k] + word[k + 2 :]


def spelled(table: str, left: str, right: str, script: str) -> Spelling | None:
    """The cut by a given table: ``roman`` and ``pivot`` serve scripts that the data lacks."""
    if table in LEARNED or table == "latin":
        return compare_words(left, LATIN, right, script)
    letters = tables()[table].letters
    x = folded(symbols(left, LATIN), letters)
    y = folded(tuple(right), letters)
    return cut(table, x, y) if x and y else None


def word_pairs(pairs: Sequence[NamePair]) -> dict[str, list[tuple[str, str]]]:
    """True pairs of words by table."""
    found: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for pair in pairs:
        script = script_of(pair.other) or ""
        if is_kanji(pair) or script not in LEARNED:
            continue
        found[script].append((pair.latin, pair.other))
        if script != HAN:
            found["roman"].append(
                (pair.latin, romanize("".join(symbols(pair.other, script)), script))
            )
    found["latin"] = variants(pairs)
    found["pivot"] = pivots(pairs)
    return found


def word_examples(
    pairs: Sequence[NamePair], *, most: int, seed: int, rivals: int = RIVALS
) -> list[WordExample]:
    """Labelled words: for each true pair one wrong pair of each kind.

    Args:
        pairs: Pairs of one part of the data.
        most: True pairs of each table.
        seed: Of everything that is chosen.
        rivals: How many other names the nearest wrong one is chosen from.
    """
    chooser = random.Random(seed)
    examples = []
    for table, found in sorted(word_pairs(pairs).items()):
        script = table if table in LEARNED else LATIN
        rows = [(a, b) for a, b in found if len(symbols(a, LATIN)) > 1 and b]
        chooser.shuffle(rows)
        rows = rows[:most]
        lefts = Changer([a for a, _ in rows], chooser)
        rights = Changer([b for _, b in rows], chooser)

        def add(left: str, right: str, same: bool, kind: str, table: str = table,
                script: str = script) -> None:  # fmt: skip
            spelling = spelled(table, left, right, script)
            if spelling and not (same and spelling.odds < NOISE):
                examples.append(
                    WordExample(
                        left=left,
                        right=right,
                        table=table,
                        same=same,
                        kind=kind,
                        spelling=spelling,
                    )
                )

        for left, right in rows:
            add(left, right, True, "true")
            wrong = [chooser.choice(rows) for _ in range(rivals)]
            near = max(
                (
                    (s.odds, b)
                    for a, b in wrong
                    if b != right and a != left and (s := spelled(table, left, b, script))
                ),
                default=None,
            )
            if near:
                add(left, near[1], False, "nearest")
            # A Latin name is copied into a Latin language: two spellings are rather a mistake.
            for _ in range(2 if table == "latin" else 1):
                if chooser.random() < 0.5:
                    add(lefts.change(left), right, False, "letters")
                else:
                    add(left, rights.change(right), False, "letters")
            other = chooser.choice(rows)
            if other[0] != left and other[1] != right:
                add(left, other[1], False, "random")
    return examples


def name_examples(pairs: Sequence[NamePair], *, most: int, seed: int) -> list[NameExample]:
    """Labelled names of two or three words in every script of the data, and Latin to Latin.

    Args:
        pairs: Pairs of one part of the data.
        most: Examples of each script.
        seed: Of everything that is chosen.
    """
    chooser = random.Random(seed)
    by_lang: dict[tuple[str, str], list[tuple[str, str]]] = defaultdict(list)
    for pair in pairs:
        script = script_of(pair.other) or ""
        fitting = compare_words(pair.latin, LATIN, pair.other, script)
        if not is_kanji(pair) and fitting and fitting.odds > 0 and len(pair.latin) > 1:
            by_lang[pair.lang, script].append((pair.latin, pair.other))
    for a, b in variants(pairs):
        by_lang["en", LATIN] += [(a, b), (a, a), (b, b), (a, a)]
    forms: dict[tuple[str, str], dict[str, str]] = {
        key: dict(rows) for key, rows in by_lang.items() if key[1] != LATIN
    }
    for first, second in ((("ru", "cyrillic"), ("ja", KANA)), (("ar", "arabic"), ("zh", HAN)),
                          (("ko", "hangul"), ("ru", "cyrillic"))):  # fmt: skip
        both = sorted(forms.get(first, {}).keys() & forms.get(second, {}).keys())
        by_lang[second[0] + "-" + first[0], second[1]] = [
            (forms[first][latin], forms[second][latin]) for latin in both
        ]
    examples = []
    for (lang, script), rows in sorted(by_lang.items()):
        if len(rows) < 20:
            continue
        maker = _Maker(rows, lang.split("-")[0], script, chooser)
        examples += [maker.example() for _ in range(most)]
    return examples


class _Maker:
    """Makes names of several words out of true pairs of words of one language."""

    def __init__(
        self, rows: list[tuple[str, str]], lang: str, script: str, chooser: random.Random
    ) -> None:
        self._rows, self._lang, self._script, self._chooser = rows, lang, script, chooser
        self._lefts = Changer([a for a, _ in rows], chooser)
        self._rights = Changer([b for _, b in rows], chooser)
        self._recipes: list[tuple[float, str, Callable[[], tuple[list[str], list[str]]]]] = [
            (0.20, "full", self._full),
            (0.08, "turned", self._turned),
            (0.12, "short", self._short),
            (0.06, "initial", self._initial),
            (0.04, "middle", self._middle),
            (0.20, "given-name", self._given),
            (0.12, "letters", self._letters),
            (0.10, "all-wrong", self._all_wrong),
            (0.06, "short-wrong", self._short_wrong),
            (0.04, "initial-wrong", self._initial_wrong),
        ]

    def example(self) -> NameExample:
        """One labelled pair of names."""
        weights = [weight for weight, _, _ in self._recipes]
        _, kind, make = self._chooser.choices(self._recipes, weights)[0]
        left, right = make()
        return NameExample(
            left=" ".join(w.title() for w in left), right=self._write(right), left_lang=None,
            right_lang=self._lang, script=self._script, kind=kind,
            same=kind in ("full", "turned", "short", "initial", "middle"),
        )  # fmt: skip

    def _write(self, words: list[str]) -> str:
        if self._script in (HAN, KANA, "hangul"):
            # Foreign names, which these are, have a separator but for a careless hand.
            separator = " " if self._script == "hangul" else "·"
            return ("" if self._chooser.random() < 0.1 else separator).join(words)
        text = " ".join(words)
        return text.title() if self._script in (LATIN, "cyrillic") else text

    def _draw(self, n: int) -> tuple[list[str], list[str]]:
        rows = [self._chooser.choice(self._rows) for _ in range(n)]
        return [a for a, _ in rows], [b for _, b in rows]

    def _full(self) -> tuple[list[str], list[str]]:
        return self._draw(self._chooser.choices((2, 3, 4), (16, 3, 1))[0])

    def _turned(self) -> tuple[list[str], list[str]]:
        left, right = self._draw(2)
        return left, right[::-1]

    def _short(self) -> tuple[list[str], list[str]]:
        left, right = self._draw(2)
        k = 1 if self._chooser.random() < 0.8 else 0
        return (
            (left, right[k : k + 1]) if self._chooser.random() < 0.5 else (left[k : k + 1], right)
        )

    def _initial(self) -> tuple[list[str], list[str]]:
        left, right = self._draw(2)
        if self._script in (LATIN, "cyrillic") and self._chooser.random() < 0.5:
            return left, [right[0][0] + ".", right[1]]
        return [left[0][0] + ".", left[1]], right

    def _middle(self) -> tuple[list[str], list[str]]:
        left, right = self._draw(3)
        return (left, [right[0], right[2]]) if self._chooser.random() < 0.5 else (
            [left[0], left[2]], right
        )  # fmt: skip

    def _given(self) -> tuple[list[str], list[str]]:
        left, right = self._draw(2)
        k = 0 if self._chooser.random() < 0.75 else 1
        return left, [self._draw(1)[1][0] if j == k else w for j, w in enumerate(right)]

    def _letters(self) -> tuple[list[str], list[str]]:
        left, right = self._full()
        k = self._chooser.randrange(len(left))
        if self._chooser.random() < 0.5:
            left[k] = self._lefts.change(left[k])
        else:
            right[k] = self._rights.change(right[k])
        return left, right

    def _all_wrong(self) -> tuple[list[str], list[str]]:
        sizes = self._chooser.choices((1, 2, 3, 4), (1, 5, 3, 2), k=2)
        return self._draw(sizes[0])[0], self._draw(sizes[1])[1]

    def _short_wrong(self) -> tuple[list[str], list[str]]:
        left, _ = self._draw(2)
        return left, self._draw(1)[1]

    def _initial_wrong(self) -> tuple[list[str], list[str]]:
        left, right = self._draw(2)
        return [self._chooser.choice("abcdefghijklmnoprstuvwyz") + ".", left[1]], right
