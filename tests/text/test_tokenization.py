import pytest

from mtcheck.text.tokenization import tokenize


def words(text, lang):
    ranges = tokenize(text, lang)
    assert all(0 <= a < b <= len(text) for a, b in ranges)
    return [text[a:b] for a, b in ranges]


@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [
        ("en", "The court's order, dated 3.5 May.", "The|court|'s|order|,|dated|3.5|May|."),
        ("en", "He won’t say they’re Khan’s.", "He|won|’t|say|they|’re|Khan|’s|."),
        ("en", "O'Brien left", "O'Brien|left"),
        ("fr", "L'État d’urgence aujourd'hui", "L'|État|d’|urgence|aujourd'hui"),
        ("fr", "qu’il jusqu'à", "qu’|il|jusqu'|à"),
        ("it", "dell'accordo", "dell'|accordo"),
        ("tr", "Ankara'nın kararı", "Ankara|'nın|kararı"),
        ("id", "anak-anak undang‑undang", "anak-anak|undang‑undang"),
        ("id", "2024-2025", "2024|-|2025"),
        ("en", "home-grown", "home|-|grown"),
        ("de", "Straße für Ämter", "Straße|für|Ämter"),
        ("ru", "Суд отклонил иск.", "Суд|отклонил|иск|."),
        ("ar", "قالت الوزارة، أمس.", "قالت|الوزارة|،|أمس|."),
        ("en", "\U0001f600\U0001f600 two words", "\U0001f600|\U0001f600|two|words"),
        ("en", "a\U00020000b end", "a|\U00020000|b|end"),
        ("fr", "e\u0301te\u0301 fini", "e\u0301te\u0301|fini"),
        ("th", "ศาลรัฐธรรมนูญ", None),
        ("ja", "最高裁判所が決めた。", None),
        ("zh", "最高法院驳回上诉。", None),
        ("zh", "\U00020000字在这里", None),
    ],
)
def test_words(lang, text, expected):
    found = words(text, lang)
    if expected is None:
        # No blank is lost and more than one word is found.
        assert "".join(found) == text
        assert len(found) > 1
    else:
        assert found == expected.split("|")


def test_emoji_do_not_move_what_follows():
    plain, moved = "Khan met them.", "\U0001f9d1\u200d\U0001f680\U0001f1ee\U0001f1e9 Khan met them."
    assert words(moved, "en")[-4:] == words(plain, "en")


@pytest.mark.parametrize(("lang", "name"), [("zh", "最高法院"), ("zh", "北京")])
def test_chinese_names_stay_whole(lang, name):
    assert name in words(f"他昨天在{name}发言。", lang)


@pytest.mark.parametrize("text", ["", " ", "\u3000\t", "\u00a0"])
@pytest.mark.parametrize("lang", ["en", "zh", "th", "id"])
def test_blanks_have_no_words(text, lang):
    assert words(text, lang) == []
