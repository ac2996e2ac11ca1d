"""XLIFF 1.2 and 2.x: one document for each file element.

Source: OASIS XLIFF 1.2; OASIS XLIFF 2.1; what Okapi, memoQ and Trados write.
"""

from __future__ import annotations

from collections.abc import Iterator

from mtcheck.document import Document
from mtcheck.errors import InputError
from mtcheck.markup import Element, parse_xml
from mtcheck.readers.article import Problem, part_name
from mtcheck.readers.bitext import Unit, documents, inline_text

MAX_ELEMENTS = 1_000_000


def read_xliff(data: bytes, name: str) -> Iterator[Document | Problem]:
    """The documents in the bytes of an XLIFF file.

    Raises:
        InputError: Not well-formed, no XLIFF, or a version that is not known.
    """
    root = parse_xml(data, name, max_elements=MAX_ELEMENTS)
    version = root.attributes.get("version", "")
    if root.tag != "xliff" or version.split(".")[0] not in {"1", "2"}:
        raise InputError(f"{name}: no XLIFF 1.2 or 2.x (<{root.tag}>, version {version[:20]!r})")
    files = [child for child in root.children if child.tag == "file"]
    if not files:
        raise InputError(f"{name}: no <file> in it")
    return _documents(root, files, name, second=version.startswith("2"))


def _documents(
    root: Element, files: list[Element], name: str, *, second: bool
) -> Iterator[Document | Problem]:
    for number, file in enumerate(files, start=1):
        label = file.attributes.get("original") or file.attributes.get("id") or str(number)
        here = f"{name}#{label}" if len(files) > 1 else name
        if second:
            langs = (root.attributes.get("srcLang"), root.attributes.get("trgLang"))
        else:
            langs = (file.attributes.get("source-language"), file.attributes.get("target-language"))
        units = list(_units_2(file, None) if second else _units_1(file, None))
        if units:
            yield from documents(units, here, *langs)
        else:
            yield Problem(name=here, reason="no text in it")


def _part(element: Element, outer: str | None) -> str | None:
    """The part that an element says it is: by name, by kind, by id."""
    for key in ("resname", "name", "restype", "type", "id"):
        found = part_name(element.attributes.get(key, "").rpartition(":")[2])
        if found:
            return found
    return outer


def _units_1(element: Element, outer: str | None) -> Iterator[Unit]:
    for child in element.children:
        if child.tag in {"body", "group"}:
            # <body> is the frame of the file, not the body of the article.
            yield from _units_1(child, outer if child.tag == "body" else _part(child, outer))
        elif child.tag == "trans-unit":
            source = next((c for c in child.children if c.tag == "source"), None)
            target = next((c for c in child.children if c.tag == "target"), None)
            yield from _unit(child, outer, [source], [target])


def _units_2(element: Element, outer: str | None) -> Iterator[Unit]:
    for child in element.children:
        if child.tag == "group":
            yield from _units_2(child, _part(child, outer))
        elif child.tag == "unit":
            pieces = [c for c in child.children if c.tag in {"segment", "ignorable"}]
            sides: list[list[Element | None]] = []
            for side in ("source", "target"):
                found: list[Element | None] = []
                for piece in pieces:
                    text = next((c for c in piece.children if c.tag == side), None)
                    if text is None and piece.tag == "ignorable":
                        text = next((c for c in piece.children if c.tag == "source"), None)
                    found.append(text)
                sides.append(found)
            yield from _unit(child, outer, *sides)


def _unit(
    unit: Element, outer: str | None, source: list[Element | None], target: list[Element | None]
) -> Iterator[Unit]:
    texts = [_joined(side) for side in (source, target)]
    if not texts[0] and not texts[1]:
        return
    if unit.attributes.get("translate") == "no" and not texts[1]:
        return
    label = unit.attributes.get("id") or f"line {unit.line}"
    yield Unit(texts[0], texts[1], _part(unit, outer) or "body", label)


def _joined(elements: list[Element | None]) -> str:
    """Segments of a unit in a row: a blank between two, unless the mark-up has one already."""
    return " ".join(text for text in (inline_text(e) for e in elements if e is not None) if text)
