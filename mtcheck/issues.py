"""Findings: what went wrong, where on both sides, how bad, how sure, what to write instead."""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from typing import Any

from mtcheck.document import Span


class Severity(IntEnum):
    """How much harm an issue does. The values are the MQM penalties.

    Source: MQM scoring model, severity multipliers 0 / 1 / 5 / 25.
    """

    NEUTRAL = 0
    MINOR = 1
    MAJOR = 5
    CRITICAL = 25

    def __str__(self) -> str:
        return self.name.lower()

    @classmethod
    def parse(cls, name: str) -> Severity:
        """The severity of a name.

        Raises:
            ValueError: There is no such severity.
        """
        try:
            return cls[name.upper()]
        except KeyError:
            known = ", ".join(str(item) for item in cls)
            raise ValueError(f"unknown severity {name!r}: one of {known}") from None


@dataclass(frozen=True, slots=True, kw_only=True)
class Acceptance:
    """Why an issue does not close the gate: somebody has looked at it.

    Attributes:
        kind: ``waiver`` or ``baseline``.
        reason: Why it may stay, in the words of who accepted it.
        person: Who accepted it, or ``None``.
        expires: Last day on which it counts, as ``2027-01-31``, or ``None`` = for good.
    """

    kind: str
    reason: str
    person: str | None = None
    expires: str | None = None

    def to_dict(self) -> dict[str, Any]:
        """JSON-ready form."""
        return {
            "kind": self.kind,
            "reason": self.reason,
            "person": self.person,
            "expires": self.expires,
        }

    def __str__(self) -> str:
        if self.kind != "waiver":
            return self.reason
        by = f" by {self.person}" if self.person else ""
        until = f" until {self.expires}" if self.expires else ""
        return f"waived{by}{until}: {self.reason}"


@dataclass(frozen=True, slots=True)
class Issue:
    """One finding.

    Attributes:
        code: Stable code of the rule, such as ``ENT101``.
        name: Stable name of the rule, such as ``entity-inconsistent``.
        message: One sentence for an editor who cannot read the source.
        severity: Harm, if the issue is real.
        confidence: Calibrated probability that a sub-editor would agree, in [0, 1], or ``None``
            while the rule is not calibrated. Never mixed with severity.
        category: MQM path, such as ``Accuracy/Mistranslation``.
        source: Place in the source, or ``None``.
        target: Place in the translation, or ``None``; ``start == end`` marks a place between
            two characters.
        related: Other places in the translation that belong to the issue.
        suggestions: What to write instead, best first.
        evidence: Why, JSON-ready.
        fingerprint: Stable when text elsewhere moves.
        accepted: The waiver or baseline that covers it, or ``None``. An accepted issue stays in
            the report and does not close the gate.
    """

    code: str
    name: str
    message: str
    severity: Severity
    category: str
    source: Span | None
    target: Span | None
    confidence: float | None = None
    related: tuple[Span, ...] = ()
    suggestions: tuple[str, ...] = ()
    evidence: Mapping[str, Any] = field(default_factory=dict)
    fingerprint: str = ""
    accepted: Acceptance | None = None

    def to_dict(self) -> dict[str, Any]:
        """JSON-ready form, keys in a fixed order."""
        return {
            "code": self.code,
            "name": self.name,
            "severity": str(self.severity),
            "confidence": self.confidence,
            "category": self.category,
            "message": self.message,
            "source": self.source.to_dict() if self.source else None,
            "target": self.target.to_dict() if self.target else None,
            "related": [span.to_dict() for span in self.related],
            "suggestions": list(self.suggestions),
            "evidence": dict(self.evidence),
            "fingerprint": self.fingerprint,
            "accepted": self.accepted.to_dict() if self.accepted else None,
        }


def fingerprints(keys: Sequence[tuple[str, str, str]]) -> list[str]:
    """Fingerprints from (code, source text, target text), the n-th repetition counted.

    Offsets do not enter, so an edit elsewhere changes nothing.
    """
    seen: dict[tuple[str, str, str], int] = {}
    found = []
    for code, source, target in keys:
        key = (code, normal_text(source), normal_text(target))
        seen[key] = seen.get(key, 0) + 1
        text = "\x1f".join((*key, str(seen[key])))
        found.append(hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16])
    return found


def normal_text(text: str) -> str:
    """A text without case, width and kinds of blanks, for comparing."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())
