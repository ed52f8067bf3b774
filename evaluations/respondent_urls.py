"""Where respondents answer. They have no account: the token in the link is their right."""

from django.urls import path

from evaluations.views import mail_stop, respondents, service_worker

urlpatterns = [
    path("jawab/<str:token>/", respondents.answer_personal, name="answer_personal"),
    path("s/<str:token>/", respondents.answer_public, name="answer_public"),
    path("jawab/<str:token>/aplikasi.webmanifest", respondents.answer_manifest, name="answer_personal_manifest"),
    path("s/<str:token>/aplikasi.webmanifest", respondents.answer_manifest, name="answer_public_manifest"),
    path("berhenti/<str:token>/", mail_stop.mail_stop, name="mail_stop"),
    path("kode/", respondents.answer_code, name="answer_code"),
    path("terima-kasih/", respondents.answer_done, name="answer_done"),
    # At the root, because a service worker may serve only what stands below its own address.
    path("luring.js", service_worker.service_worker, name="service_worker"),
]
