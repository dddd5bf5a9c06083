"""`manage.py worker`: the process beside the web server that does what outlives a request."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from documents.jobs import Worker


class Command(BaseCommand):
    help = "Tells the index what is pending and runs jobs, until it is ended."

    def handle(self, *args: Any, **options: Any) -> None:
        Worker().run()
