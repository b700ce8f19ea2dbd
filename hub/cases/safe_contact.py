"""The one rule of safe contact: may this way be used at this moment, when next, or why not.

Nothing leaves for the person a case is about unless `usable` answers Usable at that very moment;
what may not leave yet is deferred to the next safe hour, never dropped. Source: NNEDV on safe
contact: never by a way not shown to be safe, and ask again each time.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from hub.core.words import Worded


class ContactMethod(Worded):
    """How she can be reached."""

    CALL = "call", "Call"
    MESSAGE = "message", "Text message"
    CHAT = "chat", "Message in an app"
    EMAIL = "email", "Email"
    LETTER = "letter", "Letter"
    THROUGH = "through someone", "Through somebody she trusts"
    IN_PERSON = "in person", "Only in person"


class Day(Worded):
    """A day of the week, in the order of `date.weekday`."""

    MONDAY = "mon", "Monday"
    TUESDAY = "tue", "Tuesday"
    WEDNESDAY = "wed", "Wednesday"
    THURSDAY = "thu", "Thursday"
    FRIDAY = "fri", "Friday"
    SATURDAY = "sat", "Saturday"
    SUNDAY = "sun", "Sunday"


class Why(Worded):
    """Why a way may not be used at all."""

    DO_NOT = "do_not", "It must not be used"
    SHARED = "shared", "The same number or address is written down under family and household"
    IN_PERSON = "in_person", "It is for talking in person only"
    UNCONFIRMED = "unconfirmed", "Nobody has confirmed that it is safe"
    EXPIRED = "expired", "It was confirmed more than 30 days ago"
    INCOMPLETE = "incomplete", "Something is missing of when, who may answer, what may be said"
    NOTHING_LEFT = "nothing_left", "No message may be left there"


LASTS: Final = timedelta(days=30)
HORIZON: Final = timedelta(days=16)
"""Two weeks and two days: one week's window can fall into the hour that a clock skips."""
LEAVES_WORDS: Final = frozenset(
    {ContactMethod.MESSAGE, ContactMethod.CHAT, ContactMethod.EMAIL, ContactMethod.LETTER}
)
DAYS: Final = tuple(Day)
AN_HOUR: Final = timedelta(hours=1)
A_SECOND: Final = timedelta(seconds=1)


@dataclass(frozen=True, slots=True)
class Hours:
    """When it is safe, by the clock on her wall.

    Attributes:
        days: on which the window opens.
        opens, closes: the first minute and the one after the last; a window that closes before it
            opens lasts past midnight into the next day.
    """

    days: frozenset[Day]
    opens: time
    closes: time
    zone: ZoneInfo


@dataclass(frozen=True, slots=True)
class Contact:
    """A way to reach her. `hours` and `confirmed_at` are None where nobody wrote them down.

    `shared` says that the value is one recorded under family and household of the same case.
    """

    method: ContactMethod | None
    value: str
    hours: Hours | None
    confirmed_by: str
    confirmed_at: datetime | None
    who_may_answer: str
    may_say: str
    code_word: str
    do_not: bool
    leave: bool
    shared: bool


@dataclass(frozen=True, slots=True)
class Usable:
    """It may be used now, until `until` at the latest."""

    until: datetime


@dataclass(frozen=True, slots=True)
class Deferred:
    """Not now; it may be used again from `until` on."""

    until: datetime


@dataclass(frozen=True, slots=True)
class Blocked:
    """It may not be used before somebody changes it."""

    why: Why


Answer = Usable | Deferred | Blocked


def usable(contact: Contact, at: datetime) -> Answer:
    """Whether `contact` may be used at the instant `at`.

    Args:
        at: timezone-aware. By the clock on her wall, `opens` is included and `closes` is not; a
            confirmation lasts 30 times 24 hours, the last instant not included.
    """
    refused = _refused(contact, at)
    if refused is not None:
        return Blocked(refused)
    hours, confirmed = contact.hours, contact.confirmed_at
    if hours is None or confirmed is None:
        return Blocked(Why.INCOMPLETE)
    if safe_at(hours, at):
        return Usable(min(_change(hours, at, to=False) or at + HORIZON, confirmed + LASTS))
    again = _change(hours, at, to=True)
    return Deferred(again) if again is not None else Blocked(Why.INCOMPLETE)


def is_confirmed(contact: Contact, at: datetime) -> bool:
    """Whether somebody has said within the last 30 times 24 hours that this way is safe."""
    if contact.confirmed_at is None or not contact.confirmed_by:
        return False
    return contact.confirmed_at <= at < contact.confirmed_at + LASTS


def _refused(contact: Contact, at: datetime) -> Why | None:
    """What stands in the way whatever the hour, the gravest first."""
    if contact.do_not:
        return Why.DO_NOT
    if contact.shared:
        return Why.SHARED
    if contact.method is ContactMethod.IN_PERSON:
        return Why.IN_PERSON
    if contact.confirmed_at is None or not contact.confirmed_by or contact.confirmed_at > at:
        return Why.UNCONFIRMED
    if at >= contact.confirmed_at + LASTS:
        return Why.EXPIRED
    told = (contact.value, contact.who_may_answer, contact.may_say, contact.code_word)
    if contact.method is None or contact.hours is None or not all(told):
        return Why.INCOMPLETE
    if contact.method in LEAVES_WORDS and not contact.leave:
        return Why.NOTHING_LEFT
    return None


def safe_at(hours: Hours, at: datetime) -> bool:
    """Whether the clock on her wall shows a safe hour of a safe day at the instant `at`."""
    wall = at.astimezone(hours.zone)
    now, today = wall.time(), DAYS[wall.weekday()]
    if hours.opens < hours.closes:
        return today in hours.days and hours.opens <= now < hours.closes
    if hours.opens == hours.closes:
        return False
    yesterday = DAYS[(wall.weekday() - 1) % 7]
    evening = today in hours.days and now >= hours.opens
    return evening or (yesterday in hours.days and now < hours.closes)


def _change(hours: Hours, at: datetime, *, to: bool) -> datetime | None:
    """The first instant after `at` at which it turns safe (or unsafe); None within the horizon."""
    found = [each for each in _edges(hours, at) if each > at and safe_at(hours, each) is to]
    return min(found, default=None)


def _edges(hours: Hours, at: datetime) -> Iterator[datetime]:
    """Every instant near at which the answer can change: its own hours, and clocks put on or back.

    An hour that happens twice is an edge both times; one that is skipped is none, and the instant
    of the skip is.
    """
    first: date = (at.astimezone(hours.zone) - timedelta(days=1)).date()
    for count in range(HORIZON.days + 2):
        for hour in (hours.opens, hours.closes):
            for fold in (0, 1):
                wall = datetime.combine(first + timedelta(days=count), hour, hours.zone)
                yield wall.replace(fold=fold).astimezone(UTC)
    yield from _skips(hours.zone, at)


def _skips(zone: ZoneInfo, at: datetime) -> Iterator[datetime]:
    """The instants within the horizon at which the zone's clock is put on or back."""
    before = at.astimezone(UTC).replace(minute=0, second=0, microsecond=0)
    end = at + HORIZON
    while before < end:
        after = before + AN_HOUR
        if _offset(zone, before) != _offset(zone, after):
            yield _between(zone, before, after)
        before = after


def _between(zone: ZoneInfo, low: datetime, high: datetime) -> datetime:
    """The first second after `low` at which the zone keeps the time it keeps at `high`."""
    old = _offset(zone, low)
    while high - low > A_SECOND:
        middle = low + timedelta(seconds=int((high - low).total_seconds()) // 2)
        if _offset(zone, middle) == old:
            low = middle
        else:
            high = middle
    return high


def _offset(zone: ZoneInfo, at: datetime) -> timedelta | None:
    return at.astimezone(zone).utcoffset()


def contact_of(body: Mapping[str, str], *, shared: bool) -> Contact:
    """The contact that an entry's body holds; what cannot be read is not recorded."""
    methods = {each.value: each for each in ContactMethod}
    return Contact(
        method=methods.get(body.get("method", "")),
        value=body.get("value", ""),
        hours=hours_of(body),
        confirmed_by=body.get("confirmed_by", ""),
        confirmed_at=_moment(body.get("confirmed_at", "")),
        who_may_answer=body.get("who_may_answer", ""),
        may_say=body.get("may_say", ""),
        code_word=body.get("code_word", ""),
        do_not=body.get("do_not") == "yes",
        leave=body.get("leave") == "yes",
        shared=shared,
    )


def hours_of(body: Mapping[str, str]) -> Hours | None:
    """The hours a body holds; None when a part is missing or cannot be read."""
    codes = set(body.get("days", "").split())
    days = frozenset(each for each in Day if each.value in codes)
    opens, closes = _time(body.get("opens", "")), _time(body.get("closes", ""))
    zone = zone_called(body.get("zone", ""))
    if not days or opens is None or closes is None or opens == closes or zone is None:
        return None
    return Hours(days, opens, closes, zone)


def zone_called(name: str) -> ZoneInfo | None:
    """The time zone of that name; None when there is none."""
    try:
        return ZoneInfo(name) if name else None
    except (KeyError, ValueError, OSError):  # a name no zone has, or no name at all
        return None


def _time(text: str) -> time | None:
    try:
        return time.fromisoformat(text) if re.fullmatch(r"\d\d:\d\d", text) else None
    except ValueError:
        return None


def _moment(text: str) -> datetime | None:
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return None
    return found if found.tzinfo else None


LEAST_DIGITS: Final = 6
WHOLE_DIGITS: Final = 9
MOST_DIGITS: Final = 17
"""No number is longer, with a country's code and what dials abroad; two in a row are."""
LEAST_LETTERS: Final = 6
BETWEEN: Final = frozenset({"Zs", "Zl", "Zp", "Cc", "Cf", "Pc", "Pd", "Ps", "Pe"})
"""Kinds of what people write between the digits of one number: spaces, dashes, brackets."""
DOTS: Final = frozenset("+./\\·•∙⋅‧\u066b\u066c・")


def also_known(contact: Contact, texts: Iterable[str]) -> bool:
    """Whether what is written for a way to reach her stands in these texts of her family too.

    Somebody she trusts may well be written down there: of them only a number or address counts.
    """
    told = list(texts)
    if contact.method is ContactMethod.THROUGH and "@" not in contact.value:
        return _number_recorded(contact.value, told)
    return also_recorded(contact.value, told)


def also_recorded(value: str, texts: Iterable[str]) -> bool:
    """Whether a number or address stands in one of these texts, in whatever script or spacing.

    Numbers are alike when the shorter, of at least six digits, ends the longer, so that a
    country's code in front does not hide one. What holds no number is alike when the letters and
    digits of the one, at least six of them letters, stand together in the other.
    """
    told = list(texts)
    if "@" in value:
        written = value.strip().casefold()
        return any(written in text.casefold() or _holds(text, value) for text in told)
    if _number_of(value):
        return _number_recorded(value, told)
    return any(_holds(text, value) or _holds(value, text) for text in told)


def _number_recorded(value: str, texts: Iterable[str]) -> bool:
    own = _number_of(value)
    return any(_alike(one, other) for text in texts for other in _numbers(text) for one in own)


def _number_of(value: str) -> list[str]:
    """The numbers written for a way to reach her, each whole; of several in a row, every one."""
    found: list[str] = []
    for groups in _chains(value):
        whole = "".join(groups)
        if len(whole) <= MOST_DIGITS:
            found += _long_enough([whole])
        else:
            found += [each for each in _long_enough(_runs(groups)) if len(each) >= WHOLE_DIGITS]
    return found


def _numbers(text: str) -> list[str]:
    """Every number that may be meant: what stands beside one, an age or a year, may be no part."""
    return _long_enough(each for groups in _chains(text) for each in _runs(groups))


def _runs(groups: list[str]) -> Iterator[str]:
    """Groups of digits that stand one after the other, joined, as many as one number can have."""
    for first in range(len(groups)):
        for last in range(first + 1, min(first + MOST_DIGITS, len(groups)) + 1):
            yield "".join(groups[first:last])


def _long_enough(numbers: Iterable[str]) -> list[str]:
    """Those of enough digits, without the zeros that only dial."""
    bare = (each.lstrip("0") for each in numbers)
    return [each for each in bare if len(each) >= LEAST_DIGITS]


def _chains(text: str) -> Iterator[list[str]]:
    """Digits that stand together, in groups, as long as nothing but such signs parts them."""
    groups: list[str] = []
    goes_on = False
    for letter in unicodedata.normalize("NFKC", text):
        digit = unicodedata.decimal(letter, None)
        if digit is not None and goes_on:
            groups[-1] += str(digit)
        elif digit is not None:
            groups.append(str(digit))
        elif letter not in DOTS and unicodedata.category(letter) not in BETWEEN:
            yield groups
            groups = []
        goes_on = digit is not None
    yield groups


def _alike(one: str, other: str) -> bool:
    shorter, longer = sorted((one, other), key=len)
    return len(shorter) >= LEAST_DIGITS and longer.endswith(shorter)


def _holds(text: str, words: str) -> bool:
    """Whether the words stand in a text, however either is spaced and punctuated."""
    wanted = _bare(words)
    return sum(map(str.isalpha, wanted)) >= LEAST_LETTERS and wanted in _bare(text)


def _bare(text: str) -> str:
    """Letters and digits alone, without case, accents, or the script the digits are of."""
    plain = unicodedata.normalize("NFKD", text.casefold()).casefold()
    return "".join(str(unicodedata.decimal(each, each)) for each in plain if each.isalnum())
