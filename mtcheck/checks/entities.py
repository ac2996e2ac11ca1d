"""Checks of names (ENT)."""

from __future__ import annotations

from typing import Any, ClassVar

from mtcheck.alignment import LINK_THRESHOLD
from mtcheck.analysis import PairAnalysis
from mtcheck.checks.base import Rule
from mtcheck.checks.consistency import inconsistency
from mtcheck.document import Mention, Side, Span
from mtcheck.entities.verdicts import Fate, NameVerdict
from mtcheck.issues import Issue, Severity
from mtcheck.ledger import Rendering
from mtcheck.names.gazetteer import label, lookup
from mtcheck.names.romanize import romanize
from mtcheck.names.scripts import HAN, LATIN, script_of
from mtcheck.renderings import RenderingKey
from mtcheck.text.languages import language
from mtcheck.text.words import is_content

_LEAST_EXPECTED = 2
_LEAST_WORDS = 2
_LEAST_CHARACTERS = 3


class EntityMistranslated:
    """A name of the source is another name in the translation.

    What it finds:
        A person, organization or place whose counterpart is a different name, or the name
        misspelled beyond what spellings allow: nothing in the aligned sentence renders the
        name, and what stands there renders nothing else of the source.

    Why it matters:
        The story accuses, quotes or moves the wrong one.

    Example:
        *Tikrit, ibu kota provinsi* and *the provincial capital of Baquba*.

    Does not find:
        Short forms, role nouns (*the ministry*), exonyms and other spellings of the same name;
        a wrong name that sounds like the right one.

    Options:
        None.
    """

    rule: ClassVar[Rule] = Rule(
        code="ENT101",
        name="entity-mistranslated",
        category="Accuracy/Mistranslation",
        severity=Severity.MAJOR,
    )

    def run(self, analysis: PairAnalysis) -> list[Issue]:
        """Issues of one article."""
        # Where the article has the usual name elsewhere, entity-inconsistent says more.
        competing = {
            place for entry in analysis.ledger for r in entry.competing for place in r.places
        }
        return [
            self.rule.issue(
                f"The source names {_shown(analysis, verdict.source)} here, the translation has "
                f"“{verdict.target.span.text}”. Nothing else in the sentence stands for either.",
                source=verdict.source.span,
                target=verdict.target.span,
                suggestions=_usual_names(analysis, verdict.source),
                evidence=_name_evidence(verdict),
            )
            for verdict in analysis.name_verdicts
            if verdict.fate is Fate.MISTRANSLATED
            and verdict.source
            and verdict.target
            and not any(verdict.target.span.overlaps(place) for place in competing)
        ]


class EntityOmitted:
    """A name of the source is missing in the translation.

    What it finds:
        A person, organization or place that nothing in the aligned sentence renders, not even
        a pronoun or a role noun that the alignment links to it.

    Why it matters:
        The reader does not learn who it was.

    Example:
        *kata Menteri Retno di Kairo* and *the minister said*.

    Does not find:
        Names in sentences without a counterpart, and names that a description renders.

    Options:
        None.
    """

    rule: ClassVar[Rule] = Rule(
        code="ENT102",
        name="entity-omitted",
        category="Accuracy/Omission",
        severity=Severity.MINOR,  # translators leave out and add names with good reason
    )

    def run(self, analysis: PairAnalysis) -> list[Issue]:
        """Issues of one article."""
        return [
            self.rule.issue(
                f"The source names {_shown(analysis, verdict.source)}, the translation of the "
                "sentence does not.",
                source=verdict.source.span,
                target=_place_of(analysis, verdict.source.span),
                suggestions=_usual_names(analysis, verdict.source),
                evidence=_name_evidence(verdict),
            )
            for verdict in analysis.name_verdicts
            if verdict.fate is Fate.OMITTED and verdict.source
        ]


class EntityAdded:
    """The translation has a name that the source does not.

    What it finds:
        A person, organization or place in the translation that renders nothing in the aligned
        sentence of the source.

    Why it matters:
        Somebody is drawn into a story who is not in it.

    Example:
        *kata menteri itu* and *the minister told Reuters*.

    Does not find:
        A name put for a pronoun or a role noun of the source.

    Options:
        None.
    """

    rule: ClassVar[Rule] = Rule(
        code="ENT103",
        name="entity-added",
        category="Accuracy/Addition",
        severity=Severity.MINOR,  # translators leave out and add names with good reason
    )

    def run(self, analysis: PairAnalysis) -> list[Issue]:
        """Issues of one article."""
        return [
            self.rule.issue(
                f"The translation names “{verdict.target.span.text}”; the source does not, neither "
                "in this sentence nor elsewhere.",
                source=None,
                target=verdict.target.span,
                evidence=_name_evidence(verdict),
            )
            for verdict in analysis.name_verdicts
            if verdict.fate is Fate.ADDED and verdict.target
        ]


def _name_evidence(verdict: NameVerdict) -> dict[str, Any]:
    name = verdict.source or verdict.target
    evidence: dict[str, Any] = {
        "type": name.label if name else "MISC",
        "doubt": round(verdict.doubt, 3),
    }
    if verdict.source and verdict.target:
        evidence["likeness"] = round(verdict.likeness, 3)
        evidence["comparison"] = verdict.reason
    return evidence


def _shown(analysis: PairAnalysis, name: Mention) -> str:
    """A source name in quotes, with its reading where the script is not Latin."""
    text = name.span.text
    script = script_of(text)
    if script in (None, LATIN):
        return f"“{text}”"
    # Han characters alone do not tell their reading: a Japanese name is not read as a Chinese one.
    guess = "" if script == HAN else romanize(text, script)
    reading = _known_name(analysis, name) or guess
    return f"“{text}” ({reading})" if reading else f"“{text}”"


def _known_name(analysis: PairAnalysis, name: Mention) -> str | None:
    """What the gazetteer calls a source name in the language of the translation."""
    known = [e.id for e in lookup(name.span.text, analysis.source.lang) if not e.demonym]
    return label(known[0], analysis.target.lang) if known else None


def _usual_names(analysis: PairAnalysis, name: Mention) -> list[str]:
    """What the name should be: as the gazetteer has it, else as the article renders it."""
    known = _known_name(analysis, name)
    if known:
        return [known]
    for entry in analysis.ledger:
        if entry.expected and any(mention.overlaps(name.span) for mention in entry.mentions):
            right = [r for r in entry.renderings if r.count > 1]
            return [right[0].text] if right else []
    return []


def _place_of(analysis: PairAnalysis, span: Span) -> Span | None:
    """The place in the translation where a source name should stand.

    That is behind the counterpart of the nearest content word before it that has one, or before the
    counterpart of the nearest word after it.
    """
    alignment = analysis.alignment
    block = alignment.block_of_source(span.start)
    if block is None or not block.target_tokens:
        return None
    own = [k - block.source_tokens.start for k in analysis.source.tokens_in(span)]
    best = block.links.max(axis=1)
    for k, number in enumerate(block.source_tokens):
        if not is_content(analysis.source.tokens[number].text, analysis.source.lang):
            best[k] = 0.0  # where a preposition went says little
    before = [k for k in range(own[0] - 1, -1, -1) if best[k] >= LINK_THRESHOLD]
    after = [k for k in range(own[-1] + 1, len(best)) if best[k] >= LINK_THRESHOLD]
    if before:
        token = analysis.target.tokens[block.target_tokens[int(block.links[before[0]].argmax())]]
        place = token.end
    elif after:
        token = analysis.target.tokens[block.target_tokens[int(block.links[after[0]].argmax())]]
        place = token.start
    else:
        place = analysis.target.tokens[block.target_tokens.start].start
    return Span.of(analysis.target.text, place, place)


class EntityInconsistent:
    """One name is rendered by two full names that contradict each other.

    What it finds:
        An institution, organization or place that the source calls by one name throughout,
        and the translation by two or more full names: neither is a shorter form, an inflection
        or a reordering of the other. One issue for each name, with all places.

    Why it matters:
        A reader takes two names for two institutions.

    Example:
        *Kementerian Dalam Negeri* is *Ministry of Home Affairs* four times and *Interior
        Ministry* once.

    Does not find:
        Short forms after the full name (*the ministry*), acronyms, descriptions in lower case
        (*the central bank*), names of one word, and a name rendered by the same wrong name
        everywhere.

    Options:
        None.
    """

    rule: ClassVar[Rule] = Rule(
        code="ENT105",
        name="entity-inconsistent",
        category="Terminology/Inconsistent use of terminology",
        severity=Severity.MAJOR,
    )

    def run(self, analysis: PairAnalysis) -> list[Issue]:
        """Issues of one article."""
        issues = []
        for entry in analysis.ledger:
            if entry.reason == "termbase":
                continue  # judged place by place, by the termbase
            if entry.label == "TERM" or not _is_full(analysis.target, entry.renderings[:1]):
                continue
            expected = RenderingKey.of(analysis.target, entry.renderings[0].places[0])
            supporting = [r for r in entry.renderings if r.status in {"expected", "variant"}]
            if sum(r.count for r in supporting) < _LEAST_EXPECTED:
                continue
            rivals = [
                r
                for r in entry.competing
                if _is_full(analysis.target, [r]) and _is_comparable(analysis.target, r, expected)
            ]
            if rivals:
                issues.append(inconsistency(self.rule, entry, rivals))
        return issues


def _is_full(target: Side, renderings: list[Rendering] | tuple[Rendering, ...]) -> bool:
    """Whether a rendering is a full name: long enough, and capitalized where names are."""
    if not renderings:
        return False
    place = renderings[0].places[0]
    key = RenderingKey.of(target, place)
    if not key.spaced:
        return len(key.words) >= _LEAST_CHARACTERS
    if len(key.words) < _LEAST_WORDS:
        return False
    return not language(target.lang).cased or any(
        token.text[:1].isupper() for token in _tokens(target, place)
    )


def _is_comparable(target: Side, rival: Rendering, expected: RenderingKey) -> bool:
    """Where no capitals tell a name from a description, the two must share a part."""
    if language(target.lang).cased:
        return True
    return RenderingKey.of(target, rival.places[0]).shares(expected)


def _tokens(side: Side, span: Span) -> list[Span]:
    return [side.tokens[k] for k in side.tokens_in(span)]
