"""Data induk: lists that everyone reads and a national administrator keeps; rules of one kind never overlap."""

from datetime import date
from decimal import Decimal
from io import StringIO

import pytest
from django.core.management import call_command
from django.urls import reverse

from asn_eval.history.models import LogEntry
from programs.models import BudgetComponent, BudgetLine, LearningDuty, LessonHourRule, TrainingForm
from tests.queries import page_queries

LISTS = (
    "training_form_list",
    "lesson_hour_rule_list",
    "learning_duty_list",
    "budget_component_list",
    "grade_list",
)
BELAJAR_MANDIRI, OUTBOUND = "Belajar mandiri (self development)", "Pembelajaran alam terbuka (outbound)"
RULE = {
    "unit": "sesi",
    "lesson_hours": "2,5",
    "maximum": "",
    "valid_from": "2020-01-01",
    "valid_until": "",
    "legal_basis": "",
}


@pytest.fixture
def admin(client, world):
    call_command("load_reference", stdout=StringIO())
    client.force_login(world.national)
    return client


@pytest.fixture
def form(admin) -> TrainingForm:
    return TrainingForm.objects.get(code="e-learning")


def errors(page) -> list[str]:
    return list(page.context["form"].errors)


def shown(page) -> list[str]:
    return [str(row) for row in page.context["object_list"]]


@pytest.mark.parametrize("name", LISTS)
def test_a_list_needs_the_same_queries_for_any_number_of_rows(world, client, name):
    client.force_login(world.national)
    url = reverse(name)
    page_queries(client, url)
    before = page_queries(client, url)
    call_command("load_reference", stdout=StringIO())
    assert page_queries(client, url) == before


@pytest.mark.parametrize("name", LISTS)
def test_an_administrator_of_one_office_reads_and_is_offered_no_change(admin, world, client, name):
    client.force_login(world.here.users["admin"])
    page = client.get(reverse(name)).content.decode()
    assert "Tindakan" not in page
    assert "/tambah/" not in page
    client.force_login(world.national)
    assert ("Tindakan" in client.get(reverse(name)).content.decode()) == (name != "grade_list")


@pytest.mark.parametrize("role", ["staf", "manajer"])
def test_the_index_counts_each_list_that_the_role_may_read(admin, world, client, role):
    client.force_login(world.here.users[role])
    groups = client.get(reverse("reference_index")).context["groups"]
    counts = {str(entry.label): count for _heading, entries in groups for entry, count in entries}
    expected = {
        "Unit kerja": 1,
        "Kantor regional": 0,
        "Bentuk pelatihan": TrainingForm.objects.count(),
        "Konversi JP": 8,
        "Kewajiban JP": 1,
        "Aturan gelombang": 0,
        "Komponen anggaran": 10,
        "Instrumen": 1,
        "Golongan": 34,
    }
    assert counts == expected | ({"ASN": 6} if role == "staf" else {})


# --- Bentuk pelatihan ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"q": "belajar ("}, [BELAJAR_MANDIRI, "Komunitas belajar (community of practice)", OUTBOUND]),
        ({"q": "16"}, ["E-learning"]),
        ({"q": "pelatihan", "jalur": "nonklasikal"}, ["Pelatihan jarak jauh"]),
        ({"q": "9" * 18}, []),
        ({"q": "mandiri BELAJAR"}, [BELAJAR_MANDIRI]),
        ({"jalur": "nonklasikal", "q": "oring", "urut": "-siasn"}, ["Mentoring"]),
    ],
)
def test_forms_of_training_are_found(admin, query, found):
    assert shown(admin.get(reverse("training_form_list"), query)) == found


def test_a_form_of_training_is_added_with_a_code_that_stays(admin):
    data = {"name": "Klinik  kepegawaian", "track": "nonklasikal", "siasn_id": "99", "source": "Kami"}
    assert admin.post(reverse("training_form_create"), data).url == reverse("training_form_list")
    form = TrainingForm.objects.get(siasn_id=99)
    assert (form.name, form.code) == ("Klinik kepegawaian", "klinik-kepegawaian")
    admin.post(reverse("training_form_update", args=[form.pk]), data | {"name": "Klinik ASN"})
    form.refresh_from_db()
    assert (form.name, form.code) == ("Klinik ASN", "klinik-kepegawaian")


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"name": "MENTORING"}, "name"),
        ({"name": "Mentoring!"}, "name"),
        ({"name": "!!!"}, "name"),
        ({"siasn_id": "15"}, "siasn_id"),
        ({"siasn_id": "-1"}, "siasn_id"),
        ({"track": "lain"}, "track"),
    ],
)
def test_a_wrong_form_of_training_is_refused_at_its_field(admin, changes, field):
    data = {"name": "Klinik", "track": "klasikal", "siasn_id": "", "source": ""} | changes
    assert errors(admin.post(reverse("training_form_create"), data)) == [field]


def test_what_is_in_use_stays_and_what_rests_on_it_is_named(admin, world):
    form = TrainingForm.objects.get(code="workshop")
    component = BudgetComponent.objects.get(name="Konsumsi")
    BudgetLine.objects.create(program=world.here.program, component=component, description="Makan", planned=1)
    page = admin.post(reverse("training_form_delete", args=[form.pk])).content.decode()
    assert "Lokakarya" in page
    page = admin.post(reverse("budget_component_delete", args=[component.pk])).content.decode()
    assert "Makan" in page
    assert (TrainingForm.objects.filter(pk=form.pk).count(), BudgetComponent.objects.count()) == (1, 10)


@pytest.mark.parametrize(
    ("name", "model"), [("lesson_hour_rule", LessonHourRule), ("learning_duty", LearningDuty)]
)
def test_what_nothing_rests_on_is_deleted_after_a_question(admin, name, model):
    row = model.objects.first()
    url = reverse(f"{name}_delete", args=[row.pk])
    assert "Data yang dihapus tidak dapat dikembalikan." in admin.get(url).content.decode()
    assert admin.post(url).url == reverse(f"{name}_list")
    assert not model.objects.filter(pk=row.pk).exists()


# --- Rules with dates ----------------------------------------------------------------


@pytest.fixture
def rules(form) -> list[LessonHourRule]:
    """E-learning per session: 2 JP in 2019, 3 JP from 2021 on; nothing in 2020."""
    return [
        LessonHourRule.objects.create(
            form=form,
            unit="sesi",
            lesson_hours=2,
            valid_from=date(2019, 1, 1),
            valid_until=date(2019, 12, 31),
        ),
        LessonHourRule.objects.create(form=form, unit="sesi", lesson_hours=3, valid_from=date(2021, 1, 1)),
    ]


@pytest.mark.parametrize(
    ("start", "end", "fits"),
    [
        ("2020-01-01", "2020-12-31", True),
        ("2018-01-01", "2018-12-31", True),
        ("2020-01-01", "", False),
        ("2019-12-31", "2020-06-30", False),
        ("2020-12-01", "2021-01-01", False),
        ("2018-01-01", "2030-01-01", False),
        ("2025-01-01", "2025-12-31", False),
    ],
)
def test_two_rules_of_a_kind_never_hold_on_the_same_day(admin, form, rules, start, end, fits):
    data = RULE | {"form": form.pk, "valid_from": start, "valid_until": end}
    page = admin.post(reverse("lesson_hour_rule_create"), data)
    if fits:
        assert page.status_code == 302
        assert LessonHourRule.objects.get(valid_from=start, form=form).lesson_hours == Decimal("2.5")
    else:
        assert errors(page) == ["valid_from"]
        assert "Bertumpang tindih" in page.context["form"].errors["valid_from"][0]


def test_a_rule_of_another_unit_may_hold_on_the_same_day_and_a_rule_does_not_overlap_itself(admin, form, rules):
    data = RULE | {"form": form.pk, "unit": "hari", "valid_from": "2019-06-01"}
    assert admin.post(reverse("lesson_hour_rule_create"), data).status_code == 302
    data = RULE | {"form": form.pk, "valid_from": "2020-06-01", "seen_revision": 1}
    assert admin.post(reverse("lesson_hour_rule_update", args=[rules[1].pk]), data).status_code == 302


def test_the_overlap_says_which_rule_and_what_to_do(admin, form, rules):
    data = RULE | {"form": form.pk, "valid_from": "2025-01-01"}
    page = admin.post(reverse("lesson_hour_rule_create"), data)
    assert page.context["form"].errors["valid_from"] == [
        "Bertumpang tindih dengan “E-learning: 3 JP / sesi” yang berlaku sejak 1 Januari 2021 tanpa tanggal "
        "akhir. Isi dulu tanggal akhir aturan itu."
    ]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"valid_until": "2019-12-31"}, "valid_until"),
        ({"valid_from": "0206-01-01"}, "valid_from"),
        ({"valid_from": ""}, "valid_from"),
        ({"maximum": "1"}, "maximum"),
        ({"lesson_hours": "-1"}, "lesson_hours"),
        ({"lesson_hours": "dua"}, "lesson_hours"),
        ({"lesson_hours": "99999999"}, "lesson_hours"),
        ({"unit": "abad"}, "unit"),
        ({"form": "0"}, "form"),
        ({"is_verified": "on"}, "legal_basis"),
    ],
)
def test_a_wrong_rule_is_refused_at_its_field(admin, form, changes, field):
    page = admin.post(reverse("lesson_hour_rule_create"), RULE | {"form": form.pk} | changes)
    assert errors(page) == [field]


def test_a_duty_is_dated_like_a_rule(admin):
    data = {
        "status": "PNS",
        "lesson_hours": "24",
        "valid_from": "2026-01-01",
        "valid_until": "",
        "legal_basis": "",
    }
    assert errors(admin.post(reverse("learning_duty_create"), data)) == ["valid_from"]
    assert admin.post(reverse("learning_duty_create"), data | {"status": "PPPK"}).status_code == 302
    assert LearningDuty.objects.get(status="PPPK").lesson_hours == 24


def test_rules_that_do_not_hold_today_are_shown_when_asked_for(admin, form, rules):
    url = reverse("lesson_hour_rule_list")
    page = admin.get(url, {"q": "e-learning"})
    assert [rule.valid_from.year for rule in page.context["object_list"]] == [2021]
    assert "1 aturan tidak berlaku hari ini." in page.content.decode()
    page = admin.get(url, {"q": "e-learning", "berlaku": "semua", "urut": "mulai"})
    assert [rule.valid_from.year for rule in page.context["object_list"]] == [2019, 2021]
    assert "tidak berlaku lagi" in page.content.decode()


@pytest.mark.parametrize(("name", "count"), [("Konsumsi", 0), (" KONSUMSI ", 0), ("Pajak", 1)])
def test_a_component_is_named_once(admin, name, count):
    admin.post(reverse("budget_component_create"), {"name": name, "order": "5"})
    assert BudgetComponent.objects.exclude(order__in=range(10, 101, 10)).count() == count


def test_a_change_of_reference_data_stands_in_the_history(admin):
    duty = LearningDuty.objects.get()
    data = {
        "status": "PNS",
        "lesson_hours": "24",
        "valid_from": "2017-01-01",
        "valid_until": "",
        "legal_basis": "PP 11/2017",
        "is_verified": "on",
        "seen_revision": 1,
    }
    assert admin.post(reverse("learning_duty_update", args=[duty.pk]), data).status_code == 302
    entry = LogEntry.objects.unscoped("test").filter(action=LogEntry.Action.UPDATE).latest("pk")
    assert entry.changes["lesson_hours"] == ["20.0", "24"]
    assert entry.is_open
