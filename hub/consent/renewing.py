"""What a new release takes over from the one whose place it takes, before she is asked again."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from hub.consent import queries
from hub.consent.tables import ReleaseRow
from hub.consent.terms import Words
from hub.core.ids import ReleaseId
from hub.core.words import Category
from hub.desk import Desk

TAKEN_OVER = (Words.PURPOSE, Words.ITEMS, Words.RECEIVERS, Words.DEATH, Words.GUARDIAN)
"""What was said then and may still hold; the talk, the signature and the witness are of today."""


def answers_of(desk: Desk, release: ReleaseId) -> dict[str, list[str]]:
    """The terms of a release as the form would send them; nothing of how it was given."""
    row = queries.release_row(desk, release)
    given = queries.evidence(desk, row).get("given")
    body = given.body if given else {}
    categories = row.categories.split()
    found = {
        "to_agency": [row.to_agency],
        "purposes": row.purposes.split(),
        "service_types": row.service_types.split(),
        "categories": [each for each in categories if each != Category.LOCATION],
        "location": ["yes"] if Category.LOCATION in categories else [],
        "never": row.never.split(),
        "limits": [body.get("text", "")],
        "ways": body.get("ways", "hub").split(),
        "onward": [body.get("onward", "")],
        "by": [body.get("by", "herself")],
    }
    return found | _days(row, desk.hub.settings.zone) | _words(dict(body))


def _words(body: dict[str, str]) -> dict[str, list[str]]:
    return {each.value: [body[each.value]] for each in TAKEN_OVER if body.get(each.value)}


def _days(row: ReleaseRow, zone: ZoneInfo) -> dict[str, list[str]]:
    found = {}
    if row.records_from is not None:
        found["records_from"] = [_day(row.records_from, zone)]
    if row.records_to is not None:
        found["records_to"] = [_day(row.records_to - timedelta(seconds=1), zone)]
    return found


def _day(at: datetime, zone: ZoneInfo) -> str:
    return at.astimezone(zone).date().isoformat()
