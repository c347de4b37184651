"""What a reader sees of a page, as finished values: templates only print them.

Reads pages through their relations and imports no model of this room, so that page models may ask it.
"""
