"""Agencies join: the first with the hub itself, and the link for each one's administrator."""

from dataclasses import dataclass
from typing import Final

from sqlalchemy import select
from sqlmodel import col

from hub.core.errors import HubError
from hub.core.language import _, lazy
from hub.core.text import UntidyText, tidy
from hub.core.words import Role
from hub.desk import Desk, Hub
from hub.people.actions import found_agency
from hub.people.addresses import NotAnAddress, mailbox
from hub.people.invitations import Asking, invite
from hub.people.tables import AgencyRow

LONGEST_NAME: Final = 200


class FoundingRefused(HubError):
    """The agency's name or the administrator's address cannot be used."""

    title = lazy("That hub cannot be made")


@dataclass(frozen=True, slots=True)
class First:
    """The first agency of a hub and the e-mail of its first administrator, fit to be kept."""

    agency: str
    administrator: str


def first(agency: str, administrator: str) -> First:
    """What was typed, in the form it is kept; asked before anything is made.

    Raises:
        FoundingRefused: the name is empty or cannot be shown, or mail cannot be sent there.
    """
    try:
        name = " ".join(tidy(agency, LONGEST_NAME).split())
        address = mailbox(administrator)
    except (UntidyText, NotAnAddress) as refused:
        raise FoundingRefused(refused) from refused
    if not name:
        raise FoundingRefused(_("Give the agency a name, such as --agency 'Harbour House'."))
    return First(name, address)


def found_hub(hub: Hub, agency_name: str, administrator_email: str) -> str:
    """Found an agency of the hub; the one-time link for its first administrator.

    Raises:
        FoundingRefused: as `first`, or an open agency has that name already.
    """
    asked = first(agency_name, administrator_email)
    with hub.desk_of_the_house() as desk:
        _refuse_second(desk, asked.agency)
        agency = found_agency(desk.db, hub.custody, asked.agency, desk.at)
        roles = frozenset({Role.ADMINISTRATOR})
        link = invite(desk, Asking(agency, asked.administrator, roles)).link
        desk.audit("agency.founded", agency=agency)
    return link


def _refuse_second(desk: Desk, name: str) -> None:
    """Two agencies of one name could not be told apart where a release names its receiver."""
    open_now = select(col(AgencyRow.name)).where(col(AgencyRow.closed_at).is_(None))
    if name.casefold() in {each.casefold() for each in desk.db.execute(open_now).scalars()}:
        raise FoundingRefused(_("There is an agency of that name already. Give another name."))
