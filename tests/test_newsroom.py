"""The worked example of a newsroom, and what is offered around the command."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
import yaml
from typer.main import get_command

from mtcheck import Checker, cli
from mtcheck.config import Config
from mtcheck.settings import resolve

ROOT = Path(__file__).parent.parent
NEWSROOM = ROOT / "fixtures" / "newsroom"
GUIDE = (ROOT / "docs" / "configuration.md").read_text("utf-8")
ARTICLE = ROOT / "fixtures" / "articles" / "id-en-platform"


def blocks(language):
    return re.findall(rf"^```{language}\n(.*?)^```", GUIDE, re.M | re.S)


@pytest.fixture
def step(tmp_path):
    """Runs the step with this interpreter's mtcheck."""
    folder = tmp_path / "bin"
    folder.mkdir()
    command = folder / "mtcheck"
    command.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m mtcheck "$@"\n')
    command.chmod(0o755)
    environ = {k: v for k, v in os.environ.items() if not k.startswith("MTCHECK_")}
    environ |= {"PATH": f"{folder}:{environ['PATH']}", "PYTHONPATH": str(ROOT)}

    def run(source, target, **more):
        done = subprocess.run(
            ["sh", str(NEWSROOM / "before-publishing.sh"), source, target, tmp_path / "reports"],
            capture_output=True, text=True, env=environ | more, cwd=tmp_path, check=False,
        )  # fmt: skip
        return done.returncode, done.stdout, done.stderr

    return run


def test_the_step(step, tmp_path):
    source = ARTICLE / "source.id.txt"
    code, out, _ = step(source, ARTICLE / "damaged.en.txt")
    assert code == 1
    assert out.startswith("hold: ")
    assert out.count("\n") == 1
    assert "critical number-mismatch" in out
    assert "1 accepted" in out
    assert (tmp_path / "reports" / "report.html").stat().st_size > 1000
    code, out, _ = step(source, tmp_path / "none.txt")
    assert (code, out) == (2, f"broken: mtcheck: {tmp_path / 'none.txt'}: no such file\n")


def test_a_silent_chat_stops_no_article(step):
    if shutil.which("curl") is None:
        pytest.skip("curl is not installed")
    sound = (ARTICLE / "source.id.txt", ARTICLE / "sound.en.txt")
    code, out, err = step(*sound, CHAT_HOOK="http://127.0.0.1:9/hook")
    assert code == 0
    assert out.startswith("publish: ")
    assert "could not be told" in err


def test_the_example_settings(checker):
    found = resolve(file=NEWSROOM / "mtcheck.toml", environ={}, start=NEWSROOM)
    assert found.origins["waivers"] == ("file", "found beside the settings")
    own = Checker(found.config, encoder=checker.encoder)
    texts = [(ARTICLE / name).read_text("utf-8") for name in ("source.id.txt", "damaged.en.txt")]
    report = own.check(*texts, name="damaged.en.txt")
    assert own.unused() == ()
    assert {i.name for i in report.issues if i.accepted} == {"term-inconsistent"}
    # the house's termbase is at work
    assert {"term-deprecated", "term-not-followed"} <= {i.name for i in report.issues}


def test_settings_in_the_guide():
    settings, waivers = blocks("toml")
    Config.from_mapping(tomllib.loads(settings))
    assert len(tomllib.loads(waivers)["waivers"]) == 2
    Config.from_mapping(tomllib.loads(waivers))
    for name in Config().to_dict():
        assert f"`{name}`" in GUIDE, name


def test_commands_in_the_guide_exist():
    app = get_command(cli.app)
    lines = [line for block in blocks("sh") for line in re.sub(r"\\\n", " ", block).splitlines()]
    lines = [line.split("#")[0].split() for line in lines if line.startswith("mtcheck ")]
    assert len(lines) > 5
    for line in lines:
        command = app
        for word in line[1:]:
            if hasattr(command, "commands"):
                assert word in command.commands, line
                command = command.commands[word]
        options = {name for p in command.params for name in (*p.opts, *p.secondary_opts)}
        assert {w for w in line if w.startswith("-")} <= options, line


def test_python_in_the_guide_runs():
    from builders import SOURCE, TARGET

    block = next(b for b in blocks("python") if "resolve" in b)
    names = {"source": SOURCE, "target": TARGET}
    exec(compile(block, "configuration.md", "exec"), names)
    assert names["gate"].exit_code in {0, 1, 3}


def test_hooks_and_action_call_what_exists():
    hooks = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text())
    app = get_command(cli.app)
    for hook in hooks:
        words = hook["entry"].split()
        command = app
        for word in words[1:]:
            command = command.commands[word]
        assert {"id", "name", "entry", "language"} <= set(hook)
    action = yaml.safe_load((ROOT / "action.yml").read_text())
    steps = action["runs"]["steps"]
    assert all("shell" in step for step in steps if "run" in step)
    # inputs reach the shell as variables only: a file name must not become a command
    assert not any("${{" in step.get("run", "") for step in steps)
    check = next(step for step in steps if step.get("id") == "check")
    options = {name for p in app.commands["check"].params for name in p.opts}
    assert set(re.findall(r"(?<=\s)--[a-z-]+", check["run"])) <= options
    settings = {name for name in check["env"] if name.startswith("MTCHECK_")}
    assert settings <= {"MTCHECK_CONFIG", *(f"MTCHECK_{n.upper()}" for n in Config().to_dict())}


def test_the_action_runs_its_check(tmp_path):
    action = yaml.safe_load((ROOT / "action.yml").read_text())
    check = next(s for s in action["runs"]["steps"] if s.get("id") == "check")
    (tmp_path / "mtcheck").write_text(
        '#!/bin/sh\nprintf "%s\\n" "$@" > args\necho "a line" > "$5"\nexit 3\n'
    )
    (tmp_path / "mtcheck").chmod(0o755)
    environ = {
        "PATH": f"{tmp_path}:{os.environ['PATH']}", "RUNNER_TEMP": str(tmp_path),
        "GITHUB_OUTPUT": str(tmp_path / "out"), "GITHUB_STEP_SUMMARY": str(tmp_path / "page"),
        "SOURCE": "a b.txt", "TARGET": "$(touch bad).txt",
    }  # fmt: skip
    bash = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", check["run"]]
    done = subprocess.run(bash, env=environ, cwd=tmp_path, check=False)
    assert done.returncode == 3
    assert (tmp_path / "args").read_text().splitlines()[:3] == [
        "check", "a b.txt", "$(touch bad).txt",
    ]  # fmt: skip
    assert (tmp_path / "out").read_text() == "exit-code=3\nsummary=a line\n"
    assert (tmp_path / "page").read_text() == "a line\n"
    assert not (tmp_path / "bad").exists()


def test_the_container_says_what_set_up_says():
    lines = (ROOT / "Dockerfile").read_text().splitlines()
    pin = re.search(r"torch==\S+", (ROOT / "scripts" / "setup").read_text()).group()
    assert any(pin in line for line in lines if line.startswith("RUN"))
    assert pin in (ROOT / "constraints.txt").read_text().splitlines()
    copied = [w for line in lines if line.startswith("COPY") for w in line.split()[1:-1]]
    assert all((ROOT / name).exists() for name in copied)
    assert 'ENTRYPOINT ["mtcheck"]' in lines
    usage = [line.lstrip("# ") for line in lines if line.startswith("# docker")]
    assert len(usage) == 2
    assert all(line in " ".join(GUIDE.split()) for line in usage)
