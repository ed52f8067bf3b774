"""The pages: a file goes in, what it would do comes out, nothing is saved before it was agreed to."""

import pytest
from django.urls import reverse

from programs.models import ImportJob
from tests.programs.rosters import agree, counts, file_of, job_of, line, nip, person, problems, upload


@pytest.fixture
def url(world):
    return reverse("roster_upload", args=[world.here.program.pk])


def test_nothing_is_saved_before_it_is_agreed_to(world, staff, url):
    before = counts()
    page = upload(staff, url, file_of(line(1), line(2, unit="Unit Baru")))
    job = job_of(page)
    assert page.redirect_chain[-1][0] == reverse("import_detail", args=[job.pk])
    assert job.counts == {"new": 2, "changed": 0, "same": 0, "refused": 0}
    assert job.report["new_units"] == ["Unit Baru"]
    assert counts() == before

    done = agree(staff, page)
    assert job_of(done).state == ImportJob.State.DONE
    assert counts() == {name: number + (1 if name == "Agency" else 2) for name, number in before.items()}
    stored = person(2)
    assert (stored.name, stored.status, stored.grade.code, stored.position) == ("Baru 2", "PNS", "III/d", "Analis")
    assert (stored.agency.name, stored.agency.region) == ("Unit Baru", world.here.region)
    assert (stored.imported_in, str(stored.birth_date)) == (job, "1990-01-01")
    codes = world.here.program.enrollments.filter(person__nip__in=[nip(1), nip(2)])
    assert [(row.code, row.imported_in) for row in codes] == [("P007", job), ("P008", job)]


def test_the_same_file_twice_changes_nothing(staff, url):
    content = file_of(line(1), line(2, group="pembanding", code="K-2"))
    agree(staff, upload(staff, url, content))
    before = counts()
    page = upload(staff, url, content)
    assert job_of(page).counts == {"new": 0, "changed": 0, "same": 2, "refused": 0}
    assert "Semua isi berkas sudah tersimpan" in page.content.decode()
    assert problems(page) == []
    assert counts() == before
