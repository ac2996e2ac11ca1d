"""The notebooks run, and what is committed of them is fit to be read."""

from __future__ import annotations

import os
import re
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

ROOT = Path(__file__).parent.parent
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
MOST_BYTES = 400_000

pytestmark = pytest.mark.filterwarnings("default")  # those of the kernel's own machinery


@pytest.fixture(params=NOTEBOOKS, ids=lambda path: path.stem)
def path(request: pytest.FixtureRequest) -> Path:
    return request.param


def test_there_are_notebooks() -> None:
    assert len(NOTEBOOKS) >= 2


def test_a_notebook_runs(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")]))
    notebook = nbformat.read(path, as_version=4)
    before = [cell.get("outputs", []) for cell in notebook.cells]
    client = NotebookClient(
        notebook,
        timeout=60,
        kernel_name="python3",
        record_timing=False,
        resources={"metadata": {"path": str(path.parent)}},
    )
    client.execute()
    after = [cell.get("outputs", []) for cell in notebook.cells]
    for old, new in zip(before, after, strict=True):
        assert [kinds(output) for output in old] == [kinds(output) for output in new]
        assert not [o for o in new if o.output_type == "stream" and o.name == "stderr"]


def kinds(output: nbformat.NotebookNode) -> list[str]:
    return sorted(output.get("data", {"stream": ""}))


def test_what_is_committed_is_whole_and_small(path: Path) -> None:
    text = path.read_text("utf-8")
    assert len(text.encode("utf-8")) < MOST_BYTES
    assert not re.search(r"/(tmp|work|home|root|Users|usr)/", text)
    notebook = nbformat.read(path, as_version=4)
    nbformat.validate(notebook)
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    assert [cell.execution_count for cell in code] == list(range(1, len(code) + 1))
    assert any(cell.outputs for cell in code)
    assert "traceback" not in text.lower()
