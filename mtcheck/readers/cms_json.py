"""JSON of content systems and ninjs (1.x to 3.x): fields of an article, by their names.

Source: IPTC ninjs 1.4, 2.1 and 3.0; the field names that content systems share.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from mtcheck.errors import InputError
from mtcheck.files import decode_utf8
from mtcheck.readers.article import Article, ArticleBuilder, part_name
from mtcheck.readers.html import add_fragment

_WRAPPERS = ("article", "item", "data", "content", "story", "fields")
_ORDER = ("headline", "standfirst", "body", "caption", "alt", "tags")
_TEXTS = ("value", "text", "content", "html", "name", "title", "literal", "description")
_MARKUP_KEYS = ("html", "xhtml")
_MEDIA = ("associations", "images", "media", "pictures", "image", "photos")
_MEDIA_TYPES = frozenset({"picture", "graphic", "video", "audio", "image"})
MAX_DEPTH = 12
"""Deepest nesting that holds text; nobody nests an article deeper."""


def load_json(text: str, name: str) -> Any:
    """What a JSON text holds.

    Raises:
        InputError: No JSON, or nested too deeply.
    """
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        raise InputError(f"{name}: line {error.lineno}: not JSON: {error.msg}") from None
    except RecursionError:
        raise InputError(f"{name}: JSON nested too deeply") from None
    except ValueError:  # a number of thousands of digits
        raise InputError(f"{name}: JSON with a number that is too long") from None


def read_json(data: bytes, name: str) -> Article:
    """The article in the bytes of a JSON file."""
    return article_of(load_json(decode_utf8(data, name), name), name)


def article_of(value: Any, name: str) -> Article:
    """The article in a JSON object.

    Raises:
        InputError: No object, or no text under any name that is known.
    """
    for _ in range(3):
        if not isinstance(value, Mapping):
            raise InputError(f"{name}: not one article: a JSON object with headline and body")
        if any(part_name(key) == "body" and _has_text(item) for key, item in value.items()):
            break
        inner = next((value[key] for key in _WRAPPERS if isinstance(value.get(key), Mapping)), None)
        if inner is None:
            break
        value = inner
    builder = ArticleBuilder()
    fields: dict[str, list[tuple[str, Any]]] = {}
    for key, item in value.items():
        known = _field(key)
        if known:
            fields.setdefault(known, []).append((key, item))
    for part in _ORDER:
        seen: set[str] = set()
        for key, item in _best(part, fields.get(part, [])):
            _add(builder, part, key, item, seen)
    for key in _MEDIA:
        _add_media(builder, value.get(key))
    article = builder.finish(_language(value))
    if not article.text:
        keys = ", ".join(sorted(map(str, value))[:8]) or "nothing"
        raise InputError(f"{name}: no headline or body in it (it has {keys[:200]})")
    return article


def _field(key: str) -> str | None:
    known = part_name(key)
    if known is None and key.lower() in {"headlines", "descriptions", "bodies", "body_html"}:
        return {"h": "headline", "d": "standfirst", "b": "body"}[key[0].lower()]
    return known


def _best(part: str, found: list[tuple[str, Any]]) -> list[tuple[str, Any]]:
    """All fields of a part, but one body alone: the others are the same text in another form."""
    filled = [(key, item) for key, item in found if _has_text(item)]
    if part != "body":
        return filled
    plain = [(key, item) for key, item in filled if not _is_markup(key)]
    return (plain or filled)[:1]


def _is_markup(key: str) -> bool:
    return key.lower().replace("-", "_").split("_")[-1] in _MARKUP_KEYS


def _has_text(value: Any) -> bool:
    return bool(value.strip()) if isinstance(value, str) else isinstance(value, list | Mapping)


def _add(
    builder: ArticleBuilder, part: str, key: str, value: Any, seen: set[str], depth: int = 0
) -> None:
    if depth > MAX_DEPTH:
        return
    if isinstance(value, str):
        if value in seen:
            return
        seen.add(value)
        if _is_markup(key) or (part == "body" and _looks_like_html(value)):
            add_fragment(builder, value, part)
        elif part == "body":
            for line in value.splitlines():
                builder.add(part, line, key)
        else:
            builder.add(part, value, key)
    elif isinstance(value, list):
        variants = key.lower() in {"bodies"}  # one text in several forms
        for item in value[:1] if variants else value:
            _add(builder, part, key, item, seen, depth + 1)
    elif isinstance(value, Mapping):
        kind = str(value.get("type", "")).lower()
        inner = part
        if part == "body" and kind in _MEDIA_TYPES:
            _add_media(builder, value)
            return
        markup = "html" in str(value.get("contentType", value.get("contenttype", ""))).lower()
        for name in _TEXTS:
            if isinstance(value.get(name), str | list) and value[name]:
                _add(builder, inner, "html" if markup else name, value[name], seen, depth + 1)
                return


def _looks_like_html(value: str) -> bool:
    head = value.lstrip()[:40].lower()
    return head.startswith(("<p", "<div", "<h", "<article", "<section", "<b", "<ul", "<figure"))


def _add_media(builder: ArticleBuilder, value: Any, depth: int = 0) -> None:
    """Captions and alternative texts of pictures; associated articles are other articles."""
    if depth > 3:
        return
    if isinstance(value, list):
        for item in value:
            _add_media(builder, item, depth + 1)
    elif isinstance(value, Mapping):
        if isinstance(value.get("type"), str) and value["type"] not in _MEDIA_TYPES:
            return
        texts = [key for key in value if isinstance(value[key], str)]
        if not texts or not isinstance(value.get("type", ""), str):
            for item in value.values():
                _add_media(builder, item, depth + 1)
            return
        seen: set[str] = set()
        for key in texts:
            known = _field(key)
            if known == "alt":
                _add(builder, "alt", key, value[key], seen)
            elif known in {"caption", "standfirst", "headline"}:
                _add(builder, "caption", key, value[key], seen)
        if not any(_field(key) for key in texts):
            for item in value.values():
                _add_media(builder, item, depth + 1)


def _language(value: Mapping[str, Any]) -> str | None:
    for key in ("language", "lang", "locale", "inLanguage"):
        if isinstance(value.get(key), str) and value[key].strip():
            return str(value[key]).strip().replace("_", "-")
    return None
