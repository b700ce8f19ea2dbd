"""A service read from the form its agency fills in, on top of what was there before."""

from dataclasses import replace
from datetime import date
from typing import Final

from hub.core.language import _
from hub.core.words import ServiceType
from hub.web.form import Form
from pathways.directory.editing_intake import eligibility, intake
from pathways.directory.editing_place import areas, place, schedules
from pathways.directory.languages import code_of
from pathways.directory.listing import Phone, Service
from pathways.directory.terms import Status

NAME: Final = 300
MOST_NUMBERS: Final = 10


def written(form: Form, before: Service, today: date) -> Service:
    """What the form says of a service; what it does not ask for stays as it was.

    A mistake is noted in the form and the value is then of no use. `assured` becomes `today`,
    because the agency that gives the service has just said that this is so.
    """
    first, last = form.optional_day("first_day"), form.optional_day("last_day")
    if first is not None and last is not None and last < first:
        form.refuse("last_day", _("Give a last day that is not before the first."))
    types = form.choices("kinds", ServiceType)
    if not types:
        form.refuse("kinds", _("Tick at least one kind of help."))
    return replace(
        before,
        name=form.text("name", NAME),
        types=types,
        description=form.optional_prose("description"),
        status=form.choice("status", Status),
        alert=form.optional_text("alert", NAME),
        locations=(place(form, before), *before.locations[1:]),
        areas=areas(form, before),
        languages=_languages(form),
        interpretation=form.optional_text("interpretation", NAME),
        schedules=schedules(form, before),
        phones=_phones(form),
        email=form.optional_text("email", 254),
        url=form.optional_text("url", NAME),
        eligibility=eligibility(form, before.eligibility),
        intake=intake(form, before.intake),
        fees=form.optional_text("fees", NAME),
        entry_point=form.ticked("entry_point"),
        first_day=first,
        last_day=last,
        assured=today,
    )


def _languages(form: Form) -> frozenset[str]:
    """Ticked codes, and others typed by name."""
    ticked = {code_of(code) for code in form.fields.get("languages", [])} - {""}
    for said in form.optional_text("other_languages").replace(";", ",").split(","):
        code = code_of(said)
        if said.strip() and not code:
            unknown = _("“{name}” is no language known here. Use its English name: Turkish.")
            form.refuse("other_languages", unknown.format(name=said.strip()))
        ticked |= {code} if code else set()
    return frozenset(ticked)


def _phones(form: Form) -> tuple[Phone, ...]:
    """One number a line, and what it is for after a comma."""
    lines = [line.strip() for line in form.optional_prose("phones", 1000).splitlines()]
    kept = [line for line in lines if line]
    if len(kept) > MOST_NUMBERS:
        form.refuse("phones", _("Give at most {n} numbers.").format(n=MOST_NUMBERS))
    found = []
    for line in kept[:MOST_NUMBERS]:
        number, _comma, words = line.partition(",")
        if len(number) > 80 or not any(letter.isdigit() for letter in number):
            form.refuse("phones", _("Begin each line with a telephone number."))
        found.append(Phone(number.strip()[:80], words.strip()[:NAME]))
    return tuple(found)
