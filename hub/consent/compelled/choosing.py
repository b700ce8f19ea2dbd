"""The form on which the least is chosen: single entries, one receiver, one last day."""

from datetime import timedelta
from typing import Final

from hub.cases.bodies import lines
from hub.cases.names import other_agencies
from hub.consent.compelled import scope
from hub.consent.compelled.scope import OUTSIDE, Scope
from hub.consent.compelled.tables import DutyRow, OrderRow
from hub.consent.compelled.views import Choosing
from hub.core.ids import AgencyId, CaseId, EnvelopeId
from hub.core.language import _
from hub.desk import Desk
from hub.door import Entry

USUAL: Final = timedelta(days=30)
PREVIEW: Final = 1500


def choosing(desk: Desk, row: DutyRow | OrderRow, authority: str) -> Choosing:
    """What can be ticked: each entry with its words as the receiver would read them.

    Args:
        authority: whom outside the hub it was to go to, where it was chosen before; else "".
    """
    found = scope.choosable(desk, CaseId(row.case))
    hints = {}
    for entry in found:
        said = [f"{name}: {words}" if name else words for name, words in _lines(entry)]
        whole = " · ".join(said)
        cut = whole[:PREVIEW] + "…" if len(whole) > PREVIEW else whole
        hints[str(entry.envelope)] = cut
    agencies = [(str(agency), name) for agency, name in other_agencies(desk.db, desk.sight.agency)]
    before = {each.envelope for each in scope.rows(desk, row.id)}
    last = row.until or desk.at + USUAL
    return Choosing(
        entries=[(str(each.envelope), str(each.category.label)) for each in found],
        hints=hints,
        agencies=[(OUTSIDE, _("An authority that is not on this hub")), *agencies],
        ticked=[str(each.envelope) for each in found if each.envelope in before],
        agency=row.to_agency or (OUTSIDE if authority else ""),
        authority=authority,
        until=last.astimezone(desk.hub.settings.zone).date().isoformat(),
    )


def _lines(entry: Entry) -> list[tuple[str, str]]:
    return lines(entry.category, entry.body)


def chosen(desk: Desk) -> Scope:
    """What was ticked and typed; the mistakes are noted on the form."""
    form = desk.form
    picked = form.optional_text("to_agency", 40)
    if not picked:
        form.refuse("to_agency", _("Choose who is told."))
    outside = picked == OUTSIDE
    return Scope(
        to_agency=None if outside else AgencyId(form.optional_id("to_agency") or ""),
        authority=form.optional_text("authority", 300),
        entries=tuple(EnvelopeId(each) for each in form.ids("entries")),
        until=None if outside else scope.last_moment(desk, form.optional_day("until")),
    )
