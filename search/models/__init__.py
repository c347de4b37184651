from search.models.counts import SearchCount
from search.models.document import SearchDocument
from search.models.lexicon import LexiconVersion
from search.models.saved import Digest, SavedSearch
from search.models.synonyms import ShippedSynonyms, SynonymSet, SynonymTerm

__all__ = [
    "Digest",
    "LexiconVersion",
    "SavedSearch",
    "SearchCount",
    "SearchDocument",
    "ShippedSynonyms",
    "SynonymSet",
    "SynonymTerm",
]
