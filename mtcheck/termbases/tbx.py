"""TBX read leniently: versions 2 (martif) and 3, styles DCA and DCT, and what tools make of them.

Source: ISO 30042:2008 and ISO 30042:2019; TBX-Basic.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from mtcheck.errors import TermbaseError
from mtcheck.markup import Element, parse_xml
from mtcheck.termbase import Status, Term, Termbase
from mtcheck.termbases.building import Builder
from mtcheck.termbases.values import (
    read_date,
    read_flag,
    read_language,
    read_reference,
    read_status,
    read_term_type,
)

CONCEPTS = ("termEntry", "conceptEntry")
LANGUAGES = ("langSet", "langSec")
TERMS = ("tig", "ntig", "termSec")

# Names of one thing in the two styles, in TBX-Basic and in common exports, without case and marks.
_STATUS = ("administrativestatus", "normativeauthorization", "usagestatus", "termstatus", "status")
_EDITION = ("edition", "geographicalusage", "regionalusage")
_TYPE = ("termtype", "type")

Properties = dict[str, str]


def read_tbx(data: bytes, name: str, *, skip_bad_rows: bool = False) -> Termbase:
    """A termbase from the bytes of a TBX file; see :meth:`Termbase.read`."""
    root = parse_xml(data, name, kind=TermbaseError)
    entries = list(root.all(*CONCEPTS))
    if not entries:
        what = "no concept in it" if root.tag in {"tbx", "martif"} else f"<{root.tag}> is no TBX"
        raise TermbaseError(f"{name}: {what}")
    builder = Builder(name)
    seen: dict[str, int] = {}
    for number, entry in enumerate(entries, start=1):
        where = f"line {entry.line}"
        with builder.row(where):
            known = _properties(entry)
            concept = known.get("conceptid") or entry.attributes.get("id") or f"concept-{number}"
            if concept in seen:
                raise TermbaseError(f"the concept {concept} is there since line {seen[concept]}")
            seen[concept] = entry.line
            terms = [term for term in _terms(entry, known, builder) if term is not None]
            if not terms:
                raise TermbaseError(f"the concept {concept} has no term")
            builder.add(concept, where, _head(entry, known), terms)
    return builder.finish(skip_bad_rows=skip_bad_rows)


def _head(entry: Element, known: Properties) -> dict[str, str]:
    definition = known.get("definition", "")
    for section in entry.all(*LANGUAGES):
        definition = definition or _properties(section).get("definition", "")
    return {
        "subject": known.get("subjectfield", "") or known.get("domain", ""),
        "definition": definition,
        "entity_type": known.get("entitytype", ""),
        "jurisdiction": known.get("jurisdiction", ""),
        "external_id": known.get("externalid", ""),
        "note": known.get("note", ""),
        "source": known.get("source", "") or known.get("entrysource", ""),
    }


def _terms(entry: Element, known: Properties, builder: Builder) -> Iterator[Term | None]:
    keep = _flag(known, "donottranslate")
    first: str | None = None
    for section in entry.all(*LANGUAGES):
        tag = section.attributes.get("lang")
        with builder.row(f"line {section.line}"):
            if not tag:
                raise TermbaseError(f"<{section.tag}> without xml:lang")
            lang = read_language(tag)
            first = first or lang
            for part in section.all(*TERMS):
                with builder.row(f"line {part.line}"):
                    yield _term(part, lang, keep=bool(keep) and lang == first)
            return_empty = not any(section.all(*TERMS))
            if return_empty:
                raise TermbaseError(f"no term in {lang}")


def _term(part: Element, lang: str, *, keep: bool) -> Term:
    element = next(part.all("term"), None)
    if element is None:
        raise TermbaseError(f"<{part.tag}> without <term>")
    known = _properties(part)
    status = next((read_status(known[key]) for key in _STATUS if known.get(key)), None)
    if _flag(known, "forbidden"):
        status = Status.DEPRECATED
    if keep or _flag(known, "donottranslate"):
        status = Status.DO_NOT_TRANSLATE
    first, later = _flag(known, "firstreference"), _flag(known, "laterreference")
    reference = "first" if first else "later" if later else known.get("reference", "")
    return Term(
        text=element.text,
        lang=lang,
        status=status,
        part_of_speech=known.get("partofspeech"),
        term_type=read_term_type(next((known[k] for k in _TYPE if known.get(k)), "")),
        case_sensitive=_flag(known, "casesensitive"),
        reference=read_reference(reference),
        edition=next((known[key] for key in _EDITION if known.get(key)), None),
        valid_from=read_date(known.get("validfrom", ""), "validFrom"),
        valid_to=read_date(known.get("validto", ""), "validTo", last=True),
        gender=known.get("grammaticalgender"),
        context=known.get("context"),
        note=known.get("note"),
        source=known.get("source"),
        external_id=known.get("externalid"),
    )


def _flag(known: Properties, key: str) -> bool | None:
    return read_flag(known[key], key) if known.get(key) else None


def _properties(element: Element) -> Properties:
    """What is said at one level: by type in style DCA, by tag in style DCT; the first counts."""
    found: Properties = {}
    for child in element.children:
        if child.tag in (*CONCEPTS, *LANGUAGES, *TERMS, "term"):
            continue
        if child.tag.endswith("Grp"):
            for key, value in _properties(child).items():
                found.setdefault(key, value)
            continue
        name = child.attributes.get("type") or child.tag
        key = re.sub(r"[^a-z]", "", name.casefold())
        if child.text:
            found.setdefault(key, child.text)
    return found
