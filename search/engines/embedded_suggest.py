"""What the embedded index has whose title begins as somebody types."""

from tantivy import Occur, Order
from tantivy import Query as Ask

from search.engines.embedded_index import FIELDS, current_searcher, noticing_damage


@noticing_damage()
def begun(beginnings, kinds, limit):
    """The keys of the newest items that have words with all of these beginnings."""
    searcher = current_searcher()
    terms = [Ask.term_query(FIELDS, "prefixes", beginning, "basic") for beginning in beginnings]
    kind = Ask.term_set_query(FIELDS, "kind", list(kinds))
    asked = Ask.boolean_query([(Occur.Must, Ask.const_score_query(one, 0.0)) for one in (*terms, kind)])
    found = searcher.search(asked, limit=limit, count=False, order_by_field="by_newest", order=Order.Desc)
    return [searcher.doc(address)["key"][0] for _, address in found.hits]
