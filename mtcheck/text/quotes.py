"""Quotation marks and the quotations they make, in any style."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from mtcheck.document import Span

OPENING = {
    "“": "”\"＂", "„": "“”\"", "‟": "”", "«": "»", "‹": "›", "「": "」", "『": "』", "〝": "〞〟",
    "»": "«", "”": "”", "＂": "＂”", '"': '"”',
}  # fmt: skip
"""Marks that can open a quotation, with those that can close it.

Guillemets point inwards in German and Danish books, and Swedish opens and closes with ”.
Single marks are left alone: they cannot be told from apostrophes.
"""

_MARKS = frozenset('“”„‟«»‹›「」『』〝〞〟＂"')
_NESTED = frozenset("‹›『』")
_BEFORE_OPENING = frozenset("([{—–-/¿¡（［【、，。：；！？,.:;!?\u200f\u200e")
_AFTER_CLOSING = frozenset(")]}—–-/,.;:!?…、。，；：！？）］】؟،؛%'’\u200f\u200e")


@dataclass(frozen=True, slots=True)
class Quotation:
    """One quotation inside a paragraph.

    Attributes:
        opening: The opening mark, or ``None`` if it is missing.
        closing: The closing mark, or ``None`` if it is missing.
        continues: The quotation runs over a paragraph break, where the missing mark belongs
            by custom or stands.
    """

    opening: Span | None
    closing: Span | None
    continues: bool = False

    @property
    def balanced(self) -> bool:
        """Whether nothing is missing."""
        return (self.closing is not None and self.opening is not None) or self.continues

    @property
    def marks(self) -> tuple[Span, ...]:
        """The marks that are there."""
        return tuple(mark for mark in (self.opening, self.closing) if mark is not None)


def find_quotations(text: str, paragraphs: Sequence[Span]) -> list[list[Quotation]]:
    """Quotations of each paragraph, in order; nested ones of another style are left out.

    A quotation that is not closed in its paragraph continues when the next paragraph opens
    with a mark of the same kind, or closes before it opens.
    """
    found = [_scan(text, paragraph) for paragraph in paragraphs]
    for k in range(len(found) - 1):
        last = found[k][-1] if found[k] else None
        if last is None or last.closing is not None or last.opening is None:
            continue
        following = found[k + 1][0] if found[k + 1] else None
        if following is None:
            continue
        if following.opening is None:
            # It runs on and is closed in the next paragraph.
            found[k][-1] = Quotation(last.opening, None, continues=True)
            found[k + 1][0] = Quotation(None, following.closing, continues=True)
        elif (
            following.opening.start == paragraphs[k + 1].start
            and following.opening.text == last.opening.text
        ):
            found[k][-1] = Quotation(last.opening, None, continues=True)
    return found


def _scan(text: str, paragraph: Span) -> list[Quotation]:
    found: list[Quotation] = []
    opened: Span | None = None
    nested = ""
    # An even number of straight marks is taken in pairs, however they are spaced.
    straight = [k for k in range(paragraph.start, paragraph.end) if _is_straight(text, k)]
    paired = len(straight) % 2 == 0
    for position in range(paragraph.start, paragraph.end):
        character = text[position]
        if character not in _MARKS or _is_measure(text, position):
            continue
        if character in _NESTED and opened is not None and opened.text not in _NESTED:
            continue
        mark = Span(position, position + 1, character)
        before = text[position - 1] if position > paragraph.start else " "
        after = text[position + 1] if position + 1 < paragraph.end else " "
        if nested and character in OPENING[nested]:
            nested = ""
            continue
        if opened is not None and character in OPENING[opened.text]:
            if opened.text == character and not paired and _only_opens(before, after):
                # The same mark again, standing like an opening one: the first was never closed.
                found.append(Quotation(opened, None))
                opened = mark
                continue
            found.append(Quotation(opened, mark))
            opened = None
        elif opened is None and (
            (paired and character == '"') or _can_open(character, before, after)
        ):
            opened = mark
        elif opened is None:
            found.append(Quotation(None, mark))
        elif character in OPENING and character not in "”»" and character != opened.text:
            nested = character  # a quotation of another style inside this one
        elif character == opened.text:
            found.append(Quotation(opened, None))
            opened = mark
        else:
            found.append(Quotation(None, mark))
    if opened is not None:
        found.append(Quotation(opened, None))
    return found


def _is_straight(text: str, position: int) -> bool:
    return text[position] == '"' and not _is_measure(text, position)


def _can_open(character: str, before: str, after: str) -> bool:
    if character in '"＂”':
        return (not _only_closes(before, after) and character != "”") or (
            character == "”" and _only_opens(before, after)
        )
    if character == "»":
        return _only_opens(before, after)
    return character in OPENING


def _only_opens(before: str, after: str) -> bool:
    return (before.isspace() or before in _BEFORE_OPENING) and not (
        after.isspace() or after in _AFTER_CLOSING
    )


def _only_closes(before: str, after: str) -> bool:
    return not before.isspace() and (after.isspace() or after in _AFTER_CLOSING)


def _is_measure(text: str, position: int) -> bool:
    """Inches and seconds: a straight mark right behind a digit with nothing opened by it."""
    return (
        text[position] == '"'
        and position > 0
        and text[position - 1].isdigit()
        and text.count('"', max(0, position - 200), position) % 2 == 0
    )
