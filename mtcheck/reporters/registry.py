"""The forms in which reports are written: name, writer, what it can take.

A writer is a function from results to chunks; it is loaded when it is asked for. A new form is a
module with a function and a line in :data:`WRITERS`.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import cast

from mtcheck.errors import ConfigError, did_you_mean
from mtcheck.issues import Issue
from mtcheck.report import Gate, Report

Write = Callable[[Iterable["Result"]], Iterator[str | bytes]]
"""Results in, chunks out: text, or bytes where the form is binary."""


@dataclass(frozen=True, kw_only=True)
class Result:
    """A report with what a writer has to know besides.

    Attributes:
        report: What was found.
        name: Path or name of the translation, as the caller gave it; ``-`` = standard input,
            empty = none.
        source_name: The same of the source.
        gate: The verdict under the caller's settings.
    """

    report: Report
    name: str
    source_name: str
    gate: Gate

    @classmethod
    def of(
        cls, report: Report, *, name: str = "", source_name: str = "", gate: Gate | None = None
    ) -> Result:
        """A result, under the default gate unless one is given.

        Names become plain text: what the file system could not decode is replaced.
        """
        name, source_name = (
            text.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
            for text in (name, source_name)
        )
        return cls(report=report, name=name, source_name=source_name, gate=gate or report.gate())

    def at_gate(self, issue: Issue) -> bool:
        """Whether an issue of the report is one of those that stop the article."""
        return _identity(issue) in self._stopping

    @cached_property
    def _stopping(self) -> frozenset[tuple[object, ...]]:
        return frozenset(map(_identity, self.gate.issues))

    @property
    def title(self) -> str:
        """What to call the article."""
        return {"": "article", "-": "standard input"}.get(self.name, self.name)


def _identity(issue: Issue) -> tuple[object, ...]:
    # An issue has no hash, and comparing each with all takes minutes for thousands of them.
    return issue.code, issue.fingerprint, issue.source, issue.target


@dataclass(frozen=True, slots=True, kw_only=True)
class Writer:
    """A form of a report.

    Attributes:
        name: What the caller asks for.
        module: Module under ``mtcheck.reporters`` that holds its function ``write``.
        many: Whether one output may hold several reports.
        binary: Whether it is bytes that are no text.
    """

    name: str
    module: str
    many: bool = True
    binary: bool = False

    def load(self) -> Write:
        """The function that writes."""
        module = importlib.import_module(f"mtcheck.reporters.{self.module}")
        return cast(Write, module.write)


WRITERS = {
    writer.name: writer
    for writer in (
        Writer(name="text", module="plain"),
        Writer(name="json", module="json_report", many=False),
        Writer(name="jsonl", module="json_lines"),
        Writer(name="html", module="page", many=False),
        Writer(name="sarif", module="sarif"),
        Writer(name="junit", module="junit"),
        Writer(name="github", module="github"),
        Writer(name="csv", module="csv_table"),
        Writer(name="xlsx", module="xlsx", binary=True),
    )
}
"""All forms by name, in the order in which they are listed."""


def writer_of(name: str) -> Writer:
    """The writer with a name.

    Raises:
        ConfigError: There is none.
    """
    if name not in WRITERS:
        raise ConfigError(
            f"no report format is called {name!r}{did_you_mean(name, WRITERS)}: "
            f"one of {', '.join(WRITERS)}"
        )
    return WRITERS[name]


def render(form: str, results: Iterable[Result]) -> bytes:
    """Results in a form; text is UTF-8. The same results give the same bytes.

    Args:
        form: Name of the form.
        results: Reports with their names and verdicts, in the order to write them.

    Raises:
        ConfigError: There is no such form, or it cannot hold several reports.
    """
    writer = writer_of(form)
    found = list(results)
    if len(found) != 1 and not writer.many:
        forms = ", ".join(w.name for w in WRITERS.values() if w.many)
        raise ConfigError(
            f"{form} holds one report, and there are {len(found):,}: "
            f"take one of {forms}, or write them one by one"
        )
    chunks = writer.load()(found)
    return b"".join(c if isinstance(c, bytes) else c.encode("utf-8") for c in chunks)


def exit_code(results: Iterable[Result]) -> int:
    """The exit code of several verdicts: issues at a gate outrank what is incomplete."""
    codes = {result.gate.exit_code for result in results}
    return next((code for code in (1, 3) if code in codes), 0)
