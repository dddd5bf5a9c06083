"""Links around what rendered HTML names: never inside a link, never across markup, and no word is changed."""

import re
from html import unescape

from hypothesis import given
from hypothesis import strategies as st

from documents.linking import link_mentions
from documents.mentions import Mention, MentionFinder, MentionKind, NameFinder, NameForm
from documents.rendering import parse_text

NAMES = NameFinder([NameForm("UNCCT", "uncct"), NameForm("Security & Law", "law"), NameForm("Border Watch", "watch")])


def linked(html):
    return link_mentions(html, MentionFinder(NAMES).find, lambda mention: f"/{mention.target}/")


def test_each_mention_is_a_link():
    html = "<p>UNCCT and <em>Security &amp; Law</em> met UNCCT’s board.</p>"
    assert linked(html) == (
        '<p><a class="name" href="/uncct/">UNCCT</a> and <em><a class="name" href="/law/">Security &amp; Law</a></em> '
        'met <a class="name" href="/uncct/">UNCCT</a>’s board.</p>'
    )


def test_words_in_a_link_and_across_markup_are_left():
    html = (
        '<p><a href="https://example.org/UNCCT" title="UNCCT &gt; all">UNCCT <b>UNCCT</b></a> <em>Border</em> Watch</p>'
    )
    assert linked(html) == html


def test_an_inferred_mention_says_so():
    mention = Mention(0, 4, MentionKind.SYMBOL, "S/RES/1373(2001)", is_inferred=True)
    html = link_mentions("1373", lambda text: [mention], lambda found: "/symbols/s-res-1373-2001/")
    assert 'class="symbol inferred"' in html and "Inferred" in html and ">1373</a>" in html


def words(html):
    return unescape(re.sub(r"<[^>]*>", "", html)).replace("\xa0", " ")


@given(st.text(alphabet=st.sampled_from("UNCT <>&;\"'*_`[]()#-\n x\xa0é"), max_size=60))
def test_no_word_is_changed(text):
    parsed = parse_text(text + " UNCCT")
    html = parsed.to_html(range(1, len(parsed.blocks) + 1))
    assert words(linked(html)) == words(html)
