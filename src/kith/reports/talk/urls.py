"""Addresses of the sheet for a talk."""

from django.urls import path

from kith.reports.talk import pages

app_name = "sheets"
urlpatterns = [
    path("<uuid:circle>/", pages.talk, name="talk"),
    path("<uuid:circle>/<uuid:thing>/", pages.talk, name="talk-of"),
]
