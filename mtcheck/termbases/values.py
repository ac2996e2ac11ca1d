"""Cells and attribute values of termbase files, read leniently into our own words."""

from __future__ import annotations

import calendar
import re
from datetime import date, timedelta

from mtcheck.errors import InputError, TermbaseError
from mtcheck.termbase import SOURCE_SIDE, TARGET_SIDE, Status
from mtcheck.text.languages import canonical_tag

_STATUSES = {
    Status.PREFERRED: "preferred preferredterm standardized standardizedterm approved recommended "
    "legalterm",
    Status.ADMITTED: "admitted admittedterm allowed accepted regulatedterm",
    Status.DEPRECATED: "deprecated deprecatedterm forbidden prohibited notrecommended avoid banned "
    "rejected donotuse",
    Status.SUPERSEDED: "superseded supersededterm obsolete outdated",
    Status.DO_NOT_TRANSLATE: "donottranslate dnt nottranslated keep",
}
_STATUS_OF = {word: status for status, words in _STATUSES.items() for word in words.split()}
# Words that files use for terms about which nothing has been decided.
_UNDECIDED = frozenset({"", "proposed", "new", "draft", "unspecified", "none", "active", "valid"})

TERM_TYPES = ("fullForm", "acronym", "abbreviation", "shortForm", "variant", "phrase")
_TYPE_OF = {name.casefold(): name for name in TERM_TYPES} | {
    "fullformterm": "fullForm", "full": "fullForm", "initialism": "acronym", "short": "shortForm",
    "shortformterm": "shortForm", "abbreviatedform": "abbreviation", "spellingvariant": "variant",
}  # fmt: skip

_YES = frozenset({"yes", "y", "true", "1", "x", "ja", "oui", "ya"})
_NO = frozenset({"", "no", "n", "false", "0", "nein", "non", "tidak"})
_DATE = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?(?:[T ]00:00(?::00)?)?")
_SERIAL = re.compile(r"\d{5}(?:\.0+)?")
_EXCEL_EPOCH = date(1899, 12, 30)


def read_status(text: str) -> Status | None:
    """A status by any of the names that files use.

    Raises:
        TermbaseError: An unknown status.
    """
    word = re.sub(r"[-_\s]|admnsts$|admn-sts$", "", text.strip().casefold().replace("admn-sts", ""))
    if word in _UNDECIDED:
        return None
    try:
        return _STATUS_OF[word]
    except KeyError:
        known = ", ".join(Status)
        raise TermbaseError(f"unknown status {text.strip()!r}: one of {known}") from None


def read_flag(text: str, column: str) -> bool:
    """A yes or no.

    Raises:
        TermbaseError: Neither.
    """
    word = text.strip().casefold()
    if word in _YES:
        return True
    if word in _NO:
        return False
    raise TermbaseError(f"{column} is {text.strip()!r}: write yes or no")


def read_date(text: str, column: str, *, last: bool = False) -> date | None:
    """A day: ``2024-10-21``; a year or month means its first day, or its last.

    Args:
        text: The cell; a spreadsheet's day number is understood.
        column: Its column, for the message.
        last: A year or month means its last day.

    Raises:
        TermbaseError: No date.
    """
    text = text.strip()
    if not text:
        return None
    if _SERIAL.fullmatch(text):
        return _EXCEL_EPOCH + timedelta(days=int(float(text)))
    match = _DATE.fullmatch(text)
    try:
        if match is None:
            raise ValueError
        year, month, day = (int(part) if part else None for part in match.groups())
        if year is None:
            raise ValueError
        month = month or (12 if last else 1)
        day = day or (calendar.monthrange(year, month)[1] if last else 1)
        return date(year, month, day)
    except ValueError:
        raise TermbaseError(f"{column} is {text!r}: write a date such as 2024-10-21") from None


def read_language(text: str) -> str:
    """A BCP 47 tag in its usual spelling.

    Raises:
        TermbaseError: There is no such language.
    """
    if text.strip().casefold() in {SOURCE_SIDE, TARGET_SIDE}:
        return text.strip().casefold()
    try:
        return canonical_tag(text)
    except InputError as error:
        raise TermbaseError(str(error)) from None


def read_term_type(text: str) -> str | None:
    """A term type in TBX's spelling; an unknown one is kept as it stands."""
    word = text.strip()
    return _TYPE_OF.get(re.sub(r"[-_\s]", "", word.casefold()), word) or None


def read_reference(text: str) -> str | None:
    """``first``, ``later`` or nothing.

    Raises:
        TermbaseError: Anything else.
    """
    word = text.strip().casefold().replace("reference", "").strip(" -_")
    if word in {"", "any"}:
        return None
    if word in {"first", "1", "1st"}:
        return "first"
    if word in {"later", "second", "2", "2nd", "subsequent"}:
        return "later"
    raise TermbaseError(f"reference is {text.strip()!r}: write first or later")
