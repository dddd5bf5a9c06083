"""Packages into the archive, and what a second import makes of what has changed since."""

import shutil

import pytest
from django.db import connection

from documents import originals
from documents.importing import store
from documents.importing.store import import_package
from documents.models import Collection, Document, Name, PendingIndexing, Relation, Revision, State, Tag
from documents.search.factory import get_engine
from documents.search.trees import Word
from documents.search.types import SearchRequest
from documents.tests.importing.packages import CORPORA, make_package, one_text, zipped

pytestmark = pytest.mark.django_db

TEXT = "The first paragraph.\n\nThe second paragraph has more words.\n\nThe third paragraph."


def outcome(path, **options):
    return str(import_package(path, **options))


def counts(created=0, updated=0, unchanged=0, conflict=0, failed=0):
    return f"created {created}, updated {updated}, unchanged {unchanged}, conflict {conflict}, failed {failed}"


def several(folder, number, **columns):
    files = {f"{i}.txt": f"Words of text {i}." for i in range(number)}
    return make_package(folder, files, [{"file": file, "title": f"Text {file}", **columns} for file in files])


@pytest.fixture
def package(tmp_path):
    return one_text(
        tmp_path / "p",
        content=TEXT,
        collection="Speeches",
        publisher="Security Council",
        tags="Peace;Security",
        date="[2001..2003]",
        creator="Mr. X",
        lacunae="A list; An annex",
        place="New York",
        type="Statement",
    )


def test_a_record_arrives_whole(package):
    assert outcome(package) == counts(created=1)
    document = Document.objects.get()
    assert (document.title, document.slug, document.state) == ("A title", "a-title", State.PUBLISHED)
    assert (document.collection.title, document.issuing_body.label) == ("Speeches", "Security Council")
    assert (document.date, document.creator, document.place, document.type) == (
        *("[2001..2003]", "Mr. X", "New York", "Statement"),
    )
    assert [tag.name for tag in document.tags.all()] == ["Peace", "Security"]
    assert document.gaps == ["A list", "An annex"]
    assert document.paragraphs.count() == 3
    with originals.open_original(document.original_sha256) as file:
        assert file.read() == TEXT.encode()
    revision = Revision.objects.get()
    assert (revision.number, revision.reason, revision.fields["tags"]) == (1, "Imported from p", ["Peace", "Security"])
    assert Name.objects.get().kind == "body"


def test_what_arrived_is_found(package):
    outcome(package)
    assert not PendingIndexing.objects.exists()
    found = get_engine().search(SearchRequest(root=Word("second")))
    assert [hit.document_id for hit in found.hits] == [Document.objects.get().pk]


def test_a_second_import_changes_nothing(package):
    outcome(package)
    before = Document.objects.values().get()
    assert outcome(package) == counts(unchanged=1)
    assert Document.objects.values().get() == before
    assert Revision.objects.count() == 1


def test_a_zip_is_the_same_package(package):
    assert outcome(package) == counts(created=1)
    assert outcome(zipped(package)) == counts(unchanged=1)
    assert outcome(zipped(package, inside="p")) == counts(unchanged=1)


def test_a_changed_text_keeps_the_addresses_of_its_paragraphs(package):
    outcome(package)
    make_package(package, {"a.txt": TEXT.replace("The first paragraph.\n\n", "").replace("more", "many more")})
    assert outcome(package) == counts(updated=1)
    document = Document.objects.get()
    current = document.paragraphs.filter(state="current").order_by("position")
    assert [(row.number, row.text) for row in current] == [
        (2, "The second paragraph has many more words."),
        (3, "The third paragraph."),
    ]
    assert [revision.number for revision in document.revisions.all()] == [1, 2]
    assert originals.open_original(document.original_sha256).read() == (package / "a.txt").read_bytes()
    assert outcome(package) == counts(unchanged=1)


def test_a_changed_row_updates_and_clears(package):
    outcome(package)
    one_text(package, content=TEXT, collection="Speeches", tags="peace;War")
    assert outcome(package) == counts(updated=1)
    document = Document.objects.get()
    assert sorted(tag.name for tag in document.tags.all()) == ["Peace", "War"]
    assert (document.issuing_body, document.date, document.creator, document.lacunae) == (None, "", "", "")
    assert document.slug == "a-title"


def test_tags_are_the_same_in_any_case(tmp_path):
    several(tmp_path / "p", 3, tags="Élan;PEACE;peace;élan;Права")
    outcome(tmp_path / "p")
    one_text(tmp_path / "q", tags="ÉLAN;peace;права")
    outcome(tmp_path / "q")
    assert sorted(Tag.objects.values_list("name", flat=True)) == ["PEACE", "Élan", "Права"]


class TestEditedInTheArchive:
    @pytest.fixture(autouse=True)
    def imported(self, package):
        outcome(package)
        self.package = package
        self.document = Document.objects.get()

    def assert_conflict(self):
        before = Document.objects.values().get()
        for _ in range(2):
            report = import_package(self.package)
            assert str(report) == counts(conflict=1)
            assert str(report.conflicts[0]) == (
                "a.txt: This was edited in the archive since its last import, so it was left alone. "
                "Make the change in admin."
            )
            make_package(self.package, {"a.txt": "Another text from the package."})
        assert Document.objects.values().get() == before

    def test_a_corrected_text(self):
        self.document.text += " Corrected."
        self.document.save()
        self.assert_conflict()

    def test_another_tag(self):
        self.document.tags.add("Added")
        self.assert_conflict()
        assert self.document.tags.count() == 3

    def test_another_relation(self):
        Relation.objects.create(document=self.document, target_text="S/RES/1373(2001)")
        self.assert_conflict()

    def test_a_withdrawal(self):
        self.document.state, self.document.withdrawal_reason = State.WITHDRAWN, "A mistake."
        self.document.save()
        self.assert_conflict()


def test_an_edit_while_the_batch_waits_is_not_lost(package):
    outcome(package)
    one_text(package, content="A new text from the package.", collection="Speeches")

    def edit_meanwhile(records):
        yield from records
        document = Document.objects.get()
        document.text = "Edited by hand."
        document.save()

    assert outcome(package, progress=edit_meanwhile) == counts(conflict=1)
    assert Document.objects.get().text == "Edited by hand."


RENAMED = "Statements of the Assembly"


class TestRenamedInTheArchive:
    @pytest.fixture(autouse=True)
    def imported(self, package):
        outcome(package)
        self.package = package

    def assert_known(self):
        """What was renamed is nobody's edit, and the next change of the package finds it by its new name."""
        assert outcome(self.package) == counts(unchanged=1)
        make_package(self.package, {"a.txt": "Changed in the package."})
        assert outcome(self.package) == counts(updated=1)
        assert Document.objects.get().text == "Changed in the package."

    @pytest.mark.parametrize("title", [RENAMED, "SPEECHES!"])
    @pytest.mark.parametrize("slug", ["speeches", "statements"])
    def test_a_collection(self, title, slug):
        collection = Collection.objects.get()
        collection.title, collection.slug = title, slug
        collection.save()
        self.assert_known()
        assert Collection.objects.get().title == title

    def test_a_tag(self):
        tag = Tag.objects.get(name="Peace")
        tag.name = "Harmony"
        tag.save()
        self.assert_known()
        assert sorted(tag.name for tag in Document.objects.get().tags.all()) == ["Harmony", "Security"]

    def test_an_issuing_body(self):
        Name.objects.update(label="The Council")
        self.assert_known()


@pytest.mark.parametrize(("one", "other"), [("C", "C++"), ("Мир", "Mir")])
def test_tags_whose_addresses_are_alike_stay_two(tmp_path, one, other):
    outcome(one_text(tmp_path / "p", tags=f"{one};{other}"))
    assert sorted(Tag.objects.values_list("name", flat=True)) == sorted((one, other))


def test_collections_whose_addresses_are_alike_in_another_script_stay_two(tmp_path):
    outcome(one_text(tmp_path / "p", collection="Мир"))
    outcome(one_text(tmp_path / "q", collection="Mir"))
    assert Document.objects.count() == Collection.objects.count() == 2


class TestDrafts:
    def test_a_draft_is_published_by_the_next_import(self, package):
        assert outcome(package, as_draft=True) == counts(created=1)
        assert Document.objects.get().state == State.DRAFT
        assert outcome(package, as_draft=True) == counts(unchanged=1)
        assert not Revision.objects.exists()
        assert outcome(package) == counts(updated=1)
        assert Document.objects.get().state == State.PUBLISHED
        assert Revision.objects.get().number == 1

    def test_what_is_published_stays_published(self, package):
        outcome(package)
        one_text(package, content="Changed.", collection="Speeches")
        assert outcome(package, as_draft=True) == counts(updated=1)
        assert Document.objects.get().state == State.PUBLISHED

    def test_a_draft_that_an_admin_published_was_not_edited(self, package):
        outcome(package, as_draft=True)
        document = Document.objects.get()
        document.state = State.PUBLISHED
        document.save()
        assert outcome(package) == counts(unchanged=1)


class TestRelations:
    @pytest.fixture
    def related(self, tmp_path):
        rows = [
            {"file": "a.txt", "title": "A", "relations": "references b.txt; isPartOf S/RES/1373(2001)"},
            {"file": "b.txt", "title": "B", "relations": "isReferencedBy a.txt"},
        ]
        return make_package(tmp_path / "p", {"a.txt": "One.", "b.txt": "Two."}, rows)

    def relations(self):
        rows = Relation.objects.values_list("document__title", "term", "target__title", "target_text")
        return sorted(rows)

    WHOLE = [
        ("A", "isPartOf", None, "S/RES/1373(2001)"),
        ("A", "references", "B", ""),
        ("B", "isReferencedBy", "A", ""),
    ]

    def test_targets_are_found_in_any_order(self, related):
        assert outcome(related) == counts(created=2)
        assert self.relations() == self.WHOLE
        assert list(Revision.objects.values_list("number", flat=True)) == [1, 1]
        assert outcome(related) == counts(unchanged=2)
        assert self.relations() == self.WHOLE

    def test_a_target_that_failed_is_left_out_until_it_is_there(self, related):
        make_package(related, {"b.txt": ""})
        assert outcome(related) == counts(created=1, failed=1)
        assert self.relations() == [("A", "isPartOf", None, "S/RES/1373(2001)")]
        make_package(related, {"b.txt": "Two."})
        assert outcome(related) == counts(created=1, updated=1)
        assert self.relations() == self.WHOLE

    def test_they_are_part_of_the_first_revision(self, related):
        outcome(related)
        revision = Revision.objects.get(document__title="A")
        assert (revision.number, len(revision.fields["relations"])) == (1, 2)

    def test_a_target_of_a_later_batch_is_a_second_revision_since_the_first_state_was_public(
        self, related, monkeypatch
    ):
        monkeypatch.setattr(store, "BATCH_DOCUMENTS", 1)
        assert outcome(related) == counts(created=2)
        assert self.relations() == self.WHOLE
        held = Revision.objects.values_list("document__title", "number", "fields__relations")
        assert [(title, number, len(relations)) for title, number, relations in held] == [
            *(("A", 1, 1), ("A", 2, 2), ("B", 1, 1))
        ]
        assert outcome(related) == counts(unchanged=2)

    def test_an_edit_before_all_targets_are_there_is_kept_and_stays_an_edit(self, related, monkeypatch):
        monkeypatch.setattr(store, "BATCH_DOCUMENTS", 1)

        def edit_meanwhile(records):
            for record in records:
                if Document.objects.exists():
                    document = Document.objects.get()
                    document.text = "Corrected by hand."
                    document.save()
                yield record

        report = import_package(related, progress=edit_meanwhile)
        assert str(report) == counts(created=2, conflict=1)
        assert str(report.conflicts[0]) == (
            "a.txt: This was edited in the archive during its import, so some of its relations are not set. "
            "Set them in admin."
        )
        make_package(related, {"a.txt": "A second edition."})
        assert outcome(related) == counts(unchanged=1, conflict=1)
        document = Document.objects.get(title="A")
        assert (document.text, document.relations.count()) == ("Corrected by hand.", 1)

    def test_relations_that_the_package_dropped_go(self, related):
        outcome(related)
        make_package(related, {}, [{"file": "a.txt", "title": "A"}, {"file": "b.txt", "title": "B"}])
        assert outcome(related) == counts(updated=2)
        assert self.relations() == []


def test_a_failure_leaves_nothing_and_the_others_proceed(tmp_path, archive_folders):
    folder = several(tmp_path / "p", 4, tags="one")
    make_package(folder, {"1.txt": b"\xff", "2.txt": " "})
    report = import_package(folder)
    assert str(report) == counts(created=2, failed=2)
    assert [(failure.file, [str(problem) for problem in failure.problems]) for failure in report.failures] == [
        ("1.txt", ["1.txt: Byte 0 (0xFF) is not UTF-8. Save it as UTF-8."]),
        ("2.txt", ["2.txt: The text is empty. A document needs its words."]),
    ]
    assert Document.objects.count() == 2
    assert len([path for path in (archive_folders / "originals").rglob("*") if path.is_file()]) == 2
    make_package(folder, {"1.txt": "One.", "2.txt": "Two."})
    assert outcome(folder) == counts(created=2, unchanged=2)


def test_what_the_database_refuses_leaves_nothing_behind(tmp_path):
    folder = several(tmp_path / "p", 3, tags="one;two", publisher="Council")
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE TRIGGER refuse BEFORE INSERT ON documents_taggeddocument "
            "WHEN (SELECT source_file FROM documents_document WHERE id = NEW.content_object_id) = '0.txt' "
            "BEGIN SELECT RAISE(ABORT, 'refused'); END"
        )
    report = import_package(folder)
    assert str(report) == counts(created=2, failed=1)
    assert str(report.failures[0].problems[0]) == (
        "0.txt: The database refused it (refused). Import the package once more."
    )
    assert Document.objects.filter(source_file="0.txt").count() == 0
    assert sorted(Tag.objects.values_list("name", flat=True)) == ["one", "two"]
    assert {document.tags.count() for document in Document.objects.all()} == {2}


def test_an_import_cut_short_is_taken_up(tmp_path, monkeypatch):
    monkeypatch.setattr(store, "BATCH_DOCUMENTS", 2)
    folder = several(tmp_path / "p", 5, relations="references 4.txt")

    def interrupted(records):
        yield from records[:3]
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        import_package(folder, progress=interrupted)
    assert Document.objects.count() == 2
    assert outcome(folder) == counts(created=3, updated=2)
    assert Relation.objects.filter(target__source_file="4.txt").count() == 5
    assert outcome(folder) == counts(unchanged=5)


def test_what_is_public_has_a_revision_wherever_an_import_is_cut_short(tmp_path, monkeypatch):
    monkeypatch.setattr(store, "BATCH_DOCUMENTS", 2)
    folder = several(tmp_path / "p", 3, relations="references 2.txt")

    def interrupted(records):
        yield from records[:2]
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        import_package(folder, progress=interrupted)
    assert [document.revisions.count() for document in Document.objects.published()] == [1, 1]


def test_a_dry_run_tells_and_writes_nothing(package, archive_folders):
    make_package(package, {"b.txt": "x"})
    assert outcome(package, is_dry_run=True) == counts(created=1, failed=1)
    assert not Document.objects.exists() and not Collection.objects.exists() and not Name.objects.exists()
    assert not PendingIndexing.objects.exists()
    assert not (archive_folders / "originals").exists()
    outcome(package)
    make_package(package, {"a.txt": "Changed."})
    assert outcome(package, is_dry_run=True) == counts(updated=1, failed=1)
    assert Document.objects.get().text == TEXT


def test_the_same_file_in_two_collections_is_two_documents(tmp_path):
    one_text(tmp_path / "p", collection="One")
    one_text(tmp_path / "q", collection="Two")
    assert outcome(tmp_path / "p") == outcome(tmp_path / "q") == counts(created=1)


def test_one_declaration_in_six_languages():
    assert outcome(CORPORA / "udhr") == counts(created=6)
    assert outcome(CORPORA / "udhr") == counts(unchanged=6)
    arabic = Document.objects.get(language="ar")
    assert arabic.direction == "rtl"
    assert arabic.title == "الإعلان العالمي لحقوق الإنسان"
    assert all(document.slug.isascii() and document.slug for document in Document.objects.all())
    assert Document.objects.values("slug").distinct().count() == 6


def test_speeches_in_three_shapes(tmp_path):
    folder = shutil.copytree(CORPORA / "ungdc", tmp_path / "ungdc")
    assert outcome(folder) == counts(created=10)
    assert outcome(folder) == counts(unchanged=10)
    assert all(document.paragraphs.count() > 3 for document in Document.objects.all())


def test_merging_the_issuing_body_is_no_edit_of_its_documents(tmp_path):
    package = one_text(tmp_path / "p", publisher="The Committee")
    import_package(package)
    edited = one_text(tmp_path / "q", file="b.txt", publisher="The Committee")
    import_package(edited)
    document = Document.objects.get(source_file="b.txt")
    document.place = "Vienna"
    document.save()
    survivor = Name.objects.create(label="Counter-Terrorism Committee")
    Name.objects.get(label="The Committee").merge_into(survivor)
    assert set(Document.objects.values_list("issuing_body__label", flat=True)) == {"Counter-Terrorism Committee"}
    assert import_package(package).unchanged == 1
    assert import_package(edited).conflicts
