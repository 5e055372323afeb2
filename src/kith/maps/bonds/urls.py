"""Addresses of what is said about a relationship."""

from django.urls import path

from kith.maps.bonds import pages

ABOUT = "<uuid:map_id>/about/<uuid:thing>/"
urlpatterns = [
    path("shell/about/", pages.shell, name="about-shell"),
    path(ABOUT, pages.about, name="about"),
    path(f"{ABOUT}on/<uuid:said>/", pages.anew, name="about-anew"),
    path(f"{ABOUT}on/<uuid:said>/away/", pages.take_away, name="about-away"),
    path(f"{ABOUT}on/<uuid:said>/back/", pages.bring_back, name="about-back"),
    path(f"{ABOUT}<slug:step>/", pages.say, name="about-say"),
]
