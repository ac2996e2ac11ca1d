"""Throws damaged files at every reader: each must give an article or one clear line, soon.

    python -m benchmarks.fuzz_readers --inputs 10000

Deterministic for a seed. Prints inputs, articles, refusals, the slowest, and ends with 1 at the
first traceback.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
import traceback
from pathlib import Path

from mtcheck.document import Document
from mtcheck.errors import MtcheckError
from mtcheck.readers import Article, Problem, is_bilingual, join, read_article, read_documents

FIXTURES = Path(__file__).parent.parent / "fixtures" / "formats"

NASTY = (
    b"\x00", b"\xff\xfe", b"\xef\xbb\xbf", b"\xed\xa0\x80", b"\\ud800", b"&x;", b"&#0;",
    b"&#xD800;",
    b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>', b"]]>", b"<![CDATA[", b"<!--",
    b"-->",
    b"<p>" * 300, b"</p>" * 40, b"[" * 3000, b'{"a":' * 3000, b"> " * 400, b"1" * 6000, b"\xc3\x28",
    b"charset=utf-16", b"charset=idna", b"charset=rot13", b"charset=unicode_escape",
    b"\xe2\x80\xae", b"1e999",
    b"null", b"true", b"[]", b"{}", b'""', b"\r", b"\x1f", b"\x85", b"\xe2\x80\xa8", b"***", b"```",
)  # fmt: skip


def seeds() -> list[tuple[str, bytes]]:
    """Every fixture with its name."""
    return [(p.name, p.read_bytes()) for p in sorted(FIXTURES.iterdir()) if p.is_file()]


def mutate(data: bytes, others: list[bytes], rng: random.Random) -> bytes:
    """One to four changes: bytes flipped, cut, doubled, put in, crossed with another file."""
    for _ in range(rng.randint(1, 4)):
        at = rng.randrange(len(data) + 1)
        to = min(len(data), at + rng.randrange(1, 60))
        kind = rng.randrange(6)
        if kind == 0:
            data = data[:at] + rng.randbytes(rng.randrange(1, 4)) + data[at + 1 :]
        elif kind == 1:
            data = data[:at] + data[to:]
        elif kind == 2:
            data = data[:to] + data[at:to] * rng.randrange(1, 20) + data[to:]
        elif kind == 3:
            data = data[:at] + rng.choice(NASTY) + data[at:]
        elif kind == 4:
            data = data[:at]
        else:
            other = rng.choice(others)
            cut = rng.randrange(len(other) + 1)
            data = data[:at] + other[cut : cut + 400] + data[to:]
    return data


def attempt(data: bytes, name: str) -> bool:
    """Read it, and look at every span; whether there was an article.

    Raises:
        AssertionError: A span is no slice of its text, or a refusal is no single line.
    """
    refusal = ""
    try:
        if is_bilingual(data, name):
            items: list[Document | Problem] = list(read_documents(data, name))
        else:
            article = read_article(data, name)
            for part in article.parts:
                span = part.span
                assert article.text[span.start : span.end] == span.text, part
            items = [join(article, Article(text="x"), name)]
    except MtcheckError as error:
        refusal = str(error)
        items = []
    assert "\n" not in refusal, refusal
    assert len(refusal) < 500, refusal
    for item in items:
        if isinstance(item, Problem):
            assert "\n" not in str(item), str(item)
            continue
        for part in item.parts:
            for place, text in ((part.source, item.source), (part.target, item.target)):
                assert place is None or 0 <= place[0] < place[1] <= len(text), part
    return any(isinstance(item, Document) for item in items)


def main() -> int:
    """Run; the exit code is 1 after a traceback."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--inputs", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    rng = random.Random(options.seed)
    files = seeds()
    others = [data for _, data in files]
    for name, data in files:
        attempt(data, name)  # what is loaded late is not timed
    articles, slowest = 0, (0.0, "")
    for number in range(options.inputs):
        name, data = rng.choice(files)
        if rng.random() < 0.1:
            name = ""  # by its content
        data = mutate(data, others, rng)
        start = time.perf_counter()
        try:
            articles += attempt(data, name)
        except Exception:
            traceback.print_exc()
            print(f"input {number} ({name}), {len(data)} bytes, seed {options.seed}")
            Path("fuzz-failure.bin").write_bytes(data)
            return 1
        slowest = max(slowest, (time.perf_counter() - start, f"{number} ({name})"))
    print(f"{options.inputs} inputs: {articles} articles, {options.inputs - articles} refused")
    print(f"slowest {slowest[0]:.3f} s: input {slowest[1]}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
