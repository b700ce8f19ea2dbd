"""The rows behind the door. Nothing outside this package names a table that begins with sealed_."""

from datetime import datetime

from sqlalchemy import BigInteger, Column, Index, Integer, text
from sqlmodel import Field, SQLModel

from hub.core.words import Category, Ground, HolderKind, KeptOutFor
from hub.store.columns import code, flag, key, loose, moment, number, prose, ref, sealed, short


class HolderRow(SQLModel, table=True):
    """Somebody who can hold shares: a person, a care team or an intake desk."""

    __tablename__ = "holder"
    __table_args__ = (Index("holder_of", "of", "kind", unique=True),)

    id: str = key()
    kind: HolderKind = code(HolderKind)
    agency: str = loose(index=True)
    of: str = loose()
    public: bytes = sealed()
    locked: bytes = sealed()
    made_at: datetime = moment()


class HolderMemberRow(SQLModel, table=True):
    """Who carries a holder's key, and from when until when."""

    __tablename__ = "holder_member"
    __table_args__ = (
        Index("holder_member_now", "person", "ended_at", "holder"),
        Index(
            "holder_member_once",
            "holder",
            "person",
            unique=True,
            sqlite_where=text("ended_at IS NULL"),
            postgresql_where=text("ended_at IS NULL"),
        ),
    )

    id: str = key()
    holder: str = ref("holder")
    person: str = loose()
    since: datetime = moment()
    ended_at: datetime | None = moment(null=True)


class EnvelopeRow(SQLModel, table=True):
    """One entry, sealed under its own key.

    `subject` is the case it is about, "" when it is about nobody; shares carry the same.
    """

    __tablename__ = "sealed_envelope"

    id: str = key()
    subject: str = short(26)
    category: Category = code(Category)
    edition: int = number(default=1)
    agency: str = loose(index=True)
    written_by: str = loose()
    written_at: datetime = moment()
    body: bytes = sealed()


class ShareRow(SQLModel, table=True):
    """A copy of an envelope's key for one holder, on one ground, until one moment.

    `opens_at` is when it can first be used, None for at once; `agency` is whose work made it.
    """

    __tablename__ = "sealed_share"
    __table_args__ = (
        Index("sealed_share_held", "holder", "envelope"),
        Index("sealed_share_record", "record"),
        Index(
            "sealed_share_ending",
            "until",
            sqlite_where=text("wrapped IS NOT NULL"),
            postgresql_where=text("wrapped IS NOT NULL"),
        ),
        Index("sealed_share_subject", "subject", "made_at"),
    )

    id: str = key()
    envelope: str = ref("sealed_envelope")
    subject: str = short(26)
    agency: str = short(26)
    holder: str = ref("holder", index=False)
    ground: Ground = code(Ground)
    record: str = short(26)
    opens_at: datetime | None = moment(null=True)
    until: datetime = moment()
    wrapped: bytes | None = sealed(null=True)
    made_by: str = loose()
    made_at: datetime = moment()
    ended_at: datetime | None = moment(null=True)
    ended_why: str | None = short(40, null=True)


class KeepOutRow(SQLModel, table=True):
    """Somebody who must never know of a subject: one person, or everybody at one agency.

    A line that names neither is an intake desk that is passed over; the lines of those who carried
    its key name the same desk.
    `agency` keeps the line and can lift it, once one of its staff has asked and another confirms.
    `lift_reason` is the envelope that says why.
    """

    __tablename__ = "sealed_keep_out"
    __table_args__ = (
        Index("sealed_keep_out_person", "person", "lifted_at", "subject"),
        Index("sealed_keep_out_away", "away", "lifted_at", "subject"),
        Index("sealed_keep_out_subject", "subject", "lifted_at"),
        Index("sealed_keep_out_desk", "desk", "lifted_at"),
    )

    id: str = key()
    subject: str = loose()
    agency: str = loose()
    person: str | None = loose(null=True)
    away: str | None = loose(null=True)
    desk: str | None = loose(null=True)
    made_by: str = short(26)
    made_at: datetime = moment()
    why: KeptOutFor = code(KeptOutFor)
    lift_asked_at: datetime | None = moment(null=True)
    lift_asked_by: str | None = short(26, null=True)
    lift_reason: str | None = loose(null=True)
    lifted_at: datetime | None = moment(null=True)
    lifted_by: str | None = short(26, null=True)


class OwnCopyRow(SQLModel, table=True):
    """That somebody carries a copy of what is shared of them, under the id of their receipt."""

    __tablename__ = "sealed_own_copy"
    __table_args__ = (
        Index("sealed_own_copy_subject", "subject", "ended_at", "until"),
        Index(
            "sealed_own_copy_one",
            "subject",
            unique=True,
            sqlite_where=text("ended_at IS NULL"),
            postgresql_where=text("ended_at IS NULL"),
        ),
    )

    id: str = key()
    subject: str = loose()
    agency: str = loose()
    holder: str = ref("holder", index=False)
    made_at: datetime = moment()
    until: datetime = moment()
    ended_at: datetime | None = moment(null=True)


class OpeningRow(SQLModel, table=True):
    """That one person opened one envelope that was shared with them.

    `agency` is theirs, `roles` what they did there when they first opened it.
    """

    __tablename__ = "sealed_opening"

    envelope: str = key()
    person: str = key()
    subject: str = short(26, index=True)
    agency: str = loose()
    roles: str = short(200)
    first_at: datetime = moment()
    last_at: datetime = moment()
    times: int = number(default=1)


class AuditRow(SQLModel, table=True):
    """One line of the log, chained to the line before it."""

    __tablename__ = "audit_line"

    seq: int | None = Field(
        default=None,
        sa_column=Column(
            BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=False
        ),
    )
    at: datetime = moment()
    person: str = short(26)
    agency: str = short(26, index=True)
    action: str = short(60)
    facts: str = prose()
    before: str = short(64)
    hash: str = short(64)


class CheckpointRow(SQLModel, table=True):
    """The state of the log at one instant, signed, and what the next one goes on from.

    `trouble` is a code, None when all was well; with one that forbids to sign, `note` is "".
    """

    __tablename__ = "log_checkpoint"
    __table_args__ = (
        Index("log_checkpoint_nth", "nth", unique=True),
        Index("log_checkpoint_daily", "daily", "nth"),
        Index(
            "log_checkpoint_trouble",
            "nth",
            sqlite_where=text("trouble IS NOT NULL"),
            postgresql_where=text("trouble IS NOT NULL"),
        ),
    )

    id: str = key()
    nth: int = number()
    at: datetime = moment()
    size: int = Field(sa_column=Column(BigInteger, nullable=False))
    head: str = short(64)
    peaks: str = prose()
    note: str = prose()
    daily: bool = flag()
    trouble: str | None = short(20, null=True)
    told_at: datetime | None = moment(null=True)
