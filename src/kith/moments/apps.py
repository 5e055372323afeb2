"""Django's name for this room."""

from django.apps import AppConfig


class MomentsConfig(AppConfig):
    name = "kith.moments"
    label = "moments"
