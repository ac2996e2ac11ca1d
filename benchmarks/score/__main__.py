"""How well the estimate of a segment tells damaged from clean, and follows expert raters.

Rows of documents and source sentences that the fit never saw; worst first; 95 % intervals by
bootstrap; beside each the sentence cosine of the encoder and the length ratio alone::

    MTCHECK_DATA=... python -m benchmarks.score --cache features.jsonl
"""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.common import check_floors, data_folder
from mtcheck.scorers.estimate import quality_model
from mtcheck.scorers.features import NAMES
from training.score.data import KINDS, cached, is_held_out
from training.score.train import couples, fit

DRAWS = 500
COSINE, GAP = NAMES.index("cosine"), NAMES.index("length_gap")
FOLDS = 5


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cache", type=Path, required=True)
    options = parser.parse_args()
    rows = [row for row in cached(data_folder(), options.cache) if row["features"]]
    model = quality_model()
    logits = model.logits(np.asarray([row["features"] for row in rows]))
    for row, logit in zip(rows, logits, strict=True):
        row["ours"] = float(logit)
        row["cosine"] = -row["features"][COSINE]
        row["length"] = row["features"][GAP]
    held = [row for row in rows if is_held_out(row["key"])]
    figures: dict[str, float] = {}
    _demetr(held, figures)
    _raters(held, figures)
    _critical(rows, figures)
    return check_floors("score", figures)


def _demetr(rows: list[dict[str, Any]], figures: dict[str, float]) -> None:
    damaged, clean = couples(rows)
    print("demetr: damaged text scored lower (rows, ours, interval, cosine, length ratio, "
          "worst language)")  # fmt: skip
    lines = []
    for kind in KINDS.values():
        both = [(a, b) for a, b in zip(damaged, clean, strict=True) if a["kind"] == kind]
        wins = {k: np.asarray([_won(a[k], b[k]) for a, b in both])
                for k in ("ours", "cosine", "length")}  # fmt: skip
        by_lang: dict[str, list[float]] = {}
        for (a, _), won in zip(both, wins["ours"], strict=True):
            by_lang.setdefault(a["pair"], []).append(float(won))
        worst = min(by_lang, key=lambda pair: np.mean(by_lang[pair]))
        figures[f"demetr_{kind}"] = float(wins["ours"].mean())
        low, high = _interval(lambda at, w=wins["ours"]: w[at].mean(), len(both))
        shares = "  ".join(f"{wins[k].mean():.3f}" for k in ("cosine", "length"))
        worst_text = f"{worst} {np.mean(by_lang[worst]):.3f} of {len(by_lang[worst])}"
        own = f"{figures[f'demetr_{kind}']:.3f} [{low:.3f}, {high:.3f}]"
        lines.append(
            (
                figures[f"demetr_{kind}"],
                f"  {kind:15} {len(both):4}  {own}  {shares}  {worst_text}",
            )
        )
    print("\n".join(text for _, text in sorted(lines)))


def _won(damaged: float, clean: float) -> float:
    return 1.0 if damaged > clean else 0.0


def _raters(rows: list[dict[str, Any]], figures: dict[str, float]) -> None:
    print("wmt_mqm: rank correlation with the penalty of the raters (rows, ours, interval, cosine, "
          "length ratio); calibration of the probability of a major error")  # fmt: skip
    lines, errors = [], []
    mine = [row for row in rows if "penalty" in row]
    for name in sorted({row["set"] for row in mine}):
        some = [row for row in mine if row["set"] == name]
        truth = np.asarray([row["penalty"] for row in some])
        values = {k: np.asarray([row[k] for row in some]) for k in ("ours", "cosine", "length")}
        ours = _spearman(values["ours"], truth)
        low, high = _interval(
            lambda at, v=values["ours"], t=truth: _spearman(v[at], t[at]), len(some)
        )
        ece = _calibration_error(some)
        errors.append(ece)
        figures[f"mqm_{name}"] = ours
        naive = "  ".join(f"{_spearman(values[k], truth):+.3f}" for k in ("cosine", "length"))
        own = f"{ours:+.3f} [{low:+.3f}, {high:+.3f}]"
        lines.append((ours, f"  {name:10} {len(some):4}  {own}  {naive}   ece {ece:.3f}"))
    print("\n".join(text for _, text in sorted(lines)))
    figures["calibration_error_max"] = _calibration_error(mine)
    stated = np.mean([1 / (1 + np.exp(-row["ours"])) for row in mine])
    seen = np.mean([row["label"] for row in mine])
    print(f"  all {len(mine)}: ece {figures['calibration_error_max']:.3f}, "
          f"stated share {stated:.3f}, share seen by the raters {seen:.3f}")  # fmt: skip
    figures["calibration_error_worst_max"] = max(errors)


def _critical(rows: list[dict[str, Any]], figures: dict[str, float]) -> None:
    print("ced_mlqe, part train, five folds by row: MCC (rows, ours, interval, cosine)")
    mine = [row for row in rows if row["set"] == "ced"]
    others = [row for row in rows if row["set"] != "ced" and not is_held_out(row["key"])]
    lines = []
    folds = np.asarray([int(row["key"]) % FOLDS for row in mine])
    scores = {"ours": np.zeros(len(mine)), "cosine": np.asarray([row["cosine"] for row in mine])}
    for fold in range(FOLDS):
        seen = [row for row, k in zip(mine, folds, strict=True) if k != fold]
        model = fit([*others, *seen])
        table = np.asarray([row["features"] for row in mine])
        scores["ours"][folds == fold] = model.logits(table)[folds == fold]
    for pair in sorted({row["pair"] for row in mine}):
        at = np.asarray([k for k, row in enumerate(mine) if row["pair"] == pair])
        truth = np.asarray([row["label"] > 0.5 for row in mine])[at]
        chosen = {k: _decide(v[at], truth, folds[at]) for k, v in scores.items()}
        ours = _mcc(chosen["ours"], truth)
        low, high = _interval(lambda s, c=chosen["ours"], t=truth: _mcc(c[s], t[s]), len(at))
        figures[f"ced_{pair[3:]}"] = ours
        lines.append((ours, f"  {pair}  {len(at):4}  {ours:+.3f} [{low:+.3f}, {high:+.3f}]  "
                            f"{_mcc(chosen['cosine'], truth):+.3f}"))  # fmt: skip
    print("\n".join(text for _, text in sorted(lines)))


def _decide(values: np.ndarray, truth: np.ndarray, folds: np.ndarray) -> np.ndarray:
    """Decisions of each fold by the threshold that is best on the other folds."""
    chosen = np.zeros(len(values), dtype=bool)
    for fold in range(FOLDS):
        seen = folds != fold
        cuts = np.quantile(values[seen], np.linspace(0.3, 0.97, 40))
        best = max(cuts, key=lambda cut: _mcc(values[seen] >= cut, truth[seen]))
        chosen[~seen] = values[~seen] >= best
    return chosen


def _mcc(found: np.ndarray, truth: np.ndarray) -> float:
    if found.std() == 0 or truth.std() == 0:
        return 0.0
    return float(np.corrcoef(found, truth)[0, 1])


def _spearman(a: np.ndarray, b: np.ndarray) -> float:
    return float(np.corrcoef(_ranks(a), _ranks(b))[0, 1])


def _ranks(values: np.ndarray) -> np.ndarray:
    _, place, counts = np.unique(values, return_inverse=True, return_counts=True)
    ends = np.cumsum(counts)
    return ((ends - counts + ends - 1) / 2)[place]


def _calibration_error(rows: list[dict[str, Any]], bins: int = 10) -> float:
    """Mean gap between stated and observed share, in bins of equal size."""
    rows = sorted(rows, key=lambda row: row["ours"])
    stated = 1 / (1 + np.exp(-np.asarray([row["ours"] for row in rows])))
    seen = np.asarray([row["label"] for row in rows])
    parts = zip(np.array_split(stated, bins), np.array_split(seen, bins), strict=True)
    return float(sum(abs(s.mean() - t.mean()) * len(s) for s, t in parts) / len(rows))


def _interval(measure: Callable[..., float], n: int) -> tuple[float, float]:
    draw = np.random.default_rng(1)
    found = [measure(draw.integers(0, n, n)) for _ in range(DRAWS)]
    return float(np.quantile(found, 0.025)), float(np.quantile(found, 0.975))


if __name__ == "__main__":
    raise SystemExit(main())
