"""The pages on which staff say whom they know, and administrators name safe contacts."""

from hub.cases.keeping import conflicts, named
from hub.cases.keeping.views import ConflictsPage, ConflictView, NamedPage
from hub.core.ids import CaseId, PersonId
from hub.core.language import _
from hub.desk import Desk, WorkItem
from hub.web.answers import Go
from hub.web.routes import ADMINISTRATORS, CASEWORKERS, EVERYBODY_SIGNED_IN, page


def show_conflicts(desk: Desk) -> ConflictsPage:
    """Whom one said one knows."""
    known = [ConflictView(each.id, each.name, each.at) for each in conflicts.declared(desk)]
    return ConflictsPage(known, conflicts.to_hand_over(desk))


def declare_conflict(desk: Desk) -> Go:
    """Say that one knows somebody."""
    name = desk.form.text("name", 200)
    desk.form.check()
    conflicts.declare(desk, name)
    return Go("show_conflicts")


def strike_conflict(desk: Desk) -> Go:
    """A name matters no more for what comes."""
    conflicts.strike(desk, desk.path["conflict"])
    return Go("show_conflicts")


def know_this_person(desk: Desk) -> Go:
    """One knows the person a case is about, and is taken off it."""
    conflicts.take_me_off(desk, CaseId(desk.path["case"]))
    return Go("cases")


def to_hand_over(desk: Desk) -> list[WorkItem]:
    """Cases one has to hand over before one can be taken off them."""
    return [
        WorkItem(
            due=None,
            what=f"{code} · " + _("you said that you know them"),
            sentence=_("Hand it over. From then on it is out of your sight."),
            href=f"/cases/{case}/hand-over",
            step=_("Hand over"),
        )
        for case, code in conflicts.to_hand_over(desk)
    ]


def show_named(desk: Desk) -> NamedPage:
    """The safe contacts of one's own agency."""
    now = named.named_contacts(desk, desk.sight.agency)
    return NamedPage(named.could_be_named(desk), [person for person, _name in now])


def name_contacts(desk: Desk) -> Go:
    """Name them."""
    people = [PersonId(each) for each in desk.form.ids("people")]
    desk.form.check()
    named.name_contacts(desk, people)
    return Go("show_named")


ROUTES = [
    page("GET", "/conflicts", show_conflicts, audience=EVERYBODY_SIGNED_IN, audit=""),
    page(
        "POST",
        "/conflicts",
        declare_conflict,
        audience=EVERYBODY_SIGNED_IN,
        audit="conflict.declare",
        again=show_conflicts,
    ),
    page(
        "POST",
        "/conflicts/{conflict}/end",
        strike_conflict,
        audience=EVERYBODY_SIGNED_IN,
        audit="conflict.strike",
        again=show_conflicts,
    ),
    page(
        "POST",
        "/cases/{case}/conflict",
        know_this_person,
        audience=CASEWORKERS,
        audit="conflict.step_off",
    ),
    page("GET", "/named-contacts", show_named, audience=ADMINISTRATORS, audit=""),
    page(
        "POST",
        "/named-contacts",
        name_contacts,
        audience=ADMINISTRATORS,
        audit="named_contacts.choose",
        again=show_named,
    ),
]
