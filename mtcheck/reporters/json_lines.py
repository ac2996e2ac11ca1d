"""Reports as JSON Lines: one report a line, in the form of the JSON Schema."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from mtcheck.reporters.json_report import table_of
from mtcheck.reporters.registry import Result

# Line breaks to some readers; inside a JSON string an escape means the same.
_BREAKS = {ord(c): f"\\u{ord(c):04x}" for c in "\x85\u2028\u2029"}


def write(results: Iterable[Result]) -> Iterator[str]:
    """A line for each report."""
    for result in results:
        yield json.dumps(table_of(result), ensure_ascii=False).translate(_BREAKS) + "\n"
