"""What the columns of a table are called, and how a file is cut into cells."""

from __future__ import annotations

import csv
import unicodedata
from collections.abc import Sequence
from typing import Any

from mtcheck.errors import InputError, TermbaseError
from mtcheck.text.languages import canonical_tag

ALTERNATIVES = "|"
"""Separates alternative terms inside one cell."""

HEAD_COLUMNS = ("subject", "definition", "entity_type", "jurisdiction", "external_id")
TERM_COLUMNS = (
    "status", "part_of_speech", "term_type", "case_sensitive", "reference", "edition",
    "valid_from", "valid_to", "gender", "context",
)  # fmt: skip
COLUMNS = (
    "concept_id", "source_term", "source_lang", "target_term", "target_lang", "term", "lang",
    "do_not_translate", *TERM_COLUMNS, *HEAD_COLUMNS, "note", "source",
    "term_note", "term_source", "term_external_id",
)  # fmt: skip
"""All columns a table may have, by their documented names."""

_ALIASES = {
    "id": "concept_id", "concept": "concept_id", "entry_id": "concept_id", "entry": "concept_id",
    "src": "source_term", "source_text": "source_term", "src_term": "source_term",
    "tgt": "target_term", "target": "target_term", "target_text": "target_term",
    "tgt_term": "target_term", "translation": "target_term",
    "src_lang": "source_lang", "source_language": "source_lang",
    "tgt_lang": "target_lang", "target_language": "target_lang",
    "language": "lang", "pos": "part_of_speech", "type": "term_type", "usage": "status",
    "comment": "note", "comments": "note", "notes": "note", "remark": "note",
    "domain": "subject", "subject_field": "subject", "country": "jurisdiction",
    "dnt": "do_not_translate", "case": "case_sensitive", "region": "edition",
    "example": "context",
}  # fmt: skip

TERMS = frozenset({"source_term", "target_term", "term"})


def cell_text(value: Any) -> str:
    """A value as the text of a cell, blanks collapsed."""
    if value is None:
        return ""
    if isinstance(value, list | tuple | set | frozenset):
        return ALTERNATIVES.join(map(str, value))
    if isinstance(value, bool):
        return "yes" if value else "no"
    return " ".join(str(value).split())


def decode(data: bytes, name: str, encoding: str | None) -> str:
    """The text of a file: UTF-8, UTF-16 with a mark, or what the caller names.

    Raises:
        TermbaseError: Another encoding, or no text at all.
    """
    if encoding is None:
        encoding = "utf-16" if data[:2] in {b"\xff\xfe", b"\xfe\xff"} else "utf-8-sig"
    try:
        text = data.decode(encoding)
    except LookupError:
        raise TermbaseError(f"{name}: unknown encoding {encoding!r}") from None
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise TermbaseError(
            f"{name}: line {line}: not {encoding.removesuffix('-sig')} (byte "
            f"0x{data[error.start]:02X}); save it as UTF-8 or name its encoding"
        ) from None
    if "\x00" in text:
        raise TermbaseError(f"{name}: not a text file (it holds NUL characters)")
    return text


def find_delimiter(text: str) -> str:
    """The mark that splits the first lines into the same number of cells, at least two."""
    lines = [line for line in text.splitlines()[:20] if line.strip()]
    best, best_rank = ",", (0.0, 0)
    for mark in "\t;,":
        try:
            widths = [len(row) for row in csv.reader(lines, delimiter=mark) if row]
        except csv.Error:
            continue
        if not widths or max(widths) < 2:
            continue
        common = max(set(widths), key=lambda w: (widths.count(w), w))
        if common >= 2:
            rank = (widths.count(common) / len(widths), common)
            if rank > best_rank:
                best, best_rank = mark, rank
    return best


def column_name(cell: str) -> str:
    """Our name of a column: a documented one, or a language tag; empty if it is neither."""
    name = "_".join(unicodedata.normalize("NFKC", cell).strip().casefold().split())
    name = name.replace("-", "_") if name.replace("-", "_") in COLUMNS else name
    name = _ALIASES.get(name, name)
    if name in COLUMNS:
        return name
    return _as_language(cell) or ""


def columns_of(cells: Sequence[str]) -> list[str]:
    """Our names of some columns, told apart by each other.

    "id" is a column and the tag of Indonesian: without terms by name, it is the language.
    "source" is where a term was taken from: beside "target" alone, it is the source term.
    """
    columns = [column_name(cell) for cell in cells]
    if "target_term" in columns and "source_term" not in columns:
        columns = ["source_term" if column == "source" else column for column in columns]
    if not TERMS & set(columns):
        columns = [
            _as_language(cell) or column if cell.strip().casefold() == "id" else column
            for cell, column in zip(cells, columns, strict=True)
        ]
    return columns


def _as_language(cell: str) -> str | None:
    if not 2 <= len(cell.strip()) <= 12:
        return None
    try:
        return canonical_tag(cell)
    except InputError:
        return None


def find_header(
    filled: Sequence[tuple[str, list[str]]], name: str
) -> tuple[list[str], Sequence[tuple[str, list[str]]]]:
    """Columns and the rows below them."""
    first = filled[0][1]
    columns = columns_of(first)
    named = TERMS & set(columns)
    languages = [column for column in columns if column and column not in COLUMNS]
    unknown = [cell for cell, column in zip(first, columns, strict=True) if cell and not column]
    if named or (len(languages) >= 2 and not unknown):
        if unknown:
            known = ", ".join(COLUMNS)
            raise TermbaseError(f"{name}: unknown column {unknown[0]!r}: the columns are {known}")
        twice = [c for c in columns if c and columns.count(c) > 1]
        if twice:
            raise TermbaseError(f"{name}: the column {twice[0]} is there twice")
        return columns, filled[1:]
    width = max(len(row) for _, row in filled)
    if width < 2:
        raise TermbaseError(
            f"{name}: one column only: a termbase needs a source term and a target term"
        )
    layout = ["source_term", "target_term", "note"]
    if width >= 4 and all(
        len(row) >= 4 and _as_language(row[2]) and _as_language(row[3]) for _, row in filled
    ):
        layout = ["source_term", "target_term", "source_lang", "target_lang"]
    if width > len(layout):
        raise TermbaseError(f"{name}: {width} columns without a header: name them in a first row")
    return layout, filled
