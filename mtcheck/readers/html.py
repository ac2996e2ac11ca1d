"""Web pages: the article found by trafilatura; headline, captions and tags from the page.

No extractor gives offsets into the HTML. What it finds is the text of record: spans refer to it,
and the report carries it.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from mtcheck.errors import InputError, MissingExtraError
from mtcheck.files import decode_utf8, is_mojibake
from mtcheck.readers.article import Article, ArticleBuilder

if TYPE_CHECKING:
    from lxml.html import HtmlElement

MAX_BYTES = 4_000_000
"""Largest page; the longest articles have a tenth of it."""

_CHARSET = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w-]{1,40})""", re.I)

BLOCKS = frozenset({
    "address", "article", "aside", "blockquote", "body", "caption", "dd", "details", "dialog",
    "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3",
    "h4", "h5", "h6", "header", "hr", "html", "li", "main", "nav", "ol", "p", "pre",
    "section", "summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul", "head",
    "quote", "list", "item", "row", "cell", "block", "hl1", "hl2", "media", "abstract",
    "graphic",
})  # fmt: skip
"""Elements that begin a new block, in HTML, NITF and what the extractor makes."""

_SILENT = frozenset({
    "script", "style", "template", "noscript", "svg", "math", "iframe", "object", "embed",
})  # fmt: skip
_CAPTIONS = frozenset({"figcaption", "media-caption"})


def read_html(data: bytes, name: str) -> Article:
    """The article in the bytes of a web page.

    Raises:
        MissingExtraError: trafilatura is not installed.
        InputError: No HTML, too large, or no article can be found in it.
    """
    if len(data) > MAX_BYTES:
        raise InputError(f"{name}: larger than {MAX_BYTES // 1_000_000} MB: not a web page")
    extract = _extractor()
    tree = _parse(_decode(data, name), name)
    lang = tree.get("lang") or tree.get("{http://www.w3.org/XML/1998/namespace}lang")
    builder = ArticleBuilder()
    headline = _headline(tree)
    builder.add("headline", headline, "h1")
    captions = [_squeeze(text) for _, text in _named(tree, "figcaption")]
    alts = [
        _squeeze(image.get("alt") or "")
        for image in tree.xpath("//article//img[@alt] | //main//img[@alt] | //figure//img[@alt]")
    ]
    tags = [_squeeze(e.get("content") or "") for e in tree.xpath("//meta[@name='keywords']")]
    skipped = {headline, *captions}
    try:
        found = extract(tree)
    except Exception as error:  # the extractor promises nothing about broken pages
        raise InputError(
            f"{name}: no article can be found in it ({type(error).__name__})"
        ) from None
    count = 0
    for element, text in _blocks(found) if found is not None else ():
        block = _squeeze(text)
        if block and block not in skipped:
            builder.add("body", block, element)
            count += 1
    if not count:
        raise InputError(f"{name}: no article can be found in it; save the text alone")
    for caption in captions:
        builder.add("caption", caption, "figcaption")
    for alt in dict.fromkeys(alts):
        builder.add("alt", alt, "img")
    for tag in tags:
        builder.add("tags", tag, "meta")
    return builder.finish(lang)


def add_fragment(builder: ArticleBuilder, markup: str, part: str) -> None:
    """Append the blocks of a piece of HTML, such as the body that a CMS keeps.

    Args:
        builder: Where to.
        markup: The piece.
        part: The part that it is.
    """
    markup = markup.strip()
    if not markup:
        return
    tree = _parse(f"<div>{markup}</div>", "its HTML")
    for element, text in _blocks(tree):
        builder.add("caption" if element in _CAPTIONS else part, text, element)
    for image in tree.iter("img"):
        builder.add("alt", image.get("alt") or "", "img")


def _extractor() -> Any:
    try:
        from trafilatura import bare_extraction
    except ImportError as error:
        raise MissingExtraError("trafilatura", "html") from error
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)

    def extract(tree: HtmlElement) -> Any:
        found: Any = bare_extraction(
            tree, include_comments=False, include_images=False, include_formatting=False,
            include_links=False, deduplicate=False, with_metadata=False,
        )  # fmt: skip
        return None if found is None else found.body

    return extract


def _decode(data: bytes, name: str) -> str:
    """By byte order mark, then by what the page declares, then UTF-8."""
    for mark, encoding in ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if data.startswith(mark):
            return _decoded(data, encoding, name)
    declared = _CHARSET.search(data[:4096])
    encoding = declared[1].decode("ascii").lower() if declared else "utf-8"
    if data.startswith(b"\xef\xbb\xbf") or encoding in {"utf-8", "utf8", "utf-16", "utf16"}:
        return decode_utf8(data, name)
    text = _decoded(
        data, {"iso-8859-1": "cp1252", "latin1": "cp1252"}.get(encoding, encoding), name
    )
    if is_mojibake(text):
        raise InputError(f"{name}: declares {encoding} and is UTF-8; correct its charset")
    return text


def _decoded(data: bytes, encoding: str, name: str) -> str:
    try:
        text = data.decode(encoding)
    except (LookupError, UnicodeError):
        raise InputError(f"{name}: not {encoding}, which it declares; save it as UTF-8") from None
    if not isinstance(text, str):  # a codec that makes no text
        raise InputError(f"{name}: not {encoding}, which it declares; save it as UTF-8")
    return text


def _parse(markup: str, name: str) -> HtmlElement:
    from lxml import etree, html

    if "\x00" in markup or any("\ud800" <= c <= "\udfff" for c in markup):
        raise InputError(f"{name}: holds characters that no text has; not a readable page")
    parser = html.HTMLParser(
        no_network=True, remove_comments=True, remove_pis=True, encoding="utf-8"
    )
    try:
        # As bytes: text that declares another encoding is refused.
        tree = html.document_fromstring(markup.encode("utf-8"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError, AssertionError):
        raise InputError(f"{name}: no readable HTML") from None
    # The parser stops there, and what follows would be missing without a word.
    if any(entry.type_name == "ERR_RESOURCE_LIMIT" for entry in parser.error_log):
        raise InputError(f"{name}: nested too deeply or with a piece that is too long")
    return tree


def _headline(tree: HtmlElement) -> str:
    for path in ("//article//h1", "//main//h1", "//h1"):
        for element in tree.xpath(path):
            text = _squeeze(_text(element))
            if text:
                return text
    for element in tree.xpath("//meta[@property='og:title']/@content | //head/title/text()"):
        return _squeeze(str(element))
    return ""


def _named(tree: HtmlElement, *tags: str) -> Iterator[tuple[str, str]]:
    for element in tree.iter(*tags):
        yield str(element.tag), _text(element)


def _text(element: Any) -> str:
    return " ".join(text for _, text in _blocks(element))


def _squeeze(text: str) -> str:
    return " ".join(text.split())


def _blocks(root: Any) -> Iterator[tuple[str, str]]:
    """(Element, text) of each block: inline elements add nothing, a line break adds a blank.

    Walks with a stack of its own: a page may be nested deeper than Python's.
    """
    from lxml import etree

    block, pieces = str(root.tag), list[str]()
    silent = 0
    nesting: list[str] = []
    for event, element in etree.iterwalk(root, events=("start", "end")):
        tag = element.tag if isinstance(element.tag, str) else ""
        if event == "start":
            nesting.append(block)
            silent += tag in _SILENT
            if tag in BLOCKS:
                yield block, "".join(pieces)
                block, pieces = tag, []
            elif tag in {"br", "lb", "wbr"}:
                pieces.append("" if tag == "wbr" else " ")
            if element.text and not silent:
                pieces.append(element.text)
        else:
            silent -= tag in _SILENT
            outer = nesting.pop()
            if tag in BLOCKS:
                yield block, "".join(pieces)
                block, pieces = outer, []
            if element is not root and element.tail and not silent:
                pieces.append(element.tail)
    yield block, "".join(pieces)
