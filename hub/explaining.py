"""`linden explain`: what each share shows one person and why, or that it shows nothing and why not.

It speaks with the sentences of the pages, opens no envelope, and is itself written to the log.
"""

import sys
from argparse import ArgumentParser, Namespace, _SubParsersAction
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final, TypeAlias

from sqlalchemy import select
from sqlmodel import col

from hub.cases.names import agency_names, names_of
from hub.cases.tables import CaseRow
from hub.consent.because import Why, because, in_a_sentence
from hub.consent.days import day, moment
from hub.consent.ledger_words import receiver
from hub.consent.queries import as_release
from hub.consent.release import Release
from hub.consent.tables import ReleaseRow
from hub.consent.wording import ending, labels, listed, what_for
from hub.core.clock import OPEN_END
from hub.core.errors import HubError
from hub.core.ids import AgencyId, EnvelopeId, HolderId, PersonId
from hub.core.language import _, lazy, speak
from hub.core.words import Ground, HolderKind, ServiceType
from hub.desk import Desk, Hub
from hub.door import wall
from hub.door.keeping_out import kept_out_of
from hub.door.tracing import Carrying, Sealed, Trace, carrying, sealed, sealed_of, traces
from hub.door.wall import Errand
from hub.people.tables import AgencyRow, PersonRow

Work: TypeAlias = Callable[[Namespace, Hub], int]
Commands: TypeAlias = "_SubParsersAction[ArgumentParser]"
EnvelopesOf: TypeAlias = Callable[[Desk, str], list[EnvelopeId]]

AT_A_TIME: Final = 200
ABOUT: Final = """\
Says of each share of an envelope, a referral or a case what it shows one person and why: the
ground, the record behind it, from when and until when, and the sentence on their page; or that it
shows nothing, and why not. It opens nothing, and the asking is written to the audit log.
"""


class NobodyCalled(HubError):
    """There is no such person, envelope, referral or case."""

    def __init__(self) -> None:
        super().__init__(lazy("There is nothing and nobody like that here. Check what you typed."))


def add_to(
    commands: Commands,
    with_hub: Callable[[Work], Callable[[Namespace], int]],
    of_referral: EnvelopesOf,
) -> None:
    """Put `explain` among the commands."""
    explain = commands.add_parser(
        "explain", help="say why somebody can see something, or why not", description=ABOUT
    )
    explain.add_argument("--person", required=True, metavar="EMAIL", help="whose eyes it is about")
    thing = explain.add_mutually_exclusive_group(required=True)
    thing.add_argument("--envelope", metavar="ID", help="one envelope")
    thing.add_argument("--referral", metavar="NUMBER", help="what belongs to a referral")
    thing.add_argument("--case", metavar="CODE", help="everything of a case")
    explain.set_defaults(run=with_hub(lambda chosen, hub: run_explain(chosen, hub, of_referral)))


def run_explain(chosen: Namespace, hub: Hub, of_referral: EnvelopesOf) -> int:
    """`linden explain`."""
    speak(hub.settings.language, hub.settings.zone)
    with hub.desk_of_the_house() as house:
        found = _asked_about(house, chosen, of_referral)
        reader = _reader(house, chosen.person)
        house.audit("access.explained", **_facts(chosen), person=reader.person, count=len(found))
        for start in range(0, len(found), AT_A_TIME):
            for line in explained(house, reader, found[start : start + AT_A_TIME]):
                print(line)
    sys.stdout.flush()
    return 0


def _facts(chosen: Namespace) -> dict[str, str]:
    asked = {"envelopes": chosen.envelope, "referral": chosen.referral, "case": chosen.case}
    return {name: value for name, value in asked.items() if value}


def _asked_about(house: Desk, chosen: Namespace, of_referral: EnvelopesOf) -> list[Sealed]:
    if chosen.case:
        with wall.errand(house.db, Errand.JOBS):
            asked = select(col(CaseRow.id)).where(col(CaseRow.code) == chosen.case.upper())
            cases = list(house.db.execute(asked).scalars())
        found = [each for case in cases for each in sealed_of(house.db, house.sight, case)]
    else:
        with wall.errand(house.db, Errand.JOBS):
            ids = of_referral(house, chosen.referral) if chosen.referral else [chosen.envelope]
        found = sealed(house.db, house.sight, ids)
    if not found:
        raise NobodyCalled
    return found


@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody, and all that decides what they can open."""

    person: PersonId
    name: str
    agency: str
    carries: Mapping[HolderId, Carrying]
    kept_out: frozenset[str]
    works: bool


def _reader(house: Desk, email: str) -> Reader:
    asked = select(PersonRow, col(AgencyRow.name), col(AgencyRow.closed_at)).join(
        AgencyRow, col(AgencyRow.id) == col(PersonRow.agency)
    )
    row = house.db.execute(asked.where(col(PersonRow.email) == email.strip().lower())).first()
    if row is None:
        raise NobodyCalled
    person, agency, closed_at = row
    looking = replace(house.sight, person=PersonId(person.id), agency=AgencyId(person.agency))
    with wall.errand(house.db, Errand.JOBS):
        away = kept_out_of(house.db, looking)
    return Reader(
        person=PersonId(person.id),
        name=person.name,
        agency=agency,
        carries=carrying(house.db, PersonId(person.id)),
        kept_out=away,
        works=person.disabled_at is None and closed_at is None,
    )


def why_not(share: Trace, reader: Reader, at: datetime) -> str:
    """Why a share shows this person nothing at `at`, in a sentence; "" when it shows them all.

    The same conditions as reading has, in the order in which they can be changed least.
    """
    held = reader.carries.get(share.holder)
    if not reader.works:
        return _("They do not work here any more and cannot sign in.")
    if share.subject in reader.kept_out:
        return _("They are among those who must never know of this case.")
    if held is None:
        return _("It is for {whom}, whose key they never carried.")
    if held.until is not None:
        return _("It is for {whom}, whose key they carried until {gave_up}.")
    if not share.live:
        return _("It ended on {ended}. {ending}")
    if share.until <= at:
        return _("It ended by its hour, on {until}.")
    if share.opens_at is not None and share.opens_at > at:
        return _("It waits until {opens} and can be called back before.")
    return ""


@dataclass(frozen=True, slots=True)
class _Behind:
    """What is known beside the shares: releases by id, cases by id, names by id."""

    releases: Mapping[str, Release]
    codes: Mapping[str, str]
    agencies: Mapping[str, str]
    people: Mapping[str, str]


def explained(house: Desk, reader: Reader, found: Sequence[Sealed]) -> Iterable[str]:
    """The lines about some envelopes: each of its shares, and what it shows the reader."""
    shares = traces(house.db, house.sight, [each.envelope for each in found])
    behind = _behind(house, found, shares)
    for each in found:
        owner = behind.agencies.get(each.agency, "")
        written = moment(house.hub.settings, each.written_at)
        yield _("{what} ({envelope}), written by {owner}, {written}").format(
            what=each.category.label, envelope=each.envelope, owner=owner, written=written
        )
        for share in shares:
            if share.envelope == each.envelope:
                yield from _about_share(house, reader, (each, share), behind)


def _about_share(
    house: Desk, reader: Reader, about: tuple[Sealed, Trace], behind: _Behind
) -> Iterable[str]:
    share = about[1]
    refused = why_not(share, reader, house.at)
    if refused:
        yield "  " + _("shows {name} nothing: {why}").format(
            name=reader.name, why=_filled(house, refused, share, reader, behind)
        )
    else:
        yield "  " + _shown(house, reader, share)
        yield "    " + because(_why(house, reader, about, behind))
    record = f" {share.record}" if share.record else ""
    yield "    " + _("ground: {ground}{record}").format(ground=share.ground.label, record=record)


def _filled(house: Desk, sentence: str, share: Trace, reader: Reader, behind: _Behind) -> str:
    settings, held = house.hub.settings, reader.carries.get(share.holder)
    gave_up = held.until if held and held.until else house.at
    release = behind.releases.get(share.record)
    taken = release is not None and share.ended_at in {release.withdrawn_at, share.until}
    return sentence.format(
        whom=_whom(share, behind),
        gave_up=moment(settings, gave_up),
        ended=moment(settings, share.ended_at or house.at),
        ending=ending(share.ended_why or "", with_release=taken),
        until=moment(settings, share.until),
        opens=moment(settings, share.opens_at or house.at),
    )


def _whom(share: Trace, behind: _Behind) -> str:
    agency = behind.agencies.get(share.agency, "")
    if share.kind is HolderKind.SURVIVOR:
        return _("the person it is about")
    return receiver(share.kind, behind.people.get(share.of, ""), agency)


def _shown(house: Desk, reader: Reader, share: Trace) -> str:
    settings = house.hub.settings
    held = reader.carries[share.holder].since
    begins = max(each for each in (share.made_at, share.opens_at, held) if each is not None)
    if share.until >= OPEN_END:
        said = _("shows it to {name} since {begins}, without end")
        return said.format(name=reader.name, begins=moment(settings, begins))
    said = _("shows it to {name} since {begins}, until {until}")
    return said.format(
        name=reader.name, begins=moment(settings, begins), until=moment(settings, share.until)
    )


def _why(house: Desk, reader: Reader, about: tuple[Sealed, Trace], behind: _Behind) -> Why:
    each, share = about
    release = behind.releases.get(share.record) if share.ground is Ground.RELEASE else None
    only = next(iter(release.purposes)) if release and len(release.purposes) == 1 else None
    code = behind.codes.get(share.subject, "") if share.of == share.subject else ""
    return Why(
        ground=share.ground,
        what=in_a_sentence(str(each.category.label)),
        agency=reader.agency,
        owner=behind.agencies.get(each.agency, ""),
        purpose=only,
        purposes=what_for(release) if release else "",
        kind=_kinds(release) if release else "",
        until=day(house.hub.settings, share.until) if share.until < OPEN_END else "",
        code=code,
    )


def _kinds(release: Release) -> str:
    return listed(in_a_sentence(each) for each in labels(release.service_types, ServiceType))


def _behind(house: Desk, found: Sequence[Sealed], shares: Sequence[Trace]) -> _Behind:
    records, subjects = {each.record for each in shares}, {each.subject for each in shares}
    with wall.errand(house.db, Errand.JOBS):
        asked = select(ReleaseRow).where(col(ReleaseRow.id).in_(records))
        releases = {row.id: as_release(row) for row in house.db.execute(asked).scalars()}
        of_cases = select(col(CaseRow.id), col(CaseRow.code)).where(col(CaseRow.id).in_(subjects))
        codes = {row[0]: row[1] for row in house.db.execute(of_cases)}
    agencies = {each.agency for each in found} | {each.agency for each in shares}
    people = [each.of for each in shares if each.kind is HolderKind.PERSON]
    return _Behind(releases, codes, agency_names(house.db, agencies), names_of(house.db, people))
