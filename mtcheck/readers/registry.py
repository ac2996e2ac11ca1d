"""Which reader reads what: by the end of a file's name, else by its first characters."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import PurePath

from mtcheck.document import Document
from mtcheck.errors import InputError
from mtcheck.readers.article import Article, Problem

MAX_ARTICLE_BYTES = 16_000_000
"""Largest file with one text."""
MAX_BILINGUAL_BYTES = 64_000_000
"""Largest file with many."""

_SUFFIXES = {
    ".txt": "plain", ".text": "plain",
    ".md": "markdown", ".markdown": "markdown",
    ".html": "html", ".htm": "html", ".xhtml": "html",
    ".json": "json", ".ninjs": "json",
    ".jsonl": "jsonl", ".ndjson": "jsonl",
    ".xlf": "xliff", ".xliff": "xliff", ".mqxliff": "xliff", ".sdlxliff": "xliff",
    ".tmx": "tmx",
    ".nitf": "newsml",
}  # fmt: skip
_ROOTS = {
    "xliff": "xliff", "tmx": "tmx", "newsitem": "newsml", "newsmessage": "newsml",
    "nitf": "newsml", "html": "html",
}  # fmt: skip
_BILINGUAL = frozenset({"jsonl", "xliff", "tmx"})
_ROOT = re.compile(r"<(?![?!])(?:[\w.-]+:)?([A-Za-z][\w.-]*)")
_PROLOG = re.compile(r"<\?.*?\?>|<!--.*?-->", re.S)


def sniff(data: bytes, name: str = "") -> str:
    """The format of some bytes: the name's end decides where it is known, the content otherwise.

    Returns:
        ``plain``, ``markdown``, ``html``, ``json``, ``newsml``, ``jsonl``, ``xliff`` or ``tmx``.

    Raises:
        InputError: XML of a kind that is not read.
    """
    suffix = PurePath(name).suffix.lower()
    if suffix in _SUFFIXES:
        return _SUFFIXES[suffix]
    head = data[:8192]
    wide = head[:2] in {b"\xff\xfe", b"\xfe\xff"}
    text = head.decode("utf-16" if wide else "utf-8", errors="replace").lstrip("\ufeff \t\r\n")
    if text.startswith("<"):
        if re.match(r"<!doctype html", text, re.I):
            return "html"
        root = _ROOT.search(_PROLOG.sub("", text))
        kind = _ROOTS.get(root[1].lower()) if root else None
        if kind:
            return kind
        if text.startswith("<?xml") or suffix == ".xml":
            shown = f"<{root[1][:40]}>" if root else "no element"
            raise InputError(f"{name}: {shown} is no kind of XML that is read here")
    if suffix == ".xml":
        raise InputError(f"{name}: not XML")
    if text.startswith("{"):
        from mtcheck.readers.jsonl import looks_like_jsonl

        # The first line may be longer than what was looked at.
        first = data.split(b"\n", 1)[0][:MAX_ARTICLE_BYTES].decode("utf-8", errors="replace")
        return "jsonl" if looks_like_jsonl(first) else "json"
    return "plain"


def is_bilingual(data: bytes, name: str = "") -> bool:
    """Whether some bytes hold source and translation.

    Raises:
        InputError: XML of a kind that is not read.
    """
    return sniff(data, name) in _BILINGUAL


def read_article(data: bytes, name: str) -> Article:
    """The one text in the bytes of a file.

    Args:
        data: The bytes.
        name: The file's name; its end tells the format, and messages begin with it.

    Raises:
        InputError: It cannot be read; one line says where and why.
        MissingExtraError: The format needs a package that is not installed.
    """
    from mtcheck.files import check_size

    kind = sniff(data, name)
    if kind in _BILINGUAL:
        raise InputError(f"{name}: holds source and translation: name it alone")
    check_size(data, MAX_ARTICLE_BYTES, name)
    try:
        article = _reader(kind)(data, name)
    except InputError as error:
        if str(error).startswith(name):
            raise
        raise InputError(f"{name}: {error}") from None
    if not article.text.strip():
        raise InputError(f"{name}: is empty: nothing to check")
    return article


def read_documents(data: bytes, name: str) -> Iterator[Document | Problem]:
    """The articles with their translations in the bytes of a bilingual file, lazily.

    Raises:
        InputError: It cannot be read as a whole; one line says where and why.
    """
    from mtcheck.files import check_size

    check_size(data, MAX_BILINGUAL_BYTES, name)
    kind = sniff(data, name)
    if kind == "jsonl":
        from mtcheck.readers.jsonl import read_jsonl

        return read_jsonl(data, name)
    if kind == "xliff":
        from mtcheck.readers.xliff import read_xliff

        return read_xliff(data, name)
    if kind == "tmx":
        from mtcheck.readers.tmx import read_tmx

        return read_tmx(data, name)
    raise InputError(f"{name}: holds one text: name its translation too")


def _reader(kind: str) -> Callable[[bytes, str], Article]:
    if kind == "markdown":
        from mtcheck.readers.markdown import read_markdown

        return read_markdown
    if kind == "html":
        from mtcheck.readers.html import read_html

        return read_html
    if kind == "json":
        from mtcheck.readers.cms_json import read_json

        return read_json
    if kind == "newsml":
        from mtcheck.readers.newsml import read_newsml

        return read_newsml
    from mtcheck.readers.plain import read_plain

    return read_plain
