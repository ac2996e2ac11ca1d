"""CSV, in two layouts: one term a line (loses nothing), or pairs for other tools."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from mtcheck.errors import TermbaseError
from mtcheck.termbase import SOURCE_SIDE, TARGET_SIDE, Status, Term, Termbase, TermEntry
from mtcheck.termbases.columns import HEAD_COLUMNS, TERM_COLUMNS
from mtcheck.termbases.values import read_language
from mtcheck.text.languages import same_language

_BY_TERM = ("concept_id", "lang", "term", *TERM_COLUMNS, "term_note", "term_source",
            "term_external_id", *HEAD_COLUMNS, "note", "source")  # fmt: skip
_PAIRS = ("concept_id", "source_term", "source_lang", "target_term", "target_lang",
          "do_not_translate", *TERM_COLUMNS, "term_note", "term_source", "term_external_id",
          *HEAD_COLUMNS, "note", "source")  # fmt: skip


def to_csv(
    termbase: Termbase, *, source_lang: str | None = None, target_lang: str | None = None
) -> str:
    """CSV text with a header; see :meth:`Termbase.to_csv`.

    Raises:
        TermbaseError: One language is named and not the other.
    """
    if (source_lang is None) != (target_lang is None):
        raise TermbaseError("name both languages of the pairs, or none")
    stream = io.StringIO()
    if source_lang is None or target_lang is None:
        columns, rows = list(_BY_TERM), _term_rows(termbase)
    else:
        columns = list(_PAIRS)
        rows = _pair_rows(termbase, read_language(source_lang), read_language(target_lang))
    writer = csv.DictWriter(stream, columns, restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return stream.getvalue()


def _term_rows(termbase: Termbase) -> Iterator[dict[str, str]]:
    for entry in termbase:
        for term in entry.terms:
            yield {
                **_head(entry), **_fields(term),
                "concept_id": entry.id, "lang": term.lang, "term": term.text,
            }  # fmt: skip


def _pair_rows(termbase: Termbase, source_lang: str, target_lang: str) -> Iterator[dict[str, str]]:
    for entry in termbase:
        sources = [t for t in entry.terms if same_language(t.lang, source_lang)]
        sources += [t for t in entry.terms if t.lang == SOURCE_SIDE]
        targets = [t for t in entry.terms if same_language(t.lang, target_lang)]
        targets += [t for t in entry.terms if t.lang == TARGET_SIDE]
        common = {"concept_id": entry.id, "source_lang": source_lang, "target_lang": target_lang}
        for source in sources:
            row = {**_head(entry), **common, "source_term": source.text}
            if source.status is Status.DO_NOT_TRANSLATE:
                yield {**row, "target_term": source.text, "do_not_translate": "yes"}
                continue
            for target in targets:
                yield {**row, **_fields(target), "target_term": target.text}


def _head(entry: TermEntry) -> dict[str, str]:
    return {key: getattr(entry, key) or "" for key in (*HEAD_COLUMNS, "note", "source")}


def _fields(term: Term) -> dict[str, str]:
    found = {
        key: str(value)
        for key in TERM_COLUMNS
        if (value := getattr(term, key)) is not None and key != "case_sensitive"
    }
    if term.case_sensitive is not None:
        found["case_sensitive"] = "yes" if term.case_sensitive else "no"
    for key in ("note", "source", "external_id"):
        if value := getattr(term, key):
            found[f"term_{key}"] = value
    return found
