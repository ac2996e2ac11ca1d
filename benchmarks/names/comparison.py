"""How well names are compared: ranking, hard negatives, calibration, real errors, speed.

Run from the root of the repository::

    MTCHECK_DATA=... python -m benchmarks.names.comparison

Ranking and hard negatives use the tenth of the name pairs that nothing was learned, fitted or
chosen on. Baselines: the same string (``copy``), and Jaro-Winkler similarity of ``anyascii``
romanizations without spaces (``jw``).
"""

from __future__ import annotations

import argparse
import itertools
import random
import re
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from anyascii import anyascii
from rapidfuzz.distance import JaroWinkler

from benchmarks.common import check_floors, data_folder, read_jsonl
from mtcheck.names.gazetteer import lookup
from mtcheck.names.match import compare_names
from mtcheck.names.readings import can_read_kanji
from mtcheck.names.scripts import LATIN
from training.names.examples import name_examples, word_examples
from training.names.pairs import FILES, NamePair, is_kanji, read_pairs

SEED = 101
Scorer = Callable[[str, str, "str | None", "str | None"], float]

_SMALL = "of|the|and|de|la|le|du|in|on|to|for|a|an|at|von|van|with|my|&"
_NAME = re.compile(rf"[A-ZÀ-Þ0-9][\w'’.-]*(?:(?:,? (?:{_SMALL}))* [A-ZÀ-Þ0-9][\w'’.:-]*)*")


def ours(a: str, b: str, lang_a: str | None, lang_b: str | None) -> float:
    """Score of the library."""
    return compare_names(a, b, lang_a=lang_a, lang_b=lang_b).score


@lru_cache(maxsize=100_000)
def _roman(text: str) -> str:
    return "".join(c for c in anyascii(text).lower() if c.isalnum())


def jw(a: str, b: str, *_langs: str | None) -> float:
    """Jaro-Winkler similarity of romanizations."""
    return float(JaroWinkler.similarity(_roman(a), _roman(b)))


def copy(a: str, b: str, *_langs: str | None) -> float:
    """Whether the strings are one."""
    return float(a.casefold() == b.casefold())


SCORERS: dict[str, Scorer] = {"ours": ours, "jw": jw, "copy": copy}


def auc(scores: Sequence[float], labels: Sequence[bool]) -> float:
    """Area under the ROC curve; ties count half; NaN where a class is missing."""
    values, truth = np.asarray(scores, dtype=float), np.asarray(labels, dtype=bool)
    right, wrong = np.sort(values[truth]), np.sort(values[~truth])
    if not len(right) or not len(wrong):
        return float("nan")
    below = np.searchsorted(wrong, right, side="left")
    upto = np.searchsorted(wrong, right, side="right")
    return float((below + (upto - below) / 2).sum() / (len(right) * len(wrong)))


def calibration_error(scores: Sequence[float], labels: Sequence[bool], bins: int = 15) -> float:
    """Expected calibration error over bins of equal mass, with both classes weighted alike."""
    values, truth = np.asarray(scores, dtype=float), np.asarray(labels, dtype=float)
    weights = np.where(truth == 1, 0.5 / truth.sum(), 0.5 / (1 - truth).sum())
    order = np.argsort(values, kind="stable")
    mass = np.cumsum(weights[order])
    error = 0.0
    for k in range(bins):
        inside = order[(mass > k / bins) & (mass <= (k + 1) / bins)]
        if len(inside):
            w = weights[inside]
            error += abs(float((w * (values[inside] - truth[inside])).sum()))
    return error


def ranking(pairs: Sequence[NamePair], queries: int, scorer: Scorer) -> tuple[float, int, int]:
    """Share of queries whose right partner is strictly first, number of queries and candidates."""
    candidates = list({p.other: p for p in pairs}.values())
    partners: dict[str, set[str]] = defaultdict(set)
    for pair in pairs:
        partners[pair.latin].add(pair.other)
    found = 0
    asked = list({p.latin: p for p in pairs}.values())[:queries]
    for query in asked:
        scores = [scorer(query.latin, c.other, "en", c.lang) for c in candidates]
        right = max(
            s for s, c in zip(scores, candidates, strict=True) if c.other in partners[query.latin]
        )
        wrong = max(
            s
            for s, c in zip(scores, candidates, strict=True)
            if c.other not in partners[query.latin]
        )
        found += right > wrong
    return found / max(len(asked), 1), len(asked), len(candidates)


def eamt_names(data: Path) -> Iterator[dict[str, Any]]:
    """Real renderings of names, right and wrong, where both sides can be cut out of the sentence.

    The rendering is what stands between the words that a reference has before and behind its own
    form of the name; the English name is the longest run of capitalized words.
    """
    for row in read_jsonl(data / "eamt/dev/eamt.jsonl.gz"):
        runs = [m[0] for m in _NAME.finditer(row["src"]) if m.start() > 0]
        runs = [run.removesuffix("'s").rstrip("?.,:") for run in runs]
        if len(runs) != 1:
            continue
        for system in row["mt"].values():
            for reference in row["refs"]:
                before, found, behind = reference["translation"].partition(reference["mention"])
                text = system["text"]
                if not found or not text.startswith(before) or not text.endswith(behind):
                    continue
                rendering = text[len(before) : len(text) - len(behind)].strip()
                if rendering and len(rendering) < 3 * len(reference["mention"]) + 10:
                    yield {
                        "lang": row["target_locale"].split("_")[0],
                        "types": row["entity_types"],
                        "english": runs[0],
                        "rendering": rendering,
                        "mention": reference["mention"],
                        "right": bool(system["entity_ok"]),
                    }
                    break


def countries(langs: Sequence[str]) -> tuple[float, float]:
    """Share of countries recognized between languages, and of country pairs taken for one."""
    from babel import Locale

    names = {lang: Locale.parse(lang).territories for lang in langs}
    codes = sorted(
        c for c in names["en"] if len(c) == 2 and c.isalpha() and lookup(names["en"][c], "en")
    )
    codes = [c for c in codes if all(c in names[lang] for lang in langs)]
    codes = [c for c in codes if c not in ("EU", "EZ", "UN", "QO", "XA", "XB", "ZZ")]
    same = [
        ours(names[a][c], names[b][c], a, b) > 0.9
        for a, b in itertools.combinations(langs, 2)
        for c in codes
    ]
    chooser = random.Random(SEED)
    wrong = []
    for a, b in itertools.combinations(langs, 2):
        for c in codes:
            # The most similar name of another country, by the baseline, and a random one.
            rival = max(
                (k for k in codes if k != c), key=lambda k: jw(names[a][c], names[b][k], a, b)
            )
            for other in (rival, chooser.choice(codes)):
                if other != c and names[a][c] != names[b][other]:
                    wrong.append(ours(names[a][c], names[b][other], a, b) > 0.1)
    return sum(same) / len(same), sum(wrong) / len(wrong)


def _report_ranking(data: Path, options: argparse.Namespace, figures: dict[str, float]) -> None:
    rows = []
    for name in FILES:
        pairs = [p for p in read_pairs(data, name) if p.part == "report"]
        random.Random(SEED).shuffle(pairs)
        plain = [p for p in pairs if not is_kanji(p)][: options.candidates]
        result = {
            key: ranking(plain, options.queries, s) for key, s in SCORERS.items() if key != "copy"
        }
        rows.append(
            (result["ours"][0], name, result["jw"][0], result["ours"][1], result["ours"][2])
        )
    print(
        "\nright partner first, worst first\npair          ours   jw     copy   queries candidates"
    )
    for share, name, baseline, asked, candidates in sorted(rows):
        print(f"{name:13} {share:.3f}  {baseline:.3f}  0.000  {asked:7} {candidates}")
    figures["rank_worst"] = min(rows)[0]


def _report_kanji(data: Path, options: argparse.Namespace) -> None:
    pairs = [p for p in read_pairs(data, "en-japanese") if p.part == "report"]
    random.Random(SEED).shuffle(pairs)
    kanji = [p for p in pairs if is_kanji(p)]
    plain = [p for p in pairs if not is_kanji(p)][: options.candidates - len(kanji)]
    share, asked, n = ranking(kanji + plain, len(kanji), ours)
    extra = "with" if can_read_kanji() else "without"
    print(
        f"names in kanji {extra} dictionary: right partner first {share:.3f} of {asked}, among {n}"
    )


def _report_hard(data: Path, options: argparse.Namespace, figures: dict[str, float]) -> None:
    pairs = [p for name in FILES for p in read_pairs(data, name) if p.part == "report"]
    scored: dict[str, list[tuple[float, float, bool, str]]] = defaultdict(list)
    for w in word_examples(pairs, most=options.words, seed=SEED):
        if w.table not in ("roman", "pivot"):
            row = (
                ours(w.left, w.right, None, None),
                jw(w.left, w.right, None, None),
                w.same,
                w.kind,
            )
            scored[f"word {w.table}"].append(row)
    for n in name_examples(pairs, most=options.words, seed=SEED):
        row = (
            ours(n.left, n.right, n.left_lang, n.right_lang),
            jw(n.left, n.right, None, None), n.same, n.kind,
        )  # fmt: skip
        scored[f"name {n.script} {n.right_lang}"].append(row)
    print("\nhard negatives, worst first: AUC, wrong pairs above .5 and .9, right pairs below .5")
    print("set                   ours   jw     wrong>.5 wrong>.9 right<.5 error of calibration")
    lines = []
    every: list[tuple[float, bool]] = []
    for name, rows in scored.items():
        hard = [r for r in rows if r[3] not in ("random", "all-wrong")]
        truth = [r[2] for r in hard]
        value = auc([r[0] for r in hard], truth)
        wrong = [r[0] for r in hard if not r[2]]
        right = [r[0] for r in hard if r[2]]
        every += [(r[0], r[2]) for r in rows]
        ece = calibration_error([r[0] for r in rows], [r[2] for r in rows])
        lines.append(
            (value, name, auc([r[1] for r in hard], truth), np.mean([s > 0.5 for s in wrong]),
             np.mean([s > 0.9 for s in wrong]), np.mean([s < 0.5 for s in right]), ece)
        )  # fmt: skip
    for value, name, baseline, at_half, at_nine, lost, ece in sorted(lines):
        print(
            f"{name:21} {value:.3f}  {baseline:.3f}  {at_half:.3f}    {at_nine:.3f}    "
            f"{lost:.3f}    {ece:.3f}"
        )
    by_kind: dict[str, list[float]] = defaultdict(list)
    for rows in scored.values():
        for score, _, _, kind in rows:
            by_kind[kind].append(score)
    print(
        "mean score by kind: "
        + ", ".join(f"{k} {np.mean(v):.2f}" for k, v in sorted(by_kind.items()))
    )
    figures["hard_auc_worst"] = min(lines)[0]
    figures["false_accept_worst_max"] = max(float(line[4]) for line in lines)
    figures["calibration_error_max"] = calibration_error(
        [s for s, _ in every], [t for _, t in every]
    )
    print(f"calibration error, all together: {figures['calibration_error_max']:.3f}")


def _report_eamt(data: Path, figures: dict[str, float]) -> None:
    rows = list(eamt_names(data))
    places = ("Person", "Landmark", "Place of worship", "Natural place")
    named = [r for r in rows if set(r["types"]) & set(places)]
    for title, chosen, against in (
        ("against the form in a reference, all names", rows, "mention"),
        ("against the English name, persons and places", named, "english"),
        ("against the English name, all (films, books, dishes)", rows, "english"),
    ):
        print(f"\nreal renderings of large models {title}: AUC, worst first")
        print("lang  ours   jw     copy   right wrong")
        lines = []
        for lang in sorted({r["lang"] for r in chosen}):
            mine = [r for r in chosen if r["lang"] == lang]
            truth = [r["right"] for r in mine]
            if sum(truth) < 10 or len(truth) - sum(truth) < 10:
                continue
            own = lang if against == "mention" else "en"
            values = {
                key: auc([s(r[against], r["rendering"], own, lang) for r in mine], truth)
                for key, s in SCORERS.items()
            }
            lines.append((values["ours"], lang, values, sum(truth), len(truth) - sum(truth)))
        for value, lang, values, right, wrong in sorted(lines, key=lambda line: line[:2]):
            print(
                f"{lang:5} {value:.3f}  {values['jw']:.3f}  {values['copy']:.3f}  {right:5} {wrong}"
            )
        if against == "mention" and lines:
            figures["eamt_reference_auc_worst"] = min(line[0] for line in lines)


def _report_speed(data: Path, figures: dict[str, float]) -> None:
    pairs = [p for name in FILES for p in read_pairs(data, name) if p.part == "choose"]
    names = name_examples(pairs, most=400, seed=SEED)
    for n in names[:: len(names) // 40]:
        ours(n.left, n.right, "en" if n.script != LATIN else None, n.right_lang)  # loads the tables
    started = time.process_time()
    for n in names:
        ours(n.left, n.right, "en" if n.script != LATIN else None, n.right_lang)
    figures["full_names_per_second"] = len(names) / (time.process_time() - started)
    chooser = random.Random(SEED)
    lefts, rights = chooser.sample(pairs, 100), chooser.sample(pairs, 200)
    started = time.process_time()
    for left, right in itertools.product(lefts, rights):
        ours(left.latin, right.other, "en", right.lang)
    figures["words_per_second"] = 20_000 / (time.process_time() - started)
    print(
        f"\nspeed, one core: {figures['full_names_per_second']:.0f} pairs of full names a second, "
        f"each name seen once; {figures['words_per_second']:.0f} pairs of words, each seen often"
    )


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the tables; the exit code is 1 where a floor breaks, 2 where the data is missing."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--queries", type=int, default=200)
    parser.add_argument("--candidates", type=int, default=1000)
    parser.add_argument("--kanji", action="store_true", help="only the names in kanji")
    parser.add_argument("--skip-ranking", action="store_true", help="everything else, quickly")
    parser.add_argument("--words", type=int, default=500, help="examples of each set")
    options = parser.parse_args(arguments)
    data = data_folder()
    figures: dict[str, float] = {}
    compare_names("warm", "up")
    if options.kanji:
        _report_kanji(data, options)
        return 0
    _report_speed(data, figures)
    if not options.skip_ranking:
        _report_ranking(data, options, figures)
        _report_kanji(data, options)
    _report_hard(data, options, figures)
    figures["country_same"], figures["country_confused_max"] = countries(
        ("en", "id", "zh", "ja", "ar", "fr")
    )
    print(
        f"\ncountries between six languages: recognized {figures['country_same']:.3f}, "
        f"taken for another {figures['country_confused_max']:.3f}"
    )
    _report_eamt(data, figures)
    print()
    return 0 if options.skip_ranking else check_floors("names_comparison", figures)


if __name__ == "__main__":
    sys.exit(main())
