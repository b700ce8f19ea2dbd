"""What HSDS has no field for, as attributes: the counterpart of hsds_words and hsds_eligibility."""

from datetime import timedelta
from typing import Any

from pathways.directory.hsds_words import CASE_BY_CASE
from pathways.directory.listing import Promise, Service
from pathways.directory.rows import said_words
from pathways.directory.terms import CapacityBand, Limit, Registration

Json = dict[str, Any]


def attributes(service: Service) -> list[Json]:
    """Every word of a closed list, and every promise, that is recorded of the service."""
    whom, how, room = service.eligibility, service.intake, service.capacity
    said: list[tuple[str, str]] = list(said_words(service))
    said += _told("nationality-limit", whom.nationality.limit, Limit.UNRECORDED)
    said += _told("registration", whom.registration, Registration.UNRECORDED)
    said += _told("capacity", room.band, CapacityBand.UNKNOWN)
    said += [("capacity-as-of", room.as_of.isoformat())] if room.as_of else []
    said += _yes("takes-children", whom.takes_children)
    said += _yes("expired-documents-taken", whom.expired_documents_taken)
    said += _yes("entry-point", service.entry_point or None)
    said += _promise("response", how.response) + _promise("feedback-delay", how.feedback_delay)
    said += [("first-day", service.first_day.isoformat())] if service.first_day else []
    said += [("last-day", service.last_day.isoformat())] if service.last_day else []
    return [{"link_type": link, "value": value} for link, value in said]


def _told(link: str, word: str, nothing: str) -> list[tuple[str, str]]:
    return [] if word == nothing else [(link, str(word))]


def _yes(link: str, answer: bool | None) -> list[tuple[str, str]]:
    return [] if answer is None else [(link, "true" if answer else "false")]


def _promise(link: str, promise: Promise) -> list[tuple[str, str]]:
    if promise.within is not None:
        return [(link, str(promise.within // timedelta(minutes=1)))]
    return [(link, CASE_BY_CASE)] if promise.case_by_case else []
