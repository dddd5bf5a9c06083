"""How documents are cited."""

import pytest

from documents.models import TitleBasis
from documents.tests.factories import make_document
from documents.views.citing import cite, display_title

pytestmark = pytest.mark.django_db


def test_a_supplied_title_stands_in_one_pair_of_brackets():
    for title in ("Contacts", "[Contacts]"):
        assert display_title(make_document(title=title, title_basis=TitleBasis.SUPPLIED)) == "[Contacts]"
    assert display_title(make_document(title="Contacts")) == "Contacts"


def test_a_citation_names_who_what_when_and_which_state():
    document = make_document(issuing_body="Security Council", type="Statement", place="New York", date="2001-09-28")
    citation = cite(document, "https://example.org/x/", document.revisions.get(), paragraph=3)
    assert citation.author == "Security Council"
    assert citation.details == "Statement, New York, 28 September 2001, paragraph 3"
    assert citation.revision == 1
    assert citation.address == "https://example.org/x/"


def test_who_spoke_comes_before_who_issued():
    document = make_document(issuing_body="General Assembly", creator="Mr. Arce")
    assert cite(document, "", None).author == "Mr. Arce"
