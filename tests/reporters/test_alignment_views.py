"""The views of an alignment: nothing of the texts acts, nothing is lost, everything is said."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import lxml.etree
import lxml.html
import numpy as np
import pytest
from fakes import FakeEncoder, fake_alignment
from lxml.html import HtmlElement

from mtcheck import Checker
from mtcheck.alignment import Alignment
from mtcheck.errors import InputError
from mtcheck.reporters.alignment_html import render_fragment, render_page
from mtcheck.reporters.alignment_rows import rows_of, tally
from mtcheck.reporters.heat_map import MOST_WORDS

WORDS = {"rumah": "house", "merah": "red", "kucing": "cat", "tidur": "sleeps", "besar": "big"}


def bare(text: str) -> str:
    return re.sub(r"\s+", "", text)


def parsed(html: str) -> HtmlElement:
    return lxml.html.document_fromstring(html.encode("utf-8"))


def cells(document: HtmlElement, lang: str) -> list[HtmlElement]:
    return document.xpath("//td[@lang=$lang]", lang=lang)


def shown(document: HtmlElement, lang: str) -> str:
    texts = [c.xpath(".//span[@class='mta-text']")[0].text_content() for c in cells(document, lang)]
    return bare("".join(texts))


@pytest.fixture
def simple() -> Alignment:
    source = "Rumah merah besar. Kucing tidur. Baris tanpa lawan kata apa pun sama sekali."
    return fake_alignment(source, "The red house big. The cat sleeps.", dictionary=WORDS)


@pytest.fixture
def hostile() -> Alignment:
    source = (
        '<script>alert(1)</script> "onclick=x" {{ 7 * 7 }} </style> &amp; \u202eabc\u2066 e\u0301'
    )
    return fake_alignment(
        source, source.replace("abc", "\u200bxyz 😀") + " \U0001f468\u200d\U0001f469"
    )


def test_counterparts_share_a_class_and_say_so(simple: Alignment) -> None:
    document = parsed(simple.to_html())
    (house,) = document.xpath("//label[.='Rumah']")
    number = re.search(r"\bi(\d+)\b", house.get("class")).group(1)
    (row,) = house.xpath("ancestor::tbody")
    lit = row.xpath(f".//label[contains(concat(' ', @class, ' '), ' a{number} ')]")
    assert [label.text for label in lit] == ["house"]
    assert house.get("title").startswith("house ")
    (key,) = document.xpath("//input[@id=$id]", id=house.get("for"))
    assert key.get("type") == "radio"
    assert "house" in key.get("aria-label")
    style = document.xpath("string(//style)")
    assert f":has(.i{number}:is(:hover, :focus)) .a{number}" in style


def test_every_link_lights_up_both_ways(checker: Checker, platform: Any) -> None:
    alignment = checker.align(platform.source, platform.sound, **platform.langs)
    document = parsed(alignment.to_html())
    found = 0
    for body, row in zip(document.xpath("//tbody"), rows_of([alignment]), strict=True):
        for own, strong, weak in (("i", "a", "z"), ("j", "b", "y")):
            labels = [label.get("class").split() for label in body.iter("label")]
            numbers = {c[0][1:] for c in labels if c[0][0] == own}
            lit = {c[1:] for classes in labels for c in classes[1:] if c[0] in {strong, weak}}
            assert numbers == lit
        partners = [c for label in body.iter("label") for c in label.get("class").split()[1:]]
        assert len(partners) == 2 * len(row.links)
        found += len(row.links)
    assert found == len(alignment.links)


@pytest.mark.parametrize("render", [lambda a: render_page([a]), render_fragment])
def test_nothing_of_the_texts_acts(hostile: Alignment, render: Any) -> None:
    html = render(hostile)
    document = parsed(html)
    assert not document.xpath("//script | //img | //iframe | //object | //form | //link | //@src")
    assert not document.xpath("//@*[starts-with(name(), 'on')]")
    assert "url(" not in html
    assert "@import" not in html
    assert "49" not in document.xpath("string(//td[@lang='id'])")
    assert "<script>alert(1)</script>" in document.xpath("string(//table)")
    assert "\u202e" not in html
    assert "\u2066" not in html


def test_both_texts_are_shown_whole(hostile: Alignment) -> None:
    document = parsed(hostile.to_html())
    for side, lang in ((hostile.source, "id"), (hostile.target, "en")):
        text = "".join(s.span.text for s in side.sentences)
        for character in "\u202e\u2066\U0001f468":
            text = text.replace(
                character, f"U+{ord(character):04X}" if character < "\U00010000" else character
            )
        assert shown(document, lang) == bare(text)


@pytest.mark.parametrize(
    ("langs", "directions"),
    [
        (("ar", "en"), ("rtl", "ltr")),
        (("en", "he"), ("ltr", "rtl")),
        (("ja", "fa"), ("ltr", "rtl")),
    ],
)
def test_language_and_direction(langs: tuple[str, str], directions: tuple[str, str]) -> None:
    document = parsed(fake_alignment("abc def.", "abc def.", langs).to_html())
    for lang, direction in zip(langs, directions, strict=True):
        assert [cell.get("dir") for cell in cells(document, lang)] == [direction]


def test_dropped_added_and_moved_are_said(checker: Checker, platform: Any) -> None:
    lines = [line for line in platform.sound.split("\n") if line]
    target = "\n".join([lines[0], lines[3], *lines[1:3], *lines[5:], "Nobody ever wrote this one."])
    alignment = checker.align(platform.source, target, **platform.langs)
    counted = tally(rows_of([alignment]))
    assert counted.dropped
    assert counted.added == 1
    assert counted.moved
    text, html = alignment.to_text(), parsed(alignment.to_html()).text_content()
    for out in (text, html):
        for word in ("dropped: no sentence", "added: no sentence", "moved: at another"):
            assert word in out
        assert f"{counted.dropped} sentences dropped" in " ".join(out.split())


def test_two_pictures_on_one_page_do_not_meet(simple: Alignment) -> None:
    other = fake_alignment("Kucing besar.", "Big cat.", dictionary=WORDS)
    ids = [set(re.findall(r'id="([^"]+)"', a._repr_html_())) for a in (simple, other)]
    assert ids[0]
    assert ids[1]
    assert not ids[0] & ids[1]
    names = [set(re.findall(r' name="([^"]+)"', a._repr_html_())) for a in (simple, other)]
    assert not names[0] & names[1]


def test_without_styles_the_keys_stay_hidden(simple: Alignment) -> None:
    document = parsed(simple._repr_html_())
    assert document.xpath("//input")
    assert not document.xpath("//input[not(ancestor::*[@hidden])]")


def test_an_article_stays_under_a_megabyte(checker: Checker) -> None:
    from conftest import load_article

    article = load_article("es-en-mining")
    assert len(article.source.split()) >= 600
    alignment = checker.align(article.source, article.sound, **article.langs)
    assert len(alignment.to_html().encode()) < 1_000_000
    assert len(alignment._repr_html_().encode()) < 700_000
    assert alignment.to_html() == alignment.to_html()


def test_what_is_too_much_is_left_out_and_said() -> None:
    rng = np.random.default_rng(5)
    words = "rumah merah kucing tidur besar kapal laut hujan pasar jalan".split()  # noqa: SIM905
    lines = [" ".join(rng.choice(words, 30)) + "." for _ in range(400)]
    alignment = fake_alignment("\n".join(lines), "\n".join(lines), ("id", "en"))
    page, cell = alignment.to_html(), alignment._repr_html_()
    assert len(page.encode()) < 1_300_000
    assert len(cell.encode()) < 1_100_000
    document = parsed(page)
    assert "rows are shown as plain text" in document.text_content()
    assert shown(document, "id") == bare("".join(lines))


def test_a_row_too_wide_for_a_picture_says_so() -> None:
    text = " ".join(f"w{k}" for k in range(MOST_WORDS + 1))
    alignment = fake_alignment(text, text)
    picture = alignment.heat_map(0).svg
    assert f"{MOST_WORDS + 1} \u00d7 {MOST_WORDS + 1} words: too many for a picture" in picture
    assert "cannot be read" in parsed(alignment.to_html()).text_content()


# -------------------------------------------------------------------------------- the heat map

SVG = {"s": "http://www.w3.org/2000/svg"}


def test_a_heat_map_shows_words_and_values(simple: Alignment) -> None:
    picture = simple.heat_map(0)
    root = lxml.etree.fromstring(str(picture).encode("utf-8"))
    titles = root.xpath("//s:rect/s:title/text()", namespaces=SVG)
    assert any(re.fullmatch(r"Rumah – house: [01]\.\d\d", title) for title in titles)
    links = root.xpath("//s:rect[@class='l']", namespaces=SVG)
    block = simple.blocks[0]
    assert len(links) == sum(link.i in block.source_tokens for link in simple.links)
    assert len(root.xpath("//s:text[@class='r']", namespaces=SVG)) == picture.n_source
    assert len(root.xpath("//s:text[@class='k']", namespaces=SVG)) == picture.n_target
    assert picture._repr_svg_() == picture.svg


def test_labels_stay_inside_the_picture(checker: Checker, platform: Any) -> None:
    alignment = checker.align(platform.source, platform.sound, **platform.langs)
    root = lxml.etree.fromstring(alignment.heat_map(1).svg.encode("utf-8"))
    assert all(float(x) > 20 for x in root.xpath("//s:text[@class='r']/@x", namespaces=SVG))
    assert float(root.get("width")) >= 24 * alignment.heat_map(1).n_target


def test_a_hostile_heat_map_is_sound_xml(hostile: Alignment) -> None:
    root = lxml.etree.fromstring(hostile.heat_map(0).svg.encode("utf-8"))
    assert not root.xpath("//s:script", namespaces=SVG)
    assert "<U+202E>" in "".join(root.itertext())


def test_a_sentence_alone_has_no_grid_and_says_so(simple: Alignment) -> None:
    dropped = next(b.source[0] for b in simple.blocks if not b.target)
    assert "without a counterpart" in simple.heat_map(dropped).svg


@pytest.mark.parametrize(("sentence", "side"), [(99, "source"), (-1, "source"), (0, "middle")])
def test_heat_map_of_nothing(simple: Alignment, sentence: int, side: str) -> None:
    with pytest.raises(InputError):
        simple.heat_map(sentence, side=side)


def test_frame(simple: Alignment) -> None:
    frame = simple.to_frame()
    assert len(frame) == len(simple.links)
    row = frame.iloc[0]
    assert simple.source.text[row.source_start : row.source_end] == row.source
    assert simple.target.text[row.target_start : row.target_end] == row.target


def test_no_links_no_words() -> None:
    for alignment in Checker(encoder=FakeEncoder()).align_tokens(
        [([], []), ([], ["x"]), (["x"], [])]
    ):
        assert alignment.to_html().startswith("<!DOCTYPE")
        assert alignment._repr_html_()
        assert alignment.to_text()
        assert list(alignment.to_frame().columns)[:3] == ["i", "j", "score"]
    only = replace(alignment, blocks=())
    assert "0 pairs" in only.to_text()


def test_text_holds_no_control_and_keeps_to_its_width(hostile: Alignment) -> None:
    text = hostile.to_text(width=60)
    assert "<U+202E>" in text
    assert "\u202e" not in text
    assert max(map(len, text.splitlines())) <= 60
