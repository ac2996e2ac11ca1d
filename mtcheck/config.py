"""Settings of a checker; an unknown key is an error that names the nearest one."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any, TypeAlias

from mtcheck.errors import ConfigError, did_you_mean
from mtcheck.gating import Gates, is_group, read_level, read_share
from mtcheck.issues import Severity


@dataclass(frozen=True, slots=True, kw_only=True)
class Config:
    """How to check, and what may pass.

    Attributes:
        source_lang: BCP 47 tag of sources; ``None`` means detect.
        target_lang: BCP 47 tag of translations; ``None`` means detect.
        termbase: File with the house's terms.
        skip_bad_rows: Use the rest of a termbase that has bad rows.
        encoder: Name on a model hub, or folder, of another encoder; ``None`` = the packaged one.
        allow_network: Let ``encoder`` be fetched. Without it nothing touches the network.
        disable: Codes, names or groups of rules to leave out.
        enable: Codes or names of rules to keep although ``disable`` names their group.
        severity: Severity of the issues of a rule, in place of the rule's own, by code or name.
        date: Day of the article, for terms of a termbase that are valid from or to a day;
            ``None`` = every day will do. No clock is asked.
        fail_on: Lowest severity that closes the gate, or ``never``.
        min_confidence: Less sure issues do not close it, in [0, 1].
        min_coverage: Share of the source that must be checked, in [0, 1]; ``None`` = all of it.
        gates: Bars for rules and for parts of the article.
        waivers: File of waivers, or the waivers as tables.
        baseline: File of known issues.
        today: Day on which waivers must be valid; ``None`` = the clock's. A waiver without an
            end needs none.
        cache: Folder in which results are kept; ``None`` = none are.
        threads: Batches encoded side by side; ``None`` = as many as torch would use.
        batch_pieces: Most word pieces in one forward pass of the encoder.
        quiet: Nothing on stderr but errors.

    Raises:
        ConfigError: A value that a setting cannot take.
    """

    source_lang: str | None = None
    target_lang: str | None = None
    termbase: str | None = None
    skip_bad_rows: bool = False
    encoder: str | None = None
    allow_network: bool = False
    disable: tuple[str, ...] = ()
    enable: tuple[str, ...] = ()
    severity: Mapping[str, Severity] = field(default_factory=dict)
    date: datetime.date | None = None
    fail_on: Severity | str = Severity.MAJOR
    min_confidence: float = 0.0
    min_coverage: float | None = None
    gates: Gates = field(default_factory=Gates)
    waivers: str | tuple[Mapping[str, Any], ...] | None = None
    baseline: str | None = None
    today: datetime.date | None = None
    cache: str | None = None
    threads: int | None = None
    batch_pieces: int = 1024
    quiet: bool = False

    def __post_init__(self) -> None:
        for item in fields(self):
            value = getattr(self, item.name)
            kind = KINDS[item.name]
            # A value that is not given stays so; every other one is read, whoever wrote it.
            if value is not None or not kind.optional:
                object.__setattr__(self, item.name, kind.read(value, item.name))
        check_rule_names(self)

    @classmethod
    def from_mapping(cls, values: Mapping[str, Any]) -> Config:
        """Settings from a mapping, such as a TOML table.

        Raises:
            ConfigError: A key that does not exist, or a value it cannot take.
        """
        check_names(values)
        return cls(**values)

    @property
    def gate(self) -> dict[str, Any]:
        """The arguments for :meth:`mtcheck.Report.gate`: ``report.gate(**config.gate)``."""
        return {
            "fail_on": self.fail_on,
            "min_confidence": self.min_confidence,
            "min_coverage": self.min_coverage,
            **self.gates.to_dict(),
        }

    def runs(self, code: str, name: str) -> bool:
        """Whether a rule runs."""
        if {code, name} & set(self.disable):
            return False
        return code[:3] not in self.disable or bool({code, name} & set(self.enable))

    def to_dict(self) -> dict[str, Any]:
        """JSON-ready form of every setting; :meth:`from_mapping` reads it again."""
        return {item.name: plain(getattr(self, item.name)) for item in fields(self)}


# ---------------------------------------------------------------------------- kinds of values

Read: TypeAlias = Callable[[Any, str], Any]


@dataclass(frozen=True, slots=True)
class Kind:
    """What a setting can be.

    Attributes:
        read: From a value and the setting's name to the value kept.
        of_text: From the text of an environment variable to a value, or ``None`` = a table,
            which no variable can hold.
        optional: Whether it may be left open.
        is_path: Whether it names a file or folder.
    """

    read: Read
    of_text: Callable[[str], Any] | None = str
    optional: bool = False
    is_path: bool = False


def _text(value: Any, name: str) -> str:
    if isinstance(value, Path):
        value = str(value)
    if not isinstance(value, str):
        raise ConfigError(f"{name} is {value!r}: write some text")
    if not value.strip():
        raise ConfigError(f"{name} is empty: write some text or leave it out")
    return value


def _flag(value: Any, name: str) -> bool:
    if not isinstance(value, bool):
        raise ConfigError(f"{name} is {value!r}: write true or false")
    return value


def _count(value: Any, name: str) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise ConfigError(f"{name} is {value!r}: write a whole number")
    if value < 1:
        raise ConfigError(f"{name} must be 1 or more, not {value}")
    return value


def _day(value: Any, name: str) -> datetime.date:
    if isinstance(value, datetime.datetime):
        value = value.isoformat()
    if isinstance(value, str):
        try:
            return datetime.date.fromisoformat(value)
        except ValueError:
            pass
    if not isinstance(value, datetime.date):
        raise ConfigError(f"{name} is {value!r}: write a day such as 2024-10-21")
    return value


def _names(value: Any, name: str) -> tuple[str, ...]:
    if isinstance(value, str) or not isinstance(value, (list, tuple, set, frozenset)):
        raise ConfigError(f'{name} is {value!r}: write a list such as ["quote-unbalanced"]')
    return tuple(_text(item, name) for item in value)


def _severities(value: Any, name: str) -> dict[str, Severity]:
    found = {}
    for rule, item in _table(value, name).items():
        level = read_level(item, f"{name}.{rule}")
        if not isinstance(level, Severity):
            raise ConfigError(f"{name}.{rule} is {item!r}: to leave a rule out, use disable")
        found[rule] = level
    return found


def _table(value: Any, name: str) -> Mapping[str, Any]:
    if not isinstance(value, Mapping):
        raise ConfigError(f"{name} is {value!r}: it must be a table")
    return value


def _gates(value: Any, name: str) -> Gates:
    return value if isinstance(value, Gates) else Gates.of(_table(value, name), name)


def _waivers(value: Any, name: str) -> str | tuple[Mapping[str, Any], ...]:
    if isinstance(value, (str, Path)):
        return _text(value, name)
    if not isinstance(value, (list, tuple)):
        raise ConfigError(f"{name} is {value!r}: name a file, or write tables [[waivers]]")
    return tuple(value)


_FLAGS = {"1": True, "true": True, "yes": True, "on": True,
          "0": False, "false": False, "no": False, "off": False}  # fmt: skip


def _number(text: str) -> Any:
    """A number if the text is one; the reader complains about anything else."""
    try:
        return float(text) if any(c in text for c in ".eE") else int(text)
    except ValueError:
        return text


def _listed(text: str) -> list[str]:
    return [item.strip() for item in text.split(",") if item.strip()]


_TEXT = Kind(_text, optional=True)
_PATH = Kind(_text, optional=True, is_path=True)
_FLAG = Kind(_flag, lambda text: _FLAGS.get(text.lower(), text))
_DAY = Kind(_day, optional=True)
_NAMES = Kind(_names, _listed)

KINDS: dict[str, Kind] = {
    "source_lang": _TEXT,
    "target_lang": _TEXT,
    "termbase": _PATH,
    "skip_bad_rows": _FLAG,
    "encoder": _TEXT,
    "allow_network": _FLAG,
    "disable": _NAMES,
    "enable": _NAMES,
    "severity": Kind(_severities, None),
    "date": _DAY,
    "fail_on": Kind(read_level),
    "min_confidence": Kind(read_share, _number),
    "min_coverage": Kind(read_share, _number, optional=True),
    "gates": Kind(_gates, None),
    "waivers": Kind(_waivers, optional=True, is_path=True),
    "baseline": _PATH,
    "today": _DAY,
    "cache": _PATH,
    "threads": Kind(_count, _number, optional=True),
    "batch_pieces": Kind(_count, _number),
    "quiet": _FLAG,
}
"""What each setting can be, in the order in which they are shown."""


def check_names(values: Iterable[str]) -> None:
    """Refuse the name of a setting that does not exist.

    Raises:
        ConfigError: There is one; the message names the nearest.
    """
    for name in values:
        if name not in KINDS:
            raise ConfigError(f"unknown setting {name!r}{did_you_mean(str(name), KINDS)}")


def check_rule_names(config: Config) -> None:
    """Refuse the name of a rule that does not exist.

    Raises:
        ConfigError: There is one; the message names the nearest.
    """
    single = [("enable", name) for name in config.enable]
    single += [("severity", name) for name in config.severity]
    several = [("disable", name) for name in config.disable]
    several += [("gates", name) for name in config.gates.names()]
    if not single and not several:
        return  # the rules are loaded only where somebody names one
    from mtcheck.checks import CHECKS

    known = [name for check in CHECKS for name in (check.rule.code, check.rule.name)]
    groups = {code[:3] for code in known if is_group(code[:3])}
    for where, name in (*single, *several):
        if name in known or (name in groups and (where, name) in several):
            continue
        if name in groups:
            raise ConfigError(f"{where}: {name!r} is a group: name its rules one by one")
        hint = did_you_mean(name, known) or ": see mtcheck rules list"
        raise ConfigError(f"{where}: no rule is called {name!r}{hint}")


def plain(value: Any) -> Any:
    """A setting's value in JSON-ready form."""
    if isinstance(value, Severity):
        return str(value)
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(value, Gates):
        return value.to_dict()
    if isinstance(value, Mapping):
        return {key: plain(item) for key, item in value.items()}
    if isinstance(value, (tuple, list)):
        return [plain(item) for item in value]
    return value
