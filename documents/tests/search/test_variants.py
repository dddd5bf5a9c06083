"""Variant forms of names: words that spell one form of a name find its other forms too."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from documents.mentions import NameForm
from documents.models import Name
from documents.models import NameForm as HeldForm
from documents.search import service, sync
from documents.search.query import parse_query, to_text
from documents.search.results import Asked
from documents.search.trees import (
    And,
    Compound,
    InField,
    Not,
    Or,
    Variants,
    Word,
    walk,
)
from documents.search.variants import variants_of, vary
from documents.tests.factories import make_document, make_name

CENTRE = ("united", "nations", "counter", "terrorism", "centre")
NAMES = variants_of(
    [
        NameForm("Al-Qaida", "al-qaida"),
        NameForm("Al-Qaeda", "al-qaida"),
        NameForm("United Nations Counter-Terrorism Centre", "uncct"),
        NameForm("UNCCT", "uncct"),
        NameForm("Office of Counter-Terrorism", "unoct"),
        NameForm("UN Office of Counter-Terrorism", "unoct"),
        NameForm("UNOCT", "unoct"),
        NameForm("World Health Organization", "who"),
        NameForm("WHO", "who"),
        NameForm("Georgia", "georgia"),
        NameForm("Sakartvelo", "georgia"),
        NameForm("georgia", "georgia-usa"),
        NameForm("State of Georgia", "georgia-usa"),
        NameForm("…", "nothing"),
    ]
)
QAEDA = (("al", "qaida"),)
AL_QAEDA = Variants(Compound(("al", "qaeda")), QAEDA)
UNCCT = Variants(Word("uncct"), (CENTRE,))


def varied(typed):
    return vary(parse_query(typed).root, NAMES)


@pytest.mark.parametrize(
    ("typed", "root"),
    [
        ("UNCCT", UNCCT),
        ("Al-Qaeda", AL_QAEDA),
        ("AlQaeda", Variants(Word("alqaeda"), QAEDA)),
        ("al qaeda", Variants(And((Word("al"), Word("qaeda"))), QAEDA)),
        (
            "united nations counterterrorism centre",
            Variants(And(tuple(map(Word, ("united", "nations", "counterterrorism", "centre")))), (("uncct",),)),
        ),
        ("Al-Qaeda sanctions", And((AL_QAEDA, Word("sanctions")))),
        ("sanctions AND Al-Qaeda", And((Word("sanctions"), AL_QAEDA))),
        ("(UNCCT OR sanctions) -Al-Qaeda", And((Or((UNCCT, Word("sanctions"))), Not(AL_QAEDA)))),
        ("title:UNCCT", InField("title", UNCCT)),
        ("title:(UNCCT board)", InField("title", And((UNCCT, Word("board"))))),
        # A form that holds all the words is found by them already.
        (
            "office of counter-terrorism",
            Variants(And((Word("office"), Word("of"), Compound(("counter", "terrorism")))), (("unoct",),)),
        ),
    ],
)
def test_words_that_spell_a_form_find_the_other_forms(typed, root):
    assert varied(typed) == root


@pytest.mark.parametrize(
    "typed",
    [
        "=UNCCT",
        '"Al-Qaeda"',
        '"al qaeda"',
        "UNCC*",
        "UNCCT~",
        "tag:uncct",
        "al AND qaeda",
        "qaeda al",
        "who",
        "World Health Organization",
        "Georgia",
        "counter-terrorism",
        "*",
    ],
)
def test_what_is_exact_apart_or_ambiguous_stays_as_it_is(typed):
    assert varied(typed) == parse_query(typed).root


def test_an_ambiguous_form_is_no_variant_of_another():
    assert not any(isinstance(node, Variants) for node in walk(varied("Sakartvelo")))


PIECES = st.sampled_from(
    [
        *("al ", "qaeda ", "Al-Qaida ", "UNCCT ", "united ", "nations ", "counter-terrorism ", "counterterrorism "),
        *("centre ", "AND ", "OR ", "-", "(", ")", '"', "title:", "=", "tag:", "resolution ", "1373 ", "*", "of "),
    ]
)


@settings(max_examples=200, deadline=None)
@given(st.lists(PIECES, max_size=20).map("".join))
@example("-(al qaeda)")
@example("a AND (al qaeda)")
@example("title:-(united nations counter-terrorism centre)")
def test_variants_of_any_query_can_be_typed_as_before(typed):
    root = parse_query(typed).root
    assert parse_query(to_text(vary(root, NAMES))).root == root


# --- In the archive ---------------------------------------------------------------------------------------------------


@pytest.fixture
def archive(db):
    with sync.held_back():
        make_document(title="One", text="Sanctions against Al-Qaida.")
        make_document(title="Two", text="Al-Qaeda and its affiliates.")
        make_document(title="Three", text="The OAS met.")
        make_document(title="Four", text="The Organization of American States met.")
        make_document(title="Five", text="The United Nations met.")
    for label, form in (
        ("Al-Qaida", "Al-Qaeda"),
        ("Organization of American States", "OAS"),
        ("United Nations", "UN"),
    ):
        HeldForm.objects.create(name=make_name(label, is_linked=label != "United Nations"), text=form)
    sync.flush()


def titles(q, **asked):
    return {found.document.title for found in service.run(Asked(q=q, **asked)).found}


def test_every_form_of_a_name_finds_the_same(archive):
    assert titles("Al-Qaeda") == titles("al qaida") == titles("AlQaida") == {"One", "Two"}
    assert titles("OAS") == titles("organization of american states") == {"Three", "Four"}
    assert titles('"Al-Qaeda"') == titles("=Al-Qaeda") == {"Two"}


def test_names_that_texts_are_not_linked_by_have_no_variants(archive):
    assert titles("UN") == set()


def test_a_form_added_to_the_authority_file_is_searched_for_at_once(archive, django_capture_on_commit_callbacks):
    assert titles("AQ") == set()
    with django_capture_on_commit_callbacks(execute=True):
        HeldForm.objects.create(name=Name.objects.get(label="Al-Qaida"), text="AQ")
    assert titles("AQ") == {"One", "Two"}


def test_another_name_is_told_with_its_hits_and_goes_in_all_its_spellings(archive):
    (word,) = service.run(Asked(q="Al-Qaeda")).words
    assert [(form.text, form.documents, form.is_variant) for form in word.forms] == [
        ("al qaeda", 1, False),
        ("al qaida", 1, True),
        ("alqaeda", 1, False),
        ("alqaida", 1, True),
    ]
    without = word.forms[1].without
    assert without == ("al qaida", "alqaida")
    assert titles("Al-Qaeda", without=without) == {"Two"}


def test_where_nothing_holds_all_words_of_a_name_most_of_them_do(archive):
    make_name("Union of American States").forms.create(text="UAS")
    page = service.run(Asked(q="union of american states"))
    assert page.is_partial
    assert [found.document.title for found in page.found] == ["Four"]
