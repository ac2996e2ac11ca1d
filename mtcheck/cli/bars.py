"""A bar on stderr for what takes longer than two seconds, if a person watches."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from rich.progress import Progress

PATIENCE = 2.0
"""Seconds without a bar: what is done sooner needs none."""

Advance: TypeAlias = Callable[[int], None]
"""Says that so many more are done."""


@contextmanager
def progress(what: str, *, total: int | None = None, quiet: bool = False) -> Iterator[Advance]:
    """Show a bar while something runs, from the third second on.

    Args:
        what: What runs, such as ``checking``.
        total: How many there are to do; ``None`` = not known, the bar only moves.
        quiet: Show nothing.

    Yields:
        A function that says how many more are done; calling it is optional.
    """
    if quiet or not sys.stderr.isatty():
        yield lambda _: None
        return
    bar = _LateBar(what, total)
    timer = threading.Timer(PATIENCE, bar.show)
    timer.daemon = True
    timer.start()
    try:
        yield bar.advance
    finally:
        timer.cancel()
        bar.close()


class _LateBar:
    """A bar that is drawn when its time has come, from another thread."""

    def __init__(self, what: str, total: int | None) -> None:
        self._what = what
        self._total = total
        self._done = 0
        self._closed = False
        self._bar: Progress | None = None
        self._lock = threading.Lock()

    def show(self) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
        from rich.progress import TimeElapsedColumn as Elapsed

        with self._lock:
            if self._closed:
                return
            counter = [MofNCompleteColumn()] if self._total is not None else []
            self._bar = Progress(
                TextColumn("{task.description}"), BarColumn(), *counter, Elapsed(),
                console=Console(stderr=True), transient=True,
            )  # fmt: skip
            self._bar.add_task(self._what, total=self._total, completed=self._done)
            self._bar.start()

    def advance(self, number: int) -> None:
        with self._lock:
            self._done += number
            if self._bar is not None:
                self._bar.update(self._bar.task_ids[0], completed=self._done)

    def close(self) -> None:
        with self._lock:
            self._closed = True
            if self._bar is not None:
                self._bar.stop()
