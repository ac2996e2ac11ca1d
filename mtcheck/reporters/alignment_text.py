"""An alignment as plain text for a terminal."""

from __future__ import annotations

from collections.abc import Sequence

from mtcheck.alignment import Alignment
from mtcheck.reporters.alignment_rows import Row, rows_of, tally
from mtcheck.reporters.text import LEAST_WIDTH, Page, shortened
from mtcheck.text.languages import display_name

_LONGEST = 2_400
"""Characters of a sentence that are shown; the middle of a longer one is left out."""


def render_text(
    alignments: Sequence[Alignment],
    *,
    by_line: bool = False,
    color: bool = False,
    width: int = 100,
) -> str:
    """Pairs of sentences, those without a counterpart, and a summary.

    Args:
        alignments: One of an article, or those of many pairs of lines.
        by_line: Number the rows by line, not by sentence.
        color: Style with ANSI codes.
        width: Cells of a line.

    Returns:
        Lines of at most ``width`` cells; the same alignment gives the same text.
    """
    page = Page(color=color, width=max(width, LEAST_WIDTH))
    rows = rows_of(alignments, by_line=by_line)
    numbers = [
        *(row.source_number for row in rows),
        *(f"\u2192 {row.target_number}" for row in rows),
    ]
    indent = max((len(number) for number in numbers), default=0) + 2
    page.line(("bold", f"mtcheck: {title(alignments)}"))
    for row in rows:
        page.line()
        _row(page, row, indent)
    page.line()
    page.line(("bold", "; ".join(tally(rows).phrases)))
    return page.text()


def title(alignments: Sequence[Alignment]) -> str:
    """What was aligned: the two languages, as far as they are known."""
    tags = {(a.source.lang, a.target.lang) for a in alignments if a.source.lang != "und"}
    if len(tags) != 1:
        return "alignment"
    source, target = tags.pop()
    return f"alignment, {display_name(source)} \u2192 {display_name(target)}"


def _row(page: Page, row: Row, indent: int) -> None:
    for side, number in (
        ("source", row.source_number),
        ("target", f"\u2192 {row.target_number}"),
    ):
        spans = row.sentences(side)
        if spans:
            text = " ".join(shortened(span.text, _LONGEST) for span in spans)
            page.line(("", text), label=f"{number:>{indent - 1}} ")
    if row.note:
        page.line(("yellow", row.note), indent=indent)
