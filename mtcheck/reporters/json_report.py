"""A report as JSON: what ``Report.to_json`` gives, with the names of the files in front.

The form is published as a JSON Schema, ``mtcheck/data/schemas/report-1.schema.json``.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from functools import cache
from importlib import resources
from typing import Any

from mtcheck.reporters.registry import Result


@cache
def schema() -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of a report."""
    path = resources.files("mtcheck") / "data" / "schemas" / "report-1.schema.json"
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return found


def table_of(result: Result) -> dict[str, Any]:
    """The JSON form of a report, with ``files`` where the names are known."""
    table = result.report.to_dict()
    if not result.name and not result.source_name:
        return table
    files = {"source": result.source_name or None, "target": result.name or None}
    return {"schema": table.pop("schema"), "files": files, **table}


def write(results: Iterable[Result]) -> Iterator[str]:
    """Indented JSON of one report."""
    for result in results:
        yield json.dumps(table_of(result), ensure_ascii=False, indent=2) + "\n"
