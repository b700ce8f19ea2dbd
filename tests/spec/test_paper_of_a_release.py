"""The paper of a release: what it says while it holds and after, and the sheet to sign or keep."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any, Final

import pytest

from hub.consent.paper import WALK
from hub.consent.queries import release_row
from hub.consent.superseding import replace_release
from hub.consent.terms import Mode
from hub.consent.withdrawing import Withdrawal, withdraw
from hub.core.ids import CaseId, ReleaseId
from hub.core.words import Category
from hub.door.keeping_out import Whom, keep_out
from tests.clients import Browser
from tests.looks import whole
from tests.paper import PAPER, section_of, walk
from tests.survivor import opened, released, terms
from tests.world import World

FULL: Final[dict[str, Any]] = {
    "purposes": ["referral"],
    "service_types": ["legal-assistance"],
    "categories": ["need", "identity"],
    "ends": "2030-02-14",
    "receivers": "Tomas, if he is there",
    "items": "The letter of 3 May",
    "never": ["health"],
    "limits": "Not the street",
    "death": "Tell my sister",
    "interpreter": "Leyla Sahin",
    "language": "es",
    "manner": "drawn",
    "signature": "100,100 200,60 300,140 400,80 500,120 600,70;150,250 350,240 650,255",
}
TERMS: Final = (
    *("Harbour House may let Northside Law know", "Tomas, if he is there", "The letter of 3 May"),
    *("Identity and Need", "Not the street", "Tell my sister", "14 February 2030", "Health"),
    *("La decisión es suya", "No, only they", "A lawyer for the hearing", "Leyla Sahin"),
    *("Who agrees", "Witness", "Interpreter", "Signature or thumbprint"),
)


def filled_in(world: World) -> tuple[str, Browser, str]:
    """A release of a case that is filled in and not signed: the case, a browser, its address."""
    case, rosa = opened(world, world.rosa), world.browser(world.rosa)
    rosa.open(f"/cases/{case}/releases/new")
    rosa.submit("/releases", language="es", interpreter="Leyla Sahin")
    draft, filled = rosa.path.rsplit("/", 1)[0], {**PAPER, **FULL}
    filled["to_agency"] = world.northside.id
    for section in WALK[1:]:
        rosa.open(f"{draft}/{section}")
        rosa.submit(f"/{section}", **section_of(filled, section))
    return case, rosa, draft


def main_of(page: str) -> str:
    """What stands on the paper itself."""
    return page[page.index("<main") : page.index("</main")]


def agreed(world: World) -> ReleaseId:
    """A release of her need to Northside, in force."""
    case = opened(world, world.rosa, "HERON-12")
    return released(world, world.rosa, case, terms(world, world.northside, Category.NEED))


def taken_back(world: World, release: ReleaseId) -> None:
    with world.desk(world.rosa) as desk:
        withdraw(desk, [release], Withdrawal(Mode.PHONE))


def replaced(world: World, release: ReleaseId) -> None:
    with world.desk(world.rosa) as desk:
        replace_release(desk, release, terms(world, world.northside, Category.NEED))


def over(world: World, _release: ReleaseId) -> None:
    world.move(timedelta(days=31))


@pytest.mark.parametrize("end", [taken_back, replaced, over])
def test_a_release_that_is_over_is_spoken_of_in_the_past(
    world: World, end: Callable[[World, ReleaseId], None]
) -> None:
    release = agreed(world)
    assert "may let them know, for this" in world.browser(world.rosa).open(f"/releases/{release}")
    world.move(timedelta(hours=1))
    end(world, release)
    page = world.browser(world.rosa).open(f"/releases/{release}")
    assert "could let them know what stands below. That is over." in page
    assert "may let them know" not in page
    assert "They may know" not in page


def test_what_is_to_be_signed_can_be_printed_before_it_is_signed(world: World) -> None:
    _case, rosa, draft = filled_in(world)
    assert f'href="{draft}/paper"' in rosa.open(f"{draft}/sign")
    paper = main_of(rosa.open(f"{draft}/paper"))
    for words in TERMS:
        assert words in paper, words
    assert "<svg" not in paper


def test_the_paper_says_nothing_of_the_case_but_what_is_agreed(world: World) -> None:
    _case, rosa, draft = filled_in(world)
    page = rosa.open(f"{draft}/paper")
    for never in ("KESTREL-27", "Rosa", "Miriam", "victim", "survivor"):
        assert never not in main_of(page)
    assert "<title>Linden</title>" in page


def test_no_paper_is_printed_while_something_is_missing(world: World) -> None:
    case, rosa = opened(world, world.rosa), world.browser(world.rosa)
    rosa.open(f"/cases/{case}/releases/new")
    rosa.submit("/releases", language="en")
    draft = rosa.path.rsplit("/", 1)[0]
    assert f'href="{draft}/paper"' not in rosa.open(f"{draft}/sign")
    answer = rosa.get(f"{draft}/paper")
    assert (answer.status_code, answer.headers["location"]) == (303, f"{draft}/sign")


def test_a_release_can_be_printed_with_the_signature_that_was_drawn(world: World) -> None:
    case, rosa = opened(world, world.rosa), world.browser(world.rosa)
    page = walk(rosa, f"/cases/{case}", **{**FULL, "to_agency": world.northside.id})
    release = rosa.path
    assert f'href="{release}/paper"' in page
    paper = main_of(rosa.open(f"{release}/paper"))
    for words in (*TERMS, '<path class="pad__line" d="M100 100 L200 60', "15 January 2030"):
        assert words in paper, words
    assert "KESTREL-27" not in paper


def test_the_paper_of_a_release_that_is_over_says_so(world: World) -> None:
    release = agreed(world)
    assert "may let Northside Law know what" in world.browser(world.rosa).open(
        f"/releases/{release}/paper"
    )
    taken_back(world, release)
    paper = main_of(world.browser(world.rosa).open(f"/releases/{release}/paper"))
    assert "What I had agreed that Harbour House may let Northside Law know. That is over." in paper
    assert "I agree that" not in paper


def test_nobody_but_her_team_prints_the_paper(world: World) -> None:
    _case, _rosa, draft = filled_in(world)
    release = agreed(world)
    for stranger in (world.joan, world.tomas, world.noor, world.petra, world.ines):
        browser = world.browser(stranger)
        absent = whole(browser.get("/nowhere/at/all"))
        assert whole(browser.get(f"{draft}/paper")) == absent
        assert whole(browser.get(f"/releases/{release}/paper")) == absent


def test_a_supervisor_who_must_never_know_prints_no_paper(world: World) -> None:
    release, miriam = agreed(world), world.browser(world.miriam)
    assert "Agreement" in miriam.open(f"/releases/{release}/paper")
    with world.desk(world.rosa) as desk:
        case = CaseId(release_row(desk, release).case)
        keep_out(desk.db, desk.sight, case, Whom(world.miriam.id, None))
    absent = whole(miriam.get("/nowhere/at/all"))
    assert whole(miriam.get(f"/releases/{release}/paper")) == absent
