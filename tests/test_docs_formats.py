"""The page about formats: its examples are what the writers write."""

from __future__ import annotations

import re
from pathlib import Path

import jsonschema
import pytest

from mtcheck.cli.report import read_saved
from mtcheck.reporters.json_report import schema
from mtcheck.reporters.registry import WRITERS, render
from mtcheck.saved import load_json

ROOT = Path(__file__).parent.parent
PAGE = (ROOT / "docs" / "formats.md").read_text("utf-8")
SAVED = (ROOT / "fixtures" / "formats" / "rates.json").read_text("utf-8")
EXAMPLES = re.findall(r"<!-- format: (\w+) -->\n```\w*\n(.*?)```", PAGE, re.DOTALL)


def test_every_format_is_there():
    listed = re.findall(r"^\| `(\w+)` \|.*\| (one|many) \|$", PAGE, re.MULTILINE)
    assert listed == [(w.name, "many" if w.many else "one") for w in WRITERS.values()]
    assert set(WRITERS) - {name for name, _ in EXAMPLES} == {"jsonl", "html", "xlsx"}


@pytest.mark.parametrize(("form", "example"), EXAMPLES)
def test_examples_hold(form, example):
    text = render(form, read_saved(SAVED, "rates.json", {})).decode("utf-8").replace("\r\n", "\n")
    place = 0
    for piece in re.split(r"^…\n", example, flags=re.MULTILINE):
        found = text.find(piece, place)
        assert found >= 0, piece
        place = found + len(piece)


def test_saved_fixture_is_a_report_and_comes_back():
    jsonschema.Draft202012Validator(schema()).validate(load_json(SAVED))
    assert render("json", read_saved(SAVED, "rates.json", {})).decode("utf-8") == SAVED
