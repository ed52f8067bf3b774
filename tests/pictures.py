"""Small pictures, good and bad."""

import io

from PIL import Image


def picture(kind: str = "PNG", size: tuple[int, int] = (60, 60), mode: str = "RGB", **options) -> bytes:
    """The bytes of a plain picture of that kind."""
    content = io.BytesIO()
    Image.new(mode, size, 120 if mode in ("L", "P") else None).save(content, kind, **options)
    return content.getvalue()


PNG = picture()
