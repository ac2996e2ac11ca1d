import json
import re

import numpy as np
import pytest
from builders import place
from fakes import fake_alignment

from mtcheck.alignment import LINK_THRESHOLD, Alignment, Block
from mtcheck.pipeline import UNRELATED
from mtcheck.text.reading import read_side

WORDS = {
    "pengadilan": "court", "tinggi": "high", "menolak": "rejected", "rencana": "plan",
    "kota": "town", "hakim": "judge", "pulang": "left", "hujan": "rain", "turun": "fell",
    "kemarin": "yesterday",
}  # fmt: skip
SOURCE = "Pengadilan Tinggi menolak rencana kota.\nHakim pulang kemarin.\nHujan turun."
TARGET = "High Court rejected plan town.\nJudge left yesterday.\nRain fell."


@pytest.fixture(scope="module")
def alignment():
    return fake_alignment(SOURCE, TARGET, dictionary=WORDS)


def test_pharaoh_round_trip(alignment):
    text = alignment.to_pharaoh()
    assert re.fullmatch(r"\d+-\d+( \d+-\d+)*", text)
    links = [tuple(map(int, link.split("-"))) for link in text.split()]
    assert links == [(link.i, link.j) for link in alignment.links] == sorted(set(links))
    words = {(alignment.source_tokens[i].text, alignment.target_tokens[j].text) for i, j in links}
    assert {("Pengadilan", "Court"), ("Tinggi", "High"), ("Hujan", "Rain")} <= words


def test_sentences(alignment):
    assert alignment.sentences == (((0,), (0,)), ((1,), (1,)), ((2,), (2,)))
    assert alignment.paragraphs == tuple((range(k, k + 1), range(k, k + 1)) for k in range(3))


def test_a_name_of_several_words_is_projected_whole_in_other_order(alignment):
    found = alignment.project(place(SOURCE, "Pengadilan Tinggi"))
    assert [s.text for s in found.spans] == ["High Court"]
    assert found.score > 0.9


def test_part_of_a_word_stands_for_the_word(alignment):
    assert [s.text for s in alignment.project(place(SOURCE, "enga")).spans] == ["Court"]


def test_what_lies_outside_has_no_counterpart(alignment):
    for span in (place(SOURCE, "\n"), place(SOURCE, " ")):
        assert (alignment.project(span).spans, alignment.project(span).score) == ((), 0.0)


def test_a_dropped_sentence_has_no_counterpart():
    source = "Pengadilan Tinggi menolak rencana kota.\nHakim pulang kemarin.\nHujan turun."
    alignment = fake_alignment(
        source, "High Court rejected plan town.\nRain fell.", dictionary=WORDS
    )
    assert ((1,), ()) in alignment.sentences
    assert alignment.project(place(source, "Hakim")).spans == ()
    assert (range(1, 2), range(0)) in alignment.paragraphs


def test_an_added_sentence_stands_alone():
    target = "High Court rejected plan town.\nSomething entirely else happened.\nRain fell."
    source = "Pengadilan Tinggi menolak rencana kota.\nHujan turun."
    alignment = fake_alignment(source, target, dictionary=WORDS)
    assert ((), (1,)) in alignment.sentences


def test_split_and_merged_sentences():
    merged = fake_alignment(
        "Pengadilan Tinggi menolak rencana kota. Hakim pulang kemarin.",
        "High Court rejected plan town, judge left yesterday.",
        dictionary=WORDS,
    )
    assert merged.sentences == (((0, 1), (0,)),)
    split = fake_alignment(
        "Pengadilan Tinggi menolak rencana kota, hakim pulang kemarin.",
        "High Court rejected plan town. Judge left yesterday.",
        dictionary=WORDS,
    )
    assert split.sentences == (((0,), (0, 1)),)


def test_a_moved_sentence_is_found_again():
    moved = "Rain fell.\nHigh Court rejected plan town.\nJudge left yesterday."
    alignment = fake_alignment(SOURCE, moved, dictionary=WORDS)
    assert ((2,), (0,)) in alignment.sentences
    assert sorted(k for s, _ in alignment.sentences for k in s) == [0, 1, 2]


def test_translations_are_linked_and_strangers_are_not(alignment):
    strangers = fake_alignment(SOURCE, "Cats sleep here.\nNobody sings.\nGreen tea, please.")
    assert alignment.linked_share > UNRELATED
    assert strangers.linked_share < UNRELATED


def test_dictionary_form(alignment):
    data = json.loads(json.dumps(alignment.to_dict()))
    assert [row["source"] for row in data["sentences"]] == [[0], [1], [2]]
    assert len(data["links"]) == len(alignment.links)
    assert data["source_tokens"][0] == {"start": 0, "end": 10, "text": "Pengadilan"}


def by_hand(links, target="w x y z"):
    """Source words a b c, some target words, and what links them."""
    sides = read_side("a b c", "id"), read_side(target, "en")
    grid = np.array(links, dtype=np.float32)
    assert grid.shape == (3, len(sides[1].tokens))
    block = Block((0,), (0,), 1.0, range(3), range(grid.shape[1]), grid)
    return Alignment(*sides, (block,))


def projected(alignment, piece):
    return [s.text for s in alignment.project(place("a b c", piece)).spans]


def test_a_link_needs_the_threshold():
    low, high = LINK_THRESHOLD - 0.01, LINK_THRESHOLD + 0.01
    alignment = by_hand([[low, high, 0, 0], [0, 0, 0.9, low], [0] * 4])
    assert alignment.to_pharaoh() == "0-1 1-2"
    assert 0.1 < LINK_THRESHOLD < 0.9


def test_shares_of_a_target_word_sum_to_one_at_most():
    mass = by_hand([[0.9, 0.3, 0, 0], [0.9, 0.3, 0, 0], [0, 0, 0, 0.1]]).blocks[0].mass
    assert mass.sum(axis=0) == pytest.approx([1.0, 1.0, 0.0, 0.2])


def test_a_word_that_mostly_comes_from_elsewhere_is_no_part():
    alignment = by_hand([[0.9, 0.3, 0, 0], [0, 0.6, 0.9, 0], [0, 0, 0, 0.9]])
    assert projected(alignment, "a") == ["w"]
    assert projected(alignment, "b") == ["x y"]
    assert projected(alignment, "a b") == ["w x y"]


def test_a_word_linked_to_nothing_is_bridged_and_one_linked_elsewhere_is_not():
    idle = [[0.9, 0, 0.9, 0], [0] * 4, [0] * 4]
    assert projected(by_hand(idle), "a") == ["w x y"]
    assert projected(by_hand([[0.9, 0, 0.9, 0], [0, 0.9, 0, 0], [0] * 4]), "a") == ["w"]


def test_a_second_place_counts_only_for_words_without_one():
    apart = [[0.9, 0, 0, 0], [0, 0, 0, 0.9], [0, 0.9, 0.9, 0]]
    assert projected(by_hand(apart), "a b") == ["w", "z"]
    twice = by_hand([[0.9, 0, 0, 0.7], [0] * 4, [0, 0.9, 0.9, 0]])
    found = twice.project(place("a b c", "a"))
    assert [s.text for s in found.spans] == ["w"]
    assert (found.runner_up.text, found.runner_up_score) == ("z", 0.7)
    assert found.score == 0.9


def test_a_weak_link_is_no_counterpart():
    assert projected(by_hand([[0.1, 0, 0, 0], [0] * 4, [0] * 4]), "a") == []


def test_the_original_in_brackets_is_no_part_of_a_rendering():
    links = [[0.8, 0, 0.9, 0], [0] * 4, [0] * 4]
    assert projected(by_hand(links, "w (a)"), "a") == ["w"]
