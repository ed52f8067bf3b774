from django.conf import settings


def installation(request) -> dict:
    """What every page may show of this installation."""
    return {"demo_mode": settings.DEMO}
