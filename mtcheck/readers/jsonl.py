"""JSON Lines: a pair of texts, or of articles, on each line."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from mtcheck.document import Document
from mtcheck.errors import InputError
from mtcheck.files import decode_utf8
from mtcheck.readers.article import Article, Problem, join
from mtcheck.readers.cms_json import article_of, load_json

_SOURCE = ("source", "src", "original")
_TARGET = ("target", "tgt", "mt", "translation", "hypothesis")
_NAMES = ("id", "name", "doc_id", "document_id")


def read_jsonl(data: bytes, name: str) -> Iterator[Document | Problem]:
    """The pairs in the bytes of a JSON Lines file, lazily; a bad line is a problem of its own."""
    if data[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        decode_utf8(data, name)
    start, number = 0, 0
    while start < len(data):
        end = data.find(b"\n", start)
        end = len(data) if end < 0 else end
        line, start, number = data[start:end], end + 1, number + 1
        if not line.strip(b"\r\t \xef\xbb\xbf"):
            continue
        where = f"{name}:{number}"
        try:
            yield _pair(load_json(decode_utf8(line, where), where), where)
        except InputError as error:
            yield Problem(name=where, reason=str(error).removeprefix(f"{where}: "))


def looks_like_jsonl(head: str) -> bool:
    """Whether the first line of a text is a pair."""
    try:
        value = json.loads(head.lstrip("\ufeff").strip().splitlines()[0])
    except (ValueError, IndexError, RecursionError):
        return False
    return (
        isinstance(value, Mapping)
        and any(key in value for key in _TARGET)
        and any(key in value for key in _SOURCE)
    )


def _pair(value: Any, where: str) -> Document:
    if not isinstance(value, Mapping):
        raise InputError(f"{where}: not a JSON object with source and target")
    sides = []
    for keys in (_SOURCE, _TARGET):
        key = next((key for key in keys if value.get(key) is not None), None)
        if key is None:
            raise InputError(f"{where}: no {keys[0]} in it")
        side = value[key]
        article = (
            Article(text=side) if isinstance(side, str) else article_of(side, f"{where} {key}")
        )
        lang = next(
            (
                value[name]
                for k in keys
                for name in (f"{k}_lang", f"{k}_language")
                if value.get(name)
            ),
            article.lang,
        )
        if lang is not None and not isinstance(lang, str):
            raise InputError(f"{where}: the language of the {keys[0]} is no text")
        sides.append(replace(article, lang=lang))
    name = next((value[key] for key in _NAMES if isinstance(value.get(key), str | int)), None)
    return join(sides[0], sides[1], where if name in (None, "") else str(name))
