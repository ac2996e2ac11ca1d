import numpy as np
import pytest

from mtcheck.aligners.features import NO_WORDS, evidence, join, read_words
from mtcheck.document import Span
from mtcheck.encoders.base import EncodedText


def encoded(*pieces, width=4):
    """Pieces given as (start, end); the state of each is a unit vector of its own."""
    states = np.eye(len(pieces), width, dtype=np.float32)
    return EncodedText(
        offsets=np.array(pieces, dtype=np.int32),
        states=np.stack([states, 2 * states]),
        layers=(1, 2),
    )


def tokens(text, *ranges, shift=0):
    return [Span(a + shift, b + shift, text[a:b]) for a, b in ranges]


def test_a_word_is_the_mean_of_its_pieces_by_the_characters_they_share():
    # One piece of three characters and one of one, in a word of four; then a word of one piece.
    text = "abcd ef"
    words = read_words(tokens(text, (0, 4), (5, 7)), encoded((0, 3), (3, 4), (5, 7)), 0)
    raw = np.array([[0.75, 0.25, 0, 0], [0, 0, 1, 0]])
    expected = raw - raw.mean(axis=0)
    expected /= np.linalg.norm(expected, axis=1, keepdims=True)
    for layer in words.states:  # unit length: the scale of a layer does not show
        assert layer == pytest.approx(expected, abs=1e-6)


def test_a_piece_over_two_words_counts_for_both():
    text = "委員会の決定"
    words = read_words(tokens(text, (0, 3), (3, 4), (4, 6)), encoded((0, 4), (4, 6)), 0)
    assert words.states[0][0] == pytest.approx(words.states[0][1])
    assert words.facts[:3, 1] == pytest.approx([0.75, 0.25, 1.0])


def test_a_character_without_a_piece_takes_the_nearest():
    text = "ab \u200b cd"
    words = read_words(tokens(text, (0, 2), (3, 4), (5, 7)), encoded((0, 2), (5, 7)), 0)
    assert np.isfinite(words.states).all()
    assert not np.allclose(words.states[0][0], words.states[0][2])


def test_offset_of_the_sentence():
    text = "ab cd"
    here = read_words(tokens(text, (0, 2), (3, 5)), encoded((0, 2), (3, 5)), 0)
    there = read_words(tokens(text, (0, 2), (3, 5), shift=90), encoded((0, 2), (3, 5)), 90)
    assert (here.states == there.states).all()


def test_a_single_word_keeps_a_direction_if_the_text_has_a_mean():
    word = tokens("ab", (0, 2))
    assert not read_words(word, encoded((0, 2)), 0).states.any()
    common = np.full((2, 4), 0.25, dtype=np.float32)
    assert read_words(word, encoded((0, 2)), 0, common).states.any()


def test_join_and_select():
    text = "ab, cd"
    first = read_words(tokens(text, (0, 2), (2, 3)), encoded((0, 2), (2, 3)), 0)
    second = read_words(tokens(text, (4, 6)), encoded((4, 6)), 0)
    both = join([first, second])
    assert both.texts == ("ab", ",", "cd")
    assert both.is_mark.tolist() == [False, True, False]
    assert both.select(~both.is_mark).texts == ("ab", "cd")
    assert both.part(slice(1, 3)).texts == (",", "cd")
    assert len(NO_WORDS) == 0


def words_of(*texts):
    ranges, position = [], 0
    for text in texts:
        ranges.append((position, position + len(text)))
        position += len(text) + 1
    return read_words(tokens(" ".join(texts), *ranges), encoded(*ranges, width=len(texts)), 0)


def test_evidence():
    same, digits, whole, inner, distance = evidence(
        words_of("Lavrov", "NATO", "2024"), words_of("拉夫罗夫", "nato", "٢٠٢٤")
    )
    assert same.tolist() == [[0, 0, 0], [0, 1, 0], [0, 0, 0]]
    assert digits.tolist() == [[0, 0, 0], [0, 0, 0], [0, 0, 1]]
    assert whole[1, 1] == 1.0
    assert inner[0, 0] > 0.7 > inner[0, 1]
    assert distance[0, 0] == 0 < distance[0, 1] < distance[0, 2]
