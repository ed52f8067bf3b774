from io import StringIO

from django.core.management import call_command

from programs.models import Grade, TrainingForm


def load():
    call_command("load_reference", stdout=StringIO())


def test_loading_brings_every_grade_and_form(db):
    load()
    assert dict.fromkeys(Grade.objects.values_list("status", flat=True).order_by("status")) == {
        "PNS": None,
        "PPPK": None,
    }
    assert Grade.objects.filter(status="PNS").count() == 17
    assert Grade.objects.filter(status="PPPK").count() == 17
    assert set(TrainingForm.objects.values_list("siasn_id", flat=True)) == set(range(1, 26))


def test_loading_again_repairs_a_name_and_keeps_the_row(db):
    load()
    form = TrainingForm.objects.get(code="lokakarya")
    name = form.name
    TrainingForm.objects.filter(pk=form.pk).update(name="Salah ketik")
    load()
    form.refresh_from_db()
    assert form.name == name
    assert TrainingForm.objects.count() == 25
