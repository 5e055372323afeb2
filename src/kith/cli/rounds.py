"""What a server does by itself while it runs: erasures whose time has come, and backups."""

import logging
import threading
from datetime import timedelta

from kith.base import clock

EVERY = 60.0  # seconds from one round to the next
AGAIN = timedelta(hours=1)
"""How long after a failed backup the next is tried."""
log = logging.getLogger("kith.rounds")


def begin() -> None:
    """Go round every minute, beside the server, until the process ends. The first goes at once."""
    from kith.cli.copies import say_failed

    say_failed()
    threading.Thread(target=_for_ever, name="rounds", daemon=True).start()


def go_round() -> None:
    """One round. What fails is named in the log, without content, and tried again later."""
    for work in (_erase, _back_up):
        try:
            work()
        except Exception as error:
            why = getattr(error, "code", type(error).__name__)
            log.error("%s: %s", work.__name__.strip("_"), why)


def backup_is_due() -> bool:
    """Whether one is wished for and the last is old enough, or failed an hour ago or more."""
    from django.conf import settings

    from kith.records.backup import last_backup

    if settings.KITH_BACKUP_TO is None:
        return False
    last, now = last_backup(), clock.now()
    if last.failed and now - last.failed < AGAIN:
        return False
    return last.made is None or now - last.made >= timedelta(hours=settings.KITH_BACKUP_EVERY)


def _for_ever() -> None:
    from django.db import connections

    while True:
        go_round()
        connections.close_all()
        threading.Event().wait(EVERY)


def _erase() -> None:
    from kith.people.leaving import erase_due

    erase_due()


def _back_up() -> None:
    from django.conf import settings

    from kith.records.backup import back_up

    if settings.KITH_BACKUP_TO and backup_is_due():
        back_up(settings.KITH_BACKUP_TO)
