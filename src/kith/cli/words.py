"""The problems of running Kith, in plain words."""

from django.utils.translation import gettext_lazy as _

from kith.web.sentences import Text

SENTENCES: dict[str, Text] = {
    "archive-not-written": _("We could not write that file. It must be new, in a folder there is."),
    "archive-unreadable": _(
        "This is no archive of Kith, it was cut, or the passphrase is another."
    ),
    "passphrase-too-short": _("A passphrase has at least eight signs."),
    "passphrase-unreadable": _("We could not read the file with the passphrase."),
    "space-ambiguous": _("Several notebooks or circles go by that name."),
    "space-unknown": _(
        "No circle has that name, and nobody signs in with it. The notebook without an account"
        " on this computer is called: notebook."
    ),
    "backup-not-written": _("We could not write into that folder. No backup was made."),
    "backup-nowhere": _("Name a folder to write the backup into."),
    "not-copied-first": _(
        "What is here now cannot be read, so it was not copied first. Nothing has changed."
        " To put the backup in its place anyway, add --without-copy."
    ),
    "line-not-locked": _(
        "Other devices may only come in over a locked line. Name a certificate with --cert"
        " and --key, or the proxy that holds one with --behind-proxy. docs/run says how."
    ),
    "certificate-and-key": _("A certificate and its key go together: --cert and --key."),
    "certificate-unreadable": _(
        "We could not read the certificate with this key. Both are PEM files, the key"
        " belongs to the certificate and has no passphrase."
    ),
    "certificate-out-of-date": _(
        "The certificate does not count today. Get a new one, or look at the clock."
    ),
    "certificate-key-readable-by-others": _(
        "Others on this computer can read the certificate's key. Close it with chmod 600."
    ),
    "circle-sort-unknown": _("A circle is one of: ward, team, household, inquiry, study."),
    "invitation-unclear": _(
        "A card makes someone guest, team or keeper, and works for 1 to 366 days."
    ),
    "certificate-days": _("Choose from 1 to 90 days."),
    "authority-unreadable": _("This is no authority: take the authority.crt made for it."),
    "name-unclear": _("Write names such as kith.local, or addresses such as 192.168.1.20."),
    "not-an-address": _("Write an address in numbers, such as 192.168.1.20."),
    "name-missing": _("Say by --name what people type to come here, such as kith.example."),
    "port-not-yours": _("Ports below 1024 belong to the system. Choose one above."),
    "address-not-here": _("This computer has no such address. Look it up and try again."),
    "secret-too-easy": _("KITH_SECRET can be guessed. Leave it out and Kith makes one by itself."),
    "secret-readable-by-others": _(
        "Others on this computer can read the secret. Close it with chmod 600."
    ),
    "debugging-on": _("Debugging is on. It would show what people wrote. Turn it off."),
    "database-newer": _(
        "What is kept here was changed by a later version of Kith. Install that one again."
    ),
    "backup-not-made": _(
        "Before this version can change the tables it needs a backup, and could not make one."
        " Nothing has changed."
    ),
    "upgrade-failed": _(
        "This version could not take over what is kept here. Nothing has changed: the version of"
        " before still runs."
    ),
    "backup-newer": _("This backup is of a later version of Kith. Install that one first."),
    "kind-of-error": _("What went wrong: {kind}."),
    "clock-behind": _(
        "The clock is behind what was last kept here. Set it, or if it is right, start with"
        " --clock-is-right."
    ),
    "clock-ahead": _(
        "The clock is more than a year ahead of what was last kept here. Set it, or if it"
        " is right, start with --clock-is-right."
    ),
}
