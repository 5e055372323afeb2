"""Django's name for this room."""

from django.apps import AppConfig


class ArrangementsConfig(AppConfig):
    name = "kith.arrangements"
    label = "arrangements"
