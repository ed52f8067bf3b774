"""Metodologi: who was asked, with what, how it was analysed, and what that cannot tell."""

from asn_eval.numbers import format_integer
from reports.blocks import Block, Chapter
from reports.chapters.tables import reliability_table, survey_table
from reports.contents import EvaluationReport
from reports.narrative.method import limitations, reliability_sentences, response_sentences, unit_sentences
from reports.narrative.satisfaction import rules_sentence
from reports.words import closed, listing, lower_first

ANALYSIS = (
    "Perubahan dihitung dari orang yang sama pada kedua gelombang: rata-rata sebelum dan sesudah, selisihnya "
    "dengan selang kepercayaan 95%, uji-t berpasangan, dan ukuran efek g (Hedges). Hasilnya diperiksa dengan "
    "uji peringkat bertanda Wilcoxon, yang tidak mengandaikan sebaran normal (lihat lampiran).",
    "Skor dimensi adalah rata-rata butirnya setelah nilai butir terbalik dibalik; skor dihitung bila paling "
    "sedikit separuh butir dijawab. Karena banyak butir diuji sekaligus, nilai p antarbutir disesuaikan menurut "
    "Holm.",
)
GAIN = (
    "N-gain adalah kenaikan nilai dibagi kenaikan yang masih mungkin (Hake): tinggi mulai 0,70, sedang mulai 0,30."
)


def method_chapter(report: EvaluationReport) -> Chapter:
    blocks = (_design(report), _asked(report), _reliability(report), _analysis(report), _limits(report))
    return Chapter(key="metodologi", title="Metodologi", blocks=tuple(block for block in blocks if block))


def _design(report: EvaluationReport) -> Block:
    means = _means(report)
    sentences = [f"Rancangan evaluasi: {closed(lower_first(report.design))}"]
    sentences.append(
        f"Data dikumpulkan melalui {listing(means)}." if means else "Cara pengumpulan data belum ditentukan."
    )
    sentences += [line.strip() for line in report.method_note.splitlines() if line.strip()]
    sentences.append(
        f"Untuk melindungi responden, hasil kelompok yang lebih kecil dari {format_integer(report.minimum_group)} "
        "orang tidak ditampilkan."
    )
    return Block(heading="Rancangan dan cara pengumpulan data", sentences=tuple(sentences))


def _means(report: EvaluationReport) -> list[str]:
    interviews = f"wawancara dengan {format_integer(len(report.interviews))} informan"
    counted = (
        (report.surveys, "survei"),
        (report.interviews, interviews),
        (report.observations, f"{format_integer(len(report.observations))} observasi"),
        (report.documents, f"telaah {format_integer(len(report.documents))} dokumen"),
        (report.indicators, f"{format_integer(len(report.indicators))} indikator layanan"),
        (report.predicates, "predikat kinerja pegawai"),
    )
    return [words for rows, words in counted if rows]


def _asked(report: EvaluationReport) -> Block | None:
    if not report.surveys:
        return None
    return Block(
        heading="Responden dan tingkat respons",
        sentences=(" ".join((*response_sentences(report), *unit_sentences(report))),),
        tables=(survey_table(report.surveys),),
    )


def _reliability(report: EvaluationReport) -> Block | None:
    if not report.reliabilities:
        return None
    return Block(
        heading="Instrumen dan keandalannya",
        sentences=tuple(" ".join(reliability_sentences(one)) for one in report.reliabilities),
        tables=(reliability_table(report.reliabilities),),
    )


def _analysis(report: EvaluationReport) -> Block | None:
    sentences = ANALYSIS if report.competence or report.knowledge else ()
    sentences += (GAIN,) if report.knowledge else ()
    sentences += tuple(dict.fromkeys(rules_sentence(result.rules) for result in report.satisfaction))
    return Block(heading="Teknik analisis", sentences=sentences) if sentences else None


def _limits(report: EvaluationReport) -> Block | None:
    limits = limitations(report)
    return Block(heading="Keterbatasan", points=limits) if limits else None
