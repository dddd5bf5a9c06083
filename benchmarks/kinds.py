"""Searches by kind, alike in how much is found: each is asked of a server that has not been asked it before."""

from __future__ import annotations

KINDS = {
    "a word": (
        *("terrorism", "decolonization", "disarmament", "sovereignty", "apartheid", "refugees", "narcotics"),
        *("piracy", "genocide"),
    ),
    "a compound and a word": (
        *("counter-terrorism committee", "peace-keeping operations", "non-proliferation treaty"),
        *("self-determination peoples", "socio-economic progress", "cease-fire agreement", "non-aligned movement"),
        *("decision-making process", "post-conflict reconstruction"),
    ),
    "a phrase": (
        *('"border security"', '"climate change"', '"nuclear weapons"', '"human rights"', '"economic order"'),
        *('"middle east"', '"arms race"', '"foreign debt"', '"small states"'),
    ),
    "two common words": (
        *("united nations", "general assembly", "international community", "security council", "world peace"),
        *("member states", "economic development", "all countries", "new government"),
    ),
    "four words": (
        *("peace and security council reform", "climate change small island", "human rights and democracy"),
        *("debt of developing countries", "women children armed conflict", "law of the sea"),
        *("trade and development aid", "racial discrimination southern africa", "poverty hunger and disease"),
    ),
    "a word without another": (
        *("nuclear NOT weapons", "peace NOT war", "africa NOT apartheid", "trade NOT aid", "water NOT sea"),
        *("health NOT education", "europe NOT union", "arms NOT control", "law NOT order"),
    ),
    "a beginning and a word": (
        *("terror* AND financing", "democra* AND elections", "coloni* AND peoples", "environment* AND forests"),
        *("disarm* AND verification", "sanction* AND oil", "migra* AND workers", "refug* AND camps"),
        *("narco* AND police",),
    ),
    "dates and a word": (
        *("date:2001..2005 terrorism", "date:1960..1965 independence", "date:1970..1979 oil", "date:1990..1994 iraq"),
        *("date:1985..1989 debt", "date:2015..2020 climate", "date:1950..1959 korea", "date:2006..2012 food"),
        *("date:1980..1984 afghanistan",),
    ),
}
