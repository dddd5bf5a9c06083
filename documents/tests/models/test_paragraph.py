"""Addresses of paragraphs through edits, as a saved document keeps them."""

import pytest

from documents.models import State
from documents.models.paragraph import ParagraphState
from documents.tests.factories import make_document

pytestmark = pytest.mark.django_db

FIRST = "The Committee met in New York in March and heard the reports of fifty-seven organizations on their work."
SECOND = "It agreed that organizations would share codes, standards and best practices in their areas of competence."
THIRD = "A second meeting was held in Washington in October of the same year, and a third in Vienna."


@pytest.fixture
def document():
    return make_document(text=f"{FIRST}\n\n{SECOND}\n\n{THIRD}")


def edit(document, text):
    document.text = text
    document.save()
    return {row.number: row for row in document.paragraphs.all()}


def test_a_new_paragraph_gets_a_number_never_used_before(document):
    rows = edit(document, f"{FIRST}\n\nSomething quite new was added here.\n\n{SECOND}\n\n{THIRD}")
    assert [(row.number, row.position) for row in sorted(rows.values(), key=lambda row: row.position)] == [
        (1, 0),
        (4, 1),
        (2, 2),
        (3, 3),
    ]
    assert 'id="p4"' in document.body_html


def test_a_removed_paragraph_keeps_its_last_wording_and_its_number(document):
    rows = edit(document, f"{FIRST}\n\n{THIRD}")
    assert rows[2].state == ParagraphState.REMOVED
    assert rows[2].text == SECOND
    rows = edit(document, f"{FIRST}\n\nAn unrelated sentence about ships.\n\n{THIRD}")
    assert rows[4].state == ParagraphState.CURRENT
    assert rows[2].state == ParagraphState.REMOVED


def test_a_merged_number_leads_to_the_survivor_for_good(document):
    rows = edit(document, f"{FIRST} {SECOND}\n\n{THIRD}")
    merged = next(row for row in rows.values() if row.state == ParagraphState.MERGED)
    survivor = merged.merged_into
    assert {merged.number, survivor} == {1, 2}
    assert f'<span id="p{merged.number}" class="alias">' in document.body_html
    rows = edit(document, f"An opening.\n\n{FIRST} {SECOND}\n\n{THIRD}")
    assert rows[merged.number].merged_into == survivor
    assert f'<span id="p{merged.number}" class="alias">' in document.body_html


def test_a_number_merged_into_what_is_then_removed_is_gone_too(document):
    edit(document, f"{FIRST} {SECOND}\n\n{THIRD}")
    rows = edit(document, THIRD)
    assert {rows[1].state, rows[2].state} == {ParagraphState.REMOVED}
    assert 'id="p3"' in document.body_html


def test_saving_without_a_change_of_text_touches_no_paragraph(document, django_assert_max_num_queries):
    document.place = "Vienna"
    with django_assert_max_num_queries(8):
        document.save()
    assert [row.number for row in document.paragraphs.all()] == [1, 2, 3]


def test_markup_is_kept_beside_the_words_only_where_there_is_any():
    plain, marked = make_document(text="Plain words & signs.\n\nWords *with* weight.").paragraphs.all()
    assert (plain.html, plain.inner_html) == ("", "Plain words &amp; signs.")
    assert marked.inner_html == "Words <em>with</em> weight."


def test_words_that_only_a_draft_had_are_never_kept():
    draft = make_document(text=f"{FIRST}\n\n{SECOND}\n\n{THIRD}", state=State.DRAFT)
    rows = edit(draft, f"{FIRST}\n\n{THIRD}")
    draft.state = State.PUBLISHED
    draft.save()
    assert sorted(rows) == [1, 3]
    assert not draft.paragraphs.filter(text=SECOND).exists()
