from datetime import date

import pytest

from mtcheck import Status, Term, Termbase, TermEntry
from mtcheck.errors import TermbaseError


def entry(*terms, **fields):
    return TermEntry(id=fields.pop("id", "c"), terms=tuple(terms), **fields)


def term(text, lang="en", **fields):
    return Term(text=text, lang=lang, **fields)


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"text": " "}, "empty"),
        ({"text": "a\x07b"}, "control character"),
        ({"text": "…"}, "no letter"),
        ({"text": "a" * 301}, "301 characters"),
        ({"text": "a", "lang": ""}, "no language"),
        ({"text": "a", "reference": "third"}, "first or later"),
        (
            {"text": "a", "valid_from": date(2021, 1, 1), "valid_to": date(2020, 1, 1)},
            "only from",
        ),
    ],
)
def test_terms_that_cannot_be(fields, reason):
    with pytest.raises(TermbaseError, match=reason):
        Term(**{"lang": "en", **fields})


def test_concepts_that_cannot_be():
    with pytest.raises(TermbaseError, match="no term"):
        entry()
    with pytest.raises(TermbaseError, match="no identifier"):
        entry(term("a"), id="")
    with pytest.raises(TermbaseError, match="c is there twice"):
        Termbase((entry(term("a")), entry(term("b"))))


def test_statuses_and_days():
    assert term("a").accepted
    assert not term("a", status=Status.SUPERSEDED).accepted
    now = term("a", valid_from=date(2020, 1, 1), valid_to=date(2020, 12, 31))
    assert now.valid_on(None)
    assert now.valid_on(date(2020, 12, 31))
    assert not now.valid_on(date(2021, 1, 1))
    assert not now.valid_on(date(2019, 12, 31))


@pytest.mark.parametrize(
    ("terms", "reason"),
    [
        ([term("a"), term("b", "id"), term("a")], "“a” (en) is there twice"),
        (
            [
                term("a", status=Status.PREFERRED),
                term("b", "id"),
                term("a", status=Status.DEPRECATED),
            ],
            "“a” (en) is deprecated and preferred at once",
        ),
        (
            [
                term("a", status=Status.PREFERRED),
                term("b", status=Status.PREFERRED),
                term("c", "id"),
            ],
            "2 preferred terms in en: “a”, “b”",
        ),
        ([term("a")], "“a” has no term in another language"),
        ([term("a", status=Status.DEPRECATED), term("b", "id")], "no term in en is accepted"),
        (
            [term("a", status=Status.DO_NOT_TRANSLATE), term("b", "id")],
            "not to be translated, but “b” translates it",
        ),
    ],
)
def test_contradictions_inside_a_concept(terms, reason):
    (problem,) = Termbase((entry(*terms),)).problems()
    assert problem.where == "concept c"
    assert reason in str(problem)


def test_what_only_looks_like_a_contradiction():
    fine = [
        (term("a", status=Status.PREFERRED, edition="US"),
         term("b", status=Status.PREFERRED, edition="GB"), term("c", "id")),
        (term("a", status=Status.PREFERRED, reference="first"),
         term("b", status=Status.PREFERRED, reference="later"), term("c", "id")),
        (term("a", status=Status.PREFERRED, valid_to=date(2020, 1, 1)),
         term("b", status=Status.PREFERRED, valid_from=date(2020, 1, 2)), term("c", "id")),
        (term("a", status=Status.DO_NOT_TRANSLATE),),
    ]  # fmt: skip
    for terms in fine:
        assert Termbase((entry(*terms),)).problems() == ()


def test_contradictions_between_concepts():
    pair = (term("pengadilan", "id"), term("court"))
    bad = (term("pengadilan", "id"), term("court", status=Status.DEPRECATED), term("tribunal"))
    same = Termbase((entry(*pair, id="a"), entry(*pair, id="b")))
    assert [str(p) for p in same.problems()] == [
        "concepts a, b: the same pair twice: “pengadilan”, “court”"
    ]
    split = Termbase((entry(*pair, id="a"), entry(*bad, id="b")))
    assert any("both accepted and rejected" in str(p) for p in split.problems())
    apart = Termbase(
        (entry(*pair, id="a", jurisdiction="PK"), entry(*bad, id="b", jurisdiction="ID"))
    )
    assert apart.problems() == ()


def test_revision_follows_the_content_alone():
    first = Termbase((entry(term("a")),), name="x")
    assert first.revision == Termbase((entry(term("a")),), name="y").revision
    assert first.revision != Termbase((entry(term("b")),), name="x").revision
