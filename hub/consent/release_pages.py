"""The walk to a release: a page for each part of the talk, then the whole paper and a signature."""

from datetime import timedelta
from typing import Final

from hub.cases import queries as cases
from hub.cases.names import agency_names, other_agencies
from hub.cases.tables import CaseRow
from hub.consent import drafting, dropping, queries, walking
from hub.consent.drafting import Answers
from hub.consent.notice import NEWEST, Language, spoken
from hub.consent.paper import NOTICE, WALK, Section, written_in
from hub.consent.renewing import answers_of
from hub.consent.tables import DraftRow
from hub.consent.walk_views import BeginPage, Pairs, SignPage
from hub.consent.walking import SectionPage
from hub.core.errors import NothingHere
from hub.core.ids import CaseId, ReleaseId
from hub.core.language import _, speak_of
from hub.core.words import pairs
from hub.desk import Desk
from hub.web.answers import Go
from hub.web.routes import CASEWORKERS, page

KEPT_AS_TYPED: Final = frozenset({"back", "later", Section.BEGIN.value})
"""Whoever goes there is not held up by what cannot stand yet."""


def new_release(desk: Desk) -> BeginPage:
    """The language of the talk; and what was begun and waits to be gone on with."""
    row = cases.case(desk, CaseId(desk.path["case"]))
    speak_of(cases.spoken_of(desk, CaseId(row.id)))
    return _begin_page(desk, row, _follows(desk, row))


def _begin_page(desk: Desk, row: CaseRow, follows: ReleaseId | None) -> BeginPage:
    return BeginPage(
        case=row.id,
        code=row.code,
        closed=row.closed_at is not None,
        alone=not other_agencies(desk.db, desk.sight.agency),
        languages=pairs(Language),
        language=_language(desk, row),
        begun=_begun(desk, row),
        follows=follows or "",
        agency=_agency(desk, follows),
    )


def _follows(desk: Desk, row: CaseRow) -> ReleaseId | None:
    """The release the new one is to take the place of, if the address or the form names one."""
    named = desk.form.optional_id("follows")
    if named is None:
        return None
    if queries.release_row(desk, ReleaseId(named)).case != row.id:
        raise NothingHere
    return ReleaseId(named)


def _agency(desk: Desk, follows: ReleaseId | None) -> str:
    if follows is None:
        return ""
    to = queries.release_row(desk, follows).to_agency
    return agency_names(desk.db, [to])[to]


def _language(desk: Desk, row: CaseRow) -> str:
    """The language her entries name first; "" when they name none that can be read."""
    named = spoken(" ".join(queries.access_words(desk, CaseId(row.id))))
    return named.value if named else ""


def _begun(desk: Desk, row: CaseRow) -> Pairs:
    """Releases that were begun: the draft's id, and since when."""
    found = drafting.drafts(desk, CaseId(row.id))
    days = walking.days(desk)
    return [(each.id, days.said(each.touched_at)) for each in found]


def begin_release(desk: Desk) -> Go:
    """Begin it: as empty as paper, or as the one before it was."""
    row = cases.case(desk, CaseId(desk.path["case"]))
    speak_of(cases.spoken_of(desk, CaseId(row.id)))
    follows = _follows(desk, row)
    if desk.form.optional_choice("language", Language) is None:
        desk.form.refuse("language", _("Choose the language in which it is read aloud."))
    desk.form.check()
    draft = drafting.begin(desk, CaseId(row.id), _first_answers(desk, follows), follows)
    return Go("show_section", draft=draft, section=Section.WHO.value)


def _first_answers(desk: Desk, follows: ReleaseId | None) -> Answers:
    """What is filled in beforehand: the usual length, what the page before knew, or the old one."""
    today = walking.today(desk)
    usual = today + timedelta(days=queries.policy(desk).usual_days)
    known = {"starts": [today.isoformat()], "ends": [usual.isoformat()]}
    known |= {"ways": ["hub"], "by": ["herself"]}
    asked = {name: desk.form.fields.get(name, []) for name in ("purposes", "service_types")}
    known |= asked | {"to_agency": [desk.form.optional_id("to_agency") or ""]}
    if follows is not None:
        known |= answers_of(desk, follows)
    known |= {NOTICE: [str(NEWEST)]}
    return known | written_in(Section.BEGIN, desk.form.fields)


def show_section(desk: Desk) -> SectionPage:
    """One part of the talk."""
    row, section = _draft(desk), _section(desk)
    return walking.section_page(desk, row, section)


def save_section(desk: Desk) -> Go:
    """Keep what was written, then go on, back, to the section that is named, or home for now."""
    row, section = _draft(desk), _section(desk)
    go = (desk.form.fields.get("go") or ["on"])[0]
    walking.save(desk, row, section, checked=go not in KEPT_AS_TYPED)
    return Go("show_case", case=row.case) if go == "later" else _at(row, _next(section, go))


def _next(section: Section, go: str) -> Section:
    named = [each for each in WALK if each.value == go]
    if named:
        return named[0]
    way = list(Section)
    return way[max(way.index(section) - 1, 0)] if go == "back" else way[way.index(section) + 1]


def _at(row: DraftRow, section: Section) -> Go:
    if section is Section.SIGN:
        return Go("show_paper", draft=row.id)
    return Go("show_section", draft=row.id, section=section.value)


def _draft(desk: Desk) -> DraftRow:
    row = drafting.draft(desk, desk.path["draft"])
    speak_of(cases.spoken_of(desk, CaseId(row.case)))
    return row


def _section(desk: Desk) -> Section:
    named = [each for each in WALK if each.value == desk.path["section"]]
    if not named:
        raise NothingHere
    return named[0]


def show_paper(desk: Desk) -> SignPage:
    """The whole paper, to be read aloud once more and signed."""
    return walking.sign_page(desk, _draft(desk))


def sign_release(desk: Desk) -> Go:
    """She signed: from now on it is a release."""
    row = _draft(desk)
    return Go("show_release", release=walking.sign(desk, row))


ROUTES = [
    page("GET", "/cases/{case}/releases/new", new_release, audience=CASEWORKERS, audit=""),
    page(
        "POST",
        "/cases/{case}/releases",
        begin_release,
        audience=CASEWORKERS,
        audit="release.begin",
        again=new_release,
    ),
    page("GET", "/releases/drafts/{draft}/sign", show_paper, audience=CASEWORKERS, audit=""),
    page(
        "POST",
        "/releases/drafts/{draft}/sign",
        sign_release,
        audience=CASEWORKERS,
        audit="release.record",
        again=show_paper,
    ),
    *dropping.ROUTES,
    page("GET", "/releases/drafts/{draft}/{section}", show_section, audience=CASEWORKERS, audit=""),
    page(
        "POST",
        "/releases/drafts/{draft}/{section}",
        save_section,
        audience=CASEWORKERS,
        audit="release.draft",
        again=show_section,
    ),
]
