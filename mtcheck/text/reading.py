"""From a string to a Side."""

from __future__ import annotations

from mtcheck.document import Sentence, Side, Span
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
