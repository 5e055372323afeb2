"""Addresses of this room."""

from django.urls import path

from kith.web import shells, sync, views

app_name = "web"
urlpatterns = [
    path("today/", views.left, name="left"),
    path("promise/", views.promise, name="promise"),
    path("sw.js", shells.worker, name="worker"),
    path("app.webmanifest", shells.app, name="app"),
    path("waiting/", shells.waiting, name="waiting"),
    path("shell/today/", shells.today, name="shell-today"),
    path("shell/none/", shells.none, name="shell-none"),
    path("shell/waiting/", shells.waiting_shell, name="shell-waiting"),
    path("keep/", sync.keep, name="keep"),
    path("keep/words/", sync.words, name="words"),
    path("keep/<uuid:device>/", sync.manifest, name="manifest"),
    path("look/", views.parts, name="look"),
]
