"""An exhaustive, slow evaluation of searches in plain Python, which every engine's answers must equal."""

import math
import re
from collections import Counter
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import pairwise, product

from documents import symbols
from documents.search import analysis, schema, stemming
from documents.search.function_words import is_function_word, unscored_words
from documents.search.trees import (
    And,
    AtLeast,
    Compound,
    DateRange,
    Exact,
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
    Variants,
    Wildcard,
    Word,
)
from documents.search.types import SCORED_FIELDS, TEXT_FIELDS, Sort


@dataclass
class Answer:
    ids: list[int]  # of all documents found, in order
    scores: dict[int, float]
    facets: dict[str, dict[str, int]]
    passages: dict[int, tuple[int, tuple[int, ...]]]  # the number of paragraphs that hold something, and the best
    paragraphs: list[tuple[int, int]]
    counts: list[int]  # of each of these paragraphs, how many places it holds


@dataclass(frozen=True)
class OneOf:
    """What a leaf finds, or any of the rows of words."""

    leaf: object
    forms: tuple[tuple[str, ...], ...]


class Held:
    """One document, and by field the places of each word."""

    def __init__(self, record):
        self.record = record
        self.id = record.document_id
        texts = {
            "title": [record.title],
            "text": [paragraph.text for paragraph in record.paragraphs],
            "headings": [paragraph.text for paragraph in record.paragraphs if paragraph.is_heading],
            "names": list(record.name_labels),
        }
        self.places = {field: _places(of_field) for field, of_field in texts.items()}
        self.begins = _begins(texts["text"])
        self.lengths = {field: sum(len(analysis.words(text)) for text in of_field) for field, of_field in texts.items()}
        self.words = {word for field in TEXT_FIELDS for word in self.places[field]}
        held = [text for field in TEXT_FIELDS for text in texts[field]]
        self.compounds = {word for text in held for word in analysis.compounds(text)}

    def starts(self, row, field):
        places = [self.places[field].get(word, frozenset()) for word in row]
        return {start for start in places[0] if all(start + n in places[n] for n in range(len(row)))}

    def near(self, words, slop, field):
        """The leftmost places from which all the words are within reach."""
        span = max(slop, len(words) - 1)
        places = {word: self.places[field].get(word, frozenset()) for word in words}
        return {
            start
            for start in set().union(*places.values())
            if all(
                sum(start <= place <= start + span for place in places[word]) >= number
                for word, number in Counter(words).items()
            )
        }

    def paragraph_at(self, place):
        """The index of the paragraph in which a place of the text is."""
        return sum(begin <= place for begin in self.begins) - 1


def _places(texts):
    places = {}
    for base, text in zip(_begins(texts), texts, strict=True):
        for token in analysis.tokens(text):
            places.setdefault(token.text, set()).add(base + token.position)
    return places


def _begins(texts):
    begins, base = [], 0
    for text in texts:
        begins.append(base)
        base += max((token.position + 1 for token in analysis.tokens(text)), default=0) + analysis.PARAGRAPH_GAP
    return begins


class Oracle:
    def __init__(self, records):
        self.documents = [Held(record) for record in records]
        self.words = set().union(*(document.words for document in self.documents))
        self.compounds = set().union(*(document.compounds for document in self.documents))
        self.by_stem = cache(lambda language: stemming.WordsByStem(self.words, language))
        self.statistics = cache(self._statistics)
        self.average = cache(self._average)
        self.leaf_key = cache(self._leaf_key)

    def search(self, request):
        top = request.root.children if isinstance(request.root, And) else (request.root,)
        named = [node.value for node in top if isinstance(node, Keyword) and node.field == "language"]
        self.languages = named or sorted({document.record.language for document in self.documents})
        self.certain = request.certain
        self.without = request.without
        self.unscored = unscored_words(request.root, self.languages)
        self.leaf_key.cache_clear()  # the forms of a word depend on the languages
        scores = {}
        for document in self.documents:
            score = self.score(request.root, document, TEXT_FIELDS)
            if score is not None and self.passes(request.filters, document):
                scores[document.id] = round(score, 9)
        found = [document for document in self.documents if document.id in scores]
        found.sort(key=lambda document: self.sort_key(document, request.sort, scores))
        parts = self.parts(request.root)
        if request.sort is Sort.RELEVANCE:
            first = found[: schema.NEAR_DOCUMENTS]
            for document in first:
                scores[document.id] = round(scores[document.id] + self.nearness(document, parts), 9)
            first.sort(key=lambda document: self.sort_key(document, request.sort, scores))
            found[: len(first)] = first
        facets = {field: self.facet(field, found, request) for field in request.facets}
        held = {document.id: self.held(document, parts) for document in found}
        passages = {number: self.best(paragraphs, parts, request.passages) for number, paragraphs in held.items()}
        return Answer(
            [document.id for document in found],
            scores,
            facets,
            passages,
            [(number, paragraph) for number, paragraphs in held.items() for paragraph in paragraphs],
            [count for document in found for count in self.counts(document, parts, held[document.id])],
        )

    # --- Parts of the query at their places ---

    def parts(self, node, fields=TEXT_FIELDS):
        """By what it looks for, in the order of the query: the statistics of each leaf looked for in texts."""
        match node:
            case And(children=children) | Or(children=children) | AtLeast(children=children):
                read = self.joined(children) if isinstance(node, And) else children
                return {key: part for child in read for key, part in self.parts(child, fields).items()}
            case InField(field=field, child=child):
                return self.parts(child, (field,))
            case Variants():
                return self.parts(self.named(node, fields), fields)
            case Symbol():
                matching = sum(self.matches(node, document) for document in self.documents)
                return {node: (node, schema.rarity(len(self.documents), matching))} if "text" in fields else {}
            case Not() | MatchAll() | MatchNone() | Keyword() | DateRange():
                return {}
        if "text" not in fields or not self.is_scored(node):
            return {}
        leaf = self.leaf_key(node, fields)
        rarity = schema.rarity(len(self.documents), self.statistics(leaf, fields)[1])
        return {(leaf, fields): (leaf, rarity)}

    def is_scored(self, node):
        leaf = node.leaf if isinstance(node, OneOf) else node
        return not (isinstance(leaf, Word | Exact) and leaf.text in self.unscored)

    def _leaf_key(self, node, fields):
        if isinstance(node, Phrase) and node.slop:
            return ("near", node.words, node.slop)
        return ("rows", tuple(sorted(row for row in self.held_rows(node, fields) if " ".join(row) not in self.without)))

    def held_rows(self, node, fields):
        return {row for row in self.rows(node) if any(d.starts(row, field) for d in self.documents for field in fields)}

    def named(self, node, fields):
        """A name's words as typed or its other forms: one leaf where the words are one or have several spellings."""
        children = self.joined(node.child.children) if isinstance(node.child, And) else [node.child]
        leaf = children[0]
        is_leaf = len(children) == 1 and isinstance(leaf, Word | Exact | Compound | Prefix | Wildcard | Fuzzy | Phrase)
        if isinstance(leaf, Phrase):
            is_leaf &= not leaf.slop and self.held_rows(leaf, fields) not in (set(), {leaf.words})
            is_leaf |= not leaf.slop and " ".join(leaf.words) in self.without and bool(self.held_rows(leaf, fields))
        return OneOf(leaf, node.forms) if is_leaf else Or((node.child, OneOf(None, node.forms)))

    def text_places(self, document, leaf):
        if leaf[0] == "near":
            return document.near(leaf[1], leaf[2], "text")
        return set().union(*(document.starts(row, "text") for row in leaf[1]))

    def held(self, document, parts):
        """By paragraph that holds any part, how often it holds each."""
        counts = {}
        for key, (leaf, _) in parts.items():
            if isinstance(leaf, Symbol):
                for cited in document.record.citations:
                    if schema.is_symbol_asked(symbols.slug(leaf.symbol), cited.symbol):
                        counts.setdefault(cited.paragraph, Counter())[key] += cited.count
            else:
                for place in self.text_places(document, leaf):
                    number = document.record.paragraphs[document.paragraph_at(place)].number
                    counts.setdefault(number, Counter())[key] += 1
        return {
            paragraph.number: counts[paragraph.number]
            for paragraph in document.record.paragraphs
            if paragraph.number in counts
        }

    def best(self, held, parts, limit):
        def worth(number):
            return sum(schema.paragraph_weight(parts[key][1]) for key in held[number]), sum(held[number].values())

        shown = []
        for number in sorted(held, key=worth, reverse=True):
            is_new = set(held[number]).difference(*(held[other] for other in shown))
            if len(shown) < limit and (is_new or len(shown) < schema.PASSAGES_ALIKE):
                shown.append(number)
        return len(held), tuple(number for number in held if number in shown)

    def counts(self, document, parts, numbers):
        """Of each of the paragraphs with these numbers, how many places it holds; parts at one word share it."""
        leaves = [leaf for leaf, _ in parts.values() if not isinstance(leaf, Symbol)]
        places = set().union(*(self.text_places(document, leaf) for leaf in leaves))
        counts = Counter(document.record.paragraphs[document.paragraph_at(place)].number for place in places)
        asked = [symbols.slug(leaf.symbol) for leaf, _ in parts.values() if isinstance(leaf, Symbol)]
        for cited in document.record.citations:
            if any(schema.is_symbol_asked(slug, cited.symbol) for slug in asked):
                counts[cited.paragraph] += cited.count
        return [counts[number] for number in numbers]

    def nearness(self, document, parts):
        near = [(leaf, rarity) for leaf, rarity in parts.values() if not isinstance(leaf, Symbol)]
        near = [(leaf, rarity) for leaf, rarity in near if rarity >= schema.LEAST_NEAR_RARITY]
        places = sorted((place, n) for n, (leaf, _) in enumerate(near) for place in self.text_places(document, leaf))
        gathered = [0.0] * len(near)
        for (place, one), (next_place, other) in pairwise(places):
            if one != other:
                apart = max(next_place - place, 1)
                gathered[one] += near[other][1] / apart**2
                gathered[other] += near[one][1] / apart**2
        norm = schema.BM25_K1 * self.norm(document, "text")
        damped = [g * (schema.BM25_K1 + 1) / (g + norm) for g in gathered]
        return schema.NEARNESS * sum(d * min(1.0, rarity) for d, (_, rarity) in zip(damped, near, strict=True))

    # --- Words ---

    def with_word(self, word):
        return sum(word in document.words for document in self.documents)

    def seen(self, joined):
        return sorted(tuple(c.split("-")) for c in self.compounds if c.replace("-", "") == joined)

    def together(self, parts):
        joined = "".join(parts)
        if joined not in self.words or all(map(is_function_word, parts)):
            return False
        if min(map(len, parts)) < schema.COMPOUND_PART_LETTERS and parts not in self.seen(joined):
            return False
        return 0 < min(map(self.with_word, parts)) <= self.with_word(joined) * schema.COMPOUND_SHARE

    def parts_of(self, word):
        least = schema.COMPOUND_PART_LETTERS
        cuts = [(word[:place], word[place:]) for place in range(least, len(word) - least + 1)]
        return [parts for parts in self.seen(word) if self.together(parts)] or [
            parts for parts in cuts if set(parts) <= self.words and (word not in self.words or self.together(parts))
        ]

    def forms(self, word):
        forms = (stemming.forms(word, language, self.by_stem(language)) for language in self.languages)
        return {word}.union(*forms) & self.words

    def compound_rows(self, parts):
        joined = {(form,) for form in self.forms("".join(parts))}
        return joined | {(*parts[:-1], last) for last in {parts[-1], *self.forms(parts[-1])}}

    def rows(self, node):
        match node:
            case Word(text=text):
                return {(form,) for form in self.forms(text)}.union(*map(self.compound_rows, self.parts_of(text)))
            case Exact(text=text):
                return {(text,), *self.parts_of(text)}
            case Compound(parts=parts):
                return self.compound_rows(parts)
            case Prefix(text=text):
                return {(word,) for word in self.words if word.startswith(text)}
            case Wildcard(pattern=pattern):
                shape = re.compile(re.escape(pattern).replace(r"\?", "."))
                return {(word,) for word in self.words if shape.fullmatch(word)}
            case Fuzzy(text=text):
                return {
                    (word,) for word in self.words if word.startswith(text[:2]) and _apart(word, text) <= _limit(text)
                }
            case Phrase(words=words):
                return self.spellings(words)
            case OneOf(leaf=leaf, forms=forms):
                return (self.rows(leaf) if leaf else set()).union(*map(self.spellings, forms))
        return None

    def spellings(self, words):
        rows = set()
        for choice in product(*([(word,), *self.seen(word)] for word in words)):
            row = sum(choice, ())
            pairs = [
                place
                for place in range(len(row) - 1)
                if row[place : place + 2] in self.seen("".join(row[place : place + 2]))
            ]
            rows |= {row} | {(*row[:place], row[place] + row[place + 1], *row[place + 2 :]) for place in pairs}
        return rows

    # --- Documents ---

    def score(self, node, document, fields):
        """The document's score, None where it does not match."""
        match node:
            case MatchAll() | MatchNone() | Keyword() | Symbol() | DateRange():
                return 0.0 if self.matches(node, document) else None
            case InField(field=field, child=child):
                return self.score(child, document, (field,))
            case Not(child=child):
                return 0.0 if self.score(child, document, fields) is None else None
            case And(children=children):
                children = self.joined(children)
                return self.at_least(len(children), children, document, fields)
            case Or(children=children):
                return self.at_least(1, children, document, fields)
            case AtLeast(minimum=minimum, children=children):
                return self.at_least(minimum, children, document, fields)
            case Variants():
                return self.score(self.named(node, fields), document, fields)
        return self.leaf(node, document, fields)

    def matches(self, node, document):
        match node:
            case Keyword(field=field, value=value):
                return value in schema.keyword_values(document.record, field)
            case Symbol(symbol=symbol):
                asked = symbols.slug(symbol)
                return any(schema.is_symbol_asked(asked, held) for held in document.record.symbols)
            case DateRange(earliest=earliest, latest=latest):
                return self.dated(document, earliest, latest)
        return isinstance(node, MatchAll)

    def joined(self, children):
        read = []
        for child in children:
            pair = (read[-1], child) if read else ()
            is_typed_so = pair and all(isinstance(word, Word) for word in pair) and not child.is_apart
            if is_typed_so and self.together((pair[0].text, pair[1].text)):
                read[-1] = Compound((pair[0].text, pair[1].text))
            else:
                read.append(child)
        return read

    def at_least(self, minimum, children, document, fields):
        scores = [self.score(child, document, fields) for child in children]
        scores = [score for score in scores if score is not None]
        return sum(scores) if len(scores) >= minimum else None

    def leaf(self, node, document, fields):
        if not self.is_scored(node):
            return 0.0 if any(self.statistics(self.leaf_key(node, fields), fields)[0][document.id]) else None
        leaf = self.leaf_key(node, fields)
        counts, held = self.statistics(leaf, fields)
        if not any(counts[document.id]):
            return None
        scored = SCORED_FIELDS if fields == TEXT_FIELDS else fields
        weighed = 0.0
        for field, count in zip(scored, self.statistics(leaf, scored)[0][document.id], strict=True):
            weighed += schema.FIELD_WEIGHTS[field] * count / self.norm(document, field)
        rarity = math.log(1 + (len(self.documents) - held + 0.5) / (held + 0.5))
        return rarity * weighed * (schema.BM25_K1 + 1) / (weighed + schema.BM25_K1)

    def norm(self, document, field):
        return 1 - schema.BM25_B + schema.BM25_B * document.lengths[field] / self.average(field)

    def _average(self, field):
        lengths = [document.lengths[field] for document in self.documents if document.lengths[field]]
        return sum(lengths) / len(lengths) if lengths else 1

    def _count(self, document, rows, field):
        """Words count each for itself, "long-term" is "long" and "longterm"; rows where none of the words stands."""
        words = [document.starts(row, field) for row in rows if len(row) == 1]
        in_rows = set().union(*(document.starts(row, field) for row in rows if len(row) > 1))
        return sum(map(len, words)) + len(in_rows.difference(*words))

    def _statistics(self, leaf, fields):
        """By document its number of occurrences in each field, and how many documents have any."""
        counts = {}
        for document in self.documents:
            if leaf[0] == "near":
                counts[document.id] = [len(document.near(leaf[1], leaf[2], field)) for field in fields]
            else:
                counts[document.id] = [self._count(document, leaf[1], field) for field in fields]
        return counts, sum(any(count) for count in counts.values())

    # --- Dates, filters, order, facets ---

    def dated(self, document, earliest, latest):
        days = schema.interval(document.record)
        if days is None:
            return False
        first = earliest.toordinal() if earliest else 0
        last = latest.toordinal() if latest else date.max.toordinal()
        if self.certain:
            return first <= days.first and days.last <= last
        return days.first <= last and first <= days.last

    def passes(self, filters, document):
        if (filters.date_from or filters.date_to) and not self.dated(document, filters.date_from, filters.date_to):
            return False
        return all(
            keyword.value in schema.keyword_values(document.record, keyword.field) for keyword in filters.keywords
        )

    def sort_key(self, document, sort, scores):
        days = schema.interval(document.record)
        slug = document.record.slug
        by_date = (days is None, days.first if days else 0, days.last if days else 0, slug)
        if sort is Sort.NEWEST:
            return (days is None, -days.first if days else 0, -days.last if days else 0, slug)
        if sort is Sort.TITLE:
            return (" ".join(analysis.words(document.record.title)), by_date)
        return by_date if sort is Sort.OLDEST else (-scores[document.id], by_date)

    def facet(self, field, found, request):
        """A value's count is the total of the search narrowed to that value."""
        if field == schema.SPAN:
            counts = Counter(_span(schema.interval(d.record)) for d in found if schema.interval(d.record))
        elif field in schema.PERIOD_YEARS:
            years = schema.PERIOD_YEARS[field]
            counts = {
                str(first): self._in_period(first, years, found, request.filters) for first in self._periods(years)
            }
        else:
            counts = Counter(
                value for document in found for value in set(schema.keyword_values(document.record, field))
            )
        return {value: count for value, count in counts.items() if count}

    def _periods(self, years):
        days = [schema.interval(document.record) for document in self.documents]
        starts = [interval.first for interval in days if interval and interval.first != schema.OPEN_START]
        ends = [interval.last for interval in days if interval]
        if not ends:
            return []
        first = date.fromordinal(min(starts + ends)).year // years
        return [period * years for period in range(first, date.fromordinal(max(ends)).year // years + 1)]

    def _in_period(self, year, years, found, filters):
        first, last = date(year, 1, 1), date(year + years - 1, 12, 31)
        first = max(first, filters.date_from or first)
        last = min(last, filters.date_to or last)
        return first <= last and sum(self.dated(document, first, last) for document in found)


def _span(days):
    first = str(date.fromordinal(days.first).year) if days.first != schema.OPEN_START else ""
    return f"{first}/{date.fromordinal(days.last).year}"


def _limit(word):
    return schema.fuzzy_distance(word)


@cache
def _apart(one, other):
    """The edit distance by its definition."""
    if not one or not other:
        return len(one) + len(other)
    if one[0] == other[0]:
        return _apart(one[1:], other[1:])
    return 1 + min(_apart(one[1:], other), _apart(one, other[1:]), _apart(one[1:], other[1:]))
