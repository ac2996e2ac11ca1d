"""What holds for any text, found by hypothesis."""

from __future__ import annotations

from itertools import pairwise

import pytest
from fakes import FakeEncoder
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from mtcheck.aligners.sides import align_sides
from mtcheck.document import Span
from mtcheck.errors import InputError
from mtcheck.issues import fingerprints
from mtcheck.renderings import RenderingKey
from mtcheck.text.lemmas import fold, lemma, same_word
from mtcheck.text.quotes import find_quotations
from mtcheck.text.reading import read_side
from mtcheck.text.segmentation import MAX_SENTENCE
from mtcheck.validation import check_text, resolve_languages

LANGS = ("en", "id", "zh", "ja", "ar", "fr", "de", "ru", "th", "tr", "he", "und")
quick = settings(
    max_examples=60,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
langs = st.sampled_from(LANGS)
# Letters of many scripts, marks that glue, break and hide, and what lies past the basic plane.
ALPHABET = (
    "abcXYZ éßÅñ'’\"“”„«»‹›「」『』-‐‑.,;:!?…()[]{}/%0123456789\n\r\t\u2028\u00a0\u3000"
    "你好最高法院。，かなカナ長官กรุงเทพشالمكوبлМЖדהשεΩ한국हि𠀀😀👨‍👩‍👧\u0301\u200b\u200d\u200f\ufeff\u0640\u064b"
)
mixed = st.text(alphabet=st.sampled_from(ALPHABET), max_size=200)
anything = st.one_of(
    mixed, st.text(max_size=120), st.text(alphabet=st.characters(codec="utf-8"), max_size=120)
)


@quick
@given(anything, langs)
@example("😀 a word. 𠀀𠀁 then.", "en")
@example("a" * (3 * MAX_SENTENCE), "en")
@example("e\u0301te\u0301 l\u2019e\u0301te\u0301", "fr")
def test_a_side_slices_its_text_in_order(text, lang):
    side = read_side(text, lang)
    assert side.text == text
    for spans in (side.paragraphs, [s.span for s in side.sentences], side.tokens):
        for span in spans:
            assert 0 <= span.start < span.end <= len(text)
            assert text[span.start : span.end] == span.text
            assert not span.text.isspace()
        for left, right in pairwise(spans):
            assert left.end <= right.start
    last = 0
    for sentence in side.sentences:
        assert len(sentence.span.text) <= MAX_SENTENCE
        assert side.paragraphs[sentence.paragraph].contains(sentence.span)
        assert sentence.first_token == last
        assert sentence.last_token >= sentence.first_token
        last = sentence.last_token
        for token in side.tokens[sentence.first_token : sentence.last_token]:
            assert sentence.span.contains(token)
    assert last == len(side.tokens)


@quick
@given(mixed, langs)
@example("😀 a word. 𠀀𠀁 then.", "en")
def test_every_letter_stands_in_a_token(text, lang):
    side = read_side(text, lang)
    covered = {k for token in side.tokens for k in range(token.start, token.end)}
    assert not [k for k, c in enumerate(text) if c.isalnum() and k not in covered]


@quick
@given(anything)
@example('"' * 7)
@example("“a\n“b”\n„c“ «d «e» »f«")
@example('6" by 4" "x" 12"')
def test_quotations_never_crash_and_slice(text):
    side = read_side(text, "en")
    found = find_quotations(text, side.paragraphs)
    assert len(found) == len(side.paragraphs)
    for paragraph, quotations in zip(side.paragraphs, found, strict=True):
        marks = [mark for q in quotations for mark in q.marks]
        for mark in marks:
            assert mark == Span.of(text, mark.start, mark.end)
            assert paragraph.contains(mark)
        for left, right in pairwise(marks):
            assert left.end <= right.start
        for q in quotations:
            assert q.marks
            assert q.balanced or q.opening is None or q.closing is None


names = st.one_of(
    mixed,
    st.lists(
        st.sampled_from(
            [
                "Ministry",
                "of",
                "the",
                "Home",
                "Interior",
                "Affairs",
                "ministries",
                "Court",
                "High",
                "WHO",
                "IMF",
                "US",
                "Khan",
            ]
        ),
        max_size=5,
    ).map(" ".join),
)


@quick
@given(names, names, langs)
@example("WHO", "IMF", "en")
@example("US", "UK", "en")
def test_agreement_is_symmetric_and_reflexive(a, b, lang):
    left, right = RenderingKey.of_text(a, lang), RenderingKey.of_text(b, lang)
    assert left.agrees(left)
    assert left.same(left)
    assert left.agrees(right) == right.agrees(left)
    assert left.same(right) == right.same(left)
    assert left.shares(right) == right.shares(left)


@quick
@given(mixed, mixed, langs)
def test_same_word_is_symmetric_and_reflexive(a, b, lang):
    left, right = lemma(a, lang), lemma(b, lang)
    assert same_word(left, left, lang)
    assert same_word(left, right, lang) == same_word(right, left, lang)


@quick
@given(anything)
@example("ﬁ İ ß ẞ")
def test_folding_ignores_case(text):
    assert fold(text) == fold(text)
    assert fold(text.casefold()) == fold(text)


sentences = st.lists(
    st.lists(
        st.sampled_from(["ab", "cd", "ef", "gh", "ij", "kl", "mn", "op", "qr", "st", "12", "34"]),
        min_size=1,
        max_size=6,
    ),
    min_size=1,
    max_size=8,
)


def article(rows):
    return "\n".join(" ".join(row).capitalize() + "." for row in rows)


@quick
@given(sentences, sentences, st.data())
def test_alignment_covers_every_sentence_once(source_rows, target_rows, data):
    encoder = FakeEncoder()
    source, target = read_side(article(source_rows), "id"), read_side(article(target_rows), "en")
    encoded = [encoder.encode([s.span.text for s in side.sentences]) for side in (source, target)]
    alignment = align_sides(source, target, *encoded)
    assert sorted(k for b in alignment.blocks for k in b.source) == list(
        range(len(source.sentences))
    )
    assert sorted(k for b in alignment.blocks for k in b.target) == list(
        range(len(target.sentences))
    )
    for link in alignment.links:
        assert 0 <= link.i < len(source.tokens)
        assert 0 <= link.j < len(target.tokens)
        assert 0.0 <= link.score <= 1.0
    assert list(alignment.links) == sorted(set(alignment.links))
    for block in alignment.blocks:
        assert block.links.shape == (len(block.source_tokens), len(block.target_tokens))
        assert block.mass.shape == block.links.shape
        if block.mass.size:
            assert block.mass.min() >= 0.0
            assert block.mass.sum(axis=0).max() <= 1.001
    for rows, columns in alignment.paragraphs:
        assert rows or columns
    start = data.draw(st.integers(0, len(source.text)))
    end = data.draw(st.integers(start, len(source.text)))
    projection = alignment.project(Span.of(source.text, start, end))
    assert 0.0 <= projection.score <= 1.0
    for span in projection.spans:
        assert target.text[span.start : span.end] == span.text


@quick
@given(sentences)
def test_a_text_aligns_with_itself_one_to_one(rows):
    distinct = [[f"nr{k}", *row] for k, row in enumerate(rows)]
    encoder = FakeEncoder()
    side = read_side(article(distinct), "en")
    encoded = encoder.encode([s.span.text for s in side.sentences])
    alignment = align_sides(side, side, encoded, encoded)
    assert all(b.source == b.target for b in alignment.blocks)


@quick
@given(st.one_of(anything, st.none(), st.integers(), st.binary(max_size=8)))
@example("\x00")
@example("\ud800")
@example("。" * 5)
def test_validation_raises_input_errors_of_one_line_only(text):
    try:
        assert check_text(text, "source") is text
    except InputError as error:
        assert str(error).strip()  # noqa: PT017
        assert "\n" not in str(error)  # noqa: PT017


@quick
@given(
    anything,
    anything,
    st.one_of(st.none(), langs, st.text(max_size=6)),
    st.one_of(st.none(), langs, st.text(max_size=6)),
)
@example("a", "b", "-", "en")
@example("a", "b", "en\n", "id")
@example("a", "b", "en-", "id")
@example("a", "b", "en_US.UTF-8", "id")
def test_languages_resolve_or_are_input_errors_of_one_line(source, target, left, right):
    try:
        tags = resolve_languages(source, target, left, right)
    except InputError as error:
        assert str(error).strip()  # noqa: PT017
        assert "\n" not in str(error)  # noqa: PT017
    else:
        assert all(tags)


keys = st.tuples(st.sampled_from(["ENT105", "QUO401"]), mixed, mixed)


@quick
@given(st.lists(keys, max_size=6, unique=True), st.lists(keys, max_size=6))
def test_fingerprints_are_stable_under_edits_elsewhere(own, others):
    others = [key for key in others if fingerprints([key])[0] not in set(fingerprints(own))]
    alone = fingerprints(own)
    assert len(set(alone)) == len(alone)
    assert fingerprints([*others, *own])[len(others) :] == alone
    assert fingerprints([*own, *others])[: len(own)] == alone


def test_fingerprints_count_repetitions_and_ignore_spacing_and_case():
    key = ("ENT105", "Bank", "bank")
    first, second = fingerprints([key, key])
    assert first != second
    assert fingerprints([("ENT105", " bank ", "BANK")]) == [first]


def test_fingerprints_of_a_report_survive_an_edit_elsewhere(checker, platform):
    before = checker.check(platform.source, platform.damaged, **platform.langs)
    assert before.issues
    # Spaces around the texts move every offset and change nothing else.
    moved = checker.check(
        "\n\n  " + platform.source, "\n\n\n " + platform.damaged, **platform.langs
    )
    assert [i.fingerprint for i in moved.issues] == [i.fingerprint for i in before.issues]
    assert [i.target.text for i in moved.issues] == [i.target.text for i in before.issues]
    assert moved.issues[0].target.start == before.issues[0].target.start + 4


@pytest.mark.parametrize("text", ["", " ", "…", "“", "\n\n"])
def test_texts_without_words_give_sides_without_crash(text):
    side = read_side(text, "en")
    assert find_quotations(text, side.paragraphs) is not None
