"""Plain text: the text as it stands, to the last line break; it knows no parts."""

from __future__ import annotations

from mtcheck.files import decode_utf8
from mtcheck.readers.article import Article


def read_plain(data: bytes, name: str) -> Article:
    """The article in the bytes of a text file."""
    return Article(text=decode_utf8(data, name))
