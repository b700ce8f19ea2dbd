"""What cases bring to the start page."""

from hub.cases import queries
from hub.cases.names import names_of
from hub.core.ids import CaseId
from hub.core.language import _, ngettext
from hub.core.words import Role
from hub.desk import Aside, Desk, WorkItem


def offered_to_me(desk: Desk) -> list[WorkItem]:
    """Cases that colleagues offer to the one who looks."""
    found = queries.offers_to_me(desk)
    names = names_of(desk.db, [offer.from_person for offer, _case in found])
    return [
        WorkItem(
            due=None,
            what=f"{case.code} · " + _("offered to you"),
            sentence=_("{name} asks you to take it over. Read the note, then answer.").format(
                name=names.get(offer.from_person, "")
            ),
            href=f"/offers/{offer.id}",
            step=_("Answer"),
        )
        for offer, case in found
    ]


def my_open_cases(desk: Desk) -> Aside | None:
    """How many open cases one is the case manager of; None for those who never are."""
    if not desk.sight.roles & {Role.CASE_MANAGER, Role.SUPERVISOR}:
        return None
    rows = [row for row in queries.my_cases(desk) if row.closed_at is None]
    managers = queries.primaries(desk.db, [CaseId(row.id) for row in rows])
    mine = sum(person == desk.sight.person for person in managers.values())
    rest = len(rows) - mine
    after = ngettext("open; {n} more you supervise", "open; {n} more you supervise", rest)
    return Aside(
        title=_("My cases"),
        number=str(mine),
        after=after.format(n=rest) if rest else _("open"),
        href="/cases",
        step=_("See them"),
    )
