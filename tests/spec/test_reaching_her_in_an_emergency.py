"""How whoever reads in an emergency is shown the ways to reach her: whether now, and no number."""

from hub.cases.actions import write_entry
from hub.core.ids import CaseId
from hub.core.words import Category
from tests.spec.test_emergency_access import CODE, opens
from tests.spec.test_safe_contact import CALL
from tests.survivor import opened, told
from tests.world import World

NUMBER, OLDER = "555 0147 22", "555 0188 44"


def writes(world: World, case: CaseId, **changed: str) -> None:
    said = {name: " ".join(v) if isinstance(v, list) else v for name, v in CALL.items()}
    said |= {"confirmed_at": world.now.isoformat(), **changed}
    with world.desk(world.rosa) as desk:
        write_entry(desk, case, Category.CONTACT, said)


def openly(page: str) -> str:
    """What the page shows before anybody asks for a number."""
    parts = page.split("<details")
    return parts[0] + "".join(part.partition("</details>")[2] for part in parts[1:])


def test_an_emergency_shows_whether_she_may_be_called_now(world: World) -> None:
    case = opened(world, world.rosa, CODE)
    writes(world, case)
    page = opens(world, world.joan)[0].text
    assert "Not now. Safe again from Tue 15 Jan, 17:00 (Asia/Amman)." in page
    for words in ("only she", "the dentist", "marigold"):
        assert words in page


def test_an_emergency_says_that_a_number_of_the_family_is_not_used(world: World) -> None:
    case = opened(world, world.rosa, CODE)
    writes(world, case)
    told(world, world.rosa, case, Category.FAMILY, f"His number is {NUMBER}.")
    page = opens(world, world.joan)[0].text
    assert "Not usable: the same number or address is written down under family" in page


def test_no_number_stands_openly_on_the_page_of_an_emergency(world: World) -> None:
    case = opened(world, world.rosa, CODE)
    writes(world, case, value=OLDER)
    writes(world, case)
    page = opens(world, world.joan)[0].text
    for number in (NUMBER, OLDER):
        assert number in page
        assert number not in openly(page)


def test_an_emergency_links_to_nothing_its_reader_may_not_do(world: World) -> None:
    case = opened(world, world.rosa, CODE)
    writes(world, case)
    joan, _address = opens(world, world.joan)
    assert not [link for link in joan.links if case in link]
    assert "Nothing is written down in this case" not in joan.text


def test_an_emergency_without_a_safe_contact_says_not_to_call(world: World) -> None:
    told(world, world.rosa, opened(world, world.rosa, CODE), Category.NEED, "a lawyer")
    page = opens(world, world.joan)[0].text
    assert "No safe contact is written down" in page
    assert "Do not call or write to them" in page
