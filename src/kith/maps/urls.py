"""Addresses of this room."""

from django.urls import path

from kith.maps import pages

app_name = "maps"
urlpatterns = [
    path("", pages.mine, name="mine"),
    path("new/", pages.begin, name="begin"),
    path("<uuid:map_id>/", pages.draw, name="draw"),
    path("<uuid:map_id>/list/", pages.listed, name="list"),
    path("<uuid:map_id>/paper/", pages.paper, name="paper"),
    path("<uuid:map_id>/keep/", pages.save, name="save"),
    path("<uuid:map_id>/step/", pages.step, name="step"),
    path("<uuid:map_id>/add/", pages.add, name="add"),
    path("<uuid:map_id>/one/<uuid:thing>/", pages.figure, name="figure"),
    path("<uuid:map_id>/one/<uuid:thing>/move/", pages.move, name="move"),
    path("<uuid:map_id>/one/<uuid:thing>/tie/", pages.connect, name="connect"),
    path("<uuid:map_id>/two/<uuid:thing>/", pages.tie, name="tie"),
    path("<uuid:map_id>/off/<uuid:thing>/", pages.take_off, name="take-off"),
    path("<uuid:map_id>/back/<uuid:thing>/", pages.put_back, name="put-back"),
]
