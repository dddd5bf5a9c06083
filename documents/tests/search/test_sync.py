"""Whatever changes a document reaches the index, once, and is never lost."""

import fcntl
import shutil
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.db import connection, transaction

from documents.models import Document, Generation, PendingIndexing, Relation, State, Tag, TaggedDocument
from documents.search import sync
from documents.search.engines.base import EngineError
from documents.search.factory import forget_engine, get_engine
from documents.search.records import read_records
from documents.search.trees import Exact, Keyword
from documents.search.types import Filters, SearchRequest
from documents.tests.factories import make_collection, make_document, make_name

pytestmark = pytest.mark.django_db(transaction=True)


def found(word=None, **keywords):
    filters = Filters(tuple(Keyword(field, value) for field, value in keywords.items()))
    request = SearchRequest(root=Exact(word), filters=filters) if word else SearchRequest(filters=filters)
    return {hit.document_id for hit in get_engine().search(request).hits}


def assert_settled():
    assert not sync.drift()
    assert not PendingIndexing.objects.exists()


@pytest.fixture
def document():
    return make_document(title="Kyrgyzstan", tags=["borders"])


# --- Every cause of a change ---


def test_a_saved_document_is_found(document):
    assert found("kyrgyzstan") == {document.pk}
    assert_settled()


def test_a_draft_is_not_found_until_it_is_published():
    draft = make_document(title="Samarkand", state=State.DRAFT)
    assert found("samarkand") == set()
    draft.state = State.PUBLISHED
    draft.save()
    assert found("samarkand") == {draft.pk}
    assert_settled()


def test_a_withdrawn_document_leaves_the_index(document):
    document.state, document.withdrawal_reason = State.WITHDRAWN, "A duplicate."
    document.save()
    assert found("kyrgyzstan") == set()
    assert_settled()


def test_a_deleted_draft_leaves_nothing_pending():
    draft = make_document(state=State.DRAFT)
    draft.delete()
    assert_settled()


def test_a_new_text_replaces_the_old_one(document):
    document.text = "Quinces."
    document.save()
    assert found("quinces") == {document.pk}
    assert found("committee") == set()
    assert_settled()


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (lambda tags: tags.add("sanctions"), {"borders", "sanctions"}),
        (lambda tags: tags.remove("borders"), set()),
        (lambda tags: tags.set(["finance"]), {"finance"}),
        (lambda tags: tags.set(["finance"], clear=True), {"finance"}),
        (lambda tags: tags.clear(), set()),
    ],
    ids=["add", "remove", "set", "set and clear", "clear"],
)
def test_tags_reach_the_index(document, change, expected):
    change(document.tags)
    assert {slug for slug in ("borders", "sanctions", "finance") if found(tag=slug)} == expected
    assert_settled()


def test_a_deleted_tag_reaches_the_index(document):
    Tag.objects.get().delete()
    assert found(tag="borders") == set()
    assert_settled()


def test_tags_deleted_in_bulk_reach_the_index(document):
    Tag.objects.all().delete()
    assert found(tag="borders") == set()
    assert_settled()


def test_a_tag_with_another_address_reaches_the_index(document):
    tag = Tag.objects.get()
    tag.name, tag.slug = "Frontiers", "frontiers"
    tag.save()
    assert found(tag="frontiers") == {document.pk}
    assert found(tag="borders") == set()
    assert_settled()


def test_tagged_documents_pointed_to_another_tag_reach_the_index(document):
    link = TaggedDocument.objects.get()
    link.tag = Tag.objects.create(name="Frontiers")
    link.save()
    assert found(tag="frontiers") == {document.pk}
    assert_settled()


def test_a_collection_with_another_address_reaches_the_index(document):
    collection = document.collection
    collection.slug = "releases"
    collection.save()
    assert found(collection="releases") == {document.pk}
    assert_settled()


def test_an_issuing_body_with_another_address_reaches_the_index():
    document = make_document(issuing_body="Security Council")
    body = make_name("Security Council")
    body.slug = "unsc"
    body.save()
    assert found(body="unsc") == {document.pk}
    assert_settled()


def test_an_update_of_many_reaches_the_index(document):
    other = make_document(title="Bishkek")
    Document.objects.update(collection=make_collection("Speeches"))
    assert found(collection="speeches") == {document.pk, other.pk}
    assert_settled()


def test_documents_of_a_queryset_deleted_together_leave_nothing_pending():
    make_document(state=State.DRAFT)
    Document.objects.all().delete()
    assert_settled()


# --- Never lost, never twice ---


def test_a_change_that_is_rolled_back_reaches_nobody(document):
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        document.title = "Samarkand"
        document.save()
        raise ZeroDivisionError
    assert found("samarkand") == set()
    assert_settled()


def test_the_generation_grows_once_a_transaction():
    before = Generation.current()
    with transaction.atomic():
        document = make_document(tags=["one", "two"])
        Relation.objects.create(document=document, target_text="S/RES/1373(2001)")
    assert Generation.current() == before + 1


def test_a_renamed_collection_makes_a_new_generation(document):
    before = Generation.current()
    document.collection.title = "Releases to the press"
    document.collection.save()
    assert Generation.current() == before + 1


def test_what_changes_no_document_makes_no_generation():
    before = Generation.current()
    User.objects.create_user("cataloguer")
    assert Generation.current() == before


def broken_index(settings, tmp_path):
    forget_engine()
    settings.INDEX_DIR = tmp_path / "a-file"
    settings.INDEX_DIR.write_text("not a folder")


def test_a_failed_write_is_remembered_with_its_error_and_tried_again(settings, tmp_path):
    sound = settings.INDEX_DIR
    broken_index(settings, tmp_path)
    document = make_document(title="Samarkand")
    row = PendingIndexing.objects.get()
    assert (row.document_id, row.attempts) == (document.pk, 1)
    assert row.last_error
    settings.INDEX_DIR = sound
    assert sync.flush() == 0, "it is not due yet"
    PendingIndexing.objects.update(since="2001-01-01T00:00Z")
    assert sync.flush() == 1
    assert found("samarkand") == {document.pk}
    assert_settled()


def test_one_document_that_cannot_be_indexed_holds_up_no_other():
    with sync.held_back():
        first, broken, last = make_document(), make_document(), make_document()
        with connection.cursor() as cursor:
            cursor.execute("UPDATE documents_document SET added_at = 'never' WHERE id = %s", [broken.pk])
    assert found() == {first.pk, last.pk}
    row = PendingIndexing.objects.get()
    assert (row.document_id, row.attempts) == (broken.pk, 1)


def test_another_writer_delays_and_loses_nothing(settings, monkeypatch):
    monkeypatch.setattr(sync, "LOCK_WAIT_SECONDS", 0.05)
    lock = Path(settings.INDEX_DIR).with_suffix(".lock")
    lock.parent.mkdir(parents=True, exist_ok=True)
    with lock.open("a") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        document = make_document(title="Samarkand")
        assert PendingIndexing.objects.get().attempts == 0
    assert sync.flush() == 1
    assert found("samarkand") == {document.pk}


def test_a_change_during_a_write_stays_pending(document):
    sync.mark([document.pk])
    with sync.held_back():
        sync.mark([document.pk])
        being_written = list(PendingIndexing.objects.all())
        sync.mark([document.pk])
        sync._tell(being_written)
        assert PendingIndexing.objects.get().document_id == document.pk
    assert_settled()


def test_held_back_changes_are_written_together_at_the_end():
    told = []
    with sync.held_back(lambda done, total: told.append((done, total))):
        first = make_document(title="Samarkand")
        second = make_document(title="Samarkand")
        assert found("samarkand") == set()
    assert found("samarkand") == {first.pk, second.pk}
    assert told == [(2, 2)]
    assert_settled()


# --- The whole index ---


def test_a_rebuild_holds_what_the_public_sees(document):
    make_document(state=State.DRAFT)
    forget_engine()
    told = []
    assert sync.rebuild(lambda done, total: told.append((done, total))) == 1
    assert told == [(1, 1)]
    assert_settled()


def test_what_is_saved_during_a_rebuild_is_in_the_new_index(document):
    other = make_document(title="Bishkek")
    third = make_document(title="Osh")

    def save_once(done, total):
        if done == 1:
            document.title = "Samarkand"
            document.save()
            other.state, other.withdrawal_reason = State.WITHDRAWN, "A duplicate."
            other.save()
            make_document(title="Tashkent")

    sync.rebuild(save_once)
    assert found("samarkand") == {document.pk}
    assert found("tashkent") and found("osh") == {third.pk}
    assert found("bishkek") == set()
    assert_settled()


def test_a_rebuild_that_fails_keeps_the_old_index(document):
    def stop(done, total):
        raise EngineError("The power failed.")

    with pytest.raises(EngineError):
        sync.rebuild(stop)
    assert found("kyrgyzstan") == {document.pk}


def test_an_index_that_is_empty_beside_documents_needs_a_rebuild(document):
    assert not sync.needs_rebuild()
    get_engine().delete([document.pk])
    assert sync.needs_rebuild()


def test_a_rebuild_mends_an_index_that_cannot_be_opened(document, settings):
    forget_engine()
    for folder in settings.INDEX_DIR.glob("index-*"):
        shutil.rmtree(folder)
    assert sync.needs_rebuild()
    assert sync.rebuild() == 1
    assert found("kyrgyzstan") == {document.pk}


def test_drift_names_what_is_missing_stale_and_superfluous(document):
    stale = make_document(title="Bishkek")
    hidden = make_document(title="Osh", state=State.DRAFT)
    engine = get_engine()
    engine.upsert(read_records([hidden.pk]))
    engine.delete([document.pk])
    super(type(Document.objects.all()), Document.objects.filter(pk=stale.pk)).update(place="Geneva")
    assert sync.drift() == sync.Drift(missing=(document.pk,), stale=(stale.pk,), superfluous=(hidden.pk,))


def test_what_is_withdrawn_while_a_rebuild_waits_for_its_turn_is_not_built_in(document, monkeypatch):
    make_document(title="Osh")
    sync.flush()
    replace_all = type(get_engine()).replace_all

    def withdrawn_first(engine, records, expected=None):
        document.state, document.withdrawal_reason = State.WITHDRAWN, "A duplicate."
        document.save()
        sync.flush()
        return replace_all(engine, records, expected)

    monkeypatch.setattr(type(get_engine()), "replace_all", withdrawn_first)
    assert sync.rebuild() == 1
    assert not sync.drift()
