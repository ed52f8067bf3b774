"""What a file of answers holds, in the shape that its format wants: columns, rows, open texts."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.utils.translation import gettext as _

from evaluations.answer_headings import DATE_NAMES, NAME_NAMES, free_name, key_heading
from evaluations.models import Item, Survey
from reports.exporting.contents import Days
from reports.exporting.names import LONGEST_LABEL, Names, shortened
from reports.exporting.protection import month_of, shows_halves
from reports.exporting.records import Person, Ready, persons, texts_apart
from reports.exporting.variables import (
    DAY,
    NOMINAL,
    NUMERIC,
    SCALE,
    WORDS,
    Asking,
    Cell,
    Label,
    Variable,
    folded,
    spread,
    text_items,
)

HALVES: tuple[Label, ...] = ((0, "peserta"), (1, "kelompok pembanding"))


@dataclass(frozen=True)
class Column:
    """A variable with where its cell is taken from; `version` is the number of the instrument's version."""

    variable: Variable
    read: Callable[[Person], Cell]
    wave: str = ""
    version: int | None = None

    @property
    def name(self) -> str:
        return self.variable.name


@dataclass(frozen=True)
class Dataset:
    title: str
    columns: Sequence[Column]
    surveys: Sequence[Ready]

    def rows(self) -> Iterator[list[Cell]]:
        readers = [column.read for column in self.columns]
        for person in persons(self.surveys):
            yield [read(person) for read in readers]

    @property
    def has_texts_apart(self) -> bool:
        return any(ready.contents.texts_apart and text_items(ready.items) for ready in self.surveys)

    def texts(self) -> Iterator[list[str]]:
        """Open answers that stand apart: wave (where there are several), item, question, text."""
        for ready in self.surveys:
            questions, wave = {item.key: item.text for item in ready.items}, ready.survey.wave_shown
            for key, text in texts_apart(ready):
                yield [wave, key, questions[key], text]


def folded_dataset(title: str, surveys: Sequence[Ready]) -> Dataset:
    """One column per question, with headings that the import of answers reads."""
    items = [item for ready in surveys for item in ready.items]
    columns = [*_about(surveys, _headings(surveys[0].survey, items)), *_answers(surveys, folded)]
    return Dataset(title, columns, surveys)


def spread_dataset(title: str, surveys: Sequence[Ready]) -> Dataset:
    """Numbers under names that SPSS takes."""
    names = Names()
    fixed = dict(zip(ABOUT, ABOUT, strict=True))
    columns = []
    for column in [*_about(surveys, fixed), *_answers(surveys, spread)]:
        variable = column.variable
        name = names.take(variable.name, column.wave and f"_{column.wave}")
        columns.append(
            replace(
                column,
                variable=replace(variable, name=name, label=shortened(variable.label, LONGEST_LABEL)),
            )
        )
    return Dataset(title, columns, surveys)


ABOUT = ("kode", "nama", "menilai", "catatan", "kelompok", "tanggal", "bulan", "asal")


def _headings(survey: Survey, items: Sequence[Item]) -> dict[str, str]:
    """Headings that no item answers to, so that a file that comes back is read as it left."""
    wanted = {
        "nama": NAME_NAMES,
        "menilai": ("Menilai", "Menilai Peserta"),
        "catatan": ("Nomor Catatan", "Catatan Nomor"),
        "kelompok": ("Kelompok", "Group"),
        "tanggal": DATE_NAMES,
        "bulan": ("Bulan", "Bulan Diterima"),
        "asal": ("Asal", "Asal Jawaban"),
    }
    code = key_heading(items, is_of_participants=survey.is_of_participants)
    return {"kode": code} | {key: free_name(names, items) for key, names in wanted.items()}


def _about(surveys: Sequence[Ready], names: dict[str, str]) -> Iterator[Column]:
    """What stands before the answers: who, where that may be told, and when."""
    contents = surveys[0].contents
    first = surveys[0].survey
    if contents.has_names:
        yield _fixed(names["kode"], _("Kode responden"), WORDS, lambda person: person.code or None)
        yield _fixed(names["nama"], _("Nama responden"), WORDS, lambda person: person.name or None)
        if first.is_about_participants:
            yield _fixed(names["menilai"], _("Peserta yang dinilai"), WORDS, lambda person: person.rated or None)
    if contents.has_records:
        yield _fixed(names["catatan"], _("Nomor catatan tanpa arti"), WORDS, lambda person: person.record)
    if _tells_halves(surveys):
        yield _fixed(
            names["kelompok"], _("Kelompok"), NUMERIC, lambda person: int(person.is_comparison), values=HALVES
        )
    for ready in surveys:
        yield from _about_survey(ready, names, _suffixes(surveys)[ready.survey.pk])


def _tells_halves(surveys: Sequence[Ready]) -> bool:
    return all(
        shows_halves(ready.n_participants, ready.n_comparison, minimum=ready.minimum) for ready in surveys
    ) or (surveys[0].contents.has_names and any(ready.n_comparison >= ready.minimum for ready in surveys))


def _about_survey(ready: Ready, names: dict[str, str], wave: str) -> Iterator[Column]:
    pk, days, contents = ready.survey.pk, ready.days, ready.contents
    suffix = f"_{wave}" if wave else ""

    def exact(person: Person) -> date | None:
        day = person.day.get(pk)
        return day if contents.days == Days.EXACT or day in days.days else None

    def month(person: Person) -> str | None:
        day = person.day.get(pk)
        return month_of(day) if day and month_of(day) in days.months else None

    if contents.days != Days.NONE:
        yield _fixed(names["tanggal"] + suffix, _("Tanggal diterima"), DAY, exact, measure=SCALE, wave=wave)
    if contents.days == Days.COARSE:
        yield _fixed(names["bulan"] + suffix, _("Bulan diterima"), WORDS, month, wave=wave)
    if contents.has_channel:
        yield _fixed(
            names["asal"] + suffix, _("Asal jawaban"), WORDS, lambda person: person.channel.get(pk), wave=wave
        )


def _fixed(
    name: str, label: str, kind: str, read, *, values: tuple[Label, ...] = (), measure=NOMINAL, wave=""
) -> Column:
    return Column(Variable(name, label, kind, measure, read=lambda given: None, values=values), read, wave)


def _suffixes(surveys: Sequence[Ready]) -> dict[int, str]:
    """What stands behind the names of each wave: nothing where there is only one survey."""
    if len(surveys) == 1:
        return {surveys[0].survey.pk: ""}
    waves = [ready.survey.wave for ready in surveys]
    return {
        ready.survey.pk: ready.survey.wave
        if waves.count(ready.survey.wave) == 1
        else f"{ready.survey.wave}_v{ready.survey.version.number}"
        for ready in surveys
    }


def _answers(surveys: Sequence[Ready], shape: Callable[[Asking], list[Variable]]) -> Iterator[Column]:
    suffixes = _suffixes(surveys)
    for ready in surveys:
        survey: Survey = ready.survey
        wave = suffixes[survey.pk]
        asking = Asking(
            items=ready.items,
            is_retrospective=survey.is_retrospective,
            has_texts=not ready.contents.texts_apart,
            guards=ready.guards,
            suffix=f"_{wave}" if wave else "",
        )
        for variable in shape(asking):
            yield Column(variable, _reader(variable, survey.pk), wave, survey.version.number)


def _reader(variable: Variable, survey_pk: int) -> Callable[[Person], Cell]:
    def read(person: Person) -> Cell:
        given = person.given.get(survey_pk)
        return None if given is None else variable.read(given)

    return read
