"""The address of a card as a file."""

from django.urls import path

from kith.reports.cards import pages

app_name = "cards"
urlpatterns = [path("<uuid:thing>/<slug:paper>/", pages.paper, name="paper")]
