import io
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mtcheck import Termbase
from mtcheck.errors import TermbaseError
from mtcheck.termbase import Status
from mtcheck.termbases import MAX_BYTES


@pytest.fixture
def load(tmp_path):
    def call(content, name="house.csv", **options):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
        return Termbase.read(path, **options)

    return call


def pairs(termbase):
    """(source, target, target's status) of all concepts of two languages."""
    return [
        (entry.terms[0].text, term.text, term.status)
        for entry in termbase
        for term in entry.terms
        if term.lang != entry.terms[0].lang
    ]


@pytest.mark.parametrize(
    "content",
    [
        "pengadilan,court\nsidang,trial\n",
        "pengadilan;court\nsidang;trial\n",
        "pengadilan\tcourt\nsidang\ttrial\n",
        "\ufeffpengadilan,court\r\nsidang,trial\r\n",
        "source,target\npengadilan,court\nsidang,trial\n",
        "Source Term,Target Term\npengadilan,court\n\nsidang,trial\n",
        "pengadilan,court\nsidang,trial".encode("utf-16"),
    ],
)
def test_two_columns_in_any_dress(load, content):
    found = load(content)
    assert pairs(found) == [("pengadilan", "court", None), ("sidang", "trial", None)]
    assert found.languages == ("x-source", "x-target")


def test_languages_come_from_the_caller_the_columns_or_the_header(load):
    assert load("a,b\n", source_lang="id", target_lang="en").languages == ("id", "en")
    assert load("satu,one,id,en-us\ndua,two,id,en-US\n").languages == ("id", "en-US")
    wide = load("id,en,fr\nsatu,one|single,un\ndua,,deux\n")
    assert wide.languages == ("id", "en", "fr")
    assert [t.text for t in wide.entries[0].terms] == ["satu", "one", "single", "un"]


def test_every_column_arrives(load):
    found = load(
        "concept_id,source_term,source_lang,target_term,target_lang,status,pos,term_type,"
        "entity_type,case_sensitive,reference,edition,valid_from,valid_to,definition,note,source,"
        "jurisdiction\n"
        "c1,Kemendagri,id,Home Ministry,en,forbidden,noun,short form,ORG,yes,later,GB,2020,"
        '2021-06,"a, b",N,S,ID\n'
    )
    entry = found.entries[0]
    term = entry.terms[1]
    assert (entry.id, entry.entity_type, entry.jurisdiction) == ("c1", "ORG", "ID")
    assert (entry.definition, term.note, term.source) == ("a, b", "N", "S")
    assert (term.status, term.term_type, term.edition) == (Status.DEPRECATED, "shortForm", "GB")
    assert (term.case_sensitive, term.reference) == (True, "later")
    assert (term.valid_from, term.valid_to) == (date(2020, 1, 1), date(2021, 6, 30))


def test_rows_with_one_source_term_are_one_concept(load):
    found = load("source,target,status\ncourt,pengadilan,preferred\nCourt,mahkamah,deprecated\n")
    assert len(found) == 1
    assert [str(t.status) for t in found.entries[0].terms if t.lang == "x-target"] == [
        "preferred", "deprecated",
    ]  # fmt: skip


def test_not_to_be_translated(load):
    found = load("source,target,dnt\nPancasila,,yes\nBundestag,Bundestag,x\n")
    assert all(entry.do_not_translate for entry in found)
    assert found.problems() == ()


@pytest.mark.parametrize(
    ("content", "line", "reason"),
    [
        ("source,target\na,b\nc,\n", 3, "no target term for “c”"),
        ("source,target\n,b\nc,d\n", 2, "no source term for “b”"),
        ('source,target\n"a\nb",c\nd,\n', 4, "no target term"),
        ("source,target,status\na,b,maybe\nc,d,\n", 2, "unknown status 'maybe'"),
        ("source,target,valid_from\na,b,soon\nc,d,\n", 2, "valid_from is 'soon'"),
        ("source,target,valid_from,valid_to\na,b,2022,2021\nc,d,,\n", 2, "only from"),
        ("source,target,case_sensitive\na,b,perhaps\nc,d,\n", 2, "write yes or no"),
        ("source,target,reference\na,b,third\nc,d,\n", 2, "first or later"),
        ("source,target,source_lang\na,b,xx\nc,d,id\n", 2, "unknown language tag"),
        ("source,target\na,b,c\nd,e\n", 2, "3 cells, but 2 columns"),
        ("source,target,status\na,b,preferred\na,b,deprecated\n", 3, "preferred in line 2"),
        ("source,target,dnt\na,b,yes\nc,d,\n", 2, "not to be translated"),
        ("source,target\na,--\nc,d\n", 2, "no letter"),
        (f"source,target\na,{'b' * 301}\nc,d\n", 2, "301 characters"),
        ("term,lang,concept_id\na,id,\nb,en,1\nc,id,1\n", 2, "no concept_id"),
        ("term,concept_id,lang\na,1,\nb,1,en\nc,1,id\n", 2, "no lang"),
    ],
)
def test_a_bad_row_stops_the_load_unless_skipped(load, content, line, reason):
    with pytest.raises(TermbaseError) as error:
        load(content)
    message = str(error.value)
    assert message.startswith("house.csv: a bad row: ")
    assert f"line {line}: " in message
    assert reason in message
    assert "\n" not in message
    rest = load(content, skip_bad_rows=True)
    assert len(rest) >= 1
    assert [problem.where for problem in rest.skipped] == [f"line {line}"]


def test_many_bad_rows_are_counted(load):
    with pytest.raises(TermbaseError, match=r"5 bad rows.*and 2 more"):
        load("source,target\n" + "a,\n" * 5 + "b,c\n")
    with pytest.raises(TermbaseError, match="no term in it"):
        load("source,target\na,\n", skip_bad_rows=True)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "empty"),
        (b" \n\n", "empty"),
        (b"one\ntwo\n", "one column only"),
        (b"source,target,colour\na,b,c\n", "unknown column 'colour'"),
        (b"source,target,target\na,b,c\n", "there twice"),
        (b"a,b,c,d,e\n", "5 columns without a header"),
        (b"source,target\ncaf\xe9,b\n", "line 2: not utf-8 (byte 0xE9)"),
        (b"a,b\x00\n", "NUL"),
        (b'source,target\n"a,b\n', "unexpected end"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "old Excel file"),
    ],
)
def test_what_is_no_table_is_said_in_one_line(load, content, reason):
    with pytest.raises(TermbaseError) as error:
        load(content)
    assert reason in str(error.value)
    assert "\n" not in str(error.value)


def test_files_that_are_not_there_or_too_large(tmp_path):
    with pytest.raises(TermbaseError, match="no such file"):
        Termbase.read(tmp_path / "none.csv")
    with pytest.raises(TermbaseError, match="is a folder"):
        Termbase.read(tmp_path)
    large = tmp_path / "large.csv"
    with large.open("wb") as stream:
        stream.truncate(MAX_BYTES + 1)
    with pytest.raises(TermbaseError, match="larger than 64 MB"):
        Termbase.read(large)


def test_encoding_by_name(load):
    found = load("café,coffee\n".encode("cp1252"), encoding="cp1252")
    assert found.entries[0].terms[0].text == "café"
    with pytest.raises(TermbaseError, match="unknown encoding"):
        load("a,b\n", encoding="klingon")


def test_mappings_and_rows():
    by_mapping = Termbase.of({"a": ["b", "c"], "d": "e"}, source_lang="id", target_lang="en")
    assert [t.text for t in by_mapping.entries[0].terms] == ["a", "b", "c"]
    by_rows = Termbase.of([{"source": "a", "target": "b", "case_sensitive": True, "note": None}])
    assert by_rows.entries[0].terms[1].case_sensitive is True
    assert Termbase.of(by_rows) is by_rows


@pytest.mark.parametrize(
    ("rows", "reason"),
    [
        ([{"source": "b", "target": "c"}, {"source": "a"}], "row 2: no target term for “a”"),
        ([{"source": "a", "target": "b", "colour": "c"}], "row 1: unknown column 'colour'"),
        (["a"], "row 1: it is str"),
        ([], "no term in it"),
        (7, "a termbase cannot be int"),
    ],
)
def test_bad_rows_of_a_list(rows, reason):
    with pytest.raises(TermbaseError, match=reason):
        Termbase.of(rows)


cell = st.text(
    st.characters(codec="utf-8", categories=("L", "N", "P", "Zs")), min_size=1, max_size=12
).filter(lambda text: any(c.isalnum() for c in text) and text == " ".join(text.split()))


@given(st.lists(st.tuples(cell, cell), min_size=1, max_size=8, unique_by=lambda p: p[0].casefold()))
def test_csv_round_trip(rows):
    first = Termbase.of([
        {"concept_id": f"c{k}", "source_lang": "id", "target_lang": "en",
         "source_term": a.replace("|", "/"), "target_term": b.replace("|", "/")}
        for k, (a, b) in enumerate(rows)
    ])  # fmt: skip
    from mtcheck.termbases.tables import read_delimited

    again = read_delimited(io.BytesIO(first.to_csv().encode()).getvalue(), "again.csv")
    assert again.entries == first.entries
