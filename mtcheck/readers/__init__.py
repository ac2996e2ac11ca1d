"""Articles out of the files that newsrooms have, one module for each format."""

from __future__ import annotations

from mtcheck.readers.article import Article, Problem, TextPart, join
from mtcheck.readers.folders import read_folders
from mtcheck.readers.registry import is_bilingual, read_article, read_documents

__all__ = [
    "Article",
    "Problem",
    "TextPart",
    "is_bilingual",
    "join",
    "read_article",
    "read_documents",
    "read_folders",
]
