"""The cases of every check against the real encoder: not only that it fires, but where."""

import pytest
import yaml
from conftest import ARTICLES

from mtcheck.checks import CHECKS

FOLDER = ARTICLES.parent / "checks"


def cases():
    for check in CHECKS:
        code = check.rule.code
        for number, case in enumerate(yaml.safe_load((FOLDER / f"{code}.yaml").read_text("utf-8"))):
            pair = f"{case['source_lang']}-{case['target_lang']}"
            yield pytest.param(code, case, id=f"{code}-{number}-{pair}")


def run(checker, case):
    langs = {key: case[key] for key in ("source_lang", "target_lang")}
    return checker.check(case["source"], case["target"], **langs, termbase=case.get("termbase"))


@pytest.mark.parametrize(("code", "case"), list(cases()))
def test_places(checker, code, case):
    issues = [issue for issue in run(checker, case).issues if issue.code == code]
    found = [(_text(issue.source), _text(issue.target)) for issue in issues]
    assert len(found) == len(case["expect"])
    if "places" not in case:
        return  # the place is still found only in part
    places = case["places"]
    assert found == [(place.get("source"), place["target"]) for place in places]
    for issue, place in zip(issues, places, strict=True):
        if "suggestion" in place:
            assert place["suggestion"] in issue.suggestions
        near = case["target"][max(0, issue.target.start - 9) : issue.target.end + 9]
        assert place.get("around", "") in near.replace("\n", " ")
        for span, text in ((issue.source, case["source"]), (issue.target, case["target"])):
            assert span is None or text[span.start : span.end] == span.text


def _text(span):
    return None if span is None else span.text


@pytest.mark.parametrize(("code", "case"), list(cases()))
def test_no_other_major_issue(checker, code, case):
    others = [i for i in run(checker, case).gate("major").issues if i.code != code]
    assert [(i.name, i.target and i.target.text) for i in others] == []
