"""What the tests of interviews share: a guide, a plan, and how a page is read."""

from datetime import timedelta

from django.urls import reverse
from django.utils import timezone

from evaluations.models import Instrument, InstrumentVersion, Interview, Item

PLAN = {"informant_role": "pimpinan_unit", "informant_name": "Ratna Uji", "unit": "Loket", "interviewer": "Tim A"}
HELD = PLAN | {"date": "2026-07-02", "consent": "peran", "consent_form": "tertulis"}
GUIDE = (
    ("buka", "Sampaikan tujuan.", "catatan"),
    ("hasil", "Apa hasilnya?", "teks"),
    ("saran", "Apa saran?", "teks"),
)


def make_guide() -> InstrumentVersion:
    instrument = Instrument.objects.create(key="panduan", name="Panduan uji", kind="wawancara", is_ready=True)
    version = InstrumentVersion.objects.create(instrument=instrument, number=2, scoring="tanpa")
    for position, (key, text, type_) in enumerate(GUIDE):
        Item.objects.create(version=version, position=position, key=key, label=key, text=text, type=type_)
    return version


def url(name: str, row) -> str:
    return reverse(name, args=[row.pk])


def in_days(days: int) -> str:
    return (timezone.localdate() + timedelta(days=days)).isoformat()


def page_of(client, address: str) -> str:
    return " ".join(client.get(address).content.decode().split())


def plan_one(client, evaluation, **values) -> Interview:
    assert client.post(url("interview_plan", evaluation), PLAN | {"date": in_days(7)} | values).status_code == 302
    return evaluation.interviews.latest("pk")
