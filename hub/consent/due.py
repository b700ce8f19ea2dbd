"""What releases bring to the start page."""

from datetime import timedelta
from typing import Final

from hub.cases import queries as cases
from hub.cases.names import agency_names
from hub.consent import drafting, queries, receipts
from hub.core.ids import CaseId
from hub.core.language import _
from hub.desk import Desk, WorkItem

AHEAD: Final = timedelta(days=7)
TOMORROW: Final = timedelta(days=1)


def ending_soon(desk: Desk) -> list[WorkItem]:
    """Releases that end within a week, of the cases one is the case manager of."""
    found = queries.ending_within(desk, AHEAD)
    managers = cases.primaries(desk.db, [CaseId(case.id) for _release, case in found])
    names = agency_names(desk.db, [release.to_agency for release, _case in found])
    return [
        WorkItem(
            due=release.ends,
            what=f"{case.code} · "
            + _("release to {agency} ends").format(agency=names[release.to_agency]),
            sentence=_("Talk with her before it ends: a new one, a narrower one, or none."),
            href=f"/releases/{release.id}",
            step=_("Look at it"),
            overdue=release.ends <= desk.at + TOMORROW,
        )
        for release, case in found
        if managers[case.id] == desk.sight.person
    ]


def alarms(desk: Desk) -> list[WorkItem]:
    """Numbers that were opened with the PIN for danger, until they are ended or given anew."""
    return [
        WorkItem(
            due=row.panicked_at,
            what=f"{case.code} · " + _("the PIN for danger was used"),
            sentence=_("It opened an empty page. Read this before you get in touch."),
            href=f"/cases/{case.id}/own-copy",
            step=_("Read it"),
            overdue=True,
        )
        for row, case in receipts.alarms(desk)
    ]


def taken_back(desk: Desk) -> list[WorkItem]:
    """Releases that were taken back with a number, until their case manager has looked at them."""
    found = queries.taken_back_unseen(desk)
    names = agency_names(desk.db, [row.to_agency for row, _case in found])
    return [
        WorkItem(
            due=row.withdrawn_at,
            what=f"{case.code} · "
            + _("release to {agency} was taken back").format(agency=names[row.to_agency]),
            sentence=_("With the number of her own. It counts already: read what ended with it."),
            href=f"/releases/{row.id}",
            step=_("Look at it"),
            overdue=True,
        )
        for row, case in found
    ]


def begun(desk: Desk) -> list[WorkItem]:
    """Releases one has begun and not signed: nothing is in force, and a month later it is gone."""
    return [
        WorkItem(
            due=row.touched_at + drafting.KEPT,
            what=f"{case.code} · " + _("a release is begun and not signed"),
            sentence=_("Nothing is in force yet. Go on with it together, or drop it."),
            href=f"/releases/drafts/{row.id}/who",
            step=_("Go on"),
        )
        for row, case in drafting.my_drafts(desk)
    ]
