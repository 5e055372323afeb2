"""What each noun is sealed under: what is for others never lies where only its author gets."""

import pytest

from kith.care.nouns import Request, RequestAtFirst
from kith.records.nouns import CLASSES, Noun, all_nouns, sealed_under
from kith.records.only_me import CHOICES

OURS = [noun for noun in all_nouns() if not noun.__kind__.startswith("test-")]
FOR_OTHERS = {"request", "contribution", "voice", "side", "noticed", "frozen"}
"""Kinds that are said so that others read them."""
EXPECTED = {
    "map": {
        *("map", "figure", "tie", "stroke", "writing", "shape", "region"),
        *("helps", "order", "description", "photo", "sitting", "pin"),
    },
    "words": {
        *("moment", "practice", "let-be", "ours", "card", "letter", "reminder", "prompted"),
        *("perspective", "talk", "prompts", "difference"),
    },
    "media": {"picture", "sound"},
    "labels": {"known"},
    "contributions": FOR_OTHERS,
}


def kinds_of(of: str) -> set[str]:
    last = {n.__kind__: n for n in sorted(OURS, key=lambda n: n.__version__)}
    return {kind for kind, n in last.items() if n.__seals__ == of and n.__kept_by__ == "author"}


@pytest.mark.parametrize("of", CLASSES)
def test_every_noun_of_a_person_has_the_class_that_fits(of: str) -> None:
    assert kinds_of(of) == EXPECTED.get(of, set())


@pytest.mark.parametrize("noun", OURS, ids=lambda noun: f"{noun.__kind__}-{noun.__version__}")
def test_what_a_circle_sees_is_never_under_a_class_that_can_be_only_ones_own(
    noun: type[Noun],
) -> None:
    if noun.__sees__ != "nobody" and noun.__kept_by__ == "author":
        assert noun.__seals__ not in CHOICES


def test_a_request_from_before_is_still_a_request() -> None:
    assert issubclass(RequestAtFirst, Request)
    assert RequestAtFirst.__seals__ == "words"
    assert sealed_under(["request"]) == {"contributions"}
    assert sealed_under(["labels", "figure"]) == {"labels", "map"}
