"""What an agency sets for its releases: under which law, and how long they last."""

from typing import Any

from sqlalchemy import update
from sqlmodel import col

from hub.consent import queries
from hub.consent.policy import Policy, policy_faults
from hub.consent.tables import PolicyRow
from hub.core.errors import FormRefused, StepRefused
from hub.core.ids import fresh
from hub.core.language import _
from hub.desk import Desk
from hub.store.unit import rows_changed


def set_policy(desk: Desk, policy: Policy, version: int) -> None:
    """From now on releases of one's own agency are written down so; those there are stay.

    Args:
        version: of the row the page showed; 0 where nothing was set.

    Raises:
        FormRefused: the days or the law cannot be.
        StepRefused: somebody else set it meanwhile.
    """
    found: dict[str, str] = {}
    for field, sentence in policy_faults(policy):
        found.setdefault(field, sentence)
    if found:
        raise FormRefused(found)
    row = queries.policy_row(desk)
    if row is None and version == 0:
        desk.db.add(PolicyRow(id=fresh(), agency=desk.sight.agency, **_values(desk, policy)))
        desk.db.flush()
    elif not _changed(desk, policy, version):
        raise StepRefused(_("Somebody else changed this meanwhile. Look at it again, then save."))
    desk.audit("release.policy", kind=policy.regime.value, agency=desk.sight.agency)


def _changed(desk: Desk, policy: Policy, version: int) -> bool:
    newest = (col(PolicyRow.agency) == desk.sight.agency, col(PolicyRow.version) == version)
    told = {**_values(desk, policy), "version": version + 1}
    return rows_changed(desk.db.execute(update(PolicyRow).where(*newest).values(**told))) == 1


def _values(desk: Desk, policy: Policy) -> dict[str, Any]:
    return {
        "regime": policy.regime,
        "usual_days": policy.usual_days,
        "most_days": policy.most_days,
        "law": policy.law,
        "law_allows_spoken": policy.law_allows_spoken,
        "set_by": desk.sight.person,
        "set_at": desk.at,
    }
