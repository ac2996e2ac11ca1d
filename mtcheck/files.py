"""What every reader of a file shares: the bytes of a file, or one clear line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path

from mtcheck.errors import InputError, MtcheckError


def read_bytes(
    path: Path, limit: int, *, kind: type[MtcheckError] = InputError, wanted: str = "a file"
) -> bytes:
    """The bytes of a file of bounded size.

    Args:
        path: The file.
        limit: Most bytes it may have.
        kind: Which error to raise.
        wanted: What to name in place of a folder.

    Raises:
        MtcheckError: No such file, a folder, unreadable or too large; of the given kind.
    """
    try:
        with path.open("rb") as stream:
            data = stream.read(limit + 1)
    except FileNotFoundError:
        raise kind(f"{path}: no such file") from None
    except IsADirectoryError:
        raise kind(f"{path}: is a folder; name {wanted}") from None
    except OSError as error:
        raise kind(f"{path}: cannot be read: {error.strerror}") from error
    check_size(data, limit, str(path), kind=kind)
    return data


def check_size(
    data: bytes, limit: int, name: str, *, kind: type[MtcheckError] = InputError
) -> None:
    """Raise an error of the given kind if there are more bytes than may be."""
    if len(data) > limit:
        raise kind(f"{name}: larger than {limit // 1_000_000} MB: split it")


def table_rows(
    text: str, name: str, columns: Sequence[str]
) -> Iterator[tuple[int, dict[str, str]]]:
    """(Line number, cells by column) of each row of a table that ships with mtcheck.

    Args:
        text: Its content: tab-separated, columns named in the first line.
        name: Its file name, for messages.
        columns: The columns it must have, in order.

    Raises:
        ValueError: The header or a row is not so.
    """
    for number, line in enumerate(text.splitlines() or [""], start=1):
        cells = line.split("\t")
        if number == 1:
            if cells != list(columns):
                raise ValueError(f"{name}: columns are not {', '.join(columns)}")
        elif len(cells) != len(columns):
            raise ValueError(f"{name}:{number}: {len(cells)} cells, not {len(columns)}")
        else:
            yield number, dict(zip(columns, cells, strict=True))


def decode_utf8(data: bytes, name: str, *, kind: type[MtcheckError] = InputError) -> str:
    """The text of UTF-8 bytes, with or without a byte order mark; line breaks untouched.

    Args:
        data: The bytes.
        name: Their name, for messages.
        kind: Which error to raise.

    Raises:
        MtcheckError: Not UTF-8, or UTF-8 that was read as Windows-1252 and saved again; of the
            given kind.
    """
    if data[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        raise kind(f"{name}: looks like UTF-16; save it as UTF-8")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise kind(
            f"{name}: not UTF-8 (byte 0x{data[error.start]:02X} at position {error.start}); "
            "save it as UTF-8"
        ) from None
    if is_mojibake(text):
        raise kind(
            f"{name}: holds UTF-8 that was read as Windows-1252 and saved again "
            "(\u00c3\u00a9 for \u00e9 and the like); repair its encoding"
        )
    return text


def is_mojibake(text: str) -> bool:
    """Whether a text is UTF-8 that was decoded as Windows-1252 or Latin-1.

    Such a text holds characters of these alone, and their bytes are valid UTF-8 again, which
    letters with accents and quotation marks in true words never are all of them.
    """
    head = text[:100_000]
    if sum(character > "\x7f" for character in head) < _MOJIBAKE:
        return False
    try:
        bytes(map(_one_byte().__getitem__, head)).decode("utf-8")
    except UnicodeDecodeError as error:
        # The cut may have split a character.
        return len(text) > len(head) and error.start >= len(head) - 4
    except KeyError:
        return False
    return True


@cache
def _one_byte() -> dict[str, int]:
    """Windows-1252 as browsers read it: its five gaps are control characters, as in Latin-1."""
    latin = {chr(byte): byte for byte in range(256)}
    return latin | {
        character: byte
        for byte in range(0x80, 0xA0)
        if (character := bytes([byte]).decode("cp1252", "ignore"))
    }


_MOJIBAKE = 4
"""Fewer characters outside ASCII prove nothing."""
