import re
from pathlib import Path

import pytest
import yaml

from mtcheck.checks import CHECKS, HEADINGS, page, summary

CASES = Path(__file__).parent.parent / "fixtures" / "checks"
KINDS = {"fires", "near miss", "inflecting or unspaced"}


def cases(code):
    return yaml.safe_load((CASES / f"{code}.yaml").read_text("utf-8"))


EVERY = [
    pytest.param(check.rule, case, id=f"{check.rule.code}-{case['kind']}")
    for check in CHECKS
    for case in cases(check.rule.code)
]


@pytest.mark.parametrize(("rule", "case"), EVERY)
def test_case(checker, rule, case):
    report = checker.check(
        case["source"], case["target"],
        source_lang=case["source_lang"], target_lang=case["target_lang"],
        termbase=case.get("termbase"),
    )  # fmt: skip
    assert [i.name for i in report.issues if i.code == rule.code] == case["expect"]


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.rule.code)
def test_catalogue(check):
    assert re.fullmatch(r"[A-Z]{3}\d{3}", check.rule.code)
    assert summary(check).endswith(".")
    found = [h for h in re.findall(r"^([A-Z][\w ]+):$", page(check), flags=re.M) if h in HEADINGS]
    assert tuple(found) == HEADINGS
    assert {case["kind"] for case in cases(check.rule.code)} == KINDS


def test_codes_and_names_are_unique():
    assert len({c.rule.code for c in CHECKS}) == len({c.rule.name for c in CHECKS}) == len(CHECKS)
