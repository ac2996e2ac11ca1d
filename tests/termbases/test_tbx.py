import time
import zipfile
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mtcheck import Status, Term, Termbase, TermEntry
from mtcheck.errors import TermbaseError
from mtcheck.markup import parse_xml
from mtcheck.termbases.tables import read_delimited
from mtcheck.termbases.tbx import read_tbx

EXAMPLE = Path(__file__).parents[2] / "fixtures" / "termbases" / "courts.csv"

V2 = """<?xml version="1.0"?>
<!DOCTYPE martif SYSTEM "TBXcoreStructV02.dtd">
<martif type="TBX" xml:lang="en"><text><body>
  <termEntry id="c1">
    <descrip type="subjectField">law</descrip>
    <descripGrp><descrip type="definition">A body that judges</descrip>
      <admin type="source">Act 1</admin></descripGrp>
    <note>not the trial</note>
    <langSet xml:lang="en-us"><tig>
      <term>high <hi>court</hi></term>
      <termNote type="administrativeStatus">preferredTerm-admn-sts</termNote>
      <termNote type="partOfSpeech">noun</termNote></tig>
      <tig><term>trial</term><termNote type="normativeAuthorization">deprecatedTerm</termNote></tig>
    </langSet>
    <langSet xml:lang="id"><ntig><termGrp><term>pengadilan tinggi</term>
      <termNote type="termType">fullForm</termNote></termGrp></ntig></langSet>
  </termEntry>
</body></text></martif>"""

DCA = """<tbx type="TBX-Basic" style="dca" xml:lang="en" xmlns="urn:iso:std:iso:30042:ed-2">
<text><body><conceptEntry id="c1"><descrip type="subjectField">law</descrip>
<langSec xml:lang="en"><termSec><term>court</term>
<termNote type="administrativeStatus">supersededTerm-admn-sts</termNote></termSec></langSec>
<langSec xml:lang="id"><termSec><term>pengadilan</term></termSec></langSec>
</conceptEntry></body></text></tbx>"""

DCT = """<tbx type="TBX-Basic" style="dct" xml:lang="en" xmlns="urn:iso:std:iso:30042:ed-2"
xmlns:min="http://www.tbxinfo.net/ns/min" xmlns:basic="http://www.tbxinfo.net/ns/basic">
<text><body><conceptEntry id="c1"><min:subjectField>law</min:subjectField>
<langSec xml:lang="en"><termSec><term>court</term>
<min:administrativeStatus>admittedTerm-admn-sts</min:administrativeStatus>
<basic:geographicalUsage>GB</basic:geographicalUsage></termSec></langSec>
<langSec xml:lang="id"><termSec><term>pengadilan</term></termSec></langSec>
</conceptEntry></body></text></tbx>"""


def read(text, **options):
    return read_tbx(text.encode("utf-8"), "house.tbx", **options)


def test_version_2():
    entry = read(V2).entries[0]
    assert (entry.id, entry.subject, entry.definition) == ("c1", "law", "A body that judges")
    assert (entry.note, entry.source) == ("not the trial", "Act 1")
    assert [(t.text, t.lang, t.status) for t in entry.terms] == [
        ("high court", "en-US", Status.PREFERRED),
        ("trial", "en-US", Status.DEPRECATED),
        ("pengadilan tinggi", "id", None),
    ]
    assert entry.terms[2].term_type == "fullForm"


def test_version_3_in_both_styles():
    for text, status in ((DCA, Status.SUPERSEDED), (DCT, Status.ADMITTED)):
        entry = read(text).entries[0]
        assert (entry.subject, entry.terms[0].status) == ("law", status)
        assert entry.languages == ("en", "id")
    assert read(DCT).entries[0].terms[0].edition == "GB"


@pytest.mark.parametrize("word", ["forbidden", "deprecated", "deprecatedTerm-admn-sts", "Obsolete"])
def test_words_for_a_rejected_term(word):
    found = read(DCA.replace("supersededTerm-admn-sts", word))
    assert not found.entries[0].terms[0].accepted


def test_utf_16(tmp_path):
    path = tmp_path / "house.tbx"
    path.write_bytes(V2.encode("utf-16"))
    assert len(Termbase.read(path)) == 1


@pytest.mark.parametrize(
    ("change", "line", "reason"),
    [
        (("<term>court</term>", "<term> </term>"), 3, "a term is empty"),
        (("<term>court</term>", ""), 3, "without <term>"),
        (('xml:lang="id"', ""), 5, "without xml:lang"),
        (('xml:lang="id"', 'xml:lang="qq-1"'), 5, "unknown language tag"),
        (("supersededTerm-admn-sts", "wobbly"), 3, "unknown status 'wobbly'"),
    ],
)
def test_a_bad_element_is_named_by_line(change, line, reason):
    text = DCA.replace(*change)
    with pytest.raises(TermbaseError) as error:
        read(text)
    assert f"line {line}: " in str(error.value)
    assert reason in str(error.value)
    rest = read(text, skip_bad_rows=True)
    assert len(rest.skipped) == 1
    assert len(rest) == 1


def test_a_concept_that_is_there_twice():
    body = DCA[DCA.index("<conceptEntry") : DCA.index("</body>")]
    with pytest.raises(TermbaseError, match="line 6: the concept c1 is there since line 2"):
        read(DCA.replace("</body>", body + "</body>"))


# ---------------------------------------------------------------- hostile files

LAUGHS = """<?xml version="1.0"?><!DOCTYPE tbx [<!ENTITY a "ha">{}]><tbx><text><body>
<conceptEntry id="c"><langSec xml:lang="en"><termSec><term>&z;</term></termSec></langSec>
</conceptEntry></body></text></tbx>""".format(
    "".join(
        f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefghi", "bcdefghiz", strict=True)
    )
)


@pytest.mark.parametrize(
    "text",
    [
        LAUGHS,
        '<!DOCTYPE t [<!ENTITY x SYSTEM "file:///etc/passwd">]><tbx>&x;</tbx>',
        '<!DOCTYPE t [<!ENTITY % p SYSTEM "http://127.0.0.1/x.dtd">%p;]><tbx/>',
        '<!DOCTYPE t [<!ENTITY x SYSTEM "http://127.0.0.1/x" NDATA y>]><tbx/>',
    ],
    ids=["laughs", "external", "parameter", "unparsed"],
)
def test_entities_are_refused_at_once(text):
    start = time.perf_counter()
    with pytest.raises(TermbaseError, match="entities are not read"):
        read(text)
    assert time.perf_counter() - start < 1


def test_an_undeclared_entity_and_a_foreign_document_type():
    with pytest.raises(TermbaseError, match=r"house\.tbx: line 1"):
        read('<!DOCTYPE t SYSTEM "http://127.0.0.1/t.dtd"><tbx>&who;</tbx>')
    assert len(read(V2)) == 1  # the document type is named, not fetched


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("<tbx><text>", "line 1: not well-formed XML"),
        ("<tbx/>", "no concept in it"),
        ("<html><p>hello</p></html>", "<html> is no TBX"),
        ("<a>" * 100 + "</a>" * 100, "nested too deeply"),
        ('<?xml version="1.0" encoding="klingon"?><tbx/>', "not"),
    ],
)
def test_what_is_no_tbx(text, reason):
    with pytest.raises(TermbaseError) as error:
        read(text)
    assert reason in str(error.value)
    assert "\n" not in str(error.value)


def test_deep_nesting_costs_no_recursion():
    with pytest.raises(TermbaseError):
        parse_xml(b"<a>" * 1_000_000, "deep.tbx", kind=TermbaseError)


# ---------------------------------------------------------------- writing

word = st.text(
    st.characters(codec="utf-8", categories=("L", "N", "P", "S", "Zs", "Mn")),
    min_size=1,
    max_size=15,
).filter(lambda text: any(c.isalnum() for c in text) and text == " ".join(text.split()))
maybe = st.none() | word
days = st.dates(date(1900, 1, 1), date(2100, 1, 1))


@st.composite
def terms(draw, lang):
    start = draw(st.none() | days)
    return Term(
        text=draw(word), lang=lang,
        status=draw(st.none() | st.sampled_from(list(Status))),
        case_sensitive=draw(st.sampled_from([None, True, False])),
        reference=draw(st.sampled_from([None, "first", "later"])),
        edition=draw(st.sampled_from([None, "US", "GB"])),
        term_type=draw(st.sampled_from([None, "fullForm", "acronym"])),
        valid_from=start, valid_to=start,
        note=draw(maybe), source=draw(maybe), context=draw(maybe), gender=draw(maybe),
        part_of_speech=draw(maybe), external_id=draw(maybe),
    )  # fmt: skip


@st.composite
def termbases(draw):
    entries = []
    for key in draw(st.lists(word, min_size=1, max_size=4, unique=True)):
        found = [draw(terms("en")), draw(terms("id")), draw(terms("zh-Hans"))]
        if found[1].text == found[0].text:
            continue
        entries.append(
            TermEntry(
                id=key, terms=tuple(found), subject=draw(maybe), definition=draw(maybe),
                entity_type=draw(maybe), jurisdiction=draw(maybe), note=draw(maybe),
                source=draw(maybe), external_id=draw(maybe),
            )
        )  # fmt: skip
    return Termbase(tuple(entries))


@given(termbases().filter(len))
def test_round_trip_through_tbx_and_csv(termbase):
    by_tbx = read_tbx(termbase.to_tbx().encode("utf-8"), "again.tbx")
    assert by_tbx.entries == termbase.entries
    by_csv = read_delimited(by_tbx.to_csv().encode("utf-8"), "again.csv")
    assert by_csv.entries == termbase.entries
    assert by_csv.to_tbx().replace("again.csv", "") == by_tbx.to_tbx().replace("again.tbx", "")


def test_the_example_survives_both_formats(tmp_path):
    first = Termbase.read(EXAMPLE)
    assert first.problems() == ()
    path = tmp_path / "house.tbx"
    path.write_text(first.to_tbx(), "utf-8")
    second = Termbase.read(path)
    path.write_text(second.to_csv(), "utf-8")
    third = Termbase.read(path)
    assert second.entries == third.entries
    assert {e.id for e in first} == {e.id for e in third}
    assert sum(len(e.terms) for e in first) == sum(len(e.terms) for e in third)


def test_pairs_for_other_tools():
    text = Termbase.read(EXAMPLE).to_csv(source_lang="id", target_lang="en")
    lines = text.splitlines()
    assert any("Kementerian Dalam Negeri,id,Interior Ministry,en" in line for line in lines)
    assert any("Pancasila,id,Pancasila,en,yes" in line for line in lines)
    with pytest.raises(TermbaseError, match="both languages"):
        Termbase.read(EXAMPLE).to_csv(source_lang="id")


# ---------------------------------------------------------------- workbooks

SHEET = """<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>
<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c><c r="D1" t="inlineStr"><is>
<t>valid_from</t></is></c></row>
<row r="3"><c r="A3" t="s"><v>2</v></c><c r="B3" t="str"><f>A1</f><v>court</v></c>
<c r="D3"><v>45292</v></c></row></sheetData></worksheet>"""


def workbook(path, sheet=SHEET, target="worksheets/sheet1.xml"):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(
            "xl/workbook.xml",
            '<workbook xmlns:r="r"><sheets><sheet name="x" r:id="rId1"/></sheets></workbook>',
        )
        archive.writestr(
            "xl/_rels/workbook.xml.rels",
            f'<Relationships><Relationship Id="rId1" Target="{target}"/></Relationships>',
        )
        archive.writestr(
            "xl/sharedStrings.xml",
            "<sst><si><t>source</t></si><si><r><t>tar</t></r><r><t>get</t></r></si>"
            "<si><t>pengadilan</t><rPh><t>x</t></rPh></si></sst>",
        )
        archive.writestr("xl/worksheets/sheet1.xml", sheet)
    return path


def test_first_worksheet(tmp_path):
    found = Termbase.read(workbook(tmp_path / "house.xlsx"))
    source, target = found.entries[0].terms
    assert (source.text, target.text) == ("pengadilan", "court")
    assert target.valid_from == date(2024, 1, 1)


def test_bad_workbooks(tmp_path):
    path = tmp_path / "house.xlsx"
    bad = SHEET.replace("<v>2</v>", "<v>99</v>")
    with pytest.raises(TermbaseError, match="no shared string 99"):
        Termbase.read(workbook(path, bad))
    with pytest.raises(TermbaseError, match="not an XLSX workbook"):
        Termbase.read(workbook(path, target="worksheets/none.xml"))
    path.write_bytes(b"PK\x03\x04 not a zip at all")
    with pytest.raises(TermbaseError, match="not a readable XLSX"):
        Termbase.read(path)


def test_a_zip_bomb_is_not_unpacked(tmp_path, monkeypatch):
    monkeypatch.setattr("mtcheck.termbases.workbook.MAX_PART", 1_000_000)
    path = workbook(tmp_path / "house.xlsx", "<a>" + " " * 50_000_000 + "</a>")
    assert path.stat().st_size < 200_000
    with pytest.raises(TermbaseError, match="unpacks to more than 1 MB"):
        Termbase.read(path)
