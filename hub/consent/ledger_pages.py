"""The pages of who was told what: for the team, and as a copy for the person it is about."""

from collections.abc import Sequence
from datetime import datetime, time, timedelta
from functools import partial

from hub.cases import queries as cases
from hub.cases.names import agency_names, names_of, staff_with
from hub.consent import copying, ledger_queries
from hub.consent.because import Why, because
from hub.consent.days import day, moment
from hub.consent.ledger import LedgerLine
from hub.consent.ledger_lines import line_views, outside_views, why
from hub.consent.ledger_tables import LedgerCopyRow, Safe
from hub.consent.ledger_views import AskCopyPage, CopyView, LedgerPage, PaperPage, ToldView
from hub.consent.ledger_words import Telling, told_on_paper, told_to_her
from hub.core.errors import NothingHere
from hub.core.ids import CaseId, PersonId, looks_like_id
from hub.core.language import _, speak_of
from hub.core.words import Ground, Role, pairs
from hub.desk import Desk
from hub.door.keeping_out import let_in
from hub.door.ledgers import Walk, Which
from hub.web.answers import Go
from hub.web.routes import CASEWORKERS, page


def ledger(desk: Desk) -> LedgerPage:
    """What was shared beyond the care team, with whom, why, until when, and how it ended."""
    row = cases.case(desk, CaseId(desk.path["case"]))
    speak_of(cases.spoken_of(desk, CaseId(row.id)))
    return _page(desk, CaseId(row.id), row.code)


def _page(desk: Desk, case: CaseId, code: str) -> LedgerPage:
    open_now, over = _walked(desk, case, Which.OPEN), _walked(desk, case, Which.OVER)
    first = not any(_mark(desk, which) for which in (Which.OPEN, Which.OVER))
    told = [each for part in desk.hub.parts.told_outside for each in part(desk, case)]
    return LedgerPage(
        case=case,
        code=code,
        because=because(Why(Ground.OWN_WORK, code=code)),
        team=_team(desk, case),
        open=line_views(desk, case, open_now.lines),
        more_open=open_now.last,
        ended=line_views(desk, case, over.lines),
        more_ended=over.last,
        first=first,
        outside=outside_views(desk, told),
        copies=_copies(desk, case),
    )


def _walked(desk: Desk, case: CaseId, which: Which) -> ledger_queries.Stretch:
    walk = Walk(case, which, ledger_queries.PAGE, after=_mark(desk, which))
    return ledger_queries.lines(desk, walk)


def _mark(desk: Desk, which: Which) -> str:
    """Where the page before ended; what is no mark at all leads nowhere."""
    typed = (desk.form.fields.get(f"{which}_after") or [""])[0]
    if typed and not looks_like_id(typed):
        raise NothingHere
    return typed


def _team(desk: Desk, case: CaseId) -> list[str]:
    """The names of the care team: the primary case manager first, then supervisors who may know."""
    manager = cases.primary(desk.db, case)
    supervisors = staff_with(desk.db, desk.sight.agency, [Role.SUPERVISOR])
    may = let_in(desk.db, desk.sight, case, [person for person, _name in supervisors])
    rest = [name for person, name in supervisors if person != manager and person in may]
    return [names_of(desk.db, [manager]).get(PersonId(manager), ""), *rest]


def _copies(desk: Desk, case: CaseId) -> list[CopyView]:
    rows = ledger_queries.copies(desk, case)
    people = names_of(desk.db, [row.asked_by for row in rows])
    return [
        CopyView(str(row.answer.label), row.asked_at, people.get(row.asked_by, ""), row.id)
        for row in rows
    ]


def ask_copy(desk: Desk) -> AskCopyPage:
    """Before a copy is made: ask her whether it is safe to keep."""
    row = cases.case(desk, CaseId(desk.path["case"]))
    speak_of(cases.spoken_of(desk, CaseId(row.id)))
    return AskCopyPage(row.id, row.code, pairs(Safe))


def make_copy(desk: Desk) -> Go:
    """Write down what she said, and show the copy or what to read aloud."""
    row = cases.case(desk, CaseId(desk.path["case"]))
    speak_of(cases.spoken_of(desk, CaseId(row.id)))
    answer = desk.form.choice("answer", Safe)
    span = _span(desk)
    desk.form.check()
    made = copying.ask(desk, CaseId(row.id), answer, span)
    return Go("show_copy", case=row.id, copy=made)


def _span(desk: Desk) -> copying.Span:
    """From the first minute of one day to the last of another, as far as they were typed."""
    since, until = desk.form.optional_day("since"), desk.form.optional_day("until")
    if since and until and until < since:
        desk.form.refuse("until", _("The last day is before the first. Change one of them."))
    zone = desk.hub.settings.zone
    begins = datetime.combine(since, time.min, zone) if since else None
    after = until + timedelta(days=1) if until else None
    return copying.Span(begins, datetime.combine(after, time.min, zone) if after else None)


def show_copy(desk: Desk) -> PaperPage:
    """The copy to hand over, or the summary to read aloud, as she chose."""
    row = cases.case(desk, CaseId(desk.path["case"]))
    speak_of(cases.spoken_of(desk, CaseId(row.id)))
    made = ledger_queries.copy(desk, CaseId(row.id), desk.path["copy"])
    walk = Walk(row.id, Which.ALL, ledger_queries.MOST, since=made.since, until=made.until)
    return _paper(desk, row.code, made, ledger_queries.lines(desk, walk))


def _paper(desk: Desk, code: str, made: LedgerCopyRow, found: ledger_queries.Stretch) -> PaperPage:
    return PaperPage(
        case=made.case,
        code=code,
        aloud=made.answer is Safe.TOLD,
        span=_said_span(desk, made),
        open=_told(desk, [each for each in found.lines if each.open and not each.waits(desk.at)]),
        soon=_told(desk, [each for each in found.lines if each.waits(desk.at)]),
        ended=_told(desk, [line for line in found.lines if not line.open]),
        outside=_outside(desk, made),
        more=bool(found.last),
    )


def _outside(desk: Desk, made: LedgerCopyRow) -> list[ToldView]:
    """What left on paper within the days of the copy."""
    case, settings = CaseId(made.case), desk.hub.settings
    told = [each for part in desk.hub.parts.told_outside for each in part(desk, case)]
    within = [
        each
        for each in told
        if (made.since is None or each.at >= made.since)
        and (made.until is None or each.at < made.until)
    ]
    return [
        ToldView(_("{day}: {agency}").format(day=day(settings, each.at), agency=each.to), said)
        for each in within
        for said in [told_on_paper(each.to, each.categories, str(each.ground.label))]
    ]


def _told(desk: Desk, found: Sequence[LedgerLine]) -> list[ToldView]:
    names = agency_names(desk.db, [line.agency for line in found])
    settings = desk.hub.settings
    views = []
    for line in found:
        agency = names.get(line.agency, "")
        telling = Telling(
            agency, why(line), desk.at, partial(day, settings), partial(moment, settings)
        )
        heading = _("{day}: {agency}").format(day=day(settings, line.at), agency=agency)
        views.append(ToldView(heading, told_to_her(line, telling)))
    return views


def _said_span(desk: Desk, made: LedgerCopyRow) -> str:
    """Which days the copy reaches over, in words."""
    last = made.until - timedelta(seconds=1) if made.until else made.asked_at
    settings = desk.hub.settings
    if made.since is None:
        return _("Up to {day}.").format(day=day(settings, last))
    first = day(settings, made.since)
    return _("From {first} to {last}.").format(first=first, last=day(settings, last))


ROUTES = [
    page("GET", "/cases/{case}/ledger", ledger, audience=CASEWORKERS, audit="ledger.read"),
    page("GET", "/cases/{case}/ledger/copy", ask_copy, audience=CASEWORKERS, audit=""),
    page(
        "POST",
        "/cases/{case}/ledger/copies",
        make_copy,
        audience=CASEWORKERS,
        audit="ledger.copy",
        again=ask_copy,
    ),
    page(
        "GET",
        "/cases/{case}/ledger/copies/{copy}",
        show_copy,
        audience=CASEWORKERS,
        audit="ledger.copy_read",
    ),
]
