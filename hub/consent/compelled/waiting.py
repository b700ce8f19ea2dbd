"""The wait before an agency can open what a law demands, and calling it back meanwhile."""

from collections.abc import Mapping
from datetime import datetime

from hub.cases import queries as cases
from hub.consent import brake
from hub.consent.brake import Going, Haste
from hub.consent.compelled import scope
from hub.consent.compelled.scope import seal_words
from hub.consent.compelled.tables import DutyRow, OrderRow
from hub.consent.compelled.views import Wait
from hub.core.errors import StepRefused
from hub.core.ids import AgencyId, CaseId, EnvelopeId
from hub.core.language import _, ngettext
from hub.core.words import Hurry, pairs
from hub.desk import Desk
from hub.door import Ending, open_one, unshare
from hub.door.shares import CALLED_BACK
from hub.store import outbox
from hub.web.moments import shown


def opens_at(desk: Desk, row: DutyRow | OrderRow, haste: Haste | None) -> datetime | None:
    """From when it could be read there if it were told now; None for at once, and for paper."""
    if row.to_agency is None:
        return None
    told = {each.category for each in scope.rows(desk, row.id)}
    going = Going(CaseId(row.case), AgencyId(row.to_agency), told)
    return brake.opens_at(desk, going, haste)


def call_back(desk: Desk, row: DutyRow | OrderRow) -> None:
    """End what was shared on it before anybody there could open it or hear of it.

    Raises:
        StepRefused: they can open it by now.
    """
    if not scope.waits(desk, row):
        raise StepRefused(_("They can open it by now, so it cannot be called back."))
    unshare(desk.db, desk.sight, Ending(CALLED_BACK, record=row.id))
    outbox.withdraw(desk.db, row.id, desk.at)


def refuse_early(desk: Desk, row: DutyRow | OrderRow) -> None:
    """Let nobody write down that something arrived which cannot be opened yet.

    Raises:
        StepRefused: it waits.
    """
    if scope.waits(desk, row):
        raise StepRefused(_("They cannot open it yet."))


def with_haste(desk: Desk, row: DutyRow | OrderRow, words: str | None, haste: Haste) -> EnvelopeId:
    """The words of a choice once more, and why it does not wait, for the care team alone."""
    case = cases.case(desk, CaseId(row.case))
    body = dict(open_one(desk.db, desk.sight, EnvelopeId(words or "")).body)
    said = {"hurry": haste.hurry.value, "hurry_words": haste.words}
    desk.audit("compelled.hurried", record=row.id, reason=haste.hurry.value)
    return seal_words(desk, case, body | said)


def fact(words: Mapping[str, str]) -> tuple[str, str | list[str]]:
    """Why it did not wait, as one fact of a page; if it did, that is left out there."""
    if "hurry" not in words:
        return "", ""
    said = [dict(pairs(Hurry))[words["hurry"]], words.get("hurry_words", "")]
    return _("Told without the wait"), said


def wait(desk: Desk, row: DutyRow | OrderRow, *, ready: bool) -> Wait:
    """What a page says of the wait: how long it would be, or until when it lasts.

    Args:
        ready: whether it can be told now.
    """
    until = shown(desk, scope.told_at(row)) if scope.waits(desk, row) else ""
    return Wait(_first(desk, row) if ready else "", until, pairs(Hurry))


def _first(desk: Desk, row: DutyRow | OrderRow) -> str:
    """How long it would wait; "" when it would not."""
    opens = opens_at(desk, row, None)
    if opens is None:
        return ""
    n = round((opens - desk.at).total_seconds() / 60)
    return ngettext(
        "It waits {n} minute first. Until then you can call it back.",
        "It waits {n} minutes first. Until then you can call it back.",
        n,
    ).format(n=n)
