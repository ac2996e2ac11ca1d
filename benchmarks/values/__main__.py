"""``python -m benchmarks.values``: numbers, dates and money, right and wrong, worst first.

The grid needs no data. The other parts read ``demetr``, ``id_news_injected``, ``pud_injected`` with
``pud_parallel``, and ``ntrex``. Rules and word tables were mended from the even rows of the pair
sets, and from all documents of ``ntrex``, whose alarms were read by eye; the odd rows were not
looked at before they were measured, so both halves are printed.
"""

from __future__ import annotations

import argparse
import sys
from collections import defaultdict

from benchmarks.common import check_floors, data_folder
from benchmarks.values.grid import items
from benchmarks.values.real import (
    Pairs,
    demetr_rows,
    indonesian_rows,
    pud_rows,
    run_clean,
    run_pairs,
    value_issues,
)

PARTS = ("grid", "demetr", "indonesian", "pud", "clean")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", choices=PARTS, action="append", help="one part; may be repeated")
    parser.add_argument("--each", type=int, default=15, help="grid items of each cell and verdict")
    parser.add_argument("--documents", type=int, default=62, help="documents of ntrex")
    parser.add_argument("--show", action="store_true", help="print the alarms on clean text")
    options = parser.parse_args()
    parts = options.only or PARTS
    figures: dict[str, float] = {}
    if "grid" in parts:
        figures.update(_grid(options.each))
    if set(parts) - {"grid"}:
        data = data_folder()
        from mtcheck.encoders.bert import PackagedEncoder

        encoder = PackagedEncoder()
        if "demetr" in parts:
            figures.update(_pairs("demetr", demetr_rows(data), encoder))
        if "indonesian" in parts:
            figures.update(_pairs("indonesian", indonesian_rows(data), encoder))
        if "pud" in parts:
            figures.update(_pairs("pud", pud_rows(data), encoder))
        if "clean" in parts:
            worst = 0.0
            print("\nalarms on clean text, per 600 English words, before reading any by eye")
            results = list(run_clean(data, encoder, options.documents, show=options.show))
            for direction, words, counts in sorted(results, key=lambda r: -r[2].total()):
                rate = 600 * counts.total() / words
                worst = max(worst, rate)
                print(f"{direction:8} {rate:6.3f}  {dict(counts.most_common())}")
            figures["clean_worst_max"] = worst
    print()
    return check_floors("values", figures, partial=len(parts) < len(PARTS))


def _grid(each: int) -> dict[str, float]:
    cells: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0, 0])
    langs: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0, 0])
    for number, item in enumerate(items(each)):
        if number % 2000 == 0:
            print(f"\rgrid: {number} items", end="", file=sys.stderr)
        flagged = bool(value_issues(item.align()))
        for counts in (cells[item.family], langs[item.lang]):
            counts[0 if item.right else 2] += flagged
            counts[1 if item.right else 3] += 1
    print(file=sys.stderr)
    total = [sum(counts[k] for counts in cells.values()) for k in range(4)]
    print(f"grid: {total[1] + total[3]} items, half of them wrong; worst first")
    print(f"{'':18} precision  recall")
    for name, counts in sorted((cells | langs).items(), key=lambda c: _score(c[1])):
        print(f"{name:18} {_precision(counts):9.3f}  {counts[2] / counts[3]:6.3f}")
    print(f"{'all':18} {_precision(total):9.4f}  {total[2] / total[3]:6.4f}")
    worst = min(min(_precision(c), c[2] / c[3]) for c in cells.values())
    return {
        "grid_precision": _precision(total),
        "grid_recall": total[2] / total[3],
        "grid_worst_family": worst,
    }


def _precision(counts: list[int]) -> float:
    return counts[2] / max(1, counts[2] + counts[0])


def _score(counts: list[int]) -> float:
    return min(_precision(counts), counts[2] / counts[3])


def _pairs(name: str, rows: list[tuple[str, str, str, str]], encoder: object) -> dict[str, float]:
    halves: list[Pairs] = []
    for half in (0, 1):
        result = Pairs(name)
        for result in run_pairs(name, rows[half::2], encoder):  # type: ignore[arg-type]
            print(f"\r{name}: {result.n} pairs", end="", file=sys.stderr)
        print(file=sys.stderr)
        halves.append(result)
        print(f"\n{name}, {'rows mended from' if half == 0 else 'unseen rows'}: {result.n}")
        print(
            f"  found {result.found / result.n:.3f}, alarms on undamaged text "
            f"{result.false / result.n:.4f} of pairs, {600 * result.false / result.words:.2f} "
            f"per 600 words (not read by eye)"
        )
        print(
            f"  digit strings compared: found {result.naive_found / result.n:.3f}, alarms "
            f"{result.naive_false / result.n:.4f}"
        )
        by_lang = sorted(result.by_lang.items(), key=lambda c: c[1][0] / c[1][1])
        print("  " + "  ".join(f"{lang} {a / b:.3f}" for lang, (a, b) in by_lang))
    unseen = halves[1]
    return {
        f"{name}_found": unseen.found / unseen.n,
        f"{name}_alarms_max": unseen.false / unseen.n,
    }


if __name__ == "__main__":
    sys.exit(main())
