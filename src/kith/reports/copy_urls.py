"""The address of the copy of one's own: among the pages about oneself."""

from django.urls import path

from kith.reports import copy_pages

app_name = "copies"
urlpatterns = [path("", copy_pages.copy, name="copy")]
