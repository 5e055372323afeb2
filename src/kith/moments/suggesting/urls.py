"""Addresses of what comes again."""

from django.urls import path

from kith.moments.suggesting import pages

urlpatterns = [
    path("again/from/", pages.recurs, name="recurs"),
    path("again/from/<uuid:thing>/again/", pages.again, name="suggest-again"),
]
