"""Django's name for this room."""

from django.apps import AppConfig


class SampleConfig(AppConfig):
    name = "kith.sample"
    label = "sample"
