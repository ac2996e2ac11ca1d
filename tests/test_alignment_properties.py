"""What holds for any alignment, found by hypothesis; and the input nobody means to give."""

from __future__ import annotations

import tracemalloc
from typing import Any

import pytest
from fakes import FakeEncoder, fake_alignment
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from lxml import etree
from lxml import html as lxml_html

import mtcheck
from mtcheck import Alignment, Checker, Span, parse_pharaoh
from mtcheck.aligners.sides import align_sides
from mtcheck.errors import InputError, LanguageError, MtcheckError, PharaohError
from mtcheck.pharaoh import format_pharaoh
from mtcheck.reporters.alignment_rows import rows_of, tally
from mtcheck.text.reading import read_side

FAKE = Checker(encoder=FakeEncoder())
quick = settings(
    max_examples=60,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
slow = settings(quick, max_examples=12)  # with the real encoder

# Letters of many scripts, what is written from the right, what glues, stacks, hides and takes
# two units of UTF-16, and marks that mean something in HTML.
LETTERS = (
    "abcXYZ éßÅñ'’\"“”«»「」-‑.,;:!?…()[]{}/%0123456789\t你好最高法院。かなカナ長官กรุงเทพ"
    "شالمكوبлМЖדהשεΩ한국हि𠀀😀👨‍👩‍👧\u0301\u0308\u200b\u200d\u200e\u200f\u202e\u2066\ufeff\u0640\u064b\u00ad<>&{}"
)
text = st.text(alphabet=st.sampled_from(LETTERS + "\n\r\u2028"), max_size=160)
token = st.text(alphabet=st.sampled_from(LETTERS), min_size=1, max_size=8).filter(str.strip)
tokens = st.lists(token, max_size=12)
langs = st.sampled_from(
    [("id", "en"), ("id", "ar"), ("en", "ja"), ("zh", "en"), ("he", "th"), ("ru", "fa")]
)
links = st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)), max_size=30)


def check_alignment(alignment: Alignment) -> None:
    """Everything that is promised of any alignment."""
    for side in (alignment.source, alignment.target):
        for span in (*side.paragraphs, *(s.span for s in side.sentences), *side.tokens):
            assert side.text[span.start : span.end] == span.text
    for which, side in ((0, alignment.source), (1, alignment.target)):
        numbers = [k for pair in alignment.sentences for k in pair[which]]
        assert sorted(numbers) == list(range(len(side.sentences)))
    for block in alignment.blocks:
        assert block.links.shape == (len(block.source_tokens), len(block.target_tokens))
        assert ((block.links >= 0) & (block.links <= 1.0001)).all()
        assert block.source or block.target
    n, m = len(alignment.source_tokens), len(alignment.target_tokens)
    line = alignment.to_pharaoh()
    assert parse_pharaoh(line, n_source=n, n_target=m) == tuple((x.i, x.j) for x in alignment.links)
    assert format_pharaoh(parse_pharaoh(line)) == line
    value = alignment.to_dict()
    assert [Span(**item) for item in value["source_tokens"]] == list(alignment.source_tokens)
    assert len(value["links"]) == len(alignment.links)


def check_message(error: MtcheckError) -> None:
    assert str(error)
    assert "\n" not in str(error)


def check_views(alignment: Alignment) -> None:
    """No view crashes, loses a link, or lets the text act."""
    counted = tally(rows_of([alignment]))
    assert counted.links == len(alignment.links)
    page = alignment.to_html()
    document = lxml_html.document_fromstring(page.encode("utf-8"))
    assert not document.xpath("//script | //@*[starts-with(name(), 'on')]")
    assert alignment._repr_html_().encode("utf-8")
    assert alignment.to_text(width=70).encode("utf-8")
    for sentence in range(len(alignment.source.sentences)):
        etree.fromstring(alignment.heat_map(sentence).svg.encode("utf-8"))


# ------------------------------------------------------------------------------- given tokens


@quick
@given(st.lists(st.tuples(tokens, tokens), max_size=4))
@example([([], []), (["a"], []), ([], ["b"])])
@example([(["\u200b"], ["\ufeff"]), (["\u0301"], ["\u202e", "\u2066"])])
def test_token_pairs(pairs: list[tuple[list[str], list[str]]]) -> None:
    found = FAKE.align_tokens(pairs)
    assert len(found) == len(pairs)
    for (source, target), alignment in zip(pairs, found, strict=True):
        assert [span.text for span in alignment.source_tokens] == source
        assert [span.text for span in alignment.target_tokens] == target
        check_alignment(alignment)
        if not source or not target:
            assert alignment.links == ()
    if found:
        check_views(found[-1])


@slow
@given(st.lists(st.tuples(tokens, tokens), min_size=1, max_size=3))
@example(
    [(["\u200b"], ["word"]), (["\u200b", "\u200d"], ["\ufeff"]), (["👨‍👩‍👧", "a\u0301"], ["😀"])]
)
def test_token_pairs_with_the_real_encoder(
    checker: Checker, pairs: list[tuple[list[str], list[str]]]
) -> None:
    together = checker.align_tokens(pairs)
    for pair, alignment in zip(pairs, together, strict=True):
        check_alignment(alignment)
        (alone,) = checker.align_tokens([pair])
        assert alone.to_dict() == alignment.to_dict()


@pytest.mark.parametrize(
    ("pairs", "words"),
    [
        ([(["a"], ["b"], ["c"])], "pair 0 has 3 parts"),
        ([(["a"], ["b"]), (["a"],)], "pair 1 has 1 parts"),
        ([("ab cd", ["x"])], "the source of pair 0: str"),
        ([(["a"], None)], "the target of pair 0: NoneType"),
        ([5], "pair 0: int"),
        ({"a": "b"}, "pairs: dict"),
        ("ab", "pairs: str"),
        (None, "pairs: NoneType"),
        ([([""], ["x"])], "the source of pair 0, token 0"),
        ([(["a"], ["b", " \t"])], "the target of pair 0, token 1"),
        ([(["a"], [b"b"])], "not b'b'"),
        ([(["a", "b\x00"], ["c"])], "U+0000"),
        ([(["a"], ["\ud83d"])], "U+D83D"),
    ],
)
def test_what_is_no_pair_of_lists_is_said_in_one_line(pairs: Any, words: str) -> None:
    with pytest.raises(InputError) as caught:
        FAKE.align_tokens(pairs)
    assert words in str(caught.value)
    assert "\n" not in str(caught.value)


def test_pairs_may_come_from_any_iterable() -> None:
    pairs = ((iter(["ab", "cd"]), ("ab", "cd")) for _ in range(2))
    assert [a.to_pharaoh() for a in FAKE.align_tokens(pairs)] == ["0-0 1-1", "0-0 1-1"]


# ------------------------------------------------------------------------------- whole texts


@quick
@given(text, text, langs)
@example("Satu dua.\n\u200b\nTiga.", "One two.\n\ufeff", ("id", "en"))
@example("\u202eabc عربي Latin 12 \u2066x", "שלום abc\u200f 7", ("ar", "he"))
@example("e\u0301" * 50, "👨‍👩‍👧 😀", ("fr", "en"))
def test_texts(source: str, target: str, tags: tuple[str, str]) -> None:
    try:
        alignment = FAKE.align(source, target, source_lang=tags[0], target_lang=tags[1])
    except MtcheckError as error:
        check_message(error)
        return
    assert (alignment.source.text, alignment.target.text) == (source, target)
    check_alignment(alignment)
    check_views(alignment)
    whole = alignment.project(Span.of(source, 0, len(source)))
    for span in whole.spans:
        assert target[span.start : span.end] == span.text


@quick
@given(text, text, langs)
def test_sides_that_no_validation_has_seen(source: str, target: str, tags: tuple[str, str]) -> None:
    alignment = fake_alignment(source, target, tags)
    check_alignment(alignment)
    check_views(alignment)


@slow
@given(text, text, langs)
@example("Polisi menangkap pencuri.\n\u200b", "Police.\n\ufeff\n\u2066", ("id", "en"))
@example("\u00ad\nPolisi menangkap.", "\u0001\nPolice. \u200b A thief.", ("id", "en"))
def test_texts_with_the_real_encoder(
    checker: Checker, source: str, target: str, tags: tuple[str, str]
) -> None:
    sides = [read_side(side, lang) for side, lang in zip((source, target), tags, strict=True)]
    encoded = [checker.encoder.encode([s.span.text for s in side.sentences]) for side in sides]
    check_alignment(align_sides(*sides, *encoded))


@pytest.mark.parametrize(
    "bad", ["", " \n", "\x00 abc", "abc \ud800", "...", "\u200b", 7, None, b"abc"]
)
def test_text_that_is_none_is_an_input_error(bad: Any) -> None:
    good = "A plain sentence about nothing much."
    for pair in ((bad, good), (good, bad)):
        with pytest.raises(InputError) as caught:
            FAKE.align(*pair, source_lang="en", target_lang="id")
        assert "\n" not in str(caught.value)


def test_lines_of_invisible_characters_are_no_sentences(checker: Checker) -> None:
    source, target = (
        "Polisi menangkap pencuri.\n\u200b\n\u2060",
        "\ufeffPolice arrested a thief.\n\u200b",
    )
    alignment = checker.align(source, target, source_lang="id", target_lang="en")
    assert alignment.sentences == (((0,), (0,)),)
    assert not checker.check(source, target, source_lang="id", target_lang="en").not_checked


def test_an_unsupported_language_is_said() -> None:
    text = "Kua tae mai te ra. " * 9
    with pytest.raises(LanguageError, match="M\u0101ori"):
        FAKE.align(text, "The day has come.", source_lang="mi", target_lang="en")


# ----------------------------------------------------------------------------- long sentences


def test_a_long_text_without_a_full_stop_is_cut() -> None:
    """5,000 words in one line: blocks stay small, so memory grows with the text."""
    words = [f"w{k}" for k in range(5_000)]
    source, target = " ".join(words), " ".join(words)
    tracemalloc.start()
    try:
        alignment = FAKE.align(source + " x", target, source_lang="en", target_lang="id")
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    check_alignment(alignment)
    assert max(b.links.size for b in alignment.blocks) < 5_000 * 5_000 / 20
    assert peak < 400_000_000
    assert len(alignment.links) > 2_500


def test_a_pair_of_long_sentences() -> None:
    words = [f"w{k}" for k in range(1_200)]
    (alignment,) = FAKE.align_tokens([(words, words)])
    check_alignment(alignment)
    check_views(alignment)


# ------------------------------------------------------------------------------------ Pharaoh


@quick
@given(links)
def test_pharaoh_round_trip(found: list[tuple[int, int]]) -> None:
    line = format_pharaoh(found)
    assert parse_pharaoh(line) == tuple(sorted(set(found)))
    assert parse_pharaoh(f"  {line}\n") == parse_pharaoh(line)


@quick
@given(st.one_of(st.text(max_size=20), st.text(alphabet="0123456789-p. \n", max_size=12)))
def test_any_line_is_links_or_one_clear_line(line: str) -> None:
    try:
        found = parse_pharaoh(line)
    except PharaohError as error:
        check_message(error)
    else:
        assert set(format_pharaoh(found).split()) == {
            f"{int(i)}-{int(j)}" for i, j in (part.split("-") for part in line.split())
        }


@pytest.mark.parametrize(
    "line", ["0", "0-", "-1", "0-0-0", "a-b", "0p1", "٠-١", "0-1,2-3", "1e3-0"]
)
def test_what_is_no_link(line: str) -> None:
    with pytest.raises(PharaohError, match="part 2"):
        parse_pharaoh(f"0-0 {line}")


def test_links_past_the_tokens() -> None:
    assert parse_pharaoh("1-2", n_source=2, n_target=3) == ((1, 2),)
    with pytest.raises(PharaohError, match="2 tokens of the target"):
        mtcheck.parse_pharaoh("1-2", n_source=2, n_target=2)
    with pytest.raises(InputError, match="source"):
        mtcheck.parse_pharaoh("2-0", n_source=2)
