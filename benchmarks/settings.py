"""The archive's own settings, and a view that answers "hello" to measure against. Used by nothing but the benchmark."""

from ctarchive.settings import *  # noqa: F403

ROOT_URLCONF = "benchmarks.urls"
