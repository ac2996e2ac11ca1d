"""``mtcheck align``: which sentences and words of two texts stand for each other."""

from __future__ import annotations

import json
from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from mtcheck.cli import options
from mtcheck.cli.bars import progress
from mtcheck.cli.common import (
    CLEAN,
    INCOMPLETE,
    emit,
    fail,
    is_colored,
    line_width,
    read_text,
    say,
)
from mtcheck.errors import InputError, LanguageError
from mtcheck.pharaoh import format_pharaoh

if TYPE_CHECKING:
    from mtcheck.alignment import Alignment
    from mtcheck.config import Config
    from mtcheck.pipeline import Checker

Pair = tuple[list[str], list[str]]


class AlignmentFormat(StrEnum):
    """Forms in which an alignment is written."""

    TEXT = "text"
    PHARAOH = "pharaoh"
    JSON = "json"
    HTML = "html"


def align(
    source: Annotated[str, typer.Argument(help="The original text: a UTF-8 file, or - for stdin.")],
    target: Annotated[str, typer.Argument(help="Its translation: a UTF-8 file, or -.")],
    source_lang: options.SourceLang = None,
    target_lang: options.TargetLang = None,
    tokens: Annotated[
        bool,
        typer.Option(
            "--tokens",
            help="Both files hold a sentence on each line, its tokens between spaces; line n of "
            "one is the translation of line n of the other.",
        ),
    ] = False,
    config: options.ConfigFile = None,
    form: Annotated[
        AlignmentFormat, typer.Option("--format", help="Form of the alignment.")
    ] = AlignmentFormat.TEXT,
    output: Annotated[
        Path | None, typer.Option(help="Write the alignment here, not to stdout.")
    ] = None,
    quiet: options.Quiet = None,
) -> None:
    """Align sentences and words of a text and its translation.

    Pharaoh format counts from 0 in the tokens of the whole text, as the JSON form lists them;
    with --tokens it is one line for each line of the input.

    Exit codes: 0 aligned, 2 wrong use or input, 3 something could not be aligned, 130
    interrupted. A sentence without a counterpart is a result, not a failure.
    """
    if source == target == "-":
        raise InputError("only one of SOURCE and TARGET can be - (standard input)")
    from mtcheck.settings import resolve

    given = {"source_lang": source_lang, "target_lang": target_lang, "quiet": quiet}
    settings = resolve(given, file=config).config
    texts = read_text(source), read_text(target)
    code = CLEAN
    with progress("aligning", quiet=settings.quiet):
        if tokens:
            pairs = _token_lines(*texts, names=(_name(source), _name(target)))
            checker = _checker(settings)
            alignments = checker.align_tokens(pairs)
            code = _one_sided(pairs)
        else:
            alignments = [_aligned(_checker(settings), *texts)]
    emit(_rendered(alignments, form, tokens, output), output)
    raise typer.Exit(code)


def _checker(settings: Config) -> Checker:
    from mtcheck.pipeline import Checker

    return Checker(settings)


def _aligned(checker: Checker, source: str, target: str) -> Alignment:
    from mtcheck.pipeline import is_unrelated

    try:
        alignment = checker.align(source, target)
    except LanguageError as error:
        fail(str(error), INCOMPLETE)
    if is_unrelated(alignment):
        raise InputError(
            "source and target do not seem to be translations of each other: "
            "are they the same article?"
        )
    return alignment


def _token_lines(source: str, target: str, *, names: tuple[str, str]) -> list[Pair]:
    """Pairs of lines, cut at spaces and tabs.

    Raises:
        InputError: The files differ in their number of lines, hold no token at all, or one
            that is none.
    """
    sides = [_lines(source), _lines(target)]
    counts = [len(lines) for lines in sides]
    if counts[0] != counts[1]:
        raise InputError(
            f"{names[0]} has {counts[0]:,} lines, {names[1]} {counts[1]:,}: "
            "with --tokens line n of one is the translation of line n of the other"
        )
    cut = [
        [_tokens(line, n, name) for n, line in enumerate(lines, 1)]
        for lines, name in zip(sides, names, strict=True)
    ]
    for name, rows in zip(names, cut, strict=True):
        if not any(rows):
            raise InputError(f"{name} is empty: nothing to align")
    return list(zip(*cut, strict=True))


def _tokens(line: str, number: int, name: str) -> list[str]:
    # Only what the eye takes for a space cuts: in 1\u00a0000 a wider split would shift all indices.
    found = [token for token in line.replace("\t", " ").split(" ") if token]
    for place, token in enumerate(found):
        if not token.strip() or "\x00" in token:
            raise InputError(
                f"{name}, line {number:,}: token {place} holds no word but U+{ord(token[0]):04X}"
            )
    return found


def _lines(text: str) -> list[str]:
    """Lines as other tools count them: a mark such as U+2028 ends none."""
    lines = text.replace("\r\n", "\n").split("\n")
    return lines[:-1] if lines[-1] == "" else lines


def _one_sided(pairs: Sequence[Pair]) -> int:
    """Say which lines have nothing on one side, and the exit code for it."""
    lines = [n for n, (source, target) in enumerate(pairs, 1) if bool(source) != bool(target)]
    if not lines:
        return CLEAN
    count = f"{len(lines):,} pairs of lines have" if len(lines) > 1 else "a pair of lines has"
    say(f"{count} an empty side and no links (first: line {lines[0]:,})")
    return INCOMPLETE


def _rendered(
    alignments: Sequence[Alignment], form: AlignmentFormat, by_line: bool, output: Path | None
) -> str:
    if form is AlignmentFormat.PHARAOH:
        return "".join(
            format_pharaoh((link.i, link.j) for link in alignment.links) + "\n"
            for alignment in alignments
        )
    if form is AlignmentFormat.JSON:
        value = _json_lines(alignments) if by_line else alignments[0].to_dict()
        return json.dumps(value, ensure_ascii=False, indent=None if by_line else 2) + "\n"
    if form is AlignmentFormat.HTML:
        from mtcheck.reporters.alignment_html import render_page

        return render_page(alignments, by_line=by_line)
    from mtcheck.reporters.alignment_text import render_text

    if output is None:
        return render_text(alignments, by_line=by_line, color=is_colored(), width=line_width())
    return render_text(alignments, by_line=by_line)


def _json_lines(alignments: Sequence[Alignment]) -> dict[str, Any]:
    return {
        "lines": [
            {
                "source_tokens": [token.text for token in alignment.source_tokens],
                "target_tokens": [token.text for token in alignment.target_tokens],
                "links": [[link.i, link.j, round(link.score, 3)] for link in alignment.links],
            }
            for alignment in alignments
        ]
    }


def _name(argument: str) -> str:
    return "standard input" if argument == "-" else argument
