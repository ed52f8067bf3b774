"""The types of rows that XLSForm knows, in every spelling, and why some of them have no place here. Pure."""

import re

from django.utils.translation import gettext as _

BLANKS = re.compile(r"[\s]+")
# Spelling -> the name used here; the longer ones first, as one may begin like another.
SELECTS = {
    "add select multiple prompt using": "select_multiple",
    "add select one prompt using": "select_one",
    "select all that apply from": "select_multiple",
    "select multiple from file": "select_multiple_from_file",
    "select_multiple_from_file": "select_multiple_from_file",
    "select one from file": "select_one_from_file",
    "select_one_from_file": "select_one_from_file",
    "select all that apply": "select_multiple",
    "select_one_external": "select_one_external",
    "select_multiple": "select_multiple",
    "select multiple": "select_multiple",
    "select one from": "select_one",
    "select_one": "select_one",
    "select one": "select_one",
    "select1": "select_one",
    "rank": "rank",
}
GROUPS = re.compile(r"(begin|end)[\s_]+(group|lgroup|repeat|loop|looped group)\b")
ALIASES = {
    "int": "integer",
    "string": "text",
    "trigger": "acknowledge",
    "add text prompt": "text",
    "add integer prompt": "integer",
    "add decimal prompt": "decimal",
    "add date prompt": "date",
    "add note prompt": "note",
    "q string": "text",
    "q note": "note",
    "q acknowledge": "acknowledge",
}
ANSWERABLE = {
    "select_one",
    "select_multiple",
    "rank",
    "integer",
    "decimal",
    "text",
    "date",
    "note",
    "range",
    "acknowledge",
}
DEVICE = {
    "start", "end", "today", "deviceid", "subscriberid", "simserial", "phonenumber", "username", "email", "audit",
    "start-geopoint", "background-audio", "background-geopoint", "imei", "uuid", "get start time", "get end time",
    "get today", "get device id", "get phone number", "get subscriber id", "get sim id",
}  # fmt: skip
PLACES = {"geopoint", "geotrace", "geoshape", "location", "gps"}
MEDIA = {
    "image", "photo", "audio", "video", "file", "signature", "draw", "annotate", "add image prompt",
    "add photo prompt", "add audio prompt", "add video prompt", "add file prompt",
}  # fmt: skip
HIDDEN = {"calculate", "hidden", "hidden string", "hidden int", "hidden geopoint"}
TIMES = {"time", "datetime"}
FILES = {"select_one_from_file", "select_multiple_from_file", "select_one_external"}
EXTERNAL = {"csv-external", "xml-external", "osm"}


def split_type(cell: str) -> tuple[str, str]:
    """(type, what stands behind it): "select one from warna" -> ("select_one", "warna"); ("", "") for nothing."""
    text = BLANKS.sub(" ", cell).strip()
    lower = text.lower()
    if found := GROUPS.match(lower):
        kind = {"lgroup": "repeat", "looped group": "repeat"}.get(found[2], found[2])
        return f"{found[1]}_{kind}", text[found.end() :].strip()
    for spelling, kind in SELECTS.items():
        if lower == spelling or lower.startswith(f"{spelling} "):
            return kind, text[len(spelling) :].strip()
    return ALIASES.get(lower, lower), ""


def reason_against(kind: str, argument: str) -> str:
    """Why a question of this type cannot be taken over; "" where it can."""
    if kind in ANSWERABLE:
        if argument.startswith("${"):
            return _("pilihan yang berasal dari jawaban lain tidak didukung")
        return ""
    for kinds, reason in (
        (DEVICE, _("keterangan dari perangkat tidak dikumpulkan")),
        (PLACES, _("titik dan garis peta tidak didukung")),
        (MEDIA, _("gambar, suara, video, dan berkas tidak didukung")),
        (HIDDEN, _("penghitungan dan isian tersembunyi tidak didukung")),
        (TIMES, _("waktu dan jam tidak didukung; hanya tanggal")),
        (FILES, _("pilihan dari berkas lain tidak didukung")),
        (EXTERNAL, _("data dari berkas lain tidak didukung")),
        ({"barcode"}, _("kode batang tidak didukung")),
    ):
        if kind in kinds:
            return reason
    return _("jenis “%(type)s” tidak dikenal") % {"type": kind[:60]}
