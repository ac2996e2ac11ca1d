"""What readers make: one text with its parts, or a problem in one line."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from mtcheck.document import Document, Part, Span

BLOCK_BREAK = "\n\n"
"""Between the blocks of an article whose text is put together from marked-up pieces."""

PARTS: dict[str, tuple[str, ...]] = {
    "headline": ("headline", "title", "hl1", "hedline", "heading", "judul"),
    "standfirst": (
        "standfirst", "summary", "description", "subtitle", "deck", "dek", "lead", "abstract",
        "excerpt", "subheadline", "hl2", "teaser", "descriptiontext",
    ),
    "body": ("body", "content", "text", "bodytext", "bodyhtml", "bodyxhtml", "contenthtml"),
    "caption": ("caption", "figcaption", "mediacaption", "cutline"),
    "alt": ("alt", "alttext", "alternativetext"),
    "tags": ("tags", "keywords", "keyword", "tag"),
}  # fmt: skip
"""Names of the parts, and what formats call them (without case, blanks and marks)."""

_KNOWN = {alias: name for name, aliases in PARTS.items() for alias in aliases}


def printable(name: str) -> str:
    """A name in one line, whatever a file or a file system lets it hold."""
    return "".join(c if c.isprintable() else "\ufffd" for c in name)


def part_name(name: str | None) -> str | None:
    """The name of a part from what a format calls it, or ``None``."""
    key = "".join(character for character in (name or "").casefold() if character.isalnum())
    return _KNOWN.get(key)


@dataclass(frozen=True, slots=True, kw_only=True)
class TextPart:
    """A part of one text.

    Attributes:
        name: ``headline``, ``standfirst``, ``body``, ``caption``, ``alt`` or ``tags``.
        span: Where it stands in the text.
        element: What it was in the file, such as ``h1`` or ``body_html``.
    """

    name: str
    span: Span
    element: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """One text, read.

    Attributes:
        text: The text; all spans refer to it.
        lang: The language that the file states, or ``None``.
        parts: Its parts in text order; empty where the format knows none.
    """

    text: str
    lang: str | None = None
    parts: tuple[TextPart, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """Something of a collection that could not be read: named, never dropped in silence.

    Attributes:
        name: The article or the file.
        reason: Why, in one line.
    """

    name: str
    reason: str

    def __str__(self) -> str:
        return printable(f"{self.name}: {self.reason}")


class ArticleBuilder:
    """Puts an article together, block by block."""

    def __init__(self) -> None:
        self._blocks: list[tuple[str, str, str]] = []

    def add(self, name: str, text: str, element: str = "") -> None:
        """Append a block of a part; blanks are collapsed, an empty block is nothing."""
        text = " ".join(text.split())
        if text:
            self._blocks.append((name, text, element))

    def has(self, name: str) -> bool:
        """Whether there is a block of a part."""
        return any(part == name for part, _, _ in self._blocks)

    def finish(self, lang: str | None = None) -> Article:
        """The article."""
        text = BLOCK_BREAK.join(block for _, block, _ in self._blocks)
        parts, start = [], 0
        for name, block, element in self._blocks:
            span = Span.of(text, start, start + len(block))
            parts.append(TextPart(name=name, span=span, element=element))
            start = span.end + len(BLOCK_BREAK)
        return Article(text=text, lang=(lang or "").strip() or None, parts=tuple(parts))


def join(source: Article, target: Article, name: str) -> Document:
    """The document of a text and its translation.

    Blocks of one part in a row are one stretch. The stretches of a name are paired in order where
    both sides have as many; otherwise each stands for its own side.

    Args:
        source: The text as it was written.
        target: Its translation.
        name: What to call it.
    """
    return Document(
        source=source.text,
        target=target.text,
        source_lang=source.lang,
        target_lang=target.lang,
        id=name,
        parts=_paired(_stretches(source.parts), _stretches(target.parts)),
    )


def _stretches(parts: Iterable[TextPart]) -> dict[str, list[tuple[int, int]]]:
    found: dict[str, list[tuple[int, int]]] = {}
    last = ""
    for part in parts:
        places = found.setdefault(part.name, [])
        if part.name == last:
            places[-1] = (places[-1][0], part.span.end)
        else:
            places.append((part.span.start, part.span.end))
        last = part.name
    return found


def _paired(
    source: dict[str, list[tuple[int, int]]], target: dict[str, list[tuple[int, int]]]
) -> tuple[Part, ...]:
    parts: list[Part] = []
    for name in dict.fromkeys((*source, *target)):
        ours, theirs = source.get(name, []), target.get(name, [])
        if len(ours) == len(theirs):
            parts += [
                Part(name=name, source=a, target=b) for a, b in zip(ours, theirs, strict=True)
            ]
        else:
            parts += [Part(name=name, source=place) for place in ours]
            parts += [Part(name=name, target=place) for place in theirs]
    return tuple(sorted(parts, key=_order))


def _order(part: Part) -> tuple[int, int]:
    return part.target or part.source or (0, 0)


def with_languages(
    document: Document, source_lang: str | None, target_lang: str | None
) -> Document:
    """A document with the languages that the caller states, where they state any."""
    return replace(
        document,
        source_lang=source_lang or document.source_lang,
        target_lang=target_lang or document.target_lang,
    )
