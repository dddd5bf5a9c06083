"""One paragraph at its own address, now and as it was cited."""

import pytest

from documents.models import Revision
from documents.tests.factories import make_document, make_name
from documents.tests.views.pages import content, links, title, words


@pytest.fixture
def edited(db):
    """A document whose second paragraph was changed and whose fourth was removed; 5 was merged into 3."""
    document = make_document(
        title="Programme of work",
        text="The first paragraph speaks of meetings.\n\nThe second names Vienna.\n\nThe third has four words more.\n\n"
        "Entirely different matter about fisheries and oceans.\n\nA fifth that ends all.",
        date="2004",
    )
    document.text = (
        "The first paragraph speaks of meetings.\n\nThe second names Nairobi.\n\n"
        "The third has four words more. A fifth that ends all."
    )
    document.save()
    Revision.record(document)
    return document


def get(client, document, number, query=""):
    return client.get(f"{document.get_absolute_url()}p/{number}/{query}")


def test_it_shows_the_words_between_their_neighbours(client, edited):
    response = get(client, edited, 2)
    shown = words(response)
    assert shown.index("speaks of meetings") < shown.index("names Nairobi") < shown.index("four words more")
    assert "Paragraph 2 of Programme of work" in title(response)
    assert content(response).count("<h1") == 1


def test_it_leads_into_the_document_and_to_its_neighbours(client, edited):
    address = edited.get_absolute_url()
    found = links(get(client, edited, 2))
    for wanted in (f"{address}#p2", f"{address}p/1/", f"{address}p/3/"):
        assert wanted in found


def test_its_citation_names_the_revision(client, edited):
    assert f"http://testserver{edited.get_absolute_url()}p/2/?revision=2" in words(get(client, edited, 2))


def test_a_cited_revision_is_shown_as_it_stood(client, edited):
    past = get(client, edited, 2, "?revision=1")
    assert "names Vienna" in words(past)
    assert "names Nairobi" not in words(past)
    assert "The document has been changed since" in words(past)
    now = get(client, edited, 2, "?revision=2")
    assert "names Nairobi" in words(now)
    assert "changed since" not in words(now)


def test_a_past_revision_has_the_title_of_its_time(client, edited):
    edited.title = "New programme"
    edited.save()
    Revision.record(edited)
    assert "Programme of work" in title(get(client, edited, 2, "?revision=2"))
    assert "New programme" in title(get(client, edited, 2))


def test_a_removed_paragraph_is_gone_with_its_last_words(client, edited):
    response = get(client, edited, 4)
    assert response.status_code == 410
    assert "Entirely different matter about fisheries" in words(response)
    assert get(client, edited, 4, "?revision=1").status_code == 200


def test_a_merged_number_leads_to_the_survivor(client, edited):
    response = get(client, edited, 5)
    assert response.status_code == 301
    assert response["Location"] == f"{edited.get_absolute_url()}p/3/"


@pytest.mark.parametrize(
    ("path", "status", "sentence"),
    [
        ("p/99/", 404, "no paragraph 99"),
        ("p/0/", 404, "no paragraph 0"),
        ("p/2/?revision=x", 400, "write revision=1"),
        ("p/2/?revision=0", 400, "write revision=1"),
        ("p/2/?revision=" + "9" * 5000, 400, "write revision=1"),
        ("p/2/?revision=77", 404, "no public revision 77"),
        ("p/99/?revision=1", 404, "Revision 1 of this document has no paragraph 99"),
        ("p/" + "9" * 40 + "/", 404, "no paragraph"),
    ],
)
def test_bad_addresses_get_a_sentence(client, edited, path, status, sentence):
    response = client.get(edited.get_absolute_url() + path)
    assert response.status_code == status
    assert sentence in words(response)


def test_it_needs_few_queries(client, edited, django_assert_max_num_queries):
    with django_assert_max_num_queries(6):
        get(client, edited, 2)
    with django_assert_max_num_queries(6):
        get(client, edited, 2, "?revision=1")


def test_furniture_and_lacunae_are_said_to_be_such(client, archive):
    address = archive["contacts"].get_absolute_url()
    assert "These words are page furniture" in words(client.get(f"{address}p/1/"))
    assert "Here is a lacuna" in words(client.get(f"{address}p/2/"))


def test_a_past_revision_is_cited_under_the_body_of_its_time(client, db):
    document = make_document(issuing_body="Body A")
    document.issuing_body = make_name("Body B")
    document.save()
    Revision.record(document)
    address = document.get_absolute_url()
    assert "Body A" in words(client.get(f"{address}p/1/?revision=1"))
    assert "Body B" in words(client.get(f"{address}p/1/"))


def test_its_description_is_escaped_once(client, db):
    document = make_document(text="Alpha & beta.")
    page = content(client.get(f"{document.get_absolute_url()}p/1/"))
    assert 'content="Alpha &amp; beta."' in page
