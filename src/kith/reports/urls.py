"""Addresses of this room."""

from django.urls import path

from kith.reports import pages

app_name = "reports"
urlpatterns = [
    path("<uuid:circle>/<uuid:thing>/", pages.live, name="live"),
    path("<uuid:circle>/<uuid:thing>/paper/", pages.paper, name="paper"),
    path("<uuid:circle>/<uuid:thing>/issue/", pages.issue, name="issue"),
    path("<uuid:circle>/edition/<uuid:thing>/", pages.edition, name="edition"),
]
