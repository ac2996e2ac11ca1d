from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from dataclasses import fields, replace
from pathlib import Path

import pytest
from builders import SOURCE, TARGET, arguments, issue, pair, place, report
from fakes import FakeEncoder

from mtcheck import Checker
from mtcheck.cache import ResultCache, is_kept, key_of, program_revision
from mtcheck.config import Config
from mtcheck.document import Part
from mtcheck.errors import ConfigError
from mtcheck.ledger import Entry, Ledger, Rendering
from mtcheck.report import NotChecked, Report

ROOT = Path(__file__).parent.parent
KEY = key_of({"texts": ["a", "b"]})


def full() -> Report:
    """A report in which nothing is left at its default."""
    spans = (place(SOURCE, "pohon"),)
    rendering = Rendering("trees", "expected", (place(TARGET, "trees"),), spans)
    found = issue(
        confidence=0.1 + 0.2, related=(place(TARGET, "It"),), fingerprint="0" * 16,
        evidence={"a": [1, None, {"b": "\u2028é"}]},
    )  # fmt: skip
    return replace(
        report(found, issue(source=None), issue(piece=None)),
        not_checked=(NotChecked("alignment", "why", "source", spans),),
        coverage=0.9123,
        ledger=Ledger((Entry("pohon", "TERM", spans, (rendering,), "trees", "majority", "c1"),)),
        scores={"apt": 1.5},
        paragraphs=(((0, 5), (0, 6)),),
        notices=("a note",),
        parts=(Part(name="headline", target=(0, 6)), Part(name="body", source=(0, 9))),
    )


def test_a_result_reads_back_exactly(tmp_path):
    cache, written = ResultCache(tmp_path / "a" / "b"), full()
    assert cache.get(KEY) is None
    assert cache.put(KEY, written) is None
    assert cache.get(KEY) == written
    assert cache.get(KEY).to_json() == written.to_json()
    # A field that is added to a report must be kept too.
    empty = report()
    same = {f.name for f in fields(Report) if getattr(written, f.name) == getattr(empty, f.name)}
    assert same == {"source", "target", "source_lang", "target_lang", "signature"}


def test_damaged_entries_are_none(tmp_path):
    cache = ResultCache(tmp_path)
    cache.put(KEY, full())
    (path,) = tmp_path.rglob("*.json")
    data = path.read_bytes()
    head, body = data.split(b"\n", 1)
    table = json.loads(body)
    for bad in (
        b"", b"\n", data[:-1], data[: len(data) // 2], data.replace(b"trees", b"trams"), body,
        head + b"\n" + json.dumps(table | {"issues": []}).encode(), b"\x80\x04K.", b"[" * 9999,
        data.replace(KEY.encode(), b"0" * 64),
    ):  # fmt: skip
        path.write_bytes(bad)
        assert cache.get(KEY) is None
    path.write_bytes(data)
    assert cache.get(KEY) == full()
    # an entry under the name of another is not that one
    other = key_of({"texts": ["c", "d"]})
    (tmp_path / other[:2]).mkdir(exist_ok=True)
    (tmp_path / other[:2] / f"{other}.json").write_bytes(data)
    assert cache.get(other) is None


def test_a_folder_that_cannot_be(tmp_path):
    (tmp_path / "file").write_text("x")
    with pytest.raises(ConfigError, match="cannot be used"):
        ResultCache(tmp_path / "file")
    cache = ResultCache(tmp_path / "c")
    (tmp_path / "c" / KEY[:2]).write_text("in the way")
    assert "cannot be written" in cache.put(KEY, full())
    assert cache.get(KEY) is None


def test_what_does_not_read_back_is_not_kept(tmp_path):
    cache = ResultCache(tmp_path)
    assert cache.put(KEY, replace(full(), scores={"x": float("nan")})) is None
    assert cache.put(KEY, report(issue(evidence={"x": object()}))) is None
    assert list(tmp_path.rglob("*.json")) == []


def test_many_writers(tmp_path):
    """Threads and processes write and read one entry; nobody ever reads half of it."""
    script = (
        "import sys; sys.path[:0] = ['tests', '.']\n"
        "from test_cache import KEY, full, ResultCache\n"
        "cache, wanted = ResultCache(sys.argv[1]), full()\n"
        "for _ in range(60):\n"
        "    assert cache.put(KEY, wanted) is None\n"
        "    assert cache.get(KEY) == wanted\n"
    )
    command = [sys.executable, "-c", script, str(tmp_path)]
    others = [subprocess.Popen(command, cwd=ROOT) for _ in range(2)]
    bad = []

    def work():
        cache = ResultCache(tmp_path)
        for _ in range(60):
            bad.extend([problem] if (problem := cache.put(KEY, full())) else [])
            bad.extend([] if cache.get(KEY) == full() else ["unread"])

    threads = [threading.Thread(target=work) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [other.wait(60) for other in others] == [0, 0]
    assert bad == []
    assert [path.name for path in tmp_path.rglob("*") if path.is_file()] == [f"{KEY}.json"]


def test_what_may_succeed_next_time_is_not_kept():
    assert is_kept(report())
    assert is_kept(full())
    assert is_kept(report(not_checked=("termbase",)))
    assert not is_kept(report(not_checked=("TRM203",)))
    assert not is_kept(report(not_checked=("encoder",)))


def test_the_program_has_a_revision():
    assert program_revision() == program_revision()
    assert len(program_revision()) == 16


# ---------------------------------------------------------------------------- in the checker


@pytest.fixture
def checked(monkeypatch, tmp_path):
    """Checks the article of ``builders`` with a cache and counts how often it was encoded."""
    monkeypatch.setattr("mtcheck.pipeline.is_unrelated", lambda _: False)

    def check(termbase=None, document=None, **settings):
        encoder = FakeEncoder()
        config = Config(cache=str(tmp_path / "cache"), **settings)
        checker = Checker(config, encoder=encoder, termbase=termbase)
        return checker.check(**arguments(document or pair())), encoder.calls > 0

    return check


def test_the_second_time_nothing_runs(checked):
    first, ran = checked()
    assert ran
    second, ran = checked()
    assert not ran
    assert second.to_json() == first.to_json()


def test_everything_that_can_change_a_result_is_in_the_key(checked):
    checked()
    terms = [{"source_term": "pohon", "target_term": "trees"}]
    for settings in (
        {"disable": ["QUO"]},
        {"severity": {"TRM203": "minor"}},
        {"date": "2024-01-01"},
        {"termbase": terms},
        {"termbase": [*terms, {"source_term": "lagu", "target_term": "song"}]},
        {"document": pair(SOURCE + " Selesai.")},
        {"document": pair(target=TARGET + " Done.")},
        {"document": pair(langs="ms-en")},
    ):
        assert checked(**settings)[1], settings
        assert not checked(**settings)[1], settings


def test_gate_and_waivers_need_no_new_check(checked):
    checked()
    for settings in (
        {"fail_on": "minor"},
        {"threads": 1, "batch_pieces": 7},
        {"waivers": [{"fingerprint": "0" * 16, "reason": "r"}], "today": "2027-01-01"},
    ):
        assert not checked(**settings)[1], settings


def test_a_failed_rule_is_tried_again(checked, monkeypatch):
    def crash(*_):
        raise RuntimeError("boom")

    monkeypatch.setattr("mtcheck.checks.quotations.QuoteUnbalanced.run", crash)
    first, _ = checked()
    assert first.gate().exit_code == 3
    assert checked()[1]


def test_a_cache_that_cannot_be_written_is_said(checked, tmp_path):
    if os.geteuid() == 0:
        (tmp_path / "cache").mkdir()
        for k in range(256):
            (tmp_path / "cache" / f"{k:02x}").write_text("in the way")
    else:
        (tmp_path / "cache").mkdir(mode=0o500)
    found, _ = checked()
    assert any("cannot be written" in notice for notice in found.notices)


def test_a_folder_of_weights_has_no_revision(monkeypatch, tmp_path):
    monkeypatch.setattr("mtcheck.pipeline.is_unrelated", lambda _: False)
    encoder = FakeEncoder()
    encoder.name = "mine@local"
    checker = Checker({"cache": str(tmp_path)}, encoder=encoder)
    checker.check(**arguments(pair()))
    assert list(tmp_path.iterdir()) == []
