"""What the first release stored is all there after an upgrade, opens as before, and has a case."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from sqlalchemy import Engine, text
from sqlmodel import Session

from hub.app import import_tables
from hub.core.clock import OPEN_END
from hub.core.ids import AgencyId, EnvelopeId, HolderId, PersonId, fresh
from hub.door import open_entries, tripwire
from hub.door.custody import ServerCustody
from hub.door.keeping_out import Whom, keep_out, kept_out_of
from hub.door.keys import Binding, Root, lock, new_key, wrap
from hub.door.openings import openings
from hub.door.sight import Sight, sight_of_a_migration
from hub.store.engine import embedded
from hub.store.migrate import config, upgrade
from tests.engines import ROOT_KEY
from tests.world import NOON

WORDS = {"text": "She asks for a lawyer"}
CUSTODY = ServerCustody(Root(ROOT_KEY))


class FirstRelease:
    """A database as the first release left it: one case, one entry, shared with one agency."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self.ours, self.theirs = fresh(), fresh()
        self.writer, self.reader = PersonId(fresh()), PersonId(fresh())
        self.team, self.desk = HolderId(fresh()), HolderId(fresh())
        self.case, self.envelope = fresh(), EnvelopeId(fresh())
        with engine.begin() as db:
            db.execution_options(sight=sight_of_a_migration(NOON))
            command.upgrade(config(db), "0001")
            self.fill(db)

    def fill(self, db: Any) -> None:
        for agency, name in ((self.ours, "Harbour"), (self.theirs, "Northside")):
            put(db, "agency", id=agency, name=name, made_at=NOON)
        for person, agency in ((self.writer, self.ours), (self.reader, self.theirs)):
            put(db, "person", id=person, agency=agency, name="N", email=person, made_at=NOON)
        public = {
            self.team: self.holder(db, self.team, "care_team", self.ours, self.case),
            self.desk: self.holder(db, self.desk, "desk", self.theirs, self.theirs),
        }
        case = {"id": self.case, "code": "WREN-11", "agency": self.ours, "team": self.team}
        put(db, "hub_case", **case, opened_at=NOON)
        entry = {"id": fresh(), "line": fresh(), "case": self.case, "envelope": self.envelope}
        put(db, "case_entry", **entry, category="need", at=NOON)
        self.seal(db, public)
        self.note_an_opening(db)

    def holder(self, db: Any, holder: HolderId, kind: str, agency: str, of: str) -> bytes:
        private = X25519PrivateKey.generate()
        public = private.public_key().public_bytes_raw()
        told = {"kind": kind, "agency": agency, "of": of, "public": public, "made_at": NOON}
        put(db, "holder", id=holder, locked=CUSTODY.lock(holder, private), **told)
        return public

    def seal(self, db: Any, public: dict[HolderId, bytes]) -> None:
        key = new_key()
        body = lock(key, WORDS, f"linden/entry|{self.envelope}|need|1")
        written = {"agency": self.ours, "written_by": self.writer, "written_at": NOON}
        put(
            db,
            "sealed_envelope",
            id=self.envelope,
            category="need",
            edition=1,
            body=body,
            **written,
        )
        for holder, ground, record, until in (
            (self.team, "own_work", "", OPEN_END),
            (self.desk, "release", "r" * 26, NOON + timedelta(days=30)),
        ):
            bound = Binding(self.envelope, holder, ground, record, until, None)
            share = {"ground": ground, "record": record, "until": until}
            made = {"made_by": self.writer, "made_at": NOON, "id": fresh(), "holder": holder}
            wrapped = wrap(key, public[holder], bound)
            put(db, "sealed_share", envelope=self.envelope, wrapped=wrapped, **share, **made)

    def note_an_opening(self, db: Any) -> None:
        facts = json.dumps({"count": 1, "envelopes": self.envelope})
        line = {"seq": 1, "person": self.reader, "agency": self.theirs, "facts": facts}
        put(db, "audit_line", **line, action="entry.opened", at=NOON, before="0", hash="1")

    def sight(self, person: PersonId, agency: str, holder: HolderId) -> Sight:
        kept: frozenset[str] = frozenset()
        return Sight(
            person, AgencyId(agency), frozenset(), frozenset({holder}), kept, NOON, CUSTODY
        )


def put(db: Any, table: str, **row: Any) -> None:
    """One row, by the names its columns had then."""
    plain = {
        name: value.replace(tzinfo=None).isoformat(" ", "microseconds")
        if isinstance(value, datetime)
        else value
        for name, value in row.items()
    }
    more = {"person": {"version": 1}, "hub_case": {"version": 1}}.get(table, {})
    names = [*plain, *more]
    columns, slots = ", ".join(f'"{n}"' for n in names), ", ".join(f":{n}" for n in names)
    db.execute(text(f'INSERT INTO "{table}" ({columns}) VALUES ({slots})'), plain | more)  # noqa: S608 -- our own names


@pytest.fixture
def upgraded(tmp_path: Path) -> Iterator[FirstRelease]:
    import_tables()
    engine = embedded(tmp_path / "hub.db", bytes(32))
    tripwire.arm(engine)
    made = FirstRelease(engine)
    assert upgrade(engine, sight_of_a_migration(NOON))
    yield made
    engine.dispose()


def test_both_sides_open_after_the_upgrade_what_they_could_before(upgraded: FirstRelease) -> None:
    for sight in (
        upgraded.sight(upgraded.writer, upgraded.ours, upgraded.team),
        upgraded.sight(upgraded.reader, upgraded.theirs, upgraded.desk),
    ):
        with Session(upgraded.engine) as db:
            opened = open_entries(db, sight, [upgraded.envelope])
            assert opened[upgraded.envelope].body == WORDS


def test_what_was_stored_before_can_be_kept_from_somebody_after(upgraded: FirstRelease) -> None:
    team = upgraded.sight(upgraded.writer, upgraded.ours, upgraded.team)
    theirs = upgraded.sight(upgraded.reader, upgraded.theirs, upgraded.desk)
    with Session(upgraded.engine) as db:
        keep_out(db, team, upgraded.case, Whom(upgraded.reader, None))
        kept = replace(theirs, kept_out=kept_out_of(db, theirs))
        assert kept.kept_out == {upgraded.case}
        assert open_entries(db, kept, [upgraded.envelope]) == {}


def test_who_opened_it_before_is_in_the_ledger_after(upgraded: FirstRelease) -> None:
    team = upgraded.sight(upgraded.writer, upgraded.ours, upgraded.team)
    with Session(upgraded.engine) as db:
        [opening] = openings(db, team, [upgraded.envelope])[upgraded.envelope]
    assert (opening.person, opening.first_at, opening.times) == (upgraded.reader, NOON, 1)
