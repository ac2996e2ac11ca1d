"""What XLIFF and TMX share: the text of a segment with inline codes, and units made a document."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from mtcheck.document import Document
from mtcheck.markup import Element
from mtcheck.readers.article import ArticleBuilder, Problem, join

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
    chunk: list[Unit] = []
    size, number = 0, 1
    missing: list[str] = []
    for unit in units:
        if not unit.target:
            missing.append(unit.name)
        longest = max(len(unit.source), len(unit.target)) + 2
        if chunk and size + longest > MAX_CHARACTERS:
            yield _document(chunk, f"{name}#{number}", source_lang, target_lang)
            chunk, size, number = [], 0, number + 1
        chunk.append(unit)
        size += longest
    if any(unit.target for unit in chunk):
        yield _document(chunk, f"{name}#{number}" if number > 1 else name, source_lang, target_lang)
    elif chunk:
        yield Problem(name=name, reason="nothing in it is translated")
        return
    if missing:
        shown = ", ".join(missing[:5]) + (" …" if len(missing) > 5 else "")
        yield Problem(name=name, reason=f"{len(missing)} units without a translation: {shown}")


def _document(
    units: Iterable[Unit], name: str, source_lang: str | None, target_lang: str | None
) -> Document:
    source, target = ArticleBuilder(), ArticleBuilder()
    for unit in units:
        source.add(unit.part, unit.source, unit.name)
        target.add(unit.part, unit.target, unit.name)
    return join(source.finish(source_lang), target.finish(target_lang), name)
