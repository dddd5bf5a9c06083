"""The query language for readers. Every example is a link, and tests see that each finds what it says."""

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
        "Each word stands for all its forms, in every language held. Case and accents do not matter, nor whether a "
        "word is spelt the British or the American way, with a hyphen, as one word or as two.",
        (
            Example("border security", "Both words, in any form: borders too."),
            Example("terrorist", "Finds terrorists and terrorism too."),
            Example("=terrorism", "Exactly this form, not terrorist or terrorists."),
            Example("counterterrorism", "The same as counter-terrorism and counter terrorism."),
            Example("counter AND terrorism", "The two words, wherever each stands: AND keeps them apart."),
            Example("organisation", "The same as organization."),
            Example("6th", "Numbers and letters as they are written."),
        ),
    ),
    Chapter(
        "Names",
        "Words that spell a name find its other names too, as the list of names has them: a short one, a spelt-out "
        "one, another spelling (Al-Qaeda is Al-Qaida). Within quotation marks, and after =, they stay as they are.",
        (
            Example("UNCCT", "Finds “United Nations Counter-Terrorism Centre” as well."),
            Example("United Nations Counter-Terrorism Centre", "Finds UNCCT as well."),
            Example("Organization for Security and Co-operation in Europe", "The same as OSCE."),
            Example("=UNCCT", "The short name alone."),
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
        "All words are wanted unless you say otherwise. The operators are written in capitals. Where no document holds "
        "all the words, those with most of them are shown, and the page says so.",
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
        "At least three letters come first. A beginning may stand for 512 words, the most frequent; where there were "
        "more, the page says so.",
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
            Example("name:UNCCT", "Where the text names it, by any of its names."),
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
        "Symbols of the United Nations are read in their usual spellings, each as a whole: S/RES/1373 never finds "
        "A/RES/1373. A resolution without a body is the Security Council’s; its words can be looked for instead.",
        (
            Example("S/RES/1373", "Texts that cite the resolution, however they write it."),
            Example("s/res/1373 (2001)", "The same."),
            Example("resolution 1373 (2001)", "The same in words."),
            Example("resolution 1373", "The same without its year."),
            Example("resolution 2178 (2014)", "Another resolution."),
        ),
    ),
    Chapter("Everything", "", (Example("*", "Every document."),)),
)
