"""Made-up civil servants with numbers that belong to nobody. Pure."""

from dataclasses import dataclass

from evaluations.examples.chance import Chance

FIRST_SERIAL = 901  # born on 1 January with a serial from 901 to 999: recognisably synthetic
EARLIEST_BIRTH, LATEST_BIRTH = 1971, 1998
LAST_APPOINTMENT = 2023
FIRST_PPPK_APPOINTMENT = 2019
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


def synthetic_people(spec: dict, *, number: int, seed: int) -> list[SyntheticPerson]:
    """The people of one example, in the order of their codes.

    ``spec`` names ``names`` (L, P, last) and ``groups`` (agency, group, superior, count,
    positions as [title, grade]).
    ``number`` is the example's own; it goes into the month or contract digits so that no two examples share a
    number.
    """
    chance = Chance(seed, "people")
    names = distinct_names(spec["names"], sum(group["count"] for group in spec["groups"]), chance)
    people = []
    for group in spec["groups"]:
        for place in range(group["count"]):
            sex, name = names[len(people)]
            position, grade = group["positions"][place % len(group["positions"])]
            status = "PNS" if "/" in grade else "PPPK"
            nip = synthetic_nip(status, sex, number, FIRST_SERIAL + len(people), chance)
            people.append(
                SyntheticPerson(
                    nip, name, status, grade, position, group["agency"], group["group"], group["superior"]
                )
            )
    return people


def synthetic_nip(status: str, sex: str, number: int, serial: int, chance: Chance) -> str:
    """Eighteen digits that obey the layout: born on 1 January, appointed at a believable age."""
    birth_year = chance.pick(range(EARLIEST_BIRTH, LATEST_BIRTH + 1))
    if status == "PNS":
        appointed = min(birth_year + 23 + int(chance.normal(3, 1.2)), LAST_APPOINTMENT)
        block = f"{number + 1:02d}"
    else:
        appointed = FIRST_PPPK_APPOINTMENT + chance.pick(range(LAST_APPOINTMENT - FIRST_PPPK_APPOINTMENT + 1))
        block = f"2{number + 1}"
    return f"{birth_year}0101{appointed}{block}{SEX_DIGITS[sex]}{serial:03d}"


def distinct_names(names: dict, count: int, chance: Chance) -> list[tuple[str, str]]:
    """``count`` different (sex, name) pairs, men and women in turn."""
    lasts = chance.shuffled(names["last"])
    firsts = {sex: chance.shuffled(names[sex]) for sex in SEX_DIGITS}
    pairs = []
    for place in range(count):
        sex = "LP"[place % 2]
        turn = place // 2
        first = firsts[sex][turn % len(firsts[sex])]
        # A first name that returns meets another last name, as long as the list of last names is not exhausted.
        last = lasts[(place + turn // len(firsts[sex]) * 7) % len(lasts)]
        pairs.append((sex, f"{first} {last}"))
    return pairs
