"""Addresses of layers, under the map's own."""

from django.urls import path

from kith.maps.layers import pages, part_pages, time_pages

urlpatterns = [
    path("layers/shell/", pages.shell, name="layer-shell"),
    path("<uuid:map_id>/layers/", pages.every, name="layers"),
    path("<uuid:map_id>/layers/new/", pages.begin, name="layer-begin"),
    path("<uuid:map_id>/layers/change/", pages.change, name="layer-change"),
    path("<uuid:map_id>/layers/move/", pages.move, name="layer-move"),
    path("<uuid:map_id>/layers/away/", pages.take_away, name="layer-away"),
    path("<uuid:map_id>/layers/back/", pages.bring_back, name="layer-back"),
    path("<uuid:map_id>/layers/ghost/", pages.ghost, name="ghost"),
    path("<uuid:map_id>/layers/slide/", pages.slide, name="slide"),
    path("<uuid:map_id>/layers/beside/<uuid:other>/", pages.two, name="two"),
    path("<uuid:map_id>/cut/<uuid:thing>/", part_pages.cut, name="cut"),
    path("<uuid:map_id>/days/", time_pages.days, name="days"),
    path("<uuid:map_id>/replay/", time_pages.replay, name="replay"),
    path("<uuid:map_id>/replay/order/", time_pages.order, name="replay-order"),
]
