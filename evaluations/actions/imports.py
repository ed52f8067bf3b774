"""A file of answers is compared with what is stored, shown, and saved as a whole or not at all."""

import hashlib
import uuid
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from asn_eval.accounts.models import User
from asn_eval.scoping import ScopedQuerySet
from asn_eval.tables import read_table
from evaluations.actions.responses import (
    NewResponse,
    ResponseRefused,
    build_response,
    check_accepts,
    write_responses,
)
from evaluations.answer_headings import RECALLED, known_headers
from evaluations.answer_sheet import AnswerSheet, SheetProblem, SheetRow, read_answers
from evaluations.authors import NOBODY, Author
from evaluations.models import Response, Survey
from evaluations.packing import unpack
from evaluations.pseudonyms import key_in_hand
from evaluations.register import Register, UnknownRespondent, known_to

FILE = Response.Channel.FILE
MAX_BYTES = 10 * 1024 * 1024


@dataclass(frozen=True)
class Planned:
    """One row of the file that can be stored."""

    number: int
    survey: Survey
    new: NewResponse


@dataclass(frozen=True)
class ImportPlan:
    """What storing a file would do now. `same` counts answers that are stored already."""

    planned: tuple[Planned, ...]
    same: int
    problems: tuple[SheetProblem, ...]
    notes: tuple[str, ...]

    @property
    def is_blocked(self) -> bool:
        """Whether something is wrong with the file as a whole, which leaving out rows does not mend."""
        return any(problem.row is None for problem in self.problems)

    @property
    def by_wave(self) -> dict[str, int]:
        """New answers by wave, in words."""
        counts: dict[str, int] = {}
        for each in self.planned:
            name = each.survey.get_wave_display()
            counts[name] = counts.get(name, 0) + 1
        return counts


class ImportRefused(Exception):
    """The file has problems and the person did not ask to leave those rows out; nothing was saved."""

    def __init__(self, plan: ImportPlan):
        super().__init__(plan)
        self.plan = plan


def read_answer_file(*, survey: Survey, content: bytes, file_name: str) -> AnswerSheet:
    """Return the answers in a file for the instrument of `survey`. Raises `TableError`."""
    items = list(survey.version.items.all())
    table = read_table(content, filename=file_name, header_hint=known_headers(items), max_bytes=MAX_BYTES)
    return read_answers(
        table, items, key_required=not survey.is_public, digest=hashlib.sha256(content).hexdigest()
    )


def import_answers(
    *,
    survey: Survey,
    sheet: AnswerSheet,
    today: date,
    wave: str | None,
    valid_only: bool = False,
    entered_by: User | None = None,
) -> ImportPlan:
    """Store the answers of `sheet` in one transaction and return what was done.

    Rows that name no wave belong to `wave`. Raises `ImportRefused` when there are problems and not `valid_only`,
    and also then when the problem is the file itself.
    """
    arguments = {"survey": survey, "sheet": sheet, "today": today, "wave": wave, "entered_by": entered_by}
    try:
        return _import_once(arguments, valid_only)
    except IntegrityError:
        # Somebody answered between our look and our writing: the second look sees it.
        return _import_once(arguments, valid_only)


@transaction.atomic
def _import_once(arguments: Mapping, valid_only: bool) -> ImportPlan:
    # Nobody closes a survey while its answers are being written.
    list(_waves_of(arguments["survey"]).select_for_update(no_key=True))
    plan = plan_import(**arguments)
    if plan.is_blocked or (plan.problems and not valid_only):
        raise ImportRefused(plan)
    for survey in {each.survey.pk: each.survey for each in plan.planned}.values():
        write_responses(survey=survey, new=[each.new for each in plan.planned if each.survey == survey])
    return plan


def _waves_of(survey: Survey) -> ScopedQuerySet:
    """The surveys that ask the same of the same group, one for each wave."""
    same = survey.evaluation.surveys.filter(version=survey.version_id, group=survey.group)
    return same.filter(is_retrospective=survey.is_retrospective).order_by("pk")


def plan_import(
    *, survey: Survey, sheet: AnswerSheet, today: date, wave: str | None, entered_by: User | None = None
) -> ImportPlan:
    """Compare `sheet` with what is stored. Writes nothing; the number of queries does not depend on the rows."""
    waves = {each.wave: each for each in _waves_of(survey)}
    planner = _Planner(survey, waves, sheet, today, wave, entered_by)
    with key_in_hand():
        for row in sheet.rows:
            planner.add(row)
    notes = [*sheet.notes, *planner.notes()]
    if survey.is_public and not sheet.key_column:
        notes.append(
            _(
                "Berkas ini tanpa kolom kunci. Berkas yang sama dapat diunggah lagi tanpa akibat, tetapi baris "
                "dari berkas yang sudah diubah dihitung sebagai responden baru."
            )
        )
    problems = (*sheet.problems, *_recalled_problems(survey, sheet), *planner.problems)
    # What concerns the whole file is read first, the rest in the order of the file.
    problems = sorted(problems, key=lambda problem: (problem.row is not None, problem.row or 0))
    return ImportPlan(tuple(planner.planned), planner.same, tuple(problems), tuple(notes))


def _recalled_problems(survey: Survey, sheet: AnswerSheet) -> list[SheetProblem]:
    """What somebody remembers has a place in a retrospective survey only."""
    given = any(value is not None for row in sheet.rows for value in row.recalled.values())
    if survey.is_retrospective or not given:
        return []
    message = _(
        "Survei ini tidak retrospektif sehingga jawaban tentang keadaan sebelum program menurut ingatan tidak "
        "mempunyai tempat. Hapus kolom itu, atau pilih survei yang retrospektif."
    )
    return [SheetProblem(None, f"{RECALLED}…", "", message)]


class _Planner:
    """Decides row by row: new, the same as stored, or a problem."""

    def __init__(
        self,
        survey: Survey,
        waves: Mapping[str, Survey],
        sheet: AnswerSheet,
        today: date,
        wave: str | None,
        entered_by: User | None,
    ):
        self.waves, self.sheet, self.today, self.wave, self.entered_by = waves, sheet, today, wave, entered_by
        self.items = list(survey.version.items.all())
        self.is_public = survey.is_public
        self.register = Register(*known_to(survey))
        self.stored = {each.pk: self._stored(each) for each in waves.values()}
        self.planned: list[Planned] = []
        self.problems: list[SheetProblem] = []
        self.same = 0
        self.not_asked: Counter[str] = Counter()
        self.rows_of: dict[tuple[int, object], int] = {}
        self.refused: set[str | None] = set()

    def _stored(self, survey: Survey) -> dict[object, Response]:
        """The answers in `survey` by what a row of the file can be recognised by."""
        responses = survey.responses.prefetch_related("open_answers")
        return {response.pk if self.is_public else _author_of(response): response for response in responses}

    def add(self, row: SheetRow) -> None:
        survey = self._survey(row)
        if survey is None:
            return
        try:
            author = NOBODY if self.is_public else self.register.find(row.key)
        except UnknownRespondent as error:
            self._problem(row, str(error))
            return
        identity = self._response_id(survey, row) if self.is_public else _columns_of(author, survey)
        earlier = self.rows_of.setdefault((survey.pk, identity), row.number)
        if earlier != row.number:
            self._problem(
                row, _("Responden ini sudah ada pada baris %(row)s untuk gelombang yang sama.") % {"row": earlier}
            )
            return
        new = self._new(row, survey, author, identity if self.is_public else uuid.uuid4())
        stored = self.stored[survey.pk].get(identity)
        if new is None:
            return
        if stored is None:
            self.planned.append(Planned(row.number, survey, new))
        elif _is_same(stored, new):
            self.same += 1
        else:
            self._problem(row, _("Responden ini sudah menjawab survei ini dengan jawaban yang berbeda."))

    def _survey(self, row: SheetRow) -> Survey | None:
        wave = row.wave or self.wave
        survey = self.waves.get(wave)
        message = ""
        if wave is None:
            message = _(
                "Berkas ini tidak menyebut gelombang. Tambahkan kolom “Gelombang”, atau pilih gelombangnya."
            )
        elif survey is None:
            message = _("Evaluasi ini belum mempunyai survei gelombang “%(wave)s” dengan instrumen ini.") % {
                "wave": Survey.Wave(wave).label
            }
        elif survey.state == Survey.State.CLOSED:
            message = _(
                "Survei gelombang “%(wave)s” sudah ditutup. Buka kembali bila jawaban masih akan masuk."
            ) % {"wave": survey.get_wave_display()}
        if not message:
            return survey
        if wave not in self.refused:
            self.refused.add(wave)
            self.problems.append(SheetProblem(None, "", "", message))
        return None

    def _response_id(self, survey: Survey, row: SheetRow) -> uuid.UUID:
        """The same row of the same file, or the same key, is the same response however often it comes."""
        namespace = uuid.uuid5(uuid.NAMESPACE_OID, f"survey {survey.pk}")
        return uuid.uuid5(namespace, row.key or f"{self.sheet.digest} {row.number}")

    def _new(self, row: SheetRow, survey: Survey, author: Author, response_id: uuid.UUID) -> NewResponse | None:
        # A file without dates was filled in by the time that the survey ended, at the latest.
        received_on = row.given_on or min(self.today, survey.closes_on)
        if received_on > self.today:
            self._problem(row, _("Tanggal pada baris ini belum tiba."))
            return None
        try:
            check_accepts(survey=survey, channel=FILE, received_on=received_on)
            new = build_response(
                survey=survey,
                items=self.items,
                answers=row.answers,
                recalled=row.recalled,
                author=author,
                response_id=response_id,
                channel=FILE,
                received_on=received_on,
                entered_by=self.entered_by,
            )
            self._count_not_asked(row, new)
            return new
        except ResponseRefused as error:
            self._problem(row, str(error))
        except ValidationError as error:
            for key, messages in error.message_dict.items():
                self._wrong_answer(row, key, " ".join(messages))
        return None

    def _wrong_answer(self, row: SheetRow, key: str, message: str) -> None:
        """An answer that its cell could hold, but not beside the other answers of this row."""
        if key == NON_FIELD_ERRORS:
            self._problem(row, message)
            return
        given = row.recalled.get(key.removeprefix(RECALLED)) if key.startswith(RECALLED) else row.answers.get(key)
        self.problems.append(SheetProblem(row.number, key, "" if given is None else str(given), message))

    def _count_not_asked(self, row: SheetRow, new: NewResponse) -> None:
        kept = unpack(self.items, new.response.answers) | new.texts
        self.not_asked.update(
            key for key, value in row.answers.items() if value is not None and kept.get(key) is None
        )

    def notes(self) -> list[str]:
        if not self.not_asked:
            return []
        told = ", ".join(f"{key} ({count})" for key, count in self.not_asked.items())
        return [
            _("Jawaban pada butir yang tidak ditanyakan kepada respondennya tidak disimpan: %(items)s.")
            % {"items": told}
        ]

    def _problem(self, row: SheetRow, message: str) -> None:
        self.problems.append(SheetProblem(row.number, self.sheet.key_column, row.key, message))


def _author_of(response: Response) -> tuple:
    return response.enrollment_id, response.respondent_id, response.pseudonym


def _columns_of(author: Author, survey: Survey) -> tuple:
    """What a stored answer of this author can be recognised by."""
    columns = author.columns(survey)
    return columns.get("enrollment_id"), columns.get("respondent_id"), columns.get("pseudonym", "")


def _is_same(stored: Response, new: NewResponse) -> bool:
    texts = {each.item_key: each.text for each in stored.open_answers.all()}
    same = stored.answers == new.response.answers and stored.recalled == new.response.recalled
    return same and all(texts.get(key) == text for key, text in new.texts.items())
