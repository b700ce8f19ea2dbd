"""Whom an HSDS service takes, and how it takes a referral."""

from typing import Final

from hub.core.language import _
from pathways.directory.fields import PROSE, Fields
from pathways.directory.hsds_words import Attributes
from pathways.directory.listing import Eligibility, Intake, Nationality
from pathways.directory.terms import (
    NATIONALITY,
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


def eligibility(said: Fields, attributes: Attributes) -> Eligibility:
    """Ages, papers and limits.

    Raises:
        RecordRefused: ages beyond 0 to 150, or the least above the most.
    """
    least, most = said.number("minimum_age", 0, OLDEST), said.number("maximum_age", 0, OLDEST)
    if least is not None and most is not None and least > most:
        raise said.wrong("minimum_age", _("It is above maximum_age."))
    papers = tuple(one.text("document") for one in said.each("required_documents"))
    return Eligibility(
        minimum_age=None if least is None else int(least),
        maximum_age=None if most is None else int(most),
        genders=attributes.words("gender", Gender),
        takes_children=attributes.yes("takes-children"),
        nationality=_nationality(attributes),
        registration=attributes.word("registration", Registration, Registration.UNRECORDED),
        documents=attributes.words("document", Document),
        expired_documents_taken=attributes.yes("expired-documents-taken"),
        other_documents=tuple(paper for paper in papers if paper),
        criteria=attributes.words("criterion", Criterion),
        words=said.text("eligibility_description", PROSE),
    )


def _nationality(attributes: Attributes) -> Nationality:
    limit = attributes.word("nationality-limit", Limit, Limit.UNRECORDED)
    codes = [code.upper() for code in attributes.values.get(NATIONALITY, ())]
    countries = frozenset(code for code in codes if len(code) == 2 and code.isascii())
    if limit in (Limit.ONLY, Limit.EXCEPT) and not countries:
        return Nationality()
    return Nationality(limit, countries)


def intake(said: Fields, attributes: Attributes) -> Intake:
    """How referrals are taken; HSDS itself has only the words of application_process."""
    return Intake(
        methods=attributes.words("referral-method", ReferralMethod) - {ReferralMethod.HUB},
        arrivals=attributes.words("arrival", Arrival),
        response=attributes.promise("response"),
        next_steps=attributes.words("next-step", NextStep),
        feedback=attributes.words("feedback", Feedback),
        feedback_delay=attributes.promise("feedback-delay"),
        words=said.text("application_process", PROSE),
    )
