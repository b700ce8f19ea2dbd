"""Fills the town with services, and with months of referrals behind it."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta

from hub.cases.actions import CaseOpening, open_case
from hub.cases.tables import CaseRow
from hub.core.clock import OPEN_END
from hub.core.ids import ServiceId, fresh
from hub.core.words import Priority, ServiceType
from pathways.directory import actions
from pathways.directory.keeping import new_edition
from pathways.directory.listing import Intake, Service
from pathways.directory.terms import ReferralMethod
from pathways.referrals.referral import Stage, State
from pathways.referrals.tables import ReferralRow
from tests.world import Agency, Person, World

LAST_MONTH = timedelta(days=30)


def offers(
    world: World, agency: Agency, name: str, kind: ServiceType, **changed: object
) -> ServiceId:
    """A service that an agency of the town has published."""
    with world.hub.unit_of_work() as db:
        owner = actions.organization_of(db, agency.id)
        made = Service(
            ServiceId(""),
            name,
            owner,
            frozenset({kind}),
            intake=Intake(methods=frozenset({ReferralMethod.HUB})),
        )
        return actions.publish(db, replace(made, **changed), world.now)  # type: ignore[arg-type]


def opened(world: World, person: Person, came_by: ServiceId | None, at: datetime) -> CaseRow:
    """A case, opened at `at` for somebody who came by an entry point."""
    with world.desk(person) as desk:
        case = open_case(desk, CaseOpening(came_by))
        row = desk.db.get_one(CaseRow, case)
        row.opened_at = at
        desk.db.flush()
        desk.db.expunge(row)
        return row


def sent(world: World, case: CaseRow, to: Agency, service: ServiceId, count: int) -> None:
    """So many referrals from a case's agency, all sent last month."""
    sent_at(world, world.now - LAST_MONTH, case, (to, service), count)


def sent_at(
    world: World, at: datetime, case: CaseRow, to: tuple[Agency, ServiceId], count: int
) -> None:
    """So many referrals from a case's agency, all sent at one moment."""
    with world.hub.unit_of_work() as db:
        db.add_all(_referrals(case, *to, at, count))


def drawn_afresh(world: World) -> None:
    """Make a new edition of the directory that says nothing new: the map is drawn again."""
    with world.hub.unit_of_work() as db:
        new_edition(db)


def _referrals(
    case: CaseRow, to: Agency, service: ServiceId, at: datetime, count: int
) -> Iterator[ReferralRow]:
    for _n in range(count):
        yield ReferralRow(
            id=fresh(),
            sender_ref=fresh(),
            receiver_ref=fresh(),
            number=fresh()[:10],
            case=case.id,
            sender_team=case.team,
            from_agency=case.agency,
            to_agency=to.id,
            service=service,
            service_type=ServiceType.LEGAL_ASSISTANCE,
            release=fresh(),
            priority=Priority.NORMAL,
            state=State.SENT,
            stage=Stage.ASKED,
            ask=fresh(),
            made_by=fresh(),
            made_at=at,
            drafted_at=at,
            reminded_at=at,
            reminded_by=fresh(),
            sent_at=at,
            sent_by=fresh(),
            ends_at=OPEN_END,
            desk=to.desk,
            receiver_holder=to.desk,
            respond_by=OPEN_END,
            news=False,
        )
