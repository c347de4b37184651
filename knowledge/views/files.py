"""How files and pictures go out: to people who may read or edit them."""

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from knowledge.files import pictures_for
from knowledge.models import Picture
from network.downloads import attachment


def refused(request):
    """Visitors sign in and come back; who is signed in already is told no."""
    if request.user.is_authenticated:
        raise PermissionDenied
    return redirect_to_login(request.get_full_path())


@require_safe
@never_cache
def original(request, pk):
    """The original of a picture, for those who may edit it."""
    if not request.user.is_authenticated:
        return refused(request)
    picture = get_object_or_404(Picture, pk=pk)
    if not pictures_for(request.user).filter(pk=pk).exists():
        return refused(request)
    try:
        file = picture.file.open("rb")
    except FileNotFoundError:
        raise Http404 from None
    response = FileResponse(file)
    response.headers["Content-Disposition"] = attachment(picture.filename, "picture")
    return response
