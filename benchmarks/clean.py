"""``python -m benchmarks.clean``: false alarms on professional translations, by direction.

Reads ``ntrex``. The first 30 documents were used for choosing settings, their alarms were read and
the concept table was mended from them: they are left out.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter

from benchmarks.common import check_floors, data_folder, ntrex_documents
from mtcheck.checks import CHECKS
from mtcheck.issues import Severity
from mtcheck.pipeline import Checker

SEEN = 30
DIRECTIONS = (
    ("id", "en"), ("id", "zh"), ("id", "ja"), ("id", "ar"), ("id", "fr"), ("en", "id"),
    ("es", "en"), ("ru", "en"), ("de", "en"), ("en", "zh"), ("en", "fr"), ("ko", "en"),
)  # fmt: skip


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documents", type=int, default=20, help="documents in each direction")
    options = parser.parse_args()
    documents = list(ntrex_documents(data_folder()).values())
    reported = documents[SEEN : SEEN + options.documents]
    words = sum(len(row["en"].split()) for rows in reported for row in rows)
    checker = Checker()
    names = [check.rule.name for check in CHECKS]
    majors = {check.rule.name for check in CHECKS if check.rule.severity >= Severity.MAJOR}
    results = []
    for source, target in DIRECTIONS:
        counts: Counter[str] = Counter()
        for rows in reported:
            report = checker.check(
                "\n".join(row[source] for row in rows),
                "\n".join(row[target] for row in rows),
                source_lang=source,
                target_lang=target,
            )
            counts.update(issue.name for issue in report.issues)
        rate = {name: 600 * counts[name] / words for name in names}
        gate = sum(rate[name] for name in majors)
        results.append((gate, f"{source}-{target}", rate))
    results.sort(key=lambda item: -item[0])
    print(f"{len(reported)} documents, {words} English words; alarms per 600 of them\n")
    print("direction  at gate  " + "  ".join(f"{name:>20}" for name in names))
    for gate, direction, rate in results:
        row = "  ".join(f"{rate[name]:20.2f}" for name in names)
        print(f"{direction:10} {gate:7.2f}  {row}")
    print()
    names_worst = max(rate["entity-inconsistent"] for _, _, rate in results)
    return check_floors(
        "clean", {"gate_worst_max": results[0][0], "entity_inconsistent_worst_max": names_worst}
    )


if __name__ == "__main__":
    sys.exit(main())
