"""Addresses of this room."""

from django.urls import path

from kith.arrangements import pages

app_name = "arrangements"
urlpatterns = [
    path("<uuid:circle>/", pages.every, name="every"),
    path("<uuid:circle>/new/", pages.add, name="add"),
    path("<uuid:circle>/line/", pages.notice, name="notice"),
    path("<uuid:circle>/line/<uuid:thing>/away/", pages.unnotice, name="unnotice"),
    path("<uuid:circle>/sheet/", pages.talk, name="talk"),
    path("<uuid:circle>/<uuid:thing>/", pages.one, name="one"),
    path("<uuid:circle>/<uuid:thing>/change/", pages.change, name="change"),
    path("<uuid:circle>/<uuid:thing>/with/", pages.link, name="link"),
    path("<uuid:circle>/<uuid:thing>/one/", pages.join, name="join"),
    path("<uuid:circle>/<uuid:thing>/parts/", pages.split, name="split"),
    path("<uuid:circle>/<uuid:thing>/alone/", pages.stand_alone, name="stand-alone"),
    path("<uuid:circle>/<uuid:thing>/away/", pages.take_away, name="take-away"),
    path("<uuid:circle>/<uuid:thing>/back/", pages.bring_back, name="bring-back"),
]
