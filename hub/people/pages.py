"""Staff, for the agency's administrator: who works here, who was asked to, who waits."""

from hub.core.ids import AgencyId, PersonId
from hub.core.language import _
from hub.core.words import Role
from hub.desk import Desk
from hub.people import actions, invitations, queries, subjects, typed
from hub.people.actions import Newcomer, RoleChange
from hub.people.invitations import Asking, roles_said
from hub.people.tables import AgencyRow, InvitationRow, PersonRow, SubjectRow
from hub.people.views import (
    ColleaguePage,
    InvitationLine,
    InvitationPage,
    InvitePage,
    StaffLine,
    StaffPage,
    SubjectLine,
    WaitingPage,
)
from hub.web.answers import Go
from hub.web.routes import ADMINISTRATORS, page


def show_staff(desk: Desk) -> StaffPage:
    """Everybody at the agency; those who left stand apart."""
    rows = queries.staff(desk)
    roles = queries.roles_by_person(desk.db, [row.id for row in rows])
    lines = [StaffLine(PersonId(r.id), r.name, roles[r.id], r.disabled_at) for r in rows]
    return StaffPage(
        agency=desk.db.get_one(AgencyRow, desk.sight.agency).name,
        staff=[line for line in lines if line.left_at is None],
        left=[line for line in lines if line.left_at is not None],
        invitations=[_invitation_line(row) for row in queries.open_invitations(desk)],
        waiting=[_subject_line(row) for row in queries.waiting_subjects(desk)],
    )


def _subject_line(row: SubjectRow) -> SubjectLine:
    return SubjectLine(row.id, row.code, row.name, row.first_at)


def _invitation_line(row: InvitationRow) -> InvitationLine:
    return InvitationLine(row.id, row.email, row.person is None, row.until)


def new_invitation(desk: Desk) -> InvitePage:
    """Ask somebody to join."""
    return InvitePage()


def send_invitation(desk: Desk) -> Go:
    """Make the link, and show it."""
    email, roles = typed.email(desk.form), typed.roles(desk.form)
    desk.form.check()
    invited = invitations.invite(desk, Asking(desk.sight.agency, email, roles))
    return Go("show_invitation", invitation=invited.id)


def show_invitation(desk: Desk) -> InvitationPage:
    """One invitation, with its link while that can be used."""
    row = queries.invitation(desk, desk.path["invitation"])
    return InvitationPage(
        id=row.id,
        email=row.email,
        roles=[role for role in Role if role in roles_said(row.roles)],
        joins=row.person is None,
        link=invitations.link_of(desk.hub, row) if invitations.is_open(row, desk.at) else "",
        until=row.until,
        by_mail=bool(desk.hub.settings.smtp_url),
    )


def send_invitation_again(desk: Desk) -> Go:
    """A new link; the one before it ends."""
    row = queries.invitation(desk, desk.path["invitation"])
    return Go("show_invitation", invitation=actions.send_again(desk, row).id)


def cancel_invitation(desk: Desk) -> Go:
    """End a link that was not used."""
    invitations.cancel(desk, queries.invitation(desk, desk.path["invitation"]))
    return Go("show_staff")


def show_colleague(desk: Desk) -> ColleaguePage:
    """One member of staff."""
    row = queries.colleague(desk, PersonId(desk.path["person"]))
    return ColleaguePage(
        id=PersonId(row.id),
        name=row.name,
        email=row.email,
        roles=queries.roles_by_person(desk.db, [row.id])[row.id],
        made_at=row.made_at,
        left_at=row.disabled_at,
        signs_in=_how_they_sign_in(desk, row),
        version=row.version,
        is_me=row.id == desk.sight.person,
    )


def _how_they_sign_in(desk: Desk, row: PersonRow) -> str:
    ways = [_("with a passphrase")] if row.passphrase else []
    if queries.signs_in_through_provider(desk.db, [row.id]):
        ways.append(_("through your agency's own sign-in"))
    return _(" and ").join(ways) or _("cannot yet: send a link to choose a passphrase")


def change_roles(desk: Desk) -> Go:
    """What a colleague does from now on."""
    person = PersonId(desk.path["person"])
    roles = typed.roles(desk.form)
    desk.form.check()
    actions.give_roles(desk, RoleChange(person, roles, desk.form.version()))
    return Go("show_colleague", person=person)


def end_work(desk: Desk) -> Go:
    """A colleague leaves, once whoever ends it says so twice."""
    if not desk.form.ticked("sure"):
        desk.form.refuse("sure", _("Tick that you mean it. Nothing has changed yet."))
    desk.form.check()
    actions.disable(desk, PersonId(desk.path["person"]), desk.form.version())
    return Go("show_staff")


def take_colleague_back(desk: Desk) -> Go:
    """A colleague who left comes back."""
    roles = typed.roles(desk.form)
    desk.form.check()
    change = RoleChange(PersonId(desk.path["person"]), roles, desk.form.version())
    return Go("show_invitation", invitation=actions.take_back(desk, change).id)


def send_new_link(desk: Desk) -> Go:
    """A link for a colleague who lost their passphrase."""
    invited = actions.offer_new_passphrase(desk, PersonId(desk.path["person"]))
    return Go("show_invitation", invitation=invited.id)


def show_waiting(desk: Desk) -> WaitingPage:
    """Somebody the agency's identity provider vouched for."""
    row = queries.subject(desk, desk.path["subject"])
    people = [each for each in queries.staff(desk) if each.disabled_at is None]
    return WaitingPage(
        id=row.id,
        code=row.code,
        name=row.name,
        email=row.email,
        first_at=row.first_at,
        colleagues=[(each.id, each.name) for each in people],
    )


def link_waiting(desk: Desk) -> Go:
    """They are this colleague."""
    subject = queries.subject(desk, desk.path["subject"])
    person = PersonId(desk.form.id("colleague"))
    desk.form.check()
    subjects.link(desk, subject, person)
    return Go("show_colleague", person=person)


def employ_waiting(desk: Desk) -> Go:
    """They are somebody new on the staff, who signs in through the agency alone."""
    subject = queries.subject(desk, desk.path["subject"])
    name, email, roles = desk.form.text("name"), typed.email(desk.form), typed.roles(desk.form)
    desk.form.check()
    newcomer = Newcomer(AgencyId(desk.sight.agency), name, email, roles, stored=None)
    person = actions.employ(desk, newcomer)
    subjects.link(desk, subject, person)
    return Go("show_colleague", person=person)


def refuse_waiting(desk: Desk) -> Go:
    """They do not work here."""
    subjects.refuse(desk, queries.subject(desk, desk.path["subject"]))
    return Go("show_staff")


ROUTES = [
    page("GET", "/staff", show_staff, audience=ADMINISTRATORS, audit=""),
    page("GET", "/staff/invite", new_invitation, audience=ADMINISTRATORS, audit=""),
    page(
        "POST",
        "/staff/invite",
        send_invitation,
        audience=ADMINISTRATORS,
        audit="staff.invite",
        again=new_invitation,
    ),
    page(
        "GET",
        "/staff/invitations/{invitation}",
        show_invitation,
        audience=ADMINISTRATORS,
        audit="invitation.shown",
    ),
    page(
        "POST",
        "/staff/invitations/{invitation}/again",
        send_invitation_again,
        audience=ADMINISTRATORS,
        audit="staff.invite",
        again=show_invitation,
    ),
    page(
        "POST",
        "/staff/invitations/{invitation}/cancel",
        cancel_invitation,
        audience=ADMINISTRATORS,
        audit="staff.uninvite",
        again=show_invitation,
    ),
    page("GET", "/staff/waiting/{subject}", show_waiting, audience=ADMINISTRATORS, audit=""),
    page(
        "POST",
        "/staff/waiting/{subject}/link",
        link_waiting,
        audience=ADMINISTRATORS,
        audit="staff.link",
        again=show_waiting,
    ),
    page(
        "POST",
        "/staff/waiting/{subject}/employ",
        employ_waiting,
        audience=ADMINISTRATORS,
        audit="staff.employ",
        again=show_waiting,
    ),
    page(
        "POST",
        "/staff/waiting/{subject}/refuse",
        refuse_waiting,
        audience=ADMINISTRATORS,
        audit="staff.refuse",
    ),
    page("GET", "/staff/{person}", show_colleague, audience=ADMINISTRATORS, audit=""),
    page(
        "POST",
        "/staff/{person}/roles",
        change_roles,
        audience=ADMINISTRATORS,
        audit="staff.roles",
        again=show_colleague,
    ),
    page(
        "POST",
        "/staff/{person}/end",
        end_work,
        audience=ADMINISTRATORS,
        audit="staff.end",
        again=show_colleague,
    ),
    page(
        "POST",
        "/staff/{person}/back",
        take_colleague_back,
        audience=ADMINISTRATORS,
        audit="staff.back",
        again=show_colleague,
    ),
    page(
        "POST",
        "/staff/{person}/link",
        send_new_link,
        audience=ADMINISTRATORS,
        audit="staff.passphrase",
        again=show_colleague,
    ),
]
