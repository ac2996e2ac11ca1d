"""Verdicts on a fake encoder: the links are what the dictionary says, and nothing else."""

from datetime import date

import pytest
from fakes import fake_alignment

from mtcheck import Termbase
from mtcheck.document import Span
from mtcheck.ledger import Ledger
from mtcheck.termbases.matching import TermIndex
from mtcheck.terminology import Verdict, cased_like, verify_terms
from mtcheck.termledger import with_termbase

WORDS = {
    "pengadilan": "court", "menolak": "rejected", "banding": "appeal", "hakim": "judge",
    "meminta": "asked", "polisi": "police", "kota": "city", "kementerian": "ministry",
    "dalam": "home", "negeri": "affairs", "menunda": "postponed", "sidang": "hearing",
    "kantor": "office", "besar": "big", "dan": "and",
}  # fmt: skip


def judge(source, target, rows, langs=("id", "en"), extra=None, day=None):
    alignment = fake_alignment(source, target, langs, {**WORDS, **(extra or {})})
    index = TermIndex(Termbase.of(rows), langs[0])
    uses = verify_terms(alignment, index.match(alignment.source), day=day)
    for use in uses:
        assert source[use.source.start : use.source.end] == use.source.text
        assert use.target is None or target[use.target.start : use.target.end] == use.target.text
    return uses


def verdicts(*args, **kwargs):
    return [use.verdict for use in judge(*args, **kwargs)]


def row(source, target, **fields):
    return {"source_term": source, "target_term": target, **fields}


def test_followed_also_inflected():
    (use,) = judge(
        "Pengadilan menolak banding.", "Courts rejected appeal.", {"pengadilan": "court"}
    )
    assert (use.verdict, use.target.text, use.found.text) == (Verdict.FOLLOWED, "Courts", "court")


def test_not_followed_points_at_the_counterpart():
    (use,) = judge("Pengadilan menolak banding.", "Court rejected appeal.", {"pengadilan": "bench"})
    assert (use.verdict, use.target.text, use.expected) == (Verdict.NOT_FOLLOWED, "Court", "bench")


def test_the_term_elsewhere_in_the_sentence_hides_nothing():
    # "police" is required for pengadilan, and stands there, but for polisi.
    rows = {"pengadilan": "police"}
    text = "Pengadilan menolak banding dan polisi menunda sidang."
    assert verdicts(text, "Court rejected appeal and police postponed hearing.", rows) == [
        Verdict.NOT_FOLLOWED
    ]


def test_the_term_elsewhere_causes_nothing():
    rows = {"pengadilan": "court", "polisi": "police"}
    text = "Polisi meminta pengadilan dan pengadilan menolak polisi."
    target = "Police asked court and court rejected police."
    assert set(verdicts(text, target, rows)) == {Verdict.FOLLOWED}


def test_each_place_needs_a_form_of_its_own():
    rows = {"pengadilan": "court"}
    text = "Pengadilan menolak banding dan hakim pengadilan menunda sidang."
    target = "Court rejected appeal and judge bench postponed hearing."
    uses = judge(text, target, rows, extra={"bench": "court"})
    assert sorted(use.verdict for use in uses) == ["followed", "not followed"]


def test_an_unlinked_form_that_nothing_claims_counts():
    # The encoder has no idea that the two words belong together.
    uses = judge("Mahkamah menolak banding.", "Tribunal rejected appeal.", {"mahkamah": "tribunal"})
    assert [use.verdict for use in uses] == [Verdict.FOLLOWED]


def test_several_targets_are_alternatives():
    rows = {"pengadilan": ["bench", "court"]}
    assert verdicts("Pengadilan menolak.", "Court rejected.", rows) == [Verdict.FOLLOWED]


def test_rejected_forms():
    rows = [
        row("pengadilan", "bench", status="preferred"),
        row("pengadilan", "court", status="deprecated"),
    ]
    (use,) = judge("Pengadilan menolak.", "Court rejected.", rows)
    assert (use.verdict, use.found.text, use.expected) == (Verdict.DEPRECATED, "court", "bench")
    rows[1]["status"] = "superseded"
    assert verdicts("Pengadilan menolak.", "Court rejected.", rows) == [Verdict.SUPERSEDED]
    only = [row("pengadilan", "tribunal", status="deprecated")]
    assert verdicts("Pengadilan menolak.", "Court rejected.", only) == [Verdict.FOLLOWED]


def test_an_accepted_form_inside_a_rejected_one_does_not_count():
    rows = [row("pengadilan", "court"), row("pengadilan", "big court", status="deprecated")]
    (use,) = judge("Pengadilan menolak.", "Big court rejected.", rows)
    assert use.verdict is Verdict.DEPRECATED
    rows = [row("pengadilan", "big court"), row("pengadilan", "court", status="deprecated")]
    assert verdicts("Pengadilan menolak.", "Big court rejected.", rows) == [Verdict.FOLLOWED]


def test_untranslated_and_kept_on_purpose():
    assert verdicts("Pengadilan menolak.", "Pengadilan rejected.", {"pengadilan": "court"}) == [
        Verdict.UNTRANSLATED
    ]
    keep = [{"source_term": "pengadilan", "do_not_translate": True}]
    assert verdicts("Pengadilan menolak.", "Pengadilan rejected.", keep) == [Verdict.FOLLOWED]
    assert verdicts("Pengadilan menolak.", "Court rejected.", keep) == [Verdict.NOT_FOLLOWED]


def test_a_term_inside_a_name_that_was_kept_as_it_is():
    text = "Polisi meminta Kantor Besar Pengadilan menunda sidang dan menolak banding."
    target = "Police asked Kantor Besar Pengadilan postponed hearing and rejected appeal."
    assert verdicts(text, target, {"pengadilan": "court"}) == [Verdict.KEPT_NAME]


def test_dates():
    rows = [
        row("ibu kota", "Jakarta", valid_to="2024-01-31"),
        row("ibu kota", "Nusantara", valid_from="2024-02-01"),
    ]
    text, target = "Ibu kota besar.", "Jakarta big."
    assert verdicts(text, target, rows) == [Verdict.FOLLOWED]
    assert verdicts(text, target, rows, day=date(2023, 5, 1)) == [Verdict.FOLLOWED]
    (use,) = judge(text, target, rows, day=date(2024, 5, 1))
    assert (use.verdict, use.expected) == (Verdict.SUPERSEDED, "Nusantara")


def test_editions():
    rows = [row("kantor", "centre", edition="GB"), row("kantor", "center", edition="US")]
    args = ("Kantor besar.", "Centre big.", rows)
    extra = {"kantor": "centre"}
    assert verdicts(*args, extra=extra) == [Verdict.FOLLOWED]
    assert verdicts(*args, ("id", "en-GB"), extra) == [Verdict.FOLLOWED]
    assert verdicts(*args, ("id", "en-US"), extra) == [Verdict.DEPRECATED]


def test_short_forms_only_after_the_full_one():
    rows = {"Kementerian Dalam Negeri": "Ministry of Home Affairs"}
    text = (
        "Kementerian Dalam Negeri menolak banding.\n\nHakim besar meminta polisi kota.\n\n"
        "Kementerian Dalam Negeri menunda sidang kantor dan pengadilan."
    )
    full = "Ministry of Home Affairs rejected appeal.\n\nBig judge asked city police."
    short = "Ministry postponed hearing office and court."
    assert verdicts(text, f"{full}\n\n{short}", rows) == [Verdict.FOLLOWED, Verdict.SHORTENED]
    alone = verdicts(text.rsplit("\n\n", maxsplit=1)[-1], short, rows)
    assert alone == [Verdict.NOT_FOLLOWED]


def test_first_and_later_forms():
    rows = [
        row("pengadilan", "court of justice", reference="first"),
        row("pengadilan", "court", reference="later"),
    ]
    text = (
        "Pengadilan menolak banding polisi kota.\n\nPengadilan menunda sidang dan meminta kantor."
        "\n\nHakim besar pengadilan menolak."
    )
    wrong = (
        "Court rejected appeal city police.\n\nCourt postponed hearing and asked office."
        "\n\nBig judge court rejected."
    )
    assert verdicts(text, wrong, rows) == [
        Verdict.FOLLOWED,  # the headline may use the short form
        Verdict.LATER_FORM_FIRST,
        Verdict.FOLLOWED,
    ]
    right = wrong.replace("Court postponed", "Court of justice postponed")
    assert set(verdicts(text, right, rows)) == {Verdict.FOLLOWED}


def test_concepts_without_a_term_in_the_target_language_say_nothing():
    rows = [row("pengadilan", "tribunal", source_lang="id", target_lang="fr")]
    assert judge("Pengadilan menolak.", "Court rejected.", rows) == ()
    assert judge("Hakim menolak.", "Judge rejected.", {"pengadilan": "court"}) == ()


def test_unspaced_target():
    args = ("Pengadilan menolak.", "法院拒绝。")
    extra = {"法院": "court", "拒绝": "rejected"}
    assert verdicts(*args, {"pengadilan": "法院"}, ("id", "zh"), extra) == [Verdict.FOLLOWED]
    assert verdicts(*args, {"pengadilan": "法庭"}, ("id", "zh"), extra) == [Verdict.NOT_FOLLOWED]


@pytest.mark.parametrize(
    ("target", "expected"),
    [
        ("Court rejected.", "Interior"),
        ("The court rejected.", "interior"),
        ("THE COURT REJECTED IT.", "INTERIOR"),
        ("“Court” rejected.", "Interior"),
    ],
)
def test_suggestions_take_the_capital_of_their_place(target, expected):
    alignment = fake_alignment("Pengadilan menolak.", target, dictionary=WORDS)
    place = next(t for t in alignment.target.tokens if t.text.lower() == "court")
    assert cased_like("interior", place, alignment) == expected


def test_the_ledger_shows_the_house():
    rows = [row("pengadilan", "court", status="preferred", entity_type="ORG", concept_id="law.1"),
            row("pengadilan", "tribunal", status="admitted", concept_id="law.1")]  # fmt: skip
    text = "Pengadilan menolak.\n\nPengadilan menunda.\n\nPengadilan meminta."
    uses = judge(text, "Court rejected.\n\nTribunal postponed.\n\nBench asked.", rows,
                 extra={"bench": "court", "tribunal": "court"})  # fmt: skip
    (found,) = with_termbase(Ledger(), uses)
    assert (found.expected, found.reason, found.concept) == ("court", "termbase", "law.1")
    assert (found.label, len(found.mentions)) == ("ORG", 3)
    assert [(r.text, r.status) for r in found.renderings] == [
        ("Court", "expected"), ("Tribunal", "variant"), ("Bench", "competing"),
    ]  # fmt: skip


def test_a_word_inside_a_name_is_the_names_affair():
    rows = {"serikat": "union", "partai": "party"}
    text = "Hakim Amerika Serikat menolak banding Partai Republik."
    target = "Judge States rejected appeal Republicans."
    extra = {"serikat": "states", "republik": "republicans"}
    alignment = fake_alignment(text, target, dictionary={**WORDS, **extra})
    matches = TermIndex(Termbase.of(rows), "id").match(alignment.source)
    name = Span.of(text, text.index("Partai"), len(text) - 1)
    uses = verify_terms(alignment, matches, names=[name])
    assert [use.verdict for use in uses] == [Verdict.IN_NAME, Verdict.IN_NAME]
    assert verify_terms(alignment, matches)[1].verdict is Verdict.NOT_FOLLOWED
