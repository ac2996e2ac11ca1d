import pytest
from builders import place

from mtcheck.document import Mention, Span, without_overlaps
from mtcheck.errors import InputError, MtcheckError, SpanError
from mtcheck.text.reading import read_side

TEXT = "One two. Three four five."


def test_a_span_slices_its_text():
    assert Span.of(TEXT, 4, 7) == (4, 7, "two")
    assert Span.of(TEXT, len(TEXT), len(TEXT)).text == ""
    assert Span.of(TEXT, 4, 7).to_dict() == {"start": 4, "end": 7, "text": "two"}


@pytest.mark.parametrize(("start", "end"), [(-1, 2), (3, 2), (0, 26), (30, 31)])
def test_offsets_that_do_not_fit(start, end):
    with pytest.raises(SpanError, match="does not fit"):
        Span.of(TEXT, start, end)
    assert issubclass(SpanError, InputError)
    assert issubclass(InputError, MtcheckError)


def test_spans_overlap_and_contain():
    two, twos, three = place(TEXT, "two"), place(TEXT, "two."), place(TEXT, "Three")
    assert two.overlaps(twos)
    assert twos.overlaps(two)
    assert twos.contains(two)
    assert not two.contains(twos)
    assert not twos.overlaps(three)
    # Touching is not overlapping.
    assert not Span.of(TEXT, 0, 4).overlaps(two)
    assert not two.overlaps(Span.of(TEXT, 0, 4))


def test_sentences_and_tokens_at_offsets():
    side = read_side(TEXT, "en")
    assert [side.sentence_at(k) for k in (0, 7, 8, 9, 24, 99)] == [0, 0, 0, 1, 1, 1]
    assert [t.text for t in side.sentence_tokens(1)] == ["Three", "four", "five", "."]
    found = side.tokens_in(place(TEXT, "wo. Thr"))
    assert [side.tokens[k].text for k in found] == ["two", ".", "Three"]
    assert not side.tokens_in(Span.of(TEXT, 3, 4))
    assert side.cover(found) == place(TEXT, "two. Three")


def mention(piece, score=0.5, recognizer="a"):
    return Mention(place(TEXT, piece), "ORG", score, recognizer)


def test_longer_then_surer_mentions_win_in_text_order():
    kept = without_overlaps(
        [mention("four five"), mention("four", 0.9), mention("two"), mention("two", 0.8, "b")]
    )
    assert [(m.span.text, m.score) for m in kept] == [("two", 0.8), ("four five", 0.5)]
    assert without_overlaps([]) == ()


def test_the_order_of_mentions_does_not_matter():
    mentions = [mention("two"), mention("two", recognizer="b"), mention("Three four")]
    assert without_overlaps(mentions) == without_overlaps(mentions[::-1])
