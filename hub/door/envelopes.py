"""Entries: sealed by one writer, opened by one reader, and by nobody else."""

from collections import OrderedDict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from threading import Lock
from typing import Any, Final, cast

from sqlalchemy import Table, bindparam, select
from sqlmodel import Session, col

from hub.core.errors import NothingHere, SealBroken, StepRefused
from hub.core.grounds import GroundRecord, HerOwn, Passage
from hub.core.ids import AgencyId, EnvelopeId, HolderId, PersonId, fresh
from hub.core.language import lazy
from hub.core.words import Category, Ground
from hub.door import audit
from hub.door.custody import LockedHolder
from hub.door.keeping_out import refuse_kept_away
from hub.door.keys import Binding, lock, new_key, unlock, unwrap, wrap
from hub.door.openings import note_openings
from hub.door.own_copy import OwnCopy, own_copies, without_copy
from hub.door.sight import Sight
from hub.door.span import in_time
from hub.door.tables import EnvelopeRow, HolderRow, ShareRow
from hub.store.columns import UtcMoment

EDITION: Final = 1
MOST_REMEMBERED: Final = 16384
MOST_NAMED: Final = 70
"""Envelopes named in one line of the log; more become more lines, none goes unnamed."""

ENVELOPES: Final = cast(Table, EnvelopeRow.__table__)  # type: ignore[attr-defined]
SHARES: Final = cast(Table, ShareRow.__table__)  # type: ignore[attr-defined]

# Built once: these are asked with nearly every page.
HOLDERS: Final = select(col(HolderRow.id), col(HolderRow.public), col(HolderRow.agency)).where(
    col(HolderRow.id).in_(bindparam("wanted", expanding=True))
)
_LIVE_COLUMNS: Final[tuple[Any, ...]] = (
    col(ShareRow.envelope),
    col(ShareRow.holder),
    col(ShareRow.ground),
    col(ShareRow.record),
    col(ShareRow.opens_at),
    col(ShareRow.until),
    col(ShareRow.wrapped),
    col(EnvelopeRow.subject),
    col(EnvelopeRow.category),
    col(EnvelopeRow.edition),
    col(EnvelopeRow.agency),
    col(EnvelopeRow.written_by),
    col(EnvelopeRow.written_at),
    col(EnvelopeRow.body),
    col(HolderRow.locked),
)
LIVE: Final = (
    select(*_LIVE_COLUMNS)
    .join(EnvelopeRow, col(EnvelopeRow.id) == col(ShareRow.envelope))
    .join(HolderRow, col(HolderRow.id) == col(ShareRow.holder))
    .where(
        col(ShareRow.holder).in_(bindparam("holders", expanding=True)),
        col(ShareRow.envelope).in_(bindparam("envelopes", expanding=True)),
        col(ShareRow.wrapped).is_not(None),
        *in_time(ShareRow, bindparam("now", type_=UtcMoment)),
        col(ShareRow.subject).not_in(bindparam("kept_out", expanding=True)),
    )
)


class NotCovered(StepRefused):
    """The ground does not cover this category, receiver, purpose or instant."""

    def __init__(self) -> None:
        super().__init__(
            lazy("The release does not cover this for that agency now. Ask her for one that does.")
        )


@dataclass(frozen=True, slots=True)
class Sealing:
    """One entry about to be sealed: of which category, its words, and the case it is about.

    `subject` is "" for what is about nobody, as the place of a meeting.
    """

    category: Category
    body: Mapping[str, str]
    subject: str


@dataclass(frozen=True, slots=True)
class To:
    """For whom, on which ground, until when."""

    holder: HolderId
    ground: GroundRecord
    until: datetime


@dataclass(frozen=True, slots=True)
class Because:
    """Why the reader can see an entry, and until when."""

    ground: Ground
    record: str
    until: datetime


@dataclass(frozen=True, slots=True)
class Entry:
    """One opened entry."""

    envelope: EnvelopeId
    category: Category
    body: Mapping[str, str]
    at: datetime
    by: PersonId
    agency: AgencyId
    because: Because


class _KeyMemory:
    """Opened envelope keys by the hash of their wrapped bytes.

    It saves the public-key work only: whether a share is live is read from the store every time.
    """

    def __init__(self) -> None:
        self._keys: OrderedDict[bytes, bytes] = OrderedDict()
        self._guard = Lock()

    def key(self, wrapped: bytes, sight: Sight, holder: LockedHolder, binding: Binding) -> bytes:
        mark = sha256(wrapped + binding.info()).digest()
        with self._guard:
            known = self._keys.get(mark)
        if known is not None:
            return known
        opened = unwrap(wrapped, sight.custody.unlock(holder), binding)
        self.remember(mark, opened)
        return opened

    def remember(self, mark: bytes, opened: bytes) -> None:
        with self._guard:
            self._keys[mark] = opened
            if len(self._keys) > MOST_REMEMBERED:
                self._keys.popitem(last=False)


_memory = _KeyMemory()
_public: dict[HolderId, tuple[bytes, str]] = {}


def _bound(envelope: str, category: Category, edition: int) -> str:
    return f"linden/entry|{envelope}|{category.value}|{edition}"


def seal(db: Session, sight: Sight, sealing: Sealing, shares: Sequence[To]) -> EnvelopeId:
    """Seal one entry under a fresh key and give each holder a copy of that key.

    Raises:
        NotCovered: a share's ground does not permit it.
        SealBroken: nobody is to hold it, or the house itself tries to write.
    """
    return seal_all(db, sight, [sealing], shares)[0]


def seal_all(
    db: Session, sight: Sight, sealings: Sequence[Sealing], shares: Sequence[To]
) -> list[EnvelopeId]:
    """Seal several entries for the same holders, each under a key of its own, in their order.

    Raises:
        NotCovered: a share's ground does not permit one of them; then none is sealed.
        SealBroken: nobody is to hold them, or the house itself tries to write.
    """
    if not sealings or not shares or not sight.agency:
        raise SealBroken("an entry needs a writer and a holder")
    made = [
        _Written(EnvelopeId(fresh()), each.subject, each.category, sight.agency, new_key())
        for each in sealings
    ]
    rows = [
        _envelope_row(sight, written, sealing)
        for written, sealing in zip(made, sealings, strict=True)
    ]
    db.execute(ENVELOPES.insert(), rows, execution_options={"sight": sight})
    _give(db, sight, made, shares)
    return [written.envelope for written in made]


def _envelope_row(sight: Sight, written: "_Written", sealing: Sealing) -> dict[str, Any]:
    bound = _bound(written.envelope, written.category, EDITION)
    return {
        "id": written.envelope,
        "subject": written.subject,
        "category": written.category,
        "edition": EDITION,
        "agency": sight.agency,
        "written_by": sight.person,
        "written_at": sight.at,
        "body": lock(written.key, sealing.body, bound),
    }


def share(db: Session, sight: Sight, envelope: EnvelopeId, to: Sequence[To]) -> None:
    """Give more holders a copy of a key that the sight can open now.

    A ground is asked about the passage from the agency that wrote the entry, whoever passes it on;
    and nobody passes on more time than they have.

    Raises:
        NothingHere: the sight cannot open the envelope.
        NotCovered: a share's ground does not permit it.
    """
    found = _live_rows(db, sight, [envelope])
    if not found:
        raise NothingHere
    row = max(found, key=lambda each: each.until)
    if any(each.until > row.until for each in to):
        raise NotCovered
    agency = AgencyId(row.agency)
    written = _Written(envelope, row.subject, row.category, agency, _key(sight, row))
    _give(db, sight, [written], to)


@dataclass(frozen=True, slots=True)
class _Written:
    """An envelope whose key is at hand."""

    envelope: EnvelopeId
    subject: str
    category: Category
    agency: AgencyId
    key: bytes


def _give(db: Session, sight: Sight, made: Sequence[_Written], shares: Sequence[To]) -> None:
    """A copy of each key for each holder; one line of the log for each holder."""
    holders = _holders(db, [to.holder for to in shares])
    subjects = {each.subject for each in made}
    refuse_kept_away(db, sight, subjects, list(holders))
    if any(_released_abroad(sight, to, holders[to.holder][1]) for to in shares):
        _copy_for_her(db, sight, made, own_copies(db, sight, subjects))
    for to in shares:
        rows = [_share_row(sight, written, to, *holders[to.holder]) for written in made]
        db.execute(SHARES.insert(), rows, execution_options={"sight": sight})
        for names in _in_lines([written.envelope for written in made]):
            facts = {"envelopes": names, "holder": to.holder, "ground": to.ground.kind.value}
            audit.note(db, sight, "share.made", facts | {"record": to.ground.record})


def _released_abroad(sight: Sight, to: To, agency: str) -> bool:
    """Whether this leaves her agency with her leave.

    What a law or a court demands is not copied: it is told in person, or not at all where the
    court forbids it.
    """
    return to.ground.kind is Ground.RELEASE and agency != sight.agency


def _copy_for_her(
    db: Session, sight: Sight, made: Sequence[_Written], copies: Mapping[str, OwnCopy]
) -> None:
    """What she let go is copied for her, if she carries a copy of what is shared of hers."""
    for subject, own in copies.items():
        hers = [each for each in made if each.subject == subject and each.agency == sight.agency]
        fresh_ones = without_copy(db, sight, own, [each.envelope for each in hers])
        wanted = [each for each in hers if each.envelope in fresh_ones]
        if wanted:
            _give(db, sight, wanted, [To(own.holder, HerOwn(own.record, own.until), own.until)])


def _holders(db: Session, wanted: Sequence[HolderId]) -> dict[HolderId, tuple[bytes, str]]:
    """The public half and the agency of each holder; neither ever changes, so both are remembered.

    Raises:
        NothingHere: one of them does not exist.
    """
    found = {holder: _public[holder] for holder in wanted if holder in _public}
    unknown = [holder for holder in wanted if holder not in found]
    if unknown:
        rows = db.execute(HOLDERS, {"wanted": unknown})
        read = {HolderId(row[0]): (row[1], row[2]) for row in rows}
        found |= read
        if len(_public) < MOST_REMEMBERED:
            _public.update(read)
    if not found.keys() >= set(wanted):
        raise NothingHere
    return found


def _in_lines(envelopes: Sequence[EnvelopeId]) -> Iterator[str]:
    """The names of envelopes, as many as one line of the log can hold at a time."""
    for start in range(0, len(envelopes), MOST_NAMED):
        yield " ".join(envelopes[start : start + MOST_NAMED])


def _share_row(
    sight: Sight, written: _Written, to: To, public: bytes, agency: str
) -> dict[str, Any]:
    passage = Passage(
        category=written.category,
        from_agency=written.agency,
        to_agency=AgencyId(agency),
        purpose=to.ground.purpose,
        at=sight.at,
        envelope=written.envelope,
    )
    until = to.ground.permits(passage)
    if until is None or to.until > until or to.until <= sight.at:
        raise NotCovered
    ground, opens_at = to.ground, to.ground.opens_at(passage)
    if opens_at is not None and not sight.at <= opens_at < to.until:
        raise NotCovered
    binding = Binding(
        written.envelope, to.holder, ground.kind.value, ground.record, to.until, opens_at
    )
    return {
        "id": fresh(),
        "envelope": written.envelope,
        "subject": written.subject,
        "agency": sight.agency,
        "holder": to.holder,
        "ground": to.ground.kind,
        "record": to.ground.record,
        "opens_at": opens_at,
        "until": to.until,
        "wrapped": wrap(written.key, public, binding),
        "made_by": sight.person,
        "made_at": sight.at,
    }


def open_entries(
    db: Session, sight: Sight, envelopes: Iterable[EnvelopeId]
) -> dict[EnvelopeId, Entry]:
    """The entries among `envelopes` that a live share lets this sight open; others are absent.

    Every opening is one line of the audit log in the same transaction.
    """
    wanted = list(dict.fromkeys(envelopes))
    if not wanted or not sight.holders:
        return {}
    best: dict[str, Any] = {}
    for row in _live_rows(db, sight, wanted):
        known = best.get(row.envelope)
        if known is None or row.until > known.until:
            best[row.envelope] = row
    opened = {EnvelopeId(name): _entry(sight, best[name]) for name in wanted if name in best}
    note_openings(db, sight, best.values())
    for names in _in_lines(list(opened)):
        facts: dict[str, str | int] = {"count": names.count(" ") + 1, "envelopes": names}
        audit.note(db, sight, "entry.opened", facts)
    return opened


def open_one(db: Session, sight: Sight, envelope: EnvelopeId) -> Entry:
    """One entry.

    Raises:
        NothingHere: it does not exist, or no live share names a holder whose key the sight carries.
    """
    found = open_entries(db, sight, [envelope])
    if envelope not in found:
        raise NothingHere
    return found[envelope]


def _live_rows(db: Session, sight: Sight, envelopes: Sequence[EnvelopeId]) -> Sequence[Any]:
    told = {
        "holders": sorted(sight.holders),
        "envelopes": list(envelopes),
        "now": sight.at,
        "kept_out": sorted(sight.kept_out),
    }
    return db.execute(LIVE, told, execution_options={"sight": sight}).all()


def _key(sight: Sight, row: Any) -> bytes:
    binding = Binding(
        row.envelope, row.holder, row.ground.value, row.record, row.until, row.opens_at
    )
    return _memory.key(row.wrapped, sight, LockedHolder(row.holder, row.locked), binding)


def _entry(sight: Sight, row: Any) -> Entry:
    return Entry(
        envelope=EnvelopeId(row.envelope),
        category=row.category,
        body=unlock(_key(sight, row), row.body, _bound(row.envelope, row.category, row.edition)),
        at=row.written_at,
        by=PersonId(row.written_by),
        agency=AgencyId(row.agency),
        because=Because(row.ground, row.record, row.until),
    )
