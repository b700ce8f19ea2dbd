"""Who may read what: one sentence, some grounds, and those who must never know.

"You can read an envelope if and only if a live share names a holder whose key you carry."

A world is a set of facts that only grows: tuples under a name, each beginning with its instant.
Every ground is one relation from a thing and an instant to people. Nothing is imported from the
product, and nothing is kept in step with it but by reading the design again.

    roles      (at, person, agency, roles)         from now on this is what they do; none: they left
    leads      (at, case, agency, person)          from now on their case
    wrote      (at, thing, case)                   own work of the case's care team
    confided   (at, thing, person)                 the same, and one more colleague reads it
    offered    (at, thing, case, person)           the same, and until it is answered for one more
    answered   (at, thing)
    released   (at, release, case, paper)
    took_back  (at, release)
    sent       (at, referral, release, receiver, opens)   `opens`: when the wait is over
    went       (at, thing, referral)               what goes with it, from `at` on
    took_on    (at, referral, person)
    ended      (at, referral)                      the receiver needs nothing of it any more
    noted      (at, thing, referral)               the receiver's own words, for themselves
    replied    (at, thing, referral)               the same, and an answer to the care team
    placed     (at, thing, meeting)                a meeting's place and hour
    seated     (at, meeting, person)               invited to it
    unseated   (at, meeting, person)
    let_hear   (at, thing, meeting, person, release, opens)
    taken_off  (at, thing)                         no item of an agenda any more
    kept_out   (at, line, case, name)              a person or an agency who must never know
    let_know   (at, line)
    about      (at, thing, case)                   whom it tells of
    entry      (at, thing, case, category)         what stands in a case's file
    replaced   (at, thing)
    rushed     (at, case, person)                  emergency, inside the owning agency
    calmed     (at, case, person)                  and closed before its time
    obliged    (at, thing, name, until, record)    a legal duty or a court order, to a desk
    quashed    (at, record)
"""

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any, Final

World = Mapping[str, set[tuple[Any, ...]]]
People = set[str]

EMERGENCY_LASTS: Final = timedelta(minutes=15)
FIRST_WAITS: Final = timedelta(minutes=10)
WITH_PEOPLE: Final = frozenset({"case_manager", "supervisor", "intake_worker"})
ON_TEAMS: Final = frozenset({"case_manager", "intake_worker"})


def by(world: World, name: str, at: Any) -> list[tuple[Any, ...]]:
    """The facts of a name that hold by an instant, oldest first, without their instants."""
    known = [fact for fact in world.get(name, ()) if fact[0] <= at]
    return [fact[1:] for fact in sorted(known, key=lambda fact: fact[0])]


def first(world: World, name: str, at: Any, *words: Any) -> Any:
    """When a fact that begins with these words first came to hold by `at`; None: it does not."""
    found = [f[0] for f in world.get(name, ()) if f[0] <= at and f[1 : len(words) + 1] == words]
    return min(found, default=None)


# -- who carries which key ------------------------------------------------------------------------


def duties(world: World, at: Any) -> dict[str, tuple[str, frozenset[str]]]:
    """What everybody does now, and where."""
    return {person: (agency, roles) for person, agency, roles in by(world, "roles", at)}


def those(world: World, agency: str, role: str, at: Any) -> People:
    """Who has a role at an agency."""
    found = duties(world, at).items()
    return {person for person, (where, roles) in found if where == agency and role in roles}


def at_work(world: World, at: Any) -> People:
    """Who carries any key at all."""
    return {person for person, (_agency, roles) in duties(world, at).items() if roles}


def care_team(world: World, case: str, at: Any) -> People:
    """Whoever leads the case now, while they work with people, and the agency's supervisors."""
    now = [(agency, lead) for which, agency, lead in by(world, "leads", at) if which == case][-1:]
    does = duties(world, at)
    leads = {lead for _agency, lead in now if does[lead][1] & WITH_PEOPLE}
    return leads | {p for agency, _lead in now for p in those(world, agency, "supervisor", at)}


def team_of_few(world: World, referral: str, at: Any) -> People:
    """Who took a referral on, while they work with people, and the supervisors of their agency."""
    now = duties(world, at)
    takers = [p for which, p in by(world, "took_on", at) if which == referral]
    few = {p for p in takers if now[p][1] & ON_TEAMS}
    return few | {p for each in takers for p in those(world, now[each][0], "supervisor", at)}


def holders_there(world: World, referral: str, receiver: str, at: Any) -> People:
    """The receiver's desk, until somebody takes the referral on; then a team of few."""
    if first(world, "took_on", at, referral) is None:
        return those(world, receiver, "intake_worker", at)
    return team_of_few(world, referral, at)


# -- while a ground holds -------------------------------------------------------------------------


def stands(world: World, release: str, at: Any) -> bool:
    """Whether what was shared on a release is still open: not at its end, nor once taken back."""
    back = first(world, "took_back", at, release) is not None
    papers = [paper for which, _case, paper in by(world, "released", at) if which == release]
    return not back and all(at < paper.end for paper in papers)


def handed(world: World, thing: str, name: str, at: Any) -> list[tuple[str, str, str, Any]]:
    """The referrals that a fact ties a thing to: referral, release, receiver, when it opens."""
    mine = {referral for what, referral in by(world, name, at) if what == thing}
    return [fact for fact in by(world, "sent", at) if fact[0] in mine]


# -- the grounds: one relation each, from a thing and an instant to people ------------------------


def own_work(world: World, thing: str, at: Any) -> People:
    """The care team of the case it was written in."""
    cases = {case for what, case in by(world, "wrote", at) if what == thing}
    return {person for case in cases for person in care_team(world, case, at)}


def a_confidence(world: World, thing: str, at: Any) -> People:
    """A colleague who has to say yes or no to something about a case."""
    return {person for what, person in by(world, "confided", at) if what == thing}


def an_offer(world: World, thing: str, at: Any) -> People:
    """The colleague who has not yet answered the offer of a case."""
    asked = {person for what, _case, person in by(world, "offered", at) if what == thing}
    return asked if first(world, "answered", at, thing) is None else set()


def a_release(world: World, thing: str, at: Any) -> People:
    """Whoever holds a referral at the agency it went to, while the release and it last."""
    return {
        person
        for referral, release, receiver, opens in handed(world, thing, "went", at)
        if stands(world, release, at) and first(world, "ended", at, referral) is None
        if opens <= at
        for person in holders_there(world, referral, receiver, at)
    }


def own_answer(world: World, thing: str, at: Any) -> People:
    """What a receiver wrote is their own, and no release ends it."""
    own = handed(world, thing, "noted", at) + handed(world, thing, "replied", at)
    return {
        person
        for referral, _release, receiver, _opens in own
        for person in holders_there(world, referral, receiver, at)
    }


def an_answer(world: World, thing: str, at: Any) -> People:
    """What a receiver answered is known to the care team that asked."""
    cases = {which: case for which, case, _paper in by(world, "released", at)}
    asked = {cases[release] for _, release, _, _ in handed(world, thing, "replied", at)}
    return {person for case in asked for person in care_team(world, case, at)}


def an_invitation(world: World, thing: str, at: Any) -> People:
    """Those invited to a meeting know its place."""
    meetings = {meeting for what, meeting in by(world, "placed", at) if what == thing}
    return {
        person
        for meeting, person in by(world, "seated", at)
        if meeting in meetings
        and first(world, "unseated", at, meeting, person) is None
        and first(world, "taken_off", at, thing) is None
    }


def a_seat(world: World, thing: str, at: Any) -> People:
    """Those at the table who were let hear it, while the release, the item and the seat last."""
    return {
        person
        for what, meeting, person, release, opens in by(world, "let_hear", at)
        if what == thing and opens <= at
        if still_hears(world, (what, meeting, person, release), at)
    }


def still_hears(world: World, given: tuple[str, str, str, str], at: Any) -> bool:
    """Whether what somebody was let hear at a table is still theirs, or will be after its wait."""
    thing, meeting, person, release = given
    return (
        stands(world, release, at)
        and first(world, "unseated", at, meeting, person) is None
        and first(world, "taken_off", at, thing) is None
        and works_with_people_since(world, person, thing, at)
    )


def works_with_people_since(world: World, person: str, thing: str, at: Any) -> bool:
    """Whether somebody has worked with people without a break since they first heard a thing."""
    heard = [f[0] for f in world.get("let_hear", ()) if f[1] == thing and f[3] == person]
    return never_stopped(world, person, min(heard), at)


def never_stopped(world: World, person: str, since: Any, at: Any) -> bool:
    """Whether somebody has worked with people without a break since an instant."""
    changes = [fact for fact in world["roles"] if fact[1] == person and since < fact[0] <= at]
    return all(roles & WITH_PEOPLE for *_before, roles in changes)


def an_emergency(world: World, thing: str, at: Any) -> People:
    """A colleague of the owning agency with a reason, for a quarter of an hour of their work.

    What stood in the file when they asked, and nothing that was written since.
    """
    return {
        person
        for since, case, person in world.get("rushed", ())
        if since <= at < since + EMERGENCY_LASTS
        if not any(since <= f[0] <= at for f in world.get("calmed", ()) if f[1:] == (case, person))
        if thing in standing_in(world, case, since) and never_stopped(world, person, since, at)
    }


def standing_in(world: World, case: str, at: Any) -> set[str]:
    """The entries of a case's file at an instant."""
    gone = {thing for (thing,) in by(world, "replaced", at)}
    return {thing for thing, which, _kind in by(world, "entry", at) if which == case} - gone


def law(world: World, thing: str, at: Any) -> People:
    """The desk a legal duty or a court order names, until its end or until it is set aside.

    Or one person, for as long as they go on working with people.
    """
    told = {
        (since, name)
        for since, what, name, until, record in world.get("obliged", ())
        if what == thing and since <= at < until and first(world, "quashed", at, record) is None
    }
    people = {name for since, name in told if never_stopped(world, name, since, at)}
    return people | {p for _s, name in told for p in those(world, name, "intake_worker", at)}


GROUNDS: Final[tuple[Callable[[World, str, Any], People], ...]] = (
    own_work,
    a_confidence,
    an_offer,
    a_release,
    own_answer,
    an_answer,
    an_invitation,
    a_seat,
    an_emergency,
    law,
)


# -- the brake ------------------------------------------------------------------------------------


def told_before(world: World, case: str, agency: str, at: Any) -> bool:
    """Whether anybody at an agency could ever open anything about a case, up to now."""
    things = {thing for thing, which in by(world, "about", at) if which == case}
    heard = [f for f in by(world, "let_hear", at) if f[0] in things and opened(world, f, at)]
    went = [fact for thing in things for fact in handed(world, thing, "went", at)]
    told = {name for thing, name, _u, _r in by(world, "obliged", at) if thing in things}
    where = duties(world, at)
    return (
        agency in told
        or any(where[person][0] == agency for _t, _m, person, _r, _o in heard)
        or any(
            opens <= at and not ended_by(world, referral, release, opens)
            for referral, release, receiver, opens in went
            if receiver == agency
        )
    )


def opened(world: World, heard: tuple[Any, ...], at: Any) -> bool:
    """Whether somebody who was let hear a thing could open it before it was over."""
    *given, opens = heard
    return bool(opens <= at and still_hears(world, tuple(given), opens))


def ended_by(world: World, referral: str, release: str, at: Any) -> bool:
    """Whether a referral was over by an instant."""
    return first(world, "ended", at, referral) is not None or not stands(world, release, at)


# -- the sentence ---------------------------------------------------------------------------------


def kept_out(world: World, thing: str, at: Any) -> People:
    """Those for whom the thing does not exist: named themselves, or at an agency that is."""
    cases = {case for what, case in by(world, "about", at) if what == thing}
    lifted = {line for (line,) in by(world, "let_know", at)}
    lines = by(world, "kept_out", at)
    names = {name for line, case, name in lines if case in cases and line not in lifted}
    return {p for p, (agency, _r) in duties(world, at).items() if {p, agency} & names}


def readers(world: World, thing: str, at: Any) -> People:
    """Everybody who may read a thing: on some ground, with a key, and not kept out."""
    found: People = set().union(*(ground(world, thing, at) for ground in GROUNDS))
    return (found & at_work(world, at)) - kept_out(world, thing, at)


def may_see(world: World, person: str, thing: str, at: Any) -> bool:
    """The one question."""
    return person in readers(world, thing, at)
