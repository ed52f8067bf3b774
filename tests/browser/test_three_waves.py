"""Four groups, three waves: planned, opened, answered by phone, without network or script, on paper, and watched.

The evaluator and the respondents each have a Chromium of their own. What is stored is looked up at the end.
"""

from datetime import timedelta

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.core.management import call_command
from django.utils import timezone
from playwright.sync_api import Page, expect

from evaluations.models import InstrumentVersion, Invitation, Response, Survey
from programs.models import Person
from tests.browser.conftest import DESKTOP, PHONE, Visitor
from tests.world import build_world

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

ALL = "the test looks at every row"
SERIOUS = {"serious", "critical"}
WAVES = ("sebelum", "sesudah", "bulan_3")
PLAN = (
    ("peserta", "kompetensi", WAVES, "anonim"),
    ("atasan", "pasca_atasan", ("sesudah",), "rahasia"),
    ("rekan", "pasca_rekan", ("sesudah",), "rahasia"),
    ("masyarakat", "skm", ("sesudah",), "anonim"),
)


@pytest.fixture
def world(transactional_db):
    world = build_world()
    call_command("createcachetable")
    call_command("load_instruments", verbosity=0)
    call_command("load_wave_rules", verbosity=0)
    superior = Person.objects.create(
        nip="197001011995011901", name="Atasan Semarang", agency=world.here.agency, status="PNS"
    )
    for enrollment in world.here.enrollments[:3]:
        enrollment.person.superior = superior
        enrollment.person.save()
    return world


def iso(days: int) -> str:
    return (timezone.localdate() + timedelta(days=days)).isoformat()


def check_access(page: Page, where: str) -> None:
    """axe finds nothing serious on a page of respondents."""
    found = Axe().run(page).response["violations"]
    wrong = [(each["id"], each["nodes"][0]["html"][:120]) for each in found if each["impact"] in SERIOUS]
    assert wrong == [], where


def propose_respondents(evaluator: Visitor, evaluation_url: str, group: str) -> None:
    page = evaluator.page
    page.goto(f"{evaluation_url}responden/usulan/?kelompok={group}")
    evaluator.fits()
    page.get_by_role("button", name="Tambahkan yang dicentang").click()
    expect(page.locator("main table")).to_contain_text("Peserta Kota Semarang 1")


def plan_everything(evaluator: Visitor, evaluation_url: str) -> None:
    page = evaluator.page
    page.goto(f"{evaluation_url}rencana/")
    evaluator.fits()
    evaluator.keep_picture("waves-plan")
    for wave in WAVES:
        page.fill(f"#id_tanggal-{wave}_opens", iso(-1))
        page.fill(f"#id_tanggal-{wave}_closes", iso(20))
    newest = {
        version.instrument.key: str(version.pk)
        for version in InstrumentVersion.objects.select_related("instrument").order_by("number")
    }
    rows = page.locator(".plan-row")
    last = rows.count() - 1
    for group, instrument, waves, mode in PLAN:
        row = next(
            rows.nth(at)
            for at in range(last + 1)
            if rows.nth(at).locator("select[name$=group]").input_value() == group
            and rows.nth(at).locator("select[name$=version]").input_value() == newest[instrument]
        )
        row.locator("select[name$=mode]").select_option(mode)
        for wave in waves:
            row.locator(f"input[value={wave}]").check()
    page.get_by_role("button", name="Simpan rencana").click()
    page.wait_for_url(f"**{evaluation_url}")
    evaluator.fits()


def open_all(evaluator: Visitor) -> None:
    page = evaluator.page
    planned = Survey.objects.unscoped(ALL).filter(version__instrument__key__in=[row[1] for row in PLAN])
    for survey in planned:
        page.goto(f"/survei/{survey.pk}/")
        page.get_by_role("button", name="Buka survei").click()
        expect(page.locator("main")).to_contain_text("Jawaban diterima sampai")
    evaluator.fits()


def survey_of(group: str, wave: str) -> Survey:
    keys = [row[1] for row in PLAN]
    return Survey.objects.unscoped(ALL).get(group=group, wave=wave, version__instrument__key__in=keys)


def links_of(survey: Survey) -> list[Invitation]:
    return list(Invitation.objects.unscoped(ALL).filter(survey=survey).order_by("pk"))


def fill_in(page: Page) -> None:
    """Something for everything that is asked, as a thumb does it: the first choice, a number, a few words."""
    for _round in range(3):  # an answer may bring further questions
        for question in page.locator(".question:visible").all():
            if question.locator(":checked").count():
                continue
            if question.locator("input[type=radio], input[type=checkbox]").count():
                question.locator(".choice").first.click()
            for field in question.locator("textarea, input[type=text]").all():
                if not field.input_value():
                    field.fill("50" if question.get_attribute("data-type") in ("angka", "skor") else "Sudah baik")


def send(page: Page) -> None:
    page.get_by_role("button", name="Kirim").click()


def test_four_groups_and_three_waves_from_the_plan_to_the_watch(visit, world, browser, live_server):
    evaluation_url = f"/evaluasi/{world.here.evaluation.pk}/"
    evaluator = visit(DESKTOP).sign_in("evaluator_semarang")
    for group in ("atasan", "rekan"):
        propose_respondents(evaluator, evaluation_url, group)
    plan_everything(evaluator, evaluation_url)
    open_all(evaluator)

    # By phone, all three waves of three participants, anonymously.
    for wave in WAVES:
        for invitation in links_of(survey_of("peserta", wave))[:3]:
            phone = visit(PHONE)
            phone.page.goto(f"/jawab/{invitation.token}/")
            phone.fits()
            fill_in(phone.page)
            send(phone.page)
            phone.page.wait_for_url("**/terima-kasih/**")
            expect(phone.page.locator(".receipt strong")).to_be_visible()
            phone.context.close()

    # A superior in a place without network.
    superior = visit(PHONE)
    page, link = superior.page, links_of(survey_of("atasan", "sesudah"))[0]
    page.goto(f"/jawab/{link.token}/")
    check_access(page, "the form of a superior")
    superior.keep_picture("waves-superior-360")
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    page.wait_for_function(
        "caches.open('asn-eval-pages').then((kept) => kept.keys()).then((all) => all.length > 0)"
    )
    page.wait_for_function(
        "caches.open('asn-eval-parts').then((kept) => kept.keys()).then((all) => all.length > 1)"
    )
    superior.context.set_offline(True)
    page.reload()
    fill_in(page)
    send(page)
    expect(page.locator("#waiting")).to_be_visible()
    check_access(page, "an answer that waits")
    superior.keep_picture("waves-waiting-360")
    page.reload()
    expect(page.locator("#waiting")).to_contain_text("Belum terkirim")
    assert not Response.objects.unscoped(ALL).filter(survey=link.survey).exists()
    superior.context.set_offline(False)
    page.wait_for_url("**/terima-kasih/**")
    check_access(page, "thanks")
    assert Response.objects.unscoped(ALL).filter(survey=link.survey).count() == 1
    page.goto(f"/jawab/{link.token}/")
    expect(page.locator("main")).to_contain_text("Anda sudah menjawab")

    # A colleague with a code and without script: nothing is asked that cannot be answered.
    plain = browser.new_context(base_url=live_server.url, viewport=PHONE, java_script_enabled=False)
    page, colleague = plain.new_page(), links_of(survey_of("rekan", "sesudah"))[0]
    page.goto("/kode/")
    page.fill("[name=kode]", colleague.code.upper())
    page.get_by_role("button", name="Buka survei").click()
    page.get_by_role("button", name="Kirim").click()
    expect(page.locator("#errors")).to_contain_text("Butir yang perlu diperiksa")
    fill_in(page)
    page.get_by_role("button", name="Kirim").click()
    expect(page.locator(".receipt strong")).to_be_visible()
    plain.close()

    # The public, in English, with large letters and high contrast.
    public = visit(PHONE)
    page = public.page
    page.goto(f"/s/{survey_of('masyarakat', 'sesudah').public_token}/?bahasa=en")
    for look in ("large", "contrast"):
        page.locator(f"[data-look={look}]").click()
    public.fits()
    check_access(page, "large letters and high contrast")
    page.locator("#answers [type=submit]").first.click()
    expect(page.locator("#errors")).to_be_visible()
    check_access(page, "errors")
    fill_in(page)
    page.locator("#answers [type=submit]").first.click()
    page.wait_for_url("**/terima-kasih/**")

    # On paper, and what the evaluator sees of all that.
    page = evaluator.page
    paper = survey_of("peserta", "sesudah")
    waiting = links_of(paper)[4]
    page.goto(f"/survei/{paper.pk}/entri/")
    page.fill("#id_respondent", waiting.code)
    for field in page.locator("input.keying-number").all():
        field.fill("3")
    page.get_by_role("button", name="Simpan dan lanjut").click()
    expect(page.get_by_role("status").first).to_contain_text("disimpan")
    page.goto(f"{evaluation_url}respons/?survei={paper.pk}")
    evaluator.fits()
    evaluator.keep_picture("waves-monitor")
    expect(page.locator("tr.chosen")).to_contain_text("66,7%")
    assert [links.is_answered for links in links_of(paper)].count(True) == 4


@pytest.mark.parametrize("path", ["/kode/", "/jawab/tidakada/", "/terima-kasih/?bukti=K7QM-3ABC"])
def test_the_other_pages_of_respondents_are_open_to_all(visit, world, path):
    phone = visit(PHONE)
    phone.page.goto(path)
    phone.fits()
    check_access(phone.page, path)
