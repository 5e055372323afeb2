"""Django's name for this room."""

from django.apps import AppConfig


class InquiryConfig(AppConfig):
    name = "kith.inquiry"
    label = "inquiry"
