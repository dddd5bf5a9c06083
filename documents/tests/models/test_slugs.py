"""Addresses: made from titles in any script, never empty, never given twice, leading on for ever."""

import pytest
from django.core.exceptions import ValidationError

from documents.models import Collection, Document, FormerSlug, Tag
from documents.tests.factories import make_document

pytestmark = pytest.mark.django_db


def test_a_title_becomes_a_slug_without_its_brackets():
    assert make_document(title="[Engagement with Partners]").slug == "engagement-with-partners"


@pytest.mark.parametrize("title", ["الإعلان العالمي لحقوق الإنسان", "世界人权宣言", "Всеобщая декларация"])
def test_a_title_in_any_script_is_transliterated(title):
    slug = make_document(title=title).slug
    assert slug
    assert slug.isascii()


def test_a_title_without_letters_gives_way_to_the_identifier():
    assert make_document(title="…", identifier="A/60/L.62").slug == "a-60-l-62"


def test_a_record_without_any_words_still_has_an_address():
    assert [make_document(title="…").slug for _ in range(2)] == ["document", "document-2"]


def test_a_taken_slug_gets_the_language_then_a_number():
    slugs = [make_document(title="Declaration", language=language).slug for language in ("en", "fr", "fr")]
    assert slugs == ["declaration", "declaration-fr", "declaration-2"]


def test_a_long_title_is_cut_between_words():
    slug = make_document(title="international cooperation " * 20).slug
    assert len(slug) <= 100
    assert slug.endswith(("international", "cooperation"))


def test_a_changed_slug_leads_on_and_is_never_given_again():
    document = make_document(title="Border security")
    document.slug = "borders"
    document.save()
    assert FormerSlug.record_id_for(Document, "border-security") == document.pk
    assert make_document(title="Border security").slug == "border-security-en"


def test_the_former_address_of_another_record_is_refused():
    document = make_document(title="Border security")
    document.slug = "borders"
    document.save()
    other = make_document(title="Other")
    other.slug = "border-security"
    with pytest.raises(ValidationError, match="still leads there"):
        other.full_clean()


def test_a_record_may_take_its_own_former_address_back():
    document = make_document(title="Border security")
    for slug in ("borders", "border-security"):
        document.slug = slug
        document.full_clean()
        document.save()
    assert FormerSlug.record_id_for(Document, "border-security") is None
    assert FormerSlug.record_id_for(Document, "borders") == document.pk


def test_a_duplicate_slug_is_refused_with_a_sentence():
    make_document(title="One", slug="one")
    other = make_document(title="Two")
    other.slug = "one"
    with pytest.raises(ValidationError, match="Another record has this address"):
        other.full_clean()


def test_collections_and_documents_do_not_share_addresses():
    Collection.objects.create(title="Border security")
    assert make_document(title="Border security").slug == "border-security"


def test_renaming_a_tag_keeps_its_address():
    tag = Tag.objects.create(name="Терроризм")
    slug = tag.slug
    tag.name = "terrorism"
    tag.save()
    assert slug
    assert slug.isascii()
    assert Tag.objects.get(name="terrorism").slug == slug


def test_tags_differ_by_more_than_case():
    make_document(title="One", tags=["Human Rights"])
    make_document(title="Two", tags=["human rights"])
    assert Tag.objects.count() == 1
