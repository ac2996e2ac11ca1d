"""Numbers in digits and words; the words are written by ICU, which the parser does not use."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icu4py.messageformat import MessageFormat

import mtcheck
from mtcheck.values.lexicon import fold, languages, lexicon, units
from mtcheck.values.model import Amount, Kind, Moment, show
from mtcheck.values.reader import read_values

SPELLED = sorted(set(languages()) - {"zh", "ja", "ko"})
"""Languages in which a number in words stands for itself; the others need a counter or a scale."""


def spell(lang: str, number: int) -> str:
    text = str(MessageFormat("{n, spellout}", lang).format({"n": number}))
    return text.replace("\u00ad", "").replace("\u200b", "")


def numbers(text: str, lang: str) -> list[Fraction]:
    found = []
    for value in read_values(text, lang):
        reading = value.readings[0]
        assert text[value.span.start : value.span.end] == value.span.text
        if isinstance(reading, Amount):
            found.append(reading.low)
    return found


@pytest.mark.parametrize("lang", SPELLED)
def test_reads_what_icu_spells(lang):
    # "seven" is September in French tables, and one is an article in half of the languages.
    tried = [*range(2, 1000, 7), 1_250, 21_000, 345_678, 2_500_000, 1_000_000_000]
    wrong = {
        number: (spell(lang, number), numbers(spell(lang, number), lang))
        for number in tried
        if numbers(spell(lang, number), lang) != [number]
    }
    assert wrong == {}


@pytest.mark.parametrize("lang", ["zh", "ja", "ko"])
def test_reads_long_numerals_without_spaces(lang):
    for number in (*range(21, 1000, 13), 1_250, 345_678, 2_500_000):
        text = spell(lang, number) + {"zh": "人", "ja": "人", "ko": "명"}[lang]
        assert numbers(text, lang) == [number], text


@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [
        ("en", "1.5 million", 1_500_000),
        ("en", "2,216,243", 2_216_243),
        ("en", "two and a half million", 2_500_000),
        ("en", "half a million", 500_000),
        ("en", "three point five", Fraction(7, 2)),
        ("en", "3½", Fraction(7, 2)),
        ("id", "2 juta 300 ribu", 2_300_000),
        ("id", "1,5 triliun", 1_500_000_000_000),
        ("id", "limapuluh enam", 56),
        ("ms", "1.5 bilion", 1_500_000_000),
        ("de", "1,3 Mrd.", 1_300_000_000),
        ("de", "2 Billionen", 2_000_000_000_000),
        ("fr", "12 300", 12_300),
        ("fr", "un million et demi", 1_500_000),
        ("fr", "3 billions", 3_000_000_000_000),
        ("es", "2.500 millones", 2_500_000_000),
        ("es", "mil millones", 1_000_000_000),
        ("pt", "1,3 bilhão", 1_300_000_000),
        ("ru", "2,5 млн", 2_500_000),
        ("hi", "साढ़े तीन लाख", 350_000),
        ("hi", "1,00,000", 100_000),
        ("hi", "2 करोड़", 20_000_000),
        ("ar", "١٢٣٤", 1234),
        ("ar", "مليونين وثلاثمائة ألف", 2_300_000),
        ("zh", "417.6万", 4_176_000),
        ("zh", "两亿", 200_000_000),
        ("ja", "3万5000", 35_000),
        ("ja", "一億二千万", 120_000_000),
        ("ko", "1조 2천억", 1_200_000_000_000),
        ("tr", "elli sekizi", 58),
        ("vi", "một trăm lẻ năm", 105),
        ("vi", "một nghìn tỷ", 1_000_000_000_000),
    ],
)
def test_composition(lang, text, expected):
    assert numbers(text, lang) == [expected]


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("zh", "一些人一直十分高兴，万一下雨就一起回家"),
        ("ja", "一方、千葉の一部では一緒に一般の人が一度"),
        ("ko", "이 사람은 일을 오래 했다"),
        ("en", "see https://example.org/2024/05/123 or @user42"),
    ],
)
def test_what_only_looks_like_a_number(lang, text):
    assert [v for v in read_values(text, lang) if not v.weak] == []


def test_a_mark_that_may_group_or_part_has_both_readings():
    (value,) = read_values("1.234", "en")
    assert {r.low for r in value.readings} == {1234, Fraction(1234, 1000)}
    (value,) = read_values("1.234", "id")
    assert [r.low for r in value.readings] == [1234]


def test_idioms_are_weak():
    for text in ("one of them", "both sides", "dozens", "the first", "half of it"):
        assert all(value.weak for value in read_values(text, "en")), text


@given(st.text(max_size=60), st.sampled_from([*languages(), "und", "sw"]))
def test_spans_slice_and_never_overlap(text, lang):
    end = 0
    for value in read_values(text, lang):
        assert text[value.span.start : value.span.end] == value.span.text
        assert value.span.start >= end
        assert value.readings
        end = value.span.end
        for part in value.parts:
            assert value.span.contains(part.span)


@given(
    st.text(alphabet="0123456789.,:/- %$€年月日万pm and", max_size=40), st.sampled_from(languages())
)
def test_any_marks_between_digits(text, lang):
    for value in read_values(text, lang):
        assert text[value.span.start : value.span.end] == value.span.text
        value.to_dict()
        str(value)


@given(st.integers(0, 10**15), st.sampled_from(languages()))
def test_plain_digits_are_themselves(number, lang):
    assert numbers(str(number), lang)[:1] == [number]


@given(st.text(max_size=80))
def test_folding_keeps_offsets(text):
    assert len(fold(text)) == len(text)


@pytest.mark.parametrize("unit", ["12 km, ", "9", "1.", "a@", "5-", "zwei"])
def test_time_grows_with_the_length_and_not_with_its_square(unit):
    import time

    def seconds(size: int) -> float:
        start = time.process_time()
        read_values(unit * size, "de")
        return time.process_time() - start

    seconds(10)
    short, long = seconds(2_000), seconds(16_000)
    # Eight times the text: a quadratic step would take sixty-four times as long.
    assert long < 24 * short + 0.2


def test_many_values():
    assert len(read_values("12 km, " * 2_000, "en")) == 2_000


def test_the_call():
    values = mtcheck.extract_values("They paid $1.3bn on 12 May 2018.", lang="en")
    assert [v.kind for v in values] == [Kind.MONEY, Kind.DATE]
    assert isinstance(values[1].readings[0], Moment)
    assert mtcheck.extract_values("  ") == ()
    assert mtcheck.extract_values("…!?") == ()
    assert mtcheck.extract_values("12") == mtcheck.extract_values("12", lang="en")
    with pytest.raises(mtcheck.MtcheckError, match="not text"):
        mtcheck.extract_values(12)  # type: ignore[arg-type]
    with pytest.raises(mtcheck.MtcheckError, match="unknown language"):
        mtcheck.extract_values("12", lang="qqq")


def test_a_value_prints_and_serializes():
    (value,) = mtcheck.extract_values("over 2.5 million", lang="en")
    assert str(value) == "'2.5 million' cardinal: 2,500,000"
    assert value.approximation == "over"
    assert value.to_dict()["readings"] == [
        {"low": "2500000", "high": "2500000", "step": "100000", "unit": ""}
    ]
    assert [show(Fraction(n)) for n in ("1250000", "7/2", "2/3")] == ["1,250,000", "3.5", "2/3"]


@pytest.mark.parametrize("lang", languages())
def test_tables_name_only_what_exists(lang):
    table = lexicon(lang)
    for senses in table.phrases.values():
        for phrase, entries in senses:
            for entry in entries:
                if entry.category == "unit":
                    assert entry.value == "age" or entry.value in units(), (phrase, entry)
                if entry.category == "month":
                    assert 1 <= entry.value <= 12
                if entry.category == "weekday":
                    assert 1 <= entry.value <= 7
