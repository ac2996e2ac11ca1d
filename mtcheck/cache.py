"""Results kept in a folder: JSON, one file an article, safe with many writers.

The key holds everything a result depends on, so nothing ever has to be declared stale. An entry
is written aside and moved into place; one that does not read back exactly is no entry.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import tempfile
from collections.abc import Mapping
from functools import cache
from importlib import metadata
from pathlib import Path
from typing import Any

from mtcheck.document import Part, Span
from mtcheck.errors import ConfigError
from mtcheck.issues import Issue, Severity
from mtcheck.ledger import Entry, Ledger, Rendering
from mtcheck.report import NotChecked, Report

_FORM = 1
_MAX_BYTES = 64_000_000


class ResultCache:
    """A folder of results.

    Args:
        folder: It is made if it is not there.

    Raises:
        ConfigError: It cannot be made.
    """

    def __init__(self, folder: Path | str) -> None:
        self.folder = Path(folder)
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise ConfigError(f"cache {folder}: cannot be used: {error.strerror}") from error

    def get(self, key: str) -> Report | None:
        """The result with a key; ``None`` if there is none, or what is there is damaged."""
        try:
            with self._path(key).open("rb") as stream:
                data = stream.read(_MAX_BYTES + 1)
            head, _, body = data.partition(b"\n")
            if len(data) > _MAX_BYTES or head != _head(key, body):
                return None
            return _report(json.loads(body))
        except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
            return None

    def put(self, key: str, report: Report) -> str | None:
        """Keep a result.

        Returns:
            Why the folder cannot be written, or ``None``. A result that would not read back
            exactly is not kept, and nothing is said: it is checked anew each time.
        """
        try:
            body = json.dumps(report.to_dict(), allow_nan=False, separators=(",", ":")).encode()
            if _report(json.loads(body)).to_dict() != json.loads(body):
                return None
        except (ValueError, KeyError, TypeError, AttributeError):
            return None
        path = self._path(key)
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            handle, name = tempfile.mkstemp(prefix=f".{key[:8]}-", dir=path.parent)
            try:
                with os.fdopen(handle, "wb") as stream:
                    stream.write(_head(key, body) + b"\n" + body)
                os.replace(name, path)
            except BaseException:
                os.unlink(name)
                raise
        except OSError as error:
            return f"cache {self.folder}: cannot be written: {error.strerror}"
        return None

    def _path(self, key: str) -> Path:
        return self.folder / key[:2] / f"{key}.json"


def key_of(parts: Mapping[str, Any]) -> str:
    """The key of what a result depends on, together with this version of mtcheck.

    Args:
        parts: JSON-ready: texts, languages, settings, models, termbase.
    """
    whole = {"form": _FORM, "program": program_revision(), **parts}
    text = json.dumps(whole, sort_keys=True, ensure_ascii=True)
    return hashlib.sha256(text.encode()).hexdigest()


def is_kept(report: Report) -> bool:
    """Whether a result is worth keeping: nothing in it failed that may succeed next time.

    Passages without a counterpart and a termbase that does not fit are no accidents.
    """
    return all(item.spans or item.stage == "termbase" for item in report.not_checked)


@cache
def program_revision() -> str:
    """Hash of the code and data of mtcheck and the versions of what it builds on."""
    root = Path(__file__).parent
    digest = hashlib.sha256()
    for path in sorted(root.rglob("*")):
        if path.is_file() and "__pycache__" not in path.parts:
            content = hashlib.sha256(path.read_bytes()).hexdigest()
            digest.update(f"{path.relative_to(root).as_posix()} {content}\n".encode())
    for wanted in metadata.requires("mtcheck") or ():
        name = re.split(r"[\s<>=!~;\[(]", wanted, maxsplit=1)[0]
        if "extra ==" not in wanted:
            digest.update(f"{name} {_version(name)}\n".encode())
    return digest.hexdigest()[:16]


def _version(name: str) -> str:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return "none"


def _head(key: str, body: bytes) -> bytes:
    return f"mtcheck {_FORM} {key} {hashlib.sha256(body).hexdigest()}".encode()


# ------------------------------------------------------------------------ from JSON to values


def _report(table: Mapping[str, Any]) -> Report:
    """A report from its JSON form, before anybody has accepted anything.

    Raises:
        ValueError, KeyError, TypeError, AttributeError: It is no such form.
    """
    return Report(
        source=table["source"],
        target=table["target"],
        source_lang=table["source_lang"],
        target_lang=table["target_lang"],
        issues=tuple(_issue(row) for row in table["issues"]),
        not_checked=tuple(
            NotChecked(row["stage"], row["reason"], row["side"], _spans(row["spans"]))
            for row in table["not_checked"]
        ),
        coverage=table["coverage"],
        ledger=Ledger(tuple(_entry(row) for row in table["ledger"])),
        signature=table["signature"],
        scores=table["scores"],
        paragraphs=tuple((_pair(source), _pair(target)) for source, target in table["paragraphs"]),
        notices=tuple(table["notices"]),
        parts=tuple(
            Part(
                name=row["name"],
                source=_pair(row["source"]) if row["source"] else None,
                target=_pair(row["target"]) if row["target"] else None,
            )
            for row in table["parts"]
        ),
    )


def _issue(row: Mapping[str, Any]) -> Issue:
    return Issue(
        code=row["code"],
        name=row["name"],
        message=row["message"],
        severity=Severity.parse(row["severity"]),
        category=row["category"],
        source=_span(row["source"]) if row["source"] else None,
        target=_span(row["target"]) if row["target"] else None,
        confidence=row["confidence"],
        related=_spans(row["related"]),
        suggestions=tuple(row["suggestions"]),
        evidence=row["evidence"],
        fingerprint=row["fingerprint"],
    )


def _entry(row: Mapping[str, Any]) -> Entry:
    return Entry(
        source_text=row["source"],
        label=row["label"],
        mentions=_spans(row["mentions"]),
        renderings=tuple(
            Rendering(r["text"], r["status"], _spans(r["places"]), _spans(r["sources"]))
            for r in row["renderings"]
        ),
        expected=row["expected"],
        reason=row["reason"],
        concept=row["concept"],
    )


def _spans(rows: list[Mapping[str, Any]]) -> tuple[Span, ...]:
    return tuple(_span(row) for row in rows)


def _span(row: Mapping[str, Any]) -> Span:
    return Span(row["start"], row["end"], row["text"])


def _pair(row: list[int]) -> tuple[int, int]:
    first, last = row
    return first, last
