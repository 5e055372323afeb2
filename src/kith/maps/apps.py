"""Django's name for this room."""

from django.apps import AppConfig


class MapsConfig(AppConfig):
    name = "kith.maps"
    label = "maps"
