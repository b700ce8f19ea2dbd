"""A way to reach somebody as it is typed: all its hours or none, and who says that it is safe."""

from datetime import datetime, time
from typing import Final

from hub.cases.safe_contact import LEAVES_WORDS, ContactMethod, Day, hours_of, zone_called
from hub.core.language import _
from hub.web.form import Form

HOURS: Final = ("days", "opens", "closes")


def typed(form: Form, at: datetime) -> dict[str, str]:
    """The body of a contact; its mistakes are noted on the form.

    Args:
        at: now, which is when somebody says that it is safe.
    """
    method, value = form.choice("method", ContactMethod), form.optional_text("value")
    if not value and method is not ContactMethod.IN_PERSON:
        form.refuse("value", _("Give the number, the address or the person."))
    _refuse_nothing_left(form, method)
    confirmed = form.optional_text("confirmed_by")
    return {
        "method": method.value,
        "value": value,
        **_hours(form),
        "who_may_answer": form.optional_text("who_may_answer", 300),
        "may_say": form.optional_text("may_say", 300),
        "code_word": form.optional_text("code_word"),
        "leave": "yes" if form.ticked("leave") else "",
        "do_not": "yes" if form.ticked("do_not") else "",
        "text": form.optional_prose("text", 1000),
        "confirmed_by": confirmed,
        "confirmed_at": at.isoformat() if confirmed else "",
    }


def _refuse_nothing_left(form: Form, method: ContactMethod) -> None:
    """A way that only leaves words there needs that they may be left, unless it is never used."""
    if method in LEAVES_WORDS and not form.ticked("leave") and not form.ticked("do_not"):
        sentence = _(
            "Whoever uses this way leaves words there. Tick this if that is safe. If it is not, "
            "choose another way, or tick that it must not be used at all."
        )
        form.refuse("leave", sentence)


def _hours(form: Form) -> dict[str, str]:
    """Days, hours and zone, all or none of them; or what was said of it in words."""
    days = form.choices("days", Day)
    body = {
        "safe_when": form.optional_text("safe_when", 300),
        "days": " ".join(day.value for day in Day if day in days),
        "opens": _time(form, "opens"),
        "closes": _time(form, "closes"),
        "zone": form.optional_text("zone", 60),
    }
    if not any(body[part] for part in HOURS):
        if not body["safe_when"]:
            form.refuse("safe_when", _("Fill this in. Or tick days and give hours."))
        return {"safe_when": body["safe_when"]}
    _refuse_half(form, body)
    return body


def _refuse_half(form: Form, body: dict[str, str]) -> None:
    if not body["days"]:
        form.refuse("days", _("Tick on which days."))
    for part in ("opens", "closes"):
        if not body[part]:
            form.refuse(part, _("Give an hour, such as 17:00."))
    if zone_called(body["zone"]) is None:
        form.refuse("zone", _("Give a time zone, such as Asia/Amman or Europe/London."))
    elif not form.errors and hours_of(body) is None:
        form.refuse("closes", _("Give another hour than the first."))


def _time(form: Form, name: str) -> str:
    """An hour and a minute, as 17:00; "" when left empty."""
    said = form.optional_text(name, 8)
    try:
        return time.fromisoformat(said).strftime("%H:%M") if said else ""
    except ValueError:
        form.refuse(name, _("Give an hour, such as 17:00."))
        return ""
