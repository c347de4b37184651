from search.models.document import SearchDocument
from search.models.lexicon import LexiconVersion
from search.models.synonyms import ShippedSynonyms, SynonymSet, SynonymTerm

__all__ = ["LexiconVersion", "SearchDocument", "ShippedSynonyms", "SynonymSet", "SynonymTerm"]
