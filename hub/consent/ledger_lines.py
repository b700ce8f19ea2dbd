"""Lines of the ledger for the page: names looked up, everything in words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from hub.cases.bodies import lines
from hub.cases.names import agency_names, names_of
from hub.consent.because import at_the_start
from hub.consent.ledger import LedgerLine
from hub.consent.ledger_views import LineView, OutsideView, SharedView
from hub.consent.ledger_words import opener
from hub.consent.opened import Opened
from hub.consent.withdraw_views import OpenedView
from hub.consent.wording import ending, labels, listed, what_for
from hub.core.ids import CaseId
from hub.core.language import _
from hub.core.words import Category, Ground, HolderKind
from hub.desk import Desk, ToldOutside


@dataclass(frozen=True, slots=True)
class Names:
    """What people and agencies are called, by id."""

    people: Mapping[str, str]
    agencies: Mapping[str, str]


def line_views(desk: Desk, case: CaseId, found: Sequence[LedgerLine]) -> list[LineView]:
    """Lines of the ledger in words."""
    people = [each for line in found for each in (line.by, line.of)]
    people += [each.person for line in found for each in line.opened]
    agencies = agency_names(desk.db, [line.agency for line in found])
    names = Names(names_of(desk.db, people), agencies)
    return [_line_view(desk, case, line, names) for line in found]


def _line_view(desk: Desk, case: CaseId, line: LedgerLine, names: Names) -> LineView:
    page = desk.hub.parts.ground_pages.get(line.ground, "") if line.record else ""
    return LineView(
        agency=names.agencies.get(line.agency, ""),
        receiver=_receiver(line, names),
        what=listed(dict.fromkeys(str(each.category.label) for each in line.shared)),
        why=why(line),
        ground=str(line.ground.label),
        released=line.ground is Ground.RELEASE,
        href=page.format(case=case, record=line.record),
        by=names.people.get(line.by, ""),
        at=line.at,
        opens_at=line.opens_at if line.waits(desk.at) else None,
        until=line.until if line.open else None,
        ended_at=line.ended_at,
        ended_why=ending(line.ended_why, with_release=line.with_release),
        opened=[_opened(each, names) for each in line.opened],
        shared=[
            SharedView(str(each.category.label), lines(each.category, each.entry.body))
            for each in line.shared
            if each.entry is not None
        ],
    )


def why(line: LedgerLine) -> str:
    """What it was for; on another ground than a release, which."""
    return (what_for(line.behind) if line.behind else "") or at_the_start(str(line.ground.label))


def _receiver(line: LedgerLine, names: Names) -> str:
    if line.kind is HolderKind.PERSON:
        return names.people.get(line.of, "")
    if line.kind is HolderKind.DESK:
        return _("the intake desk")
    return _("those who work on it")


def _opened(seen: Opened, names: Names) -> OpenedView:
    who = opener(names.people.get(seen.person, ""), seen.roles, names.agencies.get(seen.agency, ""))
    return OpenedView(who, listed(labels(seen.categories, Category)), seen.first_at, seen.last_at)


def outside_views(desk: Desk, found: Sequence[ToldOutside]) -> list[OutsideView]:
    """What left on paper, in words."""
    people = names_of(desk.db, [each.by for each in found])
    return [
        OutsideView(
            to=each.to,
            what=listed(str(category.label) for category in each.categories),
            why=at_the_start(str(each.ground.label)),
            ground=str(each.ground.label),
            by=people.get(each.by, ""),
            at=each.at,
            href=each.href,
        )
        for each in found
    ]
