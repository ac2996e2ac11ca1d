"""JSON of content systems: every paragraph is read, in whatever form, or the file is refused."""

import json

import pytest

from mtcheck.errors import InputError
from mtcheck.readers import read_article


def read(value):
    article = read_article(json.dumps(value).encode(), "a.json")
    return [(part.name, part.span.text) for part in article.parts]


def body_of(body):
    return [text for name, text in read({"headline": "Judul", "body": body}) if name == "body"]


def test_a_paragraph_said_twice_is_there_twice():
    assert body_of(["Ya.", "Tidak.", "Ya."]) == ["Ya.", "Tidak.", "Ya."]
    assert body_of("Ya.\nTidak.\nYa.") == ["Ya.", "Tidak.", "Ya."]


def test_a_headline_under_two_names_is_one():
    assert read({"headline": "Judul", "title": "Judul", "body": "Isi."}) == [
        ("headline", "Judul"),
        ("body", "Isi."),
    ]


@pytest.mark.parametrize(
    "body",
    [
        [{"type": "paragraph", "data": {"text": "Satu <b>dua</b> tiga."}}, {"text": "Empat."}],
        {"blocks": [{"type": "unstyled", "text": "Satu dua tiga."}, {"text": "Empat."}]},
        {
            "type": "doc",
            "content": [
                {
                    "type": "paragraph",
                    "content": [
                        {"type": "text", "text": "Satu"},
                        {"type": "hardBreak"},
                        {"type": "text", "marks": [{"type": "bold"}], "text": "du"},
                        {"type": "text", "text": "a tiga."},
                    ],
                },
                {"type": "heading", "content": [{"type": "text", "text": "Empat."}]},
            ],
        },
        {
            "nodeType": "document",
            "content": [
                {
                    "nodeType": "paragraph",
                    "content": [
                        {"nodeType": "text", "value": "Satu "},
                        {"nodeType": "hyperlink", "content": [{"value": "dua"}]},
                        {"nodeType": "text", "value": " tiga."},
                    ],
                },
                {"nodeType": "heading-2", "content": [{"nodeType": "text", "value": "Empat."}]},
            ],
        },
        [
            {"_type": "block", "children": [{"text": "Satu "}, {"text": "dua tiga."}]},
            {"_type": "block", "children": [{"text": "Empat."}]},
        ],
        "Satu <i>dua</i> tiga.\nEmpat.",
        "<p>Satu dua\ntiga.</p><p>Empat.</p>",
    ],
    ids=["editor.js", "draft.js", "prosemirror", "contentful", "portable", "inline", "html"],
)  # fmt: skip
def test_rich_text_keeps_its_paragraphs(body):
    assert body_of(body) == ["Satu dua tiga.", "Empat."]


def test_what_only_looks_like_markup_is_text():
    assert body_of("Jika a < b & c > d, R&D; selesai.") == ["Jika a < b & c > d, R&D; selesai."]


def test_the_fields_that_wordpress_gives():
    assert read(
        {
            "title": {"rendered": "Satu &#8211; dua"},
            "excerpt": {"rendered": "<p>Ringkas</p>"},
            "content": {"rendered": "<p>Isi.</p>", "protected": False},
        }
    ) == [("headline", "Satu – dua"), ("standfirst", "Ringkas"), ("body", "Isi.")]


def test_an_article_under_the_name_of_a_body():
    expected = [("headline", "Judul"), ("body", "Isi.")]
    assert read({"data": {"content": {"title": "Judul", "body": "Isi."}}}) == expected


@pytest.mark.parametrize(
    "field",
    [{"story_text": "kata " * 30}, {"chunks": [{"p": "kata " * 30}]}, {"body": [{"x": "Isi."}]}],
)
def test_a_text_that_would_go_unread_is_refused(field):
    with pytest.raises(InputError, match=f"not understood under {next(iter(field))}: give"):
        read({"headline": "Judul", **field})


def test_a_headline_with_a_picture_is_an_article():
    picture = {"type": "picture", "description_text": "kata " * 40}
    assert read({"headline": "Judul", "body": [], "associations": {"main": picture}}) == [
        ("headline", "Judul"),
        ("caption", " ".join(["kata"] * 40)),
    ]


def test_names_of_fields_stay_in_one_line():
    with pytest.raises(InputError) as caught:
        read({"a\nb\u001b[31m": 1})
    assert str(caught.value).isprintable()
