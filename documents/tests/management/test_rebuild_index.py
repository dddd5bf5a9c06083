"""`manage.py rebuild_index`."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from documents.models import State
from documents.search import sync
from documents.search.factory import forget_engine, get_engine
from documents.tests.factories import make_document

pytestmark = pytest.mark.django_db


def rebuild(*options):
    out = StringIO()
    call_command("rebuild_index", *options, stdout=out)
    return out.getvalue().strip()


def test_it_builds_the_index_from_the_published_documents():
    make_document()
    make_document(state=State.DRAFT)
    assert rebuild() == "The index holds 1 documents."
    assert get_engine().status().documents == 1


def test_if_needed_leaves_a_current_index_alone():
    make_document()
    sync.flush()
    before = get_engine().status().generation
    assert rebuild("--if-needed") == "The index is current."
    assert get_engine().status().generation == before


def test_if_needed_builds_a_missing_index():
    make_document()
    assert rebuild("--if-needed") == "The index holds 1 documents."


def test_an_index_that_cannot_be_written_is_said_with_the_cure(settings):
    make_document()
    forget_engine()
    settings.INDEX_DIR.parent.mkdir(parents=True, exist_ok=True)
    settings.INDEX_DIR.write_text("")
    with pytest.raises(CommandError, match="was not rebuilt"):
        rebuild()
