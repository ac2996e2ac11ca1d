from __future__ import annotations

from dataclasses import replace

import pytest
from builders import SOURCE, TARGET, issue, place, report
from hypothesis import given
from hypothesis import strategies as st

from mtcheck.document import Part, Span
from mtcheck.errors import ConfigError
from mtcheck.gating import LEVELS, NEVER, Bar, Gates
from mtcheck.issues import Acceptance, Severity
from mtcheck.report import NotChecked

MAJOR = Bar(fail_on=Severity.MAJOR, min_confidence=0.0)


def codes(found, **options):
    return [i.severity.name.lower() for i in found.gate(**options).issues]


def test_severity_and_never():
    found = report(issue("minor"), issue("major"), issue("critical"))
    assert codes(found) == ["major", "critical"]
    assert codes(found, fail_on="critical") == ["critical"]
    assert codes(found, fail_on="neutral") == ["minor", "major", "critical"]
    assert codes(found, fail_on=NEVER) == []
    assert found.gate(NEVER).exit_code == 0


def test_no_confidence_counts_as_sure():
    unknown, low, high = issue(), issue(confidence=0.4), issue(confidence=0.8)
    gate = report(unknown, low, high).gate(min_confidence=0.8)
    assert gate.issues == (unknown, high)


def test_rules_by_code_name_and_group():
    found = report(issue("minor"))
    for name in ("TRM203", "term-mistranslated", "TRM"):
        assert codes(found, rules={name: "minor"}) == ["minor"]
    assert codes(found, rules={"ENT": "minor"}) == []
    # the code says more than the group
    assert codes(found, rules={"TRM": "minor", "TRM203": "major"}) == []
    assert codes(report(issue("critical")), rules={"term-mistranslated": NEVER}) == []


def test_a_bar_leaves_to_the_wider_one_what_it_does_not_say():
    found = report(issue("minor", confidence=0.5))
    assert codes(found, rules={"TRM": {"fail_on": "minor"}}, min_confidence=0.6) == []
    both = {"TRM": {"fail_on": "minor", "min_confidence": 0.5}}
    assert codes(found, rules=both, min_confidence=0.6) == ["minor"]
    assert codes(found, rules={"TRM": {"min_confidence": 0.1}}, fail_on="minor") == ["minor"]


def test_parts():
    gates = Gates.of(
        {
            "rules": {"TRM": "critical"},
            "parts": {
                "headline": {"fail_on": "minor", "rules": {"TRM203": "minor"}},
                "tags": NEVER,
            },
        }
    )
    term, quote = issue("minor"), issue("minor", code="QUO401", name="quote-unbalanced")
    # rule within part, rule, part, general: in this order
    assert gates.stops(term, "headline", MAJOR)
    assert not gates.stops(
        replace(term, code="TRM204", name="term-inconsistent"), "headline", MAJOR
    )
    assert gates.stops(quote, "headline", MAJOR)
    assert not gates.stops(quote, "body", MAJOR)
    assert not gates.stops(quote, None, MAJOR)
    assert not gates.stops(replace(quote, severity=Severity.CRITICAL), "tags", MAJOR)


def test_the_part_of_an_issue():
    sentence = TARGET.index("It had")
    parts = (
        Part(name="body", source=(10, 40), target=(0, len(TARGET))),
        Part(name="headline", target=(0, sentence - 1)),
    )
    found = replace(report(issue("minor", "trees"), issue("minor", "song")), parts=parts)
    assert [found.part_of(i) for i in found.issues] == ["headline", "body"]
    assert found.gate(parts={"headline": "minor"}).issues == found.issues[:1]
    assert found.gate("minor", parts={"headline": "never"}).issues == found.issues[1:]
    # without a place in the translation the source decides
    lost = issue("minor", None)
    assert found.part_of(lost) == "body"
    assert found.part_of(replace(lost, source=place(SOURCE, "Menteri"))) is None
    # a place between two characters, at the very end of a part, belongs to what follows
    caret = replace(lost, target=Span(sentence - 1, sentence - 1, ""))
    assert found.part_of(caret) == "body"


def test_accepted_issues_do_not_close_the_gate():
    waived = issue("critical", accepted=Acceptance(kind="waiver", reason="House style"))
    gate = report(waived).gate()
    assert (gate.exit_code, gate.issues) == (0, ())
    assert gate.passed


def test_coverage():
    passage = NotChecked("alignment", "for a test", "source", (place(SOURCE, "Hujan"),))
    found = replace(report(coverage=0.9), not_checked=(passage,))
    assert found.gate().exit_code == 3
    assert found.gate(min_coverage=0.9).exit_code == 0
    assert found.gate(min_coverage=0.91).exit_code == 3
    # what closes the gate outranks what is incomplete
    assert replace(found, issues=(issue(),)).gate(min_coverage=1).exit_code == 1


def test_no_coverage_makes_up_for_a_failed_rule():
    found = report(not_checked=("TRM203",))
    assert found.gate(min_coverage=0.5).exit_code == 3


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"fail_on": "majr"}, "did you mean 'major'"),
        ({"fail_on": 5}, "fail_on is 5"),
        ({"fail_on": None}, "fail_on is None"),
        ({"min_confidence": 1.1}, "from 0 to 1"),
        ({"min_confidence": float("nan")}, "from 0 to 1"),
        ({"min_coverage": True}, "from 0 to 1"),
        ({"min_coverage": "0.5"}, "from 0 to 1"),
        ({"rules": {"TRM": "minr"}}, r"gates.rules.TRM is 'minr'.*did you mean 'minor'"),
        ({"rules": {"TRM": {"fail-on": "minor"}}}, "did you mean 'fail_on'"),
        ({"rules": ["TRM"]}, "must be a table"),
        ({"parts": {"headline": {"rules": 1}}}, "gates.parts.headline.rules is 1"),
        ({"parts": {"headline": 3}}, "gates.parts.headline is 3"),
    ],
)
def test_a_bar_that_is_none(options, words):
    with pytest.raises(ConfigError, match=words):
        report().gate(**options)


levels = st.sampled_from(LEVELS)
bars = levels | st.fixed_dictionaries(
    {}, optional={"fail_on": levels, "min_confidence": st.floats(0, 1)}
)
parts = st.dictionaries(st.sampled_from(["headline", "body"]), bars)


@given(rules=st.dictionaries(st.sampled_from(["TRM", "TRM203", "ENT"]), bars), places=parts)
def test_bars_survive_being_written(rules, places):
    gates = Gates.of({"rules": rules, "parts": places})
    assert Gates.of(gates.to_dict()) == gates


@given(
    found=st.lists(st.tuples(st.sampled_from(list(Severity)), st.none() | st.floats(0, 1))),
    low=st.floats(0, 1),
    high=st.floats(0, 1),
)
def test_a_higher_bar_never_stops_more(found, low, high):
    low, high = sorted((low, high))
    article = report(*(issue(str(s), confidence=c) for s, c in found))
    wide, narrow = article.gate("minor", min_confidence=low), article.gate(min_confidence=high)
    assert set(map(id, narrow.issues)) <= set(map(id, wide.issues))
