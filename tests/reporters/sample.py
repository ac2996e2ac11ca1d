"""Small reports, built by hand: English, Arabic, Japanese and Chinese targets, hostile texts."""

from __future__ import annotations

import re
from collections.abc import Sequence

from mtcheck.document import Span
from mtcheck.issues import Issue, Severity
from mtcheck.ledger import Entry, Ledger, Rendering
from mtcheck.report import NotChecked, Report

SIGNATURE = {
    "mtcheck": "0.1.0",
    "rules": "ENT105,TRM204,QUO401",
    "encoder": "test",
    "concepts": "1",
}

HOSTILE = (
    '<script>alert("1")</script> </div></main></html> [bold red]not markup[/] {{ 7 * 7 }} '
    "{% raw %} &amp; &lt;b&gt; <!-- --> ]]> \u202eevil\u202c \u2066x \u200f \x1b[31mred\x07 "
    "\x00 \ufeff a" + "\u0301" * 10_000 + " end"
)


def at(text: str, words: str, occurrence: int = 1) -> Span:
    """The n-th place of some words."""
    start = -1
    for _ in range(occurrence):
        start = text.index(words, start + 1)
    return Span.of(text, start, start + len(words))


def place(text: str, before: str) -> Span:
    """The place between two characters in front of some words."""
    start = text.index(before)
    return Span.of(text, start, start)


def blocks(source: str, target: str) -> tuple[tuple[tuple[int, int], tuple[int, int]], ...]:
    """Pairs of lines, one to one."""
    left, right = ([m.span() for m in re.finditer(r"[^\n]+", text)] for text in (source, target))
    return tuple(zip(left, right, strict=True))


def issue(
    code: str,
    name: str,
    message: str,
    source: Span | None,
    target: Span | None,
    **options: object,
) -> Issue:
    """An issue, major unless told."""
    values = {
        "severity": Severity.MAJOR,
        "category": "Accuracy/Mistranslation",
        "fingerprint": "0123456789abcdef",
        **options,
    }
    return Issue(code, name, message, source=source, target=target, **values)  # type: ignore[arg-type]


def report(
    source: str,
    target: str,
    issues: Sequence[Issue] = (),
    *,
    langs: tuple[str, str] = ("id", "en"),
    **options: object,
) -> Report:
    """A report; complete and with an empty ledger unless told."""
    values = {"not_checked": (), "coverage": 1.0, "ledger": Ledger(), "signature": SIGNATURE}
    return Report(
        source=source,
        target=target,
        source_lang=langs[0],
        target_lang=langs[1],
        issues=tuple(issues),
        **{**values, **options},  # type: ignore[arg-type]
    )


def clean() -> Report:
    """Everything was looked at and nothing found."""
    source, target = "Jakarta tenang.", "Jakarta is calm."
    return report(source, target, paragraphs=blocks(source, target))


def english() -> Report:
    """The founding case: related places, a ledger, a dropped paragraph, a place, an overlap."""
    source = (
        "Kementerian Dalam Negeri Pakistan Memblokir X\n\n"
        "Kementerian Dalam Negeri Pakistan mengumumkan pemblokiran pada Rabu.\n\n"
        "“Ini demi keamanan,” kata Kementerian Dalam Negeri kepada pengadilan tinggi.\n\n"
        "Warga mengeluh.\n\n"
        "Kementerian Dalam Negeri menolak berkomentar."
    )
    target = (
        "Pakistan's Interior Ministry Blocks X\n\n"
        "Pakistan's Ministry of Home Affairs announced the blocking on Wednesday.\n\n"
        "“This is for security, the Ministry of Home Affairs told the high trial.\n\n"
        "The Ministry of Home Affairs declined to comment."
    )
    left = [m.span() for m in re.finditer(r"[^\n]+", source)]
    right = [m.span() for m in re.finditer(r"[^\n]+", target)]
    paragraphs = (
        *zip(left[:3], right[:3], strict=True),
        (left[3], (0, 0)),  # dropped: an empty partner
        (left[4], right[3]),
    )
    home = [at(target, "Ministry of Home Affairs", k) for k in (1, 2, 3)]
    interior = at(target, "Interior Ministry")
    mentions = tuple(at(source, "Kementerian Dalam Negeri", k) for k in (1, 2, 3, 4))
    issues = (
        issue(
            "ENT105",
            "entity-inconsistent",
            "“Kementerian Dalam Negeri” is rendered in different ways: “Ministry of Home Affairs” "
            "(3×) and “Interior Ministry” (1×). The source uses one expression throughout.",
            mentions[0],
            interior,
            category="Terminology/Inconsistent use of terminology",
            confidence=0.874,
            related=tuple(home),
            suggestions=("Ministry of Home Affairs",),
            evidence={
                "source_mentions": 4,
                "expected": "Ministry of Home Affairs",
                "expected_because": "majority",
                "expected_places": [span.to_dict() for span in home],
                "competing": [{"text": "Interior Ministry", "places": [interior.to_dict()]}],
            },
        ),
        issue(
            "QUO401",
            "quote-unbalanced",
            "The quotation mark in “This is for security” has no closing mark.",
            at(source, "”"),
            at(target, "“"),
            severity=Severity.MINOR,
            category="Linguistic conventions/Punctuation",
            evidence={"missing": "closing", "balanced": False, "partner": None, "share": 0.66666},
        ),
        issue(
            "QUO403",
            "quote-omitted",
            "The end of the quotation is missing here.",
            at(source, "”"),
            place(target, ", the Ministry"),
            severity=Severity.MINOR,
        ),
        issue(
            "TRM204",
            "term-mistranslated",
            "“pengadilan” does not mean “trial”; expected “court”.",
            at(source, "pengadilan"),
            at(target, "trial"),
            suggestions=("court", "tribunal"),
            evidence={"source_concepts": ["court"], "accepted": ["court", "tribunal"]},
        ),
        issue(
            "ACC602",
            "span-mistranslated",
            "The passage does not say what the source says.",
            at(source, "kepada pengadilan tinggi"),
            at(target, "told the high trial"),
            severity=Severity.CRITICAL,
            confidence=0.999,
        ),
        issue(
            "ACC601",
            "segment-omitted",
            "A sentence of the source is missing in the translation.",
            at(source, "Warga mengeluh."),
            None,
            category="Accuracy/Omission",
        ),
    )
    renderings = (
        Rendering("Ministry of Home Affairs", "expected", tuple(home), mentions[1:]),
        Rendering("Interior Ministry", "competing", (interior,), mentions[:1]),
    )
    pakistan = tuple(at(source, "Pakistan", k) for k in (1, 2))
    here = (at(target, "Pakistan"), at(target, "Pakistan", 2))
    ledger = Ledger(
        (
            Entry(
                "Kementerian Dalam Negeri",
                "ORG",
                mentions,
                renderings,
                "Ministry of Home Affairs",
                "majority",
            ),
            Entry(
                "Pakistan",
                "LOC",
                pakistan,
                (Rendering("Pakistan", "expected", here, pakistan),),
                "Pakistan",
                "only one",
            ),
            Entry("Warga", "TERM", (at(source, "Warga"),), (), None, "only one"),
        )
    )
    not_checked = (
        NotChecked(
            "alignment",
            "a sentence of the source without a counterpart: left out, added or moved?",
            "source",
            (at(source, "Warga mengeluh."),),
        ),
        NotChecked("VAL301", "number-mismatch failed: ValueError: <no> number"),
    )
    return report(
        source,
        target,
        issues,
        paragraphs=paragraphs,
        ledger=ledger,
        not_checked=not_checked,
        coverage=0.9351,
    )


def _foreign(lang: str, source: str, target: str, wrong: str, right: str) -> Report:
    found = issue(
        "ENT105",
        "entity-inconsistent",
        f"“Kementerian Agama” is rendered in different ways: “{right}” (2×) and “{wrong}” (1×).",
        at(source, "Kementerian Agama"),
        at(target, wrong),
        related=(at(target, right), at(target, right, 2)),
        suggestions=(right,),
        evidence={"expected": right, "competing": [{"text": wrong, "places": []}]},
    )
    mentions = tuple(at(source, "Kementerian Agama", k) for k in (1, 2, 3))
    forms = (
        Rendering(right, "expected", (at(target, right), at(target, right, 2)), mentions[:2]),
        Rendering(wrong, "competing", (at(target, wrong),), mentions[2:]),
    )
    entry = Entry("Kementerian Agama", "ORG", mentions, forms, right, "majority")
    return report(
        source,
        target,
        [found],
        langs=("id", lang),
        paragraphs=blocks(source, target),
        ledger=Ledger((entry,)),
    )


_SOURCE = (
    "Kementerian Agama mengundurkan tenggat hingga 4 April 2024.\n\n"
    "Kementerian Agama (Kemenag) menunggu putusan.\n\n"
    "“Kami menunggu,” kata pejabat Kementerian Agama."
)


def arabic() -> Report:
    """Right to left."""
    target = (
        "مددت وزارة الشؤون الدينية المهلة حتى 4 أبريل 2024.\n\n"
        "وتنتظر وزارة الشؤون الدينية (Kemenag) الحكم.\n\n"
        "وقال مسؤول في وزارة الأديان: «نحن ننتظر»."
    )
    return _foreign("ar", _SOURCE, target, "وزارة الأديان", "وزارة الشؤون الدينية")


def japanese() -> Report:
    """Without spaces, two cells for each character."""
    target = (
        "宗教省は期限を2024年4月4日まで延長した。\n\n"
        "宗教省（Kemenag）は判決を待っている。\n\n"
        "「私たちは待っています」と信仰省の当局者は述べた。" + "手続きは続いている。" * 20
    )
    return _foreign("ja", _SOURCE, target, "信仰省", "宗教省")


def chinese() -> Report:
    """Without spaces; the tag names a script."""
    target = (
        "宗教部将期限延长至2024年4月4日。\n\n宗教部（Kemenag）正在等待裁决。\n\n"
        "“我们在等待，”信仰部官员说。"
    )
    return _foreign("zh-Hans", _SOURCE, target, "信仰部", "宗教部")


def hostile() -> Report:
    """Markup, script, template code, control characters, and 10,000 combining marks everywhere."""
    source, target = f"Awal. {HOSTILE}\n\nAkhir.", f"Start. {HOSTILE}\n\nThe end."
    evil = at(target, '<script>alert("1")</script>')
    found = issue(
        "ACC<b>",
        "name</h3><script>",
        f"“{HOSTILE}” is bad </p>",
        Span.of(source, 0, len(source)),
        evil,
        category="</span><script>x</script>",
        related=(at(target, HOSTILE), at(target, "end", 2)),
        suggestions=(HOSTILE, '"><img src=x onerror=alert(1)>'),
        evidence={"<script>": HOSTILE, "deep": {"a": {"b": {"c": {"d": ["<i>"]}}}}, "none": []},
        fingerprint='"><script>',
    )
    entry = Entry(
        HOSTILE,
        "<b>",
        (at(source, "Awal"),),
        (
            Rendering(HOSTILE, "competing", (evil,), (at(source, "Awal"),)),
            Rendering("x\x1b[2J", "expected", (evil,), (at(source, "Awal"),)),
        ),
        "x\x1b[2J",
        "<script>",
    )
    return report(
        source,
        target,
        [found],
        langs=('"><script>', "en"),
        ledger=Ledger((entry,)),
        not_checked=(
            NotChecked("<script>", HOSTILE, "target", (evil,)),
            NotChecked("[red]x[/]", "why"),
        ),
        coverage=0.5,
        signature={"<script>": HOSTILE},
        scores={"<b>": 0.5},
    )


def large(n_issues: int = 100, n_words: int = 3000) -> Report:
    """A long article with many issues, each with ten other places and lists of evidence."""
    lines = [" ".join(f"kata{k}x{line}" for k in range(60)) + "." for line in range(n_words // 60)]
    source = "\n\n".join(lines)
    target = source.replace("kata", "word")
    spans = [Span.of(target, *m.span()) for m in re.finditer(r"word\S+ word\S+", target)]
    found = []
    for k in range(n_issues):
        span = spans[k * 12 % len(spans)]
        related = tuple(spans[(k * 12 + j * 31 + 1) % len(spans)] for j in range(10))
        found.append(
            issue(
                f"ENT{100 + k % 5}",
                f"rule-{k % 5}",
                f"“{span.text}” is rendered in different ways. " * 2,
                Span.of(source, span.start, span.end),
                span,
                severity=list(Severity)[k % 4],
                related=related,
                suggestions=("one way", "another way"),
                evidence={
                    "expected_places": [other.to_dict() for other in related],
                    "accepted": [f"form {j}" for j in range(12)],
                },
            )
        )
    found.sort(key=lambda one: one.target or Span(0, 0, ""))
    return report(source, target, found, paragraphs=blocks(source, target))
