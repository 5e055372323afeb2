"""The address of the sheet for a week."""

from django.urls import path

from kith.reports.diary import pages

app_name = "diary"
urlpatterns = [path("", pages.sheet, name="sheet")]
