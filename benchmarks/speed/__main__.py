"""``python -m benchmarks.speed``: medians of five runs, side by side with what they compare to."""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from collections.abc import Callable

import psutil

from benchmarks.articles.__main__ import read
from benchmarks.common import ROOT, check_floors
from mtcheck.text.reading import read_side

RUNS = 5
MEGABYTE = 1_000_000


def timed(run: Callable[[], object]) -> float:
    def once() -> float:
        start = time.perf_counter()
        run()
        return time.perf_counter() - start

    return statistics.median(once() for _ in range(RUNS))


def python(code: str) -> Callable[[], object]:
    return lambda: subprocess.run([sys.executable, "-c", code], check=True, capture_output=True)


def main() -> int:
    bare = timed(python("pass"))
    light = timed(python("import mtcheck")) - bare
    loaded = subprocess.run(
        [sys.executable, "-c", "import sys, mtcheck; print('torch' in sys.modules)"],
        check=True, capture_output=True, text=True,
    ).stdout.strip()  # fmt: skip
    heavy = timed(python("import torch, transformers"))

    # About 600 words on the source side: one article and a half.
    texts = {"source.id": "", "sound.en": ""}
    for article in ("id-en-platform", "id-en-volcano"):
        for name in texts:
            texts[name] += read(ROOT / "fixtures/articles" / article, f"{name}.txt") + "\n"
    source, target = ("\n".join(text.split("\n")[:38]) for text in texts.values())
    command = [
        sys.executable, "-c",
        "import sys, resource; from mtcheck import Checker; s, t = sys.argv[1:];"
        "Checker().check(s, t, source_lang='id', target_lang='en');"
        "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)",
        source, target,
    ]  # fmt: skip
    peak = 0

    def cold_run() -> None:
        nonlocal peak
        result = subprocess.run(command, check=True, capture_output=True, text=True)
        peak = max(peak, int(result.stdout) * 1024)

    cold = timed(cold_run)

    before = psutil.Process().memory_info().rss
    import torch  # noqa: F401
    from transformers import BertModel  # noqa: F401

    from mtcheck.encoders.bert import PackagedEncoder
    from mtcheck.pipeline import Checker

    base = psutil.Process().memory_info().rss
    start = time.perf_counter()
    encoder = PackagedEncoder()
    load = time.perf_counter() - start
    weight = (psutil.Process().memory_info().rss - base) / MEGABYTE
    checker = Checker(encoder=encoder)
    checker.check(source, target, source_lang="id", target_lang="en")
    warm = timed(lambda: checker.check(source, target, source_lang="id", target_lang="en"))
    sentences = [
        s.span.text for s in read_side(source, "id").sentences + read_side(target, "en").sentences
    ]
    forward = timed(lambda: encoder.encode(sentences))
    print(f"words: {len(source.split())} source, {len(target.split())} target")
    print(f"import mtcheck beyond Python itself    {light:7.3f} s   torch loaded: {loaded}")
    print(f"import torch, transformers             {heavy:7.3f} s")
    print(f"cold check of the article              {cold:7.3f} s")
    print(f"loading the encoder                    {load:7.3f} s   {weight:.0f} MB")
    print(f"encoder's forward pass                 {forward:7.3f} s")
    print(f"warm check of the article              {warm:7.3f} s   {warm / forward:.2f} x forward")
    print(f"peak resident memory of a cold check   {peak / MEGABYTE:7.0f} MB")
    print(f"torch and transformers alone           {(base - before) / MEGABYTE:7.0f} MB more\n")
    return check_floors(
        "speed",
        {
            "import_seconds_max": light,
            "cold_check_seconds_max": cold,
            "encoder_load_seconds_max": load,
            "encoder_load_megabytes_max": weight,
            "peak_megabytes_max": peak / MEGABYTE,
        },
    )


if __name__ == "__main__":
    sys.exit(main())
