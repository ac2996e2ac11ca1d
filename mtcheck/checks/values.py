"""Checks of numbers, money, measures, dates and times (VAL)."""

from __future__ import annotations

from typing import ClassVar

from mtcheck.analysis import PairAnalysis
from mtcheck.checks.base import Rule
from mtcheck.checks.value_issues import lone_values, mismatches
from mtcheck.issues import Issue, Severity


class NumberMismatch:
    """A number is another one than in the source.

    What it finds:
        Two numbers that stand for each other, in digits or words, and do not agree in any
        reading: *1.234* is read both ways, *2 juta 300 ribu* is 2.3 million, and rounding to
        the digits shown is no error. Also numbers that are part of a name: *A4* and *A3*.

    Why it matters:
        A wrong toll, age or sum is the error that a newspaper must correct in print, and it
        reads as well as the right one.

    Example:
        *204만* (2.04 million) for *20.4 million*.

    Does not find:
        *One*, *both*, *half*, *dozens* and ordinals in words by themselves; a wrong number
        that stands elsewhere in the same sentences as a right one, unless the words are
        linked; amounts converted into another currency.

    Options:
        None.
    """

    rule: ClassVar[Rule] = Rule(
        code="VAL301",
        name="number-mismatch",
        category="Accuracy/Mistranslation/Number",
        severity=Severity.CRITICAL,
    )

    def run(self, analysis: PairAnalysis) -> list[Issue]:
        """Issues of one article."""
        return mismatches(self.rule, analysis)


class UnitMismatch:
    """A measure has the right number and a wrong unit.

    What it finds:
        The same number with another unit of the same dimension: *5 km* and *5 miles*. A
        conversion is no error: *100 miles* and *160 km* agree within the rounding that
        translators allow themselves.

    Why it matters:
        The number looks right, so nobody checks it.

    Example:
        *5 to 10 mm* of rain for *5 to 10 cm*.

    Does not find:
        Units that the tables do not list, and units that are left out.

    Options:
        None.
    """

    rule: ClassVar[Rule] = Rule(
        code="VAL302",
        name="unit-mismatch",
        category="Accuracy/Mistranslation/Unit conversion",
        severity=Severity.MAJOR,
    )

    def run(self, analysis: PairAnalysis) -> list[Issue]:
        """Issues of one article."""
        return mismatches(self.rule, analysis)


class CurrencyMismatch:
    """A sum of money has the right number and a wrong currency.

    What it finds:
        The same number with another currency. A word that may mean several currencies, such
        as *dollar* or *rupee*, agrees with each of them.

    Why it matters:
        A trillion rupiah is about sixty million dollars.

    Example:
        *Rp1,46 triliun* → *US$1.46 trillion*.

    Does not find:
        Sums converted by the translator, and sums without a currency.

    Options:
        None.
    """

    rule: ClassVar[Rule] = Rule(
        code="VAL303",
        name="currency-mismatch",
        category="Accuracy/Mistranslation/Number",
        severity=Severity.CRITICAL,
    )

    def run(self, analysis: PairAnalysis) -> list[Issue]:
        """Issues of one article."""
        return mismatches(self.rule, analysis)


class PercentMismatch:
    """A percentage is another one than in the source.

    What it finds:
        Percentages, percentage points and basis points with another number. A fraction agrees
        with its percentage, and 50 basis points with half a percentage point.

    Why it matters:
        Results, rates and polls are made of percentages.

    Example:
        *0,73 persen* → *7.73 percent*.

    Does not find:
        *Percent* for *percentage points*: few languages keep the two apart.

    Options:
        None.
    """

    rule: ClassVar[Rule] = Rule(
        code="VAL304",
        name="percent-mismatch",
        category="Accuracy/Mistranslation/Number",
        severity=Severity.CRITICAL,
    )

    def run(self, analysis: PairAnalysis) -> list[Issue]:
        """Issues of one article."""
        return mismatches(self.rule, analysis)


class DateMismatch:
    """A date, weekday, month or year is another one than in the source.

    What it finds:
        Dates that differ in a part that both sides name; weekdays and months by themselves;
        years, decades and centuries. Years of the Hijri calendar, of Japanese eras and of the
        Republic of China are converted.

    Why it matters:
        Readers act on dates.

    Example:
        *Kamis (22/11)* → *Tuesday (22/11)*.

    Does not find:
        A part that one side leaves out, relative dates (*yesterday*), and day and month
        exchanged in *3/4*, which admits both.

    Options:
        None.
    """

    rule: ClassVar[Rule] = Rule(
        code="VAL305",
        name="date-mismatch",
        category="Accuracy/Mistranslation/Date-time",
        severity=Severity.MAJOR,
    )

    def run(self, analysis: PairAnalysis) -> list[Issue]:
        """Issues of one article."""
        return mismatches(self.rule, analysis)


class TimeMismatch:
    """A time of day is another one than in the source.

    What it finds:
        Times that differ, in twelve or twenty-four hours, in digits or words. Where both
        sides name a time zone the times are compared as instants.

    Why it matters:
        Readers act on times.

    Example:
        *pukul 20.00 WIB* → *10 p.m.*

    Does not find:
        A time zone left out or added, and morning for evening where the source does not say.

    Options:
        None.
    """

    rule: ClassVar[Rule] = Rule(
        code="VAL306",
        name="time-mismatch",
        category="Accuracy/Mistranslation/Date-time",
        severity=Severity.MAJOR,
    )

    def run(self, analysis: PairAnalysis) -> list[Issue]:
        """Issues of one article."""
        return mismatches(self.rule, analysis)


class ValueOmitted:
    """A number, sum, measure or full date of the source is missing from the translation.

    What it finds:
        A value in digits whose words are linked to nothing in a sentence that is otherwise
        translated, and that stands nowhere near it either.

    Why it matters:
        What is left out leaves no trace in the text.

    Example:
        *30 meters (100 feet)* → *約30メートル*.

    Does not find:
        Numbers in words, weekdays, lone months and times of day, and everything in a sentence
        that is missing as a whole.

    Options:
        None.
    """

    rule: ClassVar[Rule] = Rule(
        code="VAL307",
        name="value-omitted",
        category="Accuracy/Omission",
        severity=Severity.MINOR,
    )

    def run(self, analysis: PairAnalysis) -> list[Issue]:
        """Issues of one article."""
        return lone_values(self.rule, analysis, omitted=True)


class ValueAdded:
    """The translation has a number, sum, measure or full date that the source does not have.

    What it finds:
        A value in digits whose words are linked to nothing in the source, and that stands
        nowhere near it there.

    Why it matters:
        A figure without a source is an invention.

    Example:
        *The court fined him.* in the source, and *The court fined him 300 euros.*

    Does not find:
        Numbers in words, weekdays, lone months and times of day, and everything in a sentence
        that the source does not have at all.

    Options:
        None.
    """

    rule: ClassVar[Rule] = Rule(
        code="VAL308",
        name="value-added",
        category="Accuracy/Addition",
        severity=Severity.MINOR,
    )

    def run(self, analysis: PairAnalysis) -> list[Issue]:
        """Issues of one article."""
        return lone_values(self.rule, analysis, omitted=False)
