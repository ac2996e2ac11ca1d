"""Derive mtcheck/data/names/known_words.tsv: frequent pairs of words that sound would doubt.

Run from the root of the repository, after the networks are fitted::

    MTCHECK_DATA=... python -m training.names.known_words > mtcheck/data/names/known_words.tsv

Pairs of the part that is only reported are left out, so that the benchmark stays honest.
"""

from __future__ import annotations

import sys
from collections import defaultdict

from mtcheck.names.probability import word_logit
from mtcheck.names.scripts import HAN, LATIN, LEARNED, script_of, symbols
from mtcheck.names.spelling import compare_words
from training.names.pairs import FILES, DataMissingError, data_folder, read_pairs

SHARED_BY = {HAN: 2}
SHARED_BY_MOST = 3
"""Entities; pairs of fewer are one alignment mistake away from being wrong. Han names are the ones
with conventions."""
SURE = 2.0
"""Log-odds from which sound alone is enough."""
ABSURD = -6.0
"""Sum of log-odds below which even a frequent pair is two names aligned by mistake."""

HEADER = """\
# Words of names and their usual form in another script, where sound alone would doubt: script,
# word, Latin words. From name pairs of Wikidata collected by Merhav and Ash 2018 (CC0 1.0), those
# that three entities or more share; derived by training/names/known_words.py.
"""


def main() -> int:
    """Print the table; the exit code is 2 where the data is missing."""
    try:
        data = data_folder()
    except DataMissingError as error:
        print(error, file=sys.stderr)
        return 2
    found: dict[tuple[str, str], set[str]] = defaultdict(set)
    for name in FILES:
        for pair in read_pairs(data, name):
            script = script_of(pair.other) or ""
            if (
                pair.count < SHARED_BY.get(script, SHARED_BY_MOST)
                or pair.part == "report"
                or script not in LEARNED
            ):
                continue
            latin = "".join(symbols(pair.latin, LATIN))
            spelling = compare_words(latin, LATIN, pair.other, script)
            if spelling is None or spelling.odds < ABSURD or len(latin) < 2:
                continue
            if word_logit(spelling) < SURE:
                found[script, "".join(symbols(pair.other, script))].add(latin)
    sys.stdout.write(HEADER)
    for (script, other), latins in sorted(found.items()):
        sys.stdout.write(f"{script}\t{other}\t{' '.join(sorted(latins))}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
