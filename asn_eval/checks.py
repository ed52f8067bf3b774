"""Checks that stop the application at start rather than surprise somebody later."""

from django.apps import apps
from django.conf import settings
from django.core.checks import Error, Tags, register
from django.core.exceptions import ImproperlyConfigured

from asn_eval.scoping import ScopedModel

SHORTEST_SECRET = 50  # characters; what Django's own deployment check asks for


def is_scoped(model) -> bool:
    return issubclass(model, ScopedModel)


def leads_to_scoped_rows(field) -> bool:
    """Can this relation be walked from an open model (Region, User) to scoped rows?"""
    if is_scoped(field.model):
        named_way_back = not (field.remote_field.related_name or "").endswith("+")
        return not is_scoped(field.related_model) and named_way_back
    return is_scoped(field.related_model)


@register(Tags.models)
def open_models_do_not_lead_to_scoped_rows(app_configs, **kwargs):
    return [
        Error(f"{field} leads from an open model to scoped rows.", hint='related_name="+"', id="asn.E001")
        for model in apps.get_models()
        for field in model._meta.get_fields()
        if field.is_relation and not field.auto_created and field.related_model
        if leads_to_scoped_rows(field)
    ]


@register(Tags.models)
def scoped_models_name_a_path_that_ends_at_a_region(app_configs, **kwargs):
    return [
        Error(f"{model.__name__}.region_path does not end at a region.", id="asn.E002")
        for model in apps.get_models()
        if is_scoped(model) and not _ends_at_region(model)
    ]


def _ends_at_region(model) -> bool:
    for name in getattr(model, "region_path", "").split("__"):
        if name not in {field.name for field in model._meta.get_fields()}:
            return False
        model = model._meta.get_field(name).related_model
    return model is not None and model._meta.label == "accounts.Region"


@register(Tags.security)
def the_secret_key_is_set(app_configs, **kwargs):
    try:
        secret = settings.SECRET_KEY
    except ImproperlyConfigured:  # Django's answer to an empty one names neither variable nor remedy
        secret = ""
    if len(secret) >= SHORTEST_SECRET:
        return []
    return [
        Error(
            f"ASN_EVAL_SECRET_KEY is missing or shorter than {SHORTEST_SECRET} characters.",
            hint="script/server writes one into var/env; docs/deployment.md shows how to make one.",
            id="asn.E010",
        )
    ]


@register(Tags.security)
def demo_mode_stays_on_this_machine(app_configs, **kwargs):
    if not (settings.DEMO and settings.HTTPS):
        return []
    return [
        Error(
            "ASN_EVAL_DEMO offers accounts with published passwords; it cannot be combined with ASN_EVAL_HTTPS.",
            id="asn.E011",
        )
    ]


@register(Tags.security)
def the_site_answers_to_a_name(app_configs, **kwargs):
    if settings.ALLOWED_HOSTS and "*" not in settings.ALLOWED_HOSTS:
        return []
    return [Error("ASN_EVAL_ALLOWED_HOSTS must name the host names of this site, not '*'.", id="asn.E012")]


@register(Tags.database)
def the_database_is_one_we_test_on(app_configs, databases=None, **kwargs):
    engine = settings.DATABASES["default"]["ENGINE"]
    if engine in {"django.db.backends.sqlite3", "django.db.backends.postgresql"}:
        return []
    return [Error(f"{engine} is not supported; use SQLite or PostgreSQL.", id="asn.E013")]
