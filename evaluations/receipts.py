"""The number by which a respondent can say that an answer was taken. Pure."""

import re
from base64 import b32encode
from uuid import UUID

BYTES = 5  # eight letters and digits
RECEIPT = re.compile(r"[A-Z2-7]{4}-[A-Z2-7]{4}")


def receipt_of(response_id: UUID) -> str:
    """ "K7QM-3ABC": the beginning of the random key of the response.

    Sealing gives anonymous answers new keys, so that afterwards this number leads to nothing.
    """
    letters = b32encode(response_id.bytes[:BYTES]).decode()
    return f"{letters[:4]}-{letters[4:]}"


def is_receipt(text: str) -> bool:
    return bool(RECEIPT.fullmatch(text))
