"""An instrument as a form to print. Imported by functions only: WeasyPrint is slow to load."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from asn_eval.accounts.logos import logo_data_uri
from asn_eval.accounts.models import Office
from asn_eval.documents import write_pdf
from evaluations.item_listing import condition_in_words
from evaluations.models import Instrument, InstrumentVersion, Item
from evaluations.questionnaire import Question, Sheet, questions_of, sheets_of

CODE_BOXES = 8
NAMED_POINTS = 5  # up to so many names fit under their boxes
LONGEST_POINT_NAME = 28
MOST_ROWS_TOGETHER, MOST_OPTIONS_TOGETHER = 4, 8  # more may be parted by the end of a page
SHORT_OPTION = 34  # options up to this length stand in two columns
# A respondent writes by hand: how many lines for an answer of each type.
TEXT_LINES = 4
SHEET_TEXT_LINES = 7  # of an interview guide or an observation sheet


@dataclass(frozen=True)
class PaperQuestion:
    """A question with what only paper needs."""

    question: Question
    condition: str
    text_lines: range

    @property
    def item(self) -> Item:
        return self.question.item

    @property
    def points(self) -> list[tuple[int, str]]:
        return self.item.scale_points

    @property
    def names_every_point(self) -> bool:
        names = [name for _value, name in self.points]
        return len(names) <= NAMED_POINTS and all(names) and max(map(len, names)) <= LONGEST_POINT_NAME

    @property
    def named_points(self) -> list[tuple[int, str]]:
        """Names of points that do not fit above the columns of a matrix."""
        return [] if self.names_every_point else [(value, name) for value, name in self.points if name]

    @property
    def named_between(self) -> list[tuple[int, str]]:
        """Names of points that neither fit under their boxes nor stand at an end."""
        return [] if self.names_every_point else [(value, name) for value, name in self.points[1:-1] if name]

    @property
    def in_two_columns(self) -> bool:
        names = [name for _key, name in self.item.option_names]
        return len(names) > 3 and max(map(len, names)) <= SHORT_OPTION

    @property
    def option_rows(self) -> list[list[str]]:
        """The options as rows of one or two, read downwards."""
        names = [name for _key, name in self.item.option_names]
        if not self.in_two_columns:
            return [[name] for name in names]
        half = (len(names) + 1) // 2
        return [names[place::half] for place in range(half)]

    @property
    def is_long(self) -> bool:
        """Too long to be kept on one page whatever stands before it."""
        return len(self.rows) > MOST_ROWS_TOGETHER or len(self.option_rows) > MOST_OPTIONS_TOGETHER

    @property
    def rows(self) -> tuple[Question, ...]:
        return self.question.rows

    @property
    def rows_allow_na(self) -> bool:
        return any(row.item.allows_na for row in self.rows)


def paper_form(
    version: InstrumentVersion,
    *,
    office: Office | None,
    title: str,
    lines: Sequence[str],
    code: str = "",
    language: str = "id",
    is_retrospective: bool = False,
) -> bytes:
    """The PDF of an empty form: the kop of ``office``, ``title``, the purpose and consent in ``lines``.

    With ``code`` it belongs to one respondent; without, there are boxes to write one in.
    """
    return write_pdf(
        paper_html(
            version,
            office=office,
            title=title,
            lines=lines,
            code=code,
            language=language,
            is_retrospective=is_retrospective,
        )
    )


def paper_html(
    version: InstrumentVersion,
    *,
    office: Office | None,
    title: str,
    lines: Sequence[str],
    code: str,
    language: str,
    is_retrospective: bool,
) -> str:
    items = list(version.items.all())
    kind = version.instrument.kind
    with translation.override(language):
        sheets = sheets_of(questions_of(items, is_retrospective=is_retrospective), in_pages=False)
        return render_to_string(
            "evaluations/paper_form.html",
            {
                "css": _css(),
                "language": language,
                "version": version,
                "title": title,
                "lines": lines,
                "letterhead": office.letterhead_lines if office else (),
                "office": office,
                "logo": logo_data_uri(office) if office else "",
                "code": code,
                "code_boxes": range(CODE_BOXES),
                "is_questionnaire": kind == Instrument.Kind.QUESTIONNAIRE,
                "head_fields": _head_fields(kind),
                "hints": _hints(items, version),
                "is_retrospective": is_retrospective,
                "sections": [_section(sheet, items, kind) for sheet in sheets],
            },
        )


def _section(sheet: Sheet, items: Sequence[Item], kind: str) -> tuple[Item | None, str, list[PaperQuestion]]:
    heading = sheet.heading
    n_lines = TEXT_LINES if kind == Instrument.Kind.QUESTIONNAIRE else SHEET_TEXT_LINES
    questions = [
        PaperQuestion(
            question,
            condition_in_words(question.item, items),
            range(1 if question.item.type == Item.Type.SHORT_TEXT else n_lines),
        )
        for question in sheet.questions
    ]
    return heading, condition_in_words(heading, items) if heading else "", questions


def _head_fields(kind: str) -> list[str]:
    """What is written at the top of a sheet that is not filled in by its respondent."""
    return {
        Instrument.Kind.INTERVIEW: [_("Informan (peran)"), _("Pewawancara"), _("Tanggal"), _("Tempat")],
        Instrument.Kind.OBSERVATION: [_("Unit yang diamati"), _("Pengamat"), _("Tanggal"), _("Jam")],
        Instrument.Kind.DOCUMENT: [
            _("Judul dan nomor dokumen"),
            _("Pemeriksa"),
            _("Tanggal"),
            _("Pemilik dokumen"),
        ],
    }.get(kind, [])


def _hints(items: Sequence[Item], version: InstrumentVersion) -> list[str]:
    """How to fill the form in, as far as it has such questions."""
    types, Type = {item.type for item in items}, Item.Type
    is_questionnaire = version.instrument.kind == Instrument.Kind.QUESTIONNAIRE
    hints = []
    if version.scoring == InstrumentVersion.Scoring.TEST:
        hints.append(_("Isilah dengan pena. Jawablah sendiri, tanpa bantuan orang lain atau catatan."))
    elif is_questionnaire:
        hints.append(
            _("Isilah dengan pena. Jawablah menurut keadaan yang sebenarnya; tidak ada jawaban benar atau salah.")
        )
    if types & {Type.LIKERT, Type.CHOICE, Type.YES_NO, Type.MATRIX}:
        hints.append(_("Beri tanda silang (X) pada satu kotak untuk setiap pertanyaan."))
    if Type.CHOICES in types:
        hints.append(_("Pada pertanyaan bertanda “boleh lebih dari satu”, silang semua kotak yang sesuai."))
    if is_questionnaire:
        hints.append(_("Bila salah, hitamkan kotak yang salah, lalu silang kotak yang benar."))
    if is_questionnaire and any(item.relevance for item in items):
        hints.append(
            _("Pertanyaan dengan keterangan “Diisi bila …” dilewati bila tidak sesuai dengan jawaban Anda.")
        )
    return hints


@lru_cache
def _css() -> SafeString:
    return mark_safe((settings.BASE_DIR / "static" / "paper.css").read_text())  # noqa: S308 - our own file
