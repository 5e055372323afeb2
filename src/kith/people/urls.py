"""Addresses of this room."""

from django.urls import path

from kith.people import leaving_pages, pages
from kith.people.only_me import letting_go_pages as letting_go
from kith.people.only_me import pages as only_me
from kith.people.sharing import known
from kith.people.sharing import pages as sharing
from kith.people.signin import key_pages as keys
from kith.people.signin import pages as signin
from kith.people.signin import word_pages as words

app_name = "people"
urlpatterns = [
    path("", pages.home, name="home"),
    path("start/", pages.start, name="start"),
    path("in/", signin.sign_in, name="signin"),
    path("in/key/", keys.come_in, name="key-in"),
    path("in/key/ask/", keys.ask, name="key-ask"),
    path("out/", signin.sign_out, name="signout"),
    path("here/", signin.here, name="here"),
    path("closed/", signin.closed, name="closed"),
    path("shared/", signin.device, name="shared"),
    path("words/", words.type_words, name="words"),
    path("words/choose/", words.choose, name="words-choose"),
    path("words/choose/ask/", words.ask_key, name="words-ask"),
    path("come/", pages.join, name="join"),
    path("me/", pages.account, name="account"),
    path("me/ways/", signin.ways, name="ways"),
    path("me/ways/words/", signin.passphrase, name="passphrase"),
    path("me/ways/key/", keys.new, name="key-new"),
    path("me/ways/key/ask/", keys.ask_new, name="key-new-ask"),
    path("me/ways/key/<uuid:key>/", keys.name, name="key-name"),
    path("me/ways/key/<uuid:key>/away/", keys.away, name="key-away"),
    path("me/where/", signin.where, name="where"),
    path("me/erase/", leaving_pages.erase, name="erase"),
    path("me/erase/now/", leaving_pages.erase_now, name="erase-now"),
    path("me/erase/stay/", leaving_pages.stay, name="stay"),
    path("me/gone/", leaving_pages.gone, name="gone"),
    path("me/away/", leaving_pages.away, name="away"),
    path("me/away/<uuid:thing>/", leaving_pages.forget, name="forget-thing"),
    path("me/only/", only_me.every, name="only"),
    path("me/only/open/", only_me.open_, name="only-open"),
    path("me/only/words/", only_me.words, name="only-words"),
    path("me/only/renew/", only_me.renew, name="only-renew"),
    path("me/only/passkey/", only_me.passkey, name="only-passkey"),
    path("me/only/less/", only_me.less, name="only-less"),
    path("me/only/sheet/", only_me.sheet, name="only-sheet"),
    path("me/only/let-go/", letting_go.let_go, name="only-let-go"),
    path("me/only/let-go/now/", letting_go.now, name="only-let-go-now"),
    path("me/only/let-go/keep/", letting_go.keep, name="only-keep"),
    path("me/only/of/<slug:of>/", only_me.choose, name="only-choose"),
    path("me/only/of/<slug:of>/back/", only_me.give_back, name="only-back"),
    path("together/", pages.together, name="together"),
    path("together/new/", pages.open_circle, name="open-circle"),
    path("together/<uuid:circle>/", pages.circle, name="circle"),
    path("together/<uuid:circle>/roles/", pages.roles, name="roles"),
    path("together/<uuid:circle>/days/", pages.days, name="days"),
    path("together/<uuid:circle>/leave/", pages.leave, name="leave"),
    path("together/<uuid:circle>/cards/", pages.cards, name="cards"),
    path("together/<uuid:circle>/words/", words.make, name="words-make"),
    path("together/<uuid:circle>/again/", words.again, name="words-again"),
    path("together/<uuid:circle>/turn/", pages.turn_to, name="turn-to"),
    path("cards/<uuid:card>/stop/", pages.stop_card, name="stop-card"),
    path("turn/", pages.turn, name="turn"),
    path("turn/<uuid:thing>/away/", pages.turn_away, name="turn-away"),
    path("together/<uuid:circle>/shown/", sharing.team, name="team"),
    path("sharing/", sharing.looking, name="looking"),
    path("sharing/before/", sharing.before, name="before"),
    path("sharing/seen/", sharing.seen, name="seen"),
    path("sharing/choose/", sharing.choose, name="choose"),
    path("sharing/choose/<uuid:thing>/", sharing.choose, name="choose"),
    path("sharing/<uuid:grant>/change/", sharing.change, name="change-showing"),
    path("sharing/<uuid:grant>/stop/", sharing.stop_showing, name="stop-showing"),
    path("known/", known.every, name="known"),
    path("known/new/", known.meet, name="meet"),
    path("known/code/", known.come_by, name="come-by"),
    path("known/<uuid:thing>/", known.one, name="known-one"),
    path("known/<uuid:thing>/code/", known.code, name="known-code"),
    path("known/<uuid:thing>/forget/", known.forget, name="forget"),
]
