"""`manage.py prepare`: from nothing to an archive that can be served; a second time it has nothing to do."""

from io import StringIO

import pytest
from django.core.management import call_command

from documents.models import Document
from documents.search.factory import forget_engine, get_engine

pytestmark = pytest.mark.django_db(transaction=True)


def prepare():
    out = StringIO()
    call_command("prepare", stdout=out)
    return out.getvalue()


def test_the_first_texts_are_imported_once_and_kept_as_admins_left_them(settings):
    assert "created 5, updated 0, unchanged 0, conflict 0, failed 0" in (printed := prepare())
    assert "static files are collected" in printed
    assert get_engine().status().documents == 5
    assert (settings.STATIC_ROOT / "archive.css").exists()

    document = Document.objects.first()
    document.title = "As the admin has it"
    document.save()
    document.collection.title = "Renamed"
    document.collection.save()
    assert prepare() == ""
    assert Document.objects.count() == 5
    assert Document.objects.filter(title="As the admin has it").exists()


def test_a_missing_index_is_built_again(settings):
    prepare()
    forget_engine()
    settings.INDEX_DIR = settings.INDEX_DIR.with_name("another")
    assert prepare() == "The index holds 5 documents.\n"


def test_changed_static_files_are_collected_again(settings, tmp_path):
    prepare()
    (tmp_path / "more").mkdir()
    (tmp_path / "more" / "new.css").write_text("body{}")
    settings.STATICFILES_DIRS = [*settings.STATICFILES_DIRS, tmp_path / "more"]
    assert prepare() == "The static files are collected.\n"
    assert (settings.STATIC_ROOT / "new.css").exists()
