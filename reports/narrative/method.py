"""How the data came about and what that leaves uncertain -> Indonesian sentences. Pure."""

from asn_eval.numbers import format_decimal, format_integer, format_interval, format_percent
from reports.analysis.paired import PairedChange
from reports.analysis.reliability import Reliability
from reports.analysis.results import Suppressed
from reports.contents import EvaluationReport
from reports.fact_contents import SurveyFacts, SurveyResponse
from reports.narrative.changes import SMALL_N
from reports.result_contents import InstrumentReliability, VersionBreak
from reports.words import listing, lower_first, period, sentence_case, survey_name

# A conventional lower bound for comparing groups with a scale.
ACCEPTABLE_ALPHA = 0.70
GOOD_ALPHA = 0.80
# Under six answers in ten those who kept silent could overturn the picture.
LOW_RESPONSE = 0.60
MOST_UNITS_NAMED = 3  # of more units a sentence says nothing that the table does not say better


def response_sentences(report: EvaluationReport) -> tuple[str, ...]:
    """How well the invited answered, and how many came by public links; the table has each survey."""
    sentences = []
    rates = [(survey.response_rate, survey) for survey in report.surveys if survey.response_rate is not None]
    if rates:
        low, high = (choose(rates, key=lambda pair: pair[0]) for choose in (min, max))
        sentences.append(
            f"Tingkat respons berkisar dari {_rate(low[1])} sampai {_rate(high[1])}."
            if low[0] < high[0]
            else f"Tingkat respons setiap survei {format_percent(low[0], 1)}."
        )
    listless = [survey for survey in report.surveys if not survey.is_public and survey.response_rate is None]
    if listless:
        sentences.append(
            f"Tingkat respons tidak dapat dihitung untuk {listing([_asked(survey) for survey in listless])}, "
            "karena tidak ada daftar undangan yang dapat menjadi pembaginya."
        )
    public = [survey for survey in report.surveys if survey.is_public]
    if public:
        told = listing([f"{format_integer(survey.n_answered)} ({survey.wave.lower()})" for survey in public])
        sentences.append(
            f"Survei masyarakat dibuka lewat tautan umum dan menerima {told} jawaban; jumlah orang yang "
            "melihat tautan itu tidak diketahui, sehingga tingkat responsnya tidak dapat dihitung."
        )
    return tuple(sentences)


def unit_sentences(report: EvaluationReport) -> tuple[str, ...]:
    """Where fewest answered, in one sentence; only of units that may be shown, and only where it was not alike."""
    told = [words for response in report.unit_responses if (words := _least(response))]
    if not told:
        return ()
    return (f"Menurut unit kerja, respons terendah ada pada {'; '.join(told)}.",)


def _least(response: SurveyResponse) -> str:
    rates = {one.unit: one.rate for one in response.units if one.rate is not None}
    if len(rates) < 2 or len(set(rates.values())) < 2:
        return ""
    least = min(rates.values())
    units = [unit for unit, rate in rates.items() if rate == least]
    if len(units) > MOST_UNITS_NAMED:
        return ""
    return (
        f"{listing(units)} ({format_percent(least, 1)}; {lower_first(response.instrument)}, "
        f"{response.wave.lower()})"
    )


def _asked(survey: SurveyFacts) -> str:
    return f"{lower_first(survey.instrument)} {survey.wave.lower()} program, {survey.respondents.lower()}"


def _rate(survey: SurveyFacts) -> str:
    return (
        f"{format_percent(survey.response_rate, 1)} ({_asked(survey)}: {format_integer(survey.n_answered)} dari "
        f"{format_integer(survey.n_invited)} orang)"
    )


def reliability_sentences(measured: InstrumentReliability) -> tuple[str, ...]:
    """Cronbach's alpha of each wave with its interval and n, and what it allows."""
    return tuple(
        _reliability_sentence(measured.instrument, wave.wave.lower(), wave.total) for wave in measured.waves
    )


def _reliability_sentence(instrument: str, wave: str, total: Reliability | Suppressed) -> str:
    if isinstance(total, Suppressed):
        return (
            f"Keandalan {lower_first(instrument)} {wave} program tidak ditampilkan karena kurang dari "
            f"{format_integer(total.minimum)} orang menjawab semua butir."
        )
    if total.alpha is None:
        n = format_integer(total.n_complete)
        return f"Keandalan {lower_first(instrument)} {wave} program tidak dapat dihitung dari {n} jawaban lengkap."
    alpha = format_decimal(total.alpha)
    interval = "" if total.ci95 is None else f", selang 95% {format_interval(total.ci95.low, total.ci95.high)}"
    return (
        f"Keandalan {lower_first(instrument)} {wave} program {alpha_word(total.alpha)}: Cronbach's alpha {alpha}"
        f"{interval}, dari {format_integer(total.n_complete)} jawaban lengkap atas "
        f"{format_integer(total.n_items)} butir."
    )


def alpha_word(alpha: float) -> str:
    if alpha >= GOOD_ALPHA:
        return "baik"
    return "memadai" if alpha >= ACCEPTABLE_ALPHA else "di bawah 0,70 yang lazim diminta"


def limitations(report: EvaluationReport) -> tuple[str, ...]:
    """What the reader must keep in mind; only what holds for this report."""
    return (
        *_design_limits(report),
        *_size_limits(report),
        *_version_limits(report),
        *_response_limits(report),
        *_reliability_limits(report),
        *_source_limits(report),
    )


def _design_limits(report: EvaluationReport) -> tuple[str, ...]:
    measured = (report.competence, report.knowledge, report.satisfaction, report.indicators, report.predicates)
    if not any(measured):
        return ()
    if report.has_comparison:
        return (
            "Kelompok pembanding tidak dipilih secara acak, sehingga perbedaan antarkelompok dapat juga berasal "
            "dari perbedaan yang sudah ada sebelumnya.",
        )
    return (
        "Rancangan satu kelompok tanpa pembanding hanya dapat menunjukkan perubahan yang berkaitan dengan "
        "program. Kejadian lain dalam masa yang sama tidak dapat dipisahkan darinya.",
    )


def _size_limits(report: EvaluationReport) -> tuple[str, ...]:
    limits = []
    changes = [(one.instrument.name, one.total) for one in report.measured_changes]
    changes += [(one.instrument.name, one.change) for one in report.measured_scores]
    for name, change in changes:
        if not isinstance(change, PairedChange) or not change.n_paired:
            continue
        if change.n_paired < SMALL_N:
            limits.append(
                f"Pada {lower_first(name)}, peserta yang mengisi kedua gelombang sedikit (n = "
                f"{format_integer(change.n_paired)}), sehingga angkanya masih dapat banyak bergeser."
            )
        lost = change.n_before + change.n_after - 2 * change.n_paired
        if lost:
            limits.append(
                f"Pada {lower_first(name)}, {format_integer(lost)} orang hanya mengisi satu gelombang dan tidak "
                "ikut dihitung dalam perubahan."
            )
    return tuple(limits)


def _response_limits(report: EvaluationReport) -> tuple[str, ...]:
    low = [
        f"{lower_first(survey.instrument)} {survey.wave.lower()} ({format_percent(survey.response_rate, 1)}, "
        f"n = {format_integer(survey.n_answered)})"
        for survey in report.surveys
        if survey.response_rate is not None and survey.response_rate < LOW_RESPONSE
    ]
    if not low:
        return ()
    return (f"Tingkat respons rendah pada {listing(low)}; yang tidak menjawab mungkin berpendapat lain.",)


def _reliability_limits(report: EvaluationReport) -> tuple[str, ...]:
    low = [
        f"{name} {wave.wave.lower()} program (alpha {format_decimal(one.alpha)}; n = "
        f"{format_integer(one.n_complete)})"
        for measured in report.reliabilities
        for wave in measured.waves
        for name, one in (
            (lower_first(measured.instrument), wave.total),
            *((f"dimensi “{lower_first(name)}”", one) for name, one in wave.dimensions),
        )
        if isinstance(one, Reliability) and one.alpha is not None and one.alpha < ACCEPTABLE_ALPHA
    ]
    return (f"Keandalan rendah pada {listing(low)}; selisih kecil pada bagian itu kurang berarti.",) if low else ()


def _version_limits(report: EvaluationReport) -> tuple[str, ...]:
    """Where an instrument changed between waves: no change is computed across the break, and it is named."""
    return tuple(
        f"{sentence_case(broken.instrument)} ({broken.respondents.lower()}) dipakai dalam versi yang berbeda: "
        f"{listing([f'versi {format_integer(number)} ({wave.lower()})' for wave, number in broken.waves])}. "
        f"{_compared(broken)}"
        for broken in report.breaks
    )


def _compared(broken: VersionBreak) -> str:
    if not broken.compared:
        return "Perubahan antarversi tidak dihitung karena pertanyaannya tidak sama."
    n = format_integer(len(broken.compared))
    return (
        f"Perubahan hanya dihitung untuk {n} butir yang pertanyaannya sama pada semua versi, dan untuk skor yang "
        "seluruhnya terdiri atas butir itu."
    )


def _source_limits(report: EvaluationReport) -> tuple[str, ...]:
    limits = []
    if report.competence:
        limits.append("Kompetensi dinilai oleh peserta sendiri; penilaian diri dapat lebih tinggi dari kenyataan.")
    if any(result.before and result.after and result.before.is_public for result in report.satisfaction):
        limits.append("Responden SKM sebelum dan sesudah program adalah orang yang berbeda.")
    return tuple(limits)


def source_line(*surveys: SurveyFacts | None) -> str:
    """Where a result comes from: one survey by respondents and wave, dates of the answers, n answered."""
    waves: dict[str, list[str]] = {}
    held = [survey for survey in surveys if survey is not None]
    for survey in held:
        waves.setdefault(survey.respondents.lower(), []).append(
            f"{survey.wave.lower()} {_received(survey)}, n = {format_integer(survey.n_answered)}"
        )
    told = "; ".join(f"{respondents}: {'; '.join(asked)}" for respondents, asked in waves.items())
    return f"survei {survey_name(held[0].instrument)}, {told}." if held else ""


def _received(survey: SurveyFacts) -> str:
    if survey.first_received is None:
        return period(survey.opens_on, survey.closes_on)
    return period(survey.first_received, survey.last_received)
