import pytest
from fakes import fake_alignment, mentions_of

from mtcheck.bookkeeping import build_ledger
from mtcheck.concepts import ConceptMatch
from mtcheck.document import Span
from mtcheck.ledger import Ledger
from mtcheck.renderings import RenderingKey, trim
from mtcheck.text.reading import read_side

WORDS = {
    "kementerian": "ministry", "dalam": "interior", "negeri": "state", "menolak": "rejected",
    "rencana": "plan", "itu": "that", "dan": "and", "hari": "today", "ini": "now",
    "menjawab": "answered", "surat": "letter", "menunda": "postponed", "rapat": "meeting",
    "besar": "big", "pengadilan": "court", "tinggi": "high", "sindh": "sindh", "bank": "bank",
    "sentral": "central", "membuka": "opened", "cabang": "branch", "baru": "new",
    "badan": "agency", "pangan": "food", "dunia": "world",
}  # fmt: skip


def ledger_of(source, target, *names, label="ORG", words=None, concepts=()):
    alignment = fake_alignment(source, target, dictionary=WORDS | (words or {}))
    mentions = [m for name in names for m in mentions_of(alignment.source, name, label)]
    return build_ledger(alignment, mentions, concepts, ())


def statuses(entry):
    return {r.text: (r.status, r.count) for r in entry.renderings}


def test_mentions_of_one_name_make_one_entry_with_every_place():
    source = "Bank Sentral menolak rencana itu.\nRapat besar menunda Bank Sentral hari ini.\n"
    target = "Bank Central rejected plan that.\nMeeting big postponed Bank Central today now.\n"
    ledger = ledger_of(source, target, "Bank Sentral")
    (entry,) = ledger
    assert [m.text for m in entry.mentions] == ["Bank Sentral"] * 2
    assert statuses(entry) == {"Bank Central": ("expected", 2)}
    assert (entry.expected, entry.reason) == ("Bank Central", "only one")
    for span in entry.mentions:
        assert source[span.start : span.end] == span.text
    for span in entry.renderings[0].places:
        assert target[span.start : span.end] == span.text


def test_inflected_mentions_are_grouped():
    source = "Pengadilan menolak rencana itu.\nPengadilannya menunda rapat besar."
    target = "Court rejected plan that.\nCourt postponed meeting big."
    ledger = ledger_of(source, target, "Pengadilan", words={"pengadilannya": "court"})
    assert [len(entry.mentions) for entry in ledger] == [2]


COMPETING_SOURCE = (
    "Badan Pangan menolak rencana itu.\nBadan Pangan menjawab surat besar.\n"
    "Badan Pangan menunda rapat baru.\n"
)


def test_a_full_form_with_other_words_competes():
    target = (
        "Agency Food rejected plan that.\nAgency Food answered letter big.\n"
        "Bureau Nutrition postponed meeting new.\n"
    )
    # "bureau" and "nutrition" stand for the same source words in one place only.
    words = {"bureau": "agency", "nutrition": "food"}
    (entry,) = ledger_of(COMPETING_SOURCE, target, "Badan Pangan", words=words)
    assert statuses(entry) == {
        "Agency Food": ("expected", 2),
        "Bureau Nutrition": ("competing", 1),
    }
    assert entry.reason == "majority"
    assert [r.text for r in entry.competing] == ["Bureau Nutrition"]
    assert "Bureau Nutrition ×1 !" in str(Ledger((entry,)))


def test_a_short_form_is_a_variant():
    target = (
        "Agency Food rejected plan that.\nThe Agency answered letter big.\n"
        "Agency Food postponed meeting new.\n"
    )
    (entry,) = ledger_of(COMPETING_SOURCE, target, "Badan Pangan")
    assert statuses(entry) == {"Agency Food": ("expected", 2), "Agency": ("variant", 1)}
    assert not entry.competing


def test_other_order_and_inflection_are_the_same_rendering():
    target = (
        "Agency Food rejected plan that.\nFood Agency answered letter big.\n"
        "Agencies Food postponed meeting new.\n"
    )
    (entry,) = ledger_of(COMPETING_SOURCE, target, "Badan Pangan", words={"agencies": "agency"})
    assert statuses(entry) == {"Agency Food": ("expected", 3)}


def test_an_acronym_does_not_compete():
    target = (
        "Agency Food rejected plan that.\nWFP answered letter big.\n"
        "Agency Food postponed meeting new.\n"
    )
    (entry,) = ledger_of(COMPETING_SOURCE, target, "Badan Pangan", words={"wfp": "agency"})
    assert not entry.competing
    assert statuses(entry)["WFP"] == ("variant", 1)


def test_a_name_of_several_words_counts_inside_a_longer_one():
    source = "Pengadilan Tinggi Sindh menolak rencana itu.\nPengadilan Tinggi menunda rapat.\n"
    target = "Court High Sindh rejected plan that.\nCourt High postponed meeting.\n"
    ledger = ledger_of(source, target, "Pengadilan Tinggi Sindh", "Pengadilan Tinggi")
    counts = {entry.source_text: len(entry.mentions) for entry in ledger}
    assert counts == {"Pengadilan Tinggi Sindh": 1, "Pengadilan Tinggi": 2}


def test_a_single_word_does_not_count_inside_a_longer_name():
    source = "Bank Sentral menolak rencana itu.\nSebuah bank membuka cabang baru.\n"
    target = "Bank Central rejected plan that.\nA bank opened branch new.\n"
    ledger = ledger_of(source, target, "Bank Sentral", "bank")
    counts = {entry.source_text: len(entry.mentions) for entry in ledger}
    assert counts == {"Bank Sentral": 1, "bank": 1}


def test_a_term_needs_two_mentions_and_a_name_one():
    source, target = "Pengadilan menolak rencana itu.\n", "Court rejected plan that.\n"
    assert len(ledger_of(source, target, "Pengadilan", label="TERM")) == 0
    assert len(ledger_of(source, target, "Pengadilan")) == 1


def test_an_institution_of_the_table_is_a_name():
    source, target = "Kementerian menolak rencana itu.\n", "Ministry rejected plan that.\n"
    match = ConceptMatch(
        Span.of(source, 0, 11), frozenset({"gov.ministry"}), frozenset(), institution=True
    )
    (entry,) = ledger_of(source, target, concepts=[match])
    assert (entry.label, entry.concept) == ("ORG", "gov.ministry")


def test_a_dropped_sentence_leaves_a_mention_without_place():
    source = "Bank Sentral menolak rencana itu.\nRapat besar menunda surat hari ini.\n"
    source += "Bank Sentral membuka cabang baru.\n"
    target = "Bank Central rejected plan that.\nMeeting big postponed letter today now.\n"
    (entry,) = ledger_of(source, target, "Bank Sentral")
    assert len(entry.mentions) == 2
    assert sum(r.count for r in entry.renderings) == 1


def test_entries_stand_in_the_order_of_their_first_mention():
    source = "Badan Pangan menolak rencana itu.\nBank Sentral membuka cabang baru.\n"
    target = "Agency Food rejected plan that.\nBank Central opened branch new.\n"
    ledger = ledger_of(source, target, "Bank Sentral", "Badan Pangan")
    assert [entry.source_text for entry in ledger] == ["Badan Pangan", "Bank Sentral"]


def test_nothing_to_keep():
    ledger = ledger_of("Rencana besar.", "Plan big.")
    assert (len(ledger), ledger.to_list(), str(ledger)) == (0, [], "")


def key(text, lang="en"):
    return RenderingKey.of_text(text, lang)


@pytest.mark.parametrize(
    ("a", "b", "lang"),
    [
        ("Ministry of Home Affairs", "the ministry", "en"),
        ("Ministry of Home Affairs", "Home Affairs Ministry", "en"),
        ("World Food Programme", "WFP", "en"),
        ("Министерство внутренних дел", "министерства внутренних дел", "ru"),
        ("内政部门", "内政部", "zh"),
        ("国連難民高等弁務官事務所", "国連難民事務所", "ja"),
        ("وزارة الداخلية", "لوزارة الداخلية", "ar"),
    ],
)
def test_renderings_that_agree(a, b, lang):
    assert key(a, lang).agrees(key(b, lang))
    assert key(b, lang).agrees(key(a, lang))


@pytest.mark.parametrize(
    ("a", "b", "lang"),
    [
        ("Ministry of Home Affairs", "Interior Ministry", "en"),
        ("High Court", "Supreme Court", "en"),
        ("WHO", "IMF", "en"),
        ("最高法院", "高等法院", "zh"),
        ("内務省", "外務省", "ja"),
        ("وزارة الداخلية", "وزارة الخارجية", "ar"),
    ],
)
def test_renderings_that_compete(a, b, lang):
    assert not key(a, lang).agrees(key(b, lang))
    assert not key(b, lang).agrees(key(a, lang))


def test_an_empty_key_agrees_with_all_and_is_false():
    assert not key("of the")
    assert key("of the").agrees(key("court"))


@pytest.mark.parametrize(
    ("text", "lang", "piece", "kept"),
    [
        ("It met in the High Court, briefly.", "en", "in the High Court,", "High Court"),
        ("It met.", "en", ".", None),
    ],
)
def test_trim(text, lang, piece, kept):
    side = read_side(text, lang)
    start = text.index(piece)
    found = trim(side, Span.of(text, start, start + len(piece)))
    assert (found.text if found else None) == kept
