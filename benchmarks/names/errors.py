"""``python -m benchmarks.names.errors``: are wrong names found, and right ones left alone?

Reads ``id_news_injected`` and ``pud_injected`` (one error put into each sentence), ``wmt_mqm``
(real errors that experts marked) and ``ntrex`` (professional translations). The rows of
``id_news_injected`` that come from ``ntrex`` are left out, for the judge was trained on a part of
that set; so are the documents it was trained on, and those read while its limits were set. An alarm
is an issue of the group ENT at the default gate; names left out are minor, so for them the minor
ones count, and their false alarms are given beside.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from benchmarks.clean import DIRECTIONS, SEEN
from benchmarks.common import check_floors, data_folder, ntrex_documents, read_jsonl, read_tsv
from mtcheck.document import Span
from mtcheck.issues import Issue, Severity
from mtcheck.pipeline import Checker

PUD_LANGUAGES = ("id", "ar", "fr", "de", "pt", "ru", "zh-Hans", "zh-Hant", "ja", "ko")
_UNIT = 600
_READ = 6  # documents after those for settings whose alarms were read while the limits were set


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=300, help="rows of each kind")
    parser.add_argument("--documents", type=int, default=12, help="documents in each direction")
    parser.add_argument("--sets", nargs="+", choices=list(_SETS), default=list(_SETS))
    parser.add_argument("--show", action="store_true", help="print every alarm on right text")
    options = parser.parse_args()
    data, checker = data_folder(), Checker()
    figures: dict[str, float] = {}
    print("set                       found  on the span   rows   alarms per 600 right words")
    for name in options.sets:
        figures.update(_SETS[name](data, checker, options))
    print()
    return check_floors("names_errors", figures, partial=len(options.sets) < len(_SETS))


def _indonesian(data: Path, checker: Checker, options: argparse.Namespace) -> dict[str, float]:
    rows = list(read_jsonl(data / "id_news_injected/dev/id-en_injected.jsonl.gz"))
    figures = {}
    right: dict[str, str] = {}
    for kind in ("name_swap", "name_drop"):
        chosen = _some(
            [row for row in rows if row["kind"] == kind and row["origin"] != "ntrex"], options.rows
        )
        found = 0
        for row in chosen:
            right[row["en_good"]] = row["id"]
            least = Severity.MINOR if kind == "name_drop" else Severity.MAJOR
            issues = _alarms(checker, row["id"], row["en_bad"], "id", "en", least)
            found += _hit(issues, row)
        figures[f"indonesian_{kind.removeprefix('name_')}"] = found / len(chosen)
        print(f"{'id_news ' + kind:24} {found:6d} {found / len(chosen):12.3f} {len(chosen):6d}")
    rate = _false(checker, [(s, t) for t, s in right.items()], "id", "en", options.show)
    figures["indonesian_alarms_max"] = rate
    minor = sum(len(_alarms(checker, t, s, "id", "en", Severity.MINOR)) for s, t in right.items())
    minor_rate = _UNIT * minor / sum(len(text.split()) for text in right)
    print(f"{'id_news undamaged':24} {'':6} {'':12} {len(right):6d} {rate:10.2f}")
    print(f"{'  with the minor ones':24} {'':6} {'':12} {'':6} {minor_rate:10.2f}")
    return figures


def _pud(data: Path, checker: Checker, options: argparse.Namespace) -> dict[str, float]:
    sources = {row["sent_id"]: row for row in read_tsv(data / "pud_parallel/dev/pud_text.tsv.gz")}
    rows = [
        row
        for row in read_jsonl(data / "pud_injected/dev/x-en_injected.jsonl.gz")
        if row["kind"] == "entity_swap" and row["sent_id"] in sources
    ]
    chosen = _some(rows, options.rows)
    results = []
    for lang in PUD_LANGUAGES:
        found, right = 0, {}
        for row in chosen:
            source = sources[row["sent_id"]][lang]
            if not source:
                continue
            right[row["en_good"]] = source
            found += _hit(_alarms(checker, source, row["en_bad"], lang, "en"), row)
        rate = _false(checker, [(s, t) for t, s in right.items()], lang, "en", options.show)
        results.append((found / len(chosen), rate, lang))
    for share, rate, lang in sorted(results):
        print(f"{'pud swap ' + lang:24} {'':6} {share:12.3f} {len(chosen):6d} {rate:10.2f}")
    return {
        "pud_swap_worst": min(results)[0],
        "pud_alarms_worst_max": max(rate for _, rate, _ in results),
    }


def _experts(data: Path, checker: Checker, options: argparse.Namespace) -> dict[str, float]:
    """Real errors: how many names that two experts marked, and how many alarms an expert shares."""
    folder = data / "wmt_mqm/dev"
    found = total = 0
    for row in read_jsonl(folder / "zhen23_entity_number.jsonl.gz"):
        errors = [e for e in row["errors"] if e["kind"] == "name" and e["pure"]]
        if errors:
            issues = _alarms(checker, row["src"], row["mt"], "zh", "en")
            found += sum(_touches(issues, error["span"]) for error in errors)
            total += len(errors)
    right = alarms = 0
    for row in read_jsonl(folder / "zhen23.jsonl.gz"):
        marked = [
            error["mt_span"]
            for errors in row["raters"].values()
            for error in errors
            if error["mt_span"] and not error["category"].startswith(("Fluency", "Style"))
        ]
        for issue in _alarms(checker, row["src"], row["mt"], "zh", "en"):
            shared = any(_touches([issue], span) for span in marked) or issue.target is None
            alarms += 1
            right += shared
            if options.show and not shared:
                print("  ?", _line(issue), "|", row["src"], "|", row["mt"])
    pairs = [(row["src"], row["mt"]) for row in read_jsonl(folder / "zhen23_clean.jsonl.gz")]
    rate = _false(checker, pairs, "zh", "en", options.show)
    recall, precision = found / max(1, total), right / max(1, alarms)
    print(f"{'experts zh-en':24} {found:6d} {recall:12.3f} {total:6d} {rate:10.2f}")
    print(f"{'  alarms they share':24} {right:6d} {precision:12.3f} {alarms:6d}")
    return {
        "experts_recall": recall,
        "experts_precision": precision,
        "experts_clean_alarms_max": rate,
    }


def _clean(data: Path, checker: Checker, options: argparse.Namespace) -> dict[str, float]:
    first = SEEN + _READ
    documents = list(ntrex_documents(data).values())[first : first + options.documents]
    results = []
    for source, target in DIRECTIONS:
        alarms = words = 0
        for rows in documents:
            left, right = ("\n".join(row[lang] for row in rows) for lang in (source, target))
            words += sum(len(row["en"].split()) for row in rows)
            for issue in _alarms(checker, left, right, source, target):
                alarms += 1
                if options.show:
                    print(f"  {source}-{target}", _line(issue))
        results.append((_UNIT * alarms / words, f"{source}-{target}"))
    for rate, direction in sorted(results, reverse=True):
        print(f"{'ntrex ' + direction:24} {'':6} {'':12} {'':6} {rate:10.2f}")
    return {"clean_worst_max": max(results)[0]}


def _some(rows: Sequence[Any], number: int) -> list[Any]:
    return random.Random(3).sample(list(rows), min(number, len(rows)))


def _alarms(
    checker: Checker,
    source: str,
    target: str,
    source_lang: str,
    target_lang: str,
    least: Severity = Severity.MAJOR,
) -> list[Issue]:
    report = checker.check(source, target, source_lang=source_lang, target_lang=target_lang)
    return [i for i in report.issues if i.code[:3] == "ENT" and i.severity >= least]


def _false(
    checker: Checker,
    pairs: Sequence[tuple[str, str]],
    source_lang: str,
    target_lang: str,
    show: bool,
) -> float:
    alarms = words = 0
    for source, target in pairs:
        words += len(target.split())
        for issue in _alarms(checker, source, target, source_lang, target_lang):
            alarms += 1
            if show:
                print(f"  {source_lang}-{target_lang}", _line(issue), "|", source, "|", target)
    return _UNIT * alarms / max(1, words)


def _hit(issues: Iterable[Issue], row: dict[str, Any]) -> bool:
    """Whether an issue names the damaged place, on either side."""
    if row["bad_span"] is not None:
        return _touches(issues, row["bad_span"])
    return any(
        issue.source is not None
        and (row["orig"] in issue.source.text or issue.source.text in row["orig"])
        for issue in issues
    )


def _touches(issues: Iterable[Issue], span: Sequence[int]) -> bool:
    place = Span(span[0], span[1], "")
    return any(issue.target is not None and issue.target.overlaps(place) for issue in issues)


def _line(issue: Issue) -> str:
    source = issue.source.text if issue.source else "-"
    target = issue.target.text if issue.target else "-"
    return f"{issue.name} {issue.confidence} {source!r} {target!r}"


_SETS = {"indonesian": _indonesian, "pud": _pud, "experts": _experts, "clean": _clean}


if __name__ == "__main__":
    sys.exit(main())
