"""Which language a text is in: two detectors must agree, and a script gate rules first."""

from __future__ import annotations

import unicodedata
from collections import Counter
from dataclasses import dataclass

from mtcheck.text.languages import lookalikes, primary

MIN_LETTERS = 20
"""Below this, both detectors guess: a bare name is no evidence of a language."""

_SAMPLE = 6_000
_SURE = 0.85
_SCRIPTS = {
    "HIRAGANA": "ja", "KATAKANA": "ja", "HANGUL": "ko", "THAI": "th", "LAO": "lo", "KHMER": "km",
    "MYANMAR": "my", "GEORGIAN": "ka", "ARMENIAN": "hy", "GREEK": "el", "HEBREW": "he",
    "TAMIL": "ta", "TELUGU": "te", "KANNADA": "kn", "MALAYALAM": "ml", "SINHALA": "si",
    "GUJARATI": "gu", "GURMUKHI": "pa", "BENGALI": "bn", "ETHIOPIC": "am",
}  # fmt: skip
"""Scripts that decide the language, or nearly so, by the first word of their Unicode names."""


@dataclass(frozen=True, slots=True)
class Detection:
    """A detected language.

    Attributes:
        lang: BCP 47 tag, or ``None`` when the text gives too little evidence.
        sure: Both detectors, or the script, agree.
        n_letters: How many letters were looked at.
    """

    lang: str | None
    sure: bool
    n_letters: int

    def contradicts(self, tag: str) -> bool:
        """Whether the text is surely in another language than a tag says."""
        return self.sure and self.lang is not None and not lookalikes(self.lang, tag)


def detect(text: str, *, expected: str | None = None) -> Detection:
    """Detect the language of a text, the same answer every time.

    Args:
        text: Any text; its first 6,000 characters are read.
        expected: Primary tag the caller believes in. When the first detector confirms it,
            the second is not loaded.
    """
    sample = text[:_SAMPLE]
    scripts = _scripts(sample)
    n_letters = sum(scripts.values())
    if n_letters < MIN_LETTERS and not _by_script(scripts, n_letters):
        return Detection(None, False, n_letters)
    by_script = _by_script(scripts, n_letters)
    if by_script:
        return Detection(by_script, True, n_letters)
    first, probability = _langdetect(sample)
    if first == expected:
        return Detection(first, probability >= _SURE, n_letters)
    second = _py3langid(sample)
    if first is None:
        return Detection(second, False, n_letters)
    agree = lookalikes(first, second)
    sure = agree and probability >= _SURE and n_letters >= 3 * MIN_LETTERS
    return Detection(first if agree or probability >= _SURE else second, sure, n_letters)


def _scripts(text: str) -> Counter[str]:
    found: Counter[str] = Counter()
    for character in text:
        if character.isalpha():
            found[unicodedata.name(character, "?").split()[0]] += 1
    return found


def _by_script(scripts: Counter[str], n_letters: int) -> str | None:
    if not n_letters:
        return None
    kana = scripts["HIRAGANA"] + scripts["KATAKANA"]
    han = scripts["CJK"]
    if kana + han >= 0.5 * n_letters:
        return "ja" if kana >= 0.08 * (kana + han) else "zh"
    script, count = scripts.most_common(1)[0]
    return _SCRIPTS.get(script) if count >= 0.5 * n_letters else None


def _langdetect(text: str) -> tuple[str | None, float]:
    from langdetect import DetectorFactory, LangDetectException, detect_langs

    DetectorFactory.seed = 0  # otherwise 3 % of short texts change their answer from run to run
    try:
        best = detect_langs(text)[0]
    except LangDetectException:
        return None, 0.0
    return primary(best.lang), float(best.prob)


def _py3langid(text: str) -> str:
    from py3langid import classify

    return str(classify(text)[0])
