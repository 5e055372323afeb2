"""Django's name for this room."""

from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "kith.reports"
    label = "reports"
