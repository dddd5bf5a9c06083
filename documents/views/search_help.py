"""The query language for readers. Every example is a link, and a test sees that each finds something."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Example:
    typed: str
    meaning: str


@dataclass(frozen=True, slots=True)
class Chapter:
    title: str
    introduction: str
    examples: tuple[Example, ...]


CHAPTERS = (
    Chapter(
        "Words",
        "Case and accents do not matter.",
        (
            Example("border security", "Both words, in any form: borders too."),
            Example("counterterrorism", "The same as counter-terrorism and counter terrorism."),
            Example("counter AND terrorism", "The two words, wherever each stands: AND keeps them apart."),
            Example("organization", "Finds organisation as well."),
            Example("=terrorism", "Exactly this form, not terrorist or terrorists."),
        ),
    ),
    Chapter(
        "Phrases",
        "",
        (
            Example('"border security"', "Exactly these words in this order."),
            Example('"exchange of information"', "Small words count within quotation marks."),
            Example('"international cooperation"~5', "The words within five words of one another, in any order."),
        ),
    ),
    Chapter(
        "Both, either, neither",
        "All words are wanted unless you say otherwise. The operators are written in capitals.",
        (
            Example("Nairobi OR Vienna", "Either word, or both."),
            Example(
                "committee NOT compact", "The first without the second. A minus says the same: committee -compact."
            ),
            Example("(Nairobi OR Vienna) meeting", "Parentheses keep together what belongs together."),
        ),
    ),
    Chapter(
        "Parts of words",
        "",
        (
            Example("terror*", "Words that begin so."),
            Example("organi?ation", "A question mark stands for one letter."),
            Example("Voronkof~", "Words spelt nearly so."),
        ),
    ),
    Chapter(
        "Fields",
        "A field and a colon say where to look. The fields are title, text, body (who issued it), name, tag, type, "
        "collection, lang, place, date and symbol.",
        (
            Example("title:partnership", "In the title."),
            Example("text:Afghanistan", "In the text, not in the title."),
            Example('text:"best practice"', "A phrase in a field."),
            Example('tag:"border security"', "With this tag. Names of several words stand in quotation marks."),
            Example('body:"United Nations"', "Issued by this body."),
            Example('type:"press release"', "Of this type."),
            Example('collection:"United Nations counter-terrorism pages and press releases"', "In this collection."),
            Example("lang:en", "In this language, by its tag."),
        ),
    ),
    Chapter(
        "Dates",
        "A date in doubt is found wherever it may belong. Under the search box you can ask for certain ones only.",
        (
            Example("date:2018", "Possibly of this year."),
            Example("date:2001-09..2003", "Possibly between September 2001 and the end of 2003."),
            Example("date:2018..", "From 2018 on; date:..2003 says until 2003."),
        ),
    ),
    Chapter(
        "Symbols",
        "Symbols of the United Nations are read in their usual spellings.",
        (
            Example("S/RES/1373", "Texts that cite the resolution, however they write it."),
            Example("resolution 2178 (2014)", "The same in words."),
        ),
    ),
    Chapter("Everything", "", (Example("*", "Every document."),)),
)
