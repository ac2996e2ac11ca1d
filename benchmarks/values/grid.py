"""Values in fourteen languages and English, written by ICU and the CLDR and not by mtcheck.

Each item is a source sentence with a value and a translation with the same value or another one.
The words of the two values are linked, as a perfect aligner would, and nothing else is.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, time

import numpy as np
from babel import Locale
from babel.dates import format_skeleton, format_time
from babel.numbers import (
    format_compact_decimal,
    format_currency,
    format_decimal,
    format_percent,
)
from babel.units import format_unit
from icu4py.messageformat import MessageFormat

from mtcheck.alignment import Alignment, Block
from mtcheck.document import Side, Span
from mtcheck.text.reading import read_side

LANGUAGES = ("id", "ms", "zh", "ja", "ar", "fr", "es", "de", "pt", "ru", "hi", "ko", "tr", "vi")
CARRIERS = {
    "en": "According to the report: {} in all.",
    "id": "Menurut laporan itu: {} seluruhnya.",
    "ms": "Menurut laporan itu: {} kesemuanya.",
    "zh": "据该报告称：{}。",
    "ja": "報告によると：{}。",
    "ar": "وفقا للتقرير: {} إجمالا.",
    "fr": "Selon le rapport : {} au total.",
    "es": "Según el informe: {} en total.",
    "de": "Laut dem Bericht: {} insgesamt.",
    "pt": "Segundo o relatório: {} no total.",
    "ru": "Согласно отчёту: {} всего.",
    "hi": "रिपोर्ट के अनुसार: {} कुल।",
    "ko": "보고서에 따르면: {} 전부.",
    "tr": "Rapora göre: {} toplam.",
    "vi": "Theo báo cáo: {} tổng cộng.",
}
_DIGITS = {
    "ar": "٠١٢٣٤٥٦٧٨٩",
    "hi": "०१२३४५६७८९",
    "ja": "０１２３４５６７８９",
    "zh": "０１２３４５６７８９",
}

Writer = Callable[[str, float], str]


@dataclass(frozen=True, slots=True)
class Item:
    """One pair of sentences.

    Attributes:
        family: How the values are written.
        lang: The language that is not English.
        source: Source sentence, its language, and where its value stands.
        target: The same of the translation.
        right: Both values are the same.
    """

    family: str
    lang: str
    source: tuple[str, str, int, int]
    target: tuple[str, str, int, int]
    right: bool

    def align(self) -> Alignment:
        """The two sentences with the words of their values linked."""
        sides = [read_side(text, lang) for text, lang, _, _ in (self.source, self.target)]
        grid = np.zeros([len(side.tokens) for side in sides], dtype=np.float32)
        rows, columns = (
            _tokens(side, start, end)
            for side, (_, _, start, end) in zip(sides, (self.source, self.target), strict=True)
        )
        grid[np.ix_(list(rows), list(columns))] = 0.9
        block = Block(
            source=tuple(range(len(sides[0].sentences))),
            target=tuple(range(len(sides[1].sentences))),
            score=1.0,
            source_tokens=range(len(sides[0].tokens)),
            target_tokens=range(len(sides[1].tokens)),
            links=grid,
            mass=grid,
        )
        return Alignment(source=sides[0], target=sides[1], blocks=(block,))


def _tokens(side: Side, start: int, end: int) -> range:
    return side.tokens_in(Span.of(side.text, start, end))


def _spell(lang: str, number: float) -> str:
    text = MessageFormat("{n, spellout}", lang).format({"n": int(number)})
    return str(text).replace("\u00ad", "").replace("\u200b", "")


def _decimal(lang: str, number: float) -> str:
    return str(format_decimal(number, locale=lang))


def _compact(lang: str, number: float) -> str:
    # Babel has no long forms where they are the short ones: Chinese, Japanese, Korean.
    known = "long" if "long" in Locale.parse(lang).compact_decimal_formats else "short"
    return str(format_compact_decimal(number, format_type=known, locale=lang, fraction_digits=2))  # type: ignore[arg-type]


def _unit(unit: str, length: str) -> Writer:
    def write(lang: str, number: float) -> str:
        text = str(format_unit(number, unit, length=length, locale=lang))  # type: ignore[arg-type]
        return text if unit not in text else str(format_unit(number, unit, "short", locale=lang))

    return write


def _money(code: str, kind: str) -> Writer:
    def write(lang: str, number: float) -> str:
        if kind == "compact":
            return f"{code} {_compact(lang, number)}"
        return str(format_currency(number, code, format_type=kind, locale=lang))  # type: ignore[arg-type]

    return write


def _day(skeleton: str) -> Writer:
    def write(lang: str, number: float) -> str:
        when = date.fromordinal(int(number))
        return str(format_skeleton(skeleton, when, locale=lang))

    return write


def _weekday(lang: str, number: float) -> str:
    return str(Locale.parse(lang).days["format"]["wide"][int(number) % 7])


def _clock(lang: str, number: float) -> str:
    return str(format_time(time(int(number) // 60, int(number) % 60), "short", locale=lang))


def _native(lang: str, number: float) -> str:
    text = _decimal(lang, number)
    return text.translate({48 + n: c for n, c in enumerate(_DIGITS.get(lang, "0123456789"))})


@dataclass(frozen=True, slots=True)
class Family:
    """How values of one sort are drawn, written and spoiled."""

    draw: Callable[[random.Random], float]
    spoil: Callable[[random.Random, float], float]
    write: Writer
    write_target: Writer | None = None


def _other_digit(rng: random.Random, number: float) -> float:
    """The number with one of its digits changed, and a digit of weight."""
    text = f"{number:.12g}"
    places = [k for k, c in enumerate(text) if c.isdigit()]
    place = places[0] if len(places) == 1 else rng.choice(places[:2])
    choices = [c for c in "123456789" if c != text[place]]
    return float(text[:place] + rng.choice(choices) + text[place + 1 :])


def _thousandfold(rng: random.Random, number: float) -> float:
    if rng.random() < 0.5:
        return _other_digit(rng, number)
    return number * 1000 if number < 1e9 else number / 1000


def _another_day(rng: random.Random, number: float) -> float:
    return number + rng.choice([-31, -2, -1, 1, 2, 31, 62])


def _another_weekday(rng: random.Random, number: float) -> float:
    return (number + rng.randint(1, 6)) % 7


def _another_time(rng: random.Random, number: float) -> float:
    return (number + rng.choice([30, 60, 120, 180, 450])) % 1440


def _whole(low: int, high: int) -> Callable[[random.Random], float]:
    return lambda rng: rng.randint(low, high)


def _tenths(low: int, high: int) -> Callable[[random.Random], float]:
    return lambda rng: rng.randint(low * 10 + 1, high * 10) / 10


def _times(factor: int, low: int, high: int) -> Callable[[random.Random], float]:
    return lambda rng: rng.randint(low, high) * factor


_DAYS = _whole(date(1950, 1, 1).toordinal(), date(2030, 12, 31).toordinal())


def _miles(lang: str, number: float) -> str:
    return _unit("length-mile", "long")(lang, round(number / 1.609344))


FAMILIES: dict[str, Family] = {
    "digits": Family(_whole(12, 999), _other_digit, _decimal),
    "digits-grouped": Family(_whole(1_100, 999_999), _other_digit, _decimal),
    "digits-millions": Family(_times(10, 100_001, 99_999_999), _other_digit, _decimal),
    "decimals": Family(_tenths(1, 99), _other_digit, _decimal),
    "native-digits": Family(_whole(12, 99_999), _other_digit, _native, _decimal),
    "words-small": Family(_whole(2, 20), _other_digit, _spell, _decimal),
    "words-tens": Family(_whole(21, 99), _other_digit, _spell, _decimal),
    "words-hundreds": Family(_whole(100, 999), _other_digit, _spell, _decimal),
    "words-thousands": Family(_times(10, 101, 9_999), _other_digit, _spell, _decimal),
    "words-words": Family(_whole(3, 99), _other_digit, _spell),
    "compact-millions": Family(_times(100_000, 11, 999), _thousandfold, _compact),
    "compact-billions": Family(_times(100_000_000, 11, 999), _thousandfold, _compact),
    "compact-digits": Family(_times(100_000, 11, 999), _thousandfold, _compact, _decimal),
    "percent-sign": Family(_tenths(1, 99), _other_digit, lambda lang, n: str(
        format_percent(n / 100, format="#,##0.#%", locale=lang))),
    "money-symbol": Family(_whole(11, 99_999), _other_digit, _money("USD", "standard")),
    "money-name": Family(_whole(11, 99_999), _other_digit, _money("EUR", "name")),
    "money-compact": Family(_times(100_000, 11, 999), _thousandfold, _money("USD", "compact")),
    "length-long": Family(_whole(11, 999), _other_digit, _unit("length-kilometer", "long")),
    "mass-short": Family(_whole(11, 999), _other_digit, _unit("mass-kilogram", "short")),
    "temperature": Family(_whole(11, 45), _other_digit, _unit("temperature-celsius", "short")),
    "converted": Family(_whole(40, 900), _other_digit, _unit("length-kilometer", "long"), _miles),
    "duration": Family(_whole(3, 90), _other_digit, _unit("duration-month", "long")),
    "date-full": Family(_DAYS, _another_day, _day("yMMMMd")),
    "weekday": Family(_whole(0, 6), _another_weekday, _weekday),
    "time": Family(_whole(0, 1439), _another_time, _clock),
}  # fmt: skip


def items(each: int) -> Iterator[Item]:
    """All items, the same every time.

    Args:
        each: Right items, and as many wrong ones, of each family, language and direction.
    """
    for family, recipe in FAMILIES.items():
        for lang in LANGUAGES:
            rng = random.Random(f"{family} {lang}")
            for number in range(2 * each):
                into_english = number < each
                value = recipe.draw(rng)
                wrong = _spoiled(recipe, rng, value)
                for right in (True, False):
                    yield _item(family, recipe, lang, into_english, value if right else wrong,
                                value, right)  # fmt: skip


def _spoiled(recipe: Family, rng: random.Random, value: float) -> float:
    while True:
        wrong = recipe.spoil(rng, value)
        # Whatever rounds to the same text, or within a tenth of a conversion, is not wrong.
        if recipe.write_target is _miles and abs(wrong - value) < 0.15 * max(wrong, value):
            continue
        if (recipe.write_target or recipe.write)("en", wrong) != (
            recipe.write_target or recipe.write
        )("en", value):
            return wrong


def _item(
    family: str,
    recipe: Family,
    lang: str,
    into_english: bool,
    told: float,
    value: float,
    right: bool,
) -> Item:
    langs = (lang, "en") if into_english else ("en", lang)
    source = _sentence(langs[0], recipe.write(langs[0], value))
    target = _sentence(langs[1], (recipe.write_target or recipe.write)(langs[1], told))
    return Item(family, lang, source, target, right)


def _sentence(lang: str, value: str) -> tuple[str, str, int, int]:
    head, tail = CARRIERS[lang].split("{}")
    return head + value + tail, lang, len(head), len(head) + len(value)
