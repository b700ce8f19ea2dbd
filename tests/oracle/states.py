"""The small scope: every state one case can be in at three agencies, as the oracle reads it."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import product
from typing import Any, Final, Literal, NamedTuple

from tests.oracle.oracle import World
from tests.oracle.papers import Paper

Consent = Literal["none", "future", "active", "expired", "revoked"]
Block = Literal["none", "before", "after", "lifted"]

BEGIN: Final = datetime(2030, 1, 15, 12, tzinfo=UTC)
MINUTE: Final = timedelta(minutes=1)
BLINK: Final = timedelta(microseconds=1)
LONG_AGO: Final = BEGIN - timedelta(days=400)

BLOCKED: Final = BEGIN + 5 * MINUTE
OPENS: Final = BEGIN + 10 * MINUTE
LIFTED: Final = BEGIN + 12 * MINUTE
TAKEN_ON: Final = BEGIN + 15 * MINUTE
REVOKED: Final = BEGIN + 30 * MINUTE
EXPIRES: Final = BEGIN + 60 * MINUTE
ORDER_ENDS: Final = BEGIN + timedelta(hours=6)
NEXT_WEEK: Final = BEGIN + timedelta(days=7)
ENDS: Final = BEGIN + timedelta(days=30)

INSTANTS: Final = (
    BEGIN,
    BLOCKED,
    OPENS - BLINK,
    OPENS,
    LIFTED,
    TAKEN_ON,
    REVOKED - BLINK,
    REVOKED,
    EXPIRES - BLINK,
    EXPIRES,
    ORDER_ENDS,
    NEXT_WEEK,
    ENDS - BLINK,
    ENDS,
)
"""When everybody looks: at each boundary and a blink before those that end something."""

CONSENTS: Final[tuple[Consent, ...]] = ("none", "future", "active", "expired", "revoked")
BLOCKS: Final[tuple[Block, ...]] = ("none", "before", "after", "lifted")

PEOPLE: Final = {
    "rosa": ("harbour", frozenset({"case_manager"})),
    "miriam": ("harbour", frozenset({"supervisor"})),
    "joan": ("harbour", frozenset({"case_manager"})),
    "tomas": ("northside", frozenset({"intake_worker"})),
    "lena": ("northside", frozenset({"intake_worker"})),
    "grace": ("northside", frozenset({"supervisor"})),
    "amin": ("eastway", frozenset({"intake_worker"})),
    "sofia": ("eastway", frozenset({"case_manager"})),
}
STAFF: Final = {(LONG_AGO, person, *does) for person, does in PEOPLE.items()}


class State(NamedTuple):
    """One case: what she released to whom, who must not know, who sits where.

    `referral` and `conference` are her releases to Northside (two referrals stand on it, one of
    them taken on) and to Eastway; `waits` is the ten minutes in which a first share can be called
    back; `seat` is Sofia's at the table; `order` names Amin; the rest are those kept out.
    """

    referral: Consent
    conference: Consent
    waits: bool
    taken: bool
    seat: bool
    order: bool
    northside: Block
    sofia: Block
    tomas: bool
    miriam: bool


def states() -> Iterator[State]:
    """All of them."""
    yes_no = (False, True)
    flags = [yes_no] * 4
    for each in product(CONSENTS, CONSENTS, *flags, BLOCKS, BLOCKS, yes_no, yes_no):
        yield State(*each)  # type: ignore[arg-type] # product forgets which is which


def shared(state: State, consent: Consent, kept: Block) -> bool:
    """Whether anything could be shared at the beginning on such a release, past such a block."""
    return consent in ("active", "expired", "revoked") and kept != "before"


def paper(consent: Consent, receiver: str, purpose: str) -> Paper:
    """The release in words."""
    start = NEXT_WEEK if consent == "future" else BEGIN
    end = EXPIRES if consent == "expired" else ENDS
    words = frozenset({"need"})
    return Paper("harbour", receiver, frozenset({purpose}), words, start, end, True)


def facts(state: State) -> World:
    """What has happened and will, in such a case; things are called after what they are."""
    world: dict[str, set[tuple[Any, ...]]] = {
        "roles": STAFF,
        "leads": {(BEGIN, "case", "harbour", "rosa")},
        "wrote": {(BEGIN, thing, "case") for thing in THINGS},
        "about": {(BEGIN, thing, "case") for thing in THINGS},
        "released": set(),
        "took_back": set(),
    }
    _a_referral(world, state)
    _a_seat(world, state)
    if state.order:
        world["obliged"] = {(BEGIN, "entry", "amin", ORDER_ENDS, "order")}
    _blocks(world, state)
    return world


THINGS: Final = ("entry", "copy", "item")


def _a_referral(world: dict[str, set[tuple[Any, ...]]], state: State) -> None:
    _release(world, "referral", state.referral, paper(state.referral, "northside", "referral"))
    if not shared(state, state.referral, state.northside):
        return
    opens = OPENS if state.waits else BEGIN
    world["sent"] = {(BEGIN, "asked", "referral", "northside", opens)}
    world["went"] = {(BEGIN, "copy", "asked")}
    if state.taken and state.northside != "after":
        world["took_on"] = {(TAKEN_ON, "asked", "lena")}


def _a_seat(world: dict[str, set[tuple[Any, ...]]], state: State) -> None:
    words = paper(state.conference, "eastway", "conference")
    _release(world, "conference", state.conference, words)
    if state.seat and shared(state, state.conference, state.sofia):
        world["let_hear"] = {(BEGIN, "item", "meeting", "sofia", "conference", BEGIN)}


def _release(
    world: dict[str, set[tuple[Any, ...]]], name: str, consent: Consent, words: Paper
) -> None:
    if consent != "none":
        world["released"].add((BEGIN, name, "case", words))
    if consent == "revoked":
        world["took_back"].add((REVOKED, name))


def _blocks(world: dict[str, set[tuple[Any, ...]]], state: State) -> None:
    kept = {"northside": state.northside, "sofia": state.sofia}
    kept |= {name: "after" for name in ("tomas", "miriam") if getattr(state, name)}
    began = {"before": BEGIN, "after": BLOCKED, "lifted": BLOCKED}
    world["kept_out"] = {
        (began[how], name, "case", name) for name, how in kept.items() if how in began
    }
    world["let_know"] = {(LIFTED, name) for name, how in kept.items() if how == "lifted"}
