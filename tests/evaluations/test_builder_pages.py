"""The pages on which an instrument is composed."""

import pytest
from django.urls import reverse

from evaluations.actions.instrument_items import update_item
from evaluations.models import Instrument, InstrumentVersion, Item, Survey
from tests.evaluations.building import YES_NO_OPTIONS, add, keys, own_version, row, stamp, values
from tests.evaluations.surveying import text_of
from tests.queries import page_queries


@pytest.fixture
def version(world) -> InstrumentVersion:
    return own_version(world.here)


def item_url(name: str, version, key: str) -> str:
    return reverse(name, args=[version.pk, version.items.get(key=key).pk])


def sent(client, url: str, **typed) -> dict[str, object]:
    """What a browser sends that opened ``url``, with ``typed`` over it."""
    form = client.get(url).context["form"]
    shown = {name: form[name].value() for name in form.fields}
    sent = {name: "" if value is None else value for name, value in (shown | typed).items()}
    return {name: value for name, value in sent.items() if value is not False}


def change(client, version, key: str, /, **typed):
    url = item_url("item_update", version, key)
    return client.post(url, sent(client, url, **typed))


def errors(response) -> dict[str, list[str]]:
    return {name: list(found) for name, found in response.context["form"].errors.items()}


# --- Every type goes in, is shown, and comes out as it was ---

TYPED = {
    "likert": {"scale": "setuju_7"},
    "skor": {},
    "angka": {"minimum": "0", "maximum": "2,5", "unit": "hari"},
    "ya_tidak": {},
    "pilihan": {"options": "Dana | Funds | 1\nWaktu | | 0"},
    "pilihan_ganda": {"options": "Dana\nWaktu"},
    "peringkat": {"options": "Dana\nWaktu"},
    "matriks": {"rows": "Satu | One\nDua", "scale": "sendiri", "minimum": "0", "maximum": "3", "labels": "a\nb"},
    "tanggal": {},
    "teks_singkat": {},
    "teks": {},
    "catatan": {},
    "halaman": {},
}


def test_every_type_has_a_case():
    assert set(TYPED) == set(Item.Type.values)


@pytest.mark.parametrize("kind", Item.Type.values)
def test_every_type_is_added_and_saved_again_unchanged(evaluator, version, kind):
    url = f"{reverse('item_create', args=[version.pk])}?jenis={kind}"
    response = evaluator.post(url, sent(evaluator, url, text="Pertanyaan baru", key="baru", **TYPED[kind]))
    assert response.status_code == 302, errors(response)
    stored = list(version.items.filter(position__gt=3).values())
    assert stored[0]["type"] == kind
    assert change(evaluator, version, "baru").status_code == 302
    assert list(version.items.filter(position__gt=3).values()) == stored


def test_the_fields_of_a_type_are_those_and_no_others(evaluator, version):
    def shown(kind):
        page = evaluator.get(f"{reverse('item_create', args=[version.pk])}?jenis={kind}")
        return {name for name in page.context["form"].fields if not name.startswith("condition_")}

    common = {"stamp", "type", "text", "text_en", "key", "shown", "joined", "relevance"}
    assert shown("halaman") == common
    assert shown("teks") - common == {
        "help", "help_en", "is_required", "label", "label_en", "level", "constraint", "constraint_message",
        "constraint_message_en",
    }  # fmt: skip
    assert shown("angka") - shown("tanggal") == {"minimum", "maximum", "unit"}
    assert shown("likert") - shown("tanggal") == {"scale", "minimum", "maximum", "labels", "is_reverse"}
    assert shown("matriks") - shown("likert") == {"rows"}


def test_another_type_can_be_chosen_before_saving_and_what_was_typed_stays(evaluator, version):
    url = f"{reverse('item_create', args=[version.pk])}?jenis=likert"
    page = evaluator.post(url, sent(evaluator, url, text="Kalimat saya", type="pilihan", ganti="1"))
    assert (page.status_code, keys(version)) == (200, ["b1", "b2", "b3"])
    form = page.context["form"]
    assert (form["text"].value(), "options" in form.fields, form.errors) == ("Kalimat saya", True, {})


def test_the_next_item_of_the_same_type_follows_the_last(evaluator, version):
    url = f"{reverse('item_create', args=[version.pk])}?jenis=teks&sesudah=b1"
    response = evaluator.post(url, sent(evaluator, url, text="Saran", key="saran", lagi="1"))
    assert response.url == f"{reverse('item_create', args=[version.pk])}?jenis=teks&sesudah=saran"
    assert keys(version) == ["b1", "saran", "b2", "b3"]


def test_what_is_wrong_is_told_at_the_field_and_nothing_typed_is_lost(evaluator, version):
    response = change(
        evaluator, version, "b2", scale="sendiri", minimum="5", maximum="1", text="Kalimat saya", key="b1"
    )
    assert errors(response) == {
        "maximum": ["Batas tertinggi harus lebih besar daripada batas terendah."],
        "key": ["Kode ini dipakai lebih dari satu butir."],
    }
    assert response.context["form"]["text"].value() == "Kalimat saya"


def test_a_row_of_a_matrix_has_a_page_of_its_own_for_what_is_its_own(evaluator, version):
    add(version, "matriks", key="tabel", rows=[row("r1"), row("r2")])
    form = evaluator.get(item_url("item_update", version, "r1")).context["form"]
    assert set(form.fields) == {
        "stamp", "type", "text", "text_en", "label", "label_en", "key", "dimension", "level", "is_reverse",
    }  # fmt: skip
    assert change(evaluator, version, "r1", dimension="satu", level="3", is_reverse="on").status_code == 302
    stored = version.items.get(key="r1")
    assert (stored.dimension, stored.level, stored.is_reverse, stored.matrix, stored.maximum) == (
        "satu",
        3,
        True,
        "tabel",
        5,
    )


# --- Conditions ---


def test_conditions_are_chosen_in_words_and_stored_as_an_expression(evaluator, version):
    add(version, "pilihan", key="kendala", options=YES_NO_OPTIONS)
    add(version, "teks", key="alasan")
    response = change(
        evaluator, version, "alasan", shown="syarat", joined="or",
        condition_item_0="b1", condition_operator_0="<=", condition_value_0="2",
        condition_item_2="kendala", condition_operator_2="=", condition_value_2="Waktu kerja",
    )  # fmt: skip
    assert response.status_code == 302, errors(response)
    assert version.items.get(key="alasan").relevance == "${b1} <= 2 or ${kendala} = 'waktu'"
    form = evaluator.get(item_url("item_update", version, "alasan")).context["form"]
    assert (form["shown"].value(), form["joined"].value()) == ("syarat", "or")
    assert [form[f"condition_value_{number}"].value() for number in range(2)] == ["2", "Waktu kerja"]
    assert "Tampil bila jawaban nomor 1 paling banyak 2 atau nomor 4 dijawab “Waktu kerja”." in text_of(
        evaluator, "instrument_version", version.pk
    )


def test_a_formula_that_fits_no_condition_is_shown_and_kept_as_it_is(evaluator, version):
    formula = "${b1} + ${b2} > 6"
    add(version, "teks", key="alasan", relevance=formula)
    form = evaluator.get(item_url("item_update", version, "alasan")).context["form"]
    assert (form["shown"].value(), form["relevance"].value()) == ("rumus", formula)
    assert change(evaluator, version, "alasan").status_code == 302
    assert version.items.get(key="alasan").relevance == formula


@pytest.mark.parametrize(
    ("typed", "wrong"),
    [
        ({"shown": "rumus"}, {"relevance": ["Tulis rumusnya, atau pilih “Selalu ditampilkan”."]}),
        ({"shown": "syarat"}, {"condition_item_0": ["Pilih butir untuk paling sedikit satu syarat."]}),
        (
            {"shown": "syarat", "condition_item_0": "b1", "condition_value_0": "banyak"},
            {"condition_value_0": ["“Butir 1” dijawab dengan angka."]},
        ),
        (
            {"shown": "rumus", "relevance": "${b1} >"},
            {"relevance": ["Rumus ini belum selesai."]},
        ),
        (
            {"shown": "rumus", "relevance": "${b3} > 1"},
            {"relevance": ["Rumus menyebut “b3”, yang bukan butir sebelum butir ini."]},
        ),
    ],
)
def test_a_condition_that_says_nothing_is_refused_where_it_stands(evaluator, version, typed, wrong):
    assert errors(change(evaluator, version, "b2", **typed)) == wrong


def test_more_lines_for_conditions_are_given_without_losing_the_others(evaluator, version):
    url = item_url("item_update", version, "b3")
    typed = {"shown": "syarat", "condition_item_0": "b1", "condition_value_0": "2", "syarat_lagi": "1"}
    form = evaluator.post(url, sent(evaluator, url, **typed)).context["form"]
    assert (form.n_lines, form["condition_value_0"].value(), form["shown"].value()) == (4, "2", "syarat")


# --- Two at once ---


def test_a_stale_form_tells_what_is_stored_and_saves_on_the_second_press(evaluator, version):
    url = item_url("item_update", version, "b1")
    mine = sent(evaluator, url, text="Dari saya")
    item = version.items.select_related("version").get(key="b1")
    theirs = {name: getattr(item, name) for name in values()} | {"text": "Dari orang lain", "level": 2}
    update_item(item=item, stamp=stamp(version), values=theirs)
    page = evaluator.post(url, mine)
    assert page.status_code == 409
    assert page.context["differences"] == [("Kalimat", "Dari orang lain"), ("Tingkat Kirkpatrick", "Pembelajaran")]
    form = page.context["form"]
    assert form["text"].value() == "Dari saya"
    assert version.items.get(key="b1").text == "Dari orang lain"
    assert evaluator.post(url, mine | {"stamp": form["stamp"].value()}).status_code == 302
    assert version.items.get(key="b1").text == "Dari saya"


def test_a_stale_condition_is_told_in_words_and_not_field_by_field(evaluator, version):
    url = item_url("item_update", version, "b3")
    mine = sent(evaluator, url, text="Dari saya")
    change(evaluator, version, "b3", shown="syarat", condition_item_0="b1", condition_value_0="2")
    page = evaluator.post(url, mine)
    assert page.context["differences"] == [
        ("Kalimat", "Pertanyaan 3"),
        ("Kapan ditampilkan", "bila nomor 1 dijawab 2"),
    ]


def test_what_was_typed_into_a_deleted_item_can_become_a_new_one(evaluator, version):
    url = item_url("item_update", version, "b1")
    mine = sent(evaluator, url, text="Dari saya")
    version.items.filter(key="b1").delete()
    page = evaluator.post(url, mine)
    assert "Butir ini telah dihapus orang lain." in page.content.decode()
    assert page.context["form"]["text"].value() == "Dari saya"
    assert evaluator.post(reverse("item_create", args=[version.pk]), mine).status_code == 302
    assert version.items.get(key="b1").text == "Dari saya"
    assert evaluator.get(url.replace("/butir/", "/butir/9")).status_code == 404


def test_buttons_of_a_stale_list_change_nothing_and_say_so(evaluator, version):
    old = stamp(version)
    add(version, key="baru")
    for name, data in (("item_move", {"arah": "turun"}), ("item_copy", {})):
        page = evaluator.post(item_url(name, version, "b1"), {"stamp": old, **data}, follow=True)
        assert "Instrumen ini telah diubah sejak halaman ini dibuka." in page.content.decode()
    assert keys(version) == ["b1", "b2", "b3", "baru"]


def test_settings_and_descriptions_are_not_overwritten_either(evaluator, version):
    for name, target, typed in (
        ("version_settings", version, {"legal_source": "Dari saya"}),
        ("instrument_update", version.instrument, {"source": "Dari saya"}),
    ):
        url = reverse(name, args=[target.pk])
        first, second = sent(evaluator, url), sent(evaluator, url, **typed)
        field = next(iter(typed))
        assert evaluator.post(url, first | {field: "Dari orang lain"}).status_code == 302
        page = evaluator.post(url, second)
        assert (page.status_code, [value for _label, value in page.context["differences"]]) == (
            409,
            ["Dari orang lain"],
        )


# --- The list of items ---


def test_items_are_moved_copied_and_deleted_by_plain_buttons(evaluator, version):
    evaluator.post(item_url("item_move", version, "b1"), {"arah": "turun", "stamp": stamp(version)})
    assert keys(version) == ["b2", "b1", "b3"]
    evaluator.post(item_url("item_copy", version, "b3"), {"stamp": stamp(version)})
    assert keys(version) == ["b2", "b1", "b3", "b3_2"]
    url = item_url("item_delete", version, "b2")
    evaluator.post(url, {"stamp": evaluator.get(url).context["stamp"]})
    assert keys(version) == ["b1", "b3", "b3_2"]


def test_an_item_that_others_need_is_kept_and_the_page_names_them(evaluator, version):
    add(version, "teks", key="alasan", relevance="${b1} <= 2")
    page = evaluator.post(item_url("item_delete", version, "b1"), {"stamp": stamp(version)})
    assert "“Pertanyaan baru” (nomor 4) tampil bila jawaban nomor 1 paling banyak 2." in page.content.decode()
    assert "b1" in keys(version)


def test_the_page_of_a_version_takes_the_same_queries_for_few_and_many_items(evaluator, version):
    url = reverse("instrument_version", args=[version.pk])
    few = page_queries(evaluator, url)
    for number in range(3):
        add(version, "matriks", key=f"tabel{number}", rows=[row(f"r{number}_{each}") for each in range(3)])
    assert page_queries(evaluator, url) == few


def test_a_locked_version_is_shown_with_the_reason_and_without_buttons(world, evaluator, version):
    Survey.objects.visible_to(world.national).update(version=version, state=Survey.State.OPEN)
    text = text_of(evaluator, "instrument_version", version.pk)
    assert "Versi ini sudah ditanyakan kepada responden." in text
    assert "Tambah butir" not in text
    for url in (
        item_url("item_update", version, "b1"),
        item_url("item_delete", version, "b1"),
        reverse("item_create", args=[version.pk]),
        reverse("item_bank", args=[version.pk]),
        reverse("version_settings", args=[version.pk]),
    ):
        assert evaluator.get(url).url == reverse("instrument_version", args=[version.pk])


def test_a_form_that_was_open_when_the_survey_opened_keeps_what_was_typed(world, evaluator, version):
    url = item_url("item_update", version, "b1")
    typed = sent(evaluator, url, text="Dari saya")
    Survey.objects.visible_to(world.national).update(version=version, state=Survey.State.OPEN)
    response = evaluator.post(url, typed)
    assert list(errors(response)) == ["__all__"]
    assert response.context["form"]["text"].value() == "Dari saya"
    assert version.items.get(key="b1").text == "Pertanyaan 1"


def test_a_new_version_tells_for_each_item_whether_it_compares(world, evaluator, version):
    Survey.objects.visible_to(world.national).update(version=version, state=Survey.State.OPEN)
    evaluator.post(reverse("version_create", args=[version.instrument.pk]))
    newer = version.instrument.versions.get(number=2)
    change(evaluator, newer, "b1", text="Kalimat lain")
    change(evaluator, newer, "b2", scale="setuju_4")
    add(newer, key="baru")
    url = item_url("item_delete", newer, "b3")
    evaluator.post(url, {"stamp": stamp(newer)})
    page = evaluator.get(reverse("instrument_version", args=[newer.pk]))
    assert [(line.item.key, str(line.status_words)) for line in page.context["lines"]] == [
        ("b1", "kalimat berubah"),
        ("b2", "tidak terbandingkan"),
        ("baru", "baru"),
    ]
    assert [item.key for item in page.context["dropped"]] == ["b3"]


def test_other_offices_read_and_copy_but_do_not_change(client, world, version):
    client.force_login(world.there.users["evaluator"])
    text = text_of(client, "instrument_version", version.pk)
    assert ("Pertanyaan 1" in text, "Tambah butir" in text) == (True, False)
    assert client.post(item_url("item_copy", version, "b1"), {"stamp": stamp(version)}).status_code == 404
    copied = client.post(reverse("instrument_copy", args=[version.instrument.pk]), {"name": "Milik Medan"})
    copy = Instrument.objects.get(name="Milik Medan")
    assert (copied.url, copy.owner) == (copy.get_absolute_url(), world.there.office)


def test_what_came_with_the_application_is_changed_by_the_national_office_alone(client, world):
    url = reverse("instrument_update", args=[world.instrument.pk])
    client.force_login(world.here.users["admin"])
    assert client.get(url).status_code == 404
    client.force_login(world.national)
    assert client.get(url).status_code == 200
