"""Everybody who was asked: how to reach them, who is still missing, more time for some."""

from urllib.parse import quote

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views import generic

from asn_eval.accounts.models import search_words
from asn_eval.fields import check_year
from asn_eval.forms import DateInput
from asn_eval.history.entries import record_access
from asn_eval.views import AccessMixin, ScopedListView, key_in, searched
from evaluations.actions.mailing import allow_address, block_address, queue_mails
from evaluations.actions.surveys import extend_deadline
from evaluations.models import Evaluation, Invitation, MailBlock, Survey
from evaluations.questionnaire import today_at
from evaluations.response_monitor import by_survey, days, mail_counts, rates
from evaluations.survey_counts import with_counts
from evaluations.views.evidence import evaluation_trail
from evaluations.views.surveys import survey_trail
from programs.phones import normalise_phone

WHATSAPP = "https://wa.me/"
SHOWN_RATES = 200  # units or regions on one page


class InvitationListView(ScopedListView):
    """The invitations of one survey, with what each person can be reached by."""

    model = Invitation
    permission = "evaluations.view_invitation"
    template_name = "evaluations/invitation_list.html"
    paginate_by = 50

    @cached_property
    def survey(self) -> Survey:
        surveys = self.rows(Survey).select_related("version__instrument", "evaluation__program__organizer")
        return get_object_or_404(with_counts(surveys), pk=self.kwargs["pk"])

    @property
    def wanted(self) -> str:
        asked = self.request.GET.get("status", "")
        return asked if asked in ("belum", "sudah", "gagal") else ""

    def get_queryset(self):
        rows = self.survey.invitations.select_related(
            "enrollment__person__agency", "respondent__enrollment__person"
        )
        if self.wanted == "belum":
            rows = rows.filter(is_answered=False)
        elif self.wanted == "sudah":
            rows = rows.filter(is_answered=True)
        elif self.wanted == "gagal":
            rows = rows.filter(delivery__in=["terpental", "berhenti", "gagal"])
        for word in search_words(searched(self.request)):
            rows = rows.filter(
                Q(enrollment__person__name__icontains=word)
                | Q(enrollment__person__agency__name__icontains=word)
                | Q(enrollment__code__iexact=word)
                | Q(respondent__name__icontains=word)
                | Q(code__iexact=word)
            )
        return rows.order_by("enrollment__person__name", "respondent__name", "pk")

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        survey = self.survey
        for invitation in context["object_list"]:
            link = self.request.build_absolute_uri(reverse("answer_personal", args=[invitation.token]))
            invitation.link = link
            invitation.whatsapp = whatsapp_url(invitation, survey, link)
        if self.request.method == "GET":
            record_access(survey, _("daftar undangan dengan tautan pribadi"))
        return context | {
            "survey": survey,
            "wanted": self.wanted,
            "text": searched(self.request),
            "form": ExtensionForm(survey=survey),
            "mails": mail_counts(survey) if survey.sends_mail else {},
            "is_open": survey.state == Survey.State.OPEN,
            "trail": survey_trail(survey),
        }


def whatsapp_url(invitation: Invitation, survey: Survey, link: str) -> str:
    """A link that opens WhatsApp with the message written, to be sent by hand; "" without a number."""
    number = normalise_phone(invitation.addressee_phone) if invitation.addressee_phone else None
    if number is None or invitation.is_answered:
        return ""
    text = _(
        "Yth. %(name)s, %(organizer)s mengundang Anda mengisi %(survey)s untuk program “%(program)s”. "
        "Buka tautan pribadi Anda: %(link)s Batas waktu: %(day)s. Terima kasih."
    ) % {
        "name": invitation.addressee_name,
        "organizer": survey.evaluation.program.organizer,
        "survey": survey.version.instrument,
        "program": survey.evaluation.program,
        "link": link,
        "day": date_format(max(survey.closes_on, invitation.closes_on or survey.closes_on)),
    }
    return f"{WHATSAPP}{number.lstrip('+')}?text={quote(text)}"


class ExtensionForm(forms.Form):
    """More time for those who are ticked."""

    closes_on = forms.DateField(
        label=gettext_lazy("Perpanjang sampai"),
        widget=DateInput(attrs={"class": "form-control"}),
        required=False,
        validators=[check_year],
    )

    def __init__(self, *args, survey: Survey, **kwargs):
        super().__init__(*args, **kwargs)
        self.survey = survey


class InvitationChangeView(AccessMixin, generic.View):
    """What is done to the ticked invitations of a survey, named by the button that was pressed."""

    http_method_names = ["post"]
    permission = "evaluations.run_survey"

    def post(self, request, pk):
        survey = get_object_or_404(self.rows(Survey).select_related("evaluation__program__organizer"), pk=pk)
        keys = [key for key in map(key_in, request.POST.getlist("undangan")) if key is not None]
        deeds = {
            "perpanjang": self.extend,
            "cabut": self.take_back,
            "salah": self.mark_wrong,
            "boleh": self.allow,
            "kirim": self.send_now,
        }
        deed = deeds.get(request.POST.get("tindakan", ""))
        back = f"{reverse('invitation_list', args=[survey.pk])}?{request.POST.get('kembali', '')[:300]}"
        if deed is None:
            return redirect(back)
        if not keys and deed != self.send_now:
            messages.error(request, _("Centang paling sedikit satu orang."))
            return redirect(back)
        try:
            messages.success(request, deed(survey, keys))
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        return redirect(back)

    def extend(self, survey: Survey, keys: list[int]) -> str:
        form = ExtensionForm(self.request.POST, survey=survey)
        if not form.is_valid() or form.cleaned_data["closes_on"] is None:
            raise ValidationError(_("Isi tanggal perpanjangan."))
        n = extend_deadline(survey=survey, invitation_ids=keys, closes_on=form.cleaned_data["closes_on"])
        return ngettext("Waktu %(n)s orang diperpanjang.", "Waktu %(n)s orang diperpanjang.", n) % {"n": n}

    def take_back(self, survey: Survey, keys: list[int]) -> str:
        n = extend_deadline(survey=survey, invitation_ids=keys, closes_on=None)
        return ngettext("Perpanjangan %(n)s orang dicabut.", "Perpanjangan %(n)s orang dicabut.", n) % {"n": n}

    def addresses(self, survey: Survey, keys: list[int]) -> set[str]:
        chosen = survey.invitations.filter(pk__in=keys).select_related("enrollment__person", "respondent")
        return {invitation.addressee_email for invitation in chosen if invitation.addressee_email}

    def mark_wrong(self, survey: Survey, keys: list[int]) -> str:
        for email in self.addresses(survey, keys):
            block_address(email=email, reason=MailBlock.Reason.BOUNCED)
        return _("Alamat surel yang dicentang tidak disurati lagi.")

    def allow(self, survey: Survey, keys: list[int]) -> str:
        for email in self.addresses(survey, keys):
            allow_address(email=email)
        queue_mails(survey=survey, now=timezone.now())
        return _("Alamat surel yang dicentang boleh disurati lagi.")

    def send_now(self, survey: Survey, keys: list[int]) -> str:
        n = queue_mails(survey=survey, now=timezone.now())
        return ngettext(
            "%(n)s surel menunggu dikirim pada jam kerja.", "%(n)s surel menunggu dikirim pada jam kerja.", n
        ) % {"n": n}


class ResponseMonitorView(AccessMixin, generic.DetailView):
    """The rate of every survey of an evaluation, and of one of them by unit, region and group."""

    model = Evaluation
    permission = "evaluations.view_invitation"
    template_name = "evaluations/response_monitor.html"
    pk_url_kwarg = "parent_pk"

    def get_queryset(self):
        return super().get_queryset().select_related("program__organizer")

    def get_context_data(self, **kwargs):
        evaluation = self.object
        surveys = list(with_counts(evaluation.surveys.select_related("version__instrument", "evaluation")))
        wanted = key_in(self.request.GET.get("survei"))
        chosen = next((survey for survey in surveys if survey.pk == wanted), surveys[0] if surveys else None)
        return super().get_context_data(
            rows=by_survey(surveys),
            chosen=chosen,
            tables=self._tables(chosen) if chosen and not chosen.is_public else (),
            days=days(chosen) if chosen else (),
            today=today_at(chosen) if chosen else None,
            trail=evaluation_trail(evaluation),
            **kwargs,
        )

    @staticmethod
    def _tables(survey: Survey):
        names = {"kelompok": _("Kelompok"), "unit": _("Unit kerja"), "wilayah": _("Wilayah")}
        for dimension, found in rates(survey).items():
            name = names[dimension]
            yield name, found[:SHOWN_RATES], max(len(found) - SHOWN_RATES, 0)
