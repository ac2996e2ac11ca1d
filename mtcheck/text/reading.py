"""From a string, or from tokens, to a Side."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from mtcheck.document import Sentence, Side, Span
from mtcheck.errors import InputError
from mtcheck.text import segmentation, tokenization


def read_side(text: str, lang: str) -> Side:
    """Segment and tokenize a text.

    Args:
        text: The caller's string.
        lang: BCP 47 tag, in canonical spelling.
    """
    blocks = segmentation.paragraphs(text)
    sentences: list[Sentence] = []
    tokens: list[Span] = []
    for number, (block_start, block_end) in enumerate(blocks):
        for start, end in segmentation.sentences(text, block_start, block_end, lang):
            first = len(tokens)
            tokens.extend(
                Span.of(text, start + a, start + b)
                for a, b in tokenization.tokenize(text[start:end], lang)
            )
            sentences.append(
                Sentence(
                    span=Span.of(text, start, end),
                    paragraph=number,
                    first_token=first,
                    last_token=len(tokens),
                )
            )
    return Side(
        text=text,
        lang=lang,
        paragraphs=tuple(Span.of(text, a, b) for a, b in blocks),
        sentences=tuple(sentences),
        tokens=tuple(tokens),
    )


def sides_of_tokens(
    pairs: Iterable[tuple[Sequence[str], Sequence[str]]],
) -> list[tuple[Side, Side]]:
    """Sides of sentence pairs that are tokenized already.

    Args:
        pairs: (source tokens, target tokens) of each pair.

    Raises:
        InputError: Something is no pair of lists of tokens; the message names it by number.
    """
    found = []
    for number, pair in enumerate(_listed(pairs, "pairs", "a list of (source, target) lists")):
        both = _listed(pair, f"pair {number}", "(source tokens, target tokens)")
        if len(both) != 2:
            raise InputError(
                f"pair {number} has {len(both)} parts: give (source tokens, target tokens)"
            )
        source, target = (
            _side_of_tokens(tokens, f"the {side} of pair {number}")
            for side, tokens in zip(("source", "target"), both, strict=True)
        )
        found.append((source, target))
    return found


def _side_of_tokens(tokens: object, name: str) -> Side:
    """A side of one sentence whose tokens are given; without tokens it has no sentence."""
    parts: list[str] = []
    ranges = []
    size = 0
    for number, token in enumerate(_listed(tokens, name, "a list of tokens")):
        _check_token(token, f"{name}, token {number}")
        if parts and not (_is_unspaced(parts[-1][-1]) and _is_unspaced(token[0])):
            parts.append(" ")
            size += 1
        ranges.append((size, size + len(token)))
        parts.append(token)
        size += len(token)
    if not ranges:
        return Side(text="", lang="und", paragraphs=(), sentences=(), tokens=())
    text = "".join(parts)
    whole = Span.of(text, 0, size)
    return Side(
        text=text,
        lang="und",
        paragraphs=(whole,),
        sentences=(Sentence(span=whole, paragraph=0, first_token=0, last_token=len(ranges)),),
        tokens=tuple(Span.of(text, a, b) for a, b in ranges),
    )


def _listed(value: object, name: str, wanted: str) -> list[Any]:
    # A text is a sequence too, of characters: nobody means that.
    if isinstance(value, (str, bytes, Mapping)) or not isinstance(value, Iterable):
        raise InputError(f"{name}: {type(value).__name__} found, give {wanted}")
    return list(value)


def _check_token(token: object, name: str) -> None:
    if not isinstance(token, str) or not token.strip():
        raise InputError(f"{name}: a token must be a word or mark, not {token!r}")
    for character in token:
        if character == "\x00" or "\ud800" <= character <= "\udfff":
            raise InputError(
                f"{name}: the character U+{ord(character):04X} is no plain text; was it read "
                "with the wrong encoding?"
            )


def _is_unspaced(character: str) -> bool:
    """Han, kana, Thai, Lao, Khmer and Burmese letters and full-width marks."""
    return (
        "\u0e00" <= character <= "\u0eff"
        or "\u1000" <= character <= "\u109f"
        or "\u1780" <= character <= "\u17ff"
        or "\u3000" <= character <= "\u30ff"
        or "\u3400" <= character <= "\u9fff"
        or "\uff00" <= character <= "\uffef"
        or "\U00020000" <= character <= "\U0003ffff"
    )
