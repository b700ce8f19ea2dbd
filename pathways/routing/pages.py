"""The page on which a case manager asks the directory who can help."""

from hub.cases.keeping.queries import agencies_away
from hub.cases.queries import spoken_of
from hub.core.ids import AgencyId, CaseId
from hub.core.language import speak_of
from hub.core.words import Role
from hub.desk import Desk
from hub.web.routes import CASEWORKERS, COORDINATORS, WORKERS, page
from pathways.directory.listing import Service
from pathways.directory.terms import ReferralMethod
from pathways.routing import queries
from pathways.routing.asking import choices, read_need, said
from pathways.routing.need import Need
from pathways.routing.ranking import NotFitting, Ranked, ranked
from pathways.routing.reasons import Criterion
from pathways.routing.views import Answer, FindPage, FittingView, OtherView


def find_service(desk: Desk) -> FindPage:
    """Who fits a need, why, and what stands in the way of the others."""
    index = queries.index(desk.db)
    need, case = read_need(desk.form, index), desk.form.optional_id("case")
    desk.form.check()
    if case:
        speak_of(spoken_of(desk, CaseId(case)))
    away = agencies_away(desk, case) if case else frozenset()
    answer = _answer(desk, need, away) if need is not None else None
    return FindPage(choices(index), case or "", answer)


def ask_again(desk: Desk) -> FindPage:
    """The question as it was typed, without an answer."""
    return FindPage(choices(queries.index(desk.db)), "", None)


def _answer(desk: Desk, need: Need, away: frozenset[AgencyId]) -> Answer:
    local = desk.at.astimezone(desk.hub.settings.zone)
    candidates = queries.index(desk.db).candidates(need, local.date())
    ranking = ranked(candidates, need, local, queries.trodden(desk))
    return Answer(
        asked=said(need),
        fitting=tuple(_fitting(desk, one, away) for one in ranking.fitting),
        others=tuple(_other(one) for one in ranking.not_fitting),
        more=ranking.more,
        more_others=ranking.more_not,
    )


def _fitting(desk: Desk, one: Ranked, away: frozenset[AgencyId]) -> FittingView:
    service = one.service
    good = [r for r in one.fit.good if r.criterion is not Criterion.SERVICE_TYPE]
    return FittingView(
        id=str(service.id),
        name=service.name,
        agency=service.organization.name,
        where=_where(service),
        why=tuple(reason.sentence for reason in good),
        ask=tuple(reason.sentence for reason in one.fit.unknowns),
        because=one.because,
        step="away" if service.agency in away else _step(desk, service.agency, service),
    )


def _step(desk: Desk, agency: AgencyId | None, service: Service) -> str:
    """What the reader can do now: refer, nothing because it is their own, or "" for neither."""
    if agency == desk.sight.agency:
        return "own"
    may = bool(desk.sight.roles & CASEWORKERS) and agency is not None
    return "refer" if may and ReferralMethod.HUB in service.intake.methods else ""


def _where(service: Service) -> str:
    return ", ".join(dict.fromkeys(place.area for place in service.locations if place.area))


def _other(one: NotFitting) -> OtherView:
    service = one.service
    sentences = tuple(reason.sentence for reason in one.in_the_way)
    return OtherView(str(service.id), service.name, service.organization.name, sentences)


ASKERS = WORKERS | COORDINATORS | frozenset({Role.ADMINISTRATOR, Role.PRIVACY_OFFICER})

ROUTES = [page("GET", "/find", find_service, audience=ASKERS, audit="", again=ask_again)]
