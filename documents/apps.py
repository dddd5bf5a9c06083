"""The one app of the archive."""

from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "documents"
    verbose_name = "Archive"

    def ready(self) -> None:
        from documents import signals  # noqa: F401  receivers are connected once the models are loaded
