"""Fields only these pages have: an e-mail address, a passphrase, somebody's roles."""

from collections.abc import Iterable

from hub.core.language import _
from hub.core.words import Role
from hub.people.addresses import LONGEST, NotAnAddress, mailbox
from hub.people.passphrase import WeakPassphrase, plain, refuse_weak
from hub.web.form import Form

MOST_TYPED = 1000


def email(form: Form, name: str = "email") -> str:
    """An e-mail address that must be filled in."""
    typed = form.text(name, LONGEST)
    try:
        return mailbox(typed) if typed else ""
    except NotAnAddress as refused:
        form.refuse(name, refused)
        return ""


def passphrase(form: Form, name: str = "passphrase") -> str:
    """A passphrase exactly as typed, in one spelling; it is never shown again."""
    values = form.fields.get(name, [""])
    if len(values) != 1 or not values[0]:
        form.refuse(name, _("Type your passphrase."))
        return ""
    if len(values[0]) > MOST_TYPED:
        form.refuse(name, _("Use at most 200 characters."))
        return ""
    return plain(values[0])


def new_passphrase(form: Form, own_words: Iterable[str], name: str = "passphrase") -> str:
    """A passphrase being chosen, strong enough to keep."""
    chosen = passphrase(form, name)
    if chosen:
        try:
            refuse_weak(chosen, own_words)
        except WeakPassphrase as refused:
            form.refuse(name, refused)
    return chosen


def roles(form: Form, name: str = "roles") -> frozenset[Role]:
    """What somebody is to do: at least one of the list."""
    chosen = form.choices(name, Role)
    if not chosen:
        form.refuse(name, _("Choose at least one."))
    return chosen
