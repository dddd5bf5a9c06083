"""Authority files: what is imported, what is kept of an admin's work, and what the file of the first texts says."""

import re
from io import StringIO

import pytest
from django.conf import settings
from django.core.management import call_command

from documents.importing.names import import_names
from documents.importing.names_file import read_names
from documents.importing.report import PackageError
from documents.importing.writing import body_called
from documents.models import Document, Name, NameForm
from documents.tests.factories import make_document, make_name

FIXTURES = settings.BASE_DIR / "fixtures"
ENTRIES = read_names(FIXTURES / "names.yaml")
TEXTS = {
    path.name: " ".join(path.read_text(encoding="utf-8").split("\n---\n", 1)[1].split())
    for path in FIXTURES.glob("*.md")
}
CTC = """
- slug: ctc
  kind: body
  label: Counter-Terrorism Committee
  forms:
    - {text: CTC, evidence: The Counter-Terrorism Committee (CTC), source: 003.md}
  related: [council]
- {slug: council, kind: body, label: Security Council}
"""


@pytest.fixture
def names(tmp_path, db):
    def load(text, **options):
        path = tmp_path / "names.yaml"
        path.write_text(text, encoding="utf-8")
        return str(import_names(path, **options))

    return load


# --- The file of the first texts ---


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.slug)
def test_every_form_stands_in_the_words_quoted_and_these_in_the_text(entry):
    for form in entry.forms:
        if form.evidence:
            assert form.text in form.evidence
            assert form.evidence in TEXTS[form.source]
        else:
            assert "supplied" in entry.note
    is_label_shown = any(form.text == entry.label and form.evidence for form in entry.forms)
    assert is_label_shown or "supplied" in entry.note


def test_the_five_texts_link_to_what_they_name(transactional_db):
    call_command("prepare", stdout=StringIO())
    assert not Document.objects.filter(awaits_rendering=True).exists()
    text = Document.objects.get(source_file__startswith="003").body_html
    for words in ("CTC", "Counter-Terrorism Committee", "INTERPOL", "OSCE", "Washington, D.C.", "Nairobi"):
        assert f">{words}</a>" in text
    unseen = Name.objects.filter(is_linked=True, mentions=None).values_list("slug", flat=True)
    assert list(unseen) == ["al-qaida"]
    assert str(import_names(FIXTURES / "names.yaml")) == (
        f"created 0, updated 0, unchanged {len(ENTRIES)}, conflict 0, failed 0"
    )


# --- Importing ---


def test_a_file_is_imported_once_and_again(names):
    assert names(CTC) == "created 2, updated 0, unchanged 0, conflict 0, failed 0"
    assert [form.text for form in Name.objects.get(slug="ctc").forms.all()] == ["CTC"]
    assert list(Name.objects.get(slug="council").related.all()) == [Name.objects.get(slug="ctc")]
    assert names(CTC) == "created 0, updated 0, unchanged 2, conflict 0, failed 0"
    assert names(CTC.replace("text: CTC", "text: C.T.C.")) == "created 0, updated 1, unchanged 1, conflict 0, failed 0"
    assert [form.text for form in NameForm.objects.all()] == ["C.T.C."]


def test_a_dry_run_writes_nothing(names):
    make_document(text="The CTC met.")
    assert names(CTC, is_dry_run=True) == "created 2, updated 0, unchanged 0, conflict 0, failed 0"
    assert not Name.objects.exists() and not Document.objects.filter(awaits_rendering=True).exists()


@pytest.mark.parametrize(
    "edit",
    [
        lambda name: Name.objects.filter(pk=name.pk).update(note="As an admin has it."),
        lambda name: name.forms.create(text="The Committee"),
        lambda name: name.related.clear(),
        lambda name: name.merge_into(Name.objects.get(slug="council")),
    ],
    ids=["note", "form", "related", "merged"],
)
def test_what_an_admin_changed_is_left_alone(names, edit):
    names(CTC)
    edit(Name.objects.get(slug="ctc"))
    state = list(Name.objects.order_by("pk").values())
    report = names(CTC.replace("kind: body\n  label: Counter", "kind: concept\n  label: Counter"))
    assert "conflict 1" in report or "conflict 2" in report
    assert list(Name.objects.order_by("pk").values()) == state


def test_a_body_made_for_documents_gets_what_the_file_says(names):
    body = make_name("Counter-Terrorism Committee", slug="the-committee", is_linked=False)
    assert names(CTC) == "created 1, updated 1, unchanged 0, conflict 0, failed 0"
    body.refresh_from_db()
    assert body.is_linked and body.slug == "the-committee" and body.forms.exists()


def test_a_form_of_another_name_fails_that_entry_alone(names):
    make_name("Committee of Trade and Commerce").forms.create(text="ctc")
    assert names(CTC) == "created 1, updated 0, unchanged 0, conflict 0, failed 1"
    assert not Name.objects.filter(slug="ctc").exists()


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("slug: ctc", "is no list"),
        ("- ctc", "is no mapping"),
        ("- {slug: ctc, kind: body, label: CTC, colour: red}", "unknown key: colour"),
        ("- {slug: ctc, kind: bod, label: CTC}", "'bod' is no kind"),
        ("- {slug: ctc, kind: body}", "lacks a slug or a label"),
        ("- {slug: ctc, kind: body, label: 1373}", "label is no text"),
        ("- {slug: ctc, kind: body, label: CTC, linked: often}", "neither true nor false"),
        ("- {slug: a, kind: body, label: A}\n- {slug: a, kind: body, label: B}", "slug “a” twice"),
        ("- {slug: a, kind: body, label: A, forms: [{text: X}, {text: x}]}", "form “x” twice"),
        ("- [", "is not YAML (line"),
    ],
)
def test_a_file_that_cannot_be_used_says_why(names, text, sentence):
    with pytest.raises(PackageError, match=re.escape(sentence)):
        names(text)
    assert not Name.objects.exists()


def test_the_command_tells_what_it_did(tmp_path, db):
    path = tmp_path / "names.yaml"
    path.write_text(CTC.replace("[council]", "[council, nobody]"), encoding="utf-8")
    out, errors = StringIO(), StringIO()
    with pytest.raises(SystemExit):
        call_command("import_names", path, stdout=out, stderr=errors)
    assert "related name “nobody” is neither here nor in the archive" in errors.getvalue()
    assert out.getvalue().splitlines()[-1] == "created 2, updated 0, unchanged 0, conflict 0, failed 1"


def test_a_publisher_is_found_by_its_forms_and_through_mergers(names, transactional_db):
    names(CTC)
    council, committee = Name.objects.get(slug="council"), Name.objects.get(slug="ctc")
    assert body_called("CTC") == committee
    committee.merge_into(council)
    assert body_called("Counter-Terrorism Committee") == council
    assert not body_called("Somebody new").is_linked
