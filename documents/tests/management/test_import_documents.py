"""`manage.py import_documents` as an operator sees it."""

from io import StringIO

import pytest
from django.conf import settings as project
from django.core.management import CommandError, call_command

from documents.models import Document
from documents.tests.importing.packages import make_package, one_text

pytestmark = pytest.mark.django_db


def run(path, *options):
    """What it printed on standard output and standard error, as lines, and its exit status."""
    out, err, status = StringIO(), StringIO(), 0
    try:
        call_command("import_documents", str(path), *options, stdout=out, stderr=err, no_color=True)
    except SystemExit as end:
        status = end.code
    return out.getvalue().splitlines(), err.getvalue().splitlines(), status


def test_the_five_texts_twice():
    assert run(project.BASE_DIR / "fixtures") == (
        ["created 5, updated 0, unchanged 0, conflict 0, failed 0"],
        [],
        0,
    )
    assert run(project.BASE_DIR / "fixtures") == (
        ["created 0, updated 0, unchanged 5, conflict 0, failed 0"],
        [],
        0,
    )
    document = Document.objects.get(source_file__startswith="004")
    assert document.date_in_words == "between 2001 and 6 March 2003"
    assert document.original_name.endswith(".txt")


def test_failures_name_the_file_and_the_status_is_1(tmp_path):
    folder = one_text(tmp_path / "p", date="soon", language="x")
    make_package(folder, {"b.txt": "x"})
    out, err, status = run(folder)
    assert out == ["created 0, updated 0, unchanged 0, conflict 0, failed 2"]
    assert [line.split(":")[:2] for line in err] == [
        ["failed", " b.txt"],
        ["failed", " a.txt, date"],
        ["failed", " a.txt, language"],
    ]
    assert status == 1


def test_a_conflict_is_told_and_is_no_failure(tmp_path):
    folder = one_text(tmp_path / "p")
    run(folder)
    document = Document.objects.get()
    document.title = "Edited"
    document.save()
    out, err, status = run(folder)
    assert out == ["created 0, updated 0, unchanged 0, conflict 1, failed 0"]
    assert err[0].startswith("conflict: a.txt: This was edited in the archive")
    assert status == 0


def test_a_dry_run_lists_what_would_be(tmp_path):
    folder = one_text(tmp_path / "p")
    assert run(folder, "--dry-run") == (
        [
            "would create a.txt",
            "Nothing was written: this was a dry run.",
            "created 1, updated 0, unchanged 0, conflict 0, failed 0",
        ],
        [],
        0,
    )
    assert not Document.objects.exists()


def test_drafts_are_not_public(tmp_path):
    run(one_text(tmp_path / "p"), "--draft")
    assert not Document.objects.published().exists()


def test_a_package_that_is_none(tmp_path):
    with pytest.raises(CommandError, match=r"There is no folder or zip at .*none\. Check the path\."):
        run(tmp_path / "none")
    with pytest.raises(CommandError, match=r"metadata\.csv has an unknown column: 'autor'\."):
        run(one_text(tmp_path / "p", autor="x"))
    assert not Document.objects.exists()
