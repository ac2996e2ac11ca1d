"""Reports as a workbook: all rows on one sheet, names and terms on another.

The few parts that a workbook needs are written here: the same reports give the same bytes, which
no library promises, and every text is an inline string, so none can be a formula.

Source: ECMA-376 part 1, 18.2 (workbook), 18.3 (worksheets), 22.9.2.19 (``_xHHHH_`` in strings).
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from xml.sax.saxutils import escape

from mtcheck.reporters.junit import xml_text
from mtcheck.reporters.registry import Result
from mtcheck.reporters.table import COLUMNS, Cell, rows
from mtcheck.reporters.text import shortened

MAX_CHARACTERS = 32_767
"""Most UTF-16 units in a cell; a program that reads more repairs the file."""

MAX_ROWS = 1_048_576

_LEDGER = (
    "article", "source", "label", "mentions", "expected", "reason", "concept", "rendering",
    "status", "count", "first_start", "first_end",
)  # fmt: skip

_EPOCH = (1980, 1, 1, 0, 0, 0)  # the first day of the archive format
_LOOKS_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_SHEETML = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_WIDE = {"message": 60, "article": 24, "target": 32, "source": 32, "suggestions": 32}


def write(results: Iterable[Result]) -> Iterator[bytes]:
    """The workbook as one chunk."""
    found = list(results)
    table = ([row.get(column) for column in COLUMNS] for r in found for row in rows(r))
    sheets = {
        "Issues": _sheet(COLUMNS, table),
        "Names and terms": _sheet(_LEDGER, (row for r in found for row in _ledger(r))),
    }
    yield _archive(sheets)


def _ledger(result: Result) -> Iterator[list[Cell]]:
    for entry in result.report.ledger:
        head: list[Cell] = [
            result.title, entry.source_text, entry.label, len(entry.mentions), entry.expected,
            entry.reason, entry.concept,
        ]  # fmt: skip
        if not entry.renderings:
            yield head
        for rendering in entry.renderings:
            place = rendering.places[0] if rendering.places else None
            yield [
                *head,
                rendering.text,
                rendering.status,
                rendering.count,
                place.start if place else None,
                place.end if place else None,
            ]


def _sheet(columns: Sequence[str], table: Iterable[Sequence[Cell]]) -> str:
    widths = "".join(
        f'<col min="{n}" max="{n}" width="{_WIDE.get(name, 12)}" customWidth="1"/>'
        for n, name in enumerate(columns, 1)
    )
    parts = [
        f'{_HEAD}<worksheet xmlns="{_MAIN}"><sheetViews><sheetView workbookViewId="0">'
        '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>'
        f"</sheetView></sheetViews><cols>{widths}</cols><sheetData>",
        _row(1, columns, style=1),
    ]
    number = 1
    for row in table:
        number += 1
        if number == MAX_ROWS:
            parts.append(_row(number, ["a worksheet holds no more rows: take csv"]))
            break
        parts.append(_row(number, row))
    last = f"{_letters(len(columns))}{number}"
    parts.append(f'</sheetData><autoFilter ref="A1:{last}"/></worksheet>')
    return "".join(parts)


def _row(number: int, values: Sequence[Cell], *, style: int = 0) -> str:
    cells = []
    for position, value in enumerate(values, 1):
        if value is None:
            continue
        at = f'r="{_letters(position)}{number}"' + (f' s="{style}"' if style else "")
        if isinstance(value, str):
            text = escape(_text(value))
            cells.append(f'<c {at} t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>')
        else:
            cells.append(f"<c {at}><v>{value!r}</v></c>")
    return f'<row r="{number}">{"".join(cells)}</row>'


def _text(value: str) -> str:
    text = _LOOKS_ESCAPED.sub("_x005F_", xml_text(value))
    limit = MAX_CHARACTERS
    while len(text.encode("utf-16-le")) // 2 > MAX_CHARACTERS:
        limit = limit // 2
        text = shortened(text, limit)
    return text


def _letters(number: int) -> str:
    """Name of a column, from 1: ``A``, ``Z``, ``AA``."""
    name = ""
    while number:
        number, rest = divmod(number - 1, 26)
        name = chr(ord("A") + rest) + name
    return name


def _archive(sheets: dict[str, str]) -> bytes:
    numbers = range(1, len(sheets) + 1)
    overrides = "".join(
        f'<Override PartName="/xl/worksheets/sheet{n}.xml" ContentType="{_SHEETML}.worksheet+xml"/>'
        for n in numbers
    )
    listed = "".join(
        f'<sheet name="{escape(name)}" sheetId="{n}" r:id="rId{n}"/>'
        for n, name in zip(numbers, sheets, strict=True)
    )
    related = "".join(
        f'<Relationship Id="rId{n}" Type="{_OFFICE}/worksheet" Target="worksheets/sheet{n}.xml"/>'
        for n in numbers
    )
    styles = len(sheets) + 1
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{_SHEETML}.sheet.main+xml"/>'
        f'<Override PartName="/xl/styles.xml" ContentType="{_SHEETML}.styles+xml"/>'
        f"{overrides}</Types>",
        "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1" '
        f'Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}">'
        f"<sheets>{listed}</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">{related}'
        f'<Relationship Id="rId{styles}" Type="{_OFFICE}/styles" Target="styles.xml"/>'
        "</Relationships>",
        "xl/styles.xml": f'<styleSheet xmlns="{_MAIN}"><fonts count="2">'
        '<font><sz val="11"/><name val="Calibri"/></font>'
        '<font><b/><sz val="11"/><name val="Calibri"/></font>'
        '</fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill>'
        '<patternFill patternType="gray125"/></fill></fills><borders count="1"><border/></borders>'
        '<cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="2"><xf xfId="0"/>'
        '<xf fontId="1" xfId="0" applyFont="1"/></cellXfs>'
        '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>'
        "</styleSheet>",
    }
    files = {name: _HEAD + text for name, text in parts.items()}
    files |= {
        f"xl/worksheets/sheet{n}.xml": s for n, s in zip(numbers, sheets.values(), strict=True)
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, text in files.items():
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 3  # the same on every system
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, text.encode("utf-8"))
    return out.getvalue()
