"""The statements that raise the second wall, as the tables' owner; and whether it stands."""

from collections.abc import Iterator
from typing import Final

from sqlalchemy import Connection, text
from sqlmodel import Session

from hub.door.policies import AWAY, ERRAND, NOTHING, ROLE, WALLS
from hub.door.wall import Errand


def orders(table: str) -> Iterator[str]:
    """The statements that raise the wall of one table."""
    wall = WALLS[table]
    yield f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY"
    yield f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY"
    yield _policy(f"wall_own ON {table} FOR ALL", wall.own, wall.own)
    if wall.shared != NOTHING:
        yield _policy(f"wall_shared ON {table} FOR SELECT", wall.shared)
    if wall.changed != NOTHING:
        yield _policy(f"wall_read ON {table} FOR SELECT", wall.changed)
        yield _policy(f"wall_changed ON {table} FOR UPDATE", wall.changed, wall.changed)
    looking = (*wall.looked_at, *wall.worked_on, *wall.dropped)
    if wall.subject:
        let_in = f"{table}.{wall.subject} NOT IN {AWAY}"
        let_in += f" OR {_sent(looking)}" if looking else ""
        yield _policy(f"wall_kept_out ON {table} AS RESTRICTIVE FOR ALL", let_in, let_in)
    if looking:
        yield _policy(f"wall_looked_at ON {table} FOR SELECT", _sent(looking))
    if wall.worked_on:
        sent = _sent(wall.worked_on)
        yield _policy(f"wall_worked_on ON {table} FOR UPDATE", sent, sent)
    if wall.added:
        yield f"CREATE POLICY wall_added ON {table} FOR INSERT WITH CHECK ({_sent(wall.added)})"
    if wall.dropped:
        yield _policy(f"wall_dropped ON {table} FOR DELETE", _sent(wall.dropped))


def _policy(head: str, using: str, check: str = "") -> str:
    ends = f" WITH CHECK ({check})" if check else ""
    return f"CREATE POLICY {head} USING ({using}){ends}"


def _sent(errands: tuple[Errand, ...]) -> str:
    names = ", ".join(f"'{each.value}'" for each in errands)
    return f"{ERRAND} IN ({names})"


MAKE_ROLE: Final = f"""
DO $$ BEGIN
  IF NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = '{ROLE}') THEN
    CREATE ROLE {ROLE} NOLOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE;
  END IF;
  IF NOT pg_has_role(session_user, '{ROLE}', 'MEMBER') THEN
    EXECUTE format('GRANT {ROLE} TO %I', session_user);
  END IF;
EXCEPTION
  WHEN insufficient_privilege THEN RAISE NOTICE 'whoever may must make the role {ROLE}';
  WHEN duplicate_object OR unique_violation THEN NULL;
END $$
"""
GRANT: Final = f"""
DO $$ BEGIN
  IF EXISTS (SELECT 1 FROM pg_roles WHERE rolname = '{ROLE}') THEN
    GRANT USAGE ON SCHEMA public TO {ROLE};
    GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {ROLE};
    ALTER DEFAULT PRIVILEGES IN SCHEMA public
      GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {ROLE};
  END IF;
END $$
"""


PULL_DOWN: Final = r"""
DO $$ DECLARE old record; BEGIN
  FOR old IN SELECT tablename, policyname FROM pg_policies
             WHERE schemaname = 'public' AND policyname LIKE 'wall\_%' LOOP
    EXECUTE format('DROP POLICY %I ON %I', old.policyname, old.tablename);
  END LOOP;
END $$
"""


def raise_wall(connection: Connection) -> None:
    """Raise the whole wall around tables that were just made, as their owner."""
    for order in every_order():
        connection.execute(text(order))


def every_order() -> list[str]:
    """All that raises the wall, in order: the role, its rights, then table by table.

    A wall that stood before is pulled down first, in the same transaction.
    """
    return [MAKE_ROLE, GRANT, PULL_DOWN, *(each for table in WALLS for each in orders(table))]


STANDING: Final = text(
    "SELECT rolsuper OR rolbypassrls,"
    " (SELECT count(*) FROM pg_class WHERE relname = ANY(:tables)"
    "  AND relnamespace = 'public'::regnamespace AND relrowsecurity AND relforcerowsecurity)"
    " FROM pg_roles WHERE rolname = current_user"
)


def breach(db: Session) -> str | None:
    """What is wrong with the wall and what to do; None where it stands, or none is needed."""
    if db.get_bind().dialect.name != "postgresql":
        return None
    goes_round, forced = db.execute(STANDING, {"tables": list(WALLS)}).one()
    if goes_round:
        return f"we work as a role that goes round every policy; make the role {ROLE} (README.md)"
    if forced < len(WALLS):
        return f"{len(WALLS) - forced} tables stand open; run linden upgrade as their owner"
    return None
