"""Two versions of a text side by side."""

import re
from itertools import permutations
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command

from documents.models import Document, Relation, State
from documents.search import sync
from documents.tests.factories import make_document
from documents.tests.views.pages import content, links, words

UDHR = Path(settings.BASE_DIR) / "documents/tests/corpora/udhr"


@pytest.fixture
def udhr(db):
    call_command("import_documents", str(UDHR), verbosity=0)
    return {document.language: document for document in Document.objects.all()}


def beside(client, left, right):
    return client.get(f"/documents/{left.slug}/beside/{right.slug}/")


def test_all_thirty_pairs_hold_every_paragraph_with_its_own_address(client, udhr):
    for left, right in permutations(udhr.values(), 2):
        page = beside(client, left, right)
        assert page.status_code == 200
        found = links(page)
        for document in (left, right):
            numbers = document.paragraphs.exclude(number=document.title_paragraph).values_list("number", flat=True)
            assert [f"{document.get_absolute_url()}#p{number}" for number in sorted(numbers)] == [
                address for address in found if address.startswith(f"{document.get_absolute_url()}#")
            ]


def test_each_side_says_its_language_and_direction(client, udhr):
    page = content(beside(client, udhr["ar"], udhr["zh-Hans"]))
    assert page.count('<div class="side" lang="ar" dir="rtl">') == page.count(
        '<div class="side" lang="zh-Hans" dir="ltr">'
    )
    assert page.count('class="side"') > 150


def test_items_keep_their_marks(client, udhr):
    page = words(beside(client, udhr["en"], udhr["es"]))
    assert "• No one shall be arbitrarily deprived of his property." in page
    assert "• Nadie será privado arbitrariamente de su propiedad." in page


def test_where_lengths_alone_pair_the_page_says_so(client, udhr):
    assert words(beside(client, udhr["en"], udhr["ar"])).count("paired by length") == 1
    assert "paired by length" not in words(beside(client, udhr["en"], udhr["es"]))


def rows(page):
    """The paragraphs of each row of the page, as two lists of numbers."""
    sides = [re.findall(r'#p(\d+)"', side) for side in re.split('<div class="side"', content(page))[1:]]
    return list(zip(sides[::2], sides[1::2], strict=True))


def test_an_article_that_one_side_lacks_stands_opposite_an_empty_cell(client, udhr):
    whole = rows(beside(client, udhr["en"], udhr["zh-Hans"]))
    shorter = udhr["zh-Hans"]
    article = shorter.text.index("## 第十二条"), shorter.text.index("## 第十三条")
    shorter.text = shorter.text[: article[0]] + shorter.text[article[1] :]
    shorter.save()
    sync.flush()
    page = beside(client, udhr["en"], shorter)
    numbers = [place for place, (left, _) in enumerate(whole) if left[0] in ("36", "37")]
    expected = [(left, [] if place in numbers else right) for place, (left, right) in enumerate(whole)]
    assert rows(page) == expected
    assert words(page).count("No counterpart") == len(numbers) == 2


def test_paragraphs_and_items_of_one_number_stand_side_by_side(client, db):
    text = "1\\. Un\n\n2\\. Deux\n\n3\\. Tous\n\n4\\. Quatre"
    left = make_document(title="Règles", text=text, language="fr", identifier="X/1")
    right = make_document(title="Rules", text="1. One\n2. Two\n\nAnd\n\n4. Four", identifier="X/1")
    assert rows(beside(client, left, right)) == [(["1"], ["1"]), (["2"], ["2"]), (["3"], ["3"]), (["4"], ["4"])]
    right.text = "1. One\n2. Two\n\n4\\. Four"
    right.save()
    sync.flush()
    assert rows(beside(client, left, right)) == [(["1"], ["1"]), (["2"], ["2"]), (["3"], []), (["4"], ["4"])]


def test_a_document_offers_what_can_be_read_beside_it(client, udhr):
    page = client.get(udhr["en"].get_absolute_url())
    assert "Read beside العربيّة , español , français , Русский , 简体中文" in words(page)
    for language in ("ar", "es", "fr", "ru", "zh-Hans"):
        assert f"{udhr['en'].get_absolute_url()}beside/{udhr[language].slug}/" in links(page)
        assert f'hreflang="{language}" href="{udhr[language].get_absolute_url()}"' in content(page)


def test_what_is_no_version_is_refused_with_a_sentence(client, udhr):
    other = make_document(title="Charter")
    page = beside(client, udhr["en"], other)
    assert page.status_code == 404
    assert "not known as translations or versions of one another" in words(page)
    assert beside(client, udhr["en"], udhr["en"]).status_code == 404
    assert client.get(f"/documents/{udhr['en'].slug}/beside/nothing/").status_code == 404


def test_a_stated_version_is_read_beside_from_both_sides(client, db):
    new = make_document(title="Rules, revised", text="First rule.\n\nSecond rule.\n\nThird rule.")
    old = make_document(title="Rules", text="First rule.\n\nSecond rule.")
    Relation.objects.create(document=new, term="isVersionOf", target=old)
    for left, right in ((new, old), (old, new)):
        assert beside(client, left, right).status_code == 200
        assert f"/documents/{left.slug}/beside/{right.slug}/" in links(client.get(left.get_absolute_url()))


def test_the_same_identifier_in_another_collection_or_none_makes_no_translation(client, udhr):
    elsewhere = make_document(title="Declaración", language="es", identifier="A/RES/217(III)", collection="Elsewhere")
    unnumbered = [make_document(title=f"Note {language}", language=language) for language in ("en", "fr")]
    assert beside(client, udhr["en"], elsewhere).status_code == 404
    assert beside(client, *unnumbered).status_code == 404


def test_former_addresses_of_either_side_lead_on(client, udhr):
    left, right = udhr["en"], udhr["fr"]
    right.slug = "declaration"
    right.save()
    response = client.get(f"/documents/{left.slug}/beside/declaration-universelle-des-droits-de-lhomme/")
    assert response.status_code == 301
    assert response["Location"] == f"/documents/{left.slug}/beside/declaration/"
    left.slug = "udhr"
    left.save()
    response = client.get("/documents/universal-declaration-of-human-rights/beside/declaration/")
    assert response["Location"] == "/documents/udhr/beside/declaration/"


def test_a_withdrawn_version_is_gone_and_no_longer_offered(client, udhr):
    gone = udhr["ru"]
    gone.state, gone.withdrawal_reason = State.WITHDRAWN, "It was incomplete."
    gone.save()
    response = beside(client, udhr["en"], gone)
    assert response.status_code == 410
    assert "It was incomplete." in words(response)
    assert gone.slug not in content(client.get(udhr["en"].get_absolute_url()))


def test_it_needs_few_queries(client, udhr, django_assert_max_num_queries):
    with django_assert_max_num_queries(6):
        beside(client, udhr["en"], udhr["ar"])


def test_notes_keep_their_marks(client, db):
    text = "Words[^1] and[^*].\n\n[^1]: A note.\n[^*]: Another."
    left = make_document(title="Liste", text=text, language="fr", identifier="X/1")
    right = make_document(title="List", text=text, identifier="X/1")
    page = content(beside(client, left, right))
    assert re.findall('class="marker">([^<]+)<', page)[::2] == ["1", "*"]
    assert 'Words<sup class="ref">1</sup> and' in page


def test_markers_of_nested_lists(client, db):
    text = "3. Three\n4. Four\n    - a dot\n    - another\n5. Five"
    left = make_document(title="Liste", text=text, language="fr", identifier="X/1")
    right = make_document(title="List", text=text, identifier="X/1")
    page = content(beside(client, left, right))
    assert re.findall('class="marker">([^<]+)<', page)[::2] == ["3.", "4.", "•", "•", "5."]
