"""Made-up civil servants with numbers that belong to nobody. Pure."""

from dataclasses import dataclass
from datetime import date

from evaluations.examples.chance import Chance

FIRST_SERIAL = 901  # born on 1 January with a serial from 901 to 999: recognisably synthetic
FIRST_SUPERIOR_SERIAL = 981
BIRTH_YEARS = range(1971, 1999)
SENIOR_BIRTH_YEARS = range(1971, 1987)  # nobody rises to III/c or above within a few years
SENIOR_GRADES = {"III/c", "III/d", "IV/a", "IV/b"}
AGE_AT_APPOINTMENT = 23
LAST_APPOINTMENT = 2023
PPPK_APPOINTMENTS = range(2019, 2024)
# What a title says of the level of the position; the first that fits holds.
LEVELS = (
    ("Kepala Seksi", "pengawas"),
    ("Kepala Subbagian", "pengawas"),
    ("Lurah", "pengawas"),
    ("Sekretaris Lurah", "pengawas"),
    ("Camat", "administrator"),
    ("Sekretaris Camat", "administrator"),
    ("Kepala Bidang", "administrator"),
    ("Ahli Muda", "ahli_muda"),
    ("Ahli Pertama", "ahli_pertama"),
)
SEX_DIGITS = {"L": "1", "P": "2"}


@dataclass(frozen=True, slots=True)
class SyntheticPerson:
    nip: str
    name: str
    status: str
    grade: str
    position: str
    agency: str
    group: str
    superior: str

    @property
    def birth_date(self) -> date:
        return date(int(self.nip[:4]), int(self.nip[4:6]), int(self.nip[6:8]))

    @property
    def level(self) -> str:
        return level_of(self.position)


def level_of(position: str) -> str:
    """The level that a title tells; whoever has none of these titles is pelaksana."""
    return next((level for title, level in LEVELS if title in position), "pelaksana")


def synthetic_people(spec: dict, *, number: int, seed: int) -> list[SyntheticPerson]:
    """The people of one example, in the order of their codes.

    ``spec`` has ``names`` (sex -> first, last) and ``groups`` (agency, group, superior, superior_sex, count,
    positions as [title, grade]: the first is held by one person, the others in turn). ``number`` is the
    example's own; it goes into the month or contract digits, so that no two examples share a NIP.
    """
    chance = Chance(seed, "people")
    names = distinct_names(spec["names"], sum(group["count"] for group in spec["groups"]), chance)
    people: list[SyntheticPerson] = []
    for group in spec["groups"]:
        head, *others = group["positions"]
        for place in range(group["count"]):
            sex, name = names[len(people)]
            position, grade = others[(place - 1) % len(others)] if place else head
            people.append(
                SyntheticPerson(
                    nip=synthetic_nip(grade, sex, number, FIRST_SERIAL + len(people), chance),
                    name=name,
                    status=status_of(grade),
                    grade=grade,
                    position=position,
                    agency=group["agency"],
                    group=group["group"],
                    superior=group["superior"],
                )
            )
    return people


def synthetic_superiors(spec: dict, *, number: int, seed: int) -> list[SyntheticPerson]:
    """The direct superiors whom the groups name; they take no part themselves."""
    chance = Chance(seed, "superiors")
    superiors = []
    for place, group in enumerate(spec["groups"]):
        position, grade = _position_above(group)
        superiors.append(
            SyntheticPerson(
                nip=synthetic_nip(grade, group["superior_sex"], number, FIRST_SUPERIOR_SERIAL + place, chance),
                name=group["superior"],
                status=status_of(grade),
                grade=grade,
                position=position,
                agency=group["agency"],
                group="",
                superior="",
            )
        )
    return superiors


def _position_above(group: dict) -> tuple[str, str]:
    """Who stands above the people of a kelurahan, a kecamatan or a dinas."""
    head, _grade = group["positions"][0]
    if group["agency"].startswith("Kelurahan"):
        return ("Sekretaris Camat", "III/d") if head == "Lurah" else ("Lurah", "III/d")
    return ("Camat", "IV/a") if group["agency"].startswith("Kecamatan") else ("Kepala Bidang", "IV/a")


def status_of(grade: str) -> str:
    """Only the grades of PNS are written with a stroke (III/a)."""
    return "PNS" if "/" in grade else "PPPK"


def synthetic_nip(grade: str, sex: str, number: int, serial: int, chance: Chance) -> str:
    """Eighteen digits that obey the layout: born on 1 January, appointed at a believable age."""
    birth_year = chance.pick(SENIOR_BIRTH_YEARS if grade in SENIOR_GRADES else BIRTH_YEARS)
    if status_of(grade) == "PNS":
        appointed = min(birth_year + AGE_AT_APPOINTMENT + int(chance.normal(3, 1.2)), LAST_APPOINTMENT)
        block = f"{number + 1:02d}"
    else:
        appointed = chance.pick(PPPK_APPOINTMENTS)
        block = f"2{number + 1}"
    return f"{birth_year}0101{appointed}{block}{SEX_DIGITS[sex]}{serial:03d}"


def distinct_names(names: dict, count: int, chance: Chance) -> list[tuple[str, str]]:
    """``count`` different (sex, name) pairs, women and men in an order of no meaning."""
    pairs = [
        (sex, f"{first} {last}")
        for sex in SEX_DIGITS
        for first, last in _couples(
            chance.shuffled(names[sex]["first"]), chance.shuffled(names[sex]["last"]), (count + 1) // 2
        )
    ]
    return chance.shuffled(pairs)[:count]


def _couples(firsts: list[str], lasts: list[str], count: int) -> list[tuple[str, str]]:
    # A first name that returns meets another last name.
    return [
        (firsts[place % len(firsts)], lasts[(place + place // len(firsts)) % len(lasts)]) for place in range(count)
    ]
