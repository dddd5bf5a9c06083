"""Names in the admin: their forms, merging, and what it tells of texts that wait."""

import pytest
from django.contrib.auth.models import User

from documents.models import Document, Name, NameForm
from documents.tests.factories import make_document, make_name

pytestmark = pytest.mark.django_db(transaction=True)
LIST = "/admin/documents/name/"


@pytest.fixture
def cataloguer(client):
    client.force_login(User.objects.create_superuser("cataloguer"))
    return client


def fields(label, forms=(), initial=0, **others):
    filled = {"label": label, "kind": "body", "note": "", "slug": "", "is_linked": "on"}
    filled |= {"forms-TOTAL_FORMS": len(forms), "forms-INITIAL_FORMS": initial}
    for number, form in enumerate(forms):
        filled |= {f"forms-{number}-{key}": value for key, value in form.items()}
    return filled | others


def messages(response):
    return " ".join(str(message) for message in response.context["messages"])


def test_a_name_with_its_forms_is_added_and_the_texts_wait_once(cataloguer):
    make_document(title="A", text="The CTC met.")
    make_document(title="B", text="The Counter-Terrorism Committee met.")
    filled = fields("Counter-Terrorism Committee", [{"text": "CTC", "evidence": "", "source": ""}])
    response = cataloguer.post(f"{LIST}add/", filled, follow=True)
    assert [form.text for form in Name.objects.get().forms.all()] == ["CTC"]
    assert messages(response).count("2 documents wait to be rendered again") == 1
    assert Document.objects.filter(awaits_rendering=True).count() == 2


def test_saving_and_going_on_tells_it_too(cataloguer):
    make_document(text="The CTC met.")
    response = cataloguer.post(f"{LIST}add/", fields("CTC") | {"_continue": "1"}, follow=True)
    assert "1 document waits to be rendered again" in messages(response)


def test_a_form_of_another_name_is_refused(cataloguer):
    NameForm.objects.create(name=make_name("Committee"), text="CTC")
    response = cataloguer.post(f"{LIST}add/", fields("Another", [{"text": "ctc", "evidence": "", "source": ""}]))
    assert "Another name has this form already." in response.content.decode()
    response = cataloguer.post(f"{LIST}add/", fields("ctc"))
    assert "This is a variant form of another name." in response.content.decode()
    assert Name.objects.count() == 1


def test_names_are_merged_into_the_one_chosen(cataloguer):
    short, full = make_name("CTC"), make_name("Counter-Terrorism Committee")
    make_document(issuing_body=short)
    chosen = {"action": "merge", "_selected_action": [short.pk, full.pk]}
    assert "The name that stays" in cataloguer.post(LIST, chosen).content.decode()
    response = cataloguer.post(LIST, chosen | {"survivor": full.pk}, follow=True)
    assert "They are one name now: Counter-Terrorism Committee." in messages(response)
    assert Document.objects.get().issuing_body == full
    assert full.written_forms() == ["Counter-Terrorism Committee", "CTC"]
    assert [name.label for name in response.context["cl"].result_list] == ["Counter-Terrorism Committee"]
    response = cataloguer.get(short.get_absolute_url())
    assert (response.status_code, response["Location"]) == (301, full.get_absolute_url())


def test_one_name_alone_is_not_merged(cataloguer):
    name = make_name("CTC")
    response = cataloguer.post(LIST, {"action": "merge", "_selected_action": [name.pk]}, follow=True)
    assert "Choose at least two names" in messages(response)


def test_a_name_that_others_were_merged_into_is_kept(cataloguer):
    full = make_name("Counter-Terrorism Committee")
    make_name("CTC").merge_into(full)
    response = cataloguer.post(f"{LIST}{full.pk}/delete/", {"post": "yes"}, follow=True)
    assert "Other names were merged into" in response.content.decode()
    assert Name.objects.filter(pk=full.pk).exists()


def test_names_are_found_by_their_forms(cataloguer):
    NameForm.objects.create(name=make_name("Counter-Terrorism Committee"), text="CTC")
    assert len(cataloguer.get(f"{LIST}?q=ctc").context["cl"].result_list) == 1
