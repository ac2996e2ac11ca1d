"""What SOURCE and TARGET name: one pair of texts, or many articles; and how many are checked.

Precedence of exit codes for many articles: 1 if any has issues at the gate, else 3 if any is
incomplete or could not be read, else 0; 2 only if not one could be read.
"""

from __future__ import annotations

import itertools
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from mtcheck.cli.common import CLEAN, INCOMPLETE, ISSUES, WRONG_USE, say
from mtcheck.errors import InputError
from mtcheck.files import check_size, read_bytes
from mtcheck.readers import (
    Problem,
    is_bilingual,
    join,
    read_article,
    read_documents,
    read_folders,
)
from mtcheck.readers.article import with_languages
from mtcheck.readers.registry import MAX_BILINGUAL_BYTES

if TYPE_CHECKING:
    from mtcheck.config import Config
    from mtcheck.document import Document
    from mtcheck.pipeline import Checker
    from mtcheck.report import Report

STDIN = "standard input"
_UNKNOWN = "und"  # BCP 47: undetermined


@dataclass(slots=True)
class Articles:
    """What is to be checked.

    Attributes:
        items: Articles and problems, lazily and in order.
        many: Whether a bad one is named and the rest goes on.
    """

    items: Iterable[Document | Problem]
    many: bool

    def only_one(self, form: str) -> None:
        """See that there is but one article, before it is checked.

        Raises:
            InputError: There are several, and the form holds one.
        """
        waiting = iter(self.items)
        first = list(itertools.islice(waiting, 2))
        if len(first) > 1:
            raise InputError(
                f"{form} holds one article and there are several: take another --format, or check "
                "them one by one"
            )
        self.items = first


def open_articles(source: str, target: str | None, settings: Config) -> Articles:
    """What SOURCE and TARGET name, with the languages of the settings where they are set.

    Raises:
        InputError: Something cannot be read as a whole, or a name is missing or too many.
    """
    if source == target == "-":
        raise InputError("only one of SOURCE and TARGET can be - (standard input)")
    articles = _opened(source, target)
    langs = settings.source_lang, settings.target_lang
    articles.items = (
        item if isinstance(item, Problem) else with_languages(item, *langs)
        for item in articles.items
    )
    return articles


def _opened(source: str, target: str | None) -> Articles:
    folders = [name != "-" and Path(name).is_dir() for name in (source, target or "-")]
    if target is not None and all(folders):
        return Articles(read_folders(Path(source), Path(target)), many=True)
    if any(folders):
        folder = source if folders[0] else target
        raise InputError(f"{folder}: is a folder; name two files or two folders")
    data, name = _bytes(source)
    if target is None:
        if not is_bilingual(data, name):
            raise InputError(f"{name}: holds one text: name its translation too")
        return Articles(read_documents(data, name), many=True)
    sides = (read_article(data, name), read_article(*_bytes(target)))
    return Articles([join(*sides, target)], many=False)


def _bytes(name: str) -> tuple[bytes, str]:
    if name == "-":
        data = sys.stdin.buffer.read(MAX_BILINGUAL_BYTES + 1)
        check_size(data, MAX_BILINGUAL_BYTES, STDIN)
        return data, STDIN
    return read_bytes(Path(name), MAX_BILINGUAL_BYTES), name


@dataclass(slots=True)
class Tally:
    """What came of many articles, for the exit code and the last line.

    Attributes:
        codes: Exit code of each article that was checked.
        problems: What could not be read or checked.
    """

    codes: list[int] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    @property
    def exit_code(self) -> int:
        """The worst: issues outrank what is incomplete; nothing checked at all is wrong use."""
        if not self.codes:
            return WRONG_USE
        if ISSUES in self.codes:
            return ISSUES
        return INCOMPLETE if self.problems or INCOMPLETE in self.codes else CLEAN

    def summary(self) -> str:
        """One line, such as ``articles: 12 checked, 2 with issues at the gate``."""
        found = [
            f"{len(self.codes)} checked",
            f"{self.codes.count(ISSUES)} with issues at the gate",
        ]
        if INCOMPLETE in self.codes:
            found.append(f"{self.codes.count(INCOMPLETE)} incomplete")
        if self.problems:
            plural = "s" if len(self.problems) > 1 else ""
            found.append(f"{len(self.problems)} problem{plural} named above")
        return "articles: " + ", ".join(found)


def reports(
    articles: Articles, checker: Checker, settings: Config, tally: Tally
) -> Iterator[tuple[str, Report]]:
    """(Name, report) of each article.

    What is wrong with one among many is said in one line, and its report says it again: in no form
    of output does an article look clean that nobody could read.

    Raises:
        InputError: The only article cannot be checked.
    """
    for item in articles.items:
        if isinstance(item, Problem):
            yield _unread(item, tally)
            continue
        try:
            report = next(checker.check_documents([item]))
        except InputError as error:
            if not articles.many:
                raise
            yield _unread(Problem(name=item.id or "", reason=str(error)), tally)
            continue
        tally.codes.append(report.gate(**settings.gate).exit_code)
        yield item.id or "", report


def _unread(problem: Problem, tally: Tally) -> tuple[str, Report]:
    """Name and report of an article that could not be read or checked."""
    say(str(problem))
    tally.problems.append(problem)
    from mtcheck.ledger import Ledger
    from mtcheck.report import NotChecked, Report

    report = Report(
        source="",
        target="",
        source_lang=_UNKNOWN,
        target_lang=_UNKNOWN,
        issues=(),
        not_checked=(NotChecked("article", problem.reason),),
        coverage=0.0,
        ledger=Ledger(),
        signature={},
    )
    return problem.name, report
