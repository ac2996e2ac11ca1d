"""The HTML view: nothing of the texts acts, every issue is shown on the right words."""

from __future__ import annotations

import itertools
import re
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from importlib import resources

import lxml.html
import pytest
import sample
from lxml.html import HtmlElement

from mtcheck.document import Span
from mtcheck.issues import Severity
from mtcheck.ledger import Entry, Ledger
from mtcheck.report import NotChecked, Report
from mtcheck.reporters.html import render_fragment, render_page
from mtcheck.reporters.text import hidden, verdict

SAMPLES = ["clean", "english", "arabic", "japanese", "chinese", "hostile"]
VIEWS = [render_page, render_fragment]


def page(report: Report) -> HtmlElement:
    return lxml.html.document_fromstring(render_page(report).encode("utf-8"))


def words(element: HtmlElement) -> str:
    """Text of an element without the numbers and labels that the view adds."""
    parts: list[str] = []

    def walk(node: HtmlElement) -> None:
        classes = (node.get("class") or "").split()
        if not {"n", "mtc-caret"} & set(classes):
            parts.append(node.text or "")
            for child in node:
                walk(child)
                parts.append(child.tail or "")

    walk(element)
    return "".join(parts)


def bare(text: str) -> str:
    return re.sub(r"\s+", "", text)


def spelled(text: str) -> str:
    """What the page shows of a text: hidden characters as labels."""
    return "".join(f"U+{ord(c):04X}" if hidden(c) else c for c in text)


def side(document: HtmlElement, name: str) -> list[HtmlElement]:
    return [div for div in document.iter("div") if div.get("class") == f"mtc-text {name}"]


def marks(document: HtmlElement, name: str, number: int) -> list[HtmlElement]:
    found = [mark for cell in side(document, name) for mark in cell.iter("mark")]
    return [mark for mark in found if str(number) in (mark.get("data-issues") or "").split()]


def by_id(document: HtmlElement, name: str) -> HtmlElement:
    (element,) = document.xpath("//*[@id=$name]", name=name)
    return element


@pytest.mark.parametrize("name", SAMPLES)
@pytest.mark.parametrize("render", VIEWS)
def test_nothing_of_the_texts_acts(name: str, render: Callable[[Report], str]) -> None:
    html = render(getattr(sample, name)())
    document = lxml.html.document_fromstring(html.encode("utf-8"))
    assert not document.xpath("//script | //img | //iframe | //object | //form | //@onclick")
    assert not document.xpath("//@*[starts-with(name(), 'on')]")
    assert not document.xpath("//@src | //link")
    assert all(link.startswith("#") for link in document.xpath("//a/@href"))
    assert "url(" not in html
    assert "@import" not in html
    assert not [c for c in html if hidden(c)], "a control character reached the page"


@pytest.mark.parametrize("name", SAMPLES)
def test_both_texts_are_shown_whole(name: str) -> None:
    report = getattr(sample, name)()
    document = page(report)
    for key, text in (("source", report.source), ("target", report.target)):
        shown = "".join(words(cell) for cell in side(document, key))
        assert bare(shown) == bare(spelled(text))


def test_ten_thousand_combining_marks_are_plain_text() -> None:
    (cell,) = side(page(sample.hostile()), "target")
    assert "\u0301" * 10_000 in words(cell)


def test_markup_stays_text_in_every_field() -> None:
    document = page(sample.hostile())
    card = by_id(document, "issue-1")
    assert "name</h3><script>" in card.text_content()
    assert '"><img src=x onerror=alert(1)>' in card.text_content()
    assert "{{ 7 * 7 }}" in card.text_content()
    assert by_id(document, "ledger").getparent().text_content().count("{% raw %}") == 2


@pytest.mark.parametrize("name", ["english", "arabic", "japanese", "chinese"])
def test_every_issue_has_a_card_and_marks_on_its_words(name: str) -> None:
    report = getattr(sample, name)()
    document = page(report)
    for number, issue in enumerate(report.issues, 1):
        card = by_id(document, f"issue-{number}")
        text = card.text_content()
        for part in (issue.name, issue.code, str(issue.severity), issue.category):
            assert part in text
        assert bare(issue.message) in bare(text)
        assert all(suggestion in text for suggestion in issue.suggestions)
        targets = [span for span in (issue.target, *issue.related) if span is not None]
        for key, spans in (("source", [issue.source]), ("target", sorted(targets))):
            wanted = "".join(span.text for span in spans if span is not None)
            shown = "".join(words(mark) for mark in marks(document, key, number))
            assert bare(shown) == bare(wanted), (number, key)


@pytest.mark.parametrize("render", VIEWS)
@pytest.mark.parametrize("name", SAMPLES)
def test_every_link_leads_somewhere(name: str, render: Callable[[Report], str]) -> None:
    document = lxml.html.document_fromstring(render(getattr(sample, name)()).encode("utf-8"))
    ids = document.xpath("//@id")
    assert len(ids) == len(set(ids))
    assert {link[1:] for link in document.xpath("//a/@href")} <= set(ids)
    named = document.xpath("//@aria-labelledby")
    assert set(named) <= set(ids)


def test_a_card_leads_to_its_words_and_back() -> None:
    report = sample.english()
    document = page(report)
    card = by_id(document, "issue-1")
    for number, span in enumerate(report.issues[0].related, 1):
        assert f"#t1-{number}" in card.xpath(".//a/@href")
        assert words(by_id(document, f"t1-{number}")) == span.text
    assert words(by_id(document, "t1")) == "Interior Ministry"
    assert by_id(document, "t1").xpath(".//a/@href") == ["#issue-1"]


def test_overlapping_spans_share_pieces() -> None:
    document = page(sample.english())
    pieces = {
        mark.get("data-issues"): words(mark)
        for mark in marks(document, "target", 4) + marks(document, "target", 5)
    }
    assert pieces == {"5": "told the high", "4 5": "trial"}
    (both,) = marks(document, "target", 4)
    assert both.xpath(".//a/text()") == ["4", "5"]
    assert "s-critical" in both.get("class").split(), "the worst severity shows"


def test_spans_that_cross_are_cut_in_three() -> None:
    text = "one two three four five"
    report = sample.report(
        "satu",
        text,
        [
            sample.issue("A", "a", "m", None, sample.at(text, "one two three")),
            sample.issue("B", "b", "m", None, sample.at(text, "two three four")),
            sample.issue("C", "c", "m", None, sample.at(text, "two three four")),
        ],
    )
    found = [(m.get("data-issues"), words(m)) for m in side(page(report), "target")[0].iter("mark")]
    assert found == [("1", "one"), ("1 2 3", "two three"), ("2 3", "four")]


def test_a_mark_over_two_paragraphs_is_numbered_in_both() -> None:
    source, target = "Satu.\n\nDua.", "One.\n\nTwo."
    whole = Span.of(target, 0, len(target))
    report = sample.report(
        source,
        target,
        [sample.issue("A", "a", "m", None, whole)],
        paragraphs=sample.blocks(source, target),
    )
    found = marks(page(report), "target", 1)
    assert [words(mark) for mark in found] == ["One.", "Two."]
    assert all(mark.xpath(".//a/text()") == ["1"] for mark in found)


def test_a_place_between_characters_is_visible() -> None:
    document = page(sample.english())
    mark = by_id(document, "t3")
    assert mark.xpath(".//*[@class='mtc-caret']/text()") == ["\u2038"]
    assert mark.getprevious() is not None
    before = "".join(mark.xpath("preceding-sibling::node()/descendant-or-self::text()"))
    assert before.endswith("This is for security")
    assert "\u2038" in by_id(document, "issue-3").text_content()


@pytest.mark.parametrize("where", [0, 4, 5, 6, 10])
def test_a_place_at_any_border_is_shown_once(where: int) -> None:
    source, target = "Satu.\n\nDua.", "One.\n\nTwo."
    report = sample.report(
        source,
        target,
        [sample.issue("A", "a", "m", None, Span.of(target, where, where))],
        paragraphs=sample.blocks(source, target),
    )
    assert len(marks(page(report), "target", 1)) == 1


def test_paragraphs_stand_level_and_a_dropped_one_shows() -> None:
    rows = page(sample.english()).xpath("//div[@class='mtc-pair']")
    assert len(rows) == 5
    shown = [
        tuple(words(cell).split()[0:2] for cell in row.xpath("./div/*[last()]")) for row in rows
    ]
    assert shown[1] == (["Kementerian", "Dalam"], ["Pakistan's", "Ministry"])
    assert shown[3] == (["Warga", "mengeluh."], ["No", "counterpart"])
    assert shown[4] == (["Kementerian", "Dalam"], ["The", "Ministry"])


@pytest.mark.parametrize(
    "paragraphs",
    [
        (),
        (((0, 5), (0, 4)),),  # the rest stands in no pair
        (((7, 11), (6, 10)),),
        (((0, 5), (0, 0)), ((0, 0), (6, 10))),
        (((0, 5), (6, 10)), ((7, 11), (0, 4))),  # crossed
        (((0, 9), (0, 4)), ((7, 11), (6, 10))),  # overlapping
        (((0, 5), (0, 400)),),  # outside
        (((5, 0), (0, 4)),),
        (((1, 3), (2, 3)),),
    ],
)
def test_no_text_is_lost_whatever_the_pairs(paragraphs: object) -> None:
    source, target = "Satu.\n\nDua.", "One.\n\nTwo."
    report = sample.report(source, target, paragraphs=paragraphs)
    document = page(report)
    for key, text in (("source", source), ("target", target)):
        shown = "".join(words(cell) for cell in side(document, key))
        assert sorted(bare(shown)) == sorted(bare(text))
    assert "empty" not in document.xpath("//div[@class='mtc-texts']")[0].text_content()


def test_what_was_not_checked_is_shown_and_marked() -> None:
    report = sample.english()
    document = page(report)
    (box,) = document.xpath("//section[contains(@class, 'mtc-skipped')]")
    for item in report.not_checked:
        assert item.stage in box.text_content()
        assert item.reason in box.text_content()
    (mark,) = by_id(document, "n1-1").xpath("ancestor-or-self::mark")
    assert words(mark) == "Warga mengeluh."
    assert "#skipped-1" in mark.xpath(".//a/@href")
    assert "93.5%" in document.xpath("//dl[@class='mtc-counts']")[0].text_content()
    assert not box.xpath("ancestor-or-self::details"), "never folded away"


@pytest.mark.parametrize("gap", ["coverage", "not_checked"])
def test_an_incomplete_check_is_never_called_clean(gap: str) -> None:
    whole = sample.clean()
    assert "everything could be checked" in page(whole).text_content()
    report = (
        replace(whole, coverage=0.99996)
        if gap == "coverage"
        else replace(whole, not_checked=(NotChecked("encoder", "no weights"),))
    )
    assert "incomplete" not in page(whole).findtext("head/title")
    assert "incomplete" in page(report).findtext("head/title")
    text = page(report).find("body").text_content()
    assert "everything could be checked" not in text
    assert "Incomplete" in verdict(report)
    assert verdict(report) in text
    if gap == "coverage":
        assert "99.9%" in text
        assert "100%" not in text


def test_an_empty_report_is_a_page() -> None:
    report = Report("", "", "id", "en", (), (), 0.0, Ledger(), {})
    document = page(report)
    assert document.text_content().count("The text is empty.") == 2
    assert "Incomplete" in document.text_content()


@pytest.mark.parametrize("blank", ["", " \n"])
def test_a_place_in_an_empty_text_can_still_be_reached(blank: str) -> None:
    found = sample.issue("A", "a", "m", Span(0, 0, ""), Span(0, 3, "One"))
    for paragraphs in ((), (((0, 0), (0, 4)),)):
        report = sample.report(blank, "One.\n\nTwo.", [found], paragraphs=paragraphs)
        document = page(report)
        assert {link[1:] for link in document.xpath("//a/@href")} <= set(document.xpath("//@id"))


@pytest.mark.parametrize(
    ("name", "lang", "direction"),
    [
        ("english", "en", "ltr"),
        ("arabic", "ar", "rtl"),
        ("japanese", "ja", "ltr"),
        ("chinese", "zh-Hans", "ltr"),
    ],
)
def test_language_and_direction(name: str, lang: str, direction: str) -> None:
    document = page(getattr(sample, name)())
    assert document.get("lang") == "en"
    for cell in side(document, "target"):
        assert (cell.get("lang"), cell.get("dir")) == (lang, direction)
    for cell in side(document, "source"):
        assert (cell.get("lang"), cell.get("dir")) == ("id", "ltr")
    quotes = by_id(document, "issue-1").xpath(f".//*[@class='mtc-quote'][@lang='{lang}']/@dir")
    assert quotes == [direction] * len(quotes)
    assert quotes


@pytest.mark.parametrize(
    ("tag", "direction"),
    [
        ("ur", "rtl"),
        ("ku-Arab", "rtl"),
        ("az", "ltr"),
        ("az-Arab-IR", "rtl"),
        ("xx-nowhere", "auto"),
    ],
)
def test_direction_of_rarer_tags(tag: str, direction: str) -> None:
    report = replace(sample.clean(), target_lang=tag)
    assert [cell.get("dir") for cell in side(page(report), "target")] == [direction]


def test_quoted_words_of_a_message_are_isolated() -> None:
    message = by_id(page(sample.arabic()), "issue-1").xpath(".//p[@class='mtc-message']")[0]
    assert "وزارة الأديان" in [bdi.text for bdi in message.iter("bdi")]


def test_ledger_table() -> None:
    document = page(sample.english())
    (table,) = document.xpath("//table")
    assert all(th.get("scope") for th in table.iter("th"))
    rows = [[bare(cell.text_content()) for cell in row] for row in table.xpath("./tbody/tr")]
    assert rows[0] == [
        "KementerianDalamNegeri", "ORG", "4", "MinistryofHomeAffairs", "3", "expected", "majority",
    ]  # fmt: skip
    assert rows[1] == ["InteriorMinistry", "1", "competing", ""]
    assert rows[3][3:] == ["nonefound", "1", "nocounterpart", ""]


def test_an_expected_form_that_never_stands_there_is_named() -> None:
    clean = sample.clean()
    mention = sample.at(clean.source, "Jakarta")
    entry = Entry("Jakarta", "LOC", (mention,), (), "Djakarta", "termbase")
    (table,) = page(replace(clean, ledger=Ledger((entry,)))).xpath("//table")
    assert "Djakarta" in table.text_content()
    assert "termbase" in table.text_content()


def test_evidence_is_readable() -> None:
    document = page(sample.english())
    text = by_id(document, "issue-1").xpath(".//details")[0].text_content()
    assert "Expected because" in text
    assert "“Ministry of Home Affairs” (3×, at character " in text
    assert "{" not in text
    values = by_id(document, "issue-2").xpath(".//details//dd")
    assert [value.text_content() for value in values] == ["closing", "no", "none", "0.6667"]


def test_confidence_is_shown_or_said_to_be_missing() -> None:
    document = page(sample.english())
    assert "confidence 87%" in by_id(document, "issue-1").text_content()
    assert "confidence not calibrated" in by_id(document, "issue-2").text_content()
    assert "confidence 99%" in by_id(document, "issue-5").text_content()


def test_filters_name_what_they_hide() -> None:
    document = page(sample.english())
    style = document.xpath("//style/text()")[0]
    boxes = document.xpath("//input[@type='checkbox']")
    assert len(boxes) == 3 + 6, "severities and rules"
    assert all("checked" in box.attrib for box in boxes)
    for box in boxes:
        assert f"#{box.get('id')}:not(:checked)" in style
        assert box.getparent().tag == "label"
    assert not page(sample.arabic()).xpath("//input"), "one issue: nothing to choose"


@pytest.mark.parametrize("name", SAMPLES)
@pytest.mark.parametrize("render", VIEWS)
def test_headings_do_not_skip_a_level(name: str, render: Callable[[Report], str]) -> None:
    document = lxml.html.document_fromstring(render(getattr(sample, name)()).encode("utf-8"))
    levels = [int(h.tag[1]) for h in document.iter("h1", "h2", "h3", "h4", "h5", "h6")]
    assert levels[0] == (1 if render is render_page else 3)
    assert levels.count(levels[0]) == 1
    assert all(b - a <= 1 for a, b in itertools.pairwise(levels))


def test_a_fragment_keeps_to_itself() -> None:
    html = render_fragment(sample.english())
    assert not re.search(r"<(!doctype|html|head|body|title|meta)\b", html, re.I)
    document = lxml.html.fragment_fromstring(html)
    style = re.sub(r"/\*.*?\*/", "", document.xpath(".//style/text()")[0], flags=re.S)
    for selectors in re.findall(r"([^{}]+)\{", style):
        if not selectors.strip().startswith("@"):
            for selector in re.sub(r"\([^()]*(\([^()]*\)[^()]*)*\)", "", selectors).split(","):
                assert ".mtcheck" in selector, selector
    other = lxml.html.fragment_fromstring(render_fragment(sample.arabic()))
    assert not set(document.xpath(".//@id")) & set(other.xpath(".//@id"))


@pytest.mark.parametrize("render", VIEWS)
@pytest.mark.parametrize("name", SAMPLES)
def test_the_same_report_gives_the_same_page(name: str, render: Callable[[Report], str]) -> None:
    make = getattr(sample, name)
    assert render(make()) == render(make())


def test_a_hundred_issues_in_three_thousand_words_stay_under_a_megabyte() -> None:
    report = sample.large()
    assert len(report.issues) == 100
    assert len(report.source.split()) == 3000
    assert len(render_page(report).encode("utf-8")) < 1_000_000


def test_issues_that_all_overlap_stay_under_a_megabyte() -> None:
    whole = sample.large(0)
    found = [
        sample.issue("A", "a", "m", None, Span.of(whole.target, k * 40, len(whole.target) - k * 40))
        for k in range(100)
    ]
    report = replace(whole, issues=tuple(found))
    html = render_page(report)
    assert len(html.encode("utf-8")) < 1_000_000
    ids = set(lxml.html.document_fromstring(html.encode("utf-8")).xpath("//@id"))
    assert {f"t{k}" for k in range(1, 101)} <= ids


def test_a_surrogate_does_not_stop_the_page() -> None:
    for render in VIEWS:
        html = render(replace(sample.clean(), target="half \ud83d pair"))
        assert "U+D83D" in html
        html.encode("utf-8")


def _luminance(color: str) -> float:
    channels = [int(color[k : k + 2], 16) / 255 for k in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _contrast(one: str, other: str) -> float:
    dark, bright = sorted((_luminance(one), _luminance(other)))
    return (bright + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_colors_have_the_contrast_of_wcag_aa(theme: str) -> None:
    source = (
        resources.files("mtcheck").joinpath("reporters/templates/style.html").read_text("utf-8")
    )
    block = source.split(f"macro {theme}()")[1].split("endmacro")[0]
    color = dict(re.findall(r"--mt-([\w-]+): (#[0-9a-f]{6})", block))
    severities = [str(severity) for severity in Severity]
    pairs = [
        *(("ink", back) for back in ("paper", "quiet", "warn", "hatch")),
        *(("ink", f"{name}-tint") for name in severities),
        *((text, back) for text in ("muted", "link") for back in ("paper", "quiet")),
        ("link", "warn"),
        *((name, "paper") for name in severities),  # numbers: either way round
    ]
    low = {pair: _contrast(color[pair[0]], color[pair[1]]) for pair in pairs}
    assert all(ratio >= 4.5 for ratio in low.values()), low


def test_rendering_needs_neither_torch_nor_pandas() -> None:
    code = (
        "import sys; import mtcheck.reporters.html, mtcheck.reporters.text;"
        "sys.exit(bool({'torch', 'transformers', 'pandas'} & set(sys.modules)))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
