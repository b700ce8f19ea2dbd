"""Addresses: of mailboxes, in the one form they are kept, and of the machines people come from."""

import re
from ipaddress import IPv4Address, IPv6Network, ip_address
from typing import Final

from hub.core.language import _

LONGEST: Final = 254
NETWORK_BITS: Final = 64
"""One household or office has a whole IPv6 network of this size to itself."""

# Source: HTML Standard, "valid e-mail address", with at least one dot in the domain.
_LABEL: Final = "[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
_MAILBOX: Final = re.compile(rf"[a-z0-9.!#$%&'*+/=?^_`{{|}}~-]{{1,64}}@{_LABEL}(?:\.{_LABEL})+")


class NotAnAddress(ValueError):
    """Mail cannot be sent there; the message tells the writer what to change."""


def as_kept(typed: str) -> str:
    """An e-mail address as it is compared: without room around it, in small letters."""
    return typed.strip().lower()


def mailbox(typed: str) -> str:
    """An e-mail address in the one form it is kept.

    Raises:
        NotAnAddress: it has another shape than name@agency.org, or more than 254 characters.
    """
    kept = as_kept(typed)
    if len(kept) > LONGEST or not _MAILBOX.fullmatch(kept):
        raise NotAnAddress(_("Give an e-mail address, such as name@agency.org."))
    return kept


def network(address: str) -> str:
    """Whose attempts count together: an IPv4 address, or the network an IPv6 address is in."""
    try:
        found = ip_address(address.partition("%")[0])
    except ValueError:
        return ""
    if isinstance(found, IPv4Address):
        return str(found)
    if found.ipv4_mapped is not None:
        return str(found.ipv4_mapped)
    return str(IPv6Network((found, NETWORK_BITS), strict=False))
