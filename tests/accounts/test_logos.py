"""The logo of an office: what is refused and why, what is left of what comes in, who is given it."""

import io

import pytest
from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image, ImageFile, PngImagePlugin

from asn_eval.accounts.logos import LARGEST_FILE, clean_logo, logo_data_uri
from tests.pictures import PNG, picture


def office_form(office, **changes) -> dict:
    return {
        "name": office.name,
        "kind": office.kind,
        "time_zone": "Asia/Jakarta",
        "letterhead": "PEMERINTAH KOTA",
        "region_lines": "33.74",
        "seen_revision": office.revision,
    } | changes


def upload(content: bytes, name: str = "logo.png") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def noted_png() -> bytes:
    notes = PngImagePlugin.PngInfo()
    notes.add_text("Comment", "RAHASIA KANTOR")
    return picture(pnginfo=notes)


def noted_jpeg() -> bytes:
    exif = Image.Exif()
    exif[0x010E] = "RAHASIA KANTOR"
    return picture("JPEG", exif=exif, comment=b"RAHASIA KANTOR") + b"<script>RAHASIA KANTOR</script>"


@pytest.mark.parametrize(
    ("content", "name", "suffix"),
    [
        (PNG, "logo.png", ".png"),
        (PNG, "logo.exe", ".png"),
        (picture("JPEG"), "logo.png", ".jpg"),
        (picture(mode="RGBA"), "logo", ".png"),
        (picture(mode="P"), "logo.png", ".png"),
        (picture("JPEG", mode="L"), "logo.jpg", ".jpg"),
        (picture("JPEG", mode="CMYK"), "logo.jpg", ".jpg"),
    ],
    ids=["png", "any name", "jpeg named png", "transparent", "palette", "grey", "print colours"],
)
def test_a_picture_is_known_by_its_content(content, name, suffix):
    assert clean_logo(upload(content, name)).name.endswith(suffix)


@pytest.mark.parametrize("content", [noted_png(), noted_jpeg()], ids=["png", "jpeg"])
def test_only_the_pixels_of_a_picture_are_kept(content):
    assert b"RAHASIA KANTOR" in content
    kept = clean_logo(upload(content)).read()
    assert b"RAHASIA KANTOR" not in kept
    assert Image.open(io.BytesIO(kept)).size == (60, 60)


def test_a_large_picture_is_drawn_smaller():
    kept = clean_logo(upload(picture(size=(3000, 1500))))
    assert Image.open(io.BytesIO(kept.read())).size == (600, 300)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "kosong"),
        (b"bukan gambar", "bukan gambar PNG atau JPEG"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "bukan gambar PNG atau JPEG"),
        (picture("GIF", mode="P"), "bukan gambar PNG atau JPEG"),
        (picture("WEBP"), "bukan gambar PNG atau JPEG"),
        (PNG[:-30], "bukan gambar PNG atau JPEG"),
        (picture("JPEG", size=(400, 400))[:300], "bukan gambar PNG atau JPEG"),
        (PNG[:16] + b"\x00\x01\xff\xff" * 2 + PNG[24:], "bukan gambar PNG atau JPEG"),
        (PNG + b"0" * LARGEST_FILE, "lebih besar dari 1 MB"),
        (picture(size=(39, 60)), "39 × 60 piksel"),
        (picture(size=(60, 3001)), "60 × 3001 piksel"),
    ],
    ids=["empty", "text", "svg", "gif", "webp", "cut", "cut jpeg", "bomb", "heavy", "small", "long"],
)
def test_what_is_no_logo_is_refused_with_the_reason(content, reason, monkeypatch):
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", True)  # as the writer of PDF leaves it
    with pytest.raises(ValidationError) as refused:
        clean_logo(upload(content))
    assert reason in refused.value.messages[0]


def test_a_logo_is_kept_shown_replaced_and_removed(world, client, django_capture_on_commit_callbacks):
    office = world.here.office
    client.force_login(world.here.users["admin"])
    update, logo = (reverse(name, args=[office.pk]) for name in ("office_update", "office_logo"))

    def save(**changes) -> str:
        with django_capture_on_commit_callbacks(execute=True):
            assert client.post(update, office_form(office, **changes)).status_code == 302
        office.refresh_from_db()
        return office.logo.name

    first = save(logo=upload(PNG))
    shown = client.get(logo)
    assert (shown["Content-Type"], shown["X-Content-Type-Options"]) == ("image/png", "nosniff")
    assert shown.content == default_storage.open(first).read()
    assert save() == first
    second = save(logo=upload(picture("JPEG"), "logo.jpg"))
    assert (default_storage.exists(first), client.get(logo)["Content-Type"]) == (False, "image/jpeg")
    assert save(remove_logo="on") == ""
    assert (default_storage.exists(second), client.get(logo).status_code) == (False, 404)


def test_a_refused_logo_says_so_at_its_field_and_keeps_the_stored_one(world, client):
    office = world.here.office
    client.force_login(world.here.users["admin"])
    update = reverse("office_update", args=[office.pk])
    client.post(update, office_form(office, logo=upload(PNG)))
    office.refresh_from_db()
    page = client.post(update, office_form(office, name="Nama baru", logo=upload(b"GIF89a")))
    assert list(page.context["form"].errors) == ["logo"]
    assert "Nama baru" in page.content.decode()
    stored = office.logo.name
    office.refresh_from_db()
    assert (office.logo.name, default_storage.exists(stored)) == (stored, True)


def test_a_good_logo_beside_a_wrong_field_is_asked_for_again(world, client):
    office = world.here.office
    client.force_login(world.here.users["admin"])
    form = office_form(office, signatory_nip="1", logo=upload(PNG))
    errors = client.post(reverse("office_update", args=[office.pk]), form).context["form"].errors
    assert set(errors) == {"signatory_nip", "logo"}
    assert errors["logo"] == ["Pilih kembali berkas logonya setelah isian lain diperbaiki."]


def test_a_logo_whose_file_is_gone_is_no_logo(world, client):
    office = world.here.office
    office.logo.save("hilang.png", upload(PNG))
    assert logo_data_uri(office).startswith("data:image/png;base64,")
    default_storage.delete(office.logo.name)
    assert logo_data_uri(office) == ""
    client.force_login(world.here.users["auditor"])
    assert client.get(reverse("office_logo", args=[office.pk])).status_code == 404
    assert client.get(office.get_absolute_url()).status_code == 200
