"""Lists: what they hold, how they are narrowed, and that every count equals what its link gives."""

import re

import pytest

from documents.models import Collection, FormerSlug, Revision, State
from documents.search import sync
from documents.tests.factories import make_document
from documents.tests.views.pages import content, links, title, words
from documents.tests.views.test_home import make_many


def total(response):
    shown = re.search(r'class="total">([\d,]+) document', content(response))
    return int(shown[1].replace(",", "")) if shown else 0


def facet_links(response):
    """Address and count of every facet value that narrows the list further."""
    panel = content(response).split('class="facets"')[1]
    found = re.findall(r'<a href="([^"]+)" rel="nofollow">.*?class="count">([\d,]+)', panel, re.DOTALL)
    return [(address.replace("&amp;", "&"), int(count.replace(",", ""))) for address, count in found]


def order(response, *names):
    page = content(response)
    return sorted(names, key=lambda name: page.index(f"/documents/{name.slug}/"))


def test_documents_stand_in_order_of_time(client, archive):
    held = [archive[name] for name in ("charter", "arabic", "contacts", "borders")]
    assert order(client.get("/documents/"), *held) == held
    assert order(client.get("/documents/?sort=newest"), *held) == held[::-1]
    assert order(client.get("/documents/?sort=title"), *held)[0].title == "Charter"


@pytest.mark.parametrize(
    "path",
    ["/documents/", "/documents/?tag=border-security", "/documents/?from=2001&to=2002", "/tags/border-security/"],
)
def test_each_count_is_what_its_link_gives(client, archive, path):
    counted = facet_links(client.get(path))
    assert counted
    for address, count in counted:
        assert total(client.get(address)) == count, address


def test_chosen_filters_stand_on_top_with_a_way_out(client, archive):
    page = client.get("/documents/?tag=border-security&type=web-page&from=2001&sort=newest")
    chosen = content(page).split('class="chosen"')[1].split("</ul>")[0]
    assert [re.sub("&amp;", "&", address) for address in re.findall('href="([^"]+)"', chosen)] == [
        "/documents/?tag=border-security&from=2001&sort=newest",
        "/documents/?type=web-page&from=2001&sort=newest",
        "/documents/?type=web-page&tag=border-security&sort=newest",
    ]
    assert "border security" in chosen
    assert "Web page" in chosen


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("from=2001&to=2001", "Date 2001 ×"),
        ("from=2001&to=2003-05", "Date from 2001 to 2003-05 ×"),
        ("to=2003&dates=certainly", "Date certainly to 2003 ×"),
    ],
)
def test_a_range_of_dates_is_said_as_shortly_as_it_can_be(client, archive, query, said):
    assert said in words(client.get(f"/documents/?{query}"))


def test_pages_hold_twenty_and_lead_on(client, archive):
    make_many(41)
    first = client.get("/documents/?tag=&utm_source=letter")
    assert total(first) == 45
    assert content(first).count('class="entry"') == 20
    assert "/documents/?page=2" in links(first)
    assert 'rel="next"' in content(first)
    last = client.get("/documents/?page=3")
    assert content(last).count('class="entry"') == 5
    assert "41 to 45" in words(last)
    assert "page 3" in title(last)


def test_the_same_list_has_one_address(client, archive):
    page = content(client.get("/documents/?utm_source=x&sort=oldest&page=1&tag=border-security"))
    assert '<link rel="canonical" href="http://testserver/documents/?tag=border-security">' in page
    assert 'href="/search.json?tag=border-security&amp;sort=oldest"' in page


@pytest.mark.parametrize(
    ("query", "status", "sentence"),
    [
        ("page=0", 400, "write page=1"),
        ("page=x", 400, "write page=1"),
        ("page=999999", 404, "only one page"),
        ("sort=foo", 400, "oldest, newest or title"),
        ("dates=foo", 400, "possibly or certainly"),
        ("from=2005&to=2001", 400, "from=2001, to=2005"),
        ("from=31-31", 400, "2001-09-11"),
        ("tag=nonsense", 404, "has no tag “nonsense”"),
        ("type=nonsense", 404, "has no type “nonsense”"),
        ("language=xx", 404, "has no language “xx”"),
        ("collection=cellar", 404, "has no collection “cellar”"),
        ("tag=border-security&place=nowhere", 404, "has no place “nowhere”"),
    ],
)
@pytest.mark.parametrize("path", ["/documents/", "/search/", "/tags/border-security/"])
def test_bad_input_gets_a_sentence_and_the_right_status(client, archive, path, query, status, sentence):
    if path == "/search/" and query == "sort=foo":
        sentence = "relevance, oldest, newest or title"
    response = client.get(f"{path}?{query}")
    assert response.status_code == status
    assert sentence in words(response)


def test_known_filters_that_nothing_fits_together_are_no_error(client, archive):
    response = client.get("/documents/?tag=police&type=web-page")
    assert response.status_code == 200
    assert "No published document is here" in words(response)


def test_a_collection_shows_its_documents_and_narrows_in_the_list_of_all(client, archive):
    Collection.objects.filter(slug="web-pages").update(description="Taken from the web in 2003.")
    page = client.get("/collections/web-pages/")
    assert "Taken from the web in 2003." in words(page)
    assert "[Contacts with organisations]" in words(page)
    assert "/documents/?collection=web-pages&tag=border-security" in links(page)


def test_collections_are_listed_with_counts(client, archive):
    page = client.get("/collections/")
    assert "1 document Web pages" in words(page)
    assert "Cellar" not in words(page)


def test_tags_stand_under_their_letters_whatever_their_case(client, archive):
    with sync.held_back():
        make_document(title="Sessions", tags=["session 10", "session 9", "Éire", "1373"])
    shown = words(client.get("/tags/"))
    assert (
        shown.index("# 1373") < shown.index("B border security 2") < shown.index("E Éire 1") < shown.index("P Police 1")
    )
    assert shown.index("session 9") < shown.index("session 10")
    assert "secret" not in shown


def test_a_tag_shows_its_documents(client, archive):
    page = client.get("/tags/border-security/")
    assert total(page) == 2
    assert "/documents/?tag=border-security&collection=web-pages" not in links(page)


@pytest.mark.parametrize("path", ["/collections/cellar/", "/tags/secret/", "/tags/none/", "/collections/none/"])
def test_what_only_drafts_carry_is_not_found(client, archive, path):
    assert client.get(path).status_code == 404


def test_a_collection_that_was_public_stays_though_empty(client, archive):
    document = archive["contacts"]
    left = document.collection
    left.title = "Pages of the web"
    left.save()
    document.collection = archive["borders"].collection
    document.save()
    Revision.record(document)
    sync.flush()
    page = client.get("/collections/web-pages/")
    assert page.status_code == 200
    assert "No published document is here" in words(page)
    assert "/collections/web-pages/" not in links(client.get("/collections/"))


def test_a_tag_and_a_collection_of_withdrawn_documents_stay_though_empty(client, archive):
    document = archive["contacts"]
    document.tags.add("regrets")
    document.state, document.withdrawal_reason = State.WITHDRAWN, "A mistake."
    document.save()
    sync.flush()
    for path in ("/tags/regrets/", "/collections/web-pages/"):
        page = client.get(path)
        assert page.status_code == 200
        assert "No published document is here" in words(page)
    assert "/tags/regrets/" not in links(client.get("/tags/"))


def test_a_tag_that_an_edit_took_off_its_last_document_keeps_its_page(client, archive):
    document = archive["contacts"]
    document.tags.add("Côte d’Ivoire")
    Revision.record(document)
    document.tags.remove("Côte d’Ivoire")
    Revision.record(document)
    sync.flush()
    page = client.get("/tags/cote-divoire/")
    assert page.status_code == 200
    assert "No published document is here" in words(page)
    assert client.get("/tags/secret/").status_code == 404  # which only a draft ever carried


def test_a_former_address_leads_on(client, archive):
    collection = Collection.objects.get(slug="web-pages")
    collection.slug = "pages-of-the-web"
    collection.save()
    sync.flush()
    assert FormerSlug.objects.filter(slug="web-pages").exists()
    for path, present in (
        ("/collections/web-pages/?page=1", "/collections/pages-of-the-web/?page=1"),
        ("/documents/?collection=web-pages", "/documents/?collection=pages-of-the-web"),
    ):
        response = client.get(path)
        assert response.status_code == 301
        assert response["Location"] == present


@pytest.mark.parametrize("path", ["/documents/", "/collections/press-releases/", "/tags/border-security/", "/tags/"])
@pytest.mark.parametrize("extra", [1, 56])
def test_a_list_needs_few_queries_whatever_the_size(client, archive, path, extra, django_assert_max_num_queries):
    make_many(extra)
    with django_assert_max_num_queries(8):
        assert client.get(path).status_code == 200


def test_titles_in_other_languages_say_so(client, archive):
    assert 'lang="ar" dir="rtl">الإعلان العالمي</a>' in content(client.get("/documents/"))


def test_known_filters_that_find_nothing_together_need_few_queries_too(client, db, django_assert_max_num_queries):
    names = [f"tag {number}" for number in range(8)]
    for name in names:
        make_document(title=name, tags=[name])
    sync.flush()
    with django_assert_max_num_queries(8):
        response = client.get("/documents/", {"tag": [name.replace(" ", "-") for name in names]})
    assert response.status_code == 200


def test_a_tag_that_the_index_does_not_know_yet_has_its_page(client, db):
    make_document(title="Harbours")
    sync.flush()
    make_document(title="Ships", tags=["ships"])
    assert client.get("/tags/ships/").status_code == 200


@pytest.mark.parametrize(
    ("address", "titled", "headed"),
    [
        ("/documents/?tag=police&from=1999", "Documents: tag Police, from 1999 ·", "Documents : tag Police, from 1999"),
        ("/timeline/?q=border&tag=police", "Timeline: “border”, tag Police ·", "Timeline : “border”, tag Police"),
        ("/documents/facets/tag/?from=2007&to=2007", "All tags: 2007 ·", "Tags : 2007"),
        ("/tags/police/?language=en", "Tag Police: language English ·", "Police : language English"),
        ("/collections/press-releases/?place=nairobi", "Press releases: place Nairobi ·", ": place Nairobi"),
    ],
)
def test_a_narrowed_list_says_in_title_and_heading_what_it_holds(client, archive, address, titled, headed):
    response = client.get(address)
    assert title(response).startswith(titled)
    assert headed in words(response)


def test_an_empty_list_names_what_nothing_has_at_once(client, archive):
    assert "with all of this: tag Police, language Arabic." in words(client.get("/documents/?tag=police&language=ar"))
