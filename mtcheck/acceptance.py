"""Issues that somebody has looked at: waivers with a reason, and baselines by fingerprint.

An accepted issue stays in the report, marked with the reason; it does not close the gate. What
has expired counts no longer, and what fits nothing is said, so that neither list rots.
"""

from __future__ import annotations

import datetime
import fnmatch
import json
import re
import threading
import tomllib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from mtcheck.errors import ConfigError, did_you_mean
from mtcheck.files import read_bytes
from mtcheck.issues import Acceptance, Issue, normal_text

BASELINE_SCHEMA = 1
"""Version of the form of a baseline file."""

WAIVER_FILE = "mtcheck-waivers.toml"
"""Found beside the settings, or in the working directory, without being named."""

_MAX_BYTES = 16_000_000
_FINGERPRINT = re.compile(r"[0-9a-f]{16}")
_TEXTS = ("fingerprint", "rule", "source", "target", "article", "reason", "person")
_KNOWN = (*_TEXTS, "expires")
_BASELINE_REASON = "known before the baseline was written"


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiver:
    """An accepted issue: one by its fingerprint, or all of a rule about some words.

    Attributes:
        reason: Why it may stay.
        fingerprint: Of the issue; or a rule and words, never both.
        rule: Code or name of a rule.
        source: Words of the source that the issue must be about, whatever their case.
        target: Words of the translation that it must be about, whatever their case.
        article: Names of the articles it is for, with ``*``; ``None`` = all.
        person: Who accepted it.
        expires: Last day on which it counts; ``None`` = for good.
        where: Its place in a file, for messages.

    Raises:
        ConfigError: Something is missing, or says nothing.
    """

    reason: str
    fingerprint: str | None = None
    rule: str | None = None
    source: str | None = None
    target: str | None = None
    article: str | None = None
    person: str | None = None
    expires: datetime.date | None = None
    where: str = "waiver"

    def __post_init__(self) -> None:
        for name in _TEXTS:
            value = getattr(self, name)
            if value is not None and not (isinstance(value, str) and value.strip()):
                raise ConfigError(f"{self.where}: {name} is {value!r}: write some text")
        if not isinstance(self.expires, (datetime.date, type(None))) or isinstance(
            self.expires, datetime.datetime
        ):
            raise ConfigError(f"{self.where}: expires must be a day such as 2027-01-31")
        if self.fingerprint is not None:
            if _FINGERPRINT.fullmatch(self.fingerprint) is None:
                raise ConfigError(
                    f"{self.where}: fingerprint is {self.fingerprint!r}: "
                    "copy the 16 digits from a report"
                )
            if self.rule or self.source or self.target:
                raise ConfigError(
                    f"{self.where}: a fingerprint says it all: leave rule, source and target out"
                )
        elif self.rule is None:
            raise ConfigError(f"{self.where}: name a fingerprint, or a rule and its words")
        elif self.source is None and self.target is None:
            raise ConfigError(
                f"{self.where}: name the source or target words too; "
                "to leave a whole rule out, use disable"
            )

    @classmethod
    def from_mapping(cls, values: Any, where: str = "waiver") -> Waiver:
        """A waiver from a table of TOML or JSON.

        Raises:
            ConfigError: A key that does not exist, or a value that says nothing.
        """
        if not isinstance(values, Mapping):
            raise ConfigError(f"{where} is {values!r}: it must be a table")
        for key in values:
            if key not in _KNOWN:
                raise ConfigError(f"{where}: unknown key {key!r}{did_you_mean(key, _KNOWN)}")
        if "reason" not in values:
            raise ConfigError(f"{where}: a waiver needs a reason")
        table = dict(values)
        if isinstance(table.get("expires"), str):
            try:
                table["expires"] = datetime.date.fromisoformat(table["expires"])
            except ValueError:
                raise ConfigError(
                    f"{where}: expires is {table['expires']!r}: write a day such as 2027-01-31"
                ) from None
        return cls(**table, where=where)

    def fits(self, issue: Issue) -> bool:
        """Whether it is about this issue; expiry is another question."""
        if self.fingerprint is not None:
            return issue.fingerprint == self.fingerprint
        return self.rule in {issue.code, issue.name} and all(
            wanted is None or (span is not None and normal_text(span.text) == normal_text(wanted))
            for wanted, span in ((self.source, issue.source), (self.target, issue.target))
        )

    def serves(self, article: str | None) -> bool:
        """Whether it is for an article of this name; one without a name is any."""
        return (
            self.article is None
            or article is None
            or fnmatch.fnmatchcase(article.replace("\\", "/"), self.article)
        )

    def to_dict(self) -> dict[str, Any]:
        """JSON-ready form, without what is not said."""
        found = {name: getattr(self, name) for name in _TEXTS}
        found["expires"] = self.expires.isoformat() if self.expires else None
        return {key: value for key, value in found.items() if value is not None}

    def __str__(self) -> str:
        about = self.fingerprint or f"{self.rule} about {self.source or self.target!r}"
        return f"{self.where} ({about})"


@dataclass(frozen=True, slots=True)
class Baseline:
    """Issues that were there when the baseline was written.

    Attributes:
        name: Of the file, for messages.
        issues: Rule and words by fingerprint, for messages.
    """

    name: str
    issues: Mapping[str, str]

    @classmethod
    def read(cls, path: Path | str) -> Baseline:
        """A baseline that :func:`baseline_json` wrote.

        Raises:
            ConfigError: The file cannot be read, or is no baseline.
        """
        path = Path(path)
        data = read_bytes(path, _MAX_BYTES, kind=ConfigError)
        try:
            table = json.loads(data)
        except (ValueError, RecursionError) as error:
            raise ConfigError(f"{path}: not valid JSON: {error}") from None
        version = table.get("mtcheck_baseline") if isinstance(table, dict) else None
        if version is None:
            raise ConfigError(f"{path}: no baseline: write one with mtcheck baseline write")
        if version != BASELINE_SCHEMA:
            raise ConfigError(
                f"{path}: a baseline of form {version!r}, and this version reads "
                f"{BASELINE_SCHEMA}: write it anew"
            )
        known = {}
        rows = table.get("issues")
        for n, row in enumerate(rows if isinstance(rows, list) else [rows], 1):
            mark = row.get("fingerprint") if isinstance(row, dict) else None
            if not isinstance(mark, str) or _FINGERPRINT.fullmatch(mark) is None:
                raise ConfigError(f"{path}: entry {n} has no fingerprint: write the baseline anew")
            words = row.get("target") or row.get("source") or ""
            known[mark] = f"{row.get('name', 'issue')} about {words!r}"
        return cls(path.name, known)


def baseline_json(issues: Iterable[Issue]) -> str:
    """The text of a baseline file: the issues that no waiver covers, in their order."""
    rows = []
    for issue in issues:
        if issue.accepted is None or issue.accepted.kind == "baseline":
            rows.append(
                {
                    "fingerprint": issue.fingerprint,
                    "code": issue.code,
                    "name": issue.name,
                    "source": issue.source.text if issue.source else None,
                    "target": issue.target.text if issue.target else None,
                }
            )
    table = {"mtcheck_baseline": BASELINE_SCHEMA, "issues": rows}
    return json.dumps(table, ensure_ascii=False, indent=2) + "\n"


def read_waivers(path: Path | str) -> tuple[Waiver, ...]:
    """The waivers of a TOML file, tables ``[[waivers]]``.

    Raises:
        ConfigError: The file cannot be read, or a waiver in it is none; names the place.
    """
    path = Path(path)
    try:
        table = tomllib.loads(read_bytes(path, _MAX_BYTES, kind=ConfigError).decode("utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as error:
        raise ConfigError(f"{path}: not valid TOML: {error}") from None
    for key in table:
        if key != "waivers":
            raise ConfigError(f"{path}: unknown key {key!r}: waivers are tables [[waivers]]")
    return waivers_of(table.get("waivers", []), path.name)


def waivers_of(rows: Any, where: str) -> tuple[Waiver, ...]:
    """Waivers from a list of tables.

    Args:
        rows: The tables, or waivers.
        where: Where they stand, for messages.

    Raises:
        ConfigError: It is no list, or one of them is no waiver.
    """
    if not isinstance(rows, (list, tuple)):
        raise ConfigError(f"{where}: waivers are tables [[waivers]]")
    return tuple(
        row if isinstance(row, Waiver) else Waiver.from_mapping(row, f"{where}, waiver {n}")
        for n, row in enumerate(rows, 1)
    )


class Accepted:
    """Waivers and a baseline at work on one article or many; may be shared between threads.

    Args:
        waivers: What may stay.
        baseline: What was there before.
    """

    def __init__(self, waivers: Sequence[Waiver], baseline: Baseline | None = None) -> None:
        self.waivers = tuple(waivers)
        self.baseline = baseline
        self._known = dict(baseline.issues) if baseline else {}
        self._lock = threading.Lock()
        self._served: set[int] = set()
        self._used: set[int] = set()
        self._seen: set[str] = set()

    @classmethod
    def of(cls, waivers: str | Sequence[Any] | None, baseline: str | None) -> Accepted | None:
        """From the values of two settings; ``None`` where neither is given.

        Args:
            waivers: A file, or waivers as tables.
            baseline: A file.

        Raises:
            ConfigError: One of them cannot be read.
        """
        if waivers is None and baseline is None:
            return None
        if isinstance(waivers, str):
            found = read_waivers(waivers)
        else:
            found = waivers_of(waivers or (), "waivers")
        return cls(found, None if baseline is None else Baseline.read(baseline))

    def apply(
        self, issues: Iterable[Issue], *, today: datetime.date, article: str | None = None
    ) -> tuple[tuple[Issue, ...], tuple[str, ...]]:
        """Mark the issues of an article that somebody has accepted.

        A waiver outranks the baseline, an earlier waiver a later one.

        Args:
            issues: Of the article.
            today: The day on which waivers must be valid.
            article: Its name.

        Returns:
            The issues, same order; and a line about each waiver that has expired.
        """
        serving = [k for k, waiver in enumerate(self.waivers) if waiver.serves(article)]
        gone = {k for k in serving if _is_over(self.waivers[k], today)}
        counts: Counter[int] = Counter()
        marked = []
        for issue in issues:
            fitting = [k for k in serving if self.waivers[k].fits(issue)]
            counts.update(fitting)
            valid = [self.waivers[k] for k in fitting if k not in gone]
            accepted = _waived(valid[0]) if valid else None
            if accepted is None and issue.fingerprint in self._known:
                accepted = Acceptance(kind="baseline", reason=_BASELINE_REASON)
            marked.append(replace(issue, accepted=accepted))
        with self._lock:
            self._served.update(serving)
            self._used.update(gone, counts)
            self._seen.update(issue.fingerprint for issue in marked)
        return tuple(marked), tuple(_expiry(self.waivers[k], counts[k]) for k in sorted(gone))

    def unused(self) -> tuple[str, ...]:
        """A line about each waiver and each baseline that fits nothing in the articles so far.

        A waiver for articles of other names is not unused; an expired one has its own line.
        """
        with self._lock:
            idle = sorted(self._served - self._used)
            missing = [words for mark, words in self._known.items() if mark not in self._seen]
        found = [f"{self.waivers[k]} covers no issue" for k in idle]
        if self.baseline and missing:
            found.append(_missing(self.baseline.name, missing))
        return tuple(found)


def _is_over(waiver: Waiver, today: datetime.date) -> bool:
    return waiver.expires is not None and waiver.expires < today


def _waived(waiver: Waiver) -> Acceptance:
    return Acceptance(
        kind="waiver",
        reason=waiver.reason,
        person=waiver.person,
        expires=waiver.expires.isoformat() if waiver.expires else None,
    )


def _expiry(waiver: Waiver, n_issues: int) -> str:
    if n_issues > 1:
        return f"{waiver} expired on {waiver.expires}: its {n_issues:,} issues count again"
    again = ": its issue counts again" if n_issues else ""
    return f"{waiver} expired on {waiver.expires}{again}"


def _missing(name: str, missing: Sequence[str]) -> str:
    if len(missing) == 1:
        return f"{name}: a known issue is gone ({missing[0]}): write the baseline anew"
    return (
        f"{name}: {len(missing):,} known issues are gone (the first: {missing[0]}): "
        "write the baseline anew"
    )
