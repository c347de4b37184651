"""What an embedded index is made of, and what tantivy would do with it.

Every change adds a segment. As soon as eight are about equally large, tantivy makes them one, and it takes
all of up to ten thousand documents for equally large. From Python this cannot be changed, only foreseen.
"""

import json
import math

MERGED_AT_ONCE = 8
SMALLEST_LAYER, LAYER_HEIGHT = 10_000, 0.75


def sizes(folder):
    """How many documents that are not deleted each segment holds."""
    return [held - deleted for held, deleted in counted(folder)]


def deleted(folder):
    """How many deleted documents the index carries along."""
    return sum(deleted for _, deleted in counted(folder))


def counted(folder):
    segments = json.loads((folder / "meta.json").read_text())["segments"]
    return [(one["max_doc"], (one["deletes"] or {}).get("num_deleted_docs", 0)) for one in segments]


def layers(sizes):
    """The sizes in groups, the largest first, as tantivy takes them for equal."""
    found, top = [], math.inf
    for size in sorted(sizes, reverse=True):
        height = math.log2(max(size, SMALLEST_LAYER))
        if height < top - LAYER_HEIGHT:
            found.append([])
            top = height
        found[-1].append(size)
    return found


def smallest_layer(sizes):
    """The segments with which that of the next change is merged."""
    return layers([*sizes, 0])[-1][:-1]


def merged_by_changes(sizes, changes):
    """How many documents the next so many changes have merged, at most by one of them."""
    sizes, most = list(sizes), 0
    for _ in range(changes):
        sizes, merged = [*sizes, 1], 0
        while full := next((layer for layer in layers(sizes) if len(layer) >= MERGED_AT_ONCE), None):
            for size in full:
                sizes.remove(size)
            sizes.append(sum(full))
            merged += sum(full)
        most = max(most, merged)
    return most
