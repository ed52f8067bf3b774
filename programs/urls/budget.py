"""What a program was to cost and did cost."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
