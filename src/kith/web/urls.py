"""Addresses of this room."""

from django.urls import path

from kith.web import views

app_name = "web"
urlpatterns = [
    path("today/", views.left, name="left"),
    path("promise/", views.promise, name="promise"),
    path("look/", views.parts, name="look"),
]
