"""The directory's pages: search it, read a service, and write those of one's own agency."""

from typing import Final

from hub.core.ids import ServiceId
from hub.core.language import _
from hub.core.words import ServiceType
from hub.desk import Desk
from hub.web.answers import Go
from hub.web.form import Form
from hub.web.routes import ADMINISTRATORS, EVERYBODY_SIGNED_IN, page
from pathways.directory import actions, queries
from pathways.directory.editing import written
from pathways.directory.listing import Service
from pathways.directory.shelf import Wanted
from pathways.directory.terms import CapacityBand
from pathways.directory.viewing import (
    imports_page,
    new_service,
    search_page,
    service_form_page,
    service_page,
    today,
)
from pathways.directory.views import ImportsPage, SearchPage, ServiceFormPage, ServicePage

PLACE: Final = 100
WORDS: Final = 200


def show_directory(desk: Desk) -> SearchPage:
    """Search; a search with a mistake in it is refused and shown again."""
    wanted = wanted_by(desk.form)
    desk.form.check()
    return search_page(desk, wanted)


def show_directory_again(desk: Desk) -> SearchPage:
    """What a refused search could still find."""
    return search_page(desk, wanted_by(desk.form))


def wanted_by(form: Form) -> Wanted:
    """What the search form asks for."""
    return Wanted(
        need=form.optional_choice("need", ServiceType),
        place=form.optional_text("place", PLACE),
        language=form.optional_text("language", 20),
        words=form.optional_text("words", WORDS),
        silent_too=form.ticked("silent_too"),
        entry_points=form.ticked("entry_points"),
    )


def show_service(desk: Desk) -> ServicePage:
    """One service."""
    return service_page(desk, ServiceId(desk.path["service"]))


def write_service(desk: Desk) -> ServiceFormPage:
    """The empty form for a service of her own agency."""
    return service_form_page(new_service(desk), _("Add a service"), 0)


def add_service(desk: Desk) -> Go:
    """Publish what the form says."""
    service = written(desk.form, new_service(desk), today(desk))
    desk.form.check()
    return Go("show_service", service=actions.add_service(desk, service))


def edit_service(desk: Desk) -> ServiceFormPage:
    """The form of a service of her own agency, as it is now."""
    service = own(desk)
    version = queries.version(desk.db, service.id)
    return service_form_page(service, _("Change this service"), version)


def own(desk: Desk) -> Service:
    """The service the address names, if it is her own agency's."""
    return queries.own_service(desk.db, desk.sight.agency, ServiceId(desk.path["service"]))


def change_service(desk: Desk) -> Go:
    """Write it anew as the form says."""
    service = written(desk.form, own(desk), today(desk))
    desk.form.check()
    actions.change_service(desk, service, desk.form.version())
    return Go("show_service", service=service.id)


def set_capacity(desk: Desk) -> Go:
    """Say whether there is room."""
    band = desk.form.choice("capacity", CapacityBand)
    desk.form.check()
    actions.set_capacity(desk, ServiceId(desk.path["service"]), band)
    return Go("show_service", service=desk.path["service"])


def show_imports(desk: Desk) -> ImportsPage:
    """Files that were read, and what could not be taken."""
    return imports_page(desk)


ROUTES = [
    page(
        "GET",
        "/directory",
        show_directory,
        audience=EVERYBODY_SIGNED_IN,
        audit="",
        again=show_directory_again,
    ),
    page("GET", "/directory/imports", show_imports, audience=ADMINISTRATORS, audit=""),
    page("GET", "/directory/services/new", write_service, audience=ADMINISTRATORS, audit=""),
    page(
        "POST",
        "/directory/services/new",
        add_service,
        audience=ADMINISTRATORS,
        audit="service.add",
        again=write_service,
    ),
    page("GET", "/directory/{service}", show_service, audience=EVERYBODY_SIGNED_IN, audit=""),
    page("GET", "/directory/{service}/edit", edit_service, audience=ADMINISTRATORS, audit=""),
    page(
        "POST",
        "/directory/{service}/edit",
        change_service,
        audience=ADMINISTRATORS,
        audit="service.change",
        again=edit_service,
    ),
    page(
        "POST",
        "/directory/{service}/capacity",
        set_capacity,
        audience=ADMINISTRATORS,
        audit="service.room",
        again=show_service,
    ),
]
