"""A setting that cannot be used stops the start and names itself; the secret key is made once and kept to its owner."""

from __future__ import annotations

import os
import runpy
import socket
import stat
import subprocess
import sys

import pytest
from django.core.exceptions import ImproperlyConfigured

from ctarchive import settings as archive_settings

NAMES = {setting.name for setting in archive_settings.SETTINGS}


@pytest.fixture
def load(monkeypatch, tmp_path):
    """Reads the settings anew, from these variables and no others; gives the module's names."""

    def read(**environment):
        for name in NAMES:
            monkeypatch.delenv(name, raising=False)
        for name, value in ({"VAR_DIR": str(tmp_path)} | environment).items():
            monkeypatch.setenv(name, value)
        return runpy.run_path(archive_settings.__file__)

    return read


def _run(*arguments, var_dir, **environment):
    """Run Python with these arguments and no settings but these."""
    inherited = {name: value for name, value in os.environ.items() if name not in NAMES}
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=archive_settings.BASE_DIR,
        env=inherited | {"VAR_DIR": str(var_dir)} | environment,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("ARCHIVE_ID", ""),
        ("ARCHIVE_ID", "archive"),
        ("ARCHIVE_ID", "Archive.example.org"),
        ("ARCHIVE_ID", "https://archive.example.org"),
        ("SITE_URL", "archive.example.org"),
        ("SITE_URL", "https://archive.example.org/below"),
        ("SITE_URL", "ftp://archive.example.org"),
        ("ALLOWED_HOSTS", "https://archive.example.org"),
        ("ALLOWED_HOSTS", "archive.example.org:8000"),
        ("DATABASE_URL", "sqlite:///"),
        ("DATABASE_URL", "postgres://localhost/archive"),
        ("SECRET_KEY", "short"),
        ("DEBUG", "perhaps"),
        ("TIME_ZONE", "Europe/Atlantis"),
        ("LOG_LEVEL", "LOUD"),
        ("MAX_TEXT_MB", "0"),
        ("MAX_TEXT_MB", "ten"),
        ("PORT", "70000"),
        ("PORT", "-1"),
        ("PORT", ""),
        ("WEB_WORKERS", "0"),
        ("WEB_THREADS", "1.5"),
        ("ARCHIVE_NAME", ""),
        ("HOST", ""),
    ],
)
def test_a_wrong_setting_stops_the_start_and_names_itself(load, name, value):
    with pytest.raises(ImproperlyConfigured, match=f"^{name} cannot be used: "):
        load(**{name: value})


def test_a_var_folder_that_cannot_be_made_is_refused(load, tmp_path):
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    with pytest.raises(ImproperlyConfigured, match=r"^VAR_DIR cannot be used: the folder cannot be made"):
        load(VAR_DIR=str(tmp_path / "file" / "var"))


def test_manage_says_which_setting_is_wrong(tmp_path):
    done = _run("manage.py", "check", var_dir=tmp_path, PORT="x")
    assert done.returncode != 0
    assert "PORT cannot be used: 'x' is not a whole number from 1 to 65535." in done.stderr


def test_the_server_says_which_setting_is_wrong_in_one_sentence(tmp_path):
    done = _run("-m", "deploy.serve", var_dir=tmp_path, WEB_THREADS="many")
    assert done.returncode == 1
    assert done.stderr == "WEB_THREADS cannot be used: 'many' is not a whole number from 1 to 64.\n"


def test_a_port_in_use_is_told_with_the_cure(tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        done = _run("-m", "deploy.serve", var_dir=tmp_path, PORT=str(port))
    assert done.returncode == 1
    assert done.stderr.startswith(
        f"Port {port} of 127.0.0.1 is in use. End what listens there, or choose another port: "
    )
    assert not (tmp_path / "archive.sqlite3").exists()


def test_every_setting_has_a_default_that_works(load):
    load(**{setting.name: setting.default for setting in archive_settings.SETTINGS if setting.name != "VAR_DIR"})


def test_the_secret_key_is_made_once_and_kept_to_its_owner(load, tmp_path):
    first = load()["SECRET_KEY"]
    kept = tmp_path / "secret-key"
    assert len(first) >= 50
    assert kept.read_text(encoding="ascii") == first
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert load()["SECRET_KEY"] == first


def test_a_secret_key_from_outside_is_used_and_not_written_down(load, tmp_path):
    assert load(SECRET_KEY="k" * 50)["SECRET_KEY"] == "k" * 50
    assert not (tmp_path / "secret-key").exists()


@pytest.mark.parametrize(("site", "is_on"), [("https://archive.example.org", True), ("http://127.0.0.1:8000", False)])
def test_an_https_address_turns_on_what_https_needs(load, site, is_on):
    names = load(SITE_URL=site)
    for name in ("SECURE_SSL_REDIRECT", "SECURE_HSTS_SECONDS", "SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE"):
        assert bool(names.get(name)) is is_on


def test_the_sites_host_and_those_named_are_served(load):
    hosts = load(SITE_URL="https://archive.example.org", ALLOWED_HOSTS="a.example, b.example")["ALLOWED_HOSTS"]
    assert {"127.0.0.1", "localhost", "archive.example.org", "a.example", "b.example"} <= set(hosts)


def test_deploy_checks_are_clean_behind_https(tmp_path):
    done = _run(
        "manage.py",
        "check",
        "--deploy",
        "--fail-level",
        "WARNING",
        var_dir=tmp_path,
        SITE_URL="https://archive.example.org",
    )
    assert done.returncode == 0, done.stderr
