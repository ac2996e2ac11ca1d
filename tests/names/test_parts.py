import pytest

from mtcheck.names.parts import Role, take_apart


def roles(text, lang):
    return [(w.text, w.role.value) for w in take_apart(text, lang).words]


def test_titles_particles_initials():
    assert roles("President J. van der Berg", "en") == [
        ("President", "title"), ("J.", "initial"), ("van", "particle"), ("der", "particle"),
        ("Berg", "name"),
    ]  # fmt: skip


def test_a_title_alone_is_a_name():
    assert roles("King", "en") == [("King", "name")]
    assert roles("Larry King", "en")[-1] == ("King", "name")


@pytest.mark.parametrize(
    ("text", "acronym"),
    [("PBB", "PBB"), ("U.N.", "UN"), ("u.n.", "UN"), ("NGOs", "NGO"), ("Paris", ""), ("G20", ""),
     ("ООН", "ООН"), ("as", ""), ("日本", "")],
)  # fmt: skip
def test_acronyms(text, acronym):
    assert take_apart(text, None).acronym == acronym


def test_keys_fold_what_does_not_matter():
    assert take_apart("Al-Qaeda", "en").key == take_apart("al Qaeda", "en").key
    assert take_apart("Łódź", "pl").key == take_apart("Lodz", "en").key
    assert take_apart("ｶﾀｶﾅ", "ja").key == take_apart("かたかな", "ja").key
    assert take_apart("مُحَمَّد", "ar").key == take_apart("محمد", "ar").key


def test_readings_of_inflected_words():
    assert "Путин" in take_apart("Путина", "ru").words[0].readings
    assert "Москва" in take_apart("Москве", "ru").words[0].readings
    assert "Ankara" in take_apart("Ankara'da", "tr").words[0].readings
    assert "田中" in take_apart("田中さん", "ja").words[0].readings
    assert "Jokowi" in take_apart("Jokowi", "id").words[0].readings


def test_roles_are_words():
    assert {w.role for w in take_apart("a b c", None).words} <= set(Role)
