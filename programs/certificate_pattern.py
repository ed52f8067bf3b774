"""What the pattern of certificate numbers of a program may hold."""

from string import Formatter

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

NUMBER = "nomor"
PLACEHOLDERS = (NUMBER, "angkatan", "bulan", "tahun")


def check_certificate_pattern(pattern: str) -> None:
    """Raise ``ValidationError`` unless only known words stand in braces, and the running number among them."""
    known = ", ".join(f"{{{word}}}" for word in PLACEHOLDERS)
    try:
        # (text before it, word, how it is written, how it is converted) of each pair of braces
        found = [part[1:] for part in Formatter().parse(pattern) if part[1] is not None]
    except ValueError:
        message = _("Kurung kurawal tidak berpasangan. Yang dapat dipakai: %(known)s.")
        raise ValidationError(message % {"known": known}, code="braces") from None
    for word, written, converted in found:
        if word not in PLACEHOLDERS or written or converted:
            message = _("“%(word)s” tidak dikenal. Yang dapat dipakai: %(known)s.")
            shown = "".join((word, f"!{converted}" if converted else "", f":{written}" if written else ""))
            raise ValidationError(message % {"word": f"{{{shown}}}", "known": known}, code="placeholder")
    if NUMBER not in [word for word, _written, _converted in found]:
        message = _("Pola harus memuat {nomor}; tanpa itu semua sertifikat bernomor sama.")
        raise ValidationError(message, code="number")
