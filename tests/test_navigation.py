"""The navigation marks the area of every page, as the breadcrumbs name it."""

import re

import pytest
from django.template.loader import render_to_string

from tests.access_table import make_rows
from tests.test_access import url_for

AREAS = [
    ("staf", "home", "Beranda"),
    ("staf", "tile_map", "Beranda"),
    ("staf", "todo_list", "Beranda"),
    ("auditor", "overview_list", "Beranda"),
    ("staf", "program_list", "Program"),
    ("staf", "activity_update", "Program"),
    ("staf", "roster_upload", "Program"),
    ("staf", "agency_create", "Data induk"),
    ("staf", "person_detail", "ASN"),
    ("evaluator", "person_list", "ASN"),
    ("evaluator", "evaluation_create", "Program"),
    ("evaluator", "evaluation_detail", "Evaluasi"),
    ("evaluator", "survey_detail", "Evaluasi"),
    ("evaluator", "interview_detail", "Evaluasi"),
    ("evaluator", "instrument_list", "Data induk"),
    ("manajer", "report_list", "Laporan"),
    ("manajer", "evaluation_result", "Laporan"),
    ("admin", "user_create", "Pengguna"),
]


@pytest.mark.parametrize(("role", "name", "area"), AREAS)
def test_the_area_of_a_page_is_marked_and_no_other(world, client, role, name, area):
    client.force_login(world.here.users[role])
    page = client.get(url_for(name, make_rows(world.here))).content.decode()
    assert re.findall(r'class="nav-link active"[^>]*>([^<]+)<', page) == [area]


@pytest.mark.parametrize("name", ["400", "403", "403_csrf", "404", "500"])
def test_an_error_page_needs_no_context_and_leads_home(name):
    page = render_to_string(f"{name}.html")
    heading = re.search(r"<h1>([^<]+)</h1>", page).group(1)
    assert f"<title>{heading} · ASN Eval</title>" in page
    assert '<a class="btn btn-primary" href="/">' in page
