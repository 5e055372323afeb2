"""How roles and stances are said beside a line: short, and never in the first person."""

from collections.abc import Iterable

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

SPEAKS_FROM: dict[str, str | Promise] = {
    "uses-service": _("uses a service"),
    "close": _("partner, relative or friend"),
    "peer-worker": _("peer worker"),
    "nurse": _("nurse or care assistant"),
    "doctor": _("doctor"),
    "therapist": _("psychologist or therapist"),
    "social-worker": _("social worker or support worker"),
    "manager": _("manager"),
    "researcher": _("researcher"),
    "student": _("student or trainee"),
    "policy": _("policy or commissioning"),
    "other": _("something else"),
}
"""Code of a role (people.roles.ROLES): how it is said beside a line."""

GROUPS: dict[str, tuple[str | Promise, tuple[str, ...]]] = {
    "lived": (_("Use, or have used, a service"), ("uses-service", "peer-worker")),
    "close": (_("Partners, relatives and friends"), ("close",)),
    "works": (
        _("Work in services"),
        ("peer-worker", "nurse", "doctor", "therapist", "social-worker", "manager"),
    ),
    "beyond": (_("Research, policy and others"), ("researcher", "student", "policy", "other")),
}
"""Roles as they are counted: few wide groups, fixed beforehand, so that the gate can say more.

Code of a group: how it is said, and its roles. A peer worker is in two; groups overlap.
"""

STANCE_NAMES: dict[str, str | Promise] = {
    "said": _("Said"),
    "another-view": _("Another view"),
    "silence": _("Silence"),
    "question": _("Question"),
    "story": _("Story"),
}

STANCE_ICONS = {
    "another-view": "other",
    "silence": "silence",
    "question": "question",
    "story": "story",
}
"""The usual stance has no sign."""

COLUMN_NAMES: dict[str, str | Promise] = {
    "words": _("what was said"),
    "voice": _("who speaks, by a code"),
    "roles": _("speaks from"),
    "table": _("table"),
    "themes": _("themes"),
    "time": _("when"),
    "stance": _("how it was meant"),
    "moderated": _("what moderators let through"),
}
"""What a column of a file was taken for: how that is said."""


def spoken_roles(roles: Iterable[str]) -> tuple[str, ...]:
    """How these roles are said; a role from a file that we do not know stands for itself."""
    return tuple(str(SPEAKS_FROM.get(role, role)) for role in roles)


def groups_of(roles: Iterable[str]) -> frozenset[str]:
    """The groups that someone with these roles is counted in."""
    held = set(roles)
    return frozenset(code for code, (_name, inside) in GROUPS.items() if held & set(inside))


def group_name(code: str) -> str:
    """How a group is said."""
    return str(GROUPS[code][0])
