"""Where each kind of help stands on the way of a survivor, and which kinds no town may lack."""

from types import MappingProxyType
from typing import Final

from hub.core.words import ServiceType, Worded
from pathways.directory.listing import Service


class Stage(Worded):
    """The columns of the map, from left to right."""

    ENTRY = "entry", "Entry points"
    FIRST = "first", "First response"
    CARE = "care", "Care and safety"
    FUTURE = "future", "Justice and future"


STAGE_OF: Final = MappingProxyType(
    {
        ServiceType.CASE_MANAGEMENT: Stage.FIRST,
        ServiceType.HOTLINE: Stage.FIRST,
        ServiceType.HEALTH_MEDICAL: Stage.FIRST,
        ServiceType.SAFETY_SECURITY: Stage.FIRST,
        ServiceType.INTERPRETATION: Stage.FIRST,
        ServiceType.TRANSPORT: Stage.FIRST,
        ServiceType.SAFE_HOUSE_SHELTER: Stage.CARE,
        ServiceType.PSYCHOSOCIAL: Stage.CARE,
        ServiceType.CHILD_PROTECTION: Stage.CARE,
        ServiceType.CASH_VOUCHER: Stage.CARE,
        ServiceType.FOOD: Stage.CARE,
        ServiceType.SUBSTANCE_USE: Stage.CARE,
        ServiceType.DISABILITY: Stage.CARE,
        ServiceType.SPIRITUAL: Stage.CARE,
        ServiceType.OTHER: Stage.CARE,
        ServiceType.LEGAL_ASSISTANCE: Stage.FUTURE,
        ServiceType.IMMIGRATION_RELIEF: Stage.FUTURE,
        ServiceType.REGISTRATION_DOCUMENTATION: Stage.FUTURE,
        ServiceType.HOUSING: Stage.FUTURE,
        ServiceType.LIVELIHOODS: Stage.FUTURE,
        ServiceType.EDUCATION: Stage.FUTURE,
    }
)

ESSENTIAL: Final = (
    ServiceType.CASE_MANAGEMENT,
    ServiceType.HEALTH_MEDICAL,
    ServiceType.SAFETY_SECURITY,
    ServiceType.HOTLINE,
    ServiceType.SAFE_HOUSE_SHELTER,
    ServiceType.PSYCHOSOCIAL,
    ServiceType.CHILD_PROTECTION,
    ServiceType.CASH_VOUCHER,
    ServiceType.LEGAL_ASSISTANCE,
    ServiceType.LIVELIHOODS,
)
"""Kinds of help a pathway must have. Source: inter-agency GBV case management guidelines."""

IN_ORDER: Final = tuple(STAGE_OF)
"""Every kind of help, in the order in which a survivor's way and the map meet it."""


def main_kind(service: Service) -> ServiceType:
    """The one kind of help a service is drawn under: of several, the first on the way."""
    return next((kind for kind in IN_ORDER if kind in service.types), ServiceType.OTHER)
