"""Addresses of what gets in the way, and of letters."""

from django.urls import path

from kith.reports.letter import pages

app_name = "letters"
urlpatterns = [
    path("", pages.way, name="way"),
    path("choose/", pages.choose, name="choose"),
    path("new/", pages.write, name="write"),
    path("<uuid:thing>/", pages.one, name="one"),
    path("<uuid:thing>/correct/", pages.correct, name="correct"),
    path("<uuid:thing>/take/", pages.take, name="take"),
    path("<uuid:thing>/away/", pages.remove, name="remove"),
    path("<uuid:thing>/back/", pages.restore, name="restore"),
]
