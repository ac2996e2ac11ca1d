"""Paragraphs and sentences, as ranges of the caller's string."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from itertools import pairwise

from mtcheck.text.languages import language, primary

_LINE = re.compile(r"[^\r\n\u2028\u2029\x85]+")
_INITIAL = re.compile(r"(?:^|[\s(\"'“‘«])[^\W\d_]\.$")
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Cn"})
_CLOSING = "\"'”’»」』）)]】》"
_LAST_WORD = re.compile(r"([\w.]+)\.$")

MAX_SENTENCE = 2_000
"""Characters; a longer stretch without a sentence end is cut at a space, so that alignment
grids stay bounded whatever the input."""


def paragraphs(text: str) -> list[tuple[int, int]]:
    """Ranges of the lines that hold anything one can see, without the blanks around them."""
    found = []
    for match in _LINE.finditer(text):
        block = match.group()
        start = match.start() + len(block) - len(block.lstrip())
        end = match.start() + len(block.rstrip())
        if end > start and _shows(text[start:end]):
            found.append((start, end))
    return found


def sentences(text: str, start: int, end: int, lang: str) -> list[tuple[int, int]]:
    """Sentence ranges inside one paragraph, in order, blanks trimmed.

    Args:
        text: The whole text.
        start: First offset of the paragraph.
        end: One past its last offset.
        lang: BCP 47 tag.
    """
    from sentencex import get_sentence_boundaries

    block = text[start:end]
    cuts = [b["end_index"] for b in get_sentence_boundaries(primary(lang), block)][:-1]
    kept = [0, *(cut for cut in cuts if not _joins(block, cut, lang)), len(block)]
    found = []
    for a, b in pairwise(kept):
        for left, right in _bounded(block, a, b):
            piece = block[left:right]
            lead = len(piece) - len(piece.lstrip())
            tail = len(piece.rstrip())
            if tail > lead and _shows(piece):
                found.append((start + left + lead, start + left + tail))
    return found


def _shows(text: str) -> bool:
    """Whether a text holds more than blanks, controls and format characters.

    Editing systems leave lines of a zero-width space; no encoder has a state for them.
    """
    return any(not c.isspace() and unicodedata.category(c) not in _UNSEEN for c in text)


def _joins(block: str, cut: int, lang: str) -> bool:
    """Whether a proposed boundary stands inside a sentence."""
    before, after = block[:cut].rstrip(), block[cut:].lstrip()
    if not before or not after:
        return True
    if after[0] in _CLOSING and after[0] not in "\"'":
        return True
    if after[0].islower():
        return True
    if before[-1] in _CLOSING and after.startswith(language(lang).after_quotation):
        return True
    if not before.endswith("."):
        return False
    if _INITIAL.search(before):
        return True
    word = _LAST_WORD.search(before)
    return word is not None and word.group(1).lower() in language(lang).abbreviations


def _bounded(block: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while end - start > MAX_SENTENCE:
        cut = block.rfind(" ", start + MAX_SENTENCE // 2, start + MAX_SENTENCE)
        cut = cut + 1 if cut > 0 else start + MAX_SENTENCE
        yield start, cut
        start = cut
    yield start, end
