"""What all commands share: exit codes, reading and writing, the one line on stderr."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import NoReturn

from mtcheck.errors import InputError
from mtcheck.files import check_size, decode_utf8, read_bytes

CLEAN, ISSUES, WRONG_USE, INCOMPLETE, INTERRUPTED = 0, 1, 2, 3, 130
"""Exit codes: nothing at the gate, issues at the gate, wrong use or unreadable input,
something could not be checked, interrupted."""

_MAX_BYTES = 16_000_000


def read_text(name: str, *, limit: int = _MAX_BYTES) -> str:
    """The text of a file or of standard input, line breaks untouched.

    Args:
        name: The file; ``-`` = standard input.
        limit: Most bytes it may have.

    Raises:
        InputError: No such file, a folder, too large, or not UTF-8.
    """
    if name == "-":
        data = sys.stdin.buffer.read(limit + 1)
        name = "standard input"
        check_size(data, limit, name)
    else:
        data = read_bytes(Path(name), limit, wanted="a file")
    return decode_utf8(data, name)


def is_colored() -> bool:
    """Whether text on stdout may carry ANSI styles."""
    return sys.stdout.isatty() and "NO_COLOR" not in os.environ


def line_width() -> int:
    """Cells of a line of the terminal, within reason."""
    import shutil

    return max(60, min(120, shutil.get_terminal_size((100, 24)).columns))


def emit(text: str, output: Path | None) -> None:
    """Write a result to a file, or to stdout as UTF-8 whatever the locale says.

    Raises:
        InputError: The file cannot be written.
    """
    emit_bytes(text.encode("utf-8"), output)


def emit_bytes(data: bytes, output: Path | None) -> None:
    """Write a result to a file or to stdout.

    Raises:
        InputError: The file cannot be written.
    """
    if output is None:
        try:
            sys.stdout.buffer.write(data)
            sys.stdout.buffer.flush()
        except BrokenPipeError:
            # The reader has seen enough, which changes no result; what is left in the buffer
            # must not raise again at exit.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return
    try:
        output.write_bytes(data)
    except OSError as error:
        raise InputError(f"{output}: cannot be written: {error.strerror}") from error


def append(text: str, path: Path) -> None:
    """Add text to the end of a file.

    Raises:
        InputError: It cannot be written.
    """
    try:
        with path.open("ab") as stream:
            stream.write(text.encode("utf-8"))
    except OSError as error:
        raise InputError(f"{path}: cannot be written: {error.strerror}") from error


def say(message: str) -> None:
    """One line on stderr."""
    sys.stderr.write(f"mtcheck: {' '.join(message.split())}\n")


def fail(message: str, code: int) -> NoReturn:
    """One line on stderr, then the end."""
    say(message)
    raise SystemExit(code)
