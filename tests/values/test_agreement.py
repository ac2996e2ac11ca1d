"""When two values say the same, and which values stand for each other."""

from __future__ import annotations

from itertools import permutations

import pytest
from fakes import fake_alignment
from hypothesis import given
from hypothesis import strategies as st

from mtcheck.values.agreement import agree
from mtcheck.values.assignment import assign
from mtcheck.values.matching import match_values
from mtcheck.values.reader import read_values
from mtcheck.values.rendering import render


def value(text: str, lang: str):
    found = read_values(text, lang)
    assert len(found) == 1, [str(v) for v in found]
    return found[0]


@pytest.mark.parametrize(
    ("left", "right"),
    [
        (("2 juta 300 ribu", "id"), ("2.3 million", "en")),
        (("1,234,567", "en"), ("1,23 millones", "es")),
        (("50 %", "fr"), ("half", "en")),
        (("3割", "ja"), ("30 percent", "en")),
        (("100 miles", "en"), ("160 km", "de")),
        (("6 feet", "en"), ("1,8 m", "fr")),
        (("68 °F", "en"), ("20 °C", "fr")),
        (("18 months", "en"), ("1,5 ans", "fr")),
        (("quinzaine", "fr"), ("15", "en")),
        (("令和6年", "ja"), ("2024", "en")),
        (("tahun 1445 H", "id"), ("2024", "en")),
        (("pukul 20.00 WIB", "id"), ("8 p.m.", "en")),
        (("20:00 WIB", "id"), ("13:00 GMT", "en")),
        (("12 September 2018", "id"), ("September 12", "en")),
        (("50 basis points", "en"), ("0,5 %", "fr")),
        (("$5", "en"), ("5 dólares", "es")),
        (("dozens", "en"), ("puluhan", "id")),
        (("1980s", "en"), ("années 80", "fr")),
    ],
)
def test_agree(left, right):
    assert agree(value(*left), value(*right))
    assert agree(value(*right), value(*left))


@pytest.mark.parametrize(
    ("left", "right"),
    [
        (("2 juta", "id"), ("2 billion", "en")),
        (("10.4 million", "en"), ("10,2 millones", "es")),
        (("3 million", "en"), ("3,4 millones", "es")),
        (("5 km", "en"), ("5 miles", "en")),
        (("Rp5 miliar", "id"), ("US$5 billion", "en")),
        (("20 °C", "fr"), ("20 °F", "en")),
        (("Senin", "id"), ("Tuesday", "en")),
        (("12 September 2018", "id"), ("September 12, 2019", "en")),
        (("tahun 1445 H", "id"), ("2010", "en")),
        (("un billion", "fr"), ("1 billion", "en")),
    ],
)
def test_do_not_agree(left, right):
    assert not agree(value(*left), value(*right))


small = st.integers(0, 30).map(float)


@given(st.integers(1, 4).flatmap(lambda n: st.tuples(st.just(n), st.integers(n, 5))), st.data())
def test_assignment_is_the_cheapest(shape, data):
    n, m = shape
    costs = [[data.draw(small) for _ in range(m)] for _ in range(n)]
    chosen = assign(costs)
    assert len(set(chosen)) == n
    best = min(
        sum(costs[k][j] for k, j in enumerate(columns)) for columns in permutations(range(m), n)
    )
    assert sum(costs[k][j] for k, j in enumerate(chosen)) == pytest.approx(best)


def test_assignment_refuses_a_tall_matrix():
    assert assign([]) == []
    with pytest.raises(ValueError, match="2 rows"):
        assign([[1.0], [2.0]])


def differing(source: str, target: str, **words: str) -> list[tuple[str, str]]:
    matches = match_values(fake_alignment(source, target, dictionary=words))
    return [(p.source.value.span.text, p.target.value.span.text) for p in matches.differing]


def test_swapped_numbers_are_paired_by_value():
    assert differing("pada 12 rumah dan 30 toko", "in 30 shops and 12 houses") == []


def test_a_lone_pair_that_differs_is_found():
    assert differing("ada 12 rumah", "there are 21 houses", rumah="houses") == [("12", "21")]


def test_a_wrong_measure_beside_its_right_conversion():
    words = {"sekitar": "about", "kilometer": "km", "35": "31"}
    assert differing("sekitar 35 kilometer", "about 31 km (22 miles)", **words) == [
        ("35 kilometer", "31 km")
    ]


def test_one_in_five_is_a_fifth():
    assert differing("satu dari lima anak", "a fifth of children", anak="children") == []


def test_what_stands_once_for_two_is_no_error():
    assert differing("12 rumah, lalu 12 rumah", "12 houses, then again") == []


def test_missing_and_added_values():
    words = {"ada": "there", "rumah": "houses", "besar": "big"}
    alignment = fake_alignment("ada rumah besar", "there big 450 houses", dictionary=words)
    matches = match_values(alignment)
    assert [item.value.span.text for item in matches.added] == ["450"]
    assert matches.omitted == ()


@pytest.mark.parametrize(
    ("source", "target", "lang", "expected"),
    [
        (("2,5 juta", "id"), "2.5 billion", "en", "2.5 million"),
        (("4.300", "id"), "3,400", "en", "4,300"),
        (("empat", "id"), "three", "en", "four"),
        (("2005", "en"), "2004", "fr", "2005"),
        (("20.4 million", "en"), "204万", "zh", "2,040万"),
        (("$35 million", "en"), "25 millions de dollars", "fr", "35 millions de dollars"),
        (
            ("$35 million", "en"),
            "35 millions d'euros",
            "fr",
            "35 millions de dollars des États-Unis",
        ),
        (("160 km", "en"), "50 miles", "en", "99.4 miles"),
        (("Kamis", "id"), "Tuesday", "en", "Thursday"),
        (("12 Mei 2018", "id"), "May 21, 2018", "en", "May 12, 2018"),
        (("0,73 persen", "id"), "7.73 percent", "en", "0.73 percent"),
        (("25 lakh", "en"), "52 लाख", "hi", "25 लाख"),
    ],
)
def test_suggestions_are_in_the_style_of_the_translation(source, target, lang, expected):
    assert render(value(*source), value(target, lang), lang) == expected
