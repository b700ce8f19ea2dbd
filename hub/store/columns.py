"""The few kinds of column our tables are made of."""

from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Boolean, Column, DateTime, Dialect, ForeignKey, Integer, LargeBinary, String
from sqlalchemy import Text as SqlText
from sqlalchemy.types import TypeDecorator
from sqlmodel import Field


class UtcMoment(TypeDecorator[datetime]):
    """An aware UTC moment, stored without its zone so that both engines compare it alike."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """To the naive UTC form; refuses a moment without a zone."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment without a time zone")
        return value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Back to an aware moment."""
        return None if value is None else value.replace(tzinfo=UTC)


class Coded(TypeDecorator[StrEnum]):
    """A member of a closed list, stored as its code."""

    impl = String(40)
    cache_ok = True

    def __init__(self, words: type[StrEnum]) -> None:
        super().__init__()
        self.words = words

    def process_bind_param(self, value: StrEnum | None, dialect: Dialect) -> str | None:
        """The code; refuses a code that is not on the list."""
        return None if value is None else self.words(value).value

    def process_result_value(self, value: str | None, dialect: Dialect) -> StrEnum | None:
        """The member."""
        return None if value is None else self.words(value)


def key() -> Any:
    """The primary key: an id."""
    return Field(sa_column=Column(String(26), primary_key=True))


def ref(table: str, *, null: bool = False, index: bool = True) -> Any:
    """An id of a row in `table`."""
    return Field(
        default=None if null else ...,
        sa_column=Column(String(26), ForeignKey(f"{table}.id"), nullable=null, index=index),
    )


def loose(*, null: bool = False, index: bool = False, unique: bool = False) -> Any:
    """An id that no constraint ties to a row."""
    return Field(
        default=None if null else ...,
        sa_column=Column(String(26), nullable=null, index=index, unique=unique),
    )


def moment(*, null: bool = False, index: bool = False) -> Any:
    """An aware UTC moment."""
    return Field(
        default=None if null else ..., sa_column=Column(UtcMoment, nullable=null, index=index)
    )


def code(words: type[StrEnum], *, null: bool = False, index: bool = False) -> Any:
    """A member of a closed list."""
    return Field(
        default=None if null else ..., sa_column=Column(Coded(words), nullable=null, index=index)
    )


def short(longest: int = 200, *, null: bool = False, index: bool = False) -> Any:
    """A short text."""
    return Field(
        default=None if null else ..., sa_column=Column(String(longest), nullable=null, index=index)
    )


def prose(*, null: bool = False) -> Any:
    """A long text; never anything a survivor said, which belongs in an envelope."""
    return Field(default=None if null else ..., sa_column=Column(SqlText, nullable=null))


def number(*, default: int | None = 0, null: bool = False, index: bool = False) -> Any:
    """A whole number."""
    return Field(default=default, sa_column=Column(Integer, nullable=null, index=index))


def flag(*, default: bool = False) -> Any:
    """Yes or no."""
    return Field(default=default, sa_column=Column(Boolean, nullable=False))


def sealed(*, null: bool = False) -> Any:
    """Ciphertext."""
    return Field(default=None if null else ..., sa_column=Column(LargeBinary, nullable=null))
