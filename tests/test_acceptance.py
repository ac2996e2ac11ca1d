from __future__ import annotations

import datetime
import json
from pathlib import Path

import pytest
from builders import issue

from mtcheck.acceptance import Accepted, Baseline, Waiver, baseline_json, read_waivers, waivers_of
from mtcheck.errors import ConfigError
from mtcheck.issues import Acceptance

TODAY = datetime.date(2027, 1, 31)
MARK = "0123456789abcdef"
OTHER = "fedcba9876543210"


def waiver(**changes) -> Waiver:
    return Waiver.from_mapping({"rule": "TRM203", "source": "pohon", "reason": "ok"} | changes)


def apply(waivers, *issues, baseline=None, article=None, today=TODAY):
    accepted = Accepted(waivers, baseline)
    found, notices = accepted.apply(issues, today=today, article=article)
    return found, (*notices, *accepted.unused())


def test_a_waiver_by_fingerprint_marks_that_issue_alone():
    rule = waiver(
        rule=None, source=None, fingerprint=MARK, person="Desk", expires=datetime.date(2027, 2, 1)
    )
    first, second = issue(fingerprint=MARK), issue(fingerprint=OTHER)
    found, notices = apply([rule], first, second)
    assert found[0].accepted == Acceptance(
        kind="waiver", reason="ok", person="Desk", expires="2027-02-01"
    )
    assert found[1].accepted is None
    assert notices == ()
    assert str(found[0].accepted) == "waived by Desk until 2027-02-01: ok"
    assert found[0].to_dict()["accepted"]["person"] == "Desk"


def test_a_waiver_by_words_covers_every_place_whatever_the_case():
    found, _ = apply(
        [waiver(source="  POHON ", rule="term-mistranslated")], issue(), issue(piece="It")
    )
    assert all(i.accepted for i in found)
    found, _ = apply([waiver(target="trees")], issue(), issue(piece="It"), issue(piece=None))
    assert [bool(i.accepted) for i in found] == [True, False, False]
    found, _ = apply([waiver(rule="TRM204")], issue())
    assert found[0].accepted is None


def test_the_last_day_still_counts_and_the_next_no_longer():
    rule = waiver(expires=TODAY)
    assert apply([rule], issue())[0][0].accepted
    found, notices = apply([rule], issue(), issue(), today=TODAY + datetime.timedelta(1))
    assert not any(i.accepted for i in found)
    assert notices == (
        "waiver (TRM203 about 'pohon') expired on 2027-01-31: its 2 issues count again",
    )
    assert apply([rule], today=datetime.date(2028, 1, 1))[1] == (
        "waiver (TRM203 about 'pohon') expired on 2027-01-31",
    )


def test_an_expired_waiver_does_not_hide_a_valid_one():
    found, notices = apply([waiver(expires="2020-01-01"), waiver(reason="still")], issue())
    assert found[0].accepted.reason == "still"
    assert len(notices) == 1


def test_unused_waivers_are_said_but_not_those_for_other_articles():
    rules = [waiver(source="hujan"), waiver(source="lagu", article="sport/*")]
    assert apply(rules, issue(), article="politics/a.txt")[1] == (
        "waiver (TRM203 about 'hujan') covers no issue",
    )
    assert len(apply(rules, issue(), article="sport/a.txt")[1]) == 2
    assert len(apply(rules, issue())[1]) == 2


def test_unused_is_counted_over_all_articles():
    accepted = Accepted([waiver()], Baseline("b.json", {MARK: "x", OTHER: "y"}))
    accepted.apply([issue(piece=None, fingerprint=MARK)], today=TODAY)
    accepted.apply([issue(source=None, fingerprint=OTHER)], today=TODAY)
    assert accepted.unused() == ()


def test_baseline_round_trip(tmp_path):
    path = tmp_path / "b.json"
    covered = issue(fingerprint="a" * 16, accepted=Acceptance(kind="waiver", reason="ok"))
    path.write_text(baseline_json([issue(fingerprint=MARK), covered]), "utf-8")
    assert [row["fingerprint"] for row in json.loads(path.read_text())["issues"]] == [MARK]
    baseline = Baseline.read(path)
    found, notices = apply([], issue(fingerprint=MARK), issue(fingerprint=OTHER), baseline=baseline)
    assert [i.accepted.kind if i.accepted else None for i in found] == ["baseline", None]
    assert notices == ()
    assert apply([], baseline=baseline)[1] == (
        "b.json: a known issue is gone (term-mistranslated about 'trees'): write the baseline anew",
    )
    # a waiver says more than the baseline
    found, _ = apply([waiver()], issue(fingerprint=MARK), baseline=baseline)
    assert found[0].accepted.kind == "waiver"


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"{", "not valid JSON"),
        (b"\xff\xfe", "not valid JSON"),
        (b"[" * 100_000, "not valid JSON"),
        (b"[]", "no baseline"),
        (b'{"issues": []}', "no baseline"),
        (b'{"mtcheck_baseline": 2, "issues": []}', "of form 2"),
        (b'{"mtcheck_baseline": 1}', "entry 1"),
        (b'{"mtcheck_baseline": 1, "issues": [{"fingerprint": "x"}]}', "entry 1"),
        (b'{"mtcheck_baseline": 1, "issues": [3]}', "entry 1"),
    ],
)
def test_a_damaged_baseline_is_one_line(tmp_path, data, words):
    path = tmp_path / "b.json"
    path.write_bytes(data)
    with pytest.raises(ConfigError, match=words) as error:
        Baseline.read(path)
    assert "\n" not in str(error.value)
    with pytest.raises(ConfigError, match="no such file"):
        Baseline.read(tmp_path / "none.json")


@pytest.mark.parametrize(
    ("table", "words"),
    [
        ({"rule": "TRM203", "source": "a"}, "needs a reason"),
        ({"rule": "TRM203", "source": "a", "reason": " "}, "reason is ' '"),
        ({"rule": "TRM203", "reason": "r"}, "use disable"),
        ({"source": "a", "reason": "r"}, "name a fingerprint, or a rule"),
        ({"fingerprint": "xyz", "reason": "r"}, "copy the 16 digits"),
        ({"fingerprint": MARK, "rule": "TRM203", "reason": "r"}, "leave rule"),
        ({"fingerprnt": MARK, "reason": "r"}, "did you mean 'fingerprint'"),
        ({"fingerprint": MARK, "reason": "r", "expires": "soon"}, "write a day"),
        ({"fingerprint": MARK, "reason": "r", "expires": 2027}, "expires must be a day"),
        (
            {"fingerprint": MARK, "reason": "r", "expires": datetime.datetime(2027, 1, 1)},
            "expires must be a day",
        ),
        ({"fingerprint": MARK, "reason": 7}, "reason is 7"),
        (7, "must be a table"),
    ],
)
def test_a_bad_waiver_is_one_line(table, words):
    with pytest.raises(ConfigError, match=words):
        waivers_of([table], "w.toml")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("waivers = 3", "tables"),
        ("[[waiver]]", "unknown key 'waiver'"),
        ("a b", "not valid TOML"),
        ("[[waivers]]\nreason = 'a'", "w.toml, waiver 1: name a fingerprint"),
    ],
)
def test_a_bad_file_of_waivers_is_one_line(tmp_path, text, words):
    path = tmp_path / "w.toml"
    path.write_text(text)
    with pytest.raises(ConfigError, match=words):
        read_waivers(path)
    with pytest.raises(ConfigError, match="no such file"):
        read_waivers(Path("none.toml"))


def test_a_waiver_survives_being_written():
    rule = waiver(article="a/*", person="p", expires="2027-01-31", target="trees")
    assert Waiver.from_mapping(rule.to_dict()) == rule
