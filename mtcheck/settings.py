"""Where settings come from: a file, the environment, the command line; later ones win.

The file is ``mtcheck.toml`` or the table ``[tool.mtcheck]`` of ``pyproject.toml``, the nearest one
from the working directory upward. Paths in it start at its folder.
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from mtcheck.acceptance import WAIVER_FILE
from mtcheck.config import KINDS, Config, check_names, plain
from mtcheck.errors import ConfigError, did_you_mean
from mtcheck.files import read_bytes

PREFIX = "MTCHECK_"
FILE_VARIABLE = "MTCHECK_CONFIG"
"""Names the file of settings, as ``--config`` does."""

_OTHER_VARIABLES = frozenset({FILE_VARIABLE, "MTCHECK_DEBUG", "MTCHECK_DATA"})
"""Variables of the project that are no settings: the file, tracebacks, data of benchmarks."""

_OTHER_PREFIXES = ("MTCHECK_SERVE_",)
"""Settings of the service, which it reads itself."""

_OWN_FILE, _SHARED_FILE = "mtcheck.toml", "pyproject.toml"
_MAX_BYTES = 16_000_000


@dataclass(frozen=True, slots=True)
class Setting:
    """A setting with its origin.

    Attributes:
        name: Its name; entries of a table are named with dots.
        value: JSON-ready.
        origin: ``default``, ``file``, ``environment`` or ``command line``.
        where: The file, variable or option; empty for a default.
    """

    name: str
    value: Any
    origin: str
    where: str

    def to_dict(self) -> dict[str, Any]:
        """JSON-ready form."""
        return {
            "name": self.name,
            "value": self.value,
            "origin": self.origin,
            "where": self.where or None,
        }


@dataclass(frozen=True, slots=True)
class Settings:
    """Settings put together.

    Attributes:
        config: What holds.
        file: The file that was read, if there was one.
        origins: Origin and place of each setting that is not the default.
    """

    config: Config
    file: Path | None
    origins: Mapping[str, tuple[str, str]]

    def rows(self) -> list[Setting]:
        """Every setting with its origin, tables entry by entry."""
        found = []
        for name, value in self.config.to_dict().items():
            origin = self.origins.get(name, ("default", ""))
            leaves = _leaves(name, value) if KINDS[name].of_text is None else []
            found += [Setting(key, item, *origin) for key, item in leaves or [(name, value)]]
        return found


def resolve(
    options: Mapping[str, Any] | None = None,
    *,
    file: Path | None = None,
    environ: Mapping[str, str] | None = None,
    start: Path | None = None,
) -> Settings:
    """Put settings together.

    Args:
        options: Of the command line; ``None`` as a value means not given.
        file: The file to read instead of the nearest one.
        environ: Variables; by default those of the process.
        start: Folder from which the nearest file is sought; by default the working directory.

    Raises:
        ConfigError: Something in one of the places is no setting; the line names the place.
    """
    environ = os.environ if environ is None else environ
    start = Path.cwd() if start is None else start
    if file is None and environ.get(FILE_VARIABLE):
        file = Path(environ[FILE_VARIABLE])
    table: dict[str, Any] = {}
    if file is not None:
        table = read_table(file, must=True) or {}
    else:
        file, table = find_table(start)
    layers: list[tuple[str, dict[str, Any], dict[str, str]]] = []
    if file is not None:
        table = _anchored(table, file.parent)
        layers.append(("file", table, dict.fromkeys(table, str(file))))
    found = _of_environment(environ)
    layers.append(("environment", found, {name: f"{PREFIX}{name.upper()}" for name in found}))
    given = {name: value for name, value in (options or {}).items() if value is not None}
    layers.append(("command line", given, {name: f"--{name.replace('_', '-')}" for name in given}))
    values: dict[str, Any] = {}
    origins: dict[str, tuple[str, str]] = {}
    for origin, layer, places in layers:
        for name, value in layer.items():
            _check(name, value, places[name])
            values[name] = value
            origins[name] = (origin, places[name])
    if "waivers" not in values:
        beside = (file.parent if file is not None else start) / WAIVER_FILE
        if beside.is_file():
            values["waivers"] = str(beside)
            origins["waivers"] = ("file", "found beside the settings")
    return Settings(Config(**values), file, origins)


def find_table(start: Path) -> tuple[Path | None, dict[str, Any]]:
    """The nearest file of settings, from a folder upward.

    Raises:
        ConfigError: A folder holds two, or a file on the way is no TOML.
    """
    for folder in (start, *start.parents):
        own, shared = folder / _OWN_FILE, folder / _SHARED_FILE
        tables = {path: read_table(path) for path in (own, shared) if path.is_file()}
        found = [(path, table) for path, table in tables.items() if table is not None]
        if len(found) > 1:
            raise ConfigError(
                f"{folder}: settings in both {_OWN_FILE} and {_SHARED_FILE}: keep one of them"
            )
        if found:
            return found[0]
    return None, {}


def read_table(path: Path, *, must: bool = False) -> dict[str, Any] | None:
    """The settings in a TOML file: ``[tool.mtcheck]``, or the whole of a file of our own.

    Args:
        path: The file.
        must: Whether a ``pyproject.toml`` without our table is an error; else it is ``None``.

    Raises:
        ConfigError: The file cannot be read, or is no TOML.
    """
    data = read_bytes(path, _MAX_BYTES, kind=ConfigError)
    try:
        table = tomllib.loads(data.decode("utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as error:
        raise ConfigError(f"{path}: not valid TOML: {error}") from None
    if path.name != _SHARED_FILE and "tool" not in table:
        return table
    tool = table.get("tool", {})
    found = tool.get("mtcheck") if isinstance(tool, dict) else tool
    if found is None:
        if must or path.name != _SHARED_FILE:
            raise ConfigError(f"{path}: has no table [tool.mtcheck]")
        return None
    if not isinstance(found, dict):
        raise ConfigError(f"{path}: [tool.mtcheck] is not a table")
    return found


def _anchored(table: dict[str, Any], folder: Path) -> dict[str, Any]:
    """Settings of a file with its paths made to start at its folder."""
    return {
        name: str(folder / value)
        if isinstance(value, str) and value and name in KINDS and KINDS[name].is_path
        else value
        for name, value in table.items()
    }


def _of_environment(environ: Mapping[str, str]) -> dict[str, Any]:
    """Settings in variables; an empty variable is one that is not set."""
    found: dict[str, Any] = {}
    known = [f"{PREFIX}{name.upper()}" for name, kind in KINDS.items() if kind.of_text]
    for variable in sorted(environ):
        text = environ[variable]
        if not variable.startswith(PREFIX) or variable in _OTHER_VARIABLES or not text.strip():
            continue
        if variable.startswith(_OTHER_PREFIXES):
            continue
        name = variable.removeprefix(PREFIX).lower()
        kind = KINDS.get(name)
        if kind is None or variable != f"{PREFIX}{name.upper()}":
            hint = did_you_mean(variable, [*known, FILE_VARIABLE])
            raise ConfigError(f"unknown environment variable {variable}{hint}")
        if kind.of_text is None:
            raise ConfigError(f"{variable}: {name} is a table: write it in {_OWN_FILE}")
        found[name] = kind.of_text(text.strip())
    return found


def _check(name: str, value: Any, where: str) -> None:
    """Read a value for its own sake, so that an error names the place it came from."""
    try:
        check_names([name])
        KINDS[name].read(value, name)
    except ConfigError as error:
        raise ConfigError(f"{where}: {error}") from None


def _leaves(name: str, value: Any) -> list[tuple[str, Any]]:
    if not isinstance(value, dict):
        return [(name, value)]
    return [leaf for key, item in value.items() for leaf in _leaves(f"{name}.{key}", item)]


def rows_as_text(rows: Iterable[Setting]) -> str:
    """Settings in columns: name, value, origin."""
    cells = [(row.name, _shown(row.value), row.where or row.origin) for row in rows]
    widths = [max(len(cell[k]) for cell in cells) for k in range(2)]
    return "".join(f"{a:<{widths[0]}}  {b:<{widths[1]}}  {c}\n" for a, b, c in cells)


def _shown(value: Any) -> str:
    import json

    return "-" if value is None else json.dumps(plain(value), ensure_ascii=False)
