"""The only files that are served as they lie: sizes of pictures, under names that cannot be guessed."""

import re
from pathlib import Path

from django.conf import settings
from django.http import Http404
from django.views.decorators.http import require_safe
from django.views.static import serve

# Names as `knowledge.models.media.Rendition` gives them. Nothing else has the form of one: no folder, no dot
# that leads out of it, however it was encoded on its way here.
RENDITION = re.compile(r"images/([0-9a-f]{32}\.(?:gif|jpg|png|webp))\Z", re.ASCII)


@require_safe
def media(request, path=None):
    """One size of a picture; 404 for whatever else lies there or does not."""
    name = RENDITION.match(path or "")
    if name is None:
        raise Http404
    return serve(request, name[1], document_root=Path(settings.MEDIA_ROOT) / "images")
