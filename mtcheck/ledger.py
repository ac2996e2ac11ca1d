"""The ledger: each name or term that matters in the article, with all its renderings."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from mtcheck.document import Span


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One source mention and what stands for it in the translation.

    Attributes:
        source: The mention.
        target: Its counterpart, or ``None`` where none was found.
        score: Mean link probability of the mention's words inside the counterpart, in [0, 1].
    """

    source: Span
    target: Span | None
    score: float


@dataclass(frozen=True, slots=True)
class Rendering:
    """One way in which an entry is rendered.

    Attributes:
        text: As it stands at its first place.
        status: ``expected``, ``variant`` (an acceptable form: shortened, inflected, in other
            order), ``competing`` (a full form that contradicts the expected one) or
            ``unclear`` (no reliable counterpart).
        places: All places, in text order.
        sources: The source mentions they stand for, same order.
    """

    text: str
    status: str
    places: tuple[Span, ...]
    sources: tuple[Span, ...]

    @property
    def count(self) -> int:
        """How often."""
        return len(self.places)

    def to_dict(self) -> dict[str, Any]:
        """JSON-ready form."""
        return {
            "text": self.text,
            "status": self.status,
            "count": self.count,
            "places": [span.to_dict() for span in self.places],
            "sources": [span.to_dict() for span in self.sources],
        }


@dataclass(frozen=True, slots=True)
class Entry:
    """A name or term of the source with its renderings.

    Attributes:
        source_text: As it stands at its first mention.
        label: PER, ORG, LOC or MISC for a name, TERM for a term.
        mentions: All source mentions, in text order.
        renderings: The expected one first, then by count.
        expected: The rendering that the others are measured against, or ``None``.
        reason: Why that one: ``termbase``, ``majority``, ``first full form`` or ``only one``.
        concept: Identifier in the concept table or termbase, or ``None``.
    """

    source_text: str
    label: str
    mentions: tuple[Span, ...]
    renderings: tuple[Rendering, ...]
    expected: str | None
    reason: str
    concept: str | None = None

    @property
    def competing(self) -> tuple[Rendering, ...]:
        """Renderings that contradict the expected one."""
        return tuple(r for r in self.renderings if r.status == "competing")

    def to_dict(self) -> dict[str, Any]:
        """JSON-ready form."""
        return {
            "source": self.source_text,
            "label": self.label,
            "count": len(self.mentions),
            "mentions": [span.to_dict() for span in self.mentions],
            "expected": self.expected,
            "reason": self.reason,
            "concept": self.concept,
            "renderings": [rendering.to_dict() for rendering in self.renderings],
        }


@dataclass(frozen=True, slots=True)
class Ledger:
    """All entries, in the order of their first mention."""

    entries: tuple[Entry, ...] = ()

    def __iter__(self) -> Iterator[Entry]:
        return iter(self.entries)

    def __len__(self) -> int:
        return len(self.entries)

    def __getitem__(self, index: int) -> Entry:
        return self.entries[index]

    def __str__(self) -> str:
        lines = []
        for entry in self.entries:
            forms = "; ".join(
                f"{r.text} ×{r.count}{' !' if r.status == 'competing' else ''}"
                for r in entry.renderings
            )
            lines.append(f"{entry.source_text} ×{len(entry.mentions)} [{entry.label}] → {forms}")
        return "\n".join(lines)

    def to_list(self) -> list[dict[str, Any]]:
        """JSON-ready form."""
        return [entry.to_dict() for entry in self.entries]
