"""How gunicorn serves ASN Eval, for script/server and for the unit in docs/deployment.md.

GUNICORN_CMD_ARGS="--workers 4 --bind 0.0.0.0:8000" overrides a line without editing this file.
"""

wsgi_app = "asn_eval.wsgi:application"
worker_class = "gthread"
workers = 2
threads = 4
preload_app = True  # one import instead of one per worker: starts sooner, and shares its memory
timeout = 60
control_socket_disable = True  # signals suffice, and two servers of one user would share its path
graceful_timeout = 60  # a report that is being written is finished before a restart


def on_starting(server):
    """Refuse to serve with settings that the start-up checks refuse; gunicorn alone never asks them."""
    from django.core.management.base import BaseCommand, SystemCheckError

    try:
        BaseCommand().check()
    except SystemCheckError as error:
        raise SystemExit(str(error)) from error


def when_ready(server):
    for listener in server.LISTENERS:
        server.log.info("ASN Eval: %s/", str(listener))
