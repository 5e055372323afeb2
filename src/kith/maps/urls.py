"""Addresses of this room."""

from django.urls import include, path

from kith.maps import pages, trio_pages, us_pages
from kith.maps.twin import pages as twin

app_name = "maps"
urlpatterns = [
    path("", pages.mine, name="mine"),
    path("new/", pages.begin, name="begin"),
    path("shell/", pages.shell, name="shell"),
    path("", include("kith.maps.talk.urls")),
    path("us/<uuid:thing>/", us_pages.us, name="us"),
    path("us/<uuid:thing>/say/<slug:item>/", us_pages.say, name="us-say"),
    path("us/<uuid:thing>/willing/", us_pages.willing, name="us-willing"),
    path("us/<uuid:thing>/back/", us_pages.take_back, name="us-back"),
    path("us/<uuid:thing>/three/", trio_pages.begin, name="us-three"),
    path("three/", trio_pages.third, name="third"),
    path("three/<uuid:trio>/", trio_pages.trio, name="trio"),
    path("us/<uuid:thing>/together/", us_pages.together, name="us-together"),
    path("", include("kith.maps.layers.urls")),
    path("", include("kith.maps.bonds.urls")),
    path("<uuid:map_id>/", pages.draw, name="draw"),
    path("<uuid:map_id>/list/", pages.only_list, name="list"),
    path("<uuid:map_id>/paper/", pages.paper, name="paper"),
    path("<uuid:map_id>/keep/", pages.save, name="save"),
    path("<uuid:map_id>/step/", pages.step, name="step"),
    path("<uuid:map_id>/steps/", pages.steps, name="steps"),
    path("<uuid:map_id>/add/", pages.add, name="add"),
    path("<uuid:map_id>/add/several/", twin.several, name="several"),
    path("<uuid:map_id>/add/<slug:kind>/", twin.new, name="new"),
    path("<uuid:map_id>/order/", twin.order, name="order"),
    path("<uuid:map_id>/words/", twin.describe, name="describe"),
    path("<uuid:map_id>/helps/", twin.helps, name="helps"),
    path("<uuid:map_id>/part/", twin.part, name="part"),
    path("<uuid:map_id>/forget/<uuid:thing>/", twin.forget, name="forget"),
    path("<uuid:map_id>/one/<uuid:thing>/", pages.one, name="figure"),
    path("<uuid:map_id>/one/<uuid:thing>/move/", pages.move, name="move"),
    path("<uuid:map_id>/one/<uuid:thing>/tie/", pages.connect, name="connect"),
    path("<uuid:map_id>/two/<uuid:thing>/", pages.tie, name="tie"),
    path("<uuid:map_id>/off/<uuid:thing>/", pages.take_off, name="take-off"),
    path("<uuid:map_id>/back/<uuid:thing>/", pages.put_back, name="put-back"),
]
