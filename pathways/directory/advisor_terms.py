"""What the words of Jordan's Services Advisor mean in ours: every value in the published file.

A value that is not in these tables is kept in the service's words and decides nothing.
"""

from collections.abc import Mapping
from datetime import timedelta
from types import MappingProxyType
from typing import Final

from hub.core.words import ServiceType as Kind
from pathways.directory.listing import Nationality, Promise
from pathways.directory.terms import (
    Arrival,
    Criterion,
    Document,
    Extent,
    Feedback,
    Frequency,
    Limit,
    NextStep,
    ReferralMethod,
    Registration,
    Weekday,
)

ACTIVITIES: Final[Mapping[str, frozenset[Kind]]] = MappingProxyType(
    {
        "Financial assistance": frozenset({Kind.CASH_VOUCHER}),
        "Distribution for Basic needs (NFI)": frozenset({Kind.FOOD}),
        "Child Protection": frozenset({Kind.CHILD_PROTECTION}),
        "Women Safe Spaces": frozenset({Kind.PSYCHOSOCIAL}),
        "Health Services": frozenset({Kind.HEALTH_MEDICAL}),
        "Food Security": frozenset({Kind.FOOD}),
        "Support for learning  environment": frozenset({Kind.EDUCATION}),
        "Hygiene & hygiene products Delivery": frozenset({Kind.FOOD}),
        "Nutrition Services": frozenset({Kind.HEALTH_MEDICAL}),
        "Nutritional Status Impovement": frozenset({Kind.HEALTH_MEDICAL, Kind.FOOD}),
        "Education opportunities": frozenset({Kind.EDUCATION}),
        "Education for children with disabilities": frozenset({Kind.EDUCATION, Kind.DISABILITY}),
        "Cash For Rent": frozenset({Kind.CASH_VOUCHER, Kind.HOUSING}),
        "Shelter Rehabilitation": frozenset({Kind.HOUSING}),
        "Psychosocial & Mental Health": frozenset({Kind.PSYCHOSOCIAL}),
    }
)
"""What an activity always is. The others (protection, rights, water) are what their parts are."""

PARTS: Final[Mapping[str, Kind]] = MappingProxyType(
    {
        "Legal services": Kind.LEGAL_ASSISTANCE,
        "Case management for survivors of gender-based violence (GBV)": Kind.CASE_MANAGEMENT,
        "Multisectoral services for survivers of gender-based violence (GBV)": (
            Kind.CASE_MANAGEMENT
        ),
        "Shelter for survivors of gender-based violence (GBV)": Kind.SAFE_HOUSE_SHELTER,
        "Shelter for vulnerable families": Kind.HOUSING,
        "Medical services for survivors of gender-based violence (GBV) "
        "(including clinical management of rape - CMR)": Kind.HEALTH_MEDICAL,
        "Best Interest Assessment (BIA) and/or Best Interest Determination (BID) process for "
        "unaccompanied separated and other children at risk": Kind.CHILD_PROTECTION,
        "Family tracing and reunification for unaccompanied and/or separated children (UASC)": (
            Kind.CHILD_PROTECTION
        ),
        "Alternative care for unaccompanied and/or separated children (UASC)": (
            Kind.CHILD_PROTECTION
        ),
        "Targeted programs for children engaged in child labour": Kind.CHILD_PROTECTION,
        "Targeted programs for children associated with armed forces and/or armed groups "
        "(CAAFAG)": Kind.CHILD_PROTECTION,
        "Financial assistance to vulnerable families": Kind.CASH_VOUCHER,
        "Material assistance to vulnerable families (Non-food items)": Kind.FOOD,
        "Specific services for persons with disabilities": Kind.DISABILITY,
        "Registration and Reception centers/facilities - provision of documentation "
        "(Asylum Seeker Certificate)": Kind.REGISTRATION_DOCUMENTATION,
        "Access to information and registration procedures (early appointments transport to "
        "Registration Centers)": Kind.REGISTRATION_DOCUMENTATION,
        "Livelihoods projects (income-generating activities life skills literacy classes etc.)": (
            Kind.LIVELIHOODS
        ),
        "Interventions for alcohol/substance use problems": Kind.SUBSTANCE_USE,
        "Mental health care": Kind.PSYCHOSOCIAL,
        "Psychosocial support to classes/groups of children at schools/learning places": (
            Kind.PSYCHOSOCIAL
        ),
        "Strengthening of parenting/family supports": Kind.PSYCHOSOCIAL,
        "Women's centres": Kind.PSYCHOSOCIAL,
        "Early childhood development (ECD) activities": Kind.EDUCATION,
        "Facilitation of conditions for indigenous traditional spiritual or religious supports "
        "including communal healing practices": Kind.SPIRITUAL,
    }
)
"""What a part of an activity adds, where it is counted above nothing."""

FIRST_TOLD: Final = frozenset(
    {
        Kind.CASE_MANAGEMENT,
        Kind.PSYCHOSOCIAL,
        Kind.HEALTH_MEDICAL,
        Kind.HOTLINE,
        Kind.SAFETY_SECURITY,
    }
)
"""Kinds of help where a survivor may first tell somebody: an entry point, if she can just come."""

CRITERIA: Final = MappingProxyType(
    {
        "Open to all": Criterion.OPEN,
        "Specific Vulnerability Calculation/Scoring": Criterion.SCORE,
        "Family unity": Criterion.FAMILY,
        "Disability": Criterion.DISABILITY,
        "Child at risk": Criterion.CHILD_AT_RISK,
        "Single parent or caregiver": Criterion.SINGLE_PARENT,
        "Woman at risk": Criterion.WOMAN_AT_RISK,
        "Serious medical condition": Criterion.MEDICAL,
        "Older person at risk": Criterion.OLDER,
        "Unaccompanied or separated child": Criterion.UNACCOMPANIED,
        "SGBV": Criterion.SURVIVOR,
    }
)

NATIONALITIES: Final = MappingProxyType(
    {
        "No restriction": Nationality(Limit.ANYONE),
        "Syrians only": Nationality(Limit.ONLY, frozenset({"SY"})),
        "Jordanians only": Nationality(Limit.ONLY, frozenset({"JO"})),
        "Other nationalities only": Nationality(Limit.EXCEPT, frozenset({"JO", "SY"})),
    }
)

_BOTH: Final = frozenset({Document.UNHCR_CERTIFICATE, Document.INTERIOR_CARD})
REGISTRATIONS: Final[Mapping[str, tuple[Registration, frozenset[Document], bool | None]]] = (
    MappingProxyType(
        {
            "No Requirement": (Registration.NONE_NEEDED, frozenset(), None),
            "Valid UNHCR ASC and MOI card": (Registration.NEEDED, _BOTH, False),
            "Expired and Valid UNHCR ASC and MOI": (Registration.NEEDED, _BOTH, True),
            "UNHCR ASC": (Registration.NEEDED, frozenset({Document.UNHCR_CERTIFICATE}), None),
            "MOI card": (Registration.NEEDED, frozenset({Document.INTERIOR_CARD}), None),
            "Orginal Proof of Syrian ID": (
                Registration.NEEDED,
                frozenset({Document.IDENTITY_PROOF}),
                None,
            ),
        }
    )
)
"""Whether papers are needed, which, and whether expired ones will do (None: not said)."""

ARRIVALS: Final = MappingProxyType(
    {
        "Walk-in": frozenset({Arrival.WALK_IN}),
        "Outreach": frozenset({Arrival.OUTREACH}),
        "Referrals only": frozenset({Arrival.REFERRAL}),
        "Walk-in & Outreach": frozenset({Arrival.WALK_IN, Arrival.OUTREACH}),
        "Outreach Information hotline": frozenset({Arrival.OUTREACH, Arrival.HOTLINE}),
        "Hotline and follow up home visit": frozenset({Arrival.HOTLINE, Arrival.HOME_VISIT}),
        "All the above": frozenset({Arrival.WALK_IN, Arrival.OUTREACH, Arrival.REFERRAL}),
    }
)

METHODS: Final = MappingProxyType(
    {
        "Email on a per case basis": ReferralMethod.EMAIL,
        "Telephone on a per case basis": ReferralMethod.PHONE,
        "IA Form": ReferralMethod.FORM,
        "RAIS": ReferralMethod.SHARED_SYSTEM,
        "Referral is not required": ReferralMethod.NOT_NEEDED,
        "Referrals not accepted": ReferralMethod.NOT_ACCEPTED,
    }
)

NEXT_STEPS: Final = MappingProxyType(
    {
        "Follow up call": NextStep.FOLLOW_UP_CALL,
        "Call to arrange  home visit": NextStep.HOME_VISIT_CALL,
        "Client approaches receiving organisation": NextStep.CLIENT_COMES,
    }
)

FEEDBACK: Final = MappingProxyType(
    {
        "Email to refering organisation": Feedback.EMAIL,
        "Phone call to sender organisation": Feedback.PHONE,
        "To be requested by the sending organisation": Feedback.ON_REQUEST,
        "Excel Tracking table": Feedback.TRACKING_TABLE,
        "Event entered in RAIS": Feedback.SHARED_SYSTEM,
        "Sending back IA form signed": Feedback.SIGNED_FORM,
        "With consent of the beneficiary": Feedback.WITH_CONSENT,
        "No feedback mecanism": Feedback.NONE,
    }
)

_PROMISES: Final = {
    "Case by case basis": Promise(case_by_case=True),
    "One day": Promise(timedelta(days=1)),
    "One week": Promise(timedelta(weeks=1)),
    "One month": Promise(timedelta(days=30)),
}
RESPONSES: Final = MappingProxyType(_PROMISES)
FEEDBACK_DELAYS: Final = MappingProxyType(
    {
        "Delay on Case by case": _PROMISES["Case by case basis"],
        "Delay One day": _PROMISES["One day"],
        "Delay One week": _PROMISES["One week"],
        "Delay One month": _PROMISES["One month"],
    }
)

EXTENTS: Final = MappingProxyType(
    {
        "Office location only - walk in distance": Extent.WALKING,
        "City where the service is located": Extent.CITY,
        "District where the service is located": Extent.DISTRICT,
        "Governorate where the service is located": Extent.GOVERNORATE,
        "Governorate & Adjacent Governorates": Extent.ADJACENT,
        "North": Extent.REGION,
        "Central": Extent.REGION,
        "South": Extent.REGION,
        "Countrywide": Extent.COUNTRY,
    }
)

FREQUENCIES: Final = MappingProxyType(
    {
        "Every Day": Frequency.WEEKLY,
        "Once a week": Frequency.WEEKLY,
        "Once a month": Frequency.MONTHLY,
        "One Off": Frequency.ONCE,
        "One time": Frequency.ONCE,
    }
)
"""Left out: "Biweekly" and "Bimonthly", which people read in two ways, and "Once per trimester"."""

DAYS: Final = MappingProxyType(
    {
        "Sun-Thurs": frozenset({Weekday.SU, Weekday.MO, Weekday.TU, Weekday.WE, Weekday.TH}),
        "Mon-Thurs  and Sat": frozenset(
            {Weekday.MO, Weekday.TU, Weekday.WE, Weekday.TH, Weekday.SA}
        ),
        "Sundays only": frozenset({Weekday.SU}),
        "Mondays only": frozenset({Weekday.MO}),
        "Tuesdays only": frozenset({Weekday.TU}),
        "Thursdays only": frozenset({Weekday.TH}),
        "Saturdays only": frozenset({Weekday.SA}),
    }
)
