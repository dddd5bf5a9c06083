"""A change of the authority file: the texts concerned wait, the worker renders them again, and nothing else changes."""

import pytest
from django_tasks_db.models import DBTaskResult

from documents import authority, jobs
from documents.models import Document, Generation, Mention, Name, NameForm, Revision
from documents.search import service, sync
from documents.search.results import Asked
from documents.search.trees import Keyword
from documents.search.types import Filters
from documents.tests.factories import make_document, make_name

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def texts():
    make_document(title="Spelt out", text="The Counter-Terrorism Committee met.")
    make_document(title="Short", text="The CTC met, and the CTC’s work went on.")
    make_document(title="Elsewhere", text="Officers met in Nairobi.")
    return {document.title: document for document in Document.objects.all()}


def waiting():
    return sorted(Document.objects.filter(awaits_rendering=True).values_list("title", flat=True))


def work():
    for job in DBTaskResult.objects.ready():
        jobs.run_job(job)


def html(title):
    return Document.objects.get(title=title).body_html


def test_a_new_name_reaches_the_texts_that_write_it(texts):
    name = make_name("Counter-Terrorism Committee")
    assert waiting() == ["Spelt out"]
    NameForm.objects.create(name=name, text="CTC")
    assert waiting() == ["Short", "Spelt out"]
    assert authority.waiting() == 2
    work()
    assert not waiting()
    assert f'<a class="name" href="{name.get_absolute_url()}">CTC</a>' in html("Short")
    assert Mention.objects.get(document=texts["Short"]).count == 2
    assert "<a class=" not in html("Elsewhere").replace('<a class="address"', "")


def test_what_texts_do_not_show_makes_none_wait(texts):
    name = make_name("Counter-Terrorism Committee")
    work()
    before = Generation.current(Generation.NAMES)
    name.note = "A committee of the Security Council."
    name.save()
    form = NameForm.objects.create(name=make_name("Unlinked", is_linked=False), text="Nairobi")
    form.evidence = "Officers met in Nairobi"
    form.save()
    assert not waiting() and Generation.current(Generation.NAMES) == before


@pytest.mark.parametrize(
    ("field", "value", "linked_to"),
    [
        ("label", "Counter-Terrorism Board", None),
        ("slug", "committee", "/names/committee/"),
        ("is_linked", False, None),
    ],
)
def test_a_changed_name_reaches_the_texts_that_mention_it(texts, field, value, linked_to):
    name = make_name("Counter-Terrorism Committee")
    work()
    setattr(name, field, value)
    name.save()
    assert waiting() == ["Spelt out"]
    work()
    assert ("/names/" in html("Spelt out")) == bool(linked_to)
    assert (linked_to or "") in html("Spelt out")


def test_a_form_that_is_another_name_s_now_is_linked_to_that(texts):
    short, full = make_name("CTC"), make_name("Counter-Terrorism Committee")
    work()
    with authority.gathered():
        short.merge_into(full)
    assert waiting() == ["Short"]
    work()
    assert full.get_absolute_url() in html("Short")


def test_a_deleted_name_leaves_the_texts(texts):
    name = make_name("CTC")
    NameForm.objects.create(name=name, text="Counter-Terrorism Committee")
    work()
    name.delete()
    assert waiting() == ["Short", "Spelt out"]
    work()
    assert not Mention.objects.exists() and "/names/" not in html("Short")


def test_many_forms_at_once_make_all_wait(texts):
    name = make_name("Unheard of")
    with authority.gathered():
        for number in range(authority.MAX_FORMS_SOUGHT + 1):
            NameForm.objects.create(name=name, text=f"Form {number}")
        assert not waiting()
    assert len(waiting()) == 3


def test_a_form_is_sought_in_every_spelling_that_is_found(texts):
    make_document(title="Accents", text="CÔTE D'IVOIRE spoke of the counter‑terrorism committee.")
    make_name("Côte d’Ivoire")
    make_name("Counter-Terrorism Committee")
    assert waiting() == ["Accents", "Spelt out"]


def test_what_fails_within_gathered_marks_nothing(texts):
    with pytest.raises(RuntimeError), authority.gathered():
        make_name("CTC")
        raise RuntimeError
    assert not waiting() and not Name.objects.exists()
    authority.changed()
    assert not waiting()


def test_rendering_again_is_no_edit_and_tells_the_index(texts):
    document = texts["Short"]
    revisions = Revision.objects.count()
    make_name("CTC")
    work()
    sync.flush()
    again = Document.objects.get(pk=document.pk)
    assert again.updated_at == document.updated_at and again.digest() == document.digest()
    assert Revision.objects.count() == revisions
    found = service.run(Asked(filters=Filters(keywords=(Keyword("name", "ctc"),))))
    assert [hit.document.title for hit in found.found] == ["Short"]
    assert not sync.drift()


def test_one_job_is_enough(texts):
    make_name("CTC")
    make_name("Nairobi")
    assert DBTaskResult.objects.ready().count() == 1
