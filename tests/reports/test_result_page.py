"""Hasil dan laporan di layar: the page of a result, the list of reports and the download."""

import re
from datetime import date

import pytest
from django.urls import reverse

from evaluations.models import Evaluation
from reports.views import file_name
from tests.reports.answers import (
    answer_both_waves,
)
from tests.reports.test_assembly import fill


@pytest.fixture
def manager(world, client):
    client.force_login(world.here.users["manajer"])
    return client


def result_url(place):
    return reverse("evaluation_result", args=[place.evaluation.pk])


def test_manager_reads_sentence_number_picture_table_and_source(world, manager):
    answer_both_waves(world.here)
    page = manager.get(result_url(world.here)).content.decode()
    block = page[page.index('id="hasil"') :]
    order = [
        block.index("n = 6 berpasangan"),
        block.index('<img src="data:image/svg+xml;base64,'),
        block.index("<details>"),
        block.index("<table"),
        block.index("Sumber: survei instrumen uji, peserta: sebelum 12 Januari 2026, n = 6"),
    ]
    assert order == sorted(order)


def test_page_obeys_the_content_security_policy(world, manager):
    fill(world.here, 6)
    response = manager.get(result_url(world.here))
    page = response.content.decode()
    assert not re.search(r"\sstyle=|<style|\son[a-z]+=|<script(?![^>]*src=)", page)
    assert "img-src 'self' data:" in response.headers["Content-Security-Policy"]


def test_every_picture_has_alt_text(world, manager):
    fill(world.here, 6)
    page = manager.get(result_url(world.here)).content.decode()
    pictures = re.findall(r"<img [^>]*>", page)
    assert pictures
    assert all(re.search(r'alt="[^"]{20,}"', picture) for picture in pictures)


def test_no_personal_name_is_on_the_page(world, manager):
    fill(world.here, 6)
    page = manager.get(result_url(world.here)).content.decode()
    hidden = [value for person in world.here.people for value in (person.name, person.nip)]
    assert not [value for value in (*hidden, "Nama Sangat Rahasia", "Informan Rahasia") if value in page]
    assert "Anggaran kami kecil sekali." in page


def test_withheld_results_are_not_on_the_page(world, manager):
    answer_both_waves(world.here, before=[[1, 1, 5]] * 4, after=[[5, 5, 1]] * 4)
    page = manager.get(result_url(world.here)).content.decode()
    assert "kurang dari 5 orang" in page
    assert "+4,00" not in page
    assert "<img" not in page


def test_evaluation_without_data_has_a_page_that_says_so(world, manager):
    world.here.evaluation.surveys.all().delete()
    page = manager.get(result_url(world.here)).content.decode()
    assert "Belum ada data yang dikumpulkan untuk evaluasi ini" in page


@pytest.mark.parametrize("n", [6, 60])
def test_queries_do_not_grow_with_respondents(world, manager, django_assert_num_queries, n):
    fill(world.here, n)
    manager.get(result_url(world.here))  # what is loaded once per process is not counted
    with django_assert_num_queries(29):
        response = manager.get(result_url(world.here))
    assert f"n = {n} berpasangan" in response.content.decode()


@pytest.mark.parametrize("name", ["evaluation_result", "report_download"])
def test_other_regions_find_nothing(world, client, name):
    client.force_login(world.there.users["manajer"])
    assert client.get(reverse(name, args=[world.here.evaluation.pk])).status_code == 404


def test_manager_downloads_the_pdf(world, manager):
    response = manager.get(reverse("report_download", args=[world.here.evaluation.pk]))
    assert response.status_code == 200
    assert response.headers["Content-Type"] == "application/pdf"
    assert response.headers["Content-Disposition"] == 'attachment; filename="laporan-evaluasi-kota-semarang.pdf"'
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.content.startswith(b"%PDF-")


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Evaluasi ../../etc/passwd", "laporan-evaluasi-etcpasswd.pdf"),
        ('a"b\r\nSet-Cookie: x', "laporan-ab-set-cookie-x.pdf"),
        ("評価", "laporan-evaluasi.pdf"),
        ("x" * 200, f"laporan-{'x' * 80}.pdf"),
    ],
)
def test_file_name_is_safe_whatever_the_title(title, expected):
    assert file_name(title) == expected


def test_list_shows_own_region_only_with_result_and_download(world, manager):
    page = manager.get(reverse("report_list")).content.decode()
    assert result_url(world.here) in page
    assert reverse("report_download", args=[world.here.evaluation.pk]) in page
    assert world.there.evaluation.title not in page


def test_list_without_evaluations_says_what_comes_next(world, manager):
    world.here.evaluation.delete()
    assert "Belum ada evaluasi yang dapat dilaporkan." in manager.get(reverse("report_list")).content.decode()


@pytest.mark.parametrize("n", [1, 3])
def test_list_costs_the_same_for_more_rows(world, manager, django_assert_num_queries, n):
    for number in range(1, n):
        Evaluation.objects.create(
            program=world.here.program,
            title=f"Evaluasi {number}",
            start_date=date(2026, 1, 5),
            end_date=date(2026, 9, 30),
        )
    with django_assert_num_queries(6):
        manager.get(reverse("report_list"))
