"""The page of a release; and the routes of all pages about releases."""

from hub.cases import queries as cases
from hub.cases.names import agency_names, names_of
from hub.consent import (
    ledger_pages,
    ledger_queries,
    queries,
    release_pages,
    sheet_pages,
    withdraw_pages,
)
from hub.consent.kept import paper
from hub.consent.ledger_lines import line_views
from hub.consent.release import OVER, Release, standing
from hub.consent.tables import ReleaseRow
from hub.consent.views import (
    ReleasePage,
)
from hub.consent.withdraw_pages import opened_views, shared
from hub.consent.withdraw_views import WithdrawalView
from hub.consent.withdrawing import REVOCABLE, look_at
from hub.consent.wording import labels, listed, tag_kind, time_left, what, what_for
from hub.core.ids import CaseId, ReleaseId
from hub.core.language import speak_of
from hub.core.words import (
    RELEASABLE,
    Category,
    Purpose,
    ServiceType,
)
from hub.desk import Desk
from hub.door import Entry
from hub.web.routes import CASEWORKERS, page


def show_release(desk: Desk) -> ReleasePage:
    """A release: its terms in words, where it stands, and what was shared under it."""
    row = queries.release_row(desk, ReleaseId(desk.path["release"]))
    speak_of(cases.spoken_of(desk, CaseId(row.case)))
    look_at(desk, row)
    return _release_page(desk, row, queries.as_release(row))


def _release_page(desk: Desk, row: ReleaseRow, release: Release) -> ReleasePage:
    names = agency_names(desk.db, [row.from_agency, row.to_agency])
    people = names_of(desk.db, [row.recorded_by, *_stampers(row)])
    sealed = queries.evidence(desk, row)
    given = sealed["given"].body if "given" in sealed else {}
    zone, now = desk.hub.settings.zone, standing(release, desk.at)
    left_out = set(RELEASABLE) - release.categories
    return ReleasePage(
        release=row.id,
        case=row.case,
        code=cases.case(desk, release.case).code,
        own=names[row.from_agency],
        agency=names[row.to_agency],
        standing=time_left(release, desk.at, zone) or str(now.label),
        kind=tag_kind(release, desk.at, zone),
        over=now in OVER,
        what=what(release),
        what_for=what_for(release),
        not_shared=listed(labels(left_out, Category)),
        starts=row.starts,
        ends=row.ends,
        limits=given.get("text", ""),
        paper=paper(desk, row, given),
        recorded_by=people.get(row.recorded_by, ""),
        recorded_at=row.recorded_at,
        revocable=now in REVOCABLE,
        refers=_refers(release) if now in REVOCABLE else "",
        withdrawal=_withdrawal(row, people, sealed.get("withdrawn")),
        opened=opened_views(desk, shared(desk, release)) if row.withdrawn_at else [],
        shared=line_views(desk, release.case, ledger_queries.on_release(desk, release)),
    )


def _refers(release: Release) -> str:
    """The first kind of service a referral may go to on it; "" when it is for something else."""
    kinds = release.service_types if Purpose.REFERRAL in release.purposes else frozenset()
    return next((kind.value for kind in ServiceType if kind in kinds), "")


def _stampers(row: ReleaseRow) -> list[str]:
    """Whoever had a part in writing down that it was taken back."""
    found = (
        row.withdrawn_by,
        row.withdrawal_received_by,
        row.withdrawal_verified_by,
        row.withdrawal_written_by,
    )
    return [each for each in found if each]


def _withdrawal(
    row: ReleaseRow, people: dict[str, str], words: Entry | None
) -> WithdrawalView | None:
    if row.withdrawn_at is None or row.withdrawn_mode is None:
        return None
    return WithdrawalView(
        at=row.withdrawn_at,
        mode=str(row.withdrawn_mode.label),
        by=people.get(row.withdrawn_by or "", ""),
        received_by=people.get(row.withdrawal_received_by or "", ""),
        words=words.body["text"] if words else "",
        verified_at=row.withdrawal_verified_at,
        verified_by=people.get(row.withdrawal_verified_by or "", ""),
        written_at=row.withdrawal_written_at,
        written_by=people.get(row.withdrawal_written_by or "", ""),
    )


ROUTES = [
    *sheet_pages.ROUTES,
    *release_pages.ROUTES,
    *withdraw_pages.ROUTES,
    *ledger_pages.ROUTES,
    page("GET", "/releases/{release}", show_release, audience=CASEWORKERS, audit="release.read"),
]
