"""An agency's identity provider: its settings, and the way there and back."""

from typing import Final

from sqlalchemy import delete, update
from sqlmodel import col

from hub.core.errors import Changed, NothingHere
from hub.core.ids import fresh, looks_like_id
from hub.core.language import _
from hub.desk import Desk, Hub
from hub.people import queries
from hub.people.keyed import mark, opened_words, sealed_words
from hub.people.openid import Client, Secrets
from hub.people.reaching import Unreachable, refuse_address
from hub.people.tables import AgencyRow, ProviderRow, SignOnRow
from hub.people.views import ProviderPage
from hub.store.unit import rows_changed
from hub.web.answers import Go
from hub.web.routes import ADMINISTRATORS, page

LONGEST_ISSUER: Final = 500


def provider(desk: Desk, way: str) -> ProviderRow:
    """The provider behind an agency's entrance.

    Raises:
        NothingHere: there is no such entrance, or its agency was closed.
    """
    row = desk.db.get(ProviderRow, way) if looks_like_id(way) else None
    if row is None or desk.db.get_one(AgencyRow, row.agency).closed_at is not None:
        raise NothingHere
    return row


def client_of(hub: Hub, row: ProviderRow) -> Client:
    """The hub as this provider knows it. Each agency has a way back of its own, so that the
    answer of one provider is never taken for another's."""
    return Client(
        issuer=row.issuer,
        client=row.client,
        secret=opened_words(hub.signing, row.secret, _bound(row.id)),
        way_back=_way_back(hub, row.id),
        near=not hub.settings.secure,
    )


def secrets_of(hub: Hub, token: str) -> Secrets:
    """State, nonce and code verifier of the sign-in that this cookie began."""
    state, nonce, verifier = (
        mark(hub.signing, "openid", use, token) for use in ("state", "nonce", "verifier")
    )
    return Secrets(state, nonce, verifier)


def _bound(way: str) -> str:
    return f"linden/provider|{way}"


def _way_back(hub: Hub, way: str) -> str:
    return f"{hub.settings.origin}/sign-in/agency/{way}/back"


def show_provider(desk: Desk) -> ProviderPage:
    """How the agency's staff sign in."""
    row = queries.provider_of(desk.db, desk.sight.agency)
    if row is None:
        return ProviderPage(False, "", "", 0, "", "")
    return ProviderPage(
        has_one=True,
        issuer=row.issuer,
        client=row.client,
        version=row.version,
        way_in=f"{desk.hub.settings.origin}/sign-in/agency/{row.id}",
        way_back=_way_back(desk.hub, row.id),
    )


def save_provider(desk: Desk) -> Go:
    """Keep the settings. The secret is sealed and never shown; left empty it stays as it was."""
    issuer, client = desk.form.text("issuer", LONGEST_ISSUER), desk.form.text("client")
    secret = desk.form.optional_text("secret", LONGEST_ISSUER)
    row = queries.provider_of(desk.db, desk.sight.agency)
    if row is None and not secret:
        desk.form.refuse("secret", _("Fill this in."))
    _refuse_issuer(desk, issuer)
    desk.form.check()
    if row is None:
        row = _new_provider(desk)
    _keep(desk, row, {"issuer": issuer, "client": client}, secret)
    desk.audit("provider.saved", agency=desk.sight.agency)
    return Go("show_provider")


def _refuse_issuer(desk: Desk, issuer: str) -> None:
    try:
        refuse_address(issuer, near=not desk.hub.settings.secure)
    except Unreachable:
        if issuer:
            desk.form.refuse("issuer", _("Give an address that begins with https://."))


def _new_provider(desk: Desk) -> ProviderRow:
    row = ProviderRow(
        id=fresh(),
        agency=desk.sight.agency,
        issuer="",
        client="",
        secret=b"",
        made_at=desk.at,
        version=desk.form.version(),
    )
    desk.db.add(row)
    desk.db.flush()
    return row


def _keep(desk: Desk, row: ProviderRow, told: dict[str, str], secret: str) -> None:
    seen = desk.form.version()
    kept: dict[str, str | bytes | int] = {**told, "version": seen + 1}
    if secret:
        kept["secret"] = sealed_words(desk.hub.signing, secret, _bound(row.id))
    mine = update(ProviderRow).where(
        col(ProviderRow.id) == row.id, col(ProviderRow.version) == seen
    )
    if not rows_changed(desk.db.execute(mine.values(**kept))):
        raise Changed


def remove_provider(desk: Desk) -> Go:
    """The agency's staff sign in with passphrases again; links to subjects are kept."""
    row = queries.provider_of(desk.db, desk.sight.agency)
    if row is not None:
        desk.db.execute(delete(SignOnRow).where(col(SignOnRow.provider) == row.id))
        desk.db.execute(delete(ProviderRow).where(col(ProviderRow.id) == row.id))
        desk.audit("provider.removed", agency=desk.sight.agency)
    return Go("show_provider")


ROUTES = [
    page("GET", "/agency/sign-in", show_provider, audience=ADMINISTRATORS, audit=""),
    page(
        "POST",
        "/agency/sign-in",
        save_provider,
        audience=ADMINISTRATORS,
        audit="agency.provider",
        again=show_provider,
    ),
    page(
        "POST",
        "/agency/sign-in/remove",
        remove_provider,
        audience=ADMINISTRATORS,
        audit="agency.provider",
        again=show_provider,
    ),
]
