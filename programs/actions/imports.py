"""A file on its way: received, examined, agreed to, saved. Each step leaves the import in a state of its own."""

import logging
import secrets
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import PurePath

from django.core.files.base import File
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from asn_eval.accounts.models import Office, Region
from asn_eval.scoping import ScopedModel
from asn_eval.tables import TableError, header_key
from programs.actions.programs import lock_program
from programs.imports.columns import missing_error
from programs.imports.engine import Importer, Reach
from programs.imports.entities import IMPORTERS
from programs.imports.error_file import write_error_file
from programs.imports.journal import note_creations
from programs.imports.plans import Plan
from programs.imports.report import questions_about, report_of, summary_of
from programs.imports.sheets import Sheet, make_sheet, read_file
from programs.models import ColumnMapping, Entity, ImportJob, Program

logger = logging.getLogger(__name__)

State = ImportJob.State
# What a page may do itself; more goes to the worker. A file is measured before it is opened.
SMALL_ROWS = 2_000
SMALL_BYTES = 1024 * 1024
# A working day and the next morning: long enough to ask somebody, short for personal data that nobody saved.
LIFETIME = timedelta(hours=24)
# A worker gives a sign of life every few seconds; one that is silent for so long is gone.
DEAD_AFTER = timedelta(seconds=60)
# How long a file may wait before the page says that nobody seems to work.
PATIENCE = timedelta(seconds=20)
Told = Callable[[int], None]


class ImportChanged(Exception):
    """The stored rows are not those that the person was shown; nothing was saved."""


class ImportRefused(Exception):
    """The file has problems and the person did not ask to leave those rows out; nothing was saved."""

    def __init__(self, plan: Plan):
        self.plan = plan
        super().__init__(plan)


# --- The steps -----------------------------------------------------------------------


def receive_file(*, user, entity: Entity, program: Program | None, file: File, now: datetime) -> ImportJob:
    """Keep an uploaded file and examine it, a small one at once. Raises ``TableError`` when it is no table."""
    remove_expired(now=now)
    job = ImportJob(
        entity=entity,
        program=program,
        region=program.region if program else None,
        office=user.office,
        created_by=user,
        file_name=PurePath(file.name).name.replace("\0", "")[-200:] or "berkas",
    )
    job.file.save(f"{secrets.token_hex(16)}{PurePath(job.file_name).suffix[:10].lower()}", file, save=False)
    job.save()
    if file.size > SMALL_BYTES:
        enqueue(job)
        return job
    try:
        examine(job, at_once=True)
    except TableError:
        _remove_files(job)
        job.delete()
        raise
    return job


def examine(job: ImportJob, *, at_once: bool, told: Told = lambda _number: None) -> None:
    """Read the file; ask for its columns where they are not known, otherwise find out what it would change.

    ``at_once``: within a page; a file that turns out to be long is left to the worker. Raises ``TableError``.
    """
    importer = importer_of(job)
    table = read_job(job, importer)
    job.n_total = len(table.numbers)
    sheet = make_sheet(table, importer.columns, job.mapping.get("fields") or remembered(job))
    if not sheet.matching.is_settled:
        if not sheet.matching.questions:
            raise missing_error(sheet.matching, table.header, table.header_number)
        job.state, job.report = State.MAPPING, questions_about(sheet)
        job.save()
    elif at_once and job.n_total > SMALL_ROWS:
        enqueue(job)
    else:
        report_plan(job, sheet, importer.plan(importer.check(sheet)), told)


def choose_columns(*, job: ImportJob, fields: Mapping[str, str]) -> None:
    """Say what the columns mean (header -> field, "" for not read), for this office's later files too."""
    keys = {header_key(header): name for header, name in fields.items()}
    with transaction.atomic():
        ColumnMapping.objects.filter(office=job.office, entity=job.entity, header__in=keys).delete()
        ColumnMapping.objects.bulk_create(
            ColumnMapping(office=job.office, entity=job.entity, header=key[:200], field=name)
            for key, name in keys.items()
        )
        job.mapping = {"fields": keys}
        job.state, job.digest, job.message = State.WAITING, "", ""
        job.save()
    _go_on(job)


def agree(*, job: ImportJob, seen: str, valid_only: bool) -> None:
    """Save what was shown. Raises ``ImportChanged`` when something else was shown than what is to be saved."""
    job.refresh_from_db()
    if job.state != State.READY or not seen or job.digest != seen:
        raise ImportChanged
    if job.counts.get("refused") and not valid_only:
        raise ImportRefused(None)
    job.valid_only, job.state, job.message = valid_only, State.WAITING, ""
    job.save()
    _go_on(job)


def discard(*, job: ImportJob) -> bool:
    """Forget a file, unless somebody works on it or it is done; says whether it was forgotten."""
    open_states = (State.WAITING, State.MAPPING, State.READY, State.FAILED)
    jobs = ImportJob.objects.unscoped("the import in hand, taken before a worker takes it")
    if not jobs.filter(pk=job.pk, state__in=open_states).update(state=State.DISCARDED):
        return False
    _finish(job, State.DISCARDED)
    return True


def examine_again(*, job: ImportJob) -> None:
    """Look at a file once more that waits for a decision, against what is stored by now."""
    if job.state == State.READY:
        job.state, job.digest = State.WAITING, ""
        job.save()
        _go_on(job)


def is_unattended(job: ImportJob, *, now: datetime) -> bool:
    """Whether an import waits for so long that the worker does not seem to run."""
    if job.state != State.WAITING or now - job.updated_at < PATIENCE:
        return False
    working = ImportJob.objects.unscoped("asks only whether the worker is busy; shows no row")
    return not working.filter(beat_at__gte=now - DEAD_AFTER).exists()


def _go_on(job: ImportJob) -> None:
    if job.n_total <= SMALL_ROWS:
        run(job.pk, at_once=True)
        job.refresh_from_db()
    else:
        enqueue(job)


def enqueue(job: ImportJob) -> None:
    """Leave the next step to the worker."""
    from programs.actions.import_tasks import run_import

    job.state, job.beat_at = State.WAITING, None
    job.save()
    run_import.enqueue(job.pk)
    job.refresh_from_db()


# --- The work ------------------------------------------------------------------------


def run(pk: int, *, at_once: bool = False, told: Told = lambda _number: None) -> None:
    """Do the next step of an import that waits: examine it or save it. Whoever comes second does nothing."""
    job = _claim(pk)
    if job is None:
        return
    try:
        if not _may_still_import(job):
            _finish(job, State.FAILED, message=_("Pengunggah berkas ini tidak lagi berhak mengimpor data."))
        elif job.is_agreed:
            _save(job, told)
        else:
            examine(job, at_once=at_once, told=told)
    except TableError as error:
        _finish(job, State.FAILED, message=str(error))
    except Exception:
        _finish(
            job,
            State.FAILED,
            message=_(
                "Impor ini terhenti karena gangguan; tidak ada yang disimpan. Unggah lagi, atau hubungi admin."
            ),
        )
        raise


def _may_still_import(job: ImportJob) -> bool:
    user = job.created_by
    if user is None or not user.is_active or not user.has_perm("programs.import_rows"):
        return False
    return job.program is None or Program.objects.visible_to(user).filter(pk=job.program_id).exists()


def _claim(pk: int) -> ImportJob | None:
    jobs = ImportJob.objects.unscoped("a worker carries out what its uploader asked for").filter(pk=pk)
    now = timezone.now()
    for waiting, working in ((Q(digest=""), State.READING), (~Q(digest=""), State.SAVING)):
        if jobs.filter(waiting, state=State.WAITING).update(state=working, beat_at=now, n_done=0):
            return jobs.select_related(
                "program__region", "program__organizer", "office", "created_by__office"
            ).get()
    return None


def _save(job: ImportJob, told: Told) -> None:
    try:
        with transaction.atomic():
            if job.program:
                lock_program(job.program)
            importer = importer_of(job, locks=True)
            fields = job.mapping.get("fields") or remembered(job)
            sheet = make_sheet(read_job(job, importer), importer.columns, fields)
            plan = carry_out(importer, sheet, job=job, valid_only=job.valid_only, seen=job.digest, told=told)
            if plan.new_keys and job.program:
                note_creations(job.program, str(job.get_entity_display()), len(plan.new_keys), job.file_name)
            job.counts, job.report = plan.counts, summary_of(plan)
            job.n_done = job.n_total
            _finish(job, State.DONE, keep_errors=bool(plan.problems))
    except (ImportChanged, ImportRefused, IntegrityError):
        job.refresh_from_db()
        job.digest, job.valid_only = "", False
        examine(job, at_once=False)
        job.message = _(
            "Data tersimpan berubah sejak pemeriksaan. Belum ada yang disimpan; periksa sekali lagi di bawah ini."
        )
        job.save()


def carry_out(
    importer: Importer,
    sheet: Sheet,
    *,
    job: ImportJob | None,
    valid_only: bool,
    seen: str | None = None,
    told: Told = lambda _number: None,
) -> Plan:
    """Plan a sheet and save it. Raises ``ImportChanged`` and ``ImportRefused`` with nothing written."""
    plan = importer.plan(importer.check(sheet))
    if seen is not None and plan.digest != seen:
        raise ImportChanged
    if plan.problems and not valid_only:
        raise ImportRefused(plan)
    importer.save(job, told)
    return plan


def report_plan(job: ImportJob, sheet: Sheet, plan: Plan, told: Told) -> None:
    """Keep what the page shows, and the file to correct when something is wrong."""
    told(plan.n_rows)
    _remove_error_file(job)
    if plan.problems:
        job.error_file.save(f"{secrets.token_hex(16)}.xlsx", write_error_file(sheet, plan.problems), save=False)
    job.counts, job.digest, job.state = plan.counts, plan.digest, State.READY
    job.n_done, job.message = plan.n_rows, ""
    job.report = report_of(sheet, plan)
    job.save()


# --- What belongs to it --------------------------------------------------------------


def importer_of(job: ImportJob, *, locks: bool = False) -> Importer:
    """The rules for the file of a job, within what its uploader may see."""
    return IMPORTERS[job.entity](replace(reach_of(job.created_by, job.program), locks=locks))


def reach_of(user, program: Program | None) -> Reach:
    """What a file of this person may meet."""

    def rows(model):
        return model.objects.visible_to(user) if issubclass(model, ScopedModel) else model._default_manager.all()

    office: Office | None = user.office
    regions = (program.region,) if program else tuple(office.regions.all()) if office else ()
    return Reach(
        rows=rows,
        today=timezone.localdate(),
        program=program,
        office=office,
        regions=regions,
        areas=Region.objects.open_to(user),
        offices=Office.objects.all() if user.sees_every_region else Office.objects.filter(pk=user.office_id),
    )


def read_job(job: ImportJob, importer: Importer):
    """The table in the file of a job."""
    try:
        with job.file.open("rb") as file:
            return read_file(file, filename=job.file_name, columns=importer.columns)
    except (OSError, ValueError) as error:
        raise TableError(_("Berkas ini sudah tidak tersimpan; unggah lagi bila masih diperlukan.")) from error


def remembered(job: ImportJob) -> dict[str, str]:
    """What the columns of this office's files meant before."""
    known = ColumnMapping.objects.filter(office=job.office, entity=job.entity)
    return dict(known.values_list("header", "field"))


def take_up_dead(*, now: datetime) -> int:
    """Give back to the queue what a worker left unfinished. It had saved nothing: a save is one transaction."""
    silent = ImportJob.objects.unscoped("a worker that died takes no jobs of anybody with it").filter(
        state__in=(State.READING, State.SAVING), beat_at__lt=now - DEAD_AFTER
    )
    jobs = [job for job in silent if silent.filter(pk=job.pk).update(state=State.WAITING, beat_at=None)]
    for job in jobs:
        job.state = State.WAITING
        enqueue(job)
    return len(jobs)


def remove_expired(*, now: datetime) -> None:
    """Remove what nobody saved, and every file that is still kept, a day after it was uploaded."""
    old = ImportJob.objects.unscoped("personal data that nobody saved expires everywhere").filter(
        created_at__lt=now - LIFETIME
    )
    for job in old.exclude(file="", error_file=""):
        _finish(job, job.state if job.state in (State.DONE, State.FAILED) else State.DISCARDED)


def _finish(job: ImportJob, state: str, *, message: str = "", keep_errors: bool = False) -> None:
    """End an import: its file and all that it said about people go."""
    job.state, job.finished_at, job.message = state, job.finished_at or timezone.now(), message or job.message
    if state != State.DONE:
        job.report = {}
    files = [job.file] if keep_errors else [job.file, job.error_file]
    names = [(file.storage, file.name) for file in files if file]
    job.file = ""
    if not keep_errors:
        job.error_file = ""
    job.save()
    for storage, name in names:
        transaction.on_commit(lambda storage=storage, name=name: storage.delete(name))


def _remove_files(job: ImportJob) -> None:
    for file in (job.file, job.error_file):
        if file:
            file.delete(save=False)


def _remove_error_file(job: ImportJob) -> None:
    if job.error_file:
        job.error_file.delete(save=False)
