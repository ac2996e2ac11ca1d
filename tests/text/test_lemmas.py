import pytest

from mtcheck.text.lemmas import fold, lemma, readings, same_word
from mtcheck.text.words import function_words, is_content


@pytest.mark.parametrize(
    ("lang", "a", "b"),
    [
        ("en", "courts", "Court"),
        ("de", "Gerichte", "Gericht"),
        ("ru", "министерства", "министерство"),
        ("fr", "tribunaux", "tribunal"),
        ("es", "ministerios", "ministerio"),
        ("id", "kementeriannya", "Kementerian"),
        ("ar", "الوزارة", "وزارة"),
        ("zh", "法院", "法院"),
        ("en", "ＷＨＯ", "who"),
    ],
)
def test_forms_of_one_word_meet(lang, a, b):
    assert lemma(a, lang) == lemma(b, lang)


@pytest.mark.parametrize(
    ("lang", "a", "b"),
    [
        ("id", "kementerian", "menteri"),
        ("en", "court", "trial"),
        ("ru", "суд", "дело"),
        ("ar", "وزارة", "محكمة"),
    ],
)
def test_different_words_do_not_meet(lang, a, b):
    assert lemma(a, lang) != lemma(b, lang)
    assert not same_word(lemma(a, lang), lemma(b, lang), lang)


@pytest.mark.parametrize(
    ("lang", "a", "b"),
    [
        ("en", "court", "count"),
    ],
)
def test_look_alikes_are_different_words(lang, a, b):
    assert not same_word(lemma(a, lang), lemma(b, lang), lang)


def test_spelling_and_derivation_are_forgiven():
    assert same_word("defence", "defense", "en")
    assert same_word("pakistan", "pakistani", "en")
    assert same_word("وزارة", "لوزارة", "ar")


def test_readings_without_proclitic():
    assert readings("لوزار", "ar") == ("لوزار", "وزار")
    assert readings("court", "en") == ("court",)


def test_fold():
    assert fold("ÉTAT") == "état"
    assert fold("مُحَمَّد") == "محمد"
    assert fold("שָׁלוֹם") == "שלום"
    assert fold("a\u200bb") == "ab"
    assert fold("Ａ") == "a"


def test_function_words_are_no_content():
    assert {"the", "of", "and"} <= function_words("en")
    assert function_words("en-GB") == function_words("en")
    assert function_words("xx") == frozenset()
    assert is_content("court", "en")
    assert is_content("25", "en")
    assert not is_content("The", "en")
    assert not is_content("—", "en")


@pytest.mark.parametrize("acronym", ["WHO", "US", "IT"])
def test_an_acronym_that_spells_a_function_word_is_content(acronym):
    assert is_content(acronym, "en")
