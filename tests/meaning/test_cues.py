import pytest

from mtcheck.meaning.cues import find_cues, has_negators, load_patterns, usual_negator
from mtcheck.text.reading import read_side


def negators(text, lang):
    return [cue.span.text for cue in find_cues(read_side(text, lang)) if cue.negates]


@pytest.mark.parametrize(
    ("text", "lang", "expected"),
    [
        ("He didn’t go and cannot stay.", "en", ["didn’t", "cannot"]),
        ("Not only rain but also wind.", "en", []),
        ("Tidak hanya hujan, angin pun tidak reda.", "id", ["tidak"]),
        ("他不仅来了，而且没有走。", "zh", ["没有"]),
        ("ولم يذهب الوزير.", "ar", ["لم"]),
        ("Nous ne sommes plus là.", "fr", ["ne sommes plus"]),
        ("Ничто не исключено.", "ru", ["Ничто"]),
    ],
)
def test_negators_and_idioms(text, lang, expected):
    assert negators(text, lang) == expected


def test_spans_slice_the_text():
    side = read_side("No news.  He never came;\nshe isn't here.", "en")
    cues = find_cues(side)
    assert cues
    assert all(side.text[c.span.start : c.span.end] == c.span.text for c in cues)


def test_a_language_without_a_list_has_no_cues():
    assert not has_negators("ko")
    assert find_cues(read_side("그는 가지 않았다.", "ko")) == ()
    assert usual_negator("ko") == "not"


def test_every_language_has_both_roles():
    assert all(set(roles) == {"negator", "hint"} for roles in load_patterns().values())
