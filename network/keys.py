"""Keys of rows as addresses and forms write them."""

# No row of ours has a longer one, and every database can be asked for it.
LONGEST = 17


def key_in(text):
    """The key that this text stands for, or None: foreign digits, signs and very long numbers are none."""
    text = str(text)
    return int(text) if text.isascii() and text.isdigit() and len(text) <= LONGEST else None
