"""Addresses of talk over a map, of prompts, photos and of how one sits at a map."""

from django.urls import path

from kith.maps.talk import pages
from kith.maps.talk import sitting_pages as sitting

urlpatterns = [
    path("once/", pages.once, name="once"),
    path("prompts/", pages.arc, name="arc"),
    path("prompts/<slug:code>/", pages.word, name="word"),
    path("beside/", sitting.beside, name="beside-new"),
    path("<uuid:map_id>/beside/", sitting.beside, name="beside"),
    path("<uuid:map_id>/beside/end/", sitting.end, name="end"),
    path("<uuid:map_id>/beside/end/<slug:goes>/", sitting.end_without, name="end-without"),
    path("<uuid:map_id>/talk/", pages.notes, name="talk"),
    path("<uuid:map_id>/talk/say/", pages.say, name="say"),
    path("<uuid:map_id>/talk/text/", pages.paste, name="paste"),
    path("<uuid:map_id>/talk/meaning/", pages.meaning, name="meaning"),
    path("<uuid:map_id>/talk/<uuid:thing>/", pages.note, name="note"),
    path("<uuid:map_id>/talk/<uuid:thing>/away/", pages.take_away, name="note-away"),
    path("<uuid:map_id>/talk/<uuid:thing>/back/", pages.bring_back, name="note-back"),
    path("<uuid:map_id>/photo/", sitting.photo, name="photo"),
    path("<uuid:map_id>/photo/change/", sitting.photo_change, name="photo-change"),
    path("<uuid:map_id>/one/<uuid:thing>/picture/", sitting.face, name="face"),
]
