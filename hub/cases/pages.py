"""The pages of a case: the list, the case itself, opening and closing one."""

from datetime import datetime

from hub.cases import actions, entry_pages, handover_pages, queries
from hub.cases.actions import CaseOpening
from hub.cases.bodies import spoken_of
from hub.cases.closing import ClosingReason
from hub.cases.names import agency_names, names_of, staff_with
from hub.cases.reaching.at_the_top import groups, shown_first
from hub.cases.tables import CaseRow
from hub.cases.views import (
    CaseBrief,
    CasePage,
    CasesPage,
    ClosingPage,
    NewCasePage,
    ReleaseBrief,
)
from hub.consent import drafting
from hub.consent import queries as consent
from hub.consent.release import Release, live, standing
from hub.consent.wording import tag_kind, time_left, what
from hub.core.ids import CaseId, ServiceId
from hub.core.language import _, speak_of
from hub.core.words import Category, Role, pairs
from hub.desk import Desk
from hub.door.keeping_out import let_in
from hub.web.answers import Go
from hub.web.routes import CASEWORKERS, page


def cases(desk: Desk) -> CasesPage:
    """The cases one carries the key of; a search reads their codes and nothing inside them."""
    asked = desk.form.optional_text("code", 40)
    rows = queries.cases_called(desk, asked) if asked else queries.my_cases(desk)
    briefs = _briefs(desk, rows)
    return CasesPage(
        asked=asked,
        open=[brief for brief in briefs if brief.closed_at is None],
        closed=[brief for brief in briefs if brief.closed_at is not None],
    )


def _briefs(desk: Desk, rows: list[CaseRow]) -> list[CaseBrief]:
    managers = queries.primaries(desk.db, [CaseId(row.id) for row in rows])
    names = names_of(desk.db, managers.values())
    return [
        CaseBrief(
            id=row.id,
            code=row.code,
            manager=names.get(managers[row.id], ""),
            mine=managers[row.id] == desk.sight.person,
            opened_at=row.opened_at,
            closed_at=row.closed_at,
        )
        for row in rows
    ]


def new_case(desk: Desk) -> NewCasePage:
    """Before a case is opened: how she came."""
    return NewCasePage([(str(id), name) for id, name in _entry_points(desk)])


def _entry_points(desk: Desk) -> list[tuple[ServiceId, str]]:
    known = desk.hub.parts.entry_points
    return known(desk.db) if known else []


def create_case(desk: Desk) -> Go:
    """Open a case under a random code."""
    came_by = desk.form.optional_id("came_by")
    if came_by and came_by not in [id for id, _name in _entry_points(desk)]:
        desk.form.refuse("came_by", _("Choose one from the list."))
    desk.form.check()
    case = actions.open_case(desk, CaseOpening(ServiceId(came_by) if came_by else None))
    return Go("show_case", case=case)


def show_case(desk: Desk) -> CasePage:
    """A case: how to reach her, what she said, what she released, what is under way."""
    case = CaseId(desk.path["case"])
    row = queries.case(desk, case)
    return _case_page(desk, case, row)


def _case_page(desk: Desk, case: CaseId, row: CaseRow) -> CasePage:
    tenure = queries.current_tenure(desk.db, case)
    offer = queries.open_offer(desk, case)
    found = queries.entries_with_rows(desk, case)
    speak_of(spoken_of(e.body for _row, e in found if e.category is Category.IDENTITY))
    people = [tenure.person, offer.to_person if offer else "", *(entry.by for _row, entry in found)]
    names = names_of(desk.db, people)
    supervisors = staff_with(desk.db, desk.sight.agency, [Role.SUPERVISOR])
    may = let_in(desk.db, desk.sight, case, [person for person, _name in supervisors])
    opened = [(each.line, entry) for each, entry in found]
    contact = shown_first(desk, case, opened, names)
    shown_above = contact.entry.line if contact else ""
    panels = [panel(desk, case) for panel in desk.hub.parts.case_panels]
    return CasePage(
        case=case,
        code=row.code,
        opened_at=row.opened_at,
        closed_at=row.closed_at,
        closed_why=str(row.closed_why.label) if row.closed_why else "",
        came_by=dict(_entry_points(desk)).get(ServiceId(row.came_by or ""), ""),
        manager=names.get(tenure.person, ""),
        mine=tenure.person == desk.sight.person,
        since=tenure.started_at,
        supervisors=[name for person, name in supervisors if person in may],
        offered_to=names.get(offer.to_person, "") if offer else "",
        contact=contact,
        groups=groups([each for each in opened if each[0] != shown_above], names),
        releases=release_briefs(desk, consent.releases(desk, case)),
        drafts=_drafts(desk, row),
        dropped=bool(desk.form.optional_text("dropped")),
        panels=[panel.view for panel in panels if panel is not None],
    )


def _drafts(desk: Desk, row: CaseRow) -> list[tuple[str, datetime]]:
    """Releases that were begun and can still be gone on with."""
    if row.closed_at is not None:
        return []
    return [(each.id, each.touched_at) for each in drafting.drafts(desk, CaseId(row.id))]


def release_briefs(desk: Desk, releases: list[Release]) -> list[ReleaseBrief]:
    """Releases as a case's page shows them: those in force first, the soonest to end on top."""
    releases = sorted(releases, key=lambda each: (not live(each, desk.at), each.ends))
    names = agency_names(desk.db, {each.to_agency for each in releases})
    zone = desk.hub.settings.zone
    return [
        ReleaseBrief(
            id=each.id,
            agency=names[each.to_agency],
            standing=time_left(each, desk.at, zone) or str(standing(each, desk.at).label),
            kind=tag_kind(each, desk.at, zone),
            sentence=what(each),
        )
        for each in releases
    ]


def closing(desk: Desk) -> ClosingPage:
    """Before a case is closed: why, and what goes on all the same."""
    case = CaseId(desk.path["case"])
    row = queries.case(desk, case)
    speak_of(queries.spoken_of(desk, case))
    releases = [each for each in consent.releases(desk, case) if live(each, desk.at)]
    return ClosingPage(
        case=case,
        code=row.code,
        version=row.version,
        closed=row.closed_at is not None,
        reasons=pairs(ClosingReason),
        releases=release_briefs(desk, releases),
    )


def close_this_case(desk: Desk) -> Go:
    """Close it."""
    case = CaseId(desk.path["case"])
    why = desk.form.choice("why", ClosingReason)
    desk.form.check()
    actions.close_case(desk, case, why, desk.form.version())
    return Go("show_case", case=case)


ROUTES = [
    page("GET", "/cases", cases, audience=CASEWORKERS, audit=""),
    page("GET", "/cases/new", new_case, audience=CASEWORKERS, audit=""),
    page("POST", "/cases", create_case, audience=CASEWORKERS, audit="case.open", again=new_case),
    page("GET", "/cases/{case}", show_case, audience=CASEWORKERS, audit="case.read"),
    page("GET", "/cases/{case}/close", closing, audience=CASEWORKERS, audit=""),
    page(
        "POST",
        "/cases/{case}/close",
        close_this_case,
        audience=CASEWORKERS,
        audit="case.close",
        again=closing,
    ),
    *entry_pages.ROUTES,
    *handover_pages.ROUTES,
]
