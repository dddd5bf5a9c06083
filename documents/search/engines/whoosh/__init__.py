"""Search without a server: our own evaluation over an index that Whoosh keeps on disk."""

from documents.search.engines.whoosh.engine import WhooshEngine

__all__ = ["WhooshEngine"]
