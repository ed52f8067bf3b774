"""Data induk: every shared list with how much is in it, from offices up to instruments."""

from dataclasses import dataclass

from django.db.models import Model
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from asn_eval.accounts.forms import offices_managed_by
from asn_eval.accounts.models import Office, RegionalOffice
from asn_eval.views import AccessMixin
from evaluations.models import Instrument, WaveRule
from programs.models import (
    Agency,
    BudgetComponent,
    Grade,
    LearningDuty,
    LessonHourRule,
    Person,
    TrainingForm,
)


@dataclass(frozen=True)
class Entry:
    """One list: what it is called, what it is for, whose rows it counts and where it stands."""

    label: Promise
    purpose: Promise
    model: type[Model]
    url_name: str
    permission: str


GROUPS: tuple[tuple[Promise, tuple[Entry, ...]], ...] = (
    (
        _("Organisasi dan orang"),
        (
            Entry(
                _("Kantor"),
                _("Penyelenggara program: wilayah kerja, kop surat, logo, dan penanda tangan."),
                Office,
                "office_list",
                "accounts.view_office",
            ),
            Entry(
                _("Unit kerja"),
                _("Instansi, perangkat daerah, dan unit tempat pegawai bekerja, bersusun menurut induknya."),
                Agency,
                "agency_list",
                "programs.view_agency",
            ),
            Entry(
                _("ASN"),
                _("Daftar ASN menurut NIP beserta riwayat pelatihannya."),
                Person,
                "person_list",
                "programs.view_person",
            ),
            Entry(
                _("Kantor regional"),
                _("Kantor Regional BKN yang membawahkan setiap provinsi, dengan sumbernya."),
                RegionalOffice,
                "regional_area_list",
                "accounts.view_regionalarea",
            ),
        ),
    ),
    (
        _("Pelatihan dan anggaran"),
        (
            Entry(
                _("Bentuk pelatihan"),
                _("Bentuk pengembangan kompetensi klasikal dan nonklasikal dengan id SIASN."),
                TrainingForm,
                "training_form_list",
                "programs.view_trainingform",
            ),
            Entry(
                _("Konversi JP"),
                _("Berapa JP dihitung untuk satu sesi, hari, bulan, atau kegiatan."),
                LessonHourRule,
                "lesson_hour_rule_list",
                "programs.view_lessonhourrule",
            ),
            Entry(
                _("Kewajiban JP"),
                _("Berapa JP yang harus dipenuhi PNS dan PPPK dalam setahun."),
                LearningDuty,
                "learning_duty_list",
                "programs.view_learningduty",
            ),
            Entry(
                _("Komponen anggaran"),
                _("Jenis biaya yang dipilih ketika anggaran program dicatat."),
                BudgetComponent,
                "budget_component_list",
                "programs.view_budgetcomponent",
            ),
        ),
    ),
    (
        _("Alat ukur dan golongan"),
        (
            Entry(
                _("Instrumen"),
                _("Kuesioner dan tes yang siap dipakai untuk evaluasi."),
                Instrument,
                "instrument_list",
                "evaluations.view_instrument",
            ),
            Entry(
                _("Aturan gelombang"),
                _("Kapan survei sebelum, sesudah, dan beberapa bulan kemudian dibuka."),
                WaveRule,
                "wave_rule_list",
                "evaluations.view_waverule",
            ),
            Entry(
                _("Golongan"),
                _("Golongan dan pangkat PNS serta golongan PPPK."),
                Grade,
                "grade_list",
                "programs.view_grade",
            ),
        ),
    ),
)


class ReferenceIndexView(AccessMixin, TemplateView):
    permission = "programs.view_agency"
    template_name = "evaluations/reference_index.html"

    def get_context_data(self, **kwargs):
        groups = [(heading, list(self._open(entries))) for heading, entries in GROUPS]
        return super().get_context_data(groups=groups, **kwargs)

    def _open(self, entries):
        """The lists that this role may read, each with its number of rows."""
        user = self.request.user
        for entry in entries:
            if user.has_perm(entry.permission):
                rows = offices_managed_by(user) if entry.model is Office else self.rows(entry.model)
                yield entry, rows.count()
