"""The same button pressed twice, or two people with the same idea at the same moment: a kind answer, no error.

The other one writes between our check and our writing: just before the row is saved.
"""

from contextlib import contextmanager

import pytest
from django.db.models.signals import pre_save
from django.urls import reverse

from evaluations.models import Survey
from programs.models import Agency, Program
from tests.world import make_instrument

MESSAGE = "Data berubah pada saat disimpan. Tekan Simpan sekali lagi."


@contextmanager
def somebody_faster(model):
    """Whoever saves a row of ``model`` finds the same row there already."""

    def write_first(instance, **_kwargs):
        twin = {
            field.attname: getattr(instance, field.attname)
            for field in model._meta.concrete_fields
            if not field.generated
        }
        model.objects.bulk_create([model(**twin)])

    pre_save.connect(write_first, sender=model)
    try:
        yield
    finally:
        pre_save.disconnect(write_first, sender=model)


def program(world):
    return reverse("program_create"), {
        "name": "Program kembar",
        "type": "pelatihan",
        "region": "33.74",
        "organizer": world.here.office.pk,
        "start_date": "2026-01-01",
        "end_date": "2026-01-02",
        "maximum_score": "100",
    }


def unit(_world):
    return reverse("agency_create"), {"name": "Unit kembar", "kind": "unit", "region": "33.74"}


def survey(world):
    return reverse("survey_create", args=[world.here.evaluation.pk]), {
        "version": make_instrument("kembar").pk,
        "mode": "rahasia",
        "after": "on",
        "after_opens": "2026-07-01",
        "after_closes": "2026-08-01",
    }


@pytest.mark.parametrize(
    ("role", "model", "page"), [("staf", Program, program), ("staf", Agency, unit), ("evaluator", Survey, survey)]
)
def test_who_is_slower_by_a_moment_keeps_what_was_typed(client, world, role, model, page):
    client.force_login(world.here.users[role])
    url, typed = page(world)
    with somebody_faster(model):
        response = client.post(url, typed)
    assert response.status_code == 200
    assert MESSAGE in response.content.decode()
    assert response.context["form"].data.dict() == {name: str(value) for name, value in typed.items()}
    assert client.post(url, typed).status_code == 302
