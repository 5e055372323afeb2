"""Addresses of this room: ids and neutral words only."""

from django.urls import include, path

from kith.inquiry.pages import findings, gatherings, lines, notes, themes

app_name = "inquiry"

one_gathering = [
    path("", gatherings.gathering, name="gathering"),
    path("edit/", gatherings.edit, name="edit"),
    path("seat/", gatherings.seat, name="seat"),
    path("voice/", gatherings.voice, name="voice"),
    path("write/", lines.write, name="write"),
    path("say/", lines.say, name="say"),
    path("lines/", lines.lines, name="lines"),
    path("back/", lines.take_back, name="take-back"),
    path("again/", lines.bring_back, name="bring-back"),
    path("line/<uuid:line>/", lines.line, name="line"),
    path("line/<uuid:line>/quote/", lines.quote, name="quote"),
    path("themes/", themes.add, name="add-theme"),
    path("theme/<uuid:theme>/", themes.theme, name="theme"),
    path("finding/", findings.new_finding, name="new-finding"),
    path("finding/<uuid:part>/", findings.finding, name="finding"),
    path("finding/<uuid:part>/edit/", findings.edit_finding, name="edit-finding"),
    path("finding/<uuid:part>/again/", findings.look_again, name="look-again"),
    path("both/", findings.new_paradox, name="new-paradox"),
    path("both/<uuid:part>/", findings.edit_paradox, name="edit-paradox"),
    path("advice/", findings.new_advice, name="new-advice"),
    path("advice/<uuid:part>/", findings.edit_advice, name="edit-advice"),
    path("notes/", notes.notes, name="notes"),
    path("away/<uuid:part>/", findings.take_away, name="take-away"),
]

urlpatterns = [
    path("shell/write/", lines.write_shell, name="write-shell"),
    path("shell/say/", lines.say_shell, name="say-shell"),
    path("<uuid:circle>/", gatherings.every, name="every"),
    path("<uuid:circle>/new/", gatherings.new, name="new"),
    path("<uuid:circle>/<uuid:thing>/", include(one_gathering)),
]
