"""The pages of respondents: no account, no cookie, a link that is the right to answer.

A token has 79 random bits (``evaluations.models.surveys``), so guessing one is
hopeless and nothing here counts attempts. The pages carry no CSRF token: there
is no session that a foreign page could abuse, and ``Referrer-Policy:
no-referrer``, which keeps the link from leaking, would fail Django's check of
the origin anyway.
"""

from collections.abc import Callable
from functools import wraps
from uuid import UUID, uuid4

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from evaluations.actions.responses import AlreadyAnswered, SurveyClosed, store_response
from evaluations.authors import NOBODY, Author
from evaluations.models import Invitation, Response, Survey
from evaluations.promises import promise
from evaluations.questionnaire import minutes_needed, questions_of, today_at, typed_answers
from programs.models import Enrollment

# Enough for twelve texts of full length with every letter percent-encoded; far from what hurts a worker.
LARGEST_BODY = 512_000  # bytes
LANGUAGE_PARAMETER = "bahasa"
LONGEST_TOKEN = 32
HEADERS = {
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex, nofollow",
}


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
        request.LANGUAGE_CODE = language
        with translation.override(language):
            response = view(request, *args, **kwargs)
        for name, value in (HEADERS | {"Content-Language": language}).items():
            response[name] = value
        return response

    return page


@for_respondents
def answer_personal(request: HttpRequest, token: str) -> HttpResponse:
    """The link of one participant; answers once."""
    invitation = (
        Invitation.objects.unscoped("the token itself is the right to this row")
        .select_related(
            "survey__version__instrument", "survey__evaluation__program__organizer", "enrollment__person"
        )
        .filter(token=searchable(token))
        .first()
    )
    if invitation is None:
        return unknown_link(request)
    if request.method != "POST" and invitation.is_answered:
        return notice(request, "used", invitation.survey)
    return answer(request, invitation.survey, invitation.enrollment)


@for_respondents
def answer_public(request: HttpRequest, token: str) -> HttpResponse:
    """The link that everybody may use; anonymous."""
    survey = (
        Survey.objects.unscoped("the token itself is the right to this row")
        .select_related("version__instrument", "evaluation__program__organizer")
        .filter(public_token=searchable(token))
        .first()
    )
    return answer(request, survey, None) if survey else unknown_link(request)


@for_respondents
def answer_done(request: HttpRequest) -> HttpResponse:
    """Thanks, on an address of its own: loading it again sends nothing again."""
    return render(request, "evaluations/respondent_done.html")


def answer(request: HttpRequest, survey: Survey, enrollment: Enrollment | None) -> HttpResponse:
    """The form on GET; on POST the answers are stored once, however often the button was pressed."""
    if request.method == "POST":
        return receive(request, survey, enrollment)
    if not survey.accepts_answers(today_at(survey)):
        return notice(request, "closed", survey)
    return form_page(request, survey, enrollment, form_id=uuid4())


def receive(request: HttpRequest, survey: Survey, enrollment: Enrollment | None) -> HttpResponse:
    size = request.META.get("CONTENT_LENGTH") or "0"
    if not size.isdecimal() or int(size) > LARGEST_BODY:
        return notice(request, "too_large", survey, status=413)
    form_id = read_form_id(request.POST.get("formulir", ""))
    typed = typed_answers(survey.version.items.all(), request.POST)
    try:
        store_response(
            survey=survey,
            answers=typed,
            author=Author(enrollment=enrollment) if enrollment else NOBODY,
            response_id=form_id,
            channel=Response.Channel.LINK,
            received_on=today_at(survey),
        )
    except AlreadyAnswered:
        return notice(request, "used", survey)
    except SurveyClosed:
        return notice(request, "closed", survey, was_sent=True)
    except ValidationError as error:
        return form_page(request, survey, enrollment, form_id=form_id, typed=typed, refused=error.message_dict)
    return HttpResponseRedirect(in_language_of(request, reverse("answer_done")))


def form_page(
    request: HttpRequest,
    survey: Survey,
    enrollment: Enrollment | None,
    *,
    form_id: UUID,
    typed: dict[str, str] | None = None,
    refused: dict[str, list[str]] | None = None,
) -> HttpResponse:
    items = list(survey.version.items.all())
    errors = {key: " ".join(messages) for key, messages in (refused or {}).items()}
    questions = questions_of(items, typed, errors)
    return render(
        request,
        "evaluations/respondent_form.html",
        {
            "survey": survey,
            "enrollment": enrollment,
            "questions": questions,
            "wrong": [question for question in questions if question.error],
            "general_error": errors.get(NON_FIELD_ERRORS, ""),
            "minutes": minutes_needed(items),
            "promises": promise(survey),
            "form_id": form_id,
            "action": in_language_of(request, request.path),
            "is_fresh": typed is None,
        },
    )


def notice(request: HttpRequest, kind: str, survey: Survey, *, status: int = 200, **context) -> HttpResponse:
    """A page that says kindly why there is no form: "used", "closed" (or not open yet) or "too_large"."""
    today = today_at(survey)
    is_early = survey.state == Survey.State.DRAFT or (
        survey.state == Survey.State.OPEN and today < survey.opens_on
    )
    context |= {"kind": "early" if kind == "closed" and is_early else kind, "survey": survey}
    return render(request, "evaluations/respondent_notice.html", context, status=status)


def unknown_link(request: HttpRequest) -> HttpResponse:
    return render(request, "evaluations/respondent_notice.html", {"kind": "unknown"}, status=404)


def searchable(token: str) -> str:
    """A token as it is stored; one typed from paper may have capitals, one made up may have anything."""
    plain = token.isascii() and token.isalnum() and len(token) <= LONGEST_TOKEN
    return token.lower() if plain else ""


def read_form_id(text: str) -> UUID:
    """The key that came with the form; a new one where a client left it out."""
    try:
        return UUID(text)
    except ValueError:
        return uuid4()


def in_language_of(request: HttpRequest, url: str) -> str:
    chosen = request.GET.get(LANGUAGE_PARAMETER, "")
    return f"{url}?{LANGUAGE_PARAMETER}={chosen}" if chosen in dict(settings.LANGUAGES) else url
