"""Dropping a release that was begun: a page that asks first, and a word on the case afterwards."""

from typing import Final

from hub.cases import queries as cases
from hub.consent import drafting, walking
from hub.consent.paper import Section, read
from hub.consent.summing import summed
from hub.consent.tables import DraftRow
from hub.consent.walk_views import DropPage
from hub.core.errors import StepRefused
from hub.core.ids import CaseId
from hub.core.language import _, speak_of
from hub.desk import Desk
from hub.web.answers import Go
from hub.web.routes import CASEWORKERS, page

SHOWN: Final = (Section.WHO, Section.WHAT, Section.UNTIL)


def ask_to_drop(desk: Desk) -> DropPage:
    """Before it is dropped: what is lost."""
    row = drafting.draft(desk, desk.path["draft"])
    speak_of(cases.spoken_of(desk, CaseId(row.case)))
    return _page(desk, row)


def _page(desk: Desk, row: DraftRow) -> DropPage:
    written = drafting.answers(desk, row)
    draft = walking.begun(desk, row, Section.SIGN, written)
    terms, _unread = read(written, desk.hub.settings.zone)
    told = summed(terms, draft.agency, walking.days(desk))
    return DropPage(draft, row.begun_at, [each for section in SHOWN for each in told[section]])


def drop_draft(desk: Desk) -> Go:
    """Nothing comes of it; what was written is gone, and the page of the case says so."""
    row = drafting.draft(desk, desk.path["draft"])
    if desk.form.version() != row.version:
        raise StepRefused(_("Somebody wrote on it meanwhile. Look at it again before it is gone."))
    case = row.case
    drafting.drop(desk, row, "abandoned")
    return Go("show_case", {"dropped": "yes"}, case=case)


ROUTES = [
    page("GET", "/releases/drafts/{draft}/drop", ask_to_drop, audience=CASEWORKERS, audit=""),
    page(
        "POST",
        "/releases/drafts/{draft}/drop",
        drop_draft,
        audience=CASEWORKERS,
        audit="release.drop",
        again=ask_to_drop,
    ),
]
