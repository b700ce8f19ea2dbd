"""My agenda: numbered without gaps, and untouched by what I may not see."""

from dataclasses import dataclass, replace
from itertools import permutations

from hypothesis import given
from hypothesis import strategies as st

from conferencing.agenda import agenda, minutes_together, next_position


@dataclass(frozen=True, slots=True)
class Slot:
    """One item as the agenda sees it."""

    id: str
    position: int
    minutes: int = 15


slots = st.lists(
    st.builds(
        Slot,
        id=st.text("abcdefghij", min_size=4, max_size=4),
        position=st.integers(1, 6),
        minutes=st.integers(1, 240),
    ),
    max_size=8,
    unique_by=lambda slot: slot.id,
)


@given(slots)
def test_the_numbers_run_from_one_without_gaps(held: list[Slot]) -> None:
    assert [each.number for each in agenda(held)] == list(range(1, len(held) + 1))


@given(slots, slots)
def test_hidden_items_leave_no_trace_in_mine(mine: list[Slot], hidden: list[Slot]) -> None:
    """Whatever others add before, between and after: order, numbers and minutes stay."""
    taken = {slot.id for slot in mine}
    everything = mine + [slot for slot in hidden if slot.id not in taken]
    held = [slot for slot in everything if slot.id in taken]
    assert agenda(held) == agenda(mine)
    assert minutes_together(held) == minutes_together(mine)


@given(slots)
def test_shifting_everybody_apart_changes_nothing_i_see(held: list[Slot]) -> None:
    apart = [replace(slot, position=slot.position * 100) for slot in held]
    assert [each.item.id for each in agenda(apart)] == [each.item.id for each in agenda(held)]


def test_the_order_they_arrive_in_does_not_matter() -> None:
    three = [Slot("a", 2), Slot("b", 1), Slot("c", 2)]
    for arrived in permutations(three):
        assert [each.item.id for each in agenda(arrived)] == ["b", "a", "c"]


def test_a_reader_without_items_has_an_empty_agenda() -> None:
    assert agenda([]) == []
    assert minutes_together([]) == 0


def test_minutes_are_those_of_my_items_alone() -> None:
    assert minutes_together([Slot("a", 1, 10), Slot("b", 9, 25)]) == 35


def test_a_new_item_comes_after_all_the_others() -> None:
    assert next_position([]) == 1
    assert next_position([3, 1, 7]) == 8
