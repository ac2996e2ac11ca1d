"""A house's termbase in use: indexes by language, and what of it cannot be applied."""

from __future__ import annotations

from collections.abc import Iterable

from mtcheck.report import NotChecked
from mtcheck.termbase import SOURCE_SIDE, TARGET_SIDE, Termbase
from mtcheck.termbases.matching import TermIndex
from mtcheck.text.languages import display_name, same_language


class HouseTerms:
    """A termbase with its indexes, built once for each language.

    Args:
        termbase: The house's terms.
    """

    def __init__(self, termbase: Termbase) -> None:
        self.termbase = termbase
        self.revision = termbase.revision
        self._indexes: dict[str, TermIndex] = {}

    def index(self, lang: str) -> TermIndex:
        """The terms of a language, ready to be found."""
        if lang not in self._indexes:
            self._indexes[lang] = TermIndex(self.termbase, lang)
        return self._indexes[lang]

    def left_out(self, source_lang: str, target_lang: str) -> list[NotChecked]:
        """What of the termbase cannot be applied to a pair of languages."""
        found = []
        name = self.termbase.name
        if self.termbase.skipped:
            number = len(self.termbase.skipped)
            rows = "a bad row" if number == 1 else f"{number:,} bad rows"
            reason = f"{rows} of {name} left out, the first: {self.termbase.skipped[0]}"
            found.append(NotChecked("termbase", reason))
        if not any(_serves(entry.languages, source_lang, SOURCE_SIDE)
                   and (entry.do_not_translate
                        or _serves(entry.languages, target_lang, TARGET_SIDE))
                   for entry in self.termbase):  # fmt: skip
            pair = f"{display_name(source_lang)} and {display_name(target_lang)}"
            found.append(NotChecked("termbase", f"{name} has no concept with terms in {pair}"))
        return found


def _serves(languages: Iterable[str], lang: str, side: str) -> bool:
    return any(tag == side or same_language(tag, lang) for tag in languages)
