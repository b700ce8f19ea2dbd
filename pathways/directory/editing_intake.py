"""Whom a service takes and how it takes a referral, read from the form its agency fills in."""

from dataclasses import replace
from datetime import timedelta
from typing import Final

from hub.core.language import _
from hub.core.words import Worded
from hub.web.form import Form
from pathways.directory.languages import country_code
from pathways.directory.listing import Eligibility, Intake, Nationality, Promise
from pathways.directory.terms import (
    Arrival,
    Criterion,
    Document,
    Feedback,
    Gender,
    Limit,
    NextStep,
    ReferralMethod,
    Registration,
)

OLDEST: Final = 150


class Within(Worded):
    """How soon, as the form offers it; the code is whole minutes."""

    CASE_BY_CASE = "case-by-case", "Case by case"
    HOUR = "60", "1 hour"
    DAY = "1440", "1 day"
    THREE_DAYS = "4320", "3 days"
    WEEK = "10080", "1 week"
    TWO_WEEKS = "20160", "2 weeks"
    MONTH = "43200", "30 days"


class Answer(Worded):
    """Yes or no, where not to say is the third answer."""

    YES = "yes", "Yes"
    NO = "no", "No"


def eligibility(form: Form, before: Eligibility) -> Eligibility:
    """Whom it takes."""
    least, most = _age(form, "minimum_age"), _age(form, "maximum_age")
    if least is not None and most is not None and least > most:
        form.refuse("maximum_age", _("Give an age that is not below the lowest."))
    limit = form.choice("nationality", Limit)
    papers = form.choice("registration", Registration)
    return replace(
        before,
        minimum_age=least,
        maximum_age=most,
        genders=form.choices("genders", Gender),
        takes_children=_yes(form, "takes_children"),
        nationality=Nationality(limit, _countries(form, limit)),
        registration=papers,
        documents=form.choices("documents", Document),
        expired_documents_taken=_yes(form, "expired"),
        criteria=form.choices("criteria", Criterion),
        words=form.optional_prose("eligibility_words"),
    )


def _age(form: Form, name: str) -> int | None:
    return form.whole(name, 0, OLDEST) if form.optional_text(name) else None


def _countries(form: Form, limit: Limit) -> frozenset[str]:
    """Countries by name, needed exactly where the limit has a list."""
    typed = [said.strip() for said in form.optional_text("countries").split(",") if said.strip()]
    codes = {said: country_code(said) for said in typed}
    for said, code in codes.items():
        if not code:
            form.refuse("countries", _("“{name}” is no country known here.").format(name=said))
    if limit not in (Limit.ONLY, Limit.EXCEPT):
        return frozenset()
    if not typed:
        form.refuse("countries", _("Name at least one country."))
    return frozenset(codes.values())


def intake(form: Form, before: Intake) -> Intake:
    """How it takes a referral. HUB is not chosen: it follows from the agency."""
    methods = form.choices("methods", ReferralMethod)
    if ReferralMethod.NOT_ACCEPTED in methods and len(methods) > 1:
        form.refuse("methods", _("Tick either a way to refer, or that none is accepted."))
    return replace(
        before,
        methods=methods - {ReferralMethod.HUB},
        arrivals=form.choices("arrivals", Arrival),
        response=_promise(form, "response"),
        next_steps=form.choices("next_steps", NextStep),
        feedback=form.choices("feedback", Feedback),
        feedback_delay=_promise(form, "feedback_delay"),
        words=form.optional_prose("intake_words"),
    )


def _promise(form: Form, name: str) -> Promise:
    within = form.optional_choice(name, Within)
    if within is None:
        return Promise()
    if within is Within.CASE_BY_CASE:
        return Promise(case_by_case=True)
    return Promise(timedelta(minutes=int(within)))


def _yes(form: Form, name: str) -> bool | None:
    answer = form.optional_choice(name, Answer)
    return None if answer is None else answer is Answer.YES


def offered(promise: Promise) -> str:
    """The choice of Within that says a promise: the nearest that is not shorter; "" for none."""
    if promise.within is None:
        return Within.CASE_BY_CASE.value if promise.case_by_case else ""
    minutes = promise.within // timedelta(minutes=1)
    timed = [choice for choice in Within if choice is not Within.CASE_BY_CASE]
    return next((choice for choice in timed if int(choice) >= minutes), Within.MONTH).value


def answered(yes: bool | None) -> str:
    """The choice of Answer that says it; "" for not said."""
    return "" if yes is None else (Answer.YES if yes else Answer.NO).value
