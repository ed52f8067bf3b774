"""What the worker does about mails."""

from django.utils import timezone
from django_tasks import task

from evaluations.actions.follow_up_mails import send_due_reminders
from evaluations.actions.mailing import send_due_mails


@task()
def send_mails() -> int:
    """Send what is due now; several workers may do so at the same time."""
    return send_due_mails(now=timezone.now())


@task()
def send_reminders() -> int:
    """Remind of what is overdue; several workers may do so at the same time."""
    return send_due_reminders(now=timezone.now())
