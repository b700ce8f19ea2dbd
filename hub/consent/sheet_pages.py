"""The sheet of a release to print: to be signed by hand, or to be taken along where it is safe."""

from dataclasses import replace

from hub.cases import queries as cases
from hub.cases.names import agency_names
from hub.consent import drafting, queries, walking
from hub.consent.paper import Section, faults_by_section
from hub.consent.sheet import is_over, sheet, terms_of
from hub.consent.views import ReleaseSheet
from hub.core.ids import CaseId, ReleaseId
from hub.core.language import speak_of
from hub.desk import Desk
from hub.web.answers import Go
from hub.web.routes import CASEWORKERS, page


def print_draft(desk: Desk) -> ReleaseSheet | Go:
    """What is to be signed; while something is missing, the page that says what."""
    row = drafting.draft(desk, desk.path["draft"])
    speak_of(cases.spoken_of(desk, CaseId(row.case)))
    terms, found = walking.wrong(desk, drafting.answers(desk, row))
    if set(faults_by_section(found)) - {Section.SIGN}:
        return Go("show_paper", draft=row.id)
    names = agency_names(desk.db, [desk.sight.agency, terms.to_agency])
    own, agency = names[desk.sight.agency], names[terms.to_agency]
    return replace(sheet(terms, own, agency, walking.days(desk)), draft=row.id)


def print_release(desk: Desk) -> ReleaseSheet:
    """What was agreed to."""
    row = queries.release_row(desk, ReleaseId(desk.path["release"]))
    case = cases.case(desk, CaseId(row.case))  # nobody who must never know prints what she agreed
    speak_of(cases.spoken_of(desk, CaseId(case.id)))
    given = queries.evidence(desk, row).get("given")
    names = agency_names(desk.db, [row.from_agency, row.to_agency])
    terms = terms_of(row, given.body if given else {})
    days = walking.days(desk)
    made = sheet(terms, names[row.from_agency], names[row.to_agency], days)
    signed = days.said(row.recorded_at)
    return replace(made, release=row.id, signed=signed, over=is_over(desk, row))


ROUTES = [
    page(
        "GET",
        "/releases/drafts/{draft}/paper",
        print_draft,
        audience=CASEWORKERS,
        audit="release.print",
    ),
    page(
        "GET",
        "/releases/{release}/paper",
        print_release,
        audience=CASEWORKERS,
        audit="release.print",
    ),
]
