"""Cutting out the part of a map that a line goes round, so that it can be shown by itself."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render

from kith.maps.drawing import still
from kith.maps.layers import actions
from kith.maps.layers.readings import part_of
from kith.maps.pictures import pictures
from kith.maps.twin.listing import rows
from kith.maps.twin.sentences import in_one
from kith.web.forms import KeepForm
from kith.web.pages import Request, page, signed_in


@page(signed_in, nav="map", mine=True)
def cut(request: Request, map_id: UUID, thing: UUID) -> HttpResponse:
    """What would be shown of a part; then the part, and on to whom it is shown."""
    part = part_of(request.viewer, map_id, thing)
    form = KeepForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        made = actions.cut_out(request.viewer, map_id, thing, id=form.record_id)
        return redirect("people:choose", thing=made)
    told = {
        "form": form,
        "still": still(part),
        "rows": rows(part),
        "sentences": in_one(part),
        "pictures": pictures(),
        "map_id": map_id,
        "thing": thing,
    }
    return render(request, "maps/layers/cut.html", told)
