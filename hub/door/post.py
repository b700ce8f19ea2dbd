"""The post of an agency: what a worker hands it to send at a safe hour, it can open, no more.

The house itself carries no key. Whoever queues a message shares the way to reach somebody with
their agency's post, which is a holder like any other; when the message has left, that share ends.
The post needs custody that opens a key with nobody there: server custody does. Sealed custody
refuses, and then a person sends what waits.
"""

from dataclasses import replace

from sqlmodel import Session

from hub.core.errors import NothingHere
from hub.core.ids import AgencyId, HolderId
from hub.core.words import HolderKind
from hub.door.holders import holder_of, make_holder
from hub.door.sight import Sight


def post_of(db: Session, sight: Sight) -> HolderId:
    """The post of the sight's own agency, made when it is first needed."""
    found = holder_of(db, HolderKind.POST, sight.agency)
    if found is not None:
        return found
    agency = sight.agency
    return make_holder(db, sight.custody, HolderKind.POST, agency, of=agency, at=sight.at)


def sight_of_the_post(db: Session, house: Sight, agency: AgencyId) -> Sight:
    """The sight of an agency's post, from that of the house: one key, nobody's person.

    Raises:
        NothingHere: the agency has no post, so nothing was ever handed to it.
    """
    post = holder_of(db, HolderKind.POST, agency)
    if post is None:
        raise NothingHere
    return replace(house, agency=agency, holders=frozenset({post}))
