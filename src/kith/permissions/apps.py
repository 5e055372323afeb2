"""Django's name for this room."""

from django.apps import AppConfig


class PermissionsConfig(AppConfig):
    name = "kith.permissions"
    label = "permissions"
    default_auto_field = "django.db.models.BigAutoField"
