"""Whom a Services Advisor service takes, and how it takes a referral."""

from collections.abc import Mapping
from typing import Final

from pathways.directory import advisor_terms as terms
from pathways.directory.advisor_answers import Answers
from pathways.directory.listing import Eligibility, Intake, Nationality, Promise
from pathways.directory.terms import Arrival, Criterion, Gender, Registration

FOR_CHILDREN: Final = frozenset({Criterion.CHILD_AT_RISK, Criterion.UNACCOMPANIED})
FOR_WOMEN: Final = "Women Safe Spaces"
FOR_THE_YOUNG: Final = "Child Protection"

WHOM: Final[Mapping[int, Mapping[str, object]]] = {
    1: terms.REGISTRATIONS,
    2: terms.NATIONALITIES,
    3: terms.CRITERIA,
}
HOW: Final[Mapping[int, Mapping[str, object]]] = {
    4: terms.ARRIVALS,
    10: terms.METHODS,
    11: terms.NEXT_STEPS,
    12: terms.RESPONSES,
    13: terms.FEEDBACK,
    14: terms.FEEDBACK_DELAYS,
}


def eligibility(answers: Answers, activity: str) -> Eligibility:
    """Whom it takes; whom a space for women or a service for children is for, its name says."""
    criteria = frozenset(answers.known(3, terms.CRITERIA))
    papers = answers.one(1, terms.REGISTRATIONS)
    needed, documents, expired = papers or (Registration.UNRECORDED, frozenset(), None)
    for_children = activity == FOR_THE_YOUNG or bool(criteria & FOR_CHILDREN)
    return Eligibility(
        genders=frozenset({Gender.FEMALE}) if activity == FOR_WOMEN else frozenset(),
        takes_children=True if for_children else None,
        nationality=answers.one(2, terms.NATIONALITIES) or Nationality(),
        registration=needed,
        documents=documents,
        expired_documents_taken=expired,
        criteria=criteria,
        words=_unread(answers, WHOM),
    )


def intake(answers: Answers) -> Intake:
    """How referrals are taken, and what is promised afterwards."""
    return Intake(
        methods=frozenset(answers.known(10, terms.METHODS)),
        arrivals=frozenset[Arrival]().union(*answers.known(4, terms.ARRIVALS)),
        response=answers.one(12, terms.RESPONSES) or Promise(),
        next_steps=frozenset(answers.known(11, terms.NEXT_STEPS)),
        feedback=frozenset(answers.known(13, terms.FEEDBACK)),
        feedback_delay=answers.one(14, terms.FEEDBACK_DELAYS) or Promise(),
        words=_unread(answers, HOW),
    )


def _unread(answers: Answers, questions: Mapping[int, Mapping[str, object]]) -> str:
    """What was answered and has no known meaning, in its own words."""
    left = [answers.unread(number, meanings) for number, meanings in questions.items()]
    return "; ".join(words for words in left if words)
