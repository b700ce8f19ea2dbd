"""The dispatcher: takes messages from the outbox to the mail server, at least once."""

import logging
import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from email.message import EmailMessage
from email.utils import format_datetime
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote, urlsplit

from hub.core.ids import fresh
from hub.core.language import _
from hub.people.tables import PersonRow
from hub.settings import OFF
from hub.store.outbox import Letter, OutboxRow, claim, mark_sent, put_back

if TYPE_CHECKING:
    from hub.desk import Desk, Hub

log = logging.getLogger("linden.mail")

PATIENCE_SECONDS: Final = 20


class MailRefused(RuntimeError):
    """The mail server's URL cannot be used."""


def dispatch(hub: "Hub") -> int:
    """Send what is due; returns how many messages left.

    A message is composed when it is sent, so that one whose reason is gone is never sent. When
    several wait for one person with the same words, one is sent.
    """
    if hub.settings.smtp_url in {"", OFF}:
        return 0
    with hub.desk_of_the_house() as desk:
        due = claim(desk.db, desk.at)
    if not due:
        return 0
    try:
        with mail_server(hub.settings.smtp_url) as server:
            return _send_all(hub, server, due)
    except (OSError, smtplib.SMTPException) as down:
        log.warning("mail server not reached: %s", type(down).__name__)
        for row in due:
            _settle(hub, row, sent=False)
        return 0


def _send_all(hub: "Hub", server: smtplib.SMTP, due: list[OutboxRow]) -> int:
    sent: set[tuple[str, Letter, str | None]] = set()
    for row in due:
        said_alike = (row.person, row.letter, row.about if row.letter is not Letter.WAITING else "")
        if said_alike in sent:
            _settle(hub, row, sent=True)
            continue
        try:
            with hub.desk_of_the_house() as desk:
                message = compose(desk, row)
            if message is not None:
                server.send_message(message)
                sent.add(said_alike)
            _settle(hub, row, sent=True)
        except (smtplib.SMTPServerDisconnected, ConnectionError, TimeoutError):
            raise  # nothing more can be sent now
        except smtplib.SMTPResponseException as refused:
            log.warning("mail refused with %s", refused.smtp_code)
            _settle(hub, row, sent=False)
        except Exception as fault:  # one that cannot be sent must not keep the others waiting
            log.warning("mail not sent: %s", type(fault).__name__)
            _settle(hub, row, sent=False)
    return len(sent)


def _settle(hub: "Hub", row: OutboxRow, *, sent: bool) -> None:
    with hub.desk_of_the_house() as desk:
        if sent:
            mark_sent(desk.db, row, desk.at)
        else:
            put_back(desk.db, row, desk.at)


def compose(desk: "Desk", row: OutboxRow) -> EmailMessage | None:
    """The message of one row; None when its reason or its reader is gone."""
    maker = desk.hub.parts.letters.get(row.letter)
    message = maker(desk, row) if maker else waiting(desk)
    if message is None:
        return None
    if "To" not in message:  # an invitation goes to somebody who is not on the staff yet
        person = desk.db.get(PersonRow, row.person)
        if person is None or person.disabled_at is not None:
            return None
        message["To"] = person.email
    message["From"] = desk.hub.settings.mail_from or f"no-reply@{desk.hub.settings.host}"
    message["Date"] = format_datetime(desk.at)
    message["Message-ID"] = f"<{fresh()}@{desk.hub.settings.host}>"
    message["Auto-Submitted"] = "auto-generated"
    return message


def waiting(desk: "Desk") -> EmailMessage:
    """The one sentence that ever leaves: something is waiting."""
    message = EmailMessage()
    message["Subject"] = _("You have a new item")
    message.set_content(
        _("Something is waiting for you. Sign in to see it:") + f"\n\n{desk.hub.settings.origin}/\n"
    )
    return message


def reach(url: str) -> None:
    """Greet the mail server and go; raises what went wrong."""
    with mail_server(url) as server:
        server.noop()


@contextmanager
def mail_server(url: str) -> Iterator[smtplib.SMTP]:
    """A connection to the mail server of a URL: smtp://, smtp+starttls:// or smtps://.

    Raises:
        MailRefused: the URL has another scheme.
    """
    parts = urlsplit(url)
    host, port = parts.hostname or "", parts.port or {"smtps": 465}.get(parts.scheme, 25)
    if parts.scheme == "smtps":
        server: smtplib.SMTP = smtplib.SMTP_SSL(
            host, port, timeout=PATIENCE_SECONDS, context=ssl.create_default_context()
        )
    elif parts.scheme in {"smtp", "smtp+starttls"}:
        server = smtplib.SMTP(host, port, timeout=PATIENCE_SECONDS)
    else:
        raise MailRefused("LINDEN_SMTP_URL must begin with smtp://, smtp+starttls:// or smtps://")
    with server:
        if parts.scheme == "smtp+starttls":
            server.starttls(context=ssl.create_default_context())
        if parts.username:
            server.login(unquote(parts.username), unquote(parts.password or ""))
        yield server
