"""The one door: sight, envelopes, shares, keys, the tripwire and the audit log.

You can read an envelope if and only if a live share names a holder whose key you carry.
"""

from hub.door.envelopes import (
    Because,
    Entry,
    Sealing,
    To,
    open_entries,
    open_one,
    seal,
    seal_all,
    share,
)
from hub.door.holders import custodians, desk_of, holder_of, join, leave, make_holder
from hub.door.shares import Ending, Told, live, seen, shut_expired, told, unshare
from hub.door.sight import Sight

__all__ = [
    "Because",
    "Ending",
    "Entry",
    "Sealing",
    "Sight",
    "To",
    "Told",
    "custodians",
    "desk_of",
    "holder_of",
    "join",
    "leave",
    "live",
    "make_holder",
    "open_entries",
    "open_one",
    "seal",
    "seal_all",
    "seen",
    "share",
    "shut_expired",
    "told",
    "unshare",
]
