"""The reference of benchmarks/responses.py: one file, the same middleware, one row per request."""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "asn_eval.settings")

import django

django.setup()

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.handlers.wsgi import WSGIHandler
from django.db import connection, models
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import path
from django.views.decorators.csrf import csrf_exempt


class Row(models.Model):
    body = models.JSONField()

    class Meta:
        app_label = "small_app"
        db_table = "small_app_row"

    def __str__(self):
        return str(self.pk)


@csrf_exempt
@login_not_required
def receive(request):
    Row.objects.create(body=dict(request.POST.items()))
    return HttpResponseRedirect("/terima-kasih/")


@login_not_required
def page(request, size):
    return HttpResponse(PAGE[:size])


def make_table() -> None:
    """Create the table anew."""
    with connection.schema_editor() as editor:
        if Row._meta.db_table in connection.introspection.table_names():
            editor.delete_model(Row)
        editor.create_model(Row)


PAGE = "<!doctype html><title>Halaman</title>" + "<p>Kalimat pada halaman kecil.</p>" * 10_000
urlpatterns = [path("kirim/", receive), path("halaman/<int:size>/", page)]
settings.ROOT_URLCONF = __name__
application = WSGIHandler()
