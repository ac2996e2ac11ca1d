"""What readers decide where a file leaves it open, and what they name instead of dropping it."""

import json

import pytest

from mtcheck.cli.many import open_articles
from mtcheck.config import Config
from mtcheck.document import Part
from mtcheck.errors import InputError
from mtcheck.readers import (
    Article,
    Problem,
    is_bilingual,
    join,
    read_article,
    read_documents,
    read_folders,
    registry,
    xliff,
)
from mtcheck.readers.article import ArticleBuilder


def parts_of(data, name):
    article = read_article(data.encode(), name)
    return [(part.name, part.span.text) for part in article.parts]


def xliff_1(units, name="a.xlf"):
    frame = '<xliff version="1.2"><file source-language="id" target-language="en"><body>'
    return list(read_documents(f"{frame}{units}</body></file></xliff>".encode(), name))


def unit(source, target="x", attributes="id='1'"):
    return (
        f"<trans-unit {attributes}><source>{source}</source><target>{target}</target></trans-unit>"
    )


@pytest.mark.parametrize(
    ("inside", "text"),
    [
        ('satu<x id="1"/>dua', "satu dua"),
        ('satu<ph id="1">{1}</ph>, dua', "satu, dua"),
        ('Halo <ph id="1" equiv-text="Budi">{1}</ph>!', "Halo Budi!"),
        ('satu<ph id="1" equiv-text="&lt;b&gt;"/> dua', "satu dua"),
        ('satu<x id="1" ctype="lb"/>.dua', "satu .dua"),
    ],
)
def test_codes_that_stand_for_something(inside, text):
    (document,) = xliff_1(unit(inside))
    assert document.source == text


@pytest.mark.parametrize(
    "attributes", ["resname='cms:headline'", "restype='x:title'", "id='HEADLINE'"]
)
def test_a_unit_says_its_part(attributes):
    (document,) = xliff_1(unit("Judul", attributes=attributes))
    assert [part.name for part in document.parts] == ["headline"]


def test_text_between_the_segments_of_a_unit_is_on_both_sides():
    data = (
        '<xliff version="2.0" srcLang="id" trgLang="en"><file id="1"><unit id="1">'
        "<segment><source>Satu</source><target>One</target></segment>"
        "<ignorable><source>(2)</source></ignorable>"
        "<segment><source>dua</source><target>two</target></segment></unit></file></xliff>"
    )
    (document,) = read_documents(data.encode(), "a.xlf")
    assert (document.source, document.target) == ("Satu (2) dua", "One (2) two")


def test_files_with_too_many_elements_are_refused(monkeypatch):
    monkeypatch.setattr(xliff, "MAX_ELEMENTS", 5)
    with pytest.raises(InputError, match="too large"):
        xliff_1(unit("x") * 3)


@pytest.mark.parametrize("stated", ["id", "ID", "", "*all*", "id-ID"])
def test_tmx_source_language(stated):
    data = (
        f'<tmx version="1.4"><header srclang="{stated}"/><body><tu>'
        '<tuv xml:lang="id"><seg>Satu.</seg></tuv><tuv xml:lang="en"><seg>One.</seg></tuv>'
        "</tu></body></tmx>"
    )
    (document,) = read_documents(data.encode(), "a.tmx")
    assert (document.source_lang, document.source) == ("id", "Satu.")


def test_json_with_a_translation_alone_is_no_pair():
    assert not is_bilingual(b'{"translation": "x", "body": "y"}')
    assert is_bilingual(b'{"src": "x", "mt": "y"}')


def test_languages_of_a_line():
    article = {"language": "ms", "body": "Isi."}
    rows = [
        {"source": article, "target": "x"},
        {"source": article, "target": "x", "source_lang": "id"},
        {"source": article, "target": "x", "source_lang": 3},
    ]
    first, second, third = read_documents("\n".join(map(json.dumps, rows)).encode(), "a.jsonl")
    assert (first.source_lang, second.source_lang) == ("ms", "id")
    assert str(third) == "a.jsonl:3: the language of the source is no text"


def test_a_pair_that_cannot_be_read_and_a_folder_without_files(tmp_path):
    for side in ("a", "b"):
        (tmp_path / side).mkdir()
        (tmp_path / side / "x.txt").write_text("teks")
        (tmp_path / side / "y.txt").write_text("" if side == "b" else "teks")
    document, problem = sorted(
        read_folders(tmp_path / "a", tmp_path / "b"), key=lambda item: isinstance(item, Problem)
    )
    assert document.id == "x.txt"
    assert (problem.name, "is empty" in problem.reason) == ("y.txt", True)
    (tmp_path / "c").mkdir()
    with pytest.raises(InputError, match="no files in it"):
        read_folders(tmp_path / "a", tmp_path / "c")


def test_encodings_of_pages():
    page = "<html><article><h1>Judul</h1><p>Café über naïve señor.</p></article></html>"
    for data in (page.encode("utf-16"), page.encode("utf-8-sig")):
        assert "Café über naïve señor." in read_article(data, "a.html").text
        assert "Café über naïve señor." in read_article(data, "").text
    declared = page.replace("<article>", "<meta charset=iso-8859-1><article>")
    with pytest.raises(InputError, match="declares iso-8859-1 and is UTF-8"):
        read_article(declared.encode(), "a.html")


def test_scripts_are_no_text():
    data = {"body_html": "<p>Satu<script>x()</script> dua<style>p{}</style>.</p>"}
    assert parts_of(json.dumps(data), "a.json") == [("body", "Satu dua.")]


def test_one_item_each():
    item = "<newsItem><contentSet><inlineXML><p>Isi.</p></inlineXML></contentSet></newsItem>"
    assert parts_of(f"<newsMessage>{item}</newsMessage>", "a.xml") == [("body", "Isi.")]
    with pytest.raises(InputError, match="2 news items in one file"):
        read_article(f"<newsMessage>{item * 2}</newsMessage>".encode(), "a.xml")


def test_bilingual_files_are_bounded(monkeypatch):
    monkeypatch.setattr(registry, "MAX_BILINGUAL_BYTES", 2_000_000)
    with pytest.raises(InputError, match="larger than 2 MB"):
        read_documents(b" " * 2_000_001, "a.jsonl")


def test_of_a_body_in_two_forms_the_text_is_read():
    data = {"body_html": "<p>Isi.</p>", "body": "Isi."}
    assert parts_of(json.dumps(data), "a.json") == [("body", "Isi.")]


def test_associated_articles_are_other_articles():
    data = {
        "body": "Isi.",
        "associations": {
            "a": {"type": "text", "headline": "Berita lain"},
            "b": {"type": "picture", "headline": "Gambar"},
        },
    }
    assert parts_of(json.dumps(data), "a.json") == [("body", "Isi."), ("caption", "Gambar")]


def built(*blocks):
    builder = ArticleBuilder()
    for name, text in blocks:
        builder.add(name, text)
    return builder.finish()


def test_stretches_of_parts_are_paired():
    source = built(("body", "aa"), ("body", "bb"), ("caption", "c"), ("body", "dd"))
    target = built(("body", "AAAA"), ("caption", "C"), ("body", "DD"))
    assert join(source, target, "x").parts == (
        Part(name="body", source=(0, 6), target=(0, 4)),
        Part(name="caption", source=(8, 9), target=(6, 7)),
        Part(name="body", source=(11, 13), target=(9, 11)),
    )
    assert join(source, Article(text="x"), "x").parts[0] == Part(name="body", source=(0, 6))


def test_languages_of_the_command_line_outrank_the_file(tmp_path):
    path = tmp_path / "a.jsonl"
    path.write_text(
        '{"source": "x", "target": "y", "source_lang": "ms", "target_lang": "fr"}\n[]\n'
    )
    document, problem = open_articles(str(path), None, Config(source_lang="id")).items
    assert (document.source_lang, document.target_lang) == ("id", "fr")
    assert isinstance(problem, Problem)
    with pytest.raises(InputError, match="only one of SOURCE and TARGET"):
        open_articles("-", "-", Config())
