"""The region gate: no row of a scoped model is read without saying for whom."""

import pytest
from django import forms
from django.core.checks import run_checks
from django.core.exceptions import FieldError, ValidationError
from django.db import IntegrityError, models, transaction

from asn_eval.access import Role
from asn_eval.accounts.models import Office, Region, User
from asn_eval.checks import leads_to_scoped_rows
from asn_eval.scoping import UnscopedQuery, unscoped
from programs.models import Activity, Objective, Program
from tests.world import make_program


def for_user(rows):
    return rows.visible_to(User.objects.get(username="staf_medan"))


READERS = {
    "list": list,
    "len": len,
    "bool": bool,
    "count": lambda rows: rows.count(),
    "exists": lambda rows: rows.exists(),
    "first": lambda rows: rows.first(),
    "last": lambda rows: rows.last(),
    "get": lambda rows: rows.get(pk=1),
    "values": lambda rows: list(rows.values("id")),
    "values_list": lambda rows: list(rows.values_list("id", flat=True)),
    "iterator": lambda rows: list(rows.iterator()),
    "update": lambda rows: rows.update(name="x"),
    "delete": lambda rows: rows.delete(),
    "aggregate": lambda rows: rows.aggregate(n=models.Count("pk")),
    "index": lambda rows: rows[0],
    "slice": lambda rows: list(rows.order_by("name")[:2]),
    "in_bulk": lambda rows: rows.in_bulk([1]),
    "contains": lambda rows: rows.contains(Program(pk=1)),
    "union": lambda rows: list(rows.union(rows)),
    "union_count": lambda rows: rows.union(rows).count(),
    "intersection": lambda rows: list(for_user(rows).intersection(rows)),
    "difference": lambda rows: list(rows.difference(for_user(rows))),
    "earliest": lambda rows: rows.earliest("pk"),
    "latest": lambda rows: rows.latest("pk"),
    "distinct": lambda rows: list(rows.distinct()),
    "dates": lambda rows: list(rows.dates("start_date", "year")),
    "datetimes": lambda rows: list(rows.datetimes("created_at", "year")),
    "get_or_create": lambda rows: rows.get_or_create(name="zz", region_id=1),
    "update_or_create": lambda rows: rows.update_or_create(name="zz", defaults={"aims": "x"}),
    "explain": lambda rows: rows.explain(),
    "raw_delete": lambda rows: rows._raw_delete("default"),
    "select_related": lambda rows: list(rows.select_related("region")),
    "or_visible": lambda rows: list(rows | for_user(rows)),
    "visible_or": lambda rows: list(for_user(rows) | rows),
    "visible_xor": lambda rows: list(for_user(rows) ^ rows),
    "visible_union": lambda rows: list(for_user(rows).union(rows)),
    "or_filtered": lambda rows: list(rows.filter(name="x") | rows),
}


@pytest.mark.parametrize("reader", READERS.values(), ids=READERS)
def test_every_way_to_read_refuses(world, reader):
    with pytest.raises(UnscopedQuery):
        reader(Program.objects.all())


def test_async_iteration_refuses(world):
    from asgiref.sync import async_to_sync

    async def read():
        return [row async for row in Program.objects.all().aiterator()]

    with pytest.raises(UnscopedQuery):
        async_to_sync(read)()


def test_visible_to_follows_the_regions_of_the_office(world):
    district = Region.objects.get(code="33.74.08")
    inside = make_program(district, world.here.office, "Di kecamatan")
    names = set(Program.objects.visible_to(world.here.users["staf"]).values_list("name", flat=True))
    assert names == {world.here.program.name, inside.name}


def test_visible_to_does_not_climb_to_the_province(world):
    make_program(Region.objects.get(code="33"), world.here.office, "Tingkat provinsi")
    assert not Program.objects.visible_to(world.here.users["staf"]).filter(name="Tingkat provinsi").exists()


def test_visible_to_takes_a_national_office_for_national(world):
    assert Program.objects.visible_to(world.national).count() == 2


def test_visible_to_takes_an_admin_without_office_for_national(world):
    assert Program.objects.visible_to(User(username="a", role=Role.ADMIN)).count() == 2


def test_visible_to_gives_nothing_to_a_user_without_office(world):
    assert Program.objects.visible_to(User(username="x", role=Role.STAFF)).count() == 0


def test_visible_to_gives_nothing_to_an_office_without_regions(world):
    office = Office.objects.create(name="Baru", kind=Office.Kind.LOCAL)
    user = User.objects.create_user("baru", role=Role.ADMIN, office=office)
    assert Program.objects.visible_to(user).count() == 0


def test_visible_to_gives_nothing_to_a_stranger(world, rf):
    from django.contrib.auth.models import AnonymousUser

    assert list(Program.objects.visible_to(AnonymousUser())) == []


def test_one_office_may_answer_for_several_regions(world):
    world.here.office.regions.add(world.there.region)
    user = User.objects.get(username="staf_semarang")
    assert Program.objects.visible_to(user).count() == 2
    assert Activity.objects.visible_to(user).count() == 2


def test_filters_before_and_after_the_gate_both_hold(world):
    user = world.here.users["staf"]
    rows = Program.objects.filter(type=Program.Type.TRAINING).visible_to(user).order_by("pk").exclude(name="x")
    assert [row.pk for row in rows] == [world.here.program.pk]


def test_rows_reached_from_a_held_row_keep_working(world):
    program = world.there.program
    assert program.objectives.count() == 1
    objective = program.objectives.get()
    objective.refresh_from_db()
    assert objective.program == program
    prefetched = Program.objects.visible_to(world.national).prefetch_related("activities")
    assert [len(row.activities.all()) for row in prefetched] == [1, 1]
    program.name = "Baru"
    program.save()
    program.full_clean()
    objective.delete()
    assert not program.objectives.exists()


def test_uniqueness_holds_across_regions_unseen(world):
    here = world.here.program
    with pytest.raises(ValidationError):
        Program(
            name=here.name,
            type=here.type,
            region=here.region,
            organizer=here.organizer,
            start_date=here.start_date,
            end_date=here.end_date,
        ).full_clean()


def test_a_plain_model_form_cannot_offer_foreign_rows(world):
    class Form(forms.ModelForm):
        class Meta:
            model = Objective
            fields = ("program",)

    form = Form()
    with pytest.raises(UnscopedQuery):
        str(form)
    form.fields["program"].queryset = Program.objects.visible_to(world.here.users["staf"])
    assert str(form).count("<option") == 2
    bound = Form({"program": world.there.program.pk})
    bound.fields["program"].queryset = Program.objects.visible_to(world.here.users["staf"])
    assert not bound.is_valid()


def test_a_subquery_needs_no_scope_of_its_own(world):
    rows = Region.objects.filter(models.Exists(Program.objects.filter(region=models.OuterRef("pk"))))
    assert rows.count() == 2


def test_unscoped_says_why_and_reads_everything(world):
    assert Program.objects.unscoped("a test of the gate").count() == 2
    with unscoped("a test of the gate"):
        assert Program.objects.count() == 2
    with pytest.raises(UnscopedQuery):
        Program.objects.count()


def test_an_empty_queryset_is_harmless(world):
    assert list(Program.objects.none()) == []


def test_has_perm_asks_role_and_region(world):
    staff = world.here.users["staf"]
    assert staff.has_perm("programs.change_program", world.here.program)
    assert not staff.has_perm("programs.change_program", world.there.program)
    assert not world.here.users["manajer"].has_perm("programs.change_program", world.here.program)
    staff.is_active = False
    assert not staff.has_perm("programs.change_program")


def test_open_models_offer_no_way_to_scoped_rows(world):
    assert not hasattr(world.here.region, "program_set")
    with pytest.raises(FieldError):
        Region.objects.annotate(n=models.Count("program"))
    assert [error for error in run_checks() if error.id == "asn.E001"] == []


def test_a_named_way_back_from_an_open_model_fails_at_start(world):
    field = Program._meta.get_field("region")
    field.remote_field.related_name = "programs"
    try:
        assert "asn.E001" in [error.id for error in run_checks()]
    finally:
        field.remote_field.related_name = "+"


def test_a_relation_declared_on_an_open_model_fails_at_start():
    from types import SimpleNamespace as Field

    towards = Field(model=Region, related_model=Program, remote_field=Field(related_name=None))
    within = Field(model=Activity, related_model=Program, remote_field=Field(related_name="activities"))
    assert leads_to_scoped_rows(towards)
    assert not leads_to_scoped_rows(within)


def test_a_row_of_an_open_model_lifts_nothing(world):
    rows = Program.objects.all()
    rows._add_hints(instance=world.here.region)
    with pytest.raises(UnscopedQuery):
        list(rows)


def test_a_user_needs_an_office_unless_admin(world):
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.create_user("y", role=Role.STAFF)
    User.objects.create_user("z", role=Role.ADMIN)


def test_only_a_central_office_may_be_national(world):
    with pytest.raises(IntegrityError), transaction.atomic():
        Office.objects.create(name="Palsu", kind=Office.Kind.LOCAL, is_national=True)
