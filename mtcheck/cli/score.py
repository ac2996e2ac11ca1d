"""``mtcheck score``: how good a translation is, and which of two is better."""

from __future__ import annotations

import csv
import io
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from mtcheck.cli import options
from mtcheck.cli.bars import progress
from mtcheck.cli.common import CLEAN, INCOMPLETE, emit, fail, read_text
from mtcheck.errors import InputError, LanguageError

if TYPE_CHECKING:
    from mtcheck.scores import Comparison, Scores


class ScoreFormat(StrEnum):
    """Forms in which scores are written."""

    TEXT = "text"
    JSON = "json"
    CSV = "csv"


def score(
    source: Annotated[str, typer.Argument(help="The original text: a UTF-8 file, or - for stdin.")],
    target: Annotated[str, typer.Argument(help="Its translation: a UTF-8 file, or -.")],
    reference: Annotated[
        str | None,
        typer.Option(help="A translation by a person, line n for line n: adds BLEU, chrF, TER."),
    ] = None,
    compare: Annotated[
        str | None, typer.Option(help="A second translation, compared with the first.")
    ] = None,
    source_lang: options.SourceLang = None,
    target_lang: options.TargetLang = None,
    config: options.ConfigFile = None,
    form: Annotated[
        ScoreFormat, typer.Option("--format", help="Form of the scores.")
    ] = ScoreFormat.TEXT,
    output: Annotated[
        Path | None, typer.Option(help="Write the scores here, not to stdout.")
    ] = None,
    quiet: options.Quiet = None,
) -> None:
    """Say how good a translation is; with --compare, which of two is better.

    Exit codes: 0 scored, 2 wrong use or input, 3 a language the encoder does not know, 130
    interrupted.
    """
    names = [name for name in (source, target, reference, compare) if name is not None]
    if names.count("-") > 1:
        raise InputError("only one of the texts can be - (standard input)")
    from mtcheck.settings import resolve

    given = {"source_lang": source_lang, "target_lang": target_lang, "quiet": quiet}
    settings = resolve(given, file=config).config
    texts = read_text(source), read_text(target)
    other = read_text(compare) if compare is not None else None
    model = read_text(reference) if reference is not None else None
    with progress("scoring", quiet=settings.quiet):
        from mtcheck.pipeline import Checker

        checker = Checker(settings)
        try:
            result: Scores | Comparison
            if other is None:
                result = checker.score(*texts, reference=model)
            else:
                result = checker.compare(*texts, other, reference=model)
        except LanguageError as error:
            fail(str(error), INCOMPLETE)
    emit(_rendered(result, form), output)
    raise typer.Exit(CLEAN)


def _rendered(result: Scores | Comparison, form: ScoreFormat) -> str:
    if form is ScoreFormat.JSON:
        return result.to_json()
    if form is ScoreFormat.CSV:
        return _csv(result.to_rows())
    return result.to_text()


def _csv(rows: list[list[object]]) -> str:
    stream = io.StringIO()
    csv.writer(stream, lineterminator="\n").writerows(
        [_harmless(cell) for cell in row] for row in rows
    )
    return stream.getvalue()


def _harmless(cell: object) -> object:
    """A cell that no spreadsheet takes for a formula."""
    if isinstance(cell, str) and cell[:1] in {"=", "+", "-", "@", "\t", "\r"}:
        return "'" + cell
    return cell
