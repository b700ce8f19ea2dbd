"""The pages on which people are kept out of a case, and on which two let them know again."""

from collections.abc import Mapping, Sequence

from hub.cases import queries as cases
from hub.cases.keeping import actions, letting_in, queries
from hub.cases.keeping.letting_in import Line
from hub.cases.keeping.named import named_contacts
from hub.cases.keeping.views import KeptLine, LiftPage, NeverPage
from hub.cases.names import agency_names, names_of, other_agencies
from hub.cases.tables import CaseRow
from hub.consent.terms import SAID_TO_STAFF, Mode
from hub.core.errors import Changed
from hub.core.ids import AgencyId, CaseId, PersonId
from hub.core.language import _, speak_of
from hub.core.words import pairs
from hub.desk import Desk, WorkItem
from hub.door.lifting import MAY_CONFIRM
from hub.web.answers import Go
from hub.web.routes import CASEWORKERS, page


def show_never(desk: Desk) -> NeverPage:
    """Who must never know of a case, and how to add to them."""
    case = CaseId(desk.path["case"])
    row = cases.case(desk, case)
    speak_of(cases.spoken_of(desk, case))
    return _never_page(desk, case, row)


def _never_page(desk: Desk, case: CaseId, row: CaseRow) -> NeverPage:
    kept, own = letting_in.lines(desk, case), AgencyId(row.agency)
    agencies = agency_names(desk.db, [own]) | dict(other_agencies(desk.db, own))
    chosen = desk.form.optional_id("agency") or ""
    lines, asking = _lines(desk, kept), desk.form.optional_id("line")
    return NeverPage(
        case=case,
        code=row.code,
        closed=row.closed_at is not None,
        lines=lines,
        asking=next((each for each in lines if each.id == asking and not each.asked_by), None),
        agencies=list(agencies.items()),
        agency=chosen if chosen in agencies else "",
        agency_name=agencies.get(chosen, ""),
        own=chosen == own,
        staff=_staff(desk, AgencyId(chosen), kept) if chosen in agencies else (),
        modes=pairs(SAID_TO_STAFF),
    )


def _staff(desk: Desk, agency: AgencyId, kept: Sequence[Line]) -> list[tuple[str, str]]:
    out = {each.person for each in kept}
    return [(id, name) for id, name in queries.staff_of(desk.db, agency) if id not in out]


def _lines(desk: Desk, kept: Sequence[Line]) -> list[KeptLine]:
    people = {each for line in kept for each in (line.person, line.asked_by) if each}
    names = names_of(desk.db, people)
    agencies = agency_names(desk.db, [line.agency for line in kept if line.agency])
    return [
        KeptLine(
            id=line.id,
            who=_who(line, names, agencies),
            why=line.why,
            since=line.since,
            asked_by=names.get(line.asked_by or "", ""),
            meaning=_meaning(desk, line),
            is_name=line.is_name,
        )
        for line in kept
    ]


def _who(line: Line, names: Mapping[str, str], agencies: Mapping[str, str]) -> str:
    if line.person:
        return names.get(line.person, "")
    agency = agencies.get(line.agency or "", "")
    if line.is_desk:
        return _("Everybody at the intake desk of {agency}").format(agency=agency)
    return agency or line.name


def _meaning(desk: Desk, line: Line) -> str:
    """What a line means for what goes out, where its reason does not say it."""
    if line.name:
        return _("The name is shown to you whenever something is about to go.")
    if not line.is_desk or line.agency is None:
        return ""
    if named_contacts(desk, line.agency):
        return _("What goes there goes to their named safe contact.")
    return _("They have named no safe contact yet: nothing can go there. Ask them to name one.")


def keep_person(desk: Desk) -> Go:
    """Keep a member of staff of any agency out."""
    case, person = _case(desk), PersonId(desk.form.id("person"))
    desk.form.check()
    actions.keep_person_out(desk, case, person)
    return Go("show_never", case=case)


def keep_agency(desk: Desk) -> Go:
    """Keep a whole agency out."""
    case, agency = _case(desk), AgencyId(desk.form.id("agency"))
    mode = desk.form.choice("mode", Mode)
    if mode not in SAID_TO_STAFF:
        desk.form.refuse("mode", _("Choose one of the answers shown."))
    desk.form.check()
    actions.keep_agency_out(desk, case, agency, mode)
    return Go("show_never", case=case)


def keep_desk(desk: Desk) -> Go:
    """Send nothing to an agency's intake desk, only to its named safe contact."""
    case, agency = _case(desk), AgencyId(desk.form.id("agency"))
    desk.form.check()
    actions.keep_desk_out(desk, case, agency)
    return Go("show_never", case=case)


def keep_name(desk: Desk) -> Go:
    """Write down somebody who has no account."""
    case, name = _case(desk), desk.form.text("name", 200)
    desk.form.check()
    actions.write_name(desk, case, name)
    return Go("show_never", case=case)


def ask_lift(desk: Desk) -> Go:
    """Ask that somebody may know again."""
    case, reason = _case(desk), desk.form.prose("reason", 2000)
    desk.form.check()
    letting_in.ask_to_let_in(desk, case, desk.path["line"], reason)
    return Go("show_never", case=case)


def _case(desk: Desk) -> CaseId:
    """The case of the address, once it is clear that it is this team's."""
    case = CaseId(desk.path["case"])
    cases.case(desk, case)
    speak_of(cases.spoken_of(desk, case))
    return case


def show_lift(desk: Desk) -> LiftPage:
    """What somebody else asked, with their reason, to say yes or no to."""
    return _lift_page(desk, letting_in.one_to_answer(desk, desk.path["line"]))


def _lift_page(desk: Desk, asked: Line) -> LiftPage:
    [line] = _lines(desk, [asked])
    reason, name = letting_in.asked_with(desk, asked)
    row = queries.own_case(desk, asked.case)
    return LiftPage(
        line=asked.id,
        code=row.code if row else "",
        who=line.who or name,
        why=line.why,
        since=line.since,
        asked_by=line.asked_by,
        reason=reason,
        asked=asked.reason or "",
        is_name=asked.is_name,
    )


def answer_lift(desk: Desk) -> Go:
    """Say yes or no to it."""
    asked = letting_in.one_to_answer(desk, desk.path["line"])
    if desk.form.id("asked") != asked.reason:
        raise Changed
    if desk.form.text("answer", 3) == "yes":
        letting_in.say_yes(desk, asked)
    else:
        letting_in.say_no(desk, asked)
    return Go("show_work")


def to_say_yes_or_no(desk: Desk) -> list[WorkItem]:
    """What somebody else asked and the one who looks may say yes or no to."""
    return [
        WorkItem(
            due=None,
            what=_("Let somebody know again?"),
            sentence=_("A colleague asks for it. It takes two: read why, then say yes or no."),
            href=f"/lifts/{asked.id}",
            step=_("Read it"),
        )
        for asked in letting_in.to_answer(desk)
    ]


NEVER = "/cases/{case}/never"


ROUTES = [
    page("GET", NEVER, show_never, audience=CASEWORKERS, audit="keep_out.read"),
    page(
        "POST",
        f"{NEVER}/people",
        keep_person,
        audience=CASEWORKERS,
        audit="keep_out.person",
        again=show_never,
    ),
    page(
        "POST",
        f"{NEVER}/agencies",
        keep_agency,
        audience=CASEWORKERS,
        audit="keep_out.agency",
        again=show_never,
    ),
    page(
        "POST",
        f"{NEVER}/desks",
        keep_desk,
        audience=CASEWORKERS,
        audit="keep_out.desk_choice",
        again=show_never,
    ),
    page(
        "POST",
        f"{NEVER}/names",
        keep_name,
        audience=CASEWORKERS,
        audit="keep_out.name",
        again=show_never,
    ),
    page(
        "POST",
        f"{NEVER}/{{line}}/lift",
        ask_lift,
        audience=CASEWORKERS,
        audit="keep_out.ask_lift",
        again=show_never,
    ),
    page("GET", "/lifts/{line}", show_lift, audience=MAY_CONFIRM, audit="keep_out.read_lift"),
    page(
        "POST",
        "/lifts/{line}",
        answer_lift,
        audience=MAY_CONFIRM,
        audit="keep_out.answer_lift",
        again=show_lift,
    ),
]
