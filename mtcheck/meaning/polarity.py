"""Negation that stands on one side alone.

Every negator looks for its answer in the other text: another word of negation that the aligner
links to it. For those that find none the encoder reads the sentence once more without the
negator: if the two texts come closer to each other, the negation is what parts them. A logistic
regression puts both together (data/models/negation.md).
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib import resources

import numpy as np

from mtcheck.alignment import Alignment, Block
from mtcheck.document import Side, Span
from mtcheck.encoders.base import Encoder, Floats
from mtcheck.meaning.cues import Cue, find_cues, has_negators
from mtcheck.text.words import is_content

ANSWERED = 0.3
"""Link probability from which a negator of the other side is the answer."""
HINTED = 0.5
"""The same for another word of negation."""

_NEAR = 6  # tokens within which the word that is negated is looked for
_LINK = 0.45

FEATURES = ("answer", "hint", "link", "gain", "gain_by_words", "surplus", "hints")
"""What the probability is made of, in the order of the weights."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LoneNegator:
    """A negator without an answer.

    Attributes:
        cue: The negator.
        in_target: It stands in the translation; otherwise in the source.
        negated: The word next to it that has a counterpart, or the negator itself.
        counterpart: That counterpart on the other side, where the negation is missing.
        answer: Best link to a negator of the other side, in [0, 1].
        hint: Best link to another word of negation of the other side, in [0, 1].
        link: Best link to any word of the other side, in [0, 1].
        surplus: Negators of its own side in the aligned sentences, less those of the other.
        hints: Other words of negation in the aligned sentences of the other side.
        words: Words of its sentence.
        gain: Cosine of the aligned texts without the negator, less their cosine as they are.
        probability: That the meaning is turned round, in [0, 1].
    """

    cue: Span
    in_target: bool
    negated: Span
    counterpart: Span
    answer: float
    hint: float
    link: float
    surplus: int
    hints: int
    words: int
    gain: float = 0.0
    probability: float = 0.0

    @property
    def features(self) -> tuple[float, ...]:
        """Values of :data:`FEATURES`, clipped to the range that was seen in training."""
        return (
            self.answer,
            self.hint,
            self.link,
            min(max(100 * self.gain, -1.0), 2.0),
            min(max(self.gain * self.words, -0.3), 0.5),
            float(self.surplus >= 1),
            float(min(self.hints, 4)),
        )


@dataclass(frozen=True, slots=True)
class _View:
    """Aligned sentences, seen from one side."""

    own: Side
    other: Side
    own_tokens: range
    other_tokens: range
    links: Floats  # own words in rows
    in_target: bool


def lone_negators(alignment: Alignment, encoder: Encoder) -> tuple[LoneNegator, ...]:
    """Negators of both sides without an answer, each with its probability of being a mistake.

    Args:
        alignment: The aligned article. A language without a list of negators gives nothing.
        encoder: Reads the sentences with and without them.
    """
    if not (has_negators(alignment.source.lang) and has_negators(alignment.target.lang)):
        return ()
    left, right = find_cues(alignment.source), find_cues(alignment.target)
    found: list[tuple[LoneNegator, str, str, str]] = []
    for block in alignment.blocks:
        if not block.source_tokens or not block.target_tokens:
            continue
        source = alignment.source.cover(block.source_tokens)
        target = alignment.target.cover(block.target_tokens)
        here, there = _inside(left, source), _inside(right, target)
        for in_target, own, others, other in (
            (False, here, there, target),
            (True, there, here, source),
        ):
            view = _view(alignment, block, in_target)
            for lone in _unanswered(view, own, others):
                sentence, without = _without(view.own, lone.cue)
                if any(character.isalnum() for character in without):
                    found.append((lone, sentence, without, other.text))
    return tuple(_weigh(found, encoder))


def _inside(cues: Iterable[Cue], span: Span) -> list[Cue]:
    return [cue for cue in cues if span.contains(cue.span)]


def _view(alignment: Alignment, block: Block, in_target: bool) -> _View:
    source, target = alignment.source, alignment.target
    if in_target:
        return _View(
            target, source, block.target_tokens, block.source_tokens, block.links.T, in_target
        )
    return _View(source, target, block.source_tokens, block.target_tokens, block.links, in_target)


def _unanswered(view: _View, own: Sequence[Cue], others: Sequence[Cue]) -> Iterator[LoneNegator]:
    surplus = sum(c.negates for c in own) - sum(c.negates for c in others)
    for cue in own:
        if not cue.negates:
            continue
        rows = [k - view.own_tokens.start for k in view.own.tokens_in(cue.span)]
        row = view.links[rows].max(axis=0)
        answer = _best(view, row, [c for c in others if c.negates])
        hint = _best(view, row, [c for c in others if not c.negates])
        if answer >= ANSWERED or hint >= HINTED:
            continue
        negated, counterpart = _negated(view, cue, row)
        yield LoneNegator(
            cue=cue.span,
            in_target=view.in_target,
            negated=negated,
            counterpart=counterpart,
            answer=answer,
            hint=hint,
            link=float(row.max()),
            surplus=surplus,
            hints=sum(not c.negates for c in others),
            words=len(view.own_tokens),
        )


def _best(view: _View, row: Floats, cues: Iterable[Cue]) -> float:
    """Best link of a negator to some cues of the other side."""
    columns = [k - view.other_tokens.start for c in cues for k in view.other.tokens_in(c.span)]
    return float(row[columns].max()) if columns else 0.0


def _negated(view: _View, cue: Cue, row: Floats) -> tuple[Span, Span]:
    """The nearest content word with a counterpart, the following ones first; and that counterpart.

    Without one, the negator and the word it is linked to best.
    """
    inside = view.own.tokens_in(cue.span)
    after = range(inside.stop, min(view.own_tokens.stop, inside.stop + _NEAR))
    before = range(inside.start - 1, max(view.own_tokens.start, inside.start - _NEAR) - 1, -1)
    for k in (*after, *before):
        token = view.own.tokens[k]
        links = view.links[k - view.own_tokens.start]
        if is_content(token.text, view.own.lang) and links.max() >= _LINK:
            return token, view.other.tokens[view.other_tokens[int(links.argmax())]]
    return cue.span, view.other.tokens[view.other_tokens[int(row.argmax())]]


def _without(side: Side, cue: Span) -> tuple[str, str]:
    """The sentence of a negator, as it is and without it."""
    sentence = side.sentences[side.sentence_at(cue.start)].span
    before = sentence.text[: cue.start - sentence.start]
    after = sentence.text[cue.end - sentence.start :]
    if before.endswith(" ") or not before:
        after = after.lstrip(" ")
    return sentence.text, before + after


def _weigh(
    found: Sequence[tuple[LoneNegator, str, str, str]], encoder: Encoder
) -> Iterator[LoneNegator]:
    texts = list(dict.fromkeys(text for _, *three in found for text in three))
    vectors = {}
    for text, encoded in zip(texts, encoder.encode(texts), strict=True):
        mean = encoded.states[-1].mean(axis=0)
        vectors[text] = mean / max(float(np.linalg.norm(mean)), 1e-9)
    for lone, sentence, without, other in found:
        gain = float((vectors[without] - vectors[sentence]) @ vectors[other])
        weighed = replace(lone, gain=round(gain, 6))
        yield replace(weighed, probability=_probability(weighed.features))


def _probability(features: Sequence[float]) -> float:
    model = _model()
    terms = (weight * value for weight, value in zip(model.weights, features, strict=True))
    return round(1 / (1 + math.exp(-(math.fsum(terms) + model.bias))), 4)


@dataclass(frozen=True, slots=True)
class _Model:
    weights: tuple[float, ...]
    bias: float
    threshold: float


@cache
def _model() -> _Model:
    path = resources.files("mtcheck").joinpath("data/models/negation.json")
    values = json.loads(path.read_text("utf-8"))
    if tuple(values["features"]) != FEATURES:
        raise ValueError("negation.json was trained on other features")
    return _Model(tuple(values["weights"]), values["bias"], values["threshold"])


def flip_threshold() -> float:
    """Probability from which a lone negator is reported; fitted with the weights."""
    return _model().threshold
