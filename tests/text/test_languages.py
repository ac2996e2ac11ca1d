import pytest

from mtcheck.errors import InputError
from mtcheck.text.detection import MIN_LETTERS, detect
from mtcheck.text.languages import (
    ENCODER_LANGUAGES,
    canonical_tag,
    display_name,
    language,
    lookalikes,
    primary,
)

TEXTS = {
    "en": "The ministry said on Tuesday that the bridge would be closed for three weeks of work.",
    "id": "Kementerian mengatakan pada hari Selasa bahwa jembatan itu akan ditutup tiga pekan.",
    "fr": "Le ministère a indiqué mardi que le pont serait fermé pendant trois semaines.",
    "es": "El ministerio dijo el martes que el puente estará cerrado durante tres semanas.",
    "de": "Das Ministerium teilte am Dienstag mit, dass die Brücke drei Wochen gesperrt bleibt.",
    "ru": "Министерство сообщило во вторник, что мост будет закрыт на три недели для ремонта.",
    "ar": "قالت الوزارة يوم الثلاثاء إن الجسر سيغلق لمدة ثلاثة أسابيع بسبب أعمال الصيانة.",
    "zh": "该部周二表示，这座桥将因维修关闭三个星期，请市民绕行。",
    "ja": "同省は火曜日、橋は補修のため三週間通行止めになると発表した。",
    "th": "กระทรวงระบุเมื่อวันอังคารว่าสะพานจะปิดสามสัปดาห์",
    "ko": "국토부는 화요일 다리가 보수 공사로 삼 주 동안 폐쇄된다고 밝혔다.",
}


@pytest.mark.parametrize("lang", TEXTS)
def test_detection(lang):
    found = detect(TEXTS[lang])
    assert found.lang == lang
    assert not found.contradicts(lang)


def test_detection_answers_the_same_every_time():
    texts = [*TEXTS.values(), "Bank Dunia Jakarta Surabaya Bandung Medan", "Karachi Sindh Lahore"]
    first = [detect(text) for text in texts]
    for _ in range(5):
        assert [detect(text) for text in reversed(texts)] == first[::-1]


def test_a_name_is_no_evidence():
    found = detect("Bank Indonesia")
    assert found.n_letters < MIN_LETTERS
    assert (found.lang, found.sure) == (None, False)
    assert not found.contradicts("zh")


def test_a_script_is_evidence_even_in_short_texts():
    assert detect("東京の橋").lang == "ja"
    assert detect("กรุงเทพ").lang == "th"


def test_no_letters():
    assert detect("123 … !").lang is None


def test_confirming_an_expected_language_agrees_with_detecting_it():
    assert detect(TEXTS["en"], expected="en").lang == detect(TEXTS["en"]).lang


def test_contradiction_spares_lookalikes():
    found = detect(TEXTS["id"])
    assert found.sure
    assert not found.contradicts("ms")
    assert found.contradicts("en")


@pytest.mark.parametrize(
    ("tag", "expected"),
    [
        ("en", "en"), ("EN", "en"), ("zh-hant", "zh-Hant"), ("zh_hant_tw", "zh-Hant-TW"),
        ("pt-br", "pt-BR"), (" id ", "id"),
    ],
)  # fmt: skip
def test_canonical_tags(tag, expected):
    assert canonical_tag(tag) == expected


@pytest.mark.parametrize("tag", ["xx-unknown", "english", "", "e", "12", "-", "en-", "zz"])
def test_unknown_tags(tag):
    with pytest.raises(InputError, match="unknown language tag") as caught:
        canonical_tag(tag)
    assert "\n" not in str(caught.value)


def test_primary_and_names():
    assert primary("zh-Hant-TW") == "zh"
    assert display_name("id") == "Indonesian"
    assert display_name("pt-BR") == "Portuguese"
    assert lookalikes("id", "ms-MY")
    assert not lookalikes("id", "en")


def test_facts_by_region_and_by_default():
    assert language("zh-Hant").spaced is False
    assert language("fr-CA").elisions
    assert language("fi").spaced
    assert not language("ka").cased
    assert {"id", "en", "zh", "ja", "ar", "fr", "es", "ru", "de"} <= ENCODER_LANGUAGES
