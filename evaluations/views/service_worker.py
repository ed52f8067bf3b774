"""The script that lets a respondent's page open without network."""

from functools import cache

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe


@login_not_required
@require_safe
def service_worker(request: HttpRequest) -> HttpResponse:
    """The same for everybody; browsers ask for it anew each day."""
    return HttpResponse(_script(), content_type="text/javascript", headers={"Cache-Control": "no-cache"})


@cache
def _script() -> bytes:
    return (settings.BASE_DIR / "static" / "service_worker.js").read_bytes()
