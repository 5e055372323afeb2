"""Addresses of files of a map."""

from django.urls import path

from kith.reports.maps import pages

app_name = "drawings"
urlpatterns = [
    path("sheets/", pages.blank, name="blank"),
    path("<uuid:map_id>/", pages.out, name="out"),
]
