"""gunicorn's settings. Address, processes and threads are the archive's own settings, so that none is kept twice."""

from __future__ import annotations

import gc
import os
import re
from wsgiref.util import setup_testing_defaults

from django.conf import settings
from django.db import connections
from gunicorn.arbiter import Arbiter
from gunicorn.http import message
from gunicorn.workers.base import Worker

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ctarchive.settings")

_host = f"[{settings.HOST}]" if ":" in settings.HOST else settings.HOST
bind = f"{_host}:{settings.PORT}"
worker_class = "gthread"
workers = settings.WEB_WORKERS
threads = settings.WEB_THREADS
# Each process opens its own database connections and index: neither survives a fork.
preload_app = False
# honcho kills what is still there after 5 seconds.
graceful_timeout = 4
keepalive = 15  # seconds; a reader's next page comes over the same connection
loglevel = settings.LOG_LEVEL.lower()
# The log already goes to standard error; a second way in, through a socket in the home folder, is not wanted.
control_socket_disable = True

# A search of 10,000 characters gets a page, and each may take 12 bytes once encoded. gunicorn cuts any limit down to
# its own 8,190, and without a limit it would read a line of any length. Goes when a setting can raise its limit.
limit_request_line = 131_072
message.MAX_REQUEST_LINE = limit_request_line


# To make the first pages takes a process half a second, in which templates and the index are read.
WARM_UP = (("/documents/", ""), ("/search/", "q=peace"))
_DOCUMENT = re.compile(rb'href="(/documents/[-a-z0-9_]+/)"')


# A page makes ten thousand that are gone with it; Python would look for garbage among them fifteen times.
OBJECTS_BETWEEN_COLLECTIONS = 50_000


def post_worker_init(worker: Worker) -> None:
    """Make a page of each kind before any reader asks this process for one."""
    shown = _DOCUMENT.search(_page(worker, "/"))
    for path, query in (*WARM_UP, *([(shown[1].decode(), "")] if shown else [])):
        _page(worker, path, query)
    connections.close_all()  # this thread answers no one
    # What is held by now stays: to look through it all for garbage made a reader wait 50 ms every few hundred pages.
    gc.collect()
    gc.freeze()
    gc.set_threshold(OBJECTS_BETWEEN_COLLECTIONS)


def _page(worker: Worker, path: str, query: str = "") -> bytes:
    # By https, where SITE_URL asks for it: else it would be redirected.
    environ = {"PATH_INFO": path, "QUERY_STRING": query, "HTTP_X_FORWARDED_PROTO": "https"}
    setup_testing_defaults(environ)
    response = worker.wsgi(environ, lambda status, headers: None)
    content = b"".join(response)
    response.close()
    return content


def when_ready(server: Arbiter) -> None:
    """Tell whoever started it where to look."""
    server.log.info("The archive is at http://%s/. Ctrl-C ends it.", bind)
