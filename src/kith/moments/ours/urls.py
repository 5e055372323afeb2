"""Addresses of what two people call theirs."""

from django.urls import path

from kith.moments.ours import pages

urlpatterns = [
    path("again/ours/", pages.every, name="ours-all"),
    path("again/ours/<uuid:thing>/back/", pages.take_back, name="ours-back"),
    path("again/<uuid:thing>/ours/", pages.call, name="ours"),
]
