"""A small, complete world: two regencies, an office and a user of each role in both, one program each.

``build_world()`` gives a namespace; ``here`` is Kota Semarang, ``there`` is Kota Medan. Only synthetic
NIPs (born 1 January, serial from 901).
"""

from dataclasses import dataclass, field
from datetime import date

from auditlog.context import disable_auditlog

from asn_eval.access import Role
from asn_eval.accounts.models import Office, Region, User, search_key
from evaluations.models import Evaluation, Instrument, InstrumentVersion, Interview, Item, Survey
from programs.models import Activity, Agency, Enrollment, Grade, Objective, Person, Program, TrainingForm
from tests.snapshots import Snapshot

REGIONS = (
    ("33", "Jawa Tengah", "province"),
    ("33.74", "Kota Semarang", "regency"),
    ("33.74.08", "Candisari", "district"),
    ("12", "Sumatera Utara", "province"),
    ("12.71", "Kota Medan", "regency"),
    ("12.71.08", "Medan Belawan", "district"),
)


@dataclass
class Place:
    """Everything that belongs to one side of the border."""

    region: Region
    office: Office
    users: dict[str, User]
    agency: Agency
    program: Program
    evaluation: Evaluation
    people: list[Person] = field(default_factory=list)
    enrollments: list[Enrollment] = field(default_factory=list)
    surveys: dict[str, Survey] = field(default_factory=dict)


@dataclass
class World:
    here: Place
    there: Place
    national: User
    instrument: Instrument
    version: InstrumentVersion


@disable_auditlog()
def build_world() -> World:
    regions = make_regions()
    TrainingForm.objects.create(code="workshop", name="Workshop", siasn_id=4, track="klasikal")
    Grade.objects.create(code="III/d", rank_name="Penata Tingkat I", status="PNS", order=12)
    version = make_instrument()
    here = make_place("semarang", regions["33.74"], version)
    there = make_place("medan", regions["12.71"], version)
    central = Office.objects.create(name="Kantor Pusat", kind=Office.Kind.CENTRAL, is_national=True)
    national = User.objects.create_user("nasional", password="rahasia-sekali", role=Role.ADMIN, office=central)
    return World(here, there, national, version.instrument, version)


snapshot_of_the_world = Snapshot(build_world)


def make_regions() -> dict[str, Region]:
    names = {code: name for code, name, _level in REGIONS}
    regions = {}
    for code, name, level in REGIONS:
        chain = [names[code[:end]] for end in (8, 5, 2) if code[:end] in names and end <= len(code)]
        regions[code] = Region.objects.create(
            code=code, name=name, level=level, search_name=search_key(name), full_name=", ".join(chain)
        )
    return regions


def make_instrument(key="uji", items=3, reverse=("b3",)) -> InstrumentVersion:
    instrument = Instrument.objects.create(key=key, name=f"Instrumen {key}", is_ready=True)
    version = InstrumentVersion.objects.create(
        instrument=instrument,
        number=1,
        scoring=InstrumentVersion.Scoring.MEAN,
        dimensions={"satu": {"id": "Dimensi satu", "en": "Dimension one"}},
    )
    for position in range(1, items + 1):
        Item.objects.create(
            version=version,
            position=position,
            key=f"b{position}",
            label=f"Butir {position}",
            text=f"Pertanyaan {position}",
            type=Item.Type.LIKERT,
            minimum=1,
            maximum=5,
            labels=[{"id": str(point), "en": str(point)} for point in range(1, 6)],
            dimension="satu",
            is_reverse=f"b{position}" in reverse,
        )
    return version


def make_place(slug: str, region: Region, version: InstrumentVersion) -> Place:
    office = Office.objects.create(name=f"BKPSDM {region.name}", kind=Office.Kind.LOCAL, city=region.name)
    office.regions.add(region)
    users = {
        role.value: User.objects.create_user(
            f"{role.value}_{slug}", password="rahasia-sekali", role=role, office=office
        )
        for role in Role
    }
    agency = Agency.objects.create(name=f"Dinas {region.name}", region=region)
    program = make_program(region, office, name=f"Program {region.name}")
    Objective.objects.create(program=program, statement="Kompetensi meningkat", indicator="Skor", target=4)
    Activity.objects.create(
        program=program,
        title="Lokakarya",
        form=TrainingForm.objects.get(code="workshop"),
        lesson_hours=8,
        start_date=program.start_date,
        end_date=program.start_date,
    )
    evaluation = Evaluation.objects.create(
        program=program,
        title=f"Evaluasi {region.name}",
        start_date=date(2026, 1, 5),
        end_date=date(2026, 9, 30),
    )
    place = Place(region, office, users, agency, program, evaluation)
    for number in range(1, 7):
        add_participant(place, number)
    for wave, opens, closes in (
        ("sebelum", date(2026, 1, 5), date(2026, 1, 31)),
        ("sesudah", date(2026, 7, 1), date(2026, 12, 31)),
    ):
        place.surveys[wave] = Survey.objects.create(
            evaluation=evaluation,
            version=version,
            group=Survey.Group.PARTICIPANT,
            wave=wave,
            mode=Survey.Mode.CONFIDENTIAL,
            opens_on=opens,
            closes_on=closes,
        )
    Interview.objects.create(
        evaluation=evaluation,
        informant_role=Interview.Role.SUPERIOR,
        informant_name="Informan Rahasia",
        date=date(2026, 7, 2),
        consent=Interview.Consent.BY_ROLE,
        text="Jadwal pelatihan berbenturan dengan layanan.",
    )
    return place


def make_program(region: Region, office: Office, name: str = "Program baru") -> Program:
    return Program.objects.create(
        name=name,
        type=Program.Type.TRAINING,
        region=region,
        organizer=office,
        start_date=date(2026, 2, 1),
        end_date=date(2026, 6, 30),
        state=Program.State.FINISHED,
    )


def synthetic_nip(number: int, year: int = 1985) -> str:
    """Born 1 January of ``year``, appointed March 2010, serial 900 + number: given to nobody."""
    return f"{year}0101201003{1 + number % 2}{900 + number:03d}"


def add_participant(place: Place, number: int) -> Enrollment:
    year = 1980 if place.region.code.startswith("33") else 1981
    person = Person.objects.create(
        nip=synthetic_nip(number, year),
        name=f"Peserta {place.region.name} {number}",
        status="PNS",
        agency=place.agency,
    )
    enrollment = Enrollment.objects.create(program=place.program, person=person, code=f"P{number:03d}")
    place.people.append(person)
    place.enrollments.append(enrollment)
    return enrollment
