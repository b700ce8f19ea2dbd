"""Taking releases back: all that hangs on them is gathered, and then all of it ends, or nothing."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from typing import Final

from sqlalchemy import select, update
from sqlmodel import col

from hub.cases import queries as cases
from hub.cases.names import agency_names, names_of
from hub.cases.tables import CaseRow
from hub.consent import queries
from hub.consent.actions import seal_evidence
from hub.consent.ledger_words import receiver
from hub.consent.release import STEPS, Release, Side, Standing, Step, standing
from hub.consent.tables import ReleaseRow
from hub.consent.terms import Mode
from hub.consent.wording import labels, listed
from hub.core.effects import Effect, EffectKind
from hub.core.errors import NothingHere, StepRefused
from hub.core.ids import AgencyId, CaseId, EnvelopeId, HolderId, PersonId, ReleaseId
from hub.core.language import _, ngettext
from hub.core.states import advance
from hub.core.words import Category, HolderKind
from hub.desk import Desk, Notice
from hub.door import Ending, Told, custodians, holder_of, unshare
from hub.door.ledgers import hanging
from hub.store import outbox
from hub.store.unit import rows_changed

REVOCABLE: Final = frozenset({Standing.LIVE, Standing.TO_COME, Standing.DRAFTED})
"""Where her word changes how a release stands. What has ended stays as it ended."""


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """How she took it back. None of it is a condition.

    Attributes:
        words: hers, if she wants them kept.
        received_by: who of the staff heard or read it; None for whoever writes it down. What is
            done with a number of her own nobody has heard: see `look_at`.
    """

    mode: Mode
    words: str = ""
    received_by: PersonId | None = None


def withdraw(desk: Desk, ids: Sequence[ReleaseId], told: Withdrawal) -> int:
    """Take releases back, with all that hangs on them, in one transaction; returns how many.

    Nothing stands in its way. What had ended already keeps the ending it had, and that is no
    mistake; should anything still hang on it, that ends all the same. It may be done by the care
    team of the case and by the person it is about.

    Raises:
        NothingHere: one of them is not a release of a case whose key the sight carries.
    """
    found = _to_take_back(desk, ids)
    queries.hold_alone(desk.db, {case.id for _row, case in found})
    _read_afresh(desk)
    effects = effects_of(desk, [queries.as_release(row) for row, _case in found])
    taken = [(row, case) for row, case in found if _take_back(desk, row, case, told)]
    for effect in effects:
        effect.end(desk)
    for row, case in taken:
        _tell(desk, row, case)
        mode = told.mode.value
        desk.audit("release.withdrawn", release=row.id, case=case.id, mode=mode, count=len(effects))
    return len(taken)


def _to_take_back(desk: Desk, ids: Sequence[ReleaseId]) -> list[tuple[ReleaseRow, CaseRow]]:
    """These releases with their cases, each once."""
    asked = (
        select(ReleaseRow, CaseRow)
        .join(CaseRow, col(CaseRow.id) == col(ReleaseRow.case))
        .where(col(ReleaseRow.id).in_(set(ids)))
        .order_by(col(ReleaseRow.recorded_at), col(ReleaseRow.id))
    )
    found = [(row[0], row[1]) for row in desk.db.execute(asked) if _may(desk, row[1])]
    if {row.id for row, _case in found} != set(ids):
        raise NothingHere
    return found


def _may(desk: Desk, case: CaseRow) -> bool:
    """Whether the sight carries the key of the care team, or of the person it is about."""
    herself = holder_of(desk.db, HolderKind.SURVIVOR, case.id)
    return case.team in desk.sight.holders or herself in desk.sight.holders


def _read_afresh(desk: Desk) -> None:
    """Forget what was read before nobody else could write any more."""
    desk.db.flush()
    desk.db.expire_all()


def effects_of(desk: Desk, releases: Sequence[Release]) -> list[Effect]:
    """All that goes with these releases if they are taken back together, in the order it is done.

    The preview shows these very values, and `withdraw` ends them one by one.
    """
    own = [effect for each in releases for effect in _own_effects(desk, each)]
    return own + effects_elsewhere(desk, releases)


def effects_elsewhere(desk: Desk, releases: Sequence[Release]) -> list[Effect]:
    """What goes with these releases in the other parts, beside the keys themselves."""
    return [effect for part in desk.hub.parts.release_effects for effect in part(desk, releases)]


def _own_effects(desk: Desk, release: Release) -> list[Effect]:
    ending = Ending("withdrawn", record=release.id, agency=release.to_agency)
    closing: dict[HolderId, list[Told]] = {}
    for share in hanging(desk.db, desk.sight, release.case, ending):
        closing.setdefault(share.holder, []).append(share)
    found = [_closing(desk, release, shares) for shares in closing.values()]
    if standing(release, desk.at) not in REVOCABLE:
        return found  # what is said of it now is that it is over
    news = outbox.waiting(desk.db, [release.id])
    return [*found, _silence(release, len(news))] if news else found


def _closing(desk: Desk, release: Release, shares: Sequence[Told]) -> Effect:
    first = shares[0]
    what = listed(labels({each.category for each in shares}, Category))
    people = names_of(desk.db, [first.of]) if first.kind is HolderKind.PERSON else {}
    agency = agency_names(desk.db, [first.agency]).get(first.agency, "")
    whom = receiver(first.kind, people.get(first.of, ""), agency)
    waits = [each for each in shares if each.opens_at and each.opens_at > desk.at]
    said = ngettext(
        "{n} entry closes to {whom}: {what}.", "{n} entries close to {whom}: {what}.", len(shares)
    ).format(n=len(shares), whom=whom, what=what)
    if len(waits) == len(shares):
        said += " " + _("They have not been able to open it yet.")
    ending = Ending("withdrawn", record=release.id, holder=first.holder, agency=release.to_agency)
    end = partial(_unshare, ending)
    return Effect(release.id, EffectKind.ENTRIES, what, whom, said, end)


def _unshare(ending: Ending, desk: Desk) -> int:
    return unshare(desk.db, desk.sight, ending)


def _silence(release: Release, count: int) -> Effect:
    said = ngettext(
        "{n} message about this release is held back.",
        "{n} messages about this release are held back.",
        count,
    ).format(n=count)
    end = partial(_hold_back, release.id)
    return Effect(release.id, EffectKind.MESSAGE, "", "", said, end)


def _hold_back(about: str, desk: Desk) -> int:
    return outbox.withdraw(desk.db, about, desk.at)


def _take_back(desk: Desk, row: ReleaseRow, case: CaseRow, told: Withdrawal) -> bool:
    """Mark one release withdrawn; False when it had ended by then."""
    if standing(queries.as_release(row), desk.at) not in REVOCABLE:
        return False
    state = advance(STEPS, row.state, Step.WITHDRAW, Side.SURVIVOR)
    changed = (
        update(ReleaseRow)
        .where(col(ReleaseRow.id) == row.id, col(ReleaseRow.withdrawn_at).is_(None))
        .values(
            state=state,
            withdrawn_at=desk.at,
            withdrawn_mode=told.mode,
            withdrawn_by=desk.sight.person,
            withdrawal_received_by=_heard_by(desk, told),
            withdrawal=_sealed_words(desk, case, told.words),
            version=ReleaseRow.version + 1,
        )
    )
    return rows_changed(desk.db.execute(changed)) == 1


def _heard_by(desk: Desk, told: Withdrawal) -> PersonId | None:
    """Who of the staff knows of it; nobody yet, where it was done with a number."""
    return None if told.mode is Mode.NUMBER else told.received_by or desk.sight.person


def _sealed_words(desk: Desk, case: CaseRow, words: str) -> EnvelopeId | None:
    """Her words for her care team; written for her own agency, whoever writes them."""
    if not words:
        return None
    writer = replace(desk, sight=replace(desk.sight, agency=AgencyId(case.agency)))
    return seal_evidence(writer, case, {"text": words})


def _tell(desk: Desk, row: ReleaseRow, case: CaseRow) -> None:
    """Let the case manager know, unless it was they; where there is none, the whole team."""
    primary = cases.primaries(desk.db, [CaseId(case.id)]).get(case.id)
    team = [PersonId(primary)] if primary else custodians(desk.db, HolderId(case.team))
    for person in team:
        if person != desk.sight.person:
            desk.notify(person, Notice(case.id, row.id))


def look_at(desk: Desk, row: ReleaseRow) -> None:
    """The case manager opens what was taken back with a number: from now on they know of it."""
    if row.withdrawn_mode is not Mode.NUMBER or row.withdrawal_received_by is not None:
        return
    if cases.primaries(desk.db, [CaseId(row.case)]).get(row.case) != desk.sight.person:
        return
    unknown = (col(ReleaseRow.id) == row.id, col(ReleaseRow.withdrawal_received_by).is_(None))
    known = update(ReleaseRow).where(*unknown).values(withdrawal_received_by=desk.sight.person)
    if rows_changed(desk.db.execute(known)):
        desk.audit("release.withdrawal_seen", release=row.id, case=row.case)


def verify(desk: Desk, release: ReleaseId) -> None:
    """Stamp that it was surely she who took it back. It counted from the moment she said so.

    Raises:
        NothingHere: not a release of this team's cases.
        StepRefused: it was not taken back.
    """
    _stamp(desk, release, "withdrawal_verified")
    desk.audit("release.withdrawal_verified", release=release)


def confirm(desk: Desk, release: ReleaseId) -> None:
    """Stamp that what she said aloud has come in writing as well.

    Raises:
        NothingHere: not a release of this team's cases.
        StepRefused: it was not taken back.
    """
    _stamp(desk, release, "withdrawal_written")
    desk.audit("release.withdrawal_written", release=release)


def _stamp(desk: Desk, release: ReleaseId, which: str) -> None:
    """Who and when; the first stamp stays."""
    row = queries.release_row(desk, release)
    if row.withdrawn_at is None:
        raise StepRefused(_("She has not taken this release back."))
    at = getattr(ReleaseRow, f"{which}_at")
    stamped: dict[str, datetime | str] = {
        f"{which}_at": desk.at,
        f"{which}_by": desk.sight.person,
    }
    first = update(ReleaseRow).where(col(ReleaseRow.id) == release, col(at).is_(None))
    desk.db.execute(first.values(**stamped))
