"""What mtcheck knows about single languages: one table, no code.

Everything a later stage needs to know about a language it asks here, so that no check
ever compares a language tag. What is not listed takes the default of its script.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache

from mtcheck.errors import InputError


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


UNSPACED = frozenset({"zh", "ja", "th", "lo", "km", "my"})
"""Languages written without spaces between words."""

UNCASED = _words(
    "zh ja ko th lo km my ar fa ur ps he yi hi bn mr ne gu pa ta te kn ml si ka am ti "
)
"""Languages whose script has no capitals."""

ENCODER_LANGUAGES = _words(
    "af am ar as az be bg bn br bs ca cs cy da de el en eo es et eu fa fi fil fr fy ga gd gl gu "
    "ha he hi hr hu hy id is it ja jv ka kk km kn ko ku ky la lo lt lv mg mk ml mn mr ms my nb "
    "ne nl nn no or pa pl ps pt ro ru sa sd si sk sl so sq sr su sv sw ta te th tl tr ug uk ur "
    "uz vi xh yi zh "
)
"""Languages in the training data of the packaged encoder.

Source: Conneau et al. 2020, table 6 (the vocabulary and first training of multilingual E5).
"""

LOOKALIKES = (
    frozenset({"id", "ms", "jv", "su"}),
    frozenset({"hr", "sr", "bs", "sl", "me"}),
    frozenset({"no", "nb", "nn", "da", "sv"}),
    frozenset({"cs", "sk"}),
    frozenset({"es", "gl", "ca", "pt", "an", "ast", "oc"}),
    frozenset({"bg", "mk", "sr", "ru", "uk", "be"}),
    frozenset({"hi", "mr", "ne", "sa"}),
    frozenset({"fa", "ps", "ur", "ug", "ar", "ku", "sd"}),
    frozenset({"tr", "az"}),
    frozenset({"af", "nl", "fy"}),
    frozenset({"xh", "zu"}),
    frozenset({"tl", "fil"}),
    frozenset({"de", "lb", "fy"}),
)
"""Groups that language detection confuses; a vote inside one group is no contradiction."""


@dataclass(frozen=True, slots=True)
class Language:
    """Facts about one written language.

    Attributes:
        tag: Primary language subtag.
        spaced: Words are separated by spaces.
        cased: Capitals mark names.
        nouns_capitalized: Every noun has a capital, so a capital marks nothing.
        elisions: Short words glued to the next one by an apostrophe.
        enclitics: What is glued behind a word by an apostrophe.
        joins_hyphens: A hyphen makes one word of two (reduplication).
        abbreviations: Words that end in a full stop without ending a sentence, lower case.
        prefixes: Light prefixes to strip when comparing words, longest first.
        suffixes: Light suffixes to strip when comparing words, longest first.
        proclitics: Letters that may be glued to the front of any word, and may as well be
            part of it: both readings count.
        after_quotation: Words with which a sentence goes on behind a quotation that ends in a
            full stop.
    """

    tag: str
    spaced: bool = True
    cased: bool = True
    nouns_capitalized: bool = False
    elisions: frozenset[str] = frozenset()
    enclitics: frozenset[str] = frozenset()
    joins_hyphens: bool = False
    abbreviations: frozenset[str] = frozenset()
    prefixes: tuple[str, ...] = ()
    suffixes: tuple[str, ...] = ()
    proclitics: tuple[str, ...] = ()
    after_quotation: tuple[str, ...] = ()


_INDONESIAN = Language(
    tag="id",
    joins_hyphens=True,
    abbreviations=_words(
        "pt cv tbk rp jl ir dr drs dra prof h hj kh no tgl tlp hlm dsb dll dst yth "
        "s.h m.h s.e m.m m.si ph.d st k.h a.n d.a u.p jend letjen mayjen brigjen kol "
        "kompol akp iptu "
    ),
    # Roots are not sought: kementerian must not meet menteri.
    suffixes=("nya", "lah", "kah", "pun"),
)

_ARABIC_PREFIXES = ("وبال", "وال", "بال", "كال", "فال", "ولل", "لل", "ال")
_ARABIC_SUFFIXES = (
    "هما",
    "كما",
    "هم",
    "ها",
    "هن",
    "كم",
    "نا",
    "ات",
    "ون",
    "ين",
    "ية",
    "ه",
    "ة",
    "ي",
)
_ROMANCE_ELISIONS = _words("l d n s j m t c qu jusqu lorsqu puisqu quoiqu presqu")

_FACTS: dict[str, Language] = {
    "id": _INDONESIAN,
    "ms": replace(_INDONESIAN, tag="ms"),
    "en": Language(
        tag="en",
        enclitics=_words("s re ve ll d m t"),
        abbreviations=_words(
            "mr mrs ms dr prof gen lt col sgt capt maj gov sen rep hon rev st jr sr inc "
            "ltd co corp no vs jan feb mar apr jun jul aug sep sept oct nov dec u.s u.k "
            "u.n e.g i.e a.m p.m d.c brig adm cmdr ft mt approx dept est fig "
        ),
    ),
    "fr": Language(
        tag="fr",
        elisions=_ROMANCE_ELISIONS,
        abbreviations=_words(
            "m mm mme mlle dr me mgr st ste n av bd env p pp art janv févr juil sept oct nov déc "
        ),
    ),
    "it": Language(
        tag="it",
        elisions=_words("l d un dell nell all dall sull quell c s m t v gl quest sant bell "),
        abbreviations=_words("sig sigg dott prof avv ing on n art pag gen col"),
    ),
    "ca": Language(tag="ca", elisions=_words("l d n s m t")),
    "es": Language(
        tag="es",
        abbreviations=_words(
            "sr sra srta dr dra d prof gral cnel av avda n núm art pág ee.uu s.a ud uds "
        ),
    ),
    "pt": Language(
        tag="pt",
        abbreviations=_words("sr sra dr dra prof eng gen cel av n núm art pág s.a exmo"),
    ),
    "de": Language(
        tag="de",
        nouns_capitalized=True,
        abbreviations=_words(
            "dr prof hr fr nr str abs art bzw ca d.h z.b u.a usw vgl st jan feb apr aug "
            "sept okt nov dez mio mrd "
        ),
    ),
    "ja": Language(tag="ja", spaced=False, cased=False, after_quotation=("と", "って")),
    "nl": Language(tag="nl", abbreviations=_words("dhr mevr dr prof ir mr nr art blz")),
    "ru": Language(
        tag="ru",
        abbreviations=_words(
            "г гг в вв им ул д стр тыс млн млрд трлн руб долл т.е т.д т.п ст проф акад ген полк "
        ),
    ),
    "uk": Language(tag="uk", abbreviations=_words("р рр м ім вул тис млн млрд грн проф ст")),
    "tr": Language(
        tag="tr",
        enclitics=_words(
            "nin nın nun nün in ın un ün e a ye ya i ı u ü yi yı yu yü de da te ta den "
            "dan ten tan nde nda nden ndan ne na ni nı nu nü le la yle yla ler lar daki "
            "deki "
        ),
        abbreviations=_words("dr prof doç av no sok cad t.c"),
    ),
    "ar": Language(
        tag="ar",
        cased=False,
        prefixes=_ARABIC_PREFIXES,
        suffixes=_ARABIC_SUFFIXES,
        proclitics=("و", "ف", "ب", "ل", "ك"),
    ),
    "he": Language(
        tag="he", cased=False, prefixes=("וה", "שה", "ה"), proclitics=("ו", "ב", "ל", "מ", "ש", "כ")
    ),
}


@lru_cache(maxsize=256)
def canonical_tag(tag: str) -> str:
    """A BCP 47 tag in its usual spelling.

    Raises:
        InputError: There is no such language.
    """
    from babel import Locale
    from babel.core import UnknownLocaleError

    try:
        locale = Locale.parse(tag.strip().replace("_", "-"), sep="-", resolve_likely_subtags=True)
    except (UnknownLocaleError, ValueError, TypeError) as error:
        raise InputError(
            f"unknown language tag {tag!r}: use a BCP 47 tag such as id, en, zh-Hans, pt-BR"
        ) from error
    if locale is None:
        raise InputError(f"unknown language tag {tag!r}")
    given = tag.strip().replace("_", "-").split("-")
    parts = [given[0].lower()]
    parts += [p.title() if len(p) == 4 else p.upper() if len(p) == 2 else p for p in given[1:]]
    return "-".join(parts)


def primary(tag: str) -> str:
    """The language of a tag without script or region: ``zh-Hant-TW`` -> ``zh``."""
    return tag.split("-", 1)[0].lower()


@lru_cache(maxsize=256)
def language(tag: str) -> Language:
    """Facts about the language of a tag."""
    code = primary(tag)
    known = _FACTS.get(code)
    if known is not None:
        return known
    return Language(tag=code, spaced=code not in UNSPACED, cased=code not in UNCASED)


@lru_cache(maxsize=1024)
def script(tag: str) -> str | None:
    """Script of a tag, stated or likely for its region: ``zh-TW`` -> ``Hant``; ``None`` = open."""
    from babel.core import get_global

    parts = tag.split("-")[1:]
    stated = next((part.title() for part in parts if len(part) == 4 and part.isalpha()), None)
    if stated or not parts:
        return stated
    likely = get_global("likely_subtags").get(f"{primary(tag)}_{parts[0].upper()}")
    return str(likely).split("_")[1] if likely else None


def region(tag: str) -> str | None:
    """Region of a tag: ``en-GB`` -> ``GB``."""
    parts = tag.split("-")[1:]
    return next((p.upper() for p in parts if len(p) == 2 or (len(p) == 3 and p.isdigit())), None)


def same_language(a: str, b: str) -> bool:
    """Whether two tags may stand for one written language: regions apart, scripts not."""
    if primary(a) != primary(b):
        return False
    scripts = script(a), script(b)
    return None in scripts or scripts[0] == scripts[1]


def display_name(tag: str) -> str:
    """English name of a language, for messages."""
    from babel import Locale

    return str(Locale("en").languages.get(primary(tag), tag))


def lookalikes(first: str, second: str) -> bool:
    """Whether detection may take one language for the other."""
    a, b = primary(first), primary(second)
    return a == b or any(a in group and b in group for group in LOOKALIKES)
