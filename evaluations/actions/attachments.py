"""Attachments: kept under a name of ours, private, and gone from the disk when their record is."""

from typing import BinaryIO
from uuid import uuid4

from django.core.files.base import File
from django.db import transaction
from django.utils.translation import gettext as _

from asn_eval.accounts.models import User
from asn_eval.history.entries import record_note
from evaluations.actions.findings import held_to_be_quoted
from evaluations.models import Attachment, DocumentReview, Interview, Observation
from programs.actions.activities import digest_of, forget_files
from programs.material_files import CheckedFile

Owner = Interview | Observation | DocumentReview
OWNER_FIELD = {Interview: "interview", Observation: "observation", DocumentReview: "document"}


def store_attachment(*, owner: Owner, content: BinaryIO, checked: CheckedFile, author: User) -> Attachment:
    """Write a checked file to the disk and record it. A record that is refused leaves no file behind.

    Raises ``ValidationError`` when the owner has the same file already. The journal tells that there is one more
    attachment, not what it is called: names of files name people.
    """
    attachment = Attachment(
        evaluation=owner.evaluation,
        file_name=checked.name,
        uploaded_by=author,
        **{OWNER_FIELD[type(owner)]: owner},
    )
    attachment.sha256 = digest_of(content)
    content.seek(0)
    file = File(content)
    attachment.size = file.size
    attachment.file.save(f"{uuid4().hex}.{checked.kind.ending}", file, save=False)
    try:
        with transaction.atomic():
            if isinstance(owner, Interview):
                held_to_be_quoted(owner)  # nobody erases what was said while a file of it comes in
            attachment.full_clean()
            attachment.save()
            record_note(owner, _("lampiran ditambahkan"))
    except BaseException:
        attachment.file.storage.delete(attachment.file.name)
        raise
    return attachment


@transaction.atomic
def delete_attachment(*, attachment: Attachment) -> None:
    """Delete the record; its file follows when that is final."""
    forget_files([attachment.file])
    record_note(attachment.owner, _("lampiran dihapus"))
    attachment.delete()
