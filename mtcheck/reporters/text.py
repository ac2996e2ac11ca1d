"""The report as plain text for a terminal, and the words that all reporters share."""

from __future__ import annotations

import math
import re
import unicodedata
from bisect import bisect_right
from dataclasses import dataclass
from functools import lru_cache
from io import StringIO
from itertools import groupby
from typing import TYPE_CHECKING

from mtcheck.text.languages import display_name
from mtcheck.text.segmentation import paragraphs

if TYPE_CHECKING:
    from mtcheck.document import Span
    from mtcheck.issues import Issue
    from mtcheck.report import Gate, NotChecked, Report

CARET = "\u2038"
"""Stands for a place between two characters."""

LEAST_WIDTH = 40
"""Narrower than this the labels alone would fill the line."""

LONGEST_QUOTE = 360
"""Characters of a marked passage that are repeated outside the texts; the middle of a longer
one is left out."""

_JOINERS = frozenset("\u200b\u200c\u200d")
"""Invisible, but words of Khmer, Persian and Hindi and many emoji are spelled with them."""

_PREPENDED = frozenset("\u0600\u0601\u0602\u0603\u0604\u0605\u06dd\u070f\u0890\u0891\u08e2")
"""Of category Cf, yet with a glyph: the Arabic number signs."""

_HIDDEN = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
_MOST_STACKED = 16  # combining marks on one letter; no spelling needs half as many
_BLANKS = re.compile(r"[ \t\r\n]+")
_BREAKS = "\r\n\u2028\u2029\x85"

_INDENT = 4
_LABEL = 14  # cells of the widest label and its colon
_REACH = 48  # characters of context on either side: two lines of a terminal
_MOST_SLACK = 8  # a joiner or selector is wider behind a blank than it was when the line was cut
_MOST_PASSAGES = 3  # passages quoted for one thing that was not checked

_STYLES = {"critical": "bold red", "major": "red", "minor": "yellow", "neutral": "cyan"}


# ---------------------------------------------------------------- words that reporters share


@dataclass(frozen=True, slots=True)
class Snippet:
    """A marked passage with what stands around it, on one line.

    Attributes:
        before: Text before it; begins with an ellipsis where it was cut.
        marked: The passage; empty for a place between two characters.
        after: Text after it; ends with an ellipsis where it was cut.
    """

    before: str
    marked: str
    after: str


@lru_cache(maxsize=4096)
def hidden(character: str) -> bool:
    """Whether a character would act on the display without being seen.

    Controls, bidirectional controls, line and paragraph separators, tags, lone surrogates and
    noncharacters; not blanks, line breaks and the joiners that spelling needs.
    """
    if character in "\t\n" or character in _JOINERS or character in _PREPENDED:
        return False
    code = ord(character)
    return (
        unicodedata.category(character) in _HIDDEN
        or code & 0xFFFE == 0xFFFE
        or 0xFDD0 <= code <= 0xFDEF
    )


def code_point(character: str) -> str:
    """A character by number: ``U+202E``."""
    return f"U+{ord(character):04X}"


def visible(text: str) -> str:
    """A text for a terminal: hidden characters spelled out as ``<U+202E>``, marks not piled up."""
    spelled = "".join(f"<{code_point(c)}>" if hidden(c) else c for c in text)
    parts = []
    for stacked, group in groupby(spelled, key=_stacks):
        run = "".join(group)
        more = len(run) - _MOST_STACKED
        parts.append(f"{run[:_MOST_STACKED]}<{more:,} more marks>" if stacked and more > 0 else run)
    return "".join(parts)


@lru_cache(maxsize=4096)
def _stacks(character: str) -> bool:
    return unicodedata.category(character) in {"Mn", "Me"}


def flat(text: str) -> str:
    """A text on one line; only blanks and usual line breaks are touched."""
    return _BLANKS.sub(" ", text)


def shortened(text: str, limit: int = LONGEST_QUOTE) -> str:
    """A text without its middle where it is too long to repeat."""
    if len(text) <= limit:
        return text
    head = _whole(text, limit * 2 // 3, back=True)
    tail = _whole(text, len(text) - limit // 3, back=False)
    return f"{text[:head]} [\u2026] {text[tail:]}"


def snippet(text: str, span: Span, reach: int = _REACH) -> Snippet:
    """A span in its context.

    Args:
        text: The text it stands in.
        span: The passage. Its paragraph bounds the context, unless it marks a place between
            two characters, which often lies between two paragraphs.
        reach: Characters on either side, at most.
    """
    start, end = sorted((min(max(span.start, 0), len(text)), min(max(span.end, 0), len(text))))
    first, last = max(0, start - reach), min(len(text), end + reach)
    lowest, highest = 0, len(text)
    if start != end:
        lowest = max((text.rfind(b, 0, start) + 1 for b in _BREAKS), default=0)
        found = [p for b in _BREAKS if (p := text.find(b, end)) >= 0]
        highest = min(found, default=len(text))
    left, right = max(first, lowest), min(last, highest)
    if left > lowest:
        left = _word(text, left, start)
    if right < highest:
        right = _word_back(text, right, end)
    before = ("\u2026" if left > lowest else "") + flat(text[left:start])
    after = flat(text[end:right]) + ("\u2026" if right < highest else "")
    return Snippet(before.lstrip(), shortened(flat(text[start:end])), after.rstrip())


def _word(text: str, position: int, limit: int) -> int:
    """The next place where a word begins, or at least no combined character is cut."""
    for k in range(position, min(position + 12, limit)):
        if text[k - 1].isspace():
            return k
    return min(_whole(text, position, back=False), limit)


def _word_back(text: str, position: int, limit: int) -> int:
    for k in range(position, max(position - 12, limit), -1):
        if text[k].isspace():
            return k
    return max(_whole(text, position, back=True), limit)


def _whole(text: str, position: int, *, back: bool) -> int:
    """A cut moved off a combining mark or joiner, unless too many of them follow each other."""
    step = -1 if back else 1
    for k in range(position, position + 16 * step, step):
        if not 0 < k < len(text):
            return min(max(k, 0), len(text))
        if (
            not unicodedata.category(text[k]).startswith("M")
            and "\u200d" not in text[k - 1 : k + 1]
        ):
            return k
    return position


def counted(number: int, singular: str, plural: str | None = None) -> str:
    """A number with its noun: ``1 issue``, ``2 issues``."""
    return f"{number:,} {singular if number == 1 else plural or singular + 's'}"


def percent(share: float, decimals: int = 1) -> str:
    """A share in per cent, rounded down: only the whole is 100%."""
    scale = 10**decimals
    value = math.floor(share * 100 * scale + 1e-6) / scale
    if share < 1:
        value = min(value, 100 - 1 / scale)
    return f"{value:.{decimals}f}".removesuffix(".0") + "%"


def confidence(issue: Issue) -> str:
    """How sure the rule is, in words."""
    if issue.confidence is None:
        return "confidence not calibrated"
    return f"confidence {percent(issue.confidence, 0)}"


def languages(report: Report) -> str:
    """``Indonesian to English``."""
    return f"{display_name(report.source_lang)} to {display_name(report.target_lang)}"


def severities(report: Report) -> str:
    """Issues by severity, worst first; severities without an issue are left out."""
    parts = [f"{number:,} {name}" for name, number in report.counts.items() if number]
    return ", ".join(parts) or "none"


def is_complete(report: Report) -> bool:
    """Whether everything could be looked at."""
    return not report.not_checked and report.coverage >= 1


def verdict(report: Report) -> str:
    """The answer in one line; never "no issues" alone where something was not looked at."""
    gaps = []
    if report.coverage < 1:
        gaps.append(f"{percent(report.coverage)} of the source\u2019s words could be looked at")
    if report.not_checked:
        items = counted(len(report.not_checked), "item")
        gaps.append(f"{items} could not be checked")
    missing = " and ".join(gaps)
    if report.issues:
        worst = next(name for name, number in report.counts.items() if number)
        found = f"{counted(len(report.issues), 'issue')} found, the worst is {worst}"
        if n_accepted(report):
            found += f"; {n_accepted(report):,} accepted already"
        return f"{found}. Incomplete: {missing}." if gaps else f"{found}."
    if gaps:
        return f"Incomplete: no issues found, but {missing}."
    return "No issues found; everything could be checked."


def summary_line(report: Report, gate: Gate, *, name: str = "") -> str:
    """The answer in one line, for a chat: what holds the article up, and its worst finding."""
    head = f"{flat(name)} ({languages(report)})" if name else languages(report)
    words = {0: "may go out", 1: "held", 3: "incomplete, look at it"}
    parts = [f"{head}: {words[gate.exit_code]}"]
    if gate.issues:
        worst = max(gate.issues, key=lambda issue: issue.severity)
        parts.append(f"{counted(len(gate.issues), 'issue')} at the gate")
        place = worst.target or worst.source
        quote = f" \u201c{shortened(flat(place.text), 60)}\u201d" if place and place.text else ""
        better = f", suggested: {shortened(worst.suggestions[0], 60)}" if worst.suggestions else ""
        parts.append(f"the worst is {worst.severity} {worst.name}{quote}{better}")
    others = len(report.issues) - len(gate.issues) - n_accepted(report)
    if others:
        parts.append(f"{others:,} below the gate")
    if n_accepted(report):
        parts.append(f"{n_accepted(report):,} accepted")
    parts.append(f"{percent(report.coverage)} of the source checked")
    if report.not_checked:
        parts.append(f"{counted(len(report.not_checked), 'item')} not checked")
    return visible(flat("; ".join(parts)))


def n_accepted(report: Report) -> int:
    """Issues that a waiver or the baseline covers."""
    return sum(issue.accepted is not None for issue in report.issues)


def passages(item: NotChecked, report: Report) -> tuple[str, list[tuple[str, Span]]]:
    """What a :class:`NotChecked` is about: in words, and its places with their side.

    Spans without a side are taken from the side whose text they slice.
    """
    if not item.spans:
        whole = {"source": "the whole source", "target": "the whole translation"}
        return whole.get(item.side or "", "the whole article"), []
    places = []
    for span in item.spans:
        side = item.side
        if side not in {"source", "target"}:
            side = "source" if report.source[span.start : span.end] == span.text else "target"
        places.append((side, span))
    sides = {side for side, _ in places}
    where = "both texts" if len(sides) > 1 else _SIDES[places[0][0]]
    return f"{counted(len(places), 'passage')} of {where}", places


_SIDES = {"source": "the source", "target": "the translation"}


# ------------------------------------------------------------------------------- the terminal


def render_text(report: Report, *, color: bool = False, width: int = 100) -> str:
    """Findings, ledger, gaps and verdict for a terminal.

    Args:
        report: What to show.
        color: Style with ANSI codes; without, marked words stand between » and «.
        width: Cells of a line, at least :data:`LEAST_WIDTH`.

    Returns:
        Lines of at most ``width`` cells. Nothing of the texts reaches the terminal as a control
        character. The same report gives the same text.
    """
    page = Page(color=color, width=max(width, LEAST_WIDTH))
    page.line(("bold", f"mtcheck: {languages(report)}"))
    _issues(page, report)
    _ledger(page, report)
    _summary(page, report)
    return page.text()


class Page:
    """Collects lines, wrapped by cells; text is never read as markup."""

    def __init__(self, *, color: bool, width: int) -> None:
        from rich.console import Console

        self.color = color
        self._width = width
        self._out = StringIO()
        self._console = Console(
            file=self._out,
            width=width,
            force_terminal=color,
            force_jupyter=False,
            force_interactive=False,
            color_system="standard" if color else None,
            no_color=not color,
            legacy_windows=False,
            markup=False,
            emoji=False,
            highlight=False,
            _environ={},  # the same report, the same text: whatever NO_COLOR or TERM say
        )

    def line(
        self, *parts: tuple[str, str], indent: int = 0, label: str = "", wrap: bool = True
    ) -> None:
        """Add a line.

        Args:
            parts: (style, text), one behind the other.
            indent: Cells in front of it.
            label: Stands in front of the first line; the others are moved in as far.
            wrap: Go on in the next line; otherwise what does not fit is left out.
        """
        from rich.text import Text

        text = Text()
        for style, part in parts:
            text.append(visible(flat(part)), style if self.color else "")
        label = visible(label)
        room = self._width - indent - len(label)
        for slack in range(_MOST_SLACK):
            if wrap:
                lines = list(text.wrap(self._console, room - slack, overflow="fold"))
            else:
                lines = [text.copy()]
                lines[0].truncate(room - slack, overflow="ellipsis")
            rows = []
            for number, piece in enumerate(lines):
                row = Text(" " * indent)
                row.append(" " * len(label) if number else label, "dim" if self.color else "")
                row.append_text(piece)
                row.rstrip()
                rows.append(row)
            if all(row.cell_len <= self._width for row in rows):
                break
        for row in rows:
            self._console.print(row, no_wrap=True, overflow="ignore", crop=False)

    def heading(self, title: str) -> None:
        """Add an empty line and a heading."""
        self.line()
        self.line(("bold", title))

    def field(self, name: str, *parts: tuple[str, str]) -> None:
        """Add a named value, aligned with its neighbors."""
        self.line(*parts, indent=_INDENT, label=f"{name}:".ljust(_LABEL))

    def text(self) -> str:
        """Everything, ending in a line break."""
        return self._out.getvalue()


def _issues(page: Page, report: Report) -> None:
    blocks = paragraphs(report.target)
    starts = [start for start, _ in blocks]
    group: int | None = None
    for number, issue in enumerate(report.issues, 1):
        here = 0 if issue.target is None else max(1, bisect_right(starts, issue.target.start))
        page.line()
        if here != group:
            group = here
            if here:
                opening = report.target[slice(*blocks[here - 1])] if blocks else ""
                page.line(("bold", f"Paragraph {here}: "), ("dim", shortened(opening)), wrap=False)
            else:
                page.line(("bold", "Without a place in the translation"))
        _issue(page, report, issue, number)


def _issue(page: Page, report: Report, issue: Issue, number: int) -> None:
    severity = str(issue.severity)
    page.line(
        (_STYLES[severity], severity.upper()),
        ("bold", f" \u00b7 {issue.name}"),
        ("dim", f" \u00b7 {issue.code} \u00b7 {confidence(issue)}"),
        label=f"{number:>{_INDENT - 1}} ",
    )
    page.line(("", shortened(issue.message, 4 * LONGEST_QUOTE)), indent=_INDENT)
    for name, text, span in (
        ("Source", report.source, issue.source),
        ("Translation", report.target, issue.target),
    ):
        if span is None:
            page.field(name, ("dim", "no place to show"))
        else:
            page.field(name, *_marked(page, snippet(text, span), _STYLES[severity]))
    if issue.suggestions:
        name = "Suggestion" if len(issue.suggestions) == 1 else "Suggestions"
        page.field(name, ("", "; ".join(shortened(s) for s in issue.suggestions)))
    if issue.accepted is not None:
        page.field("Accepted", ("", shortened(str(issue.accepted))))
    if issue.related:
        page.field("Other places", ("", f"{len(issue.related):,}"))


def _marked(page: Page, piece: Snippet, style: str) -> list[tuple[str, str]]:
    if not piece.marked:
        marked = (f"{style} bold", CARET)
    elif page.color:
        marked = (f"{style} underline", piece.marked)
    else:
        marked = ("", f"\u00bb{piece.marked}\u00ab")
    return [("", piece.before), marked, ("", piece.after)]


def _ledger(page: Page, report: Report) -> None:
    entries = [e for e in report.ledger if len(e.renderings) > 1 or e.competing]
    if not entries:
        return
    page.heading("Names and terms rendered in more than one way")
    for entry in entries:
        mentions = counted(len(entry.mentions), "mention")
        page.line(
            ("bold", shortened(entry.source_text)),
            ("dim", f" \u00b7 {entry.label} \u00b7 {mentions}"),
            indent=2,
        )
        for form in entry.renderings:
            because = f" \u00b7 {entry.reason}" if form.status == "expected" else ""
            page.line(
                ("bold" if form.status == "competing" else "", shortened(form.text)),
                ("dim", f" \u00b7 {form.count:,}\u00d7{because}"),
                indent=_INDENT,
                label=form.status[:_LABEL].ljust(11),
            )


def _summary(page: Page, report: Report) -> None:
    page.heading("Summary")
    page.field("Issues", ("", severities(report)))
    page.field("Coverage", ("", f"{percent(report.coverage)} of the source\u2019s words"))
    if not report.not_checked:
        nothing = "nothing was left out" if is_complete(report) else "no part is named"
        page.field("Not checked", ("", nothing))
    for item in report.not_checked:
        where, places = passages(item, report)
        page.field(
            "Not checked", ("bold", item.stage), ("", f" \u00b7 {where} \u00b7 {item.reason}")
        )
        for side, span in places[:_MOST_PASSAGES]:
            quote = shortened(flat(span.text), 2 * _REACH)
            page.line(("", quote), indent=_INDENT + _LABEL, label=f"{side}: ")
        if len(places) > _MOST_PASSAGES:
            more = f"and {len(places) - _MOST_PASSAGES:,} more"
            page.line(("dim", more), indent=_INDENT + _LABEL)
    for notice in report.notices:
        page.field("Note", ("", shortened(notice)))
    page.line(("bold", verdict(report)))
