"""``python -m benchmarks.news_terms``: the shipped news termbase against public lists of names.

``gov_names_factbook``: legislatures and highest courts of the countries that the termbase has, by
their English names. ``party_names``: parties that the termbase has, by country and acronym. Neither
was a source of the termbase. A disagreement is printed to be read: the lists hold old, long and
unusual names, and a title may rightly differ (*Congress*, *National Assembly and Senate*).
"""

from __future__ import annotations

import argparse
import csv
import gzip
import re
import sys
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

from babel import Locale
from babel.core import get_global

from benchmarks.common import check_floors, data_folder
from mtcheck.termbase import Termbase, TermEntry
from mtcheck.termbases.news import LANGUAGES

KINDS = {
    "legislature": re.compile(
        r"parliament|assembly|congress|house of|senate|diet|knesset|duma|rada|sejm|bundestag"
        r"|sabha|majlis|council of representatives|yuan|riksdag|dewan|chamber|shura",
        re.IGNORECASE,
    ),
    "court": re.compile(r"court|tribunal|constitutional council|council of state", re.IGNORECASE),
}
_FILLING = frozenset(
    (
        "the",
        "and",
        "for",
        "national",
        "federal",
        "party",
        "union",
        "republic",
        "political",
        "movement",
    )
)


def folded(text: str) -> str:
    """A name without case, marks and articles."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(c for c in plain if not unicodedata.combining(c))
    return " ".join(word for word in re.findall(r"\w+", plain) if word not in {"the", "of"})


def rows_of(path: Path) -> Iterator[dict[str, str]]:
    """Rows of a gzipped table by column."""
    with gzip.open(path, "rt", encoding="utf-8") as stream:
        yield from csv.DictReader(stream, delimiter="\t", quoting=csv.QUOTE_NONE)


def terms(entry: TermEntry, lang: str) -> list[str]:
    """Accepted terms of an entry in a language."""
    return [term.text for term in entry.terms if term.lang == lang and term.accepted]


def factbook(data: Path, by_country: dict[str, list[TermEntry]]) -> tuple[Counter[str], list[str]]:
    """Verdicts on legislatures and courts, and the disagreements."""
    codes = {name: code for code, name in Locale("en").territories.items() if len(code) == 2}
    codes |= {"Turkey (Turkiye)": "TR", "Burma": "MM", "Turkey": "TR"}
    verdicts: Counter[str] = Counter()
    read = []
    for row in rows_of(data / "gov_names_factbook/dev/gov_names.tsv.gz"):
        pattern = KINDS.get(row["kind"])
        code = codes.get(row["country"], "")
        if pattern is None or code not in by_country:
            continue
        mine = [
            entry
            for entry in by_country[code]
            if any(pattern.search(term) for term in terms(entry, "en"))
        ]
        ours = {folded(term) for entry in mine for term in terms(entry, "en")}
        wanted = {folded(row["english"]), folded(row["english"].replace(row["country"], ""))}
        if not mine:
            verdict = "absent"
        elif wanted & ours:
            verdict = "agrees"
        else:
            verdict = "differs"
            read.append(
                f"{code} {row['kind']}: {row['english']} ({row['local']}); ours: "
                + ", ".join(terms(entry, "en")[0] for entry in mine)
            )
        verdicts[verdict] += 1
    return verdicts, read


def parties(data: Path, by_country: dict[str, list[TermEntry]]) -> tuple[Counter[str], list[str]]:
    """Verdicts on parties with the same country and acronym, and the disagreements."""
    alpha3 = get_global("territory_aliases")
    verdicts: Counter[str] = Counter()
    read = []
    found: dict[str, list[tuple[bool, str]]] = defaultdict(list)
    for row in rows_of(data / "party_names/dev/party_names.tsv.gz"):
        code = next(iter(alpha3.get(row["country"], ())), "")
        for entry in by_country.get(code, ()):
            acronyms = {folded(t.text) for t in entry.terms if t.term_type == "acronym"}
            if not row["short"] or folded(row["short"]) not in acronyms:
                continue
            ours = words(t.text for t in entry.terms if t.lang in {"en", "id", "fr"})
            theirs = words([row["english"], row["native"]])
            same = bool(ours & theirs)
            found[entry.id].append((same, f"{entry.id}: {row['english']} ({row['native']})"))
    for claims in found.values():
        agreed = any(same for same, _ in claims)
        verdicts["agrees" if agreed else "differs"] += 1
        if not agreed:
            read.extend(line for _, line in claims)
    return verdicts, read


def words(texts: Iterable[str]) -> set[str]:
    """Words that tell one party from another."""
    return {w for text in texts for w in folded(text).split() if len(w) > 2} - _FILLING


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--read", action="store_true", help="print the disagreements")
    options = parser.parse_args()
    news = Termbase.news()
    complete = sum(set(LANGUAGES) == set(entry.languages) for entry in news)
    by_country: dict[str, list[TermEntry]] = defaultdict(list)
    for entry in news:
        if entry.jurisdiction:
            by_country[entry.jurisdiction].append(entry)
    n_terms = sum(len(entry.terms) for entry in news)
    print(f"{len(news)} concepts, {complete} in all of {len(LANGUAGES)} languages, {n_terms} terms")
    print(f"{len(by_country)} jurisdictions, {len(news.problems())} problems\n")
    data = data_folder()
    figures: dict[str, float] = {"concepts": complete}
    for name, (verdicts, read) in (
        ("factbook", factbook(data, by_country)),
        ("parties", parties(data, by_country)),
    ):
        compared = verdicts["agrees"] + verdicts["differs"]
        share = verdicts["agrees"] / max(1, compared)
        figures[f"{name}_agrees"] = share
        print(
            f"{name:9} {verdicts['agrees']} of {compared} agree ({share:.3f}), "
            f"{verdicts['absent']} not in the termbase"
        )
        if options.read:
            print("\n".join(f"  {line}" for line in read))
    return check_floors("news_terms", figures)


if __name__ == "__main__":
    sys.exit(main())
