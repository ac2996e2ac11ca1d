import pytest

from mtcheck.text.sounds import romanized, skeleton, sound_likeness


def test_romanized():
    assert [romanized(w) for w in ("Белград", "델리", "2024", "")] == ["belgrad", "delli", "", ""]


@pytest.mark.parametrize("word", ["Lavrov", "拉夫罗夫", "Лавров"])
def test_one_skeleton_in_three_scripts(word):
    assert skeleton(word) == "lblb"


def test_likeness_needs_letters_and_enough_consonants():
    whole, inner = sound_likeness(["Belgrade", "Lee", "12"], ["Белград", "리", "12"])
    assert whole[0, 0] > 0.8 > whole[0, 1]
    assert whole[2, 2] == 0.0  # digits do not sound
    assert inner[0, 0] > 0.9
    assert inner[1, 1] < 0.5  # one consonant is little evidence
