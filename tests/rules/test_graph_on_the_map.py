"""What of the referral graph goes on the map: boxes, strain, folds, gaps and findings."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import pytest

from hub.core.words import ServiceType
from pathways.atlas.findings import found
from pathways.atlas.plan import MOST_BOXES, MOST_ROADS, Plan, planned
from pathways.atlas.shapes import Site, Tone
from pathways.atlas.twin import told
from pathways.directory.listing import Capacity, OrganizationId, Service
from pathways.directory.terms import CapacityBand
from pathways.routing.graph import Pathways, referral_graph
from pathways.routing.stages import ESSENTIAL
from pathways.statistics import Flow
from tests.asking import CASE, HELPLINE, HOTLINE, LAWYERS, LEGAL, NOON, POLICE, TOWN, offers

DAY = timedelta(days=1)


def graph(
    services: Sequence[Service], sent: Sequence[Flow] = (), arrived: Sequence[Flow] = ()
) -> Pathways:
    return referral_graph(services, NOON.date(), sent, arrived)


def site(plan: Plan, name: str) -> Site:
    return next(one for one in plan.sites if one.name == name)


def said(band: CapacityBand, age: timedelta) -> Capacity:
    return Capacity(band, NOON - age)


@pytest.mark.parametrize(
    ("capacity", "tone", "note"),
    [
        (said(CapacityBand.FULL, 2 * DAY), Tone.STRAIN, "full, as said 2 days ago"),
        (said(CapacityBand.WAITLIST, 2 * DAY), Tone.STRAIN, "has a waiting list"),
        (said(CapacityBand.HAS, 2 * DAY), Tone.PLAIN, ""),
        (said(CapacityBand.FULL, 31 * DAY), Tone.PLAIN, ""),
        (said(CapacityBand.FULL, timedelta(minutes=59)), Tone.PLAIN, ""),
        (Capacity(CapacityBand.FULL), Tone.PLAIN, ""),
    ],
)
def test_a_box_says_in_words_what_strains_it(capacity: Capacity, tone: Tone, note: str) -> None:
    plan = planned(graph([replace(LAWYERS, capacity=capacity)]), None, NOON)
    assert (site(plan, "Northside").tone, site(plan, "Northside").note) == (tone, note)


def test_a_box_is_strained_only_when_all_that_is_known_of_it_is() -> None:
    full = replace(LAWYERS, capacity=said(CapacityBand.FULL, DAY))
    free = replace(offers("Northside", LEGAL, n="2"), capacity=said(CapacityBand.HAS, DAY))
    assert site(planned(graph([full, free]), None, NOON), "Northside").tone is Tone.PLAIN
    waiting = replace(free, capacity=said(CapacityBand.WAITLIST, DAY))
    assert site(planned(graph([full, waiting]), None, NOON), "Northside").tone is Tone.STRAIN


def test_what_nobody_confirmed_for_half_a_year_has_a_dashed_frame() -> None:
    old = replace(LAWYERS, assured=(NOON - 215 * DAY).date())
    northside = site(planned(graph([old]), None, NOON), "Northside")
    assert (northside.tone, northside.note) == (Tone.UNSURE, "not confirmed for 7 months")
    new = replace(offers("Northside", LEGAL, n="2"), assured=(NOON - DAY).date())
    assert site(planned(graph([old, new]), None, NOON), "Northside").tone is Tone.PLAIN


def test_an_essential_help_that_nobody_gives_is_a_box_of_its_own() -> None:
    plan = planned(graph([LAWYERS]), None, NOON)
    gaps = [one for one in plan.sites if one.tone is Tone.GAP]
    assert len(gaps) == len(ESSENTIAL) - 1
    assert all(one.link == "" and one.name == "Nobody yet" for one in gaps)
    asked = planned(graph([LAWYERS]), ServiceType.EDUCATION, NOON)
    assert [one.group for one in asked.sites] == ["Education"]


def test_asking_for_one_help_keeps_the_figures_and_drops_what_does_not_lead_there() -> None:
    town = graph(
        [*TOWN, offers("Far", ServiceType.EDUCATION)],
        [Flow("Harbour", LAWYERS.id, 30), Flow("Northside", POLICE.id, 30)],
        [Flow(HELPLINE.id, "Harbour", 12)],
    )
    whole, part = planned(town, None, NOON), planned(town, LEGAL, NOON)
    assert {one.name for one in part.sites} == {HELPLINE.name, "Harbour", "Northside"}
    assert set(part.streams) < set(whole.streams)


def test_of_very_many_boxes_the_least_travelled_share_one_and_are_told_in_the_tables() -> None:
    many = [offers(f"House {n:02}", CASE) for n in range(MOST_BOXES + 10)]
    doors = [offers(f"Door {n}", HOTLINE, entry=True) for n in range(3)]
    arrived = [Flow(doors[0].id, f"House {n:02}", 60 - n) for n in range(len(many)) if n < 60]
    town = graph([*many, *doors], [], arrived)
    plan = planned(town, None, NOON)
    assert len([one for one in plan.sites if one.tone is not Tone.GAP]) <= MOST_BOXES
    rest = next(one for one in plan.sites if one.name.endswith(" more") and one.group)
    assert rest.link == ""
    into = [stream for stream in plan.streams if stream.target == rest.id]
    assert [str(stream.figure) for stream in into] == ["20 or more"]
    assert len(told(town, list(town.nodes.values()), NOON).providers) == len(many)


def test_of_very_many_ways_the_smallest_are_told_in_the_tables_alone() -> None:
    houses = [offers(f"{n:02}", CASE) for n in range(20)]
    flows = [
        Flow(one.organization.name, other.id, 10 if one is houses[0] else 1)
        for one in houses
        for other in houses
    ]
    plan = planned(graph(houses, flows), None, NOON)
    assert len(plan.streams) == MOST_ROADS
    assert plan.undrawn == 20 * 19 - MOST_ROADS
    assert sum(stream.figure.shown for stream in plan.streams) == 19


def test_the_tables_tell_every_road_and_every_box_of_the_map() -> None:
    town = graph(TOWN, [Flow("Harbour", LAWYERS.id, 30)], [Flow(HELPLINE.id, "Harbour", 3)])
    twin = told(town, list(town.nodes.values()), NOON)
    assert twin.flows == (
        (HELPLINE.name, "Harbour (Case management)", "fewer than 10"),
        ("Harbour (Case management)", "Northside (Legal advice)", "30\u201334"),
    )
    assert [row[0] for row in twin.entries] == [HELPLINE.name, POLICE.name]
    assert [row[:2] for row in twin.providers] == [
        ("Harbour", "Case management"),
        ("Harbour", "A safe place to stay"),
        ("Northside", "Legal advice"),
    ]


def test_findings_name_the_closing_the_hinge_and_the_gap() -> None:
    more, door = offers("Eastway", CASE), offers("Eastway", HOTLINE, entry=True)
    arrived = [Flow(HELPLINE.id, "Harbour", 1), Flow(POLICE.id, "Harbour", 1)]
    closing, single, missing = found(graph([*TOWN, more, door], [], arrived)).cards
    assert closing.title == "If Harbour closed tonight"
    assert closing.sentences[0] == (
        "Case management could be reached from 1 of the other 3 entry points; now 3."
    )
    assert "Without Harbour nobody reaches: A safe place to stay." in single.sentences
    assert missing.sentences[0].startswith("No agency here offers: Medical care")
    assert missing.sentences[1] == "Offered, but no entry point has led there yet: Legal advice."


def test_findings_name_the_entry_points_that_would_lead_nowhere() -> None:
    door = replace(HELPLINE, organization=replace(HELPLINE.organization, id=OrganizationId("x")))
    lonely = replace(door, types=frozenset())
    more, other = offers("Eastway", CASE), offers("Eastway", HOTLINE, entry=True)
    arrived = [Flow(lonely.id, "Harbour", 1), Flow(POLICE.id, "Harbour", 1)]
    closing = found(graph([*TOWN[1:], lonely, more, other], [], arrived)).cards[0]
    assert closing.sentences[1] == f"It is the only way in from: {lonely.name}."


def test_findings_name_three_hinges_and_leave_the_others_to_the_table() -> None:
    town = [offers(kind.value, kind, HOTLINE, entry=True) for kind in ESSENTIAL[:6]]
    single = found(graph(town)).cards[1]
    assert len(single.sentences) == 4
    assert single.sentences[3].startswith("The table below names ")


def test_findings_are_calm_when_nothing_hangs_on_one_agency() -> None:
    both = [offers(house, *ESSENTIAL) for house in ("A", "B")]
    doors = [offers(house, HOTLINE, entry=True) for house in ("A", "B")]
    flows = [Flow("A", both[1].id, 1), Flow("B", both[0].id, 1)]
    closing, single, missing = found(graph([*both, *doors], flows)).cards
    assert closing.sentences == ("Every kind of help could be reached as before.",)
    assert single.sentences == ("No kind of help hangs on one agency alone.",)
    assert missing.kind == ""


def test_findings_say_so_when_no_way_in_is_known() -> None:
    cards = found(graph([LAWYERS])).cards
    assert "No service is marked as an entry point yet" in cards[2].sentences[1]
    assert found(graph([])).cards == ()
