"""What every engine must do. Inherited once for each engine, with fixtures that make it over a folder of the test.

`engine` is an open, empty engine; `other` is another over the same index, as another process has it.
"""

import random
import threading
from dataclasses import replace
from datetime import date

import pytest

from documents.search import schema
from documents.search.engines.base import EngineError
from documents.search.trees import (
    And,
    AtLeast,
    Compound,
    DateRange,
    Exact,
    Form,
    Forms,
    Fuzzy,
    InField,
    Keyword,
    MatchAll,
    MatchNone,
    Not,
    Or,
    Phrase,
    Prefix,
    Symbol,
    Wildcard,
    Word,
    walk,
)
from documents.search.types import (
    KEYWORD_FIELDS,
    FacetCount,
    Filters,
    SearchRequest,
    Sort,
)
from documents.tests.search.engines.contract_passages import PassagesContract
from documents.tests.search.engines.oracle import Oracle
from documents.tests.search.engines.records import found, ids, record
from documents.tests.search.engines.samples import random_request, sample_records


def forms(engine, root):
    """By form, its documents, over all of the query."""
    expanded = engine.search(SearchRequest(root=root)).expanded
    return {form.text: form.documents for node in walk(expanded) if isinstance(node, Forms) for form in node.forms}


class EngineContract(PassagesContract):
    # --- Words ---

    def test_a_word_finds_its_forms_and_says_which(self, engine):
        engine.upsert([record(1, "A nation unites."), record(2, "United they stand."), record(3, "A unicorn.")])
        assert found(engine, Word("uniting")) == {1, 2}
        assert forms(engine, Word("uniting")) == {"united": 1, "unites": 1}

    def test_what_was_forgotten_is_found_again(self, engine):
        engine.upsert([record(1, "A nation unites."), record(2, "United they stand.")])
        before = engine.search(SearchRequest(root=Word("uniting")))
        engine.forget()
        assert engine.search(SearchRequest(root=Word("uniting"))) == before

    def test_an_exact_word_finds_itself_alone(self, engine):
        engine.upsert([record(1, "A terrorist."), record(2, "Two terrorists."), record(3, "On terrorism.")])
        assert found(engine, Exact("terrorist")) == {1}
        assert found(engine, Word("terrorist")) == {1, 2, 3}

    @pytest.mark.parametrize(
        "root",
        [
            Word("counterterrorism"),
            Compound(("counter", "terrorism")),
            And((Word("counter"), Word("terrorism"))),
            Exact("counterterrorism"),
        ],
    )
    def test_a_compound_is_found_in_every_spelling(self, engine, root):
        engine.upsert(
            [
                record(1, "Measures of counterterrorism."),
                record(2, "Counter-terrorism measures."),
                record(3, "Efforts to counter terrorism."),
                record(4, "Terrorism met a counter measure."),
            ]
        )
        assert found(engine, root) == {1, 2, 3}

    def test_a_compound_is_found_though_no_text_has_its_hyphen(self, engine):
        engine.upsert([record(1, "The law of cyberspace."), record(2, "Cyber space."), record(3, "Space for cyber.")])
        assert found(engine, Word("cyberspace")) == {1, 2}
        assert found(engine, And((Word("cyber"), Word("space")))) == {1, 2}
        assert found(engine, Compound(("cyber", "space"))) == {1, 2}

    def test_words_kept_apart_are_no_compound(self, engine):
        engine.upsert(
            [record(1, "Counter-terrorism."), record(2, "Counterterrorism."), record(3, "To counter all terrorism.")]
        )
        assert found(engine, And((Word("counter"), Word("terrorism")))) == {1, 2}
        assert found(engine, And((Word("counter"), Word("terrorism", is_apart=True)))) == {1, 3}

    def test_short_words_side_by_side_make_no_compound_of_their_own(self, engine):
        engine.upsert([record(1, "In any form."), record(2, "We inform you.")])
        assert found(engine, And((Word("in"), Word("form")))) == {1}

    def test_a_slip_does_not_make_a_compound(self, engine):
        held = [record(number, "Nations were united.") for number in range(1, 60)]
        engine.upsert([*held, record(60, "The unitednations.")])
        assert len(ids(engine, And((Word("united"), Word("nations"))), limit=100)) == 59

    def test_parts_of_a_compound_are_words(self, engine):
        engine.upsert([record(1, "Counter-terrorism.")])
        assert found(engine, Exact("terrorism")) == {1}

    def test_removed_documents_no_longer_make_compounds(self, engine):
        engine.upsert([record(1, "Cyberspace."), record(2, "Space, then cyber.")])
        engine.delete([1])
        assert found(engine, And((Word("cyber"), Word("space")))) == {2}

    def test_case_and_accents_do_not_count(self, engine):
        engine.upsert([record(1, "Équipe ÉLYSÉE"), record(2, "l'Elysée")])
        assert found(engine, Exact("elysee")) == {1, 2}

    def test_prefix_wildcard_and_fuzzy_words(self, engine):
        engine.upsert(
            [record(1, "organization"), record(2, "organisation"), record(3, "organ"), record(4, "Kyrgyzstan")]
        )
        assert found(engine, Prefix("organi")) == {1, 2}
        assert found(engine, Wildcard("organi?ation")) == {1, 2}
        assert found(engine, Fuzzy("kyrgizstan")) == {4}
        assert found(engine, Fuzzy("organn")) == {3}
        assert found(engine, Fuzzy("argan")) == set()  # the first two letters are fixed

    def test_a_language_named_reads_the_words_in_that_language_alone(self, engine):
        engine.upsert([record(1, "Les nationaux."), record(2, "Le national.", language="fr")])
        assert found(engine, And((Word("national"), Keyword("language", "fr")))) == {2}
        assert forms(engine, And((Word("national"), Keyword("language", "fr"))))["nationaux"] == 1

    def test_a_filter_by_language_leaves_the_words_as_they_are_read_and_so_finds_what_its_facet_counted(self, engine):
        engine.upsert([record(1, "Les nationaux."), record(2, "Le national."), record(3, "National", language="fr")])
        counted = engine.search(SearchRequest(Word("nationaux"), facets=("language",))).facets["language"]
        for value in counted:
            filters = Filters((Keyword("language", value.value),))
            assert engine.search(SearchRequest(Word("nationaux"), filters)).total == value.documents

    def test_forms_beyond_the_cap_are_left_out_and_said(self, engine):
        engine.upsert([record(1, " ".join(f"word{number}" for number in range(600))), record(2, "word599 word7x")])
        expanded = engine.search(SearchRequest(root=Prefix("word"))).expanded
        assert expanded.is_capped
        assert len(expanded.forms) == 512
        assert expanded.forms[0] == Form("word599", 2)

    # --- Rows of words ---

    def test_a_phrase_stands_in_this_order_in_one_paragraph(self, engine):
        engine.upsert(
            [
                record(1, "The freedom of information act."),
                record(2, "Freedom information."),
                record(3, "Information of freedom."),
                record(4, "There is freedom", "of information."),
                record(5, "Nothing.", title="Freedom of information"),
            ]
        )
        assert found(engine, Phrase(("freedom", "of", "information"))) == {1, 5}

    def test_a_phrase_is_found_over_hyphens_and_joined_compounds(self, engine):
        engine.upsert(
            [
                record(1, "The global counter-terrorism strategy."),
                record(2, "A global counterterrorism strategy."),
                record(3, "Global strategy, counter-terrorism."),
            ]
        )
        assert found(engine, Phrase(("global", "counter", "terrorism", "strategy"))) == {1, 2}
        assert found(engine, Phrase(("global", "counterterrorism", "strategy"))) == {1, 2}

    def test_near_words_stand_in_any_order_within_reach(self, engine):
        engine.upsert(
            [
                record(1, "border and coastal security"),
                record(2, "security of every single land and sea border"),
                record(3, "the border", "the security"),
                record(4, "security of the border"),
            ]
        )
        assert found(engine, Phrase(("border", "security"), 3)) == {1, 4}
        assert found(engine, Phrase(("border", "security"), 7)) == {1, 2, 4}
        assert found(engine, Phrase(("border", "border"), 9)) == set()

    def test_a_phrase_of_many_compounds_costs_no_more_than_one_of_few(self, engine):
        engine.upsert([record(1, "counter-terrorism " * 20)])
        assert ids(engine, Phrase(("counterterrorism",) * 20)) == [1]

    def test_a_language_that_is_not_held_is_not_read(self, engine):
        engine.upsert([record(1, "alpha")])
        assert ids(engine, And((Word("alpha"), Keyword("language", "zz")))) == []

    def test_a_field_narrows_words_phrases_and_their_forms(self, engine):
        engine.upsert([record(1, "On borders.", title="Security"), record(2, "Security now.", title="A border")])
        assert found(engine, InField("title", Word("border"))) == {2}
        assert found(engine, InField("text", Phrase(("security", "now")))) == {2}
        assert forms(engine, InField("title", Word("border"))) == {"border": 1}
        both = And((InField("title", Word("security")), Word("border")))
        assert found(engine, both) == {1}

    # --- Trees ---

    def test_not_is_of_all_documents_and_adds_no_score(self, engine):
        engine.upsert([record(1, "alpha"), record(2, "beta"), record(3, "alpha beta")])
        assert found(engine, Not(Word("alpha"))) == {2}
        with_not = engine.search(SearchRequest(root=And((Word("alpha"), Not(Word("beta"))))))
        alone = engine.search(SearchRequest(root=Word("alpha")))
        assert with_not.hits[0] in alone.hits

    def test_most_of_the_words(self, engine):
        engine.upsert([record(1, "alpha beta"), record(2, "beta gamma"), record(3, "gamma"), record(4, "delta")])
        words = tuple(map(Word, ("alpha", "beta", "gamma")))
        assert found(engine, AtLeast(2, words)) == {1, 2}
        assert found(engine, Or(words)) == {1, 2, 3}
        assert found(engine, And(words)) == set()

    def test_everything_and_nothing(self, engine):
        engine.upsert([record(1, "alpha"), record(2)])
        assert found(engine, MatchAll()) == {1, 2}
        assert found(engine, MatchNone()) == set()
        assert found(engine, Not(MatchNone())) == {1, 2}

    def test_an_empty_index_answers(self, engine):
        for root in (MatchAll(), Word("a"), Phrase(("a", "b")), Prefix("a"), Not(Word("a")), DateRange(None, None)):
            result = engine.search(SearchRequest(root=root, facets=(*KEYWORD_FIELDS, "decade", "year", "span")))
            assert (result.total, result.hits) == (0, ())

    # --- Keywords, symbols, dates ---

    def test_every_keyword_field_is_compared_whole(self, engine):
        held = record(1, collection="c", body="b", type="t", tags=("x", "y"), place="p", names=("n",), symbols=("s",))
        engine.upsert([held, record(2, collection="c-2")])
        for field, value in zip(KEYWORD_FIELDS, ("c", "b", "t", "y", "en", "p", "n", "s", "text-001"), strict=True):
            assert 1 in found(engine, Keyword(field, value))
        assert found(engine, Keyword("collection", "c")) == {1}
        both = Filters((Keyword("tag", "x"), Keyword("tag", "y")))
        assert found(engine, MatchAll(), filters=both) == {1}

    def test_a_symbol_without_a_year_finds_any_year_and_no_other_series(self, engine):
        values = (
            "s-res-1373-2001",
            "s-res-1373",
            "a-res-1373",
            "s-res-1373-add-1",
            "s-res-13731-2001",
            "s-res-1373-1999",
        )
        engine.upsert([record(number, symbols=(value,)) for number, value in enumerate(values, 1)])
        assert found(engine, Symbol("S/RES/1373")) == {1, 2, 6}
        assert found(engine, Symbol("S/RES/1373(2001)")) == {1}

    def test_doubtful_dates_match_possibly_or_certainly(self, engine):
        engine.upsert(
            [
                record(1, dated=(2001, 2003)),
                record(2, dated=(2018, None)),
                record(3, dated=(None, 1990)),
                record(4),
                record(5, dated=(None, None)),
            ]
        )
        assert found(engine, DateRange(date(2003, 1, 1), date(2004, 1, 1))) == {1, 5}
        assert found(engine, DateRange(date(2003, 1, 1), date(2004, 1, 1)), certain=True) == set()
        assert found(engine, DateRange(date(2001, 1, 1), date(2003, 12, 31)), certain=True) == {1}
        assert found(engine, DateRange(date(2026, 1, 1), None)) == {2, 5}  # open ends last until 1 January 2026
        assert found(engine, DateRange(date(2026, 1, 2), None)) == set()
        assert found(engine, DateRange(None, date(1990, 12, 31)), certain=True) == {3}
        assert found(engine, MatchAll(), filters=Filters(date_from=date(2002, 1, 1))) == {1, 2, 5}

    # --- Order, pages, counts ---

    def test_titles_weigh_more_than_texts(self, engine):
        engine.upsert(
            [record(1, "Borders of a kind.", title="Papers"), record(2, "Papers of a kind.", title="Borders")]
        )
        assert ids(engine, Word("border")) == [2, 1]

    def test_ties_are_settled_by_date_then_slug_and_undated_documents_come_last(self, engine):
        engine.upsert(
            [
                record(1, "alpha"),
                record(2, "alpha", dated=(2001, 2003)),
                record(3, "alpha", dated=(2001, 2002)),
                record(4, "alpha", dated=(2001, 2002), slug="a-first"),
                record(5, "alpha", dated=(None, 2010)),
                record(6, "alpha", dated=(2018, None)),
            ]
        )
        assert ids(engine, Word("alpha")) == [5, 4, 3, 2, 6, 1]
        assert ids(engine, sort=Sort.OLDEST) == [5, 4, 3, 2, 6, 1]
        assert ids(engine, sort=Sort.NEWEST) == [6, 2, 4, 3, 5, 1]

    def test_titles_are_sorted_by_their_words(self, engine):
        titles = ["[Élan]", "zebra", "Eland", "“Apple”"]
        engine.upsert([record(number, title=title) for number, title in enumerate(titles, 1)])
        assert ids(engine, sort=Sort.TITLE) == [4, 1, 3, 2]

    def test_pages_never_overlap_and_the_total_is_exact(self, engine):
        engine.upsert([record(number, "alpha " * (number % 3 + 1)) for number in range(1, 48)])
        pages = [ids(engine, Word("alpha"), offset=offset, limit=10) for offset in range(0, 60, 10)]
        assert [len(page) for page in pages] == [10, 10, 10, 10, 7, 0]
        assert len({number for page in pages for number in page}) == 47
        assert engine.search(SearchRequest(root=Word("alpha"), limit=0)).total == 47

    def test_facets_count_each_document_once_most_first(self, engine):
        engine.upsert([record(1, tags=("a", "b", "b")), record(2, tags=("b", "c")), record(3, body="")])
        facets = engine.search(SearchRequest(facets=("tag", "body"))).facets
        assert facets == {"tag": (FacetCount("b", 2), FacetCount("a", 1), FacetCount("c", 1)), "body": ()}

    @pytest.mark.parametrize(("facet", "years"), [("decade", 10), ("year", 1)])
    def test_the_count_of_a_period_is_the_total_that_its_link_gives(self, engine, facet, years):
        engine.upsert(
            [
                record(1, dated=(1999, 2001)),
                record(2, dated=(2018, None)),
                record(3, dated=(None, 2005)),
                record(4),
                record(5, dated=(1985, 1986)),
            ]
        )
        for certain in (False, True):
            for filters in (Filters(), Filters(date_from=date(2001, 5, 1)), Filters(date_to=date(1999, 6, 1))):
                result = engine.search(SearchRequest(filters=filters, certain=certain, facets=(facet,)))
                counts = dict(result.facets[facet])
                for year in range(1985 // years * years, 2030, years):  # 1985 is the earliest year held
                    total = _total_in_period(engine, year, years, filters, certain)
                    assert counts.get(str(year), 0) == total, (year, filters, certain)

    def test_an_open_start_is_in_no_year_before_all_that_is_held(self, engine):
        engine.upsert([record(1, dated=(1946, 1946)), replace(record(2, dated=(1960, 1960)), earliest=None)])
        filters = Filters(date_from=date(1942, 1, 1), date_to=date(1942, 12, 31))
        result = engine.search(SearchRequest(filters=filters, facets=("year",)))
        assert (result.total, result.facets["year"]) == (1, ())

    def test_spans_tell_the_years_of_each_dated_document(self, engine):
        spread = [(1999, 2001), (1999, 2001), (None, 2005), (2003, 2003), None]
        engine.upsert(
            [record(number, dated=years) if years else record(number) for number, years in enumerate(spread, 1)]
        )
        counted = engine.search(SearchRequest(facets=("span",))).facets["span"]
        assert counted == (FacetCount("1999/2001", 2), FacetCount("/2005", 1), FacetCount("2003/2003", 1))
        within = SearchRequest(filters=Filters(date_from=date(2001, 5, 1), date_to=date(2001, 6, 1)), facets=("span",))
        assert engine.search(within).facets["span"] == (FacetCount("1999/2001", 2), FacetCount("/2005", 1))
        assert engine.search(replace(within, certain=True)).facets["span"] == ()

    # --- Writing ---

    def test_upsert_adds_replaces_and_counts(self, engine):
        assert engine.upsert([record(1, "alpha"), record(2, "beta")]) == 2
        assert engine.upsert([record(1, "gamma", stamp="new")]) == 1
        assert found(engine, Word("alpha")) == set()
        assert found(engine, Word("gamma")) == {1}
        assert engine.stamps() == {1: "new", 2: "stamp 2"}

    def test_of_a_document_given_twice_the_last_is_kept(self, engine):
        assert engine.upsert([record(1, "alpha"), record(1, "beta")]) == 1
        assert engine.search(SearchRequest()).total == 1
        assert found(engine, Word("beta")) == {1}

    def test_upsert_writes_all_or_none(self, engine):
        engine.upsert([record(1, "alpha")])
        with pytest.raises(AttributeError):
            engine.upsert([record(2, "beta"), record(1, "gamma"), replace(record(3), title=None)])
        assert engine.stamps() == {1: "stamp 1"}
        assert found(engine, Word("alpha")) == {1}
        assert engine.upsert([record(2, "beta")]) == 1

    def test_delete_takes_out_what_is_held_and_ignores_the_rest(self, engine):
        engine.upsert([record(1, "alpha"), record(2, "alpha beta")])
        engine.delete([2, 99])
        engine.delete([])
        assert engine.stamps() == {1: "stamp 1"}
        assert forms(engine, Word("beta")) == {}
        engine.delete([1])
        assert engine.search(SearchRequest(facets=("tag", "decade"))).total == 0

    def test_another_process_sees_what_was_written_at_its_next_search(self, engine, other):
        assert found(other, MatchAll()) == set()
        generations = {other.status().generation}
        for write in (
            lambda: engine.upsert([record(1, "alpha")]),
            lambda: engine.replace_all([record(2, "alpha")]),
            lambda: engine.delete([2]),
        ):
            write()
            assert found(other, MatchAll()) == found(engine, MatchAll())
            generations.add(other.status().generation)
        assert len(generations) == 4

    def test_an_engine_closed_can_be_opened_again(self, engine):
        engine.upsert([record(1, "alpha")])
        engine.close()
        engine.open()
        assert found(engine, Word("alpha")) == {1}

    def test_replace_all_replaces_all(self, engine):
        engine.upsert([record(1, "alpha"), record(2, "beta")])
        assert engine.replace_all(iter([record(2, "gamma"), record(3, "delta")]), expected=2) == 2
        assert set(engine.stamps()) == {2, 3}
        assert found(engine, Word("beta")) == set()

    @pytest.mark.parametrize("expected", [1, 3])
    def test_a_rebuild_of_the_wrong_size_keeps_the_old_index(self, engine, expected):
        engine.upsert([record(1, "alpha")])
        with pytest.raises(EngineError, match="old index"):
            engine.replace_all([record(2, "beta"), record(3, "beta")], expected=expected)
        assert engine.stamps() == {1: "stamp 1"}

    def test_a_failed_rebuild_keeps_the_old_index(self, engine):
        def records_ending_in_an_error():
            yield record(2, "beta")
            assert found(engine, MatchAll()) == {1}
            raise LookupError

        engine.upsert([record(1, "alpha")])
        with pytest.raises(LookupError):
            engine.replace_all(records_ending_in_an_error())
        assert engine.stamps() == {1: "stamp 1"}
        assert engine.replace_all([record(2, "beta")]) == 1

    def test_what_is_written_during_a_rebuild_is_not_lost(self, engine, other):
        def records():
            yield record(1, "old")
            other.upsert([record(1, "new", stamp="new"), record(4, "added")])
            other.delete([2])
            assert found(engine, Word("added")) == {4}
            yield record(2, "removed")
            yield record(3, "kept")

        engine.upsert([record(1, "old"), record(2, "removed")])
        assert engine.replace_all(records(), expected=3) == 3
        assert engine.stamps() == {1: "new", 3: "stamp 3", 4: "stamp 4"}
        assert found(engine, Word("new")) == {1}

    def test_status_tells_what_is_there(self, engine):
        engine.upsert([record(1, "alpha"), record(2)])
        status = engine.status()
        assert status.documents == 2
        assert status.is_current
        assert status.size_bytes > 0

    def test_suggestions_are_near_words_held_the_most_frequent_first(self, engine):
        engine.upsert([record(1, "committee committed"), record(2, "committees committee"), record(3, "commitee x")])
        engine.delete([3])
        assert engine.suggest("comittee") == ("committee",)
        assert engine.suggest("committeee") == ("committee", "committees")
        assert engine.suggest("Committee") == ()
        engine.upsert([record(number, "government") for number in range(10, 70)] + [record(70, "governent")])
        assert engine.suggest("govermnent") == ("government",)
        assert engine.suggest("zzzzz") == engine.suggest("…") == ()

    def test_completions_are_words_held_that_go_on_the_most_frequent_first(self, engine):
        engine.upsert([record(1, "border borders bordered"), record(2, "borders"), record(3, "borderline")])
        assert engine.complete("border") == ("borders", "bordered", "borderline")
        assert engine.complete("BÖRD", 2) == ("borders", "border")
        engine.delete([3])
        assert engine.complete("borderl") == engine.complete("borders") == engine.complete("") == ()

    # --- Threads ---

    def test_threads_share_an_engine(self, engine, impatient_threads):
        engine.upsert(sample_records())
        engine.upsert(sample_records()[:9])
        requests = [random_request(random.Random(seed), sample_records()) for seed in range(40)]
        alone = [engine.search(request) for request in requests]
        engine.forget()
        wrong = []

        def ask(seed):
            order = list(range(len(requests))) * 3
            random.Random(seed).shuffle(order)
            wrong.extend(place for place in order if engine.search(requests[place]) != alone[place])

        _run_threads([threading.Thread(target=ask, args=(seed,)) for seed in range(4)])
        assert wrong == []

    def test_readers_never_see_half_a_write(self, engine, other, impatient_threads):
        engine.upsert([record(number, "alpha", tags=("v0",)) for number in (1, 2, 3)])
        is_written = threading.Event()
        seen = []

        def read():
            while not is_written.is_set():
                result = other.search(SearchRequest(root=Word("alpha"), facets=("tag",)))
                seen.append((result.total, [facet.documents for facet in result.facets["tag"]]))

        readers = [threading.Thread(target=read) for _ in range(3)]
        for reader in readers:
            reader.start()
        for version in range(1, 12):
            records = [record(number, "alpha", tags=(f"v{version}",)) for number in (1, 2, 3)]
            engine.upsert(records) if version % 4 else engine.replace_all(records)
        is_written.set()
        for reader in readers:
            reader.join()
        assert seen
        assert set(map(str, seen)) == {"(3, [3])"}

    # --- Against the exhaustive evaluation ---

    @pytest.fixture(params=[range(30), pytest.param(range(30, 330), marks=pytest.mark.slow)], ids=["few", "many"])
    def seeds(self, request):
        """Of random searches. Three tests use them, so that a thousand are compared when the slow ones run, too."""
        return request.param

    @pytest.mark.parametrize("near_documents", [200, 7], ids=["all put in order by nearness", "the first few alone"])
    def test_random_searches_equal_an_exhaustive_evaluation(self, engine, seeds, near_documents, monkeypatch):
        monkeypatch.setattr(schema, "NEAR_DOCUMENTS", near_documents)
        records = sample_records()
        engine.replace_all(records)
        _compare(engine, records, seeds)

    def test_random_searches_are_exact_after_updates_and_deletions(self, engine, seeds):
        records = sample_records()
        engine.replace_all(records[:30])
        for start in range(30, len(records), 7):
            engine.upsert(records[start : start + 7])
        held = {kept.document_id: kept for kept in records}
        for changed in records[::5]:
            held[changed.document_id] = replace(changed, paragraphs=changed.paragraphs[1:], tags=("changed",))
            engine.upsert([held[changed.document_id]])
        removed = [gone.document_id for gone in records[::4]]
        engine.delete(removed)
        _compare(engine, [kept for number, kept in held.items() if number not in removed], seeds)


def _total_in_period(engine, year, years, filters, certain):
    first, last = date(year, 1, 1), date(year + years - 1, 12, 31)
    first, last = max(first, filters.date_from or first), min(last, filters.date_to or last)
    if first > last:
        return 0
    request = SearchRequest(filters=Filters(date_from=first, date_to=last), certain=certain)
    return engine.search(request).total


def _run_threads(threads):
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def _compare(engine, records, seeds):
    oracle = Oracle(records)
    totals = []
    for seed in seeds:
        request = random_request(random.Random(seed), records)
        answer, result = oracle.search(request), engine.search(request)
        assert result.total == len(answer.ids), (seed, request)
        assert [hit.document_id for hit in result.hits] == answer.ids[request.offset :][: request.limit], (
            seed,
            request,
        )
        assert [hit.score for hit in result.hits] == pytest.approx(
            [answer.scores[hit.document_id] for hit in result.hits]
        )
        facets = {field: dict(counts) for field, counts in result.facets.items()}
        assert facets == answer.facets, (seed, request)
        for hit in result.hits:
            assert (hit.paragraphs, hit.passages) == answer.passages[hit.document_id], (seed, request)
        paragraphs = engine.paragraphs(request, limit=50)
        assert paragraphs.places == tuple(answer.paragraphs[:50]), (seed, request)
        assert paragraphs.counts == tuple(answer.counts[:50]), (seed, request)
        assert (paragraphs.paragraphs, paragraphs.occurrences) == (len(answer.paragraphs), sum(answer.counts))
        totals.append(result.total)
    assert sum(total > 0 for total in totals) > len(totals) / 2  # or the comparison says little
