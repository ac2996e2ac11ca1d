"""CSV, TSV, worksheets, mappings and lists of rows: four layouts, one reader.

Pairs (``source_term``, ``target_term``), one term a row (``concept_id``, ``lang``, ``term``), one
language a column (``id``, ``en`` …), and two columns without a header.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from mtcheck.errors import TermbaseError
from mtcheck.termbase import SOURCE_SIDE, TARGET_SIDE, Status, Term, Termbase
from mtcheck.termbases.building import Builder
from mtcheck.termbases.columns import (
    ALTERNATIVES,
    COLUMNS,
    HEAD_COLUMNS,
    cell_text,
    column_name,
    columns_of,
    decode,
    find_delimiter,
    find_header,
)
from mtcheck.termbases.values import (
    read_date,
    read_flag,
    read_language,
    read_reference,
    read_status,
    read_term_type,
)

Row = tuple[str, dict[str, str]]
"""Where a row stands, and its filled cells by column."""


def read_delimited(
    data: bytes,
    name: str,
    *,
    source_lang: str | None = None,
    target_lang: str | None = None,
    encoding: str | None = None,
    skip_bad_rows: bool = False,
) -> Termbase:
    """A termbase from the bytes of a CSV or TSV file; see :meth:`Termbase.read`."""
    text = decode(data, name, encoding)
    delimiter = find_delimiter(text)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    cells: list[tuple[str, list[str]]] = []
    last = 1
    try:
        for row in reader:
            cells.append((f"line {last}", row))
            last = reader.line_num + 1
    except csv.Error as error:
        raise TermbaseError(f"{name}: line {reader.line_num}: {error}") from None
    return read_cells(
        cells, name,
        source_lang=source_lang, target_lang=target_lang, skip_bad_rows=skip_bad_rows,
    )  # fmt: skip


def read_cells(
    cells: Sequence[tuple[str, Sequence[str]]],
    name: str,
    *,
    source_lang: str | None = None,
    target_lang: str | None = None,
    skip_bad_rows: bool = False,
) -> Termbase:
    """A termbase from the cells of a table, the header among them if there is one."""
    filled = [
        (where, [cell_text(c) for c in row]) for where, row in cells if any(map(str.strip, row))
    ]
    if not filled:
        raise TermbaseError(f"{name}: the table is empty")
    header, body = find_header(filled, name)
    builder = Builder(name)
    rows: list[Row] = []
    for where, row in body:
        with builder.row(where):
            extra = [cell for cell in row[len(header) :] if cell]
            if extra:
                raise TermbaseError(
                    f"{len(row)} cells, but {len(header)} columns: is a delimiter not quoted?"
                )
            rows.append((where, {k: v for k, v in zip(header, row, strict=False) if v and k}))
    _collect(builder, header, rows, source_lang, target_lang)
    return builder.finish(skip_bad_rows=skip_bad_rows)


def from_rows(
    rows: Mapping[str, Any] | Iterable[Mapping[str, Any]],
    *,
    source_lang: str | None = None,
    target_lang: str | None = None,
    skip_bad_rows: bool = False,
) -> Termbase:
    """A termbase from a mapping of source to target terms, or from rows with column names.

    Raises:
        TermbaseError: A row cannot be read, or this is no list of rows.
    """
    builder = Builder("termbase")
    if isinstance(rows, Mapping):
        pairs: Iterable[Any] = (
            {"source_term": source, "target_term": target} for source, target in rows.items()
        )
    else:
        pairs = rows
    found: list[Row] = []
    try:
        numbered = list(enumerate(pairs, start=1))
    except TypeError:
        raise TermbaseError(f"a termbase cannot be {type(rows).__name__}: pass a path, a mapping "
                            "or a list of rows") from None  # fmt: skip
    # All rows together tell what a column is: one of them may lack its target.
    named = list(dict.fromkeys(str(k) for _, r in numbered if isinstance(r, Mapping) for k in r))
    ours = dict(zip(named, columns_of(named), strict=True))
    for number, row in numbered:
        where = f"row {number}"
        with builder.row(where):
            if not isinstance(row, Mapping):
                raise TermbaseError(f"it is {type(row).__name__}, not a mapping of columns")
            unknown = [str(key) for key in row if not column_name(str(key))]
            if unknown:
                raise TermbaseError(f"unknown column {unknown[0]!r}")
            cells = {ours[str(key)]: cell_text(value) for key, value in row.items()}
            found.append((where, {key: value for key, value in cells.items() if value}))
    header = list(dict.fromkeys(key for _, row in found for key in row))
    _collect(builder, header, found, source_lang, target_lang)
    return builder.finish(skip_bad_rows=skip_bad_rows)


# ------------------------------------------------------------------ rows


def _collect(
    builder: Builder,
    header: Sequence[str],
    rows: Sequence[Row],
    source_lang: str | None,
    target_lang: str | None,
) -> None:
    """Add all rows to the builder."""
    languages = [column for column in header if column and column not in COLUMNS]
    defaults = (
        read_language(source_lang) if source_lang else SOURCE_SIDE,
        read_language(target_lang) if target_lang else TARGET_SIDE,
    )
    groups: dict[tuple[str, ...], str] = {}
    for number, (where, given) in enumerate(rows, start=1):
        row: Mapping[str, str] = given
        with builder.row(where):
            if languages:
                terms = list(_by_language(row, languages))
            elif "term" in row:
                terms = [_single(row)]
            else:
                if "term_note" not in header and "term_source" not in header:
                    # The row speaks of one pair: what it notes belongs to its target term.
                    row = _with_term_columns(row)
                terms = list(_pair(row, *defaults))
            concept = row.get("concept_id") or _group(groups, row, terms[0], number)
            head = {key: row.get(key, "") for key in (*HEAD_COLUMNS, "note", "source")}
            builder.add(concept, where, head, terms)


def _with_term_columns(row: Mapping[str, str]) -> dict[str, str]:
    if "target_term" not in row:
        return dict(row)
    renamed = {"note": "term_note", "source": "term_source"}
    return {renamed.get(key, key): value for key, value in row.items()}


def _group(groups: dict[tuple[str, ...], str], row: Mapping[str, str], head: Term, n: int) -> str:
    """Rows with the same source term are one concept, unless a column tells them apart."""
    if "term" in row:
        raise TermbaseError("no concept_id: it ties the terms of a concept together")
    apart = tuple(row.get(key, "") for key in ("jurisdiction", "part_of_speech", "subject"))
    return groups.setdefault((head.lang, head.text.casefold(), *apart), f"row-{n}")


def _pair(row: Mapping[str, str], source_lang: str, target_lang: str) -> Iterator[Term]:
    if "source_term" not in row:
        raise TermbaseError(f"no source term for “{row.get('target_term', '')}”")
    if "source_lang" in row:
        source_lang = read_language(row["source_lang"])
    if "target_lang" in row:
        target_lang = read_language(row["target_lang"])
    if source_lang == target_lang:
        raise TermbaseError(f"source and target of “{row['source_term']}” are both {source_lang}")
    case = _case(row)
    status = read_status(row.get("status", ""))
    keep = read_flag(row.get("do_not_translate", ""), "do_not_translate")
    keep = keep or status is Status.DO_NOT_TRANSLATE
    for text in _alternatives(row["source_term"]):
        yield Term(
            text=text, lang=source_lang, case_sensitive=case,
            status=Status.DO_NOT_TRANSLATE if keep else None,
            part_of_speech=row.get("part_of_speech"),
        )  # fmt: skip
    if keep:
        if row.get("target_term", row["source_term"]) != row["source_term"]:
            raise TermbaseError(
                f"“{row['source_term']}” is not to be translated, but has the target term "
                f"“{row['target_term']}”"
            )
        return
    if "target_term" not in row:
        raise TermbaseError(f"no target term for “{row['source_term']}”")
    for text in _alternatives(row["target_term"]):
        yield _term(text, target_lang, row, status)


def _single(row: Mapping[str, str]) -> Term:
    if "lang" not in row:
        raise TermbaseError(f"no lang for “{row['term']}”")
    status = read_status(row.get("status", ""))
    if read_flag(row.get("do_not_translate", ""), "do_not_translate"):
        status = Status.DO_NOT_TRANSLATE
    return _term(row["term"], read_language(row["lang"]), row, status)


def _by_language(row: Mapping[str, str], languages: Sequence[str]) -> Iterator[Term]:
    present = [lang for lang in languages if lang in row]
    keep = read_flag(row.get("do_not_translate", ""), "do_not_translate")
    status = read_status(row.get("status", ""))
    keep = keep or status is Status.DO_NOT_TRANSLATE
    if len(present) < 2 and not keep:
        there = f"“{row[present[0]]}” stands alone" if present else "no term"
        raise TermbaseError(f"{there}: a row needs terms in two languages")
    for lang in present:
        for text in _alternatives(row[lang]):
            # The status speaks of translations, not of the first column's words.
            mine = Status.DO_NOT_TRANSLATE if keep else None if lang == present[0] else status
            yield _term(text, lang, row, mine)


def _alternatives(cell: str) -> Iterator[str]:
    parts = [part.strip() for part in cell.split(ALTERNATIVES)]
    yield from (part for part in parts if part)


def _case(row: Mapping[str, str]) -> bool | None:
    return read_flag(row["case_sensitive"], "case_sensitive") if "case_sensitive" in row else None


def _term(text: str, lang: str, row: Mapping[str, str], status: Status | None) -> Term:
    return Term(
        text=text,
        lang=lang,
        status=status,
        part_of_speech=row.get("part_of_speech"),
        term_type=read_term_type(row.get("term_type", "")),
        case_sensitive=_case(row),
        reference=read_reference(row.get("reference", "")),
        edition=row.get("edition"),
        valid_from=read_date(row.get("valid_from", ""), "valid_from"),
        valid_to=read_date(row.get("valid_to", ""), "valid_to", last=True),
        gender=row.get("gender"),
        context=row.get("context"),
        note=row.get("term_note"),
        source=row.get("term_source"),
        external_id=row.get("term_external_id"),
    )
