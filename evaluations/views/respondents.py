"""The pages of respondents: no account, no cookie, a link that is the right to answer."""

from dataclasses import dataclass, field
from datetime import date
from functools import cached_property, lru_cache
from uuid import UUID, uuid4

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from asn_eval.throttle import limited
from evaluations.actions.responses import AlreadyAnswered, SurveyClosed, store_response
from evaluations.actions.saved_answers import save_answers, saved_answers
from evaluations.answering import visible_keys
from evaluations.authors import NOBODY, Author
from evaluations.form_rendering import filled_html, items_of, questions_html
from evaluations.models import Invitation, Item, Response, Survey
from evaluations.open_surveys import Door, KeptSurvey, Shell, kept_survey, personal_door, public_door
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

CODES = 60  # that one address may try in a minute; a whole office may share one
# Characters that no text of ours has: where a page that is kept leaves room for what is one person's own.
PLACES = {name: f"\ue000{name}\ue000" for name in ("name", "about", "form_id", "action", "path", "last_day")}


@dataclass(frozen=True)
class Visit:
    """One opening of a link: the survey behind it, and the invitation where the link is personal."""

    request: HttpRequest
    door: Door
    kept: KeptSurvey
    survey: Survey

    @classmethod
    def of(cls, request: HttpRequest, door: Door) -> "Visit":
        kept = kept_survey(door)
        return cls(request, door, kept, kept.as_of(door))

    @property
    def items(self) -> tuple[Item, ...]:
        return items_of(self.survey.version_id, self.door.stamp)

    @property
    def is_personal(self) -> bool:
        return self.door.invitation_id is not None

    @cached_property
    def invitation(self) -> Invitation:
        """The whole row, with the person: for the pages that say more than the empty form."""
        invitations = Invitation.objects.unscoped("the token itself is the right to this row")
        return invitations.select_related("enrollment__person", "respondent__enrollment__person").get(
            pk=self.door.invitation_id
        )

    @property
    def author(self) -> Author:
        if not self.is_personal:
            return NOBODY
        if self.survey.is_anonymous:  # which group it was is all that stays of who it was
            if self.door.enrollment_id is not None:
                return Author.participant(self.invitation.enrollment)
            return Author.other(self.invitation.respondent)
        return Author(self.door.enrollment_id, self.door.respondent_id)

    @property
    def is_open(self) -> bool:
        return self.survey.accepts_answers(today_at(self.survey), self.door.closes_on)

    @property
    def last_day(self) -> date:
        own, common = self.door.closes_on, self.door.survey_closes_on
        return max(own, common) if own else common

    @property
    def may_be_saved(self) -> bool:
        """Anonymous answers never wait on the server beside the name of who typed them."""
        return self.is_personal and not self.survey.is_anonymous

    @cached_property
    def names(self) -> tuple[str, str]:
        """Who answers, and about whom; "" where that is nobody."""
        if not self.is_personal:
            return "", ""
        if self.door.enrollment_id is not None:
            return self.door.participant or self.invitation.addressee_name, ""
        respondent = self.invitation.respondent
        return respondent.name, respondent.enrollment.person.name if respondent.enrollment_id else ""


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
    door = personal_door(searchable(token), with_name=request.method != "POST")
    if door is None:
        return unknown_link(request)
    visit = Visit.of(request, door)
    if request.method != "POST" and door.is_answered:
        return notice(request, "used", visit.survey)
    return answer(visit)


@for_respondents
def answer_public(request: HttpRequest, token: str) -> HttpResponse:
    """The link that everybody may use; anonymous."""
    door = public_door(searchable(token))
    return answer(Visit.of(request, door)) if door else unknown_link(request)


@for_respondents
def answer_done(request: HttpRequest) -> HttpResponse:
    """Thanks, on an address of its own: loading it again sends nothing again."""
    receipt = request.GET.get("bukti", "")
    return render(request, "evaluations/respondent_done.html", {"receipt": receipt if is_receipt(receipt) else ""})


@for_respondents
def answer_code(request: HttpRequest) -> HttpResponse:
    """Where the short code on a printed sheet is typed by who cannot open or scan the link."""
    if request.method == "POST":
        return find_code(request)
    return render(request, "evaluations/respondent_code.html", {"is_wrong": False})


@limited(per_minute=CODES)
def find_code(request: HttpRequest) -> HttpResponse:
    """On to the survey of that code; who tries many is guessing, and is told to wait."""
    code = request.POST.get("kode", "")
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
    saved = saved_answers(visit.door.invitation_id) if visit.door.has_saved else None
    if saved:
        form_id, typed = saved
        filled = Filled(typed["answers"], typed["recalled"], was_saved=True)
        return form_page(visit, form_id=form_id, filled=filled)
    return empty_page(visit, form_id=uuid4())


def receive(visit: Visit) -> HttpResponse:
    request, survey = visit.request, visit.survey
    if is_too_large(request):
        return too_large(visit)
    form_id = read_form_id(request.POST.get("formulir", ""))
    answers = typed_answers(visit.items, request.POST)
    recalled = typed_recalled(visit.items, request.POST) if survey.is_retrospective else {}
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
            invitation_id=visit.door.invitation_id,
            until=visit.door.closes_on,
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
    if not visit.may_be_saved or not visit.is_open or visit.door.is_answered:
        kept = False
    else:
        typed = {"answers": answers, "recalled": recalled}
        kept = save_answers(
            invitation_id=visit.door.invitation_id, form_id=form_id, typed=typed, now=timezone.now()
        )
    if is_fetch(visit.request):
        return outcome("saved" if kept else "unsaved", status=200)
    if not kept:
        return notice(visit.request, "used" if visit.door.is_answered else "closed", visit.survey)
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


def empty_page(visit: Visit, *, form_id: UUID) -> HttpResponse:
    """The form with nothing in it: made once for a survey and language, with room for what is one person's."""
    name, about = visit.names
    language = get_language()
    key = (language, visit.is_personal, bool(about))
    shell = visit.kept.shells.get(key)
    if shell is None:
        questions = questions_html(
            visit.survey.version,
            language=language,
            layout=visit.survey.layout,
            is_retrospective=visit.survey.is_retrospective,
        )
        absent = {"name": "" if not visit.is_personal else PLACES["name"], "about": about and PLACES["about"]}
        html = render_to_string(
            "evaluations/respondent_form.html", page_context(visit, questions) | PLACES | absent
        )
        shell = visit.kept.shells[key] = Shell(html, PLACES)
    request = visit.request
    own = {
        "name": name,
        "about": about,
        "form_id": str(form_id),
        "action": in_language_of(request, request.path),
        "path": request.path,
        "last_day": in_words(visit.last_day, language),
    }
    return HttpResponse(shell.filled(own))


def form_page(visit: Visit, *, form_id: UUID, filled: Filled) -> HttpResponse:
    """The form with what was typed and what is wrong."""
    survey, request = visit.survey, visit.request
    questions = questions_of(
        visit.items,
        filled.answers,
        filled.errors,
        recalled=filled.recalled,
        is_retrospective=survey.is_retrospective,
    )
    name, about = visit.names
    own = {
        "name": name,
        "about": about,
        "form_id": form_id,
        "action": in_language_of(request, request.path),
        "path": request.path,
        "last_day": date_format(visit.last_day),
        "filled": filled,
        "wrong": [question for question in answerable(questions) if question.has_error],
        "general_error": filled.errors.get(NON_FIELD_ERRORS, ""),
    }
    context = page_context(visit, filled_html(questions, layout=survey.layout)) | own
    return render(request, "evaluations/respondent_form.html", context)


def page_context(visit: Visit, questions: str) -> dict[str, object]:
    """What is the same for everybody who opens this survey in one language."""
    survey = visit.survey
    return {
        "LANGUAGE_CODE": get_language(),
        "survey": survey,
        "consent": survey.consent.lines if survey.consent else consent_text(survey).split("\n"),
        "stamp": visit.door.stamp,
        "minutes": minutes_needed(visit.items, is_retrospective=survey.is_retrospective),
        "n_questions": n_asked(visit.items),
        "is_personal": visit.is_personal,
        "may_be_saved": visit.may_be_saved,
        "questions": questions,
        "filled": None,
        "wrong": (),
        "general_error": "",
    }


@lru_cache(1_000)
def in_words(day: date, language: str) -> str:
    """A date in the language that is on, which is ``language``."""
    return date_format(day)


def n_asked(items: tuple[Item, ...]) -> int:
    """How many questions everybody is asked; an answer may bring further ones."""
    shown = visible_keys(items, {})
    return sum(item.is_answered and item.key in shown for item in items)


def read_form_id(text: str) -> UUID:
    """The key that came with the form; a new one where a client left it out."""
    try:
        return UUID(text)
    except ValueError:
        return uuid4()
