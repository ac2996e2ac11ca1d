"""Words and punctuation marks, as ranges of the caller's string."""

from __future__ import annotations

import bisect
from collections.abc import Iterator

from mtcheck.text.languages import language, primary

_APOSTROPHES = "'’ʼ"
_HYPHENS = "-‐‑"

Range = tuple[int, int]


def tokenize(text: str, lang: str) -> list[Range]:
    """Ranges of the words and marks of a text; blanks are left out.

    Chinese is cut by a word list that keeps names whole, everything else by ICU's rules and
    dictionaries; elisions and enclitics are cut off, reduplications kept.

    Args:
        text: Any text, best one sentence.
        lang: BCP 47 tag.
    """
    words = _chinese(text) if primary(lang) == "zh" else _icu(text, lang)
    facts = language(lang)
    if facts.elisions or facts.enclitics:
        words = [part for word in words for part in _cut_apostrophe(text, word, lang)]
    if facts.joins_hyphens:
        words = list(_join_hyphens(text, words))
    return words


def _icu(text: str, lang: str) -> list[Range]:
    from icu4py.breakers import WordBreaker

    found = []
    # ICU counts UTF-16 units: past a character outside the basic plane its offsets run ahead.
    units = None
    if text and max(text) > "\uffff":
        units = [0]
        for character in text:
            units.append(units[-1] + (2 if character > "\uffff" else 1))
    for start, end in WordBreaker(text, primary(lang)).segments():
        if units is not None:
            cut = bisect.bisect_left(units, start), bisect.bisect_left(units, end)
        else:
            cut = start, end
        if not text[slice(*cut)].isspace() and cut[0] < cut[1]:
            found.append(cut)
    return found


def _chinese(text: str) -> list[Range]:
    import rjieba

    return [(a, b) for word, a, b in rjieba.tokenize(text) if not word.isspace()]


def _cut_apostrophe(text: str, word: Range, lang: str) -> Iterator[Range]:
    start, end = word
    facts = language(lang)
    for k in range(start + 1, end - 1):
        if text[k] in _APOSTROPHES:
            if text[start:k].lower() in facts.elisions:
                yield start, k + 1
                yield k + 1, end
                return
            if text[k + 1 : end].lower() in facts.enclitics:
                yield start, k
                yield k, end
                return
    yield start, end


def _join_hyphens(text: str, words: list[Range]) -> Iterator[Range]:
    k = 0
    while k < len(words):
        start, end = words[k]
        while (
            k + 2 < len(words)
            and words[k + 1] == (end, end + 1)
            and text[end] in _HYPHENS
            and words[k + 2][0] == end + 1
            and text[start:end].isalpha()
            and text[slice(*words[k + 2])].isalpha()
        ):
            end = words[k + 2][1]
            k += 2
        yield start, end
        k += 1
