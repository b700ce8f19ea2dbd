"""What figures about people may leave Linden, and what nobody can work out from them."""

from datetime import UTC, datetime
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pathways.statistics import (
    BAND,
    LEAST,
    SMALL,
    UNTOLD,
    CountBelowZero,
    Figure,
    Flow,
    Release,
    Standing,
    added,
    figure,
    months_shown,
    released,
)

PLACES = st.sampled_from("ABCDEFG")
FLOWS = st.lists(st.builds(Flow, PLACES, PLACES, st.integers(0, 60)), max_size=40)


def ends_of_each_band(count: int) -> tuple[int, int]:
    """The smallest and largest count that must look the same as `count`."""
    return (1, LEAST - 1) if count < LEAST else (count - count % BAND, count - count % BAND + 4)


def every_number_in(release: Release) -> list[Figure]:
    return [*release.flows.values(), *release.sent.values(), *release.received.values()]


@pytest.mark.parametrize("count", range(LEAST))
def test_no_count_below_ten_is_ever_a_number(count: int) -> None:
    assert figure(count) is SMALL
    assert str(figure(count)) == "fewer than 10"


@pytest.mark.parametrize("count", range(LEAST, 200))
def test_larger_counts_are_shown_as_the_band_they_lie_in(count: int) -> None:
    least, most = (int(end) for end in str(figure(count)).split("\u2013"))
    assert least <= count <= most
    assert least % BAND == 0
    assert most - least == BAND - 1


def test_a_count_below_zero_is_a_bug_and_is_refused() -> None:
    with pytest.raises(CountBelowZero):
        figure(-1)


def test_counts_of_one_road_are_added_before_they_are_judged() -> None:
    release = released([Flow("A", "B", 6), Flow("A", "B", 7), Flow("A", "C", 0)])
    assert {pair: str(one) for pair, one in release.flows.items()} == {("A", "B"): "10\u201314"}


def test_several_small_figures_do_not_add_up_to_a_false_small_total() -> None:
    release = released([Flow("A", "B", 9), Flow("A", "C", 9)])
    assert release.sent["A"] is UNTOLD
    assert str(release.sent["A"]) == "not shown"
    assert not release.sent["A"].shown


def test_a_total_of_one_road_is_the_figure_of_that_road() -> None:
    assert added([figure(12)]) == figure(12)
    assert added([]) is UNTOLD


def test_a_total_says_or_more_because_it_only_adds_what_is_shown() -> None:
    release = released([Flow("A", "C", 23), Flow("B", "C", 11), Flow("D", "C", 3)])
    assert str(release.received["C"]) == "30 or more"


@given(FLOWS)
def test_no_figure_shown_anywhere_lies_between_one_and_nine(flows: list[Flow]) -> None:
    for one in every_number_in(released(flows)):
        assert one.least == 0 or one.least >= LEAST
        assert one.least % BAND == 0
        assert one.shown is (one.least > 0)


@given(FLOWS, st.data())
def test_another_count_behind_a_figure_changes_nothing_that_is_shown(
    flows: list[Flow], data: st.DataObject
) -> None:
    """The strongest form of "none can be derived": every reader sees the same in every world."""
    pairs: dict[tuple[str, str], int] = {}
    for flow in flows:
        pairs[flow.source, flow.target] = pairs.get((flow.source, flow.target), 0) + flow.count
    other = [
        Flow(*pair, data.draw(st.integers(*ends_of_each_band(count))))
        for pair, count in pairs.items()
        if count
    ]
    assert released(other) == released(flows)


@given(st.lists(st.integers(1, 40), min_size=1, max_size=4))
def test_subtracting_what_is_shown_never_narrows_a_small_figure(counts: list[int]) -> None:
    """An attacker who tries every table that fits what is shown still finds all of 1 to 9."""
    release = released([Flow("A", str(n), count) for n, count in enumerate(counts)])
    cells = [release.flows["A", str(n)] for n in range(len(counts))]
    behind = [
        range(1, LEAST) if one is SMALL else range(one.least, one.least + BAND) for one in cells
    ]
    fitting = [
        guess
        for guess in product(*behind)
        if release.sent["A"].standing is not Standing.FLOOR or sum(guess) >= release.sent["A"].least
    ]
    for n, one in enumerate(cells):
        assert {guess[n] for guess in fitting} == set(behind[n])
        assert one is not SMALL or {guess[n] for guess in fitting} == set(range(1, LEAST))


@pytest.mark.parametrize(
    ("at", "since", "until"),
    [
        ((2030, 1, 15, 12), (2029, 1, 1), (2030, 1, 1)),
        ((2030, 1, 1, 0), (2029, 1, 1), (2030, 1, 1)),
        ((2029, 12, 31, 23), (2028, 12, 1), (2029, 12, 1)),
        ((2028, 2, 29, 5), (2027, 2, 1), (2028, 2, 1)),
    ],
)
def test_figures_stand_still_until_the_next_month_begins(
    at: tuple[int, ...], since: tuple[int, ...], until: tuple[int, ...]
) -> None:
    period = months_shown(datetime(*at, tzinfo=UTC))  # type: ignore[misc]
    assert period.since == datetime(*since, tzinfo=UTC)  # type: ignore[misc]
    assert period.until == datetime(*until, tzinfo=UTC)  # type: ignore[misc]
