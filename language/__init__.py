"""Words and signs as such: no table, no page. Every room may ask here."""
