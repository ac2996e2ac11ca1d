"""``mtcheck terms``: termbases read, written and looked over."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from mtcheck.cli.common import CLEAN, ISSUES, emit, say
from mtcheck.errors import ConfigError, TermbaseError
from mtcheck.termbase import Termbase

terms_app = typer.Typer(help="Read, convert and look over termbases.", no_args_is_help=True)

File = Annotated[Path, typer.Argument(help="A TBX, CSV, TSV or XLSX file.")]
SourceLang = Annotated[
    str | None, typer.Option(help="BCP 47 tag of the source terms, if the file names none.")
]
TargetLang = Annotated[
    str | None, typer.Option(help="BCP 47 tag of the target terms, if the file names none.")
]
Encoding = Annotated[
    str | None, typer.Option(help="Encoding of a CSV or TSV file that is not UTF-8.")
]
SkipBadRows = Annotated[bool, typer.Option(help="Load the rest of a file that has bad rows.")]
Output = Annotated[Path | None, typer.Option(help="Write here, not to stdout.")]


class TermFormat(StrEnum):
    """Forms in which a termbase is written."""

    TBX = "tbx"
    CSV = "csv"


@terms_app.command("import")
def terms_import(
    file: File,
    source_lang: SourceLang = None,
    target_lang: TargetLang = None,
    encoding: Encoding = None,
    skip_bad_rows: SkipBadRows = False,
    output: Output = None,
) -> None:
    """Turn a file of any supported kind into TBX 3.

    Exit codes: 0 done, 2 the file or a row of it cannot be read.
    """
    termbase = _read(file, source_lang, target_lang, encoding, skip_bad_rows=skip_bad_rows)
    emit(termbase.to_tbx(), output)
    _say_skipped(termbase)
    say(f"{_described(termbase)}")


@terms_app.command("export")
def terms_export(
    file: File,
    form: Annotated[TermFormat, typer.Option("--format", help="Form to write.")] = TermFormat.CSV,
    source_lang: Annotated[
        str | None, typer.Option(help="With --target-lang: CSV of pairs in two languages.")
    ] = None,
    target_lang: Annotated[str | None, typer.Option(help="See --source-lang.")] = None,
    encoding: Encoding = None,
    skip_bad_rows: SkipBadRows = False,
    output: Output = None,
) -> None:
    """Write a termbase as CSV or TBX 3.

    Exit codes: 0 done, 2 the file or a row of it cannot be read.
    """
    if (source_lang is None) != (target_lang is None):
        raise ConfigError("name both --source-lang and --target-lang, or none")
    if form is TermFormat.TBX and source_lang is not None:
        raise ConfigError("a TBX file holds all languages: leave the languages out")
    termbase = _read(file, source_lang, target_lang, encoding, skip_bad_rows=skip_bad_rows)
    if form is TermFormat.TBX:
        text = termbase.to_tbx()
    else:
        text = termbase.to_csv(source_lang=source_lang, target_lang=target_lang)
        if source_lang is not None and text.count("\n") < 2:
            raise TermbaseError(
                f"{file.name}: no concept with terms in {source_lang} and {target_lang}: its "
                f"languages are {', '.join(termbase.languages)}"
            )
    emit(text, output)
    _say_skipped(termbase)


@terms_app.command("validate")
def terms_validate(
    file: File,
    source_lang: SourceLang = None,
    target_lang: TargetLang = None,
    encoding: Encoding = None,
) -> None:
    """List bad rows, duplicates, contradictions and gaps, one a line.

    Exit codes: 0 nothing to say, 1 something is wrong, 2 the file cannot be read at all.
    """
    termbase = _read(file, source_lang, target_lang, encoding, skip_bad_rows=True)
    problems = [*termbase.skipped, *termbase.problems()]
    for problem in problems:
        typer.echo(f"{file.name}: {problem}")
    say(f"{_described(termbase)}, {_counted(len(problems), 'problem')}")
    raise typer.Exit(ISSUES if problems else CLEAN)


def _read(
    file: Path,
    source_lang: str | None,
    target_lang: str | None,
    encoding: str | None,
    *,
    skip_bad_rows: bool,
) -> Termbase:
    return Termbase.read(
        file, source_lang=source_lang, target_lang=target_lang,
        encoding=encoding, skip_bad_rows=skip_bad_rows,
    )  # fmt: skip


def _described(termbase: Termbase) -> str:
    n_terms = sum(len(entry.terms) for entry in termbase)
    languages = ", ".join(termbase.languages)
    return f"{_counted(len(termbase), 'concept')}, {_counted(n_terms, 'term')} ({languages})"


def _counted(number: int, noun: str) -> str:
    return f"{number:,} {noun if number == 1 else noun + 's'}"


def _say_skipped(termbase: Termbase) -> None:
    for problem in termbase.skipped:
        say(f"left out: {problem}")
