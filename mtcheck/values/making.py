"""Make a value of the words that spell it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from mtcheck.document import Span
from mtcheck.values.lexicon import currency_codes
from mtcheck.values.lexing import Lexed, Lexeme
from mtcheck.values.model import Kind, Reading, Value

_APPROXIMATIONS = ("about", "over", "under", "nearly")


@dataclass(frozen=True, slots=True)
class Making:
    """What all readers of values share.

    Attributes:
        lexed: The text as lexemes.
    """

    lexed: Lexed

    def _gap(self, k: int) -> str:
        return self.lexed.folded[self.lexed.lexemes[k].end : self.lexed.lexemes[k + 1].start]

    def _value(
        self,
        first: int,
        last: int,
        kind: Kind,
        readings: Iterable[Reading],
        *,
        weak: bool = False,
        in_words: bool = False,
        numeral: tuple[int, int] | None = None,
        end: int = -1,
    ) -> Value:
        lexed = self.lexed
        start = lexed.lexemes[first].start
        stop = max(end, lexed.lexemes[max(first, last - 1)].end)
        own = None
        if numeral is not None:
            own = Span.of(
                lexed.text, lexed.lexemes[numeral[0]].start, lexed.lexemes[numeral[1] - 1].end
            )
        return Value(
            span=Span.of(lexed.text, start, stop),
            kind=kind,
            readings=tuple(dict.fromkeys(readings)),
            approximation=self._approximation(first, last),
            in_words=in_words,
            weak=weak,
            numeral=own,
        )

    def _approximation(self, first: int, last: int) -> str | None:
        before, after = self.lexed.at(first - 1), self.lexed.at(last)
        for lexeme, near in (
            (before, first > 0 and self.lexed.near(first - 1, first)),
            (after, self.lexed.near(last - 1, last)),
        ):
            if lexeme is not None and near:
                for name in _APPROXIMATIONS:
                    if lexeme.has(f"glue.{name}"):
                        return name
        return None


def codes_of(lexeme: Lexeme) -> tuple[str, ...]:
    """Codes of the currencies that a word may mean."""
    found: list[str] = []
    for name in lexeme.all("currency"):
        found.extend(currency_codes().get(name, (name,)))
    return tuple(dict.fromkeys(found))
