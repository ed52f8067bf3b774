"""Regions, offices and the people who sign in. Open to all; no way leads from here to scoped rows."""

import re

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from asn_eval.access import Role
from asn_eval.records import RevisedModel, searchable

# How people shorten what the official names write out.
SHORT_FORMS = {
    "kab": "kabupaten",
    "kec": "",
    "kecamatan": "",
    "kep": "kepulauan",
    "dki": "daerahkhususibukota",
    "diy": "daerahistimewayogyakarta",
    "di": "daerahistimewa",
    "ntb": "nusatenggarabarat",
    "ntt": "nusatenggaratimur",
}
MOST_WORDS = 20
LABEL_CODE = re.compile(r"\(([0-9.]{2,13})\)\s*$")  # what Region.label ends with


class RegionQuerySet(models.QuerySet):
    def inside(self, codes) -> "RegionQuerySet":
        """The regions whose code is one of ``codes`` or begins with one."""
        inside = Q(pk__in=[])
        for code in codes:
            inside |= Q(code__startswith=code)
        return self.filter(inside)

    def open_to(self, user) -> "RegionQuerySet":
        """The regions in which ``user`` may place a record."""
        return self.all() if user.sees_every_region else self.inside(user.region_codes)

    def search(self, text: str) -> "RegionQuerySet":
        """By code or by name, with or without spaces: Tanjungpinang finds Tanjung Pinang."""
        found = Q(code__startswith=text.strip())
        for key in filter(None, {search_key(text), region_key(text)}):
            found |= Q(search_name__contains=key)
        return self.filter(found)

    def found_or_inside(self, text: str) -> "RegionQuerySet":
        """What ``search`` finds and the regions in it: the full name of a region names all that it lies in."""
        if labelled := LABEL_CODE.search(text):
            return self.filter(code__startswith=labelled[1])
        found = Q(search_name__contains=search_key(text))
        if text.strip()[:1].isdigit():
            found |= Q(code__startswith=text.strip())
        found |= Q(*(Q(search_full_name__contains=search_key(part)) for part in text.split(",")))
        if (key := region_key(text)) and key != search_key(text):
            found |= Q(search_full_name__contains=key)
        return self.filter(found)


def search_key(text: str) -> str:
    """A name without case, spaces and punctuation, so that both spellings are found."""
    return re.sub(r"[\W_]+", "", text).casefold()


def region_key(text: str) -> str:
    """The search key of a region's name, its usual short forms written out: Kab. Semarang, DKI Jakarta."""
    words = re.findall(r"[^\W_]+", text.casefold())
    if words and words[0] in ("prov", "provinsi") and len(words) > 1:
        del words[0]
    return search_key("".join(SHORT_FORMS.get(word, word) for word in words))


def search_words(text: str) -> list[str]:
    """The words of a search. A database takes only so many conditions, and no name has more words."""
    return text.split()[:MOST_WORDS]


def named_like(text: str) -> Q:
    """The condition that every word of ``text`` stands in the name of a record that has a ``search_name``."""
    found = Q()
    for word in search_words(text):
        key = search_key(word)
        found &= (Q(search_name__contains=key) if key else Q()) | Q(name__icontains=word)
    return found


class Region(models.Model):
    class Level(models.TextChoices):
        PROVINCE = "province", _("Provinsi")
        REGENCY = "regency", _("Kabupaten/kota")
        DISTRICT = "district", _("Kecamatan")

    code = models.CharField(_("kode Kemendagri"), max_length=13, unique=True)
    name = models.CharField(_("nama"), max_length=100)
    level = models.CharField(_("tingkat"), max_length=10, choices=Level)
    search_name = models.CharField(max_length=100, editable=False, db_index=True)
    full_name = models.CharField(_("nama lengkap"), max_length=250, editable=False)
    search_full_name = searchable("full_name", 250)

    objects = RegionQuerySet.as_manager()

    class Meta:
        ordering = ["code"]
        verbose_name = _("wilayah")
        verbose_name_plural = _("wilayah")

    def __str__(self):
        return self.full_name or self.name

    @property
    def label(self) -> str:
        """How a region stands in an input: its names and, to be exact, its code."""
        return f"{self.full_name} ({self.code})"


class Office(RevisedModel):
    class Kind(models.TextChoices):
        CENTRAL = "pusat", _("Kantor pusat")
        REGIONAL = "kanreg", _("Kantor regional")
        UNIT = "upt", _("UPT")
        LOCAL = "daerah", _("Instansi daerah")

    class TimeZone(models.TextChoices):
        WIB = "Asia/Jakarta", _("WIB")
        WITA = "Asia/Makassar", _("WITA")
        WIT = "Asia/Jayapura", _("WIT")

    name = models.CharField(_("nama kantor"), max_length=150, unique=True)
    search_name = searchable("name", 150)
    kind = models.CharField(_("jenis kantor"), max_length=10, choices=Kind)
    is_national = models.BooleanField(
        _("mencakup seluruh wilayah"),
        default=False,
        help_text=_("Hanya untuk kantor pusat: pengguna kantor ini melihat data semua wilayah."),
    )
    regions = models.ManyToManyField(
        Region,
        verbose_name=_("wilayah kerja"),
        related_name="+",
        blank=True,
        help_text=_("Wilayah di bawahnya ikut tercakup. Kantor tanpa wilayah tidak melihat data apa pun."),
    )
    letterhead = models.TextField(
        _("kop surat"),
        max_length=600,
        blank=True,
        help_text=_("Satu baris per baris kop, dari atas ke bawah."),
    )
    logo = models.ImageField(
        _("logo"),
        upload_to="logo/",
        blank=True,
        help_text=_("PNG atau JPEG, paling besar 1 MB. Tercetak di sebelah kiri kop."),
    )
    city = models.CharField(_("kota"), max_length=100, blank=True, help_text=_("Tempat pada lembar pengesahan."))
    signatory_title = models.CharField(_("jabatan penanda tangan"), max_length=150, blank=True)
    signatory_name = models.CharField(_("nama penanda tangan"), max_length=150, blank=True)
    signatory_rank = models.CharField(
        _("pangkat penanda tangan"), max_length=80, blank=True, help_text=_("Contoh: Pembina Utama Muda (IV/c).")
    )
    signatory_nip = models.CharField(_("NIP penanda tangan"), max_length=18, blank=True)
    time_zone = models.CharField(_("zona waktu"), max_length=20, choices=TimeZone, default=TimeZone.WIB)

    class Meta:
        ordering = ["name"]
        verbose_name = _("kantor")
        verbose_name_plural = _("kantor")
        constraints = [
            models.CheckConstraint(
                name="only_a_central_office_is_national",
                condition=Q(is_national=False) | Q(kind="pusat"),
                violation_error_message=_("Hanya kantor pusat yang dapat mencakup seluruh wilayah."),
            ),
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("office_detail", args=[self.pk])

    @property
    def signatory_nip_printed(self) -> str:
        """The NIP in the groups in which it is written: 19860926 201505 1 001."""
        nip = self.signatory_nip
        return f"{nip[:8]} {nip[8:14]} {nip[14:15]} {nip[15:]}" if nip else ""

    @property
    def letterhead_lines(self) -> list[str]:
        return [line.strip() for line in self.letterhead.splitlines() if line.strip()] or [self.name]


class RegionalOffice(models.Model):
    """A Kantor Regional of BKN, as reference data; the offices that use this application are ``Office``."""

    number = models.CharField(_("nomor"), max_length=5, unique=True, help_text=_("Angka Romawi, contoh: V."))
    order = models.PositiveSmallIntegerField(_("urutan"), default=0)
    seat = models.CharField(_("kedudukan"), max_length=100)
    source = models.CharField(_("sumber"), max_length=200, blank=True)

    class Meta:
        ordering = ["order"]
        verbose_name = _("kantor regional")
        verbose_name_plural = _("kantor regional")

    def __str__(self):
        return f"Kantor Regional {self.number} BKN {self.seat}"


class RegionalArea(RevisedModel):
    """Which Kantor Regional a province belongs to, whose word that is, and whether somebody checked it."""

    province = models.OneToOneField(Region, models.PROTECT, verbose_name=_("provinsi"), related_name="+")
    regional_office = models.ForeignKey(
        RegionalOffice, models.PROTECT, verbose_name=_("kantor regional"), related_name="areas"
    )
    source = models.CharField(_("sumber"), max_length=300, blank=True)
    is_verified = models.BooleanField(
        _("terverifikasi"), default=False, help_text=_("Dicocokkan dengan peraturan atau keterangan resmi.")
    )

    class Meta:
        ordering = ["province__code"]
        verbose_name = _("wilayah kerja kantor regional")
        verbose_name_plural = _("wilayah kerja kantor regional")

    def __str__(self):
        return f"{self.province.name}: {self.regional_office}"

    def get_absolute_url(self):
        return reverse("regional_area_list") + f"#baris-{self.pk}"


class User(RevisedModel, AbstractUser):
    role = models.CharField(_("peran"), max_length=20, choices=Role)
    office = models.ForeignKey(
        Office, models.PROTECT, verbose_name=_("kantor"), related_name="+", null=True, blank=True
    )

    class Meta:
        ordering = ["username"]
        verbose_name = _("pengguna")
        verbose_name_plural = _("pengguna")
        constraints = [
            models.CheckConstraint(
                name="user_has_an_office_unless_admin",
                condition=Q(role=Role.ADMIN) | Q(office__isnull=False),
                violation_error_message=_("Pengguna selain admin harus bernaung di satu kantor."),
            ),
            models.CheckConstraint(
                name="user_role_is_known",
                condition=Q(role__in=[role.value for role in Role]),
                violation_error_message=_("Peran tidak dikenal."),
            ),
        ]

    def __str__(self):
        return self.get_full_name() or self.username

    @property
    def sees_every_region(self) -> bool:
        """National is said outright: a national office, or an administrator of no office."""
        if self.office_id is None:
            return self.role == Role.ADMIN
        return self.office.is_national

    @cached_property
    def region_codes(self) -> tuple[str, ...]:
        if self.office_id is None:
            return ()
        return tuple(self.office.regions.values_list("code", flat=True))
