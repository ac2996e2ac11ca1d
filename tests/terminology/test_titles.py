"""When a title is surely another country's: what silences the rule, one condition at a time."""

from types import SimpleNamespace

import pytest

from mtcheck.document import Span
from mtcheck.termbases.news import news_termbase
from mtcheck.terminology.titles import _is_anothers, _is_certain

ENTRIES = {entry.id: entry for entry in news_termbase()}
PAKISTAN, INDIA = ENTRIES["pk.ministry.interior"], ENTRIES["in.ministry.interior"]
SOURCE = Span(0, 24, "Kementerian Dalam Negeri")


def countries(counts, here=()):
    """An article that names countries so often, some of them in the sentence of the title."""
    return SimpleNamespace(
        counts=counts,
        count=lambda code: counts.get(code, 0),
        in_sentence=lambda code, _: code in here,
    )


def use(*entries, found="Ministry of Home Affairs"):
    return SimpleNamespace(
        entries=entries, source=SOURCE, found=found and SimpleNamespace(text=found)
    )


@pytest.mark.parametrize(
    ("entries", "counts", "here", "expected"),
    [
        ([PAKISTAN], {"PK": 2}, ["PK"], True),
        ([PAKISTAN], {"PK": 2, "IN": 1}, [], True),
        ([PAKISTAN], {"PK": 1, "IN": 2}, ["PK"], True),
        ([PAKISTAN], {"PK": 1, "IN": 1}, [], False),
        ([PAKISTAN], {"PK": 1, "IN": 1}, ["PK", "IN"], False),
        ([PAKISTAN], {}, [], False),
        ([PAKISTAN, INDIA], {"PK": 2}, ["PK"], False),
    ],
)
def test_the_country_is_beyond_doubt(entries, counts, here, expected):
    assert _is_certain(use(*entries), countries(counts, here)) is expected


def test_another_country_that_is_named_calls_its_own_so():
    rivals = [PAKISTAN, INDIA]
    assert _is_anothers(use(PAKISTAN), rivals, countries({"PK": 3, "IN": 1}))
    assert not _is_anothers(use(PAKISTAN), rivals, countries({"PK": 3}))
    assert not _is_anothers(use(PAKISTAN, found="Home Office"), rivals, countries({"IN": 1}))
    assert _is_anothers(use(PAKISTAN, found=None), rivals, countries({"PK": 3}))
