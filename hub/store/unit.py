"""One unit of work: it commits if the work returns, and rolls back if it raises."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import CursorResult, Engine
from sqlmodel import Session


@contextmanager
def unit_of_work(engine: Engine) -> Iterator[Session]:
    """A session whose whole work is kept, or none of it."""
    with Session(engine, expire_on_commit=False) as db:
        try:
            yield db
            db.commit()
        except BaseException:
            db.rollback()
            raise


def rows_changed(result: Any) -> int:
    """How many rows an UPDATE or DELETE changed."""
    return int(result.rowcount) if isinstance(result, CursorResult) else 0
