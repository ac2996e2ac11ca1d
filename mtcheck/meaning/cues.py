"""Words of negation in a text, from the shipped table.

A negator must be answered in the other text; a hint may answer one and needs no answer.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib import resources

from mtcheck.document import Side, Span
from mtcheck.text.languages import language, primary

_COLUMNS = ("lang", "role", "patterns")
_ROLES = ("negator", "hint")


@dataclass(frozen=True, slots=True, kw_only=True)
class Cue:
    """A word or phrase of negation.

    Attributes:
        span: Where it stands.
        negates: It is a negator; otherwise a hint.
    """

    span: Span
    negates: bool


@cache
def load_patterns() -> dict[str, dict[str, tuple[str, ...]]]:
    """Patterns of the table by language and role.

    Raises:
        ValueError: A row is malformed; the message names it.
    """
    path = resources.files("mtcheck").joinpath("data/polarity/negators.tsv")
    table: dict[str, dict[str, tuple[str, ...]]] = {}
    rows = [
        (number, line)
        for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1)
        if line and not line.startswith("#")
    ]
    for number, line in rows[1:]:
        cells = line.split("\t")
        if len(cells) != len(_COLUMNS) or cells[1] not in _ROLES:
            raise ValueError(f"negators.tsv:{number}: not a row of {', '.join(_COLUMNS)}")
        patterns = tuple(part.strip() for part in cells[2].split("|") if part.strip())
        table.setdefault(cells[0], {})[cells[1]] = patterns
    return table


def has_negators(lang: str) -> bool:
    """Whether the table knows a language: without it no negation can be compared."""
    return primary(lang) in load_patterns()


def find_cues(side: Side) -> tuple[Cue, ...]:
    """All words of negation of one side, in text order and without overlaps."""
    finders = _finders(primary(side.lang))
    if finders is None:
        return ()
    anything, negator = finders
    return tuple(
        Cue(
            span=Span.of(side.text, *match.span("cue")),
            negates=negator.fullmatch(match["cue"]) is not None,
        )
        for match in anything.finditer(side.text)
    )


@cache
def _finders(code: str) -> tuple[re.Pattern[str], re.Pattern[str]] | None:
    """What finds any cue, as group ``cue``, and what a negator matches in full."""
    roles = load_patterns().get(code)
    if roles is None:
        return None
    negators = [_expression(pattern) for pattern in roles["negator"]]
    # The longer pattern comes first: *not only* is no *not*.
    ranked = sorted({p for patterns in roles.values() for p in patterns}, key=_rank)
    anything = "|".join(map(_expression, ranked))
    facts = language(code)
    if facts.spaced:
        clitics = "|".join(map(re.escape, facts.proclitics))
        anything = rf"(?<!\w)(?:{clitics})?(?P<cue>{anything})(?!\w)"
    else:
        anything = f"(?P<cue>{anything})"
    flags = re.IGNORECASE
    return re.compile(anything, flags), re.compile("|".join(negators), flags)


def _rank(pattern: str) -> tuple[bool, int, str]:
    # What is spelled out comes before what is only a beginning of words.
    return ("*" in pattern and " " not in pattern, -len(pattern), pattern)


def _expression(pattern: str) -> str:
    """A pattern of the table as a regular expression."""
    parts = {"*": r"\w*", "_": r"\w+", " ": r"\s+", "'": "['’]"}
    return "".join(parts.get(character, re.escape(character)) for character in pattern)


def usual_negator(lang: str) -> str:
    """The usual negator of a language, or *not* where the table has none."""
    roles = load_patterns().get(primary(lang))
    return roles["negator"][0] if roles else "not"
