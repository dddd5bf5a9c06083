"""A small archive that has one of everything, indexed."""

import pytest

from documents import originals
from documents.models import State, TitleBasis
from documents.search import sync
from documents.tests.factories import make_document

ARABIC = "يولد جميع الناس أحرارًا متساوين في الكرامة والحقوق."


@pytest.fixture
def archive(db):
    """The documents by short names: borders, contacts, charter, arabic; a draft and a withdrawn one beside them."""
    with sync.held_back():
        held = {
            "borders": make_document(
                title="Meeting on border security",
                text="# Meeting on border security\n\nOfficers met in Nairobi.\n\n## Outcome\n\nBorders are watched.\n",
                date="2007-10-29",
                date_basis="printed",
                date_note="The text says “29 October 2007”.",
                issuing_body="Counter-Terrorism Committee",
                type="Press release",
                place="Nairobi",
                tags=["border security", "Police"],
                rights="No statement of rights in the text.",
            ),
            "contacts": make_document(
                title="[Contacts with organisations]",
                title_basis=TitleBasis.SUPPLIED,
                text="Back to the meeting\n{: .furniture }\n\nThe Committee has recommended that:\n{: .lacuna }\n",
                lacunae="After “recommended that:” nothing is named.",
                date="[2001-01-01..2003-03-06]",
                date_basis="inferred",
                type="Web page",
                tags=["border security"],
                collection="Web pages",
            ),
            "charter": make_document(
                title="Charter", text="We the peoples.\n\nBorders shall be inviolable.", date="1945"
            ),
            "arabic": make_document(title="الإعلان العالمي", text=ARABIC, language="ar", date="1948-12-10"),
            "draft": make_document(title="Unfinished", state=State.DRAFT, tags=["secret"], collection="Cellar"),
            "withdrawn": make_document(title="Regretted", text="This was an error about borders."),
        }
        gone = held["withdrawn"]
        gone.state, gone.withdrawal_reason = State.WITHDRAWN, "It named a person by mistake."
        gone.save()
        borders = held["borders"]
        original = b"Meeting on border security\n\nOfficers met in Nairobi."
        originals.describe(borders, "000_borders.txt", original)
        originals.keep(original)
        borders.save()
    sync.flush()
    return held
