"""Countries, cities, languages, currencies and international bodies by their names.

Formal names come from CLDR (the package Babel), in any language it has. Short forms, inhabitants,
capitals and bodies are our own tables; large cities in other scripts come from GeoNames; bodies
of the concept table are used as they stand there. An entity has one identifier whatever the
language: ``country:DE``, ``city:ID.surabaya``, ``lang:ar``, ``currency:IDR``, ``int.who``.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources

from mtcheck.names.parts import plain, words_of
from mtcheck.names.scripts import KANA, LATIN, script_of, script_of_character
from mtcheck.text.languages import primary

LANGUAGES = ("en", "id", "zh", "ja", "ar", "fr", "es", "de", "ru", "pt", "ko")
"""Languages of our own tables."""

_ASKED = {
    LATIN: (*LANGUAGES, "ms", "it", "nl", "tr", "vi", "pl", "sv", "cs", "ro", "hu", "fil"),
    "cyrillic": ("ru", "uk", "bg", "sr", "kk"), "arabic": ("ar", "fa", "ur"), "han": ("zh", "ja"),
    "kana": ("ja",), "hangul": ("ko",), "hebrew": ("he",), "greek": ("el",), "thai": ("th",),
    "devanagari": ("hi", "mr", "ne"), "indic": ("bn", "ta", "te", "gu", "kn", "ml", "si", "pa"),
    "georgian": ("ka",), "armenian": ("hy",), "myanmar": ("my",), "khmer": ("km",), "lao": ("lo",),
}  # fmt: skip
"""Languages that are searched where the caller names none."""

_TABLES = ("countries.tsv", "cities.tsv", "bodies.tsv")
_KINDS = {"int": "body"}
_SLUG = re.compile(r"[^a-z0-9]+")
_ARTICLE = "ال"
_LONGEST_PHRASE = 6
"""Words; the longest phrase that is worth finding inside a name (DR Congo, New York City)."""
_LONGEST_UNSPACED = 10
"""Characters of a country's name that is worth finding inside a string without spaces."""


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Entity:
    """Something the gazetteer knows.

    Attributes:
        id: Identifier, the same in all languages.
        kind: ``country``, ``region``, ``city``, ``lang``, ``currency`` or ``body``.
        demonym: The name is an adjective or an inhabitant (*French*), not the name itself.
    """

    id: str
    kind: str
    demonym: bool = False


def lookup(text: str, lang: str | None = None) -> tuple[Entity, ...]:
    """Everything that a whole string may name.

    Args:
        text: A name. An acronym counts only in capitals: AS is the United States in Indonesian,
            *as* is a word.
        lang: BCP 47 tag; ``None`` searches the large languages of the script.

    Returns:
        Entities sorted by identifier; empty for a name that is not known.
    """
    return _lookup(text.strip()[:200], primary(lang) if lang else None)


def label(entity: str, lang: str = "en") -> str:
    """The usual name of an entity in one of our languages; the identifier where it has none."""
    formal = dict(_cldr(lang)).get(entity)
    if formal and not entity.startswith("city:"):
        return formal[0]
    own = _own(lang).get(entity) or formal
    return own[0] if own else _world_cities()[1].get(entity, entity)


@lru_cache(maxsize=32768)
def _lookup(text: str, lang: str | None) -> tuple[Entity, ...]:
    script = script_of(text)
    if script is None:
        return ()
    key = gazetteer_key(text, script)
    if not key:
        return ()
    return _by_key(key, text.isupper() and len(key) > 1, script, lang)


@lru_cache(maxsize=32768)
def _by_key(key: str, shouted: bool, script: str, lang: str | None) -> tuple[Entity, ...]:
    """Entities of a folded name; ``shouted``: it is written in capitals."""
    found: set[Entity] = set()
    for asked in (lang,) if lang else _ASKED.get(script, ()):
        index = _index(asked)
        found.update(index.get(key, ()))
        if shouted:
            found.update(index.get("!" + key, ()))
        if not (shouted and len(key) <= 4):
            found.update(_demonym_table(asked).get(key, ()))
    if script != LATIN:
        found.update(_world_cities()[0].get(key, ()))
    elif not found and lang not in (None, "en"):
        # English acronyms and names are used in every language.
        found.update(_index("en").get("!" + key if shouted else key, ()))
    if len(found) < 2:
        return tuple(found)
    # A name outranks the adjective of the same entity.
    names = {e.id for e in found if not e.demonym}
    return tuple(sorted(e for e in found if not e.demonym or e.id not in names))


def phrases(words: tuple[tuple[str, str], ...], lang: str | None) -> tuple[Entity, ...]:
    """Countries, regions and cities named inside a longer name, longest phrase first.

    Args:
        words: Each word of the name in order, as written and folded.
        lang: Language of the name.
    """
    found: list[Entity] = []
    start = 0
    script = script_of(words[0][0]) if words else None
    while script and start < len(words):
        step = 1
        for size in range(min(_LONGEST_PHRASE, len(words) - start), 0, -1):
            key = "".join(folded for _, folded in words[start : start + size])
            # A single short word is too often something else (AS in a company's name).
            if size == len(words) or len(key) < 3:
                continue
            shouted = all(text.isupper() for text, _ in words[start : start + size])
            places = [
                e
                for e in _by_key(key, shouted, script, lang)
                if e.kind in ("country", "region", "city")
            ]
            if places:
                found += places
                step = size
                break
        start += step
    return tuple(dict.fromkeys(found))


def inside_unspaced(text: str, lang: str | None) -> tuple[Entity, ...]:
    """Countries and regions named inside a string without spaces, longest first."""
    found: list[Entity] = []
    start = 0
    starts = _country_starts(lang)
    while start < len(text):
        step = 1
        sizes = range(min(_LONGEST_UNSPACED, len(text) - start), 1, -1)
        for size in sizes if _folded_start(text[start]) in starts else ():
            if size == len(text) or _cuts_kana(text, start, start + size):
                continue
            places = [
                e
                for e in lookup(text[start : start + size], lang)
                if e.kind in ("country", "region")
            ]
            if places:
                found += places
                step = size
                break
        start += step
    return tuple(dict.fromkeys(found))


def _folded_start(character: str) -> str:
    return gazetteer_key(character, script_of(character) or LATIN)[:1]


@cache
def _country_starts(lang: str | None) -> frozenset[str]:
    """First characters of the folded names of countries and regions."""
    langs = (lang,) if lang else ("zh", "ja", "th", "lo", "my", "km")
    return frozenset(
        key.lstrip("!")[:1]
        for asked in langs
        for key, entities in _index(asked).items()
        if any(e.kind in ("country", "region") for e in entities)
    )


def _cuts_kana(text: str, start: int, end: int) -> bool:
    """Whether a piece begins or ends inside a word in kana: there is no Mali in マリア."""
    return any(
        0 < k < len(text) and all(script_of_character(c) == KANA for c in text[k - 1 : k + 1])
        for k in (start, end)
    )


@lru_cache(maxsize=65536)
def gazetteer_key(text: str, script: str) -> str:
    """A name folded: no case, diacritics, spaces or punctuation."""
    return plain(re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", text)), script)


@cache
def generic_words(lang: str) -> dict[str, frozenset[str]]:
    """Kinds of places and bodies by folded word of one language (*gunung*, *Mount*)."""
    found: dict[str, set[str]] = defaultdict(set)
    for columns, cells in _rows("generic.tsv"):
        if lang in columns:
            for form in _forms(cells[columns.index(lang)]):
                found[gazetteer_key(form, script_of(form) or LATIN)].add(cells[0])
    return {key: frozenset(kinds) for key, kinds in found.items()}


def city_id(country: str, english: str) -> str:
    """Identifier of a city: that of our own table where its English name stands there."""
    own = _own_cities().get((country, gazetteer_key(english, LATIN)))
    if own:
        return own
    plain_name = gazetteer_key(english, LATIN).removesuffix("city") if " " in english else ""
    own = _own_cities().get((country, plain_name)) if plain_name else None
    ascii_name = unicodedata.normalize("NFD", english.lower()).encode("ascii", "ignore").decode()
    return own or f"city:{country}.{_SLUG.sub('-', ascii_name).strip('-')}"


def _kind(entity: str) -> str:
    head = re.split(r"[:.]", entity, maxsplit=1)[0]
    return _KINDS.get(head, head)


def _rows(name: str) -> Iterator[tuple[list[str], list[str]]]:
    """(columns, cells) of each row of one of our tables."""
    path = resources.files("mtcheck").joinpath("data/names", name)
    columns: list[str] = []
    for line in path.read_text("utf-8").splitlines():
        if line.startswith("#"):
            continue
        cells = line.split("\t")
        if not columns:
            columns = cells
            continue
        yield columns, cells


def _forms(cell: str) -> list[str]:
    return [form.strip() for form in cell.split("|") if form.strip()]


@cache
def _own(lang: str) -> dict[str, tuple[str, ...]]:
    """Names of our own tables and of the bodies in the concept table, by entity."""
    found: dict[str, list[str]] = defaultdict(list)
    from mtcheck.concepts import load_concepts

    for concept in load_concepts().values():
        if concept.id.startswith("int.") and concept.kind == "institution":
            found[concept.id] += concept.terms.get(lang, ())
    for name in _TABLES:
        for columns, cells in _rows(name):
            if lang in columns:
                found[cells[0]] += _forms(cells[columns.index(lang)])
    return {entity: tuple(dict.fromkeys(names)) for entity, names in found.items() if names}


@cache
def _own_cities() -> dict[tuple[str, str], str]:
    """Entity by country and folded English name, of our own table."""
    found = {}
    for columns, cells in _rows("cities.tsv"):
        country = cells[0].removeprefix("city:").split(".")[0]
        for form in _forms(cells[columns.index("en")]):
            found[country, gazetteer_key(form, LATIN)] = cells[0]
    return found


@cache
def _cldr(lang: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """(entity, names) that CLDR has in one language."""
    from babel import Locale, UnknownLocaleError
    from babel.core import get_global

    try:
        locale = Locale.parse(lang)
    except (UnknownLocaleError, ValueError):
        return ()
    english = Locale.parse("en")
    found: list[tuple[str, tuple[str, ...]]] = []
    for code, name in locale.territories.items():
        if (
            code.isalpha()
            and len(code) == 2
            and code not in ("EU", "EZ", "UN", "QO", "XA", "XB", "ZZ")
        ):
            found.append((f"country:{code}", (name,)))
        elif code.isdigit():
            found.append((f"region:{code}", (name,)))
    found += [
        (f"lang:{code}", (name,)) for code, name in locale.languages.items() if "_" not in code
    ]
    found += [(f"currency:{code}", (name,)) for code, name in locale.currencies.items()]
    territories = get_global("zone_territories")
    for zone, names in locale.time_zones.items():
        city = names.get("city")
        country = territories.get(zone)
        there = english.time_zones.get(zone, {}).get("city") or zone.rsplit("/", 1)[-1]
        if city and country and "," not in city and not zone.startswith(("Antarctica", "Etc")):
            there = there.replace("_", " ")
            if zone.count("/") == 1:
                found.append((city_id(country, there), (city,)))
    return tuple(found)


@cache
def _index(lang: str) -> dict[str, frozenset[Entity]]:
    """Entities by folded name; acronyms are under their name with "!" before it."""
    index: dict[str, set[Entity]] = defaultdict(set)
    articles = words_of("article", lang)
    sources = [*_own(lang).items(), *_cldr(lang), *_zone_english(lang)]
    for entity, names in sources:
        for name in names:
            script = script_of(name)
            if script is None:
                continue
            for form in _with_and_without_article(name, articles):
                key = gazetteer_key(form, script)
                # CLDR has codes where a language has no name.
                if key:
                    shouted = form.replace(".", "").replace(" ", "")
                    acronym = shouted.isupper() and shouted.isalpha() and len(shouted) <= 7
                    cased = script in (LATIN, "cyrillic", "greek")
                    index["!" + key if acronym and cased else key].add(
                        Entity(id=entity, kind=_kind(entity))
                    )
    return {key: frozenset(found) for key, found in index.items()}


def _zone_english(lang: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Cities of the time zone list whose name in a Latin language is the zone's own."""
    from babel import Locale
    from babel.core import get_global

    if script_of(next(iter(_own(lang).values()), ("a",))[0]) != LATIN:
        return
    english = Locale.parse("en").time_zones
    for zone, country in sorted(get_global("zone_territories").items()):
        if zone.count("/") == 1 and not zone.startswith(("Antarctica", "Etc", "Arctic")):
            name = zone.rsplit("/", 1)[-1].replace("_", " ")
            yield city_id(country, english.get(zone, {}).get("city") or name), (name,)


def _with_and_without_article(name: str, articles: frozenset[str]) -> Iterator[str]:
    yield name
    first, _, rest = name.partition(" ")
    if rest and first.lower() in articles:
        yield rest
    if name.startswith(_ARTICLE) and len(name) > 4:
        yield name.removeprefix(_ARTICLE)


@cache
def _demonym_table(lang: str) -> dict[str, frozenset[Entity]]:
    """Countries by each folded form of an adjective or inhabitant, stems with all endings."""
    table: dict[str, set[Entity]] = defaultdict(set)
    endings: list[str] = []
    for columns, cells in _rows("demonyms.tsv"):
        if lang not in columns:
            return {}
        forms = _forms(cells[columns.index(lang)])
        if cells[0] == "@":
            endings = ["", *forms]
            continue
        entity = Entity(id=cells[0], kind="country", demonym=True)
        for form in forms:
            stem = form.removesuffix("*")
            script = script_of(stem) or LATIN
            for ending in endings if form.endswith("*") else ("",):
                table[gazetteer_key(stem + ending, script)].add(entity)
    return {key: frozenset(found) for key, found in table.items()}


@cache
def _world_cities() -> tuple[dict[str, frozenset[Entity]], dict[str, str]]:
    """Large cities by folded name in scripts other than Latin, and their English names."""
    index: dict[str, set[Entity]] = defaultdict(set)
    labels: dict[str, str] = {}
    path = resources.files("mtcheck").joinpath("data/names/world_cities.tsv")
    if not path.is_file():  # while the table itself is being derived
        return {}, {}
    for line in path.read_text("utf-8").splitlines():
        if line.startswith("#"):
            continue
        entity, english, forms = line.split("\t")
        labels[entity] = english
        for form in _forms(forms):
            index[gazetteer_key(form, script_of(form) or LATIN)].add(Entity(id=entity, kind="city"))
    return {key: frozenset(found) for key, found in index.items()}, labels
