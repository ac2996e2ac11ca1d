import numpy as np
import pytest

from mtcheck.aligners.features import Words
from mtcheck.aligners.words import PlainLinker, in_bands, two_way


def test_two_way_is_certain_only_where_both_sides_agree():
    similarity = np.array([[1.0, 0.0, 0.0], [0.9, 0.2, 0.0]], dtype=np.float32)
    links = two_way(similarity, 20.0)
    assert links[0, 0] > 0.9
    assert links[1, 0] < 0.5  # it prefers the first column, which prefers the first row
    assert (links >= 0).all()
    assert (links <= 1).all()


def side(n):
    return Words(
        texts=tuple(f"w{k}" for k in range(n)),
        states=np.zeros((1, n, 2), dtype=np.float32),
        facts=np.zeros((n, 7), dtype=np.float32),
    )


@pytest.mark.parametrize(("n", "m"), [(0, 3), (3, 0), (0, 0)])
def test_empty_sides(n, m):
    assert PlainLinker().links(side(n), side(m)).shape == (n, m)


def test_a_large_grid_is_read_in_bands_along_the_diagonal():
    looks = []

    def same(source, target):
        looks.append((len(source), len(target)))
        names = {text: k for k, text in enumerate(target.texts)}
        grid = np.zeros((len(source), len(target)), dtype=np.float32)
        for i, text in enumerate(source.texts):
            if text in names:
                grid[i, names[text]] = 1.0
        return grid

    grid = in_bands(same, side(1000), side(1000))
    assert (np.diag(grid) == 1.0).all()
    assert len(looks) > 1
    assert max(a * b for a, b in looks) < 160_000
    looks.clear()
    in_bands(same, side(300), side(300))
    assert looks == [(300, 300)]
