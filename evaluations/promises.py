"""What a respondent is told before the first item: what for, and what happens to the answers, as it is."""

from django.utils.translation import gettext as _

from evaluations.models import Survey


def consent_text(survey: Survey) -> str:
    """The purpose and the promises of `survey` in the language that is on, one paragraph a line."""
    return "\n".join([purpose(survey), *promise(survey)])


def purpose(survey: Survey) -> str:
    """The words of the evaluator, else our own."""
    program = survey.evaluation.program
    return " ".join(survey.purpose_shown.split()) or _(
        "%(organizer)s meminta jawaban Anda untuk menilai dan memperbaiki program “%(program)s”."
    ) % {"organizer": program.organizer, "program": program}


def promise(survey: Survey) -> list[str]:
    """What happens to the answers, by the mode of the survey; nothing is promised that is not kept."""
    smallest = {"n": survey.evaluation.minimum_group}
    if survey.mode == Survey.Mode.NAMED:
        return [
            _("Jawaban tersimpan atas nama Anda. Tim evaluasi dapat melihat siapa menjawab apa."),
            _("Dalam laporan, jawaban disajikan gabungan."),
        ]
    if survey.mode == Survey.Mode.CONFIDENTIAL:
        return [
            _(
                "Jawaban tersimpan terhubung dengan data Anda agar keadaan sebelum dan sesudah program "
                "dapat dibandingkan."
            ),
            _(
                "Nama Anda tidak ditampilkan kepada pembaca hasil. Hasil hanya disajikan gabungan dari "
                "paling sedikit %(n)s orang."
            )
            % smallest,
        ]
    if survey.is_public:
        return [
            _("Survei ini anonim: nama dan identitas Anda tidak ditanyakan dan tidak disimpan."),
            _(
                "Yang tersimpan hanya jawaban dan tanggalnya. Hasil hanya disajikan gabungan dari "
                "paling sedikit %(n)s orang."
            )
            % smallest,
        ]
    return [
        _(
            "Survei ini anonim: jawaban disimpan tanpa nama, tanpa tanggal, dan terpisah dari daftar undangan. "
            "Yang tercatat pada undangan hanya bahwa Anda sudah menjawab."
        ),
        _(
            "Jawaban Anda dari waktu ke waktu dihubungkan dengan sandi. Kunci sandi itu dimusnahkan ketika survei "
            "terakhir ditutup; sesudah itu tidak seorang pun dapat menelusuri jawaban sampai kepada Anda."
        ),
        _("Hasil hanya disajikan gabungan dari paling sedikit %(n)s orang.") % smallest,
    ]
