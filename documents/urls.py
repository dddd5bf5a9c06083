"""The public addresses: permanent, lower case, reversed by name, never a primary key."""

from django.urls import path

from documents.views import (
    beside,
    browse,
    document,
    facets,
    home,
    names,
    paragraph,
    search,
    search_files,
    site,
    symbols,
    timeline,
)

urlpatterns = [
    path("", home.home, name="home"),
    path("documents/", browse.documents, name="documents"),
    path("documents/<slug:slug>/", document.document, name="document"),
    path("documents/<slug:slug>/beside/<slug:other>/", beside.beside, name="beside"),
    path("documents/<slug:slug>/original", document.original, name="original"),
    path("documents/<slug:slug>/p/<int:number>/", paragraph.paragraph, name="paragraph"),
    path("documents/facets/<slug:field>/", facets.facet, name="facet"),
    path("timeline/", timeline.timeline, name="timeline"),
    path("timeline.csv", timeline.timeline_csv, name="timeline_csv"),
    path("collections/", browse.collections, name="collections"),
    path("collections/<slug:slug>/", browse.collection, name="collection"),
    path("tags/", browse.tags, name="tags"),
    path("tags/<slug:slug>/", browse.tag, name="tag"),
    path("names/", names.names, name="names"),
    path("names/<slug:slug>/", names.name, name="name"),
    path("symbols/", symbols.symbols, name="symbols"),
    path("symbols/<slug:slug>/", symbols.symbol, name="symbol"),
    path("search/", search.search, name="search"),
    path("search.json", search.search_json, name="search_json"),
    path("search.csv", search_files.search_csv, name="search_csv"),
    path("search.atom", search_files.search_feed, name="search_atom"),
    path("search.bib", search_files.search_bib, name="search_bib"),
    path("search.ris", search_files.search_ris, name="search_ris"),
    path("search/receipt/", search_files.receipt, name="receipt"),
    path("search/help/", search.search_help, name="search_help"),
    path("about/", site.about, name="about"),
]
