"""The page a receipt opens: one address, one title, nothing in it until number and PIN are typed.

Every step is a form sent to the same address, so that neither history nor address bar says more.
"""

from collections.abc import Sequence
from functools import partial
from typing import Final

from hub.cases.bodies import lines
from hub.cases.names import agency_names
from hub.consent import receipts
from hub.consent.receipt import DIGITS, digits
from hub.consent.receipt_tables import ReceiptRow
from hub.consent.receipt_views import (
    AgreedLine,
    NotesPage,
    OwnPage,
    PieceView,
    SharedLine,
    TakeBackPage,
)
from hub.consent.receipts import Copy
from hub.consent.wording import labels, listed, what, what_for
from hub.core.errors import FormRefused
from hub.core.language import _
from hub.core.words import Category
from hub.desk import Desk
from hub.door import Told
from hub.people import attempts, hashing
from hub.people.attempts import Attempt
from hub.people.hashing import Fitting
from hub.web import once
from hub.web.answers import Later
from hub.web.routes import ANYBODY, page

HERE: Final = "/notes"
ANYBODY_HERE: Final = "notes"
"""In whose name a form that opened a page is remembered: nobody's."""
Answered = NotesPage | OwnPage | TakeBackPage | Later


def notes(_desk: Desk) -> NotesPage:
    """Two fields and a button."""
    return NotesPage()


def open_notes(desk: Desk) -> Answered:
    """Number and PIN, or the next step of a visit."""
    visit = desk.form.optional_text("visit")
    return _step(desk, visit) if visit else _try(desk)


def _try(desk: Desk) -> NotesPage | Later:
    """Count the try and look for the receipt; then, without a database, try the PIN.

    Whether there is such a receipt, has been, or its PIN is another one changes neither the answer
    nor the time it takes. A form that has opened a page opens none again: whoever goes back in
    this browser and sends it once more finds the two fields.
    """
    if once.went_to(desk.db, ANYBODY_HERE, once.marked(HERE, desk.form.fields)) is not None:
        return NotesPage()
    number, pin = digits(desk.form.text("number", 60)), digits(desk.form.text("pin", 20))
    if len(number) != DIGITS and "number" not in desk.form.errors:
        desk.form.refuse("number", _("It has {n} digits. Look at it again.").format(n=DIGITS))
    desk.form.check()
    attempt = attempts.begin(desk, f"receipt {number}", attempts.A_DAY)
    row = receipts.find(desk, number)
    stored = [row.pin, row.panic] if row else []
    return Later(
        partial(hashing.tried, pin, stored), partial(_opened, attempt, row.id if row else "")
    )


def _opened(attempt: Attempt, receipt: str, desk: Desk, fitting: list[Fitting]) -> OwnPage:
    token = receipts.begin_visit(desk, receipt, [each.stored for each in fitting])
    if token is None:
        raise FormRefused({"number": _("These do not open anything. Look at them again.")})
    attempts.forgive_this(desk, attempt)
    _remember_sent(desk)
    return _page(desk, token, taken_back=False)


def _remember_sent(desk: Desk) -> None:
    mark = once.marked(HERE, desk.form.fields)
    if mark:
        once.remember(
            desk.db, once.SentFormRow(actor=ANYBODY_HERE, once=mark, went_to="", at=desk.at)
        )


def _step(desk: Desk, visit: str) -> Answered:
    """What somebody does on an open page; a visit that is over is back at the two fields."""
    found = receipts.visited(desk, visit)
    doing, release = desk.form.optional_text("do"), desk.form.optional_text("release")
    if found is None:
        return NotesPage()
    row, empty = found
    if doing == "close":
        receipts.end_visit(desk, visit)
        return NotesPage()
    if empty or doing not in {"ask", "take_back"}:
        return _page(desk, visit, taken_back=False)
    return _ask(desk, row, release) if doing == "ask" else _take_back(desk, row, release)


def _ask(desk: Desk, row: ReceiptRow, release: str) -> OwnPage | TakeBackPage:
    visit = desk.form.optional_text("visit")
    agreed = {line.release: line for line in _agreed(desk, receipts.copy(desk, row))}
    if release not in agreed:
        return _page(desk, visit, taken_back=False)
    return TakeBackPage(visit, agreed[release])


def _take_back(desk: Desk, row: ReceiptRow, release: str) -> OwnPage:
    done = receipts.take_back(desk, row, release)
    return _page(desk, desk.form.optional_text("visit"), taken_back=done)


def _page(desk: Desk, visit: str, *, taken_back: bool) -> OwnPage:
    found = receipts.visited(desk, visit)
    if found is None or found[1]:
        return OwnPage(visit, [], [], [], taken_back=False)
    copy = receipts.copy(desk, found[0])
    shared = _shared(desk, copy)
    return OwnPage(
        visit=visit,
        agreed=_agreed(desk, copy),
        open=[line for line in shared if line.ended_at is None],
        ended=[line for line in shared if line.ended_at is not None],
        taken_back=taken_back,
    )


def _agreed(desk: Desk, copy: Copy) -> list[AgreedLine]:
    names = agency_names(desk.db, [each.to_agency for each in copy.releases])
    return [
        AgreedLine(
            release=each.id,
            agency=names[each.to_agency],
            what=what(each),
            what_for=what_for(each),
            until=each.ends,
        )
        for each in copy.releases
    ]


def _shared(desk: Desk, copy: Copy) -> list[SharedLine]:
    """What was shared, one line for each agency, moment and end."""
    gathered: dict[tuple[object, ...], list[Told]] = {}
    for each in copy.told:
        same = (each.agency, each.made_at, each.record, each.until, each.ended_at)
        gathered.setdefault(same, []).append(each)
    names = agency_names(desk.db, [each.agency for each in copy.told])
    return [_line(desk, copy, found, names) for found in gathered.values()]


def _line(desk: Desk, copy: Copy, found: Sequence[Told], names: dict[str, str]) -> SharedLine:
    first = found[0]
    over = first.ended_at or (first.until if first.until <= desk.at else None)
    shown = {each.envelope: each for each in found}
    return SharedLine(
        agency=names.get(first.agency, ""),
        at=first.made_at,
        until=first.until,
        ended_at=over,
        what=listed(labels({each.category for each in found}, Category)),
        pieces=[
            PieceView(str(entry.category.label), lines(entry.category, entry.body))
            for entry in (copy.opened.get(name) for name in shown)
            if entry is not None
        ],
    )


ROUTES = [
    page("GET", HERE, notes, audience=ANYBODY, audit=""),
    page("POST", HERE, open_notes, audience=ANYBODY, audit="notes.opened", again=notes),
]
