"""`manage.py evaluate_search CORPUS QUERIES QRELS`: how well searches are ranked, against people's judgements."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from documents.search.judged import CollectionError, read_collection
from documents.search.relevance import evaluate


class Command(BaseCommand):
    help = (
        "Ranks the documents of a test collection for its queries, their words joined by OR, and prints nDCG@10 and "
        "MAP. Uses the archive's engine, query language and ranking, in an index of its own."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("corpus", type=Path, metavar="CORPUS", help="Documents: lines of JSON, id, title, text.")
        parser.add_argument("queries", type=Path, metavar="QUERIES", help="Queries: lines of JSON, id, text.")
        parser.add_argument("qrels", type=Path, metavar="QRELS", help="Judgements: query, document, grade; tabs.")
        parser.add_argument("--language", default="en", help="Of the documents, as a BCP 47 tag (default: en).")

    def handle(self, *args: Any, corpus: Path, queries: Path, qrels: Path, language: str, **options: Any) -> None:
        try:
            collection = read_collection(corpus, queries, qrels)
        except CollectionError as error:
            raise CommandError(str(error)) from error
        found = evaluate(collection, language)
        self.stdout.write(f"nDCG@10 {found.ndcg:.4f}")
        self.stdout.write(f"MAP     {found.average_precision:.4f}")
        self.stdout.write(f"queries {found.queries}")
