"""Function words: they never begin or end a term, and never tell two renderings apart."""

from __future__ import annotations

from functools import cache
from importlib import resources

from mtcheck.text.languages import primary
from mtcheck.text.lemmas import fold


@cache
def function_words(lang: str) -> frozenset[str]:
    """Folded function words of a language; empty where none are listed."""
    return _table().get(primary(lang), frozenset())


@cache
def _table() -> dict[str, frozenset[str]]:
    text = resources.files("mtcheck").joinpath("data/function_words.tsv").read_text("utf-8")
    table = {}
    for line in text.splitlines():
        if line and not line.startswith("#"):
            lang, words = line.split("\t")
            table[lang] = frozenset(fold(word) for word in words.split())
    return table


def is_content(token: str, lang: str) -> bool:
    """Whether a token is a word or number with content of its own."""
    if not any(c.isalnum() for c in token):
        return False
    # WHO is not who: an acronym has content whatever it spells in lower case.
    is_acronym = len(token) > 1 and token.isascii() and token.isupper()
    return is_acronym or fold(token) not in function_words(lang)
