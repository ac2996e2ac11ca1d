"""Whether a translation may pass: bars by severity and confidence, for rules and parts.

The bar for an issue is put together from the most specific place that says something: the rule
within its part, the rule, the part, the general bar. Severity and confidence are looked up one by
one, so a part may lower the severity and keep the general confidence.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from mtcheck.errors import ConfigError, did_you_mean
from mtcheck.issues import Issue, Severity

NEVER = "never"
"""In place of a severity: nothing stops the article."""

LEVELS = (*(str(severity) for severity in Severity), NEVER)
"""What ``fail_on`` may be, mildest first."""

_GROUP = re.compile(r"[A-Z]{3}")
_KEYS = ("fail_on", "min_confidence")

BarLike: TypeAlias = "str | Severity | Mapping[str, Any]"
"""What a caller may write for a bar: a severity, ``never``, or a table."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """What an issue must reach to stop an article.

    Attributes:
        fail_on: Lowest severity that does, ``never``, or ``None`` = as the wider bar says.
        min_confidence: Least confidence that does, in [0, 1], or ``None`` = as the wider bar.
    """

    fail_on: Severity | str | None = None
    min_confidence: float | None = None

    @classmethod
    def of(cls, value: BarLike, where: str) -> Bar:
        """A bar from what a caller or a file wrote.

        Args:
            value: A severity, ``never``, or a table with ``fail_on`` and ``min_confidence``.
            where: Its name, for messages.

        Raises:
            ConfigError: It is none.
        """
        if not isinstance(value, Mapping):
            return cls(fail_on=read_level(value, where))
        for key in value:
            if key not in _KEYS:
                raise ConfigError(f"unknown setting {f'{where}.{key}'!r}{did_you_mean(key, _KEYS)}")
        level, share = value.get("fail_on"), value.get("min_confidence")
        return cls(
            fail_on=None if level is None else read_level(level, f"{where}.fail_on"),
            min_confidence=None if share is None else read_share(share, f"{where}.min_confidence"),
        )

    def to_dict(self) -> dict[str, Any]:
        """JSON-ready form, without what it leaves to a wider bar."""
        found = {
            "fail_on": None if self.fail_on is None else str(self.fail_on),
            "min_confidence": self.min_confidence,
        }
        return {key: value for key, value in found.items() if value is not None}


@dataclass(frozen=True, slots=True)
class Part:
    """Bars for one part of articles, such as the headline."""

    bar: Bar
    rules: Mapping[str, Bar] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Gates:
    """Bars for rules and for parts of the article.

    Attributes:
        rules: By code, name or group of a rule.
        parts: By name of a part.
    """

    rules: Mapping[str, Bar] = field(default_factory=dict)
    parts: Mapping[str, Part] = field(default_factory=dict)

    @classmethod
    def of(cls, value: Mapping[str, Any] | Gates, where: str = "gates") -> Gates:
        """Bars from a table with the tables ``rules`` and ``parts``.

        Raises:
            ConfigError: Something in it is no bar; names of rules are not looked up.
        """
        if isinstance(value, Gates):
            return value
        known = ("rules", "parts")
        for key in value:
            if key not in known:
                raise ConfigError(f"unknown setting {f'{where}.{key}'!r}{did_you_mean(key, known)}")
        parts = {}
        for name, table in _table(value.get("parts", {}), f"{where}.parts").items():
            here = f"{where}.parts.{name}"
            bar, rules = table, {}
            if isinstance(table, Mapping):
                rules = table.get("rules", {})
                bar = {key: item for key, item in table.items() if key != "rules"}
            parts[name] = Part(Bar.of(bar, here), _bars(rules, f"{here}.rules"))
        return cls(_bars(value.get("rules", {}), f"{where}.rules"), parts)

    def names(self) -> Iterable[str]:
        """Every code, name or group of a rule that has a bar."""
        yield from self.rules
        for part in self.parts.values():
            yield from part.rules

    def to_dict(self) -> dict[str, Any]:
        """JSON-ready form; :meth:`of` reads it again."""
        found: dict[str, Any] = {}
        if self.rules:
            found["rules"] = {name: bar.to_dict() for name, bar in self.rules.items()}
        if self.parts:
            found["parts"] = {}
            for name, part in self.parts.items():
                found["parts"][name] = part.bar.to_dict()
                if part.rules:
                    found["parts"][name]["rules"] = {n: b.to_dict() for n, b in part.rules.items()}
        return found

    def stops(self, issue: Issue, part: str | None, general: Bar) -> bool:
        """Whether an issue reaches its bar; an accepted one never does.

        An issue without confidence comes from a rule that is not calibrated. It counts as sure:
        what nobody has measured must not open the gate by itself.

        Args:
            issue: The issue.
            part: The part of the article it stands in, if known.
            general: The bar for everything else.
        """
        if issue.accepted is not None:
            return False
        place = self.parts.get(part) if part is not None else None
        bars = [*_for_rule(place.rules if place else {}, issue), *_for_rule(self.rules, issue)]
        bars += [place.bar] if place else []
        bars.append(general)
        level = next((bar.fail_on for bar in bars if bar.fail_on is not None), Severity.MAJOR)
        share = next((b.min_confidence for b in bars if b.min_confidence is not None), 0.0)
        if isinstance(level, str) or issue.severity < level:
            return False
        return issue.confidence is None or issue.confidence >= share


def _for_rule(bars: Mapping[str, Bar], issue: Issue) -> Iterable[Bar]:
    for name in (issue.code, issue.name, issue.code[:3]):
        if name in bars:
            yield bars[name]


def _bars(value: Any, where: str) -> dict[str, Bar]:
    return {name: Bar.of(bar, f"{where}.{name}") for name, bar in _table(value, where).items()}


def _table(value: Any, where: str) -> Mapping[str, Any]:
    if not isinstance(value, Mapping):
        raise ConfigError(f"{where} is {value!r}: it must be a table")
    return value


def read_level(value: Any, where: str) -> Severity | str:
    """A severity, or ``never``.

    Raises:
        ConfigError: It is neither; the message names the nearest.
    """
    if isinstance(value, Severity):
        return value
    if value == NEVER:
        return NEVER
    if isinstance(value, str) and value in LEVELS:
        return Severity.parse(value)
    hint = did_you_mean(value, LEVELS) if isinstance(value, str) else ""
    raise ConfigError(f"{where} is {value!r}: write {', '.join(LEVELS[:-1])} or {NEVER}{hint}")


def read_share(value: Any, where: str) -> float:
    """A number from 0 to 1.

    Raises:
        ConfigError: It is none.
    """
    number = isinstance(value, (int, float)) and not isinstance(value, bool)
    if not number or not 0 <= value <= 1:
        raise ConfigError(f"{where} is {value!r}: write a number from 0 to 1")
    return float(value)


def is_group(name: str) -> bool:
    """Whether a name is one of a group of rules, such as ``TRM``."""
    return _GROUP.fullmatch(name) is not None
