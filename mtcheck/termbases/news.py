"""The termbase that ships with mtcheck: titles and terms of the news in six languages.

One row is one concept, one cell all its terms in one language: the preferred one first, then the
admitted ones; ``!`` before a term says that it is deprecated. A concept that the concept table has
under the same identifier is also given that table's words, as admitted: what a competent
translator may write must not be called a breach.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from importlib import resources

from mtcheck.concepts import load_concepts
from mtcheck.files import table_rows
from mtcheck.termbase import SHIPPED, Status, Term, Termbase, TermEntry
from mtcheck.text.languages import primary

LANGUAGES = ("en", "id", "zh-Hans", "ja", "ar", "fr")
COLUMNS = ("concept_id", "jurisdiction", "entity_type", *LANGUAGES, "source", "note")
_REJECTED = "!"
_LONGEST_ACRONYM = 8


@cache
def news_termbase() -> Termbase:
    """The shipped termbase, read once.

    Raises:
        ValueError: A shipped file is damaged; the message names file and line.
    """
    folder = resources.files("mtcheck").joinpath("data/termbases")
    files = sorted((p for p in folder.iterdir() if p.name.endswith(".tsv")), key=lambda p: p.name)
    return Termbase(
        tuple(entry for path in files for entry in read_shard(path.read_text("utf-8"), path.name)),
        name=SHIPPED,
    )


def read_shard(text: str, name: str) -> Iterator[TermEntry]:
    """The concepts of one file.

    Args:
        text: Its content.
        name: Its name: for messages, and as the subject field.

    Raises:
        ValueError: The header or a row is not as documented; the message names file and line.
    """
    for _, named in table_rows(text, name, COLUMNS):
        terms = tuple(
            term
            for lang in LANGUAGES
            for term in _terms(named[lang], lang, named["concept_id"])
        )  # fmt: skip
        yield TermEntry(
            id=named["concept_id"],
            terms=terms,
            subject=name.removesuffix(".tsv"),
            entity_type=named["entity_type"] or None,
            jurisdiction=named["jurisdiction"] or None,
            note=named["note"] or None,
            source=named["source"] or None,
        )


def _terms(cell: str, lang: str, concept_id: str) -> Iterator[Term]:
    """The terms of a cell, then the words of the concept table that it does not mention."""
    texts = [part.strip() for part in cell.split("|") if part.strip()]
    mentioned = set()
    first = True
    for written in texts:
        text = written.removeprefix(_REJECTED)
        if text != written:
            status = Status.DEPRECATED
        elif first:
            status, first = Status.PREFERRED, False
        else:
            status = Status.ADMITTED
        mentioned.add(text.casefold())
        yield Term(text=text, lang=lang, status=status, term_type=_type_of(text))
    concept = load_concepts().get(concept_id)
    for word in concept.terms.get(primary(lang), ()) if concept and texts else ():
        if word.casefold() not in mentioned:
            mentioned.add(word.casefold())
            yield Term(text=word, lang=lang, status=Status.ADMITTED, term_type=_type_of(word))


def _type_of(text: str) -> str | None:
    """``acronym`` for one Latin word in capitals; digits may follow (``G20``)."""
    if len(text) <= _LONGEST_ACRONYM and text.isascii() and text.isalnum() and text.isupper():
        return "acronym"
    return None
