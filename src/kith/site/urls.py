"""All addresses. They are neutral: nothing in them tells what a page is about or whose it is."""

from django.urls import include, path

urlpatterns = [
    path("", include("kith.people.urls")),
    path("", include("kith.web.urls")),
    path("me/copy/", include("kith.reports.copy_urls")),
    path("media/", include("kith.media.urls")),
    path("map/", include("kith.maps.urls")),
    path("out/card/", include("kith.reports.cards.urls")),
    path("out/week/", include("kith.reports.diary.urls")),
    path("out/", include("kith.reports.maps.urls")),
    path("notes/", include("kith.moments.urls")),
    path("place/", include("kith.arrangements.urls")),
    path("asks/", include("kith.care.urls")),
    path("meet/", include("kith.inquiry.urls")),
    path("papers/", include("kith.reports.urls")),
    path("letters/", include("kith.reports.letter.urls")),
    path("tables/", include("kith.reports.study.urls")),
    path("sheet/", include("kith.reports.talk.urls")),
    path("walk/", include("kith.sample.urls")),
]
handler400 = "kith.web.doors.unreadable"
handler404 = "kith.web.doors.not_found"
handler500 = "kith.web.doors.broken"
