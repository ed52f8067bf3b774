"""Items are changed one at a time, never behind another's back, never into a form that nobody could answer."""

import pytest
from django.core.exceptions import ValidationError

from evaluations.actions.instrument_items import (
    ItemHeld,
    ItemsChanged,
    VersionLocked,
    copy_item,
    delete_item,
    draw_items,
    move_item,
    problems_of_version,
    update_item,
)
from evaluations.models import Instrument, InstrumentVersion, Survey
from tests.evaluations.building import YES_NO_OPTIONS, add, keys, own_version, row, stamp, values
from tests.world import make_instrument


@pytest.fixture
def version(world) -> InstrumentVersion:
    return own_version(world.here)


def get(version, key):
    return version.items.select_related("version").get(key=key)


def update(version, key, /, *, rows=(), **fields):
    item = get(version, key)
    kept = {name: getattr(item, name) for name in values()}
    return update_item(item=item, stamp=stamp(version), values=kept | fields, rows=rows)


# --- Adding ---


def test_an_item_without_key_and_short_name_gets_both_from_its_question(version):
    item = add(version, text="Apakah pelatihan ini bermanfaat bagi pekerjaan Anda sehari-hari di kantor?")
    assert (item.key, item.label) == (
        "apakah_pelatihan_ini_ber",
        "Apakah pelatihan ini bermanfaat bagi pekerjaan Anda sehari-h",
    )
    assert keys(version) == ["b1", "b2", "b3", "apakah_pelatihan_ini_ber"]


def test_an_item_is_put_behind_another_and_behind_the_rows_of_a_matrix(version):
    add(version, "matriks", key="tabel", rows=[row("r1"), row("r2")], after="b1")
    add(version, key="antara", after="tabel")
    assert keys(version) == ["b1", "tabel", "r1", "r2", "antara", "b2", "b3"]


def test_a_key_that_another_item_has_is_refused_at_its_field(version):
    with pytest.raises(ValidationError) as refused:
        add(version, key="B1")
    assert refused.value.message_dict == {"key": ["kode ini dipakai lebih dari satu butir."]}
    assert keys(version) == ["b1", "b2", "b3"]


def test_what_the_rules_refuse_is_told_at_the_field(version):
    with pytest.raises(ValidationError) as refused:
        add(version, "pilihan", options=YES_NO_OPTIONS[:1], relevance="${belum} = 1")
    assert set(refused.value.message_dict) == {"options", "relevance"}


def test_a_matrix_needs_rows_and_gives_them_its_scale_and_what_they_share(version):
    with pytest.raises(ValidationError) as refused:
        add(version, "matriks", key="kosong")
    assert set(refused.value.message_dict) == {"rows"}
    add(version, "matriks", key="tabel", rows=[row("r1", "Satu")], dimension="satu", level=3, allows_na=True)
    head, first = get(version, "tabel"), get(version, "r1")
    assert (head.dimension, head.level, head.is_required, head.allows_na) == ("", None, False, False)
    assert (first.dimension, first.level, first.is_required, first.allows_na) == ("satu", 3, True, True)
    assert (first.type, first.minimum, first.maximum, first.matrix) == ("likert", 1, 5, "tabel")


# --- Changing ---


def test_every_change_renews_the_stamp(version):
    seen = {stamp(version)}
    for change in (
        lambda: add(version, key="baru"),
        lambda: update(version, "b1", text="Lain"),
        lambda: move_item(item=get(version, "b1"), stamp=stamp(version), steps=1),
        lambda: copy_item(item=get(version, "b1"), stamp=stamp(version)),
        lambda: delete_item(item=get(version, "b2"), stamp=stamp(version)),
    ):
        change()
        assert stamp(version) not in seen
        seen.add(stamp(version))


@pytest.mark.parametrize("action", ["update", "copy", "move", "delete"])
def test_who_saw_an_older_state_overwrites_nothing(version, action):
    old, item = stamp(version), get(version, "b1")
    update(version, "b1", text="Dari orang lain")
    with pytest.raises(ItemsChanged):
        {
            "update": lambda: update_item(item=item, stamp=old, values=values(key="b1", text="Dari saya")),
            "copy": lambda: copy_item(item=item, stamp=old),
            "move": lambda: move_item(item=item, stamp=old, steps=1),
            "delete": lambda: delete_item(item=item, stamp=old),
        }[action]()
    assert get(version, "b1").text == "Dari orang lain"
    assert keys(version) == ["b1", "b2", "b3"]


def test_a_version_that_was_asked_is_locked_against_every_change(world):
    version = world.version
    Survey.objects.visible_to(world.national).filter(version=version).update(state=Survey.State.OPEN)
    item, now = version.items.select_related("version").first(), stamp(version)
    for change in (
        lambda: add(version),
        lambda: update_item(item=item, stamp=now, values=values(key="b1")),
        lambda: copy_item(item=item, stamp=now),
        lambda: move_item(item=item, stamp=now, steps=1),
        lambda: delete_item(item=item, stamp=now),
        lambda: draw_items(version=version, items=[item]),
    ):
        with pytest.raises(VersionLocked):
            change()
    assert stamp(version) == now


def test_a_new_key_is_followed_by_every_formula_and_weight_that_named_the_old_one(version):
    add(version, "teks", key="alasan", relevance="${b1} <= 2 and ${ b1 } != ''")
    InstrumentVersion.objects.filter(pk=version.pk).update(weights={"b1": "2"})
    update(version, "b1", key="manfaat", constraint="${b1} > 0")
    version.refresh_from_db()
    assert get(version, "alasan").relevance == "${manfaat} <= 2 and ${manfaat} != ''"
    assert get(version, "manfaat").constraint == "${manfaat} > 0"
    assert version.weights == {"manfaat": "2"}


def test_a_change_that_would_break_the_condition_of_another_is_refused_with_its_name(version):
    add(version, "pilihan", key="kendala", options=[*YES_NO_OPTIONS, {"key": "lain", "id": "Lain", "en": ""}])
    add(version, "teks", key="sebutkan", relevance="${kendala} = 'lain'")
    with pytest.raises(ItemHeld) as refused:
        update(version, "kendala", options=YES_NO_OPTIONS)
    assert refused.value.messages[1:] == ["“Pertanyaan baru” (nomor 5) tampil bila nomor 4 dijawab “Lain”."]
    with pytest.raises(ItemHeld):
        update(version, "kendala", type="catatan", options=[], is_required=False)
    assert len(get(version, "kendala").options) == 3


def test_the_rows_of_a_matrix_come_go_and_change_with_its_lines(version):
    add(version, "matriks", key="tabel", rows=[row("r1", "Satu"), row("r2", "Dua")], after="b1")
    kept = get(version, "r2")
    kept.dimension, kept.is_reverse, kept.label = "satu", True, "Nama sendiri"
    kept.save()
    update(version, "tabel", key="daftar", maximum=4, rows=[row("r3", "Tiga"), row("r2", "Dua")])
    assert keys(version) == ["b1", "daftar", "r3", "r2", "b2", "b3"]
    stays = get(version, "r2")
    assert (stays.pk, stays.matrix, stays.maximum) == (kept.pk, "daftar", 4)
    assert (stays.dimension, stays.is_reverse, stays.label) == ("satu", True, "Nama sendiri")


def test_an_instrument_that_can_no_longer_be_asked_is_offered_no_longer(version):
    for key in ("b2", "b3", "b1"):
        assert Instrument.objects.get(pk=version.instrument_id).is_ready
        delete_item(item=get(version, key), stamp=stamp(version))
    assert not Instrument.objects.get(pk=version.instrument_id).is_ready


# --- Order ---


@pytest.mark.parametrize(
    ("key", "steps", "order"),
    [
        ("b1", 1, ["b2", "b1", "b3"]),
        ("b3", -1, ["b1", "b3", "b2"]),
        ("b1", -1, ["b1", "b2", "b3"]),
        ("b3", 1, ["b1", "b2", "b3"]),
        ("b1", 9, ["b2", "b3", "b1"]),
    ],
)
def test_an_item_moves_past_its_neighbours_and_not_further_than_the_end(version, key, steps, order):
    move_item(item=get(version, key), stamp=stamp(version), steps=steps)
    assert keys(version) == order


def test_a_matrix_moves_with_its_rows_and_a_row_only_among_them(version):
    add(version, "matriks", key="tabel", rows=[row("r1"), row("r2")], after="b1")
    move_item(item=get(version, "tabel"), stamp=stamp(version), steps=1)
    assert keys(version) == ["b1", "b2", "tabel", "r1", "r2", "b3"]
    move_item(item=get(version, "b3"), stamp=stamp(version), steps=-1)
    assert keys(version) == ["b1", "b2", "b3", "tabel", "r1", "r2"]
    move_item(item=get(version, "r2"), stamp=stamp(version), steps=-5)
    assert keys(version) == ["b1", "b2", "b3", "tabel", "r2", "r1"]


def test_an_item_does_not_move_before_the_one_that_it_depends_on(version):
    add(version, "teks", key="alasan", relevance="${b3} <= 2")
    for key, steps in (("alasan", -1), ("b3", 1)):
        with pytest.raises(ItemHeld) as refused:
            move_item(item=get(version, key), stamp=stamp(version), steps=steps)
        assert refused.value.messages[1:] == [
            "“Pertanyaan baru” (nomor 4) tampil bila jawaban nomor 3 paling banyak 2."
        ]
    assert keys(version) == ["b1", "b2", "b3", "alasan"]


def test_an_item_on_which_another_depends_stays(version):
    add(version, "teks", key="alasan", relevance="${b1} <= 2")
    with pytest.raises(ItemHeld):
        delete_item(item=get(version, "b1"), stamp=stamp(version))
    delete_item(item=get(version, "alasan"), stamp=stamp(version))
    delete_item(item=get(version, "b1"), stamp=stamp(version))
    assert keys(version) == ["b2", "b3"]


def test_a_deleted_matrix_takes_its_rows_along(version):
    add(version, "matriks", key="tabel", rows=[row("r1"), row("r2")], after="b1")
    delete_item(item=get(version, "tabel"), stamp=stamp(version))
    assert keys(version) == ["b1", "b2", "b3"]


# --- Copies ---


def test_a_copy_stands_behind_its_original_with_a_free_key(version):
    update(version, "b1", constraint="${b1} > 1")
    first = copy_item(item=get(version, "b1"), stamp=stamp(version))
    copy_item(item=get(version, "b1"), stamp=stamp(version))
    assert keys(version) == ["b1", "b1_3", "b1_2", "b2", "b3"]
    assert (first.text, first.constraint) == ("Pertanyaan 1", ". > 1")


def test_a_copied_matrix_has_rows_of_its_own_and_a_copied_row_stays_in_its_matrix(version):
    add(version, "matriks", key="tabel", rows=[row("r1"), row("r2")], after="b3")
    copy_item(item=get(version, "tabel"), stamp=stamp(version))
    copy_item(item=get(version, "r1"), stamp=stamp(version))
    assert keys(version)[3:] == ["tabel", "r1", "r1_3", "r2", "tabel_2", "r1_2", "r2_2"]
    assert get(version, "r1_2").matrix == "tabel_2"
    assert get(version, "r1_3").matrix == "tabel"


def test_drawn_items_bring_scale_options_and_dimension_and_leave_their_conditions(version):
    source = make_instrument(key="sumber", items=1)
    source.dimensions = {"satu": {"id": "Penguasaan", "en": "Mastery", "order": 1}}
    source.save()
    add(source, "pilihan", key="kendala", options=YES_NO_OPTIONS, dimension="satu", relevance="${b1} > 3")
    add(source, "matriks", key="tabel", rows=[row("r1"), row("r2")])
    wanted = list(source.items.filter(key__in=["b1", "kendala", "tabel", "r1"]).select_related("version"))
    draw_items(version=version, items=wanted)
    assert keys(version) == ["b1", "b2", "b3", "b1_2", "kendala", "tabel", "r1", "r2"]
    drawn = get(version, "kendala")
    assert (drawn.options, drawn.relevance, drawn.dimension) == (YES_NO_OPTIONS, "", "satu_2")
    version.refresh_from_db()
    assert {key: names["id"] for key, names in version.dimensions.items()} == {
        "satu": "Dimensi satu",
        "satu_2": "Penguasaan",
    }
    assert problems_of_version(version, version.items.all()) == []


def test_a_row_drawn_without_its_matrix_becomes_a_scale_of_its_own(version):
    source = make_instrument(key="sumber", items=1)
    add(source, "matriks", key="tabel", rows=[row("r1")])
    draw_items(version=version, items=[get(source, "r1")])
    assert get(version, "r1").matrix == ""
    assert problems_of_version(version, version.items.all()) == []
