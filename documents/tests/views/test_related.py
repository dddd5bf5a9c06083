"""Documents related by what their texts name, with the reason in words."""

import pytest

from documents.models import Relation, State
from documents.tests.factories import make_document, make_name
from documents.tests.views.pages import content, words


def related(client, document):
    """The section of related documents as its words; empty where there is none."""
    page = content(client.get(document.get_absolute_url()))
    if 'class="kindred"' not in page:
        return ""
    section = page.split('class="kindred"')[1].split("</section>")[0]

    class Response:
        content = f"<{section}".encode()

    return words(Response)


@pytest.fixture
def names(db):
    return [make_name(label) for label in ("United Nations Counter-Terrorism Centre", "Al-Qaida", "New York")]


CENTRE = "The United Nations Counter-Terrorism Centre met."


def test_the_reason_is_said_in_words(client, names):
    first = make_document(title="First", text=f"{CENTRE}\n\nResolution 1373 (2001) was cited.")
    second = make_document(title="Second", text=f"S/RES/1373 (2001) again.\n\n{CENTRE}\n\n{CENTRE} {CENTRE} {CENTRE}")
    assert "cites S/RES/1373(2001) too; names United Nations Counter-Terrorism Centre 4 times" in related(client, first)
    assert "names United Nations Counter-Terrorism Centre once" in related(client, second)


def test_a_document_that_shares_nothing_has_no_relatives(client, names):
    alone = make_document(title="Alone", text="Nothing of note.")
    make_document(title="Other", text=CENTRE)
    assert related(client, alone) == ""


def test_the_rarer_weighs_more_and_at_most_five_are_shown(client, names):
    one = make_document(title="One", text=f"{CENTRE}\n\nAl-Qaida was named.")
    for number in range(8):
        make_document(title=f"Common {number}", text=CENTRE)
    make_document(title="Rare", text="Al-Qaida again.")
    shown = related(client, one)
    assert shown.count("names") == 5
    assert shown.index("Rare") < shown.index("Common")


def test_one_collection_does_not_take_all_the_places(client, names):
    one = make_document(title="One", text=CENTRE)
    for number in range(6):
        make_document(title=f"Debate {number}", text=f"{CENTRE} {CENTRE}", collection="Debates")
    make_document(title="Elsewhere", text=CENTRE, collection="Letters")
    shown = related(client, one)
    assert "Elsewhere" in shown
    assert shown.count("Debate") == 4
    assert related(client, one).count("names") == 5


def test_a_name_that_is_everywhere_makes_no_relatives(client, names, monkeypatch):
    monkeypatch.setattr("documents.views.related.MOST_PARAGRAPHS_OF_ONE", 5)
    one = make_document(title="One", text=f"{CENTRE}\n\nNew York was named.")
    for number in range(6):
        make_document(title=f"Letter {number}", text="Written in New York.")
    make_document(title="Centre", text=CENTRE)
    shown = related(client, one)
    assert "Centre" in shown
    assert "New York" not in shown


def test_withdrawn_documents_and_drafts_are_no_relatives(client, names):
    one = make_document(title="One", text=CENTRE)
    make_document(title="Unready", text=CENTRE, state=State.DRAFT)
    gone = make_document(title="Gone", text=CENTRE)
    gone.state, gone.withdrawal_reason = State.WITHDRAWN, "A mistake."
    gone.save()
    assert related(client, one) == ""


def test_what_the_record_relates_already_is_not_told_twice(client, names):
    one = make_document(title="One", text=CENTRE, identifier="X/1")
    two = make_document(title="Two", text=CENTRE)
    make_document(title="Eins", text=CENTRE, language="de", identifier="X/1")
    Relation.objects.create(document=two, term="references", target=one)
    assert related(client, one) == ""
    assert "Referred to by Two" in words(client.get(one.get_absolute_url()))
    assert "In other languages Deutsch" in words(client.get(one.get_absolute_url()))
