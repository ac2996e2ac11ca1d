"""The shipped termbase: complete, consistent, in the right scripts, and loaded by its name."""

import re
import unicodedata
from importlib import resources

import pytest
from babel import Locale

import mtcheck
from mtcheck.termbase import Status, Termbase
from mtcheck.termbases.news import COLUMNS, LANGUAGES, news_termbase, read_shard

FOLDER = resources.files("mtcheck").joinpath("data/termbases")
FILES = sorted((p for p in FOLDER.iterdir() if p.name.endswith(".tsv")), key=lambda p: p.name)
# Bodies that deal with another place than their own, or whose name holds another's (ヨルダン川).
OTHER_COUNTRY = {"cn.taiwan-affairs-office", "dip.west-bank", "tw.kmt"}
# Simplified in their own right; the table folds them to a variant that only Japanese has.
SIMPLIFIED = {"欠", "疏"}
LATIN = {"en", "id", "fr"}
# Letters of scripts that a cell may hold beside Latin acronyms and digits.
SCRIPTS = {
    "zh-Hans": r"[\u4e00-\u9fff]",
    "ja": r"[\u3040-\u30ff\u4e00-\u9fff々]",
    "ar": r"[\u0600-\u06ff]",
}
HEADER = "\t".join(COLUMNS)


@pytest.fixture(scope="module")
def news():
    return Termbase.news()


def terms_of(termbase):
    return [(entry, term) for entry in termbase for term in entry.terms]


def simplified_of():
    """Simplified character of each traditional one, where they differ."""
    path = resources.files("mtcheck").joinpath("data/names/han_variants.tsv")
    rows = [r.split("\t") for r in path.read_text("utf-8").splitlines() if not r.startswith("#")]
    return {other: row[0] for row in rows for other in row[1]}


def test_coverage(news):
    complete = [entry for entry in news if set(entry.languages) == set(LANGUAGES)]
    assert len(complete) >= 1_700
    assert len(complete) == len(news)
    places = {entry.jurisdiction for entry in news if entry.jurisdiction}
    assert len(places) >= 69
    with_title = {e.jurisdiction for e in news if e.id.endswith(".ministry.foreign")}
    assert len(with_title) == 69


def test_nothing_to_say_against_it(news):
    assert news.problems() == ()
    assert news.skipped == ()


def test_each_language_has_one_preferred_term_and_it_comes_first(news):
    for entry in news:
        for lang in LANGUAGES:
            mine = [term for term in entry.terms if term.lang == lang]
            assert mine[0].status is Status.PREFERRED, entry.id
            assert all(term.status is not Status.PREFERRED for term in mine[1:]), entry.id
            folded = [term.text for term in mine]
            assert len(folded) == len(set(folded)), (entry.id, lang)


def test_identifiers_and_jurisdictions(news):
    codes = Locale("en").territories
    for entry in news:
        assert re.fullmatch(r"[a-z]+(\.[a-z0-9-]+)+", entry.id), entry.id
        assert entry.source, entry.id
        assert entry.entity_type in {None, "ORG", "TITLE", "LOC"}, entry.id
        if entry.jurisdiction:
            assert entry.jurisdiction in codes, entry.id
        prefix = entry.id.split(".")[0]
        if len(prefix) == 2 and prefix != "ff":
            assert entry.jurisdiction == prefix.upper(), entry.id


def test_scripts(news):
    for entry, term in terms_of(news):
        where = (entry.id, term.lang, term.text)
        assert unicodedata.normalize("NFC", term.text) == term.text, where
        assert term.text == term.text.strip(), where
        assert not re.search(r"  |[!|\t]", term.text), where
        if term.lang in LATIN:
            letters = [c for c in term.text if c.isalpha()]
            assert all("LATIN" in unicodedata.name(c) for c in letters), where
        elif not re.search(SCRIPTS[term.lang], term.text):
            # What stands in Latin letters is an acronym or a name kept as it is.
            assert term.text.isascii(), where
            assert term.text[0].isupper(), where


def test_no_traditional_characters_in_chinese(news):
    simplified = simplified_of()
    wrong = [
        (entry.id, term.text, char)
        for entry, term in terms_of(news)
        if term.lang == "zh-Hans"
        for char in term.text
        if simplified.get(char, char) != char and char not in SIMPLIFIED
    ]
    assert wrong == []


def test_acronyms(news):
    for entry, term in terms_of(news):
        if term.term_type == "acronym":
            assert re.fullmatch(r"[A-Z0-9]{2,8}", term.text), (entry.id, term.text)
    kinds = {term.text: term.term_type for _, term in terms_of(news)}
    assert kinds["KPK"] == kinds["G20"] == kinds["DOJ"] == "acronym"
    assert kinds["Interior Ministry"] is None


def test_acronyms_are_the_initials_of_a_long_form(news):
    """Of English bodies with a long form; names that are no initials are few."""
    odd, looked_at = [], 0
    for entry in news:
        if entry.entity_type != "ORG":
            continue
        english = [t for t in entry.terms if t.lang == "en" and t.accepted]
        longs = [t.text for t in english if " " in t.text]
        for term in english:
            if term.term_type == "acronym" and longs:
                looked_at += 1
                fits = any(in_order(term.text, long) for long in longs)
                native = any(t.lang in {"id", "fr"} and in_order(term.text, t.text)
                             for t in entry.terms if " " in t.text)  # fmt: skip
                if not fits and not native:
                    odd.append((entry.id, term.text))
    assert looked_at > 100
    assert len(odd) <= 0.1 * looked_at, odd


def in_order(acronym, long):
    """Whether the letters of an acronym stand in the long form in their order."""
    letters = iter(long.casefold())
    return all(c in letters for c in acronym.casefold() if c.isalpha())


def test_country_names_inside_titles_are_those_of_cldr(news):
    """A title names its own country, and no other, by the names that CLDR has."""
    names = {
        lang: {c: n for c, n in Locale.parse(lang.replace("-", "_")).territories.items()
               if len(c) == 2 and c.isalpha()}
        for lang in LANGUAGES
    }  # fmt: skip
    wrong, named = [], 0
    for entry in news:
        if not entry.jurisdiction or entry.id in OTHER_COUNTRY:
            continue
        for term in entry.terms:
            own = names[term.lang][entry.jurisdiction]
            for code, name in names[term.lang].items():
                if name not in term.text or (len(name) < 4 and term.lang in LATIN | {"ar"}):
                    continue
                whole = term.lang in {"zh-Hans", "ja"} or re.search(
                    rf"(?<!\w){re.escape(name)}(?!\w)", term.text
                )
                if code == entry.jurisdiction:
                    named += 1
                elif whole and name not in own:
                    wrong.append((entry.id, term.lang, term.text, name))
    assert wrong == []
    assert named > 300


def test_jurisdiction_decides_the_english_title(news):
    first = {entry.id: entry.terms[0].text for entry in news}
    assert first["pk.ministry.interior"] == "Interior Ministry"
    assert first["id.ministry.interior"] == "Home Affairs Ministry"
    assert first["gb.ministry.interior"] == "Home Office"
    assert first["us.ministry.interior"] == "Department of the Interior"
    assert first["us.ministry.foreign"] == "State Department"
    words = {e.id: {t.text for t in e.terms if t.lang == "id"} for e in news}
    assert "Kementerian Dalam Negeri" in words["pk.ministry.interior"]
    assert "Kementerian Dalam Negeri" in words["id.ministry.interior"]


def test_words_of_the_concept_table_are_admitted(news):
    court = next(entry for entry in news if entry.id == "law.court")
    courthouse = next(term for term in court.terms if term.text == "courthouse")
    assert courthouse.status is Status.ADMITTED
    green = next(term for term in court.terms if term.text == "green table")
    assert green.status is Status.DEPRECATED


def test_loaded_once_and_by_name(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert Termbase.news() is Termbase.news() is news_termbase()
    assert Termbase.of("news") is Termbase.news()
    assert Termbase.read("news") is Termbase.news()
    assert mtcheck.Termbase.news().name == "news"
    (tmp_path / "news").write_text("pengadilan,court\n", "utf-8")
    assert len(Termbase.read("news", source_lang="id", target_lang="en")) == 1


def test_it_survives_the_round_trip_through_tbx(news, tmp_path):
    path = tmp_path / "news.tbx"
    path.write_text(news.to_tbx(), "utf-8")
    back = Termbase.read(path)
    assert [entry.id for entry in back] == [entry.id for entry in news]
    for entry, other in zip(news, back, strict=True):
        assert {(t.lang, t.text, t.status) for t in entry.terms} == {
            (t.lang, t.text, t.status) for t in other.terms
        }
        assert entry.jurisdiction == other.jurisdiction


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "x.tsv: columns are not concept_id"),
        ("concept_id\ten\n", "x.tsv: columns are not concept_id"),
        (f"{HEADER}\na.b\tPK\n", "x.tsv:2: 2 cells, not 11"),
    ],
)
def test_damaged_file_is_named(text, message):
    with pytest.raises(ValueError, match=message):
        list(read_shard(text, "x.tsv"))


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.name)
def test_shard_is_well_formed(path):
    text = path.read_text("utf-8")
    assert text.endswith("\n")
    assert "\r" not in text
    header, *rows = text.splitlines()
    assert header == HEADER
    for number, row in enumerate(rows, start=2):
        cells = row.split("\t")
        assert len(cells) == len(COLUMNS), f"{path.name}:{number}"
        assert all(cell == cell.strip() for cell in cells), f"{path.name}:{number}"
        assert all(cells[3:9]), f"{path.name}:{number}"
