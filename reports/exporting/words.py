"""What a file of answers holds and leaves out, told to who is about to download it and in the file itself."""

from collections.abc import Iterator, Sequence

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from asn_eval.numbers import format_integer
from evaluations.models import Survey
from reports.exporting.contents import Contents, Days, Refusal
from reports.exporting.records import Ready
from reports.exporting.variables import RECALLED_PREFIX, SMALL, text_items


def refusal_in_words(ready: Ready) -> str:
    """Why nothing of this survey leaves; "" where it may."""
    if ready.refusal == Refusal.NOT_SEALED:
        return _(
            "Jawaban survei anonim baru dapat diunduh setelah surveinya ditutup. Selama jawaban masih masuk, dua "
            "berkas dari dua hari yang berbeda dapat menunjukkan jawaban siapa yang datang di antaranya."
        )
    if ready.refusal == Refusal.TOO_FEW and ready.left_out:
        return _(
            "Jawaban survei anonim ini tidak dapat diunduh: terlalu sedikit orang mengikuti gelombang yang sama, "
            "sehingga daftar undangan dapat menunjukkan jawaban siapa yang mana. Hasilnya tetap ada pada laporan."
        )
    if ready.refusal == Refusal.TOO_FEW:
        return _(
            "Belum ada yang dapat diunduh: jawaban kurang dari %(minimum)s, ukuran kelompok terkecil evaluasi ini."
        ) % {"minimum": format_integer(ready.minimum)}
    return ""


def explanation(surveys: Sequence[Ready], *, is_joined: bool = False) -> list[str]:
    """One sentence for each rule that holds in the files of these surveys."""
    ready = surveys[0]
    sentences = [*_who(ready.contents, ready.survey), *_when(ready.contents)]
    sentences += _protected(ready.contents, surveys)
    if any(each.n_comparison for each in surveys):
        sentences.append(_halves(surveys))
    if any(each.survey.is_retrospective for each in surveys):
        sentences.append(
            _(
                "Jawaban tentang keadaan sebelum program menurut ingatan ada pada variabel berawalan "
                "“%(prefix)s”; jangan digabung dengan pengukuran sebelum program."
            )
            % {"prefix": RECALLED_PREFIX}
        )
    if is_joined:
        sentences.append(
            _(
                "Satu baris untuk satu orang; nama variabel berakhir dengan gelombangnya. Sel kosong berarti "
                "orang itu tidak menjawab butir atau gelombang tersebut."
            )
        )
    return sentences + _written(surveys)


def _written(surveys: Sequence[Ready]) -> list[str]:
    """How answers that are no plain numbers are written; only what occurs."""
    items = [item for ready in surveys for item in ready.items]
    sentences = []
    if any(item.is_reverse for item in items):
        sentences.append(_("Nilai butir terbalik ditulis seperti yang dijawab; buku kode menandainya."))
    if any(item.allows_na for item in items):
        sentences.append(
            _("“Tidak berlaku” ditulis * pada Excel dan CSV; pada SPSS dengan kode yang dianggap kosong.")
        )
    return sentences


def _who(contents: Contents, survey: Survey) -> Iterator[str]:
    if contents.has_names:
        yield _(
            "Survei ini bernama: berkas memuat kode dan nama responden. Simpan berkasnya seperti data pribadi "
            "lain."
        )
    elif survey.is_public:
        yield _("Survei masyarakat: berkas tidak memuat penanda apa pun dan barisnya diacak.")
    elif survey.is_anonymous:
        yield _(
            "Survei ini anonim: berkas tidak memuat nama, kode, unit kerja, tanggal, atau cara jawaban masuk. "
            "Nomor catatan hanya menunjukkan bahwa jawaban dua gelombang berasal dari satu orang. Barisnya diacak."
        )
    else:
        yield _(
            "Survei ini rahasia: berkas tidak memuat nama, NIP, kode, atau unit kerja. Nomor catatan tidak "
            "berarti apa-apa, dan sama untuk satu orang pada semua gelombang evaluasi ini. Barisnya diacak."
        )


def _when(contents: Contents) -> Iterator[str]:
    if contents.days == Days.COARSE:
        yield _(
            "Tanggal jawaban hanya ditulis bila cukup banyak orang menjawab pada hari itu; selebihnya hanya "
            "bulannya."
        )


def _protected(contents: Contents, surveys: Sequence[Ready]) -> Iterator[str]:
    minimum = format_integer(surveys[0].minimum)
    if contents.texts_apart and any(text_items(each.items) for each in surveys):
        yield _(
            "Jawaban terbuka ada pada daftar tersendiri dalam Excel dan CSV, tanpa nomor catatan, diacak, dan "
            "hanya untuk butir yang dijawab paling sedikit %(minimum)s orang. Baca dahulu sebelum dibagikan: "
            "tulisan dapat menyebut orang."
        ) % {"minimum": minimum}
    if any(each.guards for each in surveys):
        yield _(
            "Jawaban tentang diri responden, seperti jenis kelamin, umur, atau pendidikan, yang dipilih kurang "
            "dari %(minimum)s orang digabung menjadi “%(small)s”; angka dan tanggal dijadikan rentang."
        ) % {"minimum": minimum, "small": SMALL}
    n = max((len(each.left_out) for each in surveys), default=0)
    if n:
        yield _(
            "Jawaban %(n)s orang tidak ikut: gelombang yang mereka ikuti berbeda dari kebanyakan orang, dan "
            "daftar undangan menunjukkan siapa mereka."
        ) % {"n": format_integer(n)}


def _halves(surveys: Sequence[Ready]) -> str:
    if all(each.n_comparison >= each.minimum for each in surveys):
        return _("Variabel kelompok membedakan peserta dari kelompok pembanding.")
    return _("Kelompok pembanding terlalu kecil untuk ditandai; jawabannya ada di antara jawaban lain.")


def facts(surveys: Sequence[Ready], title: str, today) -> list[list[str]]:
    """The head of the sheet that explains the file."""
    return [
        [_("Evaluasi"), surveys[0].survey.evaluation.title],
        [_("Isi"), title],
        [_("Jawaban"), "; ".join(f"{each.survey.wave_shown}: {format_integer(each.n)}" for each in surveys)],
        [_("Kerahasiaan"), surveys[0].survey.get_mode_display()],
        [_("Diunduh"), date_format(today)],
    ]
