"""Which words speak for a misplaced mark, and which against it."""

from types import SimpleNamespace

import numpy as np
import pytest

from mtcheck.alignment import Block
from mtcheck.checks.quotations import _Origin, _origin, _run
from mtcheck.document import Span
from mtcheck.text.quotes import Quotation
from mtcheck.text.reading import read_side


def origin(shares, sure):
    found = _Origin()
    found.update(shares)
    found.sure = set(sure)
    return found


@pytest.mark.parametrize(
    ("shares", "sure", "found"),
    [
        ({1: 0.0}, [1], [1]),  # one word beyond doubt
        ({1: 0.0}, [], []),  # the same word, but its counterpart is faint
        ({1: 0.15, 2: 0.1}, [1, 2], [1, 2]),  # two words together
        ({1: 0.15}, [1], []),  # one such word is not enough
        ({1: 0.9, 2: 0.0}, [1, 2], []),  # the word at the mark is on its right side
        ({1: 0.9, 2: 0.0}, [2], []),  # and stops the stretch even where it is faint
        ({1: 0.1, 2: 0.0}, [2], [2]),  # a faint word that agrees is passed over
        ({2: 0.0}, [2], [2]),  # so is a word without a counterpart
    ],
)
def test_words_from_the_mark_on(shares, sure, found):
    assert _run([1, 2], origin(shares, sure), lambda share: 1 - share) == found


def test_faint_links_are_no_second_origin():
    source = read_side('"Harbour," one two three four five six said.', "en")
    target = read_side("port", "fr")
    row = next(k for k, token in enumerate(source.tokens) if token.text == "Harbour")
    links = np.full((len(source.tokens), 1), 0.1, dtype=np.float32)
    links[row] = 0.9
    block = Block(
        source=(0,), target=(0,), score=1.0,
        source_tokens=range(len(source.tokens)), target_tokens=range(1), links=links,
    )  # fmt: skip
    opening, closing = source.tokens[0], next(t for t in source.tokens[1:] if '"' in t.text)
    passage = SimpleNamespace(
        source=[Quotation(opening, closing)],
        source_range=Span(0, len(source.text), ""),
    )
    analysis = SimpleNamespace(
        source=source, target=target, alignment=SimpleNamespace(blocks=(block,))
    )
    found = _origin(analysis, passage)
    assert found.sure == {0}
    faint = len(source.tokens) - 1
    inside = 0.81 + 0.01  # the word and the comma before the closing mark
    assert found[0] == pytest.approx(inside / (0.81 + 0.01 * faint))
