"""A national poll: 100.000 people invited and their mails queued, then watched. On PostgreSQL.

prepare     opening the survey: an invitation with a link, a code and a due mail for each, in one transaction
queue       letting the first mail be due, which is part of it
reference   COPY of the same rows into the table of invitations as it is, with its indexes and foreign keys
monitor     the page that shows who is missing by group, unit and region, and its number of queries, beside that of
            a survey of 100

Opening must take less than 60 seconds. Uses the PostgreSQL of DATABASE_URL, or starts one that is thrown away.

usage: python benchmarks/national_poll.py [PEOPLE]
"""

import statistics
import sys
import time

from responses import postgresql, set_up_django

PEOPLE = 100_000
FEW = 100
UNITS = 500
LIMIT = 60  # seconds
VISITS = 5


def make_survey(n_people: int, name: str):
    """A program of so many people with addresses, and a survey that is about to be opened."""
    from datetime import timedelta

    from django.utils import timezone
    from import_participants import roster_lines

    from asn_eval.accounts.models import Office, Region
    from evaluations.models import Evaluation, Instrument, InstrumentVersion, Item, Survey
    from programs.models import Agency, Enrollment, Person, Program

    region, _new = Region.objects.get_or_create(
        code="33.74", defaults={"name": "Kota Semarang", "level": "regency"}
    )
    office, _new = Office.objects.get_or_create(name="BKPSDM", defaults={"kind": "daerah"})
    office.regions.add(region)
    today = timezone.localdate()
    program = Program.objects.create(
        name=name, type="pelatihan", region=region, organizer=office, start_date=today, end_date=today
    )
    units = Agency.objects.bulk_create(Agency(name=f"{name} {number}", region=region) for number in range(UNITS))
    known = set(Person.objects.unscoped("benchmark").values_list("nip", flat=True))
    lines = (line for line in roster_lines(n_people + len(known)) if line[0] not in known)
    people = Person.objects.bulk_create(
        [
            Person(nip=nip, name=full_name, email=f"{nip}@contoh.go.id", agency=units[at % UNITS], status="PNS")
            for at, (nip, full_name, *_rest) in zip(range(n_people), lines, strict=False)
        ],
        batch_size=5_000,
    )
    Enrollment.objects.bulk_create(
        (Enrollment(program=program, person=person, code=f"K{at:06d}") for at, person in enumerate(people)),
        batch_size=5_000,
    )
    evaluation = Evaluation.objects.create(program=program, title=name, start_date=today, end_date=today)
    instrument = Instrument.objects.create(key=f"poll-{n_people}", name=name, is_ready=True)
    version = InstrumentVersion.objects.create(instrument=instrument, scoring="rata_rata", dimensions={})
    Item.objects.create(
        version=version, position=1, key="b1", label="B", text="Puas?", type="likert", minimum=1, maximum=5
    )
    return Survey.objects.create(
        evaluation=evaluation,
        version=version,
        group="peserta",
        wave="sesudah",
        mode="anonim",
        opens_on=today,
        closes_on=today + timedelta(days=30),
        sends_mail=True,
    )


def measure(n_people: int) -> bool:
    from django.conf import settings
    from django.core.management import call_command
    from django.db import connection, transaction
    from django.test import Client
    from django.test.utils import CaptureQueriesContext
    from django.urls import reverse

    from asn_eval.accounts.models import Office, User
    from evaluations.actions.surveys import change_survey_state
    from evaluations.models import Invitation

    settings.ALLOWED_HOSTS = ["*"]
    call_command("migrate", verbosity=0)
    call_command("createcachetable")
    few = change_survey_state(survey=make_survey(FEW, "Sedikit"), state="dibuka")
    survey = make_survey(n_people, "Jajak pendapat")
    began = time.perf_counter()
    change_survey_state(survey=survey, state="dibuka")
    opened = time.perf_counter() - began
    queued = Invitation.objects.unscoped("benchmark").filter(survey=survey, next_mail_at__isnull=False).count()

    table = Invitation._meta.db_table
    with connection.cursor() as cursor, cursor.copy(f"COPY {table} TO STDOUT") as copy:
        rows = b"".join(bytes(block) for block in copy)
    with transaction.atomic(), connection.cursor() as cursor:
        Invitation.objects.unscoped("benchmark").delete()
        began = time.perf_counter()
        with cursor.copy(f"COPY {table} FROM STDIN") as copy:
            copy.write(rows)
        copied = time.perf_counter() - began
    print(
        f"{n_people} invited and {queued} mails queued in {opened:.1f} s; COPY of the same rows {copied:.1f} s, "
        f"ratio {opened / copied:.1f}"
    )

    client = Client()
    office = Office.objects.get(name="BKPSDM")
    client.force_login(User.objects.create(username="e", role="evaluator", office=office))
    counts = []
    for each in (few, survey):
        url = f"{reverse('response_monitor', args=[each.evaluation_id])}?survei={each.pk}"
        client.get(url)
        seconds = []
        for _visit in range(VISITS):
            began = time.perf_counter()
            with CaptureQueriesContext(connection) as queries:
                assert client.get(url).status_code == 200
            seconds.append(time.perf_counter() - began)
        counts.append(len(queries))
        print(f"monitor of {each.invitations.count()}: {len(queries)} queries, {statistics.median(seconds):.2f} s")
    return opened < LIMIT and queued == n_people and counts[0] == counts[1]


if __name__ == "__main__":
    with postgresql() as url:
        set_up_django(url)
        sys.exit(0 if measure(int(sys.argv[1]) if len(sys.argv) > 1 else PEOPLE) else 1)
