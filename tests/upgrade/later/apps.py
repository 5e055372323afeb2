"""Its name for Django: one of our own, so that backups hold its table."""

from django.apps import AppConfig


class LaterConfig(AppConfig):
    name = "upgrade.later"
    label = "later"
    default_auto_field = "django.db.models.BigAutoField"
