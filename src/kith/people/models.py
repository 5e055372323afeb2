"""Accounts and circles: ordinary tables. What people say is never here."""

from datetime import datetime, time, timedelta
from typing import ClassVar, Self

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.utils.timezone import make_aware
from django.utils.translation import gettext_lazy as _

from kith.base import ids
from kith.permissions.viewer import PARTS
from kith.records.names import SealedName, mark_of, name_in


class People(BaseUserManager["Person"]):
    """Finds a person by the name they sign in with, whatever its capitals."""

    def get_by_natural_key(self, username: str | None) -> "Person":
        return self.get(handle_mark=mark_of(username or ""))

    def with_handle(self, handle: str) -> "models.QuerySet[Person]":
        """Whoever signs in by this name, whatever its capitals: one person, or none."""
        return self.filter(handle_mark=mark_of(handle))


class Person(AbstractBaseUser):
    """Someone with a notebook. `handle` is the name to sign in with; none without an account."""

    id = models.UUIDField(primary_key=True, default=ids.new)
    sealed_handle = SealedName(default=bytes)
    handle_mark = models.CharField(max_length=64, unique=True, null=True)
    sealed_called = SealedName(default=bytes)
    notebook = models.UUIDField(default=ids.new, unique=True)
    began = models.DateTimeField()

    belongs_to = "pk"  # also in a backup, sealed under a key of theirs
    called = name_in("sealed_called")
    _handle = name_in("sealed_handle")
    USERNAME_FIELD = "handle_mark"
    objects: ClassVar[People] = People()

    class Meta:
        db_table = "kith_person"

    def __str__(self) -> str:
        return str(self.id)

    @property
    def handle(self) -> str | None:
        """The name they sign in with, if they have one."""
        return str(self._handle) or None

    @handle.setter
    def handle(self, handle: str | None) -> None:
        self._handle = handle or ""
        self.handle_mark = mark_of(handle) if handle else None

    def named(self, called: str, handle: str | None = None) -> Self:
        """The same person, called so, and signing in by `handle`."""
        self.called, self.handle = called, handle
        return self

    def has_way_in(self) -> bool:
        """Whether there is anything to ask for: without it, the notebook opens by itself."""
        return self.has_usable_password() or self.keys_in().exists()

    def keys_in(self) -> "models.QuerySet[Passkey]":
        """Their passkeys that let them in; others may still open what is only theirs."""
        return self.passkeys.filter(only_opens=False)


class Circle(models.Model):
    """People who share something: a ward, a team, a study, a household, a year of workshops.

    A study `ends`, and what is shown to it with it. A service can let reveals between those who
    work there and those who stay there rest until a day: over a tribunal or a review, say.
    """

    class Sort(models.TextChoices):
        WARD = "ward", _("a ward or service")
        TEAM = "team", _("a team")
        HOUSEHOLD = "household", _("a household or group of friends")
        INQUIRY = "inquiry", _("a workshop or a year of them")
        STUDY = "study", _("a study")

    id = models.UUIDField(primary_key=True, default=ids.new)
    sealed_name = SealedName(default=bytes)
    sort = models.CharField(max_length=20, choices=Sort.choices)
    began = models.DateTimeField()
    ends = models.DateField(null=True)
    rests_until = models.DateField(null=True)

    belongs_to = "pk"  # also in a backup, sealed under a key of its own
    name = name_in("sealed_name")

    class Meta:
        db_table = "kith_circle"

    def __str__(self) -> str:
        return str(self.id)

    @property
    def over(self) -> datetime | None:
        """When the last day of a study is over."""
        if self.sort != self.Sort.STUDY or self.ends is None:
            return None
        return make_aware(datetime.combine(self.ends + timedelta(days=1), time()))

    @property
    def takes_requests(self) -> bool:
        """Whether one can ask this circle for something: it runs a service."""
        return self.sort in (self.Sort.WARD, self.Sort.TEAM)


class Membership(models.Model):
    """A person in a circle: the part they have there, and the roles they speak from (many)."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="memberships")
    circle = models.ForeignKey(Circle, models.CASCADE, related_name="memberships")
    part = models.CharField(max_length=10, choices=[(part, part) for part in PARTS])
    roles = models.JSONField(default=list)

    class Meta:
        db_table = "kith_membership"
        constraints = [
            models.UniqueConstraint(fields=["person", "circle"], name="one_membership_each")
        ]


class Invitation(models.Model):
    """A code on a card: whoever types it joins the circle with the part it gives."""

    id = models.UUIDField(primary_key=True, default=ids.new)
    circle = models.ForeignKey(Circle, models.CASCADE, related_name="invitations")
    code = models.CharField(max_length=64, unique=True)
    part = models.CharField(max_length=10, choices=[(part, part) for part in PARTS])
    ends = models.DateTimeField()
    stopped = models.DateTimeField(null=True)

    class Meta:
        db_table = "kith_invitation"


class CardOfWords(models.Model):
    """Six words on paper that let one person in, once. `again` is for one who was here before.

    A card made `again` without a person opens nothing: the name was nobody's in the circle.
    """

    id = models.UUIDField(primary_key=True, default=ids.new)
    circle = models.ForeignKey(Circle, models.CASCADE, related_name="cards_of_words")
    code = models.CharField(max_length=64, unique=True)
    part = models.CharField(max_length=10)
    again = models.BooleanField(default=False)
    person = models.ForeignKey(Person, models.CASCADE, null=True, related_name="+")
    ends = models.DateTimeField()
    used = models.DateTimeField(null=True)

    class Meta:
        db_table = "kith_card_of_words"


class Vouching(models.Model):
    """One keeper saying that somebody stands before them; of whom, only a keyed hash."""

    circle = models.ForeignKey(Circle, models.CASCADE, related_name="+")
    keeper = models.ForeignKey(Person, models.CASCADE, related_name="+")
    mark = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        db_table = "kith_vouching"


class Session(AbstractBaseSession):
    """Someone being signed in on one device, which they can see and end."""

    person = models.ForeignKey(Person, models.CASCADE, null=True, related_name="sessions")
    began = models.DateTimeField()
    seen = models.DateTimeField()
    kind = models.CharField(max_length=10, blank=True)
    shared = models.BooleanField(default=False)

    class Meta:
        db_table = "kith_session"

    @classmethod
    def get_session_store_class(cls) -> type:
        from kith.people.signin.sessions import SessionStore

        return SessionStore


class Passkey(models.Model):
    """A key on a device of someone's own: its public half, and the name they gave it.

    After two keepers helped someone back in, one from before lets nobody in, but may be all that
    opens what is only theirs: then it stays for that alone (`only_opens`).
    """

    id = models.UUIDField(primary_key=True, default=ids.new)
    person = models.ForeignKey(Person, models.CASCADE, related_name="passkeys")
    sealed_name = SealedName(default=bytes)
    credential = models.BinaryField(max_length=1024, unique=True)
    public = models.BinaryField()
    count = models.PositiveBigIntegerField()
    made = models.DateField()
    only_opens = models.BooleanField(default=False)

    belongs_to = "person"
    name = name_in("sealed_name")

    class Meta:
        db_table = "kith_passkey"


class Trace(models.Model):
    """One line for its person alone: what changed about how their notebook can be opened."""

    WHATS: ClassVar = {
        "passphrase": _("A passphrase was set."),
        "passkey": _("A passkey was added."),
        "passkey-gone": _("A passkey was taken away."),
        "card": _("Two keepers made a card of words for you."),
        "card-used": _("A card of words was used to come in."),
    }

    person = models.ForeignKey(Person, models.CASCADE, related_name="traces")
    what = models.CharField(max_length=20)
    day = models.DateField()
    circle = models.ForeignKey(Circle, models.SET_NULL, null=True)

    class Meta:
        db_table = "kith_trace"

    @property
    def told(self) -> str:
        """What happened, in words."""
        return str(self.WHATS.get(self.what, self.what))


class Tries(models.Model):
    """Wrong tries at one thing: its keyed hash, how many, and when the last was."""

    mark = models.CharField(max_length=64, primary_key=True)
    wrong = models.PositiveIntegerField()
    last = models.DateTimeField(db_index=True)

    class Meta:
        db_table = "kith_tries"


class Installation(models.Model):
    """One row: whether everybody here is invented. Set once, when the first person comes."""

    invented = models.BooleanField()

    class Meta:
        db_table = "kith_installation"
