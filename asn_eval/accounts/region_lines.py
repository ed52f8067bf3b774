"""Many regions in one input: a name or a code per line, each line judged by itself."""

from dataclasses import dataclass

from django import forms
from django.utils.translation import gettext as _

from asn_eval.accounts.models import LABEL_CODE, Region, region_key, search_key

MOST_LINES = 600  # all regencies of the country and some provinces
SHOWN_CANDIDATES = 4
MOST_SOUGHT = 20  # lines


@dataclass(frozen=True)
class Line:
    number: int
    text: str

    @property
    def key(self) -> str:
        """The search key of the name before the first comma."""
        return region_key(self.text.split(",")[0])


def lines_of(regions) -> str:
    """Regions as they stand in the input."""
    return "\n".join(region.label for region in regions)


class RegionLinesField(forms.CharField):
    """Holds a list of ``Region`` after cleaning, in the order of their codes."""

    widget = forms.Textarea

    def clean(self, value):
        text = super().clean(value)
        lines = [Line(number, line.strip()) for number, line in enumerate(text.splitlines(), 1) if line.strip()]
        if len(lines) > MOST_LINES:
            raise forms.ValidationError(
                _("Paling banyak %(most)s baris. Tulis provinsinya saja: wilayah di bawahnya ikut tercakup."),
                params={"most": MOST_LINES},
            )
        found, errors = resolve(lines)
        if errors:
            raise forms.ValidationError(errors)
        return sorted(found, key=lambda region: region.code)


def resolve(lines: list[Line]) -> tuple[set[Region], list[str]]:
    """The regions that the lines mean, and a sentence for each line that means none or several."""
    codes = {line: (LABEL_CODE.search(line.text) or [None, line.text])[1] for line in lines}
    by_code = Region.objects.in_bulk(set(codes.values()), field_name="code")
    by_key: dict[str, list[Region]] = {}
    for region in Region.objects.filter(search_name__in={line.key for line in lines if line.key}):
        by_key.setdefault(region.search_name, []).append(region)
    found, errors = set(), []
    for line in lines:
        region = by_code.get(codes[line])
        candidates = [region] if region else _narrowed(line, by_key.get(line.key, ()))
        if len(candidates) == 1:
            found.add(candidates[0])
        else:
            errors.append(_refusal(line, candidates or _similar(line, len(errors))))
    return found, errors


def _narrowed(line: Line, regions) -> list[Region]:
    """Those of ``regions`` whose whole name goes on as the line does after its comma."""
    above = [region_key(part) for part in line.text.split(",")[1:]]
    return [
        region
        for region in regions
        if all(any(part in search_key(name) for name in region.full_name.split(",")[1:]) for part in above)
    ]


def _similar(line: Line, number: int) -> list[Region]:
    """What may have been meant by a line that names nothing; sought for the first such lines only."""
    if not line.key or number >= MOST_SOUGHT:
        return []
    return list(Region.objects.search(line.text)[: SHOWN_CANDIDATES + 1])


def _refusal(line: Line, candidates: list[Region]) -> str:
    if not candidates:
        sentence, shown = _("Baris %(number)s “%(text)s”: wilayah tidak ditemukan."), ""
    else:
        sentence = _("Baris %(number)s “%(text)s” dapat berarti: %(names)s. Tulis salah satunya.")
        shown = "; ".join(region.label for region in candidates[:SHOWN_CANDIDATES])
        if len(candidates) > SHOWN_CANDIDATES:
            shown = _("%(names)s; dan lainnya") % {"names": shown}
    return sentence % {"number": line.number, "text": line.text, "names": shown}
