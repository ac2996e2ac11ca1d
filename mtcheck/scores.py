"""Numbers about the quality of a translation, each with its direction and range."""

from __future__ import annotations

import html
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from mtcheck.document import Span
from mtcheck.extras import load_pandas

if TYPE_CHECKING:
    import pandas as pd

SCALES = {
    "major_error": "estimated probability that the segment holds a major error; lower is better; "
    "0 to 1",
    "major_error_share": "expected share of segments with a major error; lower is better; 0 to 1",
    "bleu": "BLEU against the reference; higher is better; 0 to 100",
    "chrf": "chrF against the reference; higher is better; 0 to 100",
    "ter": "translation edit rate against the reference; lower is better; 0 and up, not capped",
}
"""Direction and range of every number."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SegmentScore:
    """Estimate of one segment: sentences that stand for each other.

    Attributes:
        source: The passage of the source; ``None`` = added text.
        target: The passage of the translation; ``None`` = dropped text.
        source_sentences: Indices of the source sentences.
        major_error: Estimated probability of a major error. Lower is better. Range: [0, 1].
    """

    source: Span | None
    target: Span | None
    source_sentences: tuple[int, ...]
    major_error: float

    def to_dict(self) -> dict[str, Any]:
        """JSON-ready form."""
        return {
            "source": self.source.to_dict() if self.source else None,
            "target": self.target.to_dict() if self.target else None,
            "source_sentences": list(self.source_sentences),
            "major_error": self.major_error,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferenceScores:
    """Corpus scores by sacrebleu, line against line.

    Attributes:
        bleu: BLEU. Higher is better. Range: [0, 100].
        chrf: chrF. Higher is better. Range: [0, 100].
        ter: Translation edit rate. Lower is better. Range: 0 and up.
        signatures: Signature of sacrebleu for each, which says the tokenizer.
        notes: What could not be done as usual, such as a missing tokenizer.
        n_segments: Number of lines.
    """

    bleu: float
    chrf: float
    ter: float
    signatures: Mapping[str, str]
    notes: tuple[str, ...]
    n_segments: int

    def to_dict(self) -> dict[str, Any]:
        """JSON-ready form."""
        return {
            "bleu": self.bleu, "chrf": self.chrf, "ter": self.ter,
            "signatures": dict(self.signatures), "notes": list(self.notes),
            "n_segments": self.n_segments,
        }  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Scores:
    """Quality of one translation.

    Attributes:
        source_lang: BCP 47 tag.
        target_lang: BCP 47 tag.
        segments: Estimates in source order.
        major_error_share: Expected share of segments with a major error, the mean of their
            probabilities. Lower is better. Range: [0, 1].
        reference: Scores against the reference; ``None`` without one.
        signature: What ran: version, encoder, aligner, model.
    """

    source_lang: str
    target_lang: str
    segments: tuple[SegmentScore, ...]
    major_error_share: float
    reference: ReferenceScores | None
    signature: Mapping[str, str]

    def to_dict(self) -> dict[str, Any]:
        """JSON-ready form; says direction and range of each number."""
        return {
            "source_lang": self.source_lang,
            "target_lang": self.target_lang,
            "major_error_share": self.major_error_share,
            "reference": self.reference.to_dict() if self.reference else None,
            "segments": [segment.to_dict() for segment in self.segments],
            "scales": dict(SCALES),
            "signature": dict(self.signature),
        }

    def to_json(self, *, indent: int | None = 2) -> str:
        """JSON text, ending in a line break."""
        return json.dumps(self.to_dict(), ensure_ascii=False, indent=indent) + "\n"

    def _rows(self) -> list[tuple[str, float]]:
        rows = [("major_error_share", self.major_error_share)]
        if self.reference is not None:
            ours = self.reference
            rows += [("bleu", ours.bleu), ("chrf", ours.chrf), ("ter", ours.ter)]
        return rows

    def to_text(self) -> str:
        """Lines for a terminal: the numbers with their scales, then the worst segments."""
        lines = [f"{name:18} {_shown(name, value)}  {SCALES[name]}" for name, value in self._rows()]
        if self.reference is not None:
            lines += [f"  {name}: {text}" for name, text in self.reference.signatures.items()]
            lines += [f"  note: {note}" for note in self.reference.notes]
        lines += ["", f"segments, worst first ({len(self.segments)} in all)"]
        worst = sorted(self.segments, key=lambda segment: -segment.major_error)[:10]
        for segment in worst:
            place = segment.target or segment.source
            text = " ".join(place.text.split()) if place else ""
            mark = "" if segment.source and segment.target else (
                "[added] " if segment.target else "[dropped] "
            )  # fmt: skip
            shown = text if len(text) <= 80 else text[:79] + "…"
            lines.append(f"  {segment.major_error:.2f}  {mark}{shown}")
        return "\n".join(lines) + "\n"

    def to_rows(self) -> list[list[object]]:
        """A head, then a row for each segment; the form of CSV."""
        heads: list[object] = [
            "major_error", "source", "source_start", "source_end", "target", "target_start",
            "target_end",
        ]  # fmt: skip
        rows = [heads]
        for s in self.segments:
            row: list[object] = [s.major_error]
            for span in (s.source, s.target):
                row += [span.text, span.start, span.end] if span else [None, None, None]
            rows.append(row)
        return rows

    def to_frame(self) -> pd.DataFrame:
        """One row for each segment (needs pandas).

        Raises:
            MissingExtraError: pandas is not installed.
        """
        heads, *rows = self.to_rows()
        return load_pandas().DataFrame(rows, columns=heads)

    def __repr__(self) -> str:
        return (
            f"<Scores {self.source_lang} to {self.target_lang}: {len(self.segments)} segments, "
            f"major_error_share {self.major_error_share:.2f}>"
        )

    def _repr_html_(self) -> str:
        rows = [[name, _shown(name, value), SCALES[name]] for name, value in self._rows()]
        return _table(["score", "value", "scale"], rows)


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparedMetric:
    """One number of two translations.

    Attributes:
        name: Name of the number.
        first: Its value for the first translation.
        second: Its value for the second.
        low: Lower end of the 95 % interval of second less first.
        high: Upper end of it.
        p_value: Two-sided, from the bootstrap: how often the samples cross zero. Range: [0, 1].
        higher_is_better: Direction of the number.
        n_segments: Segments that were drawn from.
    """

    name: str
    first: float
    second: float
    low: float
    high: float
    p_value: float
    higher_is_better: bool
    n_segments: int

    @classmethod
    def of(
        cls, name: str, first: float, second: float, differences: Sequence[float], *,
        higher_is_better: bool, n_segments: int,
    ) -> ComparedMetric:  # fmt: skip
        """From the differences (second less first) of bootstrap samples."""
        ordered, n = sorted(differences), len(differences)
        below = sum(d <= 0 for d in ordered)
        above = sum(d >= 0 for d in ordered)
        return cls(
            name=name, first=round(first, 4), second=round(second, 4),
            low=round(ordered[int(0.025 * n)], 4), high=round(ordered[int(0.975 * (n - 1))], 4),
            p_value=round(min(1.0, 2 * (min(below, above) + 1) / (n + 1)), 4),
            higher_is_better=higher_is_better, n_segments=n_segments,
        )  # fmt: skip

    @property
    def better(self) -> str | None:
        """``first`` or ``second``; ``None`` where the interval holds zero."""
        if self.low <= 0 <= self.high:
            return None
        return "second" if (self.low > 0) == self.higher_is_better else "first"

    def to_dict(self) -> dict[str, Any]:
        """JSON-ready form."""
        return {
            "name": self.name, "first": self.first, "second": self.second,
            "difference": round(self.second - self.first, 4), "low": self.low, "high": self.high,
            "p_value": self.p_value, "better": self.better,
            "higher_is_better": self.higher_is_better, "n_segments": self.n_segments,
        }  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Comparison:
    """Two translations of one source.

    Attributes:
        first: Scores of the first.
        second: Scores of the second.
        metrics: Each number of both, with a paired bootstrap by segment.
    """

    first: Scores
    second: Scores
    metrics: tuple[ComparedMetric, ...]

    def to_dict(self) -> dict[str, Any]:
        """JSON-ready form."""
        return {
            "metrics": [metric.to_dict() for metric in self.metrics],
            "scales": dict(SCALES),
            "first": self.first.to_dict(),
            "second": self.second.to_dict(),
        }

    def to_json(self, *, indent: int | None = 2) -> str:
        """JSON text, ending in a line break."""
        return json.dumps(self.to_dict(), ensure_ascii=False, indent=indent) + "\n"

    def to_text(self) -> str:
        """Lines for a terminal."""
        lines = []
        for m in self.metrics:
            verdict = f"the {m.better} is better" if m.better else "no clear difference"
            lines += [
                f"{m.name:18} first {_shown(m.name, m.first)}  second {_shown(m.name, m.second)}  "
                f"difference {m.second - m.first:+.3f} [{m.low:+.3f}, {m.high:+.3f}]  "
                f"p {m.p_value:.3f}  {verdict}",
                f"  {SCALES[m.name]}; {m.n_segments} segments",
            ]
        return "\n".join(lines) + "\n"

    def to_rows(self) -> list[list[object]]:
        """A head, then a row for each number; the form of CSV."""
        items = [metric.to_dict() for metric in self.metrics]
        return [list(items[0]), *(list(item.values()) for item in items)]

    def to_frame(self) -> pd.DataFrame:
        """One row for each number (needs pandas).

        Raises:
            MissingExtraError: pandas is not installed.
        """
        heads, *rows = self.to_rows()
        return load_pandas().DataFrame(rows, columns=heads)

    def __repr__(self) -> str:
        return f"<Comparison of two translations: {len(self.metrics)} numbers>"

    def _repr_html_(self) -> str:
        rows = [
            [
                m.name, _shown(m.name, m.first), _shown(m.name, m.second),
                f"[{m.low:+.3f}, {m.high:+.3f}]", f"{m.p_value:.3f}", m.better or "no clear one",
                SCALES[m.name],
            ]
            for m in self.metrics
        ]  # fmt: skip
        heads = ["score", "first", "second", "95 % interval of the difference", "p", "better",
                 "scale"]  # fmt: skip
        return _table(heads, rows)


def _shown(name: str, value: float) -> str:
    return f"{value:6.3f}" if name.startswith("major") else f"{value:6.2f}"


def _table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    def line(cells: Sequence[str], tag: str) -> str:
        return "<tr>" + "".join(f"<{tag}>{html.escape(c)}</{tag}>" for c in cells) + "</tr>"

    body = "".join(line(row, "td") for row in rows)
    return f"<table><thead>{line(heads, 'th')}</thead><tbody>{body}</tbody></table>"
