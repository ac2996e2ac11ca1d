"""Lines and columns: where a span stands, in the numbers that editors and CI systems use."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import lru_cache

from mtcheck.document import Span

_BREAK = re.compile(r"\r\n|\n")


@dataclass(frozen=True, slots=True)
class Place:
    """Start and end of a span; all numbers count from 1, ``end_column`` is the one after it.

    Columns count Unicode code points.
    """

    line: int
    column: int
    end_line: int
    end_column: int


class Lines:
    """The lines of a text.

    A line ends at LF or CR LF, the default of SARIF's ``newlineSequences``; a mark such as
    U+2028 ends none.

    Args:
        text: The text.
    """

    def __init__(self, text: str) -> None:
        self._starts = [0, *(match.end() for match in _BREAK.finditer(text))]

    def at(self, span: Span) -> Place:
        """Where a span stands."""
        line, column = self._position(span.start)
        end_line, end_column = self._position(span.end)
        return Place(line, column, end_line, end_column)

    def _position(self, offset: int) -> tuple[int, int]:
        line = bisect_right(self._starts, offset)
        return line, offset - self._starts[line - 1] + 1


@lru_cache(maxsize=4)
def lines_of(text: str) -> Lines:
    """The lines of a text; those of the last few texts are kept."""
    return Lines(text)
