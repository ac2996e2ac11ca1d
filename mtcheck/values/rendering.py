"""A value of the source, written the way the translation writes its own."""

from __future__ import annotations

from datetime import date, time
from fractions import Fraction

from mtcheck.text.languages import primary
from mtcheck.values.agreement import dimension, is_currency
from mtcheck.values.lexicon import Lexicon, cldr_unit, lexicon, units
from mtcheck.values.model import Amount, Kind, Moment, Value

_SPELLED = 12  # the greatest number that is suggested as a word
_NO_GROUPS = range(1000, 2200)


def render(source: Value, target: Value, lang: str) -> str | None:
    """What should stand in the place of a wrong value, or ``None`` where that cannot be told.

    Args:
        source: The value of the source.
        target: What the translation says instead.
        lang: BCP 47 tag of the translation.
    """
    reading = source.readings[0]
    if isinstance(reading, Moment):
        return _moment(reading, target, lang)
    if reading.low != reading.high:
        return None
    own = next((r for r in target.readings if isinstance(r, Amount)), None)
    number = reading.low
    if own is None:
        return _number(number, target, lang)
    if reading.unit and own.unit and reading.unit != own.unit:
        if is_currency(reading.unit) and is_currency(own.unit):
            return _with_currency(number, reading.unit, target, lang)
        if dimension(reading.unit) == dimension(own.unit) != "temperature":
            table = units()
            if number == own.low:
                return _with_unit(number, reading.unit, target, lang)
            number = _rounded(number * table[reading.unit][1] / table[own.unit][1])
    return _number(number, target, lang)


def _rounded(number: Fraction) -> Fraction:
    """To three digits, as converted figures are given."""
    return Fraction(f"{float(number):.3g}")


def _number(number: Fraction, target: Value, lang: str) -> str | None:
    """The target's own text with another number in it."""
    numeral = target.numeral
    written = _numeral(number, numeral.text if numeral is not None else target.span.text, lang)
    if written is None:
        return None
    if numeral is None:
        return written if target.kind is Kind.CARDINAL else None
    head = target.span.text[: numeral.start - target.span.start]
    tail = target.span.text[numeral.end - target.span.start :]
    return head + written + tail


def _numeral(number: Fraction, like: str, lang: str) -> str | None:
    table = lexicon(lang)
    if not any(c.isdigit() for c in like) and number.denominator == 1 and number <= _SPELLED:
        return _spelled(int(number), lang)
    if any(c.isalpha() for c in like) and number >= 10_000:
        scale, word = _scale(number, table)
        if word:
            amount = _decimal(number / scale, like, lang)
            return amount + ("" if table.by_character else " ") + word
    return _decimal(number, like, lang)


def _scale(number: Fraction, table: Lexicon) -> tuple[int, str]:
    """The greatest power of ten with a word that leaves a short number before it."""
    words: dict[int, list[str]] = {}
    for first, senses in table.phrases.items():
        for phrase, entries in senses:
            for entry in entries:
                if entry.category == "multiplier" and len(phrase) == 1:
                    words.setdefault(entry.value, []).append(first)
    for scale in sorted(words, reverse=True):
        rest = number / scale
        if _is_usual(scale, table) and rest >= 1 and (rest * 100).denominator == 1:
            plural = bool(table.writing.get("plural_scales")) and rest >= 2
            return scale, words[scale][1 if plural and len(words[scale]) > 1 else 0]
    return 1, ""


def _is_usual(scale: int, table: Lexicon) -> bool:
    """Whether numbers are told by this power of ten: millions here, myriads or lakhs there."""
    power = len(str(scale)) - 1
    if table.by_character:
        return power >= 4 and power % 4 == 0
    if table.writing.get("scales") == "indian":
        return power >= 5 and power % 2 == 1
    return power >= 6 and power % 3 == 0


def _spelled(number: int, lang: str) -> str | None:
    from icu4py.messageformat import MessageFormat

    return str(MessageFormat("{n, spellout}", primary(lang)).format({"n": number})).replace(
        "\u00ad", ""
    )


def _decimal(number: Fraction, like: str, lang: str) -> str:
    from babel.numbers import format_decimal

    if number.denominator == 1 and number in _NO_GROUPS and like.isdigit():
        return str(number)
    return str(format_decimal(_exact(number), locale=primary(lang), decimal_quantization=False))


def _exact(number: Fraction) -> int | float:
    return number.numerator if number.denominator == 1 else round(float(number), 6)


def _with_currency(number: Fraction, code: str, target: Value, lang: str) -> str:
    from babel.numbers import get_currency_name

    like = target.numeral.text if target.numeral is not None else ""
    name = get_currency_name(code, count=_exact(number), locale=primary(lang))
    table = lexicon(lang)
    blank = "" if table.by_character else " "
    written = _numeral(number, like, lang)
    of = _of(table) if written is not None and any(c.isalpha() for c in written) else ""
    return f"{written}{of}{blank}{name}"


def _of(table: Lexicon) -> str:
    """The word between millions and their noun in Romance languages, with the blank before it."""
    if not table.writing.get("plural_scales"):
        return ""
    for first, senses in table.phrases.items():
        if any(entry.category == "glue.of" for _, entries in senses for entry in entries):
            return f" {first}"
    return ""


def _with_unit(number: Fraction, unit: str, target: Value, lang: str) -> str:
    from babel.units import format_unit

    like = target.numeral.text if target.numeral is not None else ""
    key = cldr_unit(unit)
    if key is None:
        return f"{_numeral(number, like, lang)} {unit}"
    return str(format_unit(_exact(number), key, locale=primary(lang)))


def _moment(moment: Moment, target: Value, lang: str) -> str | None:
    from babel import Locale
    from babel.dates import format_date, format_skeleton, format_time

    locale = Locale.parse(primary(lang))
    if moment.minute is not None:
        return str(
            format_time(time(moment.minute // 60, moment.minute % 60), "short", locale=locale)
        )
    if moment.weekday is not None:
        return str(locale.days["format"]["wide"][moment.weekday - 1])
    own = target.readings[0]
    year = moment.year
    if isinstance(own, Moment) and own.year is None and own.month is not None:
        year = None
    if moment.month is None:
        if year is None or moment.day is not None:
            return None
        number = target.numeral
        if number is None and isinstance(own, Moment) and own.month is not None:
            return None
        return str(year)
    try:
        day = date(year or 2000, moment.month, moment.day or 1)
    except ValueError:
        return None
    if year and moment.day:
        return str(format_date(day, "long", locale=locale))
    skeleton = ("y" if year else "") + "MMMM" + ("d" if moment.day else "")
    try:
        return str(format_skeleton(skeleton, day, locale=locale))
    except KeyError:
        return None
