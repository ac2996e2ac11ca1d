from importlib import resources
from itertools import pairwise

import pytest

from mtcheck.concepts import (
    CLAIMS,
    LANGUAGES,
    ConceptIndex,
    ConceptMatch,
    concept_index,
    distinct_pairs,
    load_concepts,
    table_revision,
)
from mtcheck.document import Span
from mtcheck.text.reading import read_side

FILES = sorted(
    (p for p in resources.files("mtcheck").joinpath("data/concepts").iterdir()),
    key=lambda p: p.name,
)
TABLES = [p for p in FILES if p.name.endswith(".tsv") and p.name != "distinct.tsv"]


def found(text, lang):
    return {m.span.text: m.concepts for m in concept_index(lang).match(read_side(text, lang))}


@pytest.mark.parametrize("path", TABLES, ids=lambda p: p.name)
def test_table_is_well_formed(path):
    header, *rows = path.read_text("utf-8").splitlines()
    assert header.split("\t") == ["concept_id", "field", "kind", *LANGUAGES, "note"]
    assert len(header.split("\t")) == 13
    for number, row in enumerate(rows, start=2):
        cells = row.split("\t")
        where = f"{path.name}:{number}"
        assert len(cells) == 13, where
        assert cells[0] == cells[0].strip() != "", where
        assert cells[2] in {"term", "institution"}, where
        for cell in cells[3:12]:
            terms = [t.strip() for t in cell.split("|")] if cell else []
            assert all(terms), where
            assert len(set(terms)) == len(terms), where
        assert cells[3], f"{where}: no English word"


def test_identifiers_are_unique_over_all_files():
    ids = [row.split("\t")[0] for p in TABLES for row in p.read_text("utf-8").splitlines()[1:]]
    assert len(ids) == len(set(ids)) == len(load_concepts()) > 400


def test_distinct_sets_name_known_concepts_and_are_symmetrical():
    path = next(p for p in FILES if p.name == "distinct.tsv")
    rows = path.read_text("utf-8").splitlines()
    names = [row.split("\t")[0] for row in rows[1:]]
    assert len(names) == len(set(names))
    pairs = distinct_pairs()
    assert pairs
    table = load_concepts() | load_concepts(CLAIMS)
    for a, b in pairs:
        assert (b, a) in pairs
        assert a != b
        assert a in table
        assert b in table


def test_the_acronym_who_is_not_the_word_who():
    assert found("The WHO warned about it.", "en")["WHO"] == {"int.who"}
    assert "int.who" not in set().union(*found("The man who warned us left.", "en").values())
    assert "int.who" not in set().union(*found("Who left?", "en").values())


def test_the_longest_match_wins_and_keeps_its_parts():
    matches = concept_index("en").match(read_side("The air force left.", "en"))
    assert [m.span.text for m in matches] == ["air force"]
    assert "mil.air-force" in matches[0].concepts
    longer = concept_index("en").match(read_side("The army general spoke.", "en"))
    assert [m.span.text for m in longer] == ["army general"]
    assert "mil.army" in longer[0].within


@pytest.mark.parametrize(
    ("text", "lang", "word", "concept"),
    [
        ("The soldiers came home.", "en", "soldiers", "mil.soldier"),
        ("Die Soldaten kamen zurück.", "de", "Soldaten", "mil.soldier"),
        ("Его видели с солдатами.", "ru", "солдатами", "mil.soldier"),
        ("Los soldados volvieron.", "es", "soldados", "mil.soldier"),
        ("Les soldats sont rentrés.", "fr", "soldats", "mil.soldier"),
        ("Prajuritnya pulang.", "id", "Prajuritnya", "mil.soldier"),
        ("وصل الجنود أمس.", "ar", "الجنود", "mil.soldier"),
        ("政府部署了士兵。", "zh", "士兵", "mil.soldier"),
        ("海軍は声明を出した。", "ja", "海軍", "mil.navy"),
    ],
)
def test_words_are_found_inflected_in_every_language(text, lang, word, concept):
    assert concept in found(text, lang).get(word, frozenset())


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_listed_word_finds_its_concept(lang):
    index = concept_index(lang)
    lost = [
        (concept.id, term)
        for concept in load_concepts().values()
        for term in concept.terms[lang]
        if concept.id not in index.concepts_of(term)
    ]
    assert not lost


def test_spans_slice_and_do_not_overlap():
    text = "海军司令和空军上将谈到战争。\n他们撤军了。"
    matches = concept_index("zh").match(read_side(text, "zh"))
    assert len(matches) >= 3
    for m in matches:
        assert text[m.span.start : m.span.end] == m.span.text
    for a, b in pairwise(matches):
        assert a.span.end <= b.span.start


def test_a_language_without_column_has_an_empty_index():
    assert len(ConceptIndex("sw")) == 0
    assert ConceptIndex("sw").match(read_side("Askari walifika.", "sw")) == ()


def test_exclusion_needs_every_pair_listed():
    def match(*concepts, within=()):
        return ConceptMatch(Span(0, 1, "x"), frozenset(concepts), frozenset(within), False)

    a, b = next(iter(sorted(distinct_pairs())))
    stranger = next(
        c
        for c in load_concepts()
        if (a, c) not in distinct_pairs() and (b, c) not in distinct_pairs() and c not in {a, b}
    )
    assert match(a).excludes(match(b))
    assert match(b).excludes(match(a))
    assert not match(a).excludes(match(b, stranger))
    assert not match(a).excludes(match(a))
    assert match(a, within=[b]).explains(match(b))
    assert not match(a).explains(match(b))


def test_revision_is_a_short_hash():
    assert table_revision() == table_revision()
    assert len(table_revision()) == 8
