"""How many of the public to ask. Pure."""

from decimal import ROUND_HALF_UP, Decimal

CHI_SQUARE = Decimal("3.841")  # one degree of freedom, 95 %
PROPORTION = Decimal("0.5")
MARGIN = Decimal("0.05")
LARGEST_POPULATION = 1_000_000_000


def krejcie_morgan(population: int, *, margin: Decimal = MARGIN) -> int:
    """The sample for a population of that size: chi² N P (1 − P) / (d² (N − 1) + chi² P (1 − P)), to the nearest.

    Krejcie, R. V. & Morgan, D. W. (1970), Determining sample size for research activities, Educational and
    Psychological Measurement 30(3), 607-610, with their chi² = 3.841, P = 0.5 and, unless said, d = 0.05. Their
    printed table has 384 for 100.000, where the formula gives 383. Raises `ValueError` for a population below 1 or
    a margin outside 0.01 to 0.2.
    """
    if not 1 <= population <= LARGEST_POPULATION:
        raise ValueError("the population must be between 1 and a thousand million")
    if not Decimal("0.01") <= margin <= Decimal("0.2"):
        raise ValueError("the margin must lie between 0.01 and 0.2")
    spread = CHI_SQUARE * PROPORTION * (1 - PROPORTION)
    size = spread * population / (margin**2 * (population - 1) + spread)
    return min(population, int(size.quantize(Decimal(1), ROUND_HALF_UP)))


def invitations_needed(sample: int, *, expected_rate: Decimal) -> int:
    """How many to ask so that `sample` answer when that share does. Raises `ValueError` outside 0 to 1."""
    if not 0 < expected_rate <= 1:
        raise ValueError("the expected rate lies above 0 and is at most 1")
    needed = Decimal(sample) / expected_rate
    return int(needed.to_integral_value(rounding="ROUND_CEILING"))
