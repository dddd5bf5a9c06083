"""What a results page says was looked for: words with their forms, and all else in words with counts."""

import pytest

from documents.search import service, sync
from documents.search.results import Asked
from documents.tests.factories import make_document

pytestmark = pytest.mark.django_db


@pytest.fixture
def archive():
    with sync.held_back():
        make_document(
            title="One", text="Exchange of information at the border.", date="[1999..2003]", tags=["border security"]
        )
        make_document(title="Two", text="On resolution 1373 (2001) and S/RES/1373.", date="2018")
        make_document(title="Exchange", text="Counter-terrorism. Counterterrorism.", date="2001")
        make_document(title="Four", text="To counter all terrorism.", type="Press release", issuing_body="Council")
    sync.flush()


def parts(q, **asked):
    return [(part.label, part.documents) for part in service.run(Asked(q=q, **asked)).parts]


@pytest.mark.parametrize(
    ("q", "expected"),
    [
        ('"exchange of information"', [("the phrase “exchange of information”", 1)]),
        ('"exchange border"~5', [("“exchange”, “border” within 5 words of one another", 1)]),
        ('title:"exchange of information"', [("the phrase “exchange of information” in the title", 0)]),
        ("S/RES/1373(2001)", [("the symbol S/RES/1373(2001)", 1)]),
        ("resolution 1373", [("the symbol S/RES/1373, of any year", 1)]),
        ('tag:"border security"', [("tag “border security”", 1)]),
        ('type:"press release" body:council', [("type “Press release”", 1), ("issuing body “Council”", 1)]),
        ("lang:en", [("language “English”", 4)]),
        ("date:..2003", [("dated 2003 or earlier, possibly", 2)]),
        ("date:2001-09..", [("dated 2001-09 or later, possibly", 3)]),
        ("date:2001-09..2003", [("dated from 2001-09 to 2003, possibly", 2)]),
        ("date:2018", [("dated 2018, possibly", 1)]),
        ('border -"exchange of information"', [("without the phrase “exchange of information”", 1)]),
        ("border", []),
        ("*", []),
    ],
)
def test_what_is_no_word_is_told_too(archive, q, expected):
    assert parts(q) == expected


def test_certain_dates_are_said_to_be_certain(archive):
    assert parts("date:..2003", certain=True) == [("dated 2003 or earlier, certainly", 2)]


def test_each_part_is_told_once_and_only_some_are_counted(archive):
    many = " OR ".join(f'"one {number}"' for number in range(20))
    told = parts(f'{many} OR "one 1"')
    assert len(told) == 20
    assert [documents for _, documents in told] == [0] * 8 + [None] * 12


def test_two_words_read_as_a_compound_can_be_taken_apart(archive):
    page = service.run(Asked(q="counter terrorism -border"))
    assert page.total == 1
    assert [(word.typed, word.apart) for word in page.words] == [
        ("counter terrorism", "counter AND terrorism -border"),
        ("border", ""),
    ]
    taken_apart = service.run(Asked(q="counter AND terrorism -border"))
    assert taken_apart.total == 2
    assert not any(word.apart for word in taken_apart.words)


@pytest.mark.parametrize(
    "q", ["counter-terrorism", "counterterrorism", '"counter terrorism"', "title:counter terrorism"]
)
def test_what_was_typed_as_one_is_not_taken_apart(archive, q):
    assert not any(word.apart for word in service.run(Asked(q=q)).words)


def test_a_bare_resolution_offers_its_words_too(archive):
    (part,) = service.run(Asked(q="resolution 1373")).parts
    assert part.otherwise.label == "the words “resolution 1373”"
    assert part.otherwise.count == 1
    assert service.run(Asked(q=dict(part.otherwise.parameters)["q"])).total == 1
    assert all(part.otherwise is None for part in service.run(Asked(q="S/RES/1373(2001) A/RES/1373")).parts)


def test_a_form_left_out_is_told_with_its_way_back(archive):
    (word,) = service.run(Asked(q="counterterrorism", without=("counter terrorism", "zebra"))).words
    assert [(form.text, form.without) for form in word.forms] == [
        ("counterterrorism", ("counter terrorism", "counterterrorism", "zebra"))
    ]
    assert [(form.text, form.documents, form.without) for form in word.left_out] == [
        ("counter terrorism", 1, ("zebra",))
    ]


def test_what_finds_nothing_for_want_of_forms_is_offered_with_them(archive):
    page = service.run(Asked(q="border", without=("border",)))
    assert page.total == 0
    assert [(other.label, other.count) for other in page.alternatives] == [("with every form", 1)]
    assert page.alternatives[0].parameters == (("q", "border"),)
