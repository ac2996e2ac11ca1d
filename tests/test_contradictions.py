import pytest
from fakes import FakeEncoder, fake_alignment

from mtcheck.concepts import concept_index, distinct_pairs, load_concepts
from mtcheck.contradictions import accepted_words, find_contradictions

WORDS = {
    "menteri": "minister", "menolak": "rejected", "rencana": "plan", "kota": "town",
    "kemarin": "yesterday", "sore": "evening", "pelabuhan": "port", "menunda": "postponed",
    "pengadilan": "court", "hakim": "judge",
}  # fmt: skip


def contradictions(source, target, langs=("id", "en"), words=None):
    dictionary = WORDS | (words or {})
    alignment = fake_alignment(source, target, langs, dictionary)
    encoder = FakeEncoder(dictionary)
    return find_contradictions(
        alignment,
        concept_index(langs[0]).match(alignment.source),
        concept_index(langs[1]).match(alignment.target),
        encoder.encode([s.span.text for s in alignment.source.sentences]),
        encoder,
    )


def test_minister_for_ministry():
    source = "Menteri menolak rencana kota kemarin sore."
    target = "Ministry rejected plan town yesterday evening."
    (found,) = contradictions(source, target, words={"ministry": "minister"})
    assert (found.source.span.text, found.target.span.text) == ("Menteri", "Ministry")
    assert "minister" in found.accepted
    assert "ministry" not in found.accepted
    assert target[found.target.span.start : found.target.span.end] == "Ministry"
    assert -1.0 <= found.accepted_fit <= 1.0


def test_trial_for_court():
    source = "Pengadilan menolak rencana kota kemarin sore."
    target = "Trial rejected plan town yesterday evening."
    (found,) = contradictions(source, target, words={"trial": "court"})
    assert (found.source.span.text, found.target.span.text) == ("Pengadilan", "Trial")
    assert found.accepted[0] == "court"
    # The fake puts equal words in equal places: the accepted word fits as well as can be.
    assert found.accepted_fit > 0.99


def test_the_right_word_is_silent():
    source = "Menteri menolak rencana kota kemarin sore."
    assert contradictions(source, "Minister rejected plan town yesterday evening.") == ()


def test_a_word_explained_by_another_source_word_is_silent():
    # The ministry has a source word of its own; the minister is not rendered at all.
    source = "Menteri kementerian menolak rencana kota kemarin sore."
    target = "Ministry rejected plan town yesterday evening."
    words = {"ministry": "minister", "kementerian": "office"}
    assert contradictions(source, target, words=words) == ()


def test_as_many_good_renderings_as_mentions_is_silent():
    source = "Menteri menolak rencana kota kemarin sore."
    target = "Ministry rejected plan town yesterday evening minister."
    words = {"ministry": "minister", "minister": "somebody"}
    assert contradictions(source, target, words=words) == ()


def test_an_unlisted_language_is_silent():
    assert contradictions("Waziri alikataa mpango.", "Ministry rejected plan.", ("sw", "en")) == ()


def test_the_founding_pair_is_distinct():
    ids = {
        lang: concept_index(lang).concepts_of(word)
        for lang, word in (("id", "menteri"), ("en", "ministry"))
    }
    assert all((a, b) in distinct_pairs() for a in ids["id"] for b in ids["en"])


@pytest.mark.parametrize("lang", ["en", "zh", "ar"])
def test_accepted_words_start_with_the_usual_one(lang):
    index = concept_index("id")
    match = index.match(fake_alignment("Menteri pulang.", "x").source)[0]
    words = accepted_words(match, lang)
    first = load_concepts()[min(match.concepts)].terms[lang][0]
    assert words[0] == first
    assert len(set(words)) == len(words)
