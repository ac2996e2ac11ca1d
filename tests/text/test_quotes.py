import pytest

from mtcheck.text.quotes import find_quotations
from mtcheck.text.reading import read_side


def quotations(text, lang="en"):
    """What stands between the marks, ``<`` or ``>`` for a missing one, by paragraph."""
    shown = []
    for row in find_quotations(text, read_side(text, lang).paragraphs):
        found = []
        for q in row:
            start = q.opening.end if q.opening else None
            end = q.closing.start if q.closing else None
            found.append(
                text[start:end] if start is not None and end is not None
                else ("…>" if q.continues else ">") if start is not None
                else ("<…" if q.continues else "<")
            )  # fmt: skip
        shown.append(found)
    return shown


@pytest.mark.parametrize(
    "text",
    [
        "He said “yes now” there.", "He said \"yes now\" there.", "Er sagte „yes now“ dort.",
        "Er sagte „yes now” dort.", "Il dit «yes now» là.", "Er sagte »yes now« dort.",
        "他说「yes now」了。", "他说『yes now』了。", "Han sa ”yes now” där.", "他说“yes now”。",
        "他说＂yes now＂了。", "Il dit ‹yes now› là.", "〝yes now〟",
    ],
)  # fmt: skip
def test_every_style(text):
    assert quotations(text) == [["yes now"]]


def test_spaces_inside_guillemets():
    assert quotations("Il dit «\u00a0oui\u00a0» et part.", "fr") == [["\u00a0oui\u00a0"]]


def test_nested_quotation_of_another_style_is_left_out():
    assert quotations("“He told me «go» and I went”, she said.") == [["He told me «go» and I went"]]
    assert quotations("他说「听到『走』就走」。", "zh") == [["听到『走』就走"]]


def test_several_in_one_paragraph():
    assert quotations("“One”, he said. “Two”, said “three”.") == [["One", "Two", "three"]]
    assert quotations('"One," he said. "Two."') == [["One,", "Two."]]


def test_straight_marks_even_and_odd():
    assert quotations('A "b" c "d" e.') == [["b", "d"]]
    assert quotations('He said "we go home.') == [[">"]]
    assert quotations('He said we go home" today.') == [["<"]]


def test_missing_marks_are_unbalanced():
    text = "He said “we go.\nThey left."
    (first, second) = find_quotations(text, read_side(text, "en").paragraphs)
    assert [q.balanced for q in first] == [False]
    assert second == []
    assert quotations("They went home” today.") == [["<"]]
    assert quotations("„Wir gehen, sagte er.", "de") == [[">"]]


def test_a_quotation_over_paragraphs():
    assert quotations("“One.\n“Two.\n“Three.”") == [["…>"], ["…>"], ["Three."]]
    assert quotations("“One.\nTwo.”") == [["…>"], ["<…"]]
    assert quotations('"One.\n"Two."') == [["…>"], ["Two."]]


def test_the_next_paragraph_with_other_marks_does_not_continue():
    assert quotations("“One.\nHe said «two».") == [[">"], ["two"]]


@pytest.mark.parametrize(
    "text",
    ['A 12" pipe.', "It's the dogs' day, ’tis.", "5'10 tall", "rock ’n’ roll", ""],
)
def test_inches_and_apostrophes_are_no_quotations(text):
    assert [q for row in quotations(text) for q in row] == []


def test_a_number_at_the_end_of_a_quotation():
    assert quotations('He said "we are 12" today.') == [["we are 12"]]
