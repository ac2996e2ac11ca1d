"""``mtcheck baseline``: the issues that are there today, so that only new ones count."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from mtcheck.cli import options
from mtcheck.cli.bars import progress
from mtcheck.cli.common import CLEAN, INCOMPLETE, emit, read_text, say
from mtcheck.errors import InputError

baseline_app = typer.Typer(help="Write down the issues of today.", no_args_is_help=True)


@baseline_app.callback()
def _baseline() -> None:
    """Write down the issues of today."""


@baseline_app.command("write")
def baseline_write(
    source: Annotated[str, typer.Argument(help="The original text: a UTF-8 file, or - for stdin.")],
    target: Annotated[str, typer.Argument(help="Its translation: a UTF-8 file, or -.")],
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="Write here, not to stdout.")
    ] = None,
    config: options.ConfigFile = None,
    source_lang: options.SourceLang = None,
    target_lang: options.TargetLang = None,
    termbase: options.TermbaseFile = None,
    skip_bad_rows: options.SkipBadRows = None,
    disable: options.Disable = None,
    waivers: options.WaiverFile = None,
    cache: options.CacheFolder = None,
    quiet: options.Quiet = None,
) -> None:
    """Write the fingerprints of the issues that no waiver covers.

    Give the file to check as --baseline: what stands in it closes the gate no longer.

    Exit codes: 0 written, 2 wrong use or unreadable input, 3 written, but something could not
    be checked.
    """
    from mtcheck.settings import resolve

    if source == target == "-":
        raise InputError("only one of SOURCE and TARGET can be - (standard input)")
    settings = resolve(
        {
            "source_lang": source_lang,
            "target_lang": target_lang,
            "termbase": termbase,
            "skip_bad_rows": skip_bad_rows,
            "disable": disable or None,
            "waivers": waivers,
            "cache": cache,
            "quiet": quiet,
        },
        file=config,
    ).config
    # The baseline that holds today may be the very file to write.
    settings = replace(settings, baseline=None)
    texts = read_text(source), read_text(target)
    with progress("checking", quiet=settings.quiet):
        from mtcheck.acceptance import baseline_json
        from mtcheck.pipeline import Checker

        report = Checker(settings).check(*texts, name=target)
    emit(baseline_json(report.issues), output)
    if not settings.quiet:
        n_known = sum(issue.accepted is None for issue in report.issues)
        say(f"{n_known:,} {'issue' if n_known == 1 else 'issues'} in the baseline")
        for item in report.not_checked:
            say(f"not checked: {item.stage}: {item.reason}")
    raise typer.Exit(INCOMPLETE if report.not_checked else CLEAN)
