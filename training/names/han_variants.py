"""Derive mtcheck/data/names/han_variants.tsv from the character tables of OpenCC.

Run from the root of the repository, with the package ``opencc-python-reimplemented`` (Apache-2.0)
installed beside the project::

    python -m training.names.han_variants > mtcheck/data/names/han_variants.tsv
"""

from __future__ import annotations

import sys
from collections import defaultdict
from importlib import resources

HEADER = """\
# Han characters folded when names are compared: simplified form, then its other forms.
# Derived from OpenCC's TSCharacters, JPVariants and TWVariants (Apache License 2.0,
# https://github.com/BYVoid/OpenCC), by training/names/han_variants.py. Only single characters of
# the Basic Multilingual Plane; a traditional form with several simplified ones takes the first.
"""


def pairs(name: str) -> list[tuple[str, str]]:
    """(form, first replacement) of each line of an OpenCC table."""
    text = resources.files("opencc").joinpath("dictionary", name).read_text("utf-8")
    rows = [line.split("\t") for line in text.splitlines() if line]
    return [(form, replacements.split()[0]) for form, replacements in rows]


def main() -> int:
    """Print the table."""
    simplified = dict(pairs("TSCharacters.txt"))
    folded = dict(simplified)
    for table in ("JPVariants.txt", "TWVariants.txt"):
        for traditional, local in pairs(table):
            base = simplified.get(traditional, traditional)
            if local != base:
                folded.setdefault(local, base)
    # 干 also stands for 乾 and 幹 in OpenCC, which is right here: all are one form to a reader.
    groups: dict[str, list[str]] = defaultdict(list)
    for form, first in sorted(folded.items()):
        base = first
        while folded.get(base, base) != base:
            base = folded[base]
        if len(form) == len(base) == 1 and max(form, base) < "\U00010000" and form != base:
            groups[base].append(form)
    sys.stdout.write(HEADER)
    for base, forms in sorted(groups.items()):
        sys.stdout.write(f"{base}\t{''.join(forms)}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
