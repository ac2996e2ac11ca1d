import numpy as np
import pytest

from mtcheck.aligners.features import Words
from mtcheck.aligners.glosses import glosses, link_past_glosses

SOURCE = ["Macron", "met", "Scholz"]


@pytest.mark.parametrize(
    ("target", "found"),
    [
        ("马克龙 （ Macron ） 会见 朔尔茨", ["Macron"]),
        ("马克龙 ( macron ) 会见 朔尔茨 ( Scholz )", ["macron", "Scholz"]),
        ("马克龙 （ 总统 ） 会见 朔尔茨", []),
        ("马克龙 （ Macron 会见 朔尔茨", []),  # never closed
        ("（ Macron ） 会见 朔尔茨", []),  # nothing before it that it could repeat
        ("马克龙 （ 他 昨天 说 Macron ） 会见", []),  # an aside that names him
    ],
)
def test_what_is_a_gloss(target, found):
    words = target.split()
    flags = glosses(words, SOURCE)
    assert [word for word, flag in zip(words, flags, strict=True) if flag] == found


PARTNERS = {"Macron": "马克龙", "met": "会见"}


class CopyLinker:
    """Links a word to its copy, and without one to its partner, less strongly."""

    name = "copy"

    def vectors(self, words):
        return np.zeros((len(words), 1), dtype=np.float32)

    def links(self, source, target):
        grid = np.zeros((len(source), len(target)), dtype=np.float32)
        for i, word in enumerate(source.texts):
            copies = [j for j, other in enumerate(target.texts) if other == word]
            for j, other in enumerate(target.texts):
                if j in copies:
                    grid[i, j] = 1.0
                elif not copies and other == PARTNERS.get(word):
                    grid[i, j] = 0.8
        return grid


def side(*texts):
    return Words(
        texts=texts,
        states=np.zeros((1, len(texts), 1), dtype=np.float32),
        facts=np.zeros((len(texts), 7), dtype=np.float32),
    )


def test_the_rendering_keeps_its_link_beside_a_gloss():
    grid = link_past_glosses(
        CopyLinker(), side("Macron", "met"), side("马克龙", "（", "Macron", "）", "会见")
    )
    assert grid[0] == pytest.approx([0.8, 0, 1.0, 0, 0])
    assert grid[1] == pytest.approx([0, 0, 0, 0, 0.8])


def test_brackets_on_both_sides_are_read_once():
    source = side("Biro", "(", "KPK", ")", "met")
    target = side("Bureau", "(", "KPK", ")", "会见")
    assert (
        link_past_glosses(CopyLinker(), source, target) == CopyLinker().links(source, target)
    ).all()
