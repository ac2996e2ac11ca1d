"""What XLIFF and TMX share: the text of a segment with inline codes, and units made a document."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from mtcheck.document import Document
from mtcheck.markup import Element
from mtcheck.readers.article import BLOCK_BREAK, ArticleBuilder, Problem, join

MAX_CHARACTERS = 300_000
"""Longest side of one document; a memory of more units is checked in pieces."""

_CODE = frozenset({"bpt", "ept", "ph", "it", "ut", "bx", "ex", "x", "sc", "ec", "sm", "em", "cp"})
"""Elements that hold the codes of the original format, or stand for them, and no text."""
_STANDING = frozenset({"ph", "x"})
"""Codes that stand for something, such as a picture or a variable, not for a change of style."""
_BREAKS = frozenset({"lb", "x-lb", "br", "x-br", "xlf:lb", "xlf:pb", "pb", "x-html-br"})


@dataclass(frozen=True, slots=True)
class Unit:
    """A segment on both sides; ``target`` is empty where there is no translation."""

    source: str
    target: str
    part: str
    name: str


def inline_text(element: Element) -> str:
    """The text of a segment without its codes: nothing shifts, no words are glued.

    Style codes add nothing. A code for a line break is a blank; one that stands for something is
    the text it states, or a blank between two words.
    """
    pieces: list[str] = []
    after = False

    def walk(node: Element) -> None:
        nonlocal after
        for part in node.content:
            if isinstance(part, str):
                if after and part and part[0].isalnum() and pieces and pieces[-1][-1:].isalnum():
                    pieces.append(" ")
                after = after and not part
                pieces.append(part)
            elif part.tag in _CODE:
                kinds = {part.attributes.get(k, "") for k in ("ctype", "type", "subType")}
                stated = part.attributes.get("equiv-text") or part.attributes.get("equiv")
                inside = "".join(p for p in part.content if isinstance(p, str)).strip().lower()
                if kinds & _BREAKS or inside.startswith("<br") or (stated and stated.isspace()):
                    pieces.append(" ")
                elif part.tag in _STANDING and stated and not stated.startswith(("<", "&lt;")):
                    pieces.append(stated)
                else:
                    after = after or part.tag in _STANDING
            else:
                walk(part)

    walk(element)
    return " ".join("".join(pieces).split())


def documents(
    units: Iterable[Unit], name: str, source_lang: str | None, target_lang: str | None
) -> Iterator[Document | Problem]:
    """The documents that some units make, and one line about those without a translation."""
    missing: list[str] = []
    chunks = list(_chunks(units))
    for number, chunk in enumerate(chunks, start=1):
        here = f"{name}#{number}" if len(chunks) > 1 else name
        if any(unit.target for unit in chunk):
            yield _document(chunk, here, source_lang, target_lang)
            missing += [unit.name for unit in chunk if not unit.target]
        else:
            yield Problem(name=here, reason="nothing in it is translated")
    if missing:
        yield without(missing, name, "a translation")


def without(units: Sequence[str], name: str, what: str) -> Problem:
    """The line about units that lack a side."""
    shown = ", ".join(units[:5]) + (" …" if len(units) > 5 else "")
    count = f"{len(units)} unit{'s' if len(units) > 1 else ''}"
    return Problem(name=name, reason=f"{count} without {what}: {shown}")


def _chunks(units: Iterable[Unit]) -> Iterator[list[Unit]]:
    chunk: list[Unit] = []
    size = 0
    for unit in units:
        longest = max(len(unit.source), len(unit.target)) + len(BLOCK_BREAK)
        if chunk and size + longest > MAX_CHARACTERS:
            yield chunk
            chunk, size = [], 0
        chunk.append(unit)
        size += longest
    if chunk:
        yield chunk


def _document(
    units: Sequence[Unit], name: str, source_lang: str | None, target_lang: str | None
) -> Document:
    source, target = ArticleBuilder(), ArticleBuilder()
    for unit in units:
        source.add(unit.part, unit.source, unit.name)
        target.add(unit.part, unit.target, unit.name)
    return join(source.finish(source_lang), target.finish(target_lang), name)
