"""What a search answers: hits with rows and passages, facets whose counts are true, and help where nothing is found."""

from dataclasses import replace
from datetime import date
from urllib.parse import urlencode

import pytest

from documents.models import Document, Generation, State, Tag
from documents.search import service, sync
from documents.search.dates import first_day, last_day
from documents.search.factory import forget_engine
from documents.search.results import FACETS, Asked
from documents.search.trees import Keyword
from documents.search.types import KEYWORD_FIELDS, Filters, Sort
from documents.tests.factories import make_collection, make_document

pytestmark = pytest.mark.django_db


def asked_by(parameters, like):
    """The search that an address asks for, as the form reads it."""
    names = dict(parameters)
    return Asked(
        q=names.get("q", ""),
        filters=Filters(
            tuple(Keyword(name, value) for name, value in parameters if name in KEYWORD_FIELDS),
            first_day(names["from"]) if "from" in names else None,
            last_day(names["to"]) if "to" in names else None,
        ),
        certain=names.get("dates") == "certainly",
        sort=like.sort,
    )


@pytest.fixture
def archive():
    with sync.held_back():
        make_document(
            title="Border security",
            text="Counter-terrorism at the border.\n\nOfficers met in New York.",
            date="1994",
            tags=["Borders", "Police"],
            issuing_body="Security Council",
            type="Press release",
            place="New York",
        )
        make_document(
            title="Freezing of assets",
            text="Terrorism needs money.\n\nAssets of terrorists at the border are frozen.",
            date="[1999..2003]",
            tags=["Finance"],
            type="Press release",
            place="Geneva",
        )
        make_document(
            title="Liberté",
            text="La frontière est ouverte.",
            date="2001-09-11",
            tags=["Borders"],
            language="fr",
            collection="Speeches",
            type="Statement",
        )
        make_document(title="Open end", text="Border money.", date="[2018..]", collection="Speeches", tags=["Finance"])
        make_document(title="Open start", text="Border police.", date="[..2003]", tags=["Police"])
        make_document(title="Undated", text="Border officers.", language="zh-Hans")
        make_document(title="A draft", text="Border draft.", state=State.DRAFT)
    sync.flush()


def titles(page):
    return [found.document.title for found in page.found]


def test_an_empty_search_lists_everything_in_date_order(archive):
    page = service.run(Asked())
    assert (page.total, page.page, page.pages) == (6, 1, 1)
    assert titles(page)[-1] == "Undated"
    assert page.found[0].passages == ()
    assert page.generation == Generation.current()


def test_a_hit_shows_its_passage_marked_with_its_paragraph(archive):
    page = service.run(Asked(q="frozen"))
    assert titles(page) == ["Freezing of assets"]
    (passage,) = page.found[0].passages
    assert "<mark>frozen</mark>" in passage.html
    document = Document.objects.get(pk=page.found[0].document.pk)
    assert passage.paragraph == document.paragraphs.get(text__contains="frozen").number
    assert page.found[0].paragraphs_found == 1


def test_the_words_looked_for_are_told_with_their_forms(archive):
    page = service.run(Asked(q="border"))
    assert [word.typed for word in page.words] == ["border"]
    assert ("border", 5) in [(form.text, form.documents) for form in page.words[0].forms]


def test_what_was_not_understood_is_noted(archive):
    assert service.run(Asked(q='"freedom of')).notes


def test_documents_withdrawn_behind_the_index_drop_out(archive):
    Document.objects.filter(title="Undated").update(state=State.WITHDRAWN)
    page = service.run(Asked())
    assert "Undated" not in titles(page)


@pytest.mark.parametrize("certain", [False, True], ids=["possibly", "certainly"])
@pytest.mark.parametrize(
    "filters",
    [
        Filters(),
        Filters(date_from=date(1995, 1, 1), date_to=date(2002, 6, 30)),
        Filters(date_from=date(2001, 1, 1)),
        Filters(date_to=date(2000, 12, 31)),
        Filters((Keyword("tag", "borders"),)),
        Filters((Keyword("type", "press-release"),), date(1990, 1, 1), date(2009, 12, 31)),
    ],
)
@pytest.mark.parametrize("q", ["", "border", "terrorism OR frontière"])
def test_the_count_of_a_facet_equals_the_total_that_its_link_gives(archive, q, filters, certain):
    asked = Asked(q=q, filters=filters, certain=certain, sort=Sort.OLDEST)
    page = service.run(asked)
    for facet in page.facets:
        for value in facet.values:
            if not value.is_selected:
                assert service.run(asked_by(value.parameters, asked)).total == value.count, (facet.field, value)


def test_every_facet_has_labels_that_people_use(archive):
    labels = {facet.field: {value.label for value in facet.values} for facet in service.run(Asked()).facets}
    assert labels == {
        "collection": {"Press releases", "Speeches"},
        "body": {"Security Council"},
        "type": {"Press release", "Statement"},
        "tag": {"Borders", "Police", "Finance"},
        "language": {"English", "French", "Simplified Chinese"},
        "place": {"New York", "Geneva"},
        "decade": labels["decade"],
        "year": labels["year"],
    }
    assert {"1990s", "2000s", "2010s"} <= labels["decade"]
    assert {"1994", "2001", "2018"} <= labels["year"]


def test_a_selected_value_comes_first_and_its_link_takes_it_away(archive):
    asked = Asked(q="border", filters=Filters((Keyword("tag", "police"),)))
    tags = next(facet for facet in service.run(asked).facets if facet.field == "tag")
    assert tags.values[0].is_selected and tags.values[0].label == "Police"
    assert tags.values[0].parameters == (("q", "border"),)


def test_a_selected_value_that_finds_nothing_can_be_taken_away(archive):
    asked = Asked(q="frozen", filters=Filters((Keyword("tag", "police"),)))
    (tags,) = service.run(asked).facets
    assert [(value.label, value.count, value.is_selected) for value in tags.values] == [("Police", 0, True)]


def test_a_selected_decade_is_taken_away_by_its_link(archive):
    asked = Asked(filters=Filters(date_from=date(1990, 1, 1), date_to=date(1999, 12, 31)))
    decades = next(facet for facet in service.run(asked).facets if facet.field == "decade")
    (nineties,) = [value for value in decades.values if value.is_selected]
    assert (nineties.value, nineties.parameters) == ("1990", ())


def test_parameters_are_short_and_always_in_one_order():
    asked = Asked(
        q="border security",
        filters=Filters(
            (Keyword("tag", "b"), Keyword("tag", "a"), Keyword("collection", "c")), date(2001, 1, 1), date(2003, 9, 30)
        ),
        certain=True,
        sort=Sort.NEWEST,
        page=3,
    )
    assert urlencode(service.parameters_of(asked)) == (
        "q=border+security&collection=c&tag=b&tag=a&from=2001&to=2003-09&dates=certainly&sort=newest&page=3"
    )


def test_pages_never_overlap_and_a_page_after_the_last_is_refused():
    with sync.held_back():
        for number in range(45):
            make_document(title=f"Number {number:02}", text="The same words.", date="2001")
    sync.flush()
    pages = [titles(service.run(Asked(q="words", page=page))) for page in (1, 2, 3)]
    assert [len(page) for page in pages] == [20, 20, 5]
    assert len({title for page in pages for title in page}) == 45
    with pytest.raises(service.PageOutOfRange, match="only 3 pages"):
        service.run(Asked(q="words", page=4))


def test_a_page_needs_few_queries_whatever_its_size(archive, django_assert_max_num_queries):
    for number in range(30):
        make_document(title=f"Number {number}", text="At the border.", tags=["Borders", f"Tag {number}"])
    sync.flush()
    with django_assert_max_num_queries(7):  # the variants of names among them, once in a generation
        page = service.run(Asked(q="border"))
        assert len(page.found) == 20
        for found in page.found:
            assert found.document.date is not None
            assert found.document.language_in_words
    with django_assert_max_num_queries(4):
        service.run(Asked(q="border", page=2))


def test_where_nothing_holds_all_words_most_of_them_do(archive):
    page = service.run(Asked(q="terrorism money camel"))
    assert page.is_partial
    assert titles(page) == ["Freezing of assets"]
    assert [(other.label, dict(other.parameters)["q"]) for other in page.alternatives] == [
        ("terrorism", "terrorism"),
        ("money", "money"),
    ]


def test_two_words_that_no_document_holds_together_are_offered_one_by_one(archive):
    page = service.run(Asked(q="frozen police"))
    assert page.total == 0 and not page.is_partial
    assert [(other.label, other.count) for other in page.alternatives] == [("frozen", 1), ("police", 1)]


def test_what_finds_nothing_is_offered_without_each_filter(archive):
    filters = Filters((Keyword("tag", "police"),), date(2018, 1, 1), None)
    page = service.run(Asked(q="border", filters=filters))
    assert page.total == 0
    offered = {other.label: other.count for other in page.alternatives}
    assert offered == {"without the tag “Police”": 1, "of any date": 2}
    for other in page.alternatives:
        assert service.run(asked_by(other.parameters, page.asked)).total == other.count


def test_a_misspelt_word_is_suggested_as_it_is_held(archive):
    page = service.run(Asked(q="assets terorism"))
    assert "assets terrorism" in page.suggestions


def test_a_misspelt_resolution_is_suggested_as_texts_name_it(archive):
    with sync.held_back():
        make_document(title="Duties", text="Resolution 1373 (2001) binds all States.")
    sync.flush()
    assert service.run(Asked(q="resoluton 1373")).suggestions[0] == "resolution 1373"


def test_a_misspelt_word_beside_one_like_none_that_is_held_is_suggested_alone(archive):
    assert service.run(Asked(q="terorism zzzzzz")).suggestions == ("terrorism",)


def test_a_renamed_tag_is_found_by_its_new_name_and_keeps_its_address(archive):
    tag = Tag.objects.get(name="Police")
    tag.name = "Law enforcement"
    tag.save()
    sync.flush()
    assert service.run(Asked(q='tag:"law enforcement"')).total == 2
    assert service.run(Asked(q="tag:police")).total == 2
    tags = next(facet for facet in service.run(Asked()).facets if facet.field == "tag")
    assert "Law enforcement" in [value.label for value in tags.values]


def test_a_new_type_has_its_label_at_once(archive):
    service.run(Asked())
    make_document(type="Annual report", collection=make_collection("Reports"))
    sync.flush()
    types = next(facet for facet in service.run(Asked()).facets if facet.field == "type")
    assert "Annual report" in [value.label for value in types.values]


@pytest.mark.parametrize("q", ["the", '"', "(", "*", "NOT", "x" * 10_000, "\x00\x07", "🕊", "tag:", "-border", "OR OR"])
def test_odd_input_is_answered(archive, q):
    page = service.run(Asked(q=q))
    assert page.pages >= 1


def test_an_index_that_is_gone_is_said_plainly(archive, settings, tmp_path):
    forget_engine()
    settings.INDEX_DIR = tmp_path / "a-file"
    settings.INDEX_DIR.write_text("not a folder")
    with pytest.raises(service.SearchUnavailable, match="cannot answer just now"):
        service.run(Asked())


def test_an_index_that_was_damaged_is_said_plainly(archive, settings):
    service.run(Asked())
    (settings.INDEX_DIR / "current").unlink()
    with pytest.raises(service.SearchUnavailable):
        service.run(Asked())


def test_only_the_facets_asked_for_are_counted(archive):
    assert [facet.field for facet in service.run(Asked(), facets=("tag",)).facets] == ["tag"]
    assert service.run(replace(Asked(), q="camel"), facets=FACETS).facets == ()
