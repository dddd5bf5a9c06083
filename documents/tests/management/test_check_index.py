"""`manage.py check_index`."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from documents.models import State
from documents.search import sync
from documents.search.factory import get_engine
from documents.search.records import read_records
from documents.tests.factories import make_document

pytestmark = pytest.mark.django_db


def check():
    out = StringIO()
    try:
        call_command("check_index", stdout=out)
    except CommandError as error:
        return error.returncode, out.getvalue() + str(error)
    return 0, out.getvalue()


def test_an_index_that_agrees_passes():
    make_document()
    sync.flush()
    assert check() == (0, "The index agrees with the database.\n")


def test_what_differs_is_named_and_the_exit_status_is_1():
    make_document(title="Missing")
    hidden = make_document(title="Hidden", state=State.DRAFT)
    get_engine().upsert(read_records([hidden.pk]))
    status, printed = check()
    assert status == 1
    assert "Missing from the index: 1\n  missing\n" in printed
    assert "Held though not public: 1\n  hidden\n" in printed
    assert "2 changes wait for the worker" in printed
    assert "rebuild_index" in printed


def test_of_many_only_some_are_named():
    for number in range(22):
        make_document(title=f"Number {number}")
    assert "and 2 more" in check()[1]
