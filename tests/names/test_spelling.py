import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mtcheck.names.acronyms import spells
from mtcheck.names.han import han_logit, is_pinyin
from mtcheck.names.knowledge import looks_japanese
from mtcheck.names.korean import is_korean_reading
from mtcheck.names.orthography import spelling_key
from mtcheck.names.parts import take_apart
from mtcheck.names.romanize import romanize
from mtcheck.names.scripts import script_of, symbols
from mtcheck.names.spelling import UNSEEN, compare_words, tables


@pytest.mark.parametrize(
    ("text", "script"),
    [
        ("Paris", "latin"),
        ("Москва", "cyrillic"),
        ("東京タワー", "han"),
        ("タワー", "kana"),
        ("서울", "hangul"),
        ("مصر", "arabic"),
        ("תל אביב", "hebrew"),
        ("दिल्ली", "devanagari"),
        ("ไทย", "thai"),
        ("42", None),
        ("🙂", None),
        ("", None),
    ],
)
def test_scripts(text, script):
    assert script_of(text) == script


@pytest.mark.parametrize(
    ("word", "roman"),
    [
        ("नरेन्द्र", "narendr"),
        ("मोदी", "modi"),
        ("จันทร์", "chan"),
        ("ジャカルタ", "jakaruta"),
        ("ファティマ", "fatima"),
        ("習近平", "xijinping"),
        ("ვლადიმერ", "vladimer"),
    ],
)
def test_romanize(word, roman):
    script = script_of(word)
    assert romanize("".join(symbols(word, script)), script)[:4] == roman[:4]


def test_every_table_is_learned_and_finite():
    names = "arabic cyrillic han hangul hebrew kana latin pinyin pivot roman"
    assert sorted(tables()) == names.split(" ")
    for table in tables().values():
        assert all(math.isfinite(v) for row in table.rows.values() for v in row.values())
        assert all(len(chunk) <= table.longest_latin for chunk in table.best_latin)


@pytest.mark.parametrize(
    ("word", "right", "wrong"),
    [
        ("lavrov", "лавров", "лебедев"),
        ("obama", "オバマ", "オオサカ"),
        ("merkel", "默克尔", "马克龙"),
        ("trump", "트럼프", "푸틴"),
        ("hassan", "حسن", "حسين"),
        ("rabin", "רבין", "פרס"),
    ],
)
def test_the_right_partner_fits_better(word, right, wrong):
    good = compare_words(word, "latin", right, script_of(right))
    bad = compare_words(word, "latin", wrong, script_of(wrong))
    assert good.odds > bad.odds
    assert good.worst > bad.worst or good.weak < bad.weak


words = st.text("abcdefghijklmnopqrstuvwxyz", min_size=1, max_size=12)
others = st.text("абвгдежзийклмнопрстуфхцчшэюя", min_size=1, max_size=12)


@settings(max_examples=100, deadline=None)
@given(latin=words, other=others)
def test_cuts_are_bounded_and_turn_with_their_words(latin, other):
    found = compare_words(latin, "latin", other, "cyrillic")
    assert found.worst >= UNSEEN - 1e-9
    # Only silent letters add to the best that a word could reach with any partner.
    assert found.odds <= found.left_best + 1e-9 + 5 * len(other)
    turned = compare_words(other, "cyrillic", latin, "latin")
    assert (turned.odds, turned.left_best, turned.n_left) == (
        found.odds, found.right_best, found.n_right,
    )  # fmt: skip


def test_pinyin():
    assert is_pinyin("xijinping", "习近平")
    assert is_pinyin("chongqing", "重庆")
    assert is_pinyin("lvbu", "吕布")
    assert is_pinyin("lubu", "吕布")
    assert not is_pinyin("xijinpin", "习近平")


@pytest.mark.parametrize(
    ("latin", "hangul", "fits"),
    [
        ("kimjongun", "김정은", True),
        ("parkgeunhye", "박근혜", True),
        ("yoonsukyeol", "윤석열", True),
        ("bongjoonho", "봉준호", True),
        ("kimjongil", "김정은", False),
        ("parkgeunhye", "박", False),
        ("trump", "트럼프", False),
    ],
)
def test_korean_names(latin, hangul, fits):
    assert is_korean_reading(latin, hangul) is fits


def test_other_characters_are_another_name():
    assert han_logit("习近平", "李克强") < -3
    assert -3 < han_logit("奥巴马", "欧巴马") < 0


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Soekarno", "Sukarno"),
        ("Djoko", "Joko"),
        ("Zelensky", "Zelenskyj"),
        ("Zelenskyy", "Zelenskiy"),
        ("Chrushchev", "Khrushchev"),
        ("Poutine", "Putine"),
        ("Wolodymyr", "Volodimir"),
    ],
)
def test_romanizations_of_one_name(a, b):
    assert spelling_key(a) == spelling_key(b)


@pytest.mark.parametrize(
    ("a", "b"), [("Prabowo", "Prabawo"), ("Austria", "Australia"), ("Ali", "Ala")]
)
def test_other_names_keep_other_keys(a, b):
    assert spelling_key(a) != spelling_key(b)


def test_japanese_syllables():
    assert all(
        map(looks_japanese, ["abe", "shinzo", "junichiro", "shimpei", "hattori", "ryunosuke"])
    )
    assert not any(map(looks_japanese, ["putin", "trump", "xi", "li", "jinping", "macron"]))


@pytest.mark.parametrize(
    ("acronym", "name", "lang", "fit"),
    [
        ("KPK", "Komisi Pemberantasan Korupsi", "id", 1),
        ("UN", "United Nations", "en", 1),
        ("DPR", "Dewan Perwakilan Rakyat", "id", 1),
        ("BBC", "British Broadcasting Corporation", "en", 1),
        ("KPU", "Komisi Pemberantasan Korupsi", "id", 0),
        ("CIA", "Federal Bureau of Investigation", "en", 0),
    ],
)
def test_initials(acronym, name, lang, fit):
    assert spells(acronym, take_apart(name, lang)) == fit
