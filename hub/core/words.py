"""The closed lists many parts share, each with the words that stand for it on screen.

Sources: OVC human trafficking task force e-guide (roles), IASC inter-agency referral form
(priorities, categories), GBVIMS and Primero lookups (service types).
"""

from collections.abc import Iterable
from datetime import timedelta
from enum import StrEnum
from typing import Final, Self

from hub.core.language import Lazy, lazy


class Worded(StrEnum):
    """A closed list whose members carry a label for the screen."""

    label: Lazy

    def __new__(cls, code: str, label: str) -> Self:
        member = str.__new__(cls, code)
        member._value_ = code
        member.label = lazy(label)
        return member


def pairs(words: Iterable[Worded]) -> list[tuple[str, str]]:
    """Code and words of each member, as a form offers them, in the order given."""
    return [(each.value, str(each.label)) for each in words]


class SpokenOf(Worded):
    """How the sentences on a page speak of a survivor: a grammatical form, and nothing more."""

    SHE = "she", "she"
    HE = "he", "he"
    THEY = "they", "they"


class Category(Worded):
    """What an entry is about. Release and envelope are by category; an envelope carries one."""

    IDENTITY = "identity", "Identity"
    CONTACT = "contact", "Contact"
    LOCATION = "location", "Location"
    ACCESS = "access", "Language and access"
    NEED = "need", "Need"
    SAFETY = "safety", "Safety"
    HEALTH = "health", "Health"
    LEGAL = "legal", "Legal"
    IMMIGRATION = "immigration", "Immigration"
    CHILDREN = "children", "Children"
    FAMILY = "family", "Family and household"
    MONEY = "money", "Money"
    ACCOUNT = "account", "What happened"
    PLAN = "plan", "Plan"
    EVIDENCE = "evidence", "Signed releases"
    WORKINGS = "workings", "Own notes"
    ARRANGEMENTS = "arrangements", "Arrangements of a meeting"


NEVER_RELEASED: Final = frozenset({Category.EVIDENCE, Category.WORKINGS, Category.ARRANGEMENTS})
"""Categories no release can share. Arrangements travel with an invitation, no story in them."""

RELEASABLE: Final = tuple(c for c in Category if c not in NEVER_RELEASED)


class Ground(Worded):
    """Why a holder has a share."""

    OWN_WORK = "own_work", "own work"
    RELEASE = "release", "a release"
    LEGAL_DUTY = "legal_duty", "a legal duty to report"
    COURT_ORDER = "court_order", "a court order"
    EMERGENCY = "emergency", "an emergency"
    HER_OWN = "her_own", "the copy of the person it is about"
    INVITATION = "invitation", "an invitation to a meeting"


class Purpose(Worded):
    """What a release is for."""

    REFERRAL = "referral", "Referral to a service"
    COORDINATION = "coordination", "Coordination between two agencies"
    CONFERENCE = "conference", "Case conferences"
    ACCOMPANIMENT = "accompaniment", "Accompaniment"
    TRANSFER = "transfer", "Transfer of the case"
    FIGURES = "figures", "Figures only"


class Role(Worded):
    """What a member of staff does. Nobody has a role they were not given."""

    CASE_MANAGER = "case_manager", "Case manager"
    SUPERVISOR = "supervisor", "Supervisor"
    INTAKE_WORKER = "intake_worker", "Intake worker"
    COORDINATOR = "coordinator", "Task force coordinator"
    ADMINISTRATOR = "administrator", "Agency administrator"
    PRIVACY_OFFICER = "privacy_officer", "Privacy officer"


WITH_PEOPLE: Final = frozenset({Role.INTAKE_WORKER, Role.CASE_MANAGER, Role.SUPERVISOR})
"""Roles in which somebody works with the people it is about; nobody else opens their files."""


class HolderKind(Worded):
    """Who can hold a share."""

    PERSON = "person", "A person"
    CARE_TEAM = "care_team", "A care team"
    DESK = "desk", "An intake desk"
    SURVIVOR = "survivor", "The person it is about"
    POST = "post", "The post of an agency"


class KeptOutFor(Worded):
    """Why somebody must never know of a case."""

    HER_WISH = "her_wish", "By the wish of the person it is about"
    CONFLICT = "conflict", "By their own word"
    DESK = "desk", "Their intake desk is not safe"


class Hurry(Worded):
    """Why something cannot wait the minutes in which it could be called back."""

    DANGER = "danger", "There is danger now"
    MET_NOW = "met_now", "They are meeting now"
    DEADLINE = "deadline", "A deadline passes before then"


class Priority(Worded):
    """How soon an answer is needed. Source: IASC inter-agency referral form."""

    EMERGENCY = "emergency", "Emergency: answer within 24 hours"
    URGENT = "urgent", "Urgent: answer within 72 hours"
    NORMAL = "normal", "Normal: answer within two weeks"


ANSWER_WITHIN: Final = {
    Priority.EMERGENCY: timedelta(hours=24),
    Priority.URGENT: timedelta(hours=72),
    Priority.NORMAL: timedelta(days=14),
}


class ServiceType(Worded):
    """What kind of help a service gives: the short list for routing, releases and the map."""

    CASE_MANAGEMENT = "case-management", "Case management"
    HEALTH_MEDICAL = "health-medical", "Medical care"
    PSYCHOSOCIAL = "psychosocial", "Psychosocial support"
    LEGAL_ASSISTANCE = "legal-assistance", "Legal advice"
    SAFETY_SECURITY = "safety-security", "Police and security"
    SAFE_HOUSE_SHELTER = "safe-house-shelter", "A safe place to stay"
    LIVELIHOODS = "livelihoods", "Work and livelihood"
    CHILD_PROTECTION = "child-protection", "Child protection"
    HOTLINE = "hotline", "Helpline"
    CASH_VOUCHER = "cash-voucher", "Cash and vouchers"
    EDUCATION = "education", "Education"
    HOUSING = "housing", "Housing"
    FOOD = "food", "Food and basic items"
    REGISTRATION_DOCUMENTATION = "registration-documentation", "Registration and papers"
    IMMIGRATION_RELIEF = "immigration-relief", "Immigration advice"
    INTERPRETATION = "interpretation", "Interpreting"
    TRANSPORT = "transport", "Transport"
    SUBSTANCE_USE = "substance-use", "Help with alcohol or drugs"
    DISABILITY = "disability", "Disability support"
    SPIRITUAL = "spiritual", "Faith and spiritual care"
    OTHER = "other", "Other help"
