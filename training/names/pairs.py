"""The pairs of names, split by Latin name so that no name is both learned and reported.

Source of the data: Merhav and Ash 2018, "Design Challenges in Named Entity Transliteration"
(names from Wikidata, CC0).
"""

from __future__ import annotations

import gzip
import os
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from mtcheck.names.scripts import HAN, LATIN, script_of, symbols

FILES = {
    "en-arabic": "ar", "en-chinese": "zh", "en-hebrew": "he", "en-japanese": "ja",
    "en-katakana": "ja", "en-korean": "ko", "en-russian": "ru",
}  # fmt: skip
PARTS = ("learn", "fit", "choose", "report")
_SHARES = (70, 85, 90)
"""Per cent: operations are learned on the first 70, the probability is fitted on the next 15,
choices are made on the next 5, and the last 10 are only reported."""


class DataMissingError(Exception):
    """The folder of the development data is not there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NamePair:
    """A Latin name and its form in another script.

    Attributes:
        latin: Latin name, lower case.
        other: The same name in another script.
        lang: Language of the other name.
        count: How many entities carry the pair.
        part: One of ``PARTS``, by the Latin name.
    """

    latin: str
    other: str
    lang: str
    count: int
    part: str


def data_folder() -> Path:
    """The folder that MTCHECK_DATA names.

    Raises:
        DataMissingError: It is not set, or names no folder.
    """
    name = os.environ.get("MTCHECK_DATA")
    if not name or not Path(name).is_dir():
        raise DataMissingError("set MTCHECK_DATA to the folder of the development data")
    return Path(name)


def part_of(latin: str) -> str:
    """The part a Latin name belongs to, whatever its diacritics."""
    plain = "".join(symbols(latin, LATIN))
    bucket = zlib.crc32(re.sub("[^a-z]", "", plain).encode()) % 100
    return PARTS[sum(bucket >= share for share in _SHARES)]


def read_pairs(data: Path, name: str) -> Iterator[NamePair]:
    """Pairs of one file in file order; names of another script than Latin first are left out."""
    with gzip.open(data / f"name_pairs/dev/{name}.tsv.gz", "rt", encoding="utf-8") as stream:
        for line in stream:
            latin, other, count = line.rstrip("\n").split("\t")
            if not count.isdigit() or script_of(latin) != LATIN:
                continue
            if script_of(other) in (None, LATIN):
                continue
            yield NamePair(
                latin=latin, other=other, lang=FILES[name], count=int(count), part=part_of(latin)
            )


def is_kanji(pair: NamePair) -> bool:
    """A Japanese name in Han characters, whose reading no table of sounds gives."""
    return pair.lang == "ja" and script_of(pair.other) == HAN
