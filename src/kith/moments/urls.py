"""Addresses of this room: ids and days only."""

from datetime import date

from django.urls import include, path, register_converter

from kith.moments.diary import pages as diary
from kith.moments.pages import cards, moments, practices
from kith.moments.plans import pages as plans
from kith.moments.tags import pages as tags

app_name = "moments"


class DayConverter:
    """A day as 2026-11-03."""

    regex = "[0-9]{4}-[0-9]{2}-[0-9]{2}"

    def to_python(self, value: str) -> date:
        return date.fromisoformat(value)

    def to_url(self, value: date) -> str:
        return value.isoformat()


register_converter(DayConverter, "day")

urlpatterns = [
    path("", moments.every, name="list"),
    path("", include("kith.moments.looking.urls")),
    path("", include("kith.moments.reminders.urls")),
    path("write/", moments.write, name="write"),
    path("shell/", moments.shell, name="shell"),
    path("plans/", plans.every, name="plans"),
    path("plans/<uuid:plan>/", plans.plan, name="plan"),
    path("plans/<uuid:plan>/away/", plans.take_away, name="plan-away"),
    path("plans/<uuid:plan>/back/", plans.bring_back, name="plan-back"),
    path("plans/<uuid:plan>/off/<uuid:thing>/", plans.take_off, name="plan-off"),
    path("week/", diary.week, name="week"),
    path("week/shell/", diary.shell, name="week-shell"),
    path("gone/", moments.gone, name="gone"),
    path("on/<day:day>/", moments.on_day, name="day"),
    path("again/", practices.every, name="practices"),
    path("", include("kith.moments.suggesting.urls")),
    path("", include("kith.moments.ours.urls")),
    path("", include("kith.moments.belonging.urls")),
    path("again/name/", practices.name, name="name"),
    path("again/<uuid:thing>/", practices.practice, name="practice"),
    path("again/<uuid:thing>/now/", practices.now, name="now"),
    path("again/<uuid:thing>/now/correct/", practices.now_again, name="now-again"),
    path("again/<uuid:thing>/correct/", practices.correct, name="correct-practice"),
    path("again/<uuid:thing>/remove/", practices.remove, name="remove-practice"),
    path("again/<uuid:thing>/restore/", practices.restore, name="restore-practice"),
    path("cards/", cards.every, name="cards"),
    path("cards/write/", cards.write, name="write-card"),
    path("cards/<uuid:thing>/", cards.card, name="card"),
    path("cards/<uuid:thing>/correct/", cards.correct, name="correct-card"),
    path("cards/<uuid:thing>/remove/", cards.remove, name="remove-card"),
    path("cards/<uuid:thing>/restore/", cards.restore, name="restore-card"),
    path("<uuid:thing>/", moments.moment, name="moment"),
    path("<uuid:thing>/correct/", moments.correct, name="correct"),
    path("<uuid:thing>/remove/", moments.remove, name="remove"),
    path("<uuid:thing>/restore/", moments.restore, name="restore"),
    path("<uuid:thing>/forget/", moments.forget, name="forget"),
    path("<uuid:thing>/before/<uuid:version>/", moments.as_before, name="as-before"),
    path("words/<uuid:circle>/", tags.every, name="tags"),
    path("words/<uuid:circle>/<uuid:thing>/away/", tags.take_away, name="take-tag"),
    path("words/<uuid:circle>/<uuid:thing>/back/", tags.put_back, name="put-tag-back"),
]
