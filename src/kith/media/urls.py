"""Addresses of this room."""

from django.urls import path

from kith.media import pages

app_name = "media"
urlpatterns = [
    path("picture/<uuid:thing>/", pages.picture, name="picture"),
    path("sound/<uuid:thing>/", pages.sound, name="sound"),
]
