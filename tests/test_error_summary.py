"""The summary above a refused form leads to each field that is wrong."""

import re

import pytest

from tests.access_table import make_rows
from tests.test_access import url_for

FORMS = {
    "staf": ["program_create", "objective_create", "activity_create", "enrollment_create", "agency_create"],
    "evaluator": [
        "evaluation_create",
        "survey_create",
        "interview_create",
        "observation_create",
        "document_create",
        "indicator_create",
        "casestudy_create",
        "finding_create",
        "evidence_add",
        "recommendation_create",
    ],
}


@pytest.mark.parametrize(("role", "name"), [(role, name) for role, names in FORMS.items() for name in names])
def test_every_link_of_the_summary_has_its_target(world, client, role, name):
    client.force_login(world.here.users[role])
    page = client.post(url_for(name, make_rows(world.here)), {}).content.decode()
    summary = page.split('id="error-summary"', 1)[1].split("</div>", 1)[0]
    targets = re.findall(r'href="#([^"]*)"', summary)
    assert targets
    assert [target for target in targets if f'id="{target}"' not in page] == []


@pytest.mark.parametrize(("role", "name"), [(role, name) for role, names in FORMS.items() for name in names])
def test_the_empty_choice_of_a_select_box_is_words(world, client, role, name):
    client.force_login(world.here.users[role])
    page = client.get(url_for(name, make_rows(world.here))).content.decode()
    assert "</form>" in page
    assert "-----" not in page


DATED = [
    ("evaluation_create", "start_date"),
    ("survey_create", "before_opens"),
    ("interview_create", "date"),
    ("document_create", "date"),
    ("recommendation_create", "due_date"),
]


@pytest.mark.parametrize(("name", "field"), DATED)
@pytest.mark.parametrize("typed", ["0206-03-01", "9999-01-01"])
def test_a_year_that_cannot_be_is_refused_at_its_field(world, client, name, field, typed):
    client.force_login(world.here.users["evaluator"])
    form = client.post(url_for(name, make_rows(world.here)), {field: typed}).context["form"]
    assert "Tahun ini tampaknya keliru; periksa tanggalnya." in form.errors[field]
