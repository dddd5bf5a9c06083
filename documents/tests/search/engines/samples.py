"""Records of real texts in six languages, and random searches over them."""

from datetime import date
from functools import cache
from pathlib import Path

from documents.search import analysis
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
    Not,
    Or,
    Phrase,
    Prefix,
    Symbol,
    Variants,
    Wildcard,
    Word,
    walk,
)
from documents.search.types import (
    KEYWORD_FIELDS,
    TEXT_FIELDS,
    Citation,
    Filters,
    IndexRecord,
    ParagraphText,
    SearchRequest,
    Sort,
)

CORPORA = Path(__file__).parents[2] / "corpora"
PARAGRAPHS = 9  # a record; short ones make many
SPELLINGS = (
    "Counter-terrorism in cyberspace.",
    "To counter terrorism, counterterrorism.",
    "Cyber space; co-operation.",
)
DATES = [
    None,
    (date(1946, 3, 1), date(1946, 3, 1)),
    (date(1999, 1, 1), date(2001, 12, 31)),
    (date(2001, 9, 1), date(2001, 9, 30)),
    (None, date(1960, 12, 31)),
    (date(2015, 1, 1), None),
    (date(1970, 1, 1), date(1979, 12, 31)),
]


@cache
def sample_records():
    """Some 70 records, each a few paragraphs of a text, with dates and keywords of every kind."""
    files = sorted((*CORPORA.glob("ungdc/*/*.txt"), *CORPORA.glob("udhr/*.md")))
    chunks = [(file, chunk) for file in files for chunk in _chunks(file)]
    return tuple(_record(number, file, chunk) for number, (file, chunk) in enumerate(chunks, 1))


def _chunks(file):
    lines = [line for line in file.read_text(encoding="utf-8").splitlines() if line.strip()]
    return [lines[start : start + PARAGRAPHS] for start in range(0, min(len(lines), 8 * PARAGRAPHS), PARAGRAPHS)]


def _record(number, file, lines):
    days = DATES[number % len(DATES)]
    earliest, latest = days or (None, None)
    texts = [*lines, SPELLINGS[number % 5]] if number % 5 < len(SPELLINGS) else lines
    return IndexRecord(
        document_id=number,
        stamp=f"stamp {number}",
        slug=f"{file.stem.lower()}-{number % 7}-{number}",
        title=" ".join(lines[0].split()[:6]),
        paragraphs=tuple(ParagraphText(2 * n, text, n % 5 == 1) for n, text in enumerate(texts, 1)),
        language=file.stem.removeprefix("udhr-").lower() if file.suffix == ".md" else "en",
        added=date(2026, 1, number % 28 + 1),
        earliest=earliest,
        latest=latest,
        is_dated=days is not None,
        collection=file.parent.name,
        body=("", "assembly", "council")[number % 3],
        type="statement",
        place=("paris", "new-york")[number % 2],
        tags=tuple(f"tag-{tag}" for tag in range(4) if number % (tag + 2) == 0),
        names=("unoct",) if number % 6 == 0 else (),
        name_labels=("Office of Counter-Terrorism",) if number % 6 == 0 else (),
        symbols=(f"s-res-{number % 4}-2001", "a-res-1") if number % 3 == 0 else (),
        citations=_citations(number) if number % 3 == 0 else (),
    )


def _citations(number):
    symbol = f"s-res-{number % 4}-2001"
    return Citation(symbol, 2, 3), Citation(symbol, 6, 1), Citation("a-res-1", 6, 2)


def random_request(chance, records):
    """A search drawn from the records' own words, so that most find something."""
    root = _tree(chance, records, depth=chance.choice((0, 0, 1, 1, 2)))
    certain = chance.random() < 0.3
    offset, limit = chance.choice(((0, 20), (0, 5), (3, 10), (10, 100)))
    facets = ("decade", "year", "span", *chance.sample(KEYWORD_FIELDS, 3))
    sort = chance.choice((Sort.RELEVANCE, Sort.RELEVANCE, *Sort))
    filters = _filters(chance, records)
    without = _without(chance, root)
    return SearchRequest(root, filters, certain, sort, offset, limit, facets, passages=3, without=without)


def _without(chance, root):
    """Forms that may stand for something of the query."""
    if chance.random() < 0.6:
        return ()
    typed = [node.text for node in walk(root) if isinstance(node, Word | Exact)]
    typed += [" ".join(node.words) for node in walk(root) if isinstance(node, Phrase)]
    typed += ["counter terrorism", "counterterrorism", "cyber space", "cooperation"]
    return tuple(chance.sample(typed, 2))


def _tree(chance, records, depth):
    if not depth:
        return _leaf(chance, records)
    children = tuple(_tree(chance, records, depth - 1) for _ in range(chance.randint(2, 3)))
    kind = chance.choice(("and", "and", "or", "or", "not", "most", "field"))
    match kind:
        case "not":
            return And((children[0], Not(children[1])))
        case "most":
            return AtLeast(2, children)
        case "field":
            return InField(chance.choice(TEXT_FIELDS), Or(children))
    return And(children) if kind == "and" else Or(children)


def _leaf(chance, records):
    record = chance.choice(records)
    words = analysis.words(chance.choice(record.paragraphs).text) or ["the"]
    start = chance.randrange(len(words))
    word = words[start]
    row = tuple(words[start : start + chance.randint(2, 3)])
    cut = chance.randrange(len(word))
    leaves = (
        Word(word),
        Word(word),
        Word(chance.choice(("counterterrorism", "cyberspace", "cooperation"))),
        And(tuple(map(Word, row))),
        And((Word(word), Word("counter"), Word("terrorism"))),
        Exact(word),
        Phrase(row),
        Phrase(row, slop=0),
        Phrase(tuple(chance.sample(words, min(2, len(words)))), slop=chance.randint(1, 9)),
        Prefix(word[: max(2, len(word) - 2)]),
        Wildcard(word[:cut] + "?" + word[cut + 1 :]),
        Fuzzy(word),
        Compound(chance.choice((("counter", "terrorism"), ("co", "operation"), ("cyber", "space")))),
        Symbol(chance.choice(("S/RES/1", "S/RES/2(2001)", "A/RES/1"))),
        _keyword(chance, record),
        DateRange(*_days(chance)),
        MatchAll(),
        _name(chance, words, row),
    )
    return chance.choice(leaves)


def _name(chance, words, row):
    child = chance.choice((Word(row[0]), Exact(row[0]), And(tuple(map(Word, row))), Phrase(row)))
    other = chance.randrange(len(words))
    forms = (tuple(words[other : other + chance.randint(1, 3)]), ("counter", "terrorism"), row)
    return Variants(child, tuple(chance.sample(forms, chance.randint(1, 3))))


def _filters(chance, records):
    if chance.random() < 0.5:
        return Filters()
    keywords = (_keyword(chance, chance.choice(records)),) if chance.random() < 0.6 else ()
    date_from, date_to = _days(chance) if chance.random() < 0.5 else (None, None)
    return Filters(keywords, date_from, date_to)


def _keyword(chance, record):
    values = {
        "collection": record.collection,
        "language": record.language,
        "place": record.place,
        "tag": f"tag-{chance.randrange(5)}",
        "body": "council",
    }
    field = chance.choice(tuple(values))
    return Keyword(field, values[field])


def _days(chance):
    first = date(chance.randrange(1940, 2020), 1, 1)
    last = first.replace(year=first.year + chance.choice((0, 3, 15, 40)), month=12, day=31)
    return chance.choice(((first, last), (first, last), (None, last), (first, None)))
