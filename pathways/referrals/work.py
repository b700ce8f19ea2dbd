"""What referrals put on other pages: lines of My work, and a panel on the page of a case."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Final

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import aliased
from sqlmodel import col

from hub.cases import queries as cases
from hub.cases.names import agency_names
from hub.cases.tables import CaseRow
from hub.consent.because import in_a_sentence
from hub.core.ids import CaseId
from hub.core.language import _
from hub.desk import CasePanel, Desk, WorkItem
from hub.door import seen
from hub.people.tables import AgencyRow
from hub.web.routes import CASEWORKERS, WORKERS
from pathways.referrals import lists, queries
from pathways.referrals.lists import Line
from pathways.referrals.moving import nobody_there
from pathways.referrals.queries import sent_by, sent_to
from pathways.referrals.referral import Stage, State, overdue, waits
from pathways.referrals.showing import row_view, times_of
from pathways.referrals.tables import AppointmentRow, ReferralRow
from pathways.referrals.views import PanelView

MOST: Final = 10
AHEAD: Final = timedelta(days=7)
"""How long before it an appointment stands in My work."""


def work(desk: Desk) -> list[WorkItem]:
    """What waits at this person's desk, and what came back to their cases."""
    items: list[WorkItem] = []
    if WORKERS & desk.sight.roles:
        items += _waiting(desk)
        items += _expected(desk)
    if CASEWORKERS & desk.sight.roles:
        items += _come_back(desk)
    return items


def _waiting(desk: Desk) -> list[WorkItem]:
    """The referrals at the desk that are due first; the rest are in the inbox."""
    found = lists.inbox(desk, Stage.ASKED, most=MOST)
    items = [_waiting_item(desk, line) for line in found.lines]
    if found.after:
        more = _("More referrals wait in the inbox.")
        items.append(WorkItem(found.lines[-1].due, _("Inbox"), more, "/referrals", _("See them")))
    return items


def _waiting_item(desk: Desk, line: Line) -> WorkItem:
    return WorkItem(
        due=line.due,
        what=f"{line.kind.label} · {line.number}",
        sentence=_("{agency} asks for your answer.").format(agency=line.agency),
        href=f"/referrals/{line.ref}",
        step=_("Answer"),
        overdue=overdue(line.state, line.due, desk.at),
    )


def _expected(desk: Desk) -> list[WorkItem]:
    """The appointments of the days ahead, for those who work on the referral."""
    newer = aliased(AppointmentRow)
    replaced = select(newer).where(
        col(newer.referral) == col(AppointmentRow.referral),
        col(newer.made_at) > col(AppointmentRow.made_at),
    )
    asked = (
        select(ReferralRow, AppointmentRow)
        .join(AppointmentRow, col(AppointmentRow.referral) == col(ReferralRow.id))
        .where(
            col(ReferralRow.receiver_holder).in_(sorted(desk.sight.holders)),
            col(ReferralRow.stage) == Stage.TAKEN,
            col(AppointmentRow.at).between(desk.at, desk.at + AHEAD),
            ~replaced.exists(),
            *sent_to(desk.sight),
        )
        .order_by(col(AppointmentRow.at), col(AppointmentRow.id))
        .limit(MOST)
    )
    return [_appointment(desk, *row) for row in desk.db.execute(seen(asked, desk.sight))]


def _appointment(desk: Desk, row: ReferralRow, meeting: AppointmentRow) -> WorkItem:
    when = times_of(desk).moment(meeting.at)
    return WorkItem(
        due=meeting.at,
        what=f"{row.service_type.label} · {row.number}",
        sentence=_("Appointment: {when}.").format(when=when),
        href=f"/referrals/{row.receiver_ref}",
        step=_("See it"),
    )


def _come_back(desk: Desk) -> list[WorkItem]:
    """Answers not noted yet, answers that are owed, and drafts that were begun."""
    owed = and_(col(ReferralRow.stage) == Stage.ASKED, col(ReferralRow.respond_by) < desk.at)
    begun = and_(
        col(ReferralRow.state) == State.DRAFT, col(ReferralRow.made_by) == desk.sight.person
    )
    waiting = and_(col(ReferralRow.state) == State.SENT, col(ReferralRow.opens_at) > desk.at)
    asked = (
        select(ReferralRow, col(CaseRow.code), col(AgencyRow.name))
        .join(CaseRow, col(CaseRow.id) == col(ReferralRow.case))
        .join(AgencyRow, col(AgencyRow.id) == col(ReferralRow.to_agency))
        .where(*sent_by(desk.sight), or_(col(ReferralRow.news).is_(True), owed, begun, waiting))
        .order_by(col(ReferralRow.respond_by), col(ReferralRow.id))
        .limit(2 * MOST)
    )
    return [_item(desk, *row) for row in desk.db.execute(asked)]


def _item(desk: Desk, row: ReferralRow, code: str, agency: str) -> WorkItem:
    late = overdue(row.state, row.respond_by, desk.at)
    kind = in_a_sentence(str(row.service_type.label))
    return WorkItem(
        due=row.respond_by if late else row.opens_at if _waits(desk, row) else None,
        what=f"{code} · {kind}",
        sentence=_sentence(desk, row, agency, late),
        href=_href(row),
        step=_("Go on") if row.state is State.DRAFT else _("See it"),
        overdue=late,
    )


def _waits(desk: Desk, row: ReferralRow) -> bool:
    return row.state is State.SENT and waits(row.opens_at, desk.at)


def _sentence(desk: Desk, row: ReferralRow, agency: str, late: bool) -> str:
    if row.state is State.DRAFT:
        said = _("A referral to {agency} is begun and not sent.")
    elif nobody_there(desk, row):
        said = _("Nobody at {agency} can open it now. Call them, or ask somebody else.")
    elif _waits(desk, row):
        said = _("{agency} cannot open it yet. Until then you can call it back.")
    elif late:
        said = _("{agency} has not answered in time. Call them, or ask somebody else.")
    elif row.state is State.SENT:
        said = _("Somebody new at {agency} can open it again, and will answer.")
    elif row.state is State.INFO_REQUESTED:
        said = _("{agency} asks a question before they decide.")
    elif row.state is State.ACKNOWLEDGED:
        said = _("{agency} has seen it and will answer.")
    elif row.state is State.CLOSED:
        said = _("{agency} said how it ended.")
    elif row.state in (State.WITHDRAWN, State.ENTERED_IN_ERROR):
        said = _("The referral to {agency} was taken back. They can open nothing of it.")
    elif row.state is State.EXPIRED:
        said = _("{agency} did not answer before the release ended.")
    else:
        said = _("{agency} answered: {state}.")
    return said.format(agency=agency, state=in_a_sentence(str(row.state.label)))


def _href(row: ReferralRow) -> str:
    page = f"/referrals/{row.sender_ref}"
    return f"{page}/check" if row.state is State.DRAFT else page


def case_panel(desk: Desk, case: CaseId) -> CasePanel | None:
    """The referrals of a case, for its care team; None for a closed case without any."""
    rows = queries.of_case(desk, case)
    closed = cases.case(desk, case).closed_at is not None
    if closed and not rows:
        return None
    names = agency_names(desk.db, {row.to_agency for row in rows})
    return CasePanel(_panel(desk, case, rows, names))


def _panel(
    desk: Desk, case: CaseId, rows: Sequence[ReferralRow], names: dict[str, str]
) -> PanelView:
    times, open_case = times_of(desk), cases.case(desk, case).closed_at is None
    return PanelView(
        case=case,
        open=[row_view(r, names[r.to_agency], times) for r in rows if r.stage is not Stage.OVER],
        over=[row_view(r, names[r.to_agency], times) for r in rows if r.stage is Stage.OVER],
        may_refer=open_case,
    )
