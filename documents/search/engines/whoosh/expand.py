"""From the words of a query to the forms that are held: every leaf of words becomes Forms, counted."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import chain, islice, product

from documents.search import schema
from documents.search.engines.whoosh.compounds import Compounds
from documents.search.engines.whoosh.occurrences import Occurrences, Row, row_of
from documents.search.query import to_text
from documents.search.stemming import is_spelt_alike
from documents.search.trees import (
    And,
    AtLeast,
    Compound,
    Exact,
    Form,
    Forms,
    Fuzzy,
    InField,
    Keyword,
    Node,
    Not,
    Or,
    Phrase,
    Prefix,
    Variants,
    Wildcard,
    Word,
)
from documents.search.types import TEXT_FIELDS


def languages_asked(root: Node, held: Sequence[str]) -> tuple[str, ...]:
    """The languages in which words are read: those that the query names at its top, else all that are held.

    A filter names none: it would find other words than those whose documents the facet counted. A language that is not
    held finds nothing and is left out: what is worked out for a language is kept.
    """
    top = root.children if isinstance(root, And) else (root,)
    named = {node.value for node in top if isinstance(node, Keyword) and node.field == "language"}
    return tuple(language for language in held if not named or language in named)


class Expander:
    """Expands a query for one search."""

    def __init__(
        self,
        occurrences: Occurrences,
        languages: Sequence[str],
        without: Collection[str] = (),
        unscored: Collection[str] = (),
    ) -> None:
        """unscored: words that only have to match, as function_words.unscored_words() gives them."""
        self._occurrences = occurrences
        self._lexicon = occurrences.snapshot.lexicon
        self._compounds = Compounds(occurrences)
        self._languages = languages
        self._without = frozenset(without)
        self._unscored = unscored

    def expand(self, node: Node, fields: Sequence[str] = TEXT_FIELDS) -> Node:
        """The node with its words replaced. Forms are counted in `fields`, those that are not held there left out."""
        match node:
            case InField(field=field, child=child):
                return InField(field, self.expand(child, (field,)))
            case Not(child=child):
                return Not(self.expand(child, fields))
            case And(children=children):
                read = tuple(self._with_compounds(children, fields))
                return And(read) if len(read) > 1 else read[0]
            case Or(children=children):
                return Or(tuple(self.expand(child, fields) for child in children))
            case AtLeast(minimum=minimum, children=children):
                return AtLeast(minimum, tuple(self.expand(child, fields) for child in children))
            case Phrase(words=words, slop=0):
                return self._phrase(node, words, fields)
            case Variants(child=child, forms=forms):
                return self._with_variants(child, forms, fields)
        return self._leaf(node, fields)

    def _leaf(self, node: Node, fields: Sequence[str]) -> Node:
        match node:
            case Word(text=text):
                forms = self._forms(text, self._word_rows(text), fields)
                return replace(forms, is_scored=False) if text in self._unscored else forms
            case Exact(text=text):
                return self._forms(text, [(text,), *self._compounds.parts_of(text)], fields)
            case Compound(parts=parts):
                return self._forms("-".join(parts), self._compound_rows(parts), fields)
            case Prefix(text=text):
                return self._many(text + "*", self._lexicon.beginning_with(text), fields)
            case Wildcard(pattern=pattern):
                return self._many(pattern, self._lexicon.shaped_like(pattern), fields)
            case Fuzzy(text=text):
                return self._many(text + "~", self._spelt_nearly(text), fields)
        return node

    def _forms(self, typed: str, rows: Iterable[Row], fields: Sequence[str], *, is_capped: bool = False) -> Forms:
        return self._sorted(Forms(typed, tuple(self._counted(rows, fields)), is_capped))

    def _counted(self, rows: Iterable[Row], fields: Sequence[str], *, is_variant: bool = False) -> list[Form]:
        counted = ((" ".join(row), self._occurrences.documents(row, fields)) for row in dict.fromkeys(rows))
        return [Form(text, documents, is_variant) for text, documents in counted if documents]

    def _sorted(self, found: Forms) -> Forms:
        """Those found in most documents first, and apart those that the reader leaves out."""
        by_documents = sorted((*found.forms, *found.left_out), key=lambda form: (-form.documents, form.text))
        return replace(
            found,
            forms=tuple(form for form in by_documents if form.text not in self._without),
            left_out=tuple(form for form in by_documents if form.text in self._without),
        )

    def _with_variants(self, child: Node, forms: Sequence[Row], fields: Sequence[str]) -> Node:
        """The words as typed or any form of the name, in all its spellings: one Forms where the words are one."""
        typed = self.expand(child, fields)
        held = typed if isinstance(typed, Forms) else Forms(to_text(child), ())
        known = {form.text for form in (*held.forms, *held.left_out)}
        rows = [row for form in forms for row in self._tried_spellings(form) if " ".join(row) not in known]
        variants = self._counted(rows, fields, is_variant=True)
        if not variants:
            return typed
        named = self._sorted(replace(held, forms=(*held.forms, *variants)))
        return named if held is typed else Or((typed, named))

    def _many(self, typed: str, words: Sequence[str], fields: Sequence[str]) -> Forms:
        kept = self._lexicon.most_frequent(words, schema.MAX_FORMS)
        return self._forms(typed, [(word,) for word in kept], fields, is_capped=len(words) > len(kept))

    def _spelt_nearly(self, text: str) -> list[str]:
        distance = schema.fuzzy_distance(text)
        return list(self._lexicon.spelt_nearly(text, distance, schema.FUZZY_PREFIX_LETTERS))

    def _word_rows(self, text: str) -> list[Row]:
        """The forms of a word, and where it is a compound in disguise, the forms of its parts in a row."""
        forms = self._lexicon.forms(text, self._languages)
        rows: list[Row] = [(form,) for form in forms]
        for spelling in sorted({text, *(form for form in forms if is_spelt_alike(form, text))}):
            for parts in self._compounds.parts_of(spelling):
                rows.extend(self._compound_rows(parts))
        return rows

    def _compound_rows(self, parts: Row) -> list[Row]:
        """The forms of the joined word, and the parts in a row with the last of them in every form."""
        *first, last = parts
        joined = self._lexicon.forms("".join(parts), self._languages)
        endings = {last, *self._lexicon.forms(last, self._languages)}
        return [*((form,) for form in joined), *((*first, ending) for ending in endings)]

    def _with_compounds(self, children: Sequence[Node], fields: Sequence[str]) -> Iterator[Node]:
        """The children expanded; two plain words side by side, with no AND between, that make a compound held are read
        as that compound.
        """
        place = 0
        while place < len(children):
            match children[place : place + 2]:
                case (Word(text=before), Word(text=after, is_apart=False)) if self._compounds.are_spelt_together(
                    (before, after)
                ):
                    yield self._forms(f"{before} {after}", self._compound_rows((before, after)), fields)
                    place += 2
                case (child, *_):
                    yield self.expand(child, fields)
                    place += 1

    def _phrase(self, node: Phrase, words: Row, fields: Sequence[str]) -> Node:
        """The phrase, or where compounds in it are held joined or apart, all its spellings as one."""
        held = self._forms(" ".join(words), self._tried_spellings(words), fields)
        rows = [row_of(form.text) for form in held.forms]
        return node if not held.left_out and rows in ([], [words]) else held

    def _tried_spellings(self, words: Row) -> list[Row]:
        tried = islice(self._spellings(words), schema.MAX_SPELLINGS_TRIED)
        return list(dict.fromkeys(tried))[: schema.MAX_PHRASE_SPELLINGS]

    def _spellings(self, words: Row) -> Iterator[Row]:
        """The words as typed, then with every compound taken apart, then with some apart or joined, as seen with
        hyphens. Some come more than once.
        """
        choices = [[(word,), *self._compounds.seen(word)] for word in words]
        yield words
        yield _flat(choice[min(1, len(choice) - 1)] for choice in choices)
        for row in map(_flat, product(*choices)):
            yield row
            for place in range(len(row) - 1):
                pair = row[place : place + 2]
                if pair in self._compounds.seen("".join(pair)):
                    yield (*row[:place], "".join(pair), *row[place + 2 :])


def _flat(rows: Iterable[Row]) -> Row:
    return tuple(chain.from_iterable(rows))
