"""`manage.py evaluate_search`."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command


@pytest.fixture
def files(tmp_path):
    texts = {
        "corpus.jsonl": '{"id": "1", "text": "Fisheries."}\n{"id": "2", "text": "Borders controlled."}\n',
        "queries.jsonl": '{"id": "a", "text": "controlling a border?"}\n',
        "qrels.tsv": "a\t2\t1\n",
    }
    for name, text in texts.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    return [str(tmp_path / name) for name in texts]


def test_measures_and_number_of_queries_are_printed(files):
    out = StringIO()
    call_command("evaluate_search", *files, stdout=out)
    assert out.getvalue() == "nDCG@10 1.0000\nMAP     1.0000\nqueries 1\n"


def test_words_are_read_in_the_language_given(files):
    out = StringIO()
    call_command("evaluate_search", *files, "--language", "zxx", stdout=out)
    assert out.getvalue() == "nDCG@10 0.0000\nMAP     0.0000\nqueries 1\n"  # without a stemmer neither word is held


def test_a_missing_file_is_named(files):
    with pytest.raises(CommandError, match=r"nothing\.tsv cannot be read: No such file or directory\."):
        call_command("evaluate_search", *files[:2], "nothing.tsv")
