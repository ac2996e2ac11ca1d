from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mtcheck import Term, Termbase
from mtcheck.document import Span
from mtcheck.termbase import TARGET_SIDE
from mtcheck.termbases.finding import Finder
from mtcheck.termbases.jurisdictions import Countries, choose
from mtcheck.termbases.matching import TermIndex
from mtcheck.termbases.words import variants
from mtcheck.text.forms import is_part, loosely_same, word_keys
from mtcheck.text.reading import read_side


def found(terms, text, lang):
    """Texts of the matches of some terms."""
    index = TermIndex(Termbase.of({term: f"target {k}" for k, term in enumerate(terms)}), lang)
    side = read_side(text, lang)
    matches = index.match(side)
    assert all(side.text[m.span.start : m.span.end] == m.span.text for m in matches)
    return [match.span.text for match in matches]


@pytest.mark.parametrize(
    ("lang", "term", "text", "expected"),
    [
        ("en", "court", "Courts and the court's clerk", ["Courts", "court"]),
        ("en", "interior ministry", "The INTERIOR MINISTRIES", ["INTERIOR MINISTRIES"]),
        ("en", "end user", "End-users and end users", ["End-users", "end users"]),
        ("en", "data base", "a database, a data-base", ["database", "data-base"]),
        ("en", "COVID-19", "COVID 19 and Covid-19", ["COVID 19"]),
        ("en", "Ministry of the Interior", "Ministry of Interior", ["Ministry of Interior"]),
        ("en", "court", "courtesy, courtyard, the court", ["court"]),
        ("en", "quarantine", "self-quarantine or quarantine", ["quarantine"]),
        ("en", "driver's license", "a driver’s license", ["driver’s license"]),
        ("fr", "ministère de la Justice", "les ministères de Justice", ["ministères de Justice"]),
        (
            "fr",
            "ministère de l'Intérieur",
            "ministère de l’Intérieur",
            ["ministère de l’Intérieur"],
        ),
        ("fr", "gouvernement", "du gouvernement", ["gouvernement"]),
        ("de", "Bundesgericht", "des Bundesgerichts", ["Bundesgerichts"]),
        ("ru", "министерство", "в министерстве", ["министерстве"]),
        ("ru", "счёт", "счет", ["счет"]),
        ("id", "pengadilan", "pengadilannya di pengadilan", ["pengadilannya", "pengadilan"]),
        ("id", "menteri", "menteri-menteri dan kementerian", ["menteri-menteri"]),
        ("id", "MERS CoV", "virus MERS-CoV", ["MERS-CoV"]),
        ("id", "MERS-CoV", "virus MERS CoV", ["MERS CoV"]),
        ("ar", "محكمة", "المحكمة وبالمحكمة", ["المحكمة", "وبالمحكمة"]),
        ("ar", "أعراض", "ظهرت الاعراض", ["الاعراض"]),
        ("ko", "정부", "정부는 오늘", ["정부는"]),
        ("zh", "法院", "最高法院说，法院", ["法院"]),
        ("zh", "WHO", "WHO和WHOIS", ["WHO"]),
        ("ja", "ウイルス", "コロナウイルスとウイルス", ["ウイルス"]),
        ("ja", "裁判所", "裁判所は", ["裁判所"]),
        ("th", "รัฐบาล", "รัฐบาลไทย", ["รัฐบาล"]),
    ],
)
def test_forms(lang, term, text, expected):
    assert found([term], text, lang)[: len(expected)] == expected


def test_longest_match_wins_and_nothing_fires_inside_it():
    terms = ["court", "High Court", "High Court of Sindh", "Sindh"]
    text = "the High Court of Sindh, the High Court and a court in Sindh"
    assert found(terms, text, "en") == ["High Court of Sindh", "High Court", "court", "Sindh"]
    assert found(["a b", "b c d"], "a b c d", "en") == ["b c d"]


def test_acronyms_mind_their_case():
    assert found(["WHO"], "Who asked WHO?", "en") == ["WHO"]
    assert found(["WHO"], "WHO ASKED?", "en") == []
    assert found(["NATO"], "NATO ASKED?", "en") == ["NATO"]
    assert found(["CDC"], "the CDCs said", "en") == ["CDCs"]


def test_an_acronym_is_no_part_of_a_longer_code():
    assert found(["SARS"], "SARS-COV-2, SARS-like, SARS", "en") == ["SARS", "SARS"]
    assert found(["SARS", "SARS-CoV-2"], "SARS-COV-2", "en") == ["SARS-COV-2"]


def test_case_by_the_house():
    rows = [{"source": "Apple", "target": "Apple", "case_sensitive": "yes"}]
    index = TermIndex(Termbase.of(rows), "en")
    assert [m.span.text for m in index.match(read_side("apple Apples", "en"))] == ["Apples"]


def test_capitals_of_names_count_where_most_terms_have_none():
    lower = ["court", "trial", "judge", "verdict", "suspect"]
    assert found([*lower, "Commons"], "common bats in the Commons", "en") == ["Commons"]
    assert found(["Commons", "Court"], "a court", "en") == ["court"]


def test_participles_are_not_verbs_and_nouns_not_participles():
    assert found(["wanted man", "wanted"], "they want him; a wanted man; wanted", "en") == [
        "wanted man", "wanted",
    ]  # fmt: skip
    noun = [{"source": "commission", "target": "x", "part_of_speech": "noun"}]
    side = read_side("commissioned by the commissions", "en")
    assert [m.span.text for m in TermIndex(Termbase.of(noun), "en").match(side)] == ["commissions"]
    assert found(["commission"], "commissioned", "en") == ["commissioned"]


def test_acronyms_have_no_dictionary_form():
    assert found(["AI"], "Is it AI?", "en") == ["AI"]


def test_addresses_and_handles_hold_no_terms():
    text = "virus: see https://virus.example/virus, virus@example.org, #virus, www.virus.example"
    assert found(["virus"], text, "en") == ["virus"]


def test_a_bracket_behind_a_term_is_optional():
    assert variants("Pusat Penyakit (CDC)") == ("Pusat Penyakit (CDC)", "Pusat Penyakit", "CDC")
    assert variants("bank (river)") == ("bank (river)", "bank")
    assert variants("(CDC)") == ("(CDC)",)
    assert found(["Pusat Penyakit (CDC)"], "CDC atau Pusat Penyakit", "id") == [
        "CDC", "Pusat Penyakit",
    ]  # fmt: skip


def test_several_concepts_for_one_term():
    rows = [
        {"concept_id": "a", "source_term": "bank", "target_term": "Bank"},
        {"concept_id": "b", "source_term": "Bank", "target_term": "Ufer"},
    ]
    (match,) = TermIndex(Termbase.of(rows), "en").match(read_side("the banks", "en"))
    assert {entry.id for entry, _ in match.senses} == {"a", "b"}


def test_scripts_are_languages_of_their_own():
    rows = [{"source": "臺灣", "target": "x", "source_lang": "zh-TW", "target_lang": "en"}]
    assert len(TermIndex(Termbase.of(rows), "zh-Hans")) == 0
    assert len(TermIndex(Termbase.of(rows), "zh-Hant")) == 1
    assert len(TermIndex(Termbase.of(rows), "zh")) == 1
    with pytest.raises(ValueError, match="side must be"):
        TermIndex(Termbase.of(rows), "zh", side="en")
    assert len(TermIndex(Termbase.of({"a": "b"}), "id", side=TARGET_SIDE)) == 1


words = st.text("abcdeéß中ا ", min_size=1, max_size=6).filter(lambda t: any(c.isalnum() for c in t))


@given(st.lists(words, min_size=1, max_size=6), words, st.sampled_from(["en", "zh", "ar", "id"]))
def test_matches_never_overlap_and_always_slice(terms, text, lang):
    index = TermIndex(Termbase.of({" ".join(t.split()): "x" for t in terms}), lang)
    side = read_side(text, lang)
    spans = [m.span for m in index.match(side)]
    assert spans == sorted(spans)
    assert not any(a.overlaps(b) for a, b in pairwise(spans))
    assert all(Span.of(text, s.start, s.end) == s for s in spans)


# ---------------------------------------------------------------- the other side


def places(term, text, lang, **options):
    side = read_side(text, lang)
    finder = Finder(side, range(len(side.tokens)))
    return [(p.span.text, p.sure) for p in finder.find(Term(text=term, lang=lang, **options))]


@pytest.mark.parametrize(
    ("lang", "term", "text", "expected"),
    [
        ("en", "Interior Ministry", "Interior Ministries", ("Interior Ministries", True)),
        ("en", "Ministry of the Interior", "Ministry of Interior", ("Ministry of Interior", True)),
        ("en", "email", "an e-mail", ("e-mail", True)),
        ("en", "case fatality rate", "rate of case fatality", ("rate of case fatality", False)),
        ("de", "Bericht", "Jahresberichte", ("Jahresberichte", False)),
        ("de", "Art", "Vertragsarten", ("Vertragsarten", False)),
        ("de", "Daten Fluss", "Datenfluss", ("Datenfluss", True)),
        ("ru", "тип", "типа", ("типа", False)),
        ("id", "penyebaran", "menyebar", ("menyebar", False)),
        ("id", "MERS CoV", "virus MERS-CoV", ("MERS-CoV", True)),
        ("id", "menteri", "para menteri-menteri", ("menteri-menteri", True)),
        ("zh", "冠状病毒传播", "冠状病毒的传播", ("冠状病毒的传播", True)),
        ("zh", "COVID", "COVIDS和COVID", ("COVID", True)),
        ("ar", "أعراض", "الأعراض", ("الأعراض", True)),
        ("fr", "auto-isolement", "l’auto-isolement", ("auto-isolement", True)),
    ],
)
def test_places_of_a_form(lang, term, text, expected):
    assert places(term, text, lang)[0] == expected


@pytest.mark.parametrize(
    ("lang", "term", "text"),
    [
        ("en", "art", "a party, an artist"),
        ("en", "ministry", "the minute"),
        ("de", "Art", "Artikel"),
        ("de", "Dokumentenart", "Dokumententyp"),
        ("de", "Einschränkung", "Beschränkung"),
        ("id", "kebersihan", "bersih"),
        ("es", "info", "información"),
        ("zh", "法院", "法官在院子里"),
    ],
)
def test_other_words_are_no_places(lang, term, text):
    assert places(term, text, lang) == []


def test_an_acronym_in_other_capitals_is_not_sure():
    assert places("WHO", "people who", "en") == [("who", False)]
    assert places("WHO", "the WHO", "en") == [("WHO", True)]


def test_an_empty_stretch_has_no_places():
    assert Finder(read_side("a b", "en"), range(0)).find(Term(text="a", lang="en")) == []


def test_loose_comparison_is_symmetric_and_bounded():
    keys = {w: word_keys(w, "en") for w in ("minister", "ministry", "court", "courtship", "cat")}
    assert loosely_same(keys["minister"], keys["ministry"], "en")
    assert loosely_same(keys["ministry"], keys["minister"], "en")
    assert not loosely_same(keys["cat"], keys["court"], "en")
    assert not is_part(keys["courtship"], keys["court"], "en")  # English writes no such compounds


# ---------------------------------------------------------------- which country's


def entries():
    rows = [
        {"concept_id": c, "source_term": "Kementerian", "target_term": t, "jurisdiction": j}
        for c, t, j in (("p", "Interior", "PK"), ("i", "Home", "ID"), ("o", "Any", None))
    ]
    return Termbase.of(rows).entries


def chosen(text, lang="id", word="Kementerian", given=None):
    side = read_side(text, lang)
    at = text.rindex(word)
    span = Span.of(text, at, at + len(word))
    return "".join(entry.id for entry in choose(given or entries(), span, Countries(side)))


def test_the_country_that_an_article_is_about():
    assert chosen("Kementerian di Pakistan. Pakistan menolak. Kementerian") == "p"
    assert chosen("Kementerian di Islamabad") == "pio"
    assert chosen("Indonesia dan Pakistan. Kementerian") == "pi"
    assert chosen("Pakistan, Pakistan, Indonesia. Kementerian") == "p"
    assert chosen("Pakistan, Pakistan. Kementerian Indonesia menolak") == "i"
    assert chosen("Di Prancis, Kementerian menolak") == "o"


def test_an_adjective_names_a_country():
    assert chosen("The Pakistani officials said. The Ministry", "en", "Ministry") == "p"


def test_a_single_country_not_named_among_others_is_not_meant():
    assert chosen("Di Prancis, Kementerian menolak", given=entries()[:1]) == ""
    assert chosen("Kementerian menolak", given=entries()[:1]) == "p"


def test_a_doubled_term_is_not_its_half():
    assert found(["mata-mata"], "matanya dan mata-mata", "id") == ["mata-mata"]
    assert word_keys("mata-mata", "id")[:2] == ("mata-mata", "mata-mata")
