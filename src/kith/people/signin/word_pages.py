"""Pages for cards of words: coming in with one, and for keepers, making one."""

from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters

from kith.base import clock, ids
from kith.base.problems import Invalid, Missing
from kith.people import readings
from kith.people.codes import square
from kith.people.models import CardOfWords, Person
from kith.people.signin import passkeys, words
from kith.people.signin.coming_in import CARD, admit, is_shared_device, know_again
from kith.people.signin.word_forms import (
    MakeCard,
    StartWithPasskey,
    StartWithPassphrase,
    TypeWords,
    Vouch,
)
from kith.web.pages import Request, anyone, in_circle, page

MINUTES = 10  # how long one may take to choose, once the words were typed


@page(anyone)
@sensitive_post_parameters()
def type_words(request: Request) -> HttpResponse:
    """Type the six words of a card."""
    form = TypeWords(request, request.POST or None)
    if request.method == "POST" and form.is_valid() and form.card:
        request.session[CARD] = {
            "id": str(form.card.id),
            "at": clock.now().timestamp(),
            "person": str(ids.new()),
        }
        return redirect("people:words-choose")
    told = {"form": form, "act": _("Go on"), "back": reverse("people:home")}
    return render(request, "people/words.html", told)


@page(anyone)
@sensitive_post_parameters()
def choose(request: Request) -> HttpResponse:
    """Choose one's own way in. Only then is the card spent."""
    card = _typed(request)
    form = StartWithPassphrase(request, card, _sent(request, "passphrase"))
    key_form = StartWithPasskey(card, _sent(request, "answer"), auto_id="key_%s")
    if form.is_valid():
        return _start(request, card, form)
    refused = False
    if not card.again and key_form.is_valid():
        if done := _start_with_key(request, card, key_form.cleaned_data["handle"]):
            return done
        refused = True
    told = {"form": form, "card": card, "key_form": key_form, "refused": refused}
    told["keys_work"] = passkeys.works_at(request) and not is_shared_device(request)
    return render(request, "people/words_choose.html", told)


@page(anyone)
def ask_key(request: Request) -> HttpResponse:
    """The question that makes the passkey of someone new."""
    card = _typed(request)
    form = StartWithPasskey(card, request.POST or None)
    if card.again or is_shared_device(request):
        raise Missing
    if not form.is_valid():
        why = [str(told) for told in form.errors.get("handle", [])]
        return JsonResponse({"why": " ".join(why)}, status=422)
    return JsonResponse(
        passkeys.ask_to_make(request, _newcomer(request, form.cleaned_data["handle"]))
    )


@page(in_circle("keeper"), nav="together", fresh=True)
def make(request: Request, circle: UUID) -> HttpResponse:
    """A card of words for one new person; shown once, to print or read aloud."""
    form = MakeCard(request.POST or None)
    made = None
    if request.method == "POST" and form.is_valid():
        made = words.make(request.viewer, circle, **form.cleaned_data)
    return _card_page(request, circle, "people/words_make.html", form, made)


@page(in_circle("keeper"), nav="together", fresh=True)
def again(request: Request, circle: UUID) -> HttpResponse:
    """A card for someone who was here before and lost every way in: it takes two keepers."""
    form = Vouch(request.POST or None)
    made = None
    if request.method == "POST" and form.is_valid():
        made = words.vouch(request.viewer, circle, form.cleaned_data["name"])
        if made is None:
            messages.success(request, _("Noted for an hour. Now a second keeper does the same."))
            return redirect("people:words-again", circle=circle)
    return _card_page(request, circle, "people/words_again.html", form, made)


def _card_page(
    request: Request, circle: UUID, template: str, form: object, made: list[str] | None
) -> HttpResponse:
    told = {"form": form, "circle": readings.circle(request.viewer, circle), "words": made}
    if made:
        told["square"] = square(request.build_absolute_uri(reverse("people:words")))
        told["address"] = request.build_absolute_uri(reverse("people:words"))
    return render(request, template, told)


def _start(request: Request, card: CardOfWords, form: StartWithPassphrase) -> HttpResponse:
    """In with a passphrase: someone new, or someone who comes back."""
    told = form.cleaned_data
    if card.person:
        words.come_back_with(card, card.person, told["passphrase"])
        return _in(request, card.person, told.get("shared", False))
    person = _newcomer(request, told["handle"])
    person.set_password(told["passphrase"])
    words.start_with(card, person)
    return _in(request, person, told.get("shared", False))


def _start_with_key(request: Request, card: CardOfWords, handle: str) -> HttpResponse | None:
    """In with a passkey; None when it was not made rightly, and the card still works."""
    person = _newcomer(request, handle)
    person.set_unusable_password()
    try:
        with transaction.atomic():
            words.start_with(card, person)
            passkeys.take_in(request, person, _("my first"), request.POST["answer"])
    except Invalid:
        return None
    return _in(request, person, False)


def _in(request: Request, person: Person, shared: bool) -> HttpResponse:
    admit(request, person, shared=shared)
    messages.success(request, _("You are in. The card is spent."))
    return know_again(request, redirect("people:home"), person.handle or "")


def _newcomer(request: Request, handle: str) -> Person:
    """Someone new, not kept yet, with the id that their passkey is made for."""
    return Person(id=UUID(request.session[CARD]["person"])).named(handle, handle)


def _typed(request: Request) -> CardOfWords:
    """The card whose words were typed a moment ago. Raises Missing when it is not in force."""
    told = request.session.get(CARD)
    if not told or not 0 <= clock.now().timestamp() - told["at"] < MINUTES * 60:
        raise Missing("words-unknown")
    return words.by_id(UUID(told["id"]))


def _sent(request: Request, field: str) -> object:
    """What was sent, if it is the form that has this field."""
    return request.POST if field in request.POST else None
