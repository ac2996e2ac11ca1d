"""Markdown (CommonMark with tables), with the front matter that site generators use."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from mtcheck.errors import InputError
from mtcheck.files import check_size, decode_utf8
from mtcheck.readers.article import Article, ArticleBuilder, part_name
from mtcheck.readers.html import add_fragment

if TYPE_CHECKING:
    from markdown_it.token import Token

MAX_BYTES = 1_000_000
"""Largest file: a million brackets take the parser most of a minute."""

_FRONT = re.compile(r"\A---[ \t]*\r?\n(.*?)^---[ \t]*(?:\r?\n|\Z)", re.S | re.M)
_FIELD = re.compile(r"^([A-Za-z_][\w-]*)[ \t]*:[ \t]*(\S.*?)[ \t]*\r?$", re.M)
_SCALAR_BLOCK = re.compile(r"[|>][+-]?\d?[+-]?")
"""The value is on the lines below."""
_HTML_TAG = re.compile(r"<(/?)([A-Za-z][\w-]*)[^>]*>")


def read_markdown(data: bytes, name: str) -> Article:
    """The article in the bytes of a Markdown file.

    The first level-1 heading is the headline. Front matter gives language, headline, standfirst
    and tags from single-line fields; code blocks are left out.
    """
    from markdown_it import MarkdownIt

    check_size(data, MAX_BYTES, name)
    text = decode_utf8(data, name)
    builder = ArticleBuilder()
    lang = None
    headline = False
    tags: list[tuple[str, str]] = []
    front = _FRONT.match(text)
    if front:
        text = text[front.end() :]
        for key, raw in _FIELD.findall(front[1]):
            part = part_name(key)
            value = _unquoted(raw)
            if _SCALAR_BLOCK.fullmatch(raw):
                continue
            if key.lower() in {"lang", "language"}:
                lang = value
            elif part == "tags":
                named = [_unquoted(tag.strip()) for tag in value.strip("[]").split(",")]
                tags.append((", ".join(filter(None, named)), key))
            elif part in {"headline", "standfirst"}:
                builder.add(part, value, key)
                headline = headline or part == "headline"
    parser = MarkdownIt("commonmark", {"maxNesting": 50}).enable("table")
    try:
        tokens = parser.parse(text)
    except RecursionError:
        raise InputError(f"{name}: nested too deeply") from None
    opened: list[str] = []
    for token in tokens:
        if token.nesting == 1:
            opened.append(token.tag)
        elif token.nesting == -1 and opened:
            opened.pop()
        if token.type == "inline":
            tag = opened[-1] if opened else "p"
            part = "headline" if tag == "h1" and not headline else "body"
            headline = headline or part == "headline"
            builder.add(part, _inline(token.children or ()), tag)
            for alt in _alternatives(token.children or ()):
                builder.add("alt", alt, "img")
        elif token.type == "html_block":
            add_fragment(builder, token.content, "body")
    for tag, key in tags:
        builder.add("tags", tag, key)
    return builder.finish(lang)


def _unquoted(value: str) -> str:
    quoted = len(value) > 1 and value[0] == value[-1] and value[0] in "\"'"
    return value[1:-1] if quoted else value


def _inline(tokens: Sequence[Token]) -> str:
    pieces = []
    for token in tokens:
        if token.type in {"text", "code_inline", "text_special"}:
            pieces.append(token.content)
        elif token.type in {"softbreak", "hardbreak"}:
            pieces.append(" ")
        elif token.type == "html_inline":
            tag = _HTML_TAG.match(token.content)
            if tag and tag[2].lower() == "br":
                pieces.append(" ")
    return "".join(pieces)


def _alternatives(tokens: Sequence[Token]) -> list[str]:
    return [token.content for token in tokens if token.type == "image" and token.content]
