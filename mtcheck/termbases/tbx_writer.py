"""TBX version 3 (ISO 30042:2019), dialect TBX-Basic, style DCT.

What TBX-Basic cannot say (dates, first reference, do not translate …) stands in a namespace of
ours, which other tools skip.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from xml.sax.saxutils import escape, quoteattr

from mtcheck.termbase import Status, Term, Termbase, TermEntry

NAMESPACE = "urn:x-mtcheck:termbase:1"

_HEAD = f"""<?xml version="1.0" encoding="UTF-8"?>
<tbx type="TBX-Basic" style="dct" xml:lang="en" xmlns="urn:iso:std:iso:30042:ed-2"
  xmlns:min="http://www.tbxinfo.net/ns/min" xmlns:basic="http://www.tbxinfo.net/ns/basic"
  xmlns:mtcheck="{NAMESPACE}">
  <tbxHeader>
    <fileDesc>
      <sourceDesc><p>{{name}}</p></sourceDesc>
    </fileDesc>
  </tbxHeader>
  <text>
    <body>
"""
_TAIL = """    </body>
  </text>
</tbx>
"""
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_NAME = re.compile(r"[A-Za-z_][\w.\-]*", re.ASCII)


def to_tbx(termbase: Termbase) -> str:
    """The file's text; see :meth:`Termbase.to_tbx`."""
    parts = [_HEAD.format(name=_text(termbase.name))]
    for number, entry in enumerate(termbase, start=1):
        parts += [f"{line}\n" for line in _entry(entry, number)]
    return "".join([*parts, _TAIL])


def _entry(entry: TermEntry, number: int) -> Iterator[str]:
    named = _NAME.fullmatch(entry.id) is not None
    identifier = entry.id if named else f"concept-{number}"
    yield f"      <conceptEntry id={quoteattr(identifier)}>"
    fields = (
        ("mtcheck:conceptId", None if named else entry.id),
        ("min:subjectField", entry.subject),
        ("basic:definition", entry.definition),
        ("basic:source", entry.source),
        ("mtcheck:entityType", entry.entity_type),
        ("mtcheck:jurisdiction", entry.jurisdiction),
        ("mtcheck:externalId", entry.external_id),
        ("note", entry.note),
    )
    yield from _fields(fields, 8)
    for lang in entry.languages:
        yield f"        <langSec xml:lang={quoteattr(lang)}>"
        for term in entry.terms:
            if term.lang == lang:
                yield from _term(term)
        yield "        </langSec>"
    yield "      </conceptEntry>"


def _term(term: Term) -> Iterator[str]:
    yield "          <termSec>"
    keep = term.status is Status.DO_NOT_TRANSLATE
    status = f"{term.status}Term-admn-sts" if term.status and not keep else None
    case = None if term.case_sensitive is None else str(term.case_sensitive).lower()
    fields = (
        ("term", term.text),
        ("min:administrativeStatus", status),
        ("min:partOfSpeech", term.part_of_speech),
        ("basic:termType", term.term_type),
        ("basic:geographicalUsage", term.edition),
        ("basic:grammaticalGender", term.gender),
        ("basic:context", term.context),
        ("basic:source", term.source),
        ("mtcheck:doNotTranslate", "true" if keep else None),
        ("mtcheck:caseSensitive", case),
        ("mtcheck:reference", term.reference),
        ("mtcheck:validFrom", _day(term.valid_from)),
        ("mtcheck:validTo", _day(term.valid_to)),
        ("mtcheck:externalId", term.external_id),
        ("note", term.note),
    )
    yield from _fields(fields, 12)
    yield "          </termSec>"


def _day(value: date | None) -> str | None:
    return None if value is None else value.isoformat()


def _fields(fields: tuple[tuple[str, str | None], ...], indent: int) -> Iterator[str]:
    for tag, value in fields:
        if value:
            yield f"{' ' * indent}<{tag}>{_text(value)}</{tag}>"


def _text(value: str) -> str:
    return escape(_NOT_XML.sub(" ", value))
