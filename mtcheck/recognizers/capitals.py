"""Names by their capitals, in scripts that have them and languages that reserve them for names."""

from __future__ import annotations

from collections.abc import Iterator

from mtcheck.document import Mention, Side, Span
from mtcheck.text.languages import language
from mtcheck.text.lemmas import fold
from mtcheck.text.words import function_words

_LINKS = 2  # function words in a row that a name may contain: "Bank of the South"
_TITLE_CASE = 0.7  # a sentence with this share of capitals tells nothing


def recognize_capitals(side: Side) -> list[Mention]:
    """Runs of capitalized words that do not merely begin a sentence.

    Function words inside a run are kept ("Kementerian Energi dan Sumber Daya Mineral"). The
    first word of a sentence belongs to a name only when another capital follows it or the same
    word stands capitalized inside a sentence elsewhere. Headlines in title case are left out.

    Args:
        side: Any text; without capitals in its script nothing is found.
    """
    facts = language(side.lang)
    if not facts.cased or facts.nouns_capitalized:
        return []
    inside = _capitalized_inside(side)
    mentions = []
    for number in range(len(side.sentences)):
        tokens = side.sentence_tokens(number)
        if _is_title_case(tokens, side.lang):
            continue
        for first, last in _runs(tokens, side.lang):
            start = first
            if first == _first_word(tokens) and tokens[first].text not in inside:
                # "The Interior Ministry": a function word that only opens the sentence.
                lone = last - first == 1
                grammatical = fold(tokens[first].text) in function_words(side.lang)
                if lone and not _is_acronym(tokens[first].text):
                    continue
                start = first + 1 if grammatical else first
            while start < last and fold(tokens[start].text) in function_words(side.lang):
                start += 1
            if start < last:
                span = Span.of(side.text, tokens[start].start, tokens[last - 1].end)
                mentions.append(Mention(span, "MISC", 0.6, "capitals"))
    return mentions


def _runs(tokens: tuple[Span, ...], lang: str) -> Iterator[tuple[int, int]]:
    functions = function_words(lang)
    k = 0
    while k < len(tokens):
        if not _is_capitalized(tokens[k].text):
            k += 1
            continue
        end = k + 1
        while end < len(tokens):
            if _is_capitalized(tokens[end].text):
                end += 1
                continue
            ahead = end
            while (
                ahead < len(tokens)
                and ahead - end < _LINKS
                and fold(tokens[ahead].text) in functions
            ):
                ahead += 1
            if ahead > end and ahead < len(tokens) and _is_capitalized(tokens[ahead].text):
                end = ahead + 1
                continue
            break
        yield k, end
        k = end


def _is_capitalized(text: str) -> bool:
    return text[:1].isupper()


def _is_acronym(text: str) -> bool:
    return len(text) >= 2 and text.isupper()


def _first_word(tokens: tuple[Span, ...]) -> int:
    return next((k for k, token in enumerate(tokens) if token.text[:1].isalnum()), 0)


def _is_title_case(tokens: tuple[Span, ...], lang: str) -> bool:
    content = [
        t.text for t in tokens if t.text[:1].isalpha() and fold(t.text) not in function_words(lang)
    ]
    return len(content) >= 4 and sum(map(_is_capitalized, content)) >= _TITLE_CASE * len(content)


def _capitalized_inside(side: Side) -> frozenset[str]:
    """Words that stand with a capital where no sentence begins."""
    found = set()
    for number in range(len(side.sentences)):
        tokens = side.sentence_tokens(number)
        if _is_title_case(tokens, side.lang):
            continue
        first = _first_word(tokens)
        for token in tokens[first + 1 :]:
            if _is_capitalized(token.text):
                found.add(token.text)
    return frozenset(found)
