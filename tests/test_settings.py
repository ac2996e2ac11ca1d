from __future__ import annotations

import datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mtcheck.checks import CHECKS
from mtcheck.config import KINDS, Config
from mtcheck.errors import ConfigError
from mtcheck.gating import LEVELS
from mtcheck.issues import Severity
from mtcheck.settings import find_table, read_table, resolve, rows_as_text


def write(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    return path


def settings(tmp_path, options=None, **environ):
    return resolve(options, environ=environ, start=tmp_path)


# ------------------------------------------------------------------------------------- layers


def test_later_layers_win(tmp_path):
    write(tmp_path / "mtcheck.toml", "fail_on = 'minor'\nthreads = 1\nbatch_pieces = 8")
    found = settings(
        tmp_path, {"threads": 3, "fail_on": None},
        MTCHECK_THREADS="2", MTCHECK_BATCH_PIECES="16",
    )  # fmt: skip
    assert found.config.fail_on is Severity.MINOR
    assert (found.config.threads, found.config.batch_pieces) == (3, 16)
    origins = {row.name: (row.origin, row.where) for row in found.rows()}
    assert origins["fail_on"] == ("file", str(tmp_path / "mtcheck.toml"))
    assert origins["batch_pieces"] == ("environment", "MTCHECK_BATCH_PIECES")
    assert origins["threads"] == ("command line", "--threads")
    assert origins["min_confidence"] == ("default", "")


def test_every_setting_is_shown_once_and_has_a_kind():
    names = list(Config().to_dict())
    assert names == list(KINDS)
    text = rows_as_text(resolve(environ={}, start=Path("/")).rows())
    assert [line.split()[0] for line in text.splitlines()] == names


def test_the_nearest_file_upward(tmp_path):
    write(tmp_path / "mtcheck.toml", "fail_on = 'minor'")
    write(tmp_path / "a" / "pyproject.toml", "[tool.ruff]\n")
    deep = tmp_path / "a" / "b"
    deep.mkdir()
    assert find_table(deep) == (tmp_path / "mtcheck.toml", {"fail_on": "minor"})
    write(tmp_path / "a" / "pyproject.toml", "[tool.mtcheck]\nfail_on = 'critical'")
    assert settings(deep).config.fail_on is Severity.CRITICAL
    write(tmp_path / "a" / "mtcheck.toml", "")
    with pytest.raises(ConfigError, match=r"both mtcheck\.toml and pyproject\.toml"):
        settings(deep)


def test_a_named_file_is_read_instead(tmp_path):
    write(tmp_path / "mtcheck.toml", "fail_on = 'minor'")
    other = write(tmp_path / "x" / "other.toml", "[tool.mtcheck]\nthreads = 2")
    found = resolve(file=other, environ={}, start=tmp_path)
    assert (found.config.threads, found.config.fail_on) == (2, Severity.MAJOR)
    found = settings(tmp_path, MTCHECK_CONFIG=str(other))
    assert found.file == other
    with pytest.raises(ConfigError, match="no such file"):
        resolve(file=tmp_path / "none.toml", environ={}, start=tmp_path)
    bare = write(tmp_path / "y" / "pyproject.toml", "[project]\nname = 'x'")
    with pytest.raises(ConfigError, match="has no table"):
        resolve(file=bare, environ={}, start=tmp_path)


def test_paths_of_a_file_start_at_its_folder(tmp_path):
    write(tmp_path / "mtcheck.toml", "termbase = 'terms/house.tbx'\ncache = '/var/cache'")
    deep = tmp_path / "a"
    deep.mkdir()
    config = settings(deep, {"baseline": "b.json"}).config
    assert config.termbase == str(tmp_path / "terms" / "house.tbx")
    assert (config.cache, config.baseline) == ("/var/cache", "b.json")


def test_a_file_of_waivers_is_found_beside_the_settings(tmp_path):
    write(tmp_path / "mtcheck-waivers.toml", "")
    found = settings(tmp_path)
    assert found.config.waivers == str(tmp_path / "mtcheck-waivers.toml")
    assert found.origins["waivers"] == ("file", "found beside the settings")
    write(tmp_path / "mtcheck.toml", "[[waivers]]\nfingerprint = '0123456789abcdef'\nreason = 'r'")
    assert len(settings(tmp_path).config.waivers) == 1


# ---------------------------------------------------------------------------------- the values


def test_values_of_the_environment(tmp_path):
    config = settings(
        tmp_path,
        MTCHECK_DISABLE="TRM, quote-unbalanced,", MTCHECK_QUIET="Yes", MTCHECK_DATE="2024-10-21",
        MTCHECK_MIN_COVERAGE="1", MTCHECK_MIN_CONFIDENCE=".5", MTCHECK_TERMBASE="  ",
        MTCHECK_DEBUG="1", MTCHECK_SERVE_PORT="1", OTHER="x",
    ).config  # fmt: skip
    assert config.disable == ("TRM", "quote-unbalanced")
    assert config.quiet
    assert config.date == datetime.date(2024, 10, 21)
    assert (config.min_coverage, config.min_confidence, config.termbase) == (1.0, 0.5, None)


@pytest.mark.parametrize(
    ("environ", "words"),
    [
        ({"MTCHECK_FAILON": "minor"}, "MTCHECK_FAILON; did you mean 'MTCHECK_FAIL_ON'"),
        ({"MTCHECK_fail_on": "minor"}, "unknown environment variable MTCHECK_fail_on"),
        ({"MTCHECK_GATES": "x"}, "MTCHECK_GATES: gates is a table"),
        ({"MTCHECK_THREADS": "two"}, "MTCHECK_THREADS: threads is 'two'"),
        ({"MTCHECK_THREADS": "1.5"}, "whole number"),
        ({"MTCHECK_QUIET": "maybe"}, "MTCHECK_QUIET: quiet is 'maybe': write true or false"),
        ({"MTCHECK_MIN_COVERAGE": "inf"}, "from 0 to 1"),
        ({"MTCHECK_TODAY": "tomorrow"}, "write a day"),
    ],
)
def test_a_bad_variable_is_named(tmp_path, environ, words):
    with pytest.raises(ConfigError, match=words):
        settings(tmp_path, **environ)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("fail-on = 'minor'", "mtcheck.toml: unknown setting 'fail-on'; did you mean 'fail_on'"),
        ("FAIL_ON = 'minor'", "did you mean 'fail_on'"),
        ("threads = true", "threads is True"),
        ("threads = 0", "1 or more"),
        ("quiet = 1", "write true or false"),
        ("date = 2024-10-21T10:00:00", "write a day"),
        ("disable = 'TRM203'", "write a list"),
        ("disable = ['TRM999']", "no rule is called 'TRM999'"),
        ("disable = ['term-inconsistant']", "did you mean 'term-inconsistent'"),
        ("enable = ['TRM']", "is a group"),
        ("severity = 3", "must be a table"),
        ("[severity]\nTRM203 = 'never'", "use disable"),
        ("[gates.rules]\nterm-inconsistant = 'major'", "did you mean 'term-inconsistent'"),
        ("[gates.part]\nheadline = 'minor'", "unknown setting 'gates.part'; did you mean 'parts'"),
        ("gates = 1", "must be a table"),
        ("waivers = 1", "name a file"),
        ("termbase = ''", "is empty"),
        ("a b", "not valid TOML"),
        ("[tool.mtcheck]\nthread = 1", "did you mean 'threads'"),
        ("[tool]\nmtcheck = 1", "is not a table"),
    ],
)
def test_a_bad_file_is_one_line(tmp_path, text, words):
    write(tmp_path / "mtcheck.toml", text)
    with pytest.raises(ConfigError, match=words) as error:
        settings(tmp_path)
    assert "\n" not in str(error.value)


def test_a_file_that_is_no_text(tmp_path):
    (tmp_path / "mtcheck.toml").write_bytes(b"\xff\xfea\x00")
    with pytest.raises(ConfigError, match="not valid TOML"):
        settings(tmp_path)
    (tmp_path / "d").mkdir()
    with pytest.raises(ConfigError, match="is a folder"):
        read_table(tmp_path / "d")


def test_rules_that_run():
    config = Config(disable=("TRM", "quote-unbalanced"), enable=("term-mistranslated",))
    running = {c.rule.name for c in CHECKS if config.runs(c.rule.code, c.rule.name)}
    left_out = {c.rule.name for c in CHECKS} - running
    assert "term-mistranslated" in running
    assert {"term-inconsistent", "quote-unbalanced"} <= left_out
    assert not any(name.startswith("entity") for name in left_out)
    # what is named itself stays out, whatever else says
    assert not Config(disable=("TRM203",), enable=("TRM203",)).runs("TRM203", "term-mistranslated")


rules = st.sampled_from([check.rule.name for check in CHECKS])
values = st.fixed_dictionaries(
    {},
    optional={
        "fail_on": st.sampled_from(LEVELS),
        "min_confidence": st.floats(0, 1),
        "min_coverage": st.none() | st.floats(0, 1),
        "disable": st.lists(rules),
        "severity": st.dictionaries(rules, st.sampled_from(LEVELS[:-1])),
        "date": st.dates(),
        "gates": st.fixed_dictionaries(
            {}, optional={"rules": st.dictionaries(rules, st.sampled_from(LEVELS))}
        ),
        "quiet": st.booleans(),
    },
)


@given(values)
def test_settings_survive_being_written(given_values):
    config = Config.from_mapping(given_values)
    assert Config.from_mapping(config.to_dict()) == config
