"""The logo of an office: judged by what is in the file, drawn anew so that nothing else travels along."""

import base64
import hashlib
import io
import logging
from pathlib import PurePosixPath

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile, File
from django.utils.translation import gettext as _

from asn_eval.accounts.models import Office

LARGEST_FILE = 1024 * 1024  # bytes
SHORTEST_SIDE, LONGEST_SIDE = 40, 3000  # pixels; unpacked, a picture takes four bytes for each of them
DRAWN_SIDE = 600  # pixels of the longer side as it is kept: 300 dpi at five centimetres
CONTENT_TYPES = {".png": "image/png", ".jpg": "image/jpeg"}

logger = logging.getLogger(__name__)


def clean_logo(upload: File) -> ContentFile:
    """The picture in ``upload`` as a new file of our own. Raises ``ValidationError`` that says what to do."""
    if not upload.size:
        raise ValidationError(_("Berkas ini kosong. Pilih berkas PNG atau JPEG."), code="empty")
    if upload.size > LARGEST_FILE:
        raise ValidationError(
            _("Berkas ini lebih besar dari 1 MB. Perkecil gambarnya, lalu pilih kembali."), code="size"
        )
    picture = _opened(upload.read())
    content = io.BytesIO()
    if picture.mode == "RGBA":
        extension, options = ".png", {"format": "PNG", "optimize": True}
    else:
        extension, options = ".jpg", {"format": "JPEG", "quality": 92}
    picture.save(content, **options)
    name = hashlib.sha256(content.getvalue()).hexdigest()[:24]
    return ContentFile(content.getvalue(), name=name + extension)


def _opened(content: bytes):
    from PIL import Image, ImageOps

    try:
        # Other libraries tell Pillow to load torn files; this looks at every piece of one all the same.
        Image.open(io.BytesIO(content), formats=("PNG", "JPEG")).verify()
        picture = Image.open(io.BytesIO(content), formats=("PNG", "JPEG"))
        shorter, longer = sorted(picture.size)
        fits = shorter >= SHORTEST_SIDE and longer <= LONGEST_SIDE
        mode = "RGBA" if picture.format == "PNG" else "RGB"
        if fits:  # what does not fit is not even unpacked
            picture = ImageOps.exif_transpose(picture).convert(mode)
    except Exception as error:  # a file made to break a reader breaks it in any of many ways
        raise ValidationError(
            _("Isi berkas ini bukan gambar PNG atau JPEG yang utuh. Simpan ulang logonya sebagai PNG."),
            code="content",
        ) from error
    if not fits:
        raise ValidationError(
            _("Ukuran gambar %(width)s × %(height)s piksel. Setiap sisi harus %(least)s sampai %(most)s piksel."),
            code="dimensions",
            params={
                "width": picture.width,
                "height": picture.height,
                "least": SHORTEST_SIDE,
                "most": LONGEST_SIDE,
            },
        )
    picture.thumbnail((DRAWN_SIDE, DRAWN_SIDE))
    # Pixels alone: comments, places, profiles and whatever else a file carries stay behind.
    drawn = Image.new(picture.mode, picture.size)
    drawn.paste(picture)
    return drawn


def content_type(office: Office) -> str:
    """What the logo is, by the name that ``clean_logo`` gave it."""
    return CONTENT_TYPES.get(PurePosixPath(office.logo.name).suffix, "application/octet-stream")


def logo_bytes(office: Office) -> bytes | None:
    """The picture, or None where there is none or its file is gone."""
    if not office.logo:
        return None
    try:
        with office.logo.storage.open(office.logo.name) as file:
            return file.read()
    except OSError:
        logger.warning("The logo of office %s is missing: %s", office.pk, office.logo.name)
        return None


def logo_data_uri(office: Office) -> str:
    """The picture as it stands inside a document; empty where there is none."""
    content = logo_bytes(office)
    if not content:
        return ""
    return f"data:{content_type(office)};base64,{base64.b64encode(content).decode()}"
