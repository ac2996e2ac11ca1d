"""What every reader of a file shares: the bytes of a file, or one clear line."""

from __future__ import annotations

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
