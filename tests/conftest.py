from __future__ import annotations

import json
from pathlib import Path
from typing import NamedTuple

import pytest

from mtcheck import Checker

ARTICLES = Path(__file__).parent.parent / "fixtures" / "articles"


class Article(NamedTuple):
    slug: str
    gold: dict
    source: str
    sound: str
    damaged: str

    @property
    def langs(self) -> dict[str, str]:
        return {key: self.gold[key] for key in ("source_lang", "target_lang")}


def load_article(slug: str) -> Article:
    folder = ARTICLES / slug
    gold = json.loads((folder / "gold.json").read_text("utf-8"))

    def read(kind: str, side: str) -> str:
        path = folder / f"{kind}.{gold[side]}.txt"
        with path.open(encoding="utf-8", newline="") as stream:
            return stream.read()

    texts = (
        read("source", "source_lang"), read("sound", "target_lang"), read("damaged", "target_lang"),
    )  # fmt: skip
    return Article(slug, gold, *texts)


@pytest.fixture(scope="session")
def checker() -> Checker:
    return Checker()


@pytest.fixture(scope="session")
def platform() -> Article:
    return load_article("id-en-platform")
