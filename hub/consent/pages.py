"""The pages of a release, of taking it back, and of who was told what."""

from collections.abc import Sequence

from hub.cases import queries as cases
from hub.cases.bodies import lines
from hub.cases.names import agency_names, names_of, staff_with
from hub.consent import queries, release_pages, withdraw_pages
from hub.consent.kept import paper
from hub.consent.ledger import LedgerLine
from hub.consent.release import Release, standing
from hub.consent.tables import ReleaseRow
from hub.consent.views import (
    LedgerPage,
    LineView,
    ReleasePage,
    SharedView,
)
from hub.consent.withdraw_pages import opened_views, shared
from hub.consent.withdraw_views import WithdrawalView
from hub.consent.withdrawing import REVOCABLE
from hub.consent.wording import ending, labels, listed, tag_kind, time_left, what, what_for
from hub.core.ids import CaseId, PersonId, ReleaseId
from hub.core.language import _, speak_of
from hub.core.words import (
    RELEASABLE,
    Category,
    Ground,
    HolderKind,
    Purpose,
    Role,
    ServiceType,
)
from hub.desk import Desk
from hub.door import Entry
from hub.web.routes import CASEWORKERS, page


def show_release(desk: Desk) -> ReleasePage:
    """A release: its terms in words, where it stands, and what was shared under it."""
    row = queries.release_row(desk, ReleaseId(desk.path["release"]))
    speak_of(cases.spoken_of(desk, CaseId(row.case)))
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
        shared=line_views(desk, queries.shared_on(desk, release)),
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


def line_views(desk: Desk, found: Sequence[LedgerLine]) -> list[LineView]:
    """Lines of the ledger in words."""
    agencies = agency_names(desk.db, [line.agency for line in found])
    people = names_of(desk.db, [each for line in found for each in (line.by, line.of)])
    return [_line_view(line, agencies, people) for line in found]


def _line_view(line: LedgerLine, agencies: dict[str, str], people: dict[str, str]) -> LineView:
    return LineView(
        agency=agencies.get(line.agency, ""),
        receiver=_receiver(line, people),
        what=listed(str(each.category.label) for each in line.shared),
        why=(what_for(line.behind) if line.behind else "") or str(line.ground.label),
        release=line.record if line.ground is Ground.RELEASE else "",
        by=people.get(line.by, ""),
        at=line.at,
        until=line.until if line.open else None,
        ended_at=line.ended_at,
        ended_why=ending(line.ended_why, with_release=line.with_release),
        shared=[
            SharedView(str(each.category.label), lines(each.category, each.entry.body))
            for each in line.shared
            if each.entry is not None
        ],
    )


def _receiver(line: LedgerLine, people: dict[str, str]) -> str:
    if line.kind is HolderKind.PERSON:
        return people.get(line.of, "")
    if line.kind is HolderKind.DESK:
        return _("the intake desk")
    return _("those who work on it")


def ledger(desk: Desk) -> LedgerPage:
    """What was shared beyond the care team, with whom, why, until when, and how it ended."""
    row = cases.case(desk, CaseId(desk.path["case"]))
    found = queries.ledger(desk, CaseId(row.id))
    speak_of(cases.spoken_of(desk, CaseId(row.id)))
    return LedgerPage(
        case=row.id,
        code=row.code,
        team=_team(desk, CaseId(row.id)),
        open=line_views(desk, [line for line in found if line.open]),
        ended=line_views(desk, [line for line in found if not line.open]),
    )


def _team(desk: Desk, case: CaseId) -> list[str]:
    """The names of the care team: the primary case manager first, then the supervisors."""
    manager = cases.primary(desk.db, case)
    supervisors = staff_with(desk.db, desk.sight.agency, [Role.SUPERVISOR])
    rest = [name for person, name in supervisors if person != manager]
    return [names_of(desk.db, [manager]).get(PersonId(manager), ""), *rest]


ROUTES = [
    *release_pages.ROUTES,
    *withdraw_pages.ROUTES,
    page("GET", "/cases/{case}/ledger", ledger, audience=CASEWORKERS, audit="ledger.read"),
    page("GET", "/releases/{release}", show_release, audience=CASEWORKERS, audit="release.read"),
]
