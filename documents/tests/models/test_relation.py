"""Relations and their terms."""

import pytest
from django.core.exceptions import ValidationError

from documents.models import Relation, RelationTerm
from documents.tests.factories import make_document


@pytest.mark.parametrize("term", RelationTerm)
def test_every_term_has_an_inverse_that_leads_back(term):
    assert term.inverse.inverse is term


def test_a_document_is_not_related_to_itself(db):
    document = make_document()
    with pytest.raises(ValidationError, match="not related to itself"):
        Relation(document=document, target=document).full_clean()
