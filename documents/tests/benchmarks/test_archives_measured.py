"""What the benchmark makes to measure: a larger archive, a changed document, an index of stock Whoosh."""

import sqlite3
from contextlib import closing

import pytest
from django.db import connection
from whoosh import index

from benchmarks import answering, memory, stock
from benchmarks.archives import Archive
from benchmarks.changes import milliseconds_until_found
from benchmarks.kinds import KINDS
from benchmarks.multiplied import STEP, multiply
from benchmarks.pages import ROUNDS
from documents.models import Document
from documents.search import sync
from documents.search.records import published_ids, read_records
from documents.tests.factories import make_document

pytestmark = pytest.mark.django_db(transaction=True)

TEXT = "Border control.\n\nCustoms of S/RES/1373 (2001).\n\nSea.\n\nAir.\n\nLand."


@pytest.fixture
def database(tmp_path):
    """The test's database as a file, with two documents."""
    make_document(title="Borders", text=TEXT, tags=["borders"])
    make_document(title="Fish", text=" ".join(f"word{number}" for number in range(300)))
    with connection.cursor() as cursor:
        cursor.execute("VACUUM INTO %s", [str(tmp_path / "archive.sqlite3")])
    return tmp_path / "archive.sqlite3"


def rows(path, statement):
    with closing(sqlite3.connect(path)) as opened:
        return opened.execute(statement).fetchall()


def test_each_copy_has_the_paragraphs_in_an_order_of_its_own(database, tmp_path):
    multiply(database, tmp_path / "more" / "archive.sqlite3", 4)
    read = "SELECT document_id, text, position FROM documents_paragraph ORDER BY document_id, position"
    texts, places = {}, {}
    for document_id, text, position in rows(tmp_path / "more" / "archive.sqlite3", read):
        texts.setdefault(document_id, []).append(text)
        places.setdefault(document_id, []).append(position)
    first, *copies = [texts[pk] for pk in texts if "Sea." in texts[pk]]
    assert len(copies) == 3
    assert all(sorted(copy) == sorted(first) for copy in copies)
    assert len({tuple(copy) for copy in (first, *copies)}) > 1
    assert all(sorted(held) == sorted(set(held)) for held in places.values())


def test_copies_are_public_documents_with_tags_and_symbols(database, tmp_path):
    path = tmp_path / "more" / "archive.sqlite3"
    multiply(database, path, 3)
    assert rows(path, "SELECT count(*), count(DISTINCT slug), count(DISTINCT uuid) FROM documents_document") == [
        (6, 6, 6)
    ]
    assert rows(path, "SELECT count(*) FROM documents_taggeddocument") == [(3,)]
    assert rows(
        path, "SELECT count(DISTINCT document_id) FROM documents_citedsymbol WHERE slug = 's-res-1373-2001'"
    ) == [(3,)]
    assert rows(path, f"SELECT count(*) FROM documents_document WHERE id > {STEP} AND state = 'published'") == [(4,)]


def test_a_changed_document_is_found_by_its_new_word():
    document = make_document(title="Fish", text="Nets.")
    assert milliseconds_until_found(document.pk, "changedword") > 0
    assert Document.objects.get(pk=document.pk).text.endswith("\n\nchangedword")


def test_stock_whoosh_holds_the_same_documents(tmp_path):
    make_document(title="Borders", text=TEXT, tags=["borders", "customs"])
    records = list(read_records(published_ids()))
    for name, analyzer in stock.ANALYZERS.items():
        stock.build(records, analyzer(), tmp_path / name)
        with index.open_dir(str(tmp_path / name)).searcher() as searcher:
            assert [hit["slug"] for hit in searcher.documents(tags="customs")] == ["borders"]


def test_a_process_answers_each_line_with_time_and_total(monkeypatch):
    make_document(title="Fish", text="Nets.")
    sync.flush()
    monkeypatch.setattr("sys.stdin", ["nets\n", "absent\n"])
    assert [int(line.split()[1]) for line in answering.main()] == [1, 0]


def test_random_pages_are_the_same_each_time(database):
    archive = Archive(database.parent)
    addresses = memory.addresses(archive)
    assert addresses == memory.addresses(archive)
    assert {address.split("/")[1] for address in addresses} == {"search", "documents"}
    assert len(addresses) == 3 * memory.EACH


def test_no_search_is_asked_twice():
    queries = [query for held in KINDS.values() for query in held]
    assert len(queries) == len(set(queries))
    assert {len(held) for held in KINDS.values()} == {ROUNDS}
