"""Two folders whose files belong together by their names."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path

from mtcheck.document import Document
from mtcheck.errors import InputError, MtcheckError
from mtcheck.files import read_bytes
from mtcheck.readers.article import Problem, join, printable
from mtcheck.readers.registry import MAX_ARTICLE_BYTES, read_article
from mtcheck.text.languages import canonical_tag

MAX_FILES = 100_000
_TAG = re.compile(r"[A-Za-z]{2,3}(?:[_-][A-Za-z]{4})?(?:[_-][A-Za-z]{2})?")


def read_folders(source: Path, target: Path) -> Iterator[Document | Problem]:
    """The pairs of two folders, lazily, in the order of their names.

    Files pair by their path inside the folder; what that leaves alone, by the path without its
    last ending; then without a language tag at the end of the name (``a.id.txt``, ``a.en.html``).
    Hidden files are no articles. What has no partner, leads out of its folder, or cannot be read
    is a problem of its own.

    Raises:
        InputError: A folder cannot be listed, is empty, or holds too many files.
    """
    problems: list[Problem] = []
    ours, theirs = (_listed(folder, problems) for folder in (source, target))
    pairs, alone = _paired(ours, theirs)
    for folder, names, reason in (
        (source, alone[0], "a source without a translation"),
        (target, alone[1], "a translation without a source"),
    ):
        problems += [Problem(name=printable(str(folder / n)), reason=reason) for n in names]
    return _read(pairs, source, target, problems)


def _read(
    pairs: list[tuple[str, str]], source: Path, target: Path, problems: list[Problem]
) -> Iterator[Document | Problem]:
    yield from sorted(problems, key=lambda problem: problem.name)
    for ours, theirs in pairs:
        try:
            sides = [
                read_article(
                    read_bytes(folder / name, MAX_ARTICLE_BYTES), printable(str(folder / name))
                )
                for folder, name in ((source, ours), (target, theirs))
            ]
        except MtcheckError as error:
            yield Problem(name=printable(theirs), reason=printable(str(error)))
            continue
        yield join(sides[0], sides[1], printable(theirs))


def _listed(folder: Path, problems: list[Problem]) -> list[str]:
    root = os.path.realpath(folder)
    found: list[str] = []

    def failed(error: OSError) -> None:
        raise InputError(f"{error.filename}: cannot be listed: {error.strerror}") from error

    for place, folders, files in os.walk(root, onerror=failed, followlinks=False):
        folders.sort()
        for name in [name for name in folders if Path(place, name).is_symlink()]:
            problems.append(
                Problem(
                    name=printable(str(folder / name)), reason="a link to a folder: not followed"
                )
            )
        folders[:] = [name for name in folders if not name.startswith(".")]
        for name in sorted(files):
            if name.startswith("."):
                continue
            path = Path(place, name)
            shown = printable(str(folder / path.relative_to(root)))
            real = os.path.realpath(path)
            if os.path.commonpath((root, real)) != root:
                problems.append(Problem(name=shown, reason="a link out of its folder: not read"))
            elif not path.is_file():
                problems.append(Problem(name=shown, reason="no file: not read"))
            else:
                found.append(str(path.relative_to(root)))
            if len(found) > MAX_FILES:
                raise InputError(f"{folder}: more than {MAX_FILES:,} files: split it")
    if not found and not problems:
        raise InputError(f"{folder}: no files in it: nothing to check")
    return found


def _paired(
    source: list[str], target: list[str]
) -> tuple[list[tuple[str, str]], tuple[list[str], list[str]]]:
    """The pairs, and what is left alone on each side."""
    pairs: list[tuple[str, str]] = []
    keys: tuple[Callable[[str], str], ...] = (str, _without_ending, _without_language)
    for key in keys:
        ours, theirs = _by(key, source), _by(key, target)
        for name in ours.keys() & theirs.keys():
            # Two of a kind on a side: which belongs to which is not guessed.
            if len(ours[name]) == len(theirs[name]) == 1:
                pairs.append((ours[name][0], theirs[name][0]))
        taken = {pair[0] for pair in pairs}, {pair[1] for pair in pairs}
        source = [name for name in source if name not in taken[0]]
        target = [name for name in target if name not in taken[1]]
    return sorted(pairs), (source, target)


def _by(key: Callable[[str], str], names: list[str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for name in names:
        found.setdefault(key(name), []).append(name)
    return found


def _without_ending(name: str) -> str:
    return os.path.splitext(name)[0]


def _without_language(name: str) -> str:
    """``a`` for ``a.id.txt`` and ``a_zh-Hans.html``; ``a-new.txt`` ends in no language."""
    stem = _without_ending(name)
    for mark in re.finditer(r"[._-]", stem):
        tag = stem[mark.end() :]
        if _TAG.fullmatch(tag) and _is_language(tag):
            return stem[: mark.start()]
    return stem


def _is_language(tag: str) -> bool:
    try:
        return bool(canonical_tag(tag))
    except InputError:
        return False
