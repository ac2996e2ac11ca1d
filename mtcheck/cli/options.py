"""Options that set a setting: the same for every command that reads settings."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

_GATE = "Gate"


class Level(StrEnum):
    """Severities at which the gate can close."""

    NEUTRAL = "neutral"
    MINOR = "minor"
    MAJOR = "major"
    CRITICAL = "critical"
    NEVER = "never"


class Format(StrEnum):
    """Forms in which a report is written: the names in ``mtcheck.reporters.registry``."""

    TEXT = "text"
    JSON = "json"
    JSONL = "jsonl"
    HTML = "html"
    SARIF = "sarif"
    JUNIT = "junit"
    GITHUB = "github"
    CSV = "csv"
    XLSX = "xlsx"


ReportFormat = Annotated[Format, typer.Option("--format", help="Form of the report.")]
ReportOutput = Annotated[
    Path | None, typer.Option("--output", "-o", help="Write the report here, not to stdout.")
]
ConfigFile = Annotated[
    Path | None,
    typer.Option(
        "--config",
        help="TOML file with settings, alone or in [tool.mtcheck]; by default the nearest "
        "mtcheck.toml or pyproject.toml upward.",
    ),
]
SourceLang = Annotated[
    str | None, typer.Option(help="BCP 47 tag of the source; detected if not given.")
]
TargetLang = Annotated[
    str | None, typer.Option(help="BCP 47 tag of the translation; detected if not given.")
]
TermbaseFile = Annotated[
    Path | None, typer.Option(help="The house's terms: a TBX, CSV, TSV or XLSX file.")
]
SkipBadRows = Annotated[
    bool | None,
    typer.Option(
        "--skip-bad-rows", help="Use the rest of a termbase that has bad rows; gives exit code 3."
    ),
]
FailOn = Annotated[
    Level | None, typer.Option(help="Lowest severity that gives exit code 1; by default major.")
]
MinConfidence = Annotated[
    float | None, typer.Option(min=0.0, max=1.0, help="Less sure issues do not close the gate.")
]
MinCoverage = Annotated[
    float | None,
    typer.Option(min=0.0, max=1.0, help="Share of the source that must be checked; else code 3."),
]
Disable = Annotated[
    list[str] | None,
    typer.Option(help="Code, name or group of a rule to leave out; may be given again."),
]
WaiverFile = Annotated[Path | None, typer.Option(help="TOML file of accepted issues.")]
BaselineFile = Annotated[
    Path | None, typer.Option(help="File of known issues, from mtcheck baseline write.")
]
CacheFolder = Annotated[
    Path | None, typer.Option(help="Keep results in this folder and take them from there.")
]
Quiet = Annotated[bool | None, typer.Option("--quiet", "-q", help="Nothing on stderr but errors.")]
