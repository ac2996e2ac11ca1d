"""Say early, in one line, why an article cannot be checked."""

from __future__ import annotations

import unicodedata

from mtcheck.errors import InputError
from mtcheck.files import is_mojibake
from mtcheck.text.detection import Detection, detect
from mtcheck.text.languages import canonical_tag, display_name, lookalikes, primary

MAX_CHARACTERS = 1_000_000
"""Longest text that is taken as one article, about 150,000 words."""


def check_text(text: object, side: str) -> str:
    """The text itself, if it can be an article.

    Args:
        text: What the caller passed.
        side: ``source`` or ``target``, for the message.

    Raises:
        InputError: Not a text, empty, too long, not made of characters, or in a wrong encoding.
    """
    if not isinstance(text, str):
        raise InputError(f"the {side} is {type(text).__name__}, not text: pass a str")
    if not text.strip():
        raise InputError(f"the {side} is empty: nothing to check")
    if len(text) > MAX_CHARACTERS:
        raise InputError(
            f"the {side} has {len(text):,} characters, at most {MAX_CHARACTERS:,} make one "
            "article: split it"
        )
    for position, character in enumerate(text):
        if character == "\x00" or "\ud800" <= character <= "\udfff":
            raise InputError(
                f"the {side} holds the character U+{ord(character):04X} at position {position}: "
                "it is not plain text, or was read with the wrong encoding"
            )
    if is_mojibake(text):
        raise InputError(
            f"the {side} is UTF-8 that was read as Windows-1252 (Ã© for é and the like): repair "
            "its encoding"
        )
    if not any(unicodedata.category(c)[0] in "LN" for c in text):
        raise InputError(f"the {side} has no word in it: nothing to check")
    return text


def resolve_languages(
    source: str, target: str, source_lang: str | None, target_lang: str | None
) -> tuple[str, str]:
    """Canonical tags of both sides, detected where not given.

    Raises:
        InputError: An unknown tag, a language that cannot be told, two texts in one language,
            sides that look exchanged, or a text that is surely in another language.
    """
    given = (
        canonical_tag(source_lang) if source_lang else None,
        canonical_tag(target_lang) if target_lang else None,
    )
    found = (_detect(source, given[0]), _detect(target, given[1]))
    if source == target:
        raise InputError(
            "source and target are the same text: pass the original and its translation"
        )
    tags = []
    for side, tag, detection in zip(("source", "target"), given, found, strict=True):
        if tag is None and detection.lang is None:
            raise InputError(
                f"the language of the {side} cannot be told from {detection.n_letters} letters: "
                f"name it (--{side}-lang, or {side}_lang=)"
            )
        tags.append(tag or detection.lang or "")
    if given[0] and given[1] and primary(given[0]) != primary(given[1]):
        _check_swap(given[0], given[1], *found)
    if primary(tags[0]) == primary(tags[1]):
        how = "given" if all(given) else "found"
        raise InputError(
            f"source and target are in one language ({display_name(tags[0])}, {how}): "
            "is one of them the wrong text?"
        )
    for side, tag, detection, other in zip(
        ("source", "target"), given, found, reversed(tags), strict=True
    ):
        if tag and detection.lang and detection.contradicts(tag):
            if lookalikes(detection.lang, other):
                raise InputError(
                    f"source and target are in one language: the {side} looks like "
                    f"{display_name(detection.lang)} too"
                )
            raise InputError(
                f"the {side} looks like {display_name(detection.lang)}, not "
                f"{display_name(tag)}: correct --{side}-lang or the file"
            )
    return tags[0], tags[1]


def check_language(text: str, tag: str, side: str) -> None:
    """Whether a text can be in the language it should be in.

    Raises:
        InputError: It is surely in another one.
    """
    detection = _detect(text, tag)
    if detection.lang and detection.contradicts(tag):
        raise InputError(
            f"the {side} looks like {display_name(detection.lang)}, not {display_name(tag)}: "
            "is it the right text?"
        )


def _detect(text: str, tag: str | None) -> Detection:
    return detect(text, expected=primary(tag) if tag else None)


def _check_swap(source_tag: str, target_tag: str, source: Detection, target: Detection) -> None:
    if (
        source.contradicts(source_tag)
        and target.contradicts(target_tag)
        and source.lang is not None
        and target.lang is not None
        and lookalikes(source.lang, target_tag)
        and lookalikes(target.lang, source_tag)
    ):
        raise InputError(
            f"source and target look exchanged: the source is in {display_name(source.lang)}, "
            f"the target in {display_name(target.lang)}; swap them"
        )
