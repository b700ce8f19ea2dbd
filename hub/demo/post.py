"""The made-up town's post office: instead of sending mail, it says on the terminal that it would.

What it says is all that a real hub's mail says, too: whom it is for, and that something is waiting.
"""

import logging

from hub.desk import Desk
from hub.store.dispatch import compose
from hub.store.outbox import claim, mark_sent

log = logging.getLogger("linden.mail")


def deliver(desk: Desk) -> None:
    """Say of every message that is due to whom it would go, and under which subject."""
    said: set[tuple[str, str]] = set()
    for row in claim(desk.db, desk.at):
        message = compose(desk, row)
        if message is not None:
            said.add((str(message["To"]), str(message["Subject"])))
        mark_sent(desk.db, row, desk.at)
    for to, subject in sorted(said):
        log.info("mail for %s: %s", to, subject)
