"""The registry of civil servants."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
