"""Which words speak for a misplaced mark, and which against it."""

import pytest

from mtcheck.checks.quotations import _Origin, _run


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
