"""What the query language asks of every engine: spellings, variants of names, forms left out. Inherited as contract."""

import pytest

from documents.search.query import parse_query
from documents.search.trees import (
    And,
    Compound,
    Exact,
    Form,
    Forms,
    InField,
    Or,
    Variants,
    Word,
)
from documents.search.types import SearchRequest
from documents.tests.search.engines.records import found, record


def asked(engine, typed, **options):
    return found(engine, parse_query(typed).root, **options)


class LanguageContract:
    def test_both_spellings_of_english_are_one_word_with_the_same_forms(self, engine):
        engine.upsert(
            [
                record(1, "The organisation."),
                record(2, "An organization."),
                record(3, "Organi-zation, as a line broke it."),
                record(4, "An organ."),
            ]
        )
        assert asked(engine, "organisation") == asked(engine, "organization") == {1, 2, 3}

    def test_small_words_count_within_quotation_marks(self, engine):
        engine.upsert([record(1, "Freedom of information."), record(2, "Freedom, information and peace.")])
        assert asked(engine, '"freedom of information"') == {1}
        assert asked(engine, '"freedom information"') == {2}

    @pytest.mark.parametrize(
        ("typed", "expected"), [("6+1", {1}), ("W-2", {2}), ("61", {3}), ("é", {4}), ("E", {4}), ("A/56", {5})]
    )
    def test_odd_words_are_found_as_written(self, engine, typed, expected):
        engine.upsert(
            [
                record(1, "Talks of the 6+1 group."),
                record(2, "Form W-2 is due; 1 of 6."),
                record(3, "Item 61."),
                record(4, "É. 1, then 6."),
                record(5, "Document A/56 was out."),
            ]
        )
        assert asked(engine, typed) == expected

    # --- Variants of names ---

    def test_a_variant_of_a_name_is_found_beside_the_word_typed(self, engine):
        engine.upsert(
            [
                record(1, "UNCCT."),
                record(2, "The Counter-Terrorism Centre of the United Nations."),
                record(3, "United Nations Counter-Terrorism Centre."),
                record(4, "United Nations Counterterrorism Centre."),
            ]
        )
        root = Variants(Word("uncct"), (("united", "nations", "counter", "terrorism", "centre"),))
        result = engine.search(SearchRequest(root=root))
        assert {hit.document_id for hit in result.hits} == {1, 3, 4}
        assert {form.text: (form.documents, form.is_variant) for form in result.expanded.forms} == {
            "uncct": (1, False),
            "united nations counter terrorism centre": (1, True),
            "united nations counterterrorism centre": (1, True),
        }

    def test_several_words_are_found_as_before_or_as_the_other_form(self, engine):
        engine.upsert([record(1, "OAS."), record(2, "States of an American organization."), record(3, "American.")])
        words = And((Word("organization"), Word("of"), Word("american"), Word("states")))
        result = engine.search(SearchRequest(root=Variants(words, (("oas",),))))
        assert {hit.document_id for hit in result.hits} == {1, 2}
        assert isinstance(result.expanded, Or)
        assert result.expanded.children[1] == Forms(
            "organization of american states", (Form("oas", 1, is_variant=True),)
        )

    def test_variants_stay_in_their_field(self, engine):
        engine.upsert([record(1, "UNCCT.", title="Centre"), record(2, "Text.", title="UNCCT")])
        root = InField("title", Variants(Compound(("the", "centre")), (("uncct",),)))
        assert found(engine, root) == {2}

    # --- Forms left out ---

    def test_a_form_left_out_is_not_looked_for_but_told(self, engine):
        engine.upsert([record(1, "A terrorist."), record(2, "Terrorists."), record(3, "On terrorism.")])
        result = engine.search(SearchRequest(root=Word("terrorist"), without=("terrorism", "zebra")))
        assert {hit.document_id for hit in result.hits} == {1, 2}
        assert result.expanded == Forms(
            "terrorist", (Form("terrorist", 1), Form("terrorists", 1)), left_out=(Form("terrorism", 1),)
        )

    @pytest.mark.parametrize("root", [Exact("border"), Compound(("bor", "der")), And((Word("border"), Word("a")))])
    def test_where_every_form_is_left_out_nothing_is_found(self, engine, root):
        engine.upsert([record(1, "A border.")])
        assert found(engine, root, without=("border", "borders")) == set()

    def test_spellings_of_a_phrase_can_be_left_out(self, engine):
        engine.upsert([record(1, "Counter-terrorism committee."), record(2, "Counterterrorism committee.")])
        phrase = parse_query('"counterterrorism committee"').root
        assert found(engine, phrase) == {1, 2}
        assert found(engine, phrase, without=("counter terrorism committee",)) == {2}
        assert found(engine, phrase, without=("counter terrorism committee", "counterterrorism committee")) == set()

    def test_a_variant_left_out_is_not_looked_for(self, engine):
        engine.upsert([record(1, "UNCCT."), record(2, "The Centre.")])
        root = Variants(Word("uncct"), (("the", "centre"),))
        assert found(engine, root) == {1, 2}
        assert found(engine, root, without=("the centre",)) == {1}
