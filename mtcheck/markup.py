"""XML read safely: no entities, no network, bounded size and depth, the line of every element."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from xml.parsers import expat

from mtcheck.errors import InputError, MtcheckError

MAX_DEPTH = 64
MAX_ELEMENTS = 5_000_000
_NAMESPACE_MARK = "\x1f"
XML_LANG = "http://www.w3.org/XML/1998/namespace" + _NAMESPACE_MARK + "lang"


@dataclass(slots=True)
class Element:
    """An element: its tag without namespace, attributes, text and children.

    Attributes:
        tag: Local name.
        namespace: Namespace, or empty.
        attributes: By name; ``xml:lang`` is ``lang``.
        line: Line on which it begins, from 1.
        content: Texts and elements directly inside, in order.
    """

    tag: str
    namespace: str
    attributes: dict[str, str]
    line: int
    content: list[str | Element] = field(default_factory=list)

    @property
    def children(self) -> list[Element]:
        """Elements directly inside."""
        return [part for part in self.content if isinstance(part, Element)]

    @property
    def text(self) -> str:
        """All text inside, also that of inline elements, blanks collapsed."""
        return " ".join("".join(self.texts()).split())

    def texts(self) -> Iterator[str]:
        """All text inside, piece by piece, as it stands."""
        for part in self.content:
            if isinstance(part, str):
                yield part
            else:
                yield from part.texts()

    def all(self, *tags: str) -> Iterator[Element]:
        """Elements of some tags anywhere below, outermost first; what is found is not entered."""
        for child in self.children:
            if child.tag in tags:
                yield child
            else:
                yield from child.all(*tags)


def parse_xml(
    data: bytes,
    name: str,
    *,
    kind: type[MtcheckError] = InputError,
    max_elements: int = MAX_ELEMENTS,
) -> Element:
    """The root of a document.

    Args:
        data: The file.
        name: Its name, for messages.
        kind: Which error to raise.
        max_elements: Most elements it may have.

    Raises:
        MtcheckError: Not well-formed, or it declares entities, is too deep or too large; of the
            given kind.
    """
    parser = expat.ParserCreate(namespace_separator=_NAMESPACE_MARK)
    parser.buffer_text = True
    parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)
    builder = _Builder(parser, name, kind, max_elements)
    try:
        parser.Parse(data, True)
    except expat.ExpatError as error:
        reason = expat.ErrorString(error.code)
        raise kind(f"{name}: line {error.lineno}: not well-formed XML: {reason}") from None
    except (LookupError, ValueError) as error:  # an encoding nobody knows
        raise kind(f"{name}: not readable as XML: {error}") from None
    if builder.root is None:
        raise kind(f"{name}: no XML element in it")
    return builder.root


class _Builder:
    """Builds the tree; refuses what only attacks need."""

    def __init__(
        self,
        parser: expat.XMLParserType,
        name: str,
        kind: type[MtcheckError],
        max_elements: int,
    ) -> None:
        self.root: Element | None = None
        self._parser = parser
        self._name = name
        self._kind = kind
        self._limit = max_elements
        self._open: list[Element] = []
        self._count = 0
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text
        parser.EntityDeclHandler = self._refuse
        parser.UnparsedEntityDeclHandler = self._refuse
        parser.ExternalEntityRefHandler = self._refuse
        # A document type without declarations of its own is usual in TBX 2 and harmless: expat
        # does not fetch it.
        parser.SkippedEntityHandler = self._refuse

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        self._count += 1
        if len(self._open) >= MAX_DEPTH or self._count > self._limit:
            raise self._kind(f"{self._where()}: nested too deeply or too large")
        namespace, _, local = tag.rpartition(_NAMESPACE_MARK)
        named = {
            "lang" if key == XML_LANG else key.rpartition(_NAMESPACE_MARK)[2]: value
            for key, value in attributes.items()
        }
        element = Element(local, namespace, named, self._parser.CurrentLineNumber)
        if self._open:
            self._open[-1].content.append(element)
        else:
            self.root = element
        self._open.append(element)

    def _end(self, _: str) -> None:
        self._open.pop()

    def _text(self, text: str) -> None:
        if self._open:
            self._open[-1].content.append(text)

    def _refuse(self, *_: Any) -> int:
        raise self._kind(f"{self._where()}: XML entities are not read; save the file without them")

    def _where(self) -> str:
        return f"{self._name}: line {self._parser.CurrentLineNumber}"
