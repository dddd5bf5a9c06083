"""The one place that chooses the search engine."""

from __future__ import annotations

import threading
from pathlib import Path

from django.conf import settings
from django.utils.module_loading import import_string

from documents.search.engines.base import Engine

# By name, so that an engine's packages are needed only where it is used.
ENGINE = "documents.search.engines.whoosh.WhooshEngine"

_lock = threading.Lock()
_opened: dict[Path, Engine] = {}


def get_engine() -> Engine:
    """The engine of this process, opened once, over the index in INDEX_DIR. Raises EngineError where it is damaged."""
    directory = Path(settings.INDEX_DIR)
    with _lock:
        if directory not in _opened:
            engine = unopened_engine()
            engine.open()
            _opened[directory] = engine
        return _opened[directory]


def unopened_engine(directory: Path | None = None) -> Engine:
    """Another engine over the same index, which can replace one that is too damaged to be opened.

    directory: of an index that is not the archive's.
    """
    engine: Engine = import_string(ENGINE)(directory or Path(settings.INDEX_DIR))
    return engine


def forget_engine() -> None:
    """Close the engine, so that the next call of get_engine opens it again."""
    with _lock:
        while _opened:
            _opened.popitem()[1].close()
