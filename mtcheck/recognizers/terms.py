"""Recurring terms, found by their recurrence alone: no list, any language."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence

from mtcheck.document import Mention, Sentence, Side, Span
from mtcheck.encoders.base import EncodedText
from mtcheck.text.languages import language
from mtcheck.text.lemmas import lemma
from mtcheck.text.words import is_content

MIN_COUNT = 3
_LONGEST = 4

Key = tuple[str, ...]


def recurring_terms(side: Side, encoded: Sequence[EncodedText]) -> list[Mention]:
    """Word sequences of one to four words that recur three times or more.

    A sequence begins and ends with a content word, and stands for itself: one that occurs only
    inside a longer recurring one is left out. A single word must be rare: one that the
    encoder's vocabulary of 250,000 pieces has no piece of its own for. Common words are
    translated by context, and rightly so.

    Args:
        side: Any text.
        encoded: States of each of its sentences.

    Source:
        Frantzi et al. 2000, C-value: nested candidates count only by themselves.
    """
    lang = side.lang
    places: dict[Key, list[tuple[int, int]]] = defaultdict(list)
    rare: set[int] = set()
    for sentence, states in zip(side.sentences, encoded, strict=True):
        rare.update(_rare_tokens(side, sentence, states))
        low, high = sentence.first_token, sentence.last_token
        keys = [lemma(side.tokens[k].text, lang) for k in range(low, high)]
        content = [_is_term_word(side.tokens[k].text, lang) for k in range(low, high)]
        letters = [side.tokens[k].text[:1].isalpha() for k in range(low, high)]
        for start in range(len(keys)):
            if not content[start]:
                continue
            for end in range(start + 1, min(len(keys), start + _LONGEST) + 1):
                if not letters[end - 1]:
                    break
                if content[end - 1]:
                    places[tuple(keys[start:end])].append((low + start, low + end))
    frequent = {key: spots for key, spots in places.items() if len(spots) >= MIN_COUNT}
    kept: list[Mention] = []
    taken: dict[int, int] = {}
    for key in sorted(frequent, key=lambda k: (-len(k), k)):
        free = [spot for spot in frequent[key] if not _inside_longer(spot, taken)]
        if len(free) < MIN_COUNT:
            continue
        if len(key) == 1 and not any(start in rare for start, _ in free):
            continue
        for start, end in frequent[key]:
            if _inside_longer((start, end), taken):
                continue
            taken.update(dict.fromkeys(range(start, end), end - start))
            span = Span.of(side.text, side.tokens[start].start, side.tokens[end - 1].end)
            kept.append(Mention(span, "TERM", 0.5, "recurring"))
    return kept


def _rare_tokens(side: Side, sentence: Sentence, states: EncodedText) -> Iterator[int]:
    """Tokens that the encoder reads in two pieces or more."""
    starts = [offset + sentence.span.start for offset in states.offsets[:, 0].tolist()]
    for index in range(sentence.first_token, sentence.last_token):
        token = side.tokens[index]
        if bisect_left(starts, token.end) - bisect_left(starts, token.start) > 1:
            yield index


def _inside_longer(spot: tuple[int, int], taken: dict[int, int]) -> bool:
    return any(k in taken for k in range(*spot))


def _is_term_word(token: str, lang: str) -> bool:
    short = 1 if language(lang).spaced else 0
    return len(token) > short and token[:1].isalpha() and is_content(token, lang)
