import pytest
from builders import SOURCE, TARGET

from mtcheck.errors import InputError
from mtcheck.validation import MAX_CHARACTERS, check_text, resolve_languages

OTHER = "The council met on Monday evening and spoke about the new school for an hour."


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (None, "NoneType, not text"),
        (b"bytes", "bytes, not text"),
        ("", "empty"),
        (" \n\t\u3000", "empty"),
        ("…!? — 。", "no word"),
        ("a" * (MAX_CHARACTERS + 1), "split it"),
        ("ab\x00", r"U\+0000 at position 2"),
        ("\udcff", r"U\+DCFF at position 0"),
        ("CafÃ© Ã¼ber naÃ¯ve seÃ±or", "Windows-1252"),
    ],
)
def test_a_text_that_cannot_be_an_article(text, words):
    with pytest.raises(InputError, match=words) as caught:
        check_text(text, "target")
    assert "the target" in str(caught.value)
    assert "\n" not in str(caught.value)


def test_an_article_comes_back_untouched():
    assert check_text(SOURCE, "source") is SOURCE
    assert check_text("a" * MAX_CHARACTERS, "source")
    assert check_text("2024", "source") == "2024"


def test_languages_are_detected_where_not_given():
    assert resolve_languages(SOURCE, TARGET, None, None) == ("id", "en")
    assert resolve_languages(SOURCE, TARGET, "ms", None) == ("ms", "en")
    assert resolve_languages(SOURCE, TARGET, "ID", "en_gb") == ("id", "en-GB")


@pytest.mark.parametrize(
    ("source", "target", "langs", "words"),
    [
        (TARGET, TARGET, (None, None), "same text"),
        (TARGET, OTHER, (None, None), "in one language .English, found"),
        (TARGET, OTHER, ("en", "en-GB"), "in one language .English, given"),
        (TARGET, OTHER, ("id", "en"), "the source looks like English too"),
        (TARGET, SOURCE, ("id", "en"), "exchanged"),
        (SOURCE, TARGET, ("id", "fr"), "the target looks like English, not French"),
        (SOURCE, TARGET, ("id", "qqq"), "unknown language tag 'qqq'"),
        ("Jakarta", TARGET, (None, "en"), "language of the source cannot be told"),
    ],
)
def test_languages_that_cannot_be(source, target, langs, words):
    with pytest.raises(InputError, match=words) as caught:
        resolve_languages(source, target, *langs)
    assert "\n" not in str(caught.value)
