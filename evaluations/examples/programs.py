"""The program of an example with its aims, activities, units and people."""

from dataclasses import asdict

from asn_eval.accounts.models import Office, Region, User
from evaluations.examples.people import SyntheticPerson, synthetic_people
from programs.models import (
    Activity,
    Agency,
    Batch,
    Enrollment,
    Grade,
    Objective,
    Person,
    Program,
    Speaker,
    StateChange,
    TrainingForm,
)

PARTS = ("region", "objectives", "activities", "batches", "moves", "created_at")


def saved(record):
    """The record, checked and then saved."""
    record.full_clean()
    record.save()
    return record


def find_program(example: dict, *, admin: User) -> Program | None:
    fields = example["program"]
    return (
        Program.objects.visible_to(admin)
        .filter(region__code=fields["region"], name=fields["name"], start_date=fields["start_date"])
        .first()
    )


def save_program(example: dict, *, office: Office, author: User) -> Program:
    """The program with its way through the states, its objectives, batches and activities."""
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
        saved(Objective(program=program, order=order, **objective))
    for fields in example["program"]["batches"]:
        saved(Batch(program=program, **{name: value for name, value in fields.items() if name != "agencies"}))
    forms = TrainingForm.objects.in_bulk(field_name="code")
    for fields in example["program"]["activities"]:
        fields = dict(fields)
        speakers = fields.pop("speakers", "")
        record = Activity(program=program, **fields | {"form": forms[fields["form"]]})
        record.clean_fields()
        saved(record)
        _save_speakers(record, speakers)
    return program


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


def _save_speakers(activity: Activity, text: str) -> None:
    """``text`` as a person writes it: name, affiliation; name, affiliation."""
    for speaker in filter(None, (part.strip() for part in text.split(";"))):
        name, _comma, affiliation = speaker.partition(", ")
        saved(Speaker(activity=activity, name=name, affiliation=affiliation))


def save_enrollments(example: dict, program: Program, *, admin: User) -> list[Enrollment]:
    """Everybody in the program, in the order of their codes P001, P002 …"""
    people = synthetic_people(example["people"], number=example["number"], seed=example["seed"])
    agencies = _save_agencies(example, admin=admin)
    grades = {(grade.status, grade.code): grade for grade in Grade.objects.all()}
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
        record = _save_person(person, agencies[person.agency], grades, admin=admin)
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


def _save_person(person: SyntheticPerson, agency: Agency, grades: dict, *, admin: User) -> Person:
    known = Person.objects.visible_to(admin).filter(nip=person.nip).first()
    if known:
        return known
    fields = asdict(person) | {"agency": agency, "grade": grades[person.status, person.grade]}
    del fields["group"], fields["superior"]
    return saved(Person(**fields))
