"""Addresses of this room."""

from django.urls import path

from kith.care.pages import asking, tried, ward

app_name = "care"
urlpatterns = [
    path("", asking.every, name="mine"),
    path("new/", asking.write, name="write"),
    path("new/from/<uuid:about>/", asking.write, name="write"),
    path("new/to/<uuid:circle>/", asking.write, name="write"),
    path("new/to/<uuid:circle>/from/<uuid:about>/", asking.write, name="write"),
    path("<uuid:thing>/", asking.one, name="request"),
    path("<uuid:thing>/change/", asking.rewrite, name="rewrite"),
    path("<uuid:thing>/send/", asking.send, name="send"),
    path("<uuid:thing>/until/", asking.longer, name="longer"),
    path("<uuid:thing>/stop/", asking.take_back, name="take-back"),
    path("<uuid:thing>/away/", asking.remove, name="remove"),
    path("<uuid:thing>/back/", asking.restore, name="restore"),
    path("at/<uuid:circle>/", ward.ward, name="ward"),
    path("at/<uuid:circle>/about/", ward.figures, name="figures"),
    path("at/<uuid:circle>/<uuid:thing>/", ward.answer, name="answer"),
    path("try/<uuid:circle>/", tried.every, name="tried"),
    path("try/<uuid:circle>/new/", tried.plan, name="plan"),
    path("try/<uuid:circle>/<uuid:thing>/", tried.one, name="change"),
    path("try/<uuid:circle>/<uuid:thing>/change/", tried.replan, name="replan"),
    path("try/<uuid:circle>/<uuid:thing>/stand/", tried.move, name="move"),
    path("try/<uuid:circle>/<uuid:thing>/say/", tried.speak, name="speak"),
    path("try/<uuid:circle>/<uuid:thing>/say/<uuid:side>/", tried.unsay, name="unsay"),
    path("try/<uuid:circle>/<uuid:thing>/say/<uuid:side>/back/", tried.say_again, name="say-again"),
]
