"""From a text to the words of its numbers, units and dates, with all their senses."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import islice
from typing import Any

from mtcheck.values.lexicon import TOKEN, Entry, Lexicon, fold

_GAP = re.compile(r"[\s\u00ad\u200b-\u200f\u061c]{0,2}[-']?[\s\u00ad\u200b-\u200f\u061c]?")
_GROUPS = re.compile(r"\d{1,3}(?: \d{3})+(?!\d)")
_IDENTIFIER = re.compile(r"[^\W\d_]{1,10}-?\d+[^\W\d_]?(?![\w])")
_LONGEST_NUMERAL = 16
_LONGEST_WORD = 80
_MOST_SEGMENTATIONS = 60
_PROCLITIC_STEM = 2


@dataclass(frozen=True, slots=True)
class Lexeme:
    """A word or number with its senses.

    Attributes:
        start: First offset.
        end: One past the last.
        entries: Its senses; the sense ``digits`` carries readings as (value, step).
        glued: A particle for *and* is written in front of it as one word.
        upper: It begins with a capital letter.
        text: Its folded text.
        outer: Where the written word begins, if a particle stands in front; else -1.
    """

    start: int
    end: int
    entries: tuple[Entry, ...]
    glued: bool = False
    upper: bool = False
    text: str = ""
    outer: int = -1

    def get(self, category: str) -> Any | None:
        """The value of one sense, or ``None``."""
        for entry in self.entries:
            if entry.category == category:
                return entry.value
        return None

    def has(self, *categories: str) -> bool:
        """Whether it has any of some senses."""
        return any(entry.category in categories for entry in self.entries)

    def all(self, category: str) -> list[Any]:
        """The values of all senses of one category."""
        return [entry.value for entry in self.entries if entry.category == category]


@dataclass(frozen=True, slots=True)
class Lexed:
    """A text as lexemes.

    Attributes:
        text: The caller's text.
        folded: The same length, folded.
        lexemes: In text order, without overlaps.
        lexicon: The tables they come from.
    """

    text: str
    folded: str
    lexemes: Sequence[Lexeme]
    lexicon: Lexicon

    def near(self, left: int, right: int) -> bool:
        """Whether nothing but a blank or hyphen stands between two neighboring lexemes."""
        if not 0 <= left < len(self.lexemes) or not right < len(self.lexemes):
            return False
        following = self.lexemes[right]
        outer = following.start if following.outer < 0 else following.outer
        gap = self.folded[self.lexemes[left].end : outer]
        return not gap or _GAP.fullmatch(gap) is not None

    def touching(self, left: int, right: int) -> bool:
        """Whether two neighboring lexemes are written as one."""
        if not 0 <= left < len(self.lexemes) or not right < len(self.lexemes):
            return False
        return self.lexemes[left].end == self.lexemes[right].start

    def at(self, index: int) -> Lexeme | None:
        """The lexeme of an index, or ``None``."""
        return self.lexemes[index] if 0 <= index < len(self.lexemes) else None


def lex(text: str, lexicon: Lexicon) -> Lexed:
    """Find the words that the tables know, the longest first, and all digits."""
    folded = fold(text)
    tokens = [(m.start(), m.end(), m.group()) for m in TOKEN.finditer(folded)]
    found: list[Lexeme] = []
    k = 0
    while k < len(tokens):
        start, _, token = tokens[k]
        if "0" <= token[0] <= "9":
            lexeme = _digits(folded, start, lexicon)
            found.append(lexeme)
            k = _skip(tokens, k, lexeme.end)
            continue
        blocked = _blocked(tokens, k, lexicon, found)
        if blocked:
            k += blocked
            continue
        identifier = _identifier(text, folded, tokens, k, lexicon)
        if identifier is not None:
            found.append(identifier)
            k = _skip(tokens, k, identifier.end)
            continue
        k = _word(text, folded, tokens, k, lexicon, found)
    return Lexed(text, folded, found, lexicon)


Tokens = list[tuple[int, int, str]]


def _skip(tokens: Tokens, k: int, end: int) -> int:
    while k < len(tokens) and tokens[k][0] < end:
        k += 1
    return k


_SPELLED = frozenset({"cardinal", "multiplier"})


def _blocked(tokens: Tokens, k: int, lexicon: Lexicon, found: list[Lexeme]) -> int:
    """How many tokens from here are a word that only looks like a number; 0 inside a number."""
    for phrase in lexicon.blocked.get(tokens[k][2], ()):
        if tuple(token for _, _, token in tokens[k : k + len(phrase)]) != phrase:
            continue
        if found and found[-1].end == tokens[k][0] and found[-1].has("digits", *_SPELLED):
            return 0
        if k + len(phrase) < len(tokens) and any(
            entry.category in _SPELLED for entry in lexicon.exact(tokens[k + len(phrase)][2])
        ):
            return 0
        return len(phrase)
    return 0


def _word(
    text: str, folded: str, tokens: Tokens, k: int, lexicon: Lexicon, found: list[Lexeme]
) -> int:
    """Append what stands at a token, if anything, and return the next token."""
    start, end, token = tokens[k]
    upper = text[start].isupper()
    if lexicon.writing.get("word_start") and "\uac00" <= token[0] <= "\ud7a3":
        before = folded[start - 1] if start else " "
        follows = bool(found) and found[-1].end == start
        if not follows and "\uac00" <= before <= "\ud7a3":
            return k + 1
    match = _phrase(folded, tokens, k, lexicon)
    if match is not None:
        size, entries = match
        if all(entry.category == "multiple" for entry in entries):
            entries = _inflected_unit(token, start, found, lexicon) or entries
        last = tokens[k + size - 1][1]
        found.append(Lexeme(start, last, entries, upper=upper, text=folded[start:last]))
        return k + size
    best: tuple[int, Lexeme] | None = None
    for prefix in lexicon.prefixes:
        if token.startswith(prefix) and len(token) - len(prefix) >= _PROCLITIC_STEM:
            cut = [(start + len(prefix), end, token[len(prefix) :]), *tokens[k + 1 : k + 6]]
            match = _phrase(folded, cut, 0, lexicon)
            if match is not None and (best is None or match[0] > best[0]):
                size, entries = match
                last = cut[size - 1][1]
                glued = prefix[0] == "و"
                written = folded[cut[0][0] : last]
                lexeme = Lexeme(cut[0][0], last, entries, glued, text=written, outer=start)
                best = (size, lexeme)
    if best is not None:
        found.append(best[1])
        return k + best[0]
    entries = _stem(token, lexicon) or _inflected_unit(token, start, found, lexicon)
    if not entries and text[start:end].isupper() and (number := _roman(token)):
        entries = (Entry("roman", number),)
    if entries:
        found.append(Lexeme(start, end, entries, upper=upper, text=token))
    elif lexicon.fused and 3 < len(token) <= _LONGEST_WORD:
        found.extend(_compound(token, start, lexicon))
    return k + 1


def _phrase(
    folded: str, tokens: Tokens, k: int, lexicon: Lexicon
) -> tuple[int, tuple[Entry, ...]] | None:
    """How many tokens from here are a known phrase, and its senses."""
    for phrase, entries in lexicon.phrases.get(tokens[k][2], ()):
        size = 1
        position = k
        for wanted in phrase[1:]:
            position += 1
            if position < len(tokens) and tokens[position][2] in {"-", "'"} and wanted not in "-'":
                position += 1
            if position >= len(tokens) or tokens[position][2] != wanted:
                break
            gap = folded[tokens[position - 1][1] : tokens[position][0]]
            if gap and (not gap.isspace() or wanted[0] >= "\u3000"):
                break
            size += 1
        if size == len(phrase):
            # A symbol such as m must not be the beginning of a word cut by a mark: m'a.
            return position - k + 1, entries
    return None


def _stem(token: str, lexicon: Lexicon) -> tuple[Entry, ...]:
    if len(token) > _LONGEST_WORD:
        return ()
    for cut in range(len(token), 2, -1):
        entries = lexicon.stems.get(token[:cut])
        if entries:
            return entries
    suffixing = int(lexicon.writing.get("suffixing", 0))
    for cut in range(len(token) - 1, max(2, len(token) - suffixing - 1), -1):
        entries = lexicon.exact(token[:cut])
        kept = tuple(
            e
            for e in entries
            if e.category in {"unit", "currency"}
            or (e.category in {"month", "weekday"} and cut >= 4)
            or (e.category == "multiplier" and cut >= 5)
        )
        if kept:
            return kept
    return ()


def _inflected_unit(
    token: str, start: int, found: list[Lexeme], lexicon: Lexicon
) -> tuple[Entry, ...]:
    """The last digit of a number in words, with the ending of its case: *elli sekizi*."""
    suffixing = int(lexicon.writing.get("suffixing", 0))
    if not suffixing or len(token) > _LONGEST_WORD or not found or found[-1].end + 1 != start:
        return ()
    if (found[-1].get("cardinal") or 0) < 10 and not found[-1].has("multiplier"):
        return ()
    for cut in range(len(token) - 1, max(1, len(token) - suffixing - 1), -1):
        kept = tuple(e for e in lexicon.exact(token[:cut]) if e.category == "cardinal")
        if kept:
            return kept
    return ()


def _compound(token: str, start: int, lexicon: Lexicon) -> list[Lexeme]:
    """Numerals written as one word, with a unit behind them where there is one."""
    for pieces in _segmentations(token, lexicon):
        rest = token[pieces[-1][1] :]
        tail: tuple[Entry, ...] = ()
        if rest:
            tail = tuple(
                e
                for e in (*_stem(rest, lexicon), *lexicon.exact(rest))
                if e.category in {"unit", "currency", "ordinal"}
            )
        if not rest or tail:
            found = [
                Lexeme(start + a, start + b, lexicon.exact(token[a:b]), text=token[a:b])
                for a, b in pieces
            ]
            if tail:
                found.append(Lexeme(start + pieces[-1][1], start + len(token), tail, text=rest))
            return found if len(found) > 1 else []
    return []


def _segmentations(token: str, lexicon: Lexicon) -> Iterator[list[tuple[int, int]]]:
    """Numerals with which a word begins, the longest stretch first: *cent-ottanta*, not *cento*."""

    def continued(position: int) -> Iterator[list[tuple[int, int]]]:
        for end in range(min(len(token), position + _LONGEST_NUMERAL), position + 1, -1):
            if token[position:end] in lexicon.fused:
                for rest in continued(end):
                    yield [(position, end), *rest]
                yield [(position, end)]

    yield from islice(continued(0), _MOST_SEGMENTATIONS)


_ROMAN = re.compile(r"(?=.)(x{0,3})(ix|iv|v?i{0,3})")
_CYRILLIC_ROMAN = str.maketrans("хі", "xi")


def _roman(token: str) -> int:
    """Value of a Roman numeral up to 39, which numbers centuries and kings; 0 if it is none."""
    match = _ROMAN.fullmatch(token.translate(_CYRILLIC_ROMAN))
    if match is None:
        return 0
    ones = match.group(2)
    small = {"ix": 9, "iv": 4}.get(ones)
    if small is None:
        small = 5 * ones.startswith("v") + ones.count("i")
    return 10 * len(match.group(1)) + small


def _identifier(text: str, folded: str, tokens: Tokens, k: int, lexicon: Lexicon) -> Lexeme | None:
    """A name that holds a number: G20, F-16, Covid-19."""
    start, end, token = tokens[k]
    if token[0] >= "\u0530":  # scripts in which a particle may be glued to digits
        return None
    if not token[0].isalpha() or end >= len(folded) or lexicon.phrases.get(token):
        nxt = folded[end : end + 1]
        if not (nxt.isdigit() or nxt == "-") or not token[0].isalpha():
            return None
        entries = lexicon.exact(token)
        if any(e.category in {"currency"} or e.category.startswith("date.") for e in entries):
            return None
    match = _IDENTIFIER.match(folded, start)
    if match is None or (start and (folded[start - 1].isalnum())):
        return None
    written = text[start : match.end()]
    if "-" in written and written[: end - start].islower() and token not in {"covid"}:
        return None
    number = Fraction(re.search(r"\d+", match.group()).group())  # type: ignore[union-attr]
    entry = Entry("identifier", (number, match.group().replace("-", "")))
    return Lexeme(start, match.end(), (entry,), upper=True, text=match.group())


# ------------------------------------------------------------------------------------ digits

_MOST_DIGITS = 40
_MARKED = re.compile(r"\d+(?:[.,']\d+){0,14}")
_TAIL = re.compile(r"[.,](\d{1,2})(?!\d)")
_PLAIN = re.compile(r"\d+")


def _digits(folded: str, start: int, lexicon: Lexicon) -> Lexeme:
    """The number that begins at an offset, with every reading its marks admit."""
    if " " in lexicon.writing.get("group", ""):
        spaced = _GROUPS.match(folded, start)
        if spaced is not None and not (start and folded[start - 1] in ".,"):
            end = spaced.end()
            tail = _TAIL.match(folded, end)
            whole = int(spaced.group().replace(" ", ""))
            value, step = Fraction(whole), Fraction(1)
            if tail is not None:
                step = Fraction(1, 10 ** len(tail.group(1)))
                value += int(tail.group(1)) * step
                end = tail.end()
            return _number(folded, start, end, [(value, step)])
    match = _MARKED.match(folded, start)
    assert match is not None
    run = match.group()
    readings = _readings(run, lexicon)
    end = match.end()
    if not readings:
        plain = _PLAIN.match(folded, start)
        assert plain is not None
        end = plain.end()
        if end - start > _MOST_DIGITS:
            return Lexeme(start, end, (Entry("digits.long", None),), text=folded[start:end])
        readings = [(Fraction(int(plain.group())), Fraction(1))]
    return _number(folded, start, end, readings)


def _number(folded: str, start: int, end: int, readings: list[tuple[Fraction, Fraction]]) -> Lexeme:
    return Lexeme(start, end, (Entry("digits", tuple(readings)),), text=folded[start:end])


def _readings(run: str, lexicon: Lexicon) -> list[tuple[Fraction, Fraction]]:
    """Value and unit of the last digit of each reading; empty if it is no one number."""
    marks = re.findall(r"[.,']", run)
    parts = re.split(r"[.,']", run)
    if not marks:
        return [(Fraction(int(run)), Fraction(1))] if len(run) <= _MOST_DIGITS else []
    grouped = [len(part) == 3 for part in parts[1:]]
    indian = all(len(p) == 2 for p in parts[1:-1]) and len(parts[-1]) == 3
    whole = 1 <= len(parts[0]) <= 3 and parts[0] != "0" and not parts[0].startswith("00")

    def decimal(pieces: list[str]) -> tuple[Fraction, Fraction]:
        step = Fraction(1, 10 ** len(pieces[-1]))
        return int("".join(pieces[:-1])) + int(pieces[-1]) * step, step

    if len(set(marks)) == 1:
        found = []
        if whole and (all(grouped) or indian):
            found.append((Fraction(int("".join(parts))), Fraction(1)))
        if len(marks) == 1 and marks[0] != "'":
            # 1.300 in a language that groups by the point is no decimal number; where the point
            # is the decimal mark, a translation may still have copied the grouping.
            is_decimal = marks[0] in lexicon.writing.get("decimal", "")
            if is_decimal or not found:
                found.append(decimal(parts))
        return found
    if marks[-1] not in marks[:-1] and len(set(marks[:-1])) == 1:
        inner = parts[:-1]
        if all(len(p) == 3 for p in inner[1:]) or (
            all(len(p) == 2 for p in inner[1:-1]) and len(inner[-1]) == 3
        ):
            return [decimal(["".join(inner), parts[-1]])]
    return []
