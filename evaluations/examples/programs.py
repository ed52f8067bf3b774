"""The program of an example with its aims, activities, units and people."""

from dataclasses import asdict

from asn_eval.accounts.models import Office, Region, User
from evaluations.examples.people import SyntheticPerson, synthetic_people, synthetic_superiors
from programs.models import (
    Activity,
    Agency,
    Batch,
    BudgetComponent,
    BudgetLine,
    Enrollment,
    Grade,
    Objective,
    Partnership,
    Person,
    Program,
    Speaker,
    StateChange,
    TrainingForm,
    TrainingRecord,
)

# What hangs on a program in the file and is no column of it.
PARTS = (
    "region",
    "objectives",
    "activities",
    "partners",
    "funding_source",
    "budget",
    "batches",
    "moves",
    "created_at",
)

# Every third person of an example learned something elsewhere: name, form, institution, JP, last day.
TRAINED_ELSEWHERE = 3
TRAININGS = (
    ("Arsip digital untuk kantor pelayanan", "e-learning", "Lembaga Pelatihan Contoh", "6", "2026-03-12"),
    ("Bimbingan teknis pengelolaan pengaduan", "bimbingan-teknis", "BPSDM Provinsi (contoh)", "16", "2025-06-19"),
    ("Penulisan naskah dinas", "lokakarya", "Lembaga Pelatihan Contoh", "8", "2026-02-05"),
    ("Bahasa isyarat dasar bagi petugas loket", "kursus", "Komunitas Belajar Contoh", "20", "2026-04-24"),
)


def checked(record):
    """The record with its own fields checked; what spans rows is left to the constraints of the database."""
    record.clean_fields(exclude=[field.name for field in record._meta.concrete_fields if field.is_relation])
    record.clean()
    return record


def saved(record):
    """The record, checked and then saved."""
    checked(record).save()
    return record


def find_program(example: dict, *, admin: User) -> Program | None:
    fields = example["program"]
    return (
        Program.objects.visible_to(admin)
        .filter(region__code=fields["region"], name=fields["name"], start_date=fields["start_date"])
        .first()
    )


def save_program(example: dict, *, office: Office, author: User) -> Program:
    """The program with its way through the states, its objectives, batches, activities, partners and budget."""
    fields = {name: value for name, value in example["program"].items() if name not in PARTS}
    program = saved(
        Program(
            **fields,
            region=Region.objects.get(code=example["program"]["region"]),
            organizer=office,
            is_example=True,
            created_by=author,
        )
    )
    program.refresh_from_db()  # dates are dates from here on, not text
    _save_moves(program, example["program"], author=author)
    for order, objective in enumerate(example["program"]["objectives"], start=1):
        fields = {name: value for name, value in objective.items() if name != "measures"}
        saved(Objective(program=program, order=order, **fields))
    for batch in example["program"]["batches"]:
        saved(Batch(program=program, **{name: value for name, value in batch.items() if name != "agencies"}))
    for partner in example["program"]["partners"]:
        saved(Partnership(program=program, **partner))
    _save_budget(program, example["program"], activities=_save_activities(program, example["program"]))
    return program


def _save_activities(program: Program, fields: dict) -> dict[str, Activity]:
    """The activities with their speakers, by title."""
    forms = TrainingForm.objects.in_bulk(field_name="code")
    activities = {}
    for row in fields["activities"]:
        columns = {name: value for name, value in row.items() if name != "speakers"}
        activity = Activity(program=program, **columns | {"form": forms[row["form"]]})
        activity.clean_fields()  # dates and hours are no text from here on
        activities[row["title"]] = saved(activity)
        for speaker in row["speakers"]:
            saved(Speaker(activity=activity, **speaker))
    return activities


def _save_budget(program: Program, fields: dict, *, activities: dict[str, Activity]) -> None:
    for row in fields["budget"]:
        component, _created = BudgetComponent.objects.get_or_create(name=row["component"])
        named = {"component": component, "activity": activities[row["activity"]] if "activity" in row else None}
        saved(BudgetLine(program=program, funding_source=fields["funding_source"], **row | named))


def _save_moves(program: Program, fields: dict, *, author: User) -> None:
    """The states that the program went through, on the days when it did."""
    Program.objects.visible_to(author).filter(pk=program.pk).update(created_at=fields["created_at"])
    from_state = Program.State.DRAFT
    for move in fields["moves"]:
        change = StateChange(
            program=program, from_state=from_state, to_state=move["to"], moved_by=author, note=move["note"]
        )
        saved(change)
        program.state_changes.filter(pk=change.pk).update(moved_at=move["at"])
        from_state = move["to"]


def save_enrollments(example: dict, program: Program, *, admin: User) -> list[Enrollment]:
    """Everybody in the program, in the order of their codes P001, P002 …"""
    people = synthetic_people(example["people"], number=example["number"], seed=example["seed"])
    agencies = _save_agencies(example, admin=admin)
    grades = {(grade.status, grade.code): grade for grade in Grade.objects.all()}
    superiors = {
        (person.agency, person.name): _save_person(person, agencies[person.agency], grades, admin=admin)
        for person in synthetic_superiors(example["people"], number=example["number"], seed=example["seed"])
    }
    withdrawn = set(example["people"].get("withdrawn", ()))
    batches = {batch.name: batch for batch in program.batches.all()}
    batch_of = {
        agency: batches[fields["name"]]
        for fields in example["program"]["batches"]
        for agency in fields["agencies"]
    }
    enrollments = []
    for number, person in enumerate(people, start=1):
        code = f"P{number:03d}"
        status = Enrollment.Status.WITHDRAWN if code in withdrawn else Enrollment.Status.COMPLETED
        if person.group == Enrollment.Group.COMPARISON:
            status = Enrollment.Status.REGISTERED
        record = _save_person(
            person,
            agencies[person.agency],
            grades,
            admin=admin,
            superior=superiors[person.agency, person.superior],
        )
        if number % TRAINED_ELSEWHERE == 0:
            _save_training(record, TRAININGS[number // TRAINED_ELSEWHERE % len(TRAININGS)])
        enrollment = Enrollment(
            program=program,
            person=record,
            code=code,
            group=person.group,
            status=status,
            superior=person.superior,
            batch=batch_of.get(person.agency),
        )
        enrollments.append(saved(enrollment))
    return enrollments


def _save_agencies(example: dict, *, admin: User) -> dict[str, Agency]:
    region = Region.objects.get(code=example["people"]["region"])
    agencies = {}
    for group in example["people"]["groups"]:
        name = group["agency"]
        known = Agency.objects.visible_to(admin).filter(name__iexact=name, region=region).first()
        agencies[name] = agencies.get(name) or known or saved(Agency(name=name, region=region))
    return agencies


def _save_person(
    person: SyntheticPerson, agency: Agency, grades: dict, *, admin: User, superior: Person | None = None
) -> Person:
    known = Person.objects.visible_to(admin).filter(nip=person.nip).first()
    if known:
        return known
    fields = asdict(person) | {
        "agency": agency,
        "grade": grades[person.status, person.grade],
        "level": person.level,
        "birth_date": person.birth_date,
        "superior": superior,
    }
    del fields["group"]
    return saved(Person(**fields))


def _save_training(person: Person, training: tuple[str, str, str, str, str]) -> None:
    name, form, institution, hours, day = training
    if not person.training_records.filter(name=name).exists():
        record = TrainingRecord(
            person=person,
            name=name,
            form=TrainingForm.objects.get(code=form),
            institution=institution,
            lesson_hours=hours,
            end_date=day,
        )
        saved(record)
