"""``mtcheck report``: a saved report written again, without a model."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from mtcheck.cli import options
from mtcheck.cli.common import (
    append,
    emit_bytes,
    is_colored,
    line_width,
    read_text,
    say,
)
from mtcheck.cli.options import Format
from mtcheck.errors import ConfigError, InputError

if TYPE_CHECKING:
    from mtcheck.reporters.registry import Result

_MAX_BYTES = 256_000_000  # a report holds both texts and more


def report(
    saved: Annotated[
        str, typer.Argument(help="A report written as json, several as jsonl, or - for stdin.")
    ],
    form: options.ReportFormat = Format.TEXT,
    output: options.ReportOutput = None,
    config: options.ConfigFile = None,
    fail_on: options.FailOn = None,
    min_confidence: options.MinConfidence = None,
    min_coverage: options.MinCoverage = None,
    quiet: options.Quiet = None,
) -> None:
    """Write a saved report in another form; nothing is checked again.

    The gate is that of today's settings, and so is the exit code: 0 nothing at the gate, 1
    issues at the gate, 2 wrong use or no readable report, 3 something could not be checked.
    """
    from mtcheck.settings import resolve

    settings = resolve(
        {
            "fail_on": fail_on.value if fail_on else None,
            "min_confidence": min_confidence,
            "min_coverage": min_coverage,
            "quiet": quiet,
        },
        file=config,
    ).config
    results = read_saved(read_text(saved, limit=_MAX_BYTES), _name(saved), settings.gate)
    write_results(results, form, output)
    if not settings.quiet:
        for result in results:
            for notice in result.report.notices:
                say(notice)
    from mtcheck.reporters.registry import exit_code

    raise typer.Exit(exit_code(results))


def read_saved(text: str, name: str, gate: dict[str, Any]) -> list[Result]:
    """The reports of a JSON or JSON Lines text, under a gate.

    Raises:
        InputError: There is none, or one of them cannot be read; the message says which.
    """
    from mtcheck.reporters.registry import Result
    from mtcheck.saved import load_json, report_from

    if not text.strip():
        raise InputError(f"{name} is empty: no report to write")
    lines = [(n, line) for n, line in enumerate(text.split("\n"), 1) if line.strip()]
    if len(lines) > 1 and _is_json(lines[0][1]):
        wheres = [f"{name}, line {n:,}" for n, _ in lines]
        tables = [
            (load_json(line, where), where) for (_, line), where in zip(lines, wheres, strict=True)
        ]
    else:
        tables = [(load_json(text, name), name)]
    results = []
    for table, where in tables:
        found = report_from(table, where)
        files = table.get("files") or {}
        if not isinstance(files, dict) or not all(
            value is None or isinstance(value, str) for value in files.values()
        ):
            raise InputError(f"{where}: damaged report: files is no table of names")
        results.append(
            Result.of(
                found,
                name=files.get("target") or "",
                source_name=files.get("source") or "",
                gate=found.gate(**gate),
            )
        )
    return results


def write_results(results: Sequence[Result], form: Format, output: Path | None) -> None:
    """Write results in a form to a file or stdout; for GitHub also the summary of the step.

    Raises:
        ConfigError: The form cannot hold so many reports, or is no text and stdout a terminal.
        InputError: The file cannot be written.
    """
    from mtcheck.reporters.registry import render, writer_of

    if form is Format.TEXT and output is None and len(results) == 1:
        text = results[0].report.to_text(color=is_colored(), width=line_width())
        emit_bytes(text.encode("utf-8"), None)
        return
    if writer_of(form.value).binary and output is None and sys.stdout.isatty():
        raise ConfigError(f"{form.value} is no text: name a file with --output")
    data = render(form.value, results)
    step = os.environ.get("GITHUB_STEP_SUMMARY")
    if form is Format.GITHUB and step:
        from mtcheck.reporters.github import SUMMARY_LIMIT, write_summary

        path = Path(step)
        used = path.stat().st_size if path.exists() else 0
        append(write_summary(results, max(1_000, SUMMARY_LIMIT - used)), path)
    emit_bytes(data, output)


def _is_json(line: str) -> bool:
    """Whether a line is JSON by itself, as in JSON Lines and never in indented JSON."""
    from mtcheck.saved import load_json

    try:
        load_json(line)
    except InputError:
        return False
    return True


def _name(argument: str) -> str:
    return "standard input" if argument == "-" else argument
