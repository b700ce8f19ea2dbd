"""What a survivor told and agreed to, for tests that begin after it: cases, entries, releases."""

from dataclasses import replace
from datetime import timedelta
from typing import Final

from hub.cases.actions import CaseOpening, open_case, write_entry
from hub.cases.queries import care_team, offers_to_me
from hub.consent.actions import record_release
from hub.consent.queries import release as known_release
from hub.consent.release import ReleaseGround
from hub.consent.terms import Given, Manner, ReleaseTerms, Said
from hub.core.clock import OPEN_END
from hub.core.grounds import OWN_WORK
from hub.core.ids import CaseId, EnvelopeId, HolderId, ReleaseId
from hub.core.words import Category, Purpose, ServiceType
from hub.door import Sealing, To, seal
from tests.world import Agency, Person, World

GIVEN: Final = Given(Manner.SIGNATURE, frozenset(Said), not_the_abuser=True)
REFERRAL: Final = frozenset({Purpose.REFERRAL})
LAWYERS: Final = frozenset({ServiceType.LEGAL_ASSISTANCE})


def opened(world: World, person: Person, code: str = "KESTREL-27") -> CaseId:
    """A case that this person has opened."""
    with world.desk(person) as desk:
        return open_case(desk, CaseOpening(code=code))


def told(world: World, person: Person, case: CaseId, category: Category, text: str) -> EnvelopeId:
    """An entry that this person has written into a case."""
    with world.desk(person) as desk:
        return write_entry(desk, case, category, {"text": text})


def offer_to(world: World, person: Person) -> str:
    """The address of the case that is offered to this person."""
    with world.desk(person) as desk:
        return f"/offers/{offers_to_me(desk)[0][0].id}"


def terms(world: World, to: Agency, *categories: Category, days: int = 30) -> ReleaseTerms:
    """What she agrees to: these categories, to one agency, to find a lawyer, from now on."""
    ends = world.now + timedelta(days=days)
    known = frozenset(categories)
    return ReleaseTerms(to.id, REFERRAL, LAWYERS, known, world.now, ends, GIVEN)


def released(world: World, person: Person, case: CaseId, asked: ReleaseTerms) -> ReleaseId:
    """A release that this person has written down."""
    with world.desk(person) as desk:
        return record_release(desk, case, asked)


def shared(
    world: World, person: Person, release: ReleaseId, sealing: Sealing, to: HolderId
) -> EnvelopeId:
    """A copy of something, sealed for the care team and, on this release, for one other holder."""
    with world.desk(person) as desk:
        ground = known_release(desk, release)
        team = To(care_team(desk.db, ground.case), OWN_WORK, OPEN_END)
        theirs = To(to, ReleaseGround(ground, Purpose.REFERRAL, None), ground.ends)
        about = replace(sealing, subject=ground.case)
        return seal(desk.db, desk.sight, about, [team, theirs])
