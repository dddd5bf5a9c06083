"""What every test shares: folders of its own for the index and the originals, and static files without a manifest."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.test import override_settings

from documents import caching
from documents.search import factory


def _storages(originals: Path) -> dict[str, dict[str, object]]:
    return {
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": originals}},
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }


def _folders(root: Path) -> dict[str, object]:
    return {
        "VAR_DIR": root,
        "INDEX_DIR": root / "index",
        "ORIGINALS_DIR": root / "originals",
        "STATIC_ROOT": root / "static",
        "STORAGES": _storages(root / "originals"),
        "CACHES": {"default": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}},  # most tests commit nothing
        "PASSWORD_HASHERS": ["django.contrib.auth.hashers.MD5PasswordHasher"],  # fast; nothing here is secret
    }


@pytest.fixture(scope="session", autouse=True)
def _session_folders(tmp_path_factory):
    """For what runs outside a test, such as setUpTestData: nothing ever touches the archive's own folders."""
    with override_settings(**_folders(tmp_path_factory.mktemp("session"))):
        yield


@pytest.fixture(autouse=True)
def archive_folders(tmp_path, settings):
    """A folder of this test's own; its index is closed afterwards."""
    root = tmp_path / "var"
    for name, value in _folders(root).items():
        setattr(settings, name, value)
    yield root
    factory.forget_engine()
    caching.forget()
