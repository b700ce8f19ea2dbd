"""The desk: what a handler works with; and the hub it stands in."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import Engine
from sqlmodel import Session

from hub.core.clock import Clock
from hub.core.effects import Agreed, Effect
from hub.core.ids import AgencyId, CaseId, PersonId, ReleaseId, ServiceId
from hub.core.words import Category, Ground, Role
from hub.door import audit, wall
from hub.door.custody import Custody
from hub.door.holders import Looker, sight_of
from hub.door.keeping_out import let_in
from hub.door.sight import Sight, sight_of_the_house
from hub.people.sessions import Visitor, roles_of
from hub.people.tables import PersonRow
from hub.settings import Settings
from hub.store.outbox import Letter, Waits, post_waiting
from hub.store.unit import unit_of_work
from hub.web.form import Form

if TYPE_CHECKING:
    from email.message import EmailMessage

    from hub.store.outbox import OutboxRow


@dataclass(frozen=True, slots=True)
class NavItem:
    """One entry of the menu, shown to those roles."""

    label: object
    route: str
    audience: frozenset[Role]


@dataclass(frozen=True, slots=True)
class WorkItem:
    """One thing that needs somebody: when, what, and the next step beside it.

    Attributes:
        due: when it must happen; None when it has no hour. Lists are ordered by it.
        overdue: whether `due` has passed or passes today.
        sentence: what needs doing, in plain words, without anything from inside an envelope.
        href: where the next step is.
        step: the words on the button.
    """

    due: datetime | None
    what: str
    sentence: str
    href: str
    step: str
    overdue: bool = False


@dataclass(frozen=True, slots=True)
class Aside:
    """A small card beside the work: one number with its unit, and perhaps where it leads."""

    title: str
    number: str
    after: str
    href: str = ""
    step: str = ""


@dataclass(frozen=True, slots=True)
class Notice:
    """That something waits.

    Attributes:
        subject: the case it is about; "" when it is about nobody's.
        about: the id of the thing, by which it can be taken back before it leaves.
        due: not to leave before; None for at once.
    """

    subject: str
    about: str | None = None
    due: datetime | None = None


@dataclass(frozen=True, slots=True)
class CasePanel:
    """Something another part shows on a case's page: a template and its frozen view."""

    view: Any


@dataclass(frozen=True, slots=True)
class ToldOutside:
    """What an authority outside the hub was told on paper: nothing of it is a share.

    Attributes:
        to: who was told, in words.
        href: the page of the record behind it.
    """

    record: str
    ground: Ground
    at: datetime
    by: PersonId
    to: str
    categories: tuple[Category, ...]
    href: str


@dataclass(frozen=True, slots=True)
class Parts:
    """What the parts above the hub tell it, so that it need not import them.

    `starts` are the things one can begin from the start page, `asides` the figures beside the
    work. `entry_points` lists the services through which people come, with their names.
    `ground_pages` are the addresses of the records behind shares, with {case} and {record} to
    fill in; `told_outside` says what left on paper.

    `release_effects` are asked what goes with releases that are taken back together: the answers
    are shown beforehand and then done one by one. Whatever stands on a release belongs among
    them: a link that opens something without an account, a file that waits to be fetched, each
    with its own kind of `Effect`.

    `leavings` end what else stands open to somebody who stops working with people.
    """

    nav: tuple[NavItem, ...] = ()
    starts: tuple[NavItem, ...] = ()
    work: tuple[Callable[["Desk"], list[WorkItem]], ...] = ()
    asides: tuple[Callable[["Desk"], Aside | None], ...] = ()
    case_panels: tuple[Callable[["Desk", CaseId], CasePanel | None], ...] = ()
    release_effects: tuple[Callable[["Desk", Sequence[Agreed]], list[Effect]], ...] = ()
    release_successions: tuple[Callable[["Desk", ReleaseId, ReleaseId], None], ...] = ()
    leavings: tuple[Callable[["Desk", PersonId], None], ...] = ()
    letters: Mapping[Letter, Callable[["Desk", "OutboxRow"], "EmailMessage | None"]] = field(
        default_factory=dict
    )
    entry_points: Callable[[Session], list[tuple[ServiceId, str]]] | None = None
    jobs: tuple[Callable[["Desk"], None], ...] = ()
    ground_pages: Mapping[Ground, str] = field(default_factory=dict)
    told_outside: tuple[Callable[["Desk", CaseId], list[ToldOutside]], ...] = ()


@dataclass(frozen=True, slots=True)
class Hub:
    """One running hub."""

    settings: Settings
    clock: Clock
    custody: Custody
    engine: Engine
    parts: Parts = field(default_factory=Parts)
    signing: bytes = field(default=b"", repr=False)  # derived from the root key, for marks
    log_key: bytes = field(default=b"", repr=False)  # likewise; signs the log

    @contextmanager
    def unit_of_work(self) -> Iterator[Session]:
        """A session whose whole work is kept, or none of it."""
        with unit_of_work(self.engine) as db:
            yield db

    @contextmanager
    def desk_of(self, person: PersonId, form: Form | None = None) -> Iterator["Desk"]:
        """A desk for this person outside a request: commands, the demo town and tests."""
        with unit_of_work(self.engine) as db:
            yield desk_for(self, db, person, form)

    @contextmanager
    def desk_of_the_house(self) -> Iterator["Desk"]:
        """A desk for jobs: it carries no key."""
        with unit_of_work(self.engine) as db:
            sight = sight_of_the_house(self.clock.now(), self.custody)
            desk = Desk(self, db, sight, Form({}, self.settings.zone))
            with wall.errand(db, wall.Errand.JOBS):
                yield desk


@dataclass(slots=True)
class Desk:
    """What a handler works with: a session only together with a sight."""

    hub: Hub
    db: Session
    sight: Sight
    form: Form
    path: Mapping[str, str] = field(default_factory=dict)
    visitor: Visitor | None = None
    token: str = field(default="", repr=False)
    address: str = ""  # the machine the request came from; "" outside a request

    def __setattr__(self, name: str, value: Any) -> None:
        """Whoever changes with whose eyes a desk looks tells the second wall as well."""
        object.__setattr__(self, name, value)
        if name == "sight":
            wall.face(self.db, value)

    @property
    def at(self) -> datetime:
        """The instant of this request."""
        return self.sight.at

    def audit(self, action: str, **facts: str | int) -> None:
        """One line in the log, in this transaction. Facts are ids, codes and numbers."""
        audit.note(self.db, self.sight, action, facts)

    def notify(self, person: PersonId, told: "Notice") -> None:
        """Tell a member of staff that something is waiting, and nothing more.

        Nobody is told who must not know of the subject.
        """
        if told.subject and not let_in(self.db, self.sight, told.subject, [person]):
            return
        waits = Waits(told.subject or None, told.about, told.due or self.at)
        post_waiting(self.db, person, self.at, waits)


def desk_for(hub: Hub, db: Session, person: PersonId, form: Form | None = None) -> Desk:
    """A desk for a person of the staff, with the keys they carry now."""
    row = db.get_one(PersonRow, person)
    looker = Looker(person, AgencyId(row.agency), roles_of(db, person))
    sight = sight_of(db, hub.custody, looker, hub.clock.now())
    return Desk(hub, db, sight, form or Form({}, hub.settings.zone))
