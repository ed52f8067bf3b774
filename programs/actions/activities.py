"""Materials of activities: kept once, under a name of ours, and gone from the disk when their record is."""

from collections.abc import Iterable
from functools import partial
from hashlib import sha256
from typing import BinaryIO
from uuid import uuid4

from django.core.files.base import File
from django.db import transaction
from django.db.models.fields.files import FieldFile

from asn_eval.accounts.models import User
from programs.material_files import CheckedFile
from programs.models import Activity, Material


def digest_of(content: BinaryIO) -> str:
    """The SHA-256 of a file, read piece by piece."""
    digest = sha256()
    content.seek(0)
    while piece := content.read(1 << 20):
        digest.update(piece)
    return digest.hexdigest()


def store_material(
    *, activity: Activity, title: str, content: BinaryIO, checked: CheckedFile, author: User
) -> Material:
    """Write a checked file to the disk and record it. A record that is refused leaves no file behind.

    Raises ``IntegrityError`` when the activity has the same file already.
    """
    material = Material(activity=activity, title=title, file_name=checked.name, uploaded_by=author)
    material.sha256 = digest_of(content)
    content.seek(0)
    file = File(content)
    material.size = file.size
    material.file.save(f"{uuid4().hex}.{checked.kind.ending}", file, save=False)
    try:
        with transaction.atomic():
            material.full_clean(validate_constraints=False)
            material.save()
    except BaseException:
        material.file.storage.delete(material.file.name)
        raise
    return material


@transaction.atomic
def delete_material(*, material: Material) -> None:
    """Delete the record; its file follows when that is final."""
    forget_files([material.file])
    material.delete()


@transaction.atomic
def delete_activity(*, activity: Activity) -> None:
    """Delete an activity with its speakers, materials and attendance.

    Raises ``ProtectedError`` or ``RestrictedError`` while a line of the budget names it.
    """
    forget_files(material.file for material in activity.materials.all())
    activity.delete()


def forget_files(files: Iterable[FieldFile]) -> None:
    """Delete ``files`` from the disk once the transaction holds."""
    for file in files:
        # A disk that refuses must not undo what the person asked for.
        transaction.on_commit(partial(file.storage.delete, file.name), robust=True)
