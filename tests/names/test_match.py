import doctest
import random
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import mtcheck
from mtcheck import NameMatch, compare_names
from mtcheck.errors import InputError
from mtcheck.names import readings

SAME = [
    # equal strings and folding
    ("Prabowo Subianto", "id", "Prabowo Subianto", "en"),
    ("Recep Tayyip Erdoğan", "tr", "Recep Tayyip Erdogan", "en"),
    ("Ma'ruf Amin", "id", "Maruf Amin", "en"),
    ("習近平", "zh", "习近平", "zh"),
    ("澤田研二", "ja", "沢田研二", "ja"),
    # order, titles, degrees
    ("Smith, John", "en", "John Smith", "en"),
    ("Presiden Joko Widodo", "id", "President Joko Widodo", "en"),
    ("Drs. H. Muhammad Yusuf, M.Si.", "id", "Muhammad Yusuf", "en"),
    ("トランプ大統領", "ja", "Trump", "en"),
    ("도널드 트럼프가", "ko", "Donald Trump", "en"),
    # other scripts
    ("Joko Widodo", "id", "Джоко Видодо", "ru"),
    ("Xi Jinping", "en", "习近平", "zh"),
    ("Barack Obama", "en", "バラク・オバマ", "ja"),
    ("Narendra Modi", "en", "नरेन्द्र मोदी", "hi"),
    ("محمد", "ar", "Mohamed", "en"),
    ("Benjamin Netanyahu", "en", "בנימין נתניהו", "he"),
    ("Ursula von der Leyen", "en", "乌尔苏拉·冯德莱恩", "zh"),
    # inflection
    ("Vladimir Putin", "en", "Владимира Путина", "ru"),
    ("Moskow", "id", "Москве", "ru"),
    ("Ankara", "en", "Ankara'da", "tr"),
    ("Lavrov's", "en", "Lavrov", "id"),
    # gazetteer
    ("PBB", "id", "UN", "en"),
    ("PBB", "id", "ONU", "fr"),
    ("联合国", "zh", "الأمم المتحدة", "ar"),
    ("Jerman", "id", "Germany", "en"),
    ("Allemagne", "fr", "德国", "zh"),
    ("ドイツ", "ja", "Germany", "en"),
    ("AS", "id", "United States", "en"),
    ("RRT", "id", "China", "en"),
    ("Inggris", "id", "British", "en"),
    ("Prancis", "id", "french", "en"),
    ("Surabaya", "id", "泗水", "zh"),
    ("Komisi Pemberantasan Korupsi", "id", "KPK", "en"),
    ("Mahkamah Agung", "id", "Supreme Court", "en"),
    ("Universitas Airlangga", "id", "Airlangga University", "en"),
    ("Gunung Semeru", "id", "Mount Semeru", "en"),
    ("Kedutaan Besar Jerman", "id", "German Embassy", "en"),
    ("Kim Jong-un", "en", "김정은", "ko"),
    ("Park Geun-hye", "en", "박근혜", "ko"),
]  # fmt: skip

DIFFERENT = [
    ("Austria", "en", "Australia", "id"),
    ("Niger", "en", "Nigeria", "id"),
    ("Korea Utara", "id", "South Korea", "en"),
    ("Slovakia", "en", "Slovenia", "en"),
    ("Slowakei", "de", "Словения", "ru"),
    ("印度", "zh", "Indonesia", "en"),
    ("Fukushima", "en", "広島", "ja"),
    ("WHO", "en", "WTO", "en"),
    ("OMS", "fr", "WTO", "en"),
    ("John Smith", "en", "Peter Smith", "en"),
    ("John Smith", "en", "Питер Смит", "ru"),
    ("Larry King", "en", "Larry Page", "en"),
    ("Narendra Modi", "en", "राहुल गांधी", "hi"),
    ("习近平", "zh", "李克强", "zh"),
    ("Apollo 11", "en", "Apollo 13", "id"),
    ("Kementerian Luar Negeri", "id", "Interior Ministry", "en"),
    ("Kementerian Luar Negeri Korea Utara", "id", "South Korean Foreign Ministry", "en"),
    ("Komisi Pemberantasan Korupsi", "id", "BPK", "id"),
    ("Bank Indonesia", "id", "Bank of Japan", "en"),
    ("Gunung Semeru", "id", "Mount Merapi", "en"),
    ("Kim Jong Un", "en", "김정일", "ko"),
]  # fmt: skip


@pytest.mark.parametrize(("a", "lang_a", "b", "lang_b"), SAME)
def test_same_thing(a, lang_a, b, lang_b):
    match = compare_names(a, b, lang_a=lang_a, lang_b=lang_b)
    assert match.score > 0.8, match
    assert match == compare_names(b, a, lang_a=lang_b, lang_b=lang_a)


@pytest.mark.parametrize(("a", "lang_a", "b", "lang_b"), DIFFERENT)
def test_different_things(a, lang_a, b, lang_b):
    match = compare_names(a, b, lang_a=lang_a, lang_b=lang_b)
    assert match.score < 0.2, match
    assert match == compare_names(b, a, lang_a=lang_b, lang_b=lang_a)


def test_a_short_form_is_likely_but_not_sure():
    match = compare_names("Prabowo Subianto", "Prabowo", lang_a="id", lang_b="en")
    assert 0.5 < match.score < 0.9
    assert "Subianto" in match.reason


def test_one_wrong_letter_scores_below_a_known_romanization():
    wrong = compare_names("Prabowo", "Prabawo", lang_a="id", lang_b="en")
    old = compare_names("Soekarno", "Sukarno", lang_a="id", lang_b="en")
    assert wrong.score < 0.6 < old.score
    assert "romanization" in old.reason


def test_kanji_without_dictionary_abstain(monkeypatch):
    monkeypatch.setattr(readings, "_tokenizer", lambda: None)
    readings.kanji_readings.cache_clear()
    match = compare_names("石破茂", "Shigeru Ishiba", lang_a="ja", lang_b="en")
    assert match == NameMatch(
        score=0.4, reason="kanji without a dictionary of readings: pip install 'mtcheck[ja]'"
    )


def test_translated_names_abstain():
    match = compare_names("Universitas Gadjah", "University of the Elephant", lang_a="id",
                          lang_b="en")  # fmt: skip
    other = compare_names("Partai Keadilan dan Rakyat", "Party of Justice and People",
                          lang_a="id", lang_b="en")  # fmt: skip
    assert other.score == 0.4
    assert "ordinary words" in other.reason
    assert match.score > 0.02


@pytest.mark.parametrize(
    ("a", "b", "reason"),
    [
        ("Niger", "Nigeria", "Niger and Nigeria are different countries"),
        ("Germany", "german", "Germany and its adjective or inhabitants"),
        ("John Smith", "Peter Smith", "Smith fits, but John is not Peter"),
        ("Apollo 11", "Apollo 13", "numbers differ: 11, 13"),
        ("", "Paris", "a name without letters or digits"),
    ],
)
def test_reasons_name_the_fact(a, b, reason):
    assert compare_names(a, b, lang_a="en", lang_b="en").reason == reason


@pytest.mark.parametrize("value", [None, 3, b"Paris", ["Paris"]])
def test_not_a_string(value):
    with pytest.raises(InputError, match="pass a str"):
        compare_names(value, "Paris")
    with pytest.raises(InputError, match="pass a str"):
        compare_names("Paris", value)


def test_unknown_language():
    with pytest.raises(InputError):
        compare_names("Paris", "Paris", lang_a="not a language")


@pytest.mark.parametrize(
    ("a", "b", "low", "high"),
    [
        ("", "", 0, 0),
        ("🙂", "🙂", 0, 0),
        ("...", "Paris", 0, 0),
        ("9", "9", 0.9, 1),
        ("٩", "9", 0.9, 1),
        ("9/11", "Paris", 0, 0.1),
        ("a\u0301" * 200, "a" * 200, 0, 1),
        ("x" * 10_000, "x" * 10_000, 0.9, 1),
        ("x" * 10_000, "y" * 10_000, 0, 0.1),
        ("é " * 5_000, "北" * 10_000, 0, 0.1),
        ("\u200b\u200d", "\ufeff", 0, 0),
        ("\ud800", "Paris", 0, 0.2),
        ("van", "de", 0, 1),
        ("Mr", "Dr", 0, 1),
        ("ش", "س", 0, 1),
    ],
)
def test_odd_input(a, b, low, high):
    match = compare_names(a, b)
    assert low <= match.score <= high
    assert match == compare_names(b, a)


ALPHABETS = [
    "abcdefghijklmnopqrstuvwxyzäöüçşñ '-.AZ",
    "абвгдежзийклмнопрстуфхцчшщыэюя -",
    "ابتثجحخدذرزسشصضطعغفقكلمنهويةء ",
    "北京东西南北中国人大小天地田川本山李王張",
    "アイウエオカキクケコサシスセソタチツテトンャュョー・",
    "가나다라마바사아자차카타파하김이박 ",
    "नरेन्द्मोीहलगाँध ",
    "กขคงจชซดตถทนบปผพฟมยรลวสหอเแโไใ์ิีุูะา",
]  # fmt: skip
names = st.one_of(st.text(max_size=30), *(st.text(a, max_size=20) for a in ALPHABETS))
langs = st.sampled_from([None, "en", "id", "zh", "ja", "ar", "ru", "ko", "th", "hi", "fr", "tr"])


@settings(max_examples=300, deadline=None)
@given(a=names, b=names, lang_a=langs, lang_b=langs)
def test_any_strings(a, b, lang_a, lang_b):
    match = compare_names(a, b, lang_a=lang_a, lang_b=lang_b)
    assert 0 <= match.score <= 1
    assert match.reason
    assert "\n" not in match.reason
    assert match == compare_names(b, a, lang_a=lang_b, lang_b=lang_a)


@settings(max_examples=100, deadline=None)
@given(name=names, lang=langs)
def test_a_name_is_itself(name, lang):
    match = compare_names(name, name, lang_a=lang, lang_b=lang)
    assert match.score == (0.995 if any(c.isalnum() for c in name) else 0.0) or not any(
        c.isalnum() for c in name
    )


def test_an_initial_must_be_the_first_letter():
    right = compare_names("A. Kirk", "Alan Kirk")
    wrong = compare_names("A. Kirk", "Crookes Kirk")
    assert right.score > 0.7
    assert wrong.score < 0.3


def test_family_names_of_unspaced_names():
    assert 0.5 < compare_names("习近平", "Xi", lang_a="zh", lang_b="en").score < 0.9
    assert 0.5 < compare_names("김정은", "Kim", lang_a="ko", lang_b="en").score < 0.9
    assert compare_names("李克强", "Wang", lang_a="zh", lang_b="en").score < 0.1


def test_the_examples_of_the_docs():
    page = Path(__file__).parent.parent.parent / "docs" / "names.md"
    text = page.read_text("utf-8").replace("```", "")
    examples = doctest.DocTestParser().get_doctest(text, {}, "names.md", str(page), 0)
    done = doctest.DocTestRunner().run(examples)
    assert (done.attempted, done.failed) == (3, 0)


def test_frozen():
    match = compare_names("a", "b")
    with pytest.raises(AttributeError):
        match.score = 1


def test_public_and_light():
    assert "compare_names" in mtcheck.__all__
    code = (
        "import sys, mtcheck; mtcheck.compare_names('Jakarta', 'Djakarta', lang_a='id');"
        "print({'torch', 'transformers'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"


def test_order_of_calls_does_not_matter():
    pairs = [(a, la, b, lb) for a, la, b, lb in SAME[:8] + DIFFERENT[:8]]
    before = [compare_names(a, b, lang_a=la, lang_b=lb) for a, la, b, lb in pairs]
    shuffled = list(enumerate(pairs))
    random.Random(3).shuffle(shuffled)
    for number, (a, la, b, lb) in shuffled:
        assert compare_names(b, a, lang_a=lb, lang_b=la) == before[number]
