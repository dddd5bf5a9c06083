"""Reading test collections."""

import pytest

from documents.search.judged import CollectionError, JudgedText, read_collection

CORPUS = '{"id": "d1", "title": "Borders", "text": "Control of borders."}\n{"id": 2, "text": "Sanctions."}\n'
QUERIES = '{"_id": "q1", "text": "border control"}\n\n{"_id": "q2", "text": "never judged"}\n'
QRELS = "q1\td1\t2\nq1\t2\t0\n"


@pytest.fixture
def files(tmp_path):
    """Write the three files, and read them as a collection."""

    def read(corpus=CORPUS, queries=QUERIES, qrels=QRELS):
        paths = [tmp_path / name for name in ("corpus.jsonl", "queries.jsonl", "qrels.tsv")]
        for path, text in zip(paths, (corpus, queries, qrels), strict=True):
            path.write_text(text, encoding="utf-8")
        return read_collection(*paths)

    return read


def test_documents_queries_and_grades_are_read(files):
    collection = files()
    assert collection.documents == (
        JudgedText("d1", "Borders", "Control of borders."),
        JudgedText("2", "", "Sanctions."),
    )
    assert collection.grades == {"q1": {"d1": 2, "2": 0}}


def test_queries_that_nothing_answers_are_left_out(files):
    more = '{"id": "q3", "text": "all of grade 0"}\n'
    assert [query.id for query in files(queries=QUERIES + more, qrels=QRELS + "q3\t2\t0\n").queries] == ["q1"]


def test_a_line_that_names_the_columns_is_passed_over(files):
    assert files(qrels="query-id\tcorpus-id\tscore\n" + QRELS).grades == files().grades


@pytest.mark.parametrize(
    ("broken", "told"),
    [
        ({"corpus": ""}, "corpus.jsonl is empty."),
        ({"corpus": CORPUS + "{"}, 'corpus.jsonl, line 3: expected a JSON object such as {"id": "1", "text": "…"}.'),
        ({"corpus": '["d1"]'}, "corpus.jsonl, line 1: expected a JSON object"),
        ({"corpus": '{"id": "d1", "text": null}'}, "corpus.jsonl, line 1: expected a JSON object"),
        ({"corpus": CORPUS + CORPUS}, "corpus.jsonl, line 3: the id d1 was given before. Ids must differ."),
        ({"queries": '{"text": "no id"}'}, "queries.jsonl, line 1: expected a JSON object"),
        ({"qrels": QRELS + "q1 d1 2"}, "qrels.tsv, line 3: expected query, document and a whole number as the grade"),
        ({"qrels": QRELS + "q1\td1\thigh"}, "qrels.tsv, line 3: expected query, document and a whole number"),
        ({"qrels": "q9\td1\t1\n"}, "qrels.tsv grades no document above 0 for any query of"),
        ({"qrels": "q1\td9\t1\n"}, "qrels.tsv names no document of"),
    ],
)
def test_what_is_malformed_is_named_with_file_and_line(files, broken, told):
    with pytest.raises(CollectionError) as caught:
        files(**broken)
    assert told in str(caught.value)


def test_a_file_that_is_not_utf_8_is_named(files, tmp_path):
    files()
    (tmp_path / "corpus.jsonl").write_bytes(b'{"id": "1", "text": "\xe9"}')
    with pytest.raises(CollectionError, match=r"corpus\.jsonl is not UTF-8\. Save it as UTF-8\."):
        read_collection(*(tmp_path / name for name in ("corpus.jsonl", "queries.jsonl", "qrels.tsv")))
