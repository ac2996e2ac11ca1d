"""An alignment as one self-contained HTML page, or as a cell of a notebook.

Both texts side by side, sentence by sentence. A word under the pointer, or reached with the
keyboard, lights up with its counterparts; that is done with styles alone, there is no script.
Everything from the texts passes the template engine's escaping, and nothing is loaded.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from markupsafe import Markup

from mtcheck.alignment import Alignment, Link
from mtcheck.reporters.alignment_rows import Row, rows_of, tally
from mtcheck.reporters.alignment_text import title
from mtcheck.reporters.heat_map import MOST_WORDS, draw
from mtcheck.reporters.markup import direction, environment
from mtcheck.reporters.text import visible
from mtcheck.text.languages import display_name

_PAGE_SIZE = 900_000
"""Bytes of a page that words with their links and grids may take; the texts are always whole."""

_CELL_SIZE = 600_000
"""The same for a cell of a notebook, which is saved with everything else in one file."""

_CELL_TEXT = 200_000
"""Characters of plain text in a cell of a notebook; the rest is for the page."""

_WORDS_SHARE = 0.6  # words come before grids: what is left of the size is for these
_STRONG = 0.5  # links below are tinted fainter
_MOST_NAMED = 8  # counterparts named in the tooltip of a word
_MOST_HOVERED = 500  # words of one side of a row that light up


@dataclass(frozen=True, slots=True)
class _Word:
    """A token of a cell; ``gap`` stands between it and the one before."""

    gap: str
    text: str
    classes: str = ""
    key: str = ""
    about: str = ""
    alone: bool = False


@dataclass(slots=True)
class _Plan:
    """What becomes of a row: plain text, words with links, and with a grid."""

    row: Row
    words: bool = False
    html: Markup = field(default_factory=Markup)
    grid: Markup | None = None
    too_long: bool = False


def render_page(alignments: Sequence[Alignment], *, by_line: bool = False) -> str:
    """One self-contained page; needs no network and no script.

    Args:
        alignments: One of an article, or those of many pairs of lines.
        by_line: Number the rows by line, not by sentence.

    Returns:
        HTML; the same alignment gives the same text. Links and grids take at most 0.9 MB;
        what does not fit is plain text, and the page says so.
    """
    view = _View(alignments, by_line=by_line, prefix="", size=_PAGE_SIZE)
    return environment().get_template("alignment_page.html").render(view.context())


def render_fragment(alignment: Alignment) -> str:
    """The same view for a notebook cell: its styles reach nothing else on the page."""
    texts = "\x00".join([alignment.source.text, alignment.target.text, alignment.to_pharaoh()])
    digest = hashlib.sha256(texts.encode("utf-8", "backslashreplace")).hexdigest()
    view = _View(
        [alignment], by_line=False, prefix=f"ma{digest[:8]}-", size=_CELL_SIZE, text=_CELL_TEXT
    )
    return environment().get_template("alignment_fragment.html").render(view.context())


class _View:
    """Everything the templates show."""

    def __init__(
        self,
        alignments: Sequence[Alignment],
        *,
        by_line: bool,
        prefix: str,
        size: int,
        text: int | None = None,
    ) -> None:
        self.prefix = prefix
        self.title = title(alignments)
        self.rows = rows_of(alignments, by_line=by_line)
        self.sides = [
            _heading(alignments, "source", "Source"),
            _heading(alignments, "target", "Translation"),
        ]
        self.n_hovered = [0, 0]
        self.plans = self._planned(size, text)

    def context(self) -> dict[str, Any]:
        return {
            "prefix": self.prefix,
            "title": self.title,
            "facts": tally(self.rows).phrases,
            "sides": self.sides,
            "notices": self._notices(),
            "rows": self._bodies(),
            "hovered": self.n_hovered,
            "filters": [],
        }

    def _planned(self, size: int, text: int | None) -> list[_Plan]:
        """Words first, in order, then grids, as long as there is room."""
        plans: list[_Plan] = []
        spent = shown = 0
        room = True
        for number, row in enumerate(self.rows):
            plan = _Plan(row)
            if room and row.links and _is_short(row):
                html = self._row(row, number, words=True)
                room = spent + _bytes(html) <= size * _WORDS_SHARE
                if room:
                    plan.words, plan.html = True, html
                    spent += _bytes(html)
            if not plan.words:
                shown += sum(
                    len(span.text) for s in ("source", "target") for span in row.sentences(s)
                )
                if text is not None and shown > text:
                    break
                plan.html = self._row(row, number, words=False)
            plans.append(plan)
        for plan in plans:
            block = plan.row.block
            if not plan.words:
                continue
            if max(block.links.shape) > MOST_WORDS:
                plan.too_long = True
                continue
            grid = draw(plan.row.alignment, block, standalone=False)
            if spent + _bytes(grid) > size:
                break
            plan.grid = grid
            spent += _bytes(grid)
        return plans

    def _bodies(self) -> list[dict[str, Any]]:
        return [
            {
                "cells": plan.html,
                "grid": plan.grid,
                "shape": "{} \u00d7 {}".format(*plan.row.block.links.shape),
            }
            for plan in self.plans
        ]

    def _notices(self) -> list[str]:
        """What was left out, in plain words."""
        found = []
        plain = [p for p in self.plans if not p.words and p.row.links]
        if plain:
            found.append(
                f"{len(plain):,} of {len(self.rows):,} rows are shown as plain text: all their "
                "links would make the page too large. alignment.links has them."
            )
        without = sum(p.grid is None and p.words for p in self.plans)
        long = sum(plan.too_long for plan in self.plans)
        if without - long > 0:
            found.append(
                f"The grids of {without - long:,} rows are left out to keep the page small; "
                "alignment.heat_map(sentence) draws one."
            )
        if long:
            found.append(
                f"The grids of {long:,} rows are left out: more than {MOST_WORDS} words on a side "
                "cannot be read."
            )
        missing = len(self.rows) - len(self.plans)
        if missing:
            found.append(
                f"{missing:,} more rows are not shown here: alignment.to_html() has both texts "
                "whole."
            )
        return found

    # ------------------------------------------------------------------------------- one row

    def _row(self, row: Row, number: int, *, words: bool) -> Markup:
        cells = []
        local = {side: _numbered(row.tokens(side)) for side in ("source", "target")}
        for which, side in enumerate(("source", "target")):
            spans = row.sentences(side)
            group = f"{self.prefix}{side[0]}{number}"
            cell: dict[str, Any] = {
                **self.sides[which],
                "side": side,
                "number": row.source_number if side == "source" else row.target_number,
                "filled": bool(spans),
                "words": [],
                "plain": "",
                "group": group,
            }
            if words:
                cell["words"] = _words(row, side, local, group)
                self.n_hovered[which] = max(self.n_hovered[which], len(local[side]))
            else:
                cell["plain"] = " ".join(span.text for span in spans)
            cells.append(cell)
        template = environment().get_template("alignment_row.html")
        html = template.render(cells=cells, note=row.note, moved=row.moved)
        return Markup(html)  # noqa: S704 - the template escapes what comes from the texts


def _heading(alignments: Sequence[Alignment], side: str, name: str) -> dict[str, str]:
    tags = {(a.source if side == "source" else a.target).lang for a in alignments}
    tag = tags.pop() if len(tags) == 1 else "und"
    known = tag != "und"
    return {
        "title": name,
        "lang": tag,
        "dir": direction(tag) if known else "auto",
        "name": display_name(tag) if known else "",
    }


def _is_short(row: Row) -> bool:
    return all(
        sum(len(tokens) for tokens in row.tokens(side)) <= _MOST_HOVERED
        for side in ("source", "target")
    )


def _numbered(sentences: Sequence[Sequence[int]]) -> dict[int, int]:
    """Place of each token in its row."""
    return {token: k for k, token in enumerate(k for tokens in sentences for k in tokens)}


def _words(row: Row, side: str, local: dict[str, dict[int, int]], group: str) -> list[_Word]:
    """The words of a cell with what stands between them.

    A source word with the number 3 in its row has the class ``i3``, and those that light up with
    it ``a3`` or, for a weak link, ``z3``; for words of the target ``j``, ``b`` and ``y``.
    """
    here = row.alignment.source if side == "source" else row.alignment.target
    links = _by_word(row.links, side)
    own, strong, weak = ("i", "b", "y") if side == "source" else ("j", "a", "z")
    places = local["target" if side == "source" else "source"]
    partners = row.alignment.target if side == "source" else row.alignment.source
    found: list[_Word] = []
    last: int | None = None
    for span, tokens in zip(row.sentences(side), row.tokens(side), strict=True):
        at = span.start
        for token in tokens:
            word = here.tokens[token]
            gap = here.text[at : word.start]
            if at == span.start and last is not None:
                gap = " " + gap
            last, at = token, word.end
            number = local[side][token]
            linked = [(other, score) for other, score in links[token] if other in places]
            if not linked:
                alone = any(c.isalnum() for c in word.text)
                found.append(_Word(gap, word.text, alone=alone))
                continue
            kinds = [f"{strong if s >= _STRONG else weak}{places[o]}" for o, s in linked]
            found.append(
                _Word(
                    gap,
                    word.text,
                    classes=" ".join([f"{own}{number}", *kinds]),
                    key=f"{group}-{number}",
                    about=_about([(partners.tokens[o].text, s) for o, s in linked]),
                )
            )
        found.append(_Word(here.text[at : span.end], ""))
    return found


def _by_word(links: Sequence[Link], side: str) -> dict[int, list[tuple[int, float]]]:
    """Linked words on the other side, strongest first."""
    found: dict[int, list[tuple[int, float]]] = defaultdict(list)
    for link in sorted(links, key=lambda link: (-link.score, link.i, link.j)):
        token, other = (link.i, link.j) if side == "source" else (link.j, link.i)
        found[token].append((other, link.score))
    return found


def _about(partners: Sequence[tuple[str, float]]) -> str:
    named = ", ".join(f"{visible(text)} {score:.2f}" for text, score in partners[:_MOST_NAMED])
    more = len(partners) - _MOST_NAMED
    return f"{named} and {more} more" if more > 0 else named


def _bytes(html: str) -> int:
    return len(html.encode("utf-8", "backslashreplace"))
