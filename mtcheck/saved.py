"""A report from its JSON form: every field is checked, every span has to slice its text.

A saved report comes from a disk or a network and may be cut off, edited or made up; nothing of
it is taken on trust, because writers quote it and the gate decides on it.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any, NoReturn, TypeVar

from mtcheck.document import Part, Span
from mtcheck.errors import InputError
from mtcheck.issues import Acceptance, Issue, Severity
from mtcheck.ledger import Entry, Ledger, Rendering
from mtcheck.report import SCHEMA, NotChecked, Report

_T = TypeVar("_T")
_Where = tuple[str | int, ...]

_KINDS = {
    dict: "an object",
    list: "a list",
    str: "a string",
    int: "a whole number",
    float: "a number",
}


def load_json(text: str | bytes, where: str = "the saved report") -> Any:
    """The value of a JSON text, if it is one that can be written again.

    Raises:
        InputError: Not JSON, nested too deeply, a number that is none, or half a character.
    """
    try:
        value = json.loads(text, parse_constant=_no_number)
        json.dumps(value, ensure_ascii=False, allow_nan=False).encode("utf-8")
    except RecursionError:
        raise InputError(f"{where}: nested too deeply for a report") from None
    except UnicodeEncodeError:
        raise InputError(f"{where}: holds half a surrogate pair, which is no character") from None
    except UnicodeDecodeError as error:
        raise InputError(f"{where}: not UTF-8 (position {error.start})") from None
    except json.JSONDecodeError as error:
        raise InputError(
            f"{where}: not valid JSON: {error.msg} (line {error.lineno}, column {error.colno})"
        ) from None
    except ValueError as error:
        raise InputError(f"{where}: not valid JSON: {error}") from None
    return value


def report_from(table: Any, where: str = "the saved report") -> Report:
    """The report of a JSON form; ``report_from(report.to_dict())`` says the same as ``report``.

    Keys that are not known are left alone: a later version may add some.

    Args:
        table: What :meth:`Report.to_dict` gave.
        where: What it is, for messages.

    Raises:
        InputError: It is no report, one of a version that is not known, or damaged.
    """
    if not isinstance(table, Mapping) or "schema" not in table:
        raise InputError(f"{where}: not a report of mtcheck: it has no field 'schema'")
    version = table["schema"]
    if version != SCHEMA or isinstance(version, bool):
        raise InputError(
            f"{where}: a report of schema {version!r}; this version of mtcheck reads "
            f"schema {SCHEMA}: check the article again, or use the version that wrote it"
        )
    return _Reader(where, table).report()


class _Reader:
    """Reads one report; the texts are known first, so that spans can be held to them."""

    def __init__(self, where: str, table: Mapping[str, Any]) -> None:
        self._where = where
        self._table = table
        self._texts = {side: self._get(table, side, str, ()) for side in ("source", "target")}

    def report(self) -> Report:
        table = self._table
        coverage = float(self._get(table, "coverage", float, ()))
        if not 0.0 <= coverage <= 1.0:
            self._fail(("coverage",), "is not between 0 and 1")
        return Report(
            source=self._texts["source"],
            target=self._texts["target"],
            source_lang=self._get(table, "source_lang", str, ()),
            target_lang=self._get(table, "target_lang", str, ()),
            issues=self._each(table, "issues", (), self._issue),
            not_checked=self._each(table, "not_checked", (), self._not_checked),
            coverage=coverage,
            ledger=Ledger(self._each(table, "ledger", (), self._entry)),
            signature=self._mapping(table, "signature", str),
            scores=self._mapping(table, "scores", float),
            paragraphs=self._each(table, "paragraphs", (), self._paragraphs, optional=True),
            notices=self._each(table, "notices", (), self._string, optional=True),
            parts=self._each(table, "parts", (), self._part, optional=True),
        )

    # ------------------------------------------------------------------------------ values

    def _issue(self, row: Any, at: _Where) -> Issue:
        row = self._kind(row, dict, at)
        try:
            severity = Severity.parse(self._get(row, "severity", str, at))
        except ValueError as error:
            self._fail((*at, "severity"), f"is no severity: {error}")
        confidence = self._get(row, "confidence", float, at, optional=True)
        if confidence is not None and not 0.0 <= confidence <= 1.0:
            self._fail((*at, "confidence"), "is not between 0 and 1")
        places = {
            side: self._span(row[side], (*at, side), side) if row.get(side) is not None else None
            for side in ("source", "target")
        }
        accepted = row.get("accepted")
        return Issue(
            code=self._get(row, "code", str, at),
            name=self._get(row, "name", str, at),
            message=self._get(row, "message", str, at),
            severity=severity,
            category=self._get(row, "category", str, at),
            source=places["source"],
            target=places["target"],
            confidence=confidence,
            related=self._spans(row, "related", at, "target"),
            suggestions=self._each(row, "suggestions", at, self._string),
            evidence=dict(self._get(row, "evidence", dict, at)),
            fingerprint=self._get(row, "fingerprint", str, at),
            accepted=None if accepted is None else self._acceptance(accepted, (*at, "accepted")),
        )

    def _acceptance(self, row: Any, at: _Where) -> Acceptance:
        row = self._kind(row, dict, at)
        return Acceptance(
            kind=self._get(row, "kind", str, at),
            reason=self._get(row, "reason", str, at),
            person=self._get(row, "person", str, at, optional=True),
            expires=self._get(row, "expires", str, at, optional=True),
        )

    def _not_checked(self, row: Any, at: _Where) -> NotChecked:
        row = self._kind(row, dict, at)
        side = self._get(row, "side", str, at, optional=True)
        return NotChecked(
            stage=self._get(row, "stage", str, at),
            reason=self._get(row, "reason", str, at),
            side=side,
            spans=self._spans(row, "spans", at, side),
        )

    def _entry(self, row: Any, at: _Where) -> Entry:
        row = self._kind(row, dict, at)
        return Entry(
            source_text=self._get(row, "source", str, at),
            label=self._get(row, "label", str, at),
            mentions=self._spans(row, "mentions", at, "source"),
            renderings=self._each(row, "renderings", at, self._rendering),
            expected=self._get(row, "expected", str, at, optional=True),
            reason=self._get(row, "reason", str, at),
            concept=self._get(row, "concept", str, at, optional=True),
        )

    def _rendering(self, row: Any, at: _Where) -> Rendering:
        row = self._kind(row, dict, at)
        return Rendering(
            text=self._get(row, "text", str, at),
            status=self._get(row, "status", str, at),
            places=self._spans(row, "places", at, "target"),
            sources=self._spans(row, "sources", at, "source"),
        )

    def _part(self, row: Any, at: _Where) -> Part:
        row = self._kind(row, dict, at)
        ranges = {
            side: self._range(row[side], (*at, side), side) if row.get(side) is not None else None
            for side in ("source", "target")
        }
        return Part(name=self._get(row, "name", str, at), **ranges)

    def _paragraphs(self, row: Any, at: _Where) -> tuple[tuple[int, int], tuple[int, int]]:
        row = self._kind(row, list, at)
        if len(row) != 2:
            self._fail(at, "is no pair of ranges")
        return self._range(row[0], (*at, 0), "source"), self._range(row[1], (*at, 1), "target")

    def _range(self, row: Any, at: _Where, side: str) -> tuple[int, int]:
        row = self._kind(row, list, at)
        if len(row) != 2:
            self._fail(at, "is no range of two offsets")
        start, end = (self._kind(offset, int, at) for offset in row)
        if not 0 <= start <= end <= len(self._texts[side]):
            self._fail(at, f"does not fit the {side}")
        return start, end

    def _spans(
        self, row: Mapping[str, Any], key: str, at: _Where, side: str | None
    ) -> tuple[Span, ...]:
        return self._each(row, key, at, lambda item, place: self._span(item, place, side))

    def _span(self, row: Any, at: _Where, side: str | None) -> Span:
        """A span that slices the text of its side; of either one where the side is open."""
        row = self._kind(row, dict, at)
        span = Span(
            self._get(row, "start", int, at),
            self._get(row, "end", int, at),
            self._get(row, "text", str, at),
        )
        texts = [self._texts[side]] if side in self._texts else list(self._texts.values())
        fits = any(
            0 <= span.start <= span.end <= len(text) and text[span.start : span.end] == span.text
            for text in texts
        )
        if not fits:
            self._fail(at, f"does not slice the {side or 'text'}: was it edited?")
        return span

    # ------------------------------------------------------------------------------ shapes

    def _string(self, value: Any, at: _Where) -> str:
        text: str = self._kind(value, str, at)
        return text

    def _mapping(self, table: Mapping[str, Any], key: str, kind: type[_T]) -> dict[str, _T]:
        values = self._get(table, key, dict, ())
        return {name: self._kind(value, kind, (key, name)) for name, value in values.items()}

    def _each(
        self,
        table: Mapping[str, Any],
        key: str,
        at: _Where,
        read: Callable[[Any, _Where], _T],
        *,
        optional: bool = False,
    ) -> tuple[_T, ...]:
        if optional and key not in table:
            return ()  # saved before there was such a field
        rows = self._get(table, key, list, at)
        return tuple(read(row, (*at, key, number)) for number, row in enumerate(rows))

    def _get(
        self,
        table: Mapping[str, Any],
        key: str,
        kind: type[_T],
        at: _Where,
        *,
        optional: bool = False,
    ) -> Any:
        value = table.get(key)
        if value is None and optional:
            return None
        if key not in table:
            self._fail((*at, key), "is missing")
        return self._kind(value, kind, (*at, key))

    def _kind(self, value: Any, kind: type[_T], at: _Where) -> Any:
        wanted = (int, float) if kind is float else kind
        if not isinstance(value, wanted) or isinstance(value, bool):
            self._fail(at, f"is not {_KINDS[kind]}")
        return value

    def _fail(self, at: _Where, problem: str) -> NoReturn:
        path = "".join(f"[{key}]" if isinstance(key, int) else f".{key}" for key in at).lstrip(".")
        raise InputError(f"{self._where}: damaged report: {path} {problem}")


def _no_number(name: str) -> NoReturn:
    raise ValueError(f"{name} is no number")
