"""The roles people speak from. One may have several at once, and nobody must have any."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

ROLES: dict[str, str | Promise] = {
    "uses-service": _("I use, or have used, a service"),
    "close": _("Partner, relative or friend"),
    "peer-worker": _("Peer worker"),
    "nurse": _("Nurse or care assistant"),
    "doctor": _("Doctor"),
    "therapist": _("Psychologist or therapist"),
    "social-worker": _("Social worker or support worker"),
    "manager": _("Manager"),
    "researcher": _("Researcher"),
    "student": _("Student or trainee"),
    "policy": _("Policy or commissioning"),
    "other": _("Something else"),
}
"""Code of a role: how it is said on pages."""


def role_names(codes: list[str] | tuple[str, ...]) -> list[str]:
    """How these roles are said; a code we do not know stands for itself."""
    return [str(ROLES.get(code, code)) for code in codes]
