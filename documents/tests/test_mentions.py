"""Names are found by whole words, the longest form first, in any case; acronyms in capitals alone."""

import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents.mentions import Mention, MentionFinder, MentionKind, NameFinder, NameForm

FORMS = [
    NameForm("Counter-Terrorism Committee", "ctc"),
    NameForm("CTC", "ctc"),
    NameForm("Counter-Terrorism Committee Executive Directorate", "cted"),
    NameForm("United Nations", "un"),
    NameForm("Al-Qaida", "al-qaida"),
    NameForm("WHO", "who"),
    NameForm("Côte d’Ivoire", "ivory-coast"),
    NameForm("Washington, D.C.", "washington"),
]


def found(text, forms=FORMS):
    return [(text[mention.start : mention.end], mention.target) for mention in NameFinder(forms).find(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The CTC met.", [("CTC", "ctc")]),
        ("the CTC's work, and “CTC”", [("CTC", "ctc"), ("CTC", "ctc")]),
        ("THE COUNTER-TERRORISM COMMITTEE", [("COUNTER-TERRORISM COMMITTEE", "ctc")]),
        ("the counter‑terrorism committee", [("counter‑terrorism committee", "ctc")]),
        (
            "The Counter-Terrorism Committee Executive Directorate",
            [("Counter-Terrorism Committee Executive Directorate", "cted")],
        ),
        ("United\n Nations", [("United\n Nations", "un")]),
        ("Al-Qaida-related, and non-Al-Qaida", [("Al-Qaida", "al-qaida")]),
        ("Who is who? The WHO.", [("WHO", "who")]),
        ("CÔTE D'IVOIRE", [("CÔTE D'IVOIRE", "ivory-coast")]),
        ("in Washington, D.C., and", [("Washington, D.C.", "washington")]),
        ("OAS/CTC, CTCs, SCTC, ctc", [("CTC", "ctc")]),
        ("İstanbul and the CTC", [("CTC", "ctc")]),
        ("", []),
    ],
)
def test_forms_are_found_by_whole_words(text, expected):
    assert found(text) == expected


def test_a_symbol_is_meant_where_a_name_overlaps_it():
    finder = MentionFinder(NameFinder([NameForm("Security Council", "security-council")]))
    mentions = finder.find("Security Council resolution 1373 (2001) binds; the Security Council said so.")
    assert [(mention.kind, mention.target) for mention in mentions] == [
        (MentionKind.SYMBOL, "S/RES/1373(2001)"),
        (MentionKind.NAME, "security-council"),
    ]


WORDS = st.sampled_from(["Border", "border", "BORDER", "watch", "Watch", "BW", "bw", "Al-Amn", "d’Or", "é", "İ", "ß"])
PHRASES = st.lists(WORDS, min_size=1, max_size=3).map(" ".join)
GLUE = st.sampled_from([" ", "  ", ", ", "-", "’", "/", ". ", "\n"])
TEXTS = st.lists(st.tuples(WORDS, GLUE), max_size=12).map(
    lambda pairs: "".join(part for pair in pairs for part in pair)
)


def matches_at(form, text, start):
    """How far the form reaches from here, plainly: its words, white space between, no word character around."""
    pattern = re.compile(r"\s+".join(map(re.escape, form.split())) + r"(?!\w)", 0 if form.isupper() else re.IGNORECASE)
    is_inside = start and (
        text[start - 1].isalnum() or (text[start - 1] in "-’" and start > 1 and text[start - 2].isalnum())
    )
    match = None if is_inside else pattern.match(text, start)
    return match.end() if match else 0


@given(st.lists(PHRASES, min_size=1, max_size=5, unique_by=str.casefold), TEXTS)
def test_finding_equals_trying_every_form_at_every_place(forms, text):
    expected, start = [], 0
    while start < len(text):
        reached = [(len(form), matches_at(form, text, start), form) for form in forms]
        best = max((one for one in reached if one[1]), default=None)
        if best:
            expected.append((start, best[1]))
        start = best[1] if best else start + 1
    mentions = NameFinder([NameForm(form, form) for form in forms]).find(text)
    assert [(mention.start, mention.end) for mention in mentions] == expected
    assert all(isinstance(mention, Mention) for mention in mentions)


@given(st.text(), st.lists(st.text(min_size=1, max_size=20), max_size=5))
def test_any_text_and_any_forms_give_mentions_in_order(text, forms):
    mentions = NameFinder([NameForm(form, "x") for form in forms]).find(text)
    ends = [(mention.start, mention.end) for mention in mentions]
    assert all(start < end <= len(text) for start, end in ends)
    assert all(before[1] <= after[0] for before, after in pairwise(ends))
