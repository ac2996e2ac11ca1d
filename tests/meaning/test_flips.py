"""When an opposite or a negator on one side alone is an issue."""

from types import SimpleNamespace

import pytest

from mtcheck.checks.meaning import MeaningFlipped
from mtcheck.concepts import ConceptMatch
from mtcheck.contradictions import Contradiction
from mtcheck.document import Span
from mtcheck.meaning.polarity import LoneNegator, flip_threshold, lone_negators


def match(span, concept):
    return ConceptMatch(span, frozenset({concept}), frozenset({concept}), False)


def opposite(*, actual=0.2, accepted=0.6, place=100):
    return Contradiction(
        source=match(Span(place, place + 4, "naik"), "up"),
        target=match(Span(place, place + 4, "fell"), "down"),
        accepted=("rise",),
        actual_fit=actual,
        accepted_fit=accepted,
    )


def negator(*, place=0, probability=1.0, in_target=True):
    return LoneNegator(
        cue=Span(place, place + 3, "not"), in_target=in_target,
        negated=Span(place + 4, place + 8, "fell"), counterpart=Span(0, 4, "naik"),
        answer=0.0, hint=0.0, link=0.0, surplus=1, hints=0, words=9, probability=probability,
    )  # fmt: skip


def messages(claims=(), lone=(), contradictions=()):
    analysis = SimpleNamespace(
        claims=claims,
        lone_negators=lone,
        contradictions=contradictions,
        target=SimpleNamespace(lang="en"),
    )
    return [issue.message for issue in MeaningFlipped().run(analysis)]


def test_an_opposite_says_what_the_source_means():
    assert messages([opposite()]) == [
        "“naik” means “rise”; the translation has “fell”, which is the opposite."
    ]


def test_an_opposite_must_fit_worse_than_the_right_word():
    assert messages([opposite(actual=0.6, accepted=0.6)]) == []


def test_a_negator_turns_an_opposite_back():
    near, far = negator(place=90), negator(place=0, probability=0.0)
    assert messages([opposite()], [near]) == []
    assert len(messages([opposite()], [far])) == 1


def test_what_a_term_says_already_is_not_said_twice():
    assert messages([opposite()], contradictions=[opposite()]) == []


def test_a_negator_counts_from_the_threshold_on():
    assert len(messages(lone=[negator(probability=flip_threshold())])) == 1
    assert messages(lone=[negator(probability=flip_threshold() - 0.01)]) == []


@pytest.mark.parametrize(
    ("target", "lone"),
    [
        ("The mayor failed to pay the fine on Monday.\n", []),  # answered by its meaning
        ("The mayor did not pay the fine on Monday.\n", []),
        ("The mayor paid the fine on Monday.\n", ["tidak"]),
    ],
)
def test_a_negator_may_be_answered_by_meaning(checker, target, lone):
    source = "Wali kota itu tidak membayar denda pada hari Senin.\n"
    alignment = checker.align(source, target, source_lang="id", target_lang="en")
    found = lone_negators(alignment, checker.encoder)
    assert [item.cue.text for item in found if not item.in_target] == lone


def test_a_language_without_a_list_is_named(checker):
    source = "서울 시장은 월요일에 새 도서관을 열었다. 어린이들이 노래를 불렀다.\n"
    target = "The mayor of Seoul opened a new library on Monday. Children sang songs.\n"
    report = checker.check(source, target, source_lang="ko", target_lang="en")
    assert any("no list of them in Korean" in notice for notice in report.notices)
