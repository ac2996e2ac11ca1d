"""The words of numbers, units and dates of one language, from the tables in ``data/values``."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from importlib import resources
from typing import Any, NamedTuple

from mtcheck.text.languages import primary

_FOLDER = resources.files("mtcheck").joinpath("data/values")

_MARKS = (
    "\u0300-\u036f\u0591-\u05bd\u0610-\u061a\u064b-\u065f\u0670\u0900-\u0903\u093a-\u094f"
    "\u0951-\u0957\u0962\u0963\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u200c\u200d\u00ad"
)
_CHARACTERS = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3\u3005-\u3007"
TOKEN = re.compile(rf"\d+|[{_CHARACTERS}]|(?:(?![{_CHARACTERS}])[^\W\d_][{_MARKS}]*)+|[^\s\w]|_")
"""Digits, a letter of a script without spaces, a word of any other script, or one mark."""

_FOLDED = {
    "\u0130": "i", "ё": "е", "أ": "ا", "إ": "ا", "آ": "ا", "’": "'", "‘": "'", "ʼ": "'",
    "\u00a0": " ", "\u202f": " ", "\u2009": " ", "\u2007": " ", "‐": "-", "‑": "-", "−": "-",
    "–": "-", "—": "-", "٫": ".", "٬": ",", "٪": "%", "％": "%", "﹪": "%", "：": ":", "～": "~",
    "〜": "~", "∼": "~", "ـ": "-", "º": "°", "˚": "°", "µ": "μ",
}  # fmt: skip


class _Folding(dict[int, str]):
    """Lazy table for ``str.translate``: one character to one character, so offsets stay."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        folded = _FOLDED.get(character)
        if folded is None:
            digit = unicodedata.decimal(character, None)
            if digit is not None:
                folded = str(digit)
            elif "\uff01" <= character <= "\uff5e":
                folded = chr(code - 0xFEE0).lower()
            else:
                folded = character.lower()
            if len(folded) != 1:
                folded = character
        self[code] = folded
        return folded


_FOLDING = _Folding()


def fold(text: str) -> str:
    """A text of the same length in lower case, with ASCII digits and plain marks."""
    return text.translate(_FOLDING)


class Entry(NamedTuple):
    """One sense of a word.

    ``category`` is the table it stands in; ``value`` a number, a symbol or a word of that table.
    """

    category: str
    value: Any


Phrase = tuple[str, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Lexicon:
    """What the tables say about one language.

    Attributes:
        lang: Primary language subtag.
        phrases: Senses by the tokens that spell them, grouped by the first token, longest first.
        stems: Senses of words that take endings, by the stem.
        blocked: Words that hold a numeral and are none.
        writing: How numbers are written: separators, and how words are built.
        counters: Words that make a numeral before them a number (Chinese, Japanese, Korean).
        fused: Numerals of which one written word may be made; empty where they are not.
        prefixes: Particles that may be glued to the front of a word, longest first.
    """

    lang: str
    phrases: Mapping[str, tuple[tuple[Phrase, tuple[Entry, ...]], ...]]
    stems: Mapping[str, tuple[Entry, ...]]
    blocked: Mapping[str, tuple[Phrase, ...]]
    writing: Mapping[str, Any]
    counters: frozenset[Phrase]
    fused: frozenset[str]
    prefixes: tuple[str, ...]

    @property
    def by_character(self) -> bool:
        """Whether one letter may be a word."""
        return bool(self.writing.get("characters"))

    def exact(self, *tokens: str) -> tuple[Entry, ...]:
        """Senses of exactly these tokens."""
        for phrase, entries in self.phrases.get(tokens[0], ()):
            if phrase == tokens:
                return entries
        return ()


def languages() -> tuple[str, ...]:
    """Languages with tables of their own; others are read by their digits."""
    names = (item.name for item in _FOLDER.iterdir() if item.name != "symbols.toml")
    return tuple(sorted(name[:-5] for name in names if name.endswith(".toml")))


@cache
def lexicon(tag: str) -> Lexicon:
    """The lexicon of the language of a tag; marks and symbols alone where it has no table."""
    return _build(primary(tag))


@cache
def units() -> dict[str, tuple[str, Fraction]]:
    """Dimension of each unit and its size in the base unit of the dimension."""
    return {row[0]: (row[1], Fraction(row[2])) for row in _rows("units.tsv")}


@cache
def _cldr_units() -> dict[str, str]:
    return {row[0]: row[3] for row in _rows("units.tsv") if row[3] != "-"}


def cldr_unit(symbol: str) -> str | None:
    """Name of a unit in the Unicode CLDR, or ``None`` where it has none."""
    return _cldr_units().get(symbol)


@cache
def currency_codes() -> dict[str, tuple[str, ...]]:
    """Codes that a common word for money may mean."""
    return {row[0]: tuple(row[1].split()) for row in _rows("currencies.tsv")}


@cache
def _zones() -> dict[str, int]:
    return {row[0]: int(row[1]) for row in _rows("zones.tsv")}


def _rows(name: str) -> Iterator[list[str]]:
    for line in _FOLDER.joinpath(name).read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            yield line.split("\t")


@cache
def _symbols() -> dict[str, Any]:
    return tomllib.loads(_FOLDER.joinpath("symbols.toml").read_text("utf-8"))


@cache
def _cldr() -> dict[str, list[tuple[str, str, str]]]:
    table: dict[str, list[tuple[str, str, str]]] = defaultdict(list)
    for kind, lang, key, forms in _rows("cldr.tsv"):
        table[lang].append((kind, key, forms))
    return table


_NUMBERS = frozenset(
    {"cardinal", "native", "multiplier", "long", "short", "implied", "plus", "ordinal",
     "denominator", "multiple", "month", "weekday", "relative"}
)  # fmt: skip
_FRACTIONS = frozenset({"fraction", "fraction_of", "after", "before"})
_SPELLED = ("cardinal", "implied", "multiplier")


def _build(lang: str) -> Lexicon:
    name = f"{lang}.toml"
    path = _FOLDER.joinpath(name)
    known = lang in languages()
    table: dict[str, Any] = tomllib.loads(path.read_text("utf-8")) if known else {}
    found: dict[Phrase, list[Entry]] = defaultdict(list)
    stems: dict[str, list[Entry]] = defaultdict(list)
    writing = table.get("writing", {"decimal": ".,", "group": ".,' "})
    for kind, key, forms in _cldr().get(lang, ()):
        if kind == "unit":
            kept = (form for form in forms.split("|") if _is_unit_in_text(form, key))
            _add(found, stems, _entry(kind, key), "|".join(kept))
        else:
            _add(found, stems, _entry(kind, key), forms)
    for source in (_symbols(), table):
        for section, rows in source.items():
            if section == "writing":
                continue
            for key, forms in rows.items():
                if key != "order":
                    _add(found, stems, _entry(section, key), str(forms))
    for zone, minutes in _zones().items():
        found[tokens_of(zone)].append(Entry("zone", minutes))
    phrases: dict[str, list[tuple[Phrase, tuple[Entry, ...]]]] = defaultdict(list)
    for phrase, entries in found.items():
        phrases[phrase[0]].append((phrase, tuple(dict.fromkeys(entries))))
    blocked: dict[str, list[Phrase]] = defaultdict(list)
    for text in str(writing.get("not", "")).split("|"):
        if text:
            blocked[text[0]].append(tokens_of(text))
    return Lexicon(
        lang=lang,
        phrases={k: tuple(sorted(v, key=lambda item: -len(item[0]))) for k, v in phrases.items()},
        stems={k: tuple(dict.fromkeys(v)) for k, v in stems.items()},
        blocked={k: tuple(v) for k, v in blocked.items()},
        writing={**writing, "order": table.get("date", {}).get("order", "dmy")},
        counters=frozenset(tokens_of(t) for t in str(writing.get("counters", "")).split("|") if t),
        fused=_fused(table, writing),
        prefixes=tuple(
            sorted((fold(p) for p in writing.get("prefixes", "").split("|") if p), key=len)[::-1]
        ),
    )


def _is_unit_in_text(form: str, unit: str) -> bool:
    """Not the short forms that only a table understands: *l*, *in*, and *déc.*, a month."""
    if form[0] > "\u024f":
        return True
    return len(form) > 1 and form != "in" and (unit != "decade" or len(form) > 4)


def _add(
    found: dict[Phrase, list[Entry]], stems: dict[str, list[Entry]], entry: Entry, forms: str
) -> None:
    for form in _spellings(forms):
        if form.endswith("*"):
            stems[fold(form[:-1]).strip()].append(entry)
            continue
        phrase = tokens_of(form)
        if phrase:
            found[phrase].append(entry)
            if len(phrase) > 2 and phrase[-1] == ".":
                found[phrase[:-1]].append(entry)


def _spellings(forms: str) -> Iterator[str]:
    for form in forms.split("|"):
        yield form
        normal = unicodedata.normalize("NFC", form)
        if normal != form:
            yield normal
        # Devanagari letters with a dot have two encodings, and no normal form keeps the first.
        composed = normal
        for pair, letter in (("ड\u093c", "\u095c"), ("ढ\u093c", "\u095d"), ("ज\u093c", "\u095b"),
                             ("फ\u093c", "\u095e"), ("क\u093c", "\u0958")):  # fmt: skip
            composed = composed.replace(pair, letter)
        if composed != normal:
            yield composed


def tokens_of(text: str) -> Phrase:
    """The tokens of a phrase; a hyphen inside it is left out, as it is in texts."""
    folded = fold(text)
    tokens = TOKEN.findall(folded)
    if len(tokens) > 1:
        return tuple(token for token in tokens if token not in {"-", "'"})
    return tuple(tokens)


def _entry(section: str, key: str) -> Entry:
    if section in _NUMBERS:
        return Entry(section, int(key))
    if section in _FRACTIONS:
        return Entry(section, Fraction(key))
    if section == "vague":
        low, high = key.split("..")
        return Entry(section, (int(low), int(high)))
    if section == "dual":
        number, unit = key.split()
        return Entry(section, (int(number), unit))
    if section == "era":
        return Entry(section, key if key == "hijri" else int(key))
    if section in {"unit", "currency"}:
        return Entry(section, key)
    return Entry(f"{section}.{key}", key)


def _fused(table: Mapping[str, Any], writing: Mapping[str, Any]) -> frozenset[str]:
    if not writing.get("fused") and not writing.get("compounds"):
        return frozenset()
    forms = {
        fold(form)
        for section in _SPELLED
        for words in table.get(section, {}).values()
        for form in str(words).split("|")
        if " " not in form and not form.endswith(".")
    }
    if "unit_first" in writing:
        forms.add(fold(writing["unit_first"]))
    return frozenset(forms)
