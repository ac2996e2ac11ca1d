"""Optional packages, loaded when they are asked for."""

from __future__ import annotations

from types import ModuleType

from mtcheck.errors import MissingExtraError


def load_pandas() -> ModuleType:
    """The package pandas.

    Raises:
        MissingExtraError: It is not installed.
    """
    try:
        import pandas
    except ImportError as error:
        raise MissingExtraError("pandas", "notebook") from error
    return pandas  # type: ignore[no-any-return,unused-ignore]
