"""The sets with hand-marked names, read into one form: a running text and spans in it."""

from __future__ import annotations

import gzip
import hashlib
import json
import os
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

DATA_VARIABLE = "MTCHECK_DATA"

Name = tuple[int, int, str]
"""(start, end, type): half-open code-point offsets."""


class DataMissingError(Exception):
    """The data folder is not set or lacks a file; the message is one plain line."""


@dataclass(frozen=True, slots=True)
class Example:
    """One marked text.

    Attributes:
        text: Running text, spaced as it would be printed.
        names: Marked names of type PER, ORG or LOC, or ``?`` where the set marks something
            that may be an ORG or may be no name at all.
        complete: False if the set leaves some kinds of name unmarked, so that an unmarked
            word may still be part of an ORG.
    """

    text: str
    names: tuple[Name, ...]
    complete: bool = True


# Types of the sets -> ours; a type that is missing here counts as no name.
_PLAIN = {"PER": "PER", "ORG": "ORG", "LOC": "LOC"}
# NERP marks brands and products with organizations, and no organization of any other kind.
_NERP = {"PER": "PER", "LOC": "LOC", "IND(ORG/product)": "?", "EVT": "?"}
# A facility is a LOC in the UNER guidelines ("man-made structures").
_STOCKMARK = _PLAIN | {"ORG(other)": "ORG", "ORG(political)": "ORG", "FAC": "LOC"}

_NO_SPACE_BEFORE = frozenset(",.;:?!)]}%”’»…")
_NO_SPACE_AFTER = frozenset("([{“‘«")
_CLITICS = frozenset(("'s", "’s", "n't", "n’t", "'re", "'ve", "'ll", "'m", "'d", "’re", "’ll"))


def data_folder() -> Path:
    """The folder that the environment names.

    Raises:
        DataMissingError: It is not set.
    """
    value = os.environ.get(DATA_VARIABLE)
    if not value:
        raise DataMissingError(f"{DATA_VARIABLE} is not set: name the folder of the data sets")
    return Path(value)


def read_rows(path: Path) -> list[dict[str, Any]]:
    """Rows of a gzipped JSONL file.

    Raises:
        DataMissingError: There is no such file.
    """
    if not path.is_file():
        raise DataMissingError(f"missing data file: {path.parent.name}/{path.name}")
    with gzip.open(path, "rt", encoding="utf-8") as stream:
        return [json.loads(line) for line in stream]


def spaced(tokens: Sequence[str]) -> tuple[str, list[tuple[int, int]]]:
    """Set tokens as a printed line of a spaced script, with the range of each token."""
    text, ranges, quotes = "", [], 0
    glue = True
    for k, token in enumerate(tokens):
        quote = token in {'"', "''", "``"}
        closing = quote and quotes % 2 == 1
        hyphen = (
            token in {"-", "/"}
            and 0 < k < len(tokens) - 1
            and tokens[k - 1][-1:].isalnum()
            and tokens[k + 1][:1].isalnum()
        )
        near = token[:1] in _NO_SPACE_BEFORE or token.lower() in _CLITICS or closing or hyphen
        if not glue and not near:
            text += " "
        ranges.append((len(text), len(text) + len(token)))
        text += token
        glue = token in _NO_SPACE_AFTER or hyphen or (quote and not closing)
        quotes += quote
    return text, ranges


def unspaced(tokens: Sequence[str]) -> tuple[str, list[tuple[int, int]]]:
    """Set tokens of Chinese: a space only between two Latin words."""
    text, ranges = "", []
    for token in tokens:
        if text and text[-1].isascii() and text[-1].isalnum() and token[:1].isascii():
            text += " " if token[:1].isalnum() else ""
        ranges.append((len(text), len(text) + len(token)))
        text += token
    return text, ranges


def _examples(
    rows: Iterable[dict[str, Any]],
    join: Callable[[Sequence[str]], tuple[str, list[tuple[int, int]]]],
    types: dict[str, str],
    *,
    complete: bool = True,
) -> list[Example]:
    found = []
    for row in rows:
        if "text" in row:
            text = row["text"]
            spans = [(entity["char"][0], entity["char"][1], entity) for entity in row["ents"]]
        else:
            text, ranges = join(row["tokens"])
            spans = [
                (ranges[entity["tok"][0]][0], ranges[entity["tok"][1] - 1][1], entity)
                for entity in row["ents"]
            ]
        names = tuple(
            (start, end, types[entity["type"]])
            for start, end, entity in spans
            if entity["type"] in types
        )
        found.append(Example(text, names, complete))
    return found


def _bucket(text: str, n: int) -> int:
    return int(hashlib.sha256(text.encode()).hexdigest(), 16) % n


def training_sets(data: Path) -> dict[str, list[Example]]:
    """The sets to learn from; parts held out by a hash of the text are left out."""
    folder = data / "ner" / "train"

    def rows(name: str) -> list[dict[str, Any]]:
        return read_rows(folder / f"{name}.jsonl.gz")

    nerp = [row for row in rows("id_nerp.train") if not any("<" in t for t in row["tokens"])]
    stockmark = _examples(rows("ja_stockmark.train"), unspaced, _STOCKMARK)
    english = _examples(rows("en_uner_ewt.dev"), spaced, _PLAIN)
    return {
        "id_idner2k": _examples(rows("id_idner2k.train"), spaced, _PLAIN),
        "id_nergrit": _examples(rows("id_nergrit.train"), spaced, _PLAIN),
        "id_nerp": _examples(nerp, spaced, _NERP, complete=False),
        "zh_gsdsimp": _examples(rows("zh_uner_gsdsimp.train"), unspaced, _PLAIN),
        "ja_stockmark": [example for example in stockmark if _bucket(example.text, 10)],
        "en_ewt": [example for example in english if _bucket(example.text, 5)],
    }


def evaluation_sets(data: Path) -> dict[str, list[Example]]:
    """The sets to report on, by language and set. None of their texts is learned from."""
    folder = data / "ner" / "train"

    def rows(name: str) -> list[dict[str, Any]]:
        return read_rows(folder / f"{name}.jsonl.gz")

    stockmark = _examples(rows("ja_stockmark.train"), unspaced, _STOCKMARK)
    english = _examples(rows("en_uner_ewt.dev"), spaced, _PLAIN)
    sets = {
        "id idner2k": _examples(rows("id_idner2k.dev"), spaced, _PLAIN),
        "id nergrit": _examples(rows("id_nergrit.valid"), spaced, _PLAIN),
        "zh gsdsimp": _examples(rows("zh_uner_gsdsimp.dev"), unspaced, _PLAIN),
        "ja stockmark": [example for example in stockmark if not _bucket(example.text, 10)],
        "en ewt": [example for example in english if not _bucket(example.text, 5)],
        "ar anercorp": _examples(rows("ar_anercorp.train"), spaced, _PLAIN),
    }
    for tag in ("en", "de", "pt", "ru", "zh-Hant"):
        pud = read_rows(data / "uner_pud" / "dev" / f"{tag}.jsonl.gz")
        sets[f"{tag} pud"] = _examples(pud, spaced, _PLAIN)
    return sets


def held_out(learned: dict[str, list[Example]], reported: dict[str, list[Example]]) -> set[str]:
    """Texts that stand in a training set and in an evaluation set; bare fragments aside."""
    texts = {e.text for examples in reported.values() for e in examples if len(e.text) > 20}
    return texts & {example.text for examples in learned.values() for example in examples}


def name_pools(data: Path, learned: dict[str, list[Example]]) -> dict[str, dict[str, list[str]]]:
    """Names by language and type, from the training sets and from public lists of names."""
    pools: dict[str, dict[str, set[str]]] = {
        tag: {"PER": set(), "ORG": set(), "LOC": set()} for tag in ("id", "en", "zh", "ja")
    }
    for set_name, examples in learned.items():
        for example in examples:
            for start, end, kind in example.names:
                name = example.text[start:end]
                if set_name != "id_nerp" and kind != "?" and len(name) < 50:
                    pools[set_name[:2]][kind].add(name)
    for kind in ("PER", "ORG", "LOC"):  # Latin names are at home in both languages
        pools["id"][kind] |= pools["en"][kind]
        pools["en"][kind] |= pools["id"][kind]
    with gzip.open(data / "party_names" / "dev" / "party_names.tsv.gz", "rt") as stream:
        parties = [line.rstrip("\n").split("\t") for line in stream][1:]
    for row in parties[::3]:
        for name in {row[2], row[3], row[4]}:
            if len(name) > 1 and name[0].isupper() and "/" not in name and len(name) < 50:
                pools["id"]["ORG"].add(name)
                pools["en"]["ORG"].add(name)
    for tag, script, dot in (("zh", "chinese", "·"), ("ja", "katakana", "・")):
        with gzip.open(data / "name_pairs" / "dev" / f"en-{script}.tsv.gz", "rt") as stream:
            pairs = [line.split("\t")[:2] for line in stream][1::40]
        for (first, ours), (last, theirs) in zip(pairs[::2], pairs[1::2], strict=False):
            pools[tag]["PER"].add(f"{ours}{dot}{theirs}")
            latin = f"{first.capitalize()} {last.capitalize()}"
            pools["id"]["PER"].add(latin)
            pools["en"]["PER"].add(latin)
    return {
        tag: {kind: sorted(names) for kind, names in pool.items()} for tag, pool in pools.items()
    }


@dataclass(frozen=True, slots=True)
class Score:
    """Exact matches of span and type.

    Attributes:
        precision: Share of the found names that are right, in [0, 1].
        recall: Share of the marked names that are found, in [0, 1].
        n: Marked names.
    """

    precision: float
    recall: float
    n: int

    @property
    def f1(self) -> float:
        """Harmonic mean of the two."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0


def score(found: Sequence[Iterable[Name]], examples: Sequence[Example]) -> Score:
    """Compare found names with marked ones."""
    counts: Counter[str] = Counter()
    for names, example in zip(found, examples, strict=True):
        ours, gold = set(names), set(example.names)
        counts["found"] += len(ours)
        counts["gold"] += len(gold)
        counts["right"] += len(ours & gold)
    return Score(
        precision=counts["right"] / max(1, counts["found"]),
        recall=counts["right"] / max(1, counts["gold"]),
        n=counts["gold"],
    )
