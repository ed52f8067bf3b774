"""The pages of respondents: no account, no cookie, a link that is the right to answer."""

from dataclasses import dataclass, field
from functools import cached_property
from uuid import UUID, uuid4

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import redirect, render
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from asn_eval.throttle import limited
from evaluations.actions.responses import AlreadyAnswered, SurveyClosed, store_response
from evaluations.actions.saved_answers import save_answers
from evaluations.authors import NOBODY, Author
from evaluations.form_rendering import filled_html, items_of, questions_html
from evaluations.models import Invitation, Item, Response, Survey
from evaluations.promises import consent_text
from evaluations.questionnaire import (
    Typed,
    answerable,
    minutes_needed,
    questions_of,
    today_at,
    typed_answers,
    typed_recalled,
)
from evaluations.receipts import is_receipt, receipt_of
from evaluations.views.respondent_pages import (
    for_respondents,
    in_language_of,
    is_fetch,
    is_too_large,
    notice,
    outcome,
    searchable,
    unknown_link,
)

CODES = 10  # that one address may try in a minute
SURVEY_PARTS = ("version__instrument", "evaluation__program__organizer", "consent")
PERSONAL_PARTS = (
    *(f"survey__{part}" for part in SURVEY_PARTS),
    "enrollment__person",
    "respondent__enrollment__person",
    "saved",
)


@dataclass(frozen=True)
class Visit:
    """One opening of a link: the survey behind it, and the invitation where the link is personal."""

    request: HttpRequest
    survey: Survey
    invitation: Invitation | None = None

    @cached_property
    def items(self) -> tuple[Item, ...]:
        return items_of(self.survey.version_id, self.survey.version.stamp)

    @property
    def author(self) -> Author:
        if self.invitation is None:
            return NOBODY
        return Author(self.invitation.enrollment, self.invitation.respondent)

    @property
    def is_open(self) -> bool:
        until = self.invitation.closes_on if self.invitation else None
        return self.survey.accepts_answers(today_at(self.survey), until)

    @property
    def closes_on(self):
        own = self.invitation.closes_on if self.invitation else None
        return max(own, self.survey.closes_on) if own else self.survey.closes_on

    @property
    def may_be_saved(self) -> bool:
        """Anonymous answers never wait on the server beside the name of who typed them."""
        return self.invitation is not None and not self.survey.is_anonymous


@dataclass(frozen=True)
class Filled:
    """A form that is not empty: what was typed, here or on another device, and what is wrong with it."""

    answers: dict[str, Typed]
    recalled: dict[str, str] = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)
    has_changed: bool = False
    was_saved: bool = False


@for_respondents
def answer_personal(request: HttpRequest, token: str) -> HttpResponse:
    """The link of one person; answers once."""
    invitations = Invitation.objects.unscoped("the token itself is the right to this row")
    invitation = invitations.select_related(*PERSONAL_PARTS).filter(token=searchable(token)).first()
    if invitation is None:
        return unknown_link(request)
    if request.method != "POST" and invitation.is_answered:
        return notice(request, "used", invitation.survey)
    return answer(Visit(request, invitation.survey, invitation))


@for_respondents
def answer_public(request: HttpRequest, token: str) -> HttpResponse:
    """The link that everybody may use; anonymous."""
    surveys = Survey.objects.unscoped("the token itself is the right to this row")
    survey = surveys.select_related(*SURVEY_PARTS).filter(public_token=searchable(token)).first()
    return answer(Visit(request, survey)) if survey else unknown_link(request)


@for_respondents
def answer_done(request: HttpRequest) -> HttpResponse:
    """Thanks, on an address of its own: loading it again sends nothing again."""
    receipt = request.GET.get("bukti", "")
    return render(request, "evaluations/respondent_done.html", {"receipt": receipt if is_receipt(receipt) else ""})


@for_respondents
@limited(per_minute=CODES)
def answer_code(request: HttpRequest) -> HttpResponse:
    """Where the short code on a printed sheet is typed by who cannot open or scan the link."""
    code = request.POST.get("kode", "")
    if request.method != "POST":
        return render(request, "evaluations/respondent_code.html", {"is_wrong": False})
    wanted = searchable("".join(code.replace("-", " ").split()))
    invitations = Invitation.objects.unscoped("the code itself is the right to this row")
    token = invitations.filter(code=wanted).values_list("token", flat=True).first() if wanted else None
    if token:
        return redirect(in_language_of(request, reverse("answer_personal", args=[token])))
    context = {"is_wrong": True, "code": code[:20]}
    return render(request, "evaluations/respondent_code.html", context, status=404)


@for_respondents
def answer_manifest(request: HttpRequest, token: str) -> HttpResponse:
    """What makes a link installable; says nothing about whose it is."""
    path = request.path.removesuffix("aplikasi.webmanifest")
    manifest = {
        "name": _("Survei ASN Eval"),
        "short_name": _("Survei"),
        "start_url": path,
        "scope": path,
        "display": "standalone",
        "lang": get_language(),
        "background_color": "#ffffff",
        "theme_color": "#0f5257",
        "icons": [{"src": static("icon.svg"), "sizes": "any", "type": "image/svg+xml", "purpose": "any"}],
    }
    return JsonResponse(manifest, content_type="application/manifest+json")


def answer(visit: Visit) -> HttpResponse:
    """The form on GET; on POST the answers are stored once, however often the button was pressed."""
    if visit.request.method == "POST":
        return receive(visit)
    if not visit.is_open:
        return notice(visit.request, "closed", visit.survey)
    saved = getattr(visit.invitation, "saved", None) if visit.may_be_saved else None
    if saved:
        typed = saved.typed
        filled = Filled(typed["answers"], typed["recalled"], was_saved=True)
        return form_page(visit, form_id=saved.form_id, filled=filled)
    return form_page(visit, form_id=uuid4())


def receive(visit: Visit) -> HttpResponse:
    request, survey = visit.request, visit.survey
    if is_too_large(request):
        return too_large(visit)
    form_id = read_form_id(request.POST.get("formulir", ""))
    answers, recalled = typed_answers(visit.items, request.POST), typed_recalled(visit.items, request.POST)
    if request.POST.get("langkah") == "simpan":
        return keep(visit, form_id, answers, recalled)
    if request.POST.get("versi", survey.version.stamp) != survey.version.stamp:
        # The questions are not the ones that were read. Nobody is taken at a word that he did not see.
        return refused(visit, form_id, Filled(answers, recalled, has_changed=True))
    try:
        response = store_response(
            survey=survey,
            answers=answers,
            recalled=recalled,
            author=visit.author,
            response_id=form_id,
            channel=Response.Channel.LINK,
            received_on=today_at(survey),
            items=visit.items,
            invitation=visit.invitation,
            consent_id=survey.consent_id,
        )
    except AlreadyAnswered as error:
        return (
            outcome("used", status=409, message=str(error))
            if is_fetch(request)
            else notice(request, "used", survey)
        )
    except SurveyClosed as error:
        if is_fetch(request):
            return outcome("closed", status=403, message=str(error))
        return notice(request, "closed", survey, was_sent=True)
    except ValidationError as error:
        errors = {key: " ".join(messages) for key, messages in error.message_dict.items()}
        return refused(visit, form_id, Filled(answers, recalled, errors))
    receipt = receipt_of(response.pk)
    if is_fetch(request):
        return outcome("stored", status=200, receipt=receipt)
    return HttpResponseRedirect(in_language_of(request, f"{reverse('answer_done')}?bukti={receipt}"))


def keep(visit: Visit, form_id: UUID, answers: dict[str, Typed], recalled: dict[str, str]) -> HttpResponse:
    """Keep what was typed so far for another day or another device."""
    if not visit.may_be_saved or not visit.is_open or visit.invitation.is_answered:
        kept = False
    else:
        typed = {"answers": answers, "recalled": recalled}
        kept = save_answers(invitation=visit.invitation, form_id=form_id, typed=typed, now=timezone.now())
    if is_fetch(visit.request):
        return outcome("saved" if kept else "unsaved", status=200)
    if not kept:
        return notice(visit.request, "used" if visit.invitation.is_answered else "closed", visit.survey)
    return notice(visit.request, "saved", visit.survey, url=in_language_of(visit.request, visit.request.path))


def refused(visit: Visit, form_id: UUID, filled: Filled) -> HttpResponse:
    """The form again with everything that was typed, and what is the matter."""
    if not is_fetch(visit.request):
        return form_page(visit, form_id=form_id, filled=filled)
    if filled.has_changed:
        message = _("Pertanyaan berubah sejak Anda membukanya. Muat ulang halaman ini, lalu periksa isian Anda.")
        return outcome("changed", status=409, message=message)
    general = filled.errors.get(NON_FIELD_ERRORS, "") or _("Ada isian yang perlu diperiksa.")
    fields = {key: text for key, text in filled.errors.items() if key != NON_FIELD_ERRORS}
    return outcome("invalid", status=422, message=general, errors=fields)


def too_large(visit: Visit) -> HttpResponse:
    if is_fetch(visit.request):
        message = _("Jawaban Anda melebihi ukuran yang dapat diterima. Ringkas tulisan Anda, lalu kirim lagi.")
        return outcome("too_large", status=413, message=message)
    return notice(visit.request, "too_large", visit.survey, status=413)


def form_page(visit: Visit, *, form_id: UUID, filled: Filled | None = None) -> HttpResponse:
    survey, request = visit.survey, visit.request
    context = {
        "survey": survey,
        "invitation": visit.invitation,
        "about": about(visit.invitation),
        "consent": survey.consent.lines if survey.consent else consent_text(survey).split("\n"),
        "form_id": form_id,
        "stamp": survey.version.stamp,
        "action": in_language_of(request, request.path),
        "closes_on": visit.closes_on,
        "minutes": minutes_needed(visit.items, is_retrospective=survey.is_retrospective),
        "n_questions": sum(item.is_answered for item in visit.items),
        "may_be_saved": visit.may_be_saved,
        "filled": filled,
        "wrong": (),
        "general_error": "",
    }
    if filled is None:
        context["questions"] = questions_html(
            survey.version,
            language=get_language(),
            layout=survey.layout,
            is_retrospective=survey.is_retrospective,
        )
    else:
        questions = questions_of(
            visit.items,
            filled.answers,
            filled.errors,
            recalled=filled.recalled,
            is_retrospective=survey.is_retrospective,
        )
        context["questions"] = filled_html(questions, layout=survey.layout)
        context["wrong"] = [question for question in answerable(questions) if question.has_error]
        context["general_error"] = filled.errors.get(NON_FIELD_ERRORS, "")
    return render(request, "evaluations/respondent_form.html", context)


def about(invitation: Invitation | None) -> str:
    """The participant whom a rater is asked about."""
    if invitation is None or invitation.respondent_id is None or invitation.respondent.enrollment_id is None:
        return ""
    return invitation.respondent.enrollment.person.name


def read_form_id(text: str) -> UUID:
    """The key that came with the form; a new one where a client left it out."""
    try:
        return UUID(text)
    except ValueError:
        return uuid4()
