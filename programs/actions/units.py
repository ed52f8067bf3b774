"""Which unit kerja a typed name means, seen from the region of one program."""

from collections import defaultdict
from collections.abc import Sequence

from django.db.models import Q
from django.utils.translation import gettext as _

from asn_eval.accounts.models import Region
from asn_eval.scoping import ScopedQuerySet
from programs.models import Agency

SHOWN_REGIONS = 3


class AmbiguousUnit(ValueError):
    """Several units below the region bear this name; the message names their regions."""


def hold_tree() -> None:
    """Until the transaction ends, let every other move of a unit wait: two right ones could make a circle.

    The row that is held stands for the tree; the units of a move cannot be told before they are read.
    """
    Region.objects.select_for_update(no_key=True).order_by("pk").first()


def unit_key(name: str) -> str:
    """A name without regard to case and to spaces between its words."""
    return " ".join(name.split()).casefold()


class UnitDirectory:
    """The units above, in and below one region, found by name; the nearest one wins.

    A unit of the same name in a sister region is another unit.
    """

    def __init__(self, agencies: ScopedQuerySet, region: Region):
        self.region = region
        self._by_name: dict[str, list[Agency]] = defaultdict(list)
        parts = region.code.split(".")
        upward = [".".join(parts[:end]) for end in range(1, len(parts) + 1)]
        near = Q(region__code__startswith=region.code) | Q(region__code__in=upward)
        for agency in agencies.filter(near).select_related("region"):
            self._by_name[unit_key(agency.name)].append(agency)

    def names(self) -> list[str]:
        """Every name in this directory, in alphabetical order."""
        return sorted({agencies[0].name for agencies in self._by_name.values()}, key=str.casefold)

    def find(self, name: str) -> Agency | None:
        """The unit of that name, or None. Raises ``AmbiguousUnit`` where several lie equally near."""
        found = self._by_name.get(unit_key(name), ())
        upward = [agency for agency in found if self.region.code.startswith(agency.region.code)]
        if upward:
            return max(upward, key=lambda agency: len(agency.region.code))
        if len(found) > 1:
            raise AmbiguousUnit(_ambiguous(found))
        return found[0] if found else None

    def find_or_plan(self, name: str) -> Agency:
        """The unit of that name, or an unsaved one in the region that later searches find too."""
        agency = self.find(name)
        if agency is None:
            agency = Agency(name=" ".join(name.split()), region=self.region)
            self._by_name[unit_key(name)].append(agency)
        return agency


def _ambiguous(agencies: Sequence[Agency]) -> str:
    regions = [str(agency.region) for agency in agencies[:SHOWN_REGIONS]]
    return _(
        "Nama unit kerja ini dipakai di beberapa wilayah (%(regions)s); bedakan dulu namanya pada data induk."
    ) % {"regions": "; ".join(regions)}
