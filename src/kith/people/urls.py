"""Addresses of this room."""

from django.urls import path

from kith.people import pages

app_name = "people"
urlpatterns = [
    path("", pages.home, name="home"),
    path("start/", pages.start, name="start"),
    path("in/", pages.sign_in, name="signin"),
    path("out/", pages.sign_out, name="signout"),
    path("come/", pages.join, name="join"),
    path("me/", pages.account, name="account"),
    path("together/", pages.together, name="together"),
    path("together/new/", pages.open_circle, name="open-circle"),
    path("together/<uuid:circle>/", pages.circle, name="circle"),
    path("together/<uuid:circle>/roles/", pages.roles, name="roles"),
    path("together/<uuid:circle>/leave/", pages.leave, name="leave"),
    path("together/<uuid:circle>/cards/", pages.cards, name="cards"),
    path("together/<uuid:circle>/turn/", pages.turn_to, name="turn-to"),
    path("cards/<uuid:card>/stop/", pages.stop_card, name="stop-card"),
    path("turn/", pages.turn, name="turn"),
    path("turn/<uuid:thing>/away/", pages.turn_away, name="turn-away"),
    path("sharing/", pages.looking, name="looking"),
    path("sharing/<uuid:grant>/stop/", pages.stop_showing, name="stop-showing"),
]
