from datetime import date
from io import StringIO

from django.core.management import call_command

from programs.models import BudgetComponent, Grade, LearningDuty, LessonHourRule, TrainingForm

EDITED = (TrainingForm, LessonHourRule, LearningDuty, BudgetComponent)


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


def test_loading_again_keeps_what_was_edited(db):
    load()
    TrainingForm.objects.filter(code="lokakarya").update(name="Lokakarya", source="Keputusan kami")
    LessonHourRule.objects.filter(form__code="coaching").update(lesson_hours=3, is_verified=True)
    BudgetComponent.objects.filter(name="Konsumsi").update(name="Makan dan minum")
    BudgetComponent.objects.get(name="Sertifikat").delete()
    LearningDuty.objects.update(lesson_hours=24)
    before = [list(model.objects.order_by("pk").values()) for model in EDITED]
    load()
    assert [list(model.objects.order_by("pk").values()) for model in EDITED] == before


def test_loading_again_repairs_a_grade(db):
    load()
    Grade.objects.filter(code="III/d").update(rank_name="Salah ketik")
    load()
    assert Grade.objects.get(code="III/d").rank_name == "Penata Tingkat I"


def test_a_form_of_ours_with_the_same_siasn_number_keeps_it(db):
    TrainingForm.objects.create(code="magang-kami", name="Magang kami", siasn_id=10, track="nonklasikal")
    load()
    assert [form.code for form in TrainingForm.objects.filter(siasn_id=10)] == ["magang-kami"]
    assert not LessonHourRule.objects.filter(form__code="magang").exists()


def test_starting_rules_are_dated_have_a_source_and_are_not_verified(db):
    load()
    assert (LessonHourRule.objects.count(), LearningDuty.objects.count(), BudgetComponent.objects.count()) == (
        8,
        1,
        10,
    )
    for rule in (*LessonHourRule.objects.all(), *LearningDuty.objects.all()):
        rule.full_clean()
        assert (rule.is_verified, bool(rule.legal_basis), rule.valid_until) == (False, True, None)
    assert [(duty.status, duty.lesson_hours) for duty in LearningDuty.objects.on(date(2026, 1, 1))] == [
        ("PNS", 20)
    ]
