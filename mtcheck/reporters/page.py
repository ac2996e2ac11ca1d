"""A report as one HTML page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from mtcheck.reporters.html import render_page
from mtcheck.reporters.registry import Result


def write(results: Iterable[Result]) -> Iterator[str]:
    """The page of one report."""
    for result in results:
        yield render_page(result.report)
