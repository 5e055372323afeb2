"""Addresses of reminders: ids only."""

from django.urls import path

from kith.moments.reminders import pages

ONE = "minded/<uuid:thing>/"
urlpatterns = [
    path("minded/", pages.every, name="reminders"),
    path("minded/ask/", pages.ask, name="remind"),
    path(ONE, pages.one, name="reminder"),
    path(f"{ONE}change/", pages.change, name="change-reminder"),
    path(f"{ONE}calendar/", pages.calendar, name="reminder-calendar"),
    path(f"{ONE}stop/", pages.stop, name="stop-reminder"),
    path(f"{ONE}on/", pages.go_on, name="go-on-reminder"),
    path(f"{ONE}tell/", pages.tell, name="tell-prompt"),
    path(f"{ONE}remove/", pages.remove, name="remove-reminder"),
    path(f"{ONE}restore/", pages.restore, name="restore-reminder"),
]
