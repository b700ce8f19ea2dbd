"""The form on which the least is chosen: single entries, one receiver, one last day."""

from collections.abc import Collection, Mapping
from datetime import timedelta
from typing import Final

from hub.cases.bodies import lines
from hub.cases.names import other_agencies
from hub.consent.compelled import places, scope
from hub.consent.compelled.scope import OUTSIDE, Scope
from hub.consent.compelled.tables import DutyRow, OrderRow
from hub.consent.compelled.views import Choosing, Place
from hub.core.ids import AgencyId, CaseId, EnvelopeId, looks_like_id
from hub.core.language import _
from hub.core.words import Category
from hub.desk import Desk
from hub.door import Entry

USUAL: Final = timedelta(days=30)
PREVIEW: Final = 1500
PLACE: Final = "place_"


def choosing(desk: Desk, row: DutyRow | OrderRow, words: Mapping[str, str]) -> Choosing:
    """What can be ticked: each entry with its words as the receiver would read them.

    Whatever says where somebody is stands apart, each with its own reason.

    Args:
        words: what was sealed with the choice before; {} where nothing was chosen yet.
    """
    offered = scope.choosable(desk, CaseId(row.case))
    found = [each for each in offered if each.category is not Category.LOCATION]
    authority = words.get("to", "")
    agencies = [(str(agency), name) for agency, name in other_agencies(desk.db, desk.sight.agency)]
    before = {each.envelope for each in scope.rows(desk, row.id)}
    last = row.until or desk.at + USUAL
    return Choosing(
        entries=[(str(each.envelope), str(each.category.label)) for each in found],
        hints={str(each.envelope): _preview(each) for each in found},
        agencies=[(OUTSIDE, _("An authority that is not on this hub")), *agencies],
        ticked=[str(each.envelope) for each in found if each.envelope in before],
        places=[
            _place(each, before, places.reasons(words))
            for each in offered
            if each.category is Category.LOCATION
        ],
        agency=row.to_agency or (OUTSIDE if authority else ""),
        authority=authority,
        until=last.astimezone(desk.hub.settings.zone).date().isoformat(),
    )


def _preview(entry: Entry) -> str:
    """The words of an entry in one line, cut where they are very many."""
    told = lines(entry.category, entry.body)
    whole = " · ".join(f"{name}: {words}" if name else words for name, words in told)
    return whole[:PREVIEW] + "…" if len(whole) > PREVIEW else whole


def _place(entry: Entry, before: Collection[str], reasons: Mapping[EnvelopeId, str]) -> Place:
    return Place(
        tick=f"{PLACE}{entry.envelope}",
        words=_preview(entry),
        ticked=entry.envelope in before,
        why=scope.why_field(entry.envelope),
        reason=reasons.get(entry.envelope, ""),
    )


def chosen(desk: Desk) -> Scope:
    """What was ticked and typed; the mistakes are noted on the form."""
    form = desk.form
    picked = form.optional_text("to_agency", 40)
    if not picked:
        form.refuse("to_agency", _("Choose who is told."))
    outside, where = picked == OUTSIDE, _places(desk)
    return Scope(
        to_agency=None if outside else AgencyId(form.optional_id("to_agency") or ""),
        authority=form.optional_text("authority", 300),
        entries=(*(EnvelopeId(each) for each in form.ids("entries")), *where),
        until=None if outside else scope.last_moment(desk, form.optional_day("until")),
        reasons={each: _reason(desk, scope.why_field(each)) for each in where},
    )


def _reason(desk: Desk, field: str) -> str:
    """Why a ticked place must be told; that it is missing is said beside the other mistakes."""
    said = desk.form.optional_prose(field, 1000)
    if not said:
        desk.form.refuse(field, scope.no_reason())
    return said


def _places(desk: Desk) -> list[EnvelopeId]:
    """The ticked entries that say where somebody is; a box that is gone since counts as ticked."""
    boxes = [each.removeprefix(PLACE) for each in desk.form.fields if each.startswith(PLACE)]
    known = [each for each in boxes if looks_like_id(each)]
    return [EnvelopeId(each) for each in known if desk.form.ticked(f"{PLACE}{each}")]
