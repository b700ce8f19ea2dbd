"""The text that is read aloud: the one a release was begun with is the one it keeps."""

from typing import Any, Final

import pytest
from sqlalchemy import select
from sqlmodel import col

from hub.consent import drafting
from hub.consent.notice import FIRST, NEWEST
from hub.consent.paper import NOTICE
from hub.consent.tables import ReleaseRow
from tests.clients import Browser
from tests.paper import PAPER, go_on
from tests.survivor import opened
from tests.world import World

WEIGHED: Final = "Somebody who should not know may come to hear of it."
FULL: Final[dict[str, Any]] = {
    "purposes": ["referral"],
    "service_types": ["legal-assistance"],
    "categories": ["need"],
    "ends": "2030-02-14",
}
BEGUN: Final = {"language": ["en"], "starts": ["2030-01-15"], "ways": ["hub"], "by": ["herself"]}


def signed(world: World, rosa: Browser, draft: str) -> tuple[str, int | None]:
    """The page of the release that comes of a draft, and the number of the text it records."""
    filled = {**PAPER, **FULL, "to_agency": world.northside.id}
    answer = go_on(rosa, draft, filled)
    assert answer.status_code == 303, answer.text
    with world.hub.unit_of_work() as db:
        number = db.execute(select(col(ReleaseRow.notice))).scalar_one()
    return rosa.open(answer.headers["location"]), number


def test_a_release_that_is_begun_now_reads_the_newest_text(world: World) -> None:
    case, rosa = opened(world, world.rosa), world.browser(world.rosa)
    rosa.open(f"/cases/{case}/releases/new")
    rosa.submit("/releases", language="en")
    draft = rosa.path.rsplit("/", 1)[0]
    assert WEIGHED in rosa.open(f"{draft}/talk")
    page, number = signed(world, rosa, draft)
    assert WEIGHED in page
    assert number == NEWEST


@pytest.mark.parametrize("noted", [{}, {NOTICE: [str(FIRST)]}])
def test_a_release_keeps_the_text_that_was_shown_when_it_was_begun(
    world: World, noted: dict[str, list[str]]
) -> None:
    case, rosa = opened(world, world.rosa), world.browser(world.rosa)
    with world.desk(world.rosa) as desk:
        draft = drafting.begin(desk, case, {**BEGUN, **noted}, None)
    assert WEIGHED not in rosa.open(f"/releases/drafts/{draft}/talk")
    page, number = signed(world, rosa, f"/releases/drafts/{draft}")
    assert WEIGHED not in page
    assert "It is your choice." in page
    assert number == FIRST


def test_another_language_is_the_same_text_in_it(world: World) -> None:
    case, rosa = opened(world, world.rosa), world.browser(world.rosa)
    with world.desk(world.rosa) as desk:
        draft = drafting.begin(desk, case, BEGUN, None)
    rosa.open(f"/releases/drafts/{draft}/begin")
    rosa.submit("/begin", go="on", language="fr")
    page = rosa.open(f"/releases/drafts/{draft}/talk")
    assert "Avant de décider" in page
    assert f"text number {FIRST}" in page
