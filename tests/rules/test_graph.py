"""The referral graph: what stands in it, what flows, and what can be reached from where."""

import time
from collections.abc import Iterable
from dataclasses import replace

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hub.core.ids import AgencyId
from hub.core.words import ServiceType
from pathways.directory.listing import OrganizationId
from pathways.directory.terms import Status
from pathways.routing import reach
from pathways.routing.graph import Pathways, referral_graph
from pathways.routing.reach import BITS, ways
from pathways.routing.stages import ESSENTIAL, IN_ORDER, STAGE_OF, Stage, main_kind
from pathways.statistics import Flow
from tests.asking import (
    CASE,
    HELPLINE,
    HOTLINE,
    LAWYERS,
    LEGAL,
    NOON,
    POLICE,
    REFUGE,
    TOWN,
    WORKER,
    offers,
)

TODAY = NOON.date()


def town(sent: Iterable[Flow] = (), arrived: Iterable[Flow] = ()) -> Pathways:
    return referral_graph(TOWN, TODAY, sent, arrived)


def reachable(pathways: Pathways) -> dict[str, set[ServiceType]]:
    masks = reach.reached(reach.road_map(pathways))
    return {name: {kind for kind in BITS if mask & BITS[kind]} for name, mask in masks.items()}


def test_every_kind_of_help_has_its_column_on_the_map() -> None:
    assert set(STAGE_OF) == set(ServiceType)
    assert set(STAGE_OF.values()) == set(Stage) - {Stage.ENTRY}
    assert set(ESSENTIAL) <= set(IN_ORDER)


def test_a_service_of_several_kinds_stands_under_the_first_on_the_way() -> None:
    assert main_kind(offers("X", LEGAL, CASE)) is CASE
    assert main_kind(replace(REFUGE, types=frozenset())) is ServiceType.OTHER


def test_entry_points_stand_alone_and_providers_by_kind_of_help() -> None:
    second = offers("Northside", LEGAL, n="2")
    pathways = referral_graph([*TOWN, second], TODAY, [], [])
    assert {node.name: len(node.services) for node in pathways.nodes.values()} == {
        HELPLINE.name: 1,
        POLICE.name: 1,
        "Harbour": 1,
        "Northside": 2,
    }
    assert [node.stage for node in pathways.nodes.values()] == [
        Stage.ENTRY,
        Stage.ENTRY,
        Stage.FIRST,
        Stage.CARE,
        Stage.FUTURE,
    ]


def test_only_running_services_of_the_hub_and_entry_points_are_on_it() -> None:
    stranger = replace(LAWYERS, organization=replace(LAWYERS.organization, agency=None))
    stopped = replace(LAWYERS, status=Status.CLOSED)
    assert not referral_graph([stranger, stopped], TODAY, [], []).nodes
    assert referral_graph([replace(stranger, entry_point=True)], TODAY, [], []).nodes


def test_referrals_leave_from_where_an_agency_meets_people_first() -> None:
    pathways = town([Flow("Harbour", LAWYERS.id, 12)], [Flow(HELPLINE.id, "Harbour", 30)])
    home = pathways.home_of[AgencyId("Harbour")]
    assert pathways.nodes[home].kind is CASE
    assert pathways.nodes[pathways.home_of[AgencyId("Police")]].entry
    assert {edge: str(pathways.figure(*edge)) for edge in pathways.graph.edges} == {
        (home, pathways.node_of[LAWYERS.id]): "10\u201314",
        (HELPLINE.id, home): "30\u201334",
    }
    assert pathways.figure(home, HELPLINE.id) is None


def test_flows_of_services_in_one_box_are_added_before_they_are_released() -> None:
    second = offers("Northside", LEGAL, n="2")
    flows = [Flow("Harbour", LAWYERS.id, 6), Flow("Harbour", second.id, 7)]
    pathways = referral_graph([*TOWN, second], TODAY, flows, [])
    assert [str(one) for one in pathways.release.flows.values()] == ["10\u201314"]


def test_flows_of_those_who_left_and_to_oneself_are_not_on_it() -> None:
    flows = [
        Flow("Gone", LAWYERS.id, 50),
        Flow("Harbour", "gone", 50),
        Flow("Harbour", WORKER.id, 9),
    ]
    assert not town(flows, [Flow("gone", "Harbour", 50), Flow(POLICE.id, "Gone", 50)]).graph.edges


def test_without_any_flow_an_entry_point_reaches_its_own_agency_alone() -> None:
    assert reachable(town()) == {
        HELPLINE.id: {HOTLINE},
        POLICE.id: {ServiceType.SAFETY_SECURITY},
    }


def test_help_is_reached_over_several_agencies_and_round_in_circles() -> None:
    pathways = town(
        [Flow("Harbour", LAWYERS.id, 1), Flow("Northside", REFUGE.id, 1)],
        [Flow(HELPLINE.id, "Harbour", 1)],
    )
    own = {CASE, LEGAL, ServiceType.SAFE_HOUSE_SHELTER}
    assert reachable(pathways) == {
        HELPLINE.id: {HOTLINE} | own,
        POLICE.id: {ServiceType.SAFETY_SECURITY},
    }


def test_the_table_of_ways_counts_doors_and_names_the_one_that_all_pass() -> None:
    pathways = town([Flow("Harbour", LAWYERS.id, 1)], [Flow(HELPLINE.id, "Harbour", 1)])
    found = {way.kind: way for way in ways(pathways, reach.road_map(pathways))}
    assert found[LEGAL].ways_in == {HELPLINE.id}
    assert found[LEGAL].only == "Northside"
    assert found[ServiceType.CHILD_PROTECTION].providers == 0
    assert found[ServiceType.CHILD_PROTECTION].only is None
    assert ServiceType.EDUCATION not in found


def test_help_that_two_agencies_give_hangs_on_neither() -> None:
    more = offers("Eastway", LEGAL)
    flows = [Flow("Harbour", LAWYERS.id, 1), Flow("Harbour", more.id, 1)]
    arrived = [Flow(HELPLINE.id, "Harbour", 1), Flow(POLICE.id, "Eastway", 1)]
    pathways = referral_graph([*TOWN, more], TODAY, flows, arrived)
    found = {way.kind: way.only for way in ways(pathways, reach.road_map(pathways))}
    assert found[LEGAL] is None
    assert found[CASE] == "Harbour"


def test_closing_one_agency_tells_what_suffers_most_and_who_is_stranded() -> None:
    arrived = [Flow(HELPLINE.id, "Harbour", 1), Flow(POLICE.id, "Harbour", 1)]
    pathways = town([Flow("Harbour", LAWYERS.id, 1)], arrived)
    worst = reach.closings(pathways, reach.road_map(pathways))[0]
    assert (worst.organization, worst.doors, worst.before, worst.after) == ("Harbour", 2, 2, 0)
    assert worst.stranded == ()


def test_a_closing_that_leaves_fewer_ways_in_is_told_before_one_that_leaves_none() -> None:
    more, door = offers("Eastway", CASE), offers("Eastway", HOTLINE, entry=True)
    arrived = [Flow(HELPLINE.id, "Harbour", 1), Flow(POLICE.id, "Harbour", 1)]
    pathways = referral_graph([*TOWN, more, door], TODAY, [], arrived)
    worst = reach.closings(pathways, reach.road_map(pathways))[0]
    assert (worst.organization, worst.kind) == ("Harbour", CASE)
    assert (worst.doors, worst.before, worst.after) == (3, 3, 1)


def test_an_entry_point_that_leads_nowhere_else_is_stranded_by_a_closing() -> None:
    door = replace(HELPLINE, organization=replace(HELPLINE.organization, id=OrganizationId("x")))
    lonely = replace(door, types=frozenset())
    pathways = referral_graph([*TOWN[1:], lonely], TODAY, [], [Flow(lonely.id, "Harbour", 1)])
    found = reach.closings(pathways, reach.road_map(pathways))
    assert [one.stranded for one in found if one.organization == "Harbour"] == [(lonely.id,)]


def test_closing_an_agency_that_nobody_needs_is_not_told() -> None:
    pathways = referral_graph([HELPLINE, offers("Far", ServiceType.EDUCATION)], TODAY, [], [])
    told = {one.organization for one in reach.closings(pathways, reach.road_map(pathways))}
    assert told == set()


def test_an_empty_directory_has_a_graph_without_anything() -> None:
    pathways = referral_graph([], TODAY, [], [])
    roads = reach.road_map(pathways)
    assert reach.reached(roads) == {}
    assert reach.closings(pathways, roads) == []
    assert all(not way.providers for way in ways(pathways, roads))


HOUSES = "ABCDEF"
RANDOM_FLOWS = st.lists(st.tuples(st.sampled_from(HOUSES), st.sampled_from(HOUSES)), max_size=14)


@given(RANDOM_FLOWS, st.sets(st.sampled_from(HOUSES), min_size=1))
def test_masks_say_the_same_as_a_search_from_every_entry_point(
    flows: list[tuple[str, str]], doors: set[str]
) -> None:
    kinds = dict(zip(HOUSES, IN_ORDER, strict=False))
    services = [offers(house, kinds[house]) for house in HOUSES]
    entries = [offers(house, HOTLINE, entry=True) for house in sorted(doors)]
    by_house = {service.organization.name: service for service in services}
    sent = [Flow(source, by_house[target].id, 1) for source, target in flows]
    roads = reach.road_map(referral_graph([*services, *entries], TODAY, sent, []))
    for name, mask in reach.reached(roads).items():
        seen = nx.descendants(roads, ("in", name))
        assert {k for k in BITS if mask & BITS[k]} == {k for k in BITS if ("need", str(k)) in seen}


@given(RANDOM_FLOWS, st.sets(st.sampled_from(HOUSES), min_size=1))
def test_what_hangs_on_one_agency_is_lost_when_it_closes_and_nothing_else_is(
    flows: list[tuple[str, str]], doors: set[str]
) -> None:
    kinds = dict(zip(HOUSES, [CASE, LEGAL, CASE, LEGAL, CASE, LEGAL], strict=True))
    services = [offers(house, kinds[house]) for house in HOUSES]
    entries = [offers(house, HOTLINE, entry=True) for house in sorted(doors)]
    by_house = {service.organization.name: service for service in services}
    sent = [Flow(source, by_house[target].id, 1) for source, target in flows]
    pathways = referral_graph([*services, *entries], TODAY, sent, [])
    roads = reach.road_map(pathways)
    for way in ways(pathways, roads):
        cutting = [h for h in HOUSES if not _reached_without(roads, h, way.kind)]
        if way.ways_in:
            assert (way.only in cutting) if way.only else not cutting


def _reached_without(roads: "nx.DiGraph[reach.Place]", house: str, kind: ServiceType) -> bool:
    rest = roads.subgraph(place for place in roads.nodes if place != ("org", house))
    goal = ("need", str(kind))
    return goal in rest and reach.START in rest and nx.has_path(rest, reach.START, goal)


@pytest.mark.parametrize("shape", ["chain", "star", "complete"])
def test_a_hostile_graph_is_thought_through_in_a_moment(shape: str) -> None:
    size = 140 if shape == "complete" else 1900
    services = [offers(f"{n:05}", CASE, entry=n == 0) for n in range(size)]
    pairs = {
        "chain": [(n, n + 1) for n in range(size - 1)],
        "star": [(0, n) for n in range(1, size)],
        "complete": [(n, m) for n in range(size) for m in range(size) if n != m],
    }[shape]
    sent = [Flow(f"{n:05}", services[m].id, 11) for n, m in pairs]
    pathways = referral_graph(services, TODAY, sent, [])
    started = time.process_time()
    roads = reach.road_map(pathways)
    found = ways(pathways, roads)
    assert time.process_time() - started < 2
    assert next(way for way in found if way.kind is CASE).ways_in
