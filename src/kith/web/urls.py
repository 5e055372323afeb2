"""Addresses of this room."""

from django.urls import path

from kith.web import sync, views

app_name = "web"
urlpatterns = [
    path("today/", views.left, name="left"),
    path("promise/", views.promise, name="promise"),
    path("keep/", sync.keep, name="keep"),
    path("keep/<uuid:device>/", sync.manifest, name="manifest"),
    path("look/", views.parts, name="look"),
]
