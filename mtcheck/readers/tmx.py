"""TMX 1.4: one document for each language beside the source language.

Source: LISA OSCAR TMX 1.4b.
"""

from __future__ import annotations

from collections.abc import Iterator

from mtcheck.document import Document
from mtcheck.errors import InputError
from mtcheck.markup import Element, parse_xml
from mtcheck.readers.article import Problem, printable
from mtcheck.readers.bitext import Unit, documents, inline_text, without
from mtcheck.readers.xliff import MAX_ELEMENTS


def read_tmx(data: bytes, name: str) -> Iterator[Document | Problem]:
    """The documents in the bytes of a TMX file.

    Raises:
        InputError: Not well-formed, no TMX, or without units in two languages.
    """
    root = parse_xml(data, name, max_elements=MAX_ELEMENTS)
    if root.tag != "tmx":
        raise InputError(f"{name}: <{root.tag}> is no TMX")
    header = next(root.all("header"), None)
    source = "" if header is None else header.attributes.get("srclang", "")
    units = [_variants(unit) for body in root.all("body") for unit in body.all("tu")]
    langs = list(dict.fromkeys(lang for _, variants in units for lang in variants if lang))
    if source.lower() in {"", "*all*"}:
        source = langs[0] if langs else ""
    # The header may say en where the units say en-US.
    source = next((t for t in langs if t.lower() == source.lower()), None) or next(
        (t for t in langs if t.lower().split("-")[0] == source.lower().split("-")[0]), source
    )
    targets = [lang for lang in langs if lang != source]
    if source not in langs or not targets:
        shown = printable(", ".join(langs[:5])) or "none"
        raise InputError(f"{name}: no units in two languages (source {source!r}, found: {shown})")
    return _documents(units, source, targets, name)


def _documents(
    units: list[tuple[str, dict[str, str]]], source: str, targets: list[str], name: str
) -> Iterator[Document | Problem]:
    for target in targets:
        pairs = [
            Unit(variants[source], variants.get(target, ""), "body", label)
            for label, variants in units
            if variants.get(source)
        ]
        here = f"{name}#{target}" if len(targets) > 1 else name
        yield from documents(pairs, here, source, target)
        lost = [label for label, v in units if not v.get(source) and v.get(target)]
        if lost:
            yield without(lost, here, source)


def _variants(unit: Element) -> tuple[str, dict[str, str]]:
    found: dict[str, str] = {}
    for variant in unit.all("tuv"):
        segment = next(variant.all("seg"), None)
        if segment is not None:
            found.setdefault(variant.attributes.get("lang", "").strip(), inline_text(segment))
    return unit.attributes.get("tuid") or f"line {unit.line}", found
