"""What became of a record, and the journal of all records."""

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.urls import NoReverseMatch
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView

from asn_eval.accounts.forms import offices_managed_by
from asn_eval.accounts.models import Office, User
from asn_eval.history.forms import JournalFilterForm
from asn_eval.history.models import LogEntry
from asn_eval.history.reading import Reader, who
from asn_eval.history.registration import KINDS, Kind, kind_of
from asn_eval.history.stream import OLDER_THAN, PAGE, page_of
from asn_eval.history.words import moment
from asn_eval.listing import WorkbookView
from asn_eval.scoping import ScopedModel
from asn_eval.views import AccessMixin, searched

MOST_EXPORTED = 10_000
PART = "bagian"


class StreamMixin(AccessMixin):
    """A page of entries, newest first, each in words."""

    abstract = True

    def entries(self):
        raise NotImplementedError

    def get_context_data(self, **kwargs):
        cursor = searched(self.request, OLDER_THAN)
        found, older = page_of(self.entries().told(), cursor)
        return super().get_context_data(
            moments=Reader(self.request.user).moments(found), older=older, is_later_page=bool(cursor), **kwargs
        )


class WholeMixin(StreamMixin):
    """The history of one record, with that of its parts where it has any; ``kind`` and ``pk`` say which."""

    abstract = True
    kind: Kind

    @cached_property
    def row(self):
        return self.rows_of(self.kind.model).filter(pk=self.kwargs["pk"]).first()

    def rows_of(self, model):
        user = self.request.user
        if issubclass(model, ScopedModel):
            return model.objects.visible_to(user)
        if model is Office:
            return offices_managed_by(user)
        if model is User and not user.sees_every_region:
            return User.objects.filter(office=user.office_id)
        return model._default_manager.all()

    @cached_property
    def parts(self) -> list[Kind]:
        return [kind for kind in KINDS.values() if self.kind.model is _whole_model(kind)]

    @property
    def part(self) -> Kind | None:
        wanted = kind_of(self.request.GET.get(PART, ""))
        return wanted if wanted in (*self.parts, self.kind) else None

    def entries(self):
        if self.row is None:
            return self._of_deleted()
        # The row is held; what it went through elsewhere before it came here belongs to it.
        held = LogEntry.objects.unscoped("the history of a record that the reader holds")
        if not self.parts:
            return held.of(self.row)
        entries = held.of_whole(self.row)
        return entries.of_kind(self.part.model) if self.part else entries

    def _of_deleted(self):
        """What is left of a record that is gone, to those who were answerable for it."""
        gone = LogEntry.objects.visible_to(self.request.user).of_kind(self.kind.model, self.kwargs["pk"])
        if not gone.filter(action=LogEntry.Action.DELETE).exists():
            raise Http404
        return gone

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        named_parts = [(kind.label, capfirst(str(kind.model._meta.verbose_name))) for kind in self.parts]
        own = (self.kind.label, _("%(kind)s saja") % {"kind": capfirst(str(self.kind.model._meta.verbose_name))})
        return context | {
            "parts": [own, *sorted(named_parts, key=lambda part: part[1])] if named_parts else [],
            "part": self.part.label if self.part else "",
            "origin": _origin_of(self.row, self.request.user),
        }


class RecordHistoryView(WholeMixin, TemplateView):
    permission = "history.view_history"
    template_name = "history/record_history.html"

    @cached_property
    def kind(self) -> Kind:
        kind = kind_of(self.kwargs["label"])
        if kind is None:
            raise Http404
        if not self.request.user.has_perm(kind.seen_with):
            raise PermissionDenied
        return kind

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        kind_name = capfirst(str(self.kind.model._meta.verbose_name))
        return context | {
            "kind_name": kind_name,
            "record_name": str(self.row) if self.row else "",
            "record_url": _address_of(self.row),
            "heading": _("Jejak"),
            "trail": [(str(self.row), _address_of(self.row))] if _address_of(self.row) else [],
        }


class JournalMixin(StreamMixin):
    """The entries in the reader's area, narrowed by what the address asks for."""

    abstract = True
    permission = "history.view_journal"

    @cached_property
    def filter_form(self) -> JournalFilterForm:
        asked = {name: searched(self.request, name) for name in JournalFilterForm.base_fields}
        return JournalFilterForm(asked, user=self.request.user)

    def entries(self):
        return self.filter_form.narrow(LogEntry.objects.visible_to(self.request.user))


class JournalView(JournalMixin, TemplateView):
    permission = "history.view_journal"
    template_name = "history/journal.html"

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            filter_form=self.filter_form,
            is_narrowed=bool(self.filter_form.narrowed_by()),
            most_exported=MOST_EXPORTED,
            page_size=PAGE,
            heading=_("Jejak perubahan"),
            **kwargs,
        )


class JournalExportView(JournalMixin, WorkbookView):
    """The journal as filtered, as a workbook: a row per changed field, at most ``MOST_EXPORTED`` entries."""

    permission = "history.view_journal"
    sheet_title = gettext_lazy("Jejak perubahan")
    file_name = gettext_lazy("jejak perubahan")

    def columns(self):
        return [
            (_("Waktu"), lambda row: row[0]),
            (_("Pelaku"), lambda row: row[1]),
            (_("Peran"), lambda row: row[2]),
            (_("Jenis data"), lambda row: row[3]),
            (_("Nama data"), lambda row: row[4]),
            (_("Tindakan"), lambda row: row[5]),
            (_("Perubahan"), lambda row: row[6]),
        ]

    def rows_to_write(self):
        reader = Reader(self.request.user)
        entries = list(self.entries().told()[: MOST_EXPORTED + 1])
        for entry in entries[:MOST_EXPORTED]:
            told, (actor, role) = reader.tell(entry), who(entry)
            when = f"{moment(entry.timestamp, reader.zone)} {reader.zone_name}"
            changes = "\n".join(map(str, told.lines)) or told.note
            yield when, actor, role, told.kind, told.name, told.deed, changes[:LONGEST_CELL]
        if len(entries) > MOST_EXPORTED:
            yield _("Hanya catatan terbaru yang dimuat; persempit saringan untuk yang lain."), *[""] * 6


LONGEST_CELL = 32_000  # characters; Excel takes 32.767


def _whole_model(kind: Kind):
    model = kind.model
    for name in kind.part_of.split("__") if kind.part_of else ():
        model = model._meta.get_field(name).related_model
    return model if kind.part_of else None


def _address_of(row) -> str:
    """The page of a record; some have none."""
    try:
        return row.get_absolute_url()
    except (AttributeError, NoReverseMatch):
        return ""


def _origin_of(row, user) -> str:
    """From which file a record came, when it came from one."""
    job = getattr(row, "imported_in", None)
    if job is None:
        return ""
    reader = Reader(user)
    when = f"{moment(job.finished_at or job.created_at, reader.zone)} {reader.zone_name}"
    words = {"file": job.file_name, "person": job.created_by or _("perintah admin di server"), "when": when}
    return _("Dibuat lewat impor berkas “%(file)s” oleh %(person)s pada %(when)s.") % words
