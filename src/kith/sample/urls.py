"""Addresses of this room."""

from django.urls import path

from kith.sample import pages

app_name = "sample"
urlpatterns = [
    path("", pages.overview, name="walk"),
    path("<int:number>/", pages.go, name="go"),
    path("be/<str:called>/", pages.be, name="be"),
    path("stop/", pages.stop, name="stop"),
]
