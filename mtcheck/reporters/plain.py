"""Reports as plain text, one below the other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from mtcheck.reporters.registry import Result
from mtcheck.reporters.text import flat, render_text, visible


def write(results: Iterable[Result]) -> Iterator[str]:
    """The text of each report; more than one get their names as headings."""
    found = list(results)
    for number, result in enumerate(found):
        if len(found) > 1:
            break_before = "\n" if number else ""
            yield f"{break_before}== {visible(flat(result.title))} ==\n"
        yield render_text(result.report)
