"""Reports as CSV: UTF-8, CR LF, one row for each issue, gap and note.

Source: RFC 4180; OWASP, CSV injection.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator

from mtcheck.reporters.registry import Result
from mtcheck.reporters.table import COLUMNS, Cell, rows

# The wide forms are the same to a spreadsheet set to Japanese or Chinese.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")


def write(results: Iterable[Result]) -> Iterator[str]:
    """A header and the rows of all reports."""
    yield _line(COLUMNS)
    for result in results:
        for row in rows(result):
            yield _line([guarded(row.get(column)) for column in COLUMNS])


def guarded(value: Cell) -> Cell:
    """A value that no spreadsheet takes for a formula: a text that looks like one gets a ``'``."""
    if isinstance(value, str) and value.lstrip(" ").startswith(_FORMULA):
        return f"'{value}"
    return value


def _line(values: Iterable[Cell]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerow(values)
    return out.getvalue()
