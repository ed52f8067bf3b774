"""The status of all recommendations in sight as a PDF, by office and region."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpResponse
from django.utils import timezone, translation
from django.views.generic import View

from asn_eval.accounts.logos import logo_data_uri
from asn_eval.accounts.models import Office
from asn_eval.numbers import format_integer
from evaluations.evidence_summary import state_of
from evaluations.follow_up_rows import BY_OFFICE, BY_REGION, grouped, office_names, with_words
from evaluations.models import Recommendation
from evaluations.views.follow_up import RegisterMixin, office_of
from reports.blocks import Column, Table
from reports.words import closed, day

LONGEST_NOTE = 160  # characters of the last progress; the whole stands on the page of the recommendation
MOST_LISTED = 500  # about fifty pages; who has more narrows the list
NUMBERS = ("total", "proposed", "running", "done", "dropped", "late", "unanswered")
HEADINGS = (
    "Jumlah",
    "Diusulkan",
    "Dikerjakan",
    "Selesai",
    "Tidak dilanjutkan",
    "Lewat tenggat",
    "Belum ditanggapi",
)


@dataclass(frozen=True)
class OfficeChapter:
    """The recommendations that one office answers for, in the order of their due dates."""

    name: str
    table: Table


class FollowUpReportView(RegisterMixin, View):
    permission = "reports.download_report"

    def get(self, request):
        from reports.documents.follow_up import render_status  # loads WeasyPrint

        with translation.override("id"):
            document = render_status(self.get_document())
        return HttpResponse(
            document,
            content_type="application/pdf",
            headers={
                "Content-Disposition": 'attachment; filename="status-tindak-lanjut.pdf"',
                "X-Content-Type-Options": "nosniff",
            },
        )

    def get_document(self) -> dict:
        rows = self.narrowed
        office = self.request.user.office
        by_office = grouped(rows, BY_OFFICE, self.today)
        names = office_names(by_office)
        by_region = grouped(rows, BY_REGION, self.today)
        listed = list(with_words(rows).order_by("office", "due_date", "pk")[: MOST_LISTED + 1])
        return {
            "office": office,
            "letterhead": office.letterhead_lines if office else [],
            "logo": logo_data_uri(office) if office else "",
            "as_of": day(self.today),
            "narrowed_by": self.filter_form.in_words(),
            "tables": (
                count_table("Tindak lanjut menurut kantor penanggung jawab", "Kantor", by_office, names, number=1),
                count_table("Tindak lanjut menurut wilayah", "Wilayah", by_region, number=2),
            ),
            "chapters": chapters(listed[:MOST_LISTED], first_number=3),
            "is_cut": len(listed) > MOST_LISTED,
            "most_listed": format_integer(MOST_LISTED),
            "generated_at": timezone.localtime(),
        }


def count_table(
    caption: str, heading: str, groups: Sequence[dict], names: dict | None = None, *, number: int
) -> Table:
    rows = [
        (str(names[one["group"]] if names else one["group"]), *(format_integer(one[name]) for name in NUMBERS))
        for one in groups
    ]
    sums = [format_integer(sum(one[name] for one in groups)) for name in NUMBERS]
    return Table(
        caption=caption,
        columns=(Column(heading), *(Column(each, "number") for each in HEADINGS)),
        rows=(*rows, ("Jumlah", *sums)),
        strong_rows=frozenset({len(rows)}),
        number=number,
    )


def chapters(recommendations: Sequence[Recommendation], *, first_number: int) -> list[OfficeChapter]:
    """The recommendations by office; they come sorted by it."""
    by_office: dict[Office, list[Recommendation]] = {}
    for recommendation in recommendations:
        by_office.setdefault(office_of(recommendation), []).append(recommendation)
    return [
        OfficeChapter(
            office.name,
            Table(
                caption="Rekomendasi menurut tenggat",
                columns=(
                    Column("Rekomendasi"),
                    Column("Wilayah"),
                    Column("Penanggung jawab"),
                    Column("Tenggat"),
                    Column("Tanggapan"),
                    Column("Status"),
                    Column("Kemajuan terakhir"),
                ),
                rows=tuple(map(_line, held)),
                number=number,
            ),
        )
        for number, (office, held) in enumerate(by_office.items(), start=first_number)
    ]


def _line(recommendation: Recommendation) -> tuple[str, ...]:
    note = (recommendation.last_note or "").strip()
    told = note if len(note) <= LONGEST_NOTE else f"{note[:LONGEST_NOTE].rsplit(' ', 1)[0]} …"
    return (
        recommendation.statement,
        recommendation.evaluation.program.region.name,
        recommendation.owner,
        day(recommendation.due_date),
        recommendation.get_answer_display() or "belum ada",
        state_of(recommendation).text,
        f"{day(recommendation.last_note_on)}: {closed(told)}" if note else "–",
    )
