"""Links between words as text, in Pharaoh format: ``0-0 1-2``, source first, counted from 0."""

from __future__ import annotations

import re
from collections.abc import Iterable

from mtcheck.errors import PharaohError

_LINK = re.compile(r"([0-9]{1,9})-([0-9]{1,9})")


def format_pharaoh(links: Iterable[tuple[int, int]]) -> str:
    """A line in Pharaoh format.

    Args:
        links: (source index, target index) of each link, in any order.

    Returns:
        ``0-0 1-2``, sorted, each link once; empty without links.
    """
    return " ".join(f"{i}-{j}" for i, j in sorted(set(links)))


def parse_pharaoh(
    line: str, *, n_source: int | None = None, n_target: int | None = None
) -> tuple[tuple[int, int], ...]:
    """Read a line in Pharaoh format.

    Args:
        line: Links between blanks; an empty line has none.
        n_source: Tokens of the source; a link past them is an error.
        n_target: Tokens of the target.

    Returns:
        (source index, target index) of each link, sorted, each link once.

    Raises:
        PharaohError: A part is no link, or points past the tokens.
    """
    links = set()
    for number, part in enumerate(line.split(), 1):
        match = _LINK.fullmatch(part)
        if match is None:
            raise PharaohError(
                f"{part[:40]!r} (part {number} of the line) is no Pharaoh link: "
                "write source-target, such as 0-2"
            )
        i, j = int(match[1]), int(match[2])
        for side, index, size in (("source", i, n_source), ("target", j, n_target)):
            if size is not None and index >= size:
                raise PharaohError(
                    f"{part!r} (part {number} of the line) points past the {size} tokens of the "
                    f"{side}; they are counted from 0"
                )
        links.add((i, j))
    return tuple(sorted(links))
