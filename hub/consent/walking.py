"""Walking through a draft: each section's page, what is saved of it, and the signature."""

from collections.abc import Callable
from datetime import date
from typing import Final

from hub.cases import queries as cases
from hub.cases.bodies import BELONGS
from hub.cases.keeping.queries import agencies_away
from hub.cases.names import agency_names, other_agencies
from hub.consent import drafting, queries
from hub.consent.actions import faults_of, record_release
from hub.consent.drafting import Answers
from hub.consent.notice import Heard, Language, notice
from hub.consent.paper import (
    FIELDS,
    SECTION_OF,
    Section,
    faults_by_section,
    one,
    read,
    text_shown,
    written_in,
)
from hub.consent.previewing import changes
from hub.consent.summing import Days, summed
from hub.consent.superseding import replace_release
from hub.consent.tables import DraftRow
from hub.consent.terms import (
    Asked,
    Assent,
    Copies,
    GivenBy,
    Manner,
    ReleaseTerms,
    Said,
    Way,
)
from hub.consent.walk_views import (
    AgreesPage,
    Begun,
    LanguagePage,
    SignPage,
    Summary,
    TalkPage,
    UntilPage,
    WhatPage,
    WhoPage,
)
from hub.core.errors import StepRefused
from hub.core.ids import CaseId, ReleaseId
from hub.core.language import _
from hub.core.words import RELEASABLE, Category, Purpose, ServiceType, pairs
from hub.desk import Desk

SectionPage = LanguagePage | WhoPage | WhatPage | UntilPage | TalkPage | AgreesPage
OFFERED: Final = tuple(each for each in Purpose if each is not Purpose.FIGURES)
APART: Final = tuple(each for each in RELEASABLE if each is not Category.LOCATION)


def today(desk: Desk) -> date:
    """The day it is at this hub."""
    return desk.at.astimezone(desk.hub.settings.zone).date()


def days(desk: Desk) -> Days:
    """Days in the words of this hub."""
    return Days(desk.hub.settings.zone, desk.hub.settings.language)


def section_page(desk: Desk, row: DraftRow, section: Section) -> SectionPage:
    """The page of one section."""
    answers = drafting.answers(desk, row)
    return PAGES[section](desk, begun(desk, row, section, answers))


def begun(desk: Desk, row: DraftRow, section: Section, answers: Answers) -> Begun:
    """The draft as every page of the walk is given it."""
    way = list(Section)
    place = way.index(section)
    steps = [(str(each.label), "", _state(way.index(each), place)) for each in way]
    to = one(answers, "to_agency")
    return Begun(
        id=row.id,
        case=row.case,
        code=cases.case(desk, CaseId(row.case)).code,
        section=section.value,
        before=way[place - 1].value if place else "",
        version=row.version,
        agency=agency_names(desk.db, [to]).get(to, ""),
        follows=row.follows is not None,
        steps=steps,
        answers=answers,
    )


def _state(place: int, now: int) -> str:
    if place == now:
        return "now"
    return "done" if place < now else "todo"


def _language_page(_desk: Desk, draft: Begun) -> SectionPage:
    return LanguagePage(draft, pairs(Language))


def _who_page(desk: Desk, draft: Begun) -> SectionPage:
    away = agencies_away(desk, draft.case)
    others = [
        (str(id), name) for id, name in other_agencies(desk.db, desk.sight.agency) if id not in away
    ]
    return WhoPage(draft, others, pairs(OFFERED), pairs(ServiceType))


def _what_page(_desk: Desk, draft: Begun) -> SectionPage:
    belongs = {each.value: str(BELONGS[each]) for each in APART}
    return WhatPage(draft, pairs(APART), belongs, pairs(RELEASABLE))


def _until_page(desk: Desk, draft: Begun) -> SectionPage:
    return UntilPage(draft, queries.policy(desk).most_days, pairs(Way))


def _talk_page(desk: Desk, draft: Begun) -> SectionPage:
    terms, _unread = read(draft.answers, desk.hub.settings.zone)
    told = summed(terms, draft.agency, days(desk))
    plan = [
        each for section in (Section.WHO, Section.WHAT, Section.UNTIL) for each in told[section]
    ]
    heard = terms.given.heard or Heard(Language.ENGLISH, text_shown(draft.answers))
    return TalkPage(draft, notice(heard), plan, pairs(Asked), pairs(Said))


def _agrees_page(_desk: Desk, draft: Begun) -> SectionPage:
    return AgreesPage(draft, pairs(GivenBy), pairs(Assent))


PAGES: Final[dict[Section, Callable[[Desk, Begun], SectionPage]]] = {
    Section.BEGIN: _language_page,
    Section.WHO: _who_page,
    Section.WHAT: _what_page,
    Section.UNTIL: _until_page,
    Section.TALK: _talk_page,
    Section.AGREES: _agrees_page,
}


def save(desk: Desk, row: DraftRow, section: Section, *, checked: bool) -> None:
    """Keep one section as it was typed.

    Args:
        checked: whether what cannot stand is refused; going back or home keeps it as it is.

    Raises:
        FormRefused: something of this section cannot stand.
        StepRefused: somebody else wrote on it meanwhile.
    """
    written = {**drafting.answers(desk, row), **written_in(section, desk.form.fields)}
    if checked:
        for name, sentence in wrong(desk, written)[1].items():
            if name in FIELDS[section]:
                desk.form.refuse(name, sentence)
        desk.form.check()
    drafting.keep(desk, row, written)


def wrong(desk: Desk, written: Answers) -> tuple[ReleaseTerms, dict[str, str]]:
    """The terms, and what is wrong with them; a day that could not be read is one mistake."""
    terms, unread = read(written, desk.hub.settings.zone)
    found = faults_of(desk, terms)
    if {"starts", "ends"} & set(unread):
        found.pop("ends", None)
    return terms, {**found, **unread}


def sign_page(desk: Desk, row: DraftRow) -> SignPage:
    """The whole paper, with what is still wrong, and what changes when it is signed."""
    written = drafting.answers(desk, row)
    terms, found = wrong(desk, written)
    draft = begun(desk, row, Section.SIGN, written)
    told = summed(terms, draft.agency, days(desk))
    missing = faults_by_section(found)
    policy = queries.policy(desk)
    manners = [each for each in Manner if each is not Manner.VERBAL or policy.spoken_counts]
    return SignPage(
        draft=draft,
        summaries=[
            Summary(each.value, str(each.label), told[each], missing.get(each, []), change=True)
            for each in told
        ],
        manners=pairs(manners),
        copies=pairs(Copies),
        ready=not set(missing) - {Section.SIGN},
        spoken_counts=policy.spoken_counts,
        changes=changes(desk, ReleaseId(row.follows), terms) if row.follows else [],
    )


def sign(desk: Desk, row: DraftRow) -> ReleaseId:
    """Write down the release she signed and drop its draft.

    Raises:
        FormRefused: something cannot stand; what belongs to another section is said beside it.
        StepRefused: the paper changed since the page was shown, or the case is closed.
    """
    before = drafting.answers(desk, row)
    written = {**before, **written_in(Section.SIGN, desk.form.fields)}
    if desk.form.version() != row.version:
        raise StepRefused(_("The paper changed meanwhile. Read it again before it is signed."))
    terms, found = wrong(desk, written)
    for name, sentence in found.items():
        section = SECTION_OF.get(name, Section.SIGN)
        desk.form.refuse(name if section is Section.SIGN else f"section-{section}", sentence)
    desk.form.check()
    follows, case = row.follows, CaseId(row.case)
    drafting.drop(desk, row, "signed")
    if follows:
        return replace_release(desk, ReleaseId(follows), terms)
    return record_release(desk, case, terms)
