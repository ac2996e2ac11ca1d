"""Every error that mtcheck raises.

::

    MtcheckError
    ├── ConfigError          a setting that does not exist or cannot be
    ├── InputError           a text that cannot be checked as it stands
    │   ├── SpanError        offsets that do not belong to their text
    │   └── PharaohError     a line that is not in Pharaoh format
    ├── LanguageError        a language that the encoder was not trained on
    ├── TermbaseError        a termbase that cannot be read
    ├── MissingExtraError    an optional package is not installed
    └── ModelError           model weights are missing, damaged or unusable

Findings about a translation are never exceptions.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable


class MtcheckError(Exception):
    """Root of every error raised by mtcheck."""


class ConfigError(MtcheckError):
    """A setting that does not exist, or a value it cannot take."""


class InputError(MtcheckError):
    """The input cannot be checked: says what, where and what to do."""


class SpanError(InputError):
    """A span that does not slice its text."""


class PharaohError(InputError):
    """A line that is not in Pharaoh format, or links to tokens that are not there."""


class LanguageError(MtcheckError):
    """A language that the encoder was not trained on: nothing could be aligned."""


class TermbaseError(MtcheckError):
    """A termbase, or a row of it, cannot be read."""


class MissingExtraError(MtcheckError):
    """An optional package is missing; the message names the extra."""

    def __init__(self, package: str, extra: str) -> None:
        super().__init__(f"{package} is not installed: pip install 'mtcheck[{extra}]'")
        self.package = package
        self.extra = extra


class ModelError(MtcheckError):
    """Model weights are missing, damaged, or of a kind mtcheck cannot use."""


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """The end of a message about an unknown name: ``; did you mean 'threads'?``, or nothing."""
    names = list(known)
    near = difflib.get_close_matches(word, names, n=1)
    if not near:  # a name in other letters, such as FAIL-ON
        plain = {name.lower().replace("-", "_"): name for name in names}
        near = difflib.get_close_matches(word.lower().replace("-", "_"), plain, n=1)
        near = [plain[name] for name in near]
    return f"; did you mean {near[0]!r}?" if near else ""
