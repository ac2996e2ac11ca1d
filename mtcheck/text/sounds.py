"""What a word sounds like, roughly, whatever its script: enough to link names."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

import numpy as np
import numpy.typing as npt

# Sounds that scripts write in each other's place: Japanese has one liquid, Arabic no p,
# Chinese romanization no d of its own.
_CLASSES = str.maketrans(
    {
        "b": "b", "p": "b", "f": "b", "v": "b", "w": "b",
        "d": "t", "t": "t",
        "g": "k", "k": "k", "q": "k", "c": "k", "x": "k",
        "s": "s", "z": "s", "j": "s",
        "l": "l", "r": "l",
        "m": "m", "n": "m",
        "h": None, "y": None, "a": None, "e": None, "i": None, "o": None, "u": None,
    }
)  # fmt: skip
_NOT_LETTERS = re.compile(r"[^a-z]+")
_ENOUGH = 5.0
"""Consonants from which a likeness of sounds counts in full."""


@lru_cache(maxsize=65536)
def romanized(word: str) -> str:
    """The word in lower-case ASCII letters; empty if it has none.

    >>> romanized("Белград"), romanized("델리"), romanized("2024")
    ('belgrad', 'delli', '')
    """
    from anyascii import anyascii

    return _NOT_LETTERS.sub("", anyascii(word).lower())


@lru_cache(maxsize=65536)
def skeleton(word: str) -> str:
    """Classes of the consonants of a word, repetitions folded.

    >>> skeleton("Lavrov"), skeleton("拉夫罗夫"), skeleton("ラブロフ")
    ('lblb', 'lblb', 'lblb')
    """
    consonants = romanized(word).translate(_CLASSES)
    return "".join(c for k, c in enumerate(consonants) if k == 0 or c != consonants[k - 1])


def sound_likeness(
    source: Sequence[str], target: Sequence[str]
) -> tuple[npt.NDArray[np.float32], npt.NDArray[np.float32]]:
    """How alike two lists of words sound.

    Args:
        source: Words of one side.
        target: Words of the other.

    Returns:
        Likeness of the romanized words, vowels and all, and of the best fitting stretch of
        their consonants, the latter weakened for words of few consonants. Both of shape
        (len(source), len(target)) and in [0, 1].
    """
    from rapidfuzz import fuzz, process

    whole = process.cdist(
        [romanized(word) for word in source],
        [romanized(word) for word in target],
        scorer=fuzz.ratio,
        dtype=np.float32,
    )
    left, right = [skeleton(word) for word in source], [skeleton(word) for word in target]
    inner = process.cdist(left, right, scorer=fuzz.partial_ratio, dtype=np.float32)
    shorter = np.minimum.outer([len(word) for word in left], [len(word) for word in right])
    has_letters = np.logical_and.outer(
        [bool(romanized(word)) for word in source], [bool(romanized(word)) for word in target]
    )
    weight = np.minimum(shorter / _ENOUGH, 1.0).astype(np.float32)
    heard = has_letters.astype(np.float32)
    scale = np.float32(100.0)
    return whole / scale * heard, inner / scale * weight
