"""Values for tests, each in one line."""

from __future__ import annotations

from typing import Any

from mtcheck.document import Document, Span
from mtcheck.issues import Issue, Severity
from mtcheck.ledger import Ledger
from mtcheck.report import NotChecked, Report

SOURCE = (
    "Menteri itu menanam pohon bersama murid. Hujan turun sejak pagi. Acara ditutup dengan lagu."
)
TARGET = (
    "The minister planted trees with the pupils. It had been raining since morning. "
    "The event closed with a song."
)


def pair(source: str = SOURCE, target: str = TARGET, langs: str = "id-en") -> Document:
    """An article: two texts and a direction such as ``id-en``."""
    source_lang, target_lang = langs.split("-")
    return Document(source, target, source_lang, target_lang)


def arguments(document: Document) -> dict[str, Any]:
    """The keyword arguments of ``Checker.check`` for an article."""
    return {
        key: getattr(document, key) for key in ("source", "target", "source_lang", "target_lang")
    }


def place(text: str, piece: str, nth: int = 1) -> Span:
    """The nth place where a piece stands in a text."""
    start = -1
    for _ in range(nth):
        start = text.index(piece, start + 1)
    return Span.of(text, start, start + len(piece))


def issue(severity: str = "major", piece: str | None = "trees", **changes: Any) -> Issue:
    """An issue about a piece of :data:`TARGET`."""
    values: dict[str, Any] = {
        "code": "TRM203",
        "name": "term-mistranslated",
        "message": "A message.",
        "severity": Severity.parse(severity),
        "category": "Accuracy/Mistranslation",
        "source": place(SOURCE, "pohon"),
        "target": place(TARGET, piece) if piece else None,
        "suggestions": ("woods",),
    }
    return Issue(**(values | changes))


def report(*issues: Issue, not_checked: tuple[str, ...] = (), coverage: float = 1.0) -> Report:
    """A report with some issues and the stages that could not look."""
    return Report(
        source=SOURCE,
        target=TARGET,
        source_lang="id",
        target_lang="en",
        issues=issues,
        not_checked=tuple(NotChecked(stage, "for a test") for stage in not_checked),
        coverage=coverage,
        ledger=Ledger(),
        signature={"mtcheck": "0"},
    )
