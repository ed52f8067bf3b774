"""Certificates of a program: the list, issuing, revoking, and the files to print."""

from django.contrib import messages
from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import View

from asn_eval.history.entries import record_access
from asn_eval.listing import SortMixin, WorkbookView
from asn_eval.views import AccessMixin, ScopedListView, key_in
from programs.actions.certificates import (
    CertificatesRefused,
    issue_certificates,
    judge,
    participants,
    replace_certificate,
    revoke_certificate,
)
from programs.certificates.numbering import pattern_problem
from programs.forms.certificates import CertificateFilterForm, IssueForm, RevokeForm
from programs.models import Batch, Certificate
from programs.views.participants import OneProgramMixin
from programs.views.programs import program_trail

# A certificate takes about a tenth of a second: what one file holds is ready while somebody waits.
CERTIFICATES_PER_FILE = 100
NAMES_SHOWN = 500


def certificates_trail(program):
    return [*program_trail(program), (_("Sertifikat"), reverse("certificate_list", args=[program.pk]))]


class CertificatesMixin(SortMixin, OneProgramMixin):
    abstract = True
    permission = "programs.view_certificate"
    orderings = {
        "nomor": ("series", "sequence"),
        "nama": ("holder_name",),
        "terbit": ("issued_on", "series", "sequence"),
    }
    default_ordering = "nomor"

    @cached_property
    def filter_form(self) -> CertificateFilterForm:
        return CertificateFilterForm(self.request.GET, program=self.program)

    def issued(self):
        return self.rows(Certificate).filter(enrollment__program=self.program)

    def get_queryset(self):
        certificates = self.filter_form.narrow(self.issued())
        return self.in_order(certificates).select_related("enrollment__person__agency", "enrollment__batch")


class CertificateListView(CertificatesMixin, ScopedListView):
    model = Certificate
    template_name = "programs/certificate_list.html"
    paginate_by = 50

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            program=self.program,
            trail=program_trail(self.program),
            filter_form=self.filter_form,
            is_narrowed=bool(self.filter_form.narrowed_by()),
            files=self.files(),
            n_completed=self.program.enrollments.filter(status="selesai", group="peserta").count(),
            n_valid=self.issued().filter(revoked_at__isnull=True).count(),
            **kwargs,
        )

    def files(self) -> list[tuple[str, str]]:
        """Label and address of each file to print: one for each batch, in parts where a batch is large."""
        batches = list(self.program.batches.all())
        valid = self.issued().filter(revoked_at__isnull=True)
        sizes = dict(valid.order_by().values_list("enrollment__batch").annotate(Count("pk")))
        address = reverse("certificates_pdf", args=[self.program.pk])
        names = [(str(batch.pk), batch.name, sizes.get(batch.pk, 0)) for batch in batches]
        names.append(("", _("Tanpa angkatan") if batches else _("Semua sertifikat"), sizes.get(None, 0)))
        files = []
        for key, name, size in names:
            for part, start in enumerate(range(0, size, CERTIFICATES_PER_FILE), start=1):
                end = min(size, start + CERTIFICATES_PER_FILE)
                label = name if size <= CERTIFICATES_PER_FILE else f"{name}, {start + 1}–{end}"
                files.append((label, f"{address}?angkatan={key}&bagian={part}"))
        return files


class CertificatesExportView(CertificatesMixin, WorkbookView):
    sheet_title = gettext_lazy("Sertifikat")

    @property
    def file_name(self):
        return f"sertifikat {self.program}"

    def columns(self):
        return (
            (_("Nomor Sertifikat"), lambda row: row.number),
            (_("Nama"), lambda row: row.holder_name),
            ("NIP", lambda row: row.enrollment.person.nip),
            (_("Unit Kerja"), lambda row: row.enrollment.person.agency.name),
            (_("Angkatan"), lambda row: row.batch_name),
            (_("Pelaksanaan"), lambda row: row.period),
            ("JP", lambda row: row.lesson_hours),
            (_("Tanggal Terbit"), lambda row: row.issued_on),
            (_("Keadaan"), lambda row: _("Dibatalkan") if row.is_revoked else _("Berlaku")),
            (_("Alasan Pembatalan"), lambda row: row.revoke_reason),
            (_("Halaman Pemeriksaan"), lambda row: address_for(self.request)(row.token)),
        )

    def rows_to_write(self):
        record_access(self.program, _("daftar sertifikat"))
        return super().rows_to_write()


def address_for(request):
    """The verification address of a token, as the world outside reaches it."""
    return lambda token: request.build_absolute_uri(reverse("certificate_verify", args=[token]))


def pdf_response(request, certificates: list[Certificate], name: str) -> HttpResponse:
    from programs.certificates.pdf import render_certificates

    content = render_certificates(certificates, address=address_for(request))
    headers = {"Content-Disposition": f'attachment; filename="{slugify(name)[:80]}.pdf"'}
    return HttpResponse(content, content_type="application/pdf", headers=headers)


class CertificatesPdfView(CertificatesMixin, View):
    """The valid certificates of a batch, or of those without one (?angkatan=), a part at a time (?bagian=)."""

    def get(self, request, pk):
        key = key_in(request.GET.get("angkatan"))
        batch = get_object_or_404(self.program.batches.all(), pk=key) if key else None
        part = key_in(request.GET.get("bagian")) or 1
        valid = self.in_order(self.issued().filter(revoked_at__isnull=True, enrollment__batch=batch))
        start = (part - 1) * CERTIFICATES_PER_FILE
        certificates = list(valid.select_related("issuer")[start : start + CERTIFICATES_PER_FILE])
        if not certificates:
            messages.info(request, _("Belum ada sertifikat untuk dicetak di bagian ini."))
            return redirect("certificate_list", self.program.pk)
        record_access(self.program, _("PDF sertifikat"))
        name = " ".join(filter(None, ("sertifikat", str(self.program), str(batch or ""), str(part))))
        return pdf_response(request, certificates, name)


class OneCertificateMixin(AccessMixin):
    abstract = True

    @cached_property
    def certificate(self) -> Certificate:
        certificates = self.rows(Certificate).select_related("issuer", "enrollment__program__organizer")
        return get_object_or_404(certificates, pk=self.kwargs["pk"])


class CertificatePdfView(OneCertificateMixin, View):
    permission = "programs.view_certificate"

    def get(self, request, pk):
        certificate = self.certificate
        if certificate.is_revoked:
            messages.error(request, _("Sertifikat ini sudah dibatalkan dan tidak dicetak lagi."))
            return redirect(certificate)
        record_access(certificate, _("PDF sertifikat"))
        return pdf_response(request, [certificate], f"sertifikat {certificate.number} {certificate.holder_name}")


class CertificateIssueView(OneProgramMixin, View):
    """Asks for the rule, shows who qualifies and who does not and why, issues after consent."""

    permission = "programs.add_certificate"

    def get(self, request, pk):
        initial = {
            "batch": key_in(request.GET.get("angkatan")),
            "issued_on": timezone.localdate(),
            "place": self.program.organizer.city,
        }
        return self.page(IssueForm(program=self.program, initial=initial))

    def post(self, request, pk):
        form = IssueForm(request.POST, program=self.program)
        if not form.is_valid() or "back" in request.POST:
            return self.page(form)
        if "confirmed" in request.POST:
            return self.issue(form)
        return self.confirm(form)

    def page(self, form: IssueForm, **context):
        return render(
            self.request,
            "programs/certificate_issue.html",
            {
                "form": form,
                "program": self.program,
                "trail": certificates_trail(self.program),
                "pattern_problem": pattern_problem(self.program.certificate_pattern),
                "unsigned": not self.program.organizer.signatory_name,
                **context,
            },
        )

    def confirm(self, form: IssueForm):
        batch: Batch | None = form.cleaned_data.get("batch")
        people = participants(self.program, batch=batch)
        judged = judge(people, list(self.program.activities.all()), form.rule)
        qualified = [one.enrollment for one in judged if one.qualifies]
        form.data = form.data.copy()
        form.data["rows"] = ",".join(str(enrollment.pk) for enrollment in qualified)
        return self.page(
            form,
            is_confirmation=True,
            qualified=qualified,
            n_holders=sum(one.has_certificate for one in judged),
            refused=[one for one in judged if not one.qualifies and not one.has_certificate],
            shown=NAMES_SHOWN,
        )

    def issue(self, form: IssueForm):
        try:
            issued = issue_certificates(
                program=self.program,
                enrollments=form.confirmed_rows(),
                rule=form.rule,
                issued_on=form.cleaned_data["issued_on"],
                place=form.cleaned_data["place"],
            )
        except CertificatesRefused as error:
            form.add_error(None, str(error))
            return self.page(form)
        number = len(issued)
        text = ngettext("%d sertifikat diterbitkan.", "%d sertifikat diterbitkan.", number) % number
        messages.success(self.request, text)
        return redirect("certificate_list", self.program.pk)


class CertificateRevokeView(OneCertificateMixin, View):
    permission = "programs.change_certificate"

    def get(self, request, pk):
        initial = {"issued_on": timezone.localdate(), "place": self.certificate.place}
        return self.page(RevokeForm(initial=initial))

    def post(self, request, pk):
        certificate = self.certificate
        form = RevokeForm(request.POST)
        if not form.is_valid():
            return self.page(form)
        cleaned = form.cleaned_data
        try:
            if cleaned["replace"]:
                new = replace_certificate(
                    certificate=certificate,
                    reason=cleaned["reason"],
                    now=timezone.now(),
                    issued_on=cleaned["issued_on"],
                    place=cleaned["place"],
                )
                text = _("Sertifikat dibatalkan; penggantinya bernomor %(number)s.") % {"number": new.number}
            else:
                revoke_certificate(certificate=certificate, reason=cleaned["reason"], now=timezone.now())
                text = _("Sertifikat %(number)s dibatalkan.") % {"number": certificate.number}
        except CertificatesRefused as error:
            form.add_error(None, str(error))
            return self.page(form)
        messages.success(request, text)
        return redirect(certificate)

    def page(self, form: RevokeForm):
        program = self.certificate.enrollment.program
        return render(
            self.request,
            "programs/certificate_revoke.html",
            {
                "form": form,
                "certificate": self.certificate,
                "trail": certificates_trail(program),
                "back_url": self.certificate.get_absolute_url(),
            },
        )
