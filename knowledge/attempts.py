"""How often one address may do something: enough for people, too little for programs."""

from django.core.cache import cache


def too_many_attempts(request, what, *, limit, seconds):
    """Count this attempt, and say whether there were more than `limit` in the last `seconds`."""
    key = f"attempts:{what}:{request.META.get('REMOTE_ADDR', '')}"
    cache.add(key, 0, seconds)
    try:
        return cache.incr(key) > limit
    except ValueError:  # it ran out between the two lines
        return False
