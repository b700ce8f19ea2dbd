"""Teams: who works together at an agency. Being in one opens nothing; it only says whom to ask."""

from sqlalchemy import delete, select, update
from sqlmodel import col

from hub.core.errors import Changed, FormRefused, NothingHere
from hub.core.ids import PersonId, TeamId, fresh
from hub.core.language import _
from hub.core.words import Role
from hub.desk import Desk
from hub.people import queries
from hub.people.tables import PersonRow, TeamMemberRow, TeamRow
from hub.people.views import TeamLine, TeamPage, TeamsPage
from hub.store.unit import rows_changed
from hub.web.answers import Go
from hub.web.routes import ADMINISTRATORS, EVERYBODY_SIGNED_IN, page


def team(desk: Desk, id: str) -> TeamRow:
    """One team of the sight's own agency.

    Raises:
        NothingHere: there is none of that id, or it is another agency's, or it was closed.
    """
    row: TeamRow | None = desk.db.execute(
        select(TeamRow).where(
            col(TeamRow.id) == id,
            col(TeamRow.agency) == desk.sight.agency,
            col(TeamRow.closed_at).is_(None),
        )
    ).scalar_one_or_none()
    if row is None:
        raise NothingHere
    return row


def open_teams(desk: Desk) -> list[TeamRow]:
    """The teams of the sight's own agency, by name."""
    mine = (
        select(TeamRow)
        .where(col(TeamRow.agency) == desk.sight.agency, col(TeamRow.closed_at).is_(None))
        .order_by(col(TeamRow.name), col(TeamRow.id))
    )
    return list(desk.db.execute(mine).scalars())


def members(desk: Desk, id: str) -> list[tuple[PersonId, str]]:
    """Who is in a team: id and name, by name."""
    inside = (
        select(col(PersonRow.id), col(PersonRow.name))
        .join(TeamMemberRow, col(TeamMemberRow.person) == col(PersonRow.id))
        .where(col(TeamMemberRow.team) == id)
        .order_by(col(PersonRow.name), col(PersonRow.id))
    )
    return [(PersonId(person), name) for person, name in desk.db.execute(inside)]


def _set_members(desk: Desk, id: str, people: list[str]) -> None:
    """These people and no others."""
    here = {row.id for row in queries.staff(desk) if row.disabled_at is None}
    if not here.issuperset(people):
        raise NothingHere
    desk.db.execute(delete(TeamMemberRow).where(col(TeamMemberRow.team) == id))
    desk.db.add_all(TeamMemberRow(id=fresh(), team=id, person=person) for person in people)


def _claim(desk: Desk, id: str, **values: object) -> None:
    seen = desk.form.version()
    mine = update(TeamRow).where(col(TeamRow.id) == id, col(TeamRow.version) == seen)
    if not rows_changed(desk.db.execute(mine.values(version=seen + 1, **values))):
        raise Changed


def show_teams(desk: Desk) -> TeamsPage:
    """The teams of the agency."""
    lines = [
        TeamLine(row.id, row.name, [name for _person, name in members(desk, row.id)])
        for row in open_teams(desk)
    ]
    return TeamsPage(lines, Role.ADMINISTRATOR in desk.sight.roles)


def add_team(desk: Desk) -> Go:
    """A new team, empty at first."""
    name = desk.form.text("name")
    if any(row.name.casefold() == name.casefold() for row in open_teams(desk)):
        raise FormRefused({"name": _("There is a team of that name. Choose another name.")})
    made = TeamId(fresh())
    desk.db.add(TeamRow(id=made, agency=desk.sight.agency, name=name, made_at=desk.at))
    desk.audit("team.made", team=made)
    return Go("show_team", team=made)


def show_team(desk: Desk) -> TeamPage:
    """One team and who could be in it."""
    row = team(desk, desk.path["team"])
    people = [each for each in queries.staff(desk) if each.disabled_at is None]
    return TeamPage(
        id=row.id,
        name=row.name,
        version=row.version,
        members=[person for person, _name in members(desk, row.id)],
        colleagues=[(each.id, each.name) for each in people],
    )


def change_team(desk: Desk) -> Go:
    """Its name and who is in it."""
    row = team(desk, desk.path["team"])
    name, people = desk.form.text("name"), desk.form.ids("members")
    desk.form.check()
    _claim(desk, row.id, name=name)
    _set_members(desk, row.id, people)
    desk.audit("team.changed", team=row.id, count=len(people))
    return Go("show_teams")


def close_team(desk: Desk) -> Go:
    """The team is no more; its people stay."""
    row = team(desk, desk.path["team"])
    _claim(desk, row.id, closed_at=desk.at)
    _set_members(desk, row.id, [])
    desk.audit("team.closed", team=row.id)
    return Go("show_teams")


ROUTES = [
    page("GET", "/teams", show_teams, audience=EVERYBODY_SIGNED_IN, audit=""),
    page(
        "POST",
        "/teams",
        add_team,
        audience=ADMINISTRATORS,
        audit="staff.team",
        again=show_teams,
    ),
    page("GET", "/teams/{team}", show_team, audience=ADMINISTRATORS, audit=""),
    page(
        "POST",
        "/teams/{team}",
        change_team,
        audience=ADMINISTRATORS,
        audit="staff.team",
        again=show_team,
    ),
    page(
        "POST",
        "/teams/{team}/close",
        close_team,
        audience=ADMINISTRATORS,
        audit="staff.team",
        again=show_team,
    ),
]
