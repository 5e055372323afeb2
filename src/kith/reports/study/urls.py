"""Addresses of a study's tables."""

from django.urls import path

from kith.reports.study import pages

app_name = "studies"
urlpatterns = [path("<uuid:circle>/", pages.out, name="out")]
