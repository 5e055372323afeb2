"""Addresses of this room."""

from django.urls import URLPattern

app_name = "inquiry"
urlpatterns: list[URLPattern] = []
