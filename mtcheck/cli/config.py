"""``mtcheck config``: which settings hold, and where each comes from."""

from __future__ import annotations

import json
from enum import StrEnum
from typing import Annotated

import typer

from mtcheck.cli import options
from mtcheck.cli.common import emit

config_app = typer.Typer(help="Show the settings.", no_args_is_help=True)


class SettingsFormat(StrEnum):
    """Forms in which settings are shown."""

    TEXT = "text"
    JSON = "json"


@config_app.callback()
def _config() -> None:
    """Show the settings."""


@config_app.command("show")
def config_show(
    config: options.ConfigFile = None,
    form: Annotated[
        SettingsFormat, typer.Option("--format", help="Form of the list.")
    ] = SettingsFormat.TEXT,
    source_lang: options.SourceLang = None,
    target_lang: options.TargetLang = None,
    termbase: options.TermbaseFile = None,
    skip_bad_rows: options.SkipBadRows = None,
    fail_on: options.FailOn = None,
    min_confidence: options.MinConfidence = None,
    min_coverage: options.MinCoverage = None,
    disable: options.Disable = None,
    waivers: options.WaiverFile = None,
    baseline: options.BaselineFile = None,
    cache: options.CacheFolder = None,
    quiet: options.Quiet = None,
) -> None:
    """Show every setting, its value, and where it comes from.

    Takes the options of check, to see what would hold there. A default has the origin default,
    anything else the file, variable or option that sets it.

    Waivers and the baseline are read too, the termbase is not.

    Exit codes: 0 shown, 2 a setting does not exist or cannot be.
    """
    from mtcheck.acceptance import Accepted
    from mtcheck.settings import resolve, rows_as_text

    settings = resolve(
        {
            "source_lang": source_lang,
            "target_lang": target_lang,
            "termbase": termbase,
            "skip_bad_rows": skip_bad_rows,
            "fail_on": fail_on.value if fail_on else None,
            "min_confidence": min_confidence,
            "min_coverage": min_coverage,
            "disable": disable or None,
            "waivers": waivers,
            "baseline": baseline,
            "cache": cache,
            "quiet": quiet,
        },
        file=config,
    )
    Accepted.of(settings.config.waivers, settings.config.baseline)  # complains if it must
    rows = settings.rows()
    if form is SettingsFormat.TEXT:
        emit(rows_as_text(rows), None)
        return
    table = {
        "file": str(settings.file) if settings.file else None,
        "settings": [row.to_dict() for row in rows],
    }
    emit(json.dumps(table, ensure_ascii=False, indent=2) + "\n", None)
