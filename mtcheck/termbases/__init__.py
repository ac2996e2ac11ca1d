"""Termbases in files: TBX, CSV, TSV, XLSX, rows; and their index for matching."""

from __future__ import annotations

from pathlib import Path

from mtcheck.errors import TermbaseError
from mtcheck.files import read_bytes
from mtcheck.termbase import Termbase
from mtcheck.termbases.tables import from_rows, read_cells, read_delimited
from mtcheck.termbases.tbx import read_tbx
from mtcheck.termbases.workbook import read_cells_of

MAX_BYTES = 64_000_000
"""Largest file that is read as a termbase, some 500,000 terms."""

_BLANK = b" \t\r\n"
_OLD_EXCEL = b"\xd0\xcf\x11\xe0"

__all__ = ["MAX_BYTES", "from_rows", "read_file"]


def read_file(
    path: Path,
    *,
    source_lang: str | None = None,
    target_lang: str | None = None,
    encoding: str | None = None,
    skip_bad_rows: bool = False,
) -> Termbase:
    """A termbase from a file; its first bytes decide the format. See :meth:`Termbase.read`."""
    name = path.name
    data = read_bytes(path, MAX_BYTES, kind=TermbaseError)
    if not data.strip(_BLANK):
        raise TermbaseError(f"{name}: the file is empty")
    if data.startswith(b"PK\x03\x04"):
        return read_cells(
            read_cells_of(data, name), name,
            source_lang=source_lang, target_lang=target_lang, skip_bad_rows=skip_bad_rows,
        )  # fmt: skip
    if data.startswith(_OLD_EXCEL):
        raise TermbaseError(
            f"{name}: an old Excel file, or an encrypted one: save it as XLSX or CSV"
        )
    if _is_xml(data):
        return read_tbx(data, name, skip_bad_rows=skip_bad_rows)
    return read_delimited(
        data, name, source_lang=source_lang, target_lang=target_lang,
        encoding=encoding, skip_bad_rows=skip_bad_rows,
    )  # fmt: skip


def _is_xml(data: bytes) -> bool:
    head = data[:200]
    if head[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        head = head.decode("utf-16", "ignore").encode()
    return head.removeprefix(b"\xef\xbb\xbf").lstrip(_BLANK).startswith(b"<")
