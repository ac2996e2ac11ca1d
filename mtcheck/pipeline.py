"""One article from two strings to a report.

read → segment → encode once → align → recognize → ledger → checks → report
"""

from __future__ import annotations

import datetime
import threading
import warnings
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mtcheck.acceptance import Accepted
from mtcheck.aligners.base import Linker
from mtcheck.aligners.sentences import Bead
from mtcheck.aligners.sides import align_sides
from mtcheck.aligners.words import PlainLinker
from mtcheck.alignment import Alignment
from mtcheck.analysis import PairAnalysis
from mtcheck.bookkeeping import build_ledger
from mtcheck.cache import ResultCache, is_kept, key_of
from mtcheck.checks import CHECKS, Check
from mtcheck.concepts import CLAIMS, concept_index, table_revision
from mtcheck.config import Config, plain
from mtcheck.contradictions import find_contradictions
from mtcheck.document import Document, Mention, Part, Side, Span
from mtcheck.encoders.base import EncodedText, Encoder
from mtcheck.encoders.packed import SHA256 as PACKAGED_SHA256
from mtcheck.entities.evidence import Evidence
from mtcheck.entities.judge import load_judge
from mtcheck.entities.mentions import merge_names
from mtcheck.entities.verdicts import NameVerdict, find_verdicts, judge_names
from mtcheck.errors import InputError, LanguageError, ModelError
from mtcheck.finishing import finish
from mtcheck.issues import Issue
from mtcheck.ledger import Ledger
from mtcheck.meaning.cues import has_negators
from mtcheck.meaning.polarity import lone_negators
from mtcheck.penalties import penalty_totals
from mtcheck.recognizers.capitals import recognize_capitals
from mtcheck.recognizers.terms import recurring_terms
from mtcheck.report import NotChecked, Report
from mtcheck.scores import Comparison, Scores
from mtcheck.termbase import Termbase
from mtcheck.terminology import TermUse, Verdict, verify_terms
from mtcheck.terminology.house import HouseTerms
from mtcheck.terminology.titles import wrong_titles
from mtcheck.termledger import with_termbase
from mtcheck.text.languages import (
    ENCODER_LANGUAGES,
    canonical_tag,
    display_name,
    primary,
    same_language,
)
from mtcheck.text.reading import read_side, sides_of_tokens
from mtcheck.text.words import is_content
from mtcheck.validation import check_language, check_text, resolve_languages
from mtcheck.values.model import Kind
from mtcheck.values.reader import read_values

if TYPE_CHECKING:
    from mtcheck.recognizers.neural import NeuralRecognizer

UNRELATED = 0.76
"""Linked share of the source below which two texts are no translation of each other: true pairs
of 12 articles in 9 directions start at 0.86, 24 mismatched ones end at 0.744."""

_UNRELATED_LINE = (
    "source and target do not seem to be translations of each other: are they the same article?"
)

_NO_JUDGE = "wrong, omitted and added names are found with the packaged encoder, not with {}"

_DOUBT = 3.0
"""Tokens by which a short text gets the benefit of the doubt."""

_TOKENS_AT_ONCE = 8_000  # about 100 MB of states


TermsLike = Termbase | str | Path | Mapping[str, Any] | Iterable[Mapping[str, Any]]
"""What a caller may pass as a termbase."""

_KEPT_TERMBASES = 4


@dataclass(frozen=True, slots=True)
class _Prepared:
    """Both sides, read and encoded."""

    source: Side
    target: Side
    source_encoded: Sequence[EncodedText]
    target_encoded: Sequence[EncodedText]


class Checker:
    """Checks articles; loads its models once, at the first article.

    A checker may be shared between threads.

    Args:
        config: Settings; by default the packaged encoder and all rules. No file and no
            environment variable is looked for: that is what ``mtcheck.settings`` is for.
        termbase: The house's terms, for all articles: a path, a :class:`Termbase`, a mapping of
            source to target terms, or rows with the CSV column names; by default the file that
            the settings name.
        encoder: An encoder of your own in place of the one the settings name.
        linker: A word aligner of your own; by default the trained one on the packaged encoder.

    Raises:
        ConfigError: A setting that cannot be, or a file of waivers or known issues that cannot
            be read.
        TermbaseError: The termbase cannot be read.
    """

    def __init__(
        self,
        config: Config | Mapping[str, Any] | None = None,
        *,
        termbase: TermsLike | None = None,
        encoder: Encoder | None = None,
        linker: Linker | None = None,
    ) -> None:
        if config is None:
            config = Config()
        self.config = config if isinstance(config, Config) else Config.from_mapping(config)
        self._checks = _enabled(self.config)
        self._accepted = Accepted.of(self.config.waivers, self.config.baseline)
        self._lock = threading.Lock()
        self._encoder = encoder
        self._linker = linker
        self._own = [None if model is None else model.name for model in (encoder, linker)]
        self._cache = None if self.config.cache is None else ResultCache(self.config.cache)
        self._names: NeuralRecognizer | None = None
        self._kept: list[HouseTerms] = []
        if termbase is None and self.config.termbase is not None:
            termbase = Termbase.read(
                Path(self.config.termbase), skip_bad_rows=self.config.skip_bad_rows
            )
        self._terms = None if termbase is None else HouseTerms(Termbase.of(termbase))

    @property
    def encoder(self) -> Encoder:
        """The encoder, loaded on first use.

        Raises:
            ModelError: Its weights are missing or damaged.
        """
        with self._lock:
            if self._encoder is None:
                self._encoder = _load_encoder(self.config)
            return self._encoder

    @property
    def linker(self) -> Linker:
        """What links words; trained for the packaged encoder, plain for any other.

        Raises:
            ModelError: Its weights are missing or damaged.
        """
        from mtcheck.encoders.bert import PackagedEncoder

        encoder = self.encoder
        with self._lock:
            if self._linker is None:
                if isinstance(encoder, PackagedEncoder):
                    from mtcheck.aligners.network import TrainedLinker

                    self._linker = TrainedLinker(encoder.name)
                else:
                    self._linker = PlainLinker()
            return self._linker

    def check(
        self,
        source: str,
        target: str,
        *,
        source_lang: str | None = None,
        target_lang: str | None = None,
        termbase: TermsLike | None = None,
        name: str | None = None,
        parts: Sequence[Part] = (),
    ) -> Report:
        """Compare a translation with its source.

        Args:
            source: The text as it was written.
            target: Its translation.
            source_lang: BCP 47 tag; ``None`` means detect.
            target_lang: BCP 47 tag; ``None`` means detect.
            termbase: Terms for this article, in place of the checker's own.
            name: Name of the article, for waivers that are meant for some articles.
            parts: Parts of the article, for the gate.

        Raises:
            InputError: The texts cannot be checked; one line says why and what to do.
            TermbaseError: The termbase cannot be read.
            ModelError: The encoder's weights are missing or damaged.
        """
        source, target = check_text(source, "source"), check_text(target, "target")
        source_lang, target_lang = self._languages(source, target, source_lang, target_lang)
        terms = self._terms if termbase is None else self._terms_of(termbase)
        key = self._key(source, target, source_lang, target_lang, terms)
        report = self._cache.get(key) if self._cache and key else None
        if report is None:
            report = self._checked(source, target, source_lang, target_lang, terms)
            if self._cache and key and is_kept(report):
                problem = self._cache.put(key, report)
                if problem:
                    report = replace(report, notices=(*report.notices, problem))
        return self._accept(replace(report, parts=tuple(parts)), name)

    def _checked(
        self,
        source: str,
        target: str,
        source_lang: str,
        target_lang: str,
        terms: HouseTerms | None,
    ) -> Report:
        signature = self._signature(terms)
        unsupported = _unsupported(source_lang, target_lang)
        if unsupported:
            return _unchecked(source, target, source_lang, target_lang, unsupported, signature)
        prepared = self._prepare(read_side(source, source_lang), read_side(target, target_lang))
        alignment = self._align(prepared)
        if is_unrelated(alignment):
            raise InputError(_UNRELATED_LINE)
        analysis = self._analyze(prepared, alignment, terms)
        not_checked = _unaligned(alignment)
        if terms is not None:
            not_checked += terms.left_out(source_lang, target_lang)
        issues: list[Issue] = []
        for check in self._checks:
            try:
                issues.extend(check.run(analysis))
            except Exception as error:
                reason = f"{check.rule.name} failed: {type(error).__name__}: {error}"
                not_checked.append(NotChecked(check.rule.code, reason))
        found = finish(issues, self.config.severity)
        return Report(
            source=source,
            target=target,
            source_lang=source_lang,
            target_lang=target_lang,
            issues=found,
            not_checked=tuple(not_checked),
            coverage=_coverage(alignment),
            ledger=analysis.ledger,
            signature=signature,
            scores=penalty_totals(found, _n_words(analysis.source)),
            paragraphs=_paragraph_ranges(alignment),
            notices=self._limits(source_lang, target_lang),
        )

    def _limits(self, *langs: str) -> tuple[str, ...]:
        """What is not looked for with this encoder and in these languages."""
        found = []
        if not self._judges_names():
            found.append(_NO_JUDGE.format(self.encoder.name))
        unlisted = [display_name(lang) for lang in langs if not has_negators(lang)]
        if unlisted:
            found.append(f"negations are not compared: no list of them in {' and '.join(unlisted)}")
        return tuple(found)

    def _key(
        self, source: str, target: str, source_lang: str, target_lang: str, terms: HouseTerms | None
    ) -> str | None:
        """Everything a result depends on; ``None`` where nothing is to be kept.

        The packaged models are part of the program; they need not be loaded to be known.
        """
        if self._cache is None:
            return None
        encoder, linker = self._own
        if encoder is None:
            encoder = self.encoder.name if self.config.encoder else PACKAGED_SHA256
        if encoder.endswith("@local"):
            return None  # a folder has no revision: its weights may be others tomorrow
        return key_of(
            {
                "texts": [source, target],
                "languages": [source_lang, target_lang],
                "rules": [check.rule.code for check in self._checks],
                "severity": plain(self.config.severity),
                "date": plain(self.config.date),
                "models": [encoder, linker],
                "termbase": terms
                and [terms.revision, terms.termbase.name, [str(p) for p in terms.termbase.skipped]],
            }
        )

    def _accept(self, report: Report, name: str | None) -> Report:
        """Mark what somebody has accepted."""
        if self._accepted is None:
            return report
        today = self.config.today or datetime.date.today()
        issues, notices = self._accepted.apply(report.issues, today=today, article=name)
        # Known issues are errors still; a waiver says that there is none to mend.
        standing = [i for i in issues if i.accepted is None or i.accepted.kind == "baseline"]
        scores = penalty_totals(standing, int(report.scores.get("words", 0)))
        return replace(report, issues=issues, scores=scores, notices=(*report.notices, *notices))

    def unused(self) -> tuple[str, ...]:
        """A line about each waiver and baseline that fits nothing in the articles so far."""
        return () if self._accepted is None else self._accepted.unused()

    def check_documents(self, documents: Iterable[Document]) -> Iterator[Report]:
        """Check many articles, lazily and in order.

        Args:
            documents: Articles; the next one is read when its report is asked for.
        """
        for document in documents:
            yield self.check(
                document.source,
                document.target,
                source_lang=document.source_lang,
                target_lang=document.target_lang,
                name=document.id,
                parts=document.parts,
            )

    def score(
        self,
        source: str,
        target: str,
        *,
        reference: str | None = None,
        source_lang: str | None = None,
        target_lang: str | None = None,
    ) -> Scores:
        """Estimate the quality of a translation.

        Args:
            source: The text as it was written.
            target: Its translation.
            reference: A translation by a person, its lines matching those of ``target``.
            source_lang: BCP 47 tag; ``None`` means detect.
            target_lang: BCP 47 tag; ``None`` means detect.

        Raises:
            InputError: The texts cannot be scored; one line says why and what to do.
            LanguageError: The encoder was not trained on one of the languages.
            ModelError: Weights are missing or damaged, or the encoder is not the packaged one.
        """
        from mtcheck.encoders.bert import PackagedEncoder
        from mtcheck.scorers.document import score_alignment

        source, target = check_text(source, "source"), check_text(target, "target")
        source_lang, target_lang = self._languages(source, target, source_lang, target_lang)
        if reference is not None:
            reference = check_text(reference, "reference")
            check_language(reference, target_lang, "reference")
        unsupported = _unsupported(source_lang, target_lang)
        if unsupported:
            raise LanguageError(f"nothing was scored: {unsupported}")
        if not isinstance(self.encoder, PackagedEncoder):
            raise ModelError("the estimate was fitted on the packaged encoder: set no other")
        prepared = self._prepare(read_side(source, source_lang), read_side(target, target_lang))
        alignment = self._align(prepared)
        if is_unrelated(alignment):
            raise InputError(_UNRELATED_LINE)
        return score_alignment(
            alignment,
            prepared.source_encoded,
            prepared.target_encoded,
            reference=reference,
            signature={
                "mtcheck": metadata.version("mtcheck"),
                "encoder": self.encoder.name,
                "aligner": self.linker.name,
            },
        )

    def compare(
        self,
        source: str,
        first: str,
        second: str,
        *,
        reference: str | None = None,
        source_lang: str | None = None,
        target_lang: str | None = None,
    ) -> Comparison:
        """Compare two translations of a source, by a paired bootstrap over segments.

        Two systems are compared by their translations of one long source.

        Args:
            source: The text as it was written.
            first: A translation.
            second: Another.
            reference: A translation by a person, its lines matching those of both.
            source_lang: BCP 47 tag; ``None`` means detect.
            target_lang: BCP 47 tag; ``None`` means detect.

        Raises:
            InputError: As :meth:`score`; or there is a single sentence to compare by.
            LanguageError: As :meth:`score`.
            ModelError: As :meth:`score`.
        """
        from mtcheck.scorers.comparing import compare_estimates
        from mtcheck.scorers.reference import compare_against_reference

        scored = [
            self.score(
                source,
                target,
                reference=reference,
                source_lang=source_lang,
                target_lang=target_lang,
            )
            for target in (first, second)
        ]
        if not same_language(scored[0].target_lang, scored[1].target_lang):
            raise InputError(
                f"the two translations are in different languages "
                f"({display_name(scored[0].target_lang)}, {display_name(scored[1].target_lang)})"
            )
        metrics = [compare_estimates(*scored)]
        if reference is not None:
            metrics += compare_against_reference(first, second, reference, scored[0].target_lang)
        return Comparison(first=scored[0], second=scored[1], metrics=tuple(metrics))

    def align(
        self,
        source: str,
        target: str,
        *,
        source_lang: str | None = None,
        target_lang: str | None = None,
    ) -> Alignment:
        """Align sentences and words of a text and its translation.

        Args:
            source: The text as it was written.
            target: Its translation.
            source_lang: BCP 47 tag; ``None`` means detect.
            target_lang: BCP 47 tag; ``None`` means detect.

        Raises:
            InputError: The texts cannot be aligned; one line says why and what to do.
            LanguageError: The encoder was not trained on one of the languages.
            ModelError: The encoder's weights are missing or damaged.
        """
        source, target = check_text(source, "source"), check_text(target, "target")
        source_lang, target_lang = self._languages(source, target, source_lang, target_lang)
        unsupported = _unsupported(source_lang, target_lang)
        if unsupported:
            raise LanguageError(f"nothing was aligned: {unsupported}")
        return self._align(
            self._prepare(read_side(source, source_lang), read_side(target, target_lang))
        )

    def align_tokens(self, pairs: Iterable[tuple[Sequence[str], Sequence[str]]]) -> list[Alignment]:
        """Align the words of sentence pairs that are tokenized already.

        Args:
            pairs: (source tokens, target tokens) of each pair; a side may be empty, a token
                must not.

        Returns:
            One alignment for each pair, same order; token ``i`` of a pair is
            ``alignment.source_tokens[i]``.

        Raises:
            InputError: Something is no pair of lists, or a token is empty or no text; the
                message names the pair, counted from 0.
        """
        found: list[Alignment] = []
        for chunk in _chunks(sides_of_tokens(pairs)):
            # Together is faster; the states of a text are the same in any company.
            texts = [s.span.text for sides in chunk for side in sides for s in side.sentences]
            encoded = iter(self.encoder.encode(texts))
            for source, target in chunk:
                prepared = _Prepared(
                    source,
                    target,
                    [next(encoded) for _ in source.sentences],
                    [next(encoded) for _ in target.sentences],
                )
                found.append(self._align(prepared, beads=_given(source, target)))
        return found

    def recognize(self, text: str, *, lang: str | None = None) -> tuple[Mention, ...]:
        """Names in a text, in text order and without overlaps.

        Args:
            text: Any text.
            lang: BCP 47 tag; ``None`` means detect, or the neutral rules where that fails.
        """
        if not text.strip():
            return ()
        text = check_text(text, "text")
        if lang is None:
            from mtcheck.text.detection import detect

            lang = detect(text).lang or "und"
        else:
            lang = canonical_tag(lang)
        side = read_side(text, lang)
        encoded = self.encoder.encode([sentence.span.text for sentence in side.sentences])
        return self._names_of(side, encoded)

    def _languages(
        self, source: str, target: str, source_lang: str | None, target_lang: str | None
    ) -> tuple[str, str]:
        return resolve_languages(
            source,
            target,
            source_lang or self.config.source_lang,
            target_lang or self.config.target_lang,
        )

    def _prepare(self, source: Side, target: Side) -> _Prepared:
        texts = [s.span.text for side in (source, target) for s in side.sentences]
        encoded = self.encoder.encode(texts)
        cut = len(source.sentences)
        return _Prepared(source, target, encoded[:cut], encoded[cut:])

    def _align(self, prepared: _Prepared, *, beads: Sequence[Bead] | None = None) -> Alignment:
        return align_sides(
            prepared.source,
            prepared.target,
            prepared.source_encoded,
            prepared.target_encoded,
            self.linker,
            beads=beads,
        )

    def _terms_of(self, termbase: TermsLike) -> HouseTerms:
        """A termbase with its indexes; the last few are kept."""
        wanted = Termbase.of(termbase)
        with self._lock:
            for kept in self._kept:
                if kept.termbase is wanted:
                    return kept
            self._kept = [*self._kept[1 - _KEPT_TERMBASES :], HouseTerms(wanted)]
            return self._kept[-1]

    def _analyze(
        self, prepared: _Prepared, alignment: Alignment, house: HouseTerms | None
    ) -> PairAnalysis:
        source, target = prepared.source, prepared.target
        source_names = self._names_of(source, prepared.source_encoded)
        target_names = self._names_of(target, prepared.target_encoded)
        verdicts: tuple[NameVerdict, ...] = ()
        if self._judges_names():
            evidence = Evidence(alignment, prepared.source_encoded, prepared.target_encoded)
            judged = judge_names(evidence, source_names, target_names, load_judge())
            verdicts = find_verdicts(evidence, judged)
        source_concepts = concept_index(source.lang).match(source)
        target_concepts = concept_index(target.lang).match(target)
        terms = recurring_terms(source, prepared.source_encoded)
        ledger = build_ledger(alignment, (*source_names, *terms), source_concepts, target_names)
        uses: tuple[TermUse, ...] = ()
        spans = [name.span for name in source_names]
        if house is not None:
            matches = house.index(source.lang).match(source)
            uses = verify_terms(alignment, matches, names=spans, day=self.config.date)
            ledger = with_termbase(ledger, uses)
        obeyed = [
            use.source for use in uses if use.verdict in {Verdict.FOLLOWED, Verdict.SHORTENED}
        ]
        contradictions = find_contradictions(
            alignment, source_concepts, target_concepts, prepared.source_encoded, self.encoder
        )
        claims = find_contradictions(
            alignment,
            concept_index(source.lang, CLAIMS).match(source),
            concept_index(target.lang, CLAIMS).match(target),
            prepared.source_encoded,
            self.encoder,
        )
        return PairAnalysis(
            alignment=alignment,
            source_mentions=source_names,
            target_mentions=target_names,
            source_concepts=source_concepts,
            target_concepts=target_concepts,
            ledger=ledger,
            # The house's word outranks the concept table.
            contradictions=tuple(
                found
                for found in contradictions
                if not any(found.source.span.overlaps(span) for span in obeyed)
            ),
            term_uses=uses,
            claims=claims,
            lone_negators=lone_negators(alignment, self.encoder),
            name_verdicts=verdicts,
            # Where the house has a word for it, the house alone speaks.
            title_uses=tuple(
                title
                for title in wrong_titles(alignment, names=spans, day=self.config.date)
                if not any(title.source.overlaps(use.source) for use in uses)
            ),
        )

    def _names_of(self, side: Side, encoded: Sequence[EncodedText]) -> tuple[Mention, ...]:
        """Names of a side; what is part of a sum or a date is compared as a value."""
        names = merge_names(self._trained_names(side, encoded), recognize_capitals(side))
        values = [
            value.span
            for value in read_values(side.text, side.lang)
            if value.kind in {Kind.MONEY, Kind.DATE, Kind.WEEKDAY, Kind.TIME}
        ]
        return tuple(name for name in names if not any(v.contains(name.span) for v in values))

    def _judges_names(self) -> bool:
        """Whether the judge of names can be asked: it was trained on the packaged encoder."""
        from mtcheck.encoders.bert import PackagedEncoder

        return isinstance(self.encoder, PackagedEncoder)

    def _trained_names(self, side: Side, encoded: Sequence[EncodedText]) -> list[Mention]:
        """Names the trained recognizer finds; it continues the packaged encoder and no other."""
        from mtcheck.encoders.bert import PackagedEncoder
        from mtcheck.recognizers.neural import NeuralRecognizer

        encoder = self.encoder
        if not isinstance(encoder, PackagedEncoder):
            return []
        with self._lock:
            if self._names is None:
                self._names = NeuralRecognizer(encoder, threads=self.config.threads)
        found = self._names.recognize([s.span.text for s in side.sentences], encoded)
        return [
            replace(
                mention,
                span=Span.of(
                    side.text,
                    sentence.span.start + mention.span.start,
                    sentence.span.start + mention.span.end,
                ),
            )
            for sentence, mentions in zip(side.sentences, found, strict=True)
            for mention in mentions
        ]

    def _signature(self, terms: HouseTerms | None) -> dict[str, str]:
        signature = {
            "mtcheck": metadata.version("mtcheck"),
            "rules": ",".join(check.rule.code for check in self._checks),
            "encoder": self.encoder.name,
            "aligner": self.linker.name,
            "concepts": table_revision(),
        }
        if self._judges_names():
            signature["names"] = load_judge().name
        if terms is not None:
            signature["termbase"] = terms.revision
        if self.config.severity:
            weights = sorted(self.config.severity.items())
            signature["severity"] = ",".join(f"{rule}={level}" for rule, level in weights)
        return signature


def _enabled(config: Config) -> tuple[Check, ...]:
    return tuple(check() for check in CHECKS if config.runs(check.rule.code, check.rule.name))


def _load_encoder(config: Config) -> Encoder:
    with warnings.catch_warnings():
        # In a notebook without widgets a progress bar that we never show complains on import.
        warnings.filterwarnings("ignore", message="IProgress not found")
        from mtcheck.encoders.bert import PackagedEncoder
    if config.encoder is None:
        return PackagedEncoder(threads=config.threads, batch_pieces=config.batch_pieces)
    from mtcheck.encoders.hub import HubEncoder

    return HubEncoder(
        config.encoder,
        allow_network=config.allow_network,
        threads=config.threads,
        batch_pieces=config.batch_pieces,
    )


def _unsupported(*tags: str) -> str | None:
    for tag in tags:
        if primary(tag) not in ENCODER_LANGUAGES:
            return f"{display_name(tag)} ({tag}) is not among the languages of the encoder"
    return None


def _unchecked(
    source: str,
    target: str,
    source_lang: str,
    target_lang: str,
    reason: str,
    signature: Mapping[str, str],
) -> Report:
    return Report(
        source=source,
        target=target,
        source_lang=source_lang,
        target_lang=target_lang,
        issues=(),
        not_checked=(NotChecked("encoder", reason),),
        coverage=0.0,
        ledger=Ledger(),
        signature=signature,
    )


def _given(source: Side, target: Side) -> list[Bead]:
    """The one bead of a sentence pair: that the two belong together is known."""
    rows, columns = range(len(source.sentences)), range(len(target.sentences))
    if not rows and not columns:
        return []
    return [Bead(tuple(rows), tuple(columns), float(bool(rows and columns)))]


def _chunks(pairs: Sequence[tuple[Side, Side]]) -> Iterator[list[tuple[Side, Side]]]:
    """Pairs in runs whose states fit in memory together."""
    chunk: list[tuple[Side, Side]] = []
    size = 0
    for pair in pairs:
        tokens = sum(len(side.tokens) for side in pair)
        if chunk and size + tokens > _TOKENS_AT_ONCE:
            yield chunk
            chunk, size = [], 0
        chunk.append(pair)
        size += tokens
    if chunk:
        yield chunk


def is_unrelated(alignment: Alignment) -> bool:
    """Whether two texts are no translation of each other, as far as their links tell."""
    n, m = len(alignment.source.sentences), len(alignment.target.sentences)
    limit = UNRELATED - _DOUBT / max(1, len(alignment.source_tokens))
    return min(n, m) >= 3 and alignment.linked_share < limit


def _unaligned(alignment: Alignment) -> list[NotChecked]:
    """Sentences without a counterpart: nothing in them can be compared."""
    found = []
    for side, text, sentences in (
        (
            "source",
            alignment.source,
            [k for b in alignment.blocks if not b.target for k in b.source],
        ),
        (
            "target",
            alignment.target,
            [k for b in alignment.blocks if not b.source for k in b.target],
        ),
    ):
        if sentences:
            spans = tuple(text.sentences[k].span for k in sorted(sentences))
            number = "a sentence" if len(spans) == 1 else f"{len(spans)} sentences"
            reason = f"{number} of the {side} without a counterpart: left out, added or moved?"
            found.append(NotChecked("alignment", reason, side, spans))
    return found


def _coverage(alignment: Alignment) -> float:
    """Share of the source's content words that stand in an aligned sentence."""
    total = seen = 0
    for block in alignment.blocks:
        count = sum(
            is_content(alignment.source.tokens[k].text, alignment.source.lang)
            for k in block.source_tokens
        )
        total += count
        seen += count if block.target else 0
    return round(seen / total, 4) if total else 0.0


def _paragraph_ranges(
    alignment: Alignment,
) -> tuple[tuple[tuple[int, int], tuple[int, int]], ...]:
    def extent(side: Side, numbers: range) -> tuple[int, int]:
        if not numbers:
            return (0, 0)
        return side.paragraphs[numbers[0]].start, side.paragraphs[numbers[-1]].end

    return tuple(
        (extent(alignment.source, rows), extent(alignment.target, columns))
        for rows, columns in alignment.paragraphs
    )


def _n_words(side: Side) -> int:
    return sum(any(c.isalnum() for c in token.text) for token in side.tokens)


@cache
def default_checker() -> Checker:
    """The checker behind the functions of the package."""
    return Checker()
