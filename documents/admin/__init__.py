"""The admin, where cataloguers add and correct; one module a model."""

from django.conf import settings
from django.contrib import admin
from taggit.admin import Tag as UnusedTag

from documents.admin import collection, document, name, tag

admin.site.unregister(UnusedTag)  # taggit's own; the archive's tags are documents.Tag
admin.site.site_header = admin.site.site_title = settings.ARCHIVE_NAME
admin.site.index_title = "Cataloguing"
admin.site.enable_nav_sidebar = False  # a third of a tablet's width, for four links that the first page has

__all__ = ["collection", "document", "name", "tag"]
