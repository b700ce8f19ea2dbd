"""The whole hub put together: the only place, with the command line, that knows every part."""

from collections.abc import Sequence
from importlib import import_module
from types import ModuleType
from typing import Any, Final

from sqlalchemy import Engine
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp

from conferencing import decision_pages, due, guest_pages, item_pages, letters, on_release, panel
from conferencing import pages as conference_pages
from conferencing.actions import AT_THE_TABLE
from hub.cases import due as cases_due
from hub.cases import left_behind
from hub.cases import pages as case_pages
from hub.cases.emergency import actions as emergency_actions
from hub.cases.emergency import due as emergency_due
from hub.cases.emergency import pages as emergency_pages
from hub.cases.keeping import conflict_pages
from hub.cases.keeping import pages as keeping_pages
from hub.cases.reaching import due as reaching_due
from hub.cases.reaching import pages as reaching_pages
from hub.consent import due as releases_due
from hub.consent import jobs as release_jobs
from hub.consent import notes_pages, policy_pages, receipt_pages, receipts
from hub.consent import pages as release_pages
from hub.consent.compelled import outside
from hub.consent.compelled import pages as told_pages
from hub.consent.duty import pages as duty_pages
from hub.consent.orders import pages as order_pages
from hub.core.clock import Clock, SystemClock
from hub.core.language import lazy
from hub.core.words import Ground
from hub.desk import Hub, NavItem, Parts
from hub.door import tripwire, wall
from hub.door.custody import ServerCustody
from hub.door.keys import Root
from hub.installing import DATABASE
from hub.people import joining, log_pages, providers, signing_in, signing_on, teams
from hub.people import pages as staff_pages
from hub.people.invitations import invitation_letter
from hub.people.jobs import forget_sign_ins
from hub.people.witness import WITNESSES, keep_up, log_in_trouble, tell_witnesses
from hub.settings import Settings, read_root_key
from hub.store.engine import by_url, embedded
from hub.store.outbox import Letter
from hub.web import leaving, work
from hub.web.headers import HeaderShell
from hub.web.places import STATIC, STATIC_ADDRESS
from hub.web.render import Renderer
from hub.web.routes import (
    ADMINISTRATORS,
    CASEWORKERS,
    COORDINATORS,
    EVERYBODY_SIGNED_IN,
    WORKERS,
    Page,
)
from hub.web.serve import Server
from pathways.atlas import pages as atlas_pages
from pathways.directory import pages as directory
from pathways.directory.queries import entry_points
from pathways.referrals import endings as referral_endings
from pathways.referrals import pages as referral_pages
from pathways.referrals import work as referral_work
from pathways.routing import pages as routing_pages


def all_routes() -> list[Page]:
    """Every route of every part, in the order they are tried."""
    return [route for part in PAGES for route in part.ROUTES]


def open_engine(settings: Settings, root: Root) -> Engine:
    """The engine the settings name, with the tripwire armed."""
    if settings.database_url:
        engine = by_url(settings.database_url)
    else:
        engine = embedded(settings.data / DATABASE, root.derive("database"))
    tripwire.arm(engine)
    wall.arm(engine)
    return engine


def open_hub(settings: Settings, clock: Clock | None = None) -> Hub:
    """A hub over an existing database.

    Raises:
        SettingsRefused: the root key is missing or cannot be read.
    """
    root = Root(read_root_key(settings))
    return Hub(
        settings=settings,
        clock=clock or SystemClock(),
        custody=ServerCustody(root),
        engine=open_engine(settings, root),
        parts=all_parts(),
        signing=root.derive("signing"),
        log_key=root.derive("checkpoints"),
    )


def web(hub: Hub) -> ASGIApp:
    """The application that answers requests."""
    routes = all_routes()
    server = Server(hub, Renderer(hub, routes))
    absent = _absent(server)
    site = Starlette(
        routes=[*_served(server, routes), Mount(STATIC_ADDRESS, StaticFiles(directory=STATIC))],
        exception_handlers={404: absent, 405: absent},
    )
    site.router.redirect_slashes = False  # an address written another way is not that address
    hosts = [hub.settings.host, "127.0.0.1", "localhost"] if not hub.settings.secure else None
    app = TrustedHostMiddleware(site, hosts or [hub.settings.host], www_redirect=False)
    return HeaderShell(app, hub.settings.secure)


def _served(server: Server, routes: Sequence[Page]) -> list[BaseRoute]:
    return [
        Route(route.path, server.endpoint(route), methods=[route.method], name=route.name)
        for route in routes
    ]


def _absent(server: Server) -> Any:
    """An address no route has gets the same bytes as one that has nothing for this visitor."""

    async def absent(request: Request, _refused: HTTPException) -> Response:
        return await server.absent(request)

    return absent


PAGES: tuple[ModuleType, ...] = (
    work,
    leaving,
    signing_in,
    signing_on,
    joining,
    policy_pages,
    staff_pages,
    teams,
    providers,
    log_pages,
    case_pages,
    emergency_pages,
    keeping_pages,
    conflict_pages,
    reaching_pages,
    release_pages,
    duty_pages,
    order_pages,
    told_pages,
    receipt_pages,
    notes_pages,
    directory,
    routing_pages,
    atlas_pages,
    referral_pages,
    conference_pages,
    guest_pages,
    item_pages,
    decision_pages,
)


NAV: Final = (
    NavItem(lazy("My work"), "show_work", EVERYBODY_SIGNED_IN),
    NavItem(lazy("Cases"), "cases", CASEWORKERS),
    NavItem(lazy("Referrals"), "inbox", WORKERS),
    NavItem(lazy("Conferences"), "conferences", AT_THE_TABLE),
    NavItem(lazy("Directory"), "show_directory", EVERYBODY_SIGNED_IN),
    NavItem(lazy("Pathways"), "show_pathways", EVERYBODY_SIGNED_IN),
    NavItem(lazy("Staff"), "show_staff", ADMINISTRATORS),
    NavItem(lazy("Log"), "show_log", WITNESSES),
)
"""The menu."""

STARTS: Final = (
    NavItem(lazy("Open a case"), "new_case", CASEWORKERS),
    NavItem(lazy("Find a service"), "find_service", WORKERS),
    NavItem(lazy("Open a case in an emergency"), "ask_emergency", WORKERS),
    NavItem(lazy("Call a conference"), "new_conference", AT_THE_TABLE),
    NavItem(lazy("See the map of pathways"), "show_pathways", COORDINATORS),
)
"""What one can begin from the start page."""

WORK: Final = (
    log_in_trouble,
    referral_work.work,
    emergency_due.to_review,
    keeping_pages.to_say_yes_or_no,
    conflict_pages.to_hand_over,
    duty_pages.to_tell,
    order_pages.to_approve,
    order_pages.to_hand_over,
    reaching_due.to_reach,
    reaching_due.to_confirm,
    told_pages.to_acknowledge,
    cases_due.offered_to_me,
    releases_due.alarms,
    releases_due.taken_back,
    releases_due.ending_soon,
    releases_due.begun,
    left_behind.left_behind,
    due.my_meetings,
    due.minutes_to_send,
    due.my_tasks,
    due.not_on_agenda,
)
"""What puts things onto the start page."""

GROUND_PAGES: Final = {
    Ground.RELEASE: "/releases/{record}",
    Ground.LEGAL_DUTY: "/cases/{case}/duties/{record}",
    Ground.COURT_ORDER: "/cases/{case}/orders/{record}",
    Ground.EMERGENCY: "/cases/{case}/emergencies/{record}",
}
"""The page of the record behind a share, by its ground."""


def all_parts() -> Parts:
    """What the parts tell the hub."""
    return Parts(
        nav=NAV,
        starts=STARTS,
        work=WORK,
        asides=(
            cases_due.my_open_cases,
            told_pages.told_by_law_aside,
        ),
        entry_points=entry_points,
        case_panels=(referral_work.case_panel, panel.case_conferences),
        release_effects=(referral_endings.release_effects, on_release.release_effects),
        release_successions=(referral_endings.release_followed, on_release.drop_messages_of_less),
        leavings=(emergency_actions.end_all_of,),
        ground_pages=GROUND_PAGES,
        told_outside=(outside.told_outside,),
        letters={
            Letter.INVITATION: invitation_letter,
            Letter.MEETING: letters.meeting_letter,
        },
        jobs=(
            release_jobs.announce_endings,
            release_jobs.forget_drafts,
            forget_sign_ins,
            keep_up,
            tell_witnesses,
            emergency_actions.forget_tries,
            receipts.forget_visits,
            referral_endings.end_unanswered,
            referral_endings.hush_ended,
        ),
    )


def import_tables() -> None:
    """Read every module that declares tables, so that the metadata is whole."""
    for name in TABLES:
        import_module(name)


TABLES: Final = (
    "hub.door.tables",
    "hub.store.outbox",
    "hub.people.tables",
    "hub.cases.tables",
    "hub.cases.emergency.tables",
    "hub.cases.reaching.tables",
    "hub.cases.keeping.tables",
    "hub.consent.tables",
    "hub.consent.ledger_tables",
    "hub.consent.compelled.tables",
    "hub.consent.receipt_tables",
    "hub.web.once",
    "pathways.directory.tables",
    "pathways.referrals.tables",
    "conferencing.tables",
)
