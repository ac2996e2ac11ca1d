"""The terminal view: safe, inside its width, and honest about what was not looked at."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace

import pytest
import sample
from rich.cells import cell_len

from mtcheck.document import Span
from mtcheck.issues import Issue, Severity
from mtcheck.ledger import Ledger
from mtcheck.report import NotChecked, Report
from mtcheck.reporters.text import (
    CARET,
    LEAST_WIDTH,
    Snippet,
    confidence,
    hidden,
    percent,
    render_text,
    shortened,
    snippet,
    verdict,
    visible,
)

SAMPLES = ["clean", "english", "arabic", "japanese", "chinese", "hostile", "large"]
ANSI = re.compile(r"\x1b\[[0-9;]*m")


def flowed(text: str) -> str:
    return " ".join(text.split())


@pytest.mark.parametrize("color", [False, True])
@pytest.mark.parametrize("name", SAMPLES)
def test_no_control_character_reaches_the_terminal(name: str, color: bool) -> None:
    text = render_text(getattr(sample, name)(), color=color)
    if color:
        text = ANSI.sub("", text)
    bad = {c for c in text if c != "\n" and unicodedata.category(c) in {"Cc", "Cf", "Cs"}}
    assert not bad
    text.encode("utf-8")


def test_hidden_characters_are_spelled_out() -> None:
    text = render_text(sample.hostile())
    for label in ("<U+202E>", "<U+2066>", "<U+200F>", "<U+001B>", "<U+0000>", "<U+FEFF>"):
        assert label in text
    assert "\x1b" not in text


HIDDEN = (
    "0000 001B 007F 0085 009B 00AD 061C 200E 202A 202E 2028 2066 2069 FEFF FFFE FDD0 D800 E0041"
)


@pytest.mark.parametrize("code", HIDDEN.split())
def test_what_is_hidden(code: str) -> None:
    character = chr(int(code, 16))
    assert hidden(character)
    assert visible(f"a{character}b") == f"a<U+{code}>b"


@pytest.mark.parametrize("text", ["نمی‌خواهم", "क्‍ष", "👩‍🚀", "ខ្មែរ\u200bភាសា", "a b", "\u0600١"])
def test_spelling_is_left_alone(text: str) -> None:
    assert visible(text) == text


def test_piled_up_marks_are_counted() -> None:
    assert visible("a" + "\u0301" * 16) == "a" + "\u0301" * 16
    assert visible("a" + "\u0301" * 10_000) == "a" + "\u0301" * 16 + "<9,984 more marks>"


@pytest.mark.parametrize("width", [LEAST_WIDTH, 41, 60, 80, 100, 133])
@pytest.mark.parametrize("name", SAMPLES)
def test_lines_fit_the_width(name: str, width: int) -> None:
    for color in (False, True):
        text = ANSI.sub("", render_text(getattr(sample, name)(), color=color, width=width))
        for line in text.split("\n"):
            assert cell_len(line) <= width
            assert color or line == line.rstrip()


@pytest.mark.parametrize("start", ["\u200d\u200d", "\ufe0f", "\u200d\u5b57", "\u0301"])
def test_a_line_may_begin_with_what_joins(start: str) -> None:
    text = start + "<U+200F>" * 30
    report = sample.report("a", text, [sample.issue("A", "a", text, None, Span(0, 3, text[:3]))])
    for width in range(LEAST_WIDTH, 60):
        assert max(map(cell_len, render_text(report, width=width).split("\n"))) <= width


def test_a_narrower_width_is_not_taken() -> None:
    report = sample.japanese()
    assert render_text(report, width=1) == render_text(report, width=LEAST_WIDTH)


def test_wide_characters_use_the_line() -> None:
    lines = render_text(sample.japanese(), width=60).split("\n")
    assert max(cell_len(line) for line in lines) > 56


def test_each_issue_is_there_with_its_words() -> None:
    report = sample.english()
    text = flowed(render_text(report, width=200))
    for issue in report.issues:
        assert f"{str(issue.severity).upper()} · {issue.name} · {issue.code}" in text
        assert issue.message in text
    assert "Source: »Kementerian Dalam Negeri« Pakistan Memblokir X" in text
    assert "Translation: Pakistan's »Interior Ministry« Blocks X" in text
    assert "Suggestion: Ministry of Home Affairs Other places: 3" in text
    assert "Suggestions: court; tribunal" in text
    assert f"security{CARET}, the Ministry" in text
    assert "confidence 87%" in text
    assert "confidence not calibrated" in text


def test_issues_stand_under_the_paragraph_of_the_translation() -> None:
    text = render_text(sample.english())
    headings = re.findall(r"^(?:Paragraph \d+|Without a place).*", text, re.M)
    assert [heading[:11] for heading in headings] == ["Paragraph 1", "Paragraph 3", "Without a p"]
    third = text.split("Paragraph 3")[1].split("Without a place")[0]
    assert re.findall(r"^ +(\d) [A-Z]+ ·", third, re.M) == ["2", "3", "4", "5"]


def test_brackets_are_no_markup() -> None:
    target = "The [bold]minister[/bold] said [/] :smile: [link=http://x]y[/link]."
    found = sample.issue("A", "a", "see [red]this[/red]", None, sample.at(target, "minister"))
    text = render_text(sample.report("Menteri.", target, [found]), color=True)
    plain = ANSI.sub("", text)
    assert "[bold]minister[/bold] said [/] :smile: [link=http://x]y[/link]." in plain
    assert "see [red]this[/red]" in plain
    assert "\x1b]8" not in text


def test_color_underlines_the_marked_words() -> None:
    text = render_text(sample.english(), color=True)
    assert re.search(r"\x1b\[(?:\d+;)*4(?:;\d+)*mInterior Ministry\x1b\[0m", text)
    assert "»" not in text


def test_the_environment_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    report = sample.english()
    before = [render_text(report, color=color) for color in (False, True)]
    for name, value in (
        ("NO_COLOR", "1"),
        ("COLUMNS", "30"),
        ("TERM", "dumb"),
        ("FORCE_COLOR", "1"),
    ):
        monkeypatch.setenv(name, value)
    assert [render_text(report, color=color) for color in (False, True)] == before


@pytest.mark.parametrize("name", SAMPLES)
def test_the_same_report_gives_the_same_text(name: str) -> None:
    make = getattr(sample, name)
    assert render_text(make()) == render_text(make())


def test_the_end_says_what_was_found_and_what_was_not_looked_at() -> None:
    report = sample.english()
    text = render_text(report, width=200)
    summary = text.split("Summary\n")[1]
    assert "1 critical, 3 major, 2 minor" in summary
    assert "93.5%" in summary
    for item in report.not_checked:
        assert item.stage in summary
        assert item.reason in summary
    assert "source: Warga mengeluh." in summary
    assert text.rstrip("\n").split("\n")[-1] == verdict(report)


def test_many_passages_are_counted() -> None:
    target = "One. Two. Three. Four. Five."
    spans = tuple(sample.at(target, word) for word in target.split())
    report = sample.report(
        "Satu.", target, not_checked=(NotChecked("alignment", "why", "target", spans),)
    )
    summary = flowed(render_text(report).split("Summary\n")[1])
    assert "5 passages of the translation · why target: One. target: Two. target: Three." in summary
    assert "and 2 more" in summary


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, "No issues found; everything could be checked."),
        (
            {"coverage": 0.5},
            "Incomplete: no issues found, but 50% of the source’s words could be looked at.",
        ),
        (
            {"not_checked": (NotChecked("encoder", "why"),)},
            "Incomplete: no issues found, but 1 item could not be checked.",
        ),
    ],
)
def test_verdict(changes: dict[str, object], expected: str) -> None:
    assert verdict(replace(sample.clean(), **changes)) == expected  # type: ignore[arg-type]


def test_verdict_with_issues() -> None:
    assert verdict(sample.arabic()) == "1 issue found, the worst is major."
    assert verdict(replace(sample.arabic(), coverage=0.2)) == (
        "1 issue found, the worst is major. "
        "Incomplete: 20% of the source’s words could be looked at."
    )


def test_the_ledger_lists_only_what_differs() -> None:
    text = render_text(sample.english())
    section = flowed(text.split("rendered in more than one way")[1].split("Summary")[0])
    assert "Kementerian Dalam Negeri · ORG · 4 mentions" in section
    assert "expected Ministry of Home Affairs · 3× · majority" in section
    assert "competing Interior Ministry · 1×" in section
    assert "LOC" not in section
    assert "more than one way" not in render_text(sample.clean())


def test_an_empty_report_is_a_text() -> None:
    report = Report("", "", "id", "en", (), (), 0.0, Ledger(), {})
    assert render_text(report).endswith("could be looked at.\n")


def test_a_place_in_a_text_without_words_is_no_crash() -> None:
    report = sample.report("", "  \n", [sample.issue("A", "a", "m", None, Span(0, 0, ""))])
    assert CARET in render_text(report)


@pytest.mark.parametrize(
    ("share", "decimals", "expected"),
    [
        (1.0, 1, "100%"),
        (0.99996, 1, "99.9%"),
        (0.99996, 0, "99%"),
        (0.874, 0, "87%"),
        (0.29, 0, "29%"),
        (0.0, 1, "0%"),
        (0.0004, 1, "0%"),
        (0.5, 1, "50%"),
        (0.9351, 1, "93.5%"),
    ],
)
def test_percent_rounds_down(share: float, decimals: int, expected: str) -> None:
    assert percent(share, decimals) == expected


def test_confidence_of_an_uncalibrated_rule() -> None:
    issue = Issue("A", "a", "m", Severity.MINOR, "c", None, None)
    assert confidence(issue) == "confidence not calibrated"
    assert confidence(replace(issue, confidence=0.0)) == "confidence 0%"


def test_snippet_stays_in_its_paragraph_and_cuts_between_words() -> None:
    text = "Before.\nalpha beta gamma delta epsilon zeta\nAfter."
    assert snippet(text, sample.at(text, "gamma"), 8) == Snippet("…beta ", "gamma", " delta…")
    assert snippet(text, sample.at(text, "gamma"), 80) == Snippet(
        "alpha beta ", "gamma", " delta epsilon zeta"
    )


def test_snippet_of_a_place_crosses_paragraphs() -> None:
    text = "First.\n\nSecond."
    assert snippet(text, Span(7, 7, ""), 40) == Snippet("First. ", "", " Second.")


def test_snippet_does_not_cut_a_letter_from_its_marks() -> None:
    text = "क्षि" * 20 + "X" + "e\u0301\u0302" * 20
    piece = snippet(text, sample.at(text, "X"), 5)
    assert unicodedata.category(piece.before[1])[0] != "M"
    assert piece.after.removesuffix("…").endswith("\u0302")


def test_snippet_of_a_span_outside_the_text() -> None:
    assert snippet("abc", Span(50, 60, "x")) == Snippet("abc", "", "")


def test_shortened_keeps_both_ends() -> None:
    text = "begin " + "x " * 500 + "end"
    short = shortened(text, 90)
    assert short.startswith("begin ")
    assert short.endswith(" end")
    assert "[…]" in short
    assert len(short) < 120
    assert shortened("short") == "short"
