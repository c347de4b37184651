"""What the embedded index holds of an item: its fields, and the document made of a row of the projection."""

import json
from functools import cache

import tantivy

from search.engines.fields import (
    DAY_FIELD,
    NUMBER_FIELDS,
    VALUE_FIELDS,
    numbers_of,
    text_fields,
    texts_of,
    values_of,
    words_of,
)
from search.languages import OTHER, fold_letters


def schema():
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("key", stored=True, tokenizer_name="raw", index_option="basic")
    # Kept to be shown. A text field would have every text whole among the words of the index.
    builder.add_bytes_field("texts", stored=True)
    builder.add_unsigned_field("version", fast=True)
    builder.add_text_field("prefixes", tokenizer_name="raw", index_option="basic")
    for name in VALUE_FIELDS:
        builder.add_text_field(name, fast=True, tokenizer_name="raw", index_option="basic")
    for name in (DAY_FIELD, *NUMBER_FIELDS.values()):
        builder.add_integer_field(name, indexed=True, fast=True)
    builder.add_text_field("words", tokenizer_name=OTHER, index_option="basic")
    for name, language, _ in text_fields():
        builder.add_text_field(name, tokenizer_name=language)
    return builder.build()


FIELDS = schema()


def what_is_compared(row):
    """What an index holds of a row: nothing once it is deleted."""
    return [] if row.deleted else [[row.version, stored_texts(row)]]


def stored_texts(row):
    return json.dumps(row.texts, ensure_ascii=False)


def engine_document(row):
    # Every text goes into two fields.
    folded = cache(fold_letters)
    document = tantivy.Document()
    document.add_text("key", row.key)
    document.add_unsigned("version", row.version)
    document.add_bytes("texts", stored_texts(row).encode())
    for name, text in texts_of(row):
        document.add_text(name, folded(text))
    for text in words_of(row):
        document.add_text("words", folded(text))
    for name, value in values_of(row):
        document.add_text(name, value)
    for name, number in numbers_of(row):
        document.add_integer(name, number)
    return document
