"""From texts to safe HTML: what all HTML views share."""

from __future__ import annotations

from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from mtcheck.reporters import text as words
from mtcheck.text.languages import primary

_RTL_SCRIPTS = frozenset({"Adlm", "Arab", "Hebr", "Mand", "Nkoo", "Rohg", "Samr", "Syrc", "Thaa"})


@cache
def environment() -> Environment:
    """The template engine, escaping everything."""
    engine = Environment(
        loader=PackageLoader("mtcheck", "reporters/templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    engine.filters["shown"] = shown
    engine.filters["isolated"] = isolated
    engine.filters["count"] = words.counted
    engine.filters["percent"] = words.percent
    return engine


def shown(text: str) -> Markup:
    """A text as HTML, its hidden characters spelled out as labels."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if not any(words.hidden(c) for c in text):
        return Markup.escape(text)
    parts: list[Markup] = []
    plain = 0
    for position, character in enumerate(text):
        if words.hidden(character):
            parts.append(Markup.escape(text[plain:position]))
            parts.append(
                Markup('<span class="mtc-hidden">{}</span>').format(words.code_point(character))
            )
            plain = position + 1
    parts.append(Markup.escape(text[plain:]))
    return Markup("").join(parts)


def isolated(message: str) -> Markup:
    """A sentence whose quoted words keep their own direction to themselves."""
    parts: list[Markup] = []
    rest = message
    while (begin := rest.find("\u201c")) >= 0 and (end := rest.find("\u201d", begin)) >= 0:
        parts.append(shown(rest[: begin + 1]))
        parts.append(Markup("<bdi>{}</bdi>").format(shown(rest[begin + 1 : end])))
        rest = rest[end:]
    return Markup("").join([*parts, shown(rest)])


def direction(tag: str) -> str:
    """``rtl`` or ``ltr`` for a language tag, ``auto`` where nothing is known of it."""
    from babel import Locale
    from babel.core import UnknownLocaleError

    scripts = [part.title() for part in tag.split("-")[1:] if len(part) == 4 and part.isalpha()]
    if scripts:
        return "rtl" if scripts[0] in _RTL_SCRIPTS else "ltr"
    try:
        direction: str = Locale.parse(primary(tag)).text_direction
    except (UnknownLocaleError, ValueError):
        return "auto"
    return direction
