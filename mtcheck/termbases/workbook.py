"""The first worksheet of an XLSX file, read with bounded memory and without running anything.

A workbook is a ZIP archive of XML files; formulas are not evaluated, their last value is taken.

Source: ECMA-376 part 1, 18.3 (worksheets), 18.4 (shared strings).
"""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import PurePosixPath

from mtcheck.errors import TermbaseError
from mtcheck.markup import Element, parse_xml

MAX_PART = 100_000_000
"""Bytes of one part when unpacked; a zip bomb is larger."""

MAX_COLUMNS = 256
_REFERENCE = re.compile(r"([A-Z]{1,3})(\d+)")


def read_cells_of(data: bytes, name: str) -> list[tuple[str, list[str]]]:
    """Rows of the first worksheet: where each stands, and the text of its cells.

    Raises:
        TermbaseError: No workbook, damaged, encrypted or too large.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return _rows(archive, name)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError) as error:
        raise TermbaseError(f"{name}: not a readable XLSX file: {error}") from None
    except KeyError as error:
        raise TermbaseError(f"{name}: not an XLSX workbook: {error.args[0]}") from None


def _rows(archive: zipfile.ZipFile, name: str) -> list[tuple[str, list[str]]]:
    strings = []
    if "xl/sharedStrings.xml" in archive.namelist():
        strings = [_string(item) for item in _part(archive, "xl/sharedStrings.xml", name).all("si")]
    sheet = _part(archive, _first_sheet(archive, name), name)
    rows = []
    for number, row in enumerate(sheet.all("row"), start=1):
        cells: dict[int, str] = {}
        for position, cell in enumerate(row.all("c")):
            match = _REFERENCE.fullmatch(cell.attributes.get("r", ""))
            column = _column_number(match.group(1)) if match else position
            if column < MAX_COLUMNS:
                cells[column] = _value(cell, strings, name)
        where = f"row {row.attributes.get('r', number)}"
        rows.append((where, [cells.get(k, "") for k in range(max(cells, default=-1) + 1)]))
    return rows


def _first_sheet(archive: zipfile.ZipFile, name: str) -> str:
    """Path of the sheet that stands first in the workbook."""
    workbook = _part(archive, "xl/workbook.xml", name)
    relations = _part(archive, "xl/_rels/workbook.xml.rels", name)
    targets = {r.attributes.get("Id"): r.attributes.get("Target", "") for r in relations.children}
    sheet = next(workbook.all("sheet"), None)
    if sheet is None:
        raise TermbaseError(f"{name}: a workbook without a worksheet")
    target = targets.get(sheet.attributes.get("id"), "worksheets/sheet1.xml")
    return str(PurePosixPath("xl") / target) if not target.startswith("/") else target[1:]


def _part(archive: zipfile.ZipFile, path: str, name: str) -> Element:
    with archive.open(path) as stream:
        # The size that the archive states may be a lie: what is unpacked is counted.
        data = stream.read(MAX_PART + 1)
    if len(data) > MAX_PART:
        raise TermbaseError(f"{name}: {path} unpacks to more than {MAX_PART // 1_000_000} MB")
    return parse_xml(data, f"{name} ({path})", kind=TermbaseError)


def _string(item: Element) -> str:
    """Text of a shared or inline string; phonetic guides are left out."""
    parts = [part for part in item.children if part.tag in {"t", "r"}]
    return "".join(t if isinstance(t, str) else t.text for p in parts for t in _texts(p))


def _texts(part: Element) -> list[str | Element]:
    if part.tag == "t":
        return list(part.content)
    return [text for t in part.all("t") for text in t.content]


def _value(cell: Element, strings: list[str], name: str) -> str:
    kind = cell.attributes.get("t", "n")
    if kind == "inlineStr":
        inline = next(cell.all("is"), None)
        return _string(inline) if inline is not None else ""
    value = next(cell.all("v"), None)
    text = value.text if value is not None else ""
    if kind == "s" and text:
        try:
            return strings[int(text)]
        except (ValueError, IndexError):
            raise TermbaseError(f"{name}: line {cell.line}: no shared string {text}") from None
    if kind == "b":
        return "yes" if text == "1" else "no"
    return text


def _column_number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1
