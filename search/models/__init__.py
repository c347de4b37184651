from search.models.document import SearchDocument
from search.models.synonyms import ShippedSynonyms, SynonymSet, SynonymTerm

__all__ = ["SearchDocument", "ShippedSynonyms", "SynonymSet", "SynonymTerm"]
