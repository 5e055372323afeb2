"""What is made of a gathering: findings, paradoxes, recommendations, and taking them away."""

from typing import Any, TypeVar
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from kith.base.problems import Missing
from kith.inquiry import actions, evidence, readings
from kith.inquiry.forms import (
    ChangedAdvice,
    ChangedFinding,
    ChangedParadox,
    NewAdvice,
    NewFinding,
    NewParadox,
    key,
)
from kith.inquiry.nouns import Recommendation
from kith.inquiry.spoken import STANCE_NAMES, spoken_roles
from kith.web.pages import Request, in_circle, page

T = TypeVar("T", evidence.FindingRead, evidence.ParadoxRead, evidence.RecommendationRead)


@page(in_circle("team"), nav="together")
def new_finding(request: Request, circle: UUID, thing: UUID) -> HttpResponse:
    """The workshop: write a finding by picking what it rests on."""
    told = _workshop(request, circle, thing)
    form = NewFinding(request.POST or None, evidence=told["evidence"])
    if request.method == "POST" and form.is_valid():
        actions.write_finding(request.viewer, thing, form.noun(), form.record_id)
        return _back(request, circle, thing)
    return render(request, "inquiry/finding_form.html", told | {"form": form})


@page(in_circle("guest"), nav="together")
def finding(request: Request, circle: UUID, thing: UUID, part: UUID) -> HttpResponse:
    """One finding with all it rests on, as it stands now."""
    known = readings.gathering_in(request.viewer, circle, thing)
    told = {
        "circle": circle,
        "gathering": known,
        "one": _among(evidence.findings(request.viewer, thing), part),
        "team": request.viewer.has_part(circle, "team"),
    }
    return render(request, "inquiry/finding.html", told)


@page(in_circle("team"), nav="together")
def edit_finding(request: Request, circle: UUID, thing: UUID, part: UUID) -> HttpResponse:
    """Write a finding anew. What was taken back is no longer among what one can pick."""
    told = _workshop(request, circle, thing)
    one = _among(evidence.findings(request.viewer, thing), part)
    kept = {
        "text": one.text,
        "seen": one.version,
        "cites": [key(each) for each in one.evidence],
        "dissent": [key(each) for each in one.dissent],
    }
    form = ChangedFinding(request.POST or None, evidence=told["evidence"], initial=kept)
    if request.method == "POST" and form.is_valid():
        actions.change_finding(request.viewer, part, form.noun(), form.cleaned_data["seen"])
        return _back(request, circle, thing)
    return render(request, "inquiry/finding_form.html", told | {"form": form, "one": one})


@page(in_circle("team"))
def look_again(request: Request, circle: UUID, thing: UUID, part: UUID) -> HttpResponse:
    """Let a finding stand on what is left, after reading it again."""
    one = _among(evidence.findings(request.viewer, thing), part)
    if request.method == "POST" and one.lost_support:
        actions.look_again(request.viewer, part, one.version)
        messages.success(request, _("Stored. It now rests on what is left."))
    return redirect("inquiry:finding", circle=circle, thing=thing, part=part)


@page(in_circle("team"), nav="together")
def new_paradox(request: Request, circle: UUID, thing: UUID) -> HttpResponse:
    """Hold two things open that pull apart."""
    told = _workshop(request, circle, thing)
    form = NewParadox(request.POST or None, evidence=told["evidence"])
    if request.method == "POST" and form.is_valid():
        actions.open_paradox(request.viewer, thing, form.noun(), form.record_id)
        return _back(request, circle, thing)
    return render(request, "inquiry/paradox_form.html", told | {"form": form})


@page(in_circle("team"), nav="together")
def edit_paradox(request: Request, circle: UUID, thing: UUID, part: UUID) -> HttpResponse:
    """Say a paradox anew."""
    told = _workshop(request, circle, thing)
    both = _among(evidence.paradoxes(request.viewer, thing), part)
    kept = {
        "one": both.one,
        "other": both.other,
        "seen": both.version,
        "ones": [key(each) for each in both.ones],
        "others": [key(each) for each in both.others],
    }
    form = ChangedParadox(request.POST or None, evidence=told["evidence"], initial=kept)
    if request.method == "POST" and form.is_valid():
        actions.change_paradox(request.viewer, part, form.noun(), form.cleaned_data["seen"])
        return _back(request, circle, thing)
    return render(request, "inquiry/paradox_form.html", told | {"form": form, "one": both})


@page(in_circle("team"), nav="together")
def new_advice(request: Request, circle: UUID, thing: UUID) -> HttpResponse:
    """Recommend something that comes from findings."""
    known = readings.gathering_in(request.viewer, circle, thing)
    found = evidence.findings(request.viewer, thing)
    form = NewAdvice(request.POST or None, found=found)
    if request.method == "POST" and form.is_valid():
        actions.recommend(request.viewer, thing, form.noun(), form.record_id)
        return _back(request, circle, thing)
    told = {"form": form, "circle": circle, "gathering": known, "found": found}
    return render(request, "inquiry/advice_form.html", told)


@page(in_circle("team"), nav="together")
def edit_advice(request: Request, circle: UUID, thing: UUID, part: UUID) -> HttpResponse:
    """Say a recommendation anew."""
    known = readings.gathering_in(request.viewer, circle, thing)
    found = evidence.findings(request.viewer, thing)
    one = _among(evidence.recommendations(request.viewer, thing), part)
    kept: dict[str, Any] = {name: getattr(one, name) for name in Recommendation.__struct_fields__}
    kept |= {"findings": [str(each.thing) for each in one.findings], "seen": one.version}
    form = ChangedAdvice(request.POST or None, found=found, initial=kept)
    if request.method == "POST" and form.is_valid():
        seen = form.cleaned_data["seen"]
        actions.change_recommendation(request.viewer, part, form.noun(), seen)
        return _back(request, circle, thing)
    told = {"form": form, "circle": circle, "gathering": known, "found": found, "one": one}
    return render(request, "inquiry/advice_form.html", told)


@page(in_circle("team"), nav="together")
def take_away(request: Request, circle: UUID, thing: UUID, part: UUID) -> HttpResponse:
    """Take away a finding, paradox or recommendation, after a second press."""
    readings.gathering_in(request.viewer, circle, thing)
    made = {one.thing for one in evidence.findings(request.viewer, thing)}
    made |= {one.thing for one in evidence.paradoxes(request.viewer, thing)}
    made |= {one.thing for one in evidence.recommendations(request.viewer, thing)}
    if part not in made:
        raise Missing
    if request.method == "POST":
        actions.take_away(request.viewer, part)
        messages.success(request, _("Taken away."))
        return redirect("inquiry:gathering", circle=circle, thing=thing)
    return render(request, "inquiry/take_away.html", {"circle": circle, "thing": thing})


def _workshop(request: Request, circle: UUID, thing: UUID) -> dict[str, Any]:
    """Everything one can pick from, and what it can be narrowed by."""
    known = readings.gathering_in(request.viewer, circle, thing)
    found = evidence.citable(request.viewer, thing)
    roles = dict.fromkeys(role for one in found if one.kind != "side" for role in one.roles)
    return {
        "circle": circle,
        "gathering": known,
        "evidence": found,
        "themes": readings.theme_names(request.viewer, thing),
        "roles": [(role, *spoken_roles([role])) for role in roles],
        "stances": STANCE_NAMES,
    }


def _among(found: list[T], part: UUID) -> T:
    """The one of these with this thing. Raises Missing."""
    one = next((one for one in found if one.thing == part), None)
    if one is None:
        raise Missing
    return one


def _back(request: Request, circle: UUID, thing: UUID) -> HttpResponse:
    messages.success(request, _("Stored."))
    return redirect("inquiry:gathering", circle=circle, thing=thing)
