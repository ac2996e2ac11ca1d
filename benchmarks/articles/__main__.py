"""``python -m benchmarks.articles``: prints errors found and false alarms, needs no other data."""

from __future__ import annotations

import json
import sys
from collections import Counter
from pathlib import Path
from typing import Any

from benchmarks.common import ROOT, check_floors
from mtcheck.issues import Issue, Severity
from mtcheck.pipeline import Checker

RULES = (
    "entity-inconsistent", "term-inconsistent", "term-mistranslated", "quote-unbalanced",
    "quote-misplaced",
)  # fmt: skip


def read(folder: Path, name: str) -> str:
    with (folder / name).open(encoding="utf-8", newline="") as stream:
        return stream.read()


def is_found(error: dict[str, Any], issues: tuple[Issue, ...], *, same_rule: bool) -> bool:
    """Whether an issue stands on the wrong words.

    An inconsistency covers all its competing places. A quotation error counts only for a
    quotation rule, any other error only for a rule of names or terms.
    """
    if error["target"] is None:
        return False
    start, end = error["target"]["start"], error["target"]["end"]
    for issue in issues:
        if same_rule and issue.name != error["rule"]:
            continue
        if issue.name.startswith("quote") != error["rule"].startswith("quote"):
            continue
        places = [issue.target] if issue.target else []
        for rival in issue.evidence.get("competing", ()):
            places += [issue_span(place) for place in rival["places"]]
        if any(p.start < max(end, start + 1) and start < max(p.end, p.start + 1) for p in places):
            return True
    return False


def issue_span(place: dict[str, Any]) -> Any:
    from mtcheck.document import Span

    return Span(place["start"], place["end"], place["text"])


def main() -> int:
    checker = Checker()
    total: Counter[str] = Counter()
    by_pair: dict[str, Counter[str]] = {}
    quiet = articles = minor = words = 0
    for folder in sorted((ROOT / "fixtures/articles").iterdir()):
        gold = json.loads(read(folder, "gold.json"))
        langs = {"source_lang": gold["source_lang"], "target_lang": gold["target_lang"]}
        source = read(folder, f"source.{gold['source_lang']}.txt")
        sound = checker.check(source, read(folder, f"sound.{gold['target_lang']}.txt"), **langs)
        damaged = checker.check(source, read(folder, f"damaged.{gold['target_lang']}.txt"), **langs)
        articles += 1
        words += len(source.split())
        quiet += sound.gate(Severity.MAJOR).issues == ()
        minor += sound.counts["minor"]
        pair = by_pair.setdefault(folder.name, Counter())
        for error in gold["errors"]:
            if error["rule"] in RULES:
                for counter in (total, pair):
                    counter["gold"] += 1
                    counter[error["rule"]] += 1
                    found = is_found(error, damaged.issues, same_rule=False)
                    counter["found"] += found
                    counter[error["rule"] + " found"] += found
                    counter["exact"] += is_found(error, damaged.issues, same_rule=True)
    print("article                    found / gold")
    for name, pair in sorted(by_pair.items(), key=lambda item: item[1]["found"] / item[1]["gold"]):
        print(f"{name:26} {pair['found']:3} / {pair['gold']}")
    print("\nrule                       found / gold")
    for rule in sorted(RULES, key=lambda r: total[r + " found"] / total[r]):
        print(f"{rule:26} {total[rule + ' found']:3} / {total[rule]}")
    print(f"\nfound under the very rule: {total['exact']} / {total['gold']}")
    print(f"sound articles without a major issue: {quiet} / {articles}")
    print(f"minor issues on sound articles, per 600 source words: {600 * minor / words:.2f}\n")
    return check_floors(
        "articles",
        {
            "found": total["found"] / total["gold"],
            "sound_without_major": quiet,
            "minor_per_600_words_max": 600 * minor / words,
        },
    )


if __name__ == "__main__":
    sys.exit(main())
