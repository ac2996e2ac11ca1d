"""A name taken apart: words, titles, particles, initials, acronyms, forms it has in a sentence."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, lru_cache
from importlib import resources

from mtcheck.names.scripts import HAN, KANA, LATIN, han_variants, script_of, symbols
from mtcheck.text.languages import UNSPACED, primary

LONGEST_NAME = 300
"""Characters; the longest official name of a state or body that we know of has 110."""
LONGEST_WORDS = 24

_ANY = "*"
_SPLIT = re.compile(r"[\s\u00a0·・•‧･=＝/,،、;()（）\[\]«»\"“”„「」『』《》<>:]+")
_HYPHENS = re.compile(r"(?<=\w)[-‐‑‒–—־](?=\w)")
_APOSTROPHE = re.compile(r"^(.{2,})['’ʼ](\w{1,5})$")
_ELISION = re.compile(r"^(?:d|l|dell|all|nell|sull|qu|o)['’](?=\w{2})", re.I)
_ARABIC_ARTICLE = re.compile(
    r"^(?:al|el|as|ash|ad|an|ar|at|az|аль|эль|ас|аш|ад|ар)[-‐‑–'’](?=\w)", re.I
)
_INITIAL = re.compile(r"^(?:\w\.)+\w?$|^\w$")
_ACRONYM = re.compile(r"^(?:[^\W\d_]\.?){2,8}(?:-?\d{1,2})?$")
_SCRIPT_LANG = {
    "cyrillic": "ru", "arabic": "ar", "hebrew": "he", "hangul": "ko", "thai": "th", "greek": "el",
    "devanagari": "hi", KANA: "ja", HAN: "zh",
}  # fmt: skip
"""Language whose endings and titles are tried where the caller gives none."""


class Role(StrEnum):
    """What a word does in a name."""

    NAME = "name"
    INITIAL = "initial"
    TITLE = "title"
    PARTICLE = "particle"


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """One word of a name.

    Attributes:
        text: As written, without quotation marks and brackets.
        role: What it does.
        readings: Forms it may stand for; the first is the word itself.
        key: The word folded: equal keys are one word.
    """

    text: str
    role: Role
    readings: tuple[str, ...]
    key: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Name:
    """A name taken apart.

    Attributes:
        text: As the caller wrote it.
        lang: Primary language subtag; ``None`` where it is not known.
        script: Script of most letters; ``None`` where there is no letter.
        words: Its words in order.
        key: All words folded and joined, without titles and articles: equal keys, one name.
        acronym: Its letters, upper case, if it is written as an acronym, otherwise empty.
    """

    text: str
    lang: str | None
    script: str | None
    words: tuple[Word, ...]
    key: str
    acronym: str

    @property
    def core(self) -> tuple[Word, ...]:
        """Words that must be accounted for; all words if there are only titles."""
        return tuple(w for w in self.words if w.role in (Role.NAME, Role.INITIAL)) or self.words


@cache
def _words() -> dict[str, dict[str, frozenset[str]]]:
    """Role -> language -> forms."""
    table: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    path = resources.files("mtcheck").joinpath("data/names/words.tsv")
    for line in path.read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            langs, role, forms = line.split("\t")
            for lang in langs.split():
                table[role][lang].update(form.strip() for form in forms.split("|"))
    return {
        role: {lang: frozenset(forms) for lang, forms in by_lang.items()}
        for role, by_lang in table.items()
    }


@cache
def words_of(role: str, lang: str | None) -> frozenset[str]:
    """Forms of one role: those of the language, or of all languages where it is not known."""
    by_lang = _words().get(role, {})
    common = by_lang.get(_ANY, frozenset())
    if lang is None:
        return common.union(*by_lang.values())
    return common | by_lang.get(lang, frozenset())


@cache
def _endings(lang: str) -> tuple[tuple[str, bool, tuple[str, ...]], ...]:
    """(ending, it is a prefix, replacements) of one language, longest first."""
    rows = []
    path = resources.files("mtcheck").joinpath("data/names/endings.tsv")
    for line in path.read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            langs, ending, replacements = line.split("\t")
            if lang in langs.split():
                new = tuple("" if r == "-" else r for r in replacements.split("|"))
                rows.append((ending.lstrip("^"), ending.startswith("^"), new))
    return tuple(sorted(rows, key=lambda row: (-len(row[0]), row)))


def fold_word(word: str, script: str | None) -> str:
    """A word without case, diacritics, points and variants of one character."""
    if script is None:
        return unicodedata.normalize("NFKC", word).casefold().strip()
    return "".join(symbols(word, script)) or unicodedata.normalize("NFKC", word).casefold()


def plain(word: str, script: str | None) -> str:
    """A folded word with Latin letters reduced to ASCII; two spellings of one key are one name."""
    folded = fold_word(word, script)
    if script != LATIN:
        return folded
    decomposed = unicodedata.normalize("NFD", folded.replace("ø", "o").replace("ł", "l"))
    return "".join(c for c in decomposed if not unicodedata.combining(c))


def unspaced(name: Name) -> bool:
    """Whether the script of a name puts no space between its words."""
    return name.script in (HAN, KANA, "thai", "lao", "khmer", "myanmar")


@lru_cache(maxsize=16384)
def take_apart(text: str, lang: str | None) -> Name:
    """Take a name apart.

    Args:
        text: Any string.
        lang: BCP 47 tag or ``None``.
    """
    lang = primary(lang) if lang else None
    shown = unicodedata.normalize("NFKC", text[:LONGEST_NAME]).replace("\u200c", "")
    shown = "".join(c for c in shown if unicodedata.category(c) not in ("Cf", "Cc") or c.isspace())
    script = script_of(shown)
    rules_lang = lang or _SCRIPT_LANG.get(script or "")
    pieces = [p for p in _SPLIT.split(shown) if any(c.isalnum() for c in p)]
    posts = words_of("post", lang)
    pieces = [
        part
        for number, piece in enumerate(pieces)
        # Degrees (M.Si., Ph.D.) go before their full stops part them.
        if not (number and "." in piece and piece.replace(".", "").lower() in posts)
        for part in _pieces(piece, script)
    ][:LONGEST_WORDS]
    roles = _roles(pieces, script, lang)
    words = []
    for piece, role in zip(pieces, roles, strict=True):
        own = script_of(piece) or script
        words.append(
            Word(
                text=piece,
                role=role,
                readings=_readings(piece, own, rules_lang),
                key=plain(piece, own),
            )
        )
    kept = [w.key for w in words if w.role in (Role.NAME, Role.INITIAL)] or [w.key for w in words]
    return Name(
        text=text,
        lang=lang,
        script=script,
        words=tuple(words),
        key="".join(kept),
        acronym=_acronym(shown.strip(), script),
    )


def _pieces(piece: str, script: str | None) -> list[str]:
    """Words inside a piece between spaces: hyphens part them, articles are let go."""
    piece = piece.strip(".,!?…*_~|'’‘`´ʼ") if not _INITIAL.match(piece) else piece
    piece = _ELISION.sub("", _ARABIC_ARTICLE.sub("", piece))
    if script == LATIN and _ACRONYM.match(piece) and piece.isupper():
        return [piece]
    parts = _HYPHENS.sub(" ", piece).split()
    return [p for part in parts for p in _dotted(part) if p]


def _dotted(part: str) -> list[str]:
    """``J.R.Smith`` is two initials and a word; ``U.S.`` stays one."""
    if _INITIAL.match(part) or "." not in part.strip("."):
        return [
            part.strip(".") if len(part.strip(".")) > 1 and "." not in part.strip(".") else part
        ]
    return [p for p in re.split(r"(?<=\.)", part) if p.strip(".")]


@cache
def _particles(lang: str | None) -> frozenset[str]:
    return words_of("particle", lang) | words_of("article", lang) | words_of("joiner", lang)


def _roles(pieces: list[str], script: str | None, lang: str | None) -> list[Role]:
    """The role of each word; a title needs a name behind it, a particle is never all there is."""
    titles, posts = words_of("title", lang), words_of("post", lang)
    particles = _particles(lang)
    roles = []
    for number, piece in enumerate(pieces):
        word = piece.lower().strip(".'’")
        last = number == len(pieces) - 1
        lower = piece[:1].islower() or not _cased(script)
        dotted = len(word) == 1 and (
            piece[:1].isupper()
            if _cased(script)
            else piece.endswith(".") and script in ("arabic", "hebrew", "devanagari", "indic")
        )
        if dotted and len(pieces) > 1 and not (lang and word in titles):
            # An article or particle of some language is a letter too (A., E., O.).
            roles.append(Role.INITIAL)
        elif len(pieces) > 1 and (
            (word in titles and (not last or not _cased(script))) or (word in posts and number)
        ):
            roles.append(Role.TITLE)
        elif (
            len(pieces) > 1
            and not last
            and (word in particles)
            and (lower or number == 0 or len(word) <= 4)
        ):
            roles.append(Role.PARTICLE)
        elif _INITIAL.match(piece) and _cased(script) and piece[:1].isupper() and len(pieces) > 1:
            roles.append(Role.INITIAL)  # J.R.
        else:
            roles.append(Role.NAME)
    if Role.NAME not in roles:
        # Nothing but titles and particles: the last of them is the name (King; Van).
        return [Role.NAME if role != Role.INITIAL else role for role in roles]
    return roles


def _cased(script: str | None) -> bool:
    return script in (LATIN, "cyrillic", "greek", "armenian")


def _acronym(text: str, script: str | None) -> str:
    """Letters of a string that is written as an acronym; empty for everything else."""
    if not _cased(script) or not _ACRONYM.match(text):
        return ""
    letters = text.replace(".", "")
    small = letters.rstrip("s")  # NGOs
    if letters.isupper() or (len(small) > 1 and small.isupper()):
        return letters if letters.isupper() else small
    return letters.upper() if "." in text.strip(".") else ""


@lru_cache(maxsize=32768)
def _readings(word: str, script: str | None, lang: str | None) -> tuple[str, ...]:
    """The word, and the forms it may be an inflection of."""
    found = [word]
    cut = _APOSTROPHE.match(word)
    if cut:
        found.append(cut[1])
    if lang is None:
        return tuple(found)
    lower = word.lower()
    if lang in UNSPACED or script == HAN:
        for suffix in words_of("suffix", lang):
            if word.endswith(suffix) and len(word) - len(suffix) >= 2:
                found.append(word.removesuffix(suffix))
        for prefix in words_of("prefix", lang):
            if word.startswith(prefix) and len(word) - len(prefix) >= 2:
                found.append(word.removeprefix(prefix))
    elif script == "hangul":
        for suffix in words_of("suffix", lang):
            if word.endswith(suffix) and len(word) - len(suffix) >= 2:
                found.append(word.removesuffix(suffix))
    for ending, is_prefix, replacements in _endings(lang):
        if is_prefix:
            if lower.startswith(ending) and len(word) - len(ending) >= 3:
                found += [new + word[len(ending) :] for new in replacements]
        elif lower.endswith(ending) and len(word) - len(ending) >= (1 if script == "hangul" else 2):
            found += [word[: len(word) - len(ending)] + new for new in replacements]
    return tuple(dict.fromkeys(found))


def joined(words: tuple[Word, ...]) -> str:
    """Words written as one, as unspaced scripts do."""
    return "".join(w.text.strip(".") for w in words)


def folded_han(text: str) -> str:
    """Han characters in one form, whatever the country."""
    table = han_variants()
    return "".join(table.get(c, c) for c in text)
