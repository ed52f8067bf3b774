"""Instruments made by people: begun, copied, set up, offered, continued, removed."""

import pytest
from django.core.exceptions import ValidationError

from evaluations.actions.instrument_items import ItemsChanged, VersionLocked, delete_item
from evaluations.actions.instrument_versions import (
    copy_instrument,
    create_instrument,
    delete_instrument,
    delete_version,
    describe_instrument,
    description_mark,
    offer_instrument,
    set_up_version,
    start_new_version,
)
from evaluations.actions.surveys import change_survey_state
from evaluations.models import Instrument, InstrumentVersion, Survey
from evaluations.version_comparison import compare_versions
from tests.evaluations.building import add, keys, own_version, stamp

HEAD = {
    "name": "Kuesioner baru",
    "kind": "kuesioner",
    "description": "",
    "source": "",
    "audience": [],
    "waves": [],
}
SETTINGS = {"scoring": "rata_rata", "dimensions": {"satu": {"id": "Satu", "en": "", "order": 1}}, "bands": [],
            "weights": {}, "legal_source": ""}  # fmt: skip


@pytest.fixture
def version(world) -> InstrumentVersion:
    return own_version(world.here)


def open_surveys(world, version) -> None:
    surveys = Survey.objects.visible_to(world.national)
    surveys.filter(pk=world.there.surveys["sesudah"].pk).update(version=version, state=Survey.State.OPEN)


def test_a_new_instrument_belongs_to_the_office_and_is_empty_and_not_offered(world):
    version = create_instrument(values=HEAD, scoring="rata_rata", owner=world.here.office)
    instrument = version.instrument
    assert (instrument.owner, instrument.key, instrument.is_ready) == (world.here.office, "kuesioner_baru", False)
    second = create_instrument(values=HEAD, scoring="rata_rata", owner=world.here.office)
    assert second.instrument.key == "kuesioner_baru_2"


def test_a_copy_asks_the_same_under_another_owner(world):
    copy = copy_instrument(version=world.version, name="Salinan kami", owner=world.here.office)
    first = copy.versions.get()
    assert (copy.key, copy.owner, copy.is_ready, first.number) == ("salinan_kami", world.here.office, False, 1)
    assert {status for _key, status in compare_versions(world.version.items.all(), first.items.all())} == {"same"}


def test_two_descriptions_at_once_overwrite_nothing(version):
    instrument = version.instrument
    mark = description_mark(instrument)
    describe_instrument(instrument=instrument, mark=mark, values=HEAD | {"name": "Dari orang lain"})
    with pytest.raises(ItemsChanged):
        describe_instrument(instrument=instrument, mark=mark, values=HEAD | {"name": "Dari saya"})
    assert Instrument.objects.get(pk=instrument.pk).name == "Dari orang lain"


def test_settings_are_stored_and_renew_the_stamp(version):
    seen = stamp(version)
    wanted = SETTINGS | {"weights": {"satu": "1", "b2": "0.5"}, "legal_source": "PermenPANRB 14/2017"}
    set_up_version(version=version, stamp=seen, values=wanted)
    stored = InstrumentVersion.objects.get(pk=version.pk)
    assert {name: getattr(stored, name) for name in wanted} == wanted
    with pytest.raises(ItemsChanged):
        set_up_version(version=version, stamp=seen, values=wanted)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"dimensions": {"lain": {"id": "Lain", "en": "", "order": 1}}}, "dimensions"),
        ({"weights": {"tidak_ada": "1"}}, "weights"),
    ],
)
def test_settings_that_name_what_is_not_there_are_refused(version, change, field):
    with pytest.raises(ValidationError) as refused:
        set_up_version(version=version, stamp=stamp(version), values=SETTINGS | change)
    assert list(refused.value.message_dict) == [field]


def test_settings_under_which_it_cannot_be_asked_withdraw_the_instrument(version):
    set_up_version(version=version, stamp=stamp(version), values=SETTINGS | {"scoring": "skm"})
    assert not Instrument.objects.get(pk=version.instrument_id).is_ready
    with pytest.raises(ValidationError):
        offer_instrument(instrument=version.instrument, is_ready=True)
    set_up_version(version=version, stamp=stamp(version), values=SETTINGS)
    offer_instrument(instrument=version.instrument, is_ready=True)
    assert Instrument.objects.get(pk=version.instrument_id).is_ready


def test_a_new_version_keeps_every_key_and_the_old_one_stays_locked(world, version):
    add(version, "teks", key="alasan", relevance="${b1} <= 2")
    open_surveys(world, version)
    newer = start_new_version(instrument=version.instrument)
    assert (newer.number, keys(newer)) == (2, ["b1", "b2", "b3", "alasan"])
    assert not Instrument.objects.get(pk=version.instrument_id).is_ready
    add(newer, key="baru")
    with pytest.raises(VersionLocked):
        add(version, key="baru")


def test_a_version_that_can_still_be_changed_needs_no_successor(version):
    with pytest.raises(ValidationError):
        start_new_version(instrument=version.instrument)
    assert version.instrument.versions.count() == 1


def test_only_what_no_survey_is_bound_to_can_be_deleted(world, version):
    open_surveys(world, version)
    newer = start_new_version(instrument=version.instrument)
    delete_version(version=newer)
    for refused in (
        lambda: delete_version(version=version),
        lambda: delete_instrument(instrument=version.instrument),
    ):
        with pytest.raises(ValidationError):
            refused()
    assert list(version.instrument.versions.values_list("number", flat=True)) == [1]


def test_a_survey_of_a_version_that_was_broken_meanwhile_is_not_opened(world, version):
    survey = Survey.objects.visible_to(world.national).get(pk=world.here.surveys["sesudah"].pk)
    Survey.objects.visible_to(world.national).filter(pk=survey.pk).update(version=version)
    for item in version.items.select_related("version"):
        delete_item(item=item, stamp=stamp(version))
    survey.refresh_from_db()
    with pytest.raises(ValidationError) as refused:
        change_survey_state(survey=survey, state=Survey.State.OPEN)
    assert "Instrumen memerlukan paling sedikit satu butir yang dijawab." in refused.value.messages
    survey.refresh_from_db()
    assert survey.state == Survey.State.DRAFT


def test_a_planned_survey_keeps_its_version_though_nothing_is_locked(world, version):
    Survey.objects.visible_to(world.national).filter(pk=world.there.surveys["sesudah"].pk).update(version=version)
    for refused in (
        lambda: delete_version(version=version),
        lambda: delete_instrument(instrument=version.instrument),
    ):
        with pytest.raises(ValidationError):
            refused()


def test_the_last_version_goes_only_with_its_instrument(version):
    with pytest.raises(ValidationError):
        delete_version(version=version)
    delete_instrument(instrument=version.instrument)
    assert not Instrument.objects.filter(key="milik").exists()
