"""Files that come in: uploaded, their columns named, shown with every problem, saved after consent."""

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic import FormView, View

from asn_eval.exports import XLSX, xlsx_response
from asn_eval.history.entries import record_access, record_access_by
from asn_eval.listing import SortMixin
from asn_eval.tables import TableError
from asn_eval.views import AccessMixin, ScopedDetailView, ScopedListView, key_in
from programs.actions.imports import (
    ImportChanged,
    ImportRefused,
    agree,
    choose_columns,
    discard,
    examine_again,
    is_unattended,
    reach_of,
    receive_file,
    take_up_dead,
)
from programs.forms.imports import ImportStartForm, MappingForm
from programs.imports.entities import IMPORTERS
from programs.imports.report import SHOWN
from programs.imports.template_file import write_template
from programs.models import Entity, ImportJob, Program
from programs.views.programs import program_trail

PERMISSION = "programs.import_rows"


def imports_trail(program: Program | None = None):
    return program_trail(program) if program else [(_("Impor"), reverse("import_list"))]


class ImportListView(SortMixin, ScopedListView):
    """The imports of the person's office."""

    model = ImportJob
    permission = PERMISSION
    template_name = "programs/import_list.html"
    orderings = {"waktu": ("created_at",), "berkas": ("file_name",), "isi": ("entity",), "keadaan": ("state",)}
    default_ordering = "-waktu"

    def get_queryset(self):
        take_up_dead(now=timezone.now())
        jobs = super().get_queryset().select_related("program", "created_by")
        if self.entity:
            jobs = jobs.filter(entity=self.entity)
        return self.in_order(jobs)

    @property
    def entity(self) -> str:
        wanted = self.request.GET.get("isi", "")
        return wanted if wanted in IMPORTERS else ""

    def get_context_data(self, **kwargs):
        kinds = [(name, Entity(name).label) for name in Entity.values if name in IMPORTERS]
        return super().get_context_data(kinds=kinds, entity=self.entity, **kwargs)


class OneEntityMixin(AccessMixin):
    """A page about one kind of file, within one program where the address names it."""

    abstract = True
    permission = PERMISSION

    @cached_property
    def entity(self) -> Entity:
        name = self.kwargs.get("entity", Entity.PARTICIPANTS.value)
        if name not in IMPORTERS:
            raise Http404
        return Entity(name)

    @cached_property
    def importer(self):
        return IMPORTERS[self.entity]

    @cached_property
    def program(self) -> Program | None:
        named = self.kwargs.get("pk") or self.request.GET.get("program")
        if not named or not self.importer.needs_program:
            return None
        programs = self.rows(Program).select_related("region", "organizer")
        return get_object_or_404(programs, pk=key_in(str(named)))


class ImportStartView(OneEntityMixin, FormView):
    form_class = ImportStartForm
    template_name = "programs/import_start.html"

    def get_form_kwargs(self):
        asks_program = self.importer.needs_program and self.program is None
        return super().get_form_kwargs() | {"asks_program": asks_program}

    def form_valid(self, form):
        file = form.cleaned_data["file"]
        try:
            job = receive_file(
                user=self.request.user,
                entity=self.entity,
                program=self.program or form.cleaned_data.get("program"),
                file=file,
                now=timezone.now(),
            )
        except TableError as error:
            form.add_error("file", str(error))
            return self.form_invalid(form)
        return redirect(job)

    def get_context_data(self, **kwargs):
        template = reverse("import_template", args=[self.entity])
        return super().get_context_data(
            entity=self.entity,
            program=self.program,
            columns=self.importer.columns,
            template_url=f"{template}?program={self.program.pk}" if self.program else template,
            back_url=reverse("program_participants", args=[self.program.pk])
            if self.program and self.entity == Entity.PARTICIPANTS
            else self.program.get_absolute_url()
            if self.program
            else reverse("import_list"),
            trail=imports_trail(self.program),
            **kwargs,
        )


class ImportTemplateView(OneEntityMixin, View):
    def get(self, request, *args, **kwargs):
        importer = self.importer(reach_of(request.user, self.program))
        name = f"templat {self.entity.label} {self.program or ''}"
        return xlsx_response(write_template(importer), name)


class OneImportMixin(AccessMixin):
    abstract = True
    permission = PERMISSION

    @cached_property
    def job(self) -> ImportJob:
        jobs = self.rows(ImportJob).select_related(
            "program__region", "program__organizer", "created_by__office", "office"
        )
        return get_object_or_404(jobs, pk=self.kwargs["pk"])


class ImportDetailView(ScopedDetailView):
    """Where an import stands: waiting, asked about, shown, saved. Asked again while something happens to it."""

    model = ImportJob
    permission = PERMISSION
    context_object_name = "job"
    template_name = "programs/import_detail.html"

    def get_queryset(self):
        return super().get_queryset().select_related("program", "created_by", "office")

    def get(self, request, *args, **kwargs):
        take_up_dead(now=timezone.now())
        self.object = job = self.get_object()
        if job.state == ImportJob.State.MAPPING:
            return redirect("import_mapping", job.pk)
        if request.htmx and not job.is_moving:
            return HttpResponse(headers={"HX-Refresh": "true"})
        if request.htmx:
            self.template_name = "programs/_import_progress.html"
        return self.render_to_response(self.get_context_data())

    def get_context_data(self, **kwargs):
        job = self.object
        share = round(100 * job.n_done / job.n_total) if job.n_total else 0
        return super().get_context_data(
            trail=imports_trail(),
            report=job.report,
            shown=SHOWN,
            share=min(share, 100),
            is_unattended=is_unattended(job, now=timezone.now()),
            list_url=list_url(job),
            **kwargs,
        )


def list_url(job: ImportJob) -> str:
    """Where what was saved is to be seen."""
    if job.entity in (Entity.PARTICIPANTS, Entity.SCORES) and job.program_id:
        return reverse("program_participants", args=[job.program_id])
    return job.program.get_absolute_url() if job.program else ""


class ImportMappingView(OneImportMixin, FormView):
    form_class = MappingForm
    template_name = "programs/import_mapping.html"

    def dispatch(self, request, *args, **kwargs):
        if not request.user.has_perm(self.permission):
            return super().dispatch(request, *args, **kwargs)
        if not self.job.report.get("columns") or self.job.is_moving:
            return redirect(self.job)
        return super().dispatch(request, *args, **kwargs)

    def get_form_kwargs(self):
        kwargs = super().get_form_kwargs()
        kwargs.pop("user")
        return kwargs | {"importer": IMPORTERS[self.job.entity], "columns": self.job.report["columns"]}

    def form_valid(self, form):
        choose_columns(job=self.job, fields=form.chosen())
        return redirect(self.job)

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            job=self.job,
            missing=self.job.report.get("missing", ()),
            trail=[*imports_trail(), (self.job.file_name, reverse("import_detail", args=[self.job.pk]))],
            **kwargs,
        )


class ImportSaveView(OneImportMixin, View):
    http_method_names = ("post",)

    def post(self, request, pk):
        job = self.job
        try:
            agree(job=job, seen=request.POST.get("seen", ""), valid_only="valid_only" in request.POST)
        except ImportRefused:
            messages.error(
                request,
                _("Belum ada yang disimpan. Perbaiki berkasnya, atau pilih menyimpan hanya baris yang benar."),
            )
        except ImportChanged:
            messages.error(request, _("Berkas ini sudah disimpan, sedang dikerjakan, atau sudah dihapus."))
        return redirect(job)


class ImportDiscardView(OneImportMixin, View):
    http_method_names = ("post",)

    def post(self, request, pk):
        if discard(job=self.job):
            messages.success(request, _("Berkas dibuang. Tidak ada yang disimpan."))
        else:
            messages.error(
                request, _("Berkas ini sedang dikerjakan atau sudah selesai, jadi tidak dapat dibuang lagi.")
            )
        return redirect("import_list")


class ImportAgainView(OneImportMixin, View):
    """Look at the file once more, against what is stored by now."""

    http_method_names = ("post",)

    def post(self, request, pk):
        examine_again(job=self.job)
        return redirect(self.job)


class ImportErrorsView(OneImportMixin, View):
    """The refused rows as a workbook to correct."""

    def get(self, request, pk):
        job = self.job
        if not job.error_file:
            messages.error(request, _("Tidak ada baris yang perlu diperbaiki, atau berkasnya sudah dihapus."))
            return redirect(job)
        what = _("berkas perbaikan impor “%(file)s”") % {"file": job.file_name}
        if job.program:
            record_access(job.program, what)
        else:
            record_access_by(request.user, what)
        name = f"perbaikan {job.file_name.rsplit('.', 1)[0]}.xlsx"
        return FileResponse(job.error_file.open("rb"), as_attachment=True, filename=name, content_type=XLSX)
