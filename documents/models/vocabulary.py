"""The closed lists of words that records choose from."""

from django.db.models import TextChoices


class State(TextChoices):
    """What was once published can be withdrawn, and published again, but never be a draft again."""

    DRAFT = "draft", "Draft"
    PUBLISHED = "published", "Published"
    WITHDRAWN = "withdrawn", "Withdrawn"


class TitleBasis(TextChoices):
    PRINTED = "printed", "Printed in the text"
    SUPPLIED = "supplied", "Supplied by the archive"


class DateKind(TextChoices):
    ISSUED = "issued", "Issued"
    UPDATED = "updated", "Last updated"
    DELIVERED = "delivered", "Delivered"
    WRITTEN = "written", "Written"


class DateBasis(TextChoices):
    PRINTED = "printed", "Printed in the text"
    INFERRED = "inferred", "Inferred from the text"
    SUPPLIED = "supplied", "Supplied by the cataloguer"


class NameKind(TextChoices):
    BODY = "body", "Body"
    PERSON = "person", "Person"
    PLACE = "place", "Place"
    INSTRUMENT = "instrument", "Instrument"
    CONCEPT = "concept", "Concept"


class RelationTerm(TextChoices):
    """Relations between documents, named by Dublin Core terms (https://www.dublincore.org/specifications/dublin-core/dcmi-terms/)."""

    RELATION = "relation", "Related to"
    IS_PART_OF = "isPartOf", "Part of"
    HAS_PART = "hasPart", "Has part"
    REFERENCES = "references", "Refers to"
    IS_REFERENCED_BY = "isReferencedBy", "Referred to by"
    IS_VERSION_OF = "isVersionOf", "Version of"
    HAS_VERSION = "hasVersion", "Has version"
    IS_TRANSLATION_OF = "isTranslationOf", "Translation of"
    HAS_TRANSLATION = "hasTranslation", "Has translation"
    REPLACES = "replaces", "Replaces"
    IS_REPLACED_BY = "isReplacedBy", "Replaced by"

    @property
    def inverse(self) -> "RelationTerm":
        """The same relation as the other document sees it."""
        return _INVERSES[self]


_PAIRS = (
    (RelationTerm.RELATION, RelationTerm.RELATION),
    (RelationTerm.IS_PART_OF, RelationTerm.HAS_PART),
    (RelationTerm.REFERENCES, RelationTerm.IS_REFERENCED_BY),
    (RelationTerm.IS_VERSION_OF, RelationTerm.HAS_VERSION),
    (RelationTerm.IS_TRANSLATION_OF, RelationTerm.HAS_TRANSLATION),
    (RelationTerm.REPLACES, RelationTerm.IS_REPLACED_BY),
)
_INVERSES = {term: other for pair in _PAIRS for term, other in (pair, pair[::-1])}
