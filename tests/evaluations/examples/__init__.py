"""The five examples, loaded and found again."""

from io import StringIO

import pytest
from django.core.management import call_command

from evaluations.models import Evaluation
from programs.models import Program
from tests.snapshots import Snapshot

REASON = "a test looks at every region"
SLUGS = ("belawan", "candisari", "kotabumi", "palangka_raya", "tanjungpinang")
REGIONS = dict(zip(SLUGS, ("12.71.08", "33.74.08", "18.03.02", "62.71", "21.72"), strict=True))
EARLIER = "Pembinaan Penjelasan Layanan ASN Kecamatan Candisari"  # the year before Candisari
each_example = pytest.mark.parametrize("slug", SLUGS)


def load() -> str:
    """Load them all and return what the command printed."""
    out = StringIO()
    call_command("load_examples", force=True, stdout=out)
    return out.getvalue()


snapshot_of_the_examples = Snapshot(load)


def every_row(model):
    return model.objects.unscoped(REASON)


def rows(model):
    """Those of the five examples themselves, without the year before one of them."""
    path = "" if model is Program else model.region_path.removesuffix("region")
    is_of_a_program = model is Program or path.endswith("program__")
    return every_row(model).exclude(**{f"{path}name": EARLIER}) if is_of_a_program else every_row(model)


def evaluation_of(slug: str) -> Evaluation:
    return rows(Evaluation).get(program__region__code=REGIONS[slug])
