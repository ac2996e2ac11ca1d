"""From the terms of a file, row by row, to entries; bad rows are named by line and reason."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace

from mtcheck.errors import TermbaseError
from mtcheck.termbase import Problem, Status, Term, Termbase, TermEntry

_SAMPLE = 3


class Builder:
    """Collects concepts and bad rows of one file.

    Args:
        name: Name of the file, for messages.
    """

    def __init__(self, name: str) -> None:
        self.name = name
        self.bad: list[Problem] = []
        self._terms: dict[str, list[Term]] = defaultdict(list)
        self._heads: dict[str, dict[str, str]] = {}
        self._lines: dict[str, str] = {}

    @contextmanager
    def row(self, where: str) -> Iterator[None]:
        """Turn what is wrong with one row into a line of the list of bad rows."""
        try:
            yield
        except TermbaseError as error:
            self.bad.append(Problem(where=where, reason=str(error)))

    def add(self, concept: str, where: str, head: dict[str, str], terms: Sequence[Term]) -> None:
        """Add the terms of a row to their concept.

        Args:
            concept: Its identifier.
            where: The row.
            head: Fields of the concept; the first row that fills one counts.
            terms: The terms; what the concept has already is not added again.

        Raises:
            TermbaseError: A term contradicts an earlier row.
        """
        mine = self._terms[concept]
        fresh = []
        for term in terms:
            twin = next((t for t in mine if _same_use(t, term)), None)
            if twin is None:
                fresh.append(term)
            elif twin.status is None or (
                term.status is not None
                and twin.status.accepted
                and term.status.accepted
                and twin.status is not Status.PREFERRED
            ):
                mine[mine.index(twin)] = replace(twin, status=term.status)
            elif term.status is not None and term.status.accepted != twin.status.accepted:
                raise TermbaseError(
                    f"“{term.text}” is {term.status} here and {twin.status} in "
                    f"{self._lines[concept]}"
                )
        mine += fresh
        self._lines.setdefault(concept, where)
        known = self._heads.setdefault(concept, {})
        for key, value in head.items():
            if value:
                known.setdefault(key, value)

    def finish(self, *, skip_bad_rows: bool) -> Termbase:
        """The termbase.

        Args:
            skip_bad_rows: Leave bad rows out instead of stopping.

        Raises:
            TermbaseError: There are bad rows, or nothing but them.
        """
        entries = [
            TermEntry(id=concept, terms=tuple(terms), **self._heads[concept])
            for concept, terms in self._terms.items()
            if terms
        ]
        if self.bad and not skip_bad_rows:
            shown = "; ".join(map(str, self.bad[:_SAMPLE]))
            more = f"; and {len(self.bad) - _SAMPLE:,} more" if len(self.bad) > _SAMPLE else ""
            number = "a bad row" if len(self.bad) == 1 else f"{len(self.bad):,} bad rows"
            raise TermbaseError(
                f"{self.name}: {number}: {shown}{more} "
                "(skip_bad_rows=True, or --skip-bad-rows, loads the rest)"
            )
        if not entries:
            raise TermbaseError(f"{self.name}: no term in it")
        return Termbase(tuple(entries), name=self.name, skipped=tuple(self.bad))


def _same_use(a: Term, b: Term) -> bool:
    return (a.text, a.lang, a.reference, a.edition, a.valid_from, a.valid_to, a.part_of_speech) == (
        b.text, b.lang, b.reference, b.edition, b.valid_from, b.valid_to, b.part_of_speech,
    )  # fmt: skip
