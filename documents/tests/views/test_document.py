"""The page of a document, and its original."""

import pytest

from documents.models import Document, FormerSlug, Relation, State
from documents.search import sync
from documents.tests.factories import make_document
from documents.tests.views.pages import content, links, title, words
from documents.tests.views.test_home import make_many


def page_of(client, document):
    return client.get(document.get_absolute_url())


def test_the_text_is_read_with_its_title_once_and_an_address_for_each_paragraph(client, archive):
    page = content(page_of(client, archive["borders"]))
    assert page.count("<h1") == 1
    assert '<h1 id="p1">Meeting on border security</h1>' in page
    assert '<p id="p2">Officers met in Nairobi.<a' in page
    assert 'href="p/2/"' in page
    assert '<a href="#p3">Outcome</a>' not in page  # one heading needs no table of contents


def test_the_number_of_a_paragraph_leads_to_its_own_page(client, archive):
    address = archive["borders"].get_absolute_url()
    assert "Paragraph 2" in words(client.get(f"{address}p/2/"))


def test_an_original_that_is_missing_is_said_to_be_so(client, archive):
    document = archive["borders"]
    Document.objects.filter(pk=document.pk).update(original_sha256="0" * 64)
    response = client.get(f"{document.get_absolute_url()}original")
    assert response.status_code == 503
    assert "The original cannot be read just now" in words(response)


def test_contents_lead_to_headings(client, archive):
    document = make_document(title="Report", text="## One\n\nFirst.\n\n## Two\n\nSecond.")
    page = content(page_of(client, document))
    assert '<a href="#p1">One</a>' in page
    assert '<a href="#p3">Two</a>' in page


def test_the_record_gives_the_date_with_its_evidence(client, archive):
    page = words(page_of(client, archive["borders"]))
    assert "Issued 29 October 2007 Printed in the text: The text says “29 October 2007”." in page
    assert '<time datetime="2007-10-29">29 October 2007</time>' in content(page_of(client, archive["borders"]))
    inferred = words(page_of(client, archive["contacts"]))
    assert "between 2001 and 6 March 2003 Inferred from the text" in inferred


def test_the_record_leads_to_what_else_is_like_it(client, archive):
    found = links(page_of(client, archive["borders"]))
    for query in ("body=counter-terrorism-committee", "type=press-release", "place=nairobi", "language=en"):
        assert f"/documents/?{query}" in found
        assert client.get(f"/documents/?{query}").status_code == 200
    assert "/tags/police/" in found
    assert "/collections/press-releases/" in found


def test_provenance_names_the_original_and_its_digest(client, archive):
    document = archive["borders"]
    page = page_of(client, document)
    assert document.original_sha256 in words(page)
    assert "52 bytes" in words(page)
    assert f"/documents/{document.slug}/original" in links(page)


def test_lacunae_and_furniture_are_marked(client, archive):
    page = content(page_of(client, archive["contacts"]))
    assert 'class="furniture"' in page
    assert 'class="lacuna"' in page
    assert "After “recommended that:” nothing is named." in page


def test_a_supplied_title_stands_in_brackets_and_says_so(client, archive):
    page = page_of(client, archive["contacts"])
    assert title(page).startswith("[Contacts with organisations]")
    assert "This one is supplied" in words(page)
    assert "This one is supplied" not in words(page_of(client, archive["borders"]))


def test_previous_and_next_are_those_in_time(client, archive):
    page = words(page_of(client, archive["contacts"]))
    assert "Before this الإعلان العالمي 10 December 1948" in page
    assert "After this Meeting on border security 29 October 2007" in page
    assert "Before this" not in words(page_of(client, archive["charter"]))


def test_the_citation_gives_the_address(client, archive, settings):
    settings.SITE_URL = "https://archive.example.org"
    page = words(page_of(client, archive["borders"]))
    assert "Counter-Terrorism Committee. Meeting on border security . Press release, Nairobi, 29 October 2007." in page
    assert "https://archive.example.org/documents/meeting-on-border-security/" in page
    assert "revision 1 of" in page


def test_words_of_another_language_say_which_and_in_what_direction(client, archive):
    page = content(page_of(client, archive["arabic"]))
    assert '<h1  lang="ar" dir="rtl">' in page or '<h1 lang="ar" dir="rtl">' in page
    assert 'aria-label="Text" lang="ar" dir="rtl"' in page
    assert '<html lang="en-GB">' in page


def test_relations_are_seen_from_both_sides_and_only_public_ones(client, archive):
    Relation.objects.create(document=archive["contacts"], term="isPartOf", target=archive["borders"])
    Relation.objects.create(document=archive["borders"], term="hasPart", target=archive["contacts"])
    Relation.objects.create(document=archive["borders"], term="references", target=archive["draft"])
    Relation.objects.create(document=archive["borders"], term="references", target_text="S/RES/1373(2001)")
    page = words(page_of(client, archive["borders"]))
    assert page.count("Has part [Contacts with organisations]") == 1
    assert "Refers to S/RES/1373(2001)" in page
    assert "Unfinished" not in page
    assert "Part of Meeting on border security" in words(page_of(client, archive["contacts"]))


@pytest.mark.parametrize("extra", [0, 55])
@pytest.mark.parametrize("query", ["", "?in=search&q=resolution&at=1", "?in=search&q=resolution+tag:law&at=1"])
def test_it_needs_at_most_eight_queries(client, archive, extra, query, django_assert_max_num_queries):
    """Six as before, of which both neighbours now share one with relatives; these need one, translations another."""
    make_many(extra)
    cited = {"text": "Resolution 1373 (2001) was adopted.", "identifier": "SC/1", "tags": ["law"]}
    document = make_document(title="One", **cited)
    make_document(title="Un", language="fr", **cited)
    make_document(title="Two", text="S/RES/1373 (2001) again.")
    Relation.objects.create(document=document, term="references", target=archive["charter"])
    sync.flush()
    client.get("/search/?q=resolution")  # what is worked out once in a generation
    with django_assert_max_num_queries(8):
        page = client.get(f"{document.get_absolute_url()}{query}")
    assert "cites S/RES/1373(2001) too" in words(page)
    assert "Read beside français" in words(page)


def test_the_original_comes_byte_for_byte_and_as_plain_text(client, archive):
    response = client.get("/documents/meeting-on-border-security/original")
    assert response.content == b"Meeting on border security\n\nOfficers met in Nairobi."
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Disposition"] == 'inline; filename="000_borders.txt"'


def test_a_document_without_an_original_says_so(client, archive):
    archive["charter"].__class__.objects.filter(pk=archive["charter"].pk).update(original_sha256="")
    response = client.get("/documents/charter/original")
    assert response.status_code == 404
    assert "No original is kept" in words(response)


def test_a_draft_is_not_found(client, archive):
    for path in ("", "original", "p/1/"):
        assert client.get(f"/documents/{archive['draft'].slug}/{path}").status_code == 404


def test_every_address_of_a_withdrawn_document_says_why(client, archive):
    slug = archive["withdrawn"].slug
    for path in ("", "original", "p/1/", "p/1/?revision=1", "p/99/"):
        response = client.get(f"/documents/{slug}/{path}")
        assert response.status_code == 410
        assert "<p>It named a person by mistake.</p>" in content(response)
        assert "This was an error" not in words(response)


def test_a_former_address_of_a_withdrawn_document_says_why_too(client, archive):
    document = archive["withdrawn"]
    document.slug = "deplored"
    document.save()
    assert client.get("/documents/regretted/").status_code == 410


def test_former_addresses_lead_on_for_ever(client, archive):
    document = archive["borders"]
    document.slug = "nairobi-meeting"
    document.save()
    assert FormerSlug.objects.filter(slug="meeting-on-border-security").exists()
    for path in ("", "original", "p/2/", "p/2/?revision=1"):
        response = client.get(f"/documents/meeting-on-border-security/{path}")
        assert response.status_code == 301
        assert response["Location"] == f"/documents/nairobi-meeting/{path}"


def test_a_former_address_of_a_draft_leads_nowhere(client, archive):
    draft = archive["draft"]
    draft.slug = "still-unfinished"
    draft.save()
    assert draft.state == State.DRAFT
    assert client.get("/documents/unfinished/").status_code == 404


def test_what_is_saved_is_seen_at_once(client, archive):
    document = archive["charter"]
    document.text = "We the peoples of the United Nations.\n\nBorders shall be inviolable."
    document.save()
    sync.flush()
    assert "peoples of the United Nations" in words(page_of(client, document))
