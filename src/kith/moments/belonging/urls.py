"""Addresses of belonging."""

from django.urls import path

from kith.moments.belonging import pages

urlpatterns = [
    path("belonging/", pages.every, name="belonging"),
    path("belonging/<uuid:thing>/", pages.one, name="belonging-one"),
    path("belonging/<uuid:thing>/say/", pages.say, name="belonging-say"),
]
