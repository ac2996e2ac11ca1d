"""The report as one self-contained HTML page, or as a cell of a notebook.

The view is built here, the templates only lay it out. Everything from the texts passes the
template engine's escaping; there is no script, and nothing is loaded from anywhere.
"""

from __future__ import annotations

import hashlib
import json
import unicodedata
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from mtcheck.issues import Issue
from mtcheck.ledger import Entry
from mtcheck.report import NotChecked, Report
from mtcheck.reporters import text as words
from mtcheck.reporters.markup import direction, environment
from mtcheck.text.languages import display_name

_BLANKS = "\r\n\t "
_REACH = 90  # characters of context on either side: one to two lines of a card
_MOST_PLACES = 12  # other places shown in a card; all of them are marked in the text
_MOST_LABELS = 12  # numbers behind one marked piece
_LONGEST_WORD = 24  # characters of a word that is kept on one line with its number
_MOST_VALUES = 20  # values of one list in the evidence
_DEEPEST = 3  # levels of the evidence shown as lists; deeper ones become one line


@dataclass(frozen=True, slots=True)
class _Mark:
    """A span to mark: for an issue (its number from 1) or for something not checked."""

    start: int
    end: int
    anchor: str
    issue: int = 0
    skipped: int = 0
    related: bool = False


@dataclass(slots=True)
class _Piece:
    """A stretch of text under the same marks; empty for a place between two characters.

    Its last word stands in ``last``, to be kept on one line with the first number; blanks at its
    ends stand in ``lead`` and ``tail``, outside the mark.
    """

    start: int
    text: str
    lead: str = ""
    last: str = ""
    tail: str = ""
    marks: tuple[_Mark, ...] = ()
    anchors: list[str] = field(default_factory=list)
    issues: tuple[int, ...] = ()
    skipped: tuple[int, ...] = ()
    classes: str = ""
    labels: list[dict[str, Any]] = field(default_factory=list)
    more: int = 0
    skip_labels: tuple[int, ...] = ()


def render_page(report: Report) -> str:
    """One self-contained page; needs no network and no script.

    Args:
        report: What to show.

    Returns:
        HTML. The same report gives the same text.
    """
    return environment().get_template("page.html").render(_View(report, "").context())


def render_fragment(report: Report) -> str:
    """The same view for a notebook cell: its styles reach nothing else on the page.

    Args:
        report: What to show.
    """
    digest = hashlib.sha256(report.to_json(indent=None).encode("utf-8", "backslashreplace"))
    view = _View(report, f"mt{digest.hexdigest()[:8]}-")
    return environment().get_template("fragment.html").render(view.context())


class _View:
    """Everything the templates show of one report."""

    def __init__(self, report: Report, prefix: str) -> None:
        self.report = report
        self.prefix = prefix
        self.codes = sorted({(issue.code, issue.name) for issue in report.issues})
        self.rule_class = {code: f"r{k}" for k, (code, _) in enumerate(dict(self.codes).items())}

    def context(self) -> dict[str, Any]:
        report = self.report
        rows = self._rows()
        return {
            "prefix": self.prefix,
            "languages": words.languages(report),
            "verdict": words.verdict(report),
            "complete": words.is_complete(report),
            "n_issues": len(report.issues),
            "counts": report.counts,
            "coverage": report.coverage,
            "notices": [words.shortened(notice) for notice in report.notices],
            "skipped": [self._skipped(n, item) for n, item in enumerate(report.not_checked, 1)],
            "sides": {
                "source": _side(report.source_lang, "Source", bool(report.source.strip())),
                "target": _side(report.target_lang, "Translation", bool(report.target.strip())),
            },
            "rows": rows,
            "has_overlaps": any(
                len(piece.issues) > 1
                for row in rows
                for cell in row.values()
                for piece in cell or ()
            ),
            "has_related": any(issue.related for issue in report.issues),
            "has_places": any(
                issue.target and issue.target.start == issue.target.end for issue in report.issues
            ),
            "issues": [self._card(n, issue) for n, issue in enumerate(report.issues, 1)],
            "filters": self._filters(),
            "ledger": [_entry(entry) for entry in report.ledger],
            "scores": sorted(report.scores.items()),
            "signature": list(report.signature.items()),
        }

    # ------------------------------------------------------------------------ the two texts

    def _marks(self, side: str) -> list[_Mark]:
        marks = []
        for number, issue in enumerate(self.report.issues, 1):
            span = issue.source if side == "source" else issue.target
            letter = side[0]
            if span is not None:
                marks.append(_Mark(span.start, span.end, f"{letter}{number}", number))
            if side == "target":
                marks += [
                    _Mark(other.start, other.end, f"t{number}-{k}", number, related=True)
                    for k, other in enumerate(issue.related, 1)
                ]
        for number, item in enumerate(self.report.not_checked, 1):
            _, places = words.passages(item, self.report)
            marks += [
                _Mark(span.start, span.end, f"n{number}-{k}", skipped=number)
                for k, (where, span) in enumerate(places, 1)
                if where == side
            ]
        return marks

    def _rows(self) -> list[dict[str, list[_Piece] | None]]:
        """Cells of both sides, level with each other; every character stands in one of them."""
        ranges = _layout(self.report)
        cells = {}
        for side, text in (("source", self.report.source), ("target", self.report.target)):
            edges = [r[side] for r in ranges]
            cells[side] = self._cells(text, self._marks(side), edges)
        return [
            {"source": cells["source"][k], "target": cells["target"][k]} for k in range(len(ranges))
        ]

    def _cells(
        self, text: str, marks: Sequence[_Mark], ranges: Sequence[tuple[int, int] | None]
    ) -> list[list[_Piece] | None]:
        cuts = sorted({p for r in ranges if r for p in r})
        pieces = self._pieces(text, marks, cuts)
        starts = [piece.start for piece in pieces]
        found: list[list[_Piece] | None] = []
        for limits in ranges:
            if limits is None:
                found.append(None)
                continue
            first = bisect_left(starts, limits[0])
            # A place at the very end of the text belongs to the last cell.
            last = len(pieces) if limits[1] == len(text) else bisect_left(starts, limits[1])
            found.append(_trimmed(pieces[first:last]))
        return found

    def _pieces(self, text: str, marks: Sequence[_Mark], cuts: Iterable[int]) -> list[_Piece]:
        """Cut a text wherever a mark begins or ends, so that overlapping marks share pieces."""
        size = len(text)
        clipped = [(min(max(m.start, 0), size), min(max(m.end, 0), size), m) for m in marks]
        points = sorted({0, size, *cuts, *(p for start, end, _ in clipped for p in (start, end))})
        opening: dict[int, list[_Mark]] = {}
        closing: dict[int, list[_Mark]] = {}
        carets: dict[int, list[_Mark]] = {}
        for start, end, mark in clipped:
            if start >= end:
                carets.setdefault(start, []).append(mark)
            else:
                opening.setdefault(start, []).append(mark)
                closing.setdefault(end, []).append(mark)
        pieces: list[_Piece] = []
        active: list[_Mark] = []
        for start, end in pairwise([*points, size]):
            active = [mark for mark in active if mark not in closing.get(start, ())]
            pieces += [
                _Piece(start, "", marks=(mark,), anchors=[mark.anchor])
                for mark in carets.get(start, ())
            ]
            active += opening.get(start, ())
            if start < end:
                anchors = [mark.anchor for mark in opening.get(start, ())]
                pieces.append(_Piece(start, text[start:end], marks=tuple(active), anchors=anchors))
        self._label(pieces, frozenset(cuts))
        return pieces

    def _label(self, pieces: Sequence[_Piece], cuts: frozenset[int]) -> None:
        """Number the marked pieces: behind each, unless the next one goes on with the same."""
        for piece in pieces:
            mains = {m.issue for m in piece.marks if m.issue and not m.related}
            piece.issues = tuple(sorted({m.issue for m in piece.marks if m.issue}))
            piece.skipped = tuple(sorted({m.skipped for m in piece.marks if m.skipped}))
            piece.classes = self._classes(piece, mains)
            shown = piece.issues[:_MOST_LABELS]
            piece.more = len(piece.issues) - len(shown)
            piece.labels = [
                {
                    "number": n,
                    "classes": self._issue_classes(n) + ("" if n in mains else " also"),
                    "severity": str(self.report.issues[n - 1].severity),
                    "other": n not in mains,
                }
                for n in shown
            ]
        for piece, following in pairwise([*pieces, _Piece(0, "")]):
            adjoining = bool(piece.text and following.text) and following.start not in cuts
            if adjoining and following.marks and piece.issues == following.issues:
                piece.labels, piece.more = [], 0
            if not (adjoining and set(piece.skipped) <= set(following.skipped)):
                piece.skip_labels = piece.skipped
            if piece.text.strip() and piece.marks:
                text = piece.text.lstrip()
                piece.lead = piece.text[: -len(text)]
                piece.text, piece.last, piece.tail = _last_word(text)

    def _classes(self, piece: _Piece, mains: set[int]) -> str:
        names = []
        if piece.issues:
            worst = max(self.report.issues[n - 1].severity for n in mains or piece.issues)
            names.append(f"s-{worst}")
            if not mains:
                names.append("also")
            if len(piece.issues) > 1:
                names.append("several")
            severities = {str(self.report.issues[n - 1].severity) for n in piece.issues}
            rules = {self.rule_class[self.report.issues[n - 1].code] for n in piece.issues}
            names += [f"only-{group.pop()}" for group in (severities, rules) if len(group) == 1]
        if piece.skipped:
            names.append("skipped")
        if not piece.text:
            names.append("place")
        return " ".join(names)

    def _issue_classes(self, number: int) -> str:
        issue = self.report.issues[number - 1]
        return f"s-{issue.severity} {self.rule_class[issue.code]}"

    # ------------------------------------------------------------------------------- issues

    def _card(self, number: int, issue: Issue) -> dict[str, Any]:
        report = self.report
        return {
            "number": number,
            "issue": issue,
            "severity": str(issue.severity),
            "classes": self._issue_classes(number),
            "confidence": words.confidence(issue),
            "source": words.snippet(report.source, issue.source, _REACH) if issue.source else None,
            "target": words.snippet(report.target, issue.target, _REACH) if issue.target else None,
            "suggestions": [words.shortened(s) for s in issue.suggestions],
            "related": [
                words.snippet(report.target, span, _REACH // 2)
                for span in issue.related[:_MOST_PLACES]
            ],
            "more_related": len(issue.related[_MOST_PLACES:]),
            "message": words.shortened(issue.message, 4 * words.LONGEST_QUOTE),
            "accepted": words.shortened(str(issue.accepted)) if issue.accepted else "",
            "evidence": _definitions(issue.evidence),
        }

    def _filters(self) -> list[dict[str, Any]]:
        """Check boxes by severity and by rule; none where there is nothing to choose."""
        by_severity = [
            {"key": name, "selector": f"s-{name}", "label": name, "count": number}
            for name, number in self.report.counts.items()
            if number
        ]
        by_rule = [
            {
                "key": self.rule_class[code],
                "selector": self.rule_class[code],
                "label": name,
                "count": sum(issue.code == code for issue in self.report.issues),
            }
            for code, name in dict(self.codes).items()
        ]
        groups = [{"title": "Severity", "items": by_severity}, {"title": "Rule", "items": by_rule}]
        return [group for group in groups if len(group["items"]) > 1]

    def _skipped(self, number: int, item: NotChecked) -> dict[str, Any]:
        where, places = words.passages(item, self.report)
        texts = {"source": self.report.source, "target": self.report.target}
        return {
            "number": number,
            "stage": item.stage,
            "reason": item.reason,
            "where": where,
            "places": [
                {"side": side, "anchor": k, "piece": words.snippet(texts[side], span, 0)}
                for k, (side, span) in enumerate(places[:_MOST_PLACES], 1)
            ],
            "more": len(places[_MOST_PLACES:]),
        }


def _side(tag: str, title: str, filled: bool) -> dict[str, Any]:
    return {
        "lang": tag,
        "dir": direction(tag),
        "title": title,
        "name": display_name(tag),
        "filled": filled,
    }


def _last_word(text: str) -> tuple[str, str, str]:
    """A text in three parts: up to its last word, that word, and the blanks behind it."""
    body = text.rstrip()
    cut = len(body) - len(body.split()[-1])
    if len(body) - cut > _LONGEST_WORD:
        cut = len(body) - 1  # no blanks in this script: the last letter with its marks
        while cut and unicodedata.category(body[cut])[0] == "M" and len(body) - cut < _LONGEST_WORD:
            cut -= 1
    return body[:cut], body[cut:], text[len(body) :]


def _trimmed(pieces: Sequence[_Piece]) -> list[_Piece]:
    """Pieces without the blanks around a paragraph; marks stay."""
    kept = list(pieces)
    while kept and not kept[0].marks and not kept[0].text.strip(_BLANKS):
        kept.pop(0)
    while kept and not kept[-1].marks and not kept[-1].text.strip(_BLANKS):
        kept.pop()
    if kept:
        first, last = kept[0], kept[-1]
        first.lead = first.lead.lstrip(_BLANKS)
        last.tail = last.tail.rstrip(_BLANKS)
        if not first.marks:
            first.text = first.text.lstrip(_BLANKS)
        if not last.marks:
            last.text = last.text.rstrip(_BLANKS)
    return kept


def _layout(report: Report) -> list[dict[str, tuple[int, int] | None]]:
    """Rows of ranges that together hold both texts whole, each character once.

    Text between the given pairs gets a row of its own; blanks there go to the cell before.
    Without pairs, or with pairs that overlap, each text is one cell.
    """
    whole: dict[str, tuple[int, int] | None] = {
        "source": (0, len(report.source)),
        "target": (0, len(report.target)),
    }
    own: list[dict[str, tuple[int, int] | None]] = [
        {"source": None, "target": None} for _ in report.paragraphs
    ]
    extra: dict[int, list[dict[str, tuple[int, int] | None]]] = {}
    for side, text, which in (("source", report.source, 0), ("target", report.target, 1)):
        ranges = sorted(
            (pair[which][0], pair[which][1], row)
            for row, pair in enumerate(report.paragraphs)
            if pair[which][0] != pair[which][1]
        )
        if not _fits(ranges, len(text)):
            return [whole]
        cells: list[tuple[int, int, int, bool]] = []  # start, end, row, whether of a pair
        cursor = 0
        for start, end, row in [*ranges, (len(text), len(text), len(own))]:
            if text[cursor:start].strip():
                cells.append((cursor, start, row, False))
            elif cells:
                cells[-1] = (cells[-1][0], start, *cells[-1][2:])
            else:
                start = cursor  # noqa: PLW2901 - blanks before the first paragraph
            if row < len(own):
                cells.append((start, end, row, True))
            cursor = end
        for start, end, row, paired in cells:
            if paired:
                own[row][side] = (start, end)
            else:
                alone: dict[str, tuple[int, int] | None] = {"source": None, "target": None}
                extra.setdefault(row, []).append(alone | {side: (start, end)})
    rows = []
    for row, cell in enumerate(own):
        rows += [*extra.get(row, ()), cell]
    rows += extra.get(len(own), ())
    rows = [row for row in rows if row["source"] or row["target"]]
    if not rows or not report.paragraphs:
        return [whole]
    for side, limits in whole.items():
        if all(row[side] is None for row in rows):
            rows[0][side] = limits  # nothing but blanks, yet an issue may have its place there
    return rows


def _fits(ranges: Sequence[tuple[int, int, int]], size: int) -> bool:
    inside = all(0 <= start <= end <= size for start, end, _ in ranges)
    return inside and all(one[1] <= other[0] for one, other in pairwise(ranges))


# ----------------------------------------------------------------------- evidence and ledger


def _definitions(evidence: Mapping[str, Any]) -> list[dict[str, Any]]:
    return [{"name": _humanized(key), **_value(value)} for key, value in evidence.items()]


def _humanized(key: object) -> str:
    """``source_mentions`` as ``Source mentions``."""
    name = " ".join(str(key).replace("_", " ").split())
    return name[:1].upper() + name[1:]


def _value(value: Any, depth: int = 0) -> dict[str, Any]:
    """A value as text, list of values, or list of definitions."""
    if isinstance(value, Mapping) and not _is_place(value) and depth < _DEEPEST:
        items = list(value.items())
        inner = [
            {"name": _humanized(key), **_value(item, depth + 1)}
            for key, item in items[:_MOST_VALUES]
        ]
        return {"kind": "map", "items": inner, "more": len(items) - len(inner)}
    if isinstance(value, (list, tuple)) and depth < _DEEPEST:
        merged = _merged_places(value)
        shown = [_value(item, depth + 1) for item in merged[:_MOST_VALUES]]
        if shown:
            return {"kind": "list", "items": shown, "more": len(merged) - len(shown)}
    kind = "place" if isinstance(value, _Places) or _is_place(value) else "text"
    return {"kind": kind, "text": words.shortened(_plain(value))}


def _is_place(value: object) -> bool:
    return isinstance(value, Mapping) and {"start", "end", "text"} == set(value)


@dataclass(frozen=True, slots=True)
class _Places:
    text: str
    starts: tuple[int, ...]


def _merged_places(values: Sequence[Any]) -> list[Any]:
    """Places with the same words as one value."""
    if not values or not all(_is_place(value) for value in values):
        return list(values)
    starts: dict[str, list[int]] = {}
    for value in values:
        starts.setdefault(str(value["text"]), []).append(value["start"])
    return [_Places(text, tuple(found)) for text, found in starts.items()]


def _plain(value: Any) -> str:
    if isinstance(value, _Places):
        shown = ", ".join(str(start) for start in value.starts[:_MOST_VALUES])
        more = "\u2026" if len(value.starts) > _MOST_VALUES else ""
        times = f"{len(value.starts)}\u00d7, " if len(value.starts) > 1 else ""
        return f"\u201c{value.text}\u201d ({times}at character {shown}{more})"
    if _is_place(value):
        return _plain(_Places(str(value["text"]), (value["start"],)))
    if value is None or value in ([], (), {}):
        return "none"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return f"{value:.4g}"
    if isinstance(value, (Mapping, list, tuple)):
        return json.dumps(value, ensure_ascii=False, default=str)
    return str(value)


def _entry(entry: Entry) -> dict[str, Any]:
    forms: list[dict[str, Any]] = [
        {"text": form.text, "count": form.count, "status": form.status} for form in entry.renderings
    ]
    if entry.expected is not None and all(form["status"] != "expected" for form in forms):
        forms.insert(0, {"text": entry.expected, "count": 0, "status": "expected"})
    missing = len(entry.mentions) - sum(form["count"] for form in forms)
    if missing > 0 or not forms:
        forms.append({"text": None, "count": max(missing, 0), "status": "no counterpart"})
    return {"entry": entry, "forms": forms}
