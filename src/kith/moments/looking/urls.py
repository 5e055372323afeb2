"""Addresses for looking back: ids and days only."""

from django.urls import path

from kith.moments.looking import pages

urlpatterns = [
    path("find/", pages.find, name="find"),
    path("with/<uuid:thing>/", pages.relation, name="with"),
]
