"""The command line: the only place that prints or exits."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from mtcheck.cli import options
from mtcheck.cli.align import align
from mtcheck.cli.bars import progress
from mtcheck.cli.baseline import baseline_app
from mtcheck.cli.common import (
    INCOMPLETE,
    INTERRUPTED,
    WRONG_USE,
    emit,
    fail,
    say,
)
from mtcheck.cli.config import config_app
from mtcheck.cli.report import report as report_command
from mtcheck.cli.report import write_results
from mtcheck.cli.score import score
from mtcheck.cli.terms import terms_app
from mtcheck.errors import ConfigError, MtcheckError

if TYPE_CHECKING:
    from mtcheck.report import Report

app = typer.Typer(
    help="Find the names, terms and quotations that a machine translation got wrong.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
rules_app = typer.Typer(help="List and explain the rules.", no_args_is_help=True)
app.add_typer(rules_app, name="rules")
app.add_typer(terms_app, name="terms")
app.add_typer(baseline_app, name="baseline")
app.add_typer(config_app, name="config")


@app.command()
def check(
    source: Annotated[
        str,
        typer.Argument(
            help="The original: a file, a folder, or - for stdin; or one JSONL, XLIFF or TMX file."
        ),
    ],
    target: Annotated[
        str | None, typer.Argument(help="Its translation: a file, a folder, or -.")
    ] = None,
    source_lang: options.SourceLang = None,
    target_lang: options.TargetLang = None,
    termbase: options.TermbaseFile = None,
    skip_bad_rows: options.SkipBadRows = None,
    config: options.ConfigFile = None,
    form: options.ReportFormat = options.Format.TEXT,
    output: options.ReportOutput = None,
    html: Annotated[Path | None, typer.Option(help="Also write an HTML report here.")] = None,
    summary: Annotated[
        Path | None, typer.Option(help="Also write one line here, for a chat.")
    ] = None,
    fail_on: options.FailOn = None,
    min_confidence: options.MinConfidence = None,
    min_coverage: options.MinCoverage = None,
    disable: options.Disable = None,
    waivers: options.WaiverFile = None,
    baseline: options.BaselineFile = None,
    cache: options.CacheFolder = None,
    quiet: options.Quiet = None,
) -> None:
    """Compare a translation with its source.

    Exit codes: 0 nothing at the gate, 1 issues at the gate, 2 wrong use or unreadable input,
    3 something could not be checked, 130 interrupted.
    """
    from mtcheck.cli.many import Tally, open_articles, reports
    from mtcheck.reporters.registry import writer_of
    from mtcheck.settings import resolve

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
    ).config
    articles = open_articles(source, target, settings)
    if html is not None:
        articles.only_one("html")
    if not writer_of(form.value).many:
        articles.only_one(form.value)
    tally = Tally()
    found: list[tuple[str, Report]] = []
    with progress("checking", quiet=settings.quiet) as advance:
        from mtcheck.pipeline import Checker

        checker = Checker(settings)
        for pair in reports(articles, checker, settings, tally):
            found.append(pair)
            advance(1)
    if not tally.codes:
        fail("nothing could be checked", WRONG_USE)
    notices = list(checker.unused())
    if settings.gates.parts and not any(report.parts for _, report in found):
        notices.append("gates.parts changes nothing: the parts of a plain text are not known")
    if notices:
        name, last = found[-1]
        found[-1] = name, replace(last, notices=(*last.notices, *notices))
    if html is not None:
        emit(found[0][1].to_html(), html)
    from mtcheck.reporters.registry import Result

    results = [
        Result.of(
            report,
            name=name if articles.many else target or source,
            source_name="" if articles.many else source,
            gate=report.gate(**settings.gate),
        )
        for name, report in found
    ]
    write_results(results, form, output)
    if summary is not None:
        from mtcheck.reporters.text import summary_line

        lines = []
        for name, report in found:
            shown = "" if target == "-" else name
            lines.append(summary_line(report, report.gate(**settings.gate), name=shown) + "\n")
        emit("".join(lines), summary)
    if not settings.quiet:
        for _, report in found:
            for notice in report.notices:
                say(notice)
        if articles.many:
            say(tally.summary())
    raise typer.Exit(tally.exit_code)


app.command()(align)
app.command("report")(report_command)
app.command()(score)


@rules_app.command("list")
def rules_list() -> None:
    """List all rules: code, name, severity and what each finds."""
    from mtcheck.checks import CHECKS, summary

    lines = []
    for item in CHECKS:
        rule = item.rule
        lines.append(f"{rule.code}  {rule.name:<22}{rule.severity!s:<10}{summary(item)}\n")
    emit("".join(lines), None)


@rules_app.command("explain")
def rules_explain(rule: Annotated[str, typer.Argument(help="Code or name of a rule.")]) -> None:
    """Show the page of a rule."""
    import difflib

    from mtcheck.checks import CHECKS, page

    for item in CHECKS:
        if rule.upper() == item.rule.code or rule.lower() == item.rule.name:
            head = f"{item.rule.code} {item.rule.name} ({item.rule.severity}, {item.rule.category})"
            emit(f"{head}\n\n{page(item)}\n", None)
            return
    names = [name for item in CHECKS for name in (item.rule.code, item.rule.name)]
    near = difflib.get_close_matches(rule, names, n=1)
    hint = f"; did you mean {near[0]}?" if near else ": see mtcheck rules list"
    raise ConfigError(f"no rule is called {rule!r}{hint}")


def _show_version(value: bool) -> None:
    if value:
        from mtcheck import __version__

        typer.echo(f"mtcheck {__version__}")
        raise typer.Exit


@app.callback()
def _root(
    version: Annotated[
        bool,
        typer.Option("--version", callback=_show_version, is_eager=True, help="Show the version."),
    ] = False,
) -> None:
    del version


def run(command: Callable[[], None]) -> None:
    """Run a command and turn every error into one line and an exit code."""
    try:
        command()
    except MtcheckError as error:
        fail(str(error), WRONG_USE)
    except KeyboardInterrupt:
        fail("interrupted", INTERRUPTED)
    except SystemExit as end:
        if end.code == INTERRUPTED:  # typer has caught the interrupt, and says nothing
            say("interrupted")
        raise
    except MemoryError:
        fail("not enough memory for this article: split it", INCOMPLETE)
    except Exception as error:
        if "MTCHECK_DEBUG" in os.environ:
            raise
        kind = type(error).__name__
        fail(
            f"internal error, nothing was checked: {kind}: {error} "
            "(MTCHECK_DEBUG=1 shows where; please report it)",
            INCOMPLETE,
        )


def main() -> None:
    """Entry point of the ``mtcheck`` command."""
    run(app)
