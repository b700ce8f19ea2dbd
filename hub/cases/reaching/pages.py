"""The pages of reaching somebody safely."""

from hub.cases import queries as cases
from hub.cases.reaching import actions, queries, showing
from hub.cases.reaching.views import ReachPage
from hub.core.ids import CaseId
from hub.core.language import speak_of
from hub.desk import Desk
from hub.web.answers import Go
from hub.web.routes import CASEWORKERS, page


def reach(desk: Desk) -> ReachPage:
    """The ways, whether each may be used now, and what waits."""
    case = CaseId(desk.path["case"])
    row = cases.case(desk, case)
    speak_of(cases.spoken_of(desk, case))
    ways, waiting = queries.ways(desk, case), queries.messages(desk, case)
    lines = {each.line for each in waiting}
    views = [showing.way_view(desk, way, lines) for way in ways]
    messages = showing.message_views(desk, waiting, ways)
    return ReachPage(row.id, row.code, row.closed_at is not None, views, messages)


def confirm_contact(desk: Desk) -> Go:
    """It was said again that this way is safe."""
    case = CaseId(desk.path["case"])
    actions.confirm(desk, case, queries.way(desk, case, desk.path["entry"]))
    return Go("reach", case=case)


def queue_message(desk: Desk) -> Go:
    """Let a message wait for the next safe hour."""
    case = CaseId(desk.path["case"])
    actions.queue(desk, case, queries.way(desk, case, desk.path["entry"]))
    return Go("reach", case=case)


def do_message(desk: Desk) -> Go:
    """Somebody called or wrote."""
    row = queries.message(desk, CaseId(desk.path["case"]), desk.path["message"])
    actions.do(desk, row, desk.form.version())
    return Go("reach", case=row.case)


def cancel_message(desk: Desk) -> Go:
    """Take it back."""
    row = queries.message(desk, CaseId(desk.path["case"]), desk.path["message"])
    actions.cancel(desk, row, desk.form.version())
    return Go("reach", case=row.case)


ROUTES = [
    page("GET", "/cases/{case}/reach", reach, audience=CASEWORKERS, audit="contact.read"),
    *(
        page(
            "POST", f"/cases/{{case}}/reach/{end}", done, audience=CASEWORKERS, audit=a, again=reach
        )
        for end, done, a in (
            ("ways/{entry}/confirm", confirm_contact, "contact.confirm"),
            ("ways/{entry}/messages", queue_message, "message.queue"),
            ("{message}/done", do_message, "message.do"),
            ("{message}/cancel", cancel_message, "message.cancel"),
        )
    ),
]
