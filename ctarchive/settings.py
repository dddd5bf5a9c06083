"""Django settings, read from the environment. SETTINGS is the one table of them: it feeds reading, help and the README.

A value that cannot be used stops the start with a sentence that names the variable.
"""

from __future__ import annotations

import os
import re
import secrets
import zoneinfo
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured

BASE_DIR = Path(__file__).resolve().parent.parent


@dataclass(frozen=True, slots=True)
class Setting:
    """One variable of the environment: its name, its default as it would be written there, and what it is for."""

    name: str
    default: str
    help: str


SETTINGS = (
    Setting("ARCHIVE_NAME", "Counter-Terrorism Archive", "The name on every page."),
    Setting(
        "ARCHIVE_ID",
        "archive.invalid",
        "A domain name of yours, for identifiers given to machines. Choose it once: it outlives any host.",
    ),
    Setting("SITE_URL", "", "The public address, such as https://archive.example.org. Default: the request's host."),
    Setting(
        "ALLOWED_HOSTS", "", "Host names served, separated by commas; the local machine and SITE_URL's always are."
    ),
    Setting("VAR_DIR", "var", "The folder for everything made at run time; relative to the checkout."),
    Setting("DATABASE_URL", "", "sqlite:///PATH. Default: archive.sqlite3 in VAR_DIR."),
    Setting("SECRET_KEY", "", "At least 32 characters. Default: made once and kept in VAR_DIR/secret-key."),
    Setting("DEBUG", "false", "true shows tracebacks in the browser. Never in public."),
    Setting("TIME_ZONE", "UTC", "A name of the IANA time zone database; used by the admin's clock."),
    Setting("LOG_LEVEL", "INFO", "DEBUG, INFO, WARNING or ERROR. Logs go to standard error."),
    Setting("MAX_TEXT_MB", "10", "The largest text that is taken in, in megabytes, from 1 to 100."),
    Setting("HOST", "127.0.0.1", "The address that the server listens on."),
    Setting("PORT", "8000", "The port that the server listens on, from 1 to 65535."),
    Setting("WEB_WORKERS", "2", "Server processes, from 1 to 64."),
    Setting("WEB_THREADS", "4", "Threads in each server process, from 1 to 64."),
)
_DEFAULTS = {setting.name: setting.default for setting in SETTINGS}

env = environ.Env()


def _refuse(name: str, reason: str) -> ImproperlyConfigured:
    return ImproperlyConfigured(f"{name} cannot be used: {reason}")


def _text(name: str) -> str:
    return env.str(name, default=_DEFAULTS[name]).strip()


def _integer(name: str, low: int, high: int) -> int:
    value = _text(name)
    if not value.isascii() or not value.isdigit() or not low <= int(value) <= high:
        raise _refuse(name, f"'{value}' is not a whole number from {low} to {high}.")
    return int(value)


def _boolean(name: str) -> bool:
    value = _text(name).lower()
    if value not in ("true", "false", "1", "0", "yes", "no", "on", "off"):
        raise _refuse(name, f"'{value}' is neither true nor false.")
    return value in env.BOOLEAN_TRUE_STRINGS


def _choice(name: str, choices: tuple[str, ...], normal: Callable[[str], str] = str.upper) -> str:
    value = normal(_text(name))
    if value not in choices:
        raise _refuse(name, f"'{value}' is not one of {', '.join(choices)}.")
    return value


def _matching(name: str, pattern: str, description: str) -> str:
    value = _text(name)
    if not re.fullmatch(pattern, value):
        raise _refuse(name, f"'{value}' is not {description}.")
    return value


def _hosts(name: str) -> list[str]:
    hosts = [host.strip() for host in _text(name).split(",") if host.strip()]
    for host in hosts:
        if not re.fullmatch(r"\*|\.?[\w.-]+|\[[0-9a-fA-F:.]+\]", host):
            raise _refuse(name, f"'{host}' is not a host name such as archive.example.org, without scheme and port.")
    return hosts


def _site_url() -> str:
    value = _text("SITE_URL").rstrip("/")
    parts = urlsplit(value)
    if value and (parts.scheme not in ("http", "https") or not parts.hostname or parts.path or parts.query):
        raise _refuse("SITE_URL", f"'{value}' is not an address such as https://archive.example.org.")
    return value


def _time_zone() -> str:
    value = _text("TIME_ZONE")
    if value not in zoneinfo.available_timezones():
        raise _refuse("TIME_ZONE", f"'{value}' is not a time zone such as UTC or Europe/Vienna.")
    return value


def _secret_key(kept_in: Path) -> str:
    """The key from the environment, else the one kept in the file, which is made on first use."""
    value = _text("SECRET_KEY")
    if value:
        if len(value) < 32:
            raise _refuse("SECRET_KEY", "it is shorter than 32 characters.")
        return value
    try:
        descriptor = os.open(kept_in, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return kept_in.read_text(encoding="ascii").strip()
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(key := secrets.token_urlsafe(50))
    return key


def _database() -> dict[str, object]:
    """SQLite in WAL mode; writers take their lock at once, so that none fails half-way with "database is locked"."""
    value = _text("DATABASE_URL") or f"sqlite:///{VAR_DIR / 'archive.sqlite3'}"
    if not re.fullmatch(r"sqlite:///.+", value):
        raise _refuse("DATABASE_URL", "it is not of the form sqlite:///PATH.")
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": value.removeprefix("sqlite:///"),
        "CONN_MAX_AGE": None,
        "OPTIONS": {
            "timeout": 20,  # seconds; an import commits every few
            "transaction_mode": "IMMEDIATE",
            "init_command": (
                "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;"
                # Each thread has a connection, and a cache of 4 MB for it; the system keeps what all of them read.
                # Mapped, the file makes no page faster and counts as memory of each process.
                "PRAGMA cache_size=-4000; PRAGMA temp_store=MEMORY"
            ),
        },
    }


def _make_folder(name: str, folder: Path) -> Path:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise _refuse(name, f"the folder cannot be made ({error.strerror}).") from error
    return folder


VAR_DIR = _make_folder("VAR_DIR", (BASE_DIR / _text("VAR_DIR")).resolve())
INDEX_DIR = VAR_DIR / "index"
ORIGINALS_DIR = VAR_DIR / "originals"

ARCHIVE_NAME = _matching("ARCHIVE_NAME", r"\S.*", "a name")
ARCHIVE_ID = _matching(
    "ARCHIVE_ID", r"[a-z][a-z0-9-]*(\.[a-z][a-z0-9-]*)+", "a domain name in small letters, such as archive.example.org"
)
SITE_URL = _site_url()
MAX_TEXT_BYTES = _integer("MAX_TEXT_MB", 1, 100) * 1_000_000
HOST = _matching("HOST", r"[\w.:-]+", "an address such as 127.0.0.1")
PORT = _integer("PORT", 1, 65_535)
WEB_WORKERS = _integer("WEB_WORKERS", 1, 64)
WEB_THREADS = _integer("WEB_THREADS", 1, 64)
LOG_LEVEL = _choice("LOG_LEVEL", ("DEBUG", "INFO", "WARNING", "ERROR"))

DEBUG = _boolean("DEBUG")
SECRET_KEY = _secret_key(VAR_DIR / "secret-key")
_site = urlsplit(SITE_URL)
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]", *filter(None, [_site.hostname])]
ALLOWED_HOSTS += _hosts("ALLOWED_HOSTS")
if SITE_URL:
    CSRF_TRUSTED_ORIGINS = [SITE_URL]

CSRF_FAILURE_VIEW = "documents.views.errors.form_refused"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
if _site.scheme == "https":
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_SSL_REDIRECT = True
    SECURE_HSTS_SECONDS = 31_536_000  # a year, as browsers' preload lists ask
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
    SESSION_COOKIE_SECURE = True
    CSRF_COOKIE_SECURE = True

INSTALLED_APPS = [
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_tasks",
    "django_tasks_db",
    "taggit",
    "documents",
]

MIDDLEWARE = [
    "documents.views.kept_pages.kept_pages",
    "django.middleware.security.SecurityMiddleware",
    "documents.views.policy.content_security_policy",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    # Behind whitenoise, which has its files compressed already. Django pads answers against BREACH.
    "django.middleware.gzip.GZipMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

ROOT_URLCONF = "ctarchive.urls"
WSGI_APPLICATION = "ctarchive.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [BASE_DIR / "templates"],
        "OPTIONS": {
            "environment": "documents.templating.environment",
            "context_processors": ["documents.views.context.archive"],
        },
    },
    {
        # The admin's.
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

DATABASES = {"default": _database()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Each process keeps the pages that were asked for last, until the public sees something else: 45 MB at most.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "TIMEOUT": None,
        "OPTIONS": {"MAX_ENTRIES": 300},
    }
}

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

TAGGIT_CASE_INSENSITIVE = True
TAGGIT_TAGS_FROM_STRING = "documents.tag_lists.split_tags"
TAGGIT_STRING_FROM_TAGS = "documents.tag_lists.join_tags"

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]

LANGUAGE_CODE = "en-gb"
TIME_ZONE = _time_zone()
USE_TZ = True
USE_I18N = False  # the site speaks English; the texts speak for themselves

STATIC_URL = "static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": ORIGINALS_DIR}},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
# A form of admin carries a whole text.
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * MAX_TEXT_BYTES + 1_000_000

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": LOG_LEVEL},
    "loggers": {
        # Django's own handlers would mail administrators and print each line twice.
        "django": {"handlers": ["stderr"], "level": LOG_LEVEL, "propagate": False},
    },
}
