"""A release that is begun: found on the case, in another language, dropped only on purpose."""

import pytest

from hub.cases.actions import close_case
from hub.cases.closing import ClosingReason
from tests.spec.test_recording_a_release import begins
from tests.survivor import opened
from tests.world import World


def test_what_is_begun_is_found_again_on_the_page_of_the_case(world: World) -> None:
    case, rosa, draft = begins(world)
    rosa.open(f"/cases/{case}")
    assert "Begun and not signed" in rosa.text
    assert f"{draft}/who" in rosa.links


def test_a_case_without_one_or_closed_speaks_of_none(world: World) -> None:
    other = opened(world, world.rosa, "WREN-31")
    case, rosa, _draft = begins(world)
    with world.desk(world.rosa) as desk:
        close_case(desk, case, next(iter(ClosingReason)), 1)
    for each in (other, case):
        assert "Begun and not signed" not in rosa.open(f"/cases/{each}")


@pytest.mark.parametrize("page", ["who", "talk", "sign"])
def test_dropping_what_is_begun_is_asked_about_first(world: World, page: str) -> None:
    _case, rosa, draft = begins(world)
    rosa.open(f"{draft}/{page}")
    assert not [form for form in rosa.forms if form.action.endswith("/drop")]
    assert f"{draft}/drop" in rosa.links
    rosa.open(f"{draft}/who")
    rosa.submit("/who", go="later", to_agency=world.northside.id)
    assert "Northside Law" in rosa.open(f"{draft}/drop")
    assert "nothing brings it back" in rosa.text
    assert rosa.get(f"{draft}/who").status_code == 200


def test_the_case_says_that_what_was_begun_is_dropped(world: World) -> None:
    case, rosa, draft = begins(world)
    assert "is dropped" not in rosa.open(f"/cases/{case}")
    rosa.open(f"{draft}/drop")
    assert "The release that was begun is dropped" in rosa.submit("/drop")


def test_what_somebody_wrote_meanwhile_is_not_dropped_unseen(world: World) -> None:
    _case, rosa, draft = begins(world)
    miriam = world.browser(world.miriam)
    rosa.open(f"{draft}/drop")
    miriam.open(f"{draft}/what")
    miriam.submit("/what", go="later", limits="Not the street")
    answer = rosa.try_submit("/drop")
    assert answer.status_code == 409
    assert "Somebody wrote on it meanwhile" in answer.text
    assert rosa.get(f"{draft}/who").status_code == 200


def test_nobody_outside_the_care_team_is_asked_whether_to_drop_it(world: World) -> None:
    _case, _rosa, draft = begins(world)
    for stranger in (world.joan, world.tomas, world.noor):
        assert world.browser(stranger).get(f"{draft}/drop").status_code == 404


def test_another_language_keeps_what_was_ticked_and_typed_in_the_talk(world: World) -> None:
    _case, rosa, draft = begins(world)
    rosa.open(f"{draft}/talk")
    rosa.submit("/talk", go="begin", said=["plan", "unread"], talk_kept="Only Tomas")
    assert rosa.path == f"{draft}/begin"
    rosa.submit("/begin", go="on", language="ar")
    page = rosa.open(f"{draft}/talk")
    assert "Only Tomas" in page
    assert [v for name, v in rosa.form("/talk").fields if name == "said"] == ["plan", "unread"]


def test_from_the_choice_of_language_a_button_leads_back_to_the_talk(world: World) -> None:
    _case, rosa, draft = begins(world)
    assert "Save and go to the talk" not in rosa.open(f"{draft}/begin")
    rosa.open(f"{draft}/who")
    rosa.submit("/who", go="later", to_agency=world.northside.id)
    assert "Save and go to the talk" in rosa.open(f"{draft}/begin")
    rosa.submit("/begin", go="talk", language="fr")
    assert rosa.path == f"{draft}/talk"
    assert 'lang="fr"' in rosa.text
