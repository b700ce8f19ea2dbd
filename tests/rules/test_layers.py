"""The drawing of the map: everything placed, nothing on top of anything, few lines crossing."""

from collections.abc import Sequence
from itertools import pairwise, permutations, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pathways.atlas.drawing import SCALES, THINNEST_BAND, drawn, thicknesses
from pathways.atlas.layers import WAYPOINT, Course, Layers, Road, Spot, layered
from pathways.atlas.lettering import ELLIPSIS, breadth, wrapped
from pathways.atlas.placing import risen
from pathways.atlas.shapes import Picture, Site, Stream, Tone
from pathways.atlas.sorting import crossings
from pathways.statistics import figure

HEADS = ("Entry points", "First response", "Care and safety", "Justice and future")

SPOTS = st.lists(st.tuples(st.integers(0, 3), st.sampled_from("xyz")), min_size=1, max_size=24).map(
    lambda drawn: [Spot(f"s{n}", column, group) for n, (column, group) in enumerate(drawn)]
)


@st.composite
def towns(draw: st.DrawFn) -> tuple[list[Spot], list[Road]]:
    spots = draw(SPOTS)
    ids = st.sampled_from([spot.id for spot in spots])
    roads = draw(st.lists(st.builds(Road, ids, ids), max_size=40))
    return spots, roads


@st.composite
def maps(draw: st.DrawFn) -> tuple[list[Site], list[Stream]]:
    spots, roads = draw(towns())
    names = st.sampled_from(["Law", "Harbour House", "A very long name of an association for all"])
    sites = [
        Site(
            s.id,
            s.column,
            s.group,
            draw(names),
            draw(st.sampled_from(["", "full"])),
            Tone.PLAIN,
            "",
            "",
        )
        for s in spots
    ]
    counts = st.sampled_from([1, 9, 10, 33, 120, 900])
    streams = [
        Stream(road.source, road.target, figure(draw(counts)), Tone.PLAIN, "") for road in roads
    ]
    return sites, streams


def segments(layers: Layers) -> list[tuple[str, str]]:
    return [
        pair
        for road, way in layers.ways.items()
        if layers.courses[road] is not Course.LEVEL
        for pair in pairwise(way)
    ]


def crossings_by_hand(columns: Sequence[Sequence[str]], lines: Sequence[tuple[str, str]]) -> int:
    """Every pair of lines, one by one."""
    at = {stop: (n, m) for n, column in enumerate(columns) for m, stop in enumerate(column)}
    found = 0
    for n, (a, b) in enumerate(lines):
        for c, d in lines[n + 1 :]:
            if at[a][0] == at[c][0]:
                found += (at[a][1] - at[c][1]) * (at[b][1] - at[d][1]) < 0
    return found


@given(towns())
def test_every_spot_is_placed_once_and_in_its_own_column(
    town: tuple[list[Spot], list[Road]],
) -> None:
    spots, roads = town
    layers = layered(spots, roads)
    placed = {s: n for n, column in enumerate(layers.columns) for s in column if s[0] != WAYPOINT}
    assert placed == {spot.id: spot.column for spot in spots}
    assert len([s for column in layers.columns for s in column]) == len(
        {s for column in layers.columns for s in column}
    )


@given(towns())
def test_roads_run_from_left_to_right_or_say_that_they_do_not(
    town: tuple[list[Spot], list[Road]],
) -> None:
    spots, roads = town
    layers = layered(spots, roads)
    column = {spot.id: spot.column for spot in spots}
    assert set(layers.ways) == {road for road in roads if road.source != road.target}
    for road, way in layers.ways.items():
        step = column[road.target] - column[road.source]
        course = Course.ONWARD if step > 0 else Course.BACK if step < 0 else Course.LEVEL
        assert layers.courses[road] is course
        ends = (road.target, road.source) if course is Course.BACK else (road.source, road.target)
        assert (way[0], way[-1]) == ends
        assert len(way) == max(2, abs(step) + 1)
        for n, stop in enumerate(way[1:-1], start=1):
            assert stop in layers.columns[column[way[0]] + n]


@given(towns())
def test_groups_stand_together_with_only_waypoints_between(
    town: tuple[list[Spot], list[Road]],
) -> None:
    spots, roads = town
    group = {spot.id: spot.group for spot in spots}
    for column in layered(spots, roads).columns:
        order = [group[stop] for stop in column if stop in group]
        runs = [name for n, name in enumerate(order) if n == 0 or order[n - 1] != name]
        assert len(runs) == len(set(runs))


@given(towns())
def test_the_number_of_crossings_is_counted_right(
    town: tuple[list[Spot], list[Road]],
) -> None:
    spots, roads = town
    layers = layered(spots, roads)
    assert layers.crossings == crossings_by_hand(layers.columns, segments(layers))
    assert layers.crossings == crossings(layers.columns, segments(layers))


@given(towns())
def test_the_same_town_always_gives_the_same_order(town: tuple[list[Spot], list[Road]]) -> None:
    assert layered(*town) == layered(*town)


@pytest.mark.parametrize("order", list(permutations(range(4))))
def test_lines_that_need_not_cross_do_not(order: tuple[int, ...]) -> None:
    spots = [Spot(f"a{n}", 0, f"a{n}") for n in range(4)]
    spots += [Spot(f"b{n}", 1, f"b{n}") for n in order]
    assert layered(spots, [Road(f"a{n}", f"b{n}") for n in range(4)]).crossings == 0


def test_crossings_fall_far_below_those_of_the_alphabet() -> None:
    """A town of 60 in which neighbours refer to neighbours, named in a muddle."""
    spots = [
        Spot(f"{c}.{n * 7 % 15:02}", c, f"{c}.{n * 7 % 15:02}") for c in range(4) for n in range(15)
    ]
    roads = [
        Road(f"{c}.{n * 7 % 15:02}", f"{c + 1}.{m * 7 % 15:02}")
        for c in range(3)
        for n in range(15)
        for m in (n, (n + 1) % 15)
    ]
    alphabet = [[f"{c}.{n:02}" for n in range(15)] for c in range(4)]
    layers = layered(spots, roads)
    assert layers.crossings <= crossings(alphabet, segments(layers)) / 5


@given(st.lists(st.tuples(st.floats(-50, 50), st.floats(0.1, 9)), max_size=7))
def test_heights_rise_and_no_small_change_brings_them_nearer(
    wishes: list[tuple[float, float]],
) -> None:
    wanted, pulls = [w for w, _p in wishes], [p for _w, p in wishes]
    found = risen(wanted, pulls)
    assert all(above <= below + 1e-9 for above, below in pairwise(found))

    def cost(heights: Sequence[float]) -> float:
        return sum(p * (h - w) ** 2 for h, w, p in zip(heights, wanted, pulls, strict=True))

    for n, change in product(range(len(found)), (-0.01, 0.01)):
        other = [h + change if m == n else h for m, h in enumerate(found)]
        if all(above <= below for above, below in pairwise(other)):
            assert cost(found) <= cost(other) + 1e-6


def overlaps(picture: Picture) -> list[tuple[str, str]]:
    return [
        (one.site.id, other.site.id)
        for n, one in enumerate(picture.boxes)
        for other in picture.boxes[n + 1 :]
        if one.x < other.x + other.width
        and other.x < one.x + one.width
        and one.y < other.y + other.height - 0.01
        and other.y < one.y + one.height - 0.01
    ]


@settings(deadline=None)
@given(maps())
def test_boxes_never_lie_on_one_another_and_stay_on_the_sheet(
    town: tuple[list[Site], list[Stream]],
) -> None:
    picture = drawn(*map(tuple, town), HEADS)  # type: ignore[arg-type]
    assert {box.site.id for box in picture.boxes} == {site.id for site in town[0]}
    assert not overlaps(picture)
    for box in picture.boxes:
        assert box.x >= 0
        assert box.x + box.width <= picture.width
        assert box.y >= 0
        assert box.y + box.height <= picture.height


@settings(deadline=None)
@given(maps())
def test_words_stay_inside_their_boxes(town: tuple[list[Site], list[Stream]]) -> None:
    for box in drawn(*map(tuple, town), HEADS).boxes:  # type: ignore[arg-type]
        for line in (*box.name, *box.note):
            assert box.x < line.x
            assert line.x + breadth(line.text, 12.5) <= box.x + box.width
            assert box.y < line.y < box.y + box.height


@settings(deadline=None)
@given(maps())
def test_only_released_figures_decide_how_thick_a_band_is(
    town: tuple[list[Site], list[Stream]],
) -> None:
    picture = drawn(*map(tuple, town), HEADS)  # type: ignore[arg-type]
    for band in picture.bands:
        assert (band.thickness >= THINNEST_BAND) is band.stream.figure.shown
        assert bool(band.arrow) is (band.course is not Course.ONWARD)
        if band.label is not None:
            assert band.label.text == str(band.stream.figure)


def test_thicker_bands_mean_larger_figures_and_the_busiest_site_fits() -> None:
    streams = {
        Road("a", f"b{n}"): Stream("a", f"b{n}", figure(count), Tone.PLAIN, "")
        for n, count in enumerate((4, 12, 80, 400))
    }
    thick = list(thicknesses(streams, 50).values())
    assert thick == sorted(thick)
    assert sum(thick) <= 50 + THINNEST_BAND * 2


def test_an_empty_town_gives_an_empty_sheet() -> None:
    picture = drawn((), (), HEADS)
    assert picture.boxes == picture.bands == ()
    assert [head.text for head in picture.columns] == list(HEADS)


def test_a_stream_from_or_to_nowhere_is_not_drawn() -> None:
    site = Site("a", 0, "", "A", "", Tone.PLAIN, "", "")
    lost = Stream("a", "b", figure(20), Tone.PLAIN, "")
    assert drawn((site,), (lost, Stream("a", "a", figure(20), Tone.PLAIN, "")), HEADS).bands == ()


@pytest.mark.parametrize("scale", SCALES, ids=lambda scale: scale.word)
def test_sixty_boxes_are_drawn_with_letters_large_enough_to_read(scale: object) -> None:
    assert scale.name >= 14  # type: ignore[attr-defined]
    assert scale.note >= 12  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("Harbour House", ("Harbour House",)),
        ("Association of Women Lawyers", ("Association of", "Women Lawyers")),
        ("", ()),
    ],
)
def test_long_names_break_between_their_words(text: str, lines: tuple[str, ...]) -> None:
    assert wrapped(text, 10, 90, 2) == lines


def test_wide_letters_take_more_room_and_marks_over_letters_none() -> None:
    assert breadth("\u5bb6", 10) == 10
    assert breadth("e\u0301", 10) == breadth("e", 10)


def test_a_word_too_long_for_a_line_is_cut_through() -> None:
    assert wrapped("Donaudampfschifffahrt", 10, 60, 3) == ("Donaudampf", "schifffahrt")
    assert wrapped("Donaudampfschifffahrt", 10, 60, 1)[0].endswith(ELLIPSIS)


@given(st.text(max_size=80), st.floats(20, 200), st.integers(1, 3))
def test_no_line_is_broader_than_its_room_and_cut_names_say_so(
    text: str, width: float, most: int
) -> None:
    lines = wrapped(text, 10, width, most)
    assert len(lines) <= most
    assert all(breadth(line, 10) <= width or len(line) <= 2 for line in lines)
    whole = "".join(text.split())
    if "".join("".join(lines).split()) != whole:
        assert lines[-1].endswith(ELLIPSIS)
