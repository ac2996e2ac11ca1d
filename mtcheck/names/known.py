"""Words of names that several people of the world share, with their usual form in each script.

Sound explains most names, but not those with a form of their own: 约翰 for John, 普京 for Putin.
The table holds pairs that occur with several entities and that sound alone would doubt.
"""

from __future__ import annotations

from collections import defaultdict
from functools import cache, lru_cache
from importlib import resources

from mtcheck.names.scripts import LATIN, symbols


@cache
def _table() -> dict[tuple[str, str], frozenset[str]]:
    """Latin words, folded, by (script, other word)."""
    found: dict[tuple[str, str], set[str]] = defaultdict(set)
    path = resources.files("mtcheck").joinpath("data/names/known_words.tsv")
    if not path.is_file():  # while the table itself is being derived
        return {}
    for line in path.read_text("utf-8").splitlines():
        if not line.startswith("#"):
            script, other, latin = line.split("\t")
            found[script, other].update(latin.split())
    return {key: frozenset(words) for key, words in found.items()}


@lru_cache(maxsize=65536)
def latin_forms(word: str, script: str) -> frozenset[str]:
    """Latin words that a word of another script is known for, folded."""
    return _table().get((script, "".join(symbols(word, script))), frozenset())


def are_known(x: str, x_script: str, y: str, y_script: str) -> bool:
    """Whether two words are known as one name; two forms of one Latin word are."""
    if x_script == LATIN:
        return y_script != LATIN and "".join(symbols(x, LATIN)) in latin_forms(y, y_script)
    if y_script == LATIN:
        return "".join(symbols(y, LATIN)) in latin_forms(x, x_script)
    return bool(latin_forms(x, x_script) & latin_forms(y, y_script))
