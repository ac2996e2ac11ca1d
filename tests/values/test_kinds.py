"""Amounts with units, dates and times, in many languages."""

from __future__ import annotations

from fractions import Fraction

import pytest

from mtcheck.values.model import Amount, Kind, Moment
from mtcheck.values.reader import read_values


def only(text: str, lang: str):
    values = [v for v in read_values(text, lang) if not v.weak]
    assert len(values) == 1, [str(v) for v in values]
    return values[0]


@pytest.mark.parametrize(
    ("lang", "text", "kind", "number", "unit"),
    [
        ("en", "$1.3bn", Kind.MONEY, 1_300_000_000, "USD"),
        ("id", "Rp 9 miliar", Kind.MONEY, 9_000_000_000, "IDR"),
        ("fr", "1,3 milliard de dollars", Kind.MONEY, 1_300_000_000, "USD"),
        ("zh", "13亿美元", Kind.MONEY, 1_300_000_000, "USD"),
        ("ja", "500円", Kind.MONEY, 500, "JPY"),
        ("ru", "40 миллионов рублей", Kind.MONEY, 40_000_000, "RUB"),
        ("hi", "1,00,000 रुपये", Kind.MONEY, 100_000, "INR"),
        ("es", "5,5 %", Kind.PERCENT, Fraction(11, 2), "%"),
        ("zh", "百分之五", Kind.PERCENT, 5, "%"),
        ("tr", "yüzde 5,5", Kind.PERCENT, Fraction(11, 2), "%"),
        ("ar", "5.5 في المائة", Kind.PERCENT, Fraction(11, 2), "%"),
        ("ja", "3割", Kind.PERCENT, 30, "%"),
        ("en", "2 percentage points", Kind.PERCENTAGE_POINT, 2, "pp"),
        ("en", "25bps", Kind.BASIS_POINT, 25, "bp"),
        ("en", "5ft 10in", Kind.MEASURE, Fraction(35, 6), "ft"),
        ("en", "a 6-foot-6 player", Kind.MEASURE, Fraction(13, 2), "ft"),
        ("ko", "10킬로미터", Kind.MEASURE, 10, "km"),
        ("ar", "12 كيلومترا", Kind.MEASURE, 12, "km"),
        ("de", "136 Kilometern pro Stunde", Kind.MEASURE, 136, "km/h"),
        ("en", "24-year-old", Kind.AGE, 24, "year"),
        ("de", "24-jährige", Kind.AGE, 24, "year"),
        ("ru", "двухлетний", Kind.AGE, 2, "year"),
        ("ja", "24歳", Kind.AGE, 24, "year"),
        ("zh", "3个月", Kind.DURATION, 3, "month"),
        ("en", "1 hour 20 minutes", Kind.DURATION, Fraction(4, 3), "hour"),
        ("en", "the 1990s", Kind.DECADE, 1990, ""),
        ("id", "tahun 1990-an", Kind.DECADE, 1990, ""),
        ("ru", "XX век", Kind.CENTURY, 20, ""),
        ("zh", "20世纪", Kind.CENTURY, 20, ""),
        ("en", "19th", Kind.ORDINAL, 19, ""),
        ("en", "G20", Kind.IDENTIFIER, 20, ""),
        ("zh", "三分之二", Kind.FRACTION, Fraction(2, 3), ""),
        ("en", "two-thirds", Kind.FRACTION, Fraction(2, 3), ""),
    ],
)
def test_amounts(lang, text, kind, number, unit):
    value = only(text, lang)
    reading = value.readings[0]
    assert isinstance(reading, Amount)
    assert (value.kind, reading.low, reading.unit) == (kind, number, unit)


@pytest.mark.parametrize(
    ("lang", "text", "year", "month", "day"),
    [
        ("en", "Sept. 12, 2018", 2018, 9, 12),
        ("en", "12 September 2018", 2018, 9, 12),
        ("en", "2018-09-12", 2018, 9, 12),
        ("id", "12 September 2018", 2018, 9, 12),
        ("de", "12. Apr. 1952", 1952, 4, 12),
        ("fr", "1er mai 2018", 2018, 5, 1),
        ("es", "12 de septiembre de 2018", 2018, 9, 12),
        ("ru", "12 сентября 2018 года", 2018, 9, 12),
        ("vi", "ngày 12 tháng 9 năm 2018", 2018, 9, 12),
        ("vi", "ngày 12/9", None, 9, 12),
        ("zh", "2018年9月12日", 2018, 9, 12),
        ("ja", "令和6年5月3日", 2024, 5, 3),
        ("ko", "2018년 9월 12일", 2018, 9, 12),
        ("ar", "12 أيلول", None, 9, 12),
        ("tr", "12 Eylül 2018", 2018, 9, 12),
    ],
)
def test_dates(lang, text, year, month, day):
    value = only(text, lang)
    reading = value.readings[0]
    assert isinstance(reading, Moment)
    assert (reading.year, reading.month, reading.day) == (year, month, day)


@pytest.mark.parametrize(
    ("lang", "text", "clock"),
    [
        ("en", "8:30 p.m.", 20 * 60 + 30),
        ("en", "8pm", 20 * 60),
        ("id", "pukul 20.00 WIB", 20 * 60),
        ("id", "jam 8 malam", 20 * 60),
        ("fr", "20h30", 20 * 60 + 30),
        ("de", "20.30 Uhr", 20 * 60 + 30),
        ("ru", "8 часов вечера", 20 * 60),
        ("zh", "晚上8点30分", 20 * 60 + 30),
        ("ja", "午後8時", 20 * 60),
        ("ko", "오후 8시 30분", 20 * 60 + 30),
        ("ar", "الساعة 8 مساء", 20 * 60),
        ("hi", "शाम 8:30", 20 * 60 + 30),
        ("vi", "lúc 8 giờ tối", 20 * 60),
    ],
)
def test_times(lang, text, clock):
    value = only(text, lang)
    assert value.kind is Kind.TIME
    assert value.readings[0].minute == clock


def test_two_orders_of_a_numeric_date():
    (weekday, value) = read_values("Kamis (3/4)", "id")
    assert weekday.readings == (Moment(weekday=4),)
    assert {(r.month, r.day) for r in value.readings} == {(4, 3), (3, 4)}


def test_hijri_year_touches_two_gregorian_ones():
    value = only("tahun 1445 H", "id")
    assert (value.readings[0].year, value.readings[0].last_year) == (2023, 2024)


def test_days_of_a_range_share_their_month():
    values = read_values("on March 5-7", "en")
    assert [(v.readings[0].month, v.readings[0].day) for v in values] == [(3, 5), (3, 7)]


def test_ends_of_a_range_share_their_unit():
    (value,) = read_values("100-300 metres", "en")
    assert value.kind is Kind.RANGE
    assert [str(part.readings[0]) for part in value.parts] == ["100 m", "300 m"]
    (value,) = read_values("they won 6-3", "en")
    assert value.kind is Kind.SCORE


def test_weekdays_need_their_capital():
    assert [v.kind for v in read_values("pada Minggu lalu", "id")] == [Kind.WEEKDAY]
    assert read_values("pada minggu lalu", "id") == ()


def test_may_and_march_need_a_sign():
    assert read_values("May they march on", "en") == ()
    assert [v.readings[0].month for v in read_values("in May and March 2013", "en")] == [5, 3]
