"""Minimum-cost assignment of the rows of a small matrix to its columns."""

from __future__ import annotations

import math
from collections.abc import Sequence


def assign(costs: Sequence[Sequence[float]]) -> list[int]:
    """For each row the column it takes, each column once, at the least total cost.

    Args:
        costs: Finite costs. Shape: (n_rows, n_columns), with n_rows <= n_columns.

    Raises:
        ValueError: There are more rows than columns, or the rows differ in length.

    Source:
        Kuhn 1955, Munkres 1957, in the form with potentials; O(n_rows ** 2 * n_columns).
    """
    n = len(costs)
    if not n:
        return []
    m = len(costs[0])
    if n > m or any(len(row) != m for row in costs):
        raise ValueError(f"{n} rows cannot be assigned to {m} columns")
    row_potential = [0.0] * (n + 1)
    column_potential = [0.0] * (m + 1)
    owner = [0] * (m + 1)  # the row, from 1, that holds a column
    way = [0] * (m + 1)
    for i in range(1, n + 1):
        owner[0] = i
        column = 0
        slack = [math.inf] * (m + 1)
        seen = [False] * (m + 1)
        while owner[column]:
            seen[column] = True
            row = owner[column]
            delta, following = math.inf, 0
            for j in range(1, m + 1):
                if seen[j]:
                    continue
                cost = costs[row - 1][j - 1] - row_potential[row] - column_potential[j]
                if cost < slack[j]:
                    slack[j], way[j] = cost, column
                if slack[j] < delta:
                    delta, following = slack[j], j
            for j in range(m + 1):
                if seen[j]:
                    row_potential[owner[j]] += delta
                    column_potential[j] -= delta
                else:
                    slack[j] -= delta
            column = following
        while column:
            previous = way[column]
            owner[column] = owner[previous]
            column = previous
    chosen = [0] * n
    for j in range(1, m + 1):
        if owner[j]:
            chosen[owner[j] - 1] = j - 1
    return chosen
