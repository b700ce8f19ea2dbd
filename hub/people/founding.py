"""The beginning of a hub: its first agency, and the link with which its administrator comes in."""

from dataclasses import dataclass
from typing import Final

from hub.core.errors import HubError
from hub.core.language import _, lazy
from hub.core.text import UntidyText, tidy
from hub.core.words import Role
from hub.desk import Hub
from hub.people.actions import found_agency
from hub.people.addresses import NotAnAddress, mailbox
from hub.people.invitations import Asking, invite

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
    """Found the first agency of an empty hub; the one-time link for its administrator.

    Raises:
        FoundingRefused: as `first`.
    """
    asked = first(agency_name, administrator_email)
    with hub.desk_of_the_house() as desk:
        agency = found_agency(desk.db, hub.custody, asked.agency, desk.at)
        roles = frozenset({Role.ADMINISTRATOR})
        return invite(desk, Asking(agency, asked.administrator, roles)).link
