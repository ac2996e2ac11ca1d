"""JSON of content systems and ninjs (1.x to 3.x): fields of an article, by their names.

Source: IPTC ninjs 1.4, 2.1 and 3.0; the field names that content systems share.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from mtcheck.errors import InputError
from mtcheck.files import decode_utf8
from mtcheck.readers.article import Article, ArticleBuilder, part_name, printable
from mtcheck.readers.html import BLOCKS, add_fragment

_WRAPPERS = ("article", "item", "data", "content", "story", "fields")
_ORDER = ("headline", "standfirst", "body", "caption", "alt", "tags")
_TEXTS = (
    "value", "text", "content", "html", "rendered", "blocks", "children", "data", "paragraphs",
    "name", "title", "literal", "description",
)  # fmt: skip
_KINDS = ("type", "_type", "nodeType")
_PARAGRAPH = re.compile(r"p|block|paragraph|heading([-_]?[1-6])?|h[1-6]")
"""Kinds of rich-text blocks whose content is runs of one paragraph."""
_BLOCK_TAG = re.compile(rf"<(?:br|img|{'|'.join(sorted(BLOCKS))})\b[^<>]*>", re.I)
_INLINE_TAG = re.compile(r"</[a-z][a-z0-9]{0,20}>|&(?:#\d{1,7}|#x[\da-f]{1,6}|[a-z]{2,8});", re.I)
_MARKUP_KEYS = ("html", "xhtml")
_MEDIA = ("associations", "images", "media", "pictures", "image", "photos")
_MEDIA_TYPES = frozenset({"picture", "graphic", "video", "audio", "image"})
MAX_DEPTH = 12
"""Deepest nesting that holds text; nobody nests an article deeper."""
_TEXT_WORDS = 30
"""Words in a field of an unknown name that make it a text that must not go unread."""


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
        InputError: No object, no text under any name that is known, or a headline alone beside a
            text that is not understood.
    """
    for _ in range(3):
        if not isinstance(value, Mapping):
            raise InputError(f"{name}: not one article: a JSON object with headline and body")
        if any(
            part_name(key) == "body" and _has_text(item) and not _is_article(item)
            for key, item in value.items()
        ):
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
        raise InputError(f"{name}: no headline or body in it (it has {printable(keys[:200])})")
    if not builder.has("body"):
        unread = [
            str(key)
            for key, item in value.items()
            if (_field(key) == "body" and _has_text(item))
            or (_field(key) is None and key not in _MEDIA and _most_words(item) >= _TEXT_WORDS)
        ]
        if unread:
            raise InputError(
                f"{name}: no body in it, and text that is not understood under "
                f"{printable(', '.join(sorted(unread)[:8])[:200])}: give the body as text or HTML"
            )
    return article


def _is_article(value: Any) -> bool:
    """Whether something under the name of a body is an article of its own."""
    return isinstance(value, Mapping) and {"headline", "body"} <= {part_name(key) for key in value}


def _most_words(value: Any, depth: int = 0) -> int:
    if isinstance(value, str):
        return len(value.split())
    if depth > MAX_DEPTH or not isinstance(value, list | Mapping):
        return 0
    inside = value.values() if isinstance(value, Mapping) else value
    return max((_most_words(item, depth + 1) for item in inside), default=0)


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
    return (
        bool(value.strip())
        if isinstance(value, str)
        else isinstance(value, list | Mapping) and bool(value)
    )


def _add(
    builder: ArticleBuilder, part: str, key: str, value: Any, seen: set[str], depth: int = 0
) -> None:
    if depth > MAX_DEPTH:
        return
    if isinstance(value, str):
        # A headline under two names is one; a body says the same twice where it does.
        if part != "body" and value in seen:
            return
        seen.add(value)
        if _is_markup(key) or _BLOCK_TAG.search(value):
            add_fragment(builder, value, part)
            return
        for line in value.splitlines() if part == "body" else (value,):
            if _INLINE_TAG.search(line):
                add_fragment(builder, line, part)
            else:
                builder.add(part, line, key)
    elif isinstance(value, list):
        variants = key.lower() == "bodies"  # one text in several forms
        for item in value[:1] if variants else value:
            _add(builder, part, key, item, seen, depth + 1)
    elif isinstance(value, Mapping):
        kind = _kind(value)
        if part == "body" and kind in _MEDIA_TYPES:
            _add_media(builder, value)
            return
        if _PARAGRAPH.fullmatch(kind):
            _add(builder, part, key, _runs(value, depth), seen, depth + 1)
            return
        markup = "html" in str(value.get("contentType", value.get("contenttype", ""))).lower()
        for name in _TEXTS:
            if _has_text(value.get(name)):
                _add(builder, part, "html" if markup else name, value[name], seen, depth + 1)
                return


def _kind(value: Mapping[str, Any]) -> str:
    return next((str(value[key]).lower() for key in _KINDS if value.get(key)), "")


def _runs(value: Any, depth: int) -> str:
    """The text of one paragraph of rich text, whose runs differ in style."""
    if isinstance(value, str) or depth > MAX_DEPTH:
        return value if isinstance(value, str) else ""
    if isinstance(value, list):
        return "".join(_runs(item, depth + 1) for item in value)
    if not isinstance(value, Mapping):
        return ""
    if _kind(value) in {"hardbreak", "hard_break", "break"}:
        return " "
    return next(
        (_runs(value[name], depth + 1) for name in _TEXTS if _has_text(value.get(name))), ""
    )


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
