import pytest
from fakes import FakeEncoder

from mtcheck.encoders.base import EncodedText
from mtcheck.recognizers.terms import MIN_COUNT, recurring_terms
from mtcheck.text.reading import read_side


def terms(text, lang="en"):
    side = read_side(text, lang)
    encoded = FakeEncoder().encode([s.span.text for s in side.sentences])
    found = recurring_terms(side, encoded)
    assert all(text[m.span.start : m.span.end] == m.span.text for m in found)
    return [m.span.text for m in found]


def test_a_sequence_that_recurs_three_times_is_a_term():
    text = "The guard post burned. A guard post stood. Every guard post fell."
    assert terms(text) == ["guard post"] * 3
    assert MIN_COUNT == 3
    assert terms("The guard post burned. A guard post stood.") == []


def test_function_words_do_not_begin_or_end_a_term():
    text = "Salt of the earth sold. Salt of the earth rose. Salt of the earth fell."
    assert set(terms(text)) == {"Salt of the earth"}


def test_a_part_of_a_longer_term_does_not_count_by_itself():
    text = "Old guard post burned. Old guard post stood. Old guard post fell."
    assert set(terms(text)) == {"Old guard post"}


def test_terms_do_not_run_across_sentences():
    assert (
        terms("Rain fell. Wind came. Rain fell? Wind rose. Rain fell! Wind sang.")
        == ["Rain fell"] * 3
    )


@pytest.mark.parametrize(("cuts", "expected"), [(1, []), (2, ["landfill"] * 3)])
def test_a_single_word_must_be_rare(cuts, expected):
    # A word that the encoder reads in one piece is too common to be a term.
    text = "The landfill stank. A landfill burned. Our landfill closed."
    side = read_side(text, "en")
    encoded = []
    for sentence, whole in zip(
        side.sentences, FakeEncoder().encode([s.span.text for s in side.sentences]), strict=True
    ):
        at = sentence.span.text.index("landfill")
        rows, offsets = [], []
        for k, (start, end) in enumerate(whole.offsets.tolist()):
            pieces = [(start, start + 4), (start + 4, end)] if start == at else [(start, end)]
            offsets += pieces[:cuts] if cuts > 1 else [(start, end)]
            rows += [k] * (len(pieces[:cuts]) if cuts > 1 else 1)
        encoded.append(
            EncodedText(
                offsets=whole.offsets[rows] * 0 + offsets,
                states=whole.states[:, rows],
                layers=whole.layers,
            )
        )
    assert [m.span.text for m in recurring_terms(side, encoded)] == expected
