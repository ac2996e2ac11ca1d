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

from mtcheck.errors import ConfigError, InputError
from mtcheck.report import Report
from mtcheck.saved import report_from

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
            return report_from(json.loads(body))
        except (OSError, ValueError, RecursionError, InputError):
            return None

    def put(self, key: str, report: Report) -> str | None:
        """Keep a result.

        Returns:
            Why the folder cannot be written, or ``None``. A result that would not read back
            exactly is not kept, and nothing is said: it is checked anew each time.
        """
        try:
            body = json.dumps(report.to_dict(), allow_nan=False, separators=(",", ":")).encode()
            if report_from(json.loads(body)).to_dict() != json.loads(body):
                return None
        except (ValueError, TypeError, InputError):
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
