"""Termbases: concepts with their terms in each language, and what the house says of each term.

    >>> termbase = Termbase.read("house.tbx")
    >>> report = mtcheck.check(source, target, termbase=termbase)

The values follow ISO 30042 (TBX): an entry is one concept, a term is one of its words in one
language. How files become entries is in :mod:`mtcheck.termbases`.
"""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Any

from mtcheck.errors import TermbaseError

SOURCE_SIDE, TARGET_SIDE = "x-source", "x-target"
"""Language tags of terms from a file that names no languages: whatever the article is in."""

SHIPPED = "news"
"""Name of the shipped termbase, in place of a path."""

LONGEST_TERM = 300
"""Characters; what is longer is a sentence, or a file read with the wrong delimiter."""


class Status(StrEnum):
    """What the house says of a term.

    Source: ISO 30042 administrativeStatus; ``do-not-translate`` is ours.
    """

    PREFERRED = "preferred"
    ADMITTED = "admitted"
    DEPRECATED = "deprecated"
    SUPERSEDED = "superseded"
    DO_NOT_TRANSLATE = "do-not-translate"

    @property
    def accepted(self) -> bool:
        """Whether a translator may write the term."""
        return self not in {Status.DEPRECATED, Status.SUPERSEDED}


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """One word or phrase for a concept in one language.

    Attributes:
        text: The term, as the house spells it.
        lang: BCP 47 tag; ``x-source`` and ``x-target`` stand for the languages of the article.
        status: What the house says of it; ``None`` = nothing: it is accepted.
        part_of_speech: noun, verb, adjective, adverb or other.
        term_type: fullForm, acronym, abbreviation, shortForm, variant or phrase.
        case_sensitive: ``None`` = only if it is an acronym.
        reference: ``first`` = for the first mention in an article, ``later`` = only after it.
        edition: Region whose edition writes it so, such as ``US`` or ``GB``.
        valid_from: First day on which it is right.
        valid_to: Last day on which it is right.
        gender: Grammatical gender.
        context: An example of its use.
        note: Anything an editor should read.
        source: Where it was taken from.
        external_id: Its identifier elsewhere.
    """

    text: str
    lang: str
    status: Status | None = None
    part_of_speech: str | None = None
    term_type: str | None = None
    case_sensitive: bool | None = None
    reference: str | None = None
    edition: str | None = None
    valid_from: date | None = None
    valid_to: date | None = None
    gender: str | None = None
    context: str | None = None
    note: str | None = None
    source: str | None = None
    external_id: str | None = None

    def __post_init__(self) -> None:
        if not self.text.strip():
            raise TermbaseError("a term is empty")
        if len(self.text) > LONGEST_TERM:
            raise TermbaseError(
                f"the term “{self.text[:40]}…” has {len(self.text)} characters, at most "
                f"{LONGEST_TERM} make a term"
            )
        if any(unicodedata.category(c) in {"Cc", "Cs"} for c in self.text):
            raise TermbaseError(f"the term {self.text!r} holds a control character")
        if not any(c.isalnum() for c in self.text):
            raise TermbaseError(f"the term “{self.text}” has no letter or digit")
        if not self.lang:
            raise TermbaseError(f"the term “{self.text}” has no language")
        if self.reference not in {None, "first", "later"}:
            raise TermbaseError(
                f"the reference of “{self.text}” is {self.reference!r}: first or later"
            )
        if self.valid_from and self.valid_to and self.valid_to < self.valid_from:
            raise TermbaseError(f"“{self.text}” is valid to {self.valid_to} but only from "
                                f"{self.valid_from}")  # fmt: skip

    @property
    def accepted(self) -> bool:
        """Whether a translator may write it, dates and edition apart."""
        return self.status is None or self.status.accepted

    def valid_on(self, day: date | None) -> bool:
        """Whether it is right on a day; ``None`` asks no date."""
        if day is None:
            return True
        return (self.valid_from or day) <= day <= (self.valid_to or day)


@dataclass(frozen=True, slots=True, kw_only=True)
class TermEntry:
    """One concept.

    Attributes:
        id: Identifier, unique in its termbase.
        terms: Its words in all languages, in file order.
        subject: Subject field.
        definition: What it is.
        entity_type: PER, ORG, LOC or what the house uses, where the concept is a name.
        jurisdiction: Country whose institution it is: ISO 3166 code such as ``PK``.
        note: Anything an editor should read.
        source: Where it was taken from.
        external_id: Its identifier elsewhere.
    """

    id: str
    terms: tuple[Term, ...]
    subject: str | None = None
    definition: str | None = None
    entity_type: str | None = None
    jurisdiction: str | None = None
    note: str | None = None
    source: str | None = None
    external_id: str | None = None

    def __post_init__(self) -> None:
        if not self.id:
            raise TermbaseError("a concept has no identifier")
        if not self.terms:
            raise TermbaseError(f"the concept {self.id} has no term")

    @property
    def do_not_translate(self) -> bool:
        """Whether the concept keeps its source form in every language."""
        return any(term.status is Status.DO_NOT_TRANSLATE for term in self.terms)

    @property
    def languages(self) -> tuple[str, ...]:
        """Languages of its terms, in file order."""
        return tuple(dict.fromkeys(term.lang for term in self.terms))

    def to_dict(self) -> dict[str, Any]:
        """What an evidence card shows: everything but the terms, without empty fields."""
        shown = {f.name: getattr(self, f.name) for f in fields(self) if f.name != "terms"}
        return {name: value for name, value in shown.items() if value is not None}


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """Something in a termbase that contradicts itself or cannot be read.

    Attributes:
        where: ``line 12`` or ``concept law.court``.
        reason: What is wrong, in one line.
    """

    where: str
    reason: str

    def __str__(self) -> str:
        return f"{self.where}: {self.reason}"


@dataclass(frozen=True, slots=True)
class Termbase:
    """A list of concepts.

    Attributes:
        entries: The concepts, in file order.
        name: Name of the file, for messages.
        skipped: Rows that were left out because the caller asked for the rest.
    """

    entries: tuple[TermEntry, ...] = ()
    name: str = "termbase"
    skipped: tuple[Problem, ...] = ()

    def __post_init__(self) -> None:
        seen: set[str] = set()
        for entry in self.entries:
            if entry.id in seen:
                raise TermbaseError(f"{self.name}: the concept {entry.id} is there twice")
            seen.add(entry.id)

    def __len__(self) -> int:
        return len(self.entries)

    def __iter__(self) -> Iterator[TermEntry]:
        return iter(self.entries)

    @classmethod
    def read(
        cls,
        path: str | Path,
        *,
        source_lang: str | None = None,
        target_lang: str | None = None,
        encoding: str | None = None,
        skip_bad_rows: bool = False,
    ) -> Termbase:
        """Read a TBX, CSV, TSV or XLSX file.

        Args:
            path: The file; its content decides the format, not its name. ``news``, where no file
                has that name, is the shipped termbase.
            source_lang: BCP 47 tag of the source terms, where the file names none.
            target_lang: The same of the target terms.
            encoding: Encoding of a CSV or TSV file, where it is not UTF-8 or UTF-16 with a mark.
            skip_bad_rows: Load the rest of a file with bad rows; they are in ``skipped``.

        Raises:
            TermbaseError: The file cannot be read, or a row of it; one line says which and why.
        """
        if str(path) == SHIPPED and not Path(path).exists():
            return cls.news()
        from mtcheck.termbases import read_file

        return read_file(
            Path(path),
            source_lang=source_lang,
            target_lang=target_lang,
            encoding=encoding,
            skip_bad_rows=skip_bad_rows,
        )

    @classmethod
    def news(cls) -> Termbase:
        """The termbase that ships with mtcheck: titles and terms of the news in six languages.

        Read once; later calls return the same value. Its name stands for it wherever a path to a
        termbase is asked for: ``mtcheck.check(…, termbase="news")``, ``--termbase news``.
        """
        from mtcheck.termbases.news import news_termbase

        return news_termbase()

    @classmethod
    def of(
        cls,
        terms: Termbase | str | Path | Mapping[str, Any] | Iterable[Mapping[str, Any]],
        *,
        source_lang: str | None = None,
        target_lang: str | None = None,
    ) -> Termbase:
        """A termbase from whatever the caller has.

        Args:
            terms: A termbase, a path, a mapping of source terms to target terms (or lists of
                them), or rows with the CSV column names.
            source_lang: BCP 47 tag of the source terms, where nothing else names it.
            target_lang: The same of the target terms.

        Raises:
            TermbaseError: It cannot be read as a termbase.
        """
        if isinstance(terms, Termbase):
            return terms
        if isinstance(terms, str | Path):
            return cls.read(terms, source_lang=source_lang, target_lang=target_lang)
        from mtcheck.termbases import from_rows

        return from_rows(terms, source_lang=source_lang, target_lang=target_lang)

    @property
    def languages(self) -> tuple[str, ...]:
        """Languages of all terms, by first use."""
        return tuple(dict.fromkeys(term.lang for entry in self.entries for term in entry.terms))

    @property
    def revision(self) -> str:
        """Short hash of the content, for the signature of a report."""
        digest = hashlib.sha256()
        for entry in self.entries:
            digest.update(repr(entry).encode("utf-8", "surrogatepass"))
        return digest.hexdigest()[:12]

    def problems(self) -> tuple[Problem, ...]:
        """Contradictions and gaps that do not stop the file from being read."""
        from mtcheck.termbases.review import problems_of

        return problems_of(self.entries)

    def to_tbx(self) -> str:
        """TBX version 3 (ISO 30042:2019), style DCT, dialect TBX-Basic."""
        from mtcheck.termbases.tbx_writer import to_tbx

        return to_tbx(self)

    def to_csv(self, *, source_lang: str | None = None, target_lang: str | None = None) -> str:
        """CSV: one line for each term, or for each pair of terms where languages are named.

        Args:
            source_lang: BCP 47 tag; with ``target_lang`` gives pairs, which lose what concerns
                the source term alone.
            target_lang: BCP 47 tag.
        """
        from mtcheck.termbases.table_writer import to_csv

        return to_csv(self, source_lang=source_lang, target_lang=target_lang)
