"""What all pages of respondents share: who may come, in which language, and what is said when nothing works.

A token has 79 random bits (``evaluations.models.surveys``), so guessing one is hopeless; guesses are counted all
the same. The pages carry no CSRF token: there is no session that a foreign page could abuse, and
``Referrer-Policy: no-referrer``, which keeps the link from leaking, would fail Django's check of the origin.
"""

from collections.abc import Callable
from contextlib import nullcontext
from functools import wraps
from logging import getLogger

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from asn_eval.throttle import limited
from evaluations.models import Survey
from evaluations.questionnaire import today_at

# Enough for twelve texts of full length with every letter percent-encoded; far from what hurts a worker.
LARGEST_BODY = 512_000  # bytes
LANGUAGE_PARAMETER = "bahasa"
LONGEST_TOKEN = 32
GUESSES = 30  # unknown links that one address may open in a minute
RETRY_SECONDS = 20
HEADERS = {
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex, nofollow",
}
logger = getLogger(__name__)


def for_respondents(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Open to people without an account, in the language the link names, kept out of caches and indexes."""

    @login_not_required
    @csrf_exempt
    @require_http_methods(["GET", "HEAD", "POST"])
    @wraps(view)
    def page(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        language = request.GET.get(LANGUAGE_PARAMETER, "")
        if language not in dict(settings.LANGUAGES):
            language = request.LANGUAGE_CODE
        is_other = language != request.LANGUAGE_CODE
        request.LANGUAGE_CODE = language
        with translation.override(language) if is_other else nullcontext():
            try:
                response = view(request, *args, **kwargs)
            except (OperationalError, InterfaceError):
                # Without the address: it is the right to answer.
                logger.exception("The database could not be reached by a respondent.")
                response = unavailable(request)
        for name, value in (HEADERS | {"Content-Language": language}).items():
            response[name] = value
        return response

    return page


def is_fetch(request: HttpRequest) -> bool:
    """Whether static/respondent.js asks, which wants to know what became of the answers and shows it itself."""
    return request.headers.get("X-Requested-With") == "fetch"


def outcome(name: str, *, status: int, message: str = "", **values) -> JsonResponse:
    """What became of the answers, for static/respondent.js: "stored", "invalid", "closed" and so on."""
    return JsonResponse({"outcome": name, "message": message, **values}, status=status)


def unavailable(request: HttpRequest) -> HttpResponse:
    """The database is away: nothing was stored, nothing is lost, and one press sends the same form again."""
    message = _("Jawaban belum tersimpan karena sistem sedang terganggu. Coba kirim lagi sebentar lagi.")
    if is_fetch(request):
        response = outcome("unavailable", status=503, message=message)
    else:
        fields = [(name, value) for name, values in request.POST.lists() for value in values]
        response = render(
            request,
            "evaluations/respondent_unavailable.html",
            {"fields": fields, "action": request.get_full_path()},
            status=503,
        )
    response["Retry-After"] = str(RETRY_SECONDS)
    return response


def is_too_large(request: HttpRequest) -> bool:
    size = request.META.get("CONTENT_LENGTH") or "0"
    return not size.isdecimal() or int(size) > LARGEST_BODY


def notice(request: HttpRequest, kind: str, survey: Survey, *, status: int = 200, **context) -> HttpResponse:
    """A page that says kindly why there is no form: "used", "closed" (or not open yet) or "too_large"."""
    today = today_at(survey)
    is_early = survey.state == Survey.State.DRAFT or (
        survey.state == Survey.State.OPEN and today < survey.opens_on
    )
    context |= {"kind": "early" if kind == "closed" and is_early else kind, "survey": survey}
    return render(request, "evaluations/respondent_notice.html", context, status=status)


@limited(per_minute=GUESSES)
def unknown_link(request: HttpRequest) -> HttpResponse:
    """No such link. Who opens many of them is guessing, and is told to wait."""
    if is_fetch(request):
        return outcome("unknown", status=404, message=_("Tautan ini tidak kami kenal."))
    return render(request, "evaluations/respondent_notice.html", {"kind": "unknown"}, status=404)


def searchable(token: str) -> str:
    """A token as it is stored; one typed from paper may have capitals, one made up may have anything."""
    plain = token.isascii() and token.isalnum() and len(token) <= LONGEST_TOKEN
    return token.lower() if plain else ""


def in_language_of(request: HttpRequest, url: str) -> str:
    chosen = request.GET.get(LANGUAGE_PARAMETER, "")
    if chosen not in dict(settings.LANGUAGES):
        return url
    return f"{url}{'&' if '?' in url else '?'}{LANGUAGE_PARAMETER}={chosen}"
