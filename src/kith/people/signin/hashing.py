"""How a passphrase is kept, and which ones are refused. Django's own parts, in our words."""

from typing import Any

from django.contrib.auth import password_validation as djangos
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.utils.translation import gettext as _


class Argon2id(Argon2PasswordHasher):
    """Argon2id with the memory that RFC 9106 advises where memory is scarce: 64 MiB, three rounds.

    Eight threads that hash at the same moment then take half a GiB, which a small server has.
    """

    time_cost = 3
    memory_cost = 64 * 1024
    parallelism = 1


class LongEnough(djangos.MinimumLengthValidator):
    """At least eight signs."""

    def get_error_message(self) -> str:
        return _("That is short. Take at least eight signs: a few words work well.")


class NotCommon(djangos.CommonPasswordValidator):
    """None of those that everyone tries first."""

    def get_error_message(self) -> str:
        return _("Many people use this one, so it is tried first. Choose another.")


class NotTheName(djangos.UserAttributeSimilarityValidator):
    """Not the name one signs in with or is called by."""

    def __init__(self, **more: Any) -> None:
        super().__init__(user_attributes=("handle", "called"), **more)

    def get_error_message(self) -> str:
        return _("This is too much like your name. Choose another.")
