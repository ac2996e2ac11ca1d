"""NewsML-G2 with the article inline, as XHTML or NITF, and NITF on its own.

Source: IPTC NewsML-G2 2.34 (newsMessage, newsItem, contentMeta, inlineXML); IPTC NITF 3.6.
"""

from __future__ import annotations

from collections.abc import Iterator

from mtcheck.errors import InputError
from mtcheck.markup import Element, parse_xml
from mtcheck.readers.article import Article, ArticleBuilder
from mtcheck.readers.html import BLOCKS

ROOTS = ("newsItem", "newsMessage", "nitf")
_PARTS = {
    "hl1": "headline", "hl2": "standfirst", "abstract": "standfirst", "media-caption": "caption",
    "figcaption": "caption",
}  # fmt: skip
_NO_TEXT = frozenset({
    "title", "style", "script", "docdata", "meta", "byline", "dateline", "pubdata",
})  # fmt: skip
_MAX_ELEMENTS = 200_000


def read_newsml(data: bytes, name: str) -> Article:
    """The article in the bytes of a NewsML-G2 or NITF file.

    Raises:
        InputError: Not well-formed, no item with text, or more than one.
    """
    root = parse_xml(data, name, max_elements=_MAX_ELEMENTS)
    items = [root] if root.tag in {"newsItem", "nitf"} else list(root.all("newsItem"))
    texts = [
        item for item in items if item.tag == "nitf" or any(item.all("inlineXML", "inlineData"))
    ]
    if not texts:
        raise InputError(f"{name}: no news item with its text inside")
    if len(texts) > 1:
        raise InputError(f"{name}: {len(texts)} news items in one file: one article each is read")
    return _article(texts[0], name)


def _article(item: Element, name: str) -> Article:
    builder = ArticleBuilder()
    meta = next(item.all("contentMeta"), None)
    seen: set[str] = set()

    def add(part: str, text: str, element: str) -> None:
        if part == "body":
            builder.add(part, text, element)
        elif text not in seen:
            seen.add(text)
            builder.add(part, text, element)

    if meta is not None:
        for element in meta.all("headline"):
            add("headline", element.text, "headline")
        for element in meta.all("description"):
            role = element.attributes.get("role", "").rpartition(":")[2].lower()
            add("caption" if "caption" in role else "standfirst", element.text, "description")
    content = [item] if item.tag == "nitf" else list(item.all("inlineXML"))
    for inline in content:
        for tag, text in _blocks(inline):
            part = _PARTS.get(tag, "body")
            if tag == "h1":
                part = "body" if builder.has("headline") else "headline"
            if part == "body" and text in seen:
                continue  # the headline, repeated above the text
            add(part, text, tag)
    for plain in item.all("inlineData"):
        if plain.attributes.get("contenttype", "text/plain").startswith("text/plain"):
            for line in "".join(plain.texts()).splitlines():
                add("body", " ".join(line.split()), "inlineData")
    if meta is not None:
        for element in meta.all("keyword"):
            add("tags", element.text, "keyword")
    article = builder.finish(_language(item, meta))
    if not article.text:
        raise InputError(f"{name}: the news item has no text in it")
    return article


def _language(item: Element, meta: Element | None) -> str | None:
    """Of the content, then of its mark-up; the item's own xml:lang is that of its metadata."""
    for element in meta.all("language") if meta is not None else ():
        if element.attributes.get("tag"):
            return element.attributes["tag"]
    for inline in item.all("inlineXML", "inlineData"):
        for element in (inline, *inline.children):
            if element.attributes.get("lang"):
                return element.attributes["lang"]
    return item.attributes.get("lang")


def _blocks(root: Element) -> Iterator[tuple[str, str]]:
    """(Tag, text) of every block; inline elements add nothing, a line break a blank."""
    pieces: list[str] = []
    found: list[tuple[str, str]] = []

    def close(tag: str) -> None:
        text = " ".join("".join(pieces).split())
        if text:
            found.append((tag, text))
        pieces.clear()

    def walk(element: Element, tag: str) -> None:
        for part in element.content:
            if isinstance(part, str):
                pieces.append(part)
            elif part.tag in _NO_TEXT:
                continue
            elif part.tag == "br":
                pieces.append(" ")
            elif part.tag in BLOCKS or "." in part.tag or part.tag in _PARTS:
                close(tag)
                # A paragraph within an abstract is still the abstract.
                inner = tag if tag in _PARTS and part.tag == "p" else part.tag
                walk(part, inner)
                close(inner)
            else:
                walk(part, tag)

    walk(root, root.tag)
    close(root.tag)
    yield from found
