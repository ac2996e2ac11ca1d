import pytest

from mtcheck.text.reading import read_side
from mtcheck.text.segmentation import MAX_SENTENCE, paragraphs


def cut(text, lang):
    return [s.span.text for s in read_side(text, lang).sentences]


@pytest.mark.parametrize(
    ("lang", "expected"),
    [
        ("en", ["Mr. Khan met Dr. Shah on Jan. 5.", "He left at 5 p.m. and slept."]),
        ("en", ["The U.S. court ruled.", "Was it fair?", "Nobody knows!"]),
        ("en", ["“We will go.”", "He went."]),
        ("en", ["J. R. Smith spoke.", "They listened."]),
        ("id", ["Letjen. Budi dan H. Amir hadir.", "Mereka pulang."]),
        ("fr", ["M. Dupont est arrivé.", "Il a dit « oui ».", "Elle part."]),
        ("de", ["Dr. Weber kam am 3. Mai.", "Er ging, d.h. er floh."]),
        ("ru", ["В 2020 г. суд закрылся.", "Он не открылся."]),
        ("es", ["El Sr. López habló.", "¿Quién escuchó?", "Nadie."]),
        ("ar", ["قال الوزير ذلك.", "هل يعود؟", "لا أحد يعلم."]),
    ],
)
def test_sentences(lang, expected):
    assert cut(" ".join(expected), lang) == expected


@pytest.mark.parametrize(
    ("lang", "expected"),
    [
        ("zh", ["法院今天开庭。", "他说：“我们会上诉。”", "结果如何？"]),
        ("ja", ["裁判所は今日開かれた。", "「控訴する。」と彼は言った。", "結果は？"]),
    ],
)
def test_unspaced_sentences(lang, expected):
    assert cut("".join(expected), lang) == expected


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r", "\u2028", "\u2029", "\x85", "\n \t\n"])
def test_paragraphs_end_at_any_line_break(newline):
    text = f"  One{newline}Two  "
    assert [text[a:b] for a, b in paragraphs(text)] == ["One", "Two"]


def test_a_headline_without_full_stop_is_its_own_sentence():
    side = read_side("Court rejects plea\nThe court said no.", "en")
    assert [s.paragraph for s in side.sentences] == [0, 1]


def test_endless_text_is_cut_at_blanks():
    text = "word " * 2_000
    parts = cut(text, "en")
    assert len(parts) > 1
    assert max(map(len, parts)) <= MAX_SENTENCE
    assert " ".join(parts) == text.strip()


def test_an_unlisted_language_is_cut_too():
    assert cut("Abc def. Ghi jkl.", "und") == ["Abc def.", "Ghi jkl."]
