"""Files that are not what they seem: a clear sentence, nothing stored, and no good record lost."""

import json
from pathlib import Path
from typing import Any

import pytest

from pathways.directory.importing import LARGEST
from pathways.directory.queries import services_for_routing
from pathways.directory.reading import FileRefused
from tests.directory_files import as_list, bring, collection, feature, hsds_service, read, reasons
from tests.world import World

GOOD = collection(feature(1), feature(2))
DEEP = b"[" * 200_000


REFUSED = {
    "empty": (b"", "The file is empty."),
    "only space": (b" \n\t ", "The file is empty."),
    "a mark of byte order and no more": (b"\xef\xbb\xbf", "The file is empty."),
    "words": (b"Dear partners,", "The file is not JSON: see line 1, byte 1."),
    "a table": (b"name,city\nWillow,Lower Town\n", "The file is not JSON"),
    "a page of the web": (b"<!doctype html><p>503", "The file is not JSON"),
    "a text": (b'"services"', "The file is not JSON"),
    "a number": (b"42", "The file is not JSON"),
    "sixteen bits a letter": ('{"features": []}'.encode("utf-16"), "The file is not UTF-8"),
    "sixteen bits without a mark": ('{"features"'.encode("utf-16-le"), "The file is not UTF-8"),
    "packed": (b"PK\x03\x04rest", "The file is packed."),
    "packed otherwise": (b"\x1f\x8b\x08rest", "The file is packed."),
    "cut off in a record": (GOOD[:-200], "The file ends in the middle of a record."),
    "cut off after a record": (GOOD[:-6], "The file ends in the middle of a record."),
    "brackets without end": (DEEP, "The file ends in the middle of a record."),
    "objects without end": (b'{"a":' * 200_000, "The file ends in the middle of a record."),
    "two lists of features": (
        b'{"features": [], "features": []}',
        "The file says “features” twice",
    ),
    "something after the end": (GOOD + b"{}", "The file is not JSON: see line 5"),
    "a comma too many": (b"[{},]", "The file is not JSON: see line 1, byte 5."),
    "a comma missing": (b'[{"id": 1} {"id": 2}]', "The file is not JSON: see line 1, byte 12."),
    "no number beside the records": (
        b'{"a": NaN, "features": []}',
        "The file is not JSON: It says",
    ),
    "words beside the records": (b'{"a": yes, "features": []}', "The file is not JSON: It is not"),
    "names without end": (
        b"{" + b",".join(b'"%d": 1' % n for n in range(300)) + b"}",
        "The file is one object with too many names",
    ),
}


@pytest.mark.parametrize("kind", REFUSED)
def test_a_file_that_is_none_is_refused_in_a_sentence(kind: str) -> None:
    content, sentence = REFUSED[kind]
    with pytest.raises(FileRefused) as refusal:
        read(content)
    assert str(refusal.value.advice).startswith(sentence)
    assert refusal.value.status == 422


@pytest.mark.parametrize("kind", REFUSED)
def test_a_refused_file_leaves_nothing_behind(world: World, tmp_path: Path, kind: str) -> None:
    path = tmp_path / "directory.json"
    path.write_bytes(REFUSED[kind][0])
    with pytest.raises(FileRefused):
        bring(world, path)
    with world.hub.unit_of_work() as db:
        assert not services_for_routing(db)


def test_a_hundred_megabytes_are_refused_before_they_are_read(world: World, tmp_path: Path) -> None:
    path = tmp_path / "large.geojson"
    with path.open("wb") as file:
        file.truncate(100 * 1024 * 1024)
    with pytest.raises(FileRefused, match="has 100 MB and at most 32 MB"):
        bring(world, path)


def test_the_largest_file_that_may_be_read_holds_all_of_jordan_forty_times() -> None:
    assert LARGEST > 40 * 700_000


def test_a_path_that_names_no_file_says_so(world: World, tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "absent.json", Path("\x00")):
        with pytest.raises(FileRefused):
            bring(world, path)


def bent(**geometry: Any) -> dict[str, Any]:
    return feature(7) | {"geometry": geometry or None}


QUARANTINED: dict[str, tuple[Any, str]] = {
    "north of the pole": (bent(type="Point", coordinates=[35, 91]), "latitude: “91”"),
    "beyond the last meridian": (bent(type="Point", coordinates=[181, 31]), "longitude: “181”"),
    "a point of one number": (bent(type="Point", coordinates=[35]), "A longitude and a latitude"),
    "a point of words": (bent(type="Point", coordinates=["35", "31"]), "a number belongs here"),
    "a point of truths": (bent(type="Point", coordinates=[True, 31]), "a number belongs here"),
    "a shape": (bent(type="Polygon", coordinates=[]), "Only a point can be taken"),
    "no properties": (feature(7) | {"properties": None}, "properties: It is missing"),
    "no partner": (feature(7, partnerName=" "), "partnerName: It is missing"),
    "no activity": (feature(7, activityName=None), "activityName: It is missing"),
    "no place": (feature(7, locationName=""), "locationName: It is missing"),
    "no id": (feature(7) | {"id": None}, "id: It is missing"),
    "a list for an id": (feature(7) | {"id": [7]}, "id: text belongs here"),
    "an end before its beginning": (feature(7, endDate="2020-01-01"), "It lies before startDate"),
    "a day that is none": (feature(7, startDate="2029-02-30"), "is not a day as YYYY-MM-DD"),
    "a year nobody means": (feature(7, endDate="9999-12-31"), "The year 9999 cannot be meant"),
    "answers in a list": (feature(7, **{"2. Nationality": ["Syrians only"]}), "an object belongs"),
    "a count below nothing": (feature(7, indicators={"Legal services": -1}), "is not between"),
    "a name of a book": (feature(7, partnerName="x" * 301), "Use at most 300 characters"),
    "a name with a NUL": (feature(7, partnerName="a\x00b"), "a character that cannot be shown"),
    "a name with half a letter": (feature(7, partnerName="a\ud800b"), "cannot be shown"),
    "a tower of accents": (feature(7, partnerName="a" + "\u0301" * 90), "too many accents"),
    "a number instead of a record": (42, "It is not a JSON object but a number"),
    "nothing instead of a record": (None, "It is not a JSON object but nothing"),
    "a list instead of a record": ([feature(7)], "It is not a JSON object but a list"),
    "an object of another kind": ({"type": "Topology"}, "It is neither an HSDS service"),
}


@pytest.mark.parametrize("kind", QUARANTINED)
def test_a_bad_record_is_told_and_stops_no_other(kind: str) -> None:
    record, reason = QUARANTINED[kind]
    gathered = read(collection(feature(1), record, feature(2)))
    assert [placed.draft.source_id for placed in gathered.placed] == ["1/5606", "2/5606"]
    (held,) = gathered.quarantined
    assert reason in held.reason
    assert held.place.startswith("record 2, line 3, byte ")


RAW = {
    "not UTF-8 inside": (b'{"type": "Feature", "id": "\xff"}', "It is not UTF-8: byte 28"),
    "a name twice": (b'{"id": 1, "id": 2}', "It says “id” twice"),
    "not a number": (b'{"id": NaN}', "It says NaN"),
    "without end": (b'{"id": -Infinity}', "It says -Infinity"),
    "larger than numbers go": (b'{"id": 1e999}', "a number too large"),
    "a number of five thousand figures": (b'{"id": ' + b"9" * 5000 + b"}", "a number too large"),
    "a text that does not end": (b'{"id": "}', "It is not JSON"),
    "a bracket of the wrong kind": (b'{"id": [1}}', "It is not JSON"),
    "a comment": (b'{"id": /* 7 */ 1}', "It is not JSON"),
    "a control character": (b'{"id": "a\x01b"}', "It is not JSON"),
    "too deep": (b'{"id": ' + b"[" * 40 + b"]" * 40 + b"}", "It nests deeper than 32"),
    "very deep": (b'{"id": ' + b"[" * 100_000 + b"]" * 100_000 + b"}", "It nests deeper than 32"),
    "too long": (b'{"id": "' + b"x" * 1_000_001 + b'"}', "It is longer than 1,000,000 bytes"),
}


@pytest.mark.parametrize("kind", RAW)
def test_a_record_that_is_no_json_is_told_and_stops_no_other(kind: str) -> None:
    raw, reason = RAW[kind]
    good = json.dumps(feature(1)).encode()
    gathered = read(b'{"features": [' + raw + b",\n" + good + b"]}")
    assert [placed.draft.source_id for placed in gathered.placed] == ["1/5606"]
    (held,) = gathered.quarantined
    assert reason in held.reason
    assert held.place == "record 1, line 1, byte 15"


@pytest.mark.parametrize("kind", RAW)
def test_a_line_that_is_no_json_takes_nothing_with_it(kind: str) -> None:
    raw, _reason = RAW[kind]
    good = json.dumps(hsds_service()).encode()
    gathered = read(b"\n".join([raw, b"", good, b'{"cut": ']), lines=True)
    assert [placed.draft.source_id for placed in gathered.placed] == ["s-1"]
    assert [held.number for held in gathered.quarantined] == [1, 3]


def test_a_line_of_brackets_without_end_is_no_more_than_a_bad_line() -> None:
    (reason,) = reasons(b"[" * 200_000 + b"\n", lines=True)
    assert "nests deeper" in reason or "not JSON" in reason


def test_a_record_that_comes_twice_is_taken_once_and_told() -> None:
    gathered = read(collection(feature(1), feature(1, locationName="Upper Town")))
    assert len(gathered.placed) == 1
    (held,) = gathered.quarantined
    assert held.reason.startswith("It has the same identifier as record 1, line 2")


def test_records_alike_under_two_ids_are_both_taken_and_told() -> None:
    gathered = read(collection(feature(1), feature(2)))
    assert len(gathered.placed) == 2
    ((later, earlier),) = gathered.alike
    assert later.startswith("record 2")
    assert earlier.startswith("record 1")


def test_a_feature_without_a_point_is_taken_without_one() -> None:
    found = read(collection(feature(1) | {"geometry": None})).placed[0].draft.service
    assert found is not None
    assert found.points == ()


def test_what_a_file_says_cannot_act_on_a_terminal() -> None:
    said = {"6. \x1b[2J\nAvailability": [1]}
    assert "\x1b" not in reasons(collection(feature(1, **said)))[0]
    assert "\x1b" not in reasons(as_list(hsds_service(status="\u202e\x1b[2Jx")))[0]


def test_a_file_of_the_wrong_kind_is_refused_when_all_of_it_is_bad() -> None:
    with pytest.raises(FileRefused, match="It looks like the wrong file"):
        read(b"x\n" * 6_000, lines=True)


def test_more_records_than_a_directory_has_are_refused() -> None:
    with pytest.raises(FileRefused, match="more than 20,000 records"):
        read(
            b"".join(
                b'{"id":"%d","name":"x","description":"y","email":"z"}\n' % n for n in range(20_001)
            ),
            lines=True,
        )
