"""The pages of names: the index, and a name with its forms, years and every passage that mentions it."""

import pytest
from django.core.management import call_command

from documents.models import Name, NameForm, State
from documents.search import sync
from documents.tests.factories import make_document, make_name
from documents.tests.views.pages import content, links, title, words

pytestmark = pytest.mark.django_db
QUERIES = 10


@pytest.fixture
def committee(db):
    """A name with two forms, and three published texts that mention it, one of them twice."""
    council = make_name("Security Council", is_linked=False, note="An organ of the United Nations.")
    name = make_name("Counter-Terrorism Committee", note="A committee of the Security Council.")
    name.related.add(council)
    make_name("Nairobi", kind="place")
    with sync.held_back():
        source = make_document(title="First meeting", text="The CTC met.", date="2003-03-06", source_file="003.md")
        NameForm.objects.create(name=name, text="CTC", evidence="The CTC met", source="003.md")
        NameForm.objects.create(name=name, text="The Committee of 1373")
        source.awaits_rendering = True
        source.save()
        text = "Before.\n\nThe counter-terrorism committee and its work.\n\nCTC <br and CTC again, said the CTC’s head."
        make_document(title="Second meeting", text=text, date="2004", issuing_body=name, tags=["police"])
        make_document(title="Undated", text="A word of the CTC.", issuing_body=council)
        make_document(title="Draft", text="The CTC again.", state=State.DRAFT)
    sync.flush()
    return name


def test_the_index_lists_names_by_kind_and_letter(client, committee):
    make_name("Body of a draft", is_linked=False)
    response = client.get("/names/")
    shown = words(response)
    assert "Bodies" in shown and "Places" in shown and "Persons" not in shown
    assert "Counter-Terrorism Committee 3 documents" in shown
    assert "Security Council issued 1" in shown
    assert "Body of a draft" not in shown
    assert committee.get_absolute_url() in links(response)


def test_a_name_tells_what_it_is_and_how_it_is_written(client, committee):
    response = client.get(committee.get_absolute_url())
    shown = words(response)
    assert title(response).startswith("Counter-Terrorism Committee")
    assert "A committee of the Security Council." in shown
    assert "The CTC met" in shown and "(supplied by the archive)" in shown
    assert "/documents/first-meeting/" in links(response)
    assert "/names/security-council/" in links(response)
    assert "/documents/?body=counter-terrorism-committee" in links(response)


def test_a_name_leads_to_the_best_passage_of_each_document(client, committee):
    response = client.get(committee.get_absolute_url())
    assert "3 documents" in words(response)
    assert "/documents/second-meeting/#p3" in links(response)
    assert "<mark>CTC</mark> &lt;br and <mark>CTC</mark> again, said the <mark>CTC</mark>’s head." in content(response)
    assert "4 times in 2 paragraphs" in words(response)
    assert "Draft" not in words(response)


def test_its_documents_can_be_narrowed_and_counted_by_year(client, committee):
    response = client.get(committee.get_absolute_url())
    assert "As a list 2003: 1 2004: 1 " in words(response)
    narrowed = [address for address in links(response) if "tag=police" in address]
    assert "1 document" in words(client.get(narrowed[0]))
    assert client.get(f"{committee.get_absolute_url()}?page=9").status_code == 404
    assert client.get(f"{committee.get_absolute_url()}?page=x").status_code == 400
    assert client.get(f"{committee.get_absolute_url()}?tag=nonsense").status_code == 404


def test_its_chart_leads_to_the_timeline_of_the_documents_that_mention_it(client, committee):
    response = client.get(committee.get_absolute_url())
    assert 'viewBox="0 0 10000 64"' in content(response)
    assert "/timeline/?name=counter-terrorism-committee" in links(response)
    timeline = client.get("/timeline/?name=counter-terrorism-committee")
    address = next(address for address in links(timeline) if "from=2003" in address)
    assert "1 document" in words(client.get(address))


def test_a_name_without_mentions_has_a_page_all_the_same(client, committee):
    assert "No published document mentions it." in words(client.get("/names/nairobi/"))
    response = client.get("/names/security-council/")
    assert "Mentions of this name are not linked" in words(response)
    assert "/search/?q=%22Security%20Council%22" in links(response)


def test_a_page_does_not_wait_for_the_index(client, committee):
    make_document(title="New", text="In Nairobi.")
    response = client.get("/names/nairobi/")
    assert response.status_code == 200
    assert "is being made" in words(response)


def test_a_former_address_and_that_of_a_merged_name_redirect(client, committee):
    committee.slug = "ctc"
    committee.save()
    response = client.get("/names/counter-terrorism-committee/?page=1")
    assert (response.status_code, response["Location"]) == (301, "/names/ctc/?page=1")
    committee.merge_into(Name.objects.get(slug="nairobi"))
    response = client.get("/names/ctc/")
    assert (response.status_code, response["Location"]) == (301, "/names/nairobi/")
    assert client.get("/names/nobody/").status_code == 404


def test_a_name_is_a_facet_and_a_field(client, committee):
    assert "Counter-Terrorism Committee" in words(client.get("/documents/?name=counter-terrorism-committee"))
    for query in ("name:counter-terrorism-committee", "name:CTC", 'name:"Counter-Terrorism Committee"'):
        assert "First meeting" in words(client.get("/search/", {"q": query}))


@pytest.mark.parametrize("others", [0, 25])
def test_queries_do_not_grow_with_the_archive(client, committee, others, django_assert_max_num_queries):
    with sync.held_back():
        for number in range(others):
            make_document(title=f"Meeting {number}", text="The CTC met. CTC.\n\nAnd the CTC.", date=str(1990 + number))
    sync.flush()
    client.get(committee.get_absolute_url())
    with django_assert_max_num_queries(QUERIES):
        client.get(committee.get_absolute_url())
    with django_assert_max_num_queries(QUERIES):
        client.get("/names/")


@pytest.mark.django_db(transaction=True)
def test_the_first_texts_have_their_names(client, capsys):
    call_command("prepare")
    assert "UNCCT" in words(client.get("/names/united-nations-counter-terrorism-centre/"))
    assert "Global CT Compact" in words(client.get("/names/global-counter-terrorism-coordination-compact/"))
