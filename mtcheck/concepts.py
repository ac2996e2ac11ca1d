"""The concept table: what words of the news mean the same in nine languages.

A row is one concept; a cell lists every word a competent translator may choose for it. A word
may stand in several rows. That makes contradictions visible without a termbase: when a listed
source word is rendered by a word that is listed only with other source words, one of the two
is wrong.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

from mtcheck.document import Side, Span
from mtcheck.files import table_rows
from mtcheck.text.languages import language, primary
from mtcheck.text.lemmas import fold, lemma, readings
from mtcheck.text.tokenization import tokenize

LANGUAGES = ("en", "id", "zh", "ja", "ar", "fr", "es", "de", "ru")
WORDS = "concepts"
"""The table of things: words of the news."""
CLAIMS = "meaning"
"""The table of claims: opposites, and verbs of saying by strength."""
_DISTINCT = "distinct.tsv"
_COLUMNS = ("concept_id", "field", "kind", *LANGUAGES, "note")


@dataclass(frozen=True, slots=True)
class Concept:
    """One concept and its words.

    Attributes:
        id: Stable identifier, such as ``law.court``.
        field: Subject, such as ``law``.
        kind: ``term`` or ``institution``.
        terms: Words by language, the usual one first.
    """

    id: str
    field: str
    kind: str
    terms: dict[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class ConceptMatch:
    """A word of the table found in a text.

    Attributes:
        span: Where.
        concepts: Identifiers of all concepts that list the word.
        within: Identifiers of all concepts that list a word inside it; characters inside an
            unspaced word are no words (裁判 in 裁判所).
        institution: Some of the concepts are titles of bodies or offices.
    """

    span: Span
    concepts: frozenset[str]
    within: frozenset[str]
    institution: bool

    def excludes(self, other: ConceptMatch) -> bool:
        """Whether no sense of the one can be a sense of the other."""
        pairs = distinct_pairs()
        return all((a, b) in pairs for a in self.concepts for b in other.concepts)

    def explains(self, other: ConceptMatch) -> bool:
        """Whether the two, or parts of them, are words for one thing."""
        return bool((self.concepts | self.within) & (other.concepts | other.within))


@cache
def load_concepts(table_name: str = WORDS) -> dict[str, Concept]:
    """A shipped table by identifier, in file order: :data:`WORDS` or :data:`CLAIMS`."""
    folder = resources.files("mtcheck").joinpath("data", table_name)
    table: dict[str, Concept] = {}
    for path in sorted(folder.iterdir(), key=lambda item: item.name):
        if not path.name.endswith(".tsv") or path.name == _DISTINCT:
            continue
        for number, named in table_rows(path.read_text("utf-8"), path.name, _COLUMNS):
            if named["concept_id"] in table:
                raise ValueError(f"{path.name}:{number}: {named['concept_id']} is there twice")
            table[named["concept_id"]] = Concept(
                id=named["concept_id"],
                field=named["field"],
                kind=named["kind"],
                terms={
                    lang: tuple(part.strip() for part in named[lang].split("|") if part.strip())
                    for lang in LANGUAGES
                },
            )
    return table


@cache
def distinct_pairs() -> frozenset[tuple[str, str]]:
    """Pairs of concepts that exclude each other, in both orders.

    Only listed pairs do: most concepts that differ may still be rendered by each other's words
    (*press*, *reporters*).
    """
    pairs: set[tuple[str, str]] = set()
    for name in (WORDS, CLAIMS):
        path = resources.files("mtcheck").joinpath("data", name, _DISTINCT)
        table = load_concepts(name)
        for number, row in enumerate(path.read_text("utf-8").splitlines()[1:], start=2):
            members = [part.strip() for part in row.split("\t")[1].split("|")]
            unknown = [member for member in members if member not in table]
            if unknown or len(set(members)) != len(members):
                raise ValueError(f"{name}/{_DISTINCT}:{number}: unknown or repeated {unknown}")
            pairs.update((a, b) for a in members for b in members if a != b)
    return frozenset(pairs)


class ConceptIndex:
    """Finds the words of the table in texts of one language: inflected, longest match first.

    Args:
        lang: BCP 47 tag. A language the table does not have gives an empty index.
        table_name: :data:`WORDS` or :data:`CLAIMS`.
    """

    def __init__(self, lang: str, table_name: str = WORDS) -> None:
        self.lang = lang
        self._table = load_concepts(table_name)
        self._spaced = language(lang).spaced
        self._cased = language(lang).cased
        self._entries: dict[tuple[str, ...], set[str]] = defaultdict(set)
        for concept in self._table.values():
            for term in concept.terms.get(primary(lang), ()):
                self._entries[self._key(term)].add(concept.id)
        self._longest: dict[str, int] = defaultdict(int)
        for key in self._entries:
            self._longest[key[0]] = max(self._longest[key[0]], len(key))

    def __len__(self) -> int:
        return len(self._entries)

    def concepts_of(self, text: str) -> frozenset[str]:
        """Concepts that list exactly this word or phrase."""
        return frozenset(self._entries.get(self._key(text), ()))

    def match(self, side: Side) -> tuple[ConceptMatch, ...]:
        """All matches in a document, none inside a longer one."""
        found: list[ConceptMatch] = []
        words: set[tuple[int, int]] = set()
        for number, sentence in enumerate(side.sentences):
            if self._spaced:
                tokens = side.sentence_tokens(number)
                keys = [self._word_key(token.text) for token in tokens]
                spans = [(token.start, token.end) for token in tokens]
            else:
                start = sentence.span.start
                keys = [fold(c) or c for c in sentence.span.text]
                spans = [(start + k, start + k + 1) for k in range(len(keys))]
                # A single character counts only where it is a word.
                words = {(t.start, t.end) for t in side.sentence_tokens(number)}
            position = 0
            while position < len(keys):
                key = self._longest_match(keys, position)
                if key and (self._spaced or len(key) > 1 or spans[position] in words):
                    first, last = spans[position][0], spans[position + len(key) - 1][1]
                    span = Span.of(side.text, first, last)
                    found.append(self._found(span, key))
                position += max(len(key), 1)
        return tuple(found)

    def _found(self, span: Span, key: tuple[str, ...]) -> ConceptMatch:
        table = self._table
        concepts = frozenset(self._entries[key])
        parts = [
            self._entries.get(key[a:b], set())
            for a in range(len(key) if self._spaced else 0)
            for b in range(a + 1, len(key) + 1)
        ]
        return ConceptMatch(
            span=span,
            concepts=concepts,
            within=frozenset().union(*parts) - concepts,
            institution=any(table[c].kind == "institution" for c in concepts),
        )

    def _longest_match(self, keys: Sequence[str], position: int) -> tuple[str, ...]:
        """The longest listed key that starts at a position; empty if there is none."""
        best: tuple[str, ...] = ()
        for first in readings(keys[position], self.lang):
            for length in range(self._longest.get(first, 0), len(best), -1):
                key = (first, *keys[position + 1 : position + length])
                if key in self._entries:
                    best = key
                    break
        return best

    def _key(self, term: str) -> tuple[str, ...]:
        if not self._spaced:
            return tuple(fold(c) or c for c in term)
        return tuple(self._word_key(term[a:b]) for a, b in tokenize(term, self.lang))

    def _word_key(self, word: str) -> str:
        """Lemma of a word; an acronym stays as it is written, for WHO is not who."""
        if self._cased and len(word) > 1 and word.isupper():
            return word
        return lemma(word, self.lang)


@cache
def concept_index(lang: str, table_name: str = WORDS) -> ConceptIndex:
    """The index of one language and table, built once."""
    return ConceptIndex(lang, table_name)


@cache
def table_revision() -> str:
    """Short hash of the content of both tables, for the signature of a report."""
    digest = hashlib.sha256()
    for name in (WORDS, CLAIMS):
        for concept in load_concepts(name).values():
            digest.update(repr((concept.id, concept.field, concept.kind, concept.terms)).encode())
    digest.update(repr(sorted(distinct_pairs())).encode())
    return digest.hexdigest()[:8]
